//! What the sample engagement and its variants say on their built pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use walkdir::WalkDir;

mod built;

/// A copy of the sample that a test may change.
struct Variant {
    home: TempDir,
}

/// A built site.
struct Site {
    files: BTreeMap<String, Vec<u8>>,
    said: String,
}

impl Variant {
    fn of_the_sample() -> Self {
        let home = tempfile::tempdir().unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        for entry in WalkDir::new(&from).into_iter().map(Result::unwrap) {
            let to = home
                .path()
                .join("content")
                .join(entry.path().strip_prefix(&from).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).unwrap();
            } else {
                fs::copy(entry.path(), to).unwrap();
            }
        }
        Variant { home }
    }

    fn file(&self, path: &str) -> PathBuf {
        self.home.path().join("content").join(path)
    }

    fn write(self, path: &str, text: &str) -> Self {
        fs::write(self.file(path), text).unwrap();
        self
    }

    fn replace(self, path: &str, from: &str, to: &str) -> Self {
        let text = fs::read_to_string(self.file(path)).unwrap();
        assert!(text.contains(from), "{path} has no `{from}`");
        self.write(path, &text.replace(from, to))
    }

    fn build(&self, arguments: &[&str]) -> Site {
        let output = self.home.path().join("public");
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        let ran = command
            .arg("build")
            .arg(self.home.path())
            .args(arguments)
            .assert()
            .success();
        let said = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
        Site {
            files: built::files(&output),
            said,
        }
    }

    fn check(&self) -> (Option<i32>, String) {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        let output = command.arg("check").arg(self.home.path()).output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }
}

impl Site {
    /// A page's text without its tags, white space folded.
    fn text(&self, page: &str) -> String {
        let html = String::from_utf8(self.files[page].clone()).unwrap();
        let main = &html[html.find("<main").unwrap()..];
        let mut text = String::new();
        let mut inside = false;
        for c in main.chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    text.push(' ');
                }
                c if !inside => text.push(if c == '\u{a0}' { ' ' } else { c }),
                _ => {}
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn session(&self, month: &str) -> String {
        self.text(&format!("sessions/{month}-leadership/index.html"))
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.files["data/engagement.json"]).unwrap()
    }
}

#[track_caller]
fn says(text: &str, words: &str) {
    assert!(text.contains(words), "no `{words}` in: {text}");
}

/// A session that answers every open decision and closes with `answer`.
fn november(answer: &str) -> String {
    let open = [
        "dock-slots",
        "credit-limit-bar",
        "brief-sources",
        "retire-rate-sheet-parser",
        "cold-chain",
        "exception-codes",
    ];
    let answers: String = open
        .iter()
        .map(|id| format!("  - {{ decision: {id}, outcome: carried }}\n"))
        .collect();
    format!(
        "date: 2026-11-05\nattendance: [ {{ seat: ceo }}, {{ seat: coo }} ]\nfollow_up:\n{answers}closing: {{ paying_for_itself: {answer}, evidence: \"hours against the retainer\" }}\n"
    )
}

#[test]
fn the_sample_is_building_with_eleven_yes() {
    let site = Variant::of_the_sample().build(&[]);
    let graduation = site.text("graduation/index.html");
    says(&graduation, "Building");
    says(&graduation, "11 of 12");
    says(&graduation, "earliest November 2026");
    let json = site.json();
    assert_eq!(json["graduation"]["streak"], 11);
    assert_eq!(json["graduation"]["earliest"], "2026-11");
    assert_eq!(json["graduation"]["state"], "building");
    assert_eq!(json["graduation"]["window_ends"], "2027-07");
    says(
        &site.text("index.html"),
        "Eleven months running, the system has paid for itself. A yes in November opens the graduation talk.",
    );
}

