//! Stage: pages to bytes to disk.
//!
//! In: finished pages as paths and bytes. Out: a [`bundle::Bundle`], the whole
//! site in memory, and [`write()`], which swaps it into an output folder; and
//! [`snapshot`], which keeps a frozen quarter among the content, as [`fresh`]
//! does the files that an author begins with, and [`refresh`] the schemas
//! beside them. Between the two, [`seal`] encrypts what a host without access control must not read.

mod beside;
pub mod bundle;
mod disk;
mod error;
mod fitness;
pub mod fresh;
mod links;
mod lock;
pub mod policy;
pub mod refresh;
mod render;
pub mod seal;
pub mod snapshot;
mod write;

pub use error::{Refusal, WriteError};
pub use render::{Memory, again, bundle_of, render};
pub use write::{Written, belongs_to_output, real_output, write};
