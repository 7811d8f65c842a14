//! `quarterdeck check`: name every fault of the content.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use super::pipeline::read;
use super::several::{Sites, Work};
use super::terminal::Told;
use super::{Ending, Reading, schema};

/// What `check` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The folders that hold the sites, or patterns such as 'clients/*'; the
    /// current folder if left out.
    #[arg(value_hint = ValueHint::DirPath)]
    sites: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

/// Checks every site named; the worst ending is the command's.
pub fn run(options: &Options, quiet: bool) -> Ending {
    let work = Work {
        doing: "checking",
        done: "without errors",
    };
    let sites = Sites::of(&options.sites);
    sites.each(&work, quiet, |root, told| one(root, options, quiet, told))
}

fn one(root: &Path, options: &Options, quiet: bool, told: &mut Told) -> Ending {
    let mut assembled = match read(root, options.reading.as_of, told) {
        Ok(assembled) => assembled,
        Err(ending) => return ending,
    };
    schema::drift(root, &mut assembled.report);
    let report = &assembled.report;
    if !report.is_empty() && (!quiet || report.has_errors()) {
        told.report(report);
    }
    if assembled.report.has_errors() {
        return Ending::ContentErrors;
    }
    if !quiet {
        let months = assembled
            .engagement
            .as_ref()
            .map_or(0, |engagement| engagement.months.len());
        told.line(&format!("{}: {months} months, no errors", root.display()));
    }
    Ending::Fine
}
