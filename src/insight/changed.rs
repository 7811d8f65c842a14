//! What changed since the session before: KPIs that moved, signals that are
//! new and that cleared, decisions that closed, figures that were restated.

use std::collections::BTreeMap;

use super::Former;
use super::backlog::{Backlog, Standing};
use super::restated::Restated;
use super::series::Series;
use super::shared::Shared;
use super::signal::{Code, OfMonths, Signal};
use crate::engagement::kpi::{Kpi, PerKpi};
use crate::engagement::{Engagement, MonthRecord};
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
    /// Figures restated after that session, and before this month's own.
    pub restated: Vec<Restated>,
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
/// session before it. What was derived before is taken over where it would be
/// derived again.
pub(super) fn all(
    engagement: &Engagement,
    series: &PerKpi<Series>,
    signals: &OfMonths,
    backlog: &Backlog,
    restated: &[Restated],
    former: Option<&Former<'_>>,
) -> BTreeMap<Month, Shared<Changed>> {
    let mut since: Option<&MonthRecord> = None;
    let mut changed = BTreeMap::new();
    let former = former.filter(|former| former.insights.restated == restated);
    for record in engagement.months.values() {
        if let Some(since) = since {
            let kpis = PerKpi::from_fn(|kpi| moved(series.get(kpi), since.month, record.month));
            let same = former.and_then(|former| former.changed(signals, since, record, &kpis));
            let of = same.cloned().unwrap_or_else(|| {
                let mut of = between(kpis, signals, backlog, since.month, record.month);
                of.restated = restated_between(engagement, restated, since, record);
                Shared::from(of)
            });
            changed.insert(record.month, of);
        }
        if record.held().is_some() {
            since = Some(record);
        }
    }
    changed
}

impl Former<'_> {
    /// What had changed in a month, if it did so since the same session, with the
    /// same signals and KPIs. Decisions and restatements are what they were.
    fn changed(
        &self,
        signals: &OfMonths,
        since: &MonthRecord,
        record: &MonthRecord,
        kpis: &PerKpi<Move>,
    ) -> Option<&Shared<Changed>> {
        let former = self.insights.changed.get(&record.month)?;
        let has_same_signals = |month: Month| {
            let before = self.insights.signals.get(&month);
            let both = before.zip(signals.get(&month));
            both.is_some_and(|(before, now)| before.is_same(now))
        };
        let is_same = former.since == since.month
            && former.kpis == *kpis
            && has_same_signals(since.month)
            && has_same_signals(record.month);
        is_same.then_some(former)
    }
}

/// What the latest month brought, if it is later than the last held session;
/// else what was restated after that session, if anything was.
pub(super) fn since_last_session(
    engagement: &Engagement,
    changed: &BTreeMap<Month, Shared<Changed>>,
    restated: &[Restated],
) -> Option<Shared<Changed>> {
    let mut records = engagement.months.values().rev();
    let last = records.find(|record| record.run_month.is_some() && record.held().is_some())?;
    if let Some(later) = changed
        .values()
        .next_back()
        .filter(|changed| changed.since == last.month)
    {
        return Some(later.clone());
    }
    let restated = restated_between(engagement, restated, last, last);
    let of_no_month = |restated| Changed {
        month: last.month,
        since: last.month,
        kpis: PerKpi::from_fn(|kpi| Move {
            kpi,
            value: None,
            before: None,
            change: None,
            percent: None,
        }),
        appeared: Vec::new(),
        cleared: Vec::new(),
        closed: Vec::new(),
        restated,
    };
    (!restated.is_empty()).then(|| Shared::from(of_no_month(restated)))
}

/// What was restated after one month's session and by the end of another. The
/// latest month has no end yet.
fn restated_between(
    engagement: &Engagement,
    restated: &[Restated],
    since: &MonthRecord,
    month: &MonthRecord,
) -> Vec<Restated> {
    let Some(held) = since.held() else {
        return Vec::new();
    };
    let latest = engagement.months.keys().next_back() == Some(&month.month);
    let end = match month.held() {
        Some(held) if month.month != since.month => Some(held.date.value),
        None if !latest => Some(month.month.last_day()),
        _ => None,
    };
    restated
        .iter()
        .filter(|restated| restated.date > held.date.value)
        .filter(|restated| end.is_none_or(|end| restated.date <= end))
        .cloned()
        .collect()
}