#[test]
fn revenue_is_judged_from_month_nine() {
    let site = Variant::of_the_sample().build(&[]);
    for month in site.json()["months"].as_array().unwrap() {
        let verdict = &month["kpis"]["revenue_per_employee"]["verdict"];
        let early = month["run_month"].as_i64().unwrap() <= 8;
        assert_eq!(verdict == "too early", early, "{month}");
    }
    let page = site.text("kpis/revenue-per-employee/index.html");
    assert_eq!(page.matches("Too early").count(), 8);
}

#[test]
fn signals_come_in_their_months_and_of_many_kinds() {
    let site = Variant::of_the_sample().build(&[]);
    says(&site.session("2025-09"), "gate-rubber-stamp: ");
    for month in [
        "2026-03", "2026-04", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11",
    ] {
        says(&site.session(month), "headroom-open: ");
    }
    for month in ["2025-08", "2026-02", "2026-05"] {
        assert!(!site.session(month).contains("headroom-open: "), "{month}");
    }
    let json = site.json();
    let signals = json["months"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|month| month["signals"].as_array().unwrap());
    let kinds: BTreeSet<&str> = signals
        .map(|signal| signal["code"].as_str().unwrap())
        .collect();
    assert!(kinds.len() >= 12, "{kinds:?}");
    assert!(!kinds.contains("sprawl"));
}

/// Several may be late at once: each says which it was.
#[test]
fn late_work_that_is_done_is_named() {
    let site = Variant::of_the_sample().build(&[]);
    says(
        &site.session("2026-02"),
        "Cleared A build is slipping. “Credit pack: the second reference agency has not sent its keys”: no longer so.",
    );
    says(
        &site.session("2026-06"),
        "Cleared Briefs wobble. No longer so.",
    );
}

#[test]
fn one_more_yes_opens_the_talk() {
    let site = Variant::of_the_sample()
        .write("2026-11/leadership.yaml", &november("yes"))
        .build(&[]);
    says(&site.text("graduation/index.html"), "Talk open");
    assert_eq!(site.json()["graduation"]["state"], "talk open");
    says(
        &site.text("index.html"),
        "Twelve months running, the system has paid for itself. The graduation talk is open.",
    );
    says(&site.session("2026-11"), "graduation-talk: streak 12");
}

#[test]
fn a_no_in_month_fourteen_resets_the_count() {
    let site = Variant::of_the_sample()
        .replace(
            "2026-09/leadership.yaml",
            "closing: { paying_for_itself: yes",
            // The board has read the yes.
            "restatements: [ { was: yes, date: 2026-11-02, reason: \"miscounted\" } ]\n\
             closing: { paying_for_itself: no",
        )
        .build(&[]);
    let json = site.json();
    assert_eq!(json["graduation"]["streak"], 1);
    assert_eq!(json["graduation"]["earliest"], "2027-09");
    let graduation = site.text("graduation/index.html");
    says(&graduation, "1 of 12");
    says(&graduation, "September 2027");
    says(&site.session("2026-09"), "not-paying: answer no");
}

#[test]
fn past_the_window_it_says_so() {
    let site = Variant::of_the_sample().build(&["--as-of", "2027-08-15"]);
    says(&site.text("graduation/index.html"), "Past window");
    assert_eq!(site.json()["graduation"]["state"], "past window");
}

#[test]
fn graduated_it_turns_to_quarterly_reviews() {
    let site = Variant::of_the_sample()
        .replace(
            "engagement.yaml",
            "run: 2025-08-01",
            "run: 2025-08-01, graduated: 2026-11-01",
        )
        .build(&[]);
    let graduation = site.text("graduation/index.html");
    says(&graduation, "Graduated");
    says(&graduation, "Reviews are quarterly now.");
    assert_eq!(site.json()["graduation"]["state"], "graduated");
}

