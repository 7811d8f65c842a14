//! What a KPI's figure means at its stage.
//!
//! The three KPIs move in order: hours away from the desk first, task
//! automation through the middle of the first year, revenue per employee
//! last. Each is judged by what its month in Run leads one to expect, so that
//! nobody calls the engagement broken while it is on track.

use crate::engagement::kpi::Kpi;
use crate::engagement::playbook::Playbook;

/// A figure's judgement, one word of a fixed set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The stage leads one to expect nothing yet.
    TooEarly,
    /// As expected.
    OnTrack,
    /// Better than expected.
    Ahead,
    /// Worse than expected.
    Behind,
    /// It should have moved and hasn't: dig in.
    Investigate,
    /// More is automated than should be.
    AboveCap,
    /// There is no figure, or no baseline to hold it against.
    NotReported,
}

/// A range that a figure is held against, in the KPI's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Its lower edge.
    pub low: f64,
    /// Its upper edge.
    pub high: f64,
}

impl Verdict {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::TooEarly => "too early",
            Verdict::OnTrack => "on track",
            Verdict::Ahead => "ahead",
            Verdict::Behind => "behind",
            Verdict::Investigate => "investigate",
            Verdict::AboveCap => "above cap",
            Verdict::NotReported => "not reported",
        }
    }

    /// The verdict of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        [
            Verdict::TooEarly,
            Verdict::OnTrack,
            Verdict::Ahead,
            Verdict::Behind,
            Verdict::Investigate,
            Verdict::AboveCap,
            Verdict::NotReported,
        ]
        .into_iter()
        .find(|verdict| verdict.word() == word)
    }

    /// Whether the figure is as it should be or better.
    pub fn is_good(self) -> bool {
        matches!(self, Verdict::OnTrack | Verdict::Ahead)
    }

    /// Whether someone should act on it.
    pub fn needs_attention(self) -> bool {
        matches!(
            self,
            Verdict::Behind | Verdict::Investigate | Verdict::AboveCap
        )
    }
}

/// Judges a figure. `run_month` counts from 1.
pub fn judge(
    playbook: &Playbook,
    kpi: Kpi,
    run_month: i32,
    value: Option<f64>,
    baseline: Option<f64>,
) -> Verdict {
    let Some(value) = value else {
        return Verdict::NotReported;
    };
    match kpi {
        Kpi::AwayFromDesk => away_from_desk(playbook, run_month, value, baseline),
        Kpi::TaskAutomation => task_automation(playbook, run_month, value),
        Kpi::RevenuePerEmployee => revenue(playbook, run_month, value, baseline),
    }
}

/// Away-from-desk hours move first, often in month one or two; past the
/// target they are the new normal.
fn away_from_desk(
    playbook: &Playbook,
    run_month: i32,
    value: f64,
    baseline: Option<f64>,
) -> Verdict {
    let reached = at_least(value, playbook.away_from_desk_target);
    if run_month <= 1 {
        return Verdict::TooEarly;
    }
    if f64::from(run_month) >= playbook.away_from_desk_due {
        return if reached {
            Verdict::OnTrack
        } else {
            Verdict::Behind
        };
    }
    match baseline {
        _ if reached => Verdict::Ahead,
        None => Verdict::NotReported,
        Some(baseline) if above(value, baseline) => Verdict::OnTrack,
        Some(_) => Verdict::Behind,
    }
}

/// Task automation climbs through a band that is steep to month 6 and flat
/// by month 12; past the cap what is left needs judgement.
fn task_automation(playbook: &Playbook, run_month: i32, value: f64) -> Verdict {
    if above(value, playbook.task_automation_cap) {
        return Verdict::AboveCap;
    }
    match stage_band(playbook, run_month) {
        None => Verdict::TooEarly,
        Some(band) if !at_least(value, band.low) => Verdict::Behind,
        Some(band) if above(value, band.high) => Verdict::Ahead,
        Some(_) => Verdict::OnTrack,
    }
}

/// Revenue per employee trails every decision that the other two make
/// possible: not judged early, looked into when it hasn't moved, expected in
/// its range by month 12.
fn revenue(playbook: &Playbook, run_month: i32, value: f64, baseline: Option<f64>) -> Verdict {
    if f64::from(run_month) <= playbook.revenue_too_early {
        return Verdict::TooEarly;
    }
    let Some(baseline) = baseline else {
        return Verdict::NotReported;
    };
    let grown = (value - baseline) / baseline * 100.0;
    if !at_least(grown, playbook.revenue_moved) {
        return Verdict::Investigate;
    }
    if f64::from(run_month) < playbook.revenue_due {
        return Verdict::OnTrack;
    }
    if !at_least(grown, playbook.revenue_low) {
        Verdict::Behind
    } else if above(grown, playbook.revenue_high) {
        Verdict::Ahead
    } else {
        Verdict::OnTrack
    }
}

