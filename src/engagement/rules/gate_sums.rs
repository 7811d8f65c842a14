//! What a gate's reviewers did adds up to what they saw.

use crate::diagnostic::{Diagnostic, Report};
use crate::engagement::MonthRecord;

pub(super) fn check(record: &MonthRecord, report: &mut Report) {
    let gates = record
        .telemetry
        .iter()
        .flat_map(|telemetry| &telemetry.gates);
    for gate in gates {
        let parts = [gate.approved, gate.overruled, gate.escalated];
        let sum: u64 = parts.iter().map(|part| u64::from(*part)).sum();
        let reviewed = gate.reviewed.value;
        if sum != u64::from(reviewed) {
            report.push(
                Diagnostic::error(
                    "gate-does-not-add-up",
                    format!(
                        "at the gate `{}` {reviewed} cases were reviewed, but {} approved, {} overruled and {} escalated make {sum}",
                        gate.id.value, gate.approved, gate.overruled, gate.escalated
                    ),
                )
                .at(&gate.reviewed.span, format!("should be {sum}"))
                .help("reviewed = approved + overruled + escalated"),
            );
        }
        if reviewed > gate.cases {
            report.push(
                Diagnostic::error(
                    "more-than-all",
                    format!(
                        "at the gate `{}` {reviewed} cases were reviewed, but there were only {}",
                        gate.id.value, gate.cases
                    ),
                )
                .at(&gate.reviewed.span, "")
                .help("`cases` counts all that came to the gate, reviewed or not"),
            );
        }
    }
}
