//! A KPI's chart and sparkline: what is drawn, from the series.

use super::frame::Context;
use super::kpi_event::Happening;
use crate::engagement::firm::{Firm, Phase};
use crate::engagement::kpi::{Kpi, PerKpi};
use crate::engagement::playbook::Playbook;
use crate::insight::series::{Point, Series};
use crate::insight::verdict::{Band, stage_band, target_band};
use crate::site::chart::{
    Axis, Band as ChartBand, Baseline, ChartError, ChartView, Event, KpiChart, Latest, MonthTick,
    Phase as ChartPhase, Sparkline, SparklineBaseline, SparklineSize, SparklineView, StageBand,
    plain_label, thousands_label,
};
use crate::site::figure;
use crate::source::month::Month;

/// The least range of an axis of revenue.
const LEAST_REVENUE_RANGE: f64 = 1000.0;

/// The last month whose figures a session has gone through: the last one
/// held, else the last that doesn't await its session, else the last.
pub fn reviewed(context: Context<'_>) -> Option<Month> {
    let held = context.last_held().map(|run| run.month);
    held.or_else(|| reported(context))
}

/// The last month that doesn't await its session, else the last.
pub fn reported(context: Context<'_>) -> Option<Month> {
    let awaiting = context.awaiting().map(|run| run.month);
    let months = context.months();
    let settled = months.iter().rev().find(|month| Some(**month) != awaiting);
    settled.or(months.last()).copied()
}

/// A KPI's chart up to the last month that doesn't await its session: with what
/// happened numbered in it, and without. None if there is nothing to draw.
///
/// # Errors
///
/// [`ChartError`] if it can't be drawn: a fault of ours.
pub fn chart(
    context: Context<'_>,
    kpi: Kpi,
    happenings: &[Happening],
) -> Result<Option<[ChartView; 2]>, ChartError> {
    let series = context.series(kpi);
    let Some(last) = reported(context) else {
        return Ok(None);
    };
    let first = context.first_charted().unwrap_or(last).min(last);
    let months = months(first, last);
    let points = points(series, &months);
    let values: Vec<Option<f64>> = points
        .iter()
        .map(|point| point.and_then(|point| point.value))
        .collect();
    if values.iter().all(Option::is_none) && series.baseline.is_none() {
        return Ok(None);
    }
    let index = |month: Month| {
        usize::try_from(month.since(first))
            .ok()
            .filter(|at| *at < months.len())
    };
    let events = happenings.iter().enumerate().filter_map(|(at, happening)| {
        Some(Event {
            number: at + 1,
            month: index(happening.month)?,
        })
    });
    let chart = KpiChart {
        id: format!("chart-{}", kpi.slug()),
        title: format!("{} by month", kpi.name()),
        description: description(context, series, last),
        axis: axis(context.firm(), series, &points),
        beside: context.axes(first, last),
        months: ticks(&months),
        hints: hints(context, series, &months),
        provisional: points
            .iter()
            .map(|point| point.is_some_and(|point| point.provisional))
            .collect(),
        rolling_mean: points
            .iter()
            .map(|point| point.and_then(|point| point.rolling_mean))
            .collect(),
        baseline: series.baseline.and_then(|(month, value)| {
            Some(Baseline {
                value,
                month: index(month)?,
                label: format!("Baseline {}", axis_figure(context, kpi, value)),
            })
        }),
        target_band: target(context, series),
        stage_band: stage(context, kpi, &months),
        phases: phases(context, first, last),
        events: events.collect(),
        latest: latest(context, series, last),
        values,
    };
    chart.draw_with_and_without_events().map(Some)
}

/// The first month that any KPI knows: every KPI's chart begins there, so that a
/// month has the same place in all of them.
pub(super) fn first_charted(series: &PerKpi<Series>) -> Option<Month> {
    let known = Kpi::ALL.into_iter().flat_map(|kpi| {
        let series = series.get(kpi);
        let baseline = series.baseline.map(|(month, _)| month);
        baseline
            .into_iter()
            .chain(series.points.keys().next().copied())
    });
    known.min()
}

/// All months from one to another, both among them.
fn months(first: Month, last: Month) -> Vec<Month> {
    (0..=last.since(first))
        .map(|offset| first.plus(offset))
        .collect()
}

fn points<'a>(series: &'a Series, months: &[Month]) -> Vec<Option<&'a Point>> {
    months.iter().map(|month| series.at(*month)).collect()
}

/// The axes of all KPIs over these months.
pub(super) fn axes(firm: &Firm, all: &PerKpi<Series>, first: Month, last: Month) -> Vec<Axis> {
    let months = months(first, last);
    let axis = |kpi| {
        let series = all.get(kpi);
        axis(firm, series, &points(series, &months))
    };
    Kpi::ALL.into_iter().map(axis).collect()
}

