//! Where the engagement stands.

use serde::Serialize;

use super::decision::DecisionTable;
use super::frame::Frame;
use super::timeline::Timeline;
use super::{Drawing, Link, Status};
use crate::site::page::ready::Ready;

/// What `overview.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct OverviewPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// The three KPIs.
    pub kpis: Vec<Ready<KpiColumn>>,
    /// The closing answers; none before Run.
    pub paying: Option<Paying>,
    /// What changed since the last session held.
    pub changed: Option<Changed>,
    /// The session to come.
    pub next: Option<NextSession>,
    /// The decisions still open.
    pub decisions: Option<DecisionTable>,
}

/// One KPI at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct KpiColumn {
    /// "Task automation".
    pub name: String,
    /// The KPI's page.
    pub href: String,
    /// The verdict.
    pub status: Status,
    /// The figure, with a currency sign where it has one: "63.0".
    pub value: String,
    /// The unit after it: "%", "h a month".
    pub unit: Option<String>,
    /// The changes on the month before and on the baseline.
    pub changes: Vec<KpiChange>,
    /// The figure's course.
    pub sparkline: Option<Drawing>,
}

/// A change of a KPI.
#[derive(Clone, Debug, Serialize)]
pub struct KpiChange {
    /// With its sign and unit: "+1.5 pp".
    pub amount: String,
    /// Against what: "on September".
    pub text: String,
}

/// Whether the system is paying for itself.
#[derive(Clone, Debug, Serialize)]
pub struct Paying {
    /// "Is the system paying for itself? Eleven yes in a row; twelve opens
    /// the talk".
    pub title: String,
    /// A link at the right end of the title.
    pub link: Option<Link>,
    /// The months.
    pub timeline: Timeline,
}

/// What changed since the last session held.
#[derive(Clone, Debug, Serialize)]
pub struct Changed {
    /// "Changed since the October session".
    pub title: String,
    /// A grey fact: "The figures above are October's, the last session held".
    pub note: Option<String>,
    /// The changes; the section is left out when there are none.
    pub rows: Vec<ChangedRow>,
}

/// One change.
#[derive(Clone, Debug, Serialize)]
pub struct ChangedRow {
    /// What kind of change: "Moved", "New signal", "Cleared".
    pub status: Status,
    /// The finding, set strong: "Away from desk, November:".
    pub lead: String,
    /// The rest of the sentence.
    pub text: String,
}

/// The session to come.
#[derive(Clone, Debug, Serialize)]
pub struct NextSession {
    /// "Next session: November 2026".
    pub title: String,
    /// "The telemetry is in and the agenda is ready".
    pub note: Option<String>,
    /// The agenda's questions, each as its signal's shape and tone with the
    /// question for a word.
    pub questions: Vec<Status>,
    /// The way to the agenda.
    pub link: Option<Link>,
}
