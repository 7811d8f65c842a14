//! A decision's id is its own over the whole engagement.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Report};
use crate::engagement::Engagement;

pub(super) fn check(engagement: &Engagement, report: &mut Report) {
    let held = engagement
        .months
        .values()
        .filter_map(|record| record.held());
    let mut firsts = BTreeMap::new();
    for decision in held.flat_map(|held| &held.decisions) {
        if let Some(first) = firsts.insert(&*decision.id.value, &decision.id.span) {
            report.push(
                Diagnostic::error("duplicate-decision", format!("the decision `{}` is made twice", decision.id.value))
                    .at(&decision.id.span, "again here")
                    .see(first, "first here")
                    .help("a decision that goes on is answered under `follow_up`; a new one needs an id of its own"),
            );
        }
    }
}
