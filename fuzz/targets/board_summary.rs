//! A quarter's summary for the board.
#![no_main]

quarterdeck_fuzz::target!("content/2025-09/board.md", site::RUN);
