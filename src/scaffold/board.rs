//! `board.yaml` and `board.md` of a quarter: what its memo says beside the
//! figures.

use std::collections::BTreeMap;

use super::NewFile;
use super::modeline::modeline;
use super::written::{action, item, remark, risk_level, scalar};
use crate::engagement::Engagement;
use crate::engagement::board::BoardQuarter;
use crate::engagement::session::Bet;
use crate::insight::Insights;
use crate::source::quarter::Quarter;

/// What the board is told of a quarter: the risks of the last memo by id with
/// their level blank, what each bet needs that the board may see, and as
/// comments what was asked and decided.
pub fn board(engagement: &Engagement, quarter: Quarter) -> [NewFile; 2] {
    let path = format!("content/{}/board.yaml", quarter.last());
    let past = engagement.until(quarter.last());
    let former = past
        .board
        .range(..quarter)
        .next_back()
        .map(|(_, told)| told);
    let mut text = modeline("board", &path);
    text.push_str(&format!(
        "
# What the board's memo of {quarter} says beside the figures. Fill in what is
# blank; what isn't needed goes.
# headline: \"The quarter in a sentence; derived if left out\"

# A few words on each KPI.
# comments:
#   revenue_per_employee: \"Two posts open\"
#   task_automation: \"In its band since July\"
#   away_from_desk: \"Highest so far\"
"
    ));
    text.push_str(&decided(&past, quarter));
    text.push_str(&bets(&past, quarter));
    text.push_str(&risks(&past, former));
    text.push_str(&asks(former));
    text.push_str(&programme(&past));
    let summary = "[//]: # (The quarter in one to three paragraphs, below this line, which is not shown. No headings, links or images: it is read on paper.)\n";
    [
        NewFile::new(path, text),
        NewFile::new(format!("content/{}/board.md", quarter.last()), summary),
    ]
}

/// The decisions that the board sees without being told again.
fn decided(past: &Engagement, quarter: Quarter) -> String {
    let backlog = Insights::of(past).backlog;
    let shown = backlog.decisions.iter().filter(|tracked| {
        tracked.decision.board && (Quarter::of(tracked.month) == quarter || tracked.is_open())
    });
    let lines: Vec<String> = shown
        .map(|tracked| {
            let decision = &tracked.decision;
            let state = if tracked.is_open() { ", open" } else { "" };
            format!(
                "#   {}: {} ({}, {}{state})\n",
                tracked.month,
                remark(&decision.what),
                action(decision.action),
                decision.owner.value
            )
        })
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    format!(
        "\n# The memo shows these decisions, as they are marked `board: true`:\n{}",
        lines.concat()
    )
}

/// What each bet of the quarter needs that is marked for the board.
fn bets(past: &Engagement, quarter: Quarter) -> String {
    let mut last: BTreeMap<&str, &Bet> = BTreeMap::new();
    let months = quarter.months().into_iter();
    let held = months.filter_map(|month| past.months.get(&month)?.held());
    for bet in held.flat_map(|held| &held.bets) {
        last.insert(&bet.id.value, bet);
    }
    let shown: Vec<String> = last
        .values()
        .filter(|bet| bet.board)
        .map(|bet| format!("  # {}\n  {}:\n", remark(&bet.bet), scalar(&bet.id.value)))
        .collect();
    if shown.is_empty() {
        return String::new();
    }
    format!(
        "\n# What each headroom bet needs that the board may see.\nbets:\n{}",
        shown.concat()
    )
}

fn risks(past: &Engagement, former: Option<&BoardQuarter>) -> String {
    let carried = former.map(|told| &*told.risks).unwrap_or_default();
    if carried.is_empty() {
        let owner = past.firm.seats.keys().next();
        let owner = owner.map_or_else(|| "coo".to_owned(), |id| scalar(id));
        return format!(
            "
# Risks. The same id each quarter: its movement follows from its level.
risks: []
#   - {{ id: night-cover, risk: \"Peak season rests on one person\", level: high, owner: {owner}, response: \"A second one is trained\" }}
"
        );
    }
    let from = former
        .map(|told| told.quarter.to_string())
        .unwrap_or_default();
    let mut text = format!(
        "
# The risks of {from}; their movement follows from the new level: low, medium or
# high. One that is over goes.
risks:
"
    );
    for risk in carried {
        let fields = [
            ("id", Some(scalar(&risk.id.value))),
            ("risk", Some(scalar(&risk.risk))),
            ("level", None),
            ("owner", Some(scalar(&risk.owner.value))),
            ("response", Some(scalar(&risk.response))),
        ];
        text.push_str(&format!(
            "  # Was {}.\n  {}\n",
            risk_level(risk.level),
            item(fields)
        ));
    }
    text
}

fn asks(former: Option<&BoardQuarter>) -> String {
    let mut text = String::from("\n# What the board is asked to decide: at least two options.\n");
    if let Some(told) = former {
        for ask in &told.asks {
            text.push_str(&format!(
                "# Asked in {}: {}\n",
                told.quarter,
                remark(&ask.question)
            ));
        }
    }
    text.push_str(
        "# asks:
#   - topic: cold chain
#     question: \"Shall the firm pilot a cold-chain line?\"
#     options: [\"Pilot now\", \"Wait until spring\"]
#     recommendation: \"A. The desk has the hours.\"
#     ask: \"Approve the cover, and a loss limit.\"
",
    );
    text
}

/// What the programme decided, for the first memo after it.
fn programme(past: &Engagement) -> String {
    let told = past.board.values().any(|told| told.programme.is_some());
    if told || past.programme.is_empty() || !past.snapshots.is_empty() {
        return String::new();
    }
    "
# For the first memo after the programme: what it decided.
# programme:
#   end-state: \"What success is\"
#   current-state: \"What is true today\"
#   path: \"Which path was chosen\"
#   decision-brief: \"What was committed to\"
#   plan: \"The one operating plan\"
"
    .to_owned()
}
