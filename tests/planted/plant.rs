//! An engagement on disk whose every field holds a value of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use quarterdeck::engagement::snapshot::{frozen_file, sha256};
use quarterdeck::source::SnapshotFile;
use quarterdeck::source::document::snapshot::{
    AnswerFact, FORMAT, FactsFile, GraduationFact, ManifestFile, MeasureFact, ValueFact,
};
use quarterdeck::source::schema::schemas;
use serde_json::{Map, Value, json};

use super::choice::Choice;
use super::leaf::{self, Kind};
use super::plan::{self, Spot};

/// A value that was written, and what is expected of it.
#[derive(Clone, Debug)]
pub struct Planted {
    /// Where.
    pub spot: String,
    /// What it is.
    pub what: What,
    /// What is expected.
    pub expected: Choice,
}

/// What was written.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Words(String),
    Number(f64),
    Day(chrono::NaiveDate),
    Month(chrono::NaiveDate),
    Time(String),
}

/// Writes the engagement into a folder, its later months only if wanted.
/// Returns all that was planted.
pub fn plant(site: &Path, later: bool) -> Vec<Planted> {
    plant_with(site, later, &|_, _| None)
}

/// What stands at a place instead of what tells it apart; none leaves that.
pub type Instead<'i> = &'i dyn Fn(&Spot, &Kind) -> Option<Value>;

/// The same, with other values.
pub fn plant_with(site: &Path, later: bool, instead: Instead) -> Vec<Planted> {
    let mut sower = Sower {
        planted: Vec::new(),
        instead,
    };
    for (name, schema) in schemas() {
        for (path, month) in files(name) {
            if !later && month.is_some_and(|month| month >= plan::LATER) {
                continue;
            }
            let spot = Spot {
                path: name.to_owned(),
                month,
                items: Vec::new(),
            };
            let value = sower.value(&schema, &spot).unwrap();
            let text = match name {
                "site" => toml(&value),
                // JSON is YAML.
                _ => format!("# {}\n{value:#}\n", sower.word(&format!("comment-{name}"))),
            };
            write(site, &path, text.as_bytes());
        }
    }
    by_hand(site, later, &mut sower);
    frozen(site);
    sower.planted
}

/// Where files of a kind lie, with their months.
fn files(name: &str) -> Vec<(String, Option<&'static str>)> {
    let monthly = |months: &[&'static str]| {
        months
            .iter()
            .map(|month| (format!("content/{month}/{name}.yaml"), Some(*month)))
            .collect()
    };
    match name {
        "site" => vec![("site.toml".to_owned(), None)],
        "engagement" => vec![("content/engagement.yaml".to_owned(), None)],
        "questionnaire" => vec![("content/fit-check.yaml".to_owned(), None)],
        "fit-check" => monthly(&plan::FIT_CHECKS),
        "telemetry" | "leadership" => monthly(&plan::MONTHS),
        "board" => monthly(&plan::BOARD),
        // Each of the programme's is written once, before there is a quarter.
        _ if plan::PROGRAMME.iter().any(|(_, part)| *part == name) => {
            let when = plan::PROGRAMME.iter().filter(|(_, part)| *part == name);
            monthly(&when.map(|(month, _)| *month).collect::<Vec<_>>())
        }
        _ => panic!(
            "`{name}` is a new kind of file: say in tests/planted/plant.rs where it lies, and write one before, within and after the quarter"
        ),
    }
}

struct Sower<'i> {
    planted: Vec<Planted>,
    instead: Instead<'i>,
}

