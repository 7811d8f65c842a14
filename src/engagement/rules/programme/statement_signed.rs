//! A statement that is called signed has signatures.

use crate::diagnostic::{Diagnostic, Report};
use crate::engagement::programme::Programme;

pub(super) fn check(programme: &Programme, report: &mut Report) {
    let end_state = programme.end_state.as_ref();
    let Some(statement) = end_state.and_then(|session| session.statement.as_ref()) else {
        return;
    };
    let Some(signed) = statement.signed.as_ref().filter(|signed| signed.value) else {
        return;
    };
    if statement.signatures.is_empty() {
        report.push(
            Diagnostic::error(
                "signed-without-signatures",
                "the statement is called signed, and nobody signed it",
            )
            .at(&signed.span, "called signed here")
            .help(
                "add `signatures: [ { seat: ceo, date: … } ]`, or leave `signed` out until it is",
            ),
        );
    }
}
