//! Broken files that git or an editor would mangle, or that are too large to
//! keep: each is made from a few words when its case is run.

use std::fs;
use std::path::Path;

use crate::restated;

/// Puts one mistake into a sound site.
pub type Recipe = fn(&Path);

pub const TELEMETRY: &str = "content/2026-02/telemetry.yaml";
pub const LEADERSHIP: &str = "content/2026-02/leadership.yaml";
pub const NARRATIVE: &str = "content/2026-02/leadership.md";

/// Deeper than any reader that recurses can go.
const DEEP: usize = 100_000;

/// Every recipe by the name of its case.
pub const ALL: &[(&str, Recipe)] = &[
    ("alias-bomb", alias_bomb),
    ("byte-order-mark", byte_order_mark),
    ("byte-order-mark-and-a-fault", byte_order_mark_and_a_fault),
    ("control-characters", control_characters),
    ("control-characters-escaped", |site| {
        replace(site, LEADERSHIP, "partners take", "partners\\u001b[2J take");
    }),
    ("control-characters-in-a-name", |site| {
        fs::write(
            site.join("content/2026-02/te\u{1b}[2Jlemetry.yaml"),
            "a: 1\n",
        )
        .unwrap();
    }),
    ("crlf", crlf),
    ("crlf-and-a-fault", crlf_and_a_fault),
    ("deep-block", |site| {
        write(site, TELEMETRY, &format!("watch:\n{}", "- ".repeat(DEEP)));
    }),
    ("deep-flow", |site| {
        write(site, TELEMETRY, &format!("watch: {}", "[".repeat(DEEP)));
    }),
    ("deep-flow-mappings", |site| {
        write(site, TELEMETRY, &format!("watch: {}", "{a: ".repeat(DEEP)));
    }),
    ("deep-indentation", deep_indentation),
    ("deep-markdown-is-read", deep_markdown),
    ("deep-toml", |site| {
        write(
            site,
            "site.toml",
            &format!("title = {}\n", "[".repeat(DEEP)),
        );
    }),
    ("file-too-large", |site| {
        write(site, NARRATIVE, &"A quiet month.\n".repeat(800_000));
    }),
    ("not-utf-8", not_utf_8),
    ("not-utf-8-in-markdown", |site| {
        let text = fs::read(site.join(NARRATIVE)).unwrap();
        let fridays = text
            .windows(7)
            .position(|window| window == b"Fridays")
            .unwrap();
        let caf = [&text[..fridays], b"caf\xe9 ", &text[fridays..]].concat();
        fs::write(site.join(NARRATIVE), caf).unwrap();
    }),
    ("duplicate-restatement", restated::twice),
    ("restatement-in-another-file", restated::in_another_file),
    ("restatement-missing", restated::missing),
    ("restatement-missing-figure-gone", restated::figure_gone),
    ("restatement-missing-file-gone", restated::file_gone),
    ("restatement-missing-in-two-memos", restated::in_two_memos),
    ("restatement-of-a-faulty-month", restated::of_a_faulty_month),
    (
        "restatement-of-an-altered-memo",
        restated::of_an_altered_memo,
    ),
    ("restatement-of-nothing", restated::of_nothing),
    ("restatement-unchanged", restated::unchanged),
    ("restatement-was-misread", restated::was_misread),
    ("symbolic-link-dead", |site| {
        link(
            site,
            "../2026-04/leadership.md",
            "content/2026-01/leadership.md",
        );
    }),
    ("symbolic-link-out-of-content", |site| {
        link(site, "../../site.toml", "content/2026-01/leadership.md");
    }),
    ("symbolic-link-to-a-folder", |site| {
        link(site, "2026-01", "content/2026-03");
    }),
    ("turned-text", |site| {
        replace(site, LEADERSHIP, "Raise the bar", "Raise \u{202e}the bar");
    }),
    ("utf-16", utf_16),
];

/// The recipe of a case.
pub fn of(case: &str) -> Option<Recipe> {
    ALL.iter()
        .find(|(name, _)| *name == case)
        .map(|(_, recipe)| *recipe)
}

