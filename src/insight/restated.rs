//! Figures that a board's memo shows and that have changed since: what they
//! were, what they are now, and why.

use chrono::NaiveDate;

use crate::engagement::Engagement;
use crate::engagement::restatement::Restatement;
use crate::engagement::snapshot::{Figure, Reading};
use crate::source::quarter::Quarter;

/// A figure that a memo shows otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Restated {
    /// The figure.
    pub figure: Figure,
    /// What the memo shows.
    pub was: Reading,
    /// What it is now.
    pub now: Reading,
    /// Why, in words that follow "because".
    pub reason: String,
    /// The day of the change.
    pub date: NaiveDate,
    /// The earliest memo that shows it otherwise.
    pub memo: Quarter,
    /// The first memo that lists it, if one does.
    pub listed: Option<Quarter>,
}

/// Every restatement of a figure that a memo shows, in the order of the day
/// of change.
pub fn restated(engagement: &Engagement) -> Vec<Restated> {
    let mut all: Vec<Restated> = engagement
        .restatements
        .iter()
        .filter_map(|restatement| of(engagement, restatement))
        .collect();
    all.sort_by_key(|restated| (restated.date, restated.figure));
    all
}

fn of(engagement: &Engagement, restatement: &Restatement) -> Option<Restated> {
    let Restatement {
        figure,
        was,
        date,
        reason,
        span: _,
    } = restatement;
    let mut snapshots = engagement.snapshots.values();
    let memo = snapshots.find(|snapshot| {
        let figures = snapshot.figures();
        figures
            .iter()
            .any(|(shown, reading)| shown == figure && reading.is(*was))
    })?;
    let listed = engagement.snapshots.values().find(|snapshot| {
        snapshot.facts.restatements.iter().any(|fact| {
            fact.measure == figure.key()
                && Some(&fact.month)
                    == engagement
                        .month_of(*figure)
                        .map(|month| month.to_string())
                        .as_ref()
                && fact.date == date.to_string()
        })
    });
    Some(Restated {
        figure: *figure,
        was: *was,
        now: engagement.reading(*figure),
        reason: reason.clone(),
        date: *date,
        memo: memo.quarter,
        listed: listed.map(|snapshot| snapshot.quarter),
    })
}
