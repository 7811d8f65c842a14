//! Session 3: the one path to the end state.

use serde::Serialize;

use super::{MeetingParts, Owners};
use crate::site::page::view::Status;
use crate::site::page::view::frame::Frame;

/// What `path.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct PathPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// What every meeting's page has.
    pub meeting: MeetingParts,
    /// The pathways against the criteria; none if none was scored.
    pub matrix: Option<Matrix>,
    /// Why this one.
    pub chosen: Option<Chosen>,
    /// The others.
    pub rejected: Vec<Rejected>,
    /// What it rests on.
    pub assumptions: Option<Assumptions>,
    /// An owner for each workstream.
    pub owners: Option<Owners>,
}

/// The weighted decision.
#[derive(Clone, Debug, Serialize)]
pub struct Matrix {
    /// The pathways.
    pub pathways: Vec<PathwayHead>,
    /// The criteria.
    pub criteria: Vec<CriterionRow>,
    /// The weights together.
    pub weight: String,
    /// Each pathway's total, in order.
    pub totals: Vec<Total>,
    /// How to read it.
    pub note: String,
}

/// A pathway's column.
#[derive(Clone, Debug, Serialize)]
pub struct PathwayHead {
    /// "Hybrid model".
    pub name: String,
    /// "Selected", where it is.
    pub selected: Option<Status>,
}

/// A criterion.
#[derive(Clone, Debug, Serialize)]
pub struct CriterionRow {
    /// "Time-to-impact".
    pub name: String,
    /// "90/180/365 days".
    pub detail: Option<String>,
    /// What it weighs.
    pub weight: String,
    /// Each pathway's score, in order.
    pub scores: Vec<Score>,
}

/// A score.
#[derive(Clone, Debug, Serialize)]
pub struct Score {
    /// The pathway.
    pub pathway: String,
    /// "4"; "—" if it wasn't scored.
    pub value: String,
    /// How wide its bar is: 20 % a point.
    pub width: Option<String>,
    /// Whether its pathway was selected.
    pub selected: bool,
}

/// A pathway's total.
#[derive(Clone, Debug, Serialize)]
pub struct Total {
    /// The pathway.
    pub pathway: String,
    /// "3.70"; "—" if it wasn't scored.
    pub value: String,
    /// Whether it was selected.
    pub selected: bool,
}

/// Why a pathway was chosen.
#[derive(Clone, Debug, Serialize)]
pub struct Chosen {
    /// "Why the hybrid model".
    pub title: String,
    /// The reason.
    pub reason: Option<String>,
    /// Who answers for it: "COO".
    pub owner: Option<String>,
}

/// A pathway that was not chosen.
#[derive(Clone, Debug, Serialize)]
pub struct Rejected {
    /// "Transform current state in place".
    pub name: String,
    /// Its total against the selected one's: "−0.60".
    pub difference: Option<String>,
    /// Why not.
    pub reason: String,
}

/// What the selected path rests on.
#[derive(Clone, Debug, Serialize)]
pub struct Assumptions {
    /// "It rests on five assumptions".
    pub title: String,
    /// Each with what would show that it fails.
    pub rows: Vec<AssumptionRow>,
}

/// An assumption.
#[derive(Clone, Debug, Serialize)]
pub struct AssumptionRow {
    /// What is taken to be so.
    pub assumption: String,
    /// What would show that it isn't.
    pub fails_if: String,
}
