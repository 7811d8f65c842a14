//! What a memo says of a small engagement's quarters, and that nothing in the
//! content can make it say or load anything else.

mod memo;
mod reading;

use memo::{engagement, facts, freezing, frozen, frozen_as, html, view};
use quarterdeck::engagement::kpi::Kpi;
use quarterdeck::engagement::snapshot::{Figure, Reading, sha256};
use quarterdeck::insight::board::BoardView;
use quarterdeck::insight::restated::Restated;
use quarterdeck::site::memo::Freezing;
use quarterdeck::source::document::Answer;
use reading::{Element, parse};

fn page(view: &BoardView) -> Element {
    parse(&html(&frozen(view)))
}

/// A section by the id of its head.
fn section<'e>(page: &'e Element, id: &str) -> &'e Element {
    let found = page.all(&|element| {
        element.name == "section"
            && element
                .attributes
                .get("aria-labelledby")
                .map(String::as_str)
                == Some(id)
    });
    assert_eq!(found.len(), 1, "{id}");
    found[0]
}

fn rows(page: &Element, id: &str) -> Vec<String> {
    let rows = section(page, id).rows();
    rows.iter().map(|cells| cells.join(" | ")).collect()
}

fn restated(figure: Figure, was: Reading, now: Reading) -> Restated {
    Restated {
        figure,
        was,
        now,
        reason: "two locums count as staff".to_owned(),
        date: "2026-05-11".parse().unwrap(),
        memo: "2026-Q1".parse().unwrap(),
        listed: None,
    }
}

#[test]
fn a_quarter_s_memo_says_what_the_board_may_know() {
    let page = page(&view(&engagement(), "2026-Q2"));
    assert_eq!(
        page.the("strip").text(),
        "Harbour Street Dental Board memo, second quarter 2026 Frozen 31 July 2026 Not all judged For the board"
    );
    assert_eq!(
        page.named("h1")[0].text(),
        "Task automation is on track; revenue per employee is too early to judge; away from desk is not reported. The board is asked for one decision, on the second surgery."
    );
    assert_eq!(
        page.the("deck").text(),
        "Revenue per employee rose 4.0 % on the quarter and now stands 7.0 % over its baseline. The system paid for itself in June, the first yes in a row. Eleven more open the graduation talk, in May 2027 at the earliest, inside the 24-month window."
    );
    assert_eq!(
        rows(&page, "measures"),
        [
            "Revenue per employee £, annualised | 72,000 | 74,900p | 80,500–94,500 from month 12 | +2,900 | +4.0 | Too early | +7.0 % on the baseline",
            "Task automation % of repeatable work | — | 48.0 | 45–62 | — | — | On track | On its way",
            "Away from desk CEO hours a month | 8.5 | Not reported | from 20 from month 12 | — | — | Not reported | June reported no figure",
        ]
    );
    assert_eq!(
        section(&page, "measures").the("notes").text(),
        "p Provisional: the figure may still change. If it does, the next memo says so."
    );
    let titles: Vec<String> = page.named("h3").iter().map(|title| title.text()).collect();
    assert_eq!(
        titles,
        [
            "7.0 % over the baseline",
            "40.0 pp over the baseline",
            "June reported no figure"
        ]
    );
    assert_eq!(
        rows(&page, "decisions"),
        [
            "Mar | Build | Referral letters into the diary | COO | Done in April",
            "Apr | Decommission | Paper recalls | Head of sales | Dropped in June",
            "Apr | Tighten | The rota’s exceptions | COO | Slipped, due 20 July",
            "Jun | Build | The late one | CEO | Late, was due 29 June",
        ]
    );
    assert_eq!(
        rows(&page, "bets"),
        ["A second surgery | Market | Exploring | A lease by autumn"]
    );
    assert_eq!(
        rows(&page, "risks"),
        [
            "One person knows the rota | Higher now high | COO | A second person",
            "The old server | New now low | Head of sales | Moved in July",
            "The fee outruns the gain | Closed | CEO | Monthly count",
        ]
    );
    assert_eq!(
        section(&page, "asks").text(),
        "The board is asked to decide One item Question Shall the firm lease the second surgery? Options A Lease it B Wait Recommendation A, as the list is full. Ask Approve two years of rent."
    );
    assert_eq!(
        rows(&page, "graduation"),
        [
            "Twelve yes in a row | 1 of 12 | Yes in June 2026; May 2027 at the earliest",
            "Two strategy sessions in a row | 0 of 2 | April not timed, June not timed",
            "All three measures on track | 1 of 3 | One on track or ahead in June 2026, the last session",
        ]
    );
    assert_eq!(
        section(&page, "quarters").text(),
        "The two quarters of Run End of each quarter Measure and unit Baseline Q1 2026 Q2 2026 Revenue per employee, £, annualised 70,000 72,000 74,900p Task automation, % of repeatable work 8.0 — 48.0 Away from desk, CEO hours a month 3.0 8.5 —"
    );
}

