//! Building a site with the program itself and reading back what it wrote.

#![allow(dead_code, reason = "each test program uses its own part of this")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// `quarterdeck build ROOT --output OUTPUT --quiet`, ready to run.
pub fn command(root: &Path, output: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    command
        .arg("build")
        .arg(root)
        .arg("--output")
        .arg(output)
        .arg("--quiet");
    command
}

/// Every file below a folder by its path with `/` between its parts.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap);
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let below = entry.path().strip_prefix(folder).unwrap().to_str().unwrap();
            (below.replace('\\', "/"), fs::read(entry.path()).unwrap())
        })
        .collect()
}
