//! What a person waits for before anything is done: the program's start.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::run::Runs;

const PROGRAM: &str = env!("CARGO_BIN_EXE_quarterdeck");

/// Runs of each, in turns.
const RUNS: usize = 40;

/// The program's start and its size.
pub struct Start {
    /// `--version`, less what an empty program takes.
    pub over_empty: Duration,
    /// `--version`.
    pub version: Duration,
    /// The program's bytes.
    pub bytes: u64,
}

/// Starts it and an empty program in turns.
pub fn measure() -> Start {
    let (mut own, mut empty) = (Runs::default(), Runs::default());
    for _ in 0..RUNS {
        let mut version = Command::new(PROGRAM);
        version.arg("--version").stdout(Stdio::null());
        own.add(version);
        empty.add(Command::new("true"));
    }
    Start {
        over_empty: own.median().saturating_sub(empty.median()),
        version: own.median(),
        bytes: fs::metadata(PROGRAM).unwrap().len(),
    }
}
