//! The three measures: the table, its status words, its footnotes.

use super::view::{Marked, MeasureRow, Measures, Note};
use crate::engagement::kpi::Kpi;
use crate::engagement::snapshot::{Figure, Reading};
use crate::insight::board::{BoardView, Measure, Target};
use crate::insight::restated::Restated;
use crate::insight::series::Point;
use crate::insight::verdict::Verdict;
use crate::site::figure::{self, NOT_REPORTED};
use crate::site::page::label;
use crate::site::page::view::{Shape, Status, Tone};
use crate::source::month::Month;
use crate::source::quarter::Quarter;

/// The most quarters that are shown side by side.
const MOST_QUARTERS: i32 = 5;

/// The table.
pub(super) fn measures(view: &BoardView) -> Measures {
    let [first, _, last] = view.quarter.months();
    Measures {
        note: format!(
            "{} to {}, at the end of the quarter",
            figure::month_name(first),
            figure::month(last)
        ),
        prior: figure::quarter(view.quarter.before()),
        actual: figure::quarter(view.quarter),
        rows: Kpi::ALL
            .into_iter()
            .map(|kpi| row(view, view.measures.get(kpi)))
            .collect(),
        notes: notes(view),
    }
}

fn row(view: &BoardView, measure: &Measure) -> MeasureRow {
    let kpi = measure.kpi;
    MeasureRow {
        name: kpi.name(),
        unit: unit(view, kpi),
        prior: end_of(view, measure, view.quarter.before()),
        actual: match measure.actual {
            Some(_) => end_of(view, measure, view.quarter),
            None => Marked {
                text: "Not reported".to_owned(),
                marks: marks(view, Figure::Value(kpi, view.quarter.last()), false),
            },
        },
        absent: measure.actual.is_none(),
        target: measure
            .target
            .map_or_else(|| NOT_REPORTED.to_owned(), |aim| target(kpi, aim)),
        target_from: measure
            .target
            .and_then(|target| target.from)
            .map(|month| format!("from month\u{a0}{month}")),
        change: measure.change.map_or_else(
            || NOT_REPORTED.to_owned(),
            |change| figure::kpi_change(kpi, change),
        ),
        change_percent: measure.change_percent.map_or_else(
            || NOT_REPORTED.to_owned(),
            |percent| figure::signed(percent, 1),
        ),
        status: status(measure),
        comment: measure
            .comment
            .clone()
            .unwrap_or_else(|| comment(view, measure)),
    }
}

/// What a table's figures are measured in.
pub(super) fn unit(view: &BoardView, kpi: Kpi) -> String {
    match kpi {
        Kpi::RevenuePerEmployee => {
            let sign = view.currency.sign();
            format!("{}, annualised", sign.trim_end_matches('\u{a0}'))
        }
        Kpi::TaskAutomation => "% of repeatable work".to_owned(),
        Kpi::AwayFromDesk => "CEO hours a month".to_owned(),
    }
}

/// What is aimed at, as the verdict holds it: to one decimal where a whole
/// number would say something else.
pub(super) fn target(kpi: Kpi, target: Target) -> String {
    let whole = |value: f64| (value - value.round()).abs() < 1e-9;
    let fine =
        kpi != Kpi::RevenuePerEmployee && !(whole(target.low) && target.high.is_none_or(whole));
    let decimals = usize::from(fine);
    match target.high {
        Some(high) => figure::range_to(target.low, high, decimals),
        None => format!("from {}", figure::decimal(target.low, decimals)),
    }
}

/// Where the author says nothing: how the figure stands to the baseline.
fn comment(view: &BoardView, measure: &Measure) -> String {
    let month = figure::month_name(view.quarter.last());
    match (measure.actual, measure.on_baseline, measure.baseline) {
        (None, ..) => format!("{month} reported no figure"),
        (_, Some(grown), Some(_)) => {
            format!(
                "{} on the baseline",
                figure::on_baseline(measure.kpi, grown)
            )
        }
        _ => "No Fit Check baseline to compare with".to_owned(),
    }
}

/// How a measure is judged. What was reported but has no baseline to be held
/// against isn't called unreported.
pub(super) fn status(measure: &Measure) -> Status {
    match (measure.actual, measure.verdict) {
        (None, _) => label::verdict(Verdict::NotReported),
        (Some(_), None) => Status::new(Tone::Neutral, Shape::Dash, "Before Run"),
        (Some(_), Some(Verdict::NotReported)) => {
            Status::new(Tone::Neutral, Shape::Dash, "No baseline")
        }
        (Some(_), Some(verdict)) => label::verdict(verdict),
    }
}

/// One word for the three together: the worst of them, and never a good one
/// while a figure is missing.
pub(super) fn overall(view: &BoardView) -> Status {
    if view.run_month.is_none() {
        return Status::new(Tone::Neutral, Shape::Dash, "Before Run");
    }
    let measures = Kpi::ALL.map(|kpi| view.measures.get(kpi));
    let judged = measures.map(|measure| match measure.actual {
        Some(_) => measure.verdict.unwrap_or(Verdict::NotReported),
        None => Verdict::NotReported,
    });
    let worst = judged
        .into_iter()
        .filter(|verdict| verdict.needs_attention())
        .max();
    if let Some(worst) = worst {
        return label::verdict(worst);
    }
    let missing = judged
        .iter()
        .filter(|verdict| **verdict == Verdict::NotReported)
        .count();
    match missing {
        0 => {
            let good = judged.into_iter().filter(|verdict| verdict.is_good());
            label::verdict(good.min().unwrap_or(Verdict::TooEarly))
        }
        3 => label::verdict(Verdict::NotReported),
        _ => Status::new(Tone::Neutral, Shape::Half, "Not all judged"),
    }
}

