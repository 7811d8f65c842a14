//! What an author changes is seen; what a build writes or reads isn't.
//!
//! Each wait is for something that must come; the watch has no time to be
//! measured by. A change that must not be seen is followed by one that must.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use quarterdeck::serve::{Changes, watch};

/// An engagement's home and the changes that a watch over it tells.
struct Watched {
    home: PathBuf,
    changes: Receiver<Changes>,
    _guard: tempfile::TempDir,
}

impl Watched {
    /// Watches `content` and `site.toml` in a home that was prepared.
    fn start(prepare: impl FnOnce(&Path)) -> Watched {
        let guard = tempfile::tempdir().unwrap();
        let home = guard.path().canonicalize().unwrap();
        prepare(&home);
        let paths = [home.join("content"), home.join("site.toml")];
        let mut watcher = watch(&paths, &home.join("public"), Duration::from_millis(30)).unwrap();
        let (sender, changes) = mpsc::channel();
        thread::spawn(move || {
            while let Ok(found) = watcher.recv() {
                if sender.send(found).is_err() {
                    return;
                }
            }
        });
        Watched {
            home,
            changes,
            _guard: guard,
        }
    }

    /// Waits until a change of this path is told. Returns all paths told on
    /// the way.
    fn until(&self, path: &str) -> Vec<PathBuf> {
        let path = self.home.join(path);
        let mut told = Vec::new();
        while !told.contains(&path) {
            let limit = Duration::from_secs(60);
            let found = self.changes.recv_timeout(limit).unwrap_or_else(|_| {
                panic!("no change of {} but {told:?}", path.display());
            });
            told.extend(found.paths);
        }
        told
    }

    fn write(&self, path: &str) {
        fs::write(self.home.join(path), path).unwrap();
    }
}

fn content(home: &Path) {
    fs::create_dir_all(home.join("content/2026-10")).unwrap();
    fs::write(home.join("content/engagement.yaml"), "firm: Kestrel\n").unwrap();
    fs::write(home.join("site.toml"), "").unwrap();
}

#[test]
fn a_change_at_any_depth_is_told() {
    let watched = Watched::start(content);
    watched.write("content/engagement.yaml");
    watched.until("content/engagement.yaml");
    watched.write("content/2026-10/leadership.md");
    watched.until("content/2026-10/leadership.md");
    fs::remove_file(watched.home.join("content/2026-10/leadership.md")).unwrap();
    watched.until("content/2026-10/leadership.md");
}

#[test]
fn a_file_that_an_editor_replaces_is_told_every_time() {
    let watched = Watched::start(content);
    for _ in 0..3 {
        watched.write(".site.toml.tmp");
        fs::rename(
            watched.home.join(".site.toml.tmp"),
            watched.home.join("site.toml"),
        )
        .unwrap();
        let told = watched.until("site.toml");
        assert!(
            !told.contains(&watched.home.join(".site.toml.tmp")),
            "{told:?}"
        );
    }
}

#[test]
fn a_month_that_is_made_later_is_watched() {
    let watched = Watched::start(content);
    fs::create_dir(watched.home.join("content/2026-11")).unwrap();
    watched.until("content/2026-11");
    watched.write("content/2026-11/telemetry.yaml");
    watched.until("content/2026-11/telemetry.yaml");
}

#[test]
fn content_that_is_made_later_or_replaced_is_watched() {
    let watched = Watched::start(|_| ());
    content(&watched.home);
    watched.until("content");
    watched.write("content/2026-10/one.yaml");
    watched.until("content/2026-10/one.yaml");
    // As `git` and backups do: the whole folder is exchanged for another.
    fs::create_dir_all(watched.home.join("restored/2026-10")).unwrap();
    fs::rename(watched.home.join("content"), watched.home.join("former")).unwrap();
    fs::rename(watched.home.join("restored"), watched.home.join("content")).unwrap();
    watched.until("content");
    watched.write("former/2026-10/one.yaml");
    // The second rename may be told after the first: until then the new
    // folder may be unwatched, and what is told first is the folder.
    loop {
        watched.write("content/2026-10/two.yaml");
        let wait = Duration::from_millis(200);
        let found = watched.changes.recv_timeout(wait).unwrap_or_default();
        let told = |path: &str| found.paths.contains(&watched.home.join(path));
        assert!(!told("former/2026-10/one.yaml"), "{found:?}");
        if told("content/2026-10/two.yaml") {
            break;
        }
    }
}

