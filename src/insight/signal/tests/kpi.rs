//! The KPIs' signals.

use super::{fires, one};
use crate::insight::fixture::Fixture;
use crate::insight::signal::{Code, Figures, Tone};
use crate::insight::verdict::Verdict;

fn away(hours: &str) -> String {
    format!("kpis: {{ away_from_desk: {hours} }}\n")
}

#[test]
fn hours_moved_from_a_tenth_on_last_month() {
    let moved = |before: &str, now: &str| {
        one(
            &Fixture::new()
                .telemetry(1, &away(before))
                .telemetry(2, &away(now)),
            2,
            Code::AfdMoved,
        )
    };
    assert_eq!(moved("100", "109.9"), None);
    let up = moved("100", "110").unwrap();
    assert_eq!(up.tone, Tone::Opening);
    assert_eq!(
        up.figures,
        Figures::Moved {
            value: 110.0,
            before: Some(100.0),
            percent_on_before: Some(10.0),
            mean: None,
            percent_on_mean: None,
            threshold: 10.0
        }
    );
    assert!(moved("100", "110.1").is_some());
    assert_eq!(moved("100", "90.1"), None);
    assert_eq!(moved("100", "90").unwrap().tone, Tone::Warning);
    // From nothing there is no percentage, but a movement.
    let from_nothing = moved("0", "1").unwrap();
    assert!(matches!(
        from_nothing.figures,
        Figures::Moved {
            percent_on_before: None,
            ..
        }
    ));
    assert_eq!(moved("0", "0"), None);
}

#[test]
fn hours_moved_from_a_tenth_on_the_rolling_mean() {
    let moved = |first: &str, now: &str| {
        let fixture = Fixture::new()
            .telemetry(1, &away(first))
            .telemetry(2, &away("100"))
            .telemetry(3, &away(now));
        one(&fixture, 3, Code::AfdMoved)
    };
    // A mean of 95, of which 105 is 10.5 % more, though 5 % more than 100.
    let signal = moved("80", "105").unwrap();
    assert_eq!(signal.tone, Tone::Opening);
    assert!(
        matches!(signal.figures, Figures::Moved { percent_on_mean: Some(percent), .. } if percent > 10.0)
    );
    // A mean of 90, of which 99 is a tenth more; and one of 90.03.
    assert!(moved("71", "99").is_some());
    assert_eq!(moved("71.1", "99"), None);
}

#[test]
fn hours_that_were_not_reported_moved_nowhere() {
    let none = "kpis: {}\n";
    let moved = |before: &str, now: &str| {
        one(
            &Fixture::new().telemetry(1, before).telemetry(2, now),
            2,
            Code::AfdMoved,
        )
    };
    assert_eq!(moved(none, &away("50")), None);
    assert_eq!(moved(&away("50"), none), None);
    assert_eq!(
        one(&Fixture::new().telemetry(1, &away("50")), 1, Code::AfdMoved),
        None
    );
}

#[test]
fn task_automation_speaks_up_when_behind_or_above_its_cap() {
    let verdict = |value: &str| {
        let telemetry = format!("kpis: {{ task_automation: {value} }}\n");
        one(&Fixture::new().telemetry(2, &telemetry), 2, Code::TaVerdict)
    };
    let behind = verdict("19.9").unwrap();
    assert!(matches!(
        behind.figures,
        Figures::Automation {
            verdict: Verdict::Behind,
            band: Some(_),
            ..
        }
    ));
    assert_eq!(verdict("20"), None);
    assert_eq!(verdict("45.1"), None);
    assert_eq!(verdict("70"), None);
    let above = verdict("70.1").unwrap();
    assert!(matches!(
        above.figures,
        Figures::Automation {
            verdict: Verdict::AboveCap,
            ..
        }
    ));
    assert_eq!(
        one(
            &Fixture::new().telemetry(2, "kpis: {}\n"),
            2,
            Code::TaVerdict
        ),
        None
    );
    // Before Run nothing is judged.
    let early = Fixture::new().file("2024-12/telemetry.yaml", "kpis: { task_automation: 90 }\n");
    assert_eq!(
        early.insights().signals(crate::insight::fixture::run(0))[0].code,
        Code::Quiet
    );
}

#[test]
fn headroom_opens_above_both_thresholds() {
    let open = |automation: &str, hours: &str| {
        let telemetry =
            format!("kpis: {{ task_automation: {automation}, away_from_desk: {hours} }}\n");
        fires(&telemetry, Code::HeadroomOpen)
    };
    assert!(!open("54.9", "21"));
    assert!(!open("55", "21"));
    assert!(open("55.1", "21"));
    assert!(!open("56", "19.9"));
    assert!(!open("56", "20"));
    assert!(open("56", "20.1"));
    assert!(!fires(
        "kpis: { task_automation: 60 }\n",
        Code::HeadroomOpen
    ));
    assert!(!fires("kpis: { away_from_desk: 30 }\n", Code::HeadroomOpen));
}

#[test]
fn revenue_is_unmoved_under_3_percent_from_month_nine() {
    let unmoved = |month, value: &str| {
        let telemetry = format!("kpis: {{ revenue_per_employee: {value} }}\n");
        one(
            &Fixture::new().telemetry(month, &telemetry),
            month,
            Code::RpeUnmoved,
        )
    };
    assert_eq!(unmoved(8, "102999"), None);
    let signal = unmoved(9, "102999").unwrap();
    assert!(
        matches!(signal.figures, Figures::Unmoved { percent, .. } if (percent - 2.999).abs() < 1e-9)
    );
    assert_eq!(unmoved(9, "103000"), None);
    assert_eq!(unmoved(9, "103001"), None);
    assert!(unmoved(14, "102999").is_some());
    assert_eq!(
        one(
            &Fixture::new().telemetry(9, "kpis: {}\n"),
            9,
            Code::RpeUnmoved
        ),
        None
    );
    let without_baseline = Fixture::new()
        .without("2024-06/fit-check.yaml")
        .telemetry(9, "kpis: { revenue_per_employee: 1 }\n");
    assert_eq!(one(&without_baseline, 9, Code::RpeUnmoved), None);
}
