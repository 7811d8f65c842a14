//! A small engagement whose quarters are told to a board, and their memos.

#![allow(dead_code, reason = "each test program uses its own part of this")]

use std::fs;
use std::path::Path;

use quarterdeck::diagnostic::Report;
use quarterdeck::engagement::Engagement;
use quarterdeck::insight::board::{self, BoardView};
use quarterdeck::site::memo::{Freezing, Memo, memo};
use quarterdeck::site::theme::Theme;
use quarterdeck::source::document::snapshot::FactsFile;

const ENGAGEMENT: &str = "firm: Harbour Street Dental
currency: GBP
phases: { fit-check: 2025-09-15, blueprint: 2025-10-06, build: 2025-11-03, run: 2026-01-05 }
seats: { ceo: { title: Managing partner }, coo: { title: Practice manager }, consultant: { title: Consultant } }
";
const FIT_CHECK: &str = "version: 1\nbaseline: { revenue_per_employee: 70000, task_automation: 8, away_from_desk: 3 }\n";

/// What each month reports, and what its session says.
const MONTHS: [(&str, &str, &str); 6] = [
    (
        "2026-01",
        "kpis: { revenue_per_employee: 71200, task_automation: 21.5, away_from_desk: 5.0 }",
        "closing: { paying_for_itself: no }",
    ),
    (
        "2026-02",
        "kpis: { revenue_per_employee: 71400, task_automation: 30, away_from_desk: 6 }",
        "closing: { paying_for_itself: unclear }",
    ),
    (
        "2026-03",
        "kpis: { revenue_per_employee: 72000, away_from_desk: 8.5 }",
        "decisions:
  - { id: intake, action: build, what: Referral letters into the diary, owner: coo, due: 2026-04-20, board: true }
  - { id: secret, action: retune, what: Nobody else’s business, owner: coo, due: 2026-04-20 }
closing: { paying_for_itself: yes, evidence: Hours }",
    ),
    (
        "2026-04",
        "kpis: { revenue_per_employee: 73000, task_automation: 44, away_from_desk: 9 }",
        "follow_up:
  - { decision: intake, outcome: done }
  - { decision: secret, outcome: done }
decisions:
  - { id: recalls, action: decommission, what: Paper recalls, owner: head-of-sales, due: 2026-05-20, board: true }
  - { id: rota, action: tighten, what: The rota’s exceptions, owner: coo, due: 2026-05-20, board: true }
headroom:
  - { id: surgery, bet: A second surgery, kind: market, status: exploring, board: true }
closing: { paying_for_itself: yes, evidence: Hours }",
    ),
    (
        "2026-05",
        "kpis: { revenue_per_employee: 73500, task_automation: 46, away_from_desk: 15 }",
        "skipped: The partner was away",
    ),
    (
        "2026-06",
        "kpis: { revenue_per_employee: 74900, task_automation: 48 }\nprovisional: [revenue_per_employee]",
        "follow_up:
  - { decision: recalls, outcome: dropped, reason: No time }
  - { decision: rota, outcome: slipped, due: 2026-07-20 }
decisions:
  - { id: late, action: build, what: The late one, owner: ceo, due: 2026-06-29, board: true }
closing: { paying_for_itself: yes, evidence: Hours }",
    ),
];

const BOARD_Q1: &str = "programme:
  end-state: Out by noon on Fridays
  current-state: Letters take two days
  path: Automate intake first
  decision-brief: Ninety days, one builder
  plan: Intake by March, recalls by June
risks:
  - { id: staff, risk: One person knows the rota, level: medium, owner: coo, response: Write it down }
  - { id: fee, risk: The fee outruns the gain, level: high, owner: ceo, response: Monthly count }
";
const BOARD_Q2: &str = "comments: { task_automation: On its way }
bets: { surgery: A lease by autumn }
risks:
  - { id: staff, risk: One person knows the rota, level: high, owner: coo, response: A second person }
  - { id: data, risk: The old server, level: low, owner: head-of-sales, response: Moved in July }
asks:
  - topic: the second surgery
    question: Shall the firm lease the second surgery?
    options: [ Lease it, Wait ]
    recommendation: A, as the list is full.
    ask: Approve two years of rent.
";

/// The small engagement.
pub fn engagement() -> Engagement {
    let root = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = root.path().join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    fs::write(
        root.path().join("site.toml"),
        "title = \"Harbour Street\"\n",
    )
    .unwrap();
    write(
        "engagement.yaml",
        &ENGAGEMENT.replace(
            "consultant: {",
            "head-of-sales: { title: Sales }, consultant: {",
        ),
    );
    write("2025-09/fit-check.yaml", FIT_CHECK);
    for (month, kpis, session) in MONTHS {
        write(&format!("{month}/telemetry.yaml"), &format!("{kpis}\n"));
        let held = format!(
            "date: {month}-28\nattendance: [ {{ seat: ceo }}, {{ seat: coo }} ]\n{session}\n"
        );
        let text = if session.starts_with("skipped") {
            session
        } else {
            &held
        };
        write(&format!("{month}/leadership.yaml"), text);
    }
    write("2026-03/board.yaml", BOARD_Q1);
    write("2026-06/board.yaml", BOARD_Q2);
    read(root.path())
}

/// The repository's own sample.
pub fn sample() -> Engagement {
    read(Path::new(env!("CARGO_MANIFEST_DIR")))
}

fn read(root: &Path) -> Engagement {
    let mut report = Report::default();
    let documents = quarterdeck::source::read(root, &mut report).unwrap();
    let engagement = quarterdeck::engagement::check(documents, None, &mut report);
    assert!(!report.has_errors(), "{}", report.render(false));
    engagement.unwrap()
}

/// What the board may see of a quarter.
pub fn view(engagement: &Engagement, quarter: &str) -> BoardView {
    board::view(engagement, quarter.parse().unwrap())
}

/// Frozen a month after the quarter.
pub fn freezing(view: &BoardView) -> Freezing {
    Freezing {
        date: view.quarter.last().plus(1).last_day(),
        commit: Some("9c1e07b4d2aa31f00e1d5f6f2c3b4a5968778695".to_owned()),
        uncommitted: false,
    }
}

/// The memo, in the default theme.
pub fn frozen(view: &BoardView) -> Memo {
    frozen_as(view, &freezing(view))
}

/// The memo of an act of freezing.
pub fn frozen_as(view: &BoardView, freezing: &Freezing) -> Memo {
    let theme = Theme::new(
        &quarterdeck::source::theme::OwnTheme::default(),
        &mut Report::default(),
    )
    .unwrap();
    memo(view, freezing, &theme).unwrap()
}

/// A memo's page as text.
pub fn html(memo: &Memo) -> String {
    String::from_utf8(memo.html.clone()).unwrap()
}

/// A memo's facts.
pub fn facts(memo: &Memo) -> FactsFile {
    serde_json::from_slice(&memo.facts).unwrap()
}
