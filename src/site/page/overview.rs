//! Where the engagement stands.

use super::context::Part;
use super::frame::{Context, Opening, frame, period};
use super::ready::Ready;
use super::view::decision::DecisionTable;
use super::view::frame::StripItem;
use super::view::overview::{Changed, KpiChange, KpiColumn, NextSession, OverviewPage, Paying};
use super::view::timeline::{Timeline, TimelineMonth};
use super::view::{Drawing, Link, Shape, Status, Tone};
use super::{changed, decided, kpi_chart, label, question, signal};
use crate::engagement::kpi::Kpi;
use crate::insight::progress::{RunMonth, SessionState};
use crate::insight::series::Point;
use crate::insight::verdict::{at_least, target_band};
use crate::site::chart::ChartError;
use crate::site::figure::{self, NOT_REPORTED};
use crate::site::route::Route;
use crate::source::document::Answer;
use crate::source::month::Month;

/// The overview's view.
///
/// # Errors
///
/// [`ChartError`] if a sparkline can't be drawn: a fault of ours.
pub fn page(context: Context<'_>) -> Result<OverviewPage, ChartError> {
    let route = Route::Overview;
    let month = kpi_chart::reviewed(context);
    let mut strip = period(context, month);
    strip.extend(standing(context, month).map(StripItem::status));
    let deck = month.map(|month| context.overview_deck(month));
    Ok(OverviewPage {
        frame: frame(
            context,
            &route,
            Opening {
                title: "Overview".to_owned(),
                strip,
                headline: context.overview_headline(),
                deck,
            },
        ),
        kpis: Kpi::ALL
            .into_iter()
            .map(|kpi| {
                let column = context.try_part(Part::Column(kpi), |context| {
                    column(context, kpi).map(|column| Ready::of(&column))
                })?;
                Ok((*column).clone())
            })
            .collect::<Result<_, ChartError>>()?,
        paying: paying(context, &route),
        changed: changed_since(context, month),
        next: next(context, &route),
        decisions: decided::open(context).map(|table| DecisionTable {
            links: ways(context, month, &route),
            ..table
        }),
    })
}

/// The ways to what the last session decided and to all decisions.
fn ways(context: Context<'_>, month: Option<Month>, route: &Route) -> Vec<Link> {
    let made = month.filter(|month| {
        let mut decisions = context.decisions().iter();
        decisions.any(|tracked| tracked.month == *month)
    });
    let of_month = made.map(|month| Link {
        label: format!(
            "What {} decided, and what came of it",
            figure::month_name(month)
        ),
        href: Route::MonthDecisions(month.to_string()).href(route),
    });
    let all = Link {
        label: "All decisions".to_owned(),
        href: Route::Decisions.href(route),
    };
    of_month.into_iter().chain([all]).collect()
}

/// What the telemetry that awaits its session says, against the last one held.
fn changed_since(context: Context<'_>, shown: Option<Month>) -> Option<Changed> {
    let changed = context.changed_since_last_session()?;
    let note = shown.map(|month| {
        format!(
            "The figures above are {}’s, the last session held",
            figure::month_name(month)
        )
    });
    changed::list(context, changed, note)
}

/// One word for the three verdicts together: the worst of them.
fn standing(context: Context<'_>, month: Option<Month>) -> Option<Status> {
    let verdicts: Vec<_> = Kpi::ALL
        .into_iter()
        .filter_map(|kpi| context.point(kpi, month?)?.verdict)
        .collect();
    let worst = verdicts
        .iter()
        .copied()
        .filter(|verdict| verdict.needs_attention())
        .max();
    let status = worst.or_else(|| {
        verdicts
            .iter()
            .copied()
            .filter(|verdict| verdict.is_good())
            .min()
    });
    status
        .or_else(|| verdicts.first().copied())
        .map(label::verdict)
}

fn column(context: Context<'_>, kpi: Kpi) -> Result<KpiColumn, ChartError> {
    let month = kpi_chart::reviewed(context);
    let point = month.and_then(|month| context.point(kpi, month));
    let (value, unit) = big_figure(context, kpi, point.and_then(|point| point.value));
    let status = match point {
        Some(point) if point.value.is_some() => label::judged(point)
            .unwrap_or_else(|| Status::new(Tone::Neutral, Shape::Dash, "Before Run")),
        _ => Status::new(Tone::Neutral, Shape::Dash, "Not reported"),
    };
    let sparkline = kpi_chart::sparkline(context, kpi, month)?;
    Ok(KpiColumn {
        name: kpi.name().to_owned(),
        href: Route::Kpi(kpi.slug()).href(&Route::Overview),
        status,
        value,
        unit,
        changes: point.map_or_else(Vec::new, |point| changes(context, kpi, point)),
        sparkline: sparkline.map(|view| Drawing::new(&view)),
    })
}

