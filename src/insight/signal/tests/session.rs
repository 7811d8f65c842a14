//! The loop's own signals.

use super::one;
use crate::insight::fixture::Fixture;
use crate::insight::signal::{Code, Figures};
use crate::source::document::Answer;

const TELEMETRY: &str = "layers: {}\n";

/// How many in a row, whether with this month, and whether an exit risk.
fn skipped(fixture: &Fixture, run_month: i32) -> Option<(u32, bool, bool)> {
    let Figures::Skipped {
        in_a_row,
        this_month,
        exit_risk,
        ..
    } = one(fixture, run_month, Code::SessionSkipped)?.figures
    else {
        panic!("another signal's figures")
    };
    Some((in_a_row, this_month, exit_risk))
}

#[test]
fn skipped_sessions_count_up_to_an_exit_risk() {
    let fixture = Fixture::new()
        .held(1, "yes", "")
        .skipped(2)
        .skipped(3)
        .skipped(4)
        .held(5, "yes", "");
    assert_eq!(skipped(&fixture, 1), None);
    assert_eq!(skipped(&fixture, 2), Some((1, true, false)));
    assert_eq!(skipped(&fixture, 3), Some((2, true, false)));
    assert_eq!(skipped(&fixture, 4), Some((3, true, true)));
    // The next session calls it out.
    assert_eq!(skipped(&fixture, 5), Some((3, false, true)));
    let after = fixture.held(6, "yes", "");
    assert_eq!(skipped(&after, 6), None);
}

#[test]
fn a_month_that_may_still_hold_its_session_counts_the_ones_before() {
    let fixture = Fixture::new()
        .telemetry(1, TELEMETRY)
        .telemetry(2, TELEMETRY)
        .telemetry(4, TELEMETRY);
    assert_eq!(skipped(&fixture, 1), None);
    assert_eq!(skipped(&fixture, 2), Some((1, false, false)));
    // Nothing at all is known of month 3.
    assert_eq!(skipped(&fixture, 4), Some((3, false, true)));
    let other = Fixture::new()
        .engagement("playbook: { skipped-exit-risk: 4 }")
        .telemetry(4, TELEMETRY);
    assert_eq!(skipped(&other, 4), Some((3, false, false)));
}

#[test]
fn quarterly_reviews_skip_no_session() {
    let fixture = Fixture::new()
        .engagement("phases: { run: 2025-01-01, graduated: 2025-03-01 }")
        .held(1, "yes", "")
        .skipped(2)
        .telemetry(4, TELEMETRY);
    assert_eq!(skipped(&fixture, 2), Some((1, true, false)));
    assert_eq!(skipped(&fixture, 4), None);
}

#[test]
fn the_ceo_is_missed_where_attendance_was_noted() {
    let absent = |attendance: &str| {
        one(
            &Fixture::new().held(1, "yes", attendance),
            1,
            Code::CeoAbsent,
        )
    };
    assert_eq!(absent("attendance: [ { seat: ceo }, { seat: coo } ]"), None);
    assert!(absent("attendance: [ { seat: coo } ]").is_some());
    assert_eq!(absent("attendance: []"), None);
    assert_eq!(absent(""), None);
    assert_eq!(
        one(&Fixture::new().telemetry(1, TELEMETRY), 1, Code::CeoAbsent),
        None
    );
}

#[test]
fn a_room_is_too_large_from_the_fifth_and_with_another_seat() {
    let seats = "seats: { ceo: {}, coo: {}, cfo: {}, consultant: {}, sales: {}, chair: {} }";
    let fired = |playbook: &str, attendance: &str| {
        let lines = format!("attendance: [ {attendance} ]");
        let firm = format!("{seats}\n{playbook}");
        Fixture::new()
            .engagement(&firm)
            .held(1, "yes", &lines)
            .fired(1)
    };
    let three = "{ seat: ceo }, { seat: coo }, { seat: cfo }";
    let four = format!("{three}, {{ seat: consultant }}");
    assert_eq!(fired("", three), [""; 0]);
    assert_eq!(fired("", &four), [""; 0]);
    assert_eq!(
        fired("playbook: { room-largest: 3 }", &four),
        ["room-too-large"]
    );
    assert_eq!(
        fired("", "{ seat: ceo }, { seat: sales }"),
        ["room-too-large(sales)"]
    );
    assert_eq!(
        fired("", &format!("{four}, {{ seat: sales }}, {{ seat: chair }}")),
        [
            "room-too-large",
            "room-too-large(chair)",
            "room-too-large(sales)"
        ]
    );
    let noted = Fixture::new().held(1, "yes", "");
    assert_eq!(one(&noted, 1, Code::RoomTooLarge), None);
}

#[test]
fn any_answer_but_yes_is_the_months_priority() {
    let answered = |answer| one(&Fixture::new().held(1, answer, ""), 1, Code::NotPaying);
    assert_eq!(answered("yes"), None);
    assert_eq!(answered("no").unwrap().figures, Figures::Answer(Answer::No));
    assert_eq!(
        answered("unclear").unwrap().figures,
        Figures::Answer(Answer::Unclear)
    );
    assert_eq!(
        one(&Fixture::new().telemetry(1, TELEMETRY), 1, Code::NotPaying),
        None
    );
    assert_eq!(one(&Fixture::new().skipped(1), 1, Code::NotPaying), None);
}

#[test]
fn the_graduation_talk_opens_with_the_twelfth_yes() {
    let fixture = Fixture::new().steady(1..=13);
    let streak = |fixture: &Fixture, month| {
        one(fixture, month, Code::GraduationTalk).map(|signal| signal.figures)
    };
    assert_eq!(streak(&fixture, 11), None);
    assert_eq!(
        streak(&fixture, 12),
        Some(Figures::Streak {
            streak: 12,
            threshold: 12.0
        })
    );
    assert_eq!(
        streak(&fixture, 13),
        Some(Figures::Streak {
            streak: 13,
            threshold: 12.0
        })
    );
    // The agenda goes by the streak that it finds, whatever comes of it.
    let awaiting = fixture.clone().telemetry(14, TELEMETRY);
    assert_eq!(
        streak(&awaiting, 14),
        Some(Figures::Streak {
            streak: 13,
            threshold: 12.0
        })
    );
    let missed = awaiting.telemetry(15, TELEMETRY);
    assert_eq!(
        streak(&missed, 14),
        Some(Figures::Streak {
            streak: 13,
            threshold: 12.0
        })
    );
    assert_eq!(streak(&missed, 15), None);
    let no = fixture.held(13, "no", "");
    assert_eq!(streak(&no, 13), None);
    let graduated = Fixture::new()
        .engagement("phases: { run: 2025-01-01, graduated: 2026-01-05 }")
        .steady(1..=13);
    assert!(streak(&graduated, 12).is_some());
    assert_eq!(streak(&graduated, 13), None);
}
