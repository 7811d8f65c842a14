mod figures;

use chrono::NaiveDate;

use super::Presence::{Absent, NotNoted, NotRelevant, Present, Unfilled};
use super::Standing::{Met, Missed, NoTarget, NotReported, TooEarly};
use super::*;
use crate::engagement::programme::outline::{self, Criterion, Part, ProgrammeSeat};
use crate::insight::fixture::Fixture;

const PRE_WORK: &str = "date: 2024-09-06
inputs: { strategy: 2024-09-02, initiatives: 2024-09-03, delivery-metrics: outstanding, financial-targets: 2024-09-04, constraints: 2024-09-04 }
pre_reads: { context-brief: 2024-09-05, hypothesis-tree: 2024-09-06 }
seats: { executive: ceo, technology: coo, finance: cfo, product: ceo, delivery: coo, risk: not relevant }
";

const END_STATE: &str = "date: 2024-09-12
begins: \"09:15\"
attendance: [ { seat: ceo }, { seat: coo } ]
statement: { says: \"Quotes within the hour.\", signed: true, signatures: [ { seat: ceo, date: 2024-09-12 } ] }
scorecard:
  - { id: turnaround, metric: Turnaround, definition: Median hours, unit: h, better: lower, kind: delivery, baseline: 6.5, days_90: 5, months_6: 4, months_12: 2 }
  - { id: margin, metric: Margin, definition: Gross, unit: \"%\", better: higher, kind: financial, baseline: 14, months_6: 15 }
  - { id: backlog, metric: Backlog, definition: Open cases, unit: cases, better: lower }
constraints: [ { kind: budget, what: Two hundred thousand } ]
decision_rights:
  - { decision: Prices, rights: { cfo: decides, ceo: consulted } }
  - { decision: Builds, rights: { ceo: decides, coo: recommends } }
";

const CURRENT_STATE: &str = "date: 2024-09-27
began: 2024-09-16
interviews: [ { group: managers, held: 4 }, { group: sponsors, held: 3 }, { group: managers, held: 2 } ]
flow:
  - { stage: Ask, work: 0.5, waiting: 6.0 }
  - { stage: Check, work: 1.5, waiting: 0.5 }
  - { stage: Send, work: 0, waiting: 0 }
bottlenecks:
  - { id: small, what: Small, impact: 30 }
  - { id: first-equal, what: One, impact: 60 }
  - { id: second-equal, what: Two, impact: 60 }
heatmap:
  Night desk: { waiting: high, rework: medium }
  Day desk: { waiting: high, ownership: none }
";

const PATH: &str = "date: 2024-10-03
pathways:
  transform: { scores: { time-to-impact: 2, cost: 4, durability: 4, execution-risk: 2, talent: 3, governance: 4 }, reason: Slow }
  parallel: { scores: { time-to-impact: 4, cost: 3, durability: 4, execution-risk: 4, talent: 4, governance: 3 }, reason: Twice the staff }
  hybrid: { scores: { time-to-impact: 4, cost: 3, durability: 4, execution-risk: 4, talent: 4, governance: 3 }, selected: true, owner: coo, reason: Soon }
assumptions: [ { assumption: Carriers open up, fails_if: None does by June } ]
workstreams: [ { id: desk, name: Desk, owner: coo } ]
";

const BRIEF: &str = "date: 2024-10-10
plan:
  - { from: 2, to: 5, what: Build, workstream: desk, owner: coo }
  - { week: 1, what: Tell, owner: ceo, milestone: true }
  - { week: 13, what: Count }
roadmap:
  - { from: 2025-01, to: 2025-03, what: Run, workstream: desk }
  - { from: 2024-11, what: Train }
gates: [ { month: 2025-06, gate: Worth it, passes_if: It pays } ]
resourcing:
  - { what: People, people: 1.5, cost: 18000 }
  - { what: Licences, cost: 2400.5 }
risks:
  - { id: low, risk: A, likelihood: 2, impact: 3, owner: coo, trigger: X }
  - { id: high, risk: B, likelihood: 4, impact: 4, owner: coo, trigger: X }
  - { id: equal, risk: C, likelihood: 3, impact: 2, owner: coo, trigger: X }
  - { id: middle, risk: D, likelihood: 4, impact: 2, owner: coo, trigger: X }
sign_off: [ { seat: ceo, date: 2024-10-10 } ]
";

fn programme() -> Fixture {
    Fixture::new()
        .file("2024-09/pre-work.yaml", PRE_WORK)
        .file("2024-09/end-state.yaml", END_STATE)
        .file("2024-09/current-state.yaml", CURRENT_STATE)
        .file("2024-10/path.yaml", PATH)
        .file("2024-10/decision-brief.yaml", BRIEF)
}

fn course_of(fixture: &Fixture) -> Course {
    fixture.insights().programme
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn near(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

fn states(course: &Course) -> Vec<State> {
    course
        .meetings
        .iter()
        .map(|meeting| meeting.state)
        .collect()
}

#[test]
fn a_meeting_is_held_once_its_day_has_come_and_something_is_noted() {
    assert_eq!(states(&course_of(&programme())), [State::Held; 5]);
    assert_eq!(
        states(&course_of(&Fixture::new())),
        [State::NotPlanned; 5],
        "nothing is there"
    );
    // As of the end state's day, the path is still to come and has nothing
    // but its date; the pre-work's date has passed, and nothing is noted.
    let begun = Fixture::new()
        .file("2024-09/pre-work.yaml", "date: 2024-09-06\n")
        .file("2024-09/end-state.yaml", END_STATE)
        .file("2024-10/path.yaml", "date: 2024-10-03\nbegins: \"09:00\"\n");
    assert_eq!(begun.read().as_of, day("2024-09-12"));
    assert_eq!(
        states(&course_of(&begun)),
        [
            State::Unrecorded,
            State::Held,
            State::NotPlanned,
            State::Planned,
            State::NotPlanned
        ]
    );
}

#[test]
fn the_agenda_goes_by_the_clock() {
    let course = course_of(&programme());
    let end_state = course.meeting(Meeting::EndState).unwrap();
    let slots: Vec<String> = end_state
        .agenda
        .iter()
        .map(|slot| {
            let (from, to) = slot.clock.unwrap();
            format!("{from}-{to} {}", slot.minutes)
        })
        .collect();
    // 09:15 and the seed's 00:00, 00:20, 00:55, 01:25, 01:35, 02:20, 02:50.
    assert_eq!(
        slots,
        [
            "09:15-09:35 20",
            "09:35-10:10 35",
            "10:10-10:40 30",
            "10:40-10:50 10",
            "10:50-11:35 45",
            "11:35-12:05 30",
            "12:05-12:15 10"
        ]
    );
    assert_eq!(end_state.agenda_minutes, 180);
    assert!(end_state.agenda[0].note.is_some());
    let path = course.meeting(Meeting::Path).unwrap();
    assert!(path.agenda.iter().all(|slot| slot.clock.is_none()));
    assert_eq!(path.agenda_minutes, 240);

    let late = programme()
        .edit("2024-09/end-state.yaml", "\"09:15\"", "\"23:50\"")
        .edit(
            "2024-09/end-state.yaml",
            "attendance",
            "agenda: [ { from: \"00:00\", to: \"00:30\", item: All } ]\nattendance",
        );
    let course = course_of(&late);
    let slot = &course.meeting(Meeting::EndState).unwrap().agenda[0];
    let (from, to) = slot.clock.unwrap();
    assert_eq!(format!("{from} {to}"), "23:50 00:20");
}

#[test]
fn the_programmes_own_agendas_follow_one_another_and_fill_the_session() {
    for meeting in Meeting::ALL {
        let outline = outline::of(meeting);
        let mut at = 0;
        for point in outline.agenda {
            assert_eq!(point.from, at, "{}", point.item);
            assert!(point.to > point.from, "{}", point.item);
            at = point.to;
        }
        if !outline.agenda.is_empty() {
            assert_eq!(Some(at), outline.minutes);
        }
        assert!(!outline.outputs.is_empty());
    }
    let weights = Criterion::ALL.map(Criterion::weight);
    assert_eq!(weights.iter().sum::<u32>(), 100);
}

#[test]
fn an_output_lacks_what_isnt_there() {
    let course = course_of(&programme());
    let lacking = |meeting| -> Vec<(usize, Vec<Part>)> {
        let outputs = &course.meeting(meeting).unwrap().outputs;
        outputs
            .iter()
            .enumerate()
            .filter(|(_, output)| !output.is_delivered())
            .map(|(at, output)| (at, output.missing.clone()))
            .collect()
    };
    assert_eq!(lacking(Meeting::PreWork), [(2, vec![Part::MetricsModel])]);
    assert_eq!(lacking(Meeting::EndState), [(2, vec![Part::RiskAppetite])]);
    assert_eq!(
        lacking(Meeting::CurrentState),
        [(0, vec![Part::Memo]), (3, vec![Part::Memo])]
    );
    assert_eq!(lacking(Meeting::Path), []);
    assert_eq!(lacking(Meeting::DecisionBrief), [(0, vec![Part::Brief])]);
    assert_eq!(course.meeting(Meeting::EndState).unwrap().delivered(), 3);

    let unsigned = programme().edit("2024-09/end-state.yaml", "signed: true, ", "");
    let unreasoned = unsigned
        .edit("2024-10/path.yaml", ", reason: Slow", "")
        .file(
            "2024-09/current-state.md",
            "# What is true\n\nMuch waits.\n",
        );
    let course = course_of(&unreasoned);
    let first = &course.meeting(Meeting::EndState).unwrap().outputs[0];
    assert_eq!(first.missing, [Part::Signatures]);
    let rationale = &course.meeting(Meeting::Path).unwrap().outputs[1];
    assert_eq!(rationale.missing, [Part::Alternatives]);
    assert_eq!(
        course.meeting(Meeting::CurrentState).unwrap().delivered(),
        4
    );
}

#[test]
fn seats_are_covered_where_who_fills_them_was_there() {
    let course = course_of(&programme());
    let at = |seat| {
        let row = course.coverage.iter().find(|row| row.seat == seat);
        row.unwrap().at
    };
    let noted = |end_state| [Present, end_state, NotNoted, NotNoted, NotNoted];
    assert_eq!(at(ProgrammeSeat::Executive), noted(Present));
    assert_eq!(at(ProgrammeSeat::Technology), noted(Present));
    assert_eq!(at(ProgrammeSeat::Finance), noted(Absent));
    assert_eq!(at(ProgrammeSeat::People), [Unfilled; 5]);
    assert_eq!(at(ProgrammeSeat::Product), noted(Present));
    assert_eq!(at(ProgrammeSeat::Delivery), noted(Present));
    assert_eq!(at(ProgrammeSeat::Risk), [NotRelevant; 5]);

    let unnamed = course_of(&programme().without("2024-09/pre-work.yaml"));
    let expected = [Presence::ToCome, NotNoted, NotNoted, NotNoted, NotNoted];
    assert!(unnamed.coverage.iter().all(|row| row.at == expected));
}

#[test]
fn weeks_count_from_session_1() {
    let timeline = course_of(&programme()).timeline.unwrap();
    // Session 1 is on Thursday 12 September 2024: week 1 begins on the 9th.
    let weeks: Vec<(i64, NaiveDate)> = timeline
        .weeks
        .iter()
        .map(|week| (week.number, week.begins))
        .collect();
    assert_eq!(weeks.first(), Some(&(0, day("2024-09-02"))));
    assert_eq!(weeks[1], (1, day("2024-09-09")));
    assert_eq!(weeks.last(), Some(&(6, day("2024-10-14"))));
    let bars: Vec<_> = timeline
        .bars
        .iter()
        .map(|bar| (bar.weeks.0, bar.weeks.1, bar.real_weeks, bar.weeks_late()))
        .collect();
    assert_eq!(
        bars,
        [
            (0, 0, Some((0, 0)), Some(0)),
            (1, 1, Some((1, 1)), Some(0)),
            (1, 2, Some((2, 3)), Some(1)),
            (3, 3, Some((4, 4)), Some(1)),
            (4, 4, Some((5, 5)), Some(1)),
            (5, 6, None, None)
        ]
    );
    let interviews = &timeline.bars[2];
    assert_eq!(interviews.suggested, (day("2024-09-09"), day("2024-09-22")));
    assert_eq!(
        interviews.real,
        Some((day("2024-09-16"), day("2024-09-27")))
    );
    assert_eq!(
        timeline.bars[0].real,
        Some((day("2024-09-02"), day("2024-09-06")))
    );
}

#[test]
fn before_session_1_weeks_count_from_the_blueprint() {
    let planned = Fixture::new()
        .engagement("phases: { blueprint: 2024-09-04, run: 2025-01-01 }")
        .file("2024-10/decision-brief.yaml", "date: 2024-10-31\n");
    let timeline = course_of(&planned).timeline.unwrap();
    assert_eq!(timeline.weeks[0].begins, day("2024-09-02"));
    // 31 October is in the week of the 28th, the eighth after that.
    assert_eq!(timeline.weeks.last().unwrap().number, 8);
    assert_eq!(timeline.bars[4].weeks_late(), Some(4));

    let early = planned.file("2024-08/path.yaml", "date: 2024-08-30\n");
    let timeline = course_of(&early).timeline.unwrap();
    assert_eq!(timeline.weeks[0].number, -1);
    assert_eq!(timeline.bars[3].weeks_late(), Some(-4));
    assert!(course_of(&Fixture::new()).timeline.is_none());
}

fn reported(run_month: i32, scorecard: &str) -> Fixture {
    programme().telemetry(run_month, &format!("scorecard: {{ {scorecard} }}\n"))
}

fn standings(course: &Course) -> Vec<Standing> {
    course
        .scorecard
        .iter()
        .map(|measured| measured.standing)
        .collect()
}

#[test]
fn a_metric_is_held_to_the_horizon_that_is_due() {
    // The session was on 2024-09-12: due on 11 December, 12 March, 12 September.
    let course = course_of(&programme());
    let turnaround = &course.scorecard[0];
    let due: Vec<NaiveDate> = turnaround.horizons.iter().map(|at| at.due).collect();
    assert_eq!(
        due,
        [day("2024-12-11"), day("2025-03-12"), day("2025-09-12")]
    );
    assert_eq!(standings(&course), [TooEarly, TooEarly, TooEarly]);

    // 31 January 2025: 90 days are over, six months aren't.
    let course = course_of(&reported(1, "turnaround: 5"));
    assert_eq!(course.scorecard[0].due, Some(0));
    assert_eq!(standings(&course), [Met, NoTarget, NoTarget]);

    // 31 March 2025: six months are over.
    let course = course_of(&reported(3, "turnaround: 4.1, margin: 15"));
    assert_eq!(course.scorecard[0].target(), Some(4.0));
    assert_eq!(standings(&course), [Missed, Met, NoTarget]);
    let course = course_of(&reported(3, "backlog: 3"));
    assert_eq!(standings(&course), [NotReported, NotReported, NoTarget]);

    // 30 September: twelve months are over; the margin has no target for
    // them, and is held to its last one.
    let course = course_of(&reported(9, "turnaround: 2, margin: 14.9"));
    assert_eq!(course.scorecard[0].due, Some(2));
    assert_eq!(course.scorecard[1].due, Some(1));
    assert_eq!(standings(&course), [Met, Missed, NoTarget]);
}

#[test]
fn the_latest_actual_counts() {
    let course =
        course_of(&reported(1, "turnaround: 5.5").telemetry(4, "scorecard: { turnaround: 3.5 }\n"));
    let turnaround = &course.scorecard[0];
    assert_eq!(turnaround.actuals.len(), 2);
    let latest = turnaround.actual().unwrap();
    assert_eq!((latest.value, latest.as_of), (3.5, day("2025-04-30")));
    assert!(!turnaround.is_outdated());

    // Nothing new when six months are over: the figure is from before.
    let course = course_of(&reported(1, "turnaround: 3").telemetry(4, "provisional: []\n"));
    let turnaround = &course.scorecard[0];
    assert_eq!(turnaround.standing, Met);
    assert!(turnaround.is_outdated());
}

#[test]
fn what_is_missing_is_said_with_its_place() {
    let course = course_of(&programme());
    let said: Vec<String> = course
        .cautions
        .iter()
        .map(|caution| {
            let (line, _) = caution.span.file.line_column(caution.span.start);
            format!("{} {} {line}", caution.meeting.stem(), caution.code())
        })
        .collect();
    assert_eq!(
        said,
        [
            // One is called outstanding, one is left out.
            "pre-work input-outstanding 2",
            "pre-work input-outstanding 2",
            "pre-work output-missing 3",
            "end-state seat-missing 3",
            "end-state output-missing 1",
            "current-state few-interviews 3",
            "current-state output-missing 1",
            "current-state output-missing 1",
            "decision-brief output-missing 1",
        ]
    );
    let seats = course.cautions_of(Meeting::EndState).next().unwrap();
    assert_eq!(
        seats.concern,
        Concern::SeatsMissing(vec![ProgrammeSeat::Finance, ProgrammeSeat::People])
    );
    // Before session 1 has been, nothing is late.
    let before = Fixture::new()
        .file("2024-09/pre-work.yaml", PRE_WORK)
        .file("2024-09/end-state.yaml", "date: 2024-09-12\n");
    assert_eq!(course_of(&before).cautions.len(), 0);
}

#[test]
fn a_quarter_knows_nothing_of_later_sessions() {
    let engagement = programme()
        .telemetry(1, "scorecard: { turnaround: 5 }\n")
        .read();
    let past = engagement.until("2024-09".parse().unwrap());
    assert!(past.programme.path.is_none() && past.programme.decision_brief.is_none());
    assert!(past.programme.current_state.is_some());
    assert_eq!(past.as_of, day("2024-09-30"));
    let course = course(&past);
    assert!(course.matrix.is_none());
    assert_eq!(course.scorecard[0].standing, TooEarly);
}
