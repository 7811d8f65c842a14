//! What `serve` builds after a change is what a full build would make, byte
//! for byte and fault for fault; and most pages are taken over.
//!
//! `QUARTERDECK_STEPS` and `QUARTERDECK_SEED` ask for more changes, or others.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use quarterdeck::command::pipeline::{Assembled, Memory, assemble_again};
use tempfile::{TempDir, tempdir};

/// A site that is edited, with what is kept of it.
struct Site {
    folder: TempDir,
    memory: Memory,
}

/// A change, as it was before: each file with its bytes, or none where there
/// was no file.
type Before = Vec<(PathBuf, Option<Vec<u8>>)>;

impl Site {
    /// The sample, with files of the kinds that it lacks.
    fn new() -> Site {
        let folder = tempdir().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(&root.join("content"), &folder.path().join("content"));
        let site = Site {
            folder,
            memory: Memory::keeping(),
        };
        site.write(
            "site.toml",
            "title = \"Engagement report\"\ntheme = \"house\"\n",
        );
        site.write(
            "themes/house/assets/colours.css",
            ":root { --accent: #205080; }\n",
        );
        site.write("content/2026-09/plan.txt", "A plan.\n");
        site.write("content/pages/plan.txt", "Another plan.\n");
        let append = |path: &str, text: &str| {
            let former = fs::read_to_string(site.path(path)).unwrap();
            site.write(path, &format!("{former}{text}"));
        };
        append(
            "content/2026-09/leadership.md",
            "\nSee [the plan](plan.txt) and [the KPIs](/kpis/).\n",
        );
        append(
            "content/pages/method.md",
            "\nSee [the plan](plan.txt) and [September](../2026-09/leadership.md#closing).\n",
        );
        site
    }

    fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    fn path(&self, below: &str) -> PathBuf {
        self.root().join(below)
    }

    fn write(&self, below: &str, text: &str) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Builds it again and holds that against a full build.
    fn check(&mut self, touched: Option<&BTreeSet<PathBuf>>, what: &str) -> Assembled {
        let root = self.root();
        let built = |touched, memory: &mut Memory| {
            let commit = || Some("1234567".to_owned());
            assemble_again(&root, None, commit, touched, memory).unwrap()
        };
        let again = built(touched, &mut self.memory);
        let full = built(None, &mut Memory::default());
        assert_eq!(again.report, full.report, "the faults after {what}");
        let paths = |assembled: &Assembled| -> Option<Vec<String>> {
            let files = assembled.bundle.as_ref()?.iter();
            Some(files.map(|(path, _)| path.to_string()).collect())
        };
        assert_eq!(paths(&again), paths(&full), "the files after {what}");
        if let (Some(again), Some(full)) = (&again.bundle, &full.bundle) {
            for ((path, bytes), (_, whole)) in again.iter().zip(full.iter()) {
                assert!(bytes == whole, "{path} differs after {what}");
            }
        }
        again
    }

    /// Every file that a build may read, by its path below the root.
    fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let root = self.root();
        for part in ["content", "themes", "site.toml"] {
            list(&root.join(part), &mut found);
        }
        found.sort();
        found
    }
}

fn list(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_file() {
        found.push(path.to_owned());
    } else if let Ok(entries) = fs::read_dir(path) {
        for entry in entries {
            list(&entry.unwrap().path(), found);
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn one<'o, T>(&mut self, of: &'o [T]) -> &'o T {
        &of[self.below(of.len())]
    }

    fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }
}

/// A change of one file or folder. Says what it is, and how to undo it.
fn change(site: &Site, chance: &mut Chance) -> (String, Before) {
    let files = site.files();
    let file = chance.one(&files).clone();
    match chance.below(16) {
        0..9 => {
            let former = fs::read(&file).unwrap();
            let text = String::from_utf8_lossy(&former).into_owned();
            let (how, text) = edited(&file, &text, chance);
            let what = format!("{how} in {}", file.display());
            (what, put(&[(file, Some(text.into_bytes()))]))
        }
        9 => (format!("removing {}", file.display()), put(&[(file, None)])),
        10 | 11 => {
            let other = beside(&file, &files, chance);
            let what = format!("moving {} to {}", file.display(), other.display());
            let bytes = fs::read(&file).unwrap();
            (what, put(&[(file, None), (other, Some(bytes))]))
        }
        12 => {
            let other = beside(&file, &files, chance);
            let what = format!("copying {} to {}", file.display(), other.display());
            let bytes = fs::read(&file).unwrap();
            (what, put(&[(other, Some(bytes))]))
        }
        13 => renamed(site, &files, chance),
        14 => {
            let (path, text) = *chance.one(&THEME);
            let what = format!("a theme's {path}");
            (what, put(&[(site.path(path), Some(text.into()))]))
        }
        _ => {
            let (path, text) = *chance.one(&OTHERS);
            let what = format!("writing {path}");
            (what, put(&[(site.path(path), Some(text.into()))]))
        }
    }
}