/// A KPI's figure and the unit that stands smaller beside it.
pub fn big_figure(context: Context<'_>, kpi: Kpi, value: Option<f64>) -> (String, Option<String>) {
    let Some(value) = value else {
        return (NOT_REPORTED.to_owned(), None);
    };
    match kpi {
        Kpi::RevenuePerEmployee => (figure::money(value, &context.firm().currency), None),
        Kpi::TaskAutomation => (figure::decimal(value, 1), Some("%".to_owned())),
        Kpi::AwayFromDesk => (figure::decimal(value, 1), Some("h a month".to_owned())),
    }
}

/// The changes on the month before and on the baseline.
pub fn changes(context: Context<'_>, kpi: Kpi, point: &Point) -> Vec<KpiChange> {
    let before = figure::month_name(point.month.plus(-1));
    let mut changes = Vec::new();
    match (kpi, point.change, point.change_percent) {
        (Kpi::RevenuePerEmployee, Some(_), Some(percent)) => {
            changes.push(KpiChange {
                amount: figure::signed_percent(percent),
                text: format!("on {before}"),
            });
        }
        (Kpi::AwayFromDesk, Some(change), Some(percent)) => changes.push(KpiChange {
            amount: figure::kpi_change(kpi, change),
            text: format!("on {before}, {}", figure::signed_percent(percent)),
        }),
        (_, Some(change), _) => {
            changes.push(KpiChange {
                amount: figure::kpi_change(kpi, change),
                text: format!("on {before}"),
            });
        }
        (_, None, _) => changes.push(KpiChange {
            amount: NOT_REPORTED.to_owned(),
            text: format!("on {before}"),
        }),
    }
    if let Some(change) = point.on_baseline {
        let text = format!("on the baseline{}", inside(context, kpi, point));
        changes.push(KpiChange {
            amount: figure::on_baseline(kpi, change),
            text,
        });
    }
    changes
}

/// Where the figure lies within the range that it should end up in.
fn inside(context: Context<'_>, kpi: Kpi, point: &Point) -> String {
    let playbook = &context.firm().playbook;
    let (value, low, high) = match (kpi, point.value, point.on_baseline) {
        (Kpi::RevenuePerEmployee, _, Some(grown)) => {
            (grown, playbook.revenue_low, playbook.revenue_high)
        }
        (Kpi::TaskAutomation, Some(value), _) => {
            let target = target_band(playbook);
            (value, target.low, target.high)
        }
        _ => return String::new(),
    };
    let within = at_least(value, low) && at_least(high, value);
    if within {
        format!(", inside {}\u{a0}%", figure::range(low, high))
    } else {
        String::new()
    }
}

fn paying(context: Context<'_>, route: &Route) -> Option<Paying> {
    let last = context.run_months().last()?;
    let threshold = figure::in_words(context.firm().playbook.graduation_streak as usize);
    let answered = context.last_held().is_some();
    let title = match last.streak {
        _ if !answered => "Is the system paying for itself? Nobody has been asked yet".to_owned(),
        0 => format!(
            "Is the system paying for itself? No yes counts at present; {threshold} open the talk"
        ),
        streak if at_least(f64::from(streak), context.firm().playbook.graduation_streak) => {
            format!(
                "Is the system paying for itself? {} yes in a row",
                figure::capital(&figure::in_words(streak as usize))
            )
        }
        streak => format!(
            "Is the system paying for itself? {} yes in a row; {threshold} open the talk",
            figure::capital(&figure::in_words(streak as usize))
        ),
    };
    Some(Paying {
        title,
        link: Some(Link {
            label: match context.graduation().earliest {
                Some(month) => format!("Graduation: {} at the earliest", figure::month(month)),
                None => "Graduation".to_owned(),
            },
            href: Route::Graduation.href(route),
        }),
        timeline: timeline(context, route),
    })
}

