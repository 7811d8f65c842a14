use super::*;
use crate::insight::fixture::{Fixture, run};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// The sample with November's session held.
fn november(answer: &str) -> Fixture {
    let follow_up = [
        "dock-slots",
        "credit-limit-bar",
        "brief-sources",
        "retire-rate-sheet-parser",
        "cold-chain",
        "exception-codes",
    ]
    .map(|id| format!("  - {{ decision: {id}, outcome: done }}\n"))
    .concat();
    Fixture::sample().file(
        "2026-11/leadership.yaml",
        &format!("date: 2026-11-12\nfollow_up:\n{follow_up}closing: {{ paying_for_itself: {answer}, evidence: \"hours\" }}\n"),
    )
}

#[test]
fn the_sample_is_one_yes_short() {
    let graduation = Fixture::sample().insights().graduation;
    assert_eq!(graduation.state, State::Building);
    assert_eq!(
        graduation.streak,
        StreakCriterion {
            streak: 11,
            needed: 12,
            since: Some(month("2025-12")),
            earliest: Some(month("2026-11")),
            met: false
        }
    );
    assert_eq!(
        graduation.window,
        Some(Window {
            first: month("2025-08"),
            last: month("2027-07")
        })
    );
    assert_eq!(graduation.run_month, Some(16));
    assert_eq!(
        (graduation.strategy.in_a_row, graduation.strategy.needed),
        (0, 2)
    );
    let latest = graduation.strategy.latest.as_ref().unwrap();
    assert_eq!(
        (latest.month, latest.character),
        (month("2026-10"), Some(Character::Mixed))
    );
    assert_eq!(
        (latest.operations, latest.headroom),
        ([Some(6), Some(5), Some(6)], Some(38))
    );
    assert_eq!(
        graduation.strategy.latest_strategy.as_ref().unwrap().month,
        month("2026-08")
    );
    assert_eq!(
        (graduation.kpis.month, graduation.kpis.good),
        (Some(month("2026-10")), 3)
    );
    assert_eq!(graduation.kpis.since, Some(month("2026-04")));
    assert_eq!(graduation.met(), 1);
    // The twelfth yes can come in November; strategy sessions take a month each.
    assert_eq!(graduation.strategy.earliest, Some(month("2026-12")));
    assert_eq!(graduation.earliest, Some(month("2026-12")));
}

#[test]
fn the_samples_timeline_is_the_window() {
    let timeline = Fixture::sample().insights().graduation.timeline;
    assert_eq!(timeline.len(), 24);
    assert!(
        timeline
            .iter()
            .all(|month| month.in_window && month.phase == Some(Phase::Run))
    );
    let revenue: Vec<Option<Verdict>> = timeline
        .iter()
        .map(|month| month.verdicts.revenue_per_employee)
        .collect();
    assert!(
        revenue[..8]
            .iter()
            .all(|verdict| *verdict == Some(Verdict::TooEarly))
    );
    assert!(
        revenue[8..16]
            .iter()
            .all(|verdict| *verdict == Some(Verdict::OnTrack))
    );
    assert_eq!(revenue[16], None);
    let skipped = &timeline[3];
    assert_eq!(
        (skipped.session, skipped.answer, skipped.streak),
        (Some(SessionState::Skipped), None, Some(0))
    );
    let awaiting = &timeline[15];
    assert_eq!(
        (awaiting.session, awaiting.streak),
        (Some(SessionState::Awaiting), Some(11))
    );
    assert_eq!(
        timeline[9].trust,
        Some(TrustCount {
            gains: 0,
            losses: 2
        })
    );
    let future = &timeline[16];
    assert_eq!(
        (future.session, future.streak, future.trust),
        (None, None, None)
    );
}

#[test]
fn one_more_yes_opens_the_talk() {
    let graduation = november("yes").insights().graduation;
    assert_eq!(graduation.state, State::TalkOpen);
    assert_eq!(
        (graduation.streak.streak, graduation.streak.met),
        (12, true)
    );
    assert_eq!(graduation.streak.earliest, Some(month("2026-11")));
}

#[test]
fn a_no_in_month_14_begins_anew() {
    // The board has read the yes.
    let restated = "restatements: [ { was: yes, date: 2026-11-02, reason: \"miscounted\" } ]";
    let fixture = Fixture::sample().edit(
        "2026-09/leadership.yaml",
        "closing: { paying_for_itself: yes",
        &format!("{restated}\nclosing: {{ paying_for_itself: no"),
    );
    let graduation = fixture.insights().graduation;
    assert_eq!(graduation.state, State::Building);
    assert_eq!(
        (graduation.streak.streak, graduation.streak.since),
        (1, Some(month("2026-10")))
    );
    // November to September are the eleven still missing.
    assert_eq!(graduation.streak.earliest, Some(month("2027-09")));
    assert_eq!(graduation.timeline[13].streak, Some(0));
}

