//! Charts: from typed figures to markup.
//!
//! In: a [`KpiChart`] or a [`Sparkline`], every figure and every label ready
//! made. Out: a [`ChartView`] or a [`SparklineView`], strings that the partials
//! `chart.html` and `sparkline.html` print as they are.
//!
//! Lines, bands and the grid are drawn by charts-rs in a drawing that
//! stretches with the page; whatever must not stretch (text, points, rings)
//! is placed over it by shares of the width and by pixels of the height, so
//! that it keeps its size on a phone and on a projector. A chart computes
//! positions, never figures.

mod axis;
mod caption;
mod check;
mod event;
mod frame;
mod input;
mod kpi;
mod label;
mod overlay;
mod plot;
mod room;
mod sentinel;
mod sparkline;
mod svg;
#[cfg(test)]
mod tests;
mod view;

use std::fmt;

pub use axis::{Axis, Tick, plain_label, thousands_label};
pub use input::{
    Band, Baseline, Event, KpiChart, Latest, MonthTick, Phase, Sparkline, SparklineBaseline,
    SparklineSize, StageBand,
};
pub use svg::Markup;
pub use view::{ChartView, DrawingView, LatestView, NoteView, SparklineView};

/// Why a chart could not be drawn. All of these are faults of the code that
/// made the chart, or of the chart library; none can be mended in content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChartError {
    /// The id is not a lower-case slug, so the ids made from it may clash.
    Id(String),
    /// A chart without a month has no horizontal axis.
    NoMonths(String),
    /// A list is longer than the months, or an index points past them.
    PastMonths {
        /// The chart's id.
        chart: String,
        /// What points past the months.
        what: &'static str,
    },
    /// A value lies outside the axis, where it would be drawn off the plot.
    OutsideAxis {
        /// The chart's id.
        chart: String,
        /// The value.
        value: String,
    },
    /// An axis whose range is empty or not finite.
    Axis(String),
    /// The library painted in a colour that is not one of the theme's.
    StrayColour(String),
    /// The library wrote something that is not known to be safe to publish.
    Drawing(String),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "`{id}` is not a slug that a chart can be named by"),
            Self::NoMonths(chart) => write!(f, "the chart `{chart}` has no months"),
            Self::PastMonths { chart, what } => {
                write!(f, "{what} of the chart `{chart}` reach past its months")
            }
            Self::OutsideAxis { chart, value } => {
                write!(f, "the chart `{chart}` has {value} outside its axis")
            }
            Self::Axis(why) => write!(f, "a chart's axis {why}"),
            Self::StrayColour(colour) => {
                write!(
                    f,
                    "a chart is painted in `{colour}`, which is no token of the theme"
                )
            }
            Self::Drawing(what) => write!(f, "a chart's drawing holds {what}"),
        }
    }
}

impl std::error::Error for ChartError {}
