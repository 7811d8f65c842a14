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

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::firm::Seat;
use super::programme::Meeting;
use super::{Doubtful, Engagement, MonthRecord};
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
    seats: BTreeMap<String, Seat>,
    months: BTreeMap<Month, Arc<MonthRecord>>,
    faults: Faults,
}

/// What the rules find, by what they look at.
#[derive(Clone, Debug, Default)]
struct Faults {
    /// In months, each by itself.
    alone: Report,
    /// Between sessions.
    sessions: Report,
    /// Between all else, but for names.
    rest: Report,
    /// Between months, in the names of gates and automations.
    names: Report,
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
        let former = self.0.as_ref().filter(|found| found.doubt == doubt);
        let is_same =
            |found: &&Found| grounds.as_ref() == Some(&found.grounds) && as_of == found.as_of;
        if let Some(found) = former.filter(is_same) {
            return found.faults.clone().together();
        }
        let faults = check(engagement, &doubt, former.filter(|_| grounds.is_some()));
        self.0 = grounds.map(|grounds| Found {
            grounds,
            as_of,
            doubt,
            seats: engagement.firm.seats.clone(),
            months: engagement.months.clone(),
            faults: faults.clone(),
        });
        faults.together()
    }
}

impl Faults {
    fn together(self) -> Report {
        let mut report = self.alone;
        report.append(self.sessions);
        report.append(self.rest);
        report.append(self.names);
        report
    }
}

impl Found {
    /// Whether a month by itself is known to have no fault, as long as the seats
    /// are those that there were.
    fn has_cleared(&self, record: &Arc<MonthRecord>) -> bool {
        let before = self.months.get(&record.month);
        self.faults.alone.is_empty() && before.is_some_and(|before| Arc::ptr_eq(before, record))
    }

    /// Whether the names that are given are known to have no fault.
    fn has_cleared_names(&self, engagement: &Engagement) -> bool {
        let mut both = engagement.months.values().zip(self.months.values());
        self.faults.names.is_empty()
            && engagement.has_the_sessions_of(&self.months)
            && both.all(|(now, then)| now.has_the_names_of(then))
    }
}

/// Checks every rule, side by side. What was found before is found once more where
/// nothing is another that a rule looks at.
fn check(engagement: &Engagement, doubt: &Doubt, former: Option<&Found>) -> Faults {
    let ((alone, sessions), (rest, names)) = rayon::join(
        || {
            (
                of_each_month(engagement, doubt, former),
                between_sessions(engagement, doubt, former),
            )
        },
        || {
            rayon::join(
                || between_months(engagement, doubt),
                || of_names(engagement, doubt, former),
            )
        },
    );
    Faults {
        alone,
        sessions,
        rest,
        names,
    }
}

fn of_each_month(engagement: &Engagement, doubt: &Doubt, former: Option<&Found>) -> Report {
    let mut report = Report::default();
    let former = former.filter(|former| former.seats == engagement.firm.seats);
    for record in engagement.months.values() {
        if former.is_some_and(|former| former.has_cleared(record)) {
            continue;
        }
        automation_once::check(record, &mut report);
        gate_sums::check(record, &mut report);
        seat_known::check(engagement, record, doubt.seats, &mut report);
    }
    report
}

fn between_sessions(engagement: &Engagement, doubt: &Doubt, former: Option<&Found>) -> Report {
    let same = former.filter(|former| engagement.has_the_sessions_of(&former.months));
    if let Some(former) = same {
        return former.faults.sessions.clone();
    }
    let mut report = Report::default();
    decision_once::check(engagement, &mut report);
    if !doubt.month_lost {
        follow_up::check(engagement, &doubt.sessions, &mut report);
    }
    report
}

fn between_months(engagement: &Engagement, doubt: &Doubt) -> Report {
    let mut report = Report::default();
    board::check(engagement, doubt, &mut report);
    restated::check(engagement, doubt, &mut report);
    programme::check(engagement, doubt, &mut report);
    report
}

