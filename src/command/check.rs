//! `quarterdeck check`: name every fault of the content.
//!
//! For a person as frames of the source, for a program as one JSON document,
//! for GitHub as commands that it shows beside the lines of a change.
//! docs/check.md describes all three.

mod github;
mod json;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use clap::{Args, ValueEnum, ValueHint};

use super::pipeline::{Failure, attempted};
use super::several::{Sites, Work};
use super::terminal::{self, Told};
use super::{Ending, Reading, Strictness, schema};
use crate::diagnostic::{Report, Severity};

/// What `check` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The folders that hold the sites, or patterns such as 'clients/*'; the
    /// current folder if left out.
    #[arg(value_hint = ValueHint::DirPath)]
    sites: Vec<PathBuf>,
    /// How the faults are told.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    strictness: Strictness,
    #[command(flatten)]
    reading: Reading,
}

/// How faults are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Frames of the source on standard error, for a person.
    Text,
    /// One JSON document on standard output, for a program.
    Json,
    /// GitHub's workflow commands, shown beside a change's lines.
    Github,
}

/// A site that was checked.
struct Checked {
    /// Its folder, as it was named.
    root: PathBuf,
    /// What was found, or why it wasn't even read.
    outcome: Result<Findings, Failure>,
}

/// What was found of a site.
struct Findings {
    report: Report,
    /// The number of its months; none if there is no engagement to hold them.
    months: Option<usize>,
}

/// Checks every site named; the worst ending is the command's.
pub fn run(options: &Options, quiet: bool) -> Ending {
    let work = Work {
        doing: "checking",
        done: "without errors",
    };
    let sites = Sites::of(&options.sites);
    if options.format == Format::Json {
        return document(&sites, &work, options);
    }
    sites.each_named(&work, quiet, |root, refused, told| {
        let checked = Checked::of(root, refused, options);
        match options.format {
            Format::Github => checked.commands(quiet, told),
            Format::Text | Format::Json => checked.frames(quiet, told),
        }
        checked.ending()
    })
}

/// Writes one document of every site. Why one wasn't read is told as well, for
/// a person who looks at the log.
fn document(sites: &Sites, work: &Work, options: &Options) -> Ending {
    let found = Mutex::new(BTreeMap::new());
    let ending = sites.each_named(work, true, |root, refused, told| {
        let checked = Checked::of(root, refused, options);
        checked.failure(told);
        let ending = checked.ending();
        if let Ok(mut found) = found.lock() {
            found.insert(root.to_owned(), checked);
        }
        ending
    });
    // Nothing is held while a site is checked: the lock can't be poisoned.
    let mut found = found.into_inner().unwrap_or_default();
    // Each has been checked, however that ended.
    let checked: Vec<Checked> = sites
        .roots()
        .filter_map(|root| found.remove(root))
        .collect();
    terminal::line(&json::document(&checked, options.strictness.deny_warnings));
    ending
}

impl Checked {
    fn of(root: &Path, refused: Option<&Failure>, options: &Options) -> Checked {
        let outcome = match refused {
            Some(failure) => Err(failure.clone()),
            None => Findings::of(root, options),
        };
        Checked {
            root: root.to_owned(),
            outcome,
        }
    }

    fn ending(&self) -> Ending {
        match &self.outcome {
            Err(failure) => failure.ending,
            Ok(found) if found.report.stops() => Ending::ContentErrors,
            Ok(_) => Ending::Fine,
        }
    }

    /// Says why a site was not even read.
    fn failure(&self, told: &mut Told) {
        if let Err(failure) = &self.outcome {
            told.failure(failure);
        }
    }

    fn frames(&self, quiet: bool, told: &mut Told) {
        self.failure(told);
        let Ok(found) = &self.outcome else { return };
        if !found.report.is_empty() && (!quiet || found.report.stops()) {
            told.report(&found.report);
        }
        self.sound(quiet, told);
    }

    fn commands(&self, quiet: bool, told: &mut Told) {
        for command in github::commands(self) {
            told.line(&command);
        }
        self.failure(told);
        let Ok(found) = &self.outcome else { return };
        if found.report.stops() {
            told.errors += found.report.count(Severity::Error);
            told.say(&format!(
                "{}: {}\n",
                self.root.display(),
                found.report.summary()
            ));
        }
        self.sound(quiet, told);
    }

    /// Says that nothing stops a site from being built.
    fn sound(&self, quiet: bool, told: &mut Told) {
        let Ok(found) = &self.outcome else { return };
        if quiet || found.report.stops() {
            return;
        }
        let months = match found.months.unwrap_or_default() {
            1 => "1 month".to_owned(),
            months => format!("{months} months"),
        };
        told.line(&format!("{}: {months}, no errors", self.root.display()));
    }
}

impl Findings {
    /// What is found of a site. The site itself isn't kept: there may be a
    /// hundred.
    fn of(root: &Path, options: &Options) -> Result<Findings, Failure> {
        let mut assembled = attempted(root, options.reading.as_of)?;
        schema::drift(root, &mut assembled.report);
        if options.strictness.deny_warnings {
            assembled.report.deny_warnings();
        }
        let engagement = assembled.engagement.as_deref();
        Ok(Findings {
            months: engagement.map(|engagement| engagement.months.len()),
            report: assembled.report,
        })
    }
}
