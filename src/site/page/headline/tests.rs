//! Each sentence by its name, where it holds; and none without a test.

use std::collections::BTreeSet;

use super::{Sentence, first, kpi, overview, session};
use crate::diagnostic::Report;
use crate::engagement::Engagement;
use crate::engagement::kpi::Kpi;
use crate::insight::Insights;
use crate::insight::fixture::{Fixture, run};
use crate::site::page::context::{Known, Surroundings, Workshop};
use crate::site::page::frame::Context;
use crate::site::page::heard::Outcome;
use crate::site::page::sequence::Sequence;
use crate::site::theme::Theme;
use crate::source::theme::OwnTheme;

/// Every sentence is tried by a case that names it.
pub(super) fn covered<T>(sentences: &[Sentence<T>], tried: &[&'static str]) {
    let known: BTreeSet<&str> = sentences.iter().map(|sentence| sentence.name).collect();
    let tried: BTreeSet<&str> = tried.iter().copied().collect();
    assert_eq!(
        known, tried,
        "sentences without a case, or cases without a sentence"
    );
}

fn over(fixture: &Fixture) -> (&'static str, String) {
    let engagement = fixture.read();
    let insights = Insights::of(&engagement);
    let about = overview::About {
        engagement: &engagement,
        insights: &insights,
    };
    first(&overview::sentences(), about).unwrap()
}

const REPORTED: &str = "kpis: { task_automation: 50 }";

#[test]
fn the_overview_says_what_the_answers_come_to() {
    let new = Fixture::new;
    let phases = |phases: &str| {
        new().file(
            "engagement.yaml",
            &format!("firm: F\ncurrency: USD\nphases: {{ {phases} }}\n"),
        )
    };
    let cases = [
        (
            new().steady(1..=12),
            "talk-open",
            "Twelve months running, the system has paid for itself. The graduation talk is open.",
        ),
        (
            new().steady(1..=11).telemetry(12, REPORTED),
            "one-more-yes",
            "Eleven months running, the system has paid for itself. A yes in December opens the graduation talk.",
        ),
        (
            new().steady(1..=11),
            "one-more-yes",
            "Eleven months running, the system has paid for itself. One more yes opens the graduation talk.",
        ),
        (
            new().steady(1..=3),
            "streak",
            "Three months running, the system has paid for itself. Nine more open the graduation talk.",
        ),
        (
            new().steady(1..=1),
            "streak",
            "The system paid for itself in January. Eleven more open the graduation talk.",
        ),
        (
            new()
                .engagement("playbook: { skipped: pause }")
                .steady(1..=2)
                .telemetry(3, REPORTED)
                .skipped(3)
                .telemetry(4, REPORTED)
                .held(4, "yes", ""),
            "streak",
            "Three answers in a row say that the system pays for itself. Nine more open the graduation talk.",
        ),
        (
            new().steady(1..=2).skipped(3),
            "no-session",
            "No session was held in March, so the count of yes answers begins anew.",
        ),
        (
            new().telemetry(1, REPORTED).held(1, "no", ""),
            "answer-no",
            "The system did not pay for itself in January. That is the month’s highest priority.",
        ),
        (
            new().telemetry(1, REPORTED).held(1, "unclear", ""),
            "answer-unclear",
            "Whether the system paid for itself in January could not be told. That is the month’s highest priority.",
        ),
        (
            new().telemetry(1, REPORTED),
            "first-session-to-come",
            "Run has begun, and no session has been held yet.",
        ),
        (
            phases("fit-check: 2024-06-01, run: 2025-01-01"),
            "run-not-reported",
            "Run has begun, and nothing has been reported yet.",
        ),
        (
            phases("fit-check: 2024-06-01, build: 2024-09-01"),
            "before-run",
            "The engagement is in its Build phase; Run has not begun.",
        ),
        (phases(""), "not-begun", "The engagement has not begun."),
    ];
    let mut tried = Vec::new();
    for (fixture, name, words) in cases {
        assert_eq!(over(&fixture), (name, words.to_owned()));
        tried.push(name);
    }
    covered(&overview::sentences(), &tried);
}

fn of_kpi(fixture: &Fixture, which: Kpi, run_month: i32) -> (&'static str, String) {
    let engagement = fixture.read();
    let insights = Insights::of(&engagement);
    let series = insights.series.get(which);
    let point = series.at(run(run_month)).unwrap();
    let about = kpi::About {
        firm: &engagement.firm,
        series,
        point,
    };
    let (name, says) = first(&kpi::sentences(), about).unwrap();
    (name, says.replace(['\u{a0}'], " ").replace('\u{2060}', ""))
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "a table of cases, one after the other"
)]
fn a_kpi_says_where_its_figure_stands() {
    let month = |number: i32, yaml: &str| Fixture::new().telemetry(number, yaml);
    let (ta, afd, rpe) = (
        Kpi::TaskAutomation,
        Kpi::AwayFromDesk,
        Kpi::RevenuePerEmployee,
    );
    let held_band =
        month(13, "kpis: { task_automation: 61 }").telemetry(14, "kpis: { task_automation: 62 }");
    let no_baseline = Fixture::new()
        .without("2024-06/fit-check.yaml")
        .telemetry(5, "kpis: { away_from_desk: 9 }");
    let early = Fixture::new().file("2024-12/telemetry.yaml", "kpis: { task_automation: 12 }");
    let cases = [
        (
            month(2, "as_of: 2025-02-20"),
            ta,
            2,
            "never-reported",
            "Task automation has not been reported yet.",
        ),
        (
            month(2, "kpis: { task_automation: 30 }")
                .telemetry(3, "as_of: 2025-03-20")
                .telemetry(4, "kpis: { task_automation: 31 }"),
            ta,
            3,
            "not-reported",
            "March did not report task automation; February 2025 was the last month that did.",
        ),
        (
            early,
            ta,
            0,
            "before-run",
            "Task automation is not judged before Run.",
        ),
        (
            no_baseline,
            afd,
            5,
            "no-baseline",
            "Away from desk stands at 9.0 h. Without a Fit Check baseline it can’t be judged.",
        ),
        (
            month(1, "kpis: { task_automation: 18 }"),
            ta,
            1,
            "too-early",
            "Task automation stands at 18.0 %. In month 1 of Run it is too early to judge.",
        ),
        (
            month(14, "kpis: { task_automation: 71 }"),
            ta,
            14,
            "above-cap",
            "Task automation is above its cap at 71.0 %. Prune before you add.",
        ),
        (
            month(9, "kpis: { revenue_per_employee: 102000 }"),
            rpe,
            9,
            "hardly-moved",
            "Revenue per employee has not moved as it should: +2.0 % on the baseline.",
        ),
        (
            held_band,
            ta,
            14,
            "band-held",
            "Task automation has held its target band of 60–70 % for two months.",
        ),
        (
            month(13, "kpis: { task_automation: 61 }"),
            ta,
            13,
            "band-entered",
            "Task automation entered its target band of 60–70 % in January.",
        ),
        (
            month(12, "kpis: { revenue_per_employee: 121000 }"),
            rpe,
            12,
            "over-baseline",
            "Revenue per employee is 21.0 % over the baseline, on track for month 12.",
        ),
        (
            month(12, "kpis: { revenue_per_employee: 110000 }"),
            rpe,
            12,
            "over-baseline",
            "Revenue per employee is 10.0 % over the baseline, behind what month 12 leads one to expect.",
        ),
        (
            month(3, "kpis: { away_from_desk: 21 }"),
            afd,
            3,
            "hours-out",
            "The CEO can be fully out for 21.0 hours a month, ahead of what month 3 leads one to expect.",
        ),
        (
            month(4, "kpis: { task_automation: 20 }"),
            ta,
            4,
            "stage",
            "Task automation is at 20.0 %, behind what month 4 leads one to expect.",
        ),
    ];
    let mut tried = Vec::new();
    for (fixture, which, number, name, words) in cases {
        assert_eq!(of_kpi(&fixture, which, number), (name, words.to_owned()));
        tried.push(name);
    }
    covered(&kpi::sentences(), &tried);
}

