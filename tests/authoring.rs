//! An author's months, with the program as it is used: lay out, fill in,
//! check, build, and nothing else.

mod built;
#[path = "../benches/engagement/mod.rs"]
mod engagement;
#[path = "authoring/filler.rs"]
mod filler;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use built::files;
use filler::filled;
use tempfile::{TempDir, tempdir};

struct Author {
    home: TempDir,
}

impl Author {
    /// With a small engagement in Run since 2026-01: two automations, one of
    /// them shipped, and a decision with a name that YAML could take amiss.
    fn new() -> Author {
        let author = Author {
            home: tempdir().unwrap(),
        };
        author.write(
            "site.toml",
            "title = \"Report\"\n[privacy]\nhosts = [\"other\"]\n",
        );
        author.write(
            "content/engagement.yaml",
            "firm: Test\ncurrency: EUR\nphases: { build: 2025-10-01, run: 2026-01-01 }\nseats: { ceo: {}, coo: {}, \"no\": {} }\n",
        );
        author.write(
            "content/2026-01/telemetry.yaml",
            "kpis: { task_automation: 20 }\nlayers: { build: { shipped: [sorter], retired: [old] } }\nautomations:\n  - { id: \"yes\", name: \"A: b # c\", runs: 3, prune: true }\n  - { id: old, name: Old one }\nwatch:\n  - { what: \"- later\", due: 2026-02-20, owner: \"no\" }\n  - { what: gone, due: 2026-01-20 }\n",
        );
        author.write(
            "content/2026-01/leadership.yaml",
            "date: 2026-01-20\nclosing: { paying_for_itself: unclear }\ndecisions:\n  - { id: first, action: build, what: \"One:\\ntwo # three\", owner: coo, due: 2026-02-10 }\n  - { id: \"null\", action: retune, what: Tune, owner: \"no\", due: 2026-03-10 }\n",
        );
        author
    }

    fn sample() -> Author {
        let author = Author {
            home: tempdir().unwrap(),
        };
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for (path, bytes) in files(&root.join("content")) {
            let to = author.path(&format!("content/{path}"));
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::write(to, bytes).unwrap();
        }
        fs::copy(root.join("site.toml"), author.path("site.toml")).unwrap();
        author
    }

    fn path(&self, below: &str) -> std::path::PathBuf {
        self.home.path().join(below)
    }

    fn write(&self, below: &str, text: &str) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap()
    }

    fn edit(&self, below: &str, from: &str, to: &str) {
        let text = self.read(below);
        assert!(text.contains(from), "{below} has no {from}:\n{text}");
        self.write(below, &text.replacen(from, to, 1));
    }

    /// Runs a command in the site's folder: its exit code, and what it said.
    fn run(&self, arguments: &str) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_quarterdeck"))
            .current_dir(self.home.path())
            .args(arguments.split_whitespace())
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.code().unwrap(),
            String::from_utf8(said).unwrap(),
        )
    }

    fn succeeds(&self, arguments: &str) -> String {
        let (code, said) = self.run(arguments);
        assert_eq!(code, 0, "{arguments}: {said}");
        said
    }

    fn refused(&self, arguments: &str, expected: i32) -> String {
        let before = files(&self.path("content"));
        let (code, said) = self.run(arguments);
        assert_eq!(code, expected, "{arguments}: {said}");
        assert_eq!(files(&self.path("content")), before, "{arguments} wrote");
        said
    }

    /// Fills every blank of a file with what passes.
    fn fill(&self, below: &str) {
        let month = &below["content/".len()..][..7];
        let filled: Vec<String> = self
            .read(below)
            .lines()
            .map(|line| filled(line, month))
            .collect();
        self.write(below, &(filled.join("\n") + "\n"));
    }

    fn fill_month(&self, month: &str) {
        self.fill(&format!("content/{month}/telemetry.yaml"));
        self.fill(&format!("content/{month}/leadership.yaml"));
    }
}

