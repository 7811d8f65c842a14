//! Session 1: one definition of success.

use serde::Serialize;

use super::{MeetingParts, Signed};
use crate::site::page::view::Status;
use crate::site::page::view::frame::Frame;

/// What `end-state.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct EndStatePage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// What every meeting's page has.
    pub meeting: MeetingParts,
    /// The statement.
    pub statement: Option<Statement>,
    /// The scorecard.
    pub scorecard: Option<Scorecard>,
    /// Who decides what.
    pub rights: Option<Rights>,
    /// The constraints.
    pub constraints: Option<Constraints>,
    /// The risk appetite.
    pub appetite: Option<AppetiteTable>,
}

/// The end-state statement.
#[derive(Clone, Debug, Serialize)]
pub struct Statement {
    /// "Signed by seven".
    pub title: String,
    /// Its sentences, a paragraph each; empty where they are in the text.
    pub says: Vec<String>,
    /// Signed or not.
    pub status: Status,
    /// The signatures.
    pub signatures: Vec<Signed>,
}

/// The scorecard.
#[derive(Clone, Debug, Serialize)]
pub struct Scorecard {
    /// "Eight measures, eight where they should be".
    pub title: String,
    /// A grey fact: "12 months were due on 18 March 2026".
    pub note: Option<String>,
    /// The horizons' names with their days.
    pub horizons: Vec<HorizonHead>,
    /// The metrics.
    pub rows: Vec<MetricRow>,
}

/// A horizon.
#[derive(Clone, Debug, Serialize)]
pub struct HorizonHead {
    /// "90 days".
    pub name: String,
    /// The day: "16 Jun 2025".
    pub due: String,
}

/// A metric.
#[derive(Clone, Debug, Serialize)]
pub struct MetricRow {
    /// "Quote turnaround".
    pub name: String,
    /// What exactly is counted.
    pub definition: String,
    /// "Delivery".
    pub kind: String,
    /// "h".
    pub unit: String,
    /// Which direction is better, with its shape.
    pub better: Status,
    /// What it was before.
    pub baseline: String,
    /// What it should be at each horizon.
    pub targets: Vec<TargetCell>,
    /// The last value reported, or "—".
    pub actual: String,
    /// Which month reported it.
    pub reported: Option<String>,
    /// How it stands.
    pub status: Status,
    /// What it is held to: "12 months: 1".
    pub against: Option<String>,
}

/// A target.
#[derive(Clone, Debug, Serialize)]
pub struct TargetCell {
    /// The horizon's name.
    pub horizon: String,
    /// The figure, or "—".
    pub value: String,
    /// Whether the metric is held to it now.
    pub due: bool,
}

/// The decisions against the seats.
#[derive(Clone, Debug, Serialize)]
pub struct Rights {
    /// "Eight decisions, one decider each".
    pub title: String,
    /// The seats.
    pub seats: Vec<String>,
    /// The decisions.
    pub rows: Vec<RightsRow>,
}

/// A decision.
#[derive(Clone, Debug, Serialize)]
pub struct RightsRow {
    /// The matter.
    pub decision: String,
    /// Each seat's part, in the seats' order.
    pub parts: Vec<RightsCell>,
}

/// A seat's part in a decision.
#[derive(Clone, Debug, Serialize)]
pub struct RightsCell {
    /// The seat.
    pub seat: String,
    /// "Decides"; none without a part.
    pub word: Option<String>,
    /// Whether it decides.
    pub decides: bool,
}

/// What limits the way to the end state.
#[derive(Clone, Debug, Serialize)]
pub struct Constraints {
    /// "Six constraints".
    pub title: String,
    /// The constraints.
    pub rows: Vec<ConstraintRow>,
}

/// A constraint.
#[derive(Clone, Debug, Serialize)]
pub struct ConstraintRow {
    /// "Regulatory".
    pub kind: String,
    /// In words.
    pub what: String,
}

/// What is preferred where two aims conflict.
#[derive(Clone, Debug, Serialize)]
pub struct AppetiteTable {
    /// "Where two aims conflict".
    pub title: String,
    /// The tradeoffs.
    pub rows: Vec<AppetiteRow>,
}

/// A tradeoff.
#[derive(Clone, Debug, Serialize)]
pub struct AppetiteRow {
    /// The two aims.
    pub tradeoff: String,
    /// Which is preferred.
    pub stance: String,
    /// The line that may not be crossed.
    pub guardrail: Option<String>,
}
