//! What the board must never see is planted in every field that an author can
//! write, and looked for in all that the board is given; what it is to be told
//! is planted too, and must be there.
//!
//! The fields are those of the schemas: a new one fails here until somebody
//! has chosen whether the board may see it, in `board_canaries/choice.rs`.

mod planted;
#[path = "board_canaries/search.rs"]
mod search;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;
use quarterdeck::diagnostic::{Report, Severity};
use quarterdeck::engagement::{self, Engagement};
use quarterdeck::insight::board::{self, BoardView};
use quarterdeck::site::memo::{Freezing, memo};
use quarterdeck::site::theme::Theme;
use quarterdeck::source;
use tempfile::TempDir;

use planted::choice::{CHOICES, Choice, unchosen};
use planted::leaf::{self, Kind};
use planted::plan;
use planted::plant::{Planted, What, plant};
use search::Haystack;

/// Whole numbers under this are too common to be looked for.
const TELLING: f64 = 300.0;

#[test]
fn every_field_has_been_chosen_for_the_board_or_against_it() {
    let leaves = leaf::leaves();
    let mut chosen = BTreeSet::new();
    let mut faults = Vec::new();
    for (path, choice) in CHOICES {
        if !chosen.insert(*path) {
            faults.push(format!("`{path}` is chosen twice"));
        }
        match leaves.get(*path) {
            None => faults.push(format!(
                "`{path}` is no field any more: take it out of CHOICES"
            )),
            Some(kind) if matches!(kind, Kind::Word(_)) != (*choice == Choice::Word) => {
                faults.push(format!(
                    "`{path}` is {kind:?}, for which {choice:?} is no choice: Word is for fixed words alone, and they are nothing else"
                ));
            }
            Some(_) => {}
        }
    }
    let new = leaves.keys().filter(|path| !chosen.contains(&***path));
    faults.extend(new.map(|path| unchosen(path)));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(leaves.len() > 100, "{} fields", leaves.len());
}

