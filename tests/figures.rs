//! Every figure of the sample's overview and KPI pages, traced to the YAML.
//!
//! The YAML is read line by line and the arithmetic is done in whole numbers,
//! thousandths of each unit, so that nothing is shared with what is tested.

mod reading;
#[path = "figures/sample.rs"]
mod sample;
#[path = "figures/written.rs"]
mod written;

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use chrono::NaiveDate;
use reading::{Element, build, copy, page};
use sample::*;
use tempfile::TempDir;

const DASH: &str = "—";
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

#[test]
fn every_row_of_the_kpi_tables_is_traced() {
    for kpi in &KPIS {
        let alone = page(built(), &format!("kpis/{}/index.html", kpi.slug));
        let expected = rows(kpi);
        assert!(expected.len() > 15, "the sample has grown thin");
        let shown = alone.the("figures").rows();
        assert_eq!(traced(&shown), expected, "{}", kpi.slug);
        let together = page(built(), "kpis/index.html");
        let id = format!("{}-figures", kpi.slug);
        let tables = together.all(&|table| table.attributes.get("aria-labelledby") == Some(&id));
        assert_eq!(
            tables[0].rows(),
            shown,
            "{}: both pages show one table",
            kpi.slug
        );
    }
}

#[test]
fn every_figure_of_the_kpi_cards_is_traced() {
    let month = *sessions().keys().next_back().unwrap();
    for (file, class) in [("index.html", "kpi"), ("kpis/index.html", "kpi-section")] {
        let page = page(built(), file);
        let cards = page.classed(class);
        assert_eq!(cards.len(), KPIS.len(), "{file}");
        for (kpi, card) in KPIS.iter().zip(cards) {
            assert_eq!(
                card.the("kpi-figure").text(),
                big(kpi, reported(kpi)[&month]),
                "{file} {}",
                kpi.slug
            );
            let shown: Vec<String> = card
                .the("kpi-changes")
                .rows()
                .iter()
                .map(|row| row[..2].join(" "))
                .collect();
            let expected = changes(kpi, month);
            assert_eq!(shown.len(), expected.len(), "{file} {}", kpi.slug);
            for (shown, expected) in shown.iter().zip(expected) {
                assert!(
                    shown.starts_with(&expected),
                    "{file} {}: {shown}, not {expected}",
                    kpi.slug
                );
            }
        }
    }
}

#[test]
fn every_figure_beside_the_charts_is_traced() {
    let month = *sessions().keys().next_back().unwrap();
    let html = fs::read_to_string(built().join("public/kpis/index.html")).unwrap();
    for kpi in &KPIS {
        let reported = reported(kpi);
        let three: i64 = (month - 2..=month).map(|month| reported[&month]).sum();
        for (label, value) in [
            ("Mean of three ", figure(three, 3000, kpi.decimals)),
            ("Baseline ", figure(baseline(kpi).1, 1000, kpi.decimals)),
        ] {
            let sign = if kpi.field == "revenue_per_employee" {
                "$"
            } else {
                ""
            };
            assert!(
                html.contains(&format!(">{label}{sign}{value}")),
                "{}: {label}{sign}{value}",
                kpi.slug
            );
        }
    }
}

#[test]
fn every_closing_answer_of_the_overview_is_traced() {
    let overview = page(built(), "index.html");
    let shown: Vec<String> = overview
        .the("timeline")
        .classed("unseen")
        .iter()
        .map(|answer| answer.text())
        .collect();
    let mut expected = Vec::new();
    for (month, folder) in folders("telemetry.yaml") {
        let said = read(&folder, "leadership.yaml").map_or_else(
            || "awaiting its answer".to_owned(),
            |text| {
                line(&text, "closing:").map_or("no session held".to_owned(), |closing| {
                    field(closing, "paying_for_itself").unwrap()
                })
            },
        );
        expected.push(format!("{} {}: {said}", long_name(month), month / 12));
    }
    let answered = expected
        .iter()
        .rev()
        .skip_while(|answer| answer.ends_with("awaiting its answer"));
    let streak = answered
        .take_while(|answer| answer.ends_with(": yes"))
        .count();
    let run = month(&phase("run"));
    for month in (run..run + 24).skip(expected.len()) {
        expected.push(format!("{} {}: to come", long_name(month), month / 12));
    }
    assert_eq!(shown, expected);
    assert_eq!(overview.the("timeline").classed("streak").len(), streak);
}

