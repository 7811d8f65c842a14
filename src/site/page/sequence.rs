//! The order of all sessions: the programme's and those of Run, by their days.

use chrono::NaiveDate;

use super::frame::Context;
use super::label;
use super::view::Link;
use super::view::session::Neighbours;
use crate::engagement::MonthRecord;
use crate::engagement::programme::{Meeting, outline};
use crate::insight::progress::{SessionState, session_state};
use crate::site::figure;
use crate::site::route::Route;
use crate::source::month::Month;

/// A session with a page.
#[derive(Clone, Copy)]
pub enum Sat<'a> {
    /// A leadership session, or the month that has none.
    Leadership(&'a MonthRecord),
    /// A meeting of the programme, by the month of its file.
    Programme(Meeting, Month),
}

impl<'a> Sat<'a> {
    /// Its page.
    pub fn route(self) -> Route {
        match self {
            Sat::Leadership(record) => Route::LeadershipSession(record.month.to_string()),
            Sat::Programme(meeting, month) => Route::ProgrammeSession(month.to_string(), meeting),
        }
    }

    /// Its day; where none is known, the last of its month.
    pub fn day(self, context: Context<'a>) -> NaiveDate {
        match self {
            Sat::Leadership(record) => record
                .held()
                .map_or(record.month.last_day(), |held| held.date.value),
            Sat::Programme(meeting, month) => context
                .engagement
                .programme
                .date(meeting)
                .unwrap_or_else(|| month.last_day()),
        }
    }

    fn label(self, context: Context<'a>) -> String {
        let record = match self {
            Sat::Leadership(record) => record,
            Sat::Programme(meeting, _) => return named(meeting),
        };
        let month = figure::month(record.month);
        match session_state(context.engagement, record) {
            SessionState::Held => month,
            SessionState::Skipped => format!("{month}, skipped"),
            SessionState::Awaiting => format!("{month}, awaiting its session"),
            SessionState::Missing => format!("{month}, no session noted"),
        }
    }
}

/// A meeting with its number: `Session 3, path`.
pub fn named(meeting: Meeting) -> String {
    let name = label::meeting(meeting);
    match outline::of(meeting).session {
        Some(number) => format!("Session {number}, {}", name.to_lowercase()),
        None => name.to_owned(),
    }
}

/// Every session that has a page, in order. Months keep theirs, whatever the
/// days on which they were held; the programme's stand among them by date.
pub fn sessions(context: Context<'_>) -> Vec<Sat<'_>> {
    let programme = &context.engagement.programme;
    let mut meetings: Vec<Sat<'_>> = Meeting::ALL
        .into_iter()
        .filter_map(|meeting| Some(Sat::Programme(meeting, programme.month(meeting)?)))
        .collect();
    meetings.sort_by_key(|meeting| meeting.day(context));
    let mut meetings = meetings.into_iter().peekable();
    let mut all = Vec::new();
    for record in context.engagement.months.values() {
        let session = Sat::Leadership(record);
        let day = session.day(context);
        while let Some(meeting) = meetings.next_if(|meeting| meeting.day(context) <= day) {
            all.push(meeting);
        }
        all.push(session);
    }
    all.extend(meetings);
    all
}

/// The sessions before and after the one at a route.
pub fn neighbours(context: Context<'_>, route: &Route) -> Neighbours {
    let all = sessions(context);
    let link = |session: &Sat<'_>| Link {
        label: session.label(context),
        href: session.route().href(route),
    };
    let Some(at) = all.iter().position(|session| session.route() == *route) else {
        return Neighbours::default();
    };
    Neighbours {
        previous: at
            .checked_sub(1)
            .and_then(|before| all.get(before))
            .map(link),
        next: all.get(at + 1).map(link),
    }
}
