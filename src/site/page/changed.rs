//! What changed since the last session that was held.

use super::frame::Context;
use super::view::overview::{Changed as ChangedView, ChangedRow};
use super::view::{Shape, Status, Tone};
use super::{restated, signal};
use crate::engagement::kpi::Kpi;
use crate::insight::backlog::Standing;
use crate::insight::changed::{Changed, Closed, Move};
use crate::insight::signal::{Code, Signal, Tone as Meant};
use crate::insight::verdict::at_least;
use crate::site::figure;

/// The changes as a list; none if nothing changed.
pub fn list(context: Context<'_>, changed: &Changed, note: Option<String>) -> Option<ChangedView> {
    let moves = Kpi::ALL
        .into_iter()
        .filter_map(|kpi| moved(context, changed, changed.kpis.get(kpi)));
    let appeared = changed
        .appeared
        .iter()
        // What moved is told by its figures, and that nothing fired by silence.
        .filter(|found| !matches!(found.code, Code::AfdMoved | Code::Quiet))
        .map(|found| {
            let words = signal::note(context, changed.month, found);
            row(
                words.tone,
                words.shape,
                "New signal",
                &words.title,
                words.text,
            )
        });
    let cleared = changed
        .cleared
        .iter()
        .filter(|found| !matches!(found.code, Code::AfdMoved | Code::Quiet))
        .map(|found| {
            let words = signal::note(context, changed.since, found);
            let tone = if found.tone == Meant::Warning {
                Tone::Good
            } else {
                Tone::Neutral
            };
            row(
                tone,
                Shape::Dot,
                "Cleared",
                &words.title,
                no_longer(context, found),
            )
        });
    let closed = changed.closed.iter().map(closed);
    let restated = changed.restated.iter().map(|restated| ChangedRow {
        status: Status::new(Tone::Warn, Shape::Diamond, "Restated"),
        lead: format!("{}:", restated::name(context, restated.figure)),
        text: restated::was_now(context, restated),
    });
    let rows: Vec<ChangedRow> = moves
        .chain(appeared)
        .chain(cleared)
        .chain(closed)
        .chain(restated)
        .collect();
    (!rows.is_empty()).then(|| ChangedView {
        title: format!(
            "Changed since the {} session",
            figure::month_name(changed.since)
        ),
        note,
        rows,
    })
}

/// Of late work there may be several, and the title names none of them.
fn no_longer(context: Context<'_>, found: &Signal) -> String {
    if found.code == Code::BuildSlipping {
        let late = figure::capital(&signal::subject(context, found));
        return format!("{late}: no longer so.");
    }
    "No longer so.".to_owned()
}

fn row(tone: Tone, shape: Shape, word: &str, lead: &str, text: String) -> ChangedRow {
    ChangedRow {
        status: Status::new(tone, shape, word),
        lead: figure::sentence(lead),
        text,
    }
}

/// A KPI that differs from what it was; none if either wasn't reported.
fn moved(context: Context<'_>, changed: &Changed, moved: &Move) -> Option<ChangedRow> {
    let currency = &context.firm().currency;
    let (value, before, change) = (moved.value?, moved.before?, moved.change?);
    let decimals = figure::decimals(moved.kpi);
    if figure::round(change, decimals) == 0.0 {
        return None;
    }
    let threshold = context.firm().playbook.away_from_desk_moved;
    let far = moved.kpi == Kpi::AwayFromDesk
        && moved
            .percent
            .is_some_and(|percent| at_least(percent.abs(), threshold));
    let (tone, shape) = match (far, change < 0.0) {
        (true, true) => (Tone::Warn, Shape::Down),
        (true, false) => (Tone::Good, Shape::Up),
        (false, true) => (Tone::Neutral, Shape::Down),
        (false, false) => (Tone::Neutral, Shape::Up),
    };
    let difference = match (moved.kpi, moved.percent) {
        (Kpi::RevenuePerEmployee | Kpi::AwayFromDesk, Some(percent)) => {
            figure::signed_percent(percent)
        }
        _ => figure::kpi_change(moved.kpi, change),
    };
    Some(ChangedRow {
        status: Status::new(tone, shape, "Moved"),
        lead: format!(
            "{}, {}:",
            moved.kpi.name(),
            figure::month_name(changed.month)
        ),
        text: format!(
            "{}, after {} in {}, {difference}",
            figure::kpi(moved.kpi, value, currency),
            figure::kpi(moved.kpi, before, currency),
            figure::month_name(changed.since)
        ),
    })
}

fn closed(closed: &Closed) -> ChangedRow {
    let status = match closed.standing {
        Standing::Dropped(_) => Status::new(Tone::Neutral, Shape::Cross, "Dropped"),
        _ => Status::new(Tone::Good, Shape::Dot, "Done"),
    };
    ChangedRow {
        status,
        lead: figure::sentence(&closed.what),
        text: String::new(),
    }
}
