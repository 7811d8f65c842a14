//! A site on disk: replaced whole, and never at the cost of somebody's work.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use quarterdeck::publish::bundle::Bundle;
use quarterdeck::publish::{Refusal, WriteError, Written, write};
use quarterdeck::site::route::Route;
use sha2::{Digest, Sha256};

/// A bundle of paths and texts.
fn bundle(files: &[(&str, &str)]) -> Bundle {
    let mut bundle = Bundle::default();
    for (path, text) in files {
        let path = Route::Attachment(Box::new(Route::Overview), (*path).to_owned()).path();
        bundle.insert(path, text.as_bytes().to_vec()).unwrap();
    }
    bundle
}

fn october() -> Bundle {
    bundle(&[
        ("index.html", "October"),
        ("kpis/index.html", "63.0"),
        ("sessions/2026-10-leadership/index.html", "Minutes"),
    ])
}

fn november() -> Bundle {
    bundle(&[
        ("index.html", "November"),
        ("kpis/index.html", "63.0"),
        ("sessions/2026-11-leadership/index.html", "Agenda"),
    ])
}

/// Every file below a folder but the marker.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap();
        if entry.file_type().is_file() && path != Path::new(".quarterdeck") {
            let text = fs::read_to_string(entry.path()).unwrap();
            files.insert(path.to_str().unwrap().to_owned(), text);
        }
    }
    files
}

fn texts(bundle: &Bundle) -> BTreeMap<String, String> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    bundle
        .iter()
        .map(|(path, bytes)| (path.to_string(), text(bytes)))
        .collect()
}

/// The names in a folder, ordered.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn refusal(result: Result<Written, WriteError>) -> (PathBuf, Refusal) {
    match result {
        Err(WriteError::Refused { path, why }) => (path, why),
        other => panic!("not refused: {other:?}"),
    }
}

/// A folder of its own without links above it, as refusals name it.
fn home() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().canonicalize().unwrap();
    (home, path)
}

#[test]
fn a_fresh_site_is_the_bundle_and_a_marker() {
    let (_guard, home) = home();
    let output = home.join("made/on/the/way/public");
    let written = write(&october(), &output, &[]).unwrap();
    assert_eq!((written.files, written.bytes), (3, 18));
    assert!(!written.unchanged);
    assert_eq!(written.leftover, None);
    assert_eq!(files(&output), texts(&october()));
    assert_eq!(names(output.parent().unwrap()), ["public"]);
    let marker = fs::read_to_string(output.join(".quarterdeck")).unwrap();
    // The marker is published, and a path may be a secret.
    assert_eq!(marker.lines().count(), 4);
    assert!(!marker.contains("index.html"), "{marker}");
}

/// As earlier versions wrote it.
fn marker_of_format_1(site: &Bundle) -> String {
    let mut text = String::from(
        "# Written by Quarterdeck, which replaces this whole folder at every build. Format 1.\n",
    );
    for (path, bytes) in site.iter() {
        let digits = Sha256::digest(bytes);
        let digits: String = digits.iter().map(|byte| format!("{byte:02x}")).collect();
        text += &format!("{digits}  {path}\n");
    }
    text
}

#[test]
fn what_an_earlier_version_wrote_is_ours_and_no_path_is_told_any_more() {
    let (_guard, home) = home();
    let output = home.join("public");
    for next in [october(), november()] {
        write(&october(), &output, &[]).unwrap();
        fs::write(output.join(".quarterdeck"), marker_of_format_1(&october())).unwrap();
        assert!(!write(&next, &output, &[]).unwrap().unchanged);
        assert_eq!(files(&output), texts(&next));
        let marker = fs::read_to_string(output.join(".quarterdeck")).unwrap();
        assert!(!marker.contains("index.html"), "{marker}");
    }
    // It is held to what it lists.
    fs::write(output.join(".quarterdeck"), marker_of_format_1(&october())).unwrap();
    let refused = refusal(write(&october(), &output, &[]));
    assert_eq!(refused.1, Refusal::Foreign);
}

#[test]
fn a_site_replaces_the_former_one_whole() {
    let (_guard, home) = home();
    let output = home.join("public");
    write(&october(), &output, &[]).unwrap();
    // What may be gone or lie about without being anybody's work.
    fs::remove_file(output.join("kpis/index.html")).unwrap();
    fs::write(output.join("kpis/.DS_Store"), "icons").unwrap();
    fs::create_dir(output.join("empty")).unwrap();
    write(&november(), &output, &[]).unwrap();
    assert_eq!(files(&output), texts(&november()));
    assert_eq!(
        names(&output),
        [".quarterdeck", "index.html", "kpis", "sessions"]
    );
    assert_eq!(names(&home), ["public"]);
}

