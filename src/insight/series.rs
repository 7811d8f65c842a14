//! The three KPI series: value, change, rolling mean, change on the baseline,
//! and the verdict of each month.

use std::collections::BTreeMap;

use super::verdict::{self, Verdict};
use crate::engagement::Engagement;
use crate::engagement::kpi::{Kpi, PerKpi};
use crate::source::month::Month;

/// One KPI over the engagement's life.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The KPI.
    pub kpi: Kpi,
    /// Its value at the Fit Check, and that month.
    pub baseline: Option<(Month, f64)>,
    /// Every calendar month from the first that is known to the last, whether
    /// or not it reported: a gap stays a gap.
    pub points: BTreeMap<Month, Point>,
}

/// A KPI in one month.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The month.
    pub month: Month,
    /// Its number since Run began, from 1.
    pub run_month: Option<i32>,
    /// What was reported, in the KPI's own unit.
    pub value: Option<f64>,
    /// Whether the figure may still change.
    pub provisional: bool,
    /// The change on the calendar month before, in the KPI's own unit; none
    /// if either wasn't reported.
    pub change: Option<f64>,
    /// The same in percent of the month before.
    pub change_percent: Option<f64>,
    /// The mean of the values reported in this month and the two before; none
    /// unless all three are Run months and two of them reported.
    pub rolling_mean: Option<f64>,
    /// The change on the baseline: percent for revenue per employee, points
    /// and hours for the others.
    pub on_baseline: Option<f64>,
    /// The judgement by stage; none before Run.
    pub verdict: Option<Verdict>,
}

impl Series {
    /// The last month that reported a value.
    pub fn latest(&self) -> Option<&Point> {
        self.points
            .values()
            .rev()
            .find(|point| point.value.is_some())
    }

    /// A month's point.
    pub fn at(&self, month: Month) -> Option<&Point> {
        self.points.get(&month)
    }
}

/// Computes the three series.
pub(super) fn all(engagement: &Engagement) -> PerKpi<Series> {
    PerKpi::from_fn(|kpi| series(engagement, kpi))
}

fn series(engagement: &Engagement, kpi: Kpi) -> Series {
    let baseline = engagement
        .baseline
        .as_ref()
        .and_then(|baseline| Some((baseline.month, baseline.kpis.get(kpi).as_ref()?.value)));
    let mut points = BTreeMap::new();
    for month in months(engagement) {
        points.insert(
            month,
            point(engagement, kpi, month, baseline.map(|(_, value)| value)),
        );
    }
    Series {
        kpi,
        baseline,
        points,
    }
}

/// Every calendar month from the first record to the last.
fn months(engagement: &Engagement) -> impl Iterator<Item = Month> + use<> {
    let first = engagement.months.keys().next().copied();
    let last = engagement.months.keys().next_back().copied();
    let count = first
        .zip(last)
        .map_or(0, |(first, last)| last.since(first) + 1);
    (0..count).filter_map(move |offset| Some(first?.plus(offset)))
}

fn value(engagement: &Engagement, kpi: Kpi, month: Month) -> Option<f64> {
    let telemetry = engagement.months.get(&month)?.telemetry.as_ref()?;
    telemetry.kpis.get(kpi).as_ref().map(|value| value.value)
}

fn point(engagement: &Engagement, kpi: Kpi, month: Month, baseline: Option<f64>) -> Point {
    let now = value(engagement, kpi, month);
    let before = value(engagement, kpi, month.plus(-1));
    let change = now.zip(before).map(|(now, before)| now - before);
    let run_month = run_month(engagement, month);
    let record = engagement.months.get(&month);
    let on_baseline = now
        .zip(baseline)
        .map(|(now, baseline)| on_baseline(kpi, now, baseline));
    Point {
        month,
        run_month,
        value: now,
        provisional: record
            .and_then(|record| record.telemetry.as_ref())
            .is_some_and(|telemetry| telemetry.provisional.contains(&kpi)),
        change,
        change_percent: change
            .zip(before)
            .filter(|(_, before)| *before > 0.0)
            .map(|(change, before)| change / before * 100.0),
        rolling_mean: rolling_mean(engagement, kpi, month),
        on_baseline,
        verdict: run_month
            .map(|number| verdict::judge(&engagement.firm.playbook, kpi, number, now, baseline)),
    }
}

fn run_month(engagement: &Engagement, month: Month) -> Option<i32> {
    let run = engagement
        .firm
        .phases
        .start(crate::engagement::firm::Phase::Run)?;
    Some(month.since(Month::of(run)) + 1).filter(|number| *number >= 1)
}

/// Percent for revenue per employee, whose size differs from firm to firm;
/// the KPI's own unit for the others.
pub(super) fn on_baseline(kpi: Kpi, value: f64, baseline: f64) -> f64 {
    match kpi {
        Kpi::RevenuePerEmployee => (value - baseline) / baseline * 100.0,
        Kpi::TaskAutomation | Kpi::AwayFromDesk => value - baseline,
    }
}

fn rolling_mean(engagement: &Engagement, kpi: Kpi, month: Month) -> Option<f64> {
    run_month(engagement, month.plus(-2))?;
    let reported: Vec<f64> = (-2..=0)
        .filter_map(|offset| value(engagement, kpi, month.plus(offset)))
        .collect();
    let count = u32::try_from(reported.len()).unwrap_or(0);
    (count >= 2).then(|| reported.iter().sum::<f64>() / f64::from(count))
}
