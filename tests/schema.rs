//! The schemas of the content's files, held to `check` by a validator of
//! another maker: what `check` accepts they accept, and what a schema can say
//! is wrong they reject.

mod frozen;
#[path = "reading/mod.rs"]
mod reading;
#[path = "broken/recipe.rs"]
mod recipe;
#[path = "broken/restated.rs"]
mod restated;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use quarterdeck::scaffold::beginning::Beginning;
use quarterdeck::scaffold::modeline::{SCHEMA_FOLDER, modeline, schema_path};
use quarterdeck::scaffold::schema::SchemaFile;
use quarterdeck::source::schema::NAMES;
use serde_json::Value;
use tempfile::TempDir;

/// Faults that one file shows by itself, in its shape or its values.
const EXPRESSIBLE: [&str; 36] = [
    "control-character",
    "due-without-slip",
    "empty-file",
    "empty-value",
    "missing-colon",
    "missing-field",
    "no-decider",
    "no-pathway",
    "no-recipients",
    "not-a-currency",
    "not-a-date",
    "not-a-month",
    "not-a-name",
    "not-a-number",
    "not-a-time",
    "not-an-address",
    "not-true-or-false",
    "nothing-weighs",
    "out-of-range",
    "output-misplaced",
    "path-without-assumption",
    "path-without-owner",
    "question-answers",
    "seat-not-relevant",
    "signed-without-signatures",
    "skipped-and-held",
    "stray-text",
    "two-pathways",
    "unknown-field",
    "unknown-host",
    "unknown-layer",
    "unknown-threshold",
    "unknown-word",
    "week-of-the-plan",
    "wrong-shape",
    "yes-without-evidence",
];

/// All other faults, by why a schema can't tell them.
const INEXPRESSIBLE: [(&str, &[&str]); 6] = [
    (
        "the file can't be read, or not as one value",
        &[
            "duplicate-key",
            "file-too-large",
            "merge-key",
            "not-utf8",
            "several-documents",
            "tab",
            "toml-syntax",
            "too-complex",
            "yaml-syntax",
        ],
    ),
    (
        "it is of markdown",
        &[
            "broken-link",
            "duplicate-heading",
            "external-image",
            "missing-file",
            "not-an-image",
            "page-without-title",
            "unknown-heading",
            "unsafe-link",
        ],
    ),
    (
        "it is of a file's name or of what it is",
        &[
            "dead-link",
            "link-outside",
            "link-to-folder",
            "no-engagement",
            "not-frozen",
            "page-name",
            "snapshot-altered",
            "unknown-file",
            "unknown-folder",
            "unknown-theme",
        ],
    ),
    (
        "it takes two files, or a file and its folder",
        &[
            "automation-vanished",
            "bet-not-for-the-board",
            "date-outside-month",
            "decision-closed",
            "decision-unanswered",
            "narrative-without-session",
            "programme-twice",
            "restatement-missing",
            "restatement-unchanged",
            "unknown-answer",
            "unknown-automation",
            "unknown-bet",
            "unknown-decision",
            "unknown-metric",
            "unknown-question",
            "unknown-seat",
            "unknown-version",
            "unknown-workstream",
        ],
    ),
    (
        "it holds two values of a file against each other, or adds some up",
        &[
            "agenda-backwards",
            "agenda-overlaps",
            "agenda-too-long",
            "gate-does-not-add-up",
            "more-than-all",
            "phases-out-of-order",
            "runs-backwards",
            "thresholds-out-of-order",
            "weights-do-not-add-up",
        ],
    ),
    (
        "it counts a value in entries that differ otherwise",
        &[
            "answered-twice",
            "duplicate-answer",
            "duplicate-automation",
            "duplicate-bottleneck",
            "duplicate-decision",
            "duplicate-gate",
            "duplicate-metric",
            "duplicate-question",
            "duplicate-recipient",
            "duplicate-restatement",
            "duplicate-risk",
            "duplicate-seat",
            "duplicate-workstream",
            "two-deciders",
        ],
    ),
];

/// Cases with an expressible fault that no schema can tell, and why.
const BEYOND: [(&str, &str); 8] = [
    ("control-characters", "a reader of YAML refuses them itself"),
    ("infinite", "JSON has no such number"),
    ("skipped-with-a-narrative", "it takes two files"),
    ("month-13", "a folder is no value"),
    ("month-without-nought", "a folder is no value"),
    ("misspelt-month", "a folder is no value"),
    ("month-by-its-name", "a folder is no value"),
    (
        "no-faults-that-follow-from-a-misnamed-month",
        "a folder is no value",
    ),
];

/// Each schema, compiled.
struct Validator {
    schemas: boon::Schemas,
    places: BTreeMap<&'static str, boon::SchemaIndex>,
}

