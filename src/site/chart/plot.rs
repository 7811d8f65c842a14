//! What the library draws: the grid with the target band, and the lines.

use std::sync::Once;

use charts_rs::{
    Box as Margin, GridConfig, LegendConfig, LineChart, Series, SeriesBand, SeriesConfig, Symbol,
    Theme, XAxisConfig, YAxisConfig, add_theme,
};

use super::ChartError;
use super::frame::Frame;
use super::sentinel::{Sentinel, translate};
use super::svg::Markup;

const THEME: &str = "quarterdeck";
/// The width the library draws at; the drawing is stretched to the page's.
const WIDTH: f64 = 1000.0;
/// The library's axis runs from 0 to this: the levels of values are drawn,
/// not the values, which may be too large for its numbers.
const FULL: f64 = 100.0;

/// Grid lines at so many even intervals, and a band across all months.
pub(super) fn ground(
    frame: &Frame,
    intervals: usize,
    band: Option<(f64, f64)>,
    paint: Sentinel,
) -> Result<Markup, ChartError> {
    let mut series = Series::new_nullable("band".to_owned(), Vec::new());
    series.index = Some(paint as usize);
    series.band = band.map(|(low, high)| SeriesBand {
        lower: vec![Some(scaled(frame, low)); 2],
        upper: vec![Some(scaled(frame, high)); 2],
        ..SeriesBand::default()
    });
    let mut chart = chart(frame, vec![series], 2);
    chart.grid.stroke_width = if intervals == 0 { 0.0 } else { 1.0 };
    for axis in &mut chart.y_axis_configs {
        axis.split_number = intervals.max(1);
    }
    drawn(&chart)
}

/// A line through the values that are there, with a gap where one isn't.
pub(super) fn line(
    frame: &Frame,
    values: &[Option<f64>],
    paint: Sentinel,
    width: f32,
    dashes: Option<&str>,
) -> Result<Markup, ChartError> {
    let levels: Vec<Option<f32>> = values
        .iter()
        .map(|value| value.map(|value| scaled(frame, value)))
        .collect();
    let months = levels.len();
    let mut series = Series::new_nullable("line".to_owned(), levels);
    series.index = Some(paint as usize);
    series.stroke_dash_array = dashes.map(ToOwned::to_owned);
    let mut chart = chart(frame, vec![series], months);
    let (lead, tail) = frame.margins();
    chart.margin.left = (lead * WIDTH) as f32;
    chart.margin.right = (tail * WIDTH) as f32;
    chart.series.stroke_width = width;
    drawn(&chart)
}

fn scaled(frame: &Frame, value: f64) -> f32 {
    (frame.level(value) * FULL) as f32
}

fn drawn(chart: &LineChart) -> Result<Markup, ChartError> {
    let svg = chart
        .svg()
        .map_err(|error| ChartError::Drawing(error.to_string()))?;
    translate(&svg)
}

fn chart(frame: &Frame, series: Vec<Series>, months: usize) -> LineChart {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| add_theme(THEME, theme()));
    let mut chart = LineChart::new_with_theme(series, vec![String::new(); months], THEME);
    chart.width = WIDTH as f32;
    chart.height = frame.height as f32;
    chart.y_axis_hidden = true;
    chart
}

/// Every colour a sentinel, every size nothing: what isn't asked for isn't
/// drawn.
fn theme() -> Theme {
    Theme {
        is_light: true,
        x_axis: XAxisConfig {
            boundary_gap: Some(false),
            hidden: true,
            ..XAxisConfig::default()
        },
        y_axis: YAxisConfig {
            min: Some(0.0),
            max: Some(FULL as f32),
            split_number: 1,
            ..YAxisConfig::default()
        },
        grid: GridConfig {
            stroke_color: Sentinel::Grid.colour(),
            ..GridConfig::default()
        },
        series: SeriesConfig {
            colors: Sentinel::ALL.into_iter().map(Sentinel::colour).collect(),
            symbol: Some(Symbol::None),
            ..SeriesConfig::default()
        },
        legend: LegendConfig {
            show: Some(false),
            ..LegendConfig::default()
        },
        margin: Margin::default(),
        ..Theme::default()
    }
}
