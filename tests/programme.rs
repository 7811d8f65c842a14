//! The sample's programme on its pages against figures worked out by hand
//! from its YAML.

mod reading;

use std::path::Path;
use std::sync::OnceLock;

use reading::{Element, build, copy, page};
use tempfile::TempDir;

fn built() -> &'static Path {
    static BUILT: OnceLock<TempDir> = OnceLock::new();
    let site = BUILT.get_or_init(|| {
        let site = TempDir::new().unwrap();
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(&home.join("content"), &site.path().join("content"));
        std::fs::copy(home.join("site.toml"), site.path().join("site.toml")).unwrap();
        build(site.path());
        site
    });
    site.path()
}

fn session(name: &str) -> Element {
    page(built(), &format!("sessions/{name}/index.html"))
}

/// Every row of a table, its head and its sums too.
fn rows(table: &Element) -> Vec<Vec<String>> {
    table.named("tr").into_iter().map(Element::cells).collect()
}

/// 25 × 2 + 20 × 4 + 20 × 4 + 15 × 2 + 10 × 3 + 10 × 4 = 310, and so on.
#[test]
fn the_weighted_totals_are_those_of_a_hand() {
    let path = session("2025-04-path");
    let rows = rows(path.the("matrix"));
    let totals = rows.last().unwrap();
    assert_eq!(totals[1..], ["100", "3.10", "3.05", "2.55", "3.70"]);
    assert_eq!(rows[1][1..], ["25", "2", "3", "4", "4"]);
    let selected: Vec<String> = path
        .classed("matrix-total")
        .into_iter()
        .filter(|total| total.has_class("selected"))
        .map(Element::text)
        .collect();
    assert_eq!(selected, ["3.70"]);
    let differences: Vec<String> = self::rows(path.the("rejected"))
        .into_iter()
        .skip(1)
        .map(|row| row[1].clone())
        .collect();
    assert_eq!(differences, ["−0.60", "−0.65", "−1.15"]);
}

/// Every score's bar is a fifth of the width a point.
#[test]
fn a_bar_is_as_long_as_its_score() {
    let path = session("2025-04-path");
    for score in path.classed("matrix-score") {
        let points: u32 = score.text().parse().unwrap();
        let bar = score.named("rect")[0];
        assert_eq!(bar.attributes["width"], format!("{}.00%", points * 20));
    }
}

/// 0.5 + 0.3 + 0.8 + 0.2 + 0.7 + 0.2 + 0.4 + 0.4 = 3.5 hours of work, 156.5 of
/// waiting; 3.5 ÷ 160 is 2.1875 %.
#[test]
fn flow_efficiency_is_that_of_a_hand() {
    let rows = rows(session("2025-03-current-state").the("stages"));
    assert_eq!(rows.last().unwrap()[1..4], ["3.5", "156.5", "2.2 %"]);
    let quote = rows[1][1..4].to_vec();
    assert_eq!(quote, ["0.5", "6.0", "7.7 %"]);
}

/// 112 + 99 + 86 + 74 + 64 + 52 + 41 + 38 + 34 + 22 = 622.
#[test]
fn bottlenecks_are_sorted_and_summed() {
    let rows = rows(session("2025-03-current-state").the("bottlenecks"));
    let impacts: Vec<u32> = rows[1..rows.len() - 1]
        .iter()
        .map(|row| row[3].parse().unwrap())
        .collect();
    assert_eq!(impacts, [112, 99, 86, 74, 64, 52, 41, 38, 34, 22]);
    assert_eq!(rows.last().unwrap()[3], "622");
}

/// 48,000 + 52,000 + 24,960 + 9,360 + 17,280 + 28,800 + 14,400 = 194,800;
/// 1 + 1 + 0.5 + 1.5 people.
#[test]
fn resources_are_summed() {
    let rows = rows(session("2025-04-decision-brief").the("resources"));
    assert_eq!(rows.last().unwrap()[1..], ["4.0", "$194,800"]);
}

/// Week 1 begins on 10 April 2025, so week 4 on 1 May; week 13 ends on 9 July.
#[test]
fn weeks_of_the_plan_have_their_dates() {
    let brief = session("2025-04-decision-brief");
    let rows = rows(brief.classed("gantt")[0]);
    let when = |what: &str| {
        let row = rows.iter().find(|row| row[0].contains(what)).unwrap();
        row[2].clone()
    };
    assert_eq!(when("Build begins"), "Week 4 1–7 May");
    assert_eq!(when("Ninety days"), "Week 13 3–9 Jul");
    assert_eq!(when("Tender matcher"), "Weeks 7–10 22 May–18 Jun");
}

/// The session begins at 09:00: 09:00 + 2:05 is 11:05.
#[test]
fn the_agenda_has_clock_times() {
    let brief = session("2025-04-decision-brief");
    let clocks: Vec<String> = brief
        .classed("points-clock")
        .into_iter()
        .map(Element::text)
        .collect();
    assert_eq!(
        clocks,
        [
            "09:00–09:30",
            "09:30–10:15",
            "10:15–10:55",
            "10:55–11:05",
            "11:05–11:40",
            "11:40–12:00"
        ]
    );
}

/// The likelihoods go from 5 down, the impacts from 1 up; a risk of 4 × 3
/// stands in the second row and the third column.
#[test]
fn risks_stand_where_they_belong() {
    let brief = session("2025-04-decision-brief");
    let grid = rows(brief.the("risk-grid"));
    assert_eq!(grid[2][3], "12 risk 1");
    let register = rows(brief.the("risk-register"));
    assert!(register[1][1].starts_with("The desks work around"));
    assert!(register[1][4].ends_with("4 × 3 = 12"), "{:?}", register[1]);
}