/// The months whose values the memo shows: from the first that reported, or
/// from Run's first, to the quarter's last.
pub(super) fn shown<'a>(
    view: &BoardView,
    measure: &'a Measure,
) -> impl Iterator<Item = &'a Point> + use<'a> {
    let run = run_begins(view);
    let passed_over =
        move |point: &&Point| point.value.is_none() && run.is_none_or(|run| point.month < run);
    measure.series.iter().skip_while(passed_over)
}

/// Run's first month.
pub(super) fn run_begins(view: &BoardView) -> Option<Month> {
    view.run_month
        .map(|number| view.quarter.last().plus(1 - number))
}

/// The quarters shown side by side, oldest first; none before Run.
pub(super) fn quarters(view: &BoardView) -> Vec<Quarter> {
    let Some(run) = run_begins(view) else {
        return Vec::new();
    };
    (0..MOST_QUARTERS)
        .rev()
        .map(|back| Quarter::of(view.quarter.first().plus(-3 * back)))
        .filter(|quarter| *quarter >= Quarter::of(run))
        .collect()
}

/// A measure at the end of a quarter, with its marks; a dash if that month
/// didn't report it.
pub(super) fn end_of(view: &BoardView, measure: &Measure, quarter: Quarter) -> Marked {
    let point = point_at(measure, quarter);
    let value = point.and_then(|point| point.value);
    let provisional = point.is_some_and(|point| point.provisional) && value.is_some();
    Marked {
        text: value.map_or_else(
            || NOT_REPORTED.to_owned(),
            |value| figure::kpi_bare(measure.kpi, value),
        ),
        marks: marks(
            view,
            Figure::Value(measure.kpi, quarter.last()),
            provisional,
        ),
    }
}

/// A measure's baseline, with its mark.
pub(super) fn baseline(view: &BoardView, measure: &Measure) -> Marked {
    Marked {
        text: measure.baseline.map_or_else(
            || NOT_REPORTED.to_owned(),
            |(_, value)| figure::kpi_bare(measure.kpi, value),
        ),
        marks: marks(view, Figure::Baseline(measure.kpi), false),
    }
}

fn point_at(measure: &Measure, quarter: Quarter) -> Option<&Point> {
    let mut series = measure.series.iter();
    series.find(|point| point.month == quarter.last())
}

fn marks(view: &BoardView, figure: Figure, provisional: bool) -> String {
    let mut marks = String::new();
    if provisional {
        marks.push('p');
    }
    if is_restated(view, figure) {
        marks.push('r');
    }
    marks
}

/// Whether an earlier memo shows a figure otherwise.
pub(super) fn is_restated(view: &BoardView, figure: Figure) -> bool {
    let mut restated = view.restatements.iter();
    restated.any(|restated| restated.figure == figure)
}

/// The footnotes of every figure but the closing answers.
fn notes(view: &BoardView) -> Vec<Note> {
    let mut shown = quarters(view);
    shown.extend([view.quarter.before(), view.quarter]);
    let provisional = Kpi::ALL.into_iter().any(|kpi| {
        shown.iter().any(|quarter| {
            let point = point_at(view.measures.get(kpi), *quarter);
            point.is_some_and(|point| point.provisional && point.value.is_some())
        })
    });
    let mut notes = Vec::new();
    if provisional {
        notes.push(Note {
            mark: Some("p"),
            text: "Provisional: the figure may still change. If it does, the next memo says so."
                .to_owned(),
        });
    }
    let ends: Vec<Month> = shown.iter().map(|quarter| quarter.last()).collect();
    notes.extend(view.restatements.iter().filter_map(|restated| {
        let marked = match restated.figure {
            Figure::Answer(_) => return None,
            Figure::Baseline(_) => run_begins(view).is_some(),
            Figure::Value(_, month) => ends.contains(&month),
        };
        Some(revised(view, restated, marked))
    }));
    notes
}

/// What an earlier memo shows otherwise, and why.
pub(super) fn revised(view: &BoardView, restated: &Restated, marked: bool) -> Note {
    let (what, change) = match restated.figure {
        Figure::Baseline(kpi) => (format!("the baseline of {}", named(kpi)), None),
        Figure::Value(kpi, month) => {
            let compared = month == view.quarter.before().last();
            let change = view.measures.get(kpi).change.filter(|_| compared);
            (
                format!("{} for {}", named(kpi), figure::month(month)),
                change,
            )
        }
        Figure::Answer(month) => (
            format!("the closing answer for {}", figure::month(month)),
            None,
        ),
    };
    let kpi = match restated.figure {
        Figure::Baseline(kpi) | Figure::Value(kpi, _) => Some(kpi),
        Figure::Answer(_) => None,
    };
    let mut text = format!(
        "Revised: {what} was {} in the memo for {}, now {}, because {} That memo is unchanged.",
        reading(kpi, restated.was),
        figure::quarter(restated.memo),
        reading(kpi, restated.now),
        figure::sentence(&restated.reason)
    );
    if change.is_some() {
        text.push_str(" Δ is on the revised figure.");
    }
    Note {
        mark: marked.then_some("r"),
        text,
    }
}

/// A measure's name within a sentence.
pub(super) fn named(kpi: Kpi) -> String {
    kpi.name().to_lowercase()
}

fn reading(kpi: Option<Kpi>, reading: Reading) -> String {
    match (reading, kpi) {
        (Reading::Number(Some(value)), Some(kpi)) => figure::kpi_bare(kpi, value),
        (Reading::Number(_), _) => "not reported".to_owned(),
        (Reading::Answer(Some(answer)), _) => answer.word().to_owned(),
        (Reading::Answer(None), _) => "no session held".to_owned(),
    }
}
