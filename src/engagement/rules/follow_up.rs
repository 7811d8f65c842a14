//! Nothing agreed on gets lost: every decision still open is answered in the
//! next session that is held.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Report, Span, nearest};
use crate::engagement::Engagement;
use crate::engagement::session::Held;
use crate::source::document::Outcome;
use crate::source::month::Month;

/// Decisions as the sessions go by, each by its id.
#[derive(Default)]
struct Decisions<'e> {
    /// Not yet closed, with where they were made.
    open: BTreeMap<&'e str, &'e Span>,
    /// Never answered when they should have been. That is said once, and a
    /// late answer is none the worse.
    overlooked: BTreeSet<&'e str>,
    /// Closed, with where that was said.
    closed: BTreeMap<&'e str, &'e Span>,
    /// Whether there may be open ones that aren't known: the session before
    /// had faults, and may have decided and answered anything.
    unsure: bool,
}

pub(super) fn check(engagement: &Engagement, doubtful: &BTreeSet<Month>, report: &mut Report) {
    let mut decisions = Decisions::default();
    let months: BTreeSet<Month> = engagement.months.keys().chain(doubtful).copied().collect();
    for month in months {
        if doubtful.contains(&month) {
            decisions = Decisions {
                unsure: true,
                ..Decisions::default()
            };
            continue;
        }
        if let Some(held) = engagement
            .months
            .get(&month)
            .and_then(|record| record.held())
        {
            decisions.unanswered(held, report);
            decisions.go_on(held, report);
        }
    }
}

impl<'e> Decisions<'e> {
    /// Takes over what a session answered and decided. Every decision open
    /// before it is answered in it, so that afterwards all are known.
    fn go_on(&mut self, held: &'e Held, report: &mut Report) {
        let mut answered: BTreeMap<&str, &Span> = BTreeMap::new();
        let mut still_open = BTreeMap::new();
        for answer in &held.follow_up {
            let id = &*answer.decision.value;
            let span = &answer.decision.span;
            if let Some(first) = answered.insert(id, span) {
                report.push(
                    Diagnostic::error(
                        "answered-twice",
                        format!("the decision `{id}` is answered twice"),
                    )
                    .at(span, "again here")
                    .see(first, "first here")
                    .help("keep one of the two answers"),
                );
                continue;
            }
            if !self.open.contains_key(id) && !self.overlooked.remove(id) && !self.unsure {
                report.push(self.not_open(id, span));
                continue;
            }
            if matches!(answer.outcome, Outcome::Done | Outcome::Dropped) {
                self.closed.insert(id, span);
            } else {
                still_open.insert(id, self.open.get(id).copied().unwrap_or(span));
            }
        }
        self.overlooked
            .extend(self.open.keys().filter(|id| !answered.contains_key(*id)));
        self.open = still_open;
        for decision in &held.decisions {
            self.open
                .entry(&decision.id.value)
                .or_insert(&decision.id.span);
        }
        self.unsure = false;
    }

    fn unanswered(&self, held: &Held, report: &mut Report) {
        let answers: Vec<&str> = held
            .follow_up
            .iter()
            .map(|answer| &*answer.decision.value)
            .collect();
        let misspelt: BTreeSet<&str> = answers
            .iter()
            .filter(|answer| !self.open.contains_key(*answer))
            .filter_map(|answer| nearest(answer, self.open.keys().copied()))
            .collect();
        for (id, made) in &self.open {
            if answers.contains(id) || misspelt.contains(id) {
                continue;
            }
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

    fn not_open(&self, id: &str, span: &Span) -> Diagnostic {
        if let Some(closed) = self.closed.get(id) {
            return Diagnostic::error(
                "decision-closed",
                format!("the decision `{id}` was already closed"),
            )
            .at(span, "answered again here")
            .see(closed, "closed here")
            .help("remove this answer, or make a new decision");
        }
        let near = nearest(id, self.open.keys().copied());
        Diagnostic::error(
            "unknown-decision",
            format!("`{id}` is not an open decision"),
        )
        .at(span, "")
        .help(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "an answer names a decision of an earlier session by its id".to_owned(),
        })
        .replace_with(near.map(ToOwned::to_owned))
    }
}