impl Sower<'_> {
    /// A value for a schema; none if the field is left out.
    fn value(&mut self, schema: &Value, spot: &Spot) -> Option<Value> {
        if plan::is_left_out(spot) {
            return None;
        }
        let below = |sign: &str, item: Option<usize>| Spot {
            path: format!("{}{sign}", spot.path),
            month: spot.month,
            items: spot.items.iter().copied().chain(item).collect(),
        };
        if let Some(fields) = schema["properties"].as_object() {
            let mut object = Map::new();
            for (name, field) in fields {
                if let Some(value) = self.value(field, &below(&format!(".{name}"), None)) {
                    object.insert(name.clone(), value);
                }
            }
            return Some(Value::Object(object));
        }
        if schema["additionalProperties"].is_object() {
            let words = schema["propertyNames"]["enum"].as_array();
            let names = plan::names(spot, words.map(Vec::as_slice));
            let mut object = Map::new();
            for (at, name) in names.into_iter().enumerate() {
                let mut name = name;
                if words.is_none() {
                    let kind = leaf::name_kind(schema);
                    let spot = below("{name}", Some(at));
                    match (self.instead)(&spot, &kind) {
                        Some(other) => other.as_str().unwrap().clone_into(&mut name),
                        None => self.record(&spot, &json!(name), &kind),
                    }
                }
                let value = self.value(&schema["additionalProperties"], &below("{}", Some(at)));
                object.insert(name, value.unwrap());
            }
            return Some(Value::Object(object));
        }
        if schema["items"].is_object() {
            let items = 0..plan::count(spot);
            let items = items.filter_map(|at| self.value(&schema["items"], &below("[]", Some(at))));
            return Some(Value::Array(items.collect()));
        }
        let kind = leaf::kind(schema, &spot.path);
        if let Some(value) = (self.instead)(spot, &kind) {
            return Some(value);
        }
        let value = plan::special(spot).unwrap_or_else(|| plain(spot, &kind, schema));
        self.record(spot, &value, &kind);
        Some(value)
    }

    fn record(&mut self, spot: &Spot, value: &Value, kind: &Kind) {
        let day = |value: &Value| value.as_str().unwrap().parse().unwrap();
        let what = match kind {
            _ if plan::is_told_elsewhere(spot) => return,
            Kind::Word(_) => return,
            Kind::Date => What::Day(day(value)),
            Kind::Month => What::Month(day(&json!(format!("{}-01", value.as_str().unwrap())))),
            Kind::Time => What::Time(value.as_str().unwrap().to_owned()),
            _ => match value.as_f64() {
                Some(number) => What::Number(number),
                None => What::Words(value.as_str().unwrap().to_owned()),
            },
        };
        let month = spot.month.unwrap_or("the engagement");
        self.planted.push(Planted {
            spot: format!("{} of {month}, {:?}", spot.path, spot.items),
            what,
            expected: spot.expected(),
        });
    }

    /// Words of no field that the board never sees.
    fn word(&mut self, name: &str) -> String {
        self.planted_by_hand("canary", name, Choice::Denied)
    }

    fn planted_by_hand(&mut self, sign: &str, name: &str, expected: Choice) -> String {
        // The parser keeps short words as bytes, in which a debugger's text
        // doesn't show them.
        let words = format!("{sign}-{name}-written-by-hand");
        self.planted.push(Planted {
            spot: name.to_owned(),
            what: What::Words(words.clone()),
            expected,
        });
        words
    }
}

/// A value where nothing asks for a certain one.
fn plain(spot: &Spot, kind: &Kind, schema: &Value) -> Value {
    let most = schema["maximum"].as_f64().unwrap_or(7919.0);
    match kind {
        Kind::Text | Kind::Id => json!(spot.name()),
        Kind::Number => json!(most.min(7919.37)),
        Kind::Whole => json!(most.min(7919.0) as u32),
        Kind::Date => json!("2026-08-29"),
        Kind::Month => json!("2031-02"),
        Kind::Time => json!("07:53"),
        Kind::Word(words) => words[spot.items.iter().sum::<usize>() % words.len()].clone(),
    }
}

/// What no schema tells of: narratives, summaries, pages, drafts, attachments
/// and what files are called.
fn by_hand(site: &Path, later: bool, sower: &mut Sower<'_>) {
    let segments = [
        "State of the system",
        "Away-from-desk review",
        "Task automation trend",
        "Headroom",
        "Cross-layer upgrades",
        "Closing question",
    ];
    for month in plan::MONTHS
        .into_iter()
        .filter(|month| later || *month < plan::LATER)
    {
        if month != plan::SKIPPED {
            let picture = format!("{}.png", sower.word(&format!("picture-{month}")));
            let sheet = format!("{}.csv", sower.word(&format!("sheet-{month}")));
            let mut text = format!("{}\n\n", sower.word(&format!("lead-{month}")));
            for (at, segment) in segments.into_iter().enumerate() {
                let said = sower.word(&format!("narrative-{month}-{at}"));
                text.push_str(&format!("## {segment}\n\n{said}\n\n"));
            }
            let [link, alt, title] =
                ["link", "alt", "title"].map(|part| sower.word(&format!("{part}-{month}")));
            text.push_str(&format!(
                "[{link}]({sheet} \"{title}\") ![{alt}]({picture})\n"
            ));
            write(
                site,
                &format!("content/{month}/leadership.md"),
                text.as_bytes(),
            );
            write(site, &format!("content/{month}/{picture}"), b"picture");
            let cells = sower.word(&format!("cells-{month}"));
            write(site, &format!("content/{month}/{sheet}"), cells.as_bytes());
        }
        let draft = sower.word(&format!("draft-{month}"));
        for name in ["_draft.md", "_leadership.md", "_x.yaml", "_board.yaml"] {
            write(site, &format!("content/{month}/{name}"), draft.as_bytes());
        }
        let name = sower.word(&format!("draft-name-{month}"));
        write(site, &format!("content/{month}/_{name}.md"), b"# Draft\n");
    }
    for month in plan::BOARD
        .into_iter()
        .filter(|month| later || *month < plan::LATER)
    {
        let told = month == "2026-09";
        let (sign, expected) = if told {
            ("marker", Choice::Shown)
        } else {
            ("canary", Choice::Denied)
        };
        let [one, two] = ["summary", "summary-item"]
            .map(|part| sower.planted_by_hand(sign, &format!("{part}-{month}"), expected));
        let text = format!("{one}\n\n- **{two}**\n");
        write(site, &format!("content/{month}/board.md"), text.as_bytes());
    }
    for (month, name) in plan::PROGRAMME {
        let [lead, heading, text] =
            ["lead", "heading", "text"].map(|part| sower.word(&format!("{part}-{name}")));
        let text = format!("{lead}\n\n## {heading}\n\n{text}\n");
        write(site, &format!("content/{month}/{name}.md"), text.as_bytes());
    }
    let [name, title, text] = ["page-name", "page-title", "page-text"].map(|part| sower.word(part));
    let page = format!("# {title}\n\n{text}\n");
    write(site, &format!("content/pages/{name}.md"), page.as_bytes());
    let draft = sower.word("draft-page");
    write(site, "content/pages/_draft.md", draft.as_bytes());
    let asset = sower.word("theme-asset");
    write(
        site,
        &format!("themes/canary-theme/assets/{asset}.png"),
        b"picture",
    );
}