const THEME: [(&str, &str); 6] = [
    ("themes/house/assets/logo.svg", "<svg/>"),
    (
        "themes/house/assets/colours.css",
        ":root { --accent: #802050; }\n",
    ),
    ("themes/house/assets/extra.css", "main { margin: 0; }\n"),
    ("themes/house/templates/page.html", "{{ nothing.there }}"),
    ("themes/house/templates/unknown.html", "x"),
    ("site.toml", "theme = \"default\"\n"),
];

const OTHERS: [(&str, &str); 7] = [
    (
        "content/pages/plan-b.md",
        "# Plan B\n\nSee [the method](method.md).\n\n## Why\n\nOf [this](/plan-b/#why).\n",
    ),
    (
        "content/pages/dead.md",
        "# Dead\n\nSee [nothing](/nothing/) and [no place](/kpis/#nowhere).\n",
    ),
    (
        "content/2026-12/telemetry.yaml",
        "kpis: { revenue_per_employee: 210000, task_automation: 64, away_from_desk: 25 }\n",
    ),
    (
        "content/2026-12/leadership.yaml",
        "skipped: \"a holiday\"\n",
    ),
    ("content/2026-11/note.pdf", "none refers to it"),
    ("content/notes.txt", "not known"),
    (
        "site.toml",
        "title = \"Another title\"\ntheme = \"house\"\noutput = \"elsewhere\"\n",
    ),
];

/// Where a file of the same name, or one of another, has its place.
fn beside(file: &Path, files: &[PathBuf], chance: &mut Chance) -> PathBuf {
    let other = chance.one(files);
    if chance.one_in(3) {
        let name = other.file_name().unwrap();
        file.with_file_name(name)
    } else {
        other.with_file_name(file.file_name().unwrap())
    }
}

/// Another name for a month's folder.
fn renamed(site: &Site, files: &[PathBuf], chance: &mut Chance) -> (String, Before) {
    let content = site.path("content");
    let folder = chance.one(files).parent().unwrap();
    let folder = if folder.parent() == Some(&content) {
        folder.to_owned()
    } else {
        content.join("2026-10")
    };
    let name = *chance.one(&["2026-12", "2025-05", "2027-01", "2026-1", "notes"]);
    let to = content.join(name);
    let mut changes = Vec::new();
    for file in files.iter().filter(|file| file.starts_with(&folder)) {
        let below = file.strip_prefix(&folder).unwrap();
        changes.push((file.clone(), None));
        changes.push((to.join(below), Some(fs::read(file).unwrap())));
    }
    let what = format!("renaming {} to {}", folder.display(), to.display());
    (what, put(&changes))
}

/// Writes or removes files; returns how they were.
fn put(changes: &[(PathBuf, Option<Vec<u8>>)]) -> Before {
    let before = changes
        .iter()
        .map(|(path, _)| (path.clone(), fs::read(path).ok()));
    let before: Before = before.collect();
    for (path, bytes) in changes {
        if let Some(bytes) = bytes {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        } else {
            // It may have been removed already.
            let _ = fs::remove_file(path);
            let _ = fs::remove_dir(path.parent().unwrap());
        }
    }
    before
}

/// An author's edit of a text.
fn edited(file: &Path, text: &str, chance: &mut Chance) -> (String, String) {
    let is_markdown = file.extension().is_some_and(|ending| ending == "md");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = chance.below(lines.len().max(1));
    let whole = |lines: &[String]| lines.join("\n") + "\n";
    match chance.below(if is_markdown { 6 } else { 5 }) {
        0 => ("a line more".to_owned(), format!("{text}\n")),
        1 | 2 => another_number(text, chance),
        3 => {
            if !lines.is_empty() {
                lines.remove(at);
            }
            (format!("no line {at}"), whole(&lines))
        }
        4 => {
            let words: Vec<&str> = text.split_inclusive(' ').collect();
            let at = chance.below(words.len().max(1));
            let twice = words.iter().enumerate().flat_map(|(number, word)| {
                std::iter::repeat_n(*word, if number == at { 2 } else { 1 })
            });
            (format!("word {at} twice"), twice.collect())
        }
        _ => {
            let added = *chance.one(&[
                "A [page](/kpis/) more.",
                "A [session](/sessions/2026-08-leadership/#headroom) more.",
                "A [dead one](/sessions/2019-08-leadership/).",
                "## A heading\n\nWith [itself](#a-heading).",
                "![The plan](plan.txt)",
                "A [file](../2026-07/leadership.md) and <b>a tag</b>.",
            ]);
            lines.insert(at, format!("\n{added}\n"));
            (format!("{added:?} at line {at}"), whole(&lines))
        }
    }
}

