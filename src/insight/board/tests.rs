use super::*;
use crate::insight::fixture::{Fixture, run};

fn quarter(text: &str) -> Quarter {
    text.parse().unwrap()
}

fn seen(fixture: &Fixture, of: &str) -> BoardView {
    view(&fixture.read(), quarter(of))
}

fn kpis(revenue: &str, automation: &str, away: &str) -> String {
    let field = |name: &str, value: &str| match value {
        "" => String::new(),
        value => format!("{name}: {value}, "),
    };
    format!(
        "kpis: {{ {}{}{} }}\n",
        field("revenue_per_employee", revenue),
        field("task_automation", automation),
        field("away_from_desk", away)
    )
}

/// Six months of a firm whose Run began with them.
fn two_quarters() -> Fixture {
    (1..=6).fold(Fixture::new(), |fixture, number| {
        let automation = (20 + 5 * number).to_string();
        fixture
            .telemetry(number, &kpis("101000", &automation, "9"))
            .held(number, "yes", "")
    })
}

#[test]
fn a_measure_is_held_against_the_quarter_before() {
    let measure = seen(&two_quarters(), "2025-Q2").measures.task_automation;
    assert_eq!((measure.prior, measure.actual), (Some(35.0), Some(50.0)));
    assert_eq!(measure.change, Some(15.0));
    let percent = measure.change_percent.unwrap();
    assert!((percent - 42.857_142).abs() < 1e-5, "{percent}");
    assert_eq!(measure.on_baseline, Some(40.0));
    assert_eq!(measure.baseline, Some(("2024-06".parse().unwrap(), 10.0)));
    assert_eq!(measure.verdict, Some(Verdict::OnTrack));
    assert!(!measure.provisional);
    let months: Vec<Month> = measure.series.iter().map(|point| point.month).collect();
    assert_eq!(months, (1..=6).map(run).collect::<Vec<_>>());
}

#[test]
fn what_the_last_month_did_not_report_is_not_filled_in() {
    let fixture = two_quarters().telemetry(6, &kpis("101000", "", "9"));
    let measure = seen(&fixture, "2025-Q2").measures.task_automation;
    assert_eq!((measure.actual, measure.change), (None, None));
    assert_eq!(measure.verdict, Some(Verdict::NotReported));
    assert_eq!(measure.prior, Some(35.0));
    assert_eq!(measure.series.last().unwrap().value, None, "a gap stays");

    let fixture = two_quarters().telemetry(3, &kpis("", "35", "9"));
    let measure = seen(&fixture, "2025-Q2").measures.revenue_per_employee;
    assert_eq!((measure.prior, measure.actual), (None, Some(101_000.0)));
    assert_eq!((measure.change, measure.change_percent), (None, None));
}

#[test]
fn a_quarter_that_ends_without_a_month_is_not_reported() {
    let fixture = two_quarters()
        .without("2025-06/telemetry.yaml")
        .without("2025-06/leadership.yaml");
    let view = seen(&fixture, "2025-Q2");
    for kpi in Kpi::ALL {
        let measure = view.measures.get(kpi);
        assert_eq!(
            (measure.actual, measure.verdict),
            (None, Some(Verdict::NotReported))
        );
    }
    assert_eq!(view.run_month, Some(6));
}

#[test]
fn a_first_quarter_has_none_before_it_and_before_run_nothing_is_judged() {
    let view = seen(&two_quarters(), "2025-Q1");
    assert!(
        Kpi::ALL
            .iter()
            .all(|kpi| view.measures.get(*kpi).prior.is_none())
    );
    let before = two_quarters().engagement("phases: { build: 2024-10-01, run: 2025-06-02 }");
    let view = seen(&before, "2025-Q1");
    assert_eq!(view.run_month, None);
    assert_eq!(view.measures.away_from_desk.verdict, None);
    assert_eq!(view.measures.away_from_desk.target, None);
    assert_eq!(view.answers, []);
}

