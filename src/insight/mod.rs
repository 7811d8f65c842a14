//! Stage: what the engagement means.
//!
//! Pure functions from the engagement alone: no input, no output, no clock.
//! What a month says is judged as of that month, so that a later one never
//! changes it.

pub mod automation;
pub mod backlog;
pub mod board;
pub mod caution;
pub mod changed;
pub mod fit_check;
pub mod graduation;
pub mod programme;
pub mod progress;
pub mod restated;
pub mod series;
pub mod signal;
pub mod verdict;

#[cfg(test)]
pub(crate) mod fixture;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::engagement::Engagement;
use crate::engagement::kpi::PerKpi;
use crate::source::Grounds;
use crate::source::month::Month;
use automation::Register;
use backlog::Tracked;
use changed::Changed;
use fit_check::Checked;
use graduation::Graduation;
use programme::Course;
use progress::{RunMonth, SessionState};
use restated::Restated;
use series::Series;
use signal::Signal;

/// Everything derived from an engagement.
#[derive(Clone, Debug, PartialEq)]
pub struct Insights {
    /// The three KPI series.
    pub series: PerKpi<Series>,
    /// Every Run month up to the last that is known.
    pub run_months: Vec<RunMonth>,
    /// Every Run decision with what became of it.
    pub decisions: Vec<Tracked>,
    /// What each month's session should look at, for every month with
    /// telemetry or a session.
    pub signals: BTreeMap<Month, Vec<Signal>>,
    /// Every automation's life.
    pub automations: Register,
    /// The way to graduation.
    pub graduation: Graduation,
    /// Every Fit Check with its result, in order.
    pub fit_checks: Vec<Checked>,
    /// How the executive programme goes.
    pub programme: Course,
    /// Each month after the first held session against the last held before.
    pub changed: BTreeMap<Month, Changed>,
    /// What came after the last held session, if anything did.
    since_last_session: Option<Changed>,
    /// Figures that a board's memo shows otherwise.
    pub restated: Vec<Restated>,
    /// Where each decision stands among them, by its id.
    decisions_by_id: BTreeMap<String, usize>,
}

/// What was last derived, with what it was derived from.
#[derive(Debug, Default)]
pub struct Memory(Option<(Grounds, NaiveDate, Arc<Insights>)>);

/// Derives everything, or takes over what was last derived, if the engagement is
/// judged by the same: it says nothing of narratives. Of none it isn't known.
pub fn again(
    engagement: &Engagement,
    grounds: Option<Grounds>,
    memory: &mut Memory,
) -> Arc<Insights> {
    let as_of = engagement.as_of;
    if let (Some(now), Some((then, day, insights))) = (&grounds, &memory.0)
        && (now, as_of) == (then, *day)
    {
        return Arc::clone(insights);
    }
    let insights = Arc::new(Insights::of(engagement));
    memory.0 = grounds.map(|grounds| (grounds, as_of, Arc::clone(&insights)));
    insights
}

impl Insights {
    /// Derives everything.
    pub fn of(engagement: &Engagement) -> Self {
        // Side by side: before the preview shows a change, all of them are derived
        // anew.
        let ((series, run_months, movements), (decisions, restated)) = rayon::join(
            || {
                (
                    series::all(engagement),
                    progress::run_months(engagement),
                    automation::movements(engagement),
                )
            },
            || (backlog::tracked(engagement), restated::restated(engagement)),
        );
        let ((signals, changed), (lives, graduation)) = rayon::join(
            || {
                let signals = signal::all(engagement, &series, &run_months, &decisions, &movements);
                let changed = changed::all(engagement, &series, &signals, &decisions, &restated);
                (signals, changed)
            },
            || {
                let lives = automation::lives(engagement, &decisions, &movements);
                let graduation = graduation::graduation(engagement, &series, &run_months);
                (lives, graduation)
            },
        );
        Insights {
            since_last_session: changed::since_last_session(engagement, &changed, &restated),
            automations: Register { lives, movements },
            graduation,
            fit_checks: fit_check::all(engagement),
            changed,
            restated,
            decisions_by_id: backlog::by_id(&decisions),
            programme: programme::course(engagement),
            series,
            run_months,
            decisions,
            signals,
        }
    }

    /// A month's signals, in order; none if nothing is known of it.
    pub fn signals(&self, month: Month) -> &[Signal] {
        self.signals
            .get(&month)
            .map(|signals| &**signals)
            .unwrap_or_default()
    }

    /// What the latest month brought since the last held session, if it is a
    /// later one, and what was restated since.
    pub fn changed_since_last_session(&self) -> Option<&Changed> {
        self.since_last_session.as_ref()
    }

    /// The last Run month whose session was held.
    pub fn last_held(&self) -> Option<&RunMonth> {
        self.run_months
            .iter()
            .rev()
            .find(|month| month.session == SessionState::Held)
    }

    /// The Run month that awaits its session.
    pub fn awaiting(&self) -> Option<&RunMonth> {
        self.run_months
            .last()
            .filter(|month| month.session == SessionState::Awaiting)
    }

    /// A Run month by its calendar month.
    pub fn run_month(&self, month: Month) -> Option<&RunMonth> {
        let at = self
            .run_months
            .binary_search_by_key(&month, |run| run.month);
        self.run_months.get(at.ok()?)
    }

    /// A decision with what became of it.
    pub fn decision(&self, id: &str) -> Option<&Tracked> {
        self.decisions.get(*self.decisions_by_id.get(id)?)
    }

    /// A month's decisions with what became of each.
    pub fn decisions_of(&self, month: Month) -> &[Tracked] {
        backlog::of_month(&self.decisions, month)
    }

    /// Decisions that still have to be answered, in the order made.
    pub fn open_decisions(&self) -> impl Iterator<Item = &Tracked> {
        self.decisions.iter().filter(|tracked| tracked.is_open())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixture::Fixture;

    #[test]
    fn what_is_judged_by_the_same_is_derived_once() {
        let engagement = Fixture::sample().read();
        let mut later = engagement.clone();
        later.as_of = later.as_of.succ_opt().unwrap();
        let [grounds, others] = [(); 2].map(|()| Some(Grounds::of_a_file()));
        let mut memory = Memory::default();
        let mut last = again(&engagement, grounds.clone(), &mut memory);
        let steps = [
            ("the same", &engagement, &grounds, true),
            ("another day", &later, &grounds, false),
            ("the same day", &later, &grounds, true),
            ("other files", &later, &others, false),
            ("nobody knows", &later, &None, false),
            ("known again", &later, &others, false),
        ];
        for (what, engagement, grounds, same) in steps {
            let now = again(engagement, grounds.clone(), &mut memory);
            assert_eq!(Arc::ptr_eq(&now, &last), same, "{what}");
            assert!(*now == Insights::of(engagement), "{what}");
            last = now;
        }
    }
}
