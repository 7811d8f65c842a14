//! The marker in an output folder: every file that was written, by hashes.
//!
//! ```text
//! # Written by Quarterdeck, which replaces this whole folder at every build. Format 2.
//! 1bc04b5291c26a46d918139138b992d2de976d6851d0893b0476b85bfbdfc6e6  2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
//! ```
//!
//! One line a file: the SHA-256 of its path with `/` between the parts, and
//! that of its bytes. The marker is published with the site, and the path of a
//! board's memo is its secret: who doesn't know a path can't read it here.
//! Lines are ordered, so the same site has the same marker.
//!
//! Format 1 named each path behind the hash of its bytes. It is still read.

use std::collections::BTreeMap;
use std::fmt::Write;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::publish::bundle::Bundle;

const HEADING: &str =
    "# Written by Quarterdeck, which replaces this whole folder at every build. Format 2.";
const FORMER_HEADING: &str =
    "# Written by Quarterdeck, which replaces this whole folder at every build. Format 1.";

/// The SHA-256 of a file's bytes or of its path.
pub(super) type Hash = [u8; 32];

/// Every file of a site by its path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The hash of each file's bytes by that of its path.
    files: BTreeMap<Hash, Hash>,
    /// Whether it names paths, as format 1 did: such a marker is replaced,
    /// though the site be the same.
    names_paths: bool,
}

impl Manifest {
    pub(super) fn of(bundle: &Bundle) -> Manifest {
        let files: Vec<_> = bundle.iter().collect();
        let files = files
            .into_par_iter()
            .map(|(path, bytes)| (hash(path.as_str().as_bytes()), hash(bytes)))
            .collect();
        let names_paths = false;
        Manifest { files, names_paths }
    }

    /// The hash of the bytes of the file at a path, if it is listed.
    pub(super) fn hash_of(&self, path: &str) -> Option<&Hash> {
        self.files.get(&hash(path.as_bytes()))
    }

    /// How many files it lists.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// The marker's text.
    pub(super) fn to_text(&self) -> String {
        let mut text = format!("{HEADING}\n");
        for (path, bytes) in &self.files {
            push_hash(&mut text, path);
            text.push_str("  ");
            push_hash(&mut text, bytes);
            text.push('\n');
        }
        text
    }

    /// Reads a marker; `None` if it isn't one, whole and unbent.
    pub(super) fn parse(text: &str) -> Option<Manifest> {
        let (lines, names_paths) = match text.strip_prefix(HEADING) {
            Some(lines) => (lines, false),
            None => (text.strip_prefix(FORMER_HEADING)?, true),
        };
        let lines = lines.strip_prefix('\n')?;
        if !(lines.is_empty() || lines.ends_with('\n')) {
            return None;
        }
        let files = lines
            .lines()
            .map(|line| {
                let (first, second) = line.split_once("  ")?;
                Some(if names_paths {
                    (hash(second.as_bytes()), parse_hash(first)?)
                } else {
                    (parse_hash(first)?, parse_hash(second)?)
                })
            })
            .collect::<Option<_>>()?;
        Some(Manifest { files, names_paths })
    }
}

fn push_hash(text: &mut String, hash: &Hash) {
    for byte in hash {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
    }
}

pub(super) fn hash(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

fn parse_hash(text: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, digits) in hash.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(files: &[(&str, &str)]) -> Manifest {
        let hashed = |(path, text): &(&str, &str)| (hash(path.as_bytes()), hash(text.as_bytes()));
        Manifest {
            files: files.iter().map(hashed).collect(),
            names_paths: false,
        }
    }

    #[test]
    fn a_marker_reads_back_and_names_no_path() {
        let manifest = manifest(&[("a b/ü.html", "a"), ("index.html", "b")]);
        let text = manifest.to_text();
        assert_eq!(text.lines().count(), 3);
        assert!(!text.contains("html"), "{text}");
        assert_eq!(manifest.hash_of("index.html"), Some(&hash(b"b")));
        assert_eq!(manifest.hash_of("index"), None);
        assert_eq!(Manifest::parse(&text), Some(manifest));
    }

    #[test]
    fn a_marker_of_format_1_is_understood_and_not_the_same() {
        let now = manifest(&[("a b/ü.html", "a")]);
        let mut text = format!("{FORMER_HEADING}\n");
        push_hash(&mut text, &hash(b"a"));
        text.push_str("  a b/ü.html\n");
        let former = Manifest::parse(&text).unwrap();
        assert_eq!(former.files, now.files);
        assert_ne!(former, now);
    }

    #[test]
    fn anything_else_is_no_marker() {
        let hash = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
        let former = format!("{hash}  a\n");
        let line = format!("{hash}  {hash}\n");
        assert!(Manifest::parse(&format!("{HEADING}\n")).is_some());
        assert!(Manifest::parse(&format!("{HEADING}\n{line}")).is_some());
        assert!(Manifest::parse(&format!("{FORMER_HEADING}\n{former}")).is_some());
        for text in [
            String::new(),
            line.clone(),
            HEADING.to_owned(),
            format!("{HEADING}\n{}", line.trim_end()),
            format!("{HEADING}\n\n{line}"),
            format!("{HEADING}\n+{line}"),
            format!("{HEADING}\n{}", line.replace("  ", " ")),
            format!("{HEADING}\n{former}"),
            format!("{FORMER_HEADING}\n+{former}"),
            format!("{}\n{line}", HEADING.replace("Format 2", "Format 3")),
        ] {
            assert_eq!(Manifest::parse(&text), None, "{text}");
        }
    }
}
