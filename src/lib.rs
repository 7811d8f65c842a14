//! Quarterdeck turns a consulting engagement kept as YAML and markdown into a
//! private static report site.
//!
//! The modules are the pipeline, in order. Each stage takes the type of the
//! stage before it and returns its own; a stage may import only from stages
//! to its left, and `tests/architecture.rs` holds that.
//!
//! ```text
//! source -> engagement -> insight -> scaffold, site -> publish -> serve -> command
//! ```

pub mod diagnostic;

pub mod source;

pub mod engagement;

pub mod insight;

pub mod scaffold;

pub mod site;

pub mod publish;

pub mod serve;

pub mod command;
