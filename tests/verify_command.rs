//! `quarterdeck verify`: what is as it was frozen is proven, and whatever
//! differs by one byte is named.

mod practice;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use practice::{Run, Site};
use proptest::prelude::*;
use quarterdeck::diagnostic::Report;
use quarterdeck::engagement::snapshot::{prove, snapshots};
use quarterdeck::source::SnapshotFile;
use quarterdeck::source::document::snapshot::ManifestFile;
use quarterdeck::source::snapshot::{of_folder, of_site};

const NAMES: [&str; 3] = ["index.html", "facts.json", "manifest.json"];

#[test]
fn sound_snapshots_are_proven_with_day_commit_and_id() {
    let site = Site::new();
    for (quarter, date) in [("2026-Q1", "2026-04-20"), ("2026-Q2", "2026-07-21")] {
        let run = site.snapshot(quarter, &["--date", date, "--uncommitted"]);
        assert_eq!(run.code, 0, "{run:?}");
        let run = site.run("verify", &[]);
        assert_eq!((run.code, &*run.err), (0, ""));
        let line = run
            .out
            .lines()
            .find(|line| line.starts_with(quarter))
            .unwrap();
        let manifest = site.manifest(&quarter.to_lowercase());
        assert!(line.contains("is proven"), "{line}");
        assert!(line.contains(date), "{line}");
        assert!(line.contains(&manifest.commit.unwrap()[..7]), "{line}");
        assert!(line.contains("this repository holds the commit"), "{line}");
        let facts = manifest.files.iter().find(|file| file.name == "facts.json");
        assert!(line.contains(&facts.unwrap().sha256[..8]), "{line}");
        assert_eq!(line.contains("with changes since"), quarter == "2026-Q2");
    }
    assert_eq!(site.run("verify", &["--quiet"]).out, "");
}

#[test]
fn a_commit_that_is_not_there_is_told_and_no_fault() {
    let site = Site::with_two_frozen();
    fs::remove_dir_all(site.path(".git")).unwrap();
    let run = site.run("verify", &[]);
    assert_eq!(
        (run.code, run.out.contains("repository")),
        (0, false),
        "{run:?}"
    );
    site.git(&["init", "--quiet", "."]);
    let run = site.run("verify", &[]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.contains("this repository doesn't hold the commit"));
}

#[test]
fn a_site_without_snapshots_is_fine_and_no_site_is_wrong_usage() {
    let site = Site::new();
    let run = site.run("verify", &[]);
    assert_eq!((run.code, &*run.out), (0, "no quarter is frozen here\n"));
    let nowhere = tempfile::tempdir().unwrap();
    verify(nowhere.path()).refused(2, &["holds no site"]);
}

#[test]
fn broken_content_elsewhere_does_not_matter() {
    let site = Site::with_two_frozen();
    site.write("content/2026-02/telemetry.yaml", "kpis: [\n");
    site.write("content/engagement.yaml", "nonsense\n");
    site.write("site.toml", "][");
    let run = site.run("verify", &[]);
    assert_eq!((run.code, run.out.lines().count()), (0, 2), "{run:?}");
}

fn verify(folder: &Path) -> Run {
    let mut program = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    Run::of(program.arg("verify").arg(folder))
}

/// The folder of a quarter as somebody saved it from its link.
fn saved(site: &Site, quarter: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in NAMES {
        let from = site.path(&format!("content/board/{quarter}/{name}"));
        fs::copy(from, folder.path().join(name)).unwrap();
    }
    folder
}

