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
pub mod shared;
pub mod signal;
pub mod verdict;

#[cfg(test)]
pub(crate) mod fixture;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engagement::Engagement;
use crate::engagement::kpi::PerKpi;
use crate::source::Grounds;
use crate::source::month::Month;
use automation::Register;
use backlog::Backlog;
use changed::Changed;
use fit_check::Checked;
use graduation::Graduation;
use programme::Course;
use progress::{RunMonth, SessionState};
use restated::Restated;
use series::Series;
use shared::Shared;
use signal::{OfMonths, Signal};

/// Everything derived from an engagement.
#[derive(Clone, Debug, PartialEq)]
pub struct Insights {
    /// The three KPI series.
    pub series: PerKpi<Series>,
    /// Every Run month up to the last that is known.
    pub run_months: Vec<RunMonth>,
    /// Every Run decision with what became of it.
    pub backlog: Shared<Backlog>,
    /// What each month's session should look at, for every month with
    /// telemetry or a session.
    pub signals: OfMonths,
    /// Every automation's life.
    pub automations: Shared<Register>,
    /// The way to graduation.
    pub graduation: Graduation,
    /// Every Fit Check with its result, in order.
    pub fit_checks: Vec<Checked>,
    /// How the executive programme goes.
    pub programme: Course,
    /// Each month after the first held session against the last held before.
    pub changed: BTreeMap<Month, Shared<Changed>>,
    /// What came after the last held session, if anything did.
    since_last_session: Option<Shared<Changed>>,
    /// Figures that a board's memo shows otherwise.
    pub restated: Vec<Restated>,
}

/// What was last derived, with what it was derived from.
#[derive(Debug, Default)]
pub struct Memory(Option<Kept>);

#[derive(Debug)]
struct Kept {
    grounds: Grounds,
    engagement: Arc<Engagement>,
    insights: Arc<Insights>,
}

/// What was derived before of an engagement with the same firm, months and
/// sessions: only what was reported in some of these months is another.
struct Former<'f> {
    insights: &'f Insights,
    /// The first of these months.
    differs: Option<Month>,
}

/// Derives everything, or takes over what was last derived, if the engagement is
/// judged by the same: it says nothing of narratives. Of none it isn't known.
pub fn again(
    engagement: &Arc<Engagement>,
    grounds: Option<Grounds>,
    memory: &mut Memory,
) -> Arc<Insights> {
    let Some(grounds) = grounds else {
        return Arc::new(Insights::of(engagement));
    };
    let kept = memory.0.as_ref();
    if let Some(kept) = kept.filter(|kept| kept.grounds == grounds)
        && kept.engagement.as_of == engagement.as_of
    {
        return Arc::clone(&kept.insights);
    }
    let former = kept.and_then(|kept| Former::of(&kept.engagement, &kept.insights, engagement));
    let insights = Arc::new(Insights::with(engagement, former.as_ref()));
    memory.0 = Some(Kept {
        grounds,
        engagement: Arc::clone(engagement),
        insights: Arc::clone(&insights),
    });
    insights
}

impl<'f> Former<'f> {
    /// What was derived of an engagement before, if it differs so little.
    fn of(before: &Engagement, insights: &'f Insights, now: &Engagement) -> Option<Self> {
        let is_alike = before.firm == now.firm
            && before.baseline == now.baseline
            && now.has_the_sessions_of(&before.months);
        let mut months = before.months.values().zip(now.months.values());
        let first = months.find(|(before, now)| !Arc::ptr_eq(before, now));
        is_alike.then_some(Former {
            insights,
            differs: first.map(|(record, _)| record.month),
        })
    }

    /// Whether what was said as of a month is said once more.
    fn holds_for(&self, month: Month) -> bool {
        self.differs.is_none_or(|first| month < first)
    }
}

impl Insights {
    /// Derives everything.
    pub fn of(engagement: &Engagement) -> Self {
        Insights::with(engagement, None)
    }

