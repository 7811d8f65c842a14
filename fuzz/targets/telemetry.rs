//! A month's telemetry.
#![no_main]

quarterdeck_fuzz::target!("content/2025-09/telemetry.yaml", site::RUN);
