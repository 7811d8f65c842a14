//! The sample's YAML, read line by line.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;

/// Months since year 0, by which they are counted.
pub type Month = i64;

/// A figure in thousandths.
pub type Thousandths = i64;

/// A KPI as the YAML names it, with its page, its decimals and its change's
/// unit on a card.
pub struct Kpi {
    pub field: &'static str,
    pub slug: &'static str,
    pub decimals: u32,
}

pub const KPIS: [Kpi; 3] = [
    Kpi {
        field: "revenue_per_employee",
        slug: "revenue-per-employee",
        decimals: 0,
    },
    Kpi {
        field: "task_automation",
        slug: "task-automation",
        decimals: 1,
    },
    Kpi {
        field: "away_from_desk",
        slug: "away-from-desk",
        decimals: 1,
    },
];

/// What each month reported of a KPI.
pub fn reported(kpi: &Kpi) -> BTreeMap<Month, Thousandths> {
    let mut values = BTreeMap::new();
    for (month, folder) in folders("telemetry.yaml") {
        let text = read(&folder, "telemetry.yaml").unwrap();
        if let Some(value) = line(&text, "kpis:").and_then(|kpis| field(kpis, kpi.field)) {
            values.insert(month, thousandths(&value));
        }
    }
    values
}

/// The KPI at the Fit Check, and that month.
pub fn baseline(kpi: &Kpi) -> (Month, Thousandths) {
    let (month, folder) = folders("fit-check.yaml").into_iter().next().unwrap();
    let text = read(&folder, "fit-check.yaml").unwrap();
    (
        month,
        thousandths(&field(line(&text, "baseline:").unwrap(), kpi.field).unwrap()),
    )
}

/// A session that was held.
pub struct Held {
    pub date: NaiveDate,
    pub text: String,
}

/// The sessions that were held.
pub fn sessions() -> BTreeMap<Month, Held> {
    let mut held = BTreeMap::new();
    for (month, folder) in folders("leadership.yaml") {
        let text = read(&folder, "leadership.yaml").unwrap();
        if let Some(date) = line(&text, "date:").map(|date| day(date.trim())) {
            held.insert(month, Held { date, text });
        }
    }
    held
}

/// A decision that is open.
pub struct Open {
    pub what: String,
    pub owner: String,
    pub made: NaiveDate,
    pub due: NaiveDate,
    pub slipped: bool,
}

/// What was decided and neither done nor dropped since.
pub fn open_decisions() -> Vec<Open> {
    let mut open: BTreeMap<String, Open> = BTreeMap::new();
    for session in sessions().values() {
        for item in session
            .text
            .lines()
            .filter(|line| line.trim_start().starts_with("- { decision:"))
        {
            let id = field(item, "decision").unwrap();
            match &*field(item, "outcome").unwrap() {
                "done" | "dropped" => drop(open.remove(&id)),
                "slipped" => {
                    let decision = open.get_mut(&id).unwrap();
                    decision.due = day(&field(item, "due").unwrap());
                    decision.slipped = true;
                }
                _ => {}
            }
        }
        for item in session.text.lines().filter(|line| line.contains("action:")) {
            let get = |name| field(item, name).unwrap();
            let decision = Open {
                what: get("what"),
                owner: get("owner"),
                made: session.date,
                due: day(&get("due")),
                slipped: false,
            };
            open.insert(get("id"), decision);
        }
    }
    open.into_values().collect()
}

/// The rest of the first line that begins so.
pub fn line<'t>(text: &'t str, beginning: &str) -> Option<&'t str> {
    text.lines().find_map(|line| line.strip_prefix(beginning))
}

/// A field of a line, without its quotes.
pub fn field(line: &str, name: &str) -> Option<String> {
    let start = line.find(&format!(" {name}: "))? + name.len() + 3;
    let rest = &line[start..];
    Some(match rest.strip_prefix('"') {
        Some(quoted) => quoted[..quoted.find('"').unwrap()].to_owned(),
        None => rest.split([',', '}']).next().unwrap().trim().to_owned(),
    })
}

/// A figure as it is written.
pub fn thousandths(text: &str) -> Thousandths {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{part:0<3}").parse().unwrap()
}

/// A day as it is written.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The month that a date or a folder's name begins with.
pub fn month(text: &str) -> Month {
    let (year, month) = text.split_once('-').unwrap();
    year.parse::<i64>().unwrap() * 12 + month[..2].parse::<i64>().unwrap() - 1
}

pub fn long_name(month: Month) -> String {
    let first = NaiveDate::from_ymd_opt(2000, u32::try_from(month % 12).unwrap() + 1, 1).unwrap();
    first.format("%B").to_string()
}

/// When a phase began.
pub fn phase(name: &str) -> String {
    let text = fs::read_to_string(sample().join("content/engagement.yaml")).unwrap();
    field(line(&text, "phases:").unwrap(), name).unwrap()
}

/// The month folders that hold a file.
pub fn folders(file: &str) -> BTreeMap<Month, String> {
    let entries = fs::read_dir(sample().join("content"))
        .unwrap()
        .map(Result::unwrap);
    let names = entries.map(|entry| entry.file_name().into_string().unwrap());
    names
        .filter(|name| {
            name.starts_with("20") && sample().join("content").join(name).join(file).exists()
        })
        .map(|name| (month(&name), name))
        .collect()
}

/// A file of a month.
pub fn read(folder: &str, file: &str) -> Option<String> {
    fs::read_to_string(sample().join("content").join(folder).join(file)).ok()
}

/// The folder of the sample's site.
pub fn sample() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
