//! Nothing agreed on gets lost: every decision still open is answered in the
//! next session that is held.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Report, nearest};
use crate::engagement::Engagement;
use crate::engagement::session::Held;
use crate::source::document::Outcome;
use crate::source::month::Month;

pub(super) fn check(engagement: &Engagement, doubtful: &BTreeSet<Month>, report: &mut Report) {
    let mut open: BTreeMap<&str, &crate::diagnostic::Span> = BTreeMap::new();
    let mut closed: BTreeSet<&str> = BTreeSet::new();
    for record in engagement.months.values() {
        // A session that couldn't be read may have answered anything.
        if doubtful.contains(&record.month) {
            return;
        }
        let Some(held) = record.held() else { continue };
        unanswered(held, &open, report);
        let mut answered = BTreeSet::new();
        for answer in &held.follow_up {
            let id = &*answer.decision.value;
            if !open.contains_key(id) || !answered.insert(id) {
                report.push(not_open(id, answer.decision.span.clone(), &open, &closed));
                continue;
            }
            if matches!(answer.outcome, Outcome::Done | Outcome::Dropped) {
                closed.insert(id);
            }
        }
        open.retain(|id, _| !closed.contains(id));
        for decision in &held.decisions {
            open.entry(&decision.id.value).or_insert(&decision.id.span);
        }
    }
}

fn unanswered(held: &Held, open: &BTreeMap<&str, &crate::diagnostic::Span>, report: &mut Report) {
    for (id, made) in open {
        let answered = held.follow_up.iter().any(|answer| answer.decision.value == *id);
        if !answered {
            report.push(
                Diagnostic::error("decision-unanswered", format!("the open decision `{id}` is not answered in this session"))
                    .at(&held.date.span, "held here")
                    .see(made, "decided here")
                    .help(format!(
                        "add `- {{ decision: {id}, outcome: … }}` under `follow_up`: done, slipped with a new `due`, carried, or dropped with a `reason`"
                    )),
            );
        }
    }
}

fn not_open(
    id: &str,
    span: crate::diagnostic::Span,
    open: &BTreeMap<&str, &crate::diagnostic::Span>,
    closed: &BTreeSet<&str>,
) -> Diagnostic {
    if closed.contains(id) {
        return Diagnostic::error("decision-closed", format!("the decision `{id}` was already closed"))
            .at(&span, "")
            .help("remove this answer, or make a new decision");
    }
    if open.contains_key(id) {
        return Diagnostic::error("answered-twice", format!("the decision `{id}` is answered twice"))
            .at(&span, "again here")
            .help("keep one of the two answers");
    }
    let near = nearest(id, open.keys().copied());
    Diagnostic::error("unknown-decision", format!("`{id}` is not an open decision"))
        .at(&span, "")
        .help(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "an answer names a decision of an earlier session by its id".to_owned(),
        })
        .replace_with(near.map(ToOwned::to_owned))
}
