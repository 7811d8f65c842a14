//! The suggested weeks 0 to 6, and the real dates beside them.
//!
//! Week 1 is the week of session 1, Monday to Sunday. Before session 1 has a
//! day, week 0 is the week in which the blueprint phase begins.

use chrono::{Datelike, Days, NaiveDate};

use super::later;
use crate::engagement::Engagement;
use crate::engagement::firm::Phase;
use crate::engagement::programme::outline::SUGGESTED;
use crate::engagement::programme::{Meeting, Programme};

/// The weeks of the programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// Every week from the first to the last that a bar or a real date lies
    /// in; weeks 0 to 6 at least.
    pub weeks: Vec<Week>,
    /// What the programme suggests, in order.
    pub bars: Vec<Bar>,
}

/// A week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its number; below 0 before the suggested weeks.
    pub number: i64,
    /// Its Monday.
    pub begins: NaiveDate,
}

/// Something that the programme suggests to do in some weeks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// In words.
    pub what: &'static str,
    /// The meeting, if it is one.
    pub meeting: Option<Meeting>,
    /// The suggested weeks, the first and the last.
    pub weeks: (i64, i64),
    /// The suggested days: a Monday and a Sunday.
    pub suggested: (NaiveDate, NaiveDate),
    /// The real days, the first and the last, if they are known.
    pub real: Option<(NaiveDate, NaiveDate)>,
    /// The weeks of those days.
    pub real_weeks: Option<(i64, i64)>,
}

impl Bar {
    /// How many weeks after the suggested ones it really ended; below 0 if it
    /// ended before them.
    pub fn weeks_late(&self) -> Option<i64> {
        let (_, last) = self.real_weeks?;
        let (from, to) = self.weeks;
        Some(if last > to {
            last - to
        } else {
            (last - from).min(0)
        })
    }
}

pub(super) fn timeline(engagement: &Engagement) -> Option<Timeline> {
    let programme = &engagement.programme;
    let start = week_0(engagement)?;
    let number = |day: NaiveDate| (day - start).num_days().div_euclid(7);
    let bars: Vec<Bar> = SUGGESTED
        .iter()
        .map(|weeks| {
            let real = weeks.meeting.and_then(|meeting| real(programme, meeting));
            Bar {
                what: weeks.what,
                meeting: weeks.meeting,
                weeks: (i64::from(weeks.from), i64::from(weeks.to)),
                suggested: (
                    later(start, u64::from(weeks.from) * 7),
                    later(start, u64::from(weeks.to) * 7 + 6),
                ),
                real,
                real_weeks: real.map(|(first, last)| (number(first), number(last))),
            }
        })
        .collect();
    let real = || bars.iter().filter_map(|bar| bar.real_weeks);
    let first = real().map(|(first, _)| first).chain([0]).min()?;
    let last = bars.iter().map(|bar| bar.weeks.1);
    let last = last.chain(real().map(|(_, last)| last)).max()?;
    let weeks = (first..=last)
        .map(|number| Week {
            number,
            begins: start
                .checked_add_signed(chrono::Duration::weeks(number))
                .unwrap_or(start),
        })
        .collect();
    Some(Timeline { weeks, bars })
}

/// The Monday of week 0.
fn week_0(engagement: &Engagement) -> Option<NaiveDate> {
    if let Some(session_1) = engagement.programme.date(Meeting::EndState) {
        return monday(session_1).checked_sub_days(Days::new(7));
    }
    engagement.firm.phases.start(Phase::Blueprint).map(monday)
}

fn monday(day: NaiveDate) -> NaiveDate {
    let into = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(into)).unwrap_or(day)
}

fn real(programme: &Programme, meeting: Meeting) -> Option<(NaiveDate, NaiveDate)> {
    let date = programme.date(meeting);
    match meeting {
        Meeting::PreWork => {
            let pre_work = programme.pre_work.as_ref()?;
            // What comes in after the pre-work has closed doesn't prolong it.
            let last = date.or_else(|| pre_work.receipts().max())?;
            let first = pre_work.receipts().min().unwrap_or(last);
            Some((first.min(last), last))
        }
        Meeting::CurrentState => {
            let session = programme.current_state.as_ref()?;
            let last = session.sitting.date.value;
            let first = session.began.as_ref().map_or(last, |began| began.value);
            Some((first.min(last), last))
        }
        _ => date.map(|date| (date, date)),
    }
}
