//! The frozen quarters, for leadership: what the board has read, and what was
//! restated since.

use std::collections::BTreeSet;

use super::frame::{Context, Opening, frame, period};
use super::view::board::{
    BoardPage, FrozenRow, FrozenTable, NextQuarter, RestatedRow, RestatedTable,
};
use super::view::{Link, Shape, Status, Tone};
use super::{headline, label, restated};
use crate::engagement::kpi::Kpi;
use crate::engagement::snapshot::{Figure, Snapshot};
use crate::insight::progress::SessionState;
use crate::insight::restated::Restated;
use crate::insight::verdict::Verdict;
use crate::site::figure::{self, NOT_REPORTED};
use crate::site::route::Route;
use crate::source::SnapshotFile;
use crate::source::document::snapshot::MeasureFact;
use crate::source::quarter::Quarter;

/// How much the board has read, and how much of it was restated.
pub fn headline(context: Context<'_>) -> String {
    headline::board(context.snapshots().len(), restated_figures(context))
}

fn restated_figures(context: Context<'_>) -> usize {
    let restated = context.restated().iter();
    let figures: BTreeSet<Figure> = restated.map(|restated| restated.figure).collect();
    figures.len()
}

/// The view.
pub fn page(context: Context<'_>) -> BoardPage {
    let route = Route::Board;
    let opening = Opening {
        title: "Board".to_owned(),
        strip: period(context, None),
        headline: headline(context),
        deck: None,
    };
    BoardPage {
        frame: frame(context, &route, opening),
        next: next(context),
        frozen: frozen(context, &route),
        restated: restatements(context, &route, restated_figures(context)),
    }
}

fn frozen(context: Context<'_>, route: &Route) -> Option<FrozenTable> {
    let snapshots = context.snapshots();
    let rows = snapshots.values().rev();
    (!snapshots.is_empty()).then(|| FrozenTable {
        title: "What the board has read".to_owned(),
        note: Some("As frozen: a memo and its figures never change".to_owned()),
        kpis: Kpi::ALL.map(|kpi| kpi.name().to_owned()).into(),
        rows: rows.map(|snapshot| row(snapshot, route)).collect(),
    })
}

fn row(snapshot: &Snapshot, route: &Route) -> FrozenRow {
    let commit = snapshot.manifest.commit.as_deref();
    let facts = Route::Frozen(snapshot.folder(), SnapshotFile::Facts);
    FrozenRow {
        quarter: figure::quarter(snapshot.quarter),
        frozen: figure::short_day(snapshot.frozen),
        verdicts: snapshot.facts.measures.iter().map(verdict).collect(),
        id: snapshot.short_id().to_owned(),
        commit: commit.map_or(NOT_REPORTED, short).to_owned(),
        uncommitted: snapshot.manifest.uncommitted,
        memo: Link {
            label: "Memo".to_owned(),
            href: memo(snapshot, route),
        },
        facts: Link {
            label: "facts.json".to_owned(),
            href: facts.href(route),
        },
    }
}

/// A commit's name as short as git shows it.
fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}

fn memo(snapshot: &Snapshot, route: &Route) -> String {
    Route::Frozen(snapshot.folder(), SnapshotFile::Memo).href(route)
}

/// A verdict as the memo shows it, in that version's words.
fn verdict(measure: &MeasureFact) -> Status {
    Verdict::of_word(&measure.status).map_or_else(
        || {
            let word = figure::capital(&measure.status);
            Status::new(Tone::Neutral, Shape::Dash, word)
        },
        label::verdict,
    )
}

/// The quarters that are over and not frozen, later than the last that is:
/// the oldest comes first, so that each memo can name the one before.
fn next(context: Context<'_>) -> Option<NextQuarter> {
    let snapshots = context.snapshots();
    let last = context.last_month()?;
    let first = snapshots.keys().next_back().map_or_else(
        || Quarter::of(context.first_month().unwrap_or(last)),
        |frozen| Quarter::of(frozen.last().plus(1)),
    );
    let mut over = Vec::new();
    let mut quarter = first;
    while quarter <= Quarter::of(last) && is_over(context, quarter) {
        over.push(quarter);
        quarter = Quarter::of(quarter.last().plus(1));
    }
    let (oldest, newest) = (over.first()?, over.last()?);
    let text = if over.len() == 1 {
        format!(
            "{} is over and can be frozen with",
            figure::quarter(*oldest)
        )
    } else {
        format!(
            "{} to {} are over and can be frozen, the oldest first, with",
            figure::quarter(*oldest),
            figure::quarter(*newest)
        )
    };
    Some(NextQuarter {
        text,
        command: format!("quarterdeck snapshot {oldest}"),
    })
}

fn is_over(context: Context<'_>, quarter: Quarter) -> bool {
    let mut months = quarter.months().into_iter();
    let awaits = months.any(|month| context.session_state(month) == SessionState::Awaiting);
    context.as_of() > quarter.last().last_day() && !awaits
}

fn restatements(context: Context<'_>, route: &Route, figures: usize) -> Option<RestatedTable> {
    let restated = context.restated();
    (!restated.is_empty()).then(|| RestatedTable {
        title: format!(
            "{} after the board read it",
            figure::capital(&figure::counted(
                figures,
                "figure restated",
                "figures restated"
            ))
        ),
        note: Some("The memos stay as they were".to_owned()),
        rows: restated
            .iter()
            .rev()
            .map(|restated| restatement(context, restated, route))
            .collect(),
    })
}

fn restatement(context: Context<'_>, of: &Restated, route: &Route) -> RestatedRow {
    let (measure, month) = match of.figure {
        Figure::Baseline(kpi) => (kpi.name(), "Baseline".to_owned()),
        Figure::Value(kpi, month) => (kpi.name(), figure::short_month(month)),
        Figure::Answer(month) => ("Closing answer", figure::short_month(month)),
    };
    let link = |quarter: Quarter| {
        let snapshot = context.snapshots().get(&quarter)?;
        Some(Link {
            label: figure::quarter(quarter),
            href: memo(snapshot, route),
        })
    };
    RestatedRow {
        measure: measure.to_owned(),
        month,
        was: restated::reading(context, of.figure, of.was),
        now: restated::reading(context, of.figure, of.now),
        because: figure::sentence(&figure::capital(&of.reason)),
        date: figure::short_day(of.date),
        memo: link(of.memo),
        listed: of.listed.and_then(link),
    }
}
