//! Stage: pages to bytes to disk.
//!
//! In: finished pages as paths and bytes. Out: a [`bundle::Bundle`], the whole
//! site in memory, and [`write()`], which swaps it into an output folder.

pub mod bundle;
mod fitness;
mod links;
mod render;
mod write;

pub use render::render;
pub use write::{Refusal, WriteError, Written, belongs_to_output, write};
