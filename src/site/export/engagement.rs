//! `engagement.json`, a contract: figures unrounded, what wasn't reported null.

use std::sync::Arc;

use serde::Serialize;

use super::{Entry, action, closed, status};
use crate::engagement::kpi::Kpi;
use crate::engagement::snapshot::Reading;
use crate::insight::backlog::Tracked;
use crate::insight::graduation::Graduation;
use crate::insight::progress::{Character, RunMonth, SessionState};
use crate::insight::restated::Restated;
use crate::insight::verdict::Verdict;
use crate::site::page::Context;
use crate::site::page::context::Part;
use crate::source::document::Answer;
use crate::source::month::Month;

/// The file.
pub(super) fn json(context: Context<'_>) -> Vec<u8> {
    let mut months = context.months();
    months.extend(context.run_months().iter().map(|run| run.month));
    months.sort_unstable();
    months.dedup();
    let months: Vec<_> = months
        .into_iter()
        .map(|month| {
            context.part(Part::Exported(Entry::Month(month)), |context| {
                written(&month_json(context, month), 2)
            })
        })
        .collect();
    let decisions = context.part(Part::Exported(Entry::Decisions), |context| {
        let decisions = context.decisions().iter().map(decision);
        written(&decisions.collect::<Vec<_>>(), 1)
    });
    let restatements = context.restated().iter();
    let restatements = restatements.map(|restated| restatement(context, restated));
    let fields = [
        ("as_of", &written(&context.as_of().to_string(), 1)),
        ("firm", &written(&context.firm().name, 1)),
        ("graduation", &written(&graduation(context.graduation()), 1)),
        ("months", &list(&months)),
        ("decisions", &*decisions),
        (
            "restatements",
            &written(&restatements.collect::<Vec<_>>(), 1),
        ),
    ];
    let length = fields.iter().map(|(_, value)| value.len() + 32);
    let mut whole = String::with_capacity(length.sum());
    for (name, value) in fields {
        begin(&mut whole, '{');
        whole.push_str("\n  \"");
        whole.push_str(name);
        whole.push_str("\": ");
        whole.push_str(value);
    }
    whole.push_str("\n}\n");
    whole.into_bytes()
}

/// A list of what is written two deep.
fn list(entries: &[Arc<String>]) -> String {
    if entries.is_empty() {
        return "[]".to_owned();
    }
    let length = entries.iter().map(|entry| entry.len() + 6).sum::<usize>();
    let mut list = String::with_capacity(length + 8);
    for entry in entries {
        begin(&mut list, '[');
        list.push_str("\n    ");
        list.push_str(entry);
    }
    list.push_str("\n  ]");
    list
}

/// What stands before a part: the bracket before the first, a comma before others.
fn begin(text: &mut String, bracket: char) {
    text.push(if text.is_empty() { bracket } else { ',' });
}

/// A part as it is written this deep in the whole.
fn written(part: &impl Serialize, deep: usize) -> String {
    // Plain structs of strings and finite numbers always serialise, and no text in
    // them has a line break of its own.
    let text = serde_json::to_string_pretty(part).unwrap_or_default();
    text.replace('\n', &format!("\n{}", "  ".repeat(deep)))
}

#[derive(Serialize)]
struct GraduationJson {
    state: &'static str,
    streak: u32,
    earliest: Option<String>,
    window_ends: Option<String>,
    criteria: Vec<CriterionJson>,
}

#[derive(Serialize)]
struct CriterionJson {
    name: &'static str,
    have: u32,
    need: u32,
    met: bool,
}

#[derive(Serialize)]
struct MonthJson<'e> {
    month: String,
    run_month: Option<i32>,
    session: Option<&'static str>,
    paying: Option<&'static str>,
    streak: Option<u32>,
    character: Option<&'static str>,
    kpis: KpisJson,
    signals: Vec<SignalJson<'e>>,
}

#[derive(Serialize)]
struct KpisJson {
    revenue_per_employee: KpiJson,
    task_automation: KpiJson,
    away_from_desk: KpiJson,
}

#[derive(Default, Serialize)]
struct KpiJson {
    value: Option<f64>,
    change: Option<f64>,
    rolling_mean: Option<f64>,
    on_baseline: Option<f64>,
    verdict: Option<&'static str>,
    provisional: bool,
}

#[derive(Serialize)]
struct SignalJson<'e> {
    code: &'static str,
    segment: &'static str,
    subject: Option<&'e str>,
}

