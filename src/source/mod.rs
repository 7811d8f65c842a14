//! Stage: files to documents with spans.
//!
//! Reads `site.toml` and everything below `content/`. A file's stem says what
//! it is; whatever isn't known is reported with a suggestion, so that a
//! misnamed file can't vanish silently. Nothing is checked beyond the shape
//! of each document: that is the next stage's work.

pub mod content_path;
mod decode;
pub mod document;
pub mod field;
pub mod files;
pub mod markdown;
pub mod month;
mod node;
mod number;
mod questionnaire;
mod syntax;
mod toml;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, Report, SourceFile, Span, nearest};
use content_path::ContentPath;
use document::{
    EngagementFile, FitCheckFile, LeadershipFile, QuestionnaireFile, SettingsFile, TelemetryFile,
};
use files::{Found, ReadFailure};
use markdown::{Markdown, Target};
use month::Month;

/// Everything that an author wrote, each file read on its own.
#[derive(Debug, Default)]
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
    /// `content/pages/*.md`.
    pub pages: Vec<Markdown>,
    /// Files that markdown refers to.
    pub attachments: BTreeMap<ContentPath, Vec<u8>>,
    /// The theme's own files by their path below its folder; empty for the
    /// default theme.
    pub theme: BTreeMap<String, Vec<u8>>,
    /// Whether a folder that may be a month's is misnamed, so that a month
    /// may be missing.
    pub month_lost: bool,
}

/// A file and what it holds.
#[derive(Debug)]
pub struct Document<T> {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The file's whole mapping.
    pub span: Span,
    /// What it holds.
    pub value: T,
}

/// What one month's folder holds.
#[derive(Debug, Default)]
pub struct MonthDocuments {
    /// `telemetry.yaml`.
    pub telemetry: Option<Document<TelemetryFile>>,
    /// `leadership.yaml`.
    pub leadership: Option<Document<LeadershipFile>>,
    /// `leadership.md`.
    pub narrative: Option<Markdown>,
    /// `fit-check.yaml`.
    pub fit_check: Option<Document<FitCheckFile>>,
    /// Files with faults of their own, misnamed ones among them. Those faults
    /// are reported; what only follows from them must not be.
    pub faulty: BTreeSet<&'static str>,
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

/// What a path below `content/` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Engagement,
    Questionnaire,
    Telemetry(Month),
    Leadership(Month),
    Narrative(Month),
    FitCheck(Month),
    Page,
    Attachment,
}

/// One file, read.
enum Parsed {
    Engagement(Document<EngagementFile>),
    Questionnaire(Box<Document<QuestionnaireFile>>),
    Telemetry(Month, Box<Document<TelemetryFile>>),
    Leadership(Month, Box<Document<LeadershipFile>>),
    Narrative(Month, Markdown),
    FitCheck(Month, Document<FitCheckFile>),
    Page(Markdown),
}

const MONTH_FILES: [&str; 4] = [
    "telemetry.yaml",
    "leadership.yaml",
    "leadership.md",
    "fit-check.yaml",
];
/// Files that belong to an engagement but that this version doesn't read.
const LATER_FILES: [&str; 12] = [
    "pre-work.yaml",
    "pre-work.md",
    "end-state.yaml",
    "end-state.md",
    "current-state.yaml",
    "current-state.md",
    "path.yaml",
    "path.md",
    "decision-brief.yaml",
    "decision-brief.md",
    "board.yaml",
    "board.md",
];

/// Reads a site's folder.
///
/// # Errors
///
/// [`ReadFailure`] if the system can't read what is there; faults of the
/// content are in the report.
pub fn read(root: &Path, report: &mut Report) -> Result<Documents, ReadFailure> {
    let settings = read_settings(root, report)?;
    let theme = read_theme(root, &settings, report)?;
    let found = files::below(&root.join("content"), "content", report)?;
    let mut documents = Documents {
        settings,
        theme,
        ..Documents::default()
    };
    let paths: Vec<ContentPath> = found
        .iter()
        .filter_map(|file| ContentPath::new(&file.below))
        .collect();
    let classed = documents.classify(found, report);
    let parsed: Vec<Result<(Option<Parsed>, Report), ReadFailure>> = classed
        .par_iter()
        .map(|(kind, path, found)| {
            let mut report = Report::default();
            let parsed = parse(*kind, path, found, &paths, &mut report)?;
            Ok((parsed, report))
        })
        .collect();
    if !classed
        .iter()
        .any(|(kind, ..)| *kind == Kind::Questionnaire)
    {
        documents.questionnaire = questionnaire::default(report);
    }
    for ((kind, ..), result) in classed.iter().zip(parsed) {
        let (parsed, faults) = result?;
        if faults.has_errors() {
            documents.doubt(*kind);
        }
        report.append(faults);
        if let Some(parsed) = parsed {
            documents.add(parsed);
        }
    }
    documents.attachments = read_attachments(&documents, &classed, report)?;
    Ok(documents)
}

