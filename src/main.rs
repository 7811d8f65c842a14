//! The `quarterdeck` program: arguments to a command to an exit code.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use quarterdeck::command::{Arguments, run, tell_own_faults};

/// A build makes and drops millions of small texts on every core: with the
/// system's own allocator a sixth of its time goes there.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    tell_own_faults();
    run(&Arguments::parse()).into()
}