#[test]
fn the_row_of_answers_tells_each_month_and_shades_the_quarter() {
    let mut view = view(&engagement(), "2026-Q2");
    view.restatements.push(restated(
        Figure::Answer("2026-02".parse().unwrap()),
        Reading::Answer(Some(Answer::Yes)),
        Reading::Answer(Some(Answer::Unclear)),
    ));
    let page = page(&view);
    let answers = section(&page, "answers");
    let told: Vec<String> = answers
        .classed("unseen")
        .iter()
        .map(|one| one.text())
        .collect();
    assert_eq!(
        told,
        [
            "January 2026: no",
            "February 2026: unclear",
            "March 2026: yes",
            "April 2026: yes",
            "May 2026: no session held",
            "June 2026: yes"
        ]
    );
    assert_eq!(answers.classed("now").len(), 3);
    assert_eq!(answers.the("streak").text(), "1 of 12 in a row");
    assert_eq!(
        answers.the("caption").text(),
        "yes unclear no no session held Shaded: this quarter, two yes of three. January 2026 to June 2026."
    );
    assert_eq!(
        answers.the("notes").text(),
        "r Revised: the closing answer for February 2026 was yes in the memo for Q1 2026, now unclear, because two locums count as staff. That memo is unchanged."
    );
}

#[test]
fn at_most_two_years_of_answers_are_shown() {
    let mut view = view(&engagement(), "2026-Q2");
    let first = view.answers[0];
    let earlier = (-30..0).map(|offset| {
        let mut given = first;
        given.month = first.month.plus(offset);
        given
    });
    view.answers.splice(0..0, earlier);
    let page = page(&view);
    let told = section(&page, "answers").classed("unseen");
    assert_eq!(told.len(), 24);
    assert_eq!(told[0].text(), "July 2024: no");
    assert_eq!(facts(&frozen(&view)).answers.len(), 36);
}

#[test]
fn what_an_earlier_memo_shows_otherwise_is_marked_and_told() {
    let mut view = view(&engagement(), "2026-Q2");
    let number = |value| Reading::Number(Some(value));
    view.restatements = vec![
        restated(
            Figure::Value(Kpi::RevenuePerEmployee, "2026-03".parse().unwrap()),
            number(73_400.0),
            number(72_000.0),
        ),
        restated(
            Figure::Value(Kpi::TaskAutomation, "2026-02".parse().unwrap()),
            Reading::Number(None),
            number(30.0),
        ),
        restated(
            Figure::Baseline(Kpi::AwayFromDesk),
            number(2.5),
            number(3.0),
        ),
    ];
    let memo = frozen(&view);
    let page = parse(&html(&memo));
    assert!(rows(&page, "measures")[0].contains("| 72,000r | 74,900p |"));
    assert!(rows(&page, "quarters")[0].contains("| 70,000 | 72,000r | 74,900p"));
    assert!(rows(&page, "quarters")[2].contains("| 3.0r | 8.5 | —"));
    let notes: Vec<String> = section(&page, "measures")
        .the("notes")
        .elements()
        .map(Element::text)
        .collect();
    assert_eq!(
        notes[1..],
        [
            "r Revised: revenue per employee for March 2026 was 73,400 in the memo for Q1 2026, now 72,000, because two locums count as staff. That memo is unchanged. Δ is on the revised figure.",
            "Revised: task automation for February 2026 was not reported in the memo for Q1 2026, now 30.0, because two locums count as staff. That memo is unchanged.",
            "r Revised: the baseline of away from desk was 2.5 in the memo for Q1 2026, now 3.0, because two locums count as staff. That memo is unchanged.",
        ]
    );
    let told = facts(&memo).restatements;
    let told: Vec<(&str, &str, Option<&str>, Option<&str>)> = told
        .iter()
        .map(|fact| {
            (
                &*fact.measure,
                &*fact.month,
                fact.was.as_deref(),
                fact.now.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "revenue_per_employee",
                "2026-03",
                Some("73400"),
                Some("72000")
            ),
            ("task_automation", "2026-02", None, Some("30")),
            ("away_from_desk", "2025-09", Some("2.5"), Some("3")),
        ]
    );
}

