//! The index of the report: every place that can be looked up.

use serde::Serialize;

use super::frame::Frame;
use super::{Markup, Status};
use crate::site::page::ready::Ready;

/// What `search.html` sees.
///
/// The page is a list of links, whole without a script. The script narrows it
/// by the words, each of which names its places by their order on the page.
/// Both stand in attributes: a page holds no script and no text unseen.
#[derive(Clone, Debug, Serialize)]
pub struct SearchPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// Where the script is.
    pub script: String,
    /// What may be looked for: "headroom", "October 2026".
    pub examples: Vec<String>,
    /// The places by what they are, in order.
    pub groups: Vec<Group>,
    /// The words, a line a stem: the stem, the words that have it, and after a
    /// colon its places. A word that begins with its stem is written as `+`
    /// and the rest; a place as the distance from the one before, in base 36.
    pub words: Ready<String>,
}

/// Places of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// The section's id, unique on the page: `sessions`.
    pub id: String,
    /// "Sessions".
    pub title: String,
    /// One of them, as a result names it: "Session".
    pub kind: String,
    /// A grey fact: "Newest first".
    pub note: String,
    /// The rows, each filled in by `search-row.html` before the page is: a
    /// change of one month leaves the others as they are.
    pub rows: Vec<Ready<Markup>>,
}

/// What `search-row.html` sees: a place, and those within it.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The month or what it belongs to: "October 2026"; "Briefing".
    pub of: Option<String>,
    /// Where it leads.
    pub place: Place,
    /// How it stands: "Done", "Retired".
    pub status: Option<Status>,
    /// The places within it: a session's segments.
    pub within: Vec<Place>,
}

/// A place to go to.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    /// What is read: "Headroom".
    pub label: String,
    /// Where it is, with the fragment.
    pub href: String,
    /// What it says, to quote from.
    pub text: String,
}
