//! Stage: pages to bytes to disk.

pub mod bundle;