fn of_names(engagement: &Engagement, doubt: &Doubt, former: Option<&Found>) -> Report {
    let mut report = Report::default();
    let is_sound = || former.is_some_and(|former| former.has_cleared_names(engagement));
    if !doubt.month_lost && !is_sound() {
        near_name::check(engagement, &doubt.telemetry, &mut report);
        automation_vanished::check(engagement, &doubt.telemetry, &mut report);
    }
    report
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::Severity;
    use crate::engagement::session::Session;
    use crate::source;

    fn sample() -> Engagement {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
        let documents = source::read(sample, &mut Report::default()).unwrap();
        crate::engagement::check(documents, None, &mut Report::default()).unwrap()
    }

    /// The same with a month that lists an automation twice.
    fn with_twins(mut engagement: Engagement) -> Engagement {
        let last = engagement.months.values_mut().next_back().unwrap();
        let telemetry = Arc::make_mut(last).telemetry.as_mut().unwrap();
        telemetry.automations.push(telemetry.automations[0].clone());
        engagement
    }

    /// The same with every decision made twice, which its file doesn't say.
    fn with_decisions_doubled(mut engagement: Engagement) -> Engagement {
        for record in engagement.months.values_mut() {
            if let Some(Session::Held(held)) = &mut Arc::make_mut(record).session {
                held.decisions.extend(held.decisions.clone());
            }
        }
        engagement
    }

    /// The same with a month that doesn't name an automation any more.
    fn with_one_vanished(mut engagement: Engagement) -> Engagement {
        let last = engagement.months.values_mut().next_back().unwrap();
        let telemetry = Arc::make_mut(last).telemetry.as_mut().unwrap();
        telemetry.automations.remove(0);
        engagement
    }

    fn codes(found: &Report) -> BTreeSet<&'static str> {
        let faults = found.sorted().into_iter();
        let errors = faults.filter(|fault| fault.severity == Severity::Error);
        errors.map(|fault| fault.code).collect()
    }

    /// What was found is told of an engagement in which it can't be, if that is
    /// said to be judged by the same.
    #[test]
    fn what_is_judged_by_the_same_is_checked_once() {
        let sound = sample();
        let faulty = with_twins(sound.clone());
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

    /// Of other files only what is another is looked at: neither the very same
    /// months, nor sessions that stand in the very same files.
    #[test]
    fn what_is_the_same_is_not_looked_at_again() {
        let sound = sample();
        let twins = with_twins(sound.clone());
        let doubled = with_decisions_doubled(sound.clone());
        let mut memory = Memory::default();
        let mut finds = |engagement, known: bool| {
            let grounds = known.then(Grounds::of_a_file);
            codes(&memory.check(engagement, Doubt::default(), grounds))
        };
        let of_doubled = BTreeSet::from(["duplicate-decision"]);
        let of_twins = BTreeSet::from(["duplicate-automation"]);
        assert_eq!(finds(&sound, true), BTreeSet::new());
        assert_eq!(
            finds(&doubled, true),
            BTreeSet::new(),
            "by its files it is sound"
        );
        assert_eq!(finds(&doubled, false), of_doubled);
        assert_eq!(finds(&twins, true), of_twins);
        assert_eq!(finds(&twins, true), of_twins, "once more");
        assert_eq!(finds(&sound, true), BTreeSet::new());
        let vanished = with_one_vanished(sound.clone());
        let of_vanished = BTreeSet::from(["automation-vanished"]);
        assert_eq!(finds(&vanished, true), of_vanished);
        assert_eq!(finds(&vanished, true), of_vanished, "once more");
        assert_eq!(finds(&sound, true), BTreeSet::new());
        // Seats are another: every month is looked at.
        let mut unseated = sound.clone();
        unseated.firm.seats.clear();
        assert_eq!(finds(&unseated, true), BTreeSet::from(["unknown-seat"]));
        assert_eq!(finds(&sound, true), BTreeSet::new());
    }

    /// Names are held against each other only where there are others.
    #[test]
    fn the_same_names_are_not_looked_at_again() {
        let sound = sample();
        let mut misspelt = sound.clone();
        for record in misspelt.months.values_mut() {
            if let Some(Session::Held(held)) = &mut Arc::make_mut(record).session {
                for decision in &mut held.decisions {
                    if let Some(automation) = &mut decision.automation {
                        automation.value.push('x');
                    }
                }
            }
        }
        let mut memory = Memory::default();
        let mut finds = |engagement, known: bool| {
            let grounds = known.then(Grounds::of_a_file);
            let found = memory.check(engagement, Doubt::default(), grounds);
            found
                .sorted()
                .iter()
                .any(|fault| fault.code == "unknown-automation")
        };
        assert!(!finds(&sound, true));
        assert!(!finds(&misspelt, true), "by its files it is sound");
        let mut with_another = misspelt.clone();
        let last = with_another.months.values_mut().next_back().unwrap();
        let telemetry = Arc::make_mut(last).telemetry.as_mut().unwrap();
        telemetry.gates[0].id.value.push('x');
        assert!(finds(&with_another, true));
        assert!(finds(&misspelt, false));
    }
}
