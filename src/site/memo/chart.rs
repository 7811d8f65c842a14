//! The three measures' course: a small chart each, under a title that says
//! what it shows.

use super::measure;
use super::view::Chart;
use crate::engagement::kpi::Kpi;
use crate::insight::board::{BoardView, Measure};
use crate::insight::series::Point;
use crate::insight::verdict::at_least;
use crate::site::chart::{Band, ChartError, Sparkline, SparklineBaseline, SparklineSize};
use crate::site::figure;
use crate::site::page::headline::{Sentence, first};
use crate::site::page::view::Drawing;

/// The charts, in the order of the table.
///
/// # Errors
///
/// [`ChartError`] if one can't be drawn: a fault of ours.
pub(super) fn charts(view: &BoardView) -> Result<Vec<Chart>, ChartError> {
    Kpi::ALL
        .into_iter()
        .map(|kpi| chart(view, view.measures.get(kpi)))
        .collect()
}

fn chart(view: &BoardView, measure: &Measure) -> Result<Chart, ChartError> {
    let title = first(&titles(), About { view, measure });
    Ok(Chart {
        title: title.map_or_else(|| measure.kpi.name().to_owned(), |(_, says)| says),
        subtitle: format!(
            "{}, {}",
            measure.kpi.name(),
            measure::unit(view, measure.kpi)
        ),
        drawing: drawing(view, measure)?,
    })
}

fn drawing(view: &BoardView, measure: &Measure) -> Result<Option<Drawing>, ChartError> {
    let points: Vec<&Point> = measure
        .series
        .iter()
        .skip_while(|point| point.value.is_none())
        .collect();
    let reported = points.iter().filter(|point| point.value.is_some()).count();
    let (Some(begin), Some(end), true) = (points.first(), points.last(), reported >= 2) else {
        return Ok(None);
    };
    let kpi = measure.kpi;
    let sparkline = Sparkline {
        id: format!("memo-{}", kpi.slug()),
        title: format!("{} by month", kpi.name()),
        description: description(view, measure, &points),
        values: points.iter().map(|point| point.value).collect(),
        provisional: points.iter().map(|point| point.provisional).collect(),
        band: measure.target.map(|target| Band {
            low: target.low,
            high: target.high,
            label: format!("target {}", measure::target(kpi, target)),
        }),
        baseline: measure.baseline.map(|(_, value)| SparklineBaseline {
            value,
            label: format!("baseline {}", figure::kpi_bare(kpi, value)),
        }),
        latest: measure.actual.map(|value| figure::kpi_bare(kpi, value)),
        size: SparklineSize::Paper,
        first: figure::short_month(begin.month),
        last: figure::short_month(end.month),
    };
    Ok(Some(Drawing::new(&sparkline.draw()?)))
}

/// What a reader who can't see the drawing should know: each month's figure.
fn description(view: &BoardView, measure: &Measure, points: &[&Point]) -> String {
    let months: Vec<String> = points
        .iter()
        .map(|point| {
            let value = point.value.map_or_else(
                || "not reported".to_owned(),
                |value| figure::kpi(measure.kpi, value, &view.currency),
            );
            format!("{} {value}", figure::short_month(point.month))
        })
        .collect();
    format!("{}.", months.join("; "))
}

/// What a chart's title speaks of.
#[derive(Clone, Copy)]
struct About<'a> {
    view: &'a BoardView,
    measure: &'a Measure,
}

/// The titles in the order in which they are tried.
fn titles<'a>() -> [Sentence<About<'a>>; 7] {
    [
        Sentence {
            name: "never-reported",
            says: never_reported,
        },
        Sentence {
            name: "not-reported",
            says: not_reported,
        },
        Sentence {
            name: "in-target",
            says: in_target,
        },
        Sentence {
            name: "highest",
            says: highest,
        },
        Sentence {
            name: "on-baseline",
            says: on_baseline,
        },
        Sentence {
            name: "on-quarter",
            says: on_quarter,
        },
        Sentence {
            name: "stands",
            says: stands,
        },
    ]
}

fn never_reported(about: About<'_>) -> Option<String> {
    let mut series = about.measure.series.iter();
    series
        .all(|point| point.value.is_none())
        .then(|| "Not reported yet".to_owned())
}

fn not_reported(about: About<'_>) -> Option<String> {
    let month = figure::month_name(about.view.quarter.last());
    about
        .measure
        .actual
        .is_none()
        .then(|| format!("{month} reported no figure"))
}

/// The first month of Run in which the aim no longer moves.
const SETTLED: i32 = 13;

