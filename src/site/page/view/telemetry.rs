//! What the system reported over a month.

use serde::Serialize;

use super::Status;
use crate::site::page::ready::Ready;

/// A month's telemetry as tables. What was not reported is left out.
#[derive(Clone, Debug, Serialize)]
pub struct Telemetry {
    /// "November's telemetry".
    pub title: String,
    /// A grey fact at the right end of the title: "Reported 6 November 2026".
    pub note: Option<String>,
    /// The layers, one sentence each.
    pub layers: Ready<Vec<LayerRow>>,
    /// The KPIs as reported.
    pub kpis: Vec<KpiReading>,
    /// The Layer 4 gates.
    pub gates: Vec<GateRow>,
    /// The automations that are live.
    pub automations: Vec<AutomationRow>,
}

/// What one layer reported.
#[derive(Clone, Debug, Serialize)]
pub struct LayerRow {
    /// The layer's number.
    pub number: String,
    /// The layer's name in this engagement: "Briefing".
    pub name: String,
    /// What it reported: "22 briefs, 2 low in confidence, none missed".
    pub sentence: String,
}

/// One KPI in a month.
#[derive(Clone, Debug, Serialize)]
pub struct KpiReading {
    /// "Away from desk".
    pub name: String,
    /// The figure with its unit: "27.0 h".
    pub value: String,
    /// The change on the month before: "+2.5 h".
    pub change: String,
    /// The rolling mean of three: "25.2 h".
    pub mean: String,
    /// The verdict.
    pub verdict: Status,
}

/// One gate in a month. Each figure is ready, "—" if not reported.
#[derive(Clone, Debug, Serialize)]
pub struct GateRow {
    /// "Refund approval".
    pub name: String,
    /// Cases that came to it.
    pub cases: String,
    /// Cases that a person saw.
    pub reviewed: String,
    /// Of these, approved.
    pub approved: String,
    /// Of these, overruled.
    pub overruled: String,
    /// Of these, escalated.
    pub escalated: String,
    /// Approved of reviewed: "87.1 %".
    pub approval_rate: String,
}

/// One automation in a month.
#[derive(Clone, Debug, Serialize)]
pub struct AutomationRow {
    /// "Quote drafter".
    pub name: String,
    /// The layer that it belongs to: "Briefing".
    pub layer: String,
    /// How often it ran.
    pub runs: String,
    /// The hours that it saved.
    pub hours_saved: String,
}
