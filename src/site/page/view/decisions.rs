//! The decisions of every month, and one month's as a list to print.

use serde::Serialize;

use super::decision::DecisionTable;
use super::frame::Frame;
use super::{Fact, Link, Status};

/// What `decisions.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionsPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// The Build backlog: what is still open, with age and state.
    pub open: DecisionTable,
    /// What each month decided, newest month first.
    pub months: Vec<DecisionMonth>,
}

/// What one month decided.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionMonth {
    /// The section's id, unique on the page: `2026-10`.
    pub id: String,
    /// "October 2026: five decisions, two done".
    pub title: String,
    /// The session that decided.
    pub session: Option<Link>,
    /// The month's own page: "Print on one page".
    pub print: Link,
    /// Where those still open are: "The five open ones stand above, with their
    /// age."; none if all are closed.
    pub above: Option<String>,
    /// The closed decisions in their order.
    pub rows: Vec<DecidedRow>,
}

/// A decision and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct DecidedRow {
    /// The row's id, unique on the page: what leads to it ends in it.
    pub id: String,
    /// Its number in the month's list.
    pub number: String,
    /// What was to be done: "Retune".
    pub action: String,
    /// To what.
    pub what: String,
    /// Who answers for it: "COO".
    pub owner: String,
    /// When it is or was due: "29 Oct 2026".
    pub due: String,
    /// "Done", "Dropped", "Slipped to 20 Nov", "Open".
    pub outcome: Status,
    /// The month that closed it, short: "Nov 2026".
    pub closed: Option<String>,
    /// Why it slipped, was carried or was dropped.
    pub reason: Option<String>,
}

/// What `decisions-month.html` sees: a list that fits one sheet. The firm is
/// the masthead's.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionsMonthPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// The session's date and who was in the room.
    pub facts: Vec<Fact>,
    /// The decisions, numbered, with owner and due date.
    pub decisions: DecisionTable,
    /// The ways back, on the screen alone: the session, all decisions.
    pub links: Vec<Link>,
}
