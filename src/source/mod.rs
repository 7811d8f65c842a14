//! Stage: files to documents with spans.
//!
//! Reads `site.toml` and everything below `content/`. A file's stem says what
//! it is; whatever isn't known is reported with a suggestion, so that a
//! misnamed file can't vanish silently. Nothing is checked beyond the shape
//! of each document: that is the next stage's work.

mod blank;
mod classify;
pub mod content_path;
mod decode;
pub mod document;
pub mod field;
pub mod files;
mod filing;
pub mod markdown;
mod memory;
pub mod month;
mod node;
mod number;
mod opening;
pub mod quarter;
mod questionnaire;
pub mod reference;
pub mod schema;
mod settings;
pub mod snapshot;
mod syntax;
pub mod theme;
mod toml;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde::de::DeserializeOwned;

pub use classify::{MonthFile, ProgrammeFile, SnapshotFile};
pub use decode::forbidden;
pub use memory::{Grounds, Memory, Touched};

use crate::diagnostic::{Diagnostic, Report, SourceFile, Span, nearest};
use classify::Kind;
use content_path::ContentPath;
use document::{
    BoardFile, CurrentStateFile, DecisionBriefFile, EndStateFile, EngagementFile, FitCheckFile,
    LeadershipFile, PathFile, PreWorkFile, QuestionnaireFile, SettingsFile, TelemetryFile,
};
use files::{Found, ReadFailure};
use filing::read_or_kept;
use markdown::{Markdown, Target};
use memory::{Attached, Filed, Kept, Listing, Outcome, Stamp};
use month::Month;
use node::Node;
use quarter::Quarter;
use theme::OwnTheme;

/// Everything that an author wrote, each file read on its own.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// `site.toml`.
    pub settings: Document<SettingsFile>,
    /// `content/engagement.yaml`.
    pub engagement: Option<Document<EngagementFile>>,
    /// Whether `engagement.yaml` is there but has faults or another name.
    pub engagement_faulty: bool,
    /// `content/fit-check.yaml`, or the default if there is none; nothing if
    /// it can't be read.
    pub questionnaire: Option<Document<QuestionnaireFile>>,
    /// The month folders.
    pub months: BTreeMap<Month, MonthDocuments>,
    /// The frozen quarters.
    pub snapshots: BTreeMap<Quarter, SnapshotDocuments>,
    /// `content/pages/*.md`.
    pub pages: Vec<Arc<Markdown>>,
    /// Files that markdown refers to.
    pub attachments: BTreeMap<ContentPath, Arc<Vec<u8>>>,
    /// The theme's own files; none for the default theme.
    pub theme: OwnTheme,
    /// What all is judged by, if the files are kept for another time.
    pub grounds: Option<Grounds>,
    /// Whether a folder that may be a month's is misnamed, so that a month
    /// may be missing.
    pub month_lost: bool,
}

/// A file and what it holds.
#[derive(Clone, Debug)]
pub struct Document<T> {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The file's whole mapping.
    pub span: Span,
    /// What it holds.
    pub value: T,
}

/// What one month's folder holds.
#[derive(Clone, Debug, Default)]
pub struct MonthDocuments {
    /// `telemetry.yaml`.
    pub telemetry: Option<Arc<Document<TelemetryFile>>>,
    /// `leadership.yaml`.
    pub leadership: Option<Arc<Document<LeadershipFile>>>,
    /// Where the date of `leadership.yaml` is blank, if nothing of that file
    /// is filled in yet.
    pub unwritten: Option<Span>,
    /// `leadership.md`.
    pub narrative: Option<Arc<Markdown>>,
    /// `fit-check.yaml`.
    pub fit_check: Option<Arc<Document<FitCheckFile>>>,
    /// `board.yaml`.
    pub board: Option<Arc<Document<BoardFile>>>,
    /// `board.md`.
    pub board_summary: Option<Arc<Markdown>>,
    /// The executive programme's files.
    pub programme: ProgrammeDocuments,
    /// Files with faults of their own, misnamed ones among them. Those faults
    /// are reported; what only follows from them must not be.
    pub faulty: BTreeSet<MonthFile>,
}

