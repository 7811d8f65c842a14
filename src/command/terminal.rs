//! Words for the person at the terminal.

use std::io::{self, IsTerminal, Write};

use super::Ending;
use super::pipeline::Failure;
use crate::diagnostic::{Report, Severity};

/// What is to be said of one site, kept until it is that site's turn: several
/// that are built at once don't talk over one another.
#[derive(Debug, Default)]
pub struct Told {
    /// For standard error.
    pub faults: String,
    /// For standard output.
    pub lines: String,
    /// How many of the faults are errors.
    pub errors: usize,
}

impl Told {
    /// Tells what was found.
    pub fn report(&mut self, report: &Report) {
        self.errors += report.count(Severity::Error);
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        self.say(&report.render(wanted && io::stderr().is_terminal()));
    }

    /// Tells text, for standard error, as it is.
    pub fn say(&mut self, text: &str) {
        self.faults.push_str(text);
    }

    /// Tells a line, for standard output.
    pub fn line(&mut self, text: &str) {
        self.lines.push_str(text);
        self.lines.push('\n');
    }

    /// Tells what went wrong and what to do, and passes the ending on.
    pub fn failed(&mut self, ending: Ending, what: &str, help: &str) -> Ending {
        self.errors += 1;
        self.say(&format!("error: {what}\n"));
        if !help.is_empty() {
            self.say(&format!("  help: {help}\n"));
        }
        ending
    }

    /// Tells why a site was not even read, and passes the ending on.
    pub fn failure(&mut self, failure: &Failure) -> Ending {
        self.failed(failure.ending, &failure.what, &failure.help)
    }

    /// Prints everything: first what is wrong.
    pub fn print(&self) {
        // Nobody is left to tell if this fails.
        let _ = io::stderr().write_all(self.faults.as_bytes());
        let mut out = io::stdout().lock();
        let _ = out.write_all(self.lines.as_bytes());
        let _ = out.flush();
    }
}

/// Prints at once what something tells.
pub fn at_once<T>(tells: impl FnOnce(&mut Told) -> T) -> T {
    let mut told = Told::default();
    let result = tells(&mut told);
    told.print();
    result
}

/// Prints a report on standard error, in colour where that can be seen and is
/// wanted.
pub fn report(report: &Report) {
    at_once(|told| told.report(report));
}

/// Prints text on standard error as it is.
pub fn say(text: &str) {
    at_once(|told| told.say(text));
}

/// Prints a line on standard output.
pub fn line(text: &str) {
    at_once(|told| told.line(text));
}

/// Prints what went wrong and what to do, and passes the ending on.
pub fn failed(ending: Ending, what: &str, help: &str) -> Ending {
    at_once(|told| told.failed(ending, what, help))
}