/// The quarter before as it was frozen: a memo that shows some figures
/// otherwise. Its own words are the board's.
fn frozen(site: &Path) {
    let months = &plan::MONTHS[..3];
    let measures = plan::KPIS.iter().enumerate().map(|(kpi, name)| {
        let was = |was: &[f64], now: f64| was.get(kpi).copied().unwrap_or(now);
        let value = |at: usize| match at {
            2 => was(&plan::PRIOR_WAS, plan::kpis(2)[kpi]),
            _ => plan::kpis(at)[kpi],
        };
        let series = months.iter().enumerate().map(|(at, month)| ValueFact {
            month: (*month).to_owned(),
            value: Some(value(at)),
            provisional: false,
        });
        json!({
            "measure": name,
            "unit": "",
            "baseline": was(&plan::BASELINE_WAS, plan::BASELINE[kpi]),
            "prior": null,
            "actual": value(2),
            "provisional": false,
            "target_low": null,
            "target_high": null,
            "change": null,
            "change_percent": null,
            "status": "on track",
            "series": series.collect::<Vec<_>>(),
        })
    });
    let measures: Vec<MeasureFact> = measures
        .map(|measure| serde_json::from_value(measure).unwrap())
        .collect();
    let answers = months.iter().enumerate().map(|(at, month)| AnswerFact {
        month: (*month).to_owned(),
        answer: Some(if at == 1 { plan::ANSWER_WAS } else { "yes" }.to_owned()),
    });
    let graduation: GraduationFact = serde_json::from_value(json!({
        "state": "building", "streak": 1, "needed": 12, "earliest": null, "window_ends": null,
    }))
    .unwrap();
    let facts = FactsFile {
        format: FORMAT,
        firm: String::new(),
        currency: "SZL".to_owned(),
        quarter: "2026-Q2".to_owned(),
        month: "2026-06".to_owned(),
        run_month: Some(3),
        frozen: "2026-07-03".to_owned(),
        commit: None,
        measures,
        answers: answers.collect(),
        decisions: Vec::new(),
        bets: Vec::new(),
        risks: Vec::new(),
        asks: Vec::new(),
        graduation,
        restatements: Vec::new(),
    };
    let facts = serde_json::to_vec_pretty(&facts).unwrap();
    let memo = b"<!doctype html><title>Frozen</title>\n".to_vec();
    let mut manifest = ManifestFile {
        format: FORMAT,
        quarter: "2026-Q2".to_owned(),
        frozen: "2026-07-03".to_owned(),
        commit: None,
        uncommitted: true,
        program: "quarterdeck".to_owned(),
        token: sha256(b"token")[..24].to_owned(),
        previous: None,
        files: vec![
            frozen_file(SnapshotFile::Facts, &facts),
            frozen_file(SnapshotFile::Memo, &memo),
        ],
        id: String::new(),
    };
    manifest.id = manifest.proper_id();
    let files = BTreeMap::from([
        (SnapshotFile::Facts, facts),
        (SnapshotFile::Memo, memo),
        (SnapshotFile::Manifest, manifest.to_text().into_bytes()),
    ]);
    for (file, bytes) in files {
        write(
            site,
            &format!("content/board/2026-q2/{}", file.name()),
            &bytes,
        );
    }
}

/// Settings as TOML: values of the top before its tables.
fn toml(value: &Value) -> String {
    let fields = value.as_object().unwrap();
    let line = |(name, value): (&String, &Value)| format!("{name} = {value}\n");
    let (tables, own): (Vec<_>, Vec<_>) = fields.iter().partition(|(_, value)| value.is_object());
    let mut text: String = own.into_iter().map(line).collect();
    for (name, table) in tables {
        text.push_str(&format!("[{name}]\n"));
        text.extend(table.as_object().unwrap().iter().map(line));
    }
    text
}

pub fn write(site: &Path, path: &str, bytes: &[u8]) {
    let path = site.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}