impl Validator {
    fn new() -> Self {
        let mut compiler = boon::Compiler::new();
        compiler.enable_format_assertions();
        let mut compiled = boon::Schemas::new();
        let mut places = BTreeMap::new();
        for schema in SchemaFile::all() {
            let name = schema.name;
            let url = format!("mem:///{name}.json");
            compiler.add_resource(&url, schema.value).unwrap();
            let place = compiler
                .compile(&url, &mut compiled)
                .unwrap_or_else(|error| panic!("{name} is no schema: {error:#}"));
            places.insert(name, place);
        }
        Validator {
            schemas: compiled,
            places,
        }
    }

    /// What is wrong with a value.
    fn fault(&self, name: &str, value: &Value) -> Option<String> {
        let place = self.places[name];
        let found = self.schemas.validate(value, place);
        found.err().map(|error| format!("{error}"))
    }

    /// The files of a site that can be read and are rejected, each with what
    /// is wrong.
    fn faults(&self, site: &Path) -> BTreeMap<String, String> {
        let mut faults = BTreeMap::new();
        for (path, bytes) in reading::files(site) {
            let Some(name) = name(&path) else { continue };
            let Some(value) = value(&path, &bytes) else {
                continue;
            };
            if let Some(fault) = self.fault(name, &value) {
                faults.insert(path, fault);
            }
        }
        faults
    }
}

/// The schema of a file.
fn name(path: &str) -> Option<&'static str> {
    let parts: Vec<&str> = path.split('/').collect();
    let months = |part: &str| part.starts_with("20");
    match parts[..] {
        ["site.toml"] => Some("site"),
        ["content", "engagement.yaml"] => Some("engagement"),
        ["content", "fit-check.yaml"] => Some("questionnaire"),
        ["content", month, file] if months(month) => match file {
            "fit-check.yaml" => Some("fit-check"),
            "telemetry.yaml" => Some("telemetry"),
            "leadership.yaml" => Some("leadership"),
            "board.yaml" => Some("board"),
            "pre-work.yaml" => Some("pre-work"),
            "end-state.yaml" => Some("end-state"),
            "current-state.yaml" => Some("current-state"),
            "path.yaml" => Some("path"),
            "decision-brief.yaml" => Some("decision-brief"),
            _ => None,
        },
        _ => None,
    }
}

/// What a file holds, as any program of our days reads it; none if it can't
/// be read.
fn value(path: &str, bytes: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if path.ends_with(".toml") {
        return toml::from_str(text).ok();
    }
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options(text, options).ok()
}

#[test]
fn every_file_of_the_sample_and_of_the_small_sites_is_valid() {
    let validator = Validator::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let small = fs::read_dir(root.join("tests/site")).unwrap();
    let mut sites: Vec<_> = small.map(|entry| entry.unwrap().path()).collect();
    sites.push(root.join("tests/broken/_base"));
    let mut seen = 0;
    for (path, bytes) in reading::files(&root.join("content")) {
        let path = format!("content/{path}");
        let Some(name) = name(&path) else { continue };
        let value = value(&path, &bytes).unwrap();
        assert_eq!(validator.fault(name, &value), None, "{path}");
        seen += 1;
    }
    assert!(seen > 30, "{seen} files of the sample");
    for site in sites {
        let faults = validator.faults(&site);
        assert!(faults.is_empty(), "{}: {faults:#?}", site.display());
    }
    for own in ["site.toml", "src/source/default/fit-check.yaml"] {
        let value = value(own, &fs::read(root.join(own)).unwrap()).unwrap();
        let name = if own == "site.toml" {
            "site"
        } else {
            "questionnaire"
        };
        assert_eq!(validator.fault(name, &value), None, "{own}");
    }
}

/// What `init` makes is valid, in any month, and each file leads to its schema
/// by its first line.
#[test]
fn every_file_that_an_engagement_begins_with_is_valid() {
    let validator = Validator::new();
    for (day, firm) in [
        ("2026-01-31", "Kestrel"),
        ("2026-03-01", "1848"),
        ("2028-02-29", "yes"),
        ("2026-12-05", "O'Neil & \"Söns\": #1 \\ {a} - *b"),
    ] {
        let beginning = Beginning {
            firm,
            day: day.parse().unwrap(),
            workflow: "",
        };
        let mut seen = 0;
        for file in beginning.files() {
            let Some(name) = name(&file.path) else {
                continue;
            };
            let value = value(&file.path, file.text.as_bytes()).unwrap();
            assert_eq!(validator.fault(name, &value), None, "{}", file.path);
            let first = file.text.lines().next().unwrap();
            assert_eq!(first, modeline(name, &file.path));
            if name == "engagement" {
                assert_eq!(value["firm"], firm);
            }
            seen += 1;
        }
        assert_eq!(seen, 5);
    }
}