#[test]
fn the_same_site_is_not_written_again() {
    let (_guard, home) = home();
    let output = home.join("public");
    write(&october(), &output, &[]).unwrap();
    let marker = fs::read(output.join(".quarterdeck")).unwrap();
    assert!(write(&october(), &output, &[]).unwrap().unchanged);
    fs::remove_file(output.join("index.html")).unwrap();
    assert!(!write(&october(), &output, &[]).unwrap().unchanged);
    assert_eq!(fs::read(output.join(".quarterdeck")).unwrap(), marker);
}

#[test]
fn an_empty_folder_may_become_the_output_and_an_empty_site_too() {
    let (_guard, home) = home();
    let output = home.join("public");
    fs::create_dir(&output).unwrap();
    write(&Bundle::default(), &output, &[]).unwrap();
    assert_eq!(names(&output), [".quarterdeck"]);
    write(&october(), &output, &[]).unwrap();
    assert_eq!(files(&output), texts(&october()));
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let (_guard, home) = home();
    let output = home.join("public");
    for (name, text) in [
        ("notes.txt", "mine"),
        (".quarterdeck", "mine"),
        (".DS_Store", ""),
    ] {
        fs::create_dir(&output).unwrap();
        fs::write(output.join(name), text).unwrap();
        let refused = refusal(write(&october(), &output, &[]));
        assert_eq!(refused, (output.clone(), Refusal::Unmarked), "{name}");
        assert_eq!(fs::read_to_string(output.join(name)).unwrap(), text);
        assert_eq!(names(&output), [name]);
        assert_eq!(names(&home), ["public"]);
        fs::remove_dir_all(&output).unwrap();
    }
}

#[test]
fn somebodys_file_in_the_output_is_named_and_left_alone() {
    let (_guard, home) = home();
    let output = home.join("public");
    write(&october(), &output, &[]).unwrap();
    let note = output.join("sessions/note.txt");
    fs::write(&note, "mine").unwrap();
    for site in [october(), november()] {
        let refused = refusal(write(&site, &output, &[]));
        assert_eq!(refused, (note.clone(), Refusal::Foreign));
    }
    assert_eq!(fs::read_to_string(&note).unwrap(), "mine");
    fs::remove_file(note).unwrap();
    assert_eq!(files(&output), texts(&october()));
    assert_eq!(names(&home), ["public"]);
}

#[test]
fn somebodys_edit_in_the_output_is_named_and_left_alone() {
    let (_guard, home) = home();
    let output = home.join("public");
    write(&october(), &output, &[]).unwrap();
    let page = output.join("index.html");
    let before = fs::metadata(&page).unwrap().modified().unwrap();
    // The same length and the same time.
    fs::write(&page, "octobeR").unwrap();
    let file = fs::File::options().write(true).open(&page).unwrap();
    file.set_modified(before).unwrap();
    let error = write(&november(), &output, &[]).unwrap_err();
    let message = format!(
        "`{}` was changed after Quarterdeck wrote it",
        page.display()
    );
    assert_eq!(error.to_string(), message + "; it was left alone");
    assert!(error.help().contains("delete the file here"));
    assert_eq!(fs::read_to_string(page).unwrap(), "octobeR");
}

#[test]
#[cfg(unix)]
fn a_link_is_never_followed_out() {
    use std::os::unix::fs::symlink;
    let (_guard, home) = home();
    let output = home.join("public");
    let elsewhere = home.join("elsewhere");
    write(&october(), &elsewhere, &[]).unwrap();
    // The output itself; with a slash, which would follow it; one to nowhere.
    symlink(&elsewhere, &output).unwrap();
    symlink(home.join("nowhere"), home.join("dangling")).unwrap();
    for link in [&output, &home.join("public/"), &home.join("dangling")] {
        let (path, why) = refusal(write(&november(), link, &[]));
        assert_eq!(why, Refusal::NotAFolder);
        assert_eq!(path, link.components().collect::<PathBuf>());
    }
    assert_eq!(files(&elsewhere), texts(&october()));
    // A link in the place of a listed file, and of a listed folder.
    let page = elsewhere.join("index.html");
    fs::rename(&page, home.join("page")).unwrap();
    symlink(home.join("page"), &page).unwrap();
    let refused = refusal(write(&november(), &elsewhere, &[]));
    assert_eq!(refused, (page, Refusal::Foreign));
    // A link above the output is fine.
    fs::create_dir(home.join("disk")).unwrap();
    symlink(home.join("disk"), home.join("mounted")).unwrap();
    write(&october(), &home.join("mounted/public"), &[]).unwrap();
    assert_eq!(files(&home.join("disk/public")), texts(&october()));
    // One that lies in wait at the lock.
    let target = home.join("target");
    fs::write(&target, "").unwrap();
    symlink(&target, home.join(".site.quarterdeck-lock")).unwrap();
    let error = write(&october(), &home.join("site"), &[]).unwrap_err();
    assert!(matches!(error, WriteError::System { .. }), "{error}");
    assert_eq!(fs::read_to_string(target).unwrap(), "");
}