/// What one month's folder holds of the executive programme.
#[derive(Clone, Debug, Default)]
pub struct ProgrammeDocuments {
    /// `pre-work.yaml`.
    pub pre_work: Option<Arc<Document<PreWorkFile>>>,
    /// `end-state.yaml`.
    pub end_state: Option<Arc<Document<EndStateFile>>>,
    /// `current-state.yaml`.
    pub current_state: Option<Arc<Document<CurrentStateFile>>>,
    /// `path.yaml`.
    pub path: Option<Arc<Document<PathFile>>>,
    /// `decision-brief.yaml`.
    pub decision_brief: Option<Arc<Document<DecisionBriefFile>>>,
    /// The texts beside them.
    pub texts: BTreeMap<ProgrammeFile, Arc<Markdown>>,
}

/// What one frozen quarter's folder holds, as bytes: they are published as
/// they are.
#[derive(Clone, Debug, Default)]
pub struct SnapshotDocuments {
    /// Each file that is there.
    pub files: BTreeMap<SnapshotFile, Arc<Vec<u8>>>,
}

impl MonthDocuments {
    /// Whether these are the very same files as read for another time. The
    /// programme's aren't looked at.
    pub fn are_the_same(&self, others: &MonthDocuments) -> bool {
        fn same<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
            match (one, other) {
                (Some(one), Some(other)) => Arc::ptr_eq(one, other),
                (None, None) => true,
                _ => false,
            }
        }
        let MonthDocuments {
            telemetry,
            leadership,
            unwritten,
            narrative,
            fit_check,
            board,
            board_summary,
            programme: _,
            faulty,
        } = self;
        same(telemetry.as_ref(), others.telemetry.as_ref())
            && same(leadership.as_ref(), others.leadership.as_ref())
            && *unwritten == others.unwritten
            && same(narrative.as_ref(), others.narrative.as_ref())
            && same(fit_check.as_ref(), others.fit_check.as_ref())
            && same(board.as_ref(), others.board.as_ref())
            && same(board_summary.as_ref(), others.board_summary.as_ref())
            && *faulty == others.faulty
    }
}

impl<T: Default> Default for Document<T> {
    fn default() -> Self {
        let file = files::nameless("site.toml".to_owned());
        Document {
            span: Span::start_of(&file),
            file,
            value: T::default(),
        }
    }
}

/// Reads a site's folder.
///
/// # Errors
///
/// [`ReadFailure`] if the system can't read what is there; faults of the
/// content are in the report.
pub fn read(root: &Path, report: &mut Report) -> Result<Documents, ReadFailure> {
    again(root, None, &mut Memory::default(), report)
}

