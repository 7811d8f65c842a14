//! The minutes of a leadership session.
#![no_main]

quarterdeck_fuzz::target!("content/2025-09/leadership.yaml", site::RUN);