#[test]
fn a_file_is_not_an_output_folder() {
    let (_guard, home) = home();
    let output = home.join("public");
    fs::write(&output, "mine").unwrap();
    let refused = refusal(write(&october(), &output, &[]));
    assert_eq!(refused, (output.clone(), Refusal::NotAFolder));
    assert_eq!(fs::read_to_string(output).unwrap(), "mine");
}

#[test]
fn what_the_site_is_made_from_is_never_replaced() {
    let (_guard, home) = home();
    let content = home.join("content");
    fs::create_dir(&content).unwrap();
    fs::write(home.join("site.toml"), "").unwrap();
    let protected = [content.clone(), home.join("themes"), home.join("site.toml")];
    for (output, of) in [
        (content.clone(), &content),
        (content.join("public"), &content),
        (home.join("content/../content/./x"), &content),
        (home.clone(), &content),
        (home.join("themes/default"), &protected[1]),
        (home.join("site.toml/public"), &protected[2]),
    ] {
        let refused = refusal(write(&october(), &output, &protected));
        assert_eq!(refused, (output, Refusal::Protected(of.clone())));
    }
    assert_eq!(names(&home), ["content", "site.toml"]);
    assert_eq!(names(&content), Vec::<String>::new());
    write(&october(), &home.join("contents"), &protected).unwrap();
}

#[test]
fn the_current_folder_and_those_above_are_no_place() {
    let current = std::env::current_dir().unwrap();
    let mut places: Vec<PathBuf> = current.ancestors().map(Path::to_owned).collect();
    places.extend(["", ".", "..", "src/..", "src/../."].map(PathBuf::from));
    for output in places {
        let refused = refusal(write(&october(), &output, &[]));
        assert_eq!(refused, (output, Refusal::NotAPlace));
    }
}

#[test]
fn a_second_build_says_who_holds_the_output() {
    let (_guard, home) = home();
    let output = home.join("public");
    let lock = home.join(".public.quarterdeck-lock");
    fs::write(&lock, "quarterdeck 4711\n").unwrap();
    let held = fs::File::open(&lock).unwrap();
    held.lock().unwrap();
    let refused = refusal(write(&october(), &output, &[]));
    assert_eq!(refused, (output.clone(), Refusal::Busy(Some(4711))));
    drop(held);
    write(&october(), &output, &[]).unwrap();
    assert_eq!(names(&home), ["public"]);
    // A file that happens to have the name.
    fs::write(&lock, "mine").unwrap();
    let refused = refusal(write(&november(), &output, &[]));
    assert_eq!(refused, (lock.clone(), Refusal::Foreign));
    assert_eq!(fs::read_to_string(lock).unwrap(), "mine");
}

#[test]
fn builds_at_once_take_turns() {
    let (_guard, home) = home();
    let output = home.join("public");
    std::thread::scope(|scope| {
        for site in [october(), november(), october(), november()] {
            let output = &output;
            scope.spawn(move || write(&site, output, &[]).unwrap());
        }
    });
    let found = files(&output);
    assert!(found == texts(&october()) || found == texts(&november()));
    assert_eq!(names(&home), ["public"]);
}

#[test]
fn what_a_killed_build_left_is_removed_if_it_is_ours() {
    let (_guard, home) = home();
    let output = home.join("public");
    write(&october(), &output, &[]).unwrap();
    let made = |name: &str, files: &[&str]| {
        let folder = home.join(name);
        fs::create_dir(&folder).unwrap();
        for file in files {
            fs::write(folder.join(file), "mine").unwrap();
        }
    };
    made(".public.quarterdeck-1-0", &[]);
    made(".public.quarterdeck-2-0", &["owner"]);
    made(".public.quarterdeck-3-0", &["thesis.txt"]);
    made(".public.quarterdeck-mine", &[]);
    made(".public.quarterdeck-4", &[]);
    made(".publication.quarterdeck-5-0", &[]);
    write(&november(), &output, &[]).unwrap();
    assert_eq!(
        names(&home),
        [
            ".public.quarterdeck-2-0",
            ".public.quarterdeck-3-0",
            ".public.quarterdeck-4",
            ".public.quarterdeck-mine",
            ".publication.quarterdeck-5-0",
            "public"
        ]
    );
    assert_eq!(files(&output), texts(&november()));
}