#[test]
fn month_two_reads_as_triage_and_month_fifteen_as_headroom() {
    let site = Variant::of_the_sample().build(&[]);
    says(
        &site.session("2025-09"),
        "Triage: 65 % of the time on the system, 4 % on headroom",
    );
    says(
        &site.session("2026-10"),
        "Mixed: 24 % of the time on the system, 53 % on headroom",
    );
    says(
        &site.session("2026-08"),
        "Strategy: 15 % of the time on the system, 63 % on headroom",
    );
}

#[test]
fn an_open_decision_stands_once_on_its_page() {
    let site = Variant::of_the_sample().build(&[]);
    let decisions = site.text("decisions/index.html");
    for what in [
        "Dock-slot bot to all four sites",
        "Exception codes for the night desk",
        "Cold-chain line for two pilot shippers, three lanes",
    ] {
        assert_eq!(decisions.matches(what).count(), 1, "{what}");
    }
}

#[test]
fn a_session_without_the_ceo_is_told_on_the_page_and_by_check() {
    let variant =
        Variant::of_the_sample().replace("2026-09/leadership.yaml", "{ seat: ceo }, ", "");
    let (code, said) = variant.check();
    assert_eq!(code, Some(0));
    says(&said, "warning[ceo-absent]");
    says(&said, "content/2026-09/leadership.yaml:");
    let site = variant.build(&[]);
    says(&site.said, "warning[ceo-absent]");
    says(&site.session("2026-09"), "The CEO was not in the room");
}

#[test]
fn a_function_head_and_a_fifth_person_are_told() {
    let variant = Variant::of_the_sample()
        .replace(
            "engagement.yaml",
            "consultant: {",
            "sales: { title: Head of sales }\n  consultant: {",
        )
        .replace(
            "2026-10/leadership.yaml",
            "{ seat: consultant } ]",
            "{ seat: consultant }, { seat: sales } ]",
        );
    let (code, said) = variant.check();
    assert_eq!(code, Some(0));
    assert_eq!(said.matches("warning[room-too-large]").count(), 2, "{said}");
    says(&said, "content/2026-10/leadership.yaml:4:");
    let page = variant.build(&[]).session("2026-10");
    says(&page, "The room is too large");
    says(&page, "Sales was in the room");
}

#[test]
fn three_skipped_in_a_row_are_an_exit_risk() {
    let skipped = "skipped: \"agreed by phone\"\n";
    let mut variant = Variant::of_the_sample();
    // Nothing has been said to the board of a quarter that went otherwise.
    fs::remove_dir_all(variant.file("board")).unwrap();
    fs::remove_file(variant.file("2026-09/board.yaml")).unwrap();
    for month in ["2026-08", "2026-09", "2026-10"] {
        fs::remove_file(variant.file(&format!("{month}/leadership.md"))).unwrap();
        variant = variant.write(&format!("{month}/leadership.yaml"), skipped);
    }
    let (code, said) = variant.check();
    assert_eq!(code, Some(0));
    says(
        &said,
        "warning[session-skipped]: 3 months in a row have no session: an exit risk",
    );
    says(&said, "content/2026-10/leadership.yaml:1:10");
    says(
        &variant.build(&[]).session("2026-10"),
        "Exit risk: the loop is broken",
    );
}

#[test]
fn what_gets_lost_fails_the_check_with_its_line() {
    let variant = Variant::of_the_sample().replace(
        "2026-10/leadership.yaml",
        "  - { decision: retire-fax, outcome: done }\n",
        "",
    );
    let (code, said) = variant.check();
    assert_eq!(code, Some(1));
    says(
        &said,
        "error[decision-unanswered]: the open decision `retire-fax` is not answered",
    );
    says(&said, "content/2026-10/leadership.yaml:");

    let telemetry =
        fs::read_to_string(Variant::of_the_sample().file("2026-10/telemetry.yaml")).unwrap();
    let line = telemetry
        .lines()
        .find(|line| line.contains("id: quote-drafter"))
        .unwrap();
    let variant =
        Variant::of_the_sample().replace("2026-10/telemetry.yaml", &format!("{line}\n"), "");
    let (code, said) = variant.check();
    assert_eq!(code, Some(1));
    says(
        &said,
        "error[automation-vanished]: the automation `quote-drafter`",
    );
    says(&said, "content/2026-10/telemetry.yaml:");
}

