//! Layer 4: what the gates approve, overrule and miss.

use super::{Code, Figures, Judged, Signal, Tone, percent};
use crate::engagement::telemetry::Gate;
use crate::insight::verdict::at_least;

/// *gate-rubber-stamp*: nearly every case is reviewed and not one corrected.
/// Raise the acceptance bar.
///
/// Fires when a gate reviewed at least `rubber-stamp-reviewed` percent of its
/// cases, overruled none and escalated none. A gate that stops nearly
/// everything while its reviewer waves everything through teaches people to
/// work around it. From month 2 against month 12.
pub(super) fn rubber_stamp(judged: &Judged<'_>) -> Vec<Signal> {
    let threshold = judged.playbook.rubber_stamp_reviewed;
    each_gate(judged, |gate| {
        let (cases, reviewed) = (gate.cases, gate.reviewed.value);
        let percent = percent(reviewed, cases)?;
        let stamps = reviewed > 0 && gate.overruled == 0 && gate.escalated == 0;
        let figures = Figures::RubberStamp {
            cases,
            reviewed,
            percent,
            threshold,
        };
        (stamps && at_least(percent, threshold)).then_some((
            figures,
            Tone::Warning,
            Code::GateRubberStamp,
        ))
    })
}

/// *gate-blind*: few cases are reviewed, and wrong ones slip past. The bar is
/// in the wrong place.
///
/// Fires when a gate reviewed at most `blind-reviewed` percent of its cases
/// while at least one miss was found. Few reviews are fine as long as they
/// are the right ones. From month 2 against month 12.
pub(super) fn blind(judged: &Judged<'_>) -> Vec<Signal> {
    let threshold = judged.playbook.blind_reviewed;
    each_gate(judged, |gate| {
        let (cases, reviewed) = (gate.cases, gate.reviewed.value);
        let percent = percent(reviewed, cases)?;
        let missed = gate.missed.filter(|missed| *missed > 0)?;
        let figures = Figures::BlindGate {
            cases,
            reviewed,
            percent,
            missed,
            threshold,
        };
        at_least(threshold, percent).then_some((figures, Tone::Warning, Code::GateBlind))
    })
}

/// *trust-gain*: a gate approved many cases and overruled none. Loosen it.
///
/// Fires from `trust-gain-approvals` approvals in the month with no override.
/// Trust in a gate is earned by a record, and a record of this length is
/// worth acting on. From the monthly session.
pub(super) fn trust_gain(judged: &Judged<'_>) -> Vec<Signal> {
    let threshold = judged.playbook.trust_gain_approvals;
    each_gate(judged, |gate| {
        let earned = gate.overruled == 0 && at_least(f64::from(gate.approved), threshold);
        let figures = Figures::Approvals {
            approved: gate.approved,
            threshold,
        };
        earned.then_some((figures, Tone::Opening, Code::TrustGain))
    })
}

/// *approval-drop*: a gate approves a clearly smaller share than last month.
/// Look at the gate.
///
/// Fires when approved in percent of reviewed fell by at least
/// `approval-drop` points on the calendar month before, at the same gate with
/// reviews in both months. A decline in one approval rate is the kind of
/// thing that a session opens with. From the monthly session.
pub(super) fn approval_drop(judged: &Judged<'_>) -> Vec<Signal> {
    let threshold = judged.playbook.approval_drop;
    let Some(last_month) = judged.telemetry_before(1) else {
        return Vec::new();
    };
    each_gate(judged, |gate| {
        let rate = gate.approval_rate()?;
        let same = last_month
            .gates
            .iter()
            .find(|before| before.id.value == gate.id.value)?;
        let before = same.approval_rate()?;
        let fall = before - rate;
        let figures = Figures::ApprovalRate {
            rate,
            before,
            fall,
            threshold,
        };
        // A threshold of nought asks for any fall, not for none.
        (fall > 0.0 && at_least(fall, threshold)).then_some((
            figures,
            Tone::Warning,
            Code::ApprovalDrop,
        ))
    })
}

/// *approving-too-fast*: a gate approved more than present trust allows.
/// Check the envelope.
///
/// Fires when the approvals exceed the gate's own `envelope`; a gate without
/// one is not judged. Where Layer 4 approves faster than its trust envelope
/// suggests, either the envelope or the gate is wrong. From the monthly
/// session.
pub(super) fn approving_too_fast(judged: &Judged<'_>) -> Vec<Signal> {
    each_gate(judged, |gate| {
        let envelope = gate.envelope?;
        let figures = Figures::Envelope {
            approved: gate.approved,
            envelope,
        };
        (gate.approved > envelope).then_some((figures, Tone::Warning, Code::ApprovingTooFast))
    })
}

fn each_gate(
    judged: &Judged<'_>,
    rule: impl Fn(&Gate) -> Option<(Figures, Tone, Code)>,
) -> Vec<Signal> {
    let gates = judged
        .telemetry()
        .map(|telemetry| &*telemetry.gates)
        .unwrap_or_default();
    gates
        .iter()
        .filter_map(|gate| {
            let (figures, tone, code) = rule(gate)?;
            Some(Signal::new(code, Some(&gate.id.value), figures, tone))
        })
        .collect()
}
