//! Words for the person at the terminal.

use std::io::{self, IsTerminal, Write};

use super::Ending;
use crate::diagnostic::Report;

/// Prints a report on standard error, in colour where that can be seen and is
/// wanted.
pub fn report(report: &Report) {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    say(&report.render(wanted && io::stderr().is_terminal()));
}

/// Prints text on standard error as it is.
pub fn say(text: &str) {
    // Nobody is left to tell if this fails.
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Prints a line on standard output.
pub fn line(text: &str) {
    let _ = writeln!(io::stdout(), "{text}");
}

/// Prints what went wrong and what to do, and passes the ending on.
pub fn failed(ending: Ending, what: &str, help: &str) -> Ending {
    say(&format!("error: {what}\n"));
    if !help.is_empty() {
        say(&format!("  help: {help}\n"));
    }
    ending
}