/// A new user's first two months.
fn two_months(author: &Author, first: &str, second: &str) {
    author.succeeds("build");
    let said = author.succeeds("new month");
    assert!(
        said.contains(&format!("content/{first}/telemetry.yaml")),
        "{said}"
    );
    assert!(said.contains("quarterdeck check"), "{said}");
    // Figures are asked for one by one; nothing stands in for them.
    let asked = author.refused("check", 1);
    assert!(asked.contains("`task_automation` has no value"), "{asked}");
    author.fill_month(first);
    author.succeeds("check");
    author.succeeds("build");
    let mut minutes = author.read(&format!("content/{first}/leadership.yaml"));
    minutes.push_str(&format!(
        "decisions:\n  - {{ id: made-{first}, action: build, what: More, owner: coo, due: {second}-10 }}\n"
    ));
    author.write(&format!("content/{first}/leadership.yaml"), &minutes);
    author.succeeds("new month");
    author.fill(&format!("content/{second}/telemetry.yaml"));
    let path = format!("content/{second}/leadership.yaml");
    author.fill(&path);
    let answered = author.read(&path);
    let answer = format!("- {{ decision: made-{first}, outcome: done }}");
    author.edit(&path, &answer, &answer.replace(" done", ""));
    let line = author
        .read(&path)
        .lines()
        .position(|line| line.ends_with("outcome: }"))
        .unwrap()
        + 1;
    let asked = author.refused("check", 1);
    assert!(asked.contains(&format!("{path}:{line}:")), "{asked}");
    assert!(
        asked.contains("`done`, `slipped`, `carried` or `dropped`"),
        "{asked}"
    );
    author.edit(
        &path,
        &format!("  - {{ decision: made-{first}, outcome: }}\n"),
        "",
    );
    let asked = author.refused("check", 1);
    assert!(
        asked.contains("decision-unanswered") || asked.contains("follow_up"),
        "{asked}"
    );
    author.write(&path, &answered);
    author.succeeds("check");
    author.succeeds("build");
    let page = author.read(&format!("public/sessions/{second}-leadership/index.html"));
    assert!(
        !page.contains("not shown"),
        "the narrative's hint is on the page"
    );
}

#[test]
fn a_new_user_lays_out_fills_in_checks_and_builds_two_months() {
    two_months(&Author::new(), "2026-02", "2026-03");
}

#[test]
fn what_init_begins_goes_on_month_by_month() {
    let author = Author {
        home: tempdir().unwrap(),
    };
    author.succeeds("init . --date 2026-11-21 --quiet");
    two_months(&author, "2026-11", "2026-12");
}

#[test]
fn what_was_live_and_open_is_carried_over_by_id_and_figures_are_blank() {
    let author = Author::new();
    author.succeeds("new month --quiet");
    let telemetry = author.read("content/2026-02/telemetry.yaml");
    for line in [
        "# yaml-language-server: $schema=../../.quarterdeck/schema/telemetry.json",
        "  - { id: \"yes\", name: \"A: b # c\", runs: , prune: true }",
        "  - { id: sorter, name: , runs: , hours_saved: }",
        "# Passed on 2026-01-20: gone",
        "  - { what: \"- later\", kind: other, due: 2026-02-20, owner: \"no\" }",
    ] {
        assert!(
            telemetry.lines().any(|given| given == line),
            "{line}\n{telemetry}"
        );
    }
    assert!(!telemetry.contains("Old one"), "retired\n{telemetry}");
    let minutes = author.read("content/2026-02/leadership.yaml");
    for line in [
        "  # One: two # three (build, coo), due 2026-02-10, decided 2026-01-20 (a month ago)",
        "  - { decision: first, outcome: }",
        "  - { decision: \"null\", outcome: }",
        "#     not-paying: the month's highest priority",
    ] {
        assert!(
            minutes.lines().any(|given| given == line),
            "{line}\n{minutes}"
        );
    }
    author.fill_month("2026-02");
    author.edit(
        "content/2026-02/telemetry.yaml",
        "  - { id: sorter, name: A new one, runs: 50, hours_saved: 4 }\n",
        "",
    );
    let asked = author.refused("check", 1);
    assert!(
        asked.contains("automation-vanished") && asked.contains("`sorter`"),
        "{asked}"
    );
    author.edit(
        "content/2026-02/telemetry.yaml",
        "retired: []",
        "retired: [sorter]",
    );
    author.succeeds("check");
}

