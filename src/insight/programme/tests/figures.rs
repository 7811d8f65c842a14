//! The figures of each session against calculation by hand.

use proptest::prelude::*;

use super::{course_of, day, near, programme};
use crate::insight::programme::{Enough, matrix};
use crate::source::document::HeatLevel::{High, Medium, None as Not};
use crate::source::document::Right::{Consulted, Decides, Recommends};
use crate::source::document::RiskLevel;
use crate::source::field::Time;

#[test]
fn decisions_have_a_column_a_seat_in_the_order_of_mention() {
    let rights = course_of(&programme()).rights.unwrap();
    assert_eq!(rights.seats, ["cfo", "ceo", "coo"]);
    assert_eq!(rights.rows[0].decider.as_deref(), Some("cfo"));
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
        let time = Time { minutes: begins }.plus(into);
        prop_assert!(time.minutes < 1440);
        prop_assert_eq!((begins + into) % 1440, time.minutes);
    }
}
