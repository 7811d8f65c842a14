//! A questionnaire of a firm's own.
#![no_main]

quarterdeck_fuzz::target!("content/fit-check.yaml", site::CHECKED);
