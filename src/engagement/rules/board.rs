//! What the board is told fits the engagement: risks told apart, owners that
//! are seats, bets that the board may see, and the programme told once.

use std::collections::BTreeMap;

use super::{Doubt, seat_known};
use crate::diagnostic::{Diagnostic, Report, Span, Spanned};
use crate::engagement::Engagement;
use crate::engagement::board::BoardQuarter;
use crate::engagement::firm::{Phase, unknown_name};
use crate::engagement::session::Bet;
use crate::source::quarter::Quarter;

pub(super) fn check(engagement: &Engagement, doubt: &Doubt, report: &mut Report) {
    for told in engagement.board.values() {
        risks_once(told, report);
        if !doubt.seats {
            let owners = told.risks.iter().map(|risk| &risk.owner);
            seat_known::unknown(engagement, owners, report);
        }
        let months = told.quarter.months();
        let unsure = months.iter().any(|month| doubt.sessions.contains(month));
        if !unsure && !doubt.month_lost {
            bets_shown(engagement, told, report);
        }
    }
    if doubt.board.is_empty() && !doubt.snapshots {
        programme_untold(engagement, report);
    }
    programme_again(engagement, report);
}

/// A risk's movement follows from its id: two of one id can't be told apart.
fn risks_once(told: &BoardQuarter, report: &mut Report) {
    let mut seen: BTreeMap<&str, &Span> = BTreeMap::new();
    for risk in &told.risks {
        let Spanned { value: id, span } = &risk.id;
        if let Some(first) = seen.insert(id, span) {
            report.push(
                Diagnostic::error(
                    "duplicate-risk",
                    format!("{} lists the risk `{id}` twice", told.quarter),
                )
                .at(span, "again here")
                .see(first, "first here")
                .help("each risk has an id of its own, the same each quarter; keep one of the two or rename it"),
            );
        }
    }
}

/// What a bet needs is told only of bets that the board may see.
fn bets_shown(engagement: &Engagement, told: &BoardQuarter, report: &mut Report) {
    let bets = last_talked_about(engagement, told.quarter);
    let shown: Vec<&str> = bets
        .values()
        .filter(|bet| bet.board)
        .map(|bet| &*bet.id.value)
        .collect();
    for (id, _) in &told.needs {
        match bets.get(&*id.value) {
            Some(bet) if bet.board => {}
            Some(bet) => report.push(not_for_the_board(id, bet)),
            None if shown.is_empty() => report.push(
                Diagnostic::error("unknown-bet", no_such_bet(&id.value, told.quarter))
                    .at(&id.span, "")
                    .help("no bet of its sessions is marked `board: true`; mark the one that is meant, or remove this"),
            ),
            None => report.push(unknown_name(
                "unknown-bet",
                &format!("a headroom bet of {}", told.quarter),
                &id.value,
                &id.span,
                &shown,
            )),
        }
    }
}

fn no_such_bet(id: &str, quarter: Quarter) -> String {
    format!("`{id}` is not a headroom bet of {quarter}")
}

fn not_for_the_board(id: &Spanned<String>, bet: &Bet) -> Diagnostic {
    let name = &id.value;
    Diagnostic::error(
        "bet-not-for-the-board",
        format!("the bet `{name}` is not marked for the board"),
    )
    .at(&id.span, "told to the board here")
    .see(&bet.id.span, "talked about last here, without `board: true`")
    .help("a bet is private unless it is marked: add `board: true` to it if the board may see it, or remove this")
}

/// Each bet of a quarter as the last session that talked about it left it.
fn last_talked_about(engagement: &Engagement, quarter: Quarter) -> BTreeMap<&str, &Bet> {
    let months = quarter.months().into_iter();
    let held = months.filter_map(|month| engagement.months.get(&month)?.held());
    held.flat_map(|held| &held.bets)
        .map(|bet| (&*bet.id.value, bet))
        .collect()
}

/// The first quarter that the board is told of after the programme says what
/// the programme decided. One that is frozen already can't any more.
fn programme_untold(engagement: &Engagement, report: &mut Report) {
    let phases = &engagement.firm.phases;
    let over = [Phase::Build, Phase::Run]
        .into_iter()
        .filter_map(|phase| phases.start(phase))
        .min();
    let (Some(_), Some(over)) = (phases.start(Phase::Blueprint), over) else {
        return;
    };
    let quarters = engagement.board.keys().chain(engagement.snapshots.keys());
    let first = quarters
        .filter(|quarter| quarter.last().last_day() >= over)
        .min();
    let Some(told) = first
        .filter(|quarter| !engagement.snapshots.contains_key(quarter))
        .and_then(|quarter| engagement.board.get(quarter))
    else {
        return;
    };
    let earlier = engagement.board.range(..told.quarter);
    if told.programme.is_some()
        || earlier
            .into_iter()
            .any(|(_, told)| told.programme.is_some())
    {
        return;
    }
    report.push(
        Diagnostic::warning(
            "programme-untold",
            format!(
                "{} is the board's first quarter after the programme, and doesn't say what the programme decided",
                told.quarter
            ),
        )
        .at(&told.span, "")
        .help(format!(
            "add to content/{}/board.yaml: `programme: {{ end-state: \"…\", current-state: \"…\", path: \"…\", decision-brief: \"…\", plan: \"…\" }}`",
            told.quarter.last()
        )),
    );
}

/// The programme is told once: a memo that tells it again has less room for
/// its own quarter.
fn programme_again(engagement: &Engagement, report: &mut Report) {
    let mut telling = engagement
        .board
        .values()
        .filter(|told| told.programme.is_some());
    let Some(first) = telling.next() else { return };
    for again in telling {
        report.push(
            Diagnostic::warning(
                "programme-told-again",
                format!(
                    "{} tells the board of the programme, which {} did already",
                    again.quarter, first.quarter
                ),
            )
            .at(&again.span, "")
            .help(
                "`programme` belongs in the first memo after the programme alone; remove it here",
            ),
        );
    }
}
