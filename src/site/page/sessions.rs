//! Every session, newest first.

use super::frame::{Context, Opening, frame, period};
use super::heard::Heard;
use chrono::NaiveDate;

use super::sequence::{self, Sat};
use super::view::sessions::{PhaseSessions, SessionRow, SessionsPage};
use super::{headline, label};
use crate::engagement::firm::Phase;
use crate::engagement::programme::Meeting;
use crate::insight::programme::State;
use crate::insight::progress::SessionState;
use crate::site::figure::{self, NOT_REPORTED};
use crate::site::route::Route;
use crate::source::month::Month;

/// The list's view.
pub fn page(context: Context<'_>) -> SessionsPage {
    let route = Route::Sessions;
    let strip = period(context, context.last_month());
    SessionsPage {
        frame: frame(
            context,
            &route,
            Opening {
                title: "Sessions".to_owned(),
                strip,
                headline: context.sessions_headline(),
                deck: None,
            },
        ),
        phases: phases(context, &route),
    }
}

fn phases(context: Context<'_>, route: &Route) -> Vec<PhaseSessions> {
    let mut phases: Vec<PhaseSessions> = Vec::new();
    for (day, row) in rows(context, route).into_iter().rev() {
        let phase = context.firm().phases.on(day);
        let name = phase.map_or("Before the Fit Check", Phase::name);
        // A session that slipped past a later month's is still of its phase.
        match phases.iter_mut().find(|known| known.name == name) {
            Some(known) => known.rows.push(row),
            None => phases.push(PhaseSessions {
                id: name.to_lowercase().replace(' ', "-"),
                name: name.to_owned(),
                note: phase
                    .and_then(|phase| context.firm().phases.start(phase))
                    .map(|start| format!("Since {}", figure::month(Month::of(start)))),
                rows: vec![row],
            }),
        }
    }
    phases
}

/// Every session with a page, and every Run month that lacks one, in order,
/// each with a day of the phase that it belongs to.
fn rows(context: Context<'_>, route: &Route) -> Vec<(NaiveDate, SessionRow)> {
    let run = context.run_months().iter().map(|run| run.month);
    let mut lacking = run
        .filter(|month| !context.has_month(*month))
        .collect::<Vec<_>>()
        .into_iter()
        .peekable();
    let mut rows = Vec::new();
    for &(session, day) in context.sessions() {
        match session {
            Sat::Leadership(of) => {
                while let Some(month) = lacking.next_if(|month| *month < of) {
                    rows.push((month.last_day(), row(context, route, month)));
                }
                rows.push((of.last_day(), row(context, route, of)));
            }
            Sat::Programme(meeting, _) => {
                let href = session.route().href(route);
                rows.push((day, meeting_row(context, meeting, day, href)));
            }
        }
    }
    rows.extend(lacking.map(|month| (month.last_day(), row(context, route, month))));
    rows
}

fn meeting_row(context: Context<'_>, meeting: Meeting, day: NaiveDate, href: String) -> SessionRow {
    let course = context.course().meeting(meeting);
    let state = course.map_or(State::NotPlanned, |course| course.state);
    let (headline, _) = headline::meeting(context, meeting);
    SessionRow {
        month: figure::month(Month::of(day)),
        run_month: NOT_REPORTED.to_owned(),
        status: label::meeting_state(meeting, state),
        date: context.programme().date(meeting).map(figure::short_day),
        answer: None,
        name: Some(sequence::named(meeting)),
        headline,
        href: Some(href),
    }
}

fn row(context: Context<'_>, route: &Route, month: Month) -> SessionRow {
    let run_month = context.run_month(month).map(|run| run.number.to_string());
    let run_month = run_month.unwrap_or_else(|| NOT_REPORTED.to_owned());
    let Some(heard) = context.heard(month) else {
        return SessionRow {
            month: figure::month(month),
            run_month,
            status: label::session(SessionState::Missing),
            date: None,
            answer: None,
            name: None,
            headline: "Neither telemetry nor a session was noted.".to_owned(),
            href: None,
        };
    };
    let held = match heard {
        Heard::Held(outcome) => Some(outcome),
        Heard::Skipped(_) | Heard::Nothing => None,
    };
    let state = context.session_state(month);
    SessionRow {
        month: figure::month(month),
        run_month,
        status: label::session(state),
        date: held.map(|held| figure::short_day(held.date)),
        answer: held.map(|held| label::answer(held.answer)),
        name: None,
        headline: headline_of(context, month, heard, state),
        href: Some(Route::LeadershipSession(month.to_string()).href(route)),
    }
}

fn headline_of(
    context: Context<'_>,
    month: Month,
    heard: Heard<'_>,
    state: SessionState,
) -> String {
    match heard {
        Heard::Held(held) => figure::sentence(
            &held
                .headline
                .map_or_else(|| headline::held(context, held), ToOwned::to_owned),
        ),
        Heard::Skipped(reason) => figure::sentence(reason),
        Heard::Nothing if state == SessionState::Awaiting => headline::awaiting(context, month),
        Heard::Nothing => "Telemetry was reported; no session was noted.".to_owned(),
    }
}