#[test]
fn the_first_memo_after_the_programme_says_what_it_decided() {
    let engagement = engagement();
    let page = page(&view(&engagement, "2026-Q1"));
    assert_eq!(
        section(&page, "programme").text(),
        "Four sessions, four decisions, one operating plan End state Out by noon on Fridays Current state Letters take two days Path Automate intake first Decision brief Ninety days, one builder Operating plan Intake by March, recalls by June"
    );
    assert_eq!(
        section(&page, "quarters").named("h2")[0].text(),
        "The first quarter of Run"
    );
    let later = html(&frozen(&view(&engagement, "2026-Q2")));
    assert!(!later.contains("operating plan"));
}

#[test]
fn a_section_without_anything_says_so() {
    let mut view = view(&engagement(), "2025-Q4");
    let page = page(&view);
    assert_eq!(
        page.named("h1")[0].text(),
        "Run has not begun, and the measures are judged in Run. Nothing is asked of the board."
    );
    let heads: Vec<String> = page.named("h2").iter().map(|head| head.text()).collect();
    assert_eq!(
        heads,
        [
            "Measures",
            "Is the system paying for itself?",
            "Decisions, and what became of them",
            "Headroom bets",
            "Risks, and which way they moved",
            "The board is asked to decide",
            "Graduation outlook",
            "The quarters of Run",
            "How to check this memo",
        ]
    );
    for (id, says) in [
        (
            "answers",
            "Run has not begun: the question is asked from its first session on.",
        ),
        (
            "decisions",
            "No decision for the board was made this quarter, and none was open.",
        ),
        (
            "bets",
            "No headroom bet for the board was talked about this quarter.",
        ),
        (
            "risks",
            "No risk is named this quarter, and none was named the quarter before.",
        ),
        ("asks", "Nothing is asked of the board this quarter."),
        ("quarters", "Run has not begun."),
    ] {
        assert_eq!(section(&page, id).the("none").text(), says);
    }
    view.headline = Some("A quiet quarter.".to_owned());
    assert_eq!(self::page(&view).named("h1")[0].text(), "A quiet quarter.");
}

#[test]
fn a_memo_that_is_not_quite_frozen_says_so() {
    let view = view(&engagement(), "2026-Q2");
    let strip = |freezing: &Freezing| {
        let page = parse(&html(&frozen_as(&view, freezing)));
        let foot = page.named("footer")[0].text();
        format!("{} / {foot}", page.the("strip").named("ul")[0].text())
    };
    assert_eq!(
        strip(&freezing(&view)),
        "Frozen 31 July 2026 Not all judged For the board / Snapshot 2026-Q2, from commit 9c1e07b"
    );
    assert_eq!(
        strip(&Freezing {
            date: "2026-06-29".parse().unwrap(),
            commit: None,
            uncommitted: true,
        }),
        "Frozen 29 June 2026 Before the quarter’s end Uncommitted content Not all judged For the board / Snapshot 2026-Q2, from content that no commit holds"
    );
    assert_eq!(
        strip(&Freezing {
            date: "2026-06-30".parse().unwrap(),
            uncommitted: true,
            ..freezing(&view)
        }),
        "Frozen 30 June 2026 Uncommitted content Not all judged For the board / Snapshot 2026-Q2, from commit 9c1e07b and changes that no commit holds"
    );
}

