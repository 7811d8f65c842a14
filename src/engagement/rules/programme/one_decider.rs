//! A decision is one seat's to make.

use crate::diagnostic::{Diagnostic, Report, Spanned};
use crate::engagement::programme::Programme;
use crate::source::document::Right;

pub(super) fn check(programme: &Programme, report: &mut Report) {
    let session = programme.end_state.iter();
    for decision in session.flat_map(|session| &session.decision_rights) {
        let deciders: Vec<&Spanned<String>> = decision
            .rights
            .iter()
            .filter(|(_, right)| *right == Right::Decides)
            .map(|(seat, _)| seat)
            .collect();
        match deciders[..] {
            [_] => {}
            [] => report.push(
                Diagnostic::error("no-decider", "nobody decides this")
                    .at(&decision.decision.span, "no seat `decides`")
                    .help("give exactly one seat `decides`; the others recommend, are consulted or informed"),
            ),
            [first, second, ..] => report.push(
                Diagnostic::error(
                    "two-deciders",
                    format!(
                        "both `{}` and `{}` decide this",
                        first.value, second.value
                    ),
                )
                .at(&second.span, "decides too")
                .see(&first.span, "decides")
                .help("what two decide, nobody does: give one of them `recommends`"),
            ),
        }
    }
}
