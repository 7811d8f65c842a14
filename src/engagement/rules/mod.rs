//! The rules that hold between values and between files, one a file.

mod automation_once;
mod automation_vanished;
mod board;
mod decision_once;
mod follow_up;
mod gate_sums;
mod near_name;
mod programme;
mod restated;
mod seat_known;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::programme::Meeting;
use super::{Doubtful, Engagement};
use crate::diagnostic::Report;
use crate::source::Grounds;
use crate::source::month::Month;
use crate::source::quarter::Quarter;

/// What isn't known for sure, because files have faults of their own. What is
/// not known there must not be reported as missing elsewhere; what is known
/// in other months is still held to the rules.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Doubt {
    /// Months whose telemetry has faults.
    pub(super) telemetry: BTreeSet<Month>,
    /// Months whose session has faults.
    pub(super) sessions: BTreeSet<Month>,
    /// Meetings of the programme whose files have faults, by month.
    pub(super) programme: BTreeSet<(Month, Meeting)>,
    /// Whether the engagement may have seats that couldn't be read.
    pub(super) seats: bool,
    /// Whether a month may be missing altogether.
    pub(super) month_lost: bool,
    /// Months whose Fit Check has faults.
    pub(super) fit_checks: BTreeSet<Month>,
    /// Quarters whose `board.yaml` or `board.md` has faults.
    pub(super) board: BTreeSet<Quarter>,
    /// Whether a frozen quarter is not as it was frozen.
    pub(super) snapshots: bool,
}

impl Doubt {
    /// The months that a later stage can't rely on.
    pub(super) fn months(&self) -> Doubtful {
        if self.month_lost {
            return Doubtful::Any;
        }
        let programme = self.programme.iter().map(|(month, _)| *month);
        let months = self.telemetry.union(&self.sessions).copied();
        Doubtful::Months(months.chain(programme).collect())
    }
}

/// What was last found.
#[derive(Debug, Default)]
pub(super) struct Memory(Option<Found>);

/// What was found, and where.
#[derive(Debug)]
struct Found {
    grounds: Grounds,
    as_of: NaiveDate,
    doubt: Doubt,
    faults: Report,
}

impl Memory {
    /// Checks every rule, or tells once more what was found, if the engagement is
    /// judged by the same. Of none it isn't known.
    pub(super) fn check(
        &mut self,
        engagement: &Engagement,
        doubt: Doubt,
        grounds: Option<Grounds>,
    ) -> Report {
        let as_of = engagement.as_of;
        let is_same = |found: &&Found| {
            grounds.as_ref() == Some(&found.grounds) && as_of == found.as_of && doubt == found.doubt
        };
        if let Some(found) = self.0.as_ref().filter(is_same) {
            return found.faults.clone();
        }
        let faults = check(engagement, &doubt);
        self.0 = grounds.map(|grounds| Found {
            grounds,
            as_of,
            doubt,
            faults: faults.clone(),
        });
        faults
    }
}

/// Checks every rule: those of a month by itself beside those between months.
fn check(engagement: &Engagement, doubt: &Doubt) -> Report {
    let (mut alone, together) = rayon::join(
        || of_each_month(engagement, doubt),
        || between_months(engagement, doubt),
    );
    alone.append(together);
    alone
}

fn of_each_month(engagement: &Engagement, doubt: &Doubt) -> Report {
    let mut report = Report::default();
    for record in engagement.months.values() {
        automation_once::check(record, &mut report);
        gate_sums::check(record, &mut report);
        seat_known::check(engagement, record, doubt.seats, &mut report);
    }
    report
}

fn between_months(engagement: &Engagement, doubt: &Doubt) -> Report {
    let mut report = Report::default();
    decision_once::check(engagement, &mut report);
    board::check(engagement, doubt, &mut report);
    restated::check(engagement, doubt, &mut report);
    programme::check(engagement, doubt, &mut report);
    if !doubt.month_lost {
        follow_up::check(engagement, &doubt.sessions, &mut report);
        automation_vanished::check(engagement, &doubt.telemetry, &mut report);
        near_name::check(engagement, &doubt.telemetry, &mut report);
    }
    report
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::engagement::session::Session;
    use crate::source;

    /// What was found is told of an engagement in which it can't be, if that is
    /// said to be judged by the same.
    #[test]
    fn what_is_judged_by_the_same_is_checked_once() {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
        let documents = source::read(sample, &mut Report::default()).unwrap();
        let sound = crate::engagement::check(documents, None, &mut Report::default()).unwrap();
        let mut faulty = sound.clone();
        for record in faulty.months.values_mut() {
            if let Some(Session::Held(held)) = &mut Arc::make_mut(record).session {
                held.decisions.extend(held.decisions.clone());
            }
        }
        let grounds = || Some(Grounds::of_a_file());
        let kept = grounds();
        let mut memory = Memory::default();
        let mut finds = |engagement, doubt, grounds| -> bool {
            memory.check(engagement, doubt, grounds).has_errors()
        };
        assert!(finds(&faulty, Doubt::default(), kept.clone()));
        assert!(finds(&sound, Doubt::default(), kept.clone()));
        let lost = Doubt {
            month_lost: true,
            ..Doubt::default()
        };
        assert!(!finds(&sound, lost, kept.clone()));
        assert!(finds(&faulty, Doubt::default(), kept.clone()));
        assert!(!finds(&sound, Doubt::default(), grounds()));
        assert!(finds(&faulty, Doubt::default(), None));
        assert!(!finds(&sound, Doubt::default(), None));
    }
}