#[test]
fn a_month_awaits_its_session_while_its_minutes_are_blank() {
    let author = Author::new();
    assert_eq!(author.succeeds("new month --quiet"), "");
    author.fill("content/2026-02/telemetry.yaml");
    let said = author.succeeds("check");
    assert!(said.contains("warning[minutes-blank]"), "{said}");
    author.succeeds("build --quiet");
    let page = author.read("public/sessions/2026-02-leadership/index.html");
    assert!(
        page.contains("Agenda") || page.contains("agenda"),
        "no agenda"
    );
    // One word of it, and all of it counts.
    let blank = author.read("content/2026-02/leadership.yaml");
    author.edit("content/2026-02/leadership.yaml", "state: ,", "state: 10,");
    let asked = author.refused("check", 1);
    assert!(asked.contains("`date` has no value"), "{asked}");
    author.write("content/2026-02/leadership.yaml", "skipped: \"why\"\n");
    fs::remove_file(author.path("content/2026-02/leadership.md")).unwrap();
    author.succeeds("check --quiet");
    // Of minutes that are forgotten a later month reminds.
    author.write("content/2026-02/leadership.yaml", &blank);
    let said = author.succeeds("new month");
    assert!(said.contains("2026-02 still awaits its session"), "{said}");
}

#[test]
fn nothing_is_written_over_or_carried_from_faulty_content() {
    let author = Author::new();
    for (arguments, code, says) in [
        ("new month 2026-13", 2, "a month is written 2026-12"),
        ("new month 2025-09", 2, "before the engagement"),
        ("new month 2026-01 --site nowhere", 2, "holds no site"),
        ("new board 2026-Q5", 2, "a quarter is written 2026-Q4"),
        ("new session minutes", 2, "possible values"),
        ("new session leadership", 2, "no month awaits its session"),
        ("new session leadership 2025-12", 2, "Run hasn't begun"),
        ("new", 2, "Usage"),
    ] {
        let said = author.refused(arguments, code);
        assert!(said.contains(says), "{arguments}: {said}");
    }
    author.succeeds("new month");
    let asked = author.refused("new month", 1);
    assert!(
        asked.contains("nothing was made") && asked.contains("has no value"),
        "{asked}"
    );
    author.fill_month("2026-02");
    let said = author.refused("new month 2026-02", 2);
    assert!(said.contains("laid out already"), "{said}");
    fs::remove_file(author.path("content/2026-02/leadership.md")).unwrap();
    author.refused("new month 2026-02", 2);
    author.write("content/2026-03", "a file\n");
    author.refused("new month 2026-03", 1);
}

#[test]
fn phases_decide_whether_a_month_has_a_session() {
    let author = Author::new();
    let said = author.succeeds("new month 2025-11");
    assert!(said.contains("2025-11 has no session"), "{said}");
    assert!(!author.path("content/2025-11/leadership.yaml").exists());
    author.fill("content/2025-11/telemetry.yaml");
    author.edit(
        "content/engagement.yaml",
        "run: 2026-01-01",
        "run: 2026-01-01, graduated: 2026-02-01",
    );
    author.succeeds("new month");
    assert!(!author.path("content/2026-02/leadership.yaml").exists());
    author.fill("content/2026-02/telemetry.yaml");
    let said = author.succeeds("new month");
    assert!(author.path("content/2026-03/leadership.yaml").exists());
    assert!(said.contains("quarterdeck new board"), "{said}");
    author.fill_month("2026-03");
    author.succeeds("check");
}

