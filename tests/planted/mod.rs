//! An engagement whose every field holds a value of its own, by walking the
//! schemas of the files: canaries that the board must not see, or attacks.

#![allow(dead_code, reason = "each test program uses its own part of this")]

#[path = "../board_canaries/choice.rs"]
pub mod choice;
pub mod leaf;
pub mod plan;
pub mod plant;
