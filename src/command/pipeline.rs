//! The whole way from a site's folder to its bundle.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use super::terminal::{self, Told};
use super::{Ending, provenance, whereabouts};
use crate::diagnostic::Report;
use crate::engagement::{self, Doubtful, Engagement};
use crate::insight::{self, Insights, caution};
use crate::publish::{self, bundle::Bundle};
use crate::site::route::SitePath;
use crate::site::theme::Theme;
use crate::source::Touched;
use crate::source::files::ReadFailure;
use crate::{site, source};

/// A site that was read and, if its content has no errors, rendered.
pub struct Assembled {
    /// The firm and the output folder, if there is an engagement.
    pub engagement: Option<Arc<Engagement>>,
    /// The site; none if the content has errors.
    pub bundle: Option<Bundle>,
    /// Everything that was found.
    pub report: Report,
    /// The number of pages.
    pub pages: usize,
    /// The theme that rendered them; none if the content has errors.
    pub theme: Option<Arc<Theme>>,
    /// What was made on the way.
    behind: Behind,
}

/// Kept until all else is done: while a site is written, every thread has better
/// to do than to give memory back.
#[derive(Default)]
struct Behind(Option<Memory>);

impl Drop for Behind {
    fn drop(&mut self) {
        if let Some(memory) = self.0.take() {
            leave(memory);
        }
    }
}

/// Leaves what nobody asks for any more to a thread that has nothing else to do,
/// and to the program's end if that comes first: to give back a site takes a tenth
/// of a build.
pub fn leave(what: impl Send + 'static) {
    rayon::spawn(move || drop(what));
}

/// Reads, checks, derives and renders a site, and writes nothing.
///
/// # Errors
///
/// [`ReadFailure`] if the system can't read the folder.
pub fn assemble(root: &Path, as_of: Option<NaiveDate>) -> Result<Assembled, ReadFailure> {
    assemble_at(root, as_of, || {
        provenance::provenance(root).map(|commit| commit.shown())
    })
}

/// The same for a site whose pages are to show this commit. Asked for only if
/// there are any.
///
/// # Errors
///
/// [`ReadFailure`] if the system can't read the folder.
pub fn assemble_at(
    root: &Path,
    as_of: Option<NaiveDate>,
    commit: impl FnOnce() -> Option<String> + Send,
) -> Result<Assembled, ReadFailure> {
    let mut memory = Memory::default();
    let mut assembled = assemble_again(root, as_of, commit, None, &mut memory)?;
    assembled.behind = Behind(Some(memory));
    Ok(assembled)
}

/// What is kept of a site between two builds of it. One that was made by
/// `default` forgets.
#[derive(Debug, Default)]
pub struct Memory {
    documents: source::Memory,
    engagement: engagement::Memory,
    insights: insight::Memory,
    site: site::Memory,
    bundle: publish::Memory,
}

impl Memory {
    /// One that keeps what is made.
    pub fn keeping() -> Self {
        Memory {
            documents: source::Memory::keeping(),
            engagement: engagement::Memory::keeping(),
            insights: insight::Memory::default(),
            site: site::Memory::keeping(),
            bundle: publish::Memory::default(),
        }
    }

    /// The pages that were made for the last good build, and not taken over
    /// from the one before.
    pub fn remade(&self) -> &[SitePath] {
        self.bundle.remade()
    }
}

/// The same again: what isn't reached by what was touched since is taken over
/// from the memory. The outcome is the same as without one.
///
/// # Errors
///
/// [`ReadFailure`] if the system can't read the folder.
pub fn assemble_again(
    root: &Path,
    as_of: Option<NaiveDate>,
    commit: impl FnOnce() -> Option<String> + Send,
    touched: Touched<'_>,
    memory: &mut Memory,
) -> Result<Assembled, ReadFailure> {
    Theme::make_ready();
    // On one of rayon's own threads: another would wait for them to be woken, and
    // to be woken by them, for each of a dozen parts that are done side by side.
    rayon::scope(|_| in_order(root, as_of, commit, touched, memory))
}

/// One stage after the other.
fn in_order(
    root: &Path,
    as_of: Option<NaiveDate>,
    commit: impl FnOnce() -> Option<String>,
    touched: Touched<'_>,
    memory: &mut Memory,
) -> Result<Assembled, ReadFailure> {
    let mut report = Report::default();
    let documents = source::again(root, touched, &mut memory.documents, &mut report)?;
    let grounds = documents.grounds.clone();
    let engagement = engagement::again(documents, as_of, &mut memory.engagement, &mut report);
    let mut assembled = Assembled {
        engagement: engagement.map(Arc::new),
        bundle: None,
        report,
        pages: 0,
        theme: None,
        behind: Behind::default(),
    };
    let Some(engagement) = &assembled.engagement else {
        return Ok(assembled);
    };
    let report = &mut assembled.report;
    // Of faulty files it isn't known what was dropped.
    let grounds = grounds.filter(|_| !report.has_errors());
    let insights = insight::again(engagement, grounds, &mut memory.insights);
    if report.has_errors() {
        dead_links(engagement, &insights, report);
        return Ok(assembled);
    }
    // Only of sound content: a misspelt seat isn't a stranger in the room.
    for caution in caution::cautions(engagement, &insights) {
        report.push(caution);
    }
    let commit = commit();
    let made = site::again(
        engagement,
        &insights,
        commit.as_deref(),
        &mut memory.site,
        report,
    );
    if let Some(site) = made {
        assembled.pages = site.pages.len();
        assembled.bundle = publish::again(&site, &mut memory.bundle, report);
        assembled.theme = Some(site.theme);
    }
    Ok(assembled)
}