#[test]
fn every_open_decision_of_the_overview_is_traced() {
    let overview = page(built(), "index.html");
    let as_of = sessions()
        .values()
        .map(|session| session.date)
        .chain(folders("telemetry.yaml").values().map(|folder| {
            let text = read(folder, "telemetry.yaml").unwrap();
            day(line(&text, "as_of:").unwrap().trim())
        }))
        .max()
        .unwrap();
    let mut expected: Vec<(NaiveDate, Vec<String>)> = open_decisions()
        .into_iter()
        .map(|decision| {
            let age = (as_of - decision.made).num_days();
            let late = (as_of - decision.due).num_days();
            let state = match (late, decision.slipped) {
                (1.., _) => format!("{late} {} late", if late == 1 { "day" } else { "days" }),
                (_, true) => "Slipped".to_owned(),
                (_, false) => "Open".to_owned(),
            };
            let due = decision.due.format("%-d %b").to_string();
            (
                decision.due,
                vec![
                    decision.what,
                    decision.owner.to_uppercase(),
                    due,
                    format!("{age} days"),
                    state,
                ],
            )
        })
        .collect();
    expected.sort();
    let shown: Vec<Vec<String>> = overview
        .the("ledger")
        .rows()
        .iter()
        .map(|row| row[1..].to_vec())
        .collect();
    let mut expected: Vec<Vec<String>> = expected.into_iter().map(|(_, row)| row).collect();
    expected.sort();
    let mut sorted = shown.clone();
    sorted.sort();
    assert_eq!(sorted, expected);
}

/// A table's rows without their verdicts and, where there is one, the band.
fn traced(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row[..6].to_vec()).collect()
}

/// The rows that the YAML asks for: newest first, the baseline last.
fn rows(kpi: &Kpi) -> Vec<Vec<String>> {
    let reported = reported(kpi);
    let (fit_check, baseline) = baseline(kpi);
    let run = month(&phase("run"));
    let months = folders("telemetry.yaml");
    let newest = *months.keys().next_back().unwrap();
    let mut rows = Vec::new();
    for at in (*months.keys().next().unwrap()..=newest).rev() {
        let value = reported.get(&at).copied();
        let change = value
            .zip(reported.get(&(at - 1)))
            .map(|(now, before)| now - before);
        let three: Vec<i64> = (at - 2..=at)
            .filter_map(|month| reported.get(&month).copied())
            .collect();
        let mean = (at - 2 >= run && three.len() >= 2).then(|| {
            figure(
                three.iter().sum::<i64>(),
                i64::try_from(three.len()).unwrap() * 1000,
                kpi.decimals,
            )
        });
        let name = MONTHS[usize::try_from(at % 12).unwrap()];
        rows.push(vec![
            if at == newest || at % 12 == 0 {
                format!("{name} {}", at / 12)
            } else {
                name.to_owned()
            },
            if at < run {
                DASH.to_owned()
            } else {
                (at - run + 1).to_string()
            },
            value.map_or(DASH.to_owned(), |value| figure(value, 1000, kpi.decimals)),
            change.map_or(DASH.to_owned(), |change| signed(change, 1000, kpi.decimals)),
            mean.unwrap_or(DASH.to_owned()),
            value.map_or(DASH.to_owned(), |value| on_baseline(kpi, value, baseline)),
        ]);
    }
    let name = format!(
        "{} {}",
        MONTHS[usize::try_from(fit_check % 12).unwrap()],
        fit_check / 12
    );
    let none = || DASH.to_owned();
    rows.push(vec![
        name,
        none(),
        figure(baseline, 1000, kpi.decimals),
        none(),
        none(),
        none(),
    ]);
    rows
}

/// A card's figure with its unit.
fn big(kpi: &Kpi, value: Thousandths) -> String {
    let figure = figure(value, 1000, kpi.decimals);
    match kpi.field {
        "revenue_per_employee" => format!("${figure}"),
        "task_automation" => format!("{figure} %"),
        _ => format!("{figure} h a month"),
    }
}

/// A card's changes: on the month before and on the baseline.
fn changes(kpi: &Kpi, month: Month) -> Vec<String> {
    let reported = reported(kpi);
    let (now, before) = (reported[&month], reported[&(month - 1)]);
    let percent = signed((now - before) * 100, before, 1);
    let before_name = long_name(month - 1);
    let change = signed(now - before, 1000, 1);
    let on_baseline = on_baseline(kpi, now, baseline(kpi).1);
    match kpi.field {
        "revenue_per_employee" => {
            vec![
                format!("{percent} % on {before_name}"),
                format!("{on_baseline} % on the baseline"),
            ]
        }
        "task_automation" => vec![
            format!("{change} pp on {before_name}"),
            format!("{on_baseline} pp on the baseline"),
        ],
        _ => vec![
            format!("{change} h on {before_name}, {percent} %"),
            format!("{on_baseline} h on the baseline"),
        ],
    }
}

