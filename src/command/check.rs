//! `quarterdeck check`: name every fault of the content.

use std::path::{Path, PathBuf};

use clap::Args;

use super::pipeline::{assemble, holds_site, unreadable};
use super::{Ending, Reading, schema, sites, terminal};

/// What `check` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The folders that hold the sites; the current one if left out.
    sites: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

/// Checks every site named; the worst ending is the command's.
pub fn run(options: &Options, quiet: bool) -> Ending {
    let sites = sites(&options.sites);
    sites
        .iter()
        .map(|root| one(root, options, quiet))
        .max()
        .unwrap_or(Ending::Fine)
}

fn one(root: &Path, options: &Options, quiet: bool) -> Ending {
    if let Err(ending) = holds_site(root) {
        return ending;
    }
    let mut assembled = match assemble(root, options.reading.as_of) {
        Ok(assembled) => assembled,
        Err(failure) => return unreadable(&failure),
    };
    schema::drift(root, &mut assembled.report);
    let report = &assembled.report;
    if !report.is_empty() && (!quiet || report.has_errors()) {
        terminal::report(report);
    }
    if assembled.report.has_errors() {
        return Ending::ContentErrors;
    }
    if !quiet {
        let months = assembled
            .engagement
            .as_ref()
            .map_or(0, |engagement| engagement.months.len());
        terminal::line(&format!("{}: {months} months, no errors", root.display()));
    }
    Ending::Fine
}
