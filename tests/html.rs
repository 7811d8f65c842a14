//! Every page and style sheet of the sample site passes the W3C's rules, as
//! the Nu HTML checker knows them.
//!
//! The checker is a Java archive that `.ci/run` puts below `target/ci`;
//! `QUARTERDECK_VNU` names another. Where it or Java is missing the test says
//! so and passes, except where `CI` is set: there it fails.

mod built;

use std::env;
use std::io::{Write, stderr};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::tempdir;

/// Messages that aren't about the site, each with the reason.
const BESIDE_THE_POINT: [(&str, &str, &str); 7] = [
    // The checker reads a file, which has no origin that 'self' could mean.
    (
        "",
        "Resource violates Content Security Policy (meta tag): external stylesheet",
        "blocked by “style-src” directive",
    ),
    // Its CSS rules are older than container queries, which are CSS
    // Containment Level 3 and in every browser since 2023.
    (".css", "CSS: Unrecognized at-rule “@container”", ""),
    (
        ".css",
        "CSS: “container-type”: Property “container-type” doesn't exist",
        "",
    ),
    // And older than the order in which the timeline's months are read on a
    // phone, which a browser that doesn't know it passes over.
    (
        ".css",
        "CSS: “reading-flow”: Property “reading-flow” doesn't exist",
        "",
    ),
    // And than `rel="expect"`, which is HTML's own and by which a page waits
    // for its end before it is drawn.
    (
        ".html",
        "A “link” element with a “blocking” attribute must have a “rel” attribute whose value is “stylesheet”",
        "",
    ),
    // A memo's style is allowed by its hash, which the checker doesn't work
    // out; `tests/board_memo_browser.rs` sees it applied.
    (
        "",
        "Inline style violates Content Security Policy (meta tag): blocked by “style-src” directive",
        "nonce/hash)",
    ),
    // Beside a drawing the checker knows CSS as it was for SVG 1.1 alone, and
    // says so itself.
    (
        ".html",
        "CSS: “font-variant-numeric”: Property “font-variant-numeric” doesn't exist in “CSS Level 3 + SVG”",
        "",
    ),
];

/// What the checker said of a file.
struct Message {
    is_error: bool,
    url: String,
    text: String,
    /// `file:line: text`.
    shown: String,
}

/// The archive, if it and Java are there.
fn checker() -> Result<PathBuf, String> {
    let usual = "target/ci/node_modules/vnu-jar/build/dist/vnu.jar";
    let archive = env::var_os("QUARTERDECK_VNU").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join(usual),
        PathBuf::from,
    );
    if !archive.is_file() {
        return Err(format!("the HTML checker isn't at {}", archive.display()));
    }
    match Command::new("java").arg("-version").output() {
        Ok(output) if output.status.success() => Ok(archive),
        _ => Err("there is no Java to run the HTML checker with".to_owned()),
    }
}

/// Everything that the checker says of these files.
fn check(archive: &Path, kind: &str, files: &[PathBuf]) -> Vec<Message> {
    assert!(!files.is_empty(), "there is no {kind} to check");
    let output = Command::new("java")
        .arg("-jar")
        .arg(archive)
        .args(["--stdout", "--exit-zero-always", "--format", "json", kind])
        .args(files)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    messages(&output.stdout)
}

fn messages(report: &[u8]) -> Vec<Message> {
    let report: Value = serde_json::from_slice(report).expect("the checker writes JSON");
    let messages = report["messages"]
        .as_array()
        .expect("the checker lists its messages");
    messages
        .iter()
        .map(message)
        .filter(|message| !is_beside_the_point(message))
        .collect()
}

fn message(from: &Value) -> Message {
    let text = |field: &str| from[field].as_str().unwrap_or_default().to_owned();
    let (url, said, line) = (text("url"), text("message"), &from["lastLine"]);
    let shown = format!(
        "{url}:{line}: {said}\n    {}",
        text("extract").replace('\n', " ")
    );
    // Anything but `info` is an error, or says that a file couldn't be read.
    Message {
        is_error: text("type") != "info",
        url,
        text: said,
        shown,
    }
}

