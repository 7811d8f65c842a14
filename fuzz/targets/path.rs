//! The executive programme's path.
#![no_main]

quarterdeck_fuzz::target!("content/2025-04/path.yaml", site::PROGRAMME);