    /// The same, with what was derived before and still holds.
    fn with(engagement: &Engagement, former: Option<&Former<'_>>) -> Self {
        // Side by side: before the preview shows a change, they are derived anew.
        let ((series, run_months, movements), (backlog, restated)) = rayon::join(
            || {
                (
                    series::all(engagement),
                    progress::run_months(engagement),
                    automation::movements(engagement),
                )
            },
            || {
                let backlog = former.map(|former| former.insights.backlog.clone());
                (
                    backlog.unwrap_or_else(|| Shared::from(Backlog::of(engagement))),
                    restated::restated(engagement),
                )
            },
        );
        let known = signal::Known {
            engagement,
            series: &series,
            run_months: &run_months,
            backlog: &backlog,
            movements: &movements,
        };
        let ((signals, changed), (lives, graduation)) = rayon::join(
            || {
                let signals = signal::all(&known, former);
                let changed =
                    changed::all(engagement, &series, &signals, &backlog, &restated, former);
                (signals, changed)
            },
            || {
                let lives = automation::lives(engagement, &backlog.decisions, &movements);
                let graduation = graduation::graduation(engagement, &series, &run_months);
                (lives, graduation)
            },
        );
        let automations = Shared::from(Register { lives, movements });
        Insights {
            since_last_session: changed::since_last_session(engagement, &changed, &restated),
            automations: automations.or_former(former.map(|former| &former.insights.automations)),
            graduation,
            fit_checks: fit_check::all(engagement),
            changed,
            restated,
            programme: programme::course(engagement),
            series,
            run_months,
            backlog,
            signals,
        }
    }

    /// A month's signals, in order; none if nothing is known of it.
    pub fn signals(&self, month: Month) -> &[Signal] {
        let signals = self.signals.get(&month);
        signals.map(|signals| &***signals).unwrap_or_default()
    }

    /// What the latest month brought since the last held session, if it is a
    /// later one, and what was restated since.
    pub fn changed_since_last_session(&self) -> Option<&Changed> {
        self.since_last_session.as_deref()
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
        progress::of_month(&self.run_months, month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixture::{Fixture, Kept as Read};

    /// What is taken over when one file is another: what follows from sessions, and
    /// what September, October and November say.
    #[test]
    fn what_a_change_does_not_reach_is_taken_over() {
        let sample = Fixture::sample();
        let telemetry = "2026-10/telemetry.yaml";
        let edits = [
            // A figure.
            (
                telemetry,
                "away_from_desk: 27.0",
                "away_from_desk: 21.5",
                "backlog register 09",
            ),
            // A remark.
            (
                telemetry,
                "kpis:",
                "# Once more.\nkpis:",
                "backlog register 09 10 11",
            ),
            // An automation's runs.
            (telemetry, "runs: ", "runs: 1", "backlog 09 10 11"),
            (
                "2026-10/leadership.yaml",
                "date:",
                "# Once more.\ndate:",
                "",
            ),
            ("engagement.yaml", "firm: ", "firm: The ", ""),
        ];
        for (path, from, to, expected) in edits {
            let mut read = Read::keeping();
            let mut memory = Memory::default();
            let mut derived = |fixture: &Fixture| {
                let (engagement, grounds) = fixture.read_again(&mut read);
                let engagement = Arc::new(engagement);
                let insights = again(&engagement, grounds, &mut memory);
                assert!(*insights == Insights::of(&engagement), "{path}: {to}");
                insights
            };
            let before = derived(&sample);
            let now = derived(&sample.clone().edit(path, from, to));
            let mut same = vec![
                ("backlog", now.backlog.is_same(&before.backlog)),
                ("register", now.automations.is_same(&before.automations)),
            ];
            for name in ["09", "10", "11"] {
                let month = format!("2026-{name}").parse().unwrap();
                let signals = now.signals[&month].is_same(&before.signals[&month]);
                let changed = now.changed[&month].is_same(&before.changed[&month]);
                assert_eq!(signals, changed, "{path}: {to}: {name}");
                same.push((name, signals));
            }
            let same: Vec<&str> = same.iter().filter(|of| of.1).map(|of| of.0).collect();
            assert_eq!(same.join(" "), expected, "{path}: {to}");
            derived(&sample);
        }
    }

    #[test]
    fn what_is_judged_by_the_same_is_derived_once() {
        let engagement = Arc::new(Fixture::sample().read());
        let mut later = Engagement::clone(&engagement);
        later.as_of = later.as_of.succ_opt().unwrap();
        let later = Arc::new(later);
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
