//! What a KPI's page says.

use super::{Sentence, first};
use crate::engagement::firm::Firm;
use crate::engagement::kpi::Kpi;
use crate::insight::series::{Point, Series};
use crate::insight::verdict::{Verdict, at_least, target_band};
use crate::site::figure;

/// What a KPI's headline speaks of: its figure in one month.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) firm: &'a Firm,
    pub(super) series: &'a Series,
    pub(super) point: &'a Point,
}

/// Where the figure stands.
pub fn kpi(firm: &Firm, series: &Series, point: &Point) -> String {
    let about = About {
        firm,
        series,
        point,
    };
    first(&sentences(), about).map_or_else(|| series.kpi.name().to_owned(), |(_, says)| says)
}

/// The sentences in the order in which they are tried.
pub(super) fn sentences<'a>() -> [Sentence<About<'a>>; 12] {
    [
        Sentence {
            name: "never-reported",
            says: never_reported,
        },
        Sentence {
            name: "not-reported",
            says: not_reported,
        },
        Sentence {
            name: "before-run",
            says: before_run,
        },
        Sentence {
            name: "no-baseline",
            says: no_baseline,
        },
        Sentence {
            name: "too-early",
            says: too_early,
        },
        Sentence {
            name: "above-cap",
            says: above_cap,
        },
        Sentence {
            name: "hardly-moved",
            says: hardly_moved,
        },
        Sentence {
            name: "band-held",
            says: band_held,
        },
        Sentence {
            name: "band-entered",
            says: band_entered,
        },
        Sentence {
            name: "over-baseline",
            says: over_baseline,
        },
        Sentence {
            name: "hours-out",
            says: hours_out,
        },
        Sentence {
            name: "stage",
            says: stage,
        },
    ]
}

impl<'a> About<'a> {
    fn name(self) -> &'static str {
        self.series.kpi.name()
    }

    /// The figure with its unit, if it was reported.
    fn shown(self) -> Option<String> {
        let value = self.point.value?;
        Some(figure::kpi(self.series.kpi, value, &self.firm.currency))
    }

    fn judged(self, verdict: Verdict) -> bool {
        self.point.verdict == Some(verdict)
    }

    /// The last month before this one that reported. A month knows nothing of
    /// those after it.
    fn earlier(self) -> Option<&'a Point> {
        let before = self.series.points.range(..self.point.month).rev();
        before
            .map(|(_, point)| point)
            .find(|point| point.value.is_some())
    }

    /// `on track for month 15`.
    fn by_stage(self) -> String {
        let month = self.point.run_month.unwrap_or_default();
        match self.point.verdict {
            Some(Verdict::Behind) => format!("behind what month {month} leads one to expect"),
            Some(Verdict::Ahead) => format!("ahead of what month {month} leads one to expect"),
            _ => format!("on track for month {month}"),
        }
    }

    /// Months up to this one, in a row, in the target band.
    fn months_in_band(self) -> usize {
        let target = target_band(&self.firm.playbook);
        let inside = |value: f64| at_least(value, target.low) && at_least(target.high, value);
        let months = self.series.points.range(..=self.point.month).rev();
        months
            .take_while(|(_, point)| point.value.is_some_and(inside))
            .count()
    }

    fn band(self) -> String {
        let target = target_band(&self.firm.playbook);
        format!("{}\u{a0}%", figure::range(target.low, target.high))
    }
}

fn never_reported(about: About<'_>) -> Option<String> {
    let never = about.point.value.is_none() && about.earlier().is_none();
    never.then(|| format!("{} has not been reported yet.", about.name()))
}

fn not_reported(about: About<'_>) -> Option<String> {
    let earlier = about.earlier().filter(|_| about.point.value.is_none())?;
    Some(format!(
        "{} did not report {}; {} was the last month that did.",
        figure::month_name(about.point.month),
        about.name().to_lowercase(),
        figure::month(earlier.month)
    ))
}

fn before_run(about: About<'_>) -> Option<String> {
    about
        .point
        .verdict
        .is_none()
        .then(|| format!("{} is not judged before Run.", about.name()))
}

fn no_baseline(about: About<'_>) -> Option<String> {
    let shown = about
        .shown()
        .filter(|_| about.judged(Verdict::NotReported))?;
    Some(format!(
        "{} stands at {shown}. Without a Fit Check baseline it can’t be judged.",
        about.name()
    ))
}

fn too_early(about: About<'_>) -> Option<String> {
    let shown = about.shown().filter(|_| about.judged(Verdict::TooEarly))?;
    let month = about.point.run_month?;
    Some(format!(
        "{} stands at {shown}. In month {month} of Run it is too early to judge.",
        about.name()
    ))
}

fn above_cap(about: About<'_>) -> Option<String> {
    let shown = about.shown().filter(|_| about.judged(Verdict::AboveCap))?;
    Some(format!(
        "{} is above its cap at {shown}. Prune before you add.",
        about.name()
    ))
}

fn hardly_moved(about: About<'_>) -> Option<String> {
    let grown = about
        .point
        .on_baseline
        .filter(|_| about.judged(Verdict::Investigate))?;
    let change = figure::on_baseline(about.series.kpi, grown);
    Some(format!(
        "{} has not moved as it should: {change} on the baseline.",
        about.name()
    ))
}

fn band_held(about: About<'_>) -> Option<String> {
    let months = about.months_in_band();
    let held = about.series.kpi == Kpi::TaskAutomation && months >= 2;
    held.then(|| {
        format!(
            "Task automation has held its target band of {} for {} months.",
            about.band(),
            figure::in_words(months)
        )
    })
}

fn band_entered(about: About<'_>) -> Option<String> {
    let entered = about.series.kpi == Kpi::TaskAutomation && about.months_in_band() == 1;
    entered.then(|| {
        let month = figure::month_name(about.point.month);
        format!(
            "Task automation entered its target band of {} in {month}.",
            about.band()
        )
    })
}

fn over_baseline(about: About<'_>) -> Option<String> {
    let grown = about
        .point
        .on_baseline
        .filter(|_| about.series.kpi == Kpi::RevenuePerEmployee)?;
    let way = if grown < 0.0 { "under" } else { "over" };
    Some(format!(
        "Revenue per employee is {} {way} the baseline, {}.",
        figure::percent(grown.abs()),
        about.by_stage()
    ))
}

fn hours_out(about: About<'_>) -> Option<String> {
    let hours = about
        .point
        .value
        .filter(|_| about.series.kpi == Kpi::AwayFromDesk)?;
    Some(format!(
        "The CEO can be fully out for {} hours a month, {}.",
        figure::decimal(hours, 1),
        about.by_stage()
    ))
}

fn stage(about: About<'_>) -> Option<String> {
    Some(format!(
        "{} is at {}, {}.",
        about.name(),
        about.shown()?,
        about.by_stage()
    ))
}