#[test]
fn a_provisional_figure_says_so() {
    let yaml = format!(
        "{}provisional: [away_from_desk]\n",
        kpis("101000", "50", "9")
    );
    let view = seen(&two_quarters().telemetry(6, &yaml), "2025-Q2");
    assert!(view.measures.away_from_desk.provisional);
    assert!(!view.measures.task_automation.provisional);
}

#[test]
fn answers_are_told_from_the_beginning_of_run() {
    let fixture = two_quarters().skipped(2).held(4, "unclear", "");
    let answers: Vec<(u32, Option<Answer>, bool)> = seen(&fixture, "2025-Q2")
        .answers
        .iter()
        .map(|given| (given.month.number(), given.answer, given.in_quarter))
        .collect();
    let yes = Some(Answer::Yes);
    assert_eq!(
        answers,
        [
            (1, yes, false),
            (2, None, false),
            (3, yes, false),
            (4, Some(Answer::Unclear), true),
            (5, yes, true),
            (6, yes, true)
        ]
    );
}

fn decision(id: &str, due: &str, board: bool) -> String {
    let mark = if board { ", board: true" } else { "" };
    format!(
        "  - {{ id: {id}, action: build, what: \"Build {id}\", owner: coo, due: {due}{mark} }}\n"
    )
}

/// A firm that decided three things in the first quarter.
fn deciding() -> Fixture {
    let seats = "seats: { ceo: {}, coo: {} }";
    let made = format!(
        "decisions:\n{}{}{}",
        decision("rota", "2025-02-20", true),
        decision("ledger", "2025-05-20", true),
        decision("hush", "2025-05-20", false)
    );
    let answer = |number, rota, ledger: &str| {
        let rota = if rota {
            "  - { decision: rota, outcome: done }\n"
        } else {
            ""
        };
        let lines = format!(
            "follow_up:\n{rota}  - {{ decision: ledger, outcome: {ledger} }}\n  - {{ decision: hush, outcome: carried }}\n"
        );
        (number, lines)
    };
    let mut fixture = two_quarters().engagement(seats).held(1, "yes", &made);
    for (number, lines) in [
        answer(2, true, "carried"),
        answer(3, false, "slipped, due: 2025-05-30"),
        answer(4, false, "carried"),
        answer(5, false, "carried"),
        (
            6,
            "follow_up: [ { decision: ledger, outcome: done }, { decision: hush, outcome: carried } ]\n"
                .to_owned(),
        ),
    ] {
        fixture = fixture.held(number, "yes", &lines);
    }
    fixture
}

#[test]
fn decisions_are_carried_over_until_they_are_closed() {
    let told = |of: &str| -> Vec<(String, Standing, String)> {
        let decisions = seen(&deciding(), of).decisions;
        let told = decisions.into_iter();
        told.map(|decision| (decision.what, decision.standing, decision.due.to_string()))
            .collect()
    };
    let slipped = "2025-05-30".to_owned();
    assert_eq!(
        told("2025-Q1"),
        [
            (
                "Build rota".to_owned(),
                Standing::Done(run(2)),
                "2025-02-20".to_owned()
            ),
            (
                "Build ledger".to_owned(),
                Standing::Slipped,
                slipped.clone()
            )
        ],
        "as of the quarter's end, and nothing that isn't marked"
    );
    assert_eq!(
        told("2025-Q2"),
        [("Build ledger".to_owned(), Standing::Done(run(6)), slipped)],
        "what was closed before the quarter is not told again"
    );
    assert!(seen(&deciding(), "2025-Q3").decisions.is_empty());
}

fn bet(status: &str, board: bool) -> String {
    format!(
        "headroom: [ {{ id: clinic, bet: \"An evening clinic\", kind: service-line, status: {status}, board: {board} }} ]\n"
    )
}

#[test]
fn a_bet_is_told_as_it_was_last_talked_about() {
    let needs = "bets: { clinic: \"Two evenings\" }\n";
    let fixture = two_quarters()
        .held(4, "yes", &bet("exploring", true))
        .held(5, "yes", &bet("committed", true))
        .file("2025-06/board.yaml", needs);
    let bets = seen(&fixture, "2025-Q2").bets;
    assert_eq!(bets.len(), 1);
    assert_eq!(bets[0].status, BetStatus::Committed);
    assert_eq!(bets[0].needs.as_deref(), Some("Two evenings"));
    assert_eq!(seen(&fixture, "2025-Q1").bets, []);
}

