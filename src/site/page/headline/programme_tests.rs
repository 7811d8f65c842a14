//! The programme's sentences, each by its name.

use super::programme::{About, decks, findings, stands};
use super::tests::{covered, framed};
use super::{Sentence, first};
use crate::engagement::programme::Meeting;
use crate::insight::fixture::Fixture;
use crate::site::page::frame::Context;

const SEATS: &str = "seats: { ceo: {}, coo: {}, cfo: {} }";
const PRE_WORK: &str = "date: 2024-09-02\nseats: { executive: ceo, technology: coo, finance: cfo, people: coo, product: coo, delivery: coo, risk: not relevant }\ninputs: { strategy: 2024-09-01, initiatives: 2024-09-01, delivery-metrics: 2024-09-01, financial-targets: 2024-09-01, constraints: 2024-09-01, org-chart: 2024-09-01 }\n";
const SCORES: &str =
    "{ time-to-impact: 3, cost: 3, durability: 3, execution-risk: 3, talent: 3, governance: 3 }";

fn said<T: Copy>(sentences: &[Sentence<T>], about: T) -> (&'static str, String) {
    first(sentences, about).unwrap()
}

fn fixture() -> Fixture {
    Fixture::new().engagement(SEATS)
}

fn with(file: &str, yaml: &str) -> Fixture {
    fixture().file(&format!("2024-09/{file}.yaml"), yaml)
}

fn path(transform: &str, hybrid: &str) -> Fixture {
    with(
        "path",
        &format!(
            "date: 2024-09-20\npathways:\n  transform: {{ {transform}, reason: slow }}\n  hybrid: {{ {hybrid} selected: true, owner: coo, reason: quick }}\nassumptions: [ {{ assumption: a, fails_if: b }} ]\n"
        ),
    )
}

fn better(cost: u32) -> String {
    SCORES.replace("cost: 3", &format!("cost: {cost}"))
}

#[test]
#[expect(clippy::too_many_lines, reason = "a line or two a sentence")]
fn a_meeting_says_what_came_of_it() {
    let plan = "date: 2024-09-24\nplan: [ { week: 1, what: Begin } ]\n";
    let cases: Vec<(Fixture, Meeting, &str, &str)> = vec![
        (
            with("path", "date: 2024-09-20\n")
                .file("2024-10/telemetry.yaml", "kpis: { task_automation: 9 }"),
            Meeting::Path,
            "unrecorded",
            "Session 3, path was planned for 20\u{a0}September 2024; nothing is noted of it.",
        ),
        (
            with("path", "date: 2025-01-20\n")
                .without("2024-09/path.yaml")
                .file("2025-01/path.yaml", "date: 2025-01-20\n"),
            Meeting::Path,
            "to-come",
            "The path is to be chosen on 20\u{a0}January 2025.",
        ),
        (
            with("pre-work", PRE_WORK),
            Meeting::PreWork,
            "everything-came",
            "All six inputs came, and every seat is filled.",
        ),
        (
            with(
                "pre-work",
                &PRE_WORK.replace("strategy: 2024-09-01", "strategy: outstanding"),
            ),
            Meeting::PreWork,
            "inputs-outstanding",
            "Five of six inputs have come.",
        ),
        (
            with(
                "pre-work",
                &PRE_WORK.replace("people: coo, product: coo, ", ""),
            ),
            Meeting::PreWork,
            "seats-open",
            "All six inputs came. Two seats have nobody yet.",
        ),
        (
            with(
                "end-state",
                "date: 2024-09-10\nstatement: { says: Quick, signed: true, signatures: [ { seat: ceo, date: 2024-09-10 } ] }\n",
            ),
            Meeting::EndState,
            "statement-signed",
            "One seat signed one end state.",
        ),
        (
            with(
                "end-state",
                "date: 2024-09-10\nstatement: { says: Quick }\n",
            ),
            Meeting::EndState,
            "statement-unsigned",
            "The end state is written, but not signed.",
        ),
        (
            with(
                "current-state",
                "date: 2024-09-12\nflow: [ { stage: a, work: 0.5, waiting: 3.5 } ]\n",
            ),
            Meeting::CurrentState,
            "work-waits",
            "Of 4 hours, work waits for 3.5.",
        ),
        (
            with(
                "current-state",
                "date: 2024-09-12\nbottlenecks: [ { id: b, what: b, impact: 2 } ]\n",
            ),
            Meeting::CurrentState,
            "bottlenecks",
            "Work gets stuck in one place.",
        ),
        (
            path(
                &format!("scores: {SCORES}"),
                &format!("scores: {},", better(5)),
            ),
            Meeting::Path,
            "path-leads",
            "The hybrid model was chosen. It leads the next by 0.40 of 5.",
        ),
        (
            path(&format!("scores: {SCORES}"), &format!("scores: {SCORES},")),
            Meeting::Path,
            "path-doesnt-lead",
            "The hybrid model was chosen. Transforming in place scores the same.",
        ),
        (
            path(
                &format!("scores: {}", better(4)),
                &format!("scores: {SCORES},"),
            ),
            Meeting::Path,
            "path-doesnt-lead",
            "The hybrid model was chosen, though another scores 0.20 more: transforming in place.",
        ),
        (
            path("selected: false", ""),
            Meeting::Path,
            "path-chosen",
            "The hybrid model was chosen.",
        ),
        (
            with(
                "decision-brief",
                &format!(
                    "{plan}sign_off: [ {{ seat: ceo, date: 2024-09-24 }}, {{ seat: coo, date: 2024-09-24 }} ]\n"
                ),
            ),
            Meeting::DecisionBrief,
            "plan-signed-off",
            "Two seats signed off a plan of thirteen weeks.",
        ),
        (
            with("decision-brief", plan),
            Meeting::DecisionBrief,
            "plan-unsigned",
            "A plan of thirteen weeks is written; nobody has signed it off.",
        ),
        (
            with(
                "end-state",
                "date: 2024-09-10\nattendance: [ { seat: ceo } ]\n",
            ),
            Meeting::EndState,
            "held",
            "The session on the end state was held.",
        ),
    ];
    let mut tried = Vec::new();
    for (fixture, meeting, name, says) in cases {
        let found = framed(&fixture, |context| {
            said(&findings(), About { context, meeting })
        });
        assert_eq!(found, (name, says.to_owned()));
        tried.push(name);
    }
    covered(&findings(), &tried);
}

