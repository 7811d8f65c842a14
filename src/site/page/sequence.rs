//! The order of all sessions: the programme's and those of Run, by their days.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::frame::Context;
use super::label;
use super::view::Link;
use super::view::session::Neighbours;
use crate::engagement::programme::{Meeting, outline};
use crate::engagement::{Engagement, MonthRecord};
use crate::insight::progress::SessionState;
use crate::site::figure;
use crate::site::route::Route;
use crate::source::month::Month;

/// A session with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sat {
    /// A leadership session, or the month that has none.
    Leadership(Month),
    /// A meeting of the programme, by the month of its file.
    Programme(Meeting, Month),
}

/// The sessions before and after one, if there are any.
pub type Neighbouring = (Option<Sat>, Option<Sat>);

impl Sat {
    /// Its page.
    pub fn route(self) -> Route {
        match self {
            Sat::Leadership(month) => Route::LeadershipSession(month.to_string()),
            Sat::Programme(meeting, month) => Route::ProgrammeSession(month.to_string(), meeting),
        }
    }

    fn label(self, context: Context<'_>) -> String {
        let month = match self {
            Sat::Leadership(month) => month,
            Sat::Programme(meeting, _) => return named(meeting),
        };
        let name = figure::month(month);
        match context.session_state(month) {
            SessionState::Held => name,
            SessionState::Skipped => format!("{name}, skipped"),
            SessionState::Awaiting => format!("{name}, awaiting its session"),
            SessionState::Missing => format!("{name}, no session noted"),
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

/// Every session that has a page, in order. Worked out once for all pages, as
/// each asks for the sessions beside its own.
#[derive(Debug)]
pub struct Sequence {
    order: Vec<(Sat, NaiveDate)>,
    places: HashMap<Sat, usize>,
}

impl Sequence {
    /// The sessions of an engagement.
    pub fn of(engagement: &Engagement) -> Self {
        let order = order(engagement);
        let sessions = order.iter().map(|(session, _)| *session);
        Sequence {
            places: sessions.zip(0..).collect(),
            order,
        }
    }

    /// Every session with its day, or the last of its month where none is known.
    pub fn sessions(&self) -> &[(Sat, NaiveDate)] {
        &self.order
    }

    /// The sessions before and after one.
    pub fn beside(&self, of: Sat) -> Neighbouring {
        let Some(at) = self.places.get(&of) else {
            return (None, None);
        };
        let sat = |at: usize| self.order.get(at).map(|(session, _)| *session);
        (at.checked_sub(1).and_then(sat), sat(at + 1))
    }
}

/// Months keep their order, whatever the days on which their sessions were
/// held; the programme's stand among them by date.
fn order(engagement: &Engagement) -> Vec<(Sat, NaiveDate)> {
    let programme = &engagement.programme;
    let mut meetings: Vec<(Sat, NaiveDate)> = Meeting::ALL
        .into_iter()
        .filter_map(|meeting| {
            let month = programme.month(meeting)?;
            let day = programme.date(meeting);
            let day = day.unwrap_or_else(|| month.last_day());
            Some((Sat::Programme(meeting, month), day))
        })
        .collect();
    meetings.sort_by_key(|(_, day)| *day);
    let mut meetings = meetings.into_iter().peekable();
    let mut all = Vec::with_capacity(engagement.months.len() + Meeting::ALL.len());
    for record in engagement.months.values() {
        let day = day(record);
        while let Some(meeting) = meetings.next_if(|(_, meets)| *meets <= day) {
            all.push(meeting);
        }
        all.push((Sat::Leadership(record.month), day));
    }
    all.extend(meetings);
    all
}

fn day(record: &MonthRecord) -> NaiveDate {
    record
        .held()
        .map_or(record.month.last_day(), |held| held.date.value)
}

/// The links from a session's page to those of the sessions beside it.
pub fn neighbours(context: Context<'_>, of: Sat) -> Neighbours {
    let route = of.route();
    let (previous, next) = context.neighbours(of);
    let link = |session: Sat| Link {
        label: session.label(context),
        href: session.route().href(&route),
    };
    Neighbours {
        previous: previous.map(link),
        next: next.map(link),
    }
}
