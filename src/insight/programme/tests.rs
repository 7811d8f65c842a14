use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::engagement::programme::outline::{self, Criterion, Part, ProgrammeSeat};
use crate::insight::fixture::Fixture;
use crate::source::document::RiskLevel;

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
    use Presence::{Absent, NotNoted, NotRelevant, Present, Unfilled};
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
    let bars: Vec<(i64, i64, Option<(i64, i64)>, Option<i64>)> = timeline
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
    use Standing::{Met, Missed, NoTarget, NotReported, TooEarly};
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
    assert_eq!(turnaround.standing, Standing::Met);
    assert!(turnaround.is_outdated());
}

#[test]
fn decisions_have_a_column_a_seat_in_the_order_of_mention() {
    let rights = course_of(&programme()).rights.unwrap();
    assert_eq!(rights.seats, ["cfo", "ceo", "coo"]);
    assert_eq!(rights.rows[0].decider.as_deref(), Some("cfo"));
    use crate::source::document::Right::{Consulted, Decides, Recommends};
    assert_eq!(rights.rows[0].parts, [Some(Decides), Some(Consulted), None]);
    assert_eq!(
        rights.rows[1].parts,
        [None, Some(Decides), Some(Recommends)]
    );
}

#[test]
fn interviews_add_up() {
    let count = course_of(&programme()).interviews.unwrap();
    let held: Vec<u32> = count.groups.iter().map(|(_, _, held)| *held).collect();
    assert_eq!(held, [3, 0, 6, 0, 0]);
    assert_eq!(
        (count.total, count.target, count.enough),
        (9, (12, 20), Enough::Under)
    );
    for (more, enough) in [
        (3, Enough::Within),
        (11, Enough::Within),
        (12, Enough::Over),
    ] {
        let fixture = programme().edit(
            "2024-09/current-state.yaml",
            "{ group: sponsors, held: 3 }",
            &format!("{{ group: sponsors, held: 3 }}, {{ group: partners, held: {more} }}"),
        );
        assert_eq!(course_of(&fixture).interviews.unwrap().enough, enough);
    }
}

#[test]
fn flow_efficiency_is_work_in_all() {
    let flow = course_of(&programme()).flow.unwrap();
    // 0.5 of 6.5 is 7.69 %, 1.5 of 2 is 75 %, and nothing of nothing is none.
    near(flow.stages[0].efficiency, 0.5 / 6.5 * 100.0);
    near(flow.stages[1].efficiency, 75.0);
    assert_eq!(flow.stages[2].efficiency, None);
    near(Some(flow.work), 2.0);
    near(Some(flow.waiting), 6.5);
    // 2 of 8.5.
    near(flow.efficiency, 23.529_411_764_705_88);
    near(flow.stages[0].share, 6.5 / 8.5 * 100.0);
    assert_eq!(flow.longest_wait, Some(0));
}

#[test]
fn bottlenecks_are_ranked_and_share_the_impact() {
    let found = course_of(&programme()).bottlenecks.unwrap();
    let ids: Vec<&str> = found
        .ranked
        .iter()
        .map(|ranked| &*ranked.bottleneck.id.value)
        .collect();
    assert_eq!(ids, ["first-equal", "second-equal", "small"]);
    near(Some(found.total), 150.0);
    near(found.ranked[0].share, 40.0);
    near(found.ranked[2].share, 20.0);
    let nothing = programme()
        .edit("2024-09/current-state.yaml", "impact: 60", "impact: 0")
        .edit("2024-09/current-state.yaml", "impact: 30", "impact: 0");
    let found = course_of(&nothing).bottlenecks.unwrap();
    assert!(found.ranked.iter().all(|ranked| ranked.share.is_none()));
}

#[test]
fn heat_keeps_the_authors_functions_and_counts_the_high_ones() {
    let heat = course_of(&programme()).heat.unwrap();
    let functions: Vec<&str> = heat.rows.iter().map(|row| &*row.function).collect();
    assert_eq!(functions, ["Night desk", "Day desk"]);
    assert_eq!(heat.high, [0, 0, 0, 2, 0, 0]);
    use crate::source::document::HeatLevel::{High, Medium, None as Not};
    assert_eq!(
        heat.rows[0].levels,
        [None, None, None, Some(High), Some(Medium), None]
    );
    assert_eq!(heat.rows[1].levels[1], Some(Not));
}

#[test]
fn pathways_are_weighed_and_ranked() {
    let matrix = course_of(&programme()).matrix.unwrap();
    assert_eq!(matrix.weights, [25, 20, 15, 15, 15, 10]);
    assert!(!matrix.own_weights);
    // transform: 2×25 + 4×20 + 4×15 + 2×15 + 3×15 + 4×10 = 305.
    // the other two: 4×25 + 3×20 + 4×15 + 4×15 + 4×15 + 3×10 = 370.
    let totals: Vec<Option<f64>> = matrix.columns.iter().map(|column| column.total).collect();
    assert_eq!(totals, [Some(3.05), Some(3.70), None, Some(3.70)]);
    let ranks: Vec<Option<usize>> = matrix.columns.iter().map(|column| column.rank).collect();
    assert_eq!(ranks, [Some(3), Some(1), None, Some(1)]);
    assert_eq!(
        matrix.columns[0].weighted,
        Some([0.5, 0.8, 0.6, 0.3, 0.45, 0.4])
    );
    assert_eq!(matrix.selected().unwrap().name.id(), "hybrid");
    assert!(matrix.columns[2].pathway.is_none());

    let own = programme().edit(
        "2024-10/path.yaml",
        "pathways:",
        "weights: { time-to-impact: 15, cost: 30 }\npathways:",
    );
    let matrix = course_of(&own).matrix.unwrap();
    // transform gains 10 × (4 − 2) = 20, the others lose 10 × (4 − 3) = 10.
    assert_eq!(matrix.columns[0].total, Some(3.25));
    assert_eq!(matrix.columns[1].total, Some(3.60));
    assert!(matrix.own_weights);
}

