//! Every session, newest first.

use super::frame::{Context, Opening, frame, period};
use super::view::sessions::{PhaseSessions, SessionRow, SessionsPage};
use super::{headline, label};
use crate::engagement::MonthRecord;
use crate::engagement::firm::Phase;
use crate::engagement::session::Session;
use crate::insight::progress::{SessionState, session_state};
use crate::site::figure::{self, NOT_REPORTED};
use crate::site::route::Route;
use crate::source::month::Month;

/// The list's view.
pub fn page(context: Context<'_>) -> SessionsPage {
    let route = Route::Sessions;
    let strip = period(
        context,
        context.engagement.months.keys().next_back().copied(),
    );
    SessionsPage {
        frame: frame(
            context,
            &route,
            Opening {
                title: "Sessions".to_owned(),
                strip,
                headline: headline::sessions(context.insights),
                deck: None,
            },
        ),
        phases: phases(context, &route),
    }
}

fn phases(context: Context<'_>, route: &Route) -> Vec<PhaseSessions> {
    let mut phases: Vec<PhaseSessions> = Vec::new();
    let months = months(context);
    for month in months.into_iter().rev() {
        let phase = context.engagement.firm.phases.on(month.last_day());
        let name = phase.map_or("Before the Fit Check", Phase::name);
        let row = row(context, route, month);
        match phases.last_mut().filter(|last| last.name == name) {
            Some(last) => last.rows.push(row),
            None => phases.push(PhaseSessions {
                id: name.to_lowercase().replace(' ', "-"),
                name: name.to_owned(),
                note: phase
                    .and_then(|phase| context.engagement.firm.phases.start(phase))
                    .map(|start| format!("Since {}", figure::month(Month::of(start)))),
                rows: vec![row],
            }),
        }
    }
    phases
}

/// Every month with a page, and every Run month that lacks one.
fn months(context: Context<'_>) -> Vec<Month> {
    let known = context.engagement.months.keys().copied();
    let run = context.insights.run_months.iter().map(|run| run.month);
    let mut months: Vec<Month> = known.chain(run).collect();
    months.sort_unstable();
    months.dedup();
    months
}

fn row(context: Context<'_>, route: &Route, month: Month) -> SessionRow {
    let run_month = context
        .insights
        .run_month(month)
        .map(|run| run.number.to_string());
    let run_month = run_month.unwrap_or_else(|| NOT_REPORTED.to_owned());
    let Some(record) = context.engagement.months.get(&month) else {
        return SessionRow {
            month: figure::month(month),
            run_month,
            status: label::session(SessionState::Missing),
            date: None,
            answer: None,
            headline: "Neither telemetry nor a session was noted.".to_owned(),
            href: None,
        };
    };
    let held = record.held();
    SessionRow {
        month: figure::month(month),
        run_month,
        status: label::session(session_state(context.engagement, record)),
        date: held.map(|held| figure::short_day(held.date.value)),
        answer: held.map(|held| label::answer(held.closing.answer.value)),
        headline: headline_of(context, record),
        href: Some(Route::LeadershipSession(month.to_string()).href(route)),
    }
}

fn headline_of(context: Context<'_>, record: &MonthRecord) -> String {
    match &record.session {
        Some(Session::Held(held)) => figure::sentence(
            &held
                .headline
                .clone()
                .unwrap_or_else(|| headline::held(context, record, held)),
        ),
        Some(Session::Skipped(reason)) => figure::sentence(&reason.value),
        None if session_state(context.engagement, record) == SessionState::Awaiting => {
            headline::awaiting(context, record.month)
        }
        None => "Telemetry was reported; no session was noted.".to_owned(),
    }
}