fn between(
    kpis: PerKpi<Move>,
    signals: &OfMonths,
    backlog: &Backlog,
    since: Month,
    month: Month,
) -> Changed {
    let of = |month: Month| -> &[Signal] {
        let signals = signals.get(&month);
        signals.map(|signals| &***signals).unwrap_or_default()
    };
    let (then, now) = (of(since), of(month));
    let closed = backlog.closed_between(since, month);
    Changed {
        month,
        since,
        kpis,
        appeared: missing_from(then, now),
        cleared: missing_from(now, then),
        closed: closed
            .map(|tracked| Closed {
                id: tracked.decision.id.value.clone(),
                what: tracked.decision.what.clone(),
                standing: tracked.standing(),
            })
            .collect(),
        restated: Vec::new(),
    }
}

fn moved(series: &Series, since: Month, month: Month) -> Move {
    let reported = |month| series.at(month).and_then(|point| point.value);
    let (value, before) = (reported(month), reported(since));
    let change = value.zip(before).map(|(value, before)| value - before);
    let percent = change
        .zip(before.filter(|before| *before > 0.0))
        .map(|(change, before)| change / before * 100.0);
    Move {
        kpi: series.kpi,
        value,
        before,
        change,
        percent,
    }
}

/// The signals of `some` whose code and subject aren't among `others`. Quiet
/// is the absence of signals, so neither news nor cleared.
fn missing_from(others: &[Signal], some: &[Signal]) -> Vec<Signal> {
    let is_among_others = |signal: &&Signal| {
        others
            .iter()
            .any(|other| other.code == signal.code && other.subject == signal.subject)
    };
    some.iter()
        .filter(|signal| signal.code != Code::Quiet)
        .filter(|signal| !is_among_others(signal))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::{Fixture, run};

    fn codes(signals: &[Signal]) -> Vec<&'static str> {
        signals.iter().map(|signal| signal.code.name()).collect()
    }

    #[test]
    fn the_sample_says_what_november_brought() {
        let insights = Fixture::sample().insights();
        let changed = insights.changed_since_last_session().unwrap();
        assert_eq!(
            (changed.since.to_string(), changed.month.to_string()),
            ("2026-10".into(), "2026-11".into())
        );
        let hours = changed.kpis.away_from_desk;
        assert_eq!(
            (hours.value, hours.before, hours.change),
            (Some(23.5), Some(27.0), Some(-3.5))
        );
        assert!(
            hours
                .percent
                .is_some_and(|percent| (percent + 12.962_962).abs() < 1e-5)
        );
        assert_eq!(
            codes(&changed.appeared),
            ["brief-confidence", "prune-due", "build-slipping"]
        );
        assert_eq!(codes(&changed.cleared), ["trust-gain", "approval-drop"]);
        assert_eq!(changed.closed, []);
    }

    #[test]
    fn a_session_is_held_against_the_one_before_however_long_ago() {
        let insights = Fixture::sample().insights();
        let month = "2025-12".parse().unwrap();
        let changed = &insights.changed[&month];
        assert_eq!(changed.since.to_string(), "2025-10");
        let closed: Vec<&str> = changed.closed.iter().map(|closed| &*closed.id).collect();
        assert_eq!(
            closed,
            [
                "rate-confirmation-bar",
                "credit-limit-floor",
                "delivery-proofs",
                "retire-board-poster"
            ]
        );
        assert!(
            changed
                .closed
                .iter()
                .all(|closed| closed.standing == Standing::Done(month))
        );
        assert!(!insights.changed.contains_key(&"2025-08".parse().unwrap()));
    }

    #[test]
    fn what_was_not_reported_did_not_change() {
        let fixture = Fixture::new()
            .telemetry(1, "kpis: { task_automation: 40 }\n")
            .held(1, "yes", "")
            .telemetry(2, "kpis: { away_from_desk: 8 }\n")
            .held(2, "yes", "");
        let insights = fixture.insights();
        let changed = &insights.changed[&run(2)];
        assert_eq!(changed.kpis.task_automation.before, Some(40.0));
        for kpi in Kpi::ALL {
            assert_eq!(changed.kpis.get(kpi).change, None);
        }
        // Quiet to quiet is no news, nor is quiet itself.
        assert_eq!((&*changed.appeared, &*changed.cleared), (&[][..], &[][..]));
        assert_eq!(insights.changed_since_last_session(), None);
    }
}