/// Adds the links that lead nowhere to a report that stops the build for
/// other reasons, so that one run names every fault. Links to what those
/// faults may have taken away are passed over.
fn dead_links(engagement: &Engagement, insights: &Insights, report: &mut Report) {
    let mut found = Report::default();
    if let Some(site) = site::site(engagement, insights, None, &mut found) {
        publish::render(&site, &mut found);
    }
    let doubtful = |written: &str| match &engagement.doubtful {
        Doubtful::Any => true,
        Doubtful::Months(months) => months
            .iter()
            .any(|month| written.contains(&month.to_string())),
    };
    // No reader follows links, so none of these was said before.
    for fault in found.sorted() {
        let sure = fault
            .span
            .as_ref()
            .is_some_and(|span| !doubtful(span.text()));
        if sure && fault.code == "broken-link" {
            report.push(fault.clone());
        }
    }
}

/// Assembles a site and tells what was found; a warning may stop the build.
///
/// # Errors
///
/// The command's ending, already explained, if there is no site to read.
pub fn assembled(
    root: &Path,
    as_of: Option<NaiveDate>,
    deny_warnings: bool,
    quiet: bool,
    told: &mut Told,
) -> Result<Assembled, Ending> {
    let mut assembled = attempted(root, as_of).map_err(|failure| told.failure(&failure))?;
    if deny_warnings {
        assembled.report.deny_warnings();
    }
    let report = &assembled.report;
    if !report.is_empty() && (!quiet || report.stops()) {
        told.report(report);
    }
    Ok(assembled)
}

/// Assembles a site and prints what was found, at once.
///
/// # Errors
///
/// The command's ending, already explained, if there is no site to read.
pub fn told(root: &Path, as_of: Option<NaiveDate>, quiet: bool) -> Result<Assembled, Ending> {
    terminal::at_once(|told| assembled(root, as_of, false, quiet, told))
}

/// Why a site was not even read.
#[derive(Clone, Debug)]
pub struct Failure {
    /// How the command ends.
    pub ending: Ending,
    /// What went wrong.
    pub what: String,
    /// What to do.
    pub help: String,
}

impl Failure {
    /// Explains it at the terminal.
    fn tell(&self) -> Ending {
        terminal::failed(self.ending, &self.what, &self.help)
    }
}

impl From<&ReadFailure> for Failure {
    fn from(failure: &ReadFailure) -> Failure {
        Failure {
            ending: Ending::SystemFailed,
            what: failure.to_string(),
            help: "check that the file is there and that you may read it".to_owned(),
        }
    }
}

/// Assembles what may be a site, and tells nothing.
///
/// # Errors
///
/// [`Failure`] if there is no site to read.
pub fn attempted(root: &Path, as_of: Option<NaiveDate>) -> Result<Assembled, Failure> {
    whereabouts::site(root)?;
    assemble(root, as_of).map_err(|failure| Failure::from(&failure))
}

/// Explains that the system failed to read.
pub fn unreadable(failure: &ReadFailure) -> Ending {
    Failure::from(failure).tell()
}

/// Whether a folder holds a site; says what is missing if it doesn't.
///
/// # Errors
///
/// The command's ending, already explained, if it holds none.
pub fn holds_site(root: &Path) -> Result<(), Ending> {
    whereabouts::site(root).map_err(|failure| failure.tell())
}

/// The output folder of a site: what the command line says, else what
/// `site.toml` does.
pub fn output(root: &Path, asked: Option<&PathBuf>, engagement: Option<&Engagement>) -> PathBuf {
    let named = engagement.map_or("public", |engagement| &engagement.settings.output);
    asked.cloned().unwrap_or_else(|| within(root, named))
}

/// A place below a site's folder as it is shown: `public`, not `./public`.
pub fn within(root: &Path, name: &str) -> PathBuf {
    let place = root.join(name);
    place.strip_prefix(".").map(Path::to_owned).unwrap_or(place)
}

/// What a build may never write over.
pub fn protected(root: &Path) -> Vec<PathBuf> {
    ["content", "themes", "site.toml", ".git"]
        .map(|name| within(root, name))
        .into_iter()
        .filter(|path| path.exists())
        .collect()
}
