//! The `quarterdeck` program: arguments to a command to an exit code.

use std::process::ExitCode;

use clap::Parser;
use quarterdeck::command::{Arguments, run};

fn main() -> ExitCode {
    run(&Arguments::parse()).into()
}
