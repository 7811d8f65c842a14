//! A name that is nearly another one: a gate that is new and takes the place
//! of one with almost the same name, a decision about an automation that
//! nobody reported. Either may be meant so, and is only pointed out.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Report, Spanned, nearest};
use crate::engagement::Engagement;

use crate::engagement::telemetry::Telemetry;
use crate::source::document::Action;
use crate::source::month::Month;

pub(super) fn check(engagement: &Engagement, doubtful: &BTreeSet<Month>, report: &mut Report) {
    gates(engagement, report);
    // Telemetry with faults may have reported anything.
    if doubtful.is_empty() {
        automations(engagement, report);
    }
}

fn gates(engagement: &Engagement, report: &mut Report) {
    let mut ever: BTreeSet<&str> = BTreeSet::new();
    let mut before: Option<&Telemetry> = None;
    for now in telemetry(engagement) {
        let last = before.into_iter().flat_map(|before| &before.gates);
        let gone: Vec<&Spanned<String>> = last
            .map(|gate| &gate.id)
            .filter(|id| now.gates.iter().all(|gate| gate.id.value != id.value))
            .collect();
        for gate in &now.gates {
            let given = &gate.id;
            if ever.contains(&*given.value) {
                continue;
            }
            let near = nearest(&given.value, gone.iter().map(|id| &*id.value));
            let Some(meant) = near.and_then(|near| gone.iter().find(|id| id.value == near)) else {
                continue;
            };
            if follows(&given.value, &meant.value) {
                continue;
            }
            report.push(
                Diagnostic::warning(
                    "gate-renamed",
                    format!(
                        "the gate `{}` is new, and `{}` is no longer reported",
                        given.value, meant.value
                    ),
                )
                .at(&given.span, "")
                .see(&meant.span, "the month before")
                .help(format!(
                    "did you mean `{}`? A gate keeps its id, or its months aren't compared",
                    meant.value
                ))
                .replace_with(Some(meant.value.clone())),
            );
        }
        ever.extend(now.gates.iter().map(|gate| &*gate.id.value));
        before = Some(now);
    }
}

/// Whether one name is the other with a part behind it: `refunds-north` is
/// another gate than `refunds`.
fn follows(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short)
        .is_some_and(|rest| rest.starts_with('-'))
}

fn automations(engagement: &Engagement, report: &mut Report) {
    let known: BTreeSet<&str> = telemetry(engagement)
        .flat_map(|telemetry| {
            let reported = telemetry
                .automations
                .iter()
                .map(|automation| &automation.id);
            reported.chain(&telemetry.shipped).chain(&telemetry.retired)
        })
        .map(|id| &*id.value)
        .collect();
    let held = engagement
        .months
        .values()
        .filter_map(|record| record.held());
    // What is to be built is new.
    let decisions = held
        .flat_map(|held| &held.decisions)
        .filter(|decision| decision.action != Action::Build);
    for given in decisions.filter_map(|decision| decision.automation.as_ref()) {
        if known.contains(&*given.value) {
            continue;
        }
        let Some(near) = nearest(&given.value, known.iter().copied()) else {
            continue;
        };
        report.push(
            Diagnostic::warning(
                "unknown-automation",
                format!("no automation `{}` was ever reported", given.value),
            )
            .at(&given.span, "")
            .help(format!("did you mean `{near}`?"))
            .replace_with(Some(near.to_owned())),
        );
    }
}

fn telemetry(engagement: &Engagement) -> impl Iterator<Item = &Telemetry> {
    let records = engagement.months.values();
    records.filter_map(|record| record.telemetry.as_ref())
}
