//! `quarterdeck snapshot` on a small engagement: what it freezes, what it
//! refuses and how that is overridden, and what builds make of it.

mod built;
mod practice;

use std::fs;

use built::files;
use practice::{ALL_OVERRIDES, Run, Site};
use sha2::{Digest, Sha256};

#[test]
fn a_quarter_is_frozen_from_the_commit_and_named_by_its_facts() {
    let site = Site::new();
    let run = site.snapshot("2026-Q1", &["--date", "2026-04-20"]);
    assert_eq!((run.code, &*run.err), (0, ""), "{run:?}");
    let manifest = site.manifest("2026-q1");
    assert_eq!(manifest.commit.unwrap(), site.git(&["rev-parse", "HEAD"]));
    assert!(!manifest.uncommitted);
    assert_eq!(manifest.quarter, "2026-Q1");
    assert_eq!(manifest.frozen, "2026-04-20");
    assert_eq!(manifest.previous, None);
    assert_eq!(manifest.token.len(), 26);
    let [_, facts, _] = site.frozen("2026-q1");
    let digits = Sha256::digest(facts);
    let id: String = digits.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(run.out.contains(&id[..8]), "{run:?}");
    assert!(
        run.out
            .contains(&format!("board/2026-q1-{}/", manifest.token))
    );
    assert!(run.out.contains("base_url"), "{run:?}");
    assert!(run.out.contains("content/board/2026-q1"), "{run:?}");
    assert_eq!(site.board(), ["2026-q1"]);
    let changed = site.git(&["status", "--porcelain", "--untracked-files=all"]);
    assert_eq!(changed.lines().count(), 3, "{changed}");
}

#[test]
fn each_snapshot_names_the_one_before_and_has_a_link_of_its_own() {
    let site = Site::with_two_frozen();
    let (first, second) = (site.manifest("2026-q1"), site.manifest("2026-q2"));
    let previous = second.previous.unwrap();
    assert_eq!((previous.quarter, previous.id), (first.quarter, first.id));
    assert_ne!(first.token, second.token);
}

#[test]
fn without_a_date_the_day_is_today() {
    let site = Site::new();
    let day = || {
        let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
        let days = chrono::Days::new(now.as_secs() / 86_400);
        (chrono::NaiveDate::default() + days).to_string()
    };
    let before = day();
    assert_eq!(site.snapshot("2026-q1", &[]).code, 0);
    let frozen = site.manifest("2026-q1").frozen;
    assert!(before <= frozen && frozen <= day(), "{frozen}");
}

#[test]
fn the_link_is_the_boards_address() {
    for (settings, address) in [
        (
            "base_url = \"https://report.example/harbour\"\n",
            "https://report.example/harbour/",
        ),
        (
            "base_url = \"https://report.example\"\n[board]\nbase_url = \"https://board.example/\"\n",
            "https://board.example/",
        ),
        ("", ""),
    ] {
        let site = Site::new();
        site.write("site.toml", settings);
        site.commit();
        let run = site.snapshot("2026-Q1", &["--quiet"]);
        let token = site.manifest("2026-q1").token;
        let link = format!("{address}board/2026-q1-{token}/\n");
        assert_eq!((&*run.out, &*run.err), (&*link, ""));
        let run = site.snapshot("2026-Q2", &["--uncommitted"]);
        let token = site.manifest("2026-q2").token;
        let link = format!("{address}board/2026-q2-{token}/");
        assert!(run.out.contains(&link), "{run:?}");
        assert_eq!(run.out.contains("base_url"), address.is_empty(), "{run:?}");
    }
}