/// What each month says under a pointer: what its row of the table does.
fn hints(context: Context<'_>, series: &Series, months: &[Month]) -> Vec<Option<String>> {
    let shown = |value| figure::kpi(series.kpi, value, &context.firm().currency);
    let hint = |month: &Month| {
        let point = series.at(*month);
        let value = point.and_then(|point| point.value);
        let baseline = series.baseline.filter(|(at, _)| at == month);
        let words = match (value, baseline) {
            (Some(value), _) if point.is_some_and(|point| point.provisional) => {
                format!("{}, provisional", shown(value))
            }
            (Some(value), _) => shown(value),
            (None, Some((_, value))) => format!("{}, the Fit Check baseline", shown(value)),
            (None, None) => point.map(|_| "not reported".to_owned())?,
        };
        Some(format!("{}: {words}", figure::month(*month)))
    };
    months.iter().map(hint).collect()
}

fn ticks(months: &[Month]) -> Vec<MonthTick> {
    months
        .iter()
        .enumerate()
        .map(|(at, month)| MonthTick {
            label: figure::month_initial(*month),
            year: (at == 0 || month.number() == 1).then(|| month.year().to_string()),
        })
        .collect()
}

fn description(context: Context<'_>, series: &Series, last: Month) -> String {
    let currency = &context.firm().currency;
    let shown = |value: f64| figure::kpi(series.kpi, value, currency);
    let reported = series
        .points
        .range(..=last)
        .filter(|(_, point)| point.value.is_some());
    let first = reported
        .clone()
        .next()
        .and_then(|(month, point)| Some((*month, point.value?)));
    let latest = reported
        .clone()
        .next_back()
        .and_then(|(month, point)| Some((*month, point.value?)));
    let mut parts = Vec::new();
    if let Some((month, value)) = series.baseline {
        parts.push(format!(
            "{} at the Fit Check in {}",
            shown(value),
            figure::month(month)
        ));
    }
    if let Some((month, value)) = first {
        parts.push(format!("{} in {}", shown(value), figure::month(month)));
    }
    if let Some((month, value)) =
        latest.filter(|latest| first.is_none_or(|first| first.0 != latest.0))
    {
        parts.push(format!("{} in {}", shown(value), figure::month(month)));
    }
    if parts.is_empty() {
        return "Nothing has been reported yet.".to_owned();
    }
    format!(
        "From {}. The table below has every figure.",
        parts.join(" to ")
    )
}

/// A figure as short as an axis wants it.
fn axis_figure(context: Context<'_>, kpi: Kpi, value: f64) -> String {
    match kpi {
        Kpi::RevenuePerEmployee => figure::money(value, &context.firm().currency),
        Kpi::TaskAutomation | Kpi::AwayFromDesk => figure::decimal(value, 1),
    }
}

/// Everything that is drawn lies on the axis. Shares and hours begin at zero;
/// revenue, which never comes near it, doesn't.
fn axis(firm: &Firm, series: &Series, points: &[Option<&Point>]) -> Axis {
    let playbook = &firm.playbook;
    let mut values: Vec<f64> = points
        .iter()
        .flatten()
        .flat_map(|point| [point.value, point.rolling_mean])
        .flatten()
        .collect();
    values.extend(series.baseline.map(|(_, value)| value));
    match series.kpi {
        Kpi::RevenuePerEmployee => {
            values.extend(revenue_band(playbook, series).map(|band| band.low));
            values.extend(revenue_band(playbook, series).map(|band| band.high));
            // Labels in thousands can't tell figures apart that lie closer.
            let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            if high - low < LEAST_REVENUE_RANGE {
                values.push(low + LEAST_REVENUE_RANGE);
            }
            let sign = firm.currency.sign();
            Axis::covering(values, |value| format!("{sign}{}", thousands_label(value)))
        }
        Kpi::TaskAutomation => {
            let months = points
                .iter()
                .flatten()
                .filter_map(|point| stage_band(playbook, point.run_month?));
            let edges: Vec<f64> = months.flat_map(|band| [band.low, band.high]).collect();
            values.extend(edges);
            values.extend([
                0.0,
                playbook.task_automation_target,
                playbook.task_automation_cap,
            ]);
            Axis::covering(values, plain_label)
        }
        Kpi::AwayFromDesk => {
            values.extend([0.0, playbook.away_from_desk_target * 1.25]);
            Axis::covering(values, plain_label)
        }
    }
}

fn revenue_band(playbook: &Playbook, series: &Series) -> Option<Band> {
    let (_, baseline) = series.baseline?;
    Some(Band {
        low: baseline * (1.0 + playbook.revenue_low / 100.0),
        high: baseline * (1.0 + playbook.revenue_high / 100.0),
    })
}