impl Documents {
    fn add(&mut self, parsed: Parsed) {
        match parsed {
            Parsed::Engagement(document) => self.engagement = Some(document),
            Parsed::Questionnaire(document) => self.questionnaire = Some(*document),
            Parsed::Telemetry(at, document) => self.month(at).telemetry = Some(*document),
            Parsed::Leadership(at, document) => self.month(at).leadership = Some(*document),
            Parsed::Narrative(at, markdown) => self.month(at).narrative = Some(markdown),
            Parsed::FitCheck(at, document) => self.month(at).fit_check = Some(document),
            Parsed::Page(markdown) => self.pages.push(markdown),
        }
    }

    /// Notes that a file has faults.
    fn doubt(&mut self, kind: Kind) {
        self.engagement_faulty |= kind == Kind::Engagement;
        let (at, name) = match kind {
            Kind::Telemetry(at) => (at, MONTH_FILES[0]),
            Kind::Leadership(at) => (at, MONTH_FILES[1]),
            Kind::Narrative(at) => (at, MONTH_FILES[2]),
            Kind::FitCheck(at) => (at, MONTH_FILES[3]),
            Kind::Engagement | Kind::Questionnaire | Kind::Page | Kind::Attachment => return,
        };
        self.month(at).faulty.insert(name);
    }