/// Task automation within what is aimed at, and since when without a break.
fn in_target(about: About<'_>) -> Option<String> {
    let target = about
        .measure
        .target
        .filter(|target| target.from.is_none() && about.measure.kpi == Kpi::TaskAutomation)?;
    about.view.run_month.filter(|number| *number >= SETTLED)?;
    let inside = |value: f64| {
        at_least(value, target.low) && target.high.is_none_or(|high| at_least(high, value))
    };
    let back = about.measure.series.iter().rev();
    let since = back
        .take_while(|point| point.value.is_some_and(inside))
        .last()?;
    let band = measure::target(Kpi::TaskAutomation, target);
    Some(if since.month == about.view.quarter.last() {
        format!(
            "Entered {band}\u{a0}% in {}",
            figure::month_name(since.month)
        )
    } else {
        format!("Within {band}\u{a0}% since {}", figure::month(since.month))
    })
}

/// The most hours so far, where there is a month to compare with.
fn highest(about: About<'_>) -> Option<String> {
    let actual = about
        .measure
        .actual
        .filter(|_| about.measure.kpi == Kpi::AwayFromDesk)?;
    let last = about.view.quarter.last();
    let mut former = about
        .measure
        .series
        .iter()
        .filter(|point| point.month < last)
        .filter_map(|point| point.value)
        .peekable();
    former.peek()?;
    former
        .all(|value| !at_least(value, actual))
        .then(|| "The most hours of any month so far".to_owned())
}

fn on_baseline(about: About<'_>) -> Option<String> {
    let grown = about.measure.on_baseline?;
    let shown = figure::on_baseline(about.measure.kpi, grown.abs());
    let shown = shown.trim_start_matches('+');
    Some(match figure::signed(grown, 1).chars().next() {
        Some('+') => format!("{shown} over the baseline"),
        Some('0') => "As at the baseline".to_owned(),
        _ => format!("{shown} under the baseline"),
    })
}

fn on_quarter(about: About<'_>) -> Option<String> {
    let change = about.measure.change?;
    let shown = figure::kpi_change(about.measure.kpi, change);
    Some(format!("{shown} on the quarter"))
}

fn stands(about: About<'_>) -> Option<String> {
    let actual = about.measure.actual?;
    let shown = figure::kpi(about.measure.kpi, actual, &about.view.currency);
    let month = figure::month_name(about.view.quarter.last());
    Some(format!("{shown} in {month}"))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{reported, sample};
    use super::*;

    fn said(view: &BoardView, kpi: Kpi) -> (&'static str, String) {
        let measure = view.measures.get(kpi);
        first(&titles(), About { view, measure }).unwrap()
    }

    #[test]
    fn every_title_is_true_of_what_it_is_said_of() {
        let mut view = sample();
        assert_eq!(
            said(&view, Kpi::RevenuePerEmployee),
            ("on-baseline", "19.0\u{a0}% over the baseline".to_owned())
        );
        assert_eq!(
            said(&view, Kpi::TaskAutomation),
            (
                "in-target",
                "Within 60\u{2060}–\u{2060}70\u{a0}% since July 2026".to_owned()
            )
        );
        assert_eq!(said(&view, Kpi::AwayFromDesk).0, "highest");

        view.measures.away_from_desk.series[0].value = Some(24.5);
        assert_eq!(
            said(&view, Kpi::AwayFromDesk),
            ("on-baseline", "20.5\u{a0}h over the baseline".to_owned())
        );
        view.measures.revenue_per_employee.on_baseline = Some(-2.04);
        assert_eq!(
            said(&view, Kpi::RevenuePerEmployee).1,
            "2.0\u{a0}% under the baseline"
        );
        view.measures.revenue_per_employee.on_baseline = Some(-0.04);
        assert_eq!(said(&view, Kpi::RevenuePerEmployee).1, "As at the baseline");
        view.measures.revenue_per_employee.on_baseline = None;
        assert_eq!(said(&view, Kpi::RevenuePerEmployee).0, "on-quarter");
        view.measures.revenue_per_employee.change = None;
        assert_eq!(
            said(&view, Kpi::RevenuePerEmployee),
            ("stands", "$218,900 in September".to_owned())
        );

        view.measures.task_automation.series[4].value = Some(59.9);
        assert_eq!(
            said(&view, Kpi::TaskAutomation).1,
            "Entered 60\u{2060}–\u{2060}70\u{a0}% in September"
        );
        let none = reported(Kpi::TaskAutomation, &[Some(60.0), None]);
        view.measures.task_automation = none;
        assert_eq!(
            said(&view, Kpi::TaskAutomation),
            ("not-reported", "September reported no figure".to_owned())
        );
        view.measures.task_automation = reported(Kpi::TaskAutomation, &[None, None]);
        assert_eq!(said(&view, Kpi::TaskAutomation).0, "never-reported");
    }
}
