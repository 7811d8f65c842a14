//! The scorecard's metrics: what they should be by when, and what they are.

use chrono::{Months, NaiveDate};

use super::later;
use crate::engagement::Engagement;
use crate::engagement::programme::Metric;
use crate::source::document::Better;
use crate::source::month::Month;

/// The horizons' names, in order.
pub const HORIZONS: [&str; 3] = ["90 days", "6 months", "12 months"];

/// A metric with what was reported of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The metric.
    pub metric: Metric,
    /// What it should be by when, in the order of [`HORIZONS`].
    pub horizons: [Horizon; 3],
    /// What telemetry reported, in the order of months.
    pub actuals: Vec<Actual>,
    /// The horizon that it is held to, by its place in [`HORIZONS`]: the last
    /// one whose day has come and that has a target, else the last one whose
    /// day has come; none if it is too early.
    pub due: Option<usize>,
    /// How it stands.
    pub standing: Standing,
}

/// What a metric should be by when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Horizon {
    /// The day, counted from the end-state session's.
    pub due: NaiveDate,
    /// The target, if there is one.
    pub target: Option<f64>,
}

/// A metric as a month reported it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Actual {
    /// The month.
    pub month: Month,
    /// The day it speaks of.
    pub as_of: NaiveDate,
    /// The value, in the metric's unit.
    pub value: f64,
}

/// How a metric stands against the horizon that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No horizon is due yet.
    TooEarly,
    /// One is due, and nothing was reported.
    NotReported,
    /// None that is due has a target.
    NoTarget,
    /// The latest value is the target, or better.
    Met,
    /// It is worse.
    Missed,
}

impl Standing {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Standing::TooEarly => "too early",
            Standing::NotReported => "not reported",
            Standing::NoTarget => "no target",
            Standing::Met => "met",
            Standing::Missed => "missed",
        }
    }
}

impl Measured {
    /// The latest value that was reported.
    pub fn actual(&self) -> Option<&Actual> {
        self.actuals.last()
    }

    /// Whether the latest value is older than the horizon that it is held to.
    pub fn is_outdated(&self) -> bool {
        let due = self.due.and_then(|due| self.horizons.get(due));
        due.zip(self.actual())
            .is_some_and(|(due, actual)| actual.as_of < due.due)
    }

    /// What it is held to, if that is known.
    pub fn target(&self) -> Option<f64> {
        self.horizons.get(self.due?)?.target
    }
}

pub(super) fn measured(engagement: &Engagement) -> Vec<Measured> {
    let Some(session) = &engagement.programme.end_state else {
        return Vec::new();
    };
    let date = session.sitting.date.value;
    let days = [
        later(date, 90),
        date.checked_add_months(Months::new(6)).unwrap_or(date),
        date.checked_add_months(Months::new(12)).unwrap_or(date),
    ];
    session
        .scorecard
        .iter()
        .map(|metric| {
            let horizons = [0, 1, 2].map(|at: usize| Horizon {
                due: days[at],
                target: metric.targets[at],
            });
            let actuals = actuals(engagement, &metric.id.value);
            let due = due(&horizons, engagement.as_of);
            Measured {
                standing: standing(metric.better, &horizons, due, actuals.last()),
                metric: metric.clone(),
                horizons,
                actuals,
                due,
            }
        })
        .collect()
}

fn actuals(engagement: &Engagement, id: &str) -> Vec<Actual> {
    let mut actuals: Vec<Actual> = engagement
        .months
        .values()
        .filter_map(|record| Some((record.month, record.telemetry.as_ref()?)))
        .filter(|(_, telemetry)| telemetry.as_of <= engagement.as_of)
        .filter_map(|(month, telemetry)| {
            let (_, value) = telemetry
                .scorecard
                .iter()
                .find(|(metric, _)| metric.value == id)?;
            Some(Actual {
                month,
                as_of: telemetry.as_of,
                value: *value,
            })
        })
        .collect();
    actuals.sort_by_key(|actual| (actual.as_of, actual.month));
    actuals
}

fn due(horizons: &[Horizon; 3], as_of: NaiveDate) -> Option<usize> {
    let come = |horizon: &Horizon| horizon.due <= as_of;
    let with_target = horizons
        .iter()
        .rposition(|horizon| come(horizon) && horizon.target.is_some());
    with_target.or_else(|| horizons.iter().rposition(come))
}

fn standing(
    better: Better,
    horizons: &[Horizon; 3],
    due: Option<usize>,
    actual: Option<&Actual>,
) -> Standing {
    let Some(due) = due else {
        return Standing::TooEarly;
    };
    let Some(target) = horizons[due].target else {
        return Standing::NoTarget;
    };
    let Some(actual) = actual else {
        return Standing::NotReported;
    };
    let met = match better {
        Better::Higher => actual.value >= target,
        Better::Lower => actual.value <= target,
    };
    if met { Standing::Met } else { Standing::Missed }
}
