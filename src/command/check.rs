//! `quarterdeck check`: name every fault of the content.

use std::path::{Path, PathBuf};

use clap::Args;

use super::pipeline::told;
use super::{Ending, Reading, sites, terminal};

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
    let assembled = match told(root, options.reading.as_of, quiet) {
        Ok(assembled) => assembled,
        Err(ending) => return ending,
    };
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
