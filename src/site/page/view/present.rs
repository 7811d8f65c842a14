//! A session for the projector: one segment at a time.

use serde::Serialize;

use super::decision::{BetTable, DecisionTable, FollowUpTable};
use super::frame::Frame;
use super::session::Closing;
use super::telemetry::{KpiReading, LayerRow};
use super::{Link, Markup, Sidenote};
use crate::site::page::ready::Ready;

/// What `present.html` sees. Of the frame it has no masthead, strip or deck:
/// the room needs none of them.
#[derive(Clone, Debug, Serialize)]
pub struct PresentPage {
    /// Head, headline and footer. Its policy allows the script.
    pub frame: Frame,
    /// Where the script is: `../../../assets/present.js`.
    pub script: String,
    /// The way back to the session: "October 2026".
    pub session: Link,
    /// The minutes planned in all, a whole number: "70".
    pub planned: String,
    /// The segments, in order.
    pub slides: Vec<Slide>,
}

/// One segment.
#[derive(Clone, Debug, Serialize)]
pub struct Slide {
    /// The section's id, unique on the page, and its place in the address:
    /// `headroom`.
    pub id: String,
    /// "4".
    pub number: String,
    /// "Headroom".
    pub name: String,
    /// A short name for the row of segments: "Headroom", "Away".
    pub short: String,
    /// The minutes planned, a whole number: "20".
    pub minutes: String,
    /// What is to be answered, or the line that matters most.
    pub question: Option<String>,
    /// What the question rests on.
    pub support: Option<String>,
    /// The narrative's key lines, of a session that was held.
    pub narrative: Option<Markup>,
    /// The closing answer, once it is given.
    pub closing: Option<Closing>,
    /// The signals.
    pub sidenotes: Vec<Sidenote>,
    /// The line where there is no signal.
    pub quiet: Option<String>,
    /// What the layers reported.
    pub layers: Ready<Vec<LayerRow>>,
    /// The KPIs that the segment discusses.
    pub kpis: Vec<KpiReading>,
    /// The headroom bets.
    pub bets: Option<BetTable>,
    /// The decisions that need an answer, or were made.
    pub decisions: Option<DecisionTable>,
    /// What became of the decisions before.
    pub follow_up: Option<FollowUpTable>,
}