#[test]
fn the_plan_is_weeks_with_dates() {
    let plan = course_of(&programme()).plan.unwrap();
    assert_eq!(plan.weeks.len(), 13);
    let whats: Vec<&str> = plan.lines.iter().map(|line| &*line.item.what).collect();
    assert_eq!(whats, ["Tell", "Build", "Count"]);
    // Week 1 begins on the session's day, 10 October 2024.
    assert_eq!(plan.weeks[0].begins, day("2024-10-10"));
    assert_eq!(plan.weeks[0].ends, day("2024-10-16"));
    assert_eq!(plan.weeks[12].begins, day("2025-01-02"));
    assert_eq!(
        (plan.lines[1].begins, plan.lines[1].ends),
        (day("2024-10-17"), day("2024-11-13"))
    );
    let busy: Vec<(u32, &[usize])> = plan
        .weeks
        .iter()
        .filter(|week| !week.lines.is_empty())
        .map(|week| (week.number, &*week.lines))
        .collect();
    assert_eq!(
        busy,
        [
            (1, &[0][..]),
            (2, &[1][..]),
            (3, &[1][..]),
            (4, &[1][..]),
            (5, &[1][..]),
            (13, &[2][..])
        ]
    );
}

#[test]
fn the_roadmap_spans_its_lines_and_gates() {
    let roadmap = course_of(&programme()).roadmap.unwrap();
    let months: Vec<String> = roadmap.months.iter().map(ToString::to_string).collect();
    assert_eq!(months.len(), 8);
    assert_eq!(months.first().unwrap(), "2024-11");
    assert_eq!(months.last().unwrap(), "2025-06");
    assert_eq!(roadmap.lines[0].what, "Train");
    assert_eq!(roadmap.lines[0].to, roadmap.lines[0].from);
}

#[test]
fn resources_add_up() {
    let resourcing = course_of(&programme()).resourcing.unwrap();
    assert_eq!(resourcing.people, Some(1.5));
    assert_eq!(resourcing.cost, Some(20_400.5));
    let unpriced = programme()
        .edit("2024-10/decision-brief.yaml", ", cost: 18000", "")
        .edit("2024-10/decision-brief.yaml", ", cost: 2400.5", "");
    let resourcing = course_of(&unpriced).resourcing.unwrap();
    assert_eq!(resourcing.cost, None, "nothing is said, and not nought");
}

#[test]
fn risks_are_scored_and_placed() {
    let register = course_of(&programme()).risks.unwrap();
    let scored: Vec<(usize, &str, u32, RiskLevel)> = register
        .risks
        .iter()
        .map(|scored| {
            let id = &*scored.risk.id.value;
            (scored.number, id, scored.score, scored.level)
        })
        .collect();
    assert_eq!(
        scored,
        [
            (1, "high", 16, RiskLevel::High),
            (2, "middle", 8, RiskLevel::Medium),
            (3, "low", 6, RiskLevel::Low),
            (4, "equal", 6, RiskLevel::Low)
        ]
    );
    assert_eq!(register.cells[3][3], [1]);
    assert_eq!(register.cells[3][1], [2]);
    assert_eq!(register.cells[1][2], [3]);
    assert_eq!(register.cells[2][1], [4]);
    let placed: usize = register.cells.iter().flatten().map(Vec::len).sum();
    assert_eq!(placed, 4);
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
    assert_eq!(course.scorecard[0].standing, Standing::TooEarly);
}

proptest! {
    #[test]
    fn a_total_lies_between_the_lowest_score_and_the_highest(
        scores in proptest::array::uniform6(1_u32..=5),
        cuts in proptest::array::uniform5(0_u32..=100),
    ) {
        let mut cuts = cuts;
        cuts.sort_unstable();
        let edges = [0, cuts[0], cuts[1], cuts[2], cuts[3], cuts[4], 100];
        let weights = [0, 1, 2, 3, 4, 5].map(|at: usize| edges[at + 1] - edges[at]);
        let total: u32 = matrix::points(weights, scores).iter().sum();
        let (least, most) = (scores.iter().min().unwrap(), scores.iter().max().unwrap());
        prop_assert!(least * 100 <= total && total <= most * 100);
    }

    #[test]
    fn the_clock_goes_on_after_midnight(begins in 0_u32..1440, into in 0_u32..600) {
        let time = crate::source::field::Time { minutes: begins }.plus(into);
        prop_assert!(time.minutes < 1440);
        prop_assert_eq!((begins + into) % 1440, time.minutes);
    }
}
