//! One content, one site: the same bytes whatever the machine is set to and
//! however the files came onto its disk.

mod built;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::{TempDir, tempdir};

/// In which order files are created, and so in which order some file systems
/// list them.
#[derive(Clone, Copy)]
enum Order {
    ByName,
    Reverse,
}

/// The sample site in a folder of its own, outside any repository.
fn sample(order: Order, modified: SystemTime) -> TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let copy = tempdir().unwrap();
    let mut parts = vec!["content", "site.toml", "themes"];
    if matches!(order, Order::Reverse) {
        parts.reverse();
    }
    for part in parts {
        copy_into(&root.join(part), &copy.path().join(part), order, modified);
    }
    copy
}

fn copy_into(from: &Path, to: &Path, order: Order, modified: SystemTime) {
    if from.is_file() {
        fs::copy(from, to).unwrap();
        File::options()
            .write(true)
            .open(to)
            .unwrap()
            .set_modified(modified)
            .unwrap();
        return;
    }
    fs::create_dir(to).unwrap();
    let mut entries: Vec<PathBuf> = fs::read_dir(from)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    if matches!(order, Order::Reverse) {
        entries.reverse();
    }
    for entry in entries {
        copy_into(
            &entry,
            &to.join(entry.file_name().unwrap()),
            order,
            modified,
        );
    }
}

/// Every file of the site in `root`, built with these environment variables.
fn site(root: &Path, environment: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let output = tempdir().unwrap();
    let output = output.path().join("site");
    built::command(root, &output)
        .envs(environment.iter().copied())
        .assert()
        .success();
    built::files(&output)
}

/// Fails with the names of the files that differ and not with their bytes.
fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, what: &str) {
    let differing = differing(one, other);
    assert!(differing.is_empty(), "{what} changes {differing:?}");
}

fn differing<'a>(
    one: &'a BTreeMap<String, Vec<u8>>,
    other: &'a BTreeMap<String, Vec<u8>>,
) -> Vec<&'a String> {
    let mut paths: Vec<&String> = one.keys().chain(other.keys()).collect();
    paths.sort();
    paths.dedup();
    paths.retain(|path| one.get(*path) != other.get(*path));
    paths
}

#[test]
fn two_builds_are_the_same_bytes() {
    let root = sample(Order::ByName, SystemTime::now());
    let first = site(root.path(), &[]);
    assert!(
        first.len() > 20 && first.contains_key("index.html"),
        "{:?}",
        first.keys()
    );
    assert_same(&first, &site(root.path(), &[]), "a second build");
}

#[test]
fn zone_language_and_number_of_threads_change_nothing() {
    let root = sample(Order::ByName, SystemTime::now());
    let plain = site(root.path(), &[("TZ", "UTC"), ("LC_ALL", "C")]);
    for (name, value) in [
        ("TZ", "Asia/Tokyo"),
        ("TZ", "America/New_York"),
        ("TZ", "Pacific/Kiritimati"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LC_ALL", "de_DE.UTF-8"),
        ("RAYON_NUM_THREADS", "1"),
        ("RAYON_NUM_THREADS", "7"),
        ("HOME", "/nonexistent"),
    ] {
        assert_same(
            &plain,
            &site(root.path(), &[(name, value)]),
            &format!("{name}={value}"),
        );
    }
}

#[test]
fn the_order_and_the_dates_of_files_change_nothing() {
    let plain = site(sample(Order::ByName, SystemTime::now()).path(), &[]);
    assert_same(
        &plain,
        &site(sample(Order::Reverse, SystemTime::now()).path(), &[]),
        "the order of creation",
    );
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(86_400);
    let to_come = SystemTime::now() + Duration::from_secs(86_400 * 365 * 10);
    for modified in [long_ago, to_come] {
        assert_same(
            &plain,
            &site(sample(Order::ByName, modified).path(), &[]),
            "the date of change",
        );
    }
}

/// The comparisons above would hold for any two empty or unread sites.
#[test]
fn a_change_of_one_character_is_seen() {
    let root = sample(Order::ByName, SystemTime::now());
    let before = site(root.path(), &[]);
    let engagement = root.path().join("content/engagement.yaml");
    let text = fs::read_to_string(&engagement).unwrap();
    fs::write(
        &engagement,
        text.replacen("firm: Kestrel", "firm: Kestrol", 1),
    )
    .unwrap();
    let after = site(root.path(), &[]);
    assert!(
        differing(&before, &after)
            .iter()
            .any(|path| *path == "index.html")
    );
}