/// A number made another, a date's among them.
fn another_number(text: &str, chance: &mut Chance) -> (String, String) {
    let digits: Vec<usize> = text
        .char_indices()
        .filter(|(_, c)| c.is_ascii_digit())
        .map(|(at, _)| at)
        .collect();
    if digits.is_empty() {
        return ("nothing".to_owned(), text.to_owned());
    }
    let at = *chance.one(&digits);
    let number = chance.below(10).to_string();
    let mut edited = text.to_owned();
    edited.replace_range(at..=at, &number);
    (format!("{number} at byte {at}"), edited)
}

fn number(variable: &str, default: u64) -> u64 {
    let given = env::var(variable).ok();
    given.map_or(default, |text| text.parse().unwrap())
}

#[test]
fn after_any_change_the_site_is_that_of_a_full_build() {
    let mut chance = Chance(number("QUARTERDECK_SEED", 0x5eed_cafe));
    let steps = number("QUARTERDECK_STEPS", 30);
    let mut site = Site::new();
    let first = site.check(None, "nothing");
    assert!(first.bundle.is_some(), "{:?}", first.report);
    let mut good = 0;
    let mut done = String::new();
    for step in 0..steps {
        let (what, before) = change(&site, &mut chance);
        done = format!("{done}\n{step}: {what}");
        let mut touched: BTreeSet<PathBuf> = before.iter().map(|(path, _)| path.clone()).collect();
        if chance.one_in(4) {
            // A watch may name more than was changed.
            touched.insert(chance.one(&site.files()).clone());
            touched.insert(site.path("content/2026-08"));
        }
        let hints = (!chance.one_in(5)).then_some(&touched);
        let built = site.check(hints, &done);
        good += u32::from(built.bundle.is_some());
        if built.bundle.is_none() || chance.one_in(3) {
            let undo: Before = before.into_iter().rev().collect();
            put(&undo);
            done.push_str(", undone");
            let mended = site.check(hints, &done);
            assert!(mended.bundle.is_some(), "not mended by undoing {what}");
        }
    }
    assert!(
        good * 4 > u32::try_from(steps).unwrap(),
        "{good} of {steps} were sound"
    );
}

/// The pages that are made again after a change of one file.
fn remade(site: &mut Site, below: &str, change: impl Fn(&str) -> String) -> Vec<String> {
    let path = site.path(below);
    let text = fs::read_to_string(&path).unwrap();
    let changed = change(&text);
    assert_ne!(text, changed);
    fs::write(&path, changed).unwrap();
    let built = site.check(Some(&BTreeSet::from([path])), below);
    assert!(built.bundle.is_some());
    let pages = site.memory.remade().iter();
    pages.map(ToString::to_string).collect()
}

#[test]
fn a_change_reaches_few_pages() {
    let mut site = Site::new();
    let built = site.check(None, "nothing");
    assert_eq!(site.memory.remade().len(), built.pages);
    let narrative = |text: &str| format!("{text}\nA paragraph more.\n");
    let comment = |text: &str| format!("{text}\n# A note to ourselves.\n");
    let of_may = [
        "search/index.html",
        "sessions/2026-05-leadership/index.html",
        "sessions/2026-05-leadership/present/index.html",
        "decisions/2026-05/index.html",
    ];
    let told = remade(&mut site, "content/2026-05/leadership.md", narrative);
    assert_eq!(told, of_may);
    let but_may_and_lists = |pages: Vec<String>| {
        let lists = ["index.html", "automations/index.html", "search/index.html"];
        let listed = |page: &String| lists.contains(&&**page) || page.starts_with("kpis/");
        let others = pages.into_iter();
        let others = others.filter(|page| !page.contains("2026-05") && !listed(page));
        others.collect::<Vec<_>>()
    };
    let noted = remade(&mut site, "content/2026-05/leadership.yaml", comment);
    assert_eq!(but_may_and_lists(noted), [""; 0]);
    let noted = remade(&mut site, "content/2026-05/telemetry.yaml", comment);
    assert_eq!(but_may_and_lists(noted), [""; 0]);
    let hours = remade(&mut site, "content/2026-10/telemetry.yaml", |text| {
        text.replace("away_from_desk: 27.0", "away_from_desk: 26.5")
    });
    let of_kpis = hours.iter().filter(|page| page.starts_with("kpis/"));
    let of_kpis: Vec<&String> = of_kpis.collect();
    assert_eq!(
        of_kpis,
        ["kpis/away-from-desk/index.html", "kpis/index.html"]
    );
    let method = remade(&mut site, "content/pages/method.md", narrative);
    assert_eq!(method, ["search/index.html", "method/index.html"]);
    let questions = remade(&mut site, "content/engagement.yaml", comment);
    assert_eq!(questions, [""; 0]);
}