#[test]
fn the_sample_goes_on() {
    let author = Author::sample();
    author.succeeds("new session leadership");
    author.fill("content/2026-11/leadership.yaml");
    author.succeeds("check");
    author.succeeds("new month");
    author.fill_month("2026-12");
    author.succeeds("new board");
    let board = author.read("content/2026-12/board.yaml");
    assert!(
        board.contains(
            "- { id: night-cover, risk: Peak season rests on one night lead, level: , owner: coo,"
        ),
        "{board}"
    );
    author.fill("content/2026-12/board.yaml");
    author.succeeds("check --quiet");
    author.succeeds("build --quiet");
    for arguments in [
        "new board",
        "new board 2026-10",
        "new board 2026-Q3",
        "new session path",
        "new month 2026-12",
    ] {
        author.refused(arguments, 2);
    }
}

#[test]
fn every_session_of_the_programme_is_laid_out_to_pass_once_it_has_a_date() {
    let author = Author::new();
    author.edit(
        "content/engagement.yaml",
        "build: 2025-10-01",
        "fit-check: 2025-06-01, blueprint: 2025-08-01, build: 2025-10-01",
    );
    for kind in [
        "pre-work",
        "end-state",
        "current-state",
        "path",
        "decision-brief",
    ] {
        author.succeeds(&format!("new session {kind}"));
        let path = format!("content/2025-08/{kind}.yaml");
        author.fill(&path);
        author.succeeds("check --quiet");
        author.refused(&format!("new session {kind} 2025-09"), 2);
    }
    author.succeeds("build --quiet");
    // What the comments show is sound too, but for what they leave open.
    for kind in [
        "pre-work",
        "end-state",
        "current-state",
        "path",
        "decision-brief",
    ] {
        let path = format!("content/2025-08/{kind}.yaml");
        let is_field = |shown: &str| {
            let name = shown.split(':').next().unwrap_or_default();
            shown.starts_with(' ') || name.bytes().all(|c| c.is_ascii_lowercase() || c == b'_')
        };
        let text = author.read(&path);
        let (head, fields) = text.split_once("\ndate:").unwrap();
        let shown = fields.lines().map(|line| match line.strip_prefix("# ") {
            Some(shown) if is_field(shown) => shown,
            _ => line,
        });
        let shown: Vec<&str> = shown.collect();
        let text = [format!("{head}\ndate:{}", shown[0]), shown[1..].join("\n")];
        author.write(&path, &(text.join("\n") + "\n"));
    }
    author.succeeds("check --quiet");
    author.succeeds("new session fit-check");
    let sheet = author.read("content/2025-06/fit-check.yaml");
    assert!(sheet.contains("\n  sponsor:\n"), "{sheet}");
    let mut last = String::new();
    let answered: Vec<String> = sheet
        .lines()
        .map(|line| {
            if let Some(answer) = line.strip_prefix("  #   ") {
                last = answer.split(':').next().unwrap().to_owned();
            }
            match line.strip_prefix("  ").filter(|name| {
                name.ends_with(':') && sheet.find("answers:") < sheet.find(&format!("  {name}\n"))
            }) {
                Some(_) => format!("{line} {last}"),
                None => filled(line, "2025-06"),
            }
        })
        .collect();
    author.write(
        "content/2025-06/fit-check.yaml",
        &(answered.join("\n") + "\n"),
    );
    author.succeeds("check --quiet");
}

#[test]
fn whatever_went_before_a_month_laid_out_and_filled_in_passes() {
    for (months, seed) in [(1, 1), (2, 2), (5, 3), (9, 4), (14, 5), (23, 6), (30, 7)] {
        let author = Author {
            home: tempdir().unwrap(),
        };
        engagement::write(author.home.path(), months, seed);
        for _ in 0..2 {
            let said = author.succeeds("new month");
            let month = &said["content/".len()..][..7];
            author.fill_month(month);
            author.succeeds("check --quiet");
        }
    }
}