fn target(context: Context<'_>, series: &Series) -> Option<ChartBand> {
    let playbook = &context.firm().playbook;
    match series.kpi {
        Kpi::RevenuePerEmployee => revenue_band(playbook, series).map(|band| ChartBand {
            low: band.low,
            high: Some(band.high),
            label: format!(
                "{}\u{a0}% over baseline",
                figure::range(playbook.revenue_low, playbook.revenue_high)
            ),
        }),
        Kpi::TaskAutomation => {
            let band = target_band(playbook);
            Some(ChartBand {
                low: band.low,
                high: Some(band.high),
                label: format!("Target band {}", figure::range(band.low, band.high)),
            })
        }
        Kpi::AwayFromDesk => Some(ChartBand {
            low: playbook.away_from_desk_target,
            high: None,
            label: format!(
                "Headroom from {}\u{a0}h",
                figure::decimal(playbook.away_from_desk_target, 0)
            ),
        }),
    }
}

fn stage(context: Context<'_>, kpi: Kpi, months: &[Month]) -> Option<StageBand> {
    let run = Month::of(context.firm().phases.start(Phase::Run)?);
    if kpi != Kpi::TaskAutomation {
        return None;
    }
    let playbook = &context.firm().playbook;
    let bands: Vec<Option<(f64, f64)>> = months
        .iter()
        .map(|month| {
            let number = month.since(run) + 1;
            (number <= 12)
                .then(|| stage_band(playbook, number))
                .flatten()
                .map(|band| (band.low, band.high))
        })
        .collect();
    let known = bands.iter().flatten().count();
    (known >= 2).then(|| StageBand {
        months: bands,
        label: "Stage band, months 2 to 12".to_owned(),
    })
}

fn phases(context: Context<'_>, first: Month, last: Month) -> Vec<ChartPhase> {
    let begun = &context.firm().phases.begun;
    let mut phases: Vec<(f64, Vec<String>)> = Vec::new();
    for (phase, start) in begun {
        let month = Month::of(start.value);
        if month > last {
            continue;
        }
        // A phase begins before its first month's point.
        let starts_at = (f64::from(month.since(first)) - 0.5).max(0.0);
        let name = phase.name().to_owned();
        match phases.last_mut() {
            // Two lines in one place are one line with two names.
            Some((at, names)) if starts_at <= *at => names.push(name),
            _ => phases.push((starts_at, vec![name])),
        }
    }
    phases
        .into_iter()
        .map(|(starts_at, names)| ChartPhase {
            name: figure::list(&names),
            starts_at,
        })
        .collect()
}

fn latest(context: Context<'_>, series: &Series, last: Month) -> Option<Latest> {
    let (month, point) = series
        .points
        .range(..=last)
        .rev()
        .find(|(_, point)| point.value.is_some())?;
    let mean = point
        .rolling_mean
        .map(|mean| format!("Mean of three {}", axis_figure(context, series.kpi, mean)));
    Some(Latest {
        value: axis_figure(context, series.kpi, point.value?),
        period: format!(
            "{}{}",
            figure::short_month(*month),
            if point.provisional {
                ", provisional"
            } else {
                ""
            }
        ),
        mean,
    })
}

/// A KPI's course in Run at a glance, up to a month; none before there are
/// two figures.
///
/// # Errors
///
/// [`ChartError`] if it can't be drawn: a fault of ours.
pub fn sparkline(
    context: Context<'_>,
    kpi: Kpi,
    month: Option<Month>,
) -> Result<Option<SparklineView>, ChartError> {
    let series = context.series(kpi);
    let Some(last) = month else {
        return Ok(None);
    };
    let run: Vec<&Point> = series
        .points
        .range(..=last)
        .map(|(_, point)| point)
        .filter(|point| point.run_month.is_some())
        .collect();
    let (Some(first), true) = (
        run.first(),
        run.iter().filter(|point| point.value.is_some()).count() >= 2,
    ) else {
        return Ok(None);
    };
    let lower = |band: ChartBand| ChartBand {
        label: decapitalised(&band.label),
        ..band
    };
    let sparkline = Sparkline {
        id: format!("sparkline-{}", kpi.slug()),
        title: format!("{} in Run", kpi.name()),
        description: description(context, series, last),
        values: run.iter().map(|point| point.value).collect(),
        provisional: run.iter().map(|point| point.provisional).collect(),
        band: target(context, series).map(lower),
        baseline: series.baseline.map(|(_, value)| SparklineBaseline {
            value,
            label: format!(
                "baseline {}",
                figure::kpi(kpi, value, &context.firm().currency)
            ),
        }),
        latest: None,
        size: SparklineSize::Page,
        first: figure::short_month(first.month),
        last: figure::short_month(last),
    };
    sparkline.draw().map(Some)
}

fn decapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
