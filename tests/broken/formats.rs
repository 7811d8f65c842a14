//! The same faults for programs: one JSON document that keeps to its published
//! schema, and GitHub's commands; and that what they offer mends the fault.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

use super::{Case, EXPECTED, cases, command, copy, folder, lay_out, text, tree};

/// The published schema, compiled.
struct Published {
    schemas: boon::Schemas,
    place: boon::SchemaIndex,
}

impl Published {
    fn new() -> Published {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/check.schema.json");
        let schema = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let mut compiler = boon::Compiler::new();
        let mut schemas = boon::Schemas::new();
        let url = "mem:///check.schema.json";
        compiler.add_resource(url, schema).unwrap();
        let place = compiler.compile(url, &mut schemas).unwrap();
        Published { schemas, place }
    }

    fn fault(&self, document: &Value) -> Option<String> {
        let found = self.schemas.validate(document, self.place);
        found.err().map(|error| format!("{error:#}"))
    }
}

/// What `check` writes to standard output, with its exit code.
fn checked(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let output = command("check", folder).args(arguments).output().unwrap();
    (text(&output.stdout), output.status.code().unwrap())
}

fn document(folder: &Path, arguments: &[&str]) -> (Value, i32) {
    let (said, code) = checked(folder, &[arguments, &["--format", "json"]].concat());
    (serde_json::from_str(&said).unwrap(), code)
}

fn list<'v>(document: &'v Value, name: &str) -> &'v [Value] {
    document[name].as_array().map_or(&[], Vec::as_slice)
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