#[test]
fn a_burst_of_saves_is_few_changes_and_the_last_is_told() {
    let watched = Watched::start(content);
    let home = &watched.home;
    for number in 0..50 {
        fs::write(home.join("content/burst.yaml"), number.to_string()).unwrap();
        fs::write(home.join(format!("content/{number}.yaml")), "").unwrap();
    }
    fs::write(home.join("content/last.yaml"), "").unwrap();
    let mut changes = 0;
    let mut told: Vec<PathBuf> = Vec::new();
    while !told.contains(&home.join("content/last.yaml")) {
        let found = watched.changes.recv_timeout(Duration::from_secs(60));
        told.extend(found.unwrap().paths);
        changes += 1;
    }
    assert!(changes < 20, "{changes}");
    for number in 0..50 {
        let path = home.join(format!("content/{number}.yaml"));
        assert!(told.contains(&path), "{}", path.display());
    }
}

#[test]
fn a_month_that_is_renamed_or_deleted_is_told_and_watched_under_its_new_name() {
    let watched = Watched::start(content);
    let home = &watched.home;
    watched.write("content/2026-10/telemetry.yaml");
    watched.until("content/2026-10/telemetry.yaml");
    fs::rename(home.join("content/2026-10"), home.join("content/2026-12")).unwrap();
    watched.until("content/2026-12");
    watched.write("content/2026-12/telemetry.yaml");
    watched.until("content/2026-12/telemetry.yaml");
    fs::remove_dir_all(home.join("content/2026-12")).unwrap();
    watched.until("content/2026-12");
}

#[test]
fn folders_that_are_made_with_all_in_them_are_watched_at_once() {
    let watched = Watched::start(content);
    for month in ["2026-11", "2026-12", "2027-01"] {
        let folder = format!("content/{month}/pictures/of/it");
        fs::create_dir_all(watched.home.join(&folder)).unwrap();
        watched.until(&format!("content/{month}"));
        // What it was told of is watched by then, however quickly it was made.
        watched.write(&format!("{folder}/rates.png"));
        watched.until(&format!("{folder}/rates.png"));
    }
}

#[test]
fn a_theme_that_is_made_later_and_content_that_comes_back_are_watched() {
    let guard = tempfile::tempdir().unwrap();
    let home = guard.path().canonicalize().unwrap();
    content(&home);
    let paths = ["content", "themes", "site.toml"].map(|name| home.join(name));
    let wait = Duration::from_millis(30);
    let mut watcher = watch(&paths, &home.join("public"), wait).unwrap();
    let mut until = |path: &str| while !watcher.recv().unwrap().paths.contains(&home.join(path)) {};
    fs::create_dir_all(home.join("themes/own/assets")).unwrap();
    until("themes");
    fs::write(home.join("themes/own/assets/look.css"), "").unwrap();
    until("themes/own/assets/look.css");
    for _ in 0..2 {
        fs::rename(home.join("content"), home.join("away")).unwrap();
        until("content");
        fs::rename(home.join("away"), home.join("content")).unwrap();
        until("content");
        fs::write(home.join("content/2026-10/one.yaml"), "").unwrap();
        until("content/2026-10/one.yaml");
    }
}

#[test]
fn what_no_build_reads_is_not_told() {
    let watched = Watched::start(content);
    watched.write("content/.telemetry.yaml.swp");
    watched.write("content/_draft.yaml");
    watched.write("content/2026-10/.4913");
    watched.write("site.toml");
    let told = watched.until("site.toml");
    assert!(
        told.iter().all(|path| path.ends_with("site.toml")),
        "{told:?}"
    );
}

#[test]
fn what_a_build_reads_and_writes_is_not_told() {
    let watched = Watched::start(content);
    fs::read(watched.home.join("content/engagement.yaml")).unwrap();
    for folder in ["public", ".public.quarterdeck-1-0"] {
        fs::create_dir(watched.home.join(folder)).unwrap();
        watched.write(&format!("{folder}/index.html"));
    }
    watched.write(".public.quarterdeck-lock");
    watched.write("notes.txt");
    watched.write("site.toml");
    let told = watched.until("site.toml");
    assert!(
        told.iter().all(|path| path.ends_with("site.toml")),
        "{told:?}"
    );
}

#[test]
fn an_output_within_the_content_is_not_told() {
    let guard = tempfile::tempdir().unwrap();
    let home = guard.path().canonicalize().unwrap();
    let output = home.join("public");
    let wait = Duration::from_millis(30);
    let mut watcher = watch(std::slice::from_ref(&home), &output, wait).unwrap();
    for folder in ["public", ".public.quarterdeck-1-0"] {
        fs::create_dir(home.join(folder)).unwrap();
        fs::write(home.join(folder).join("index.html"), "").unwrap();
    }
    fs::write(home.join("site.toml"), "").unwrap();
    let mut told = Vec::new();
    while !told.contains(&home.join("site.toml")) {
        told.extend(watcher.recv().unwrap().paths);
    }
    assert!(
        told.iter().all(|path| *path == home.join("site.toml")),
        "{told:?}"
    );
}
