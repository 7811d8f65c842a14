//! What happened to or around a KPI: the numbered events of its chart.

use super::frame::Context;
use super::kpi_chart::reported;
use super::label;
use super::view::kpi::KpiEvent;
use crate::diagnostic::Spanned;
use crate::engagement::firm::Phase;
use crate::engagement::kpi::Kpi;
use crate::engagement::playbook::Playbook;
use crate::engagement::telemetry::Telemetry;
use crate::insight::progress::SessionState;
use crate::insight::series::{Point, Series};
use crate::insight::verdict::at_least;
use crate::site::figure;
use crate::source::month::Month;

/// Percent of the month before from which a fall is an event: less is noise.
const NOTABLE_FALL: f64 = 1.5;
/// The most events that a chart numbers: what one row below it holds.
const MOST_EVENTS: usize = 5;

/// Something that happened, for the list below a chart.
#[derive(Clone, Debug)]
pub struct Happening {
    pub(super) month: Month,
    text: String,
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

/// What a month's telemetry tells of automations, as far as a chart does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turnover<'t> {
    /// How many ran.
    live: usize,
    /// The ids of those that broke, were shipped and were retired.
    broke: Vec<&'t str>,
    shipped: Vec<&'t str>,
    retired: Vec<&'t str>,
}

impl<'t> Turnover<'t> {
    /// What this telemetry tells.
    pub(super) fn of(telemetry: &'t Telemetry) -> Self {
        let ids = |named: &'t [Spanned<String>]| named.iter().map(|id| &*id.value).collect();
        Turnover {
            live: telemetry.automations.len(),
            broke: ids(&telemetry.broke),
            shipped: ids(&telemetry.shipped),
            retired: ids(&telemetry.retired),
        }
    }
}

/// Automations by their names.
fn names(context: Context<'_>, ids: &[&str]) -> Vec<String> {
    ids.iter()
        .map(|id| label::automation(context, id))
        .collect()
}

fn run_begins(context: Context<'_>) -> Option<(u8, Month, String)> {
    let month = Month::of(context.firm().phases.start(Phase::Run)?);
    let text = match context.turnover(month).map_or(0, |reported| reported.live) {
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
    let playbook = &context.firm().playbook;
    let first = context.reached(kpi, last)?;
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

/// The same as the figure itself.
pub(super) fn first_reached<'s>(
    playbook: &Playbook,
    series: &'s Series,
    last: Month,
) -> Option<&'s Point> {
    let reached = |point: &&Point| match (series.kpi, point.value, point.on_baseline) {
        (Kpi::TaskAutomation, Some(value), _) => at_least(value, playbook.task_automation_target),
        (Kpi::AwayFromDesk, Some(value), _) => at_least(value, playbook.away_from_desk_target),
        (Kpi::RevenuePerEmployee, _, Some(grown)) => at_least(grown, playbook.revenue_low),
        _ => false,
    };
    let until = series.points.range(..=last).map(|(_, point)| point);
    until.into_iter().find(reached)
}

fn not_held(context: Context<'_>) -> impl Iterator<Item = (u8, Month, String)> + '_ {
    context
        .run_months()
        .iter()
        .filter(|run| matches!(run.session, SessionState::Skipped | SessionState::Missing))
        .map(|run| (3, run.month, "No session was held".to_owned()))
}

/// The month with the largest notable fall, and what broke in it.
fn biggest_fall(context: Context<'_>, kpi: Kpi, last: Month) -> Option<(u8, Month, String)> {
    let series = context.series(kpi);
    let falls = series.points.range(..=last).map(|(_, point)| point);
    let fall = falls
        .filter(|point| {
            point
                .change_percent
                .is_some_and(|change| change <= -NOTABLE_FALL)
        })
        .min_by(|a, b| a.change.unwrap_or(0.0).total_cmp(&b.change.unwrap_or(0.0)))?;
    let reported = context.turnover(fall.month);
    let broke = reported.map_or_else(Vec::new, |reported| names(context, &reported.broke));
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
    let reported = context.turnover(last)?;
    let parts: Vec<String> = [
        ("shipped", names(context, &reported.shipped)),
        ("retired", names(context, &reported.retired)),
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
