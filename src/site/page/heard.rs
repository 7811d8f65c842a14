//! A month's session where it is one of many.

use chrono::NaiveDate;

use crate::engagement::MonthRecord;
use crate::engagement::segment::Segment;
use crate::engagement::session::{Held, Session};
use crate::source::document::Answer;
use crate::source::month::Month;

/// What is told of a month's session where it is one of many: nothing of its
/// narrative, nor where anything stands in a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::site) enum Heard<'c> {
    /// It was held.
    Held(Outcome<'c>),
    /// It was skipped, for this reason.
    Skipped(&'c str),
    /// Nothing is known of one.
    Nothing,
}

/// What came of a session that was held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::site) struct Outcome<'c> {
    /// The month.
    pub(in crate::site) month: Month,
    /// The day.
    pub(in crate::site) date: NaiveDate,
    /// The author's headline.
    pub(in crate::site) headline: Option<&'c str>,
    /// The closing answer.
    pub(in crate::site) answer: Answer,
    /// How many decisions it made.
    pub(in crate::site) decisions: usize,
    /// The minutes that headroom took.
    pub(in crate::site) headroom: Option<u32>,
}

impl<'c> Heard<'c> {
    /// That of a month.
    pub(in crate::site) fn of(record: &'c MonthRecord) -> Self {
        match &record.session {
            Some(Session::Held(held)) => Heard::Held(Outcome::of(record.month, held)),
            Some(Session::Skipped(reason)) => Heard::Skipped(&reason.value),
            None => Heard::Nothing,
        }
    }
}

impl<'c> Outcome<'c> {
    /// That of a session.
    pub(in crate::site) fn of(month: Month, held: &'c Held) -> Self {
        Outcome {
            month,
            date: held.date.value,
            headline: held.headline.as_deref(),
            answer: held.closing.answer.value,
            decisions: held.decisions.len(),
            headroom: held.minutes.get(&Segment::Headroom).copied(),
        }
    }
}