fn write(site: &Path, path: &str, text: &str) {
    fs::write(site.join(path), text).unwrap();
}

pub fn replace(site: &Path, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(site.join(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    write(site, path, &text.replace(from, to));
}

/// Nine lists, each of nine times the one before.
fn alias_bomb(site: &Path) {
    let mut text = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (before, name) in ('a'..='h').zip('b'..='i') {
        let uses = vec![format!("*{before}"); 9].join(", ");
        text.push_str(&format!("{name}: &{name} [{uses}]\n"));
    }
    write(site, TELEMETRY, &text);
}

/// Editors on Windows begin a file with it.
fn byte_order_mark(site: &Path) {
    for path in [
        TELEMETRY,
        NARRATIVE,
        "content/engagement.yaml",
        "content/pages/method.md",
        "site.toml",
    ] {
        let text = fs::read_to_string(site.join(path)).unwrap();
        write(site, path, &format!("\u{feff}{text}"));
    }
}

fn byte_order_mark_and_a_fault(site: &Path) {
    replace(site, TELEMETRY, "as_of: 2026-02-26", "as_of: 2026-02-30");
    byte_order_mark(site);
}

fn control_characters(site: &Path) {
    replace(site, LEADERSHIP, "partners take", "partners\u{7} take");
    replace(site, NARRATIVE, "Two Fridays", "Two\u{1b}[31m Fridays");
    replace(site, TELEMETRY, "hygienist", "hygie\0nist");
}

fn crlf(site: &Path) {
    for path in [
        TELEMETRY,
        LEADERSHIP,
        NARRATIVE,
        "content/engagement.yaml",
        "content/pages/method.md",
        "site.toml",
    ] {
        let text = fs::read_to_string(site.join(path)).unwrap();
        write(site, path, &text.replace('\n', "\r\n"));
    }
}

fn crlf_and_a_fault(site: &Path) {
    replace(
        site,
        TELEMETRY,
        "task_automation: 28.0",
        "task_automation: 28,0 %",
    );
    replace(site, TELEMETRY, "owner: coo }", "owner: cio }");
    replace(site, NARRATIVE, "## Headroom", "## Headrom");
    crlf(site);
}

/// Mappings by indentation, as deep as a file of the most that is read can hold.
fn deep_indentation(site: &Path) {
    let lines = (0..1_400).map(|depth| format!("{}a:\n", " ".repeat(depth)));
    write(site, TELEMETRY, &lines.collect::<String>());
}

/// Quotations in quotations: nobody writes it, and nothing may fall over it.
fn deep_markdown(site: &Path) {
    let text = fs::read_to_string(site.join(NARRATIVE)).unwrap();
    write(
        site,
        NARRATIVE,
        &format!(
            "{text}\n{}deep\n\n{}deep\n",
            ">".repeat(DEEP),
            "[".repeat(DEEP)
        ),
    );
}

/// `£` as Windows-1252 writes it, on line 3.
fn not_utf_8(site: &Path) {
    let text = fs::read_to_string(site.join(LEADERSHIP)).unwrap();
    let (before, after) = text.split_once("fee of 18").unwrap();
    let bytes = [before.as_bytes(), b"fee of \xa318", after.as_bytes()].concat();
    fs::write(site.join(LEADERSHIP), bytes).unwrap();
}

/// What an old Notepad calls Unicode.
fn utf_16(site: &Path) {
    let text = fs::read_to_string(site.join(LEADERSHIP)).unwrap();
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    fs::write(
        site.join(LEADERSHIP),
        units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
    )
    .unwrap();
}

#[cfg(unix)]
fn link(site: &Path, target: &str, path: &str) {
    let _ = fs::remove_file(site.join(path));
    std::os::unix::fs::symlink(target, site.join(path)).unwrap();
}

#[cfg(not(unix))]
fn link(_site: &Path, _target: &str, _path: &str) {
    panic!("symbolic links are made on Unix only");
}
