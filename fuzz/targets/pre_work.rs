//! The executive programme's pre-work.
#![no_main]

quarterdeck_fuzz::target!("content/2025-02/pre-work.yaml", site::PROGRAMME);