/// The same, but files of the content that are as they were when they were
/// last read aren't parsed again.
///
/// # Errors
///
/// [`ReadFailure`] if the system can't read what is there. What is kept is
/// then what it was.
pub fn again(
    root: &Path,
    touched: Touched<'_>,
    memory: &mut Memory,
    report: &mut Report,
) -> Result<Documents, ReadFailure> {
    let settings = read_settings(root, report)?;
    let theme = theme::read(root, &settings, report)?;
    let content = root.join("content");
    let mut documents = Documents {
        settings,
        theme,
        ..Documents::default()
    };
    let listing = match memory.listed(touched) {
        Some(listing) => listing,
        None => documents.list(&content, memory, report)?,
    };
    report.append(listing.said.clone());
    let (files, paths) = (&listing.files, &listing.paths);
    let same_paths = memory.has_paths(&listing);
    let read_all = || {
        // What was touched takes the longest, and begins first.
        let (mut order, rest): (Vec<usize>, Vec<usize>) =
            (0..files.len()).partition(|at| memory::names(touched, &files[*at].2));
        order.extend(rest);
        let read = order.into_par_iter().with_max_len(1).map(|at| {
            let (kind, path, found) = &files[at];
            let kept = memory.kept(at, path, same_paths);
            let read = read_or_kept(*kind, path, found, paths, (kept, touched))?;
            Ok((at, read))
        });
        let mut read = read.collect::<Result<Vec<(usize, Option<Kept>)>, ReadFailure>>()?;
        read.sort_unstable_by_key(|(at, _)| *at);
        Ok(read.into_iter().map(|(_, read)| read).collect::<Vec<_>>())
    };
    let mut kinds = files.iter().map(|(kind, ..)| *kind);
    let asks_own = kinds.any(|kind| kind == Kind::Questionnaire);
    let (read, asked) = rayon::join(read_all, || (!asks_own).then(questionnaire::default));
    let read = read?;
    if let Some((questionnaire, said)) = asked {
        documents.questionnaire = questionnaire;
        report.append(said);
    }
    let outcomes = files.iter().zip(&read).filter_map(|((kind, ..), read)| {
        let outcome = read.as_ref()?.outcome.clone();
        Some((*kind, outcome))
    });
    let outcomes: Vec<(Kind, Outcome)> = outcomes.collect();
    documents.grounds = memory.grounds(&outcomes);
    // Before they are filed: what nobody keeps is then the documents' own.
    memory.keep(&listing, read);
    for (kind, Outcome { filing, faults }) in outcomes {
        if faults.has_errors() {
            documents.doubt(kind);
        }
        report.append(faults);
        if let Some(filing) = filing {
            filing.file(&mut documents);
        }
    }
    let attached = read_attachments(&documents, files, (memory, touched), report)?;
    documents.attachments = memory.keep_attached(attached);
    Ok(documents)
}

impl Documents {
    /// Notes that a file has faults.
    fn doubt(&mut self, kind: Kind) {
        self.engagement_faulty |= kind == Kind::Engagement;
        if let Kind::Month(at, file) = kind {
            self.month(at).faulty.insert(file);
        }
    }

    /// What there is below a folder, and what each file of it is.
    fn list(
        &mut self,
        content: &Path,
        memory: &mut Memory,
        report: &mut Report,
    ) -> Result<Arc<Listing>, ReadFailure> {
        memory.list(None);
        let mut said = Report::default();
        let found = files::below(content, "content", &mut said)?;
        let paths = found.iter();
        let paths = paths.filter_map(|file| ContentPath::new(&file.below));
        let paths = paths.collect();
        let mut misnamed = Report::default();
        let files = self.classify(found, &mut misnamed);
        let listing = Arc::new(Listing { files, paths, said });
        // What a misnamed file may be is asked anew.
        memory.list(misnamed.is_empty().then(|| Arc::clone(&listing)));
        report.append(misnamed);
        Ok(listing)
    }

    /// What each path is; whatever isn't known is reported.
    fn classify(&mut self, found: Vec<Found>, report: &mut Report) -> Vec<Filed> {
        let mut classed = Vec::new();
        let mut bad_folders = BTreeSet::new();
        for file in found {
            let Some(path) = ContentPath::new(&file.below) else {
                continue;
            };
            match classify::kind(&path) {
                Ok(kind) => classed.push((kind, path, file)),
                Err(fault) => {
                    self.doubt_instead_of(&path);
                    // One misnamed folder is one fault, however many files it holds.
                    let concerns_folder =
                        fault.code == "unknown-folder" || fault.code == "not-a-month";
                    self.month_lost |= fault.code == "not-a-month";
                    let top = path
                        .as_str()
                        .split('/')
                        .next()
                        .unwrap_or_default()
                        .to_owned();
                    if !concerns_folder || bad_folders.insert(top.clone()) {
                        let shown = if concerns_folder {
                            format!("content/{top}/")
                        } else {
                            format!("content/{path}")
                        };
                        let place = files::nameless(shown);
                        report.push(fault.at(&Span::start_of(&place), ""));
                    }
                }
            }
        }
        classed
    }

    /// A misnamed file is there, and what it holds isn't known:
    /// `leadership.yml` is no missing session.
    fn doubt_instead_of(&mut self, path: &ContentPath) {
        self.engagement_faulty |=
            path.folder().is_empty() && nearest(path.name(), ["engagement.yaml"]).is_some();
        if let Some(meant) = classify::meant(path) {
            self.doubt(meant);
        }
    }