/// Fails unless `verify` and `check` name the file of the first quarter, and
/// the second is still proven.
#[track_caller]
fn is_named(site: &Site, name: &str) {
    let path = format!("content/board/2026-q1/{name}");
    let run = site.run("verify", &[]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains(&path), "{run:?}");
    assert!(!run.out.contains("2026-Q1 is proven"), "{run:?}");
    assert!(run.out.contains("2026-Q2 is proven"), "{run:?}");
    let run = site.run("check", &[]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains(&path), "{run:?}");
    let run = site.run("build", &["--audience", "board"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(!site.path("public-board").exists());
}

#[test]
fn a_changed_byte_in_any_file_is_named() {
    let site = Site::with_two_frozen();
    for name in NAMES {
        let path = site.path(&format!("content/board/2026-q1/{name}"));
        let sound = fs::read(&path).unwrap();
        let mut bytes = sound.clone();
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(&path, &bytes).unwrap();
        is_named(&site, name);
        bytes = sound.clone();
        bytes.push(b'\n');
        fs::write(&path, &bytes).unwrap();
        is_named(&site, name);
        fs::write(&path, sound).unwrap();
        assert_eq!(site.run("verify", &[]).code, 0);
    }
}

#[test]
fn a_missing_file_and_one_too_many_are_named() {
    let site = Site::with_two_frozen();
    for name in NAMES {
        let path = site.path(&format!("content/board/2026-q1/{name}"));
        let sound = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        is_named(&site, name);
        fs::write(&path, sound).unwrap();
    }
    for name in ["facts.csv", "Index.html", "more/index.html"] {
        let path = format!("content/board/2026-q1/{name}");
        site.write(&path, "mine");
        is_named(&site, name);
        fs::remove_file(site.path(&path)).unwrap();
    }
}

#[test]
fn a_changed_entry_of_the_manifest_is_named() {
    let site = Site::with_two_frozen();
    let path = "content/board/2026-q1/manifest.json";
    let sound = site.read(path);
    let value: serde_json::Value = serde_json::from_str(&sound).unwrap();
    for (name, value) in value.as_object().unwrap() {
        let line = |line: &&str| line.trim_start().starts_with(&format!("\"{name}\":"));
        let line = sound.lines().find(line).unwrap();
        // Another value of the same kind, and the entry gone.
        let other = match value {
            serde_json::Value::String(text) => line.replacen(text, &format!("{text}a"), 1),
            serde_json::Value::Number(number) => line.replacen(&number.to_string(), "7", 1),
            serde_json::Value::Bool(true) => line.replacen("true", "false", 1),
            serde_json::Value::Bool(false) => line.replacen("false", "true", 1),
            serde_json::Value::Null => line.replacen("null", "\"x\"", 1),
            _ => line.replacen(
                '[',
                "[{ \"name\": \"x\", \"bytes\": 1, \"sha256\": \"\" },",
                1,
            ),
        };
        for changed in [sound.replacen(line, &other, 1), sound.replacen(line, "", 1)] {
            assert_ne!(changed, sound, "{name}");
            site.write(path, &changed);
            is_named(&site, "manifest.json");
        }
    }
    for (name, value) in [("bytes", "1"), ("sha256", "\"00\""), ("name", "\"x\"")] {
        let start = sound.find(&format!("\"{name}\": ")).unwrap();
        let end = start + sound[start..].find(['\n', ',']).unwrap();
        let changed = format!("{}\"{name}\": {value}{}", &sound[..start], &sound[end..]);
        site.write(path, &changed);
        is_named(&site, "manifest.json");
    }
}

/// A manifest that was changed and signed anew.
fn forged(manifest: &ManifestFile, change: impl Fn(&mut ManifestFile)) -> String {
    let mut forged = manifest.clone();
    change(&mut forged);
    forged.signed().to_text()
}

#[test]
fn a_former_snapshot_can_not_be_replaced_without_the_next_one_telling() {
    let site = Site::with_two_frozen();
    let path = "content/board/2026-q1/manifest.json";
    let manifest = site.manifest("2026-q1");
    // Sound in itself, whatever was changed.
    for changed in [
        forged(&manifest, |manifest| {
            manifest.frozen = "2026-04-01".to_owned();
        }),
        forged(&manifest, |manifest| manifest.commit = None),
        forged(&manifest, |manifest| manifest.token.push('a')),
    ] {
        site.write(path, &changed);
        is_named(&site, "manifest.json");
    }
    // Frozen anew from other figures.
    fs::remove_dir_all(site.path("content/board/2026-q1")).unwrap();
    is_named(&site, "manifest.json");
    let figures = site.read("content/2026-03/telemetry.yaml");
    site.write(
        "content/2026-03/telemetry.yaml",
        &figures.replace("73200", "79200"),
    );
    let other = Site::without_git();
    other.write(
        "content/2026-03/telemetry.yaml",
        &figures.replace("73200", "79200"),
    );
    assert_eq!(other.snapshot("2026-Q1", &["--uncommitted"]).code, 0);
    for name in NAMES {
        let path = format!("content/board/2026-q1/{name}");
        site.write(&path, &other.read(&path));
    }
    let run = site.run("verify", &[]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains(path), "{run:?}");
    assert!(!run.out.contains("2026-Q1 is proven"), "{run:?}");
}

#[test]
fn a_snapshot_on_its_own_is_proven_by_its_manifest() {
    let site = Site::with_two_frozen();
    let folder = saved(&site, "2026-q2");
    let run = verify(folder.path());
    assert_eq!((run.code, &*run.err), (0, ""), "{run:?}");
    assert!(run.out.starts_with("2026-Q2 is proven: id "), "{run:?}");
    assert!(!run.out.contains("repository"), "{run:?}");
    for name in NAMES {
        let path = folder.path().join(name);
        let sound = fs::read(&path).unwrap();
        let mut bytes = sound.clone();
        bytes[0] ^= 1;
        fs::write(&path, bytes).unwrap();
        verify(folder.path()).refused(1, &[path.to_str().unwrap(), "not as it was frozen"]);
        fs::remove_file(&path).unwrap();
        verify(folder.path()).refused(1, &[path.to_str().unwrap(), "is missing"]);
        fs::write(&path, sound).unwrap();
    }
    let stray = folder.path().join("stray.txt");
    fs::write(&stray, "x").unwrap();
    verify(folder.path()).refused(1, &[stray.to_str().unwrap()]);
}

#[test]
fn of_several_folders_the_worst_ending_counts() {
    let (sound, altered) = (Site::with_two_frozen(), Site::with_two_frozen());
    altered.write("content/board/2026-q2/index.html", "x");
    let alone = saved(&sound, "2026-q1");
    let mut program = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    program.arg("verify");
    program.args([sound.root(), alone.path(), altered.root()]);
    let run = Run::of(&mut program);
    assert_eq!(run.code, 1, "{run:?}");
    let proven = run.out.lines().filter(|line| line.contains("is proven"));
    assert_eq!(proven.count(), 4, "{run:?}");
    assert!(run.out.contains(alone.path().to_str().unwrap()), "{run:?}");
}

/// Any byte of any file, changed to any other: the file is named, and no
/// other is.
#[test]
fn no_byte_can_be_changed_unseen() {
    let site = Site::with_two_frozen();
    let documents = || of_site(site.root(), &mut Report::default()).unwrap();
    let sizes = documents()
        .into_iter()
        .flat_map(|(quarter, documents)| {
            let files = documents.files.into_iter();
            files.map(move |(file, bytes)| (quarter, file, bytes.len()))
        })
        .collect::<Vec<_>>();
    assert_eq!(sizes.len(), 6);
    let places = (
        prop::sample::select(sizes),
        any::<prop::sample::Index>(),
        1..=u8::MAX,
    );
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(400));
    let result = runner.run(&places, |((quarter, file, size), at, difference)| {
        let mut documents = documents();
        let files = &mut documents.get_mut(&quarter).unwrap().files;
        Arc::make_mut(files.get_mut(&file).unwrap())[at.index(size)] ^= difference;
        let mut report = Report::default();
        let proven = snapshots(documents, &mut report);
        prop_assert!(!proven.contains_key(&quarter));
        let expected = format!("content/board/{}/{}", quarter.slug(), file.name());
        let named = |fault: &&quarterdeck::diagnostic::Diagnostic| {
            let span = fault.span.as_ref();
            span.is_some_and(|span| span.file.path == expected)
        };
        prop_assert!(report.sorted().iter().any(named), "{expected}");
        Ok(())
    });
    result.unwrap();
}

/// A manifest's first byte to its last, one by one.
#[test]
fn every_byte_of_a_manifest_counts() {
    let site = Site::with_two_frozen();
    let folder = site.path("content/board/2026-q2");
    let sound = of_folder(&folder, "2026-q2", &mut Report::default()).unwrap();
    let manifest = sound.files[&SnapshotFile::Manifest].clone();
    for at in 0..manifest.len() {
        let mut documents = of_folder(&folder, "2026-q2", &mut Report::default()).unwrap();
        let mut changed = manifest.clone();
        Arc::make_mut(&mut changed)[at] ^= 1;
        documents.files.insert(SnapshotFile::Manifest, changed);
        let altered = prove(None, documents).unwrap_err();
        assert_eq!(altered[0].file, SnapshotFile::Manifest, "byte {at}");
    }
}
