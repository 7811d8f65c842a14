//! A month lists each automation and each gate once.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Report, Spanned};
use crate::engagement::MonthRecord;

pub(super) fn check(record: &MonthRecord, report: &mut Report) {
    let Some(telemetry) = &record.telemetry else {
        return;
    };
    let month = record.month;
    once(
        "duplicate-automation",
        telemetry
            .automations
            .iter()
            .map(|automation| &automation.id),
        report,
        |id| format!("{month} lists the automation `{id}` twice"),
    );
    once(
        "duplicate-gate",
        telemetry.gates.iter().map(|gate| &gate.id),
        report,
        |id| format!("{month} lists the gate `{id}` twice"),
    );
}

fn once<'a>(
    code: &'static str,
    ids: impl Iterator<Item = &'a Spanned<String>>,
    report: &mut Report,
    message: impl Fn(&str) -> String,
) {
    let mut firsts = BTreeMap::new();
    for id in ids {
        if let Some(first) = firsts.insert(&*id.value, &id.span) {
            report.push(
                Diagnostic::error(code, message(&id.value))
                    .at(&id.span, "again here")
                    .see(first, "first here")
                    .help("keep one of the two, or give the second an id of its own"),
            );
        }
    }
}