#[test]
fn a_bet_that_is_unmarked_later_vanishes() {
    let fixture = two_quarters().held(4, "yes", &bet("exploring", true)).held(
        6,
        "yes",
        &bet("parked", false),
    );
    assert_eq!(seen(&fixture, "2025-Q2").bets, []);
}

#[test]
fn risks_move_on_the_quarter_before() {
    let risk = |id: &str, level: &str| {
        format!(
            "  - {{ id: {id}, risk: \"The {id}\", level: {level}, owner: ceo, response: \"Watched\" }}\n"
        )
    };
    let before = ["lease", "staff", "rates", "fire"]
        .map(|id| risk(id, "medium"))
        .concat();
    let now = [
        risk("lease", "high"),
        risk("staff", "low"),
        risk("rates", "medium"),
        risk("flood", "low"),
    ]
    .concat();
    let fixture = two_quarters()
        .engagement("seats: { ceo: {} }")
        .file("2025-03/board.yaml", &format!("risks:\n{before}"))
        .file("2025-06/board.yaml", &format!("risks:\n{now}"));
    let moved = |of: &str| -> Vec<(String, Movement, Option<RiskLevel>)> {
        let risks = seen(&fixture, of).risks.into_iter();
        risks
            .map(|risk| (risk.risk, risk.movement, risk.level))
            .collect()
    };
    let told = |risk: &str, movement, level| (format!("The {risk}"), movement, level);
    assert_eq!(
        moved("2025-Q2"),
        [
            told("lease", Movement::Higher, Some(RiskLevel::High)),
            told("staff", Movement::Lower, Some(RiskLevel::Low)),
            told("rates", Movement::Same, Some(RiskLevel::Medium)),
            told("flood", Movement::New, Some(RiskLevel::Low)),
            told("fire", Movement::Closed, None)
        ]
    );
    assert!(
        moved("2025-Q1")
            .iter()
            .all(|(_, movement, _)| *movement == Movement::New)
    );
    assert_eq!(
        moved("2025-Q3"),
        [],
        "nothing was said, so nothing is closed"
    );
}

/// However late a quarter is looked at, and whatever came after it, it is told
/// as of its end.
#[test]
fn later_months_do_not_change_what_a_quarter_shows() {
    let last: Month = "2026-11".parse().unwrap();
    // Frozen quarters are set aside: they show what a shorter engagement lacks.
    let until = |cut: Month| {
        Fixture::sample().retain(|path| {
            let month = path.split('/').next().unwrap_or_default().parse::<Month>();
            !path.starts_with("board/") && month.is_ok_and(|month| month <= cut)
                || !path.contains('/')
        })
    };
    for of in ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"] {
        let of = quarter(of);
        let shown = |fixture: &Fixture| format!("{:?}", view(&fixture.read(), of));
        let at_once = shown(&until(of.last()));
        for later in [of.last().plus(1), of.last().plus(3), last] {
            assert_eq!(shown(&until(later)), at_once, "{of} looked at in {later}");
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_later_months_hold_a_quarter_shows_the_same(
        revenue in 50_000..200_000_u32,
        automation in 0..100_u32,
        away in 0..200_u32,
        answer in proptest::sample::select(vec!["yes", "no", "unclear"]),
        mark in proptest::bool::ANY,
    ) {
        let kpis = kpis(&revenue.to_string(), &automation.to_string(), &away.to_string());
        let later = two_quarters()
            .telemetry(4, &kpis)
            .held(4, answer, &bet("committed", mark))
            .file("2025-06/board.yaml", "headline: \"Another quarter.\"\n");
        let shown = |fixture: &Fixture| format!("{:?}", seen(fixture, "2025-Q1"));
        proptest::prop_assert_eq!(shown(&later), shown(&two_quarters()));
    }
}
