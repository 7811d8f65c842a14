//! The marker in an output folder: every file that was written, by its hash.
//!
//! ```text
//! # Written by Quarterdeck, which replaces this whole folder at every build. Format 1.
//! 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae  index.html
//! ```
//!
//! One line a file, ordered by path, so the same site has the same marker;
//! `sha256sum --check .quarterdeck` understands it.

use std::collections::BTreeMap;
use std::fmt::Write;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::publish::bundle::Bundle;

const HEADING: &str =
    "# Written by Quarterdeck, which replaces this whole folder at every build. Format 1.";

/// The SHA-256 of a file's bytes.
pub(super) type Hash = [u8; 32];

/// Every file of a site by its path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) files: BTreeMap<String, Hash>,
}

impl Manifest {
    pub(super) fn of(bundle: &Bundle) -> Manifest {
        let files: Vec<_> = bundle.iter().collect();
        let files = files
            .into_par_iter()
            .map(|(path, bytes)| (path.as_str().to_owned(), hash(bytes)))
            .collect();
        Manifest { files }
    }

    pub(super) fn to_text(&self) -> String {
        let mut text = format!("{HEADING}\n");
        for (path, hash) in &self.files {
            for byte in hash {
                // Writing to a string can't fail.
                let _ = write!(text, "{byte:02x}");
            }
            let _ = writeln!(text, "  {path}");
        }
        text
    }

    /// Reads a marker; `None` if it isn't one, whole and unbent.
    pub(super) fn parse(text: &str) -> Option<Manifest> {
        let lines = text.strip_prefix(HEADING)?.strip_prefix('\n')?;
        if !(lines.is_empty() || lines.ends_with('\n')) {
            return None;
        }
        let files = lines
            .lines()
            .map(|line| {
                let (hash, path) = line.split_once("  ")?;
                Some((path.to_owned(), parse_hash(hash)?))
            })
            .collect::<Option<_>>()?;
        Some(Manifest { files })
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

    #[test]
    fn a_marker_reads_back() {
        let files = [("a b/ü.html", "a"), ("index.html", "b")]
            .map(|(path, text)| (path.to_owned(), hash(text.as_bytes())));
        let manifest = Manifest {
            files: files.into(),
        };
        let text = manifest.to_text();
        assert_eq!(Manifest::parse(&text), Some(manifest));
        assert_eq!(text.lines().count(), 3);
    }

    #[test]
    fn anything_else_is_no_marker() {
        let line = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae  a\n";
        assert!(Manifest::parse(&format!("{HEADING}\n")).is_some());
        assert!(Manifest::parse(&format!("{HEADING}\n{line}")).is_some());
        for text in [
            String::new(),
            line.to_owned(),
            HEADING.to_owned(),
            format!("{HEADING}\n{}", line.trim_end()),
            format!("{HEADING}\n\n{line}"),
            format!("{HEADING}\n+{line}"),
            format!("{HEADING}\n{}", line.replace("  ", " ")),
        ] {
            assert_eq!(Manifest::parse(&text), None, "{text}");
        }
    }
}