/// What an author's comments offer is as good as what stands there.
#[test]
fn what_is_offered_in_comments_is_valid_too() {
    let validator = Validator::new();
    let beginning = Beginning {
        firm: "Kestrel",
        day: "2026-11-21".parse().unwrap(),
        workflow: "",
    };
    let mut offered = 0;
    for file in beginning.files() {
        let Some(name) = name(&file.path) else {
            continue;
        };
        let sign = if name == "site" { " = " } else { ": " };
        let uncommented = |line: &&str| {
            let word = line
                .strip_prefix("# ")
                .and_then(|rest| rest.split(sign).next());
            let is_field = |word: &str| word.bytes().all(|c| c.is_ascii_lowercase() || c == b'_');
            line.contains(sign.trim_end()) && !line.contains('…') && word.is_some_and(is_field)
        };
        for line in file.text.lines().filter(uncommented) {
            let text = file.text.replace(line, &line[2..]);
            let value = value(&file.path, text.as_bytes()).unwrap();
            let fault = validator.fault(name, &value);
            // Sealing needs the line below it.
            let expected = line.starts_with("# seal");
            assert_eq!(fault.is_some(), expected, "{line}: {fault:?}");
            offered += 1;
        }
    }
    assert!(offered >= 7, "{offered}");
}

#[test]
fn a_mistake_that_a_schema_can_tell_is_rejected_and_nothing_else_is() {
    let validator = Validator::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut rejected = 0;
    let mut failures = Vec::new();
    let mut unlisted = Vec::new();
    for entry in fs::read_dir(&root).unwrap() {
        let folder = entry.unwrap().path();
        let case = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let Ok(expected) = fs::read_to_string(folder.join("expected.txt")) else {
            continue;
        };
        let site = TempDir::new().unwrap();
        lay_out(&root, &case, site.path());
        let faults = validator.faults(site.path());
        let codes = codes(&expected);
        unlisted.extend(codes.iter().filter(|code| !is_listed(code)).map(|code| {
            format!("{case}: can a schema tell `{code}`? list it as one or the other")
        }));
        let expressible = codes.iter().any(|code| EXPRESSIBLE.contains(code));
        let beyond = BEYOND.iter().any(|(name, _)| *name == case);
        if expressible && !beyond && faults.is_empty() {
            failures.push(format!("{case} is accepted: {codes:?}"));
        }
        if !expressible && !faults.is_empty() {
            failures.push(format!("{case} is rejected: {codes:?}\n{faults:#?}"));
        }
        if beyond && !faults.is_empty() {
            failures.push(format!("{case} is rejected after all"));
        }
        rejected += usize::from(!faults.is_empty());
    }
    failures.extend(unlisted);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(rejected > 90, "{rejected} rejected");
}

/// Whether it is said of a fault that a schema can tell it, or why not.
fn is_listed(code: &str) -> bool {
    let others = INEXPRESSIBLE.iter().flat_map(|(_, codes)| codes.iter());
    EXPRESSIBLE.iter().chain(others).any(|known| *known == code)
}

/// The codes of the errors that `check` reports.
fn codes(expected: &str) -> BTreeSet<&str> {
    let after = expected.split("error[").skip(1);
    after.filter_map(|rest| rest.split(']').next()).collect()
}

/// The sound site with a case's mistake in it, as `tests/broken.rs` makes it.
fn lay_out(root: &Path, case: &str, site: &Path) {
    reading::copy(&root.join("_base"), site);
    reading::copy(&root.join(case), site);
    if let Ok(removed) = fs::read_to_string(site.join("removed.txt")) {
        for path in removed.lines() {
            fs::remove_file(site.join(path)).unwrap();
        }
    }
    if let Some(make) = recipe::of(case) {
        make(site);
    }
}

