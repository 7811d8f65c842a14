//! The executive programme's decision brief.
#![no_main]

quarterdeck_fuzz::target!("content/2025-04/decision-brief.yaml", site::PROGRAMME);
