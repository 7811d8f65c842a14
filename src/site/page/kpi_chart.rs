//! A KPI's chart, sparkline and events: what is drawn, from the series.

use super::frame::Context;
use super::label;
use super::view::kpi::KpiEvent;
use crate::engagement::firm::Phase;
use crate::engagement::kpi::Kpi;
use crate::insight::progress::SessionState;
use crate::insight::series::{Point, Series};
use crate::insight::verdict::{Band, at_least, stage_band, target_band};
use crate::site::chart::{
    Axis, Band as ChartBand, Baseline, ChartError, ChartView, Event, KpiChart, Latest, MonthTick,
    Phase as ChartPhase, Sparkline, SparklineBaseline, SparklineSize, SparklineView, StageBand,
    plain_label, thousands_label,
};
use crate::site::figure;
use crate::source::month::Month;

/// Percent of the month before from which a fall is an event: less is noise.
const NOTABLE_FALL: f64 = 1.5;
/// The most events that a chart numbers: what one row below it holds.
const MOST_EVENTS: usize = 5;

/// Something that happened, for the list below a chart.
#[derive(Clone, Debug)]
pub struct Happening {
    month: Month,
    text: String,
}

/// The last month whose figures a session has gone through: the last one
/// held, else the last that doesn't await its session, else the last.
pub fn reviewed(context: Context<'_>) -> Option<Month> {
    let held = context.insights.last_held().map(|run| run.month);
    held.or_else(|| reported(context))
}

/// The last month that doesn't await its session, else the last.
pub fn reported(context: Context<'_>) -> Option<Month> {
    let awaiting = context.insights.awaiting().map(|run| run.month);
    let months = &context.engagement.months;
    let settled = months.keys().rev().find(|month| Some(**month) != awaiting);
    settled.or_else(|| months.keys().next_back()).copied()
}

/// What happened to or around a KPI, at most [`MOST_EVENTS`], oldest first.
pub fn happenings(context: Context<'_>, kpi: Kpi) -> Vec<Happening> {
    let Some(last) = reported(context) else {
        return Vec::new();
    };
    let mut found: Vec<(u8, Month, String)> = Vec::new();
    found.extend(run_begins(context));
    found.extend(reached(context, kpi, last));
    found.extend(not_held(context));
    found.extend(biggest_fall(context, kpi, last));
    found.extend(built(context, last));
    found.retain(|(_, month, _)| *month <= last);
    found.sort_by_key(|(rank, month, _)| (*rank, std::cmp::Reverse(*month)));
    let mut chosen: Vec<Happening> = Vec::new();
    for (_, month, text) in found {
        if chosen.len() < MOST_EVENTS && chosen.iter().all(|happening| happening.month != month) {
            chosen.push(Happening { month, text });
        }
    }
    chosen.sort_by_key(|happening| happening.month);
    chosen
}

fn run_begins(context: Context<'_>) -> Option<(u8, Month, String)> {
    let month = Month::of(context.engagement.firm.phases.start(Phase::Run)?);
    let telemetry = context
        .engagement
        .months
        .get(&month)
        .and_then(|record| record.telemetry.as_ref());
    let live = telemetry.map_or(0, |telemetry| telemetry.automations.len());
    let text = match live {
        0 => "Run begins".to_owned(),
        live => format!(
            "Run begins with {}",
            figure::counted(live, "automation", "automations")
        ),
    };
    Some((0, month, text))
}

/// The first month in which the figure was where it should end up.
pub(super) fn reached(context: Context<'_>, kpi: Kpi, last: Month) -> Option<(u8, Month, String)> {
    let playbook = &context.engagement.firm.playbook;
    let series = context.insights.series.get(kpi);
    let reached = |point: &&Point| match (kpi, point.value, point.on_baseline) {
        (Kpi::TaskAutomation, Some(value), _) => at_least(value, playbook.task_automation_target),
        (Kpi::AwayFromDesk, Some(value), _) => at_least(value, playbook.away_from_desk_target),
        (Kpi::RevenuePerEmployee, _, Some(grown)) => at_least(grown, playbook.revenue_low),
        _ => false,
    };
    let first = series
        .points
        .range(..=last)
        .map(|(_, point)| point)
        .find(reached)?;
    let text = match kpi {
        Kpi::TaskAutomation => format!(
            "Enters the target band at {}",
            figure::percent(first.value?)
        ),
        Kpi::AwayFromDesk => format!(
            "Passes {} hours for the first time",
            figure::decimal(playbook.away_from_desk_target, 0)
        ),
        Kpi::RevenuePerEmployee => format!(
            "{} on the baseline for the first time",
            figure::signed_percent(first.on_baseline?)
        ),
    };
    Some((1, first.month, text))
}

