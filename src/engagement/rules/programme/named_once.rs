//! What has an id of its own has it once: metrics, bottlenecks, risks and
//! workstreams. A seat is in the room once, and signs once.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Report, Spanned};
use crate::engagement::programme::{Programme, Signature, Workstream};

pub(super) fn check(programme: &Programme, report: &mut Report) {
    let end_state = programme.end_state.as_ref();
    let current_state = programme.current_state.as_ref();
    let path = programme.path.as_ref();
    let brief = programme.decision_brief.as_ref();
    let metrics = end_state.into_iter().flat_map(|session| &session.scorecard);
    once("metric", metrics.map(|metric| &metric.id), report);
    let bottlenecks = current_state
        .into_iter()
        .flat_map(|session| &session.bottlenecks);
    once("bottleneck", bottlenecks.map(|found| &found.id), report);
    let risks = brief.into_iter().flat_map(|session| &session.risks);
    once("risk", risks.map(|risk| &risk.id), report);
    let workstreams = [
        path.map(|session| &session.workstreams),
        brief.map(|session| &session.workstreams),
    ];
    for workstreams in workstreams.into_iter().flatten() {
        let ids = workstreams
            .iter()
            .map(|workstream: &Workstream| &workstream.id);
        once("workstream", ids, report);
    }
    for sitting in programme.sittings() {
        let room = sitting.attendance.iter().map(|attendee| &attendee.seat);
        seats_once("is in the room", room, report);
    }
    let statement = end_state.and_then(|session| session.statement.as_ref());
    let signed = statement.map(|statement| &statement.signatures);
    let signed_off = brief.map(|session| &session.sign_off);
    for signatures in [signed, signed_off].into_iter().flatten() {
        let seats = signatures
            .iter()
            .map(|signature: &Signature| &signature.seat);
        seats_once("signs", seats, report);
    }
}

fn once<'p>(
    what: &'static str,
    ids: impl Iterator<Item = &'p Spanned<String>>,
    report: &mut Report,
) {
    let code = match what {
        "metric" => "duplicate-metric",
        "bottleneck" => "duplicate-bottleneck",
        "risk" => "duplicate-risk",
        _ => "duplicate-workstream",
    };
    let mut firsts = BTreeMap::new();
    for id in ids {
        if let Some(first) = firsts.insert(&*id.value, &id.span) {
            report.push(
                Diagnostic::error(code, format!("the {what} `{}` is listed twice", id.value))
                    .at(&id.span, "again here")
                    .see(first, "first here")
                    .help("remove one of the two, or give it an id of its own"),
            );
        }
    }
}

fn seats_once<'p>(
    does: &str,
    seats: impl Iterator<Item = &'p Spanned<String>>,
    report: &mut Report,
) {
    let mut firsts = BTreeMap::new();
    for seat in seats {
        if let Some(first) = firsts.insert(&*seat.value, &seat.span) {
            report.push(
                Diagnostic::error(
                    "duplicate-seat",
                    format!("the seat `{}` {does} twice", seat.value),
                )
                .at(&seat.span, "again here")
                .see(first, "first here")
                .help("a seat is one person; name the other one's own seat"),
            );
        }
    }
}