fn with_context<R>(engagement: &Engagement, look: impl FnOnce(Context<'_>) -> R) -> R {
    let insights = Insights::of(engagement);
    let theme = Theme::of(&OwnTheme::default(), &mut Report::default());
    let around = Surroundings {
        theme: theme.unwrap(),
        commit: None,
    };
    let known = Known {
        engagement,
        insights: &insights,
        sequence: &Sequence::of(engagement),
    };
    look(Context::new(known, &around, &Workshop::default()))
}

pub(super) fn framed<R>(fixture: &Fixture, look: impl FnOnce(Context<'_>) -> R) -> R {
    with_context(&fixture.read(), look)
}

fn finding(fixture: &Fixture, run_month: i32) -> (&'static str, String) {
    let engagement = fixture.read();
    with_context(&engagement, |context| {
        let record = &engagement.months[&run(run_month)];
        let held = record.held().unwrap();
        first(
            &session::findings(),
            session::About {
                context,
                held: Outcome::of(record.month, held),
            },
        )
        .unwrap()
    })
}

#[test]
fn a_session_says_its_finding() {
    let kpis = "kpis: { revenue_per_employee: 100000, task_automation: 30, away_from_desk: 6 }";
    let calm = || Fixture::new().telemetry(2, kpis).held(2, "yes", "");
    let strategy =
        "minutes: { state: 3, away: 3, automation: 3, headroom: 45, upgrades: 5, closing: 5 }";
    let silent = format!("{kpis}\nautomations: [ {{ id: a, name: A, runs: 0 }} ]");
    let cases = [
        (
            calm().held(2, "no", ""),
            2,
            "answer-no",
            "The system is not paying for itself yet.",
        ),
        (
            calm().held(2, "unclear", ""),
            2,
            "answer-unclear",
            "Whether the system pays for itself could not be told.",
        ),
        (
            calm().telemetry(2, "kpis: { away_from_desk: 20 }"),
            2,
            "milestone",
            "The CEO’s hours away from the desk reached 20 for the first time.",
        ),
        (
            calm().telemetry(2, "kpis: { task_automation: 60 }"),
            2,
            "milestone",
            "Task automation entered its target band.",
        ),
        (
            calm().telemetry(2, "kpis: { revenue_per_employee: 115000 }"),
            2,
            "milestone",
            "Revenue per employee reached 15\u{a0}% over the baseline for the first time.",
        ),
        (
            calm().held(2, "yes", strategy),
            2,
            "strategy",
            "45 minutes went to headroom.",
        ),
        (
            calm().telemetry(2, &silent),
            2,
            "new-signal",
            "A stood still.",
        ),
        (
            calm().telemetry(3, kpis).held(3, "yes", ""),
            3,
            "streak",
            "The answer was yes for the second time in a row.",
        ),
        (
            Fixture::new().telemetry(1, kpis).held(1, "yes", ""),
            1,
            "yes",
            "The system is paying for itself.",
        ),
    ];
    let mut tried = Vec::new();
    for (fixture, number, name, words) in cases {
        assert_eq!(finding(&fixture, number), (name, words.to_owned()));
        tried.push(name);
    }
    covered(&session::findings(), &tried);
}

#[test]
fn an_agenda_says_where_to_begin() {
    let kpis = |hours: u32| format!("kpis: {{ task_automation: 30, away_from_desk: {hours} }}");
    let silent = format!(
        "{}\nautomations: [ {{ id: a, name: A, runs: 0 }} ]",
        kpis(6)
    );
    let gain = format!(
        "{}\ngates: [ {{ id: g, cases: 90, reviewed: 50, approved: 50, overruled: 0, escalated: 0 }} ]",
        kpis(6)
    );
    let two = |second: &str| {
        Fixture::new()
            .telemetry(1, &kpis(6))
            .held(1, "yes", "")
            .telemetry(2, second)
    };
    let cases = [
        (
            two(&kpis(8)),
            "hours-moved",
            "Hours away from the desk rose from 6.0 to 8.0.",
        ),
        (
            two(&kpis(5)),
            "hours-moved",
            "Hours away from the desk fell from 6.0 to 5.0.",
        ),
        (two(&silent), "warning", "A stood still."),
        (
            two(&kpis(6)),
            "quiet",
            "The system is quiet, so the time goes to headroom.",
        ),
        (two(&gain), "set", "The agenda for February is set."),
    ];
    let mut tried = Vec::new();
    for (fixture, name, words) in cases {
        let engagement = fixture.read();
        let said = with_context(&engagement, |context| {
            first(&session::agenda(), (context, run(2))).unwrap()
        });
        assert_eq!(said, (name, words.to_owned()));
        tried.push(name);
    }
    covered(&session::agenda(), &tried);
}