/// What YAML takes for more than text is text where text is wanted.
#[test]
fn a_schema_is_no_stricter_than_the_decoder() {
    let validator = Validator::new();
    for (name, text) in [
        (
            "engagement",
            "{firm: A, currency: USD, phases: {}, playbook: {room-largest: 5, skipped: pause, sprawl-share: '0.25'}}",
        ),
        ("site", "{output: ..public, board: {output: out/board.d}}"),
        (
            "site",
            "{privacy: {seal: yes, recipients: [1], hosts: [nginx, other]}}",
        ),
        (
            "end-state",
            "{date: 2026-10-08, decision_rights: [{decision: x, rights: {ceo: informed, coo: decides}}]}",
        ),
        ("path", "{date: 2026-10-08, pathways: {}}"),
        ("path", "{date: 2026-10-08}"),
        (
            "engagement",
            "{firm: 1848, currency: USD, phases: {}, seats: {ceo: {title: true}}, layers: {data: 2}}",
        ),
        (
            "telemetry",
            "{watch: [{what: 3.5, owner: 2026}], gates: []}",
        ),
        (
            "leadership",
            "{date: 2026-10-08, headroom: [{id: true, bet: 7, kind: other, status: parked, board: yes}], decisions: [{id: 1, action: headroom, what: x, owner: ceo, due: 2026-10-09, board: no}], closing: {paying_for_itself: no}}",
        ),
        ("leadership", "{skipped: 12, headline: of no session}"),
        ("fit-check", "{version: 1, answers: {sponsor: 3}}"),
        ("site", "{title: 2026, privacy: {seal: no}}"),
        (
            "pre-work",
            "{inputs: {strategy: outstanding}, seats: {executive: 7, risk: not relevant}}",
        ),
        (
            "end-state",
            "{date: 2026-10-08, begins: 09:30, statement: {signed: no, says: 12}, decision_rights: [{decision: true, rights: {2026: decides}}]}",
        ),
        (
            "current-state",
            "{date: 2026-10-08, heatmap: {24: {waiting: none}, Dispatch & docks: {}}}",
        ),
        (
            "decision-brief",
            "{date: 2026-10-08, plan: [{week: 1, what: x}, {from: 2, to: 2, what: y, milestone: yes}], roadmap: [{from: 2026-10, what: z}]}",
        ),
    ] {
        let value = value("x.yaml", text.as_bytes()).unwrap();
        assert_eq!(validator.fault(name, &value), None, "{text}");
    }
}

/// Every name under `required` and in a condition is a field: a renamed field
/// takes its attribute with it.
#[test]
fn whatever_a_schema_asks_for_is_a_field_and_is_described() {
    for schema in SchemaFile::all() {
        let mut faults = Vec::new();
        if schema.value["description"]
            .as_str()
            .is_none_or(str::is_empty)
        {
            faults.push(format!("{} has no description", schema.name));
        }
        look(&schema.value, schema.name, &mut faults);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

fn look(schema: &Value, path: &str, faults: &mut Vec<String>) {
    if let Some(fields) = schema["properties"].as_object() {
        if schema["additionalProperties"] != Value::Bool(false) {
            faults.push(format!("{path} accepts unknown fields"));
        }
        let mut wanted = Vec::new();
        names(schema, &mut wanted);
        let unknown = wanted
            .into_iter()
            .filter(|name| !fields.contains_key(*name));
        faults.extend(unknown.map(|name| format!("{path} has no field `{name}`")));
        for (field, below) in fields {
            let path = format!("{path}.{field}");
            if below["description"].as_str().is_none_or(str::is_empty) {
                faults.push(format!("{path} has no description"));
            }
            look(below, &path, faults);
        }
    }
    for (word, sign) in [("items", "[]"), ("additionalProperties", "{}")] {
        if schema[word].is_object() {
            look(&schema[word], &format!("{path}{sign}"), faults);
        }
    }
}

/// The fields that an object's own `required` and conditions name.
fn names<'s>(schema: &'s Value, wanted: &mut Vec<&'s str>) {
    let required = schema["required"].as_array().into_iter().flatten();
    wanted.extend(required.filter_map(Value::as_str));
    let branches = ["if", "then", "else"].iter().map(|word| &schema[*word]);
    let all = schema["allOf"].as_array().into_iter().flatten();
    for branch in branches.filter(|branch| branch.is_object()).chain(all) {
        let fields = branch["properties"].as_object().into_iter().flatten();
        wanted.extend(fields.map(|(name, _)| &**name));
        names(branch, wanted);
    }
}

#[test]
fn the_schemas_are_the_same_each_time_and_known_by_name() {
    let text = || -> Vec<String> {
        let all = SchemaFile::all().into_iter();
        all.map(|schema| schema.text()).collect()
    };
    assert_eq!(text(), text());
    let names: Vec<&str> = SchemaFile::all().iter().map(|schema| schema.name).collect();
    assert_eq!(names, NAMES);
}

/// This repository is a site of its own, and an example of one.
#[test]
fn the_schemas_beside_the_sample_are_these() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for schema in SchemaFile::all() {
        let found = fs::read_to_string(root.join(schema_path(schema.name))).unwrap_or_default();
        assert!(
            schema.is_said_by(&found),
            "{} is out of date: run `cargo run -- schema --write`",
            schema.name
        );
    }
    let files = fs::read_dir(root.join(SCHEMA_FOLDER)).unwrap().count();
    assert_eq!(files, NAMES.len());
}