fn is_beside_the_point(message: &Message) -> bool {
    BESIDE_THE_POINT.iter().any(|(ending, begins, ends)| {
        let text = message.text.trim_end_matches('.');
        message.url.ends_with(ending) && text.starts_with(begins) && text.ends_with(ends)
    })
}

#[test]
fn every_page_and_style_sheet_is_valid() {
    let archive = match checker() {
        Ok(archive) => archive,
        Err(missing) => {
            assert!(env::var("CI").is_err(), "{missing}; .ci/run installs both");
            // Not `eprintln!`, which a test that passes keeps to itself.
            writeln!(
                stderr(),
                "SKIPPED every_page_and_style_sheet_is_valid: {missing}; .ci/run installs both"
            )
            .unwrap();
            return;
        }
    };
    let folder = tempdir().unwrap();
    let site = folder.path().join("site");
    built::command(Path::new(env!("CARGO_MANIFEST_DIR")), &site)
        .assert()
        .success();
    let files = built::files(&site);
    let ending_in = |ending: &str| -> Vec<PathBuf> {
        files
            .keys()
            .filter(|path| path.ends_with(ending))
            .map(|path| site.join(path))
            .collect()
    };
    let pages = ending_in(".html");
    assert!(
        pages.len() >= 20,
        "the sample has more pages than {}",
        pages.len()
    );
    let mut messages = check(&archive, "--html", &pages);
    messages.extend(check(&archive, "--css", &ending_in(".css")));

    let (errors, warnings): (Vec<Message>, Vec<Message>) =
        messages.into_iter().partition(|message| message.is_error);
    for warning in warnings {
        writeln!(stderr(), "warning: {}", warning.shown).unwrap();
    }
    let shown: Vec<String> = errors.into_iter().map(|error| error.shown).collect();
    assert!(
        shown.is_empty(),
        "{} errors:\n{}",
        shown.len(),
        shown.join("\n")
    );
}

/// Whether the checker, run as above, finds anything at all.
#[test]
fn a_page_and_a_style_sheet_with_faults_are_found() {
    let Ok(archive) = checker() else {
        assert!(
            env::var("CI").is_err(),
            "the HTML checker is missing; .ci/run installs it"
        );
        return;
    };
    let folder = tempdir().unwrap();
    let (page, sheet) = (folder.path().join("a.html"), folder.path().join("a.css"));
    std::fs::write(
        &page,
        "<!DOCTYPE html><html lang=en><title>A</title><p><div align=center></p>",
    )
    .unwrap();
    std::fs::write(&sheet, "p { colour: red }").unwrap();
    assert!(
        check(&archive, "--html", &[page])
            .iter()
            .filter(|message| message.is_error)
            .count()
            >= 2
    );
    assert!(
        check(&archive, "--css", &[sheet])
            .iter()
            .any(|message| message.is_error)
    );
}

#[test]
fn a_report_is_read_and_only_what_is_beside_the_point_is_left_out() {
    let report = r#"{"messages":[
        {"type":"error","url":"file:/s/a.html","lastLine":7,"message":"Stray end tag “p”.","extract":"<a>\n</p>"},
        {"type":"info","subType":"warning","url":"file:/s/a.html","lastLine":2,"message":"Consider avoiding it."},
        {"type":"non-document-error","url":"file:/s/b.html","message":"File not found."},
        {"type":"info","subType":"warning","url":"file:/s/a.html","message":"Resource violates Content Security Policy (meta tag): external stylesheet “a.css” blocked by “style-src” directive."},
        {"type":"error","url":"file:/s/a.css","message":"CSS: Unrecognized at-rule “@container”."},
        {"type":"error","url":"file:/s/a.css","message":"CSS: Unrecognized at-rule “@contain”."}
    ]}"#;
    let read = messages(report.as_bytes());
    let errors: Vec<bool> = read.iter().map(|message| message.is_error).collect();
    assert_eq!(errors, [true, false, true, true]);
    assert_eq!(
        read[0].shown,
        "file:/s/a.html:7: Stray end tag “p”.\n    <a> </p>"
    );
}
