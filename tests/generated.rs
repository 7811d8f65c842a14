//! The engagements that the benchmark measures are ones that an author could
//! have written: they pass `check`, and they are the same every time.

mod built;
#[path = "../benches/engagement/mod.rs"]
mod engagement;

use assert_cmd::Command;
use built::files;
use tempfile::tempdir;

/// Long enough for every automation to come back in a second version, and for
/// decisions to be answered in each way.
const MONTHS: usize = 60;

#[test]
fn a_generated_engagement_has_no_fault_and_a_page_a_session() {
    let site = tempdir().unwrap();
    engagement::write(site.path(), MONTHS, 7);
    let mut check = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    check.arg("check").arg(site.path()).arg("--quiet");
    check.assert().success().stdout("").stderr("");
    let output = site.path().join("public");
    built::command(site.path(), &output)
        .assert()
        .success()
        .stderr("");
    let pages = files(&output);
    let is_session =
        |path: &&String| path.starts_with("sessions/2") && path.ends_with("-leadership/index.html");
    assert_eq!(pages.keys().filter(is_session).count(), MONTHS);
}

#[test]
fn the_same_seed_gives_the_same_engagement() {
    let written = |months: usize, seed: u64| {
        let site = tempdir().unwrap();
        engagement::write(site.path(), months, seed);
        files(site.path())
    };
    assert_eq!(written(5, 1), written(5, 1));
    assert_ne!(written(5, 1), written(5, 2));
    let longer = written(6, 1);
    assert!(
        written(5, 1)
            .iter()
            .all(|(path, bytes)| longer.get(path) == Some(bytes))
    );
    let every = |decided: &str| {
        let engagement = written(MONTHS, 7);
        engagement
            .values()
            .any(|bytes| String::from_utf8_lossy(bytes).contains(decided))
    };
    for outcome in ["done", "slipped", "carried", "dropped"] {
        assert!(every(&format!("outcome: {outcome}")), "{outcome}");
    }
}

#[test]
fn a_month_is_as_long_as_a_real_one() {
    let site = tempdir().unwrap();
    engagement::write(site.path(), 12, 3);
    let written = files(site.path());
    let of = |name: &str| -> Vec<(&String, String)> {
        let named = written.iter().filter(|(path, _)| path.ends_with(name));
        named
            .map(|(path, text)| (path, String::from_utf8_lossy(text).into_owned()))
            .collect()
    };
    let entries = |text: &str, list: &str| {
        let below = text.lines().skip_while(move |line| *line != list).skip(1);
        below.take_while(|line| line.starts_with("  - ")).count()
    };
    for (path, text) in of("leadership.md") {
        let words = text.split_whitespace().count();
        assert!((500..=700).contains(&words), "{path}: {words} words");
    }
    for (path, text) in of("telemetry.yaml") {
        let bytes = text.len();
        assert!((18_000..=22_000).contains(&bytes), "{path}: {bytes} bytes");
        let notes = text.lines().filter(|line| line.starts_with('#'));
        let notes: usize = notes.map(str::len).sum();
        assert!(notes * 10 < bytes, "{path}: {notes} bytes of notes");
        assert_eq!(entries(&text, "automations:"), 8, "{path}");
    }
    for (path, text) in of("leadership.yaml") {
        assert_eq!(entries(&text, "decisions:"), 5, "{path}");
    }
}
