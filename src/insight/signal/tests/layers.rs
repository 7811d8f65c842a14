//! Layer 3's signals, and late work.

use chrono::NaiveDate;

use super::{fires, one};
use crate::insight::fixture::{Fixture, run};
use crate::insight::signal::{Code, Figures};

fn briefing(fields: &str) -> String {
    format!("layers: {{ briefing: {{ {fields} }} }}\n")
}

#[test]
fn trust_is_lost_from_two_missed_patterns() {
    let lost = |fields| fires(&briefing(fields), Code::TrustLoss);
    assert!(!lost("briefs: 20, missed: 1"));
    assert!(lost("briefs: 20, missed: 2"));
    assert!(lost("briefs: 20, missed: 3"));
    assert!(!lost("briefs: 20"));
    assert!(!fires("layers: {}\n", Code::TrustLoss));
}

#[test]
fn confidence_wobbles_from_a_fifth_of_the_briefs() {
    let wobbles = |fields| fires(&briefing(fields), Code::BriefConfidence);
    assert!(!wobbles("briefs: 1000, low_confidence: 199"));
    assert!(wobbles("briefs: 1000, low_confidence: 200"));
    assert!(wobbles("briefs: 1000, low_confidence: 201"));
    assert!(!wobbles("briefs: 0, low_confidence: 0"));
    assert!(!wobbles("briefs: 20"));
    assert!(!fires("layers: {}\n", Code::BriefConfidence));
}

#[test]
fn late_work_slips_once_an_entry() {
    let fixture = Fixture::new().telemetry(
        1,
        "layers: { build: { slipping: [\"Credit pack\", dock-slot-bot] } }\n",
    );
    assert_eq!(
        fixture.fired(1),
        [
            "build-slipping(Credit pack)",
            "build-slipping(dock-slot-bot)"
        ]
    );
    assert!(!fires(
        "layers: { build: { slipping: [] } }\n",
        Code::BuildSlipping
    ));
}

/// A decision of Run month 1, due on a day of Run month 2.
fn decided(due: &str) -> Fixture {
    let decision = format!(
        "decisions: [ {{ id: codes, action: tighten, what: \"Codes\", owner: coo, due: {due} }} ]"
    );
    Fixture::new()
        .telemetry(1, "layers: {}\n")
        .held(1, "yes", &decision)
}

#[test]
fn a_decision_is_late_from_the_day_after_it_was_due() {
    let carried = "follow_up: [ { decision: codes, outcome: carried } ]";
    let late = |due| {
        one(
            &decided(due).held(2, "yes", carried),
            2,
            Code::BuildSlipping,
        )
    };
    // The session is on the 10th.
    assert_eq!(late("2025-02-11"), None);
    assert_eq!(late("2025-02-10"), None);
    let signal = late("2025-02-09").unwrap();
    assert_eq!(signal.subject.as_deref(), Some("codes"));
    let day = |day| NaiveDate::from_ymd_opt(2025, 2, day).unwrap();
    assert_eq!(
        signal.figures,
        Figures::PastDue {
            due: day(9),
            as_of: day(10),
            days: 1
        }
    );
}

#[test]
fn a_decision_closed_or_put_off_in_the_session_is_not_late() {
    let answered = |answer: &str| {
        let follow_up = format!("follow_up: [ {{ decision: codes, {answer} }} ]");
        one(
            &decided("2025-02-01").held(2, "yes", &follow_up),
            2,
            Code::BuildSlipping,
        )
    };
    assert!(answered("outcome: carried").is_some());
    assert_eq!(answered("outcome: done"), None);
    assert_eq!(answered("outcome: dropped, reason: \"no use\""), None);
    assert_eq!(answered("outcome: slipped, due: 2025-03-01"), None);
    assert!(answered("outcome: slipped, due: 2025-02-05").is_some());
}

#[test]
fn a_later_answer_does_not_change_what_was_late() {
    let fixture = decided("2025-02-01")
        .held(
            2,
            "yes",
            "follow_up: [ { decision: codes, outcome: carried } ]",
        )
        .held(
            3,
            "yes",
            "follow_up: [ { decision: codes, outcome: done } ]",
        );
    assert!(one(&fixture, 2, Code::BuildSlipping).is_some());
    assert_eq!(one(&fixture, 3, Code::BuildSlipping), None);
    // Nor is it late in the month that decided it.
    assert_eq!(one(&fixture, 1, Code::BuildSlipping), None);
}

#[test]
fn a_month_without_a_session_is_judged_as_of_its_telemetry() {
    let awaiting = |as_of: &str| decided("2025-02-20").telemetry(2, as_of);
    assert_eq!(
        one(&awaiting("as_of: 2025-02-20\n"), 2, Code::BuildSlipping),
        None
    );
    assert!(one(&awaiting("as_of: 2025-02-21\n"), 2, Code::BuildSlipping).is_some());
    assert!(one(&awaiting("layers: {}\n"), 2, Code::BuildSlipping).is_some());
    // A skipped month without telemetry speaks of no day.
    assert_eq!(
        one(&decided("2025-02-20").skipped(2), 2, Code::BuildSlipping),
        None
    );
    let later = awaiting("as_of: 2025-02-20\n").telemetry(3, "layers: {}\n");
    assert_eq!(one(&later, 2, Code::BuildSlipping), None);
    assert!(later.insights().signals.contains_key(&run(3)));
}