#[test]
fn past_the_window_and_graduated_go_before_the_streak() {
    let fixture = Fixture::new().steady(1..=24);
    let graduation = fixture.insights().graduation;
    assert_eq!(
        (graduation.state, graduation.streak.streak),
        (State::TalkOpen, 24)
    );
    assert_eq!(graduation.streak.earliest, Some(run(12)));
    let past = fixture.held(25, "yes", "").insights().graduation;
    assert_eq!(past.state, State::PastWindow);
    assert_eq!(past.timeline.len(), 25);
    assert!(past.timeline[23].in_window && !past.timeline[24].in_window);
    let graduated = Fixture::new()
        .engagement("phases: { run: 2025-01-01, graduated: 2026-12-01 }")
        .steady(1..=25)
        .insights()
        .graduation;
    assert_eq!(graduated.state, State::Graduated);
    assert_eq!(graduated.timeline[22].phase, Some(Phase::Run));
    assert_eq!(graduated.timeline[23].phase, Some(Phase::Graduated));
    // A date that is still to come graduates nobody.
    let planned = Fixture::new()
        .engagement("phases: { run: 2025-01-01, graduated: 2026-12-01 }")
        .steady(1..=12)
        .insights()
        .graduation;
    assert_eq!(planned.state, State::TalkOpen);
}

/// Twelve yes months whose last sessions are strategy and whose KPIs are
/// where they should be.
fn ready() -> Fixture {
    let strategy =
        "minutes: { state: 4, away: 3, automation: 3, headroom: 40, upgrades: 5, closing: 5 }";
    Fixture::new()
        .steady(1..=12)
        .held(11, "yes", strategy)
        .held(12, "yes", strategy)
        .telemetry(
            12,
            "kpis: { revenue_per_employee: 115000, task_automation: 55, away_from_desk: 20 }\n",
        )
}

#[test]
fn all_three_criteria_make_it_ready() {
    let graduation = ready().insights().graduation;
    assert_eq!((graduation.state, graduation.met()), (State::Ready, 3));
    assert_eq!(graduation.earliest, None);
    assert_eq!(graduation.strategy.in_a_row, 2);
    assert_eq!(graduation.kpis.since, Some(run(12)));
    let short = ready()
        .edit("2025-11/leadership.yaml", "headroom: 40", "headroom: 39")
        .insights()
        .graduation;
    assert_eq!((short.state, short.strategy.in_a_row), (State::TalkOpen, 1));
    assert_eq!(short.earliest, Some(run(13)));
    let unnoted = ready()
        .edit("2025-12/leadership.yaml", ", closing: 5", "")
        .insights()
        .graduation;
    assert_eq!(
        (unnoted.state, unnoted.strategy.in_a_row),
        (State::TalkOpen, 0)
    );
    let behind = ready()
        .edit("2025-12/telemetry.yaml", "115000", "114999")
        .insights()
        .graduation;
    assert_eq!((behind.state, behind.kpis.good), (State::TalkOpen, 2));
    assert_eq!(behind.earliest, Some(run(13)));
    let unreported = ready()
        .edit("2025-12/telemetry.yaml", ", away_from_desk: 20", "")
        .insights()
        .graduation;
    assert_eq!(
        (unreported.state, unreported.kpis.met),
        (State::TalkOpen, false)
    );
    assert_eq!(
        unreported.kpis.verdicts.unwrap().away_from_desk,
        Verdict::NotReported
    );
}

#[test]
fn a_pause_keeps_the_streak_and_delays_it() {
    let fixture = Fixture::new().steady(1..=6).skipped(7);
    let reset = fixture.insights().graduation;
    assert_eq!((reset.streak.streak, reset.streak.since), (0, None));
    assert_eq!(reset.streak.earliest, Some(run(19)));
    assert_eq!(reset.earliest, Some(run(19)));
    let paused = fixture
        .engagement("playbook: { skipped: pause }")
        .insights()
        .graduation;
    assert_eq!(
        (paused.streak.streak, paused.streak.since),
        (6, Some(run(1)))
    );
    assert_eq!(paused.streak.earliest, Some(run(13)));
}

#[test]
fn before_run_there_is_nothing_to_count() {
    let without_run = Fixture::new()
        .engagement("phases: { fit-check: 2024-06-01 }")
        .insights()
        .graduation;
    assert_eq!(
        (without_run.state, without_run.window, without_run.run_month),
        (State::Building, None, None)
    );
    assert_eq!(
        (without_run.streak.earliest, without_run.timeline.len()),
        (None, 0)
    );
    let begun = Fixture::new().insights().graduation;
    assert_eq!(begun.streak.earliest, Some(run(12)));
    assert_eq!((begun.kpis.verdicts, begun.strategy.latest), (None, None));
    assert_eq!(begun.timeline.len(), 24);
    let awaiting = Fixture::new()
        .telemetry(1, "layers: {}\n")
        .insights()
        .graduation;
    assert_eq!(awaiting.streak.earliest, Some(run(12)));
}