/// The months of the graduation window, or of Run if it has lasted longer.
pub fn timeline(context: Context<'_>, route: &Route) -> Timeline {
    let runs = context.run_months();
    let window = context.firm().playbook.graduation_window as usize;
    let first = runs.first().map(|run| run.month);
    let streak_from = runs.last().map_or(0, |last| {
        last.number - i32::try_from(last.streak).unwrap_or(0)
    });
    let awaiting = context.awaiting().is_some();
    let answered_to = runs
        .last()
        .map_or(0, |last| last.number - i32::from(awaiting));
    let streak_from = streak_from - i32::from(awaiting);
    let months: Vec<TimelineMonth> = (0..window.max(runs.len()))
        .filter_map(|offset| {
            let month = first?.plus(i32::try_from(offset).ok()?);
            let number = i32::try_from(offset).ok()? + 1;
            let in_streak = number > streak_from && number <= answered_to;
            Some(timeline_month(context, route, month, offset, in_streak))
        })
        .collect();
    let legend = legend(context);
    let note = runs.last().zip(first).map(|(last, first)| {
        let reviewed = last.number - i32::from(awaiting);
        let end = first.plus(i32::try_from(window).unwrap_or(24) - 1);
        format!(
            "Run month {reviewed} of a {window}-month window, to {}",
            figure::month(end)
        )
    });
    Timeline {
        months,
        legend,
        note,
    }
}

fn timeline_month(
    context: Context<'_>,
    route: &Route,
    month: Month,
    offset: usize,
    streak: bool,
) -> TimelineMonth {
    let run = context.run_month(month);
    let shown = run.map(answer_shape);
    let known = context.has_month(month);
    let word = shown.as_ref().map_or("to come", |status| &status.word);
    TimelineMonth {
        year: (offset == 0 || month.number() == 1).then(|| month.year().to_string()),
        initial: figure::month_initial(month),
        label: format!("{}: {word}", figure::month(month)),
        shape: shown.as_ref().map(|status| status.shape),
        tone: shown.as_ref().map_or(Tone::Neutral, |status| status.tone),
        streak,
        current: run.is_some_and(|run| run.session == SessionState::Awaiting),
        href: known.then(|| Route::LeadershipSession(month.to_string()).href(route)),
    }
}

fn answer_shape(run: &RunMonth) -> Status {
    match (run.session, run.answer) {
        (SessionState::Held, Some(Answer::Yes)) => Status::new(Tone::Good, Shape::Dot, "yes"),
        (SessionState::Held, Some(Answer::No)) => Status::new(Tone::Neutral, Shape::Cross, "no"),
        (SessionState::Held, _) => Status::new(Tone::Neutral, Shape::Half, "unclear"),
        (SessionState::Awaiting, _) => Status::new(Tone::Warn, Shape::Ring, "awaiting its answer"),
        (SessionState::Skipped | SessionState::Missing, _) => {
            Status::new(Tone::Neutral, Shape::Dash, "no session held")
        }
    }
}

fn legend(context: Context<'_>) -> Vec<Status> {
    let mut legend: Vec<Status> = Vec::new();
    for run in context.run_months() {
        let mut status = answer_shape(run);
        if run.session == SessionState::Awaiting {
            status.word = format!("{}, awaiting its answer", figure::month_name(run.month));
        }
        if !legend.contains(&status) {
            legend.push(status);
        }
    }
    legend
}

fn next(context: Context<'_>, route: &Route) -> Option<NextSession> {
    let next = context.awaiting()?;
    let open = context.open_decisions().len();
    let late = context
        .open_decisions()
        .into_iter()
        .filter(|tracked| tracked.days_late(context.as_of()).is_some())
        .count();
    let mut questions: Vec<Status> = Vec::new();
    for found in context.signals(next.month) {
        let status = signal::status(context, next.month, found);
        let question = Status {
            word: question::question(context, found),
            ..status
        };
        if !questions.contains(&question) {
            questions.push(question);
        }
    }
    if open > late {
        let word = format!(
            "{} open: what became of them?",
            figure::capital(&figure::counted(open - late, "decision", "decisions"))
        );
        questions.push(Status::new(Tone::Neutral, Shape::Ring, word));
    }
    questions.push(Status::new(
        Tone::Neutral,
        Shape::Ring,
        "Is the system paying for itself?",
    ));
    Some(NextSession {
        title: format!("Next session: {}", figure::month(next.month)),
        note: Some("The telemetry is in and the agenda is ready".to_owned()),
        questions,
        link: Some(Link {
            label: "Open the agenda".to_owned(),
            href: Route::LeadershipSession(next.month.to_string()).href(route),
        }),
    })
}
