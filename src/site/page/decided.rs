//! Run decisions, answers to former ones, and headroom bets, as tables.

use chrono::{Datelike, NaiveDate};

use super::frame::Context;
use super::label;
use super::view::decision::{
    BetRow, BetTable, DecisionRow, DecisionTable, FollowUpRow, FollowUpTable,
};
use super::view::{Shape, Status, Tone};
use crate::engagement::session::{Bet, FollowUp, Held};
use crate::site::figure;
use crate::source::document::{BetStatus, Outcome};
use crate::source::month::Month;

/// The id of a decision's row on the page of all decisions.
pub fn row_id(decision: &str) -> String {
    format!("decision-{decision}")
}

/// The decisions still open on the as-of date: late ones first, then by due
/// date.
pub fn open(context: Context<'_>) -> Option<DecisionTable> {
    let rows = open_rows(context);
    let late = rows.iter().filter(|row| row.late).count();
    let counted = figure::capital(&figure::counted(rows.len(), "decision", "decisions"));
    let title = match late {
        0 => format!("{counted} open"),
        late => format!("{counted} open, {} past due", figure::in_words(late)),
    };
    (!rows.is_empty()).then_some(DecisionTable {
        title,
        links: Vec::new(),
        rows,
    })
}

/// The rows of the same table.
pub fn open_rows(context: Context<'_>) -> Vec<DecisionRow> {
    let as_of = context.as_of();
    let mut open = context.open_decisions();
    open.sort_by_key(|tracked| (tracked.days_late(as_of).is_none(), tracked.due()));
    open.into_iter()
        .map(|tracked| DecisionRow {
            id: Some(row_id(&tracked.decision.id.value)),
            number: None,
            action: label::action(tracked.decision.action).to_owned(),
            what: tracked.decision.what.clone(),
            owner: label::seat(&tracked.decision.owner.value),
            due: near_day(tracked.due(), as_of),
            age: Some(figure::days(tracked.age(as_of))),
            state: Some(label::standing(tracked, as_of)),
            late: tracked.days_late(as_of).is_some(),
        })
        .collect()
}

/// A day with its year only where that isn't the reader's own.
fn near_day(date: NaiveDate, as_of: NaiveDate) -> String {
    if date.year() == as_of.year() {
        figure::short_day_and_month(date)
    } else {
        figure::short_day(date)
    }
}

/// What a session decided and where each stands now, in the author's order.
pub fn made_and_become(context: Context<'_>, held: &Held) -> Option<DecisionTable> {
    let as_of = context.as_of();
    let mut table = made(held)?;
    for (row, decision) in table.rows.iter_mut().zip(&held.decisions) {
        let tracked = context.decision(decision.id.value.clone());
        row.state = tracked.map(|tracked| label::standing(tracked, as_of));
    }
    Some(table)
}

/// What a session decided, in the author's order.
pub fn made(held: &Held) -> Option<DecisionTable> {
    let rows: Vec<DecisionRow> = held
        .decisions
        .iter()
        .enumerate()
        .map(|(at, decision)| DecisionRow {
            id: None,
            number: Some((at + 1).to_string()),
            action: label::action(decision.action).to_owned(),
            what: decision.what.clone(),
            owner: label::seat(&decision.owner.value),
            due: figure::short_day(decision.due.value),
            age: None,
            state: None,
            late: false,
        })
        .collect();
    let counted = figure::capital(&figure::counted(rows.len(), "decision", "decisions"));
    (!rows.is_empty()).then(|| DecisionTable {
        title: format!("{counted} for the next thirty days"),
        links: Vec::new(),
        rows,
    })
}

/// What became of decisions of earlier sessions, as told in this one.
pub fn answered(context: Context<'_>, month: Month, held: &Held) -> Option<FollowUpTable> {
    let mut made_in: Vec<Month> = Vec::new();
    let mut rows = Vec::new();
    for answer in &held.follow_up {
        let Some(tracked) = context.decision(answer.decision.value.clone()) else {
            continue;
        };
        made_in.push(tracked.month);
        rows.push(FollowUpRow {
            number: Some((rows.len() + 1).to_string()),
            action: label::action(tracked.decision.action).to_owned(),
            what: tracked.decision.what.clone(),
            owner: label::seat(&tracked.decision.owner.value),
            outcome: outcome(answer, month),
            reason: answer.reason.clone(),
        });
    }
    made_in.dedup();
    let title = match made_in[..] {
        [only] => format!(
            "What became of {}’s {}",
            figure::month_name(only),
            figure::in_words(rows.len())
        ),
        _ => format!(
            "What became of {}",
            figure::counted(rows.len(), "open decision", "open decisions")
        ),
    };
    (!rows.is_empty()).then_some(FollowUpTable { title, rows })
}

fn outcome(answer: &FollowUp, month: Month) -> Status {
    match (answer.outcome, answer.due) {
        (Outcome::Done, _) => Status::new(Tone::Good, Shape::Dot, "Done"),
        (Outcome::Slipped, Some(due)) => {
            let due = if due.year() == month.year() {
                figure::day_and_month(due)
            } else {
                figure::day(due)
            };
            Status::new(Tone::Warn, Shape::Down, format!("Slipped to {due}"))
        }
        (Outcome::Slipped, None) => Status::new(Tone::Warn, Shape::Down, "Slipped"),
        (Outcome::Carried, _) => Status::new(Tone::Neutral, Shape::Ring, "Carried"),
        (Outcome::Dropped, _) => Status::new(Tone::Neutral, Shape::Cross, "Dropped"),
    }
}

/// The headroom bets that a session talked about.
pub fn bets(bets: &[Bet]) -> Option<BetTable> {
    let statuses = [
        (BetStatus::Committed, "committed"),
        (BetStatus::Exploring, "explored"),
        (BetStatus::Parked, "parked"),
        (BetStatus::Declined, "declined"),
    ];
    let counted: Vec<String> = statuses
        .into_iter()
        .map(|(status, word)| (bets.iter().filter(|bet| bet.status == status).count(), word))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{} {word}", figure::in_words(count)))
        .collect();
    let noun = if bets.len() == 1 { "bet" } else { "bets" };
    let rows = bets.iter().enumerate().map(|(at, bet)| BetRow {
        number: Some((at + 1).to_string()),
        kind: label::bet_kind(bet.kind).to_owned(),
        bet: bet.bet.clone(),
        status: label::bet_status(bet.status),
    });
    (!bets.is_empty()).then(|| BetTable {
        title: figure::capital(&format!(
            "{} on headroom: {}",
            figure::counted(bets.len(), noun, noun),
            figure::list(&counted)
        )),
        rows: rows.collect(),
    })
}
