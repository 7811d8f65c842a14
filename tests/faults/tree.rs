//! What lies on disk, to be held against what should.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// Every file of a site with its bytes, the marker included.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// The tree at a path; none if nothing is there.
pub fn tree(folder: &Path) -> Option<Tree> {
    fs::symlink_metadata(folder).ok()?;
    let entries = WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| !entry.file_type().is_dir());
    Some(
        files
            .map(|entry| {
                let below = entry.path().strip_prefix(folder).unwrap();
                let bytes = fs::read(entry.path()).unwrap();
                (below.to_str().unwrap().to_owned(), bytes)
            })
            .collect(),
    )
}

/// Puts a tree on disk.
pub fn put(tree: &Tree, folder: &Path) {
    for (path, bytes) in tree {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// How two trees differ, in a few words.
pub fn difference(found: &Tree, wanted: &Tree) -> String {
    let mut lines = Vec::new();
    for path in found.keys().chain(wanted.keys()) {
        let line = match (found.get(path), wanted.get(path)) {
            (Some(_), None) => format!("  {path} is too much"),
            (None, Some(_)) => format!("  {path} is missing"),
            (one, other) if one != other => format!("  {path} differs"),
            _ => continue,
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// What no build may touch, of one file or folder: kind, permissions, the
/// times of its last writing and change, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    mode: u32,
    node: u64,
    written: (i64, i64),
    changed: (i64, i64),
    holds: Vec<u8>,
}

/// Everything below a few paths, with its times.
pub fn traces(paths: &[PathBuf]) -> BTreeMap<PathBuf, Trace> {
    let entries = paths
        .iter()
        .filter(|path| fs::symlink_metadata(path).is_ok())
        .flat_map(WalkDir::new)
        .map(Result::unwrap);
    entries
        .map(|entry| {
            let found = fs::symlink_metadata(entry.path()).unwrap();
            let kind = found.file_type();
            let holds = if kind.is_file() {
                fs::read(entry.path()).unwrap()
            } else if kind.is_symlink() {
                let target = fs::read_link(entry.path()).unwrap();
                target.into_os_string().into_encoded_bytes()
            } else {
                Vec::new()
            };
            let trace = Trace {
                mode: found.mode(),
                node: found.ino(),
                written: (found.mtime(), found.mtime_nsec()),
                changed: (found.ctime(), found.ctime_nsec()),
                holds,
            };
            (entry.into_path(), trace)
        })
        .collect()
}

/// The names in a folder, ordered.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