/// Percent for revenue per employee, the unit itself for the others.
fn on_baseline(kpi: &Kpi, value: Thousandths, baseline: Thousandths) -> String {
    match kpi.field {
        "revenue_per_employee" => signed((value - baseline) * 100, baseline, 1),
        _ => signed(value - baseline, 1000, 1),
    }
}

/// A fraction rounded to so many decimals, halves away from zero, thousands
/// separated.
fn figure(above: i64, below: i64, decimals: u32) -> String {
    let scale = 10_i64.pow(decimals);
    let units = (above.abs() * scale * 2 + below) / (below * 2);
    let (whole, part) = (units / scale, units % scale);
    let mut digits = whole.to_string();
    for at in (1..digits.len())
        .rev()
        .filter(|at| (digits.len() - at).is_multiple_of(3))
        .collect::<Vec<_>>()
    {
        digits.insert(at, ',');
    }
    let minus = if above < 0 && units != 0 { "−" } else { "" };
    match decimals {
        0 => format!("{minus}{digits}"),
        _ => format!("{minus}{digits}.{part:0width$}", width = decimals as usize),
    }
}

fn signed(above: i64, below: i64, decimals: u32) -> String {
    let figure = figure(above, below, decimals);
    let nought = figure.chars().all(|c| "0.".contains(c));
    if above > 0 && !nought {
        format!("+{figure}")
    } else {
        figure
    }
}

/// The sample's site, built once.
fn built() -> &'static Path {
    static SITE: OnceLock<TempDir> = OnceLock::new();
    let site = SITE.get_or_init(|| {
        let site = TempDir::new().unwrap();
        copy(&sample().join("content"), &site.path().join("content"));
        fs::copy(sample().join("site.toml"), site.path().join("site.toml")).unwrap();
        build(site.path());
        site
    });
    site.path()
}

/// One way of writing, on every page of the site. That figures are tabular is
/// seen in a browser, by `tests/reader_browser.rs`.
#[test]
fn every_figure_of_every_page_is_written_one_way() {
    let pages = reading::files(&built().join("public"));
    let pages = pages.iter().filter(|(path, _)| path.ends_with(".html"));
    let mut figures = 0;
    let mut faults = Vec::new();
    for (path, bytes) in pages {
        let page = reading::parse(std::str::from_utf8(bytes).unwrap());
        let texts = page.texts();
        let with_figure = |text: &&str| text.contains(|c: char| c.is_ascii_digit());
        figures += texts
            .iter()
            .map(|(_, text)| *text)
            .filter(with_figure)
            .count();
        let found = written::faults(&page).into_iter();
        faults.extend(found.map(|fault| format!("{path}: {fault}")));
    }
    assert!(figures > 5000, "the sample has more figures than {figures}");
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn a_figure_written_otherwise_is_found() {
    let faults = |text: &str| written::faults(&reading::parse(&format!("<p>{text}</p>"))).len();
    for fine in [
        "−3.2",
        "+1.5&nbsp;pp on September",
        "2026-10-08 and 2026-10",
        "60–70 %",
        "$222,600",
        "1,940 of 12,600 in 2026",
        "—",
        "Q3 2026, month 15",
        "0.0",
        "from −5 % to a Layer-4 gate",
        "supper and pp",
    ] {
        assert_eq!(faults(fine), 0, "{fine}");
    }
    for bad in [
        "-3.2",
        "fell by -3",
        "60-70 %",
        "222600",
        "12600 runs",
        "+0.0&nbsp;h",
        "−0",
        "1.5pp",
        "1.5 pp",
        "-",
        "n/a",
        "NaN %",
        "null",
        "inf",
        "$222,600.5",
        "+1&nbsp;pp",
        "−1.25&nbsp;h",
    ] {
        assert_eq!(faults(bad), 1, "{bad}");
    }
}

/// The reader of pages reads what it should.
#[test]
fn a_page_is_read_as_it_is_seen() {
    let page: Element = reading::parse(
        "<!doctype html><p class=\"a b\">1 &lt; 2&#39;s&nbsp;<br>x</p><table><tbody><tr><th>A</th><td>1\u{a0}%</td></tr></tbody></table>",
    );
    assert_eq!(page.the("b").text(), "1 < 2's x");
    assert_eq!(page.named("table")[0].rows(), [["A", "1 %"]]);
}
