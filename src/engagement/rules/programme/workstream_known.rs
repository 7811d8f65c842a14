//! The plan and the roadmap belong to workstreams that have an owner.

use crate::diagnostic::{Diagnostic, Report, Spanned};
use crate::engagement::firm::unknown_name;
use crate::engagement::programme::Programme;

pub(super) fn check(programme: &Programme, report: &mut Report) {
    let Some(brief) = &programme.decision_brief else {
        return;
    };
    let workstreams = programme.workstreams();
    let known: Vec<&str> = workstreams
        .iter()
        .map(|workstream| &*workstream.id.value)
        .collect();
    let plan = brief
        .plan
        .iter()
        .filter_map(|item| item.workstream.as_ref());
    let roadmap = brief
        .roadmap
        .iter()
        .filter_map(|item| item.workstream.as_ref());
    for workstream in plan.chain(roadmap) {
        if !known.contains(&&*workstream.value) {
            report.push(unknown(workstream, &known));
        }
    }
}

fn unknown(workstream: &Spanned<String>, known: &[&str]) -> Diagnostic {
    if known.is_empty() {
        return Diagnostic::error(
            "unknown-workstream",
            format!("there is no workstream `{}`", workstream.value),
        )
        .at(&workstream.span, "")
        .help(
            "list the workstreams, each with its owner, under `workstreams` in path.yaml or here",
        );
    }
    unknown_name(
        "unknown-workstream",
        "a workstream of the programme",
        &workstream.value,
        &workstream.span,
        known,
    )
}
