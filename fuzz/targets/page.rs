//! A page of an author's own.
#![no_main]

quarterdeck_fuzz::target!("content/pages/method.md", site::SMALL);
