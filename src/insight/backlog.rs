//! The loop: what was decided, and what became of it.

use std::collections::BTreeMap;
use std::ops::Bound;

use chrono::NaiveDate;

use crate::engagement::Engagement;
use crate::engagement::session::{Decision, FollowUp};
use crate::source::document::Outcome;
use crate::source::month::Month;

/// A Run decision and its life.
#[derive(Clone, Debug, PartialEq)]
pub struct Tracked {
    /// The month whose session made it.
    pub month: Month,
    /// The day it was made.
    pub made: NaiveDate,
    /// The decision.
    pub decision: Decision,
    /// Each answer, with its session's month and day, in order.
    pub answers: Vec<(Month, NaiveDate, FollowUp)>,
}

/// Every Run decision with what became of it. It follows from the sessions alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Backlog {
    /// In the order in which they were made, which is that of the months.
    pub decisions: Vec<Tracked>,
    /// The month whose session closed each, for good.
    ends: Vec<Option<Month>>,
    /// Where each stands among them, by its id.
    by_id: BTreeMap<String, usize>,
    /// Where those stand that closed in a month.
    closings: BTreeMap<Month, Vec<usize>>,
}

/// Where a decision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not yet answered for good.
    Open,
    /// Late, with a new date; still to do.
    Slipped,
    /// Finished in this month.
    Done(Month),
    /// Given up in this month.
    Dropped(Month),
}

impl Tracked {
    /// Where it stands after its last answer.
    pub fn standing(&self) -> Standing {
        let closed =
            self.answers
                .iter()
                .rev()
                .find_map(|(month, _, answer)| match answer.outcome {
                    Outcome::Done => Some(Standing::Done(*month)),
                    Outcome::Dropped => Some(Standing::Dropped(*month)),
                    Outcome::Slipped | Outcome::Carried => None,
                });
        let slipped = self
            .answers
            .iter()
            .any(|(_, _, answer)| answer.outcome == Outcome::Slipped);
        closed.unwrap_or(if slipped {
            Standing::Slipped
        } else {
            Standing::Open
        })
    }

    /// The month whose session closed it for good: the first to say so. None
    /// if it is open.
    fn closed(&self) -> Option<Month> {
        let mut answers = self.answers.iter();
        let closing = answers
            .find(|(_, _, answer)| matches!(answer.outcome, Outcome::Done | Outcome::Dropped));
        closing.map(|(month, ..)| *month)
    }

    /// Whether it still has to be answered.
    pub fn is_open(&self) -> bool {
        matches!(self.standing(), Standing::Open | Standing::Slipped)
    }

    /// When it is due now: its last new date, else its first.
    pub fn due(&self) -> NaiveDate {
        let moved = self
            .answers
            .iter()
            .rev()
            .find_map(|(_, _, answer)| answer.due);
        moved.unwrap_or(self.decision.due.value)
    }

    /// Days since it was made.
    pub fn age(&self, as_of: NaiveDate) -> i64 {
        (as_of - self.made).num_days()
    }

    /// Days past due while open, if any.
    pub fn days_late(&self, as_of: NaiveDate) -> Option<i64> {
        let late = (as_of - self.due()).num_days();
        (self.is_open() && late > 0).then_some(late)
    }
}

impl Backlog {
    /// Every decision of an engagement with what became of it.
    pub(super) fn of(engagement: &Engagement) -> Self {
        let decisions = tracked(engagement);
        let mut by_id = BTreeMap::new();
        let mut closings: BTreeMap<Month, Vec<usize>> = BTreeMap::new();
        for (at, tracked) in decisions.iter().enumerate() {
            by_id.entry(tracked.decision.id.value.clone()).or_insert(at);
            if let Standing::Done(month) | Standing::Dropped(month) = tracked.standing() {
                closings.entry(month).or_default().push(at);
            }
        }
        Backlog {
            ends: decisions.iter().map(Tracked::closed).collect(),
            decisions,
            by_id,
            closings,
        }
    }

    /// A decision by its id: the first of those that have one id.
    pub fn decision(&self, id: &str) -> Option<&Tracked> {
        self.decisions.get(*self.by_id.get(id)?)
    }

    /// A month's decisions.
    pub fn of_month(&self, month: Month) -> &[Tracked] {
        let before = self.made_before(month).count();
        let rest = &self.decisions[before..];
        let count = rest.partition_point(|tracked| tracked.month == month);
        &rest[..count]
    }

    /// Decisions that still have to be answered, in the order made.
    pub fn open(&self) -> impl Iterator<Item = &Tracked> {
        self.decisions.iter().filter(|tracked| tracked.is_open())
    }

    /// Those made in earlier months, each with the month whose session closed it.
    pub(super) fn made_before(
        &self,
        month: Month,
    ) -> impl ExactSizeIterator<Item = (Option<Month>, &Tracked)> {
        let decisions = &self.decisions;
        let before = decisions.partition_point(|tracked| tracked.month < month);
        let ends = self.ends[..before].iter().copied();
        ends.zip(&decisions[..before])
    }

    /// Those that closed after a month and by another, in the order made.
    pub(super) fn closed_between(
        &self,
        since: Month,
        month: Month,
    ) -> impl Iterator<Item = &Tracked> {
        let since_then = (Bound::Excluded(since), Bound::Included(month));
        let closed = self.closings.range(since_then).flat_map(|(_, of)| of);
        let mut closed: Vec<usize> = closed.copied().collect();
        closed.sort_unstable();
        closed.into_iter().filter_map(|at| self.decisions.get(at))
    }
}

/// Every decision in the order in which they were made, which is that of the
/// months.
fn tracked(engagement: &Engagement) -> Vec<Tracked> {
    let mut tracked: Vec<Tracked> = Vec::new();
    let mut index = BTreeMap::new();
    for record in engagement.months.values() {
        let Some(held) = record.held() else { continue };
        for answer in &held.follow_up {
            if let Some(&at) = index.get(&*answer.decision.value) {
                let decision: &mut Tracked = &mut tracked[at];
                decision
                    .answers
                    .push((record.month, held.date.value, answer.clone()));
            }
        }
        for decision in &held.decisions {
            index.insert(&*decision.id.value, tracked.len());
            tracked.push(Tracked {
                month: record.month,
                made: held.date.value,
                decision: decision.clone(),
                answers: Vec::new(),
            });
        }
    }
    tracked
}
