//! Layer 4's signals.

use super::{fires, one};
use crate::insight::fixture::Fixture;
use crate::insight::signal::{Code, Figures};

fn gate(cases: u32, approved: u32, overruled: u32, escalated: u32, more: &str) -> String {
    let reviewed = approved + overruled + escalated;
    format!(
        "gates: [ {{ id: refunds, cases: {cases}, reviewed: {reviewed}, approved: {approved}, overruled: {overruled}, escalated: {escalated}{more} }} ]\n"
    )
}

#[test]
fn a_gate_is_a_rubber_stamp_from_95_percent_without_a_correction() {
    let stamp = |cases, approved, overruled, escalated| {
        fires(
            &gate(cases, approved, overruled, escalated, ""),
            Code::GateRubberStamp,
        )
    };
    assert!(!stamp(1000, 949, 0, 0));
    assert!(stamp(1000, 950, 0, 0));
    assert!(stamp(1000, 951, 0, 0));
    assert!(stamp(1, 1, 0, 0));
    assert!(!stamp(1000, 950, 1, 0));
    assert!(!stamp(1000, 950, 0, 1));
    assert!(!stamp(0, 0, 0, 0));
    assert!(!fires("layers: {}\n", Code::GateRubberStamp));
}

#[test]
fn a_gate_is_blind_up_to_10_percent_with_a_miss() {
    let blind = |cases, approved, more| fires(&gate(cases, approved, 0, 0, more), Code::GateBlind);
    assert!(blind(1000, 99, ", missed: 1"));
    assert!(blind(1000, 100, ", missed: 1"));
    assert!(!blind(1000, 101, ", missed: 1"));
    assert!(blind(1000, 0, ", missed: 1"));
    assert!(!blind(1000, 100, ", missed: 0"));
    assert!(!blind(1000, 100, ""));
    assert!(!blind(0, 0, ", missed: 1"));
}

#[test]
fn trust_is_gained_from_40_approvals_without_an_override() {
    let gain = |approved, overruled, escalated| {
        fires(
            &gate(500, approved, overruled, escalated, ""),
            Code::TrustGain,
        )
    };
    assert!(!gain(39, 0, 0));
    assert!(gain(40, 0, 0));
    assert!(gain(41, 0, 0));
    assert!(gain(40, 0, 3));
    assert!(!gain(400, 1, 0));
    assert!(!fires("layers: {}\n", Code::TrustGain));
}

#[test]
fn an_approval_rate_drops_from_5_points_on_the_calendar_month_before() {
    let drop = |before: String, now: String| {
        one(
            &Fixture::new().telemetry(1, &before).telemetry(2, &now),
            2,
            Code::ApprovalDrop,
        )
    };
    let rate = |approved| gate(2000, approved, 1000 - approved, 0, "");
    assert_eq!(drop(rate(900), rate(851)), None);
    let signal = drop(rate(900), rate(850)).unwrap();
    assert_eq!(signal.subject.as_deref(), Some("refunds"));
    let Figures::ApprovalRate {
        rate: now,
        before,
        fall,
        threshold,
    } = signal.figures
    else {
        panic!("{signal:?}")
    };
    assert!((now - 85.0).abs() < 1e-9 && (before - 90.0).abs() < 1e-9);
    assert!((fall - 5.0).abs() < 1e-9 && (threshold - 5.0).abs() < 1e-9);
    assert!(drop(rate(900), rate(849)).is_some());
    assert_eq!(drop(rate(850), rate(900)), None);
    // No review is no rate, this month or last.
    assert_eq!(drop(rate(900), gate(2000, 0, 0, 0, "")), None);
    assert_eq!(drop(gate(2000, 0, 0, 0, ""), rate(100)), None);
    // Another gate's rate says nothing about this one's.
    assert_eq!(
        drop(rate(900).replace("refunds", "credit"), rate(100)),
        None
    );
    assert_eq!(drop("layers: {}\n".to_owned(), rate(100)), None);
    // The month before last isn't last month.
    let gap = Fixture::new()
        .telemetry(1, &rate(900))
        .telemetry(3, &rate(100));
    assert_eq!(one(&gap, 3, Code::ApprovalDrop), None);
}

#[test]
fn a_gate_approves_too_fast_beyond_its_envelope() {
    let fast = |approved, more| fires(&gate(500, approved, 1, 0, more), Code::ApprovingTooFast);
    assert!(!fast(44, ", envelope: 45"));
    assert!(!fast(45, ", envelope: 45"));
    assert!(fast(46, ", envelope: 45"));
    assert!(!fast(46, ""));
}
