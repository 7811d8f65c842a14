//! Leadership sessions: what each of their segments says.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Found, Item, SESSIONS, Spot, Told, Words};
use crate::engagement::MonthRecord;
use crate::engagement::segment::Segment;
use crate::engagement::session::{Held, Session};
use crate::insight::progress::SessionState;
use crate::site::figure;
use crate::site::page::context::Part;
use crate::site::page::frame::Context;
use crate::site::page::heard::Outcome;
use crate::site::page::reported::{self, Reported};
use crate::site::page::view::Status;
use crate::site::page::view::decision::{BetTable, DecisionTable, FollowUpTable};
use crate::site::page::{agenda, decided, headline, label, session, signal};
use crate::site::route::Route;

/// What is found of every month with a page, newest first.
pub(super) fn found(context: Context<'_>, words: &Words) -> Vec<Arc<Found>> {
    let months = context.months().into_par_iter().with_max_len(1).rev();
    let found = months.map(|month| {
        context.part(Part::Found(month), |context| {
            let record = context.record(month);
            let item = record.map(|record| item(context, record));
            Found::new(context, &SESSIONS, item.into_iter().collect(), words)
        })
    });
    found.collect()
}

fn item(context: Context<'_>, record: &MonthRecord) -> Item {
    let route = session::route(record);
    let state = context.session_state(record.month);
    let reported = reported::of_month(context, record.month);
    let (label, told, mut within) = match &record.session {
        Some(Session::Held(held)) => (
            held.headline
                .clone()
                .unwrap_or_else(|| headline::held(context, Outcome::of(record.month, held))),
            about_held(held),
            held_segments(context, record, held, &reported),
        ),
        None if state == SessionState::Awaiting => (
            headline::awaiting(context, record.month),
            Told::new(),
            awaiting_segments(context, record, &route),
        ),
        other => {
            let reason = match other {
                Some(Session::Skipped(reason)) => Some(&*reason.value),
                _ => None,
            };
            let month = figure::month_name(record.month);
            let signals = context.signals(record.month).iter();
            let notes: Vec<_> = signals
                .map(|found| signal::note(context, record.month, found))
                .collect();
            (
                format!("No session was held in {month}."),
                Told::new().maybe(reason).notes(&notes),
                Vec::new(),
            )
        }
    };
    within.extend(reported_parts(&reported, &route));
    Item {
        of: Some(figure::month(record.month)),
        spot: Spot::page(figure::sentence(&label), route, told),
        status: Some(status(state, record)),
        within,
    }
}

/// A session's answer; of one without, why it has none.
fn status(state: SessionState, record: &MonthRecord) -> Status {
    match record.held() {
        Some(held) => label::answer(held.closing.answer.value),
        None => label::session(state),
    }
}

fn about_held(held: &Held) -> Told {
    let told = Told::new().say(&format!("Held {}", figure::day(held.date.value)));
    let told = if held.attendance.is_empty() {
        told
    } else {
        told.say(&format!("In the room: {}", session::in_the_room(held)))
    };
    told.prose(held.narrative.as_ref().map(|narrative| &narrative.lead))
}

fn held_segments(
    context: Context<'_>,
    record: &MonthRecord,
    held: &Held,
    reported: &Reported,
) -> Vec<Spot> {
    let route = &session::route(record);
    let narrative = held.narrative.as_ref();
    let spot = |segment: Segment| {
        let mut told = Told::new();
        if segment == Segment::Closing {
            let closing = session::closing(context, record, held);
            told = told
                .say(&closing.answer.word)
                .maybe(closing.evidence.as_deref())
                .each(&closing.restated, |status| status.word.clone());
        }
        told = told.prose(narrative.and_then(|narrative| narrative.segments.get(&segment)));
        if segment == Segment::State {
            told = told.of_each(reported.layers.iter(), |told, layer| {
                told.put(&[&layer.name, ": ", &layer.sentence])
            });
        }
        told = told.notes(&signal::notes(context, record.month, segment));
        if segment == Segment::Headroom {
            told = bets(told, decided::bets(&held.bets));
        }
        if segment == Segment::Upgrades {
            told = made(told, decided::made(held));
            told = answered(told, decided::answered(context, record.month, held));
        }
        Spot::part(segment.name(), route, segment.key(), told)
    };
    Segment::ALL.map(spot).into()
}

fn bets(told: Told, table: Option<BetTable>) -> Told {
    let rows = table.into_iter().flat_map(|table| table.rows);
    told.of_each(rows, |told, row| {
        told.put(&[&row.kind, ": ", &row.bet, " (", &row.status.word, ")"])
    })
}

fn made(told: Told, table: Option<DecisionTable>) -> Told {
    let rows = table.into_iter().flat_map(|table| table.rows);
    told.of_each(rows, |told, row| {
        let (who, when) = (&row.owner, &row.due);
        told.put(&[&row.action, ": ", &row.what, " (", who, ", due ", when, ")"])
    })
}

fn answered(told: Told, table: Option<FollowUpTable>) -> Told {
    let rows = table.into_iter().flat_map(|table| table.rows);
    told.of_each(rows, |told, row| {
        let (before, reason) = behind(": ", row.reason.as_deref());
        let outcome = &row.outcome.word;
        told.put(&[
            &row.action,
            ": ",
            &row.what,
            " (",
            outcome,
            ")",
            before,
            reason,
        ])
    })
}

fn awaiting_segments(context: Context<'_>, record: &MonthRecord, route: &Route) -> Vec<Spot> {
    let rows = agenda::rows(context, record).into_iter();
    rows.map(|row| {
        let told = Told::new()
            .say(&row.question)
            .maybe(row.support.as_deref())
            .notes(&row.sidenotes);
        Spot::part(row.segment, route, &row.id, told)
    })
    .collect()
}

/// What there may be, with what stands before it.
fn behind<'t>(before: &'static str, text: Option<&'t str>) -> (&'static str, &'t str) {
    text.map_or(("", ""), |text| (before, text))
}

/// The parts of the page that tell of the month's telemetry in words.
fn reported_parts(reported: &Reported, route: &Route) -> Vec<Spot> {
    let watch = reported.watch.as_ref().map(|table| {
        let told = Told::new().of_each(&table.rows, |told, row| {
            let (who, when) = (&row.owner, &row.due);
            told.put(&[&row.kind, ": ", &row.what, " (", who, ", ", when, ")"])
        });
        Spot::part(&*table.title, route, "watch", told)
    });
    let trust = reported.trust.as_ref().map(|table| {
        let told = Told::new().of_each(&table.rows, |told, row| {
            let (comma, subject) = behind(", ", row.subject.as_deref());
            let (stop, action) = behind(". ", row.action.as_deref());
            let (change, what) = (&row.change.word, &row.what);
            told.put(&[
                change, ", ", &row.layer, comma, subject, ": ", what, stop, action,
            ])
        });
        Spot::part(&*table.title, route, "trust", told)
    });
    let pushback = reported.pushback.as_ref().map(|table| {
        let told = Told::new().of_each(&table.rows, |told, row| {
            told.put(&[&row.who, ": ", &row.what, ". ", &row.response])
        });
        Spot::part(&*table.title, route, "pushback", told)
    });
    [watch, trust, pushback].into_iter().flatten().collect()
}
