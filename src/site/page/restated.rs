//! Words for figures that a board's memo shows otherwise: what they were, and
//! why they aren't any more.

use chrono::Datelike;

use super::frame::Context;
use super::view::{Shape, Status, Tone};
use crate::engagement::kpi::Kpi;
use crate::engagement::snapshot::{Figure, Reading};
use crate::insight::restated::Restated;
use crate::site::figure;
use crate::source::month::Month;

/// A figure's name: "Revenue per employee, June", "Closing answer, May 2025",
/// "Task automation, baseline".
pub fn name(context: Context<'_>, figure: Figure) -> String {
    let month = |month: Month| {
        if month.year() == context.as_of().year() {
            figure::month_name(month).to_owned()
        } else {
            figure::month(month)
        }
    };
    match figure {
        Figure::Baseline(kpi) => format!("{}, baseline", kpi.name()),
        Figure::Value(kpi, at) => format!("{}, {}", kpi.name(), month(at)),
        Figure::Answer(at) => format!("Closing answer, {}", month(at)),
    }
}

/// A reading as it stands beside its figure's name: "203,400", "62.0 %",
/// "yes".
pub fn reading(context: Context<'_>, figure: Figure, reading: Reading) -> String {
    match (figure, reading) {
        (
            Figure::Baseline(Kpi::RevenuePerEmployee) | Figure::Value(Kpi::RevenuePerEmployee, _),
            Reading::Number(Some(value)),
        ) => figure::kpi_bare(Kpi::RevenuePerEmployee, value),
        (Figure::Baseline(kpi) | Figure::Value(kpi, _), Reading::Number(Some(value))) => {
            figure::kpi(kpi, value, &context.firm().currency)
        }
        (_, Reading::Answer(Some(answer))) => answer.word().to_owned(),
        (_, Reading::Answer(None)) => "no session".to_owned(),
        (_, Reading::Number(_)) => "not reported".to_owned(),
    }
}

/// "was 203,400, now 201,900, because two contractors count as staff".
pub fn was_now(context: Context<'_>, restated: &Restated) -> String {
    format!(
        "was {}, now {}, because {}",
        reading(context, restated.figure, restated.was),
        reading(context, restated.figure, restated.now),
        restated.reason
    )
}

/// A note on each restatement of a figure: "restated: was 203,400, because
/// two contractors count as staff".
pub fn notes(context: Context<'_>, figure: Figure) -> Vec<Status> {
    context
        .restated_of(figure)
        .into_iter()
        .map(|restated| note(format!("restated: {}", was(context, restated))))
        .collect()
}

/// The same as sentences.
pub fn sentences(context: Context<'_>, figure: Figure) -> Vec<Status> {
    context
        .restated_of(figure)
        .into_iter()
        .map(|restated| {
            let was = was(context, restated);
            note(figure::sentence(&format!("Restated: {was}")))
        })
        .collect()
}

/// A sentence on each closing answer that was restated.
pub fn answers(context: Context<'_>) -> Vec<Status> {
    let restated = context.restated().iter();
    restated
        .filter_map(|restated| {
            let Figure::Answer(month) = restated.figure else {
                return None;
            };
            let (month, was) = (figure::month(month), was(context, restated));
            Some(note(figure::sentence(&format!("{month} restated: {was}"))))
        })
        .collect()
}

/// What a table of a KPI says of its arithmetic, where a figure in it was
/// restated.
pub fn arithmetic(context: Context<'_>, kpi: Kpi) -> Option<String> {
    let mut restated = context.restated().iter();
    let any = restated.any(|restated| match restated.figure {
        Figure::Baseline(of) | Figure::Value(of, _) => of == kpi,
        Figure::Answer(_) => false,
    });
    any.then(|| "Changes, means and verdicts are worked out from the restated figures.".to_owned())
}

fn was(context: Context<'_>, restated: &Restated) -> String {
    format!(
        "was {}, because {}",
        reading(context, restated.figure, restated.was),
        restated.reason
    )
}

fn note(words: String) -> Status {
    Status::new(Tone::Warn, Shape::Diamond, words)
}
