//! The answers of a Fit Check.
#![no_main]

quarterdeck_fuzz::target!("content/2025-12/fit-check.yaml", site::CHECKED);
