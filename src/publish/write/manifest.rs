//! The marker in an output folder: every file that was written, by hashes.
//!
//! ```text
//! # Written by Quarterdeck, which replaces this whole folder at every build. Format 3.
//! 1bc04b5291c26a46d918139138b992d2de976d6851d0893b0476b85bfbdfc6e6  a96faf705af16834e6c632b61e964e1f
//! ```
//!
//! One line a file: the SHA-256 of its path with `/` between the parts, and
//! the XXH3 of its bytes in 128 bits. The marker is published with the site,
//! and the path of a board's memo is its secret: who doesn't know a path can't
//! read it here. Of the bytes it is asked only whether somebody worked on
//! them, and XXH3 goes through a site in a twentieth of SHA-256's time: what
//! proves a memo to the board is the snapshot's own manifest.
//! Lines are ordered, so the same site has the same marker.
//!
//! Formats 1 and 2 had the SHA-256 of the bytes, and format 1 named each path
//! behind it. They are still read.

use std::collections::BTreeMap;
use std::fmt::Write;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use twox_hash::XxHash3_128;

use crate::publish::bundle::Bundle;

const HEADING: &str =
    "# Written by Quarterdeck, which replaces this whole folder at every build. Format 3.";
const HEADING_2: &str =
    "# Written by Quarterdeck, which replaces this whole folder at every build. Format 2.";
const HEADING_1: &str =
    "# Written by Quarterdeck, which replaces this whole folder at every build. Format 1.";

/// The SHA-256 of a path.
type Name = [u8; 32];

/// What a file's bytes come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sum {
    /// XXH3 in 128 bits.
    Quick([u8; 16]),
    /// SHA-256, as the former formats had it.
    Sha256([u8; 32]),
}

/// Every file of a site by its path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Manifest {
    files: BTreeMap<Name, Sum>,
}

impl Manifest {
    pub(super) fn of(bundle: &Bundle) -> Manifest {
        let files: Vec<_> = bundle.iter().collect();
        let files = files
            .into_par_iter()
            .with_max_len(1)
            .map(|(path, bytes)| (sha_256(path.as_str().as_bytes()), Sum::of(bytes)))
            .collect();
        Manifest { files }
    }

    /// What the bytes of the file at a path come to, if it is listed.
    pub(super) fn sum_of(&self, path: &str) -> Option<&Sum> {
        self.files.get(&sha_256(path.as_bytes()))
    }

    /// How many files it lists.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// The marker's text.
    pub(super) fn to_text(&self) -> String {
        let mut text = format!("{HEADING}\n");
        for (path, sum) in &self.files {
            push_digits(&mut text, path);
            text.push_str("  ");
            match sum {
                Sum::Quick(sum) => push_digits(&mut text, sum),
                Sum::Sha256(sum) => push_digits(&mut text, sum),
            }
            text.push('\n');
        }
        text
    }

    /// Reads a marker; `None` if it isn't one, whole and unbent.
    pub(super) fn parse(text: &str) -> Option<Manifest> {
        if let Some(lines) = text.strip_prefix(HEADING) {
            Manifest::listed(lines, |path, sum| {
                Some((parse_digits(path)?, Sum::Quick(parse_digits(sum)?)))
            })
        } else if let Some(lines) = text.strip_prefix(HEADING_2) {
            Manifest::listed(lines, |path, sum| {
                Some((parse_digits(path)?, Sum::Sha256(parse_digits(sum)?)))
            })
        } else {
            Manifest::listed(text.strip_prefix(HEADING_1)?, |sum, path| {
                Some((sha_256(path.as_bytes()), Sum::Sha256(parse_digits(sum)?)))
            })
        }
    }

    /// The lines behind a heading, each of two parts.
    fn listed(lines: &str, file: impl Fn(&str, &str) -> Option<(Name, Sum)>) -> Option<Manifest> {
        let lines = lines.strip_prefix('\n')?;
        if !(lines.is_empty() || lines.ends_with('\n')) {
            return None;
        }
        let files = lines.lines().map(|line| {
            let (first, second) = line.split_once("  ")?;
            file(first, second)
        });
        Some(Manifest {
            files: files.collect::<Option<_>>()?,
        })
    }
}

