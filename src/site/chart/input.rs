//! What a chart is made of.

use super::axis::Axis;

/// A KPI by month with its bands, phases and events.
///
/// The lists `values`, `provisional`, `rolling_mean` and `hints` run along `months`;
/// a shorter one leaves the rest absent.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiChart {
    /// An ASCII slug, unique on the page; every id in the drawings starts
    /// with it.
    pub id: String,
    /// The drawing's accessible name.
    pub title: String,
    /// What a reader who can't see the drawing should know of it.
    pub description: String,
    /// The vertical axis.
    pub axis: Axis,
    /// The axes of the charts that it is read with: all of their plots begin
    /// as far from the left as the longest label of any wants.
    pub beside: Vec<Axis>,
    /// One tick a month, without a month left out.
    pub months: Vec<MonthTick>,
    /// The figure of each month; absent ones leave a gap in the line.
    pub values: Vec<Option<f64>>,
    /// Which figures are provisional: their points are hollow.
    pub provisional: Vec<bool>,
    /// The rolling mean of each month.
    pub rolling_mean: Vec<Option<f64>>,
    /// What each month says under a pointer, such as `May 2026: 57.0 %`.
    pub hints: Vec<Option<String>>,
    /// What the figures are compared with.
    pub baseline: Option<Baseline>,
    /// The range aimed for, across all months.
    pub target_band: Option<Band>,
    /// The range expected of each month.
    pub stage_band: Option<StageBand>,
    /// The engagement's phases, in order.
    pub phases: Vec<Phase>,
    /// What happened, numbered as in the list under the chart.
    pub events: Vec<Event>,
    /// The label beside the last figure.
    pub latest: Option<Latest>,
}

/// A month on the horizontal axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthTick {
    /// One letter, such as `F`.
    pub label: String,
    /// The year, on the first month and on each January.
    pub year: Option<String>,
}

/// The figure at the start of the engagement.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// The figure.
    pub value: f64,
    /// The index of its month.
    pub month: usize,
    /// Such as `Baseline 9.0`.
    pub label: String,
}

/// A range of values. Without an upper end it reaches to the plot's top.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// The lower end.
    pub low: f64,
    /// The upper end, if there is one.
    pub high: Option<f64>,
    /// Such as `Target band 60–70`.
    pub label: String,
}

/// A range of values that differs by month.
#[derive(Clone, Debug, PartialEq)]
pub struct StageBand {
    /// Lower and upper end of each month that has them.
    pub months: Vec<Option<(f64, f64)>>,
    /// Such as `Stage band, months 2 to 12`.
    pub label: String,
}

/// A phase of the engagement.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// Its name.
    pub name: String,
    /// Where it starts, in months from the first; 1.5 is halfway between the
    /// second and the third tick.
    pub starts_at: f64,
}

/// A numbered event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its number in the list under the chart.
    pub number: usize,
    /// The index of its month.
    pub month: usize,
}

/// The label of the last figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latest {
    /// Such as `63.0`.
    pub value: String,
    /// Such as `October 2026`.
    pub period: String,
    /// Such as `Mean of three 61.7`.
    pub mean: Option<String>,
}

/// A KPI by month at a glance, without axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Sparkline {
    /// An ASCII slug, unique on the page.
    pub id: String,
    /// The drawing's accessible name.
    pub title: String,
    /// What a reader who can't see the drawing should know of it.
    pub description: String,
    /// The figure of each month.
    pub values: Vec<Option<f64>>,
    /// Which figures are provisional: their points are hollow.
    pub provisional: Vec<bool>,
    /// The range aimed for.
    pub band: Option<Band>,
    /// What the figures are compared with.
    pub baseline: Option<SparklineBaseline>,
    /// The last month's figure in words, right of its point; the page keeps
    /// the space for it free.
    pub latest: Option<String>,
    /// How much of the page it takes.
    pub size: SparklineSize,
    /// The first month, such as `Aug 2025`.
    pub first: String,
    /// The last month.
    pub last: String,
}

/// How much of a page a sparkline takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SparklineSize {
    /// A page of the site.
    #[default]
    Page,
    /// A sheet of paper, where each line counts.
    Paper,
}

/// The figure at the start of the engagement, in a sparkline.
#[derive(Clone, Debug, PartialEq)]
pub struct SparklineBaseline {
    /// The figure.
    pub value: f64,
    /// Such as `baseline 9 %`.
    pub label: String,
}
