//! The frozen quarters, for leadership.

use serde::Serialize;

use super::frame::Frame;
use super::{Link, Status};

/// What `board.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct BoardPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// The quarter that can be frozen next.
    pub next: Option<NextQuarter>,
    /// The frozen quarters; none if there are none.
    pub frozen: Option<FrozenTable>,
    /// Figures that a memo shows otherwise; none if there are none.
    pub restated: Option<RestatedTable>,
}

/// A quarter that can be frozen.
#[derive(Clone, Debug, Serialize)]
pub struct NextQuarter {
    /// "Q4 2026 is over and can be frozen with".
    pub text: String,
    /// The command, which ends the sentence: "quarterdeck snapshot 2026-Q4".
    pub command: String,
}

/// The frozen quarters.
#[derive(Clone, Debug, Serialize)]
pub struct FrozenTable {
    /// "What the board has read".
    pub title: String,
    /// A grey fact: "A memo never changes; what was restated since is below".
    pub note: Option<String>,
    /// The names of the KPIs, in the order of each row's verdicts.
    pub kpis: Vec<String>,
    /// The quarters, newest first.
    pub rows: Vec<FrozenRow>,
}

/// A frozen quarter.
#[derive(Clone, Debug, Serialize)]
pub struct FrozenRow {
    /// "Q3 2026".
    pub quarter: String,
    /// The day of freezing: "6 Oct 2026".
    pub frozen: String,
    /// The KPIs' verdicts as its memo shows them.
    pub verdicts: Vec<Status>,
    /// The short id that the memo prints: "1a2b3c4d".
    pub id: String,
    /// The short name of the commit that it was made from, else "—".
    pub commit: String,
    /// Whether the content had changes that no commit holds.
    pub uncommitted: bool,
    /// The way to its memo.
    pub memo: Link,
    /// The way to its figures.
    pub facts: Link,
}

/// Figures that a memo shows otherwise.
#[derive(Clone, Debug, Serialize)]
pub struct RestatedTable {
    /// "One figure restated after the board read it".
    pub title: String,
    /// A grey fact: "The memos stay as they were".
    pub note: Option<String>,
    /// The restatements, newest first.
    pub rows: Vec<RestatedRow>,
}

/// A figure that a memo shows otherwise.
#[derive(Clone, Debug, Serialize)]
pub struct RestatedRow {
    /// "Revenue per employee".
    pub measure: String,
    /// "June 2026", or "Baseline".
    pub month: String,
    /// What the memo shows: "203,400".
    pub was: String,
    /// What it is now: "201,900".
    pub now: String,
    /// Why, as a sentence: "Two contractors count as staff."
    pub because: String,
    /// The day of the change: "20 Oct 2026".
    pub date: String,
    /// The first memo that shows the old figure.
    pub memo: Option<Link>,
    /// The first memo that lists the change; none if the next one will.
    pub listed: Option<Link>,
}
