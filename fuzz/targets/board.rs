//! A quarter's risks and asks for the board.
#![no_main]

quarterdeck_fuzz::target!("content/2025-09/board.yaml", site::RUN);
