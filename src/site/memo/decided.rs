//! What sessions decided and what they bet on, as far as it is the board's.

use super::view::{BetRow, DecisionRow, Rows};
use crate::insight::backlog::Standing;
use crate::insight::board::{BoardDecision, BoardView};
use crate::site::figure::{self, NOT_REPORTED};
use crate::site::page::label;
use crate::site::page::view::{Shape, Status, Tone};
use crate::source::month::Month;
use crate::source::quarter::Quarter;

/// Decisions, and what became of them.
pub(super) fn decisions(view: &BoardView) -> Rows<DecisionRow> {
    Rows {
        rows: view
            .decisions
            .iter()
            .map(|decision| DecisionRow {
                month: month(decision.month, view.quarter),
                action: label::action(decision.action),
                what: decision.what.clone(),
                owner: label::seat(&decision.owner),
                outcome: outcome(decision, view.quarter),
            })
            .collect(),
        none: "No decision for the board was made this quarter, and none was open.",
    }
}

/// A month's short name, with its year where it isn't the quarter's.
fn month(month: Month, quarter: Quarter) -> String {
    if month.year() == quarter.year() {
        figure::short_month_name(month).to_owned()
    } else {
        // The column is narrow: the year may go below.
        format!("{} {}", figure::short_month_name(month), month.year())
    }
}

/// What had become of a decision at the quarter's end.
fn outcome(decision: &BoardDecision, quarter: Quarter) -> Status {
    let due = if Month::of(decision.due).year() == quarter.year() {
        figure::day_and_month(decision.due)
    } else {
        figure::day(decision.due)
    };
    let day_after = decision.due.succ_opt().unwrap_or(decision.due);
    let past = Month::of(day_after) <= quarter.last();
    match decision.standing {
        Standing::Done(month) => Status::new(
            Tone::Good,
            Shape::Dot,
            format!("Done in {}", figure::month_name(month)),
        ),
        Standing::Dropped(month) => Status::new(
            Tone::Neutral,
            Shape::Cross,
            format!("Dropped in {}", figure::month_name(month)),
        ),
        Standing::Open | Standing::Slipped if past => {
            Status::new(Tone::Warn, Shape::Down, format!("Late, was due {due}"))
        }
        Standing::Open => Status::new(Tone::Neutral, Shape::Ring, format!("Open, due {due}")),
        Standing::Slipped => Status::new(Tone::Neutral, Shape::Ring, format!("Slipped, due {due}")),
    }
}

/// The headroom bets.
pub(super) fn bets(view: &BoardView) -> Rows<BetRow> {
    Rows {
        rows: view
            .bets
            .iter()
            .map(|bet| BetRow {
                bet: bet.bet.clone(),
                kind: label::bet_kind(bet.kind),
                state: label::bet_status(bet.status),
                needs: bet.needs.clone().unwrap_or_else(|| NOT_REPORTED.to_owned()),
            })
            .collect(),
        none: "No headroom bet for the board was talked about this quarter.",
    }
}
