//! Files that nobody would write are refused or built, at once: a file too
//! large to be read is refused unread, and what is read takes time by its size
//! and not by the square of it. `benches/large_inputs.rs` measures.

#[path = "../benches/large/mod.rs"]
mod large;
mod reading;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use large::{BYTES, INPUTS, Input};
use rayon::prelude::*;
use reading::copy;
use tempfile::TempDir;

/// The sound site that the broken ones begin with, and one file.
fn site(path: &str, bytes: &[u8], settings: &str) -> TempDir {
    let site = TempDir::new().unwrap();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken/_base");
    copy(&base, site.path());
    fs::write(site.path().join("site.toml"), settings).unwrap();
    let file = site.path().join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
    site
}

fn build(site: &TempDir) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    command.arg("build").arg(site.path());
    command.output().unwrap()
}

/// The codes of what was told, but for warnings.
fn codes(output: &Output) -> Vec<String> {
    let told = String::from_utf8_lossy(&output.stderr);
    let code = |line: &str| Some(line.strip_prefix("error[")?.split(']').next()?.to_owned());
    told.lines().filter_map(code).collect()
}

#[test]
fn ten_megabytes_of_text_are_refused_in_every_place() {
    let places: BTreeMap<&str, &Input> = INPUTS.iter().map(|input| (input.path, input)).collect();
    places.par_iter().for_each(|(path, input)| {
        let text = input.text(10_000_000);
        let site = site(path, text.as_bytes(), input.settings());
        let output = build(&site);
        // A frozen quarter is held against its proof, whatever its size.
        let refused = if path.ends_with(".json") {
            "snapshot-altered"
        } else {
            "file-too-large"
        };
        assert_eq!(output.status.code(), Some(1), "{path}");
        let codes = codes(&output);
        assert!(
            codes.iter().any(|code| code == refused),
            "{path}: {codes:?}"
        );
        assert!(!site.path().join("public").exists(), "{path}");
    });
}

#[test]
fn ten_megabytes_of_a_picture_are_published() {
    let site = site(BYTES, &vec![7; 10_000_000], "title = \"A\"\n");
    let page = site.path().join("content/pages/method.md");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(page, text + "\n![The quay](quay.png)\n").unwrap();
    let output = build(&site);
    assert_eq!(codes(&output), [""; 0]);
    assert_eq!(output.status.code(), Some(0));
}

/// Of a size at which the square of it would take minutes.
#[test]
fn what_is_read_ends_in_its_own_fault() {
    let expected = [
        ("a long name", "wrong-shape"),
        ("one field again", "too-many-faults"),
        ("lists in lists", "too-complex"),
        ("dead links", "too-many-faults"),
        ("headings of the same words", ""),
        ("lines of a setting", "toml-syntax"),
        ("conditions in conditions", "template"),
        ("brackets in a value", "template"),
        ("tags that load", "too-many-faults"),
        ("addresses", "too-many-faults"),
        ("hyphens", ""),
        ("raw text", "template"),
    ];
    expected.par_iter().for_each(|(name, code)| {
        let input = INPUTS.iter().find(|input| input.name == *name).unwrap();
        let text = input.text(200_000);
        let output = build(&site(input.path, text.as_bytes(), input.settings()));
        let codes = codes(&output);
        let ended = if code.is_empty() { Some(0) } else { Some(1) };
        assert_eq!(output.status.code(), ended, "{name}: {codes:?}");
        assert!(
            code.is_empty() || codes.iter().any(|found| found == code),
            "{name}: {codes:?}"
        );
        assert!(output.stderr.len() < 1_000_000, "{name}: too much is told");
    });
}
