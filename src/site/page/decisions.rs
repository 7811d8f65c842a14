//! The Build backlog and its history, and one session's decisions to print.

use super::frame::{Context, Opening, frame, period};
use super::view::decision::DecisionTable;
use super::view::decisions::{DecidedRow, DecisionMonth, DecisionsMonthPage, DecisionsPage};
use super::view::{Fact, Link};
use super::{decided, label};
use crate::engagement::session::Held;
use crate::insight::backlog::{Standing, Tracked};
use crate::site::figure;
use crate::site::route::Route;
use crate::source::month::Month;

/// The view of all decisions.
pub fn page(context: Context<'_>) -> DecisionsPage {
    let route = Route::Decisions;
    let rows = decided::open_rows(context);
    let late = rows.iter().filter(|row| row.late).count();
    let all = context.decisions().len();
    let headline = match (all, rows.len(), late) {
        (0, ..) => "No decision has been made yet.".to_owned(),
        (all, 0, _) => format!("{}, and none is open.", made(all)),
        (all, open, 0) => format!("{}. {} open, none past due.", made(all), is_open(open)),
        (all, open, late) => format!(
            "{}. {} open, {} past due.",
            made(all),
            is_open(open),
            figure::in_words(late)
        ),
    };
    let strip = period(context, context.last_month());
    let opening = Opening {
        title: "Decisions".to_owned(),
        strip,
        headline,
        deck: None,
    };
    let open = decided::open(context).unwrap_or(DecisionTable {
        title: "No decision is open".to_owned(),
        links: Vec::new(),
        rows: Vec::new(),
    });
    DecisionsPage {
        frame: frame(context, &route, opening),
        open,
        months: history(context, &route),
    }
}

fn made(all: usize) -> String {
    format!(
        "{} made in Run",
        figure::capital(&figure::counted(all, "decision", "decisions"))
    )
}

fn is_open(open: usize) -> String {
    format!(
        "{} {}",
        figure::capital(&figure::in_words(open)),
        if open == 1 { "is" } else { "are" }
    )
}

fn history(context: Context<'_>, route: &Route) -> Vec<DecisionMonth> {
    let mut months: Vec<Month> = context
        .decisions()
        .iter()
        .map(|tracked| tracked.month)
        .collect();
    months.dedup();
    months
        .into_iter()
        .rev()
        .map(|month| month_section(context, route, month))
        .collect()
}

fn month_section(context: Context<'_>, route: &Route, month: Month) -> DecisionMonth {
    let made = context.decisions_of(month);
    let open = made.iter().filter(|tracked| tracked.is_open()).count();
    DecisionMonth {
        id: format!("in-{month}"),
        title: format!(
            "{}: {}, {}",
            figure::month(month),
            figure::counted(made.len(), "decision", "decisions"),
            became(made)
        ),
        session: Some(Link {
            label: "The session".to_owned(),
            href: Route::LeadershipSession(month.to_string()).href(route),
        }),
        print: Link {
            label: "Print on one page".to_owned(),
            href: Route::MonthDecisions(month.to_string()).href(route),
        },
        above: above(open),
        // What is still open stands above, once; numbers are the session's own.
        rows: made
            .iter()
            .enumerate()
            .filter(|(_, tracked)| !tracked.is_open())
            .map(|(at, tracked)| row(context, at, tracked))
            .collect(),
    }
}

/// `two done and one open`.
fn became(made: &[Tracked]) -> String {
    let count = |wanted: fn(Standing) -> bool| {
        made.iter()
            .filter(|tracked| wanted(tracked.standing()))
            .count()
    };
    let parts = [
        (
            count(|standing| matches!(standing, Standing::Done(_))),
            "done",
        ),
        (
            count(|standing| matches!(standing, Standing::Open | Standing::Slipped)),
            "open",
        ),
        (
            count(|standing| matches!(standing, Standing::Dropped(_))),
            "dropped",
        ),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| {
            format!(
                "{} {word}",
                if count == made.len() && count > 1 {
                    "all".to_owned()
                } else {
                    figure::in_words(count)
                }
            )
        })
        .collect();
    figure::list(&parts)
}

/// Where a reader of a month finds what is still open.
fn above(open: usize) -> Option<String> {
    match open {
        0 => None,
        1 => Some("The open one stands above, with its age.".to_owned()),
        open => Some(format!(
            "The {} open ones stand above, with their age.",
            figure::in_words(open)
        )),
    }
}

fn row(context: Context<'_>, at: usize, tracked: &Tracked) -> DecidedRow {
    let closed = match tracked.standing() {
        Standing::Done(month) | Standing::Dropped(month) => Some(figure::short_month(month)),
        Standing::Open | Standing::Slipped => None,
    };
    DecidedRow {
        id: decided::row_id(&tracked.decision.id.value),
        number: (at + 1).to_string(),
        action: label::action(tracked.decision.action).to_owned(),
        what: tracked.decision.what.clone(),
        owner: label::seat(&tracked.decision.owner.value),
        due: figure::short_day(tracked.due()),
        outcome: label::standing(tracked, context.as_of()),
        closed,
        reason: tracked
            .answers
            .iter()
            .rev()
            .find_map(|(_, _, answer)| answer.reason.clone()),
    }
}

/// The view of one session's decisions; none if it made none.
pub fn of_month(context: Context<'_>, month: Month) -> Option<DecisionsMonthPage> {
    let route = Route::MonthDecisions(month.to_string());
    let held = context.held(month)?;
    let decisions = decided::made_and_become(context, held)?;
    let name = figure::month(month);
    let mut facts = vec![Fact {
        label: "Session".to_owned(),
        text: figure::day(held.date.value),
    }];
    if !held.attendance.is_empty() {
        facts.push(Fact {
            label: "In the room".to_owned(),
            text: super::session::in_the_room(held),
        });
    }
    let opening = Opening {
        title: format!("Decisions of {name}"),
        strip: period(context, Some(month)),
        headline: format!(
            "{} for the thirty days after {}.",
            decisions_counted(held),
            figure::day_and_month(held.date.value)
        ),
        deck: Some(format!(
            "{} as of {}.",
            figure::capital(&became(context.decisions_of(month))),
            figure::day(context.as_of())
        )),
    };
    Some(DecisionsMonthPage {
        frame: frame(context, &route, opening),
        facts,
        decisions,
        links: vec![
            Link {
                label: format!("The {name} session"),
                href: Route::LeadershipSession(month.to_string()).href(&route),
            },
            Link {
                label: "All decisions".to_owned(),
                href: Route::Decisions.href(&route),
            },
        ],
    })
}

fn decisions_counted(held: &Held) -> String {
    figure::capital(&figure::counted(
        held.decisions.len(),
        "decision",
        "decisions",
    ))
}
