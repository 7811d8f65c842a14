//! A loud word that a test couldn't be run.

#![allow(dead_code, reason = "each test program uses its own part of this")]

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};

/// Says past the test runner's capture that a test is skipped for want of
/// something; under `CI` it fails.
pub fn skipped(test: &str, without: &str) {
    assert!(env::var_os("CI").is_none(), "{without}");
    let mut terminal = std::io::stderr();
    writeln!(terminal, "SKIPPED {test}: {without}").unwrap();
}

/// Whether a program can be run; says that the test is skipped if it can't.
pub fn has(test: &str, program: &str, version: &str) -> bool {
    let mut command = Command::new(program);
    let quiet = command.arg(version).stdin(Stdio::null());
    let there = quiet.stdout(Stdio::null()).stderr(Stdio::null()).status();
    if let Err(error) = &there {
        skipped(test, &format!("no {program} to try it with: {error}"));
    }
    there.is_ok()
}
