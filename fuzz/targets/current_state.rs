//! The executive programme's current state.
#![no_main]

quarterdeck_fuzz::target!("content/2025-03/current-state.yaml", site::PROGRAMME);