impl Sum {
    fn of(bytes: &[u8]) -> Sum {
        Sum::Quick(XxHash3_128::oneshot(bytes).to_be_bytes())
    }

    /// Whether a file is as it was written.
    pub(super) fn fits(&self, bytes: &[u8]) -> bool {
        match self {
            Sum::Quick(_) => *self == Sum::of(bytes),
            Sum::Sha256(sum) => *sum == sha_256(bytes),
        }
    }
}

fn sha_256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn push_digits(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
    }
}

fn parse_digits<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != N * 2 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(files: &[(&str, &str)], sum: fn(&[u8]) -> Sum) -> Manifest {
        let listed = |(path, text): &(&str, &str)| (sha_256(path.as_bytes()), sum(text.as_bytes()));
        Manifest {
            files: files.iter().map(listed).collect(),
        }
    }

    #[test]
    fn a_marker_reads_back_and_names_no_path() {
        let manifest = manifest(&[("a b/ü.html", "a"), ("index.html", "b")], Sum::of);
        let text = manifest.to_text();
        assert_eq!(text.lines().count(), 3);
        assert!(!text.contains("html"), "{text}");
        assert!(manifest.sum_of("index.html").unwrap().fits(b"b"));
        assert!(!manifest.sum_of("index.html").unwrap().fits(b"c"));
        assert_eq!(manifest.sum_of("index"), None);
        assert_eq!(Manifest::parse(&text), Some(manifest));
    }

    /// What is on disk was hashed by an earlier build: this may never change.
    #[test]
    fn the_sum_is_xxh3() {
        let text = manifest(&[("a", "foo")], Sum::of).to_text();
        assert!(
            text.ends_with("  79aef92e83454121ab6e5f64077e7d8a\n"),
            "{text}"
        );
    }

    #[test]
    fn markers_of_former_formats_are_understood_and_not_the_same() {
        let files = [("a b/ü.html", "a")];
        let sha = |bytes: &[u8]| Sum::Sha256(sha_256(bytes));
        let (path, sum) = (sha_256("a b/ü.html".as_bytes()), sha_256(b"a"));
        let mut first = format!("{HEADING_1}\n");
        push_digits(&mut first, &sum);
        first.push_str("  a b/ü.html\n");
        let mut second = format!("{HEADING_2}\n");
        push_digits(&mut second, &path);
        second.push_str("  ");
        push_digits(&mut second, &sum);
        second.push('\n');
        for text in [first, second] {
            let former = Manifest::parse(&text).unwrap();
            assert_eq!(former, manifest(&files, sha));
            assert_ne!(former, manifest(&files, Sum::of));
            assert!(former.sum_of("a b/ü.html").unwrap().fits(b"a"));
            assert!(!former.sum_of("a b/ü.html").unwrap().fits(b"b"));
        }
    }

    #[test]
    fn anything_else_is_no_marker() {
        let path = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
        let line = format!("{path}  {}\n", &path[..32]);
        let second = format!("{path}  {path}\n");
        let first = format!("{path}  a\n");
        assert!(Manifest::parse(&format!("{HEADING}\n")).is_some());
        assert!(Manifest::parse(&format!("{HEADING}\n{line}")).is_some());
        assert!(Manifest::parse(&format!("{HEADING_2}\n{second}")).is_some());
        assert!(Manifest::parse(&format!("{HEADING_1}\n{first}")).is_some());
        for text in [
            String::new(),
            line.clone(),
            HEADING.to_owned(),
            format!("{HEADING}\n{}", line.trim_end()),
            format!("{HEADING}\n\n{line}"),
            format!("{HEADING}\n+{line}"),
            format!("{HEADING}\n{}", line.replace("  ", " ")),
            format!("{HEADING}\n{second}"),
            format!("{HEADING_2}\n{line}"),
            format!("{HEADING_2}\n{first}"),
            format!("{HEADING_1}\n+{first}"),
            format!("{}\n{line}", HEADING.replace("Format 3", "Format 4")),
        ] {
            assert_eq!(Manifest::parse(&text), None, "{text}");
        }
    }
}
