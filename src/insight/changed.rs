//! What changed since the session before: KPIs that moved, signals that are
//! new and that cleared, decisions that closed.

use std::collections::BTreeMap;

use super::backlog::{Standing, Tracked};
use super::series::Series;
use super::signal::{Code, Signal};
use crate::engagement::Engagement;
use crate::engagement::kpi::{Kpi, PerKpi};
use crate::source::month::Month;

/// A month against the last session held before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The month.
    pub month: Month,
    /// The month of the last session held before.
    pub since: Month,
    /// Each KPI.
    pub kpis: PerKpi<Move>,
    /// Signals that weren't there then.
    pub appeared: Vec<Signal>,
    /// Signals that were there then and aren't now.
    pub cleared: Vec<Signal>,
    /// Decisions done or dropped since, in the order made.
    pub closed: Vec<Closed>,
}

/// A KPI now and then. What wasn't reported stays absent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move {
    /// The KPI.
    pub kpi: Kpi,
    /// Now, in its own unit.
    pub value: Option<f64>,
    /// Then.
    pub before: Option<f64>,
    /// The difference, if both were reported.
    pub change: Option<f64>,
    /// The difference in percent, if it was more than nothing then.
    pub percent: Option<f64>,
}

/// A decision that closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The decision.
    pub id: String,
    /// In words.
    pub what: String,
    /// Done or dropped, with the month.
    pub standing: Standing,
}

/// Every recorded month after the first held session, against the last held
/// session before it.
pub(super) fn all(
    engagement: &Engagement,
    series: &PerKpi<Series>,
    signals: &BTreeMap<Month, Vec<Signal>>,
    decisions: &[Tracked],
) -> BTreeMap<Month, Changed> {
    let mut since = None;
    let mut changed = BTreeMap::new();
    for record in engagement.months.values() {
        if let Some(since) = since {
            changed.insert(record.month, between(series, signals, decisions, since, record.month));
        }
        if record.held().is_some() {
            since = Some(record.month);
        }
    }
    changed
}

fn between(
    series: &PerKpi<Series>,
    signals: &BTreeMap<Month, Vec<Signal>>,
    decisions: &[Tracked],
    since: Month,
    month: Month,
) -> Changed {
    let then = signals.get(&since).map(|signals| &**signals).unwrap_or_default();
    let now = signals.get(&month).map(|signals| &**signals).unwrap_or_default();
    let closed = decisions.iter().filter_map(|tracked| {
        let standing = tracked.standing();
        let (Standing::Done(at) | Standing::Dropped(at)) = standing else { return None };
        let (id, what) = (tracked.decision.id.value.clone(), tracked.decision.what.clone());
        (since < at && at <= month).then_some(Closed { id, what, standing })
    });
    Changed {
        month,
        since,
        kpis: PerKpi::from_fn(|kpi| moved(series.get(kpi), since, month)),
        appeared: missing_from(then, now),
        cleared: missing_from(now, then),
        closed: closed.collect(),
    }
}

fn moved(series: &Series, since: Month, month: Month) -> Move {
    let reported = |month| series.at(month).and_then(|point| point.value);
    let (value, before) = (reported(month), reported(since));
    let change = value.zip(before).map(|(value, before)| value - before);
    let percent = change.zip(before.filter(|before| *before > 0.0)).map(|(change, before)| change / before * 100.0);
    Move { kpi: series.kpi, value, before, change, percent }
}

/// The signals of `some` whose code and subject aren't among `others`. Quiet
/// is the absence of signals, so neither news nor cleared.
fn missing_from(others: &[Signal], some: &[Signal]) -> Vec<Signal> {
    let same = |one: &Signal, other: &Signal| one.code == other.code && one.subject == other.subject;
    some.iter()
        .filter(|signal| signal.code != Code::Quiet)
        .filter(|signal| !others.iter().any(|other| same(signal, other)))
        .cloned()
        .collect()
}
