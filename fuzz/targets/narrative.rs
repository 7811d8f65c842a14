//! The narrative of a session, with its six headings.
#![no_main]

quarterdeck_fuzz::target!("content/2025-09/leadership.md", site::RUN);
