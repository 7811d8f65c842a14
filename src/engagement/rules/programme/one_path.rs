//! The path session leaves with a decision: one pathway, its owner, and what
//! it rests on. Until anything is noted of the session, it owes nothing.

use crate::diagnostic::{Diagnostic, Report};
use crate::engagement::programme::{PathChoice, Pathway, Programme};

/// `sure` says whether all of the file could be read, so that what isn't
/// there is known to be missing.
pub(super) fn check(programme: &Programme, sure: bool, report: &mut Report) {
    let Some(session) = programme.path.as_ref().filter(|path| path.is_recorded()) else {
        return;
    };
    let selected: Vec<&Pathway> = session
        .pathways
        .iter()
        .filter(|pathway| pathway.selected)
        .collect();
    match selected[..] {
        [] if sure => report.push(
            Diagnostic::error("no-pathway", "no pathway is selected")
                .at(&session.pathways_span, "")
                .help("give one of `transform`, `parallel`, `outsource` and `hybrid` a `selected: true`; the session chooses a path and doesn't explore all options further"),
        ),
        [pathway] if sure => rests_on(session, pathway, report),
        [] | [_] => {}
        [first, second, ..] => report.push(
            Diagnostic::error(
                "two-pathways",
                format!(
                    "both `{}` and `{}` are selected",
                    first.name.id(),
                    second.name.id()
                ),
            )
            .at(&second.span, "selected too")
            .see(&first.span, "selected")
            .help("select one; a mixture of them is `hybrid`"),
        ),
    }
}

fn rests_on(session: &PathChoice, pathway: &Pathway, report: &mut Report) {
    if pathway.owner.is_none() {
        report.push(
            Diagnostic::error(
                "path-without-owner",
                format!(
                    "nobody answers for the selected pathway `{}`",
                    pathway.name.id()
                ),
            )
            .at(&pathway.span, "selected here")
            .help("add `owner: …`: one seat that answers for it"),
        );
    }
    if session.assumptions.is_empty() {
        report.push(
            Diagnostic::error(
                "path-without-assumption",
                format!(
                    "the selected pathway `{}` has neither assumption nor failure condition",
                    pathway.name.id()
                ),
            )
            .at(&pathway.span, "selected here")
            .help("add `assumptions: [ { assumption: \"…\", fails_if: \"…\" } ]`: what it rests on, and what would show that it doesn't hold"),
        );
    }
}