/// The band of task automation that a Run month leads one to expect, in
/// percent: none before month 2, straight between its knots, the target band
/// after month 12.
pub fn stage_band(playbook: &Playbook, run_month: i32) -> Option<Band> {
    let month_2 = Band {
        low: playbook.task_automation_month_2_low,
        high: playbook.task_automation_month_2_high,
    };
    let month_6 = Band {
        low: playbook.task_automation_month_6_low,
        high: playbook.task_automation_month_6_high,
    };
    let month_12 = Band {
        low: playbook.task_automation_month_12_low,
        high: playbook.task_automation_month_12_high,
    };
    match run_month {
        ..2 => None,
        2..=6 => Some(between(month_2, month_6, f64::from(run_month - 2) / 4.0)),
        7..=12 => Some(between(month_6, month_12, f64::from(run_month - 6) / 6.0)),
        13.. => Some(target_band(playbook)),
    }
}

/// Task automation's target band in percent.
pub fn target_band(playbook: &Playbook) -> Band {
    Band {
        low: playbook.task_automation_target,
        high: playbook.task_automation_cap,
    }
}

fn between(from: Band, to: Band, share: f64) -> Band {
    Band {
        low: from.low + (to.low - from.low) * share,
        high: from.high + (to.high - from.high) * share,
    }
}

/// Figures are typed with a decimal or two: what differs by less than a
/// billionth differs by the machine's arithmetic alone.
const SAME: f64 = 1e-9;

/// `value` ≥ `threshold`, but for the machine's arithmetic.
pub fn at_least(value: f64, threshold: f64) -> bool {
    value >= threshold - SAME
}

/// `value` > `threshold`, but for the machine's arithmetic.
pub fn above(value: f64, threshold: f64) -> bool {
    value > threshold + SAME
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(kpi: Kpi, run_month: i32, value: f64) -> &'static str {
        let baseline = match kpi {
            Kpi::RevenuePerEmployee => 184_000.0,
            Kpi::TaskAutomation => 9.0,
            Kpi::AwayFromDesk => 4.0,
        };
        judge(
            &Playbook::default(),
            kpi,
            run_month,
            Some(value),
            Some(baseline),
        )
        .word()
    }

    #[test]
    fn away_from_desk_is_judged_from_month_two() {
        let afd = |month, value| verdict(Kpi::AwayFromDesk, month, value);
        assert_eq!(afd(1, 40.0), "too early");
        assert_eq!(afd(2, 4.0), "behind");
        assert_eq!(afd(2, 4.1), "on track");
        assert_eq!(afd(11, 19.9), "on track");
        assert_eq!(afd(11, 20.0), "ahead");
        assert_eq!(afd(12, 19.9), "behind");
        assert_eq!(afd(12, 20.0), "on track");
        assert_eq!(afd(30, 60.0), "on track");
    }

    #[test]
    fn task_automation_is_judged_by_its_band() {
        let ta = |month, value| verdict(Kpi::TaskAutomation, month, value);
        assert_eq!(ta(1, 50.0), "too early");
        assert_eq!(ta(1, 70.1), "above cap");
        assert_eq!(ta(2, 19.9), "behind");
        assert_eq!(ta(2, 20.0), "on track");
        assert_eq!(ta(2, 45.0), "on track");
        assert_eq!(ta(2, 45.1), "ahead");
        assert_eq!(ta(4, 32.4), "behind");
        assert_eq!(ta(4, 32.5), "on track");
        assert_eq!(ta(6, 62.1), "ahead");
        assert_eq!(ta(9, 49.9), "behind");
        assert_eq!(ta(9, 50.0), "on track");
        assert_eq!(ta(12, 55.0), "on track");
        assert_eq!(ta(13, 59.9), "behind");
        assert_eq!(ta(13, 60.0), "on track");
        assert_eq!(ta(13, 70.0), "on track");
        assert_eq!(ta(13, 70.1), "above cap");
    }

    #[test]
    fn revenue_is_judged_last() {
        let rpe = |month, value| verdict(Kpi::RevenuePerEmployee, month, value);
        assert_eq!(rpe(8, 100_000.0), "too early");
        assert_eq!(rpe(9, 189_519.0), "investigate");
        assert_eq!(rpe(9, 189_520.0), "on track");
        assert_eq!(rpe(12, 189_519.0), "investigate");
        assert_eq!(rpe(12, 189_520.0), "behind");
        assert_eq!(rpe(12, 211_599.0), "behind");
        assert_eq!(rpe(12, 211_600.0), "on track");
        assert_eq!(rpe(12, 248_400.0), "on track");
        assert_eq!(rpe(12, 248_401.0), "ahead");
    }

    #[test]
    fn what_is_not_reported_is_not_judged() {
        let playbook = Playbook::default();
        for kpi in Kpi::ALL {
            assert_eq!(
                judge(&playbook, kpi, 12, None, Some(1.0)),
                Verdict::NotReported
            );
        }
        assert_eq!(
            judge(&playbook, Kpi::RevenuePerEmployee, 9, Some(1.0), None),
            Verdict::NotReported
        );
        assert_eq!(
            judge(&playbook, Kpi::AwayFromDesk, 5, Some(1.0), None),
            Verdict::NotReported
        );
    }
}