#[test]
fn a_deck_says_what_the_headline_leaves_out() {
    let scorecard = "date: 2024-09-10\nstatement: { says: Quick }\nscorecard: [ { id: a, metric: A, definition: a, unit: h, better: lower, baseline: 9, days_90: 4 }, { id: b, metric: B, definition: b, unit: h, better: higher, baseline: 9, days_90: 10 } ]\n";
    let cases = [
        (
            with("end-state", scorecard).telemetry(1, "scorecard: { a: 4, b: 9 }"),
            Meeting::EndState,
            "measures-judged",
            "One of two measures that are due and reported is at target or better.",
        ),
        (
            with("end-state", scorecard).telemetry(1, "scorecard: { a: 4, b: 10 }"),
            Meeting::EndState,
            "measures-judged",
            "Two measures that are due and reported: all are at target or better.",
        ),
        (
            with(
                "current-state",
                "date: 2024-09-12\nimpact_unit: hours a week\nbottlenecks: [ { id: b, what: b, impact: 2 }, { id: c, what: c, impact: 0.5 } ]\n",
            ),
            Meeting::CurrentState,
            "cost-of-bottlenecks",
            "Two bottlenecks take 2.5 hours a week.",
        ),
        (
            path(&format!("scores: {SCORES}"), &format!("scores: {SCORES},")),
            Meeting::Path,
            "pathways-weighed",
            "Two pathways, six weighted criteria, one selected.",
        ),
        (
            with(
                "decision-brief",
                "date: 2024-09-24\nresourcing: [ { what: a, cost: 900 }, { what: b, cost: 1100 } ]\n",
            ),
            Meeting::DecisionBrief,
            "what-it-takes",
            "It takes $2,000.",
        ),
    ];
    let mut tried = Vec::new();
    for (fixture, meeting, name, says) in cases {
        let found = framed(&fixture, |context| {
            said(&decks(), About { context, meeting })
        });
        assert_eq!(found, (name, says.to_owned()));
        tried.push(name);
    }
    covered(&decks(), &tried);
}

#[test]
fn the_programme_says_where_it_stands() {
    let cases = [
        (
            Fixture::sample(),
            "complete",
            "The programme is complete: four sessions held, all 21 outputs delivered.",
        ),
        (
            with(
                "end-state",
                "date: 2024-09-10\nattendance: [ { seat: ceo } ]\n",
            ),
            "outputs-missing",
            "One of four sessions was held. Four outputs are missing.",
        ),
        (
            Fixture::sample()
                .without("2025-04/decision-brief.yaml")
                .without("2025-04/decision-brief.md"),
            "under-way",
            "Three of four sessions were held, and no output of what was held is missing.",
        ),
        (
            with("pre-work", PRE_WORK),
            "none-held",
            "None of the four sessions has been held yet.",
        ),
    ];
    let mut tried = Vec::new();
    for (fixture, name, says) in cases {
        let found = framed(&fixture, |context: Context<'_>| said(&stands(), context));
        assert_eq!(found, (name, says.to_owned()));
        tried.push(name);
    }
    covered(&stands(), &tried);
}