#[test]
fn a_quarter_that_the_board_is_told_nothing_of_is_frozen_with_a_warning() {
    let site = Site::new();
    fs::remove_file(site.path("content/2026-06/board.yaml")).unwrap();
    site.commit();
    let run = site.snapshot("2026-Q2", &[]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(run.err.matches("warning").count(), 1, "{run:?}");
    assert!(run.err.contains("told nothing of 2026-Q2"), "{run:?}");
    assert!(run.err.contains("content/2026-06/board.yaml"), "{run:?}");
}

#[test]
fn wrong_usage_is_told_with_an_example() {
    let site = Site::new();
    for text in ["2026-Q5", "Q3", "2026-09", ""] {
        site.snapshot(text, &[]).refused(2, &["2026-Q3"]);
    }
    let run = site.snapshot("2026-Q1", &["--date", "20 April"]);
    run.refused(2, &["2026-10-08"]);
    let nowhere = Site::without_git();
    fs::remove_dir_all(nowhere.path("content")).unwrap();
    nowhere.snapshot("2026-Q1", &[]).refused(2, &["no site"]);
    assert!(site.board().is_empty());
}

#[test]
fn content_with_errors_is_never_frozen() {
    let site = Site::new();
    let path = "content/2026-02/telemetry.yaml";
    site.write(path, "kpis: { task_automation: 140 }\n");
    let run = site.snapshot("2026-Q1", &[]);
    // Whatever else is known is told in the same run.
    run.refused(1, &[path, "quarterdeck check", "--uncommitted"]);
    let run = site.snapshot("2026-Q1", &ALL_OVERRIDES);
    run.refused(1, &[path, "nothing was frozen"]);
    assert!(site.board().is_empty());
}

#[test]
fn what_follows_only_from_a_fault_is_not_told() {
    let site = Site::new();
    site.write("content/2026-03/leadership.yaml", "date: March\n");
    let run = site.snapshot("2026-Q1", &["--uncommitted"]);
    run.refused(1, &["content/2026-03/leadership.yaml"]);
    assert!(!run.err.contains("unfinished"), "{run:?}");
}

#[test]
fn a_frozen_quarter_is_never_frozen_again() {
    let site = Site::with_two_frozen();
    let before = site.frozen("2026-q1");
    let run = site.snapshot("2026-Q1", &ALL_OVERRIDES);
    run.refused(2, &["2026-Q1 was frozen on ", "restate"]);
    assert_eq!(site.frozen("2026-q1"), before);
    // A folder by that name that holds something else.
    site.write("content/board/2026-q3/.keep", "mine");
    let run = site.snapshot("2026-Q3", &ALL_OVERRIDES);
    run.refused(3, &["is there already"]);
    assert_eq!(site.read("content/board/2026-q3/.keep"), "mine");
    assert_eq!(site.board(), ["2026-q1", "2026-q2", "2026-q3"]);
}

#[test]
fn content_that_no_commit_holds_is_refused_and_the_override_is_on_record() {
    for (path, text) in [
        ("content/pages/method.md", "# Method\n\nx\n"),
        ("content/2026-03/board.yaml", "headline: \"Another one.\"\n"),
        ("site.toml", "title = \"Report\"\n"),
        ("themes/own/assets/extra.css", "p { color: red }\n"),
    ] {
        let site = Site::new();
        site.write(path, text);
        // Whatever a person's git is set to show.
        site.git(&["config", "status.showUntrackedFiles", "no"]);
        let run = site.snapshot("2026-Q1", &[]);
        run.refused(2, &[path, "commit it first", "--uncommitted"]);
        assert!(site.board().is_empty(), "{path}");
        assert_eq!(site.snapshot("2026-Q1", &["--uncommitted"]).code, 0);
        let manifest = site.manifest("2026-q1");
        assert!(manifest.uncommitted, "{path}");
        assert_eq!(manifest.commit.unwrap(), site.git(&["rev-parse", "HEAD"]));
    }
}

#[test]
fn an_ignored_file_that_is_read_is_one_that_no_commit_holds() {
    let site = Site::new();
    site.write(".gitignore", "/content/pages/\n/public\n");
    site.commit();
    site.write("content/pages/method.md", "# Method\n\nx\n");
    let run = site.snapshot("2026-Q1", &[]);
    run.refused(2, &["content/pages/"]);
}

#[test]
fn what_a_build_does_not_read_need_not_be_committed() {
    let site = Site::new();
    site.write("content/_2026-08/telemetry.yaml", "draft");
    site.write("content/2026-07/_leadership.yaml", "draft");
    site.write("content/.DS_Store", "icons");
    site.write("notes.txt", "mine");
    let run = site.snapshot("2026-Q1", &[]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!site.manifest("2026-q1").uncommitted);
}

#[test]
fn outside_git_a_quarter_is_frozen_only_if_asked_to() {
    for empty_repository in [false, true] {
        let site = Site::without_git();
        if empty_repository {
            site.git(&["init", "--quiet", "."]);
        }
        let run = site.snapshot("2026-Q1", &[]);
        run.refused(2, &["git repository", "--uncommitted"]);
        assert_eq!(site.snapshot("2026-Q1", &["--uncommitted"]).code, 0);
        let manifest = site.manifest("2026-q1");
        assert_eq!((manifest.commit, manifest.uncommitted), (None, true));
    }
}

#[test]
fn a_quarter_without_its_last_month_is_unfinished() {
    let site = Site::new();
    let run = site.snapshot("2026-Q3", &[]);
    run.refused(
        2,
        &[
            "2026-Q3 is unfinished",
            "write content/2026-09/telemetry.yaml",
            "write content/2026-09/leadership.yaml",
            "--as-of 2026-09-30",
            "--unfinished",
        ],
    );
    let run = site.snapshot("2026-Q3", &["--unfinished"]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn a_quarter_that_awaits_its_session_is_unfinished() {
    let site = Site::new();
    fs::remove_file(site.path("content/2026-06/leadership.yaml")).unwrap();
    fs::remove_dir_all(site.path("content/2026-07")).unwrap();
    site.commit();
    let run = site.snapshot("2026-Q2", &[]);
    run.refused(
        2,
        &["the session of 2026-06", "content/2026-06/leadership.yaml"],
    );
    assert!(!run.err.contains("telemetry"), "{run:?}");
    site.write("content/2026-06/leadership.yaml", "skipped: \"on leave\"\n");
    site.commit();
    let run = site.snapshot("2026-Q2", &[]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn a_quarter_whose_last_day_is_still_to_come_is_unfinished() {
    let site = Site::new();
    fs::remove_dir_all(site.path("content/2026-07")).unwrap();
    let telemetry = site.read("content/2026-06/telemetry.yaml");
    site.write(
        "content/2026-06/telemetry.yaml",
        &format!("as_of: 2026-06-26\n{telemetry}"),
    );
    site.commit();
    let run = site.snapshot("2026-Q2", &[]);
    run.refused(
        2,
        &["after 2026-06-27", "`--as-of 2026-06-30`", "--unfinished"],
    );
    let run = site.snapshot("2026-Q2", &["--as-of", "2026-06-30"]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn a_quarter_of_which_nothing_is_known_is_never_frozen() {
    let site = Site::new();
    for quarter in ["2031-Q1", "2025-Q4"] {
        let run = site.snapshot(quarter, &ALL_OVERRIDES);
        run.refused(2, &["knows nothing of", "2026-Q1 to 2026-Q3"]);
    }
    assert!(site.board().is_empty());
}

#[test]
fn everything_that_stands_in_the_way_is_told_in_one_run() {
    let site = Site::new();
    site.write("site.toml", "title = \"Report\"\n");
    let run = site.snapshot("2026-Q3", &[]);
    run.refused(2, &["unfinished", "site.toml"]);
    let run = site.snapshot("2031-Q1", &[]);
    run.refused(2, &["knows nothing", "site.toml"]);
}

/// The frozen files of a built tree, in the order of their quarters.
fn published(site: &Site, output: &str) -> Vec<[Vec<u8>; 3]> {
    ["2026-q1", "2026-q2"]
        .map(|quarter| {
            let token = site.manifest(quarter).token;
            ["index.html", "facts.json", "manifest.json"].map(|name| {
                fs::read(site.path(&format!("{output}/board/{quarter}-{token}/{name}"))).unwrap()
            })
        })
        .into()
}

#[test]
fn builds_copy_the_frozen_bytes_to_both_audiences() {
    let site = Site::with_two_frozen();
    let frozen = vec![site.frozen("2026-q1"), site.frozen("2026-q2")];
    let build = |options: &[&str]| -> Run {
        let run = site.run("build", options);
        assert_eq!(run.code, 0, "{run:?}");
        run
    };
    assert!(build(&[]).out.contains(" and 2 memos, "));
    assert_eq!(published(&site, "public"), frozen);
    let run = build(&["--audience", "board"]);
    assert!(run.out.contains("public-board: 2 memos, "), "{run:?}");
    assert_eq!(published(&site, "public-board"), frozen);

    // Nothing that is edited afterwards reaches them.
    let firm = site.read("content/engagement.yaml");
    site.write(
        "content/engagement.yaml",
        &firm.replace("Harbour Street", "Quay Street"),
    );
    site.write("content/2026-02/leadership.md", "# State\nQuiet.\n");
    site.write("site.toml", "theme = \"own\"\n");
    site.write("themes/own/assets/quarterdeck.css", "p { color: teal }\n");
    build(&[]);
    build(&["--audience", "board"]);
    assert_eq!(published(&site, "public"), frozen);
    assert_eq!(published(&site, "public-board"), frozen);
    assert_eq!(vec![site.frozen("2026-q1"), site.frozen("2026-q2")], frozen);
}

#[test]
fn the_boards_tree_holds_the_memos_and_lists_none() {
    let site = Site::with_two_frozen();
    let elsewhere = site.path("elsewhere");
    let output = elsewhere.to_str().unwrap();
    let run = site.run("build", &["--audience", "board", "--output", output]);
    assert_eq!(run.code, 0, "{run:?}");
    let tree = files(&elsewhere);
    let mut expected = vec![".quarterdeck".to_owned(), "robots.txt".to_owned()];
    for quarter in ["2026-q1", "2026-q2"] {
        let token = site.manifest(quarter).token;
        for name in ["facts.json", "index.html", "manifest.json"] {
            expected.push(format!("board/{quarter}-{token}/{name}"));
        }
        for (path, bytes) in &tree {
            let own = path.ends_with("manifest.json") && path.contains(&token);
            let told = String::from_utf8_lossy(bytes).contains(&token);
            assert_eq!(told, own, "{path}");
        }
    }
    expected.sort();
    assert_eq!(tree.keys().cloned().collect::<Vec<_>>(), expected);
    assert_eq!(tree["robots.txt"], b"User-agent: *\nDisallow: /\n");
    assert!(!site.path("public-board").exists());
}

#[test]
fn what_one_audience_reads_is_never_written_over_the_others() {
    let site = Site::with_two_frozen();
    assert_eq!(site.run("build", &[]).code, 0);
    assert_eq!(site.run("build", &["--audience", "board"]).code, 0);
    for (audience, other) in [("leadership", "public-board"), ("board", "public")] {
        let output = site.path(other);
        let before = files(&output);
        let output = output.to_str().unwrap();
        let run = site.run("build", &["--audience", audience, "--output", output]);
        run.refused(3, &["left alone"]);
        assert_eq!(files(&site.path(other)), before);
    }
}

#[test]
fn a_board_without_memos_has_an_empty_tree() {
    let site = Site::new();
    let run = site.run("build", &["--audience", "board"]);
    assert!(run.out.contains("public-board: 0 memos, "), "{run:?}");
    let run = site.run("build", &[]);
    assert!(!run.out.contains("memo"), "{run:?}");
}
