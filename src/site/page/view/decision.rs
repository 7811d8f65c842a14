//! Run decisions, what became of them, and headroom bets.

use serde::Serialize;

use super::{Link, Status};

/// A table of Run decisions.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionTable {
    /// The count or the finding: "Five decisions open, one past due".
    pub title: String,
    /// Links at the right end of the title.
    pub links: Vec<Link>,
    /// The decisions; the table is left out when there are none. The columns
    /// of number, age and state are there if the first row has them.
    pub rows: Vec<DecisionRow>,
}

/// One Run decision.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionRow {
    /// The row's id, unique on the page, where other pages lead to it.
    pub id: Option<String>,
    /// Its number in the list, for a session's page.
    pub number: Option<String>,
    /// What is done: "Retune".
    pub action: String,
    /// To what.
    pub what: String,
    /// Who answers for it: "COO".
    pub owner: String,
    /// When it is due: "29 Oct".
    pub due: String,
    /// How old it is: "25 days".
    pub age: Option<String>,
    /// Where it stands: "Open", "4 days late".
    pub state: Option<Status>,
    /// Whether it is past due. Where only one of due and state has room, a
    /// late decision shows its state.
    pub late: bool,
}

/// What became of the decisions of the session before.
#[derive(Clone, Debug, Serialize)]
pub struct FollowUpTable {
    /// "What became of September's three".
    pub title: String,
    /// The decisions and their outcomes.
    pub rows: Vec<FollowUpRow>,
}

/// A former decision and its outcome.
#[derive(Clone, Debug, Serialize)]
pub struct FollowUpRow {
    /// Its number in the list.
    pub number: Option<String>,
    /// What was to be done: "Tighten".
    pub action: String,
    /// To what.
    pub what: String,
    /// Who answers for it.
    pub owner: String,
    /// "Done", "Slipped to 20 November".
    pub outcome: Status,
    /// Why it was dropped, carried or slipped.
    pub reason: Option<String>,
}

/// The bets of the headroom segment.
#[derive(Clone, Debug, Serialize)]
pub struct BetTable {
    /// "One bet committed, two explored".
    pub title: String,
    /// The bets.
    pub rows: Vec<BetRow>,
}

/// A headroom bet.
#[derive(Clone, Debug, Serialize)]
pub struct BetRow {
    /// Its number in the list.
    pub number: Option<String>,
    /// What kind of bet it is: "Service line".
    pub kind: String,
    /// The bet in a sentence.
    pub bet: String,
    /// "Committed", "Exploring".
    pub status: Status,
}
