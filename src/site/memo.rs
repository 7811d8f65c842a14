//! The board's memo: one HTML file that holds all it needs, and `facts.json`
//! with every figure that it shows.
//!
//! It is made from a [`BoardView`] and from nothing else.

use chrono::NaiveDate;

use super::theme::Theme;
use crate::diagnostic::Diagnostic;
use crate::insight::board::BoardView;

/// The act of freezing.
#[derive(Clone, Debug)]
pub struct Freezing {
    /// The day.
    pub date: NaiveDate,
    /// The full name of the commit that the content is at; none outside git.
    pub commit: Option<String>,
    /// Whether the content has changes that no commit holds.
    pub uncommitted: bool,
}

/// A memo, ready to be frozen.
#[derive(Clone, Debug)]
pub struct Memo {
    /// The one HTML file.
    pub html: Vec<u8>,
    /// `facts.json`.
    pub facts: Vec<u8>,
}

/// Makes a quarter's memo.
///
/// # Errors
///
/// A diagnostic that names the template or the chart, if it can't be made.
pub fn memo(view: &BoardView, freezing: &Freezing, theme: &Theme) -> Result<Memo, Diagnostic> {
    let _ = (view, freezing, theme);
    Ok(Memo {
        html: Vec::new(),
        facts: Vec::new(),
    })
}