#[test]
fn every_mistake_is_told_to_programs_as_it_is_to_people() {
    let published = Published::new();
    let failures: Vec<String> = cases()
        .par_iter()
        .filter_map(|case| {
            let site = TempDir::new().unwrap();
            lay_out(case, site.path()).unwrap();
            let found = told_alike(case, site.path(), &published);
            let found = found.and_then(|document| mended(&document, site.path()));
            found
                .err()
                .map(|fault| format!("==== {}\n{fault}", case.name))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The document is valid and says what the text does, in its order, with
/// places that are those of the files; GitHub's commands say so too.
fn told_alike(case: &Case, site: &Path, published: &Published) -> Result<Value, String> {
    let expected = fs::read_to_string(case.folder.join(EXPECTED)).unwrap_or_default();
    let (document, code) = document(site, &[]);
    if let Some(fault) = published.fault(&document) {
        return Err(fault);
    }
    let faults = list(&document, "diagnostics");
    let titles: Vec<String> = faults
        .iter()
        .map(|fault| {
            let said = |name: &str| fault[name].as_str().unwrap();
            format!(
                "{}[{}]: {}",
                said("severity"),
                said("code"),
                said("message")
            )
        })
        .collect();
    let told: Vec<&str> = expected
        .lines()
        .filter(|line| line.starts_with("error[") || line.starts_with("warning["))
        .collect();
    // A message may be broken over lines in a frame, and begins the same.
    let alike = titles.len() == told.len()
        && titles
            .iter()
            .zip(&told)
            .all(|(title, line)| title.starts_with(line));
    if !alike {
        return Err(format!("{titles:#?}\nis not\n{told:#?}"));
    }
    let summary = &document["summary"];
    if summary["exit_code"] != code || summary["ok"] != (code == 0) {
        return Err(format!("it ended with {code}: {summary}"));
    }
    for fault in faults {
        let related = list(fault, "related").iter();
        for place in related.chain([&fault["place"]].into_iter().filter(|p| !p.is_null())) {
            of_the_file(place, site)?;
        }
    }
    annotated(faults, site)?;
    Ok(document)
}

/// A place's lines are those of its file, and its columns lie in them.
fn of_the_file(place: &Value, site: &Path) -> Result<(), String> {
    let path = site.join(place["file"].as_str().unwrap());
    if place["start"].is_null() {
        return Ok(());
    }
    let bytes = fs::read(&path).map_err(|_| format!("{} isn't there", path.display()))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Ok(());
    };
    let line = number(&place["start"]["line"]);
    let written = text.split('\n').nth(line - 1).unwrap_or_default();
    let written = written.trim_end_matches('\r');
    let shown = place["source"][0].as_str().unwrap();
    // Control characters are shown as blanks.
    let is_plain = !written.contains(|c: char| c.is_control() || !c.is_ascii());
    if is_plain && shown != written {
        return Err(format!("line {line} is `{written}`, not `{shown}`"));
    }
    let column = number(&place["start"]["column"]);
    let byte = number(&place["start"]["byte"]);
    let before = &text[..byte];
    let counted = before.rsplit('\n').next().unwrap().chars().count() + 1;
    let ends = number(&place["end"]["byte"]);
    if column != counted || before.matches('\n').count() + 1 != line || ends < byte {
        return Err(format!("byte {byte} is not line {line}, column {column}"));
    }
    Ok(())
}

/// GitHub is told of each fault by one command that names file, line and
/// message.
fn annotated(faults: &[Value], site: &Path) -> Result<(), String> {
    let (said, _) = checked(site, &["--format", "github", "--quiet"]);
    let commands: Vec<&str> = said.lines().collect();
    if commands.len() != faults.len() {
        return Err(format!("{} faults, and\n{said}", faults.len()));
    }
    for (fault, command) in faults.iter().zip(commands) {
        let place = &fault["place"];
        let escaped = |text: &Value| text.as_str().unwrap().replace('%', "%25");
        let mut wanted = vec![
            format!("::{} ", fault["severity"].as_str().unwrap()),
            format!(
                "title={}::{}",
                fault["code"].as_str().unwrap(),
                escaped(&fault["message"])
            ),
        ];
        if !place.is_null() {
            wanted.push(format!("file={}", escaped(&place["path"])));
        }
        if !place["start"].is_null() {
            wanted.push(format!(",line={},", place["start"]["line"]));
            wanted.push(format!(",col={},", place["start"]["column"]));
        }
        if !fault["help"].is_null() {
            wanted.push(format!("%0Ahelp: {}", escaped(&fault["help"])));
        }
        if let Some(missing) = wanted.iter().find(|part| !command.contains(&***part)) {
            return Err(format!("`{missing}` isn't in {command}"));
        }
    }
    Ok(())
}

/// A replacement: its file, its line, its first byte, the byte behind it and
/// the text.
type Edit<'d> = (&'d str, usize, usize, usize, &'d str);

/// Whatever is offered in place of a mistake, put there, mends it and makes no
/// other where it stands. What it hid elsewhere may come to light.
fn mended(document: &Value, site: &Path) -> Result<(), String> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut named = BTreeSet::new();
    let mut before = BTreeSet::new();
    for fault in list(document, "diagnostics") {
        let message = fault["message"].as_str().unwrap();
        before.insert(message);
        let edit = &fault["replacement"];
        if edit.is_null() {
            continue;
        }
        edits.push((
            fault["place"]["file"].as_str().unwrap(),
            number(&edit["start"]["line"]),
            number(&edit["start"]["byte"]),
            number(&edit["end"]["byte"]),
            edit["text"].as_str().unwrap(),
        ));
        named.insert(message);
    }
    if edits.is_empty() {
        return Ok(());
    }
    edits.sort_unstable();
    for (file, _, start, end, text) in edits.iter().rev() {
        let path = site.join(file);
        let mut whole = fs::read_to_string(&path).unwrap();
        let mark = if whole.starts_with('\u{feff}') { 3 } else { 0 };
        whole.replace_range(start + mark..end + mark, text);
        fs::write(&path, whole).unwrap();
    }
    let (after, _) = self::document(site, &[]);
    let touched = |fault: &Value| {
        let place = &fault["place"];
        edits.iter().any(|(file, line, ..)| {
            place["file"] == *file && place["start"]["line"].as_u64() == Some(*line as u64)
        })
    };
    let left: Vec<&str> = list(&after, "diagnostics")
        .iter()
        .map(|fault| (fault["message"].as_str().unwrap(), touched(fault)))
        .filter(|(message, touched)| {
            named.contains(message) || (*touched && !before.contains(message))
        })
        .map(|(message, _)| message)
        .collect();
    if left.is_empty() {
        Ok(())
    } else {
        Err(format!("{edits:#?}\ndoesn't mend {left:#?}"))
    }
}

#[test]
fn several_sites_are_one_document() {
    let root = TempDir::new().unwrap();
    let names = ["duplicate-automation", "_base", "misspelt-gate", "nowhere"];
    for name in &names[..3] {
        let case = Case {
            name: (*name).to_owned(),
            folder: folder().join(name),
        };
        lay_out(&case, &root.path().join(name)).unwrap();
    }
    let published = Published::new();
    let (found, code) = document(root.path(), &names);
    assert_eq!(published.fault(&found), None);
    assert_eq!(code, 2, "the worst of them");
    assert_eq!(found["version"], 1);
    assert_eq!(
        found["summary"],
        serde_json::json!({
            "ok": false, "exit_code": 2, "sites": 4, "failures": 1,
            "errors": 1, "warnings": 1, "warnings_denied": false
        })
    );
    let sites = list(&found, "sites");
    let told: Vec<_> = sites
        .iter()
        .map(|site| {
            (
                site["site"].as_str().unwrap(),
                site["ok"] == true,
                site["months"].as_u64(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("duplicate-automation", false, Some(2)),
            ("_base", true, Some(2)),
            ("misspelt-gate", true, Some(2)),
            ("nowhere", false, None)
        ]
    );
    assert!(
        sites[3]["failure"]["message"]
            .as_str()
            .unwrap()
            .contains("no such folder")
    );
    let faults = list(&found, "diagnostics");
    assert_eq!(faults[0]["place"]["path"], "content/2026-02/telemetry.yaml");
    assert_eq!(
        faults[0]["place"]["file"],
        "duplicate-automation/content/2026-02/telemetry.yaml"
    );
    let again = checked(root.path(), &[&names[..], &["--format", "json"]].concat());
    let first = checked(root.path(), &[&names[..], &["--format", "json"]].concat());
    assert_eq!(first, again, "the same each time");
}

#[test]
fn the_sample_is_one_document_without_a_fault() {
    let (found, code) = document(Path::new(env!("CARGO_MANIFEST_DIR")), &[]);
    assert_eq!(Published::new().fault(&found), None);
    assert_eq!((code, list(&found, "diagnostics")), (0, &[][..]));
    assert_eq!(found["sites"][0]["site"], ".");
    assert!(found["sites"][0]["months"].as_u64().unwrap() > 12);
}

/// What the documentation shows keeps to the schema too.
#[test]
fn the_documented_example_is_valid() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/check.md");
    let page = fs::read_to_string(path).unwrap();
    let (_, example) = page.split_once("```json\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let shown: Value = serde_json::from_str(example).unwrap();
    assert_eq!(Published::new().fault(&shown), None);
}

/// A site with one warning and no error.
fn warned() -> TempDir {
    let site = TempDir::new().unwrap();
    let case = Case {
        name: "misspelt-gate".to_owned(),
        folder: folder().join("misspelt-gate"),
    };
    lay_out(&case, site.path()).unwrap();
    site
}

#[test]
fn a_warning_ends_a_run_only_where_it_is_denied() {
    let site = warned();
    let run = |name: &str, arguments: &[&str]| {
        let output = command(name, site.path()).args(arguments).output().unwrap();
        (text(&output.stderr), output.status.code().unwrap())
    };
    assert_eq!(run("check", &[]).1, 0);
    for arguments in [&["--deny-warnings"][..], &["--deny-warnings", "--quiet"]] {
        let (said, code) = run("check", arguments);
        assert!(said.ends_with("\n1 warning, denied\n"), "{said}");
        assert_eq!(code, 1);
    }
    let (found, code) = document(site.path(), &["--deny-warnings"]);
    assert_eq!(Published::new().fault(&found), None);
    assert_eq!((code, &found["summary"]["ok"]), (1, &Value::Bool(false)));
    assert_eq!(found["sites"][0]["ok"], false);

    let (said, code) = run("build", &["--deny-warnings"]);
    assert!(said.contains("1 warning, denied\n"), "{said}");
    assert!(said.contains("nothing was written"), "{said}");
    assert_eq!(code, 1);
    assert!(!site.path().join("public").exists());
    assert_eq!(run("build", &[]).1, 0);
    let former = tree(&site.path().join("public"));
    assert_eq!(run("build", &["--deny-warnings"]).1, 1);
    assert!(former == tree(&site.path().join("public")));
}

#[test]
fn a_sound_site_that_is_open_to_all_is_not_built_where_warnings_are_denied() {
    let site = TempDir::new().unwrap();
    copy(&folder().join("_base"), site.path());
    let mut build = command("build", site.path());
    let output = build.arg("--deny-warnings").output().unwrap();
    let said = text(&output.stderr);
    assert!(said.contains("warning[open-to-all]"), "{said}");
    assert!(said.contains("1 warning, denied\n"), "{said}");
    assert_eq!(output.status.code(), Some(1));
    assert!(!site.path().join("public").exists());
}

#[test]
fn github_finds_a_file_from_the_top_of_its_repository() {
    let root = TempDir::new().unwrap();
    let case = Case {
        name: "misspelt-seat".to_owned(),
        folder: folder().join("misspelt-seat"),
    };
    let site = root.path().join("clients/harbour, north");
    lay_out(&case, &site).unwrap();
    let file = "file=clients/harbour%2C north/content/";
    let github = ["--format", "github"];
    let from_the_top = command("check", root.path())
        .args(github)
        .arg("./clients/harbour, north")
        .env_remove("GITHUB_WORKSPACE")
        .output()
        .unwrap();
    let from_within = command("check", &site)
        .args(github)
        .env("GITHUB_WORKSPACE", root.path())
        .output()
        .unwrap();
    for output in [&from_the_top, &from_within] {
        let said = text(&output.stdout);
        assert!(said.contains(file), "{said}");
        assert_eq!(output.status.code(), Some(1));
    }
    let nowhere = command("check", root.path())
        .args(github)
        .arg("client/harbour, north")
        .output()
        .unwrap();
    let said = text(&nowhere.stdout);
    assert!(
        said.starts_with("::error title=not-read::client/harbour, north holds no site"),
        "{said}"
    );
    assert!(
        said.contains("%0Adid you mean `clients/harbour, north`?"),
        "{said}"
    );
    assert_eq!(nowhere.status.code(), Some(2));
}

#[test]
fn a_folder_that_holds_no_site_names_the_one_that_was_meant() {
    let root = TempDir::new().unwrap();
    let site = root.path().join("clients/kestrel");
    copy(&folder().join("_base"), &site);
    fs::create_dir_all(root.path().join("other/contents")).unwrap();
    fs::create_dir_all(root.path().join("empty")).unwrap();
    for (within, named, help) in [
        ("", "clients/kestral", "did you mean `clients/kestrel`?"),
        ("", "client/kestrl", "did you mean `clients/kestrel`?"),
        ("", "clients", "did you mean `clients/kestrel`?"),
        (
            "",
            "clients/kestrel/content",
            "did you mean `clients/kestrel`?",
        ),
        ("clients", ".", "did you mean `kestrel`?"),
        (
            "clients/kestrel/content/2026-02",
            ".",
            "did you mean `../..`?",
        ),
        (
            "",
            "other",
            "its folder `contents` has a similar name: rename it to `content`",
        ),
        (
            "",
            "empty",
            "name the folder that holds site.toml and content/",
        ),
        (
            "",
            "nothing/alike",
            "name the folder that holds site.toml and content/",
        ),
    ] {
        let folder = root.path().join(within);
        let output = command("check", &folder).arg(named).output().unwrap();
        let said = text(&output.stderr);
        assert!(said.contains("holds no site"), "{named}: {said}");
        assert!(said.contains(&format!("help: {help}\n")), "{named}: {said}");
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn a_misspelt_rule_is_answered_with_the_one_that_was_meant() {
    let output = command("rules", Path::new(env!("CARGO_MANIFEST_DIR")))
        .arg("headrom-open")
        .output()
        .unwrap();
    assert!(text(&output.stderr).contains("did you mean `headroom-open`?"));
    assert_eq!(output.status.code(), Some(2));
}
