//! Stage: what the engagement means.
//!
//! Pure functions from the engagement alone: no input, no output, no clock.
//! What a month says is judged as of that month, so that a later one never
//! changes it.

pub mod backlog;
pub mod progress;
pub mod series;
pub mod verdict;

use crate::engagement::Engagement;
use crate::engagement::kpi::PerKpi;
use crate::source::month::Month;
use backlog::Tracked;
use progress::{RunMonth, SessionState};
use series::Series;

/// Everything derived from an engagement.
#[derive(Clone, Debug)]
pub struct Insights {
    /// The three KPI series.
    pub series: PerKpi<Series>,
    /// Every Run month up to the last that is known.
    pub run_months: Vec<RunMonth>,
    /// Every Run decision with what became of it.
    pub decisions: Vec<Tracked>,
}

impl Insights {
    /// Derives everything.
    pub fn of(engagement: &Engagement) -> Self {
        Insights {
            series: series::all(engagement),
            run_months: progress::run_months(engagement),
            decisions: backlog::tracked(engagement),
        }
    }

    /// The last Run month whose session was held.
    pub fn last_held(&self) -> Option<&RunMonth> {
        self.run_months.iter().rev().find(|month| month.session == SessionState::Held)
    }

    /// The Run month that awaits its session.
    pub fn awaiting(&self) -> Option<&RunMonth> {
        self.run_months.last().filter(|month| month.session == SessionState::Awaiting)
    }

    /// A Run month by its calendar month.
    pub fn run_month(&self, month: Month) -> Option<&RunMonth> {
        self.run_months.iter().find(|run| run.month == month)
    }

    /// Decisions that still have to be answered, in the order made.
    pub fn open_decisions(&self) -> impl Iterator<Item = &Tracked> {
        self.decisions.iter().filter(|tracked| tracked.is_open())
    }
}