    /// What each path is; whatever isn't known is reported.
    fn classify(
        &mut self,
        found: Vec<Found>,
        report: &mut Report,
    ) -> Vec<(Kind, ContentPath, Found)> {
        let mut classed = Vec::new();
        let mut bad_folders = BTreeSet::new();
        for file in found {
            let Some(path) = ContentPath::new(&file.below) else {
                continue;
            };
            match kind(&path) {
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
        let meant = nearest(path.name(), MONTH_FILES)
            .and_then(|meant| month_file(path.folder(), meant).ok());
        if let Some(meant) = meant {
            self.doubt(meant);
        }
    }

    fn month(&mut self, month: Month) -> &mut MonthDocuments {
        self.months.entry(month).or_default()
    }

    /// Every markdown file of the content.
    pub fn markdown(&self) -> impl Iterator<Item = &Markdown> {
        let narratives = self
            .months
            .values()
            .filter_map(|month| month.narrative.as_ref());
        narratives.chain(&self.pages)
    }
}

fn kind(path: &ContentPath) -> Result<Kind, Diagnostic> {
    let parts: Vec<&str> = path.as_str().split('/').collect();
    match parts[..] {
        ["engagement.yaml"] => Ok(Kind::Engagement),
        ["fit-check.yaml"] => Ok(Kind::Questionnaire),
        [name] => Err(unknown_file(
            name,
            &["engagement.yaml", "fit-check.yaml"],
            "content/ itself holds engagement.yaml and fit-check.yaml; a month's files lie in its folder, such as content/2026-10/",
        )),
        ["pages", _] if path.is_attachment() => Ok(Kind::Attachment),
        ["pages", name] if path.stem_and_ending().1 != "md" => Err(unknown_file(
            name,
            &[],
            "content/pages/ holds markdown files, `name.md`, and what they refer to",
        )),
        ["pages", _] => Ok(Kind::Page),
        ["board", ..] => Err(not_read_yet("content/board/")),
        [folder, ..] if folder.parse::<Month>().is_err() => Err(unknown_folder(folder)),
        [_, ..] if path.is_attachment() => Ok(Kind::Attachment),
        [folder, name] => month_file(folder, name),
        _ => Err(unknown_file(
            path.name(),
            &[],
            "a month's folder has no folders below it, but for images and attachments",
        )),
    }
}

fn month_file(folder: &str, name: &str) -> Result<Kind, Diagnostic> {
    let Ok(month) = folder.parse() else {
        return Err(unknown_folder(folder));
    };
    match name {
        "telemetry.yaml" => Ok(Kind::Telemetry(month)),
        "leadership.yaml" => Ok(Kind::Leadership(month)),
        "leadership.md" => Ok(Kind::Narrative(month)),
        "fit-check.yaml" => Ok(Kind::FitCheck(month)),
        name if LATER_FILES.contains(&name) => Err(not_read_yet(name)),
        name => Err(unknown_file(
            name,
            &MONTH_FILES,
            "a month's folder holds telemetry.yaml, leadership.yaml, leadership.md and fit-check.yaml; a name that begins with `_` is a draft",
        )),
    }
}

fn unknown_file(name: &str, known: &[&str], otherwise: &str) -> Diagnostic {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let help = match nearest(name, known.iter().copied()) {
        _ if ["html", "htm", "svg", "js", "xhtml"].contains(&&*ending.to_ascii_lowercase()) => {
            format!(
                "a browser would run what `.{ending}` holds, so it isn't published: save it as an image or a PDF"
            )
        }
        Some(near) => format!("a file with a similar name is known: rename it to `{near}`"),
        None => otherwise.to_owned(),
    };
    Diagnostic::error(
        "unknown-file",
        format!("`{name}` is not a file that is known here"),
    )
    .help(help)
}

fn unknown_folder(folder: &str) -> Diagnostic {
    if folder.starts_with(|c: char| c.is_ascii_digit()) {
        return Diagnostic::error("not-a-month", format!("`{folder}` is not a month"))
            .help("a month's folder is named by year and month: 2026-01 to 2026-12");
    }
    let help = match nearest(folder, ["pages", "board"]) {
        Some(near) => format!("a folder with a similar name is known: rename it to `{near}`"),
        None => "content/ holds a folder a month, such as 2026-10, and pages; a name that begins with `_` is a draft".to_owned(),
    };
    Diagnostic::error(
        "unknown-folder",
        format!("`{folder}` is not a folder that is known here"),
    )
    .help(help)
}

fn not_read_yet(name: &str) -> Diagnostic {
    Diagnostic::error(
        "not-read-yet",
        format!("`{name}` is not read by this version"),
    )
    .help("put `_` before its name to keep it as a draft until it is")
}

fn parse(
    kind: Kind,
    path: &ContentPath,
    found: &Found,
    paths: &[ContentPath],
    report: &mut Report,
) -> Result<Option<Parsed>, ReadFailure> {
    if kind == Kind::Attachment {
        return Ok(None);
    }
    let Some(file) = files::text(found, &format!("content/{path}"), report)? else {
        return Ok(None);
    };
    Ok(match kind {
        Kind::Engagement => yaml_document(&file, "engagement", report).map(Parsed::Engagement),
        Kind::Questionnaire => yaml_document(&file, "questionnaire", report)
            .map(|document| Parsed::Questionnaire(Box::new(document))),
        Kind::Telemetry(month) => yaml_document(&file, "telemetry", report)
            .map(|document| Parsed::Telemetry(month, Box::new(document))),
        Kind::Leadership(month) => yaml_document(&file, "leadership", report)
            .map(|document| Parsed::Leadership(month, Box::new(document))),
        Kind::FitCheck(month) => yaml_document(&file, "fit-check", report)
            .map(|document| Parsed::FitCheck(month, document)),
        Kind::Narrative(month) => Some(Parsed::Narrative(
            month,
            markdown::parse(&file, path, paths, report),
        )),
        Kind::Page => Some(Parsed::Page(markdown::parse(&file, path, paths, report))),
        Kind::Attachment => None,
    })
}

fn yaml_document<T: DeserializeOwned>(
    file: &Arc<SourceFile>,
    what: &str,
    report: &mut Report,
) -> Option<Document<T>> {
    match yaml::parse(file) {
        Ok(node) => decode::decode(&node, what, report).map(|value| Document {
            file: Arc::clone(file),
            span: node.span,
            value,
        }),
        Err(fault) => {
            report.push(fault);
            None
        }
    }
}

fn read_settings(root: &Path, report: &mut Report) -> Result<Document<SettingsFile>, ReadFailure> {
    let found = Found {
        below: "site.toml".to_owned(),
        path: root.join("site.toml"),
    };
    if !found.path.exists() {
        return Ok(Document::default());
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

fn read_theme(
    root: &Path,
    settings: &Document<SettingsFile>,
    report: &mut Report,
) -> Result<BTreeMap<String, Vec<u8>>, ReadFailure> {
    let mut theme = BTreeMap::new();
    let field::Field::Given(name, range) = &settings.value.theme else {
        return Ok(theme);
    };
    let folder = root.join("themes").join(name);
    let plain = !name.is_empty() && !name.contains(['/', '\\', '.']);
    if name == "default" {
        return Ok(theme);
    }
    if !plain || !folder.is_dir() {
        report.push(
            Diagnostic::error("unknown-theme", format!("there is no theme `{name}`"))
                .at(&Span::new(&settings.file, range.clone()), "")
                .help("`default` is built in; any other is a folder below themes/ with the files that differ"),
        );
        return Ok(theme);
    }
    let shown = format!("themes/{name}");
    for found in files::below(&folder, &shown, report)? {
        if let Some(bytes) = files::bytes(&found, &format!("{shown}/{}", found.below), report)? {
            theme.insert(found.below, bytes);
        }
    }
    Ok(theme)
}

fn read_attachments(
    documents: &Documents,
    classed: &[(Kind, ContentPath, Found)],
    report: &mut Report,
) -> Result<BTreeMap<ContentPath, Vec<u8>>, ReadFailure> {
    let wanted: BTreeSet<&ContentPath> = documents
        .markdown()
        .flat_map(|markdown| markdown.targets.values())
        .filter_map(|target| match target {
            Target::Attachment(path) => Some(path),
            _ => None,
        })
        .collect();
    let mut attachments = BTreeMap::new();
    for (_, path, found) in classed
        .iter()
        .filter(|(kind, ..)| *kind == Kind::Attachment)
    {
        let shown = format!("content/{path}");
        if wanted.contains(path) {
            if let Some(bytes) = files::bytes(found, &shown, report)? {
                attachments.insert(path.clone(), bytes);
            }
        } else {
            report.push(
                Diagnostic::warning(
                    "unused-attachment",
                    "no markdown file refers to this one, so it isn't published",
                )
                .at(&Span::start_of(&files::nameless(shown)), "")
                .help("refer to it, or remove it; a name that begins with `_` keeps it as a draft"),
            );
        }
    }
    Ok(attachments)
}