    fn month(&mut self, month: Month) -> &mut MonthDocuments {
        self.months.entry(month).or_default()
    }

    /// Every markdown file of the content.
    pub fn markdown(&self) -> impl Iterator<Item = &Markdown> {
        let narratives = self.months.values().flat_map(|month| {
            let told = month.narrative.iter().chain(&month.board_summary);
            told.chain(month.programme.texts.values())
        });
        narratives.chain(&self.pages).map(|markdown| &**markdown)
    }
}

fn yaml_document<T: DeserializeOwned>(
    file: &Arc<SourceFile>,
    what: &str,
    report: &mut Report,
) -> Option<Document<T>> {
    let node = yaml_tree(file, report)?;
    document_of(file, node, what, report)
}

fn yaml_tree(file: &Arc<SourceFile>, report: &mut Report) -> Option<Node> {
    yaml::parse(file).map_err(|fault| report.push(fault)).ok()
}

fn document_of<T: DeserializeOwned>(
    file: &Arc<SourceFile>,
    node: Node,
    what: &str,
    report: &mut Report,
) -> Option<Document<T>> {
    decode::decode(&node, what, report).map(|value| Document {
        file: Arc::clone(file),
        span: node.span,
        value,
    })
}

/// Reads `site.toml` alone.
///
/// # Errors
///
/// [`ReadFailure`] if the file is there and the system can't read it.
pub fn read_settings(
    root: &Path,
    report: &mut Report,
) -> Result<Document<SettingsFile>, ReadFailure> {
    let found = Found {
        below: "site.toml".to_owned(),
        path: root.join("site.toml"),
        root: None,
    };
    match fs::symlink_metadata(&found.path) {
        // Only then: one that can't be seen may say that the site is sealed.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            settings::misnamed(root, report);
            return Ok(Document::default());
        }
        Err(error) => {
            let path = found.path;
            return Err(ReadFailure { path, error });
        }
        Ok(_) => {}
    }
    let Some(file) = files::text(&found, "site.toml", report)? else {
        return Ok(Document::default());
    };
    let node = toml::parse(&file, report);
    let value = decode::decode(&node, "site.toml", report).unwrap_or_default();
    Ok(Document {
        span: node.span,
        file,
        value,
    })
}

fn read_attachments(
    documents: &Documents,
    files: &[Filed],
    (memory, touched): (&Memory, Touched<'_>),
    report: &mut Report,
) -> Result<BTreeMap<ContentPath, Attached>, ReadFailure> {
    let wanted: BTreeSet<&ContentPath> = documents
        .markdown()
        .flat_map(|markdown| markdown.targets.values())
        .filter_map(|target| match target {
            Target::Attachment(path) => Some(path),
            _ => None,
        })
        .collect();
    let mut attachments = BTreeMap::new();
    for (_, path, found) in files.iter().filter(|(kind, ..)| *kind == Kind::Attachment) {
        let shown = format!("content/{path}");
        if wanted.contains(path) {
            if let Some(attached) = memory.attached(path, found, touched) {
                attachments.insert(path.clone(), attached);
                continue;
            }
            // Before it is read: what is written in between is seen the next time.
            let stamp = Stamp::of(&found.path);
            if let Some(bytes) = files::bytes(found, &shown, report)? {
                attachments.insert(path.clone(), Attached::new(stamp, bytes));
            }
        } else {
            report.push(
                Diagnostic::warning(
                    "unused-attachment",
                    "no markdown file refers to this one, so it isn't published",
                )
                .at(&Span::start_of(&files::nameless(shown)), "")
                .help(match classify::narrative_meant(path) {
                    Some(name) => format!(
                        "a file with a similar name is known: rename it to `{name}`; or refer to it"
                    ),
                    None => {
                        "refer to it, or remove it; a name that begins with `_` keeps it as a draft"
                            .to_owned()
                    }
                }),
            );
        }
    }
    Ok(attachments)
}
