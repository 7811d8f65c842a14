//! Minutes that are laid out and not yet written.

use super::node::{Node, Value};
use crate::diagnostic::Span;

/// Where the date is blank, if nothing of a session is filled in yet: nothing
/// is there but the decisions that wait for an answer. Such a file is what
/// `new month` laid out.
pub(super) fn unwritten(minutes: &Node) -> Option<&Span> {
    let Value::Map(fields) = &minutes.value else {
        return None;
    };
    let all = fields.iter().all(|(name, value)| match name.name() {
        "date" | "minutes" | "closing" => is_blank(value),
        "follow_up" => match &value.value {
            Value::Seq(answers) => answers.iter().all(is_unanswered),
            _ => false,
        },
        _ => false,
    });
    let date = fields.iter().find(|(name, _)| name.name() == "date");
    date.filter(|_| all).map(|(name, _)| name.span())
}

/// A group whose fields are all blank.
fn is_blank(group: &Node) -> bool {
    match &group.value {
        Value::Null => true,
        Value::Map(fields) => fields
            .iter()
            .all(|(_, value)| matches!(value.value, Value::Null)),
        Value::Scalar { .. } | Value::Seq(_) => false,
    }
}

fn is_unanswered(answer: &Node) -> bool {
    let Value::Map(fields) = &answer.value else {
        return false;
    };
    fields
        .iter()
        .all(|(name, value)| name.name() == "decision" || matches!(value.value, Value::Null))
}
