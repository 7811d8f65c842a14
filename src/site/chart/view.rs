//! What the partials print.

use serde::Serialize;

use super::svg::Markup;

/// What the partial `chart.html` prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChartView {
    /// The chart's id.
    pub id: String,
    /// How wide the axis' labels are: `small`, `middle` or `large`.
    pub gutter: &'static str,
    /// One drawing for each width of page; the style sheet shows one.
    pub drawings: Vec<DrawingView>,
}

/// A chart drawn for one width of page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DrawingView {
    /// `wide`, `medium` or `narrow`.
    pub size: &'static str,
    /// The drawing.
    pub svg: Markup,
    /// The latest figure, where it has no room beside the plot.
    pub latest: Option<LatestView>,
    /// Rows of phase names above the plot.
    pub rows: usize,
    /// What found no place in the drawing.
    pub notes: Vec<NoteView>,
}

/// Words that found no place in a drawing, for the space under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoteView {
    /// What the note is about: `phases`, `baseline`, `target`, `band` or
    /// `stage`.
    pub key: &'static str,
    /// The words.
    pub text: String,
}

impl NoteView {
    pub(super) fn new(key: &'static str, text: &str) -> Self {
        Self {
            key,
            text: text.to_owned(),
        }
    }
}

/// The latest figure as text above a narrow drawing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LatestView {
    /// The figure.
    pub value: String,
    /// Its month.
    pub period: String,
    /// Its mean.
    pub mean: Option<String>,
}

/// What the partial `sparkline.html` prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SparklineView {
    /// The sparkline's id.
    pub id: String,
    /// The drawing.
    pub svg: Markup,
    /// What found no place in the drawing.
    pub notes: Vec<NoteView>,
}