#[test]
fn the_facts_hold_every_figure_and_the_memo_prints_their_hash() {
    let view = view(&engagement(), "2026-Q2");
    let memo = frozen(&view);
    assert_eq!(memo.facts, frozen(&view).facts);
    assert!(memo.facts.ends_with(b"}\n"));
    let facts = facts(&memo);
    let measure = &facts.measures[0];
    assert_eq!(
        (
            measure.baseline,
            measure.prior,
            measure.actual,
            measure.provisional
        ),
        (Some(70_000.0), Some(72_000.0), Some(74_900.0), true)
    );
    assert_eq!(measure.change_percent, Some(2_900.0 / 72_000.0 * 100.0));
    assert_eq!(measure.on_baseline, Some(7.000_000_000_000_001));
    assert_eq!(measure.status, "too early");
    let months: Vec<&str> = measure.series.iter().map(|value| &*value.month).collect();
    assert_eq!(months.first(), Some(&"2026-01"));
    assert_eq!(months.last(), Some(&"2026-06"));
    let away = &facts.measures[2];
    assert_eq!((away.actual, away.change), (None, None));
    assert_eq!(away.series[5].value, None);
    let text = String::from_utf8(memo.facts.clone()).unwrap();
    assert!(text.contains("\"actual\": null"));
    assert_eq!(facts.decisions[1].closed.as_deref(), Some("2026-06"));
    assert_eq!(facts.risks[2].level, None);
    assert_eq!(facts.bets[0].kind, "market");
    assert_eq!((facts.graduation.streak, facts.graduation.needed), (1, 12));

    let page = parse(&html(&memo));
    let hash = page.the("hash");
    assert_eq!(hash.text().replace(' ', ""), sha256(&memo.facts));
    assert_eq!(hash.named("b")[0].text(), &sha256(&memo.facts)[..8]);
}

const HOSTILE: &str = "</style></title>\"'><img src=x onerror=alert(1)><!-- {{ x }} \\22 \n}";

#[test]
fn hostile_text_stays_text() {
    let engagement = engagement();
    let mut view = view(&engagement, "2026-Q2");
    view.programme = self::view(&engagement, "2026-Q1").programme;
    let hostile = || HOSTILE.to_owned();
    view.firm = hostile();
    view.headline = Some(hostile());
    view.measures.task_automation.comment = Some(hostile());
    view.decisions[0].what = hostile();
    view.decisions[0].owner = hostile();
    view.bets[0].bet = hostile();
    view.bets[0].needs = Some(hostile());
    view.risks[0].risk = hostile();
    view.risks[0].owner = hostile();
    view.risks[0].response = hostile();
    view.asks[0].topic = Some(hostile());
    view.asks[0].question = hostile();
    view.asks[0].options[0] = hostile();
    view.asks[0].recommendation = hostile();
    view.asks[0].ask = hostile();
    let programme = view.programme.as_mut().unwrap();
    programme.decisions[3] = hostile();
    programme.plan = hostile();
    let mut told = restated(
        Figure::Baseline(Kpi::AwayFromDesk),
        Reading::Number(None),
        Reading::Number(Some(3.0)),
    );
    told.reason = hostile();
    view.restatements.push(told);
    let html = html(&frozen(&view));
    let page = parse(&html);
    assert_eq!(html.matches("<style>").count(), 1);
    assert_eq!(html.matches("</style>").count(), 1);
    assert!(page.named("img").is_empty());
    assert!(!html.contains("<img") && !html.contains("<!--"));
    let said = HOSTILE.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.text().matches(&said).count() >= 14, "{}", page.text());
    let style = &html[html.find("<style>").unwrap()..html.find("</style>").unwrap()];
    assert!(
        !style.contains("onerror="),
        "the firm's name is written by its letters' numbers"
    );
    assert!(style.contains("\\3C \\2F style\\3E "));
}

#[test]
fn a_memo_loads_nothing_leads_nowhere_and_is_small() {
    for quarter in ["2025-Q4", "2026-Q1", "2026-Q2"] {
        let html = html(&frozen(&view(&engagement(), quarter)));
        for none in [
            "href", "src=", "url(", "<!--", "<script", "<img", "<link", "@import", "style=",
            "http://", "https://", "onclick",
        ] {
            assert!(!html.contains(none), "{quarter} has {none}");
        }
        assert!(html.len() < 60_000, "{}", html.len());
        assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
        for meta in [
            "<meta name=\"robots\" content=\"noindex, nofollow, noarchive\">",
            "<meta name=\"referrer\" content=\"no-referrer\">",
        ] {
            assert!(html.contains(meta));
        }
        assert!(!html.contains("Nobody else"));
    }
}
