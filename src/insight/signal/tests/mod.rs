//! Each signal just below, at and above its threshold, and on what wasn't
//! reported.

mod automation;
mod gate;
mod kpi;
mod layers;
mod sample;
mod session;

use super::{Code, Figures, Signal, signals};
use crate::engagement::segment::Segment;
use crate::insight::fixture::{Fixture, run};

/// A Run month's signal of one code, if it fired; at most one is expected.
fn one(fixture: &Fixture, run_month: i32, code: Code) -> Option<Signal> {
    let insights = fixture.insights();
    let mut fired = insights
        .signals(run(run_month))
        .iter()
        .filter(|signal| signal.code == code);
    let first = fired.next().cloned();
    assert!(fired.next().is_none(), "{} fired twice", code.name());
    first
}

/// Whether a Run month's telemetry fires a signal on its own.
fn fires(telemetry: &str, code: Code) -> bool {
    one(&Fixture::new().telemetry(1, telemetry), 1, code).is_some()
}

#[test]
fn a_month_in_which_nothing_fired_is_quiet() {
    let fixture = Fixture::new()
        .telemetry(1, "layers: {}\n")
        .held(1, "yes", "");
    assert_eq!(fixture.fired(1), ["quiet"]);
    assert_eq!(
        Fixture::new().telemetry(1, "layers: {}\n").fired(1),
        ["quiet"]
    );
    // Without telemetry nobody knows whether it was.
    assert_eq!(Fixture::new().held(1, "yes", "").fired(1), [""; 0]);
    assert_eq!(
        Fixture::new()
            .telemetry(1, "layers: {}\n")
            .held(1, "no", "")
            .fired(1),
        ["not-paying"]
    );
}

#[test]
fn signals_stand_by_segment_then_rule_then_subject() {
    let fixture = Fixture::new()
        .telemetry(
            1,
            "kpis: { task_automation: 71, away_from_desk: 21 }\n\
             layers: { build: { slipping: [beta, alpha] } }\n\
             gates:\n\
             - { id: zulu, cases: 40, reviewed: 40, approved: 40, overruled: 0, escalated: 0 }\n\
             - { id: alfa, cases: 40, reviewed: 40, approved: 40, overruled: 0, escalated: 0 }\n",
        )
        .held(1, "no", "");
    assert_eq!(
        fixture.fired(1),
        [
            "gate-rubber-stamp(alfa)",
            "gate-rubber-stamp(zulu)",
            "trust-gain(alfa)",
            "trust-gain(zulu)",
            "ta-verdict",
            "headroom-open",
            "build-slipping(alpha)",
            "build-slipping(beta)",
            "not-paying",
        ]
    );
    for signal in fixture.insights().signals(run(1)) {
        assert_eq!(signal.segment, signal.code.segment());
    }
}

#[test]
fn a_single_month_says_what_all_of_them_say() {
    let engagement = Fixture::sample().read();
    let insights = crate::insight::Insights::of(&engagement);
    for (month, all) in &insights.signals {
        let single = signals(
            &engagement,
            &insights.series,
            &insights.run_months,
            &insights.backlog,
            *month,
        );
        assert_eq!(single, **all);
    }
    let unknown = signals(
        &engagement,
        &insights.series,
        &insights.run_months,
        &insights.backlog,
        run(-40),
    );
    assert_eq!(unknown, []);
}

#[test]
fn an_engagement_overrides_a_threshold_by_name() {
    let telemetry = "layers: { briefing: { briefs: 10, missed: 2 } }\n";
    let fixture = Fixture::new()
        .engagement("playbook: { trust-loss-missed: 3 }")
        .telemetry(1, telemetry);
    assert_eq!(one(&fixture, 1, Code::TrustLoss), None);
    let fixture = Fixture::new().telemetry(1, telemetry);
    let signal = one(&fixture, 1, Code::TrustLoss).unwrap();
    assert_eq!(
        signal.figures,
        Figures::Missed {
            missed: 2,
            threshold: 2.0
        }
    );
    assert_eq!(signal.segment, Segment::State);
}