fn not_held(context: Context<'_>) -> impl Iterator<Item = (u8, Month, String)> + '_ {
    context
        .insights
        .run_months
        .iter()
        .filter(|run| matches!(run.session, SessionState::Skipped | SessionState::Missing))
        .map(|run| (3, run.month, "No session was held".to_owned()))
}

/// The month with the largest notable fall, and what broke in it.
fn biggest_fall(context: Context<'_>, kpi: Kpi, last: Month) -> Option<(u8, Month, String)> {
    let series = context.insights.series.get(kpi);
    let falls = series.points.range(..=last).map(|(_, point)| point);
    let fall = falls
        .filter(|point| {
            point
                .change_percent
                .is_some_and(|change| change <= -NOTABLE_FALL)
        })
        .min_by(|a, b| a.change.unwrap_or(0.0).total_cmp(&b.change.unwrap_or(0.0)))?;
    let telemetry = context
        .engagement
        .months
        .get(&fall.month)?
        .telemetry
        .as_ref();
    let broke: Vec<String> = telemetry
        .map(|telemetry| {
            telemetry
                .broke
                .iter()
                .map(|id| label::automation(context.engagement, &id.value))
                .collect()
        })
        .unwrap_or_default();
    let change = figure::kpi_change(kpi, fall.change?);
    let text = if broke.is_empty() {
        format!(
            "Falls by {}, the most in a month",
            change.trim_start_matches('\u{2212}')
        )
    } else {
        format!(
            "{} broke; the figure falls by {}",
            figure::list(&broke),
            change.trim_start_matches('\u{2212}')
        )
    };
    Some((2, fall.month, text))
}

/// What the last month shipped and retired.
fn built(context: Context<'_>, last: Month) -> Option<(u8, Month, String)> {
    let telemetry = context.engagement.months.get(&last)?.telemetry.as_ref()?;
    let names = |ids: &[crate::diagnostic::Spanned<String>]| -> Vec<String> {
        ids.iter()
            .map(|id| label::automation(context.engagement, &id.value))
            .collect()
    };
    let parts: Vec<String> = [
        ("shipped", names(&telemetry.shipped)),
        ("retired", names(&telemetry.retired)),
    ]
    .into_iter()
    .filter(|(_, names)| !names.is_empty())
    .map(|(what, names)| format!("{} {what}", figure::list(&names)))
    .collect();
    (!parts.is_empty()).then(|| (2, last, parts.join(". ")))
}

/// The happenings as the page lists them.
pub fn event_list(happenings: &[Happening]) -> Vec<KpiEvent> {
    happenings
        .iter()
        .enumerate()
        .map(|(at, happening)| KpiEvent {
            number: (at + 1).to_string(),
            month: figure::month(happening.month),
            text: happening.text.clone(),
        })
        .collect()
}

/// A KPI's chart up to the last month that doesn't await its session; none
/// if there is nothing to draw.
///
/// # Errors
///
/// [`ChartError`] if it can't be drawn: a fault of ours.
pub fn chart(
    context: Context<'_>,
    kpi: Kpi,
    happenings: &[Happening],
) -> Result<Option<ChartView>, ChartError> {
    let series = context.insights.series.get(kpi);
    let Some(last) = reported(context) else {
        return Ok(None);
    };
    let first = series
        .baseline
        .map(|(month, _)| month)
        .into_iter()
        .chain(series.points.keys().next().copied())
        .min();
    let first = first.unwrap_or(last).min(last);
    let months: Vec<Month> = (0..=last.since(first))
        .map(|offset| first.plus(offset))
        .collect();
    let points: Vec<Option<&Point>> = months.iter().map(|month| series.at(*month)).collect();
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
        axis: axis(context, series, &points),
        months: ticks(&months),
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
    chart.draw().map(Some)
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
    let currency = &context.engagement.firm.currency;
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
        Kpi::RevenuePerEmployee => figure::money(value, &context.engagement.firm.currency),
        Kpi::TaskAutomation | Kpi::AwayFromDesk => figure::decimal(value, 1),
    }
}

/// Everything that is drawn lies on the axis. Shares and hours begin at zero;
/// revenue, which never comes near it, doesn't.
fn axis(context: Context<'_>, series: &Series, points: &[Option<&Point>]) -> Axis {
    let playbook = &context.engagement.firm.playbook;
    let mut values: Vec<f64> = points
        .iter()
        .flatten()
        .flat_map(|point| [point.value, point.rolling_mean])
        .flatten()
        .collect();
    values.extend(series.baseline.map(|(_, value)| value));
    match series.kpi {
        Kpi::RevenuePerEmployee => {
            values.extend(revenue_band(context, series).map(|band| band.low));
            values.extend(revenue_band(context, series).map(|band| band.high));
            let sign = context.engagement.firm.currency.sign();
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

fn revenue_band(context: Context<'_>, series: &Series) -> Option<Band> {
    let playbook = &context.engagement.firm.playbook;
    let (_, baseline) = series.baseline?;
    Some(Band {
        low: baseline * (1.0 + playbook.revenue_low / 100.0),
        high: baseline * (1.0 + playbook.revenue_high / 100.0),
    })
}

fn target(context: Context<'_>, series: &Series) -> Option<ChartBand> {
    let playbook = &context.engagement.firm.playbook;
    match series.kpi {
        Kpi::RevenuePerEmployee => revenue_band(context, series).map(|band| ChartBand {
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
    let run = Month::of(context.engagement.firm.phases.start(Phase::Run)?);
    if kpi != Kpi::TaskAutomation {
        return None;
    }
    let playbook = &context.engagement.firm.playbook;
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
    let begun = &context.engagement.firm.phases.begun;
    begun
        .iter()
        .map(|(phase, start)| (phase, Month::of(start.value)))
        .filter(|(_, month)| *month <= last)
        .map(|(phase, month)| ChartPhase {
            name: phase.name().to_owned(),
            // A phase begins before its first month's point.
            starts_at: (f64::from(month.since(first)) - 0.5).max(0.0),
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
    let series = context.insights.series.get(kpi);
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
                figure::kpi(kpi, value, &context.engagement.firm.currency)
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