#[derive(Serialize)]
struct DecisionJson<'e> {
    id: &'e str,
    month: String,
    action: &'static str,
    owner: &'e str,
    due: String,
    status: &'static str,
    closed: Option<String>,
}

#[derive(Serialize)]
struct RestatementJson {
    measure: &'static str,
    month: Option<String>,
    was: ReadingJson,
    now: ReadingJson,
    reason: String,
    date: String,
    memo: String,
}

/// A number, a closing answer, or null.
#[derive(Serialize)]
#[serde(untagged)]
enum ReadingJson {
    Number(Option<f64>),
    Answer(Option<&'static str>),
}

fn graduation(graduation: &Graduation) -> GraduationJson {
    let criterion = |name, have, need, met| CriterionJson {
        name,
        have,
        need,
        met,
    };
    GraduationJson {
        state: graduation.state.word(),
        streak: graduation.streak.streak,
        earliest: graduation.streak.earliest.map(|month| month.to_string()),
        window_ends: graduation.window.map(|window| window.last.to_string()),
        criteria: vec![
            criterion(
                "streak",
                graduation.streak.streak,
                graduation.streak.needed,
                graduation.streak.met,
            ),
            criterion(
                "strategy-sessions",
                graduation.strategy.in_a_row,
                graduation.strategy.needed,
                graduation.strategy.met,
            ),
            criterion("kpis", graduation.kpis.good, 3, graduation.kpis.met),
        ],
    }
}

fn month_json(context: Context<'_>, month: Month) -> MonthJson<'_> {
    let run = context.run_month(month);
    let kpi = |kpi: Kpi| {
        context
            .point(kpi, month)
            .map_or_else(KpiJson::default, |point| KpiJson {
                value: point.value,
                change: point.change,
                rolling_mean: point.rolling_mean,
                on_baseline: point.on_baseline,
                verdict: point.verdict.map(Verdict::word),
                provisional: point.provisional,
            })
    };
    let signals = context.signals(month).iter().map(|signal| SignalJson {
        code: signal.code.name(),
        segment: signal.segment.key(),
        subject: signal.subject.as_deref(),
    });
    MonthJson {
        month: month.to_string(),
        run_month: run.map(|run| run.number),
        session: run.map(session),
        paying: run.and_then(|run| run.answer).map(Answer::word),
        streak: run.map(|run| run.streak),
        character: run.and_then(|run| run.character).map(Character::word),
        kpis: KpisJson {
            revenue_per_employee: kpi(Kpi::RevenuePerEmployee),
            task_automation: kpi(Kpi::TaskAutomation),
            away_from_desk: kpi(Kpi::AwayFromDesk),
        },
        signals: signals.collect(),
    }
}

fn decision(tracked: &Tracked) -> DecisionJson<'_> {
    DecisionJson {
        id: &tracked.decision.id.value,
        month: tracked.month.to_string(),
        action: action(tracked.decision.action),
        owner: &tracked.decision.owner.value,
        due: tracked.due().to_string(),
        status: status(tracked),
        closed: closed(tracked).map(|month| month.to_string()),
    }
}

fn restatement(context: Context<'_>, restated: &Restated) -> RestatementJson {
    let reading = |reading| match reading {
        Reading::Number(number) => ReadingJson::Number(number),
        Reading::Answer(given) => ReadingJson::Answer(given.map(Answer::word)),
    };
    RestatementJson {
        measure: restated.figure.key(),
        month: context
            .month_of(restated.figure)
            .map(|month| month.to_string()),
        was: reading(restated.was),
        now: reading(restated.now),
        reason: restated.reason.clone(),
        date: restated.date.to_string(),
        memo: restated.memo.to_string(),
    }
}

fn session(run: &RunMonth) -> &'static str {
    match run.session {
        SessionState::Held => "held",
        SessionState::Skipped => "skipped",
        SessionState::Awaiting => "awaiting",
        SessionState::Missing => "missing",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_in_the_whole_as_if_it_were_written_at_once() {
        for count in 0..3 {
            let entry = serde_json::json!({ "a\nb": [1, { "c": [] }], "d": "e\nf" });
            let entries = vec![entry; count];
            let kept: Vec<_> = entries.iter().map(|of| Arc::new(written(of, 2))).collect();
            let whole = serde_json::to_string_pretty(&serde_json::json!({ "entries": entries }));
            let parts = format!("{{\n  \"entries\": {}\n}}", list(&kept));
            assert_eq!(parts, whole.unwrap());
            assert_eq!(list(&kept), written(&entries, 1));
        }
    }
}
