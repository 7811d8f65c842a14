//! Stage: the files that an author begins with.
//!
//! In: what an engagement and its rules say so far, or nothing yet. Out: new
//! files as text, each below a site's root. They are only text: what is
//! written, and that nothing is written over, is `publish`'s.

pub mod beginning;
pub mod board;
pub mod modeline;
pub mod month;
pub mod schema;
pub mod session;
mod written;

/// A file that an author goes on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Where it belongs, from the site's root and with `/` between its parts:
    /// `content/2026-11/telemetry.yaml`.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

impl NewFile {
    /// A file with its text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> NewFile {
        NewFile {
            path: path.into(),
            text: text.into(),
        }
    }
}
