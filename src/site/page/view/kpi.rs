//! The KPIs: all three, and one alone.

use serde::Serialize;

use super::frame::{Frame, NavItem};
use super::overview::KpiChange;
use super::{Drawing, Link, Markup, Sidenote, Status};
use crate::site::page::ready::Ready;

/// What `kpis.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct KpisPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// The three KPIs' sections, each filled in by `kpi-section.html` before the page
    /// is: what changes one of them leaves the others as they are.
    pub kpis: Vec<Ready<Markup>>,
}

/// What `kpi-section.html` sees: a KPI on the page of all three.
#[derive(Clone, Debug, Serialize)]
pub struct KpiSection {
    /// The section's id, unique on the page: `task-automation`.
    pub id: String,
    /// "Task automation".
    pub name: String,
    /// The way to its own page.
    pub link: Link,
    /// The verdict.
    pub status: Status,
    /// The figure.
    pub value: String,
    /// The unit after it.
    pub unit: Option<String>,
    /// The changes on the month before and on the baseline.
    pub changes: Vec<KpiChange>,
    /// What the chart says: its title.
    pub message: Option<String>,
    /// Measure, unit and period in a sentence.
    pub measure: String,
    /// The chart.
    pub chart: Option<Drawing>,
    /// The figures.
    pub figures: FigureTable,
}

/// What `kpi.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct KpiPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// The three KPIs, to go between.
    pub tabs: Vec<NavItem>,
    /// What the chart says: its title.
    pub message: Option<String>,
    /// Measure, unit and period in a sentence.
    pub measure: String,
    /// The chart.
    pub chart: Option<Drawing>,
    /// The chart's numbered events.
    pub events: Vec<KpiEvent>,
    /// The figures.
    pub figures: FigureTable,
    /// "How it is judged".
    pub judged_title: String,
    /// How it is judged.
    pub judged: Vec<Sidenote>,
}

/// A numbered event of a chart.
#[derive(Clone, Debug, Serialize)]
pub struct KpiEvent {
    /// The number in the chart: "3".
    pub number: String,
    /// "May 2026".
    pub month: String,
    /// What happened.
    pub text: String,
}

/// The figures of one KPI, month by month.
#[derive(Clone, Debug, Serialize)]
pub struct FigureTable {
    /// The id of its heading, unique on the page: `figures`.
    pub id: String,
    /// "The figures".
    pub title: String,
    /// The file with the same figures.
    pub link: Option<Link>,
    /// The head over the values: "%".
    pub value_head: String,
    /// The head over the changes: "Change, pp".
    pub change_head: String,
    /// The head over the rolling means: "Mean of three".
    pub mean_head: String,
    /// The head over the changes on the baseline: "On baseline, pp".
    pub baseline_head: String,
    /// The head over the bands; none for a KPI that has no band.
    pub band_head: Option<String>,
    /// The months, newest first.
    pub rows: Vec<FigureRow>,
    /// What has to be said of restated figures, if there are any.
    pub note: Option<String>,
}

/// One month's figures. Each is ready, "—" if not reported.
#[derive(Clone, Debug, Serialize)]
pub struct FigureRow {
    /// "Oct", with its year on the first row and each January.
    pub month: String,
    /// The run month.
    pub run_month: String,
    /// The value.
    pub value: String,
    /// The change on the month before.
    pub change: String,
    /// The rolling mean.
    pub mean: String,
    /// The change on the baseline.
    pub baseline: String,
    /// The band that it is judged by.
    pub band: String,
    /// The verdict.
    pub verdict: Option<Status>,
    /// A grey word instead of a verdict or after it: "Fit Check baseline",
    /// "provisional".
    pub note: Option<String>,
    /// What a board's memo shows in place of the value: "restated: was
    /// 203,400, because two contractors count as staff".
    pub restated: Vec<Status>,
}
