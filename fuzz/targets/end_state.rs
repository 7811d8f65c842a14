//! The executive programme's end state.
#![no_main]

quarterdeck_fuzz::target!("content/2025-03/end-state.yaml", site::PROGRAMME);