#[test]
fn nothing_that_is_not_for_the_board_reaches_it_and_what_is_does() {
    let site = TempDir::new().unwrap();
    let planted = plant(site.path(), true);
    days_tell_apart(&planted);
    let mut given = Given::of(site.path());
    given.tree.extend(written(site.path()));
    let view = Haystack::new("the view", format!("{:#?}", given.view).as_bytes());
    let mut tree: Vec<(String, Haystack)> = given
        .tree
        .iter()
        .map(|(path, bytes)| (path.clone(), Haystack::new(path, bytes)))
        .collect();
    let paths: Vec<&str> = given.tree.keys().map(String::as_str).collect();
    let paths = Haystack::new("paths", paths.join("\n").as_bytes());
    tree.push(("the files' names".to_owned(), paths));
    let mut faults = Vec::new();
    for one in &planted {
        let holding = tree.iter().filter(|(_, file)| has(file, &one.what));
        let holding: Vec<&str> = holding.map(|(path, _)| &**path).collect();
        let in_view = has(&view, &one.what);
        match one.expected {
            Choice::Denied if is_telling(&one.what) && (in_view || !holding.is_empty()) => {
                let by = if in_view { "the view" } else { "no view" };
                faults.push(format!("{one:?} reached {holding:?} by {by}"));
            }
            Choice::Shown | Choice::Allowed if !in_view => {
                faults.push(format!("{one:?} is not in the view"));
            }
            Choice::Shown if holding.is_empty() => {
                faults.push(format!("{one:?} is not in what the board is given"));
            }
            _ => {}
        }
    }
    // Whatever is made of several values, or was forgotten above.
    for (path, file) in &tree {
        if file.has_words("canary") {
            faults.push(format!("{path} holds a canary"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_canary_is_read_and_is_where_it_could_leak_from() {
    let site = TempDir::new().unwrap();
    let planted = plant(site.path(), true);
    let engagement = read(site.path());
    let all = Haystack::new("the engagement", format!("{engagement:?}").as_bytes());
    // These are read and kept no further, or never read.
    let passed_over = [
        "site.theme",
        "site.privacy.",
        "engagement.playbook{name}",
        "comment-",
        "draft-",
        "cells-",
    ];
    let lost: Vec<&Planted> = planted
        .iter()
        .filter(|one| matches!(one.what, What::Words(_)) && !has(&all, &one.what))
        .filter(|one| !passed_over.iter().any(|path| one.spot.starts_with(path)))
        .collect();
    assert!(lost.is_empty(), "{lost:#?}");
    let denied = planted.iter().filter(|one| one.expected == Choice::Denied);
    assert!(denied.count() > 700);
    assert!(
        planted
            .iter()
            .filter(|one| one.expected == Choice::Shown)
            .count()
            > 60
    );
}

#[test]
fn a_quarter_is_told_as_of_its_end_whatever_later_months_hold() {
    let [with, without] = [true, false].map(|later| {
        let site = TempDir::new().unwrap();
        plant(site.path(), later);
        let given = Given::of(site.path());
        (format!("{:#?}", given.view), given.tree)
    });
    assert_eq!(with.0, without.0);
    assert!(
        with.1 == without.1,
        "later months change what was to be frozen"
    );
}

/// What the board is given of a site.
struct Given {
    view: BoardView,
    tree: BTreeMap<String, Vec<u8>>,
}

impl Given {
    fn of(site: &Path) -> Self {
        let engagement = read(site);
        let view = board::view(&engagement, plan::QUARTER.parse().unwrap());
        let tree = memo_of(&engagement, &view);
        Given { view, tree }
    }
}

/// The memo and its facts.
fn memo_of(engagement: &Engagement, view: &BoardView) -> BTreeMap<String, Vec<u8>> {
    let mut report = Report::default();
    let theme = Theme::new(&engagement.theme, &mut report).unwrap();
    let freezing = Freezing {
        date: day("2026-10-02"),
        commit: Some("9c1e07b2f6d3a8540b7e91c2d4f6a8b0c1d2e3f4".to_owned()),
        uncommitted: false,
    };
    let memo = memo(view, &freezing, &theme).unwrap();
    BTreeMap::from([
        ("2026-q3/index.html".to_owned(), memo.html),
        ("2026-q3/facts.json".to_owned(), memo.facts),
    ])
}

/// Every file that the commands write for the board: the frozen quarter, and
/// the tree of a build for the board.
fn written(site: &Path) -> BTreeMap<String, Vec<u8>> {
    let output = TempDir::new().unwrap();
    let tree = output.path().join("board");
    let program = || Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    let mut freeze = program();
    // A day of its own: today may be one that is planted.
    let freezing = [
        "snapshot",
        plan::QUARTER,
        "--uncommitted",
        "--date",
        "2026-10-02",
    ];
    freeze.args(freezing).arg("--site");
    let mut build = program();
    build.args(["build", "--audience", "board", "--output"]);
    for (name, mut command) in [("snapshot", freeze), ("build", build)] {
        if name == "build" {
            command.arg(&tree);
        }
        let told = command.arg(site).output().unwrap();
        let said = String::from_utf8_lossy(&told.stderr);
        assert!(told.status.success(), "{name}: {said}");
    }
    let frozen = site.join("content/board/2026-q3");
    assert!(frozen.is_dir());
    let mut files = BTreeMap::new();
    for folder in [frozen, tree] {
        for entry in walkdir::WalkDir::new(&folder).sort_by_file_name() {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let below = entry.path().strip_prefix(&folder).unwrap();
                let name = format!("{}/{}", files.len(), below.display());
                files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    assert!(files.len() >= 7, "{:?}", files.keys());
    files
}

fn read(site: &Path) -> Engagement {
    let mut report = Report::default();
    let documents = source::read(site, &mut report).unwrap();
    let engagement = engagement::check(documents, None, &mut report);
    let errors: Vec<String> = report
        .sorted()
        .iter()
        .filter(|fault| fault.severity == Severity::Error)
        .map(|fault| format!("{:?} {}: {}", fault.span, fault.code, fault.message))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    engagement.unwrap()
}

fn has(file: &Haystack, what: &What) -> bool {
    match what {
        What::Words(words) => file.has_words(words),
        What::Number(number) => file.has_number(*number),
        What::Day(day) => file.has_day(*day),
        What::Month(first) => file.has_month(*first),
        What::Time(time) => file.has_time(time),
    }
}

fn is_telling(what: &What) -> bool {
    match what {
        What::Number(number) => number.fract() != 0.0 || *number >= TELLING,
        What::Words(_) | What::Day(_) | What::Month(_) | What::Time(_) => true,
    }
}

/// A day that is kept from the board is no day that it is told.
fn days_tell_apart(planted: &[Planted]) {
    let days = |denied: bool| -> BTreeSet<NaiveDate> {
        let days = planted
            .iter()
            .filter(|one| (one.expected == Choice::Denied) == denied);
        days.filter_map(|one| match one.what {
            What::Day(day) => Some(day),
            _ => None,
        })
        .collect()
    };
    let both: Vec<NaiveDate> = days(true).intersection(&days(false)).copied().collect();
    assert!(both.is_empty(), "{both:?}");
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
