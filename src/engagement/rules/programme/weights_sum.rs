//! What the criteria weigh adds up to 100 percent.

use crate::diagnostic::{Diagnostic, Report};
use crate::engagement::programme::Programme;
use crate::engagement::programme::outline::Criterion;

pub(super) fn check(programme: &Programme, report: &mut Report) {
    let Some(weights) = programme.path.as_ref().map(|session| &session.weights) else {
        return;
    };
    let sum: u32 = weights.percent.iter().sum();
    let Some(span) = weights.span.as_ref().filter(|_| sum != 100) else {
        return;
    };
    let each: Vec<String> = Criterion::ALL
        .iter()
        .zip(weights.percent)
        .map(|(criterion, percent)| format!("{}: {percent}", criterion.id()))
        .collect();
    report.push(
        Diagnostic::error(
            "weights-do-not-add-up",
            format!("the criteria weigh {sum} percent together"),
        )
        .at(span, "should be 100")
        .help(format!(
            "a criterion left out keeps the programme's weight; together they are {}",
            each.join(", ")
        )),
    );
}