#[test]
fn every_status_has_its_word_and_its_shape() {
    let site = Variant::of_the_sample().build(&[]);
    let mut seen = 0;
    for (path, bytes) in site
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
    {
        let html = String::from_utf8(bytes.clone()).unwrap();
        for (at, _) in html.match_indices("<span class=\"status") {
            let status = &html[at..at + html[at..].find("</span>").unwrap()];
            let word = status.rsplit("</svg>").next().unwrap().trim();
            assert!(
                // A memo holds all it needs, each shape in its place.
                (status.contains("<use href=\"#shape-") || status.contains("<svg class=\"shape "))
                    && !word.is_empty(),
                "{path}: {status}"
            );
            seen += 1;
        }
    }
    assert!(seen > 500, "{seen}");
}

/// Where a link of a page leads: the pages of the site that it can reach by
/// one click, with the words of the links.
fn ways(site: &Site, page: &str) -> Vec<(String, String)> {
    let html = String::from_utf8(site.files[page].clone()).unwrap();
    let folder = page.trim_end_matches("index.html");
    let mut ways = Vec::new();
    for piece in html.split("<a ").skip(1) {
        let href = piece.split("href=\"").nth(1).unwrap();
        let href = href.split(['"', '#']).next().unwrap();
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in href.split('/') {
            match part {
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        let words = piece.split_once('>').unwrap().1.split("</a>").next();
        ways.push((parts.join("/"), words.unwrap().to_owned()));
    }
    ways
}

/// What a new reader asks, the words of the links to click from the first
/// page, and what the page then says.
const ASKED: [(&str, &[&str], &str); 8] = [
    (
        "What is the one thing that matters this month?",
        &[],
        "A yes in November opens the graduation talk.",
    ),
    (
        "Is it paying for itself?",
        &[],
        "Eleven months running, the system has paid for itself.",
    ),
    (
        "What did we decide last month?",
        &["What October decided, and what came of it"],
        "Dock-slot bot to all four sites",
    ),
    (
        "What became of it?",
        &["What October decided, and what came of it"],
        "All open as of 2 November 2026.",
    ),
    (
        "When could we graduate?",
        &[],
        "Graduation: December 2026 at the earliest",
    ),
    (
        "What does that take?",
        &["Graduation: December 2026 at the earliest"],
        "Graduation can come in December 2026 at the earliest: with the twelfth yes in November 2026 and the second strategy session in a row in December 2026.",
    ),
    (
        "Why is revenue per employee flat at month 6?",
        &["Revenue per employee"],
        "Until month 8 of Run flat is expected; it is judged from month 9.",
    ),
    (
        "The same, asked of the month",
        &["Sessions", "A build is slipping."],
        "It moves last: before month 9 of Run it is too early to judge, and flat is expected.",
    ),
];

#[test]
fn what_a_new_reader_asks_is_two_clicks_away_at_most() {
    let site = Variant::of_the_sample().build(&[]);
    for (question, path, answer) in ASKED {
        let mut page = "index.html".to_owned();
        for words in path {
            let ways = ways(&site, &page);
            let way = ways.iter().find(|(_, said)| said.contains(words));
            page.clone_from(
                &way.unwrap_or_else(|| panic!("{question}: no {words} in {ways:?}"))
                    .0,
            );
        }
        assert!(
            site.text(&page).contains(answer),
            "{question}: {page} doesn't say `{answer}`"
        );
        assert!(path.len() <= 2, "{question}");
    }
    // A month whose decisions were answered says so beside each.
    let september = site.text("decisions/2026-09/index.html");
    says(&september, "Two done and one open as of 2 November 2026.");
    says(&september, "9 Oct 2026 Done");
}
