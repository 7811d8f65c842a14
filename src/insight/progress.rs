//! How each Run month went: its session, its closing answer, its character,
//! and the streak that leads to graduation.

use crate::engagement::firm::Phase;
use crate::engagement::playbook::Playbook;
use crate::engagement::segment::Segment;
use crate::engagement::session::{Held, Session};
use crate::engagement::{Engagement, MonthRecord};
use crate::insight::verdict::at_least;
use crate::source::document::Answer;
use crate::source::month::Month;

/// A Run month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunMonth {
    /// The month.
    pub month: Month,
    /// Its number since Run began, from 1.
    pub number: i32,
    /// What came of its session.
    pub session: SessionState,
    /// The closing answer, if a session was held.
    pub answer: Option<Answer>,
    /// What kind of session it was, if its minutes were noted.
    pub character: Option<Character>,
    /// Consecutive Run months up to this one whose answer is yes.
    pub streak: u32,
}

/// What came of a month's session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// It was held.
    Held,
    /// It was skipped.
    Skipped,
    /// The telemetry is in; the session is still to come.
    Awaiting,
    /// Nobody said.
    Missing,
}

/// What a session was about, by its real minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Character {
    /// More than half of it went to the first three segments.
    Triage,
    /// Neither.
    Mixed,
    /// The first three took minutes and headroom took the hour.
    Strategy,
}

impl Character {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Character::Triage => "triage",
            Character::Mixed => "mixed",
            Character::Strategy => "strategy",
        }
    }
}

/// A record's session, as of the whole engagement: only the last month can
/// still await one.
pub fn session_state(engagement: &Engagement, record: &MonthRecord) -> SessionState {
    match &record.session {
        Some(Session::Held(_)) => SessionState::Held,
        Some(Session::Skipped(_)) => SessionState::Skipped,
        None if engagement.months.keys().next_back() == Some(&record.month) => {
            SessionState::Awaiting
        }
        None => SessionState::Missing,
    }
}

/// Month 2 is triage, month 12 strategy: told from the minutes alone. None
/// unless every segment's were noted.
pub fn character(playbook: &Playbook, held: &Held) -> Option<Character> {
    let total = held.total_minutes()?;
    let minutes = |segment| held.minutes.get(&segment).copied().unwrap_or(0);
    let operations: u32 = [Segment::State, Segment::Away, Segment::Automation]
        .map(minutes)
        .iter()
        .sum();
    let little = at_least(playbook.strategy_operations, f64::from(operations));
    let headroom = at_least(
        f64::from(minutes(Segment::Headroom)),
        playbook.strategy_headroom,
    );
    Some(if little && headroom {
        Character::Strategy
    } else if operations * 2 > total {
        Character::Triage
    } else {
        Character::Mixed
    })
}

/// A Run month by its calendar month, among all in order.
pub(super) fn of_month(run_months: &[RunMonth], month: Month) -> Option<&RunMonth> {
    let at = run_months.binary_search_by_key(&month, |run| run.month);
    run_months.get(at.ok()?)
}

/// Every Run month up to the last record, in order.
///
/// The streak counts consecutive yes answers; no, unclear and a month without
/// a held session each reset it. A playbook may let an agreed pause keep it.
/// A month that still awaits its session leaves it as it was.
pub(super) fn run_months(engagement: &Engagement) -> Vec<RunMonth> {
    let run = engagement.firm.phases.start(Phase::Run).map(Month::of);
    let last = engagement.months.keys().next_back().copied();
    let (Some(run), Some(last)) = (run, last) else {
        return Vec::new();
    };
    let mut streak = 0;
    (1..=last.since(run) + 1)
        .map(|number| {
            let month = run.plus(number - 1);
            let record = engagement.months.get(&month);
            let session = record.map_or(SessionState::Missing, |record| {
                session_state(engagement, record)
            });
            let held = record.and_then(|record| record.held());
            let answer = held.map(|held| held.closing.answer.value);
            streak = match (session, answer) {
                (SessionState::Held, Some(Answer::Yes)) => streak + 1,
                (SessionState::Awaiting, _) => streak,
                (SessionState::Skipped, _) if engagement.firm.playbook.skipped_pauses => streak,
                _ => 0,
            };
            RunMonth {
                month,
                number,
                session,
                answer,
                character: held.and_then(|held| character(&engagement.firm.playbook, held)),
                streak,
            }
        })
        .collect()
}
