//! `quarterdeck verify`: prove that frozen quarters are as they were frozen.

use std::path::{Path, PathBuf};

use clap::Args;

use super::pipeline::{holds_site, unreadable};
use super::{Ending, provenance, sites, terminal};
use crate::diagnostic::{Diagnostic, Report, Span};
use crate::engagement::snapshot::{Snapshot, prove, snapshots};
use crate::source::files::{ReadFailure, nameless};
use crate::source::{self, SnapshotFile};

/// What `verify` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// Folders of sites, or of one frozen quarter each, such as one saved from
    /// its link; the current folder if left out.
    sites: Vec<PathBuf>,
}

/// Proves every folder named; the worst ending is the command's.
pub fn run(options: &Options, quiet: bool) -> Ending {
    let sites = sites(&options.sites);
    let several = sites.len() > 1;
    sites
        .iter()
        .map(|folder| {
            let said = Said {
                prefix: if several {
                    format!("{}: ", folder.display())
                } else {
                    String::new()
                },
                quiet,
            };
            one(folder, &said).unwrap_or_else(|failure| unreadable(&failure))
        })
        .max()
        .unwrap_or(Ending::Fine)
}

/// How lines are said.
struct Said {
    prefix: String,
    quiet: bool,
}

impl Said {
    fn line(&self, text: &str) {
        if !self.quiet {
            terminal::line(&format!("{}{text}", self.prefix));
        }
    }
}

fn one(folder: &Path, said: &Said) -> Result<Ending, ReadFailure> {
    let is_alone = [SnapshotFile::Manifest, SnapshotFile::Facts]
        .iter()
        .any(|file| folder.join(file.name()).is_file());
    if is_alone && !folder.join("content").is_dir() {
        return alone(folder, said);
    }
    match holds_site(folder) {
        Ok(()) => site(folder, said),
        Err(ending) => Ok(ending),
    }
}

/// Proves the frozen quarters of a site.
fn site(root: &Path, said: &Said) -> Result<Ending, ReadFailure> {
    let mut report = Report::default();
    let documents = source::snapshot::of_site(root, &mut report)?;
    let none = documents.is_empty() && report.is_empty();
    let snapshots = snapshots(documents, &mut report);
    for snapshot in snapshots.values() {
        let folder = format!("content/board/{}/", snapshot.quarter.slug());
        let in_folder = |fault: &&Diagnostic| {
            let span = fault.span.as_ref();
            span.is_some_and(|span| span.file.path.starts_with(&folder))
        };
        if report.sorted().iter().any(in_folder) {
            continue;
        }
        said.line(&format!("{}{}", proven(snapshot), known(root, snapshot)));
    }
    if none {
        said.line("no quarter is frozen here");
    }
    Ok(told(&report))
}

/// Proves one frozen quarter by its own manifest.
fn alone(folder: &Path, said: &Said) -> Result<Ending, ReadFailure> {
    let mut report = Report::default();
    let shown = folder.display().to_string();
    let documents = source::snapshot::of_folder(folder, &shown, &mut report)?;
    match prove(None, documents) {
        Ok(snapshot) if !report.has_errors() => {
            said.line(&proven(&snapshot));
            said.line("compare the id with the one that the memo prints, or with another copy's");
        }
        Ok(_) => {}
        Err(altered) => {
            for fault in altered {
                let name = fault.file.name();
                let place = nameless(format!("{shown}/{name}"));
                report.push(
                    Diagnostic::error("snapshot-altered", format!("{name} {}", fault.what))
                        .at(&Span::start_of(&place), "")
                        .help("save the three files from the memo's link once more"),
                );
            }
        }
    }
    Ok(told(&report))
}

fn told(report: &Report) -> Ending {
    if report.is_empty() {
        return Ending::Fine;
    }
    terminal::report(report);
    if report.has_errors() {
        Ending::ContentErrors
    } else {
        Ending::Fine
    }
}

fn proven(snapshot: &Snapshot) -> String {
    let manifest = &snapshot.manifest;
    let from = match (&manifest.commit, manifest.uncommitted) {
        (Some(commit), false) => format!("from commit {}", short(commit)),
        (Some(commit), true) => format!("from commit {} with changes since", short(commit)),
        (None, _) => "from content that no commit held".to_owned(),
    };
    format!(
        "{} is proven: id {}, frozen on {} {from}",
        snapshot.quarter,
        snapshot.short_id(),
        snapshot.frozen
    )
}

fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}

/// Whether the site's repository holds the commit.
fn known(root: &Path, snapshot: &Snapshot) -> &'static str {
    let commit = snapshot.manifest.commit.as_deref();
    match commit.and_then(|commit| provenance::knows(root, commit)) {
        Some(true) => "; this repository holds the commit",
        Some(false) => "; this repository doesn't hold the commit",
        None => "",
    }
}
