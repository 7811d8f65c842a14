//! The engagement itself: firm, phases, seats.
#![no_main]

quarterdeck_fuzz::target!("content/engagement.yaml", site::RUN);
