//! What a path below `content/` is.
//!
//! A file's stem says what it is. Whatever isn't known is a fault with a
//! suggestion, so that a misnamed file can't vanish silently.

use super::content_path::ContentPath;
use super::month::Month;
use super::quarter::Quarter;
use crate::diagnostic::{Diagnostic, nearest};

/// What a path below `content/` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Engagement,
    Questionnaire,
    Month(Month, MonthFile),
    Snapshot(Quarter, SnapshotFile),
    Page,
    Attachment,
}

/// A file of a month's folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MonthFile {
    /// `telemetry.yaml`.
    Telemetry,
    /// `leadership.yaml`.
    Leadership,
    /// `leadership.md`.
    Narrative,
    /// `fit-check.yaml`.
    FitCheck,
    /// `board.yaml`.
    Board,
    /// `board.md`.
    BoardSummary,
    /// One of the executive programme's files.
    Programme(ProgrammeFile),
    /// The text beside one of them.
    ProgrammeText(ProgrammeFile),
}

/// A file of the executive programme, by its stem: the pre-work and the four
/// sessions, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProgrammeFile {
    /// `pre-work`.
    PreWork,
    /// `end-state`.
    EndState,
    /// `current-state`.
    CurrentState,
    /// `path`.
    Path,
    /// `decision-brief`.
    DecisionBrief,
}

/// A file of a frozen quarter, the same in `content/board/` and where it is
/// published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SnapshotFile {
    /// The memo.
    Memo,
    /// Every figure that it shows.
    Facts,
    /// What proves the other two.
    Manifest,
}

impl MonthFile {
    /// Every file that a month's folder may hold.
    pub const ALL: [MonthFile; 16] = [
        MonthFile::Telemetry,
        MonthFile::Leadership,
        MonthFile::Narrative,
        MonthFile::FitCheck,
        MonthFile::Board,
        MonthFile::BoardSummary,
        MonthFile::Programme(ProgrammeFile::PreWork),
        MonthFile::ProgrammeText(ProgrammeFile::PreWork),
        MonthFile::Programme(ProgrammeFile::EndState),
        MonthFile::ProgrammeText(ProgrammeFile::EndState),
        MonthFile::Programme(ProgrammeFile::CurrentState),
        MonthFile::ProgrammeText(ProgrammeFile::CurrentState),
        MonthFile::Programme(ProgrammeFile::Path),
        MonthFile::ProgrammeText(ProgrammeFile::Path),
        MonthFile::Programme(ProgrammeFile::DecisionBrief),
        MonthFile::ProgrammeText(ProgrammeFile::DecisionBrief),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            MonthFile::Telemetry => "telemetry.yaml",
            MonthFile::Leadership => "leadership.yaml",
            MonthFile::Narrative => "leadership.md",
            MonthFile::FitCheck => "fit-check.yaml",
            MonthFile::Board => "board.yaml",
            MonthFile::BoardSummary => "board.md",
            MonthFile::Programme(file) => file.name(),
            MonthFile::ProgrammeText(file) => file.text_name(),
        }
    }
}

impl ProgrammeFile {
    /// All in order.
    pub const ALL: [ProgrammeFile; 5] = [
        ProgrammeFile::PreWork,
        ProgrammeFile::EndState,
        ProgrammeFile::CurrentState,
        ProgrammeFile::Path,
        ProgrammeFile::DecisionBrief,
    ];

    /// Its stem.
    pub fn stem(self) -> &'static str {
        let name = self.name();
        name.strip_suffix(".yaml").unwrap_or(name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            ProgrammeFile::PreWork => "pre-work.yaml",
            ProgrammeFile::EndState => "end-state.yaml",
            ProgrammeFile::CurrentState => "current-state.yaml",
            ProgrammeFile::Path => "path.yaml",
            ProgrammeFile::DecisionBrief => "decision-brief.yaml",
        }
    }

    /// The name of the text beside it.
    pub fn text_name(self) -> &'static str {
        match self {
            ProgrammeFile::PreWork => "pre-work.md",
            ProgrammeFile::EndState => "end-state.md",
            ProgrammeFile::CurrentState => "current-state.md",
            ProgrammeFile::Path => "path.md",
            ProgrammeFile::DecisionBrief => "decision-brief.md",
        }
    }
}

impl SnapshotFile {
    /// The three of them.
    pub const ALL: [SnapshotFile; 3] = [
        SnapshotFile::Memo,
        SnapshotFile::Facts,
        SnapshotFile::Manifest,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            SnapshotFile::Memo => "index.html",
            SnapshotFile::Facts => "facts.json",
            SnapshotFile::Manifest => "manifest.json",
        }
    }
}

/// What a path is.
///
/// # Errors
///
/// What is wrong with its name.
pub(super) fn kind(path: &ContentPath) -> Result<Kind, Diagnostic> {
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
            &[&*usual(name)],
            "content/pages/ holds markdown files, `name.md`, and what they refer to",
        )),
        ["pages", _] => Ok(Kind::Page),
        ["board", quarter, name] => snapshot_file(quarter, name),
        ["board", ..] => Err(not_frozen(path.name(), None)),
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

/// The month's file that a path may have been meant for.
pub(super) fn meant(path: &ContentPath) -> Option<Kind> {
    let month = path.folder().parse().ok()?;
    let near = like(path.name(), &MonthFile::ALL.map(MonthFile::name))?;
    let file = MonthFile::ALL
        .into_iter()
        .find(|file| file.name() == near)?;
    Some(Kind::Month(month, file))
}

/// The month's markdown file that an attachment's name was meant for:
/// `leadership.txt`.
pub(super) fn narrative_meant(path: &ContentPath) -> Option<&'static str> {
    path.month()?;
    let usual = usual(path.name());
    let names = MonthFile::ALL.map(MonthFile::name);
    let is_text = path.name().ends_with(".txt") && usual.ends_with(".md");
    names.into_iter().find(|name| is_text && *name == usual)
}

fn month_file(folder: &str, name: &str) -> Result<Kind, Diagnostic> {
    let Ok(month) = folder.parse() else {
        return Err(unknown_folder(folder));
    };
    if let Some(file) = MonthFile::ALL.into_iter().find(|file| file.name() == name) {
        return Ok(Kind::Month(month, file));
    }
    Err(unknown_file(
        name,
        &MonthFile::ALL.map(MonthFile::name),
        "a month's folder holds telemetry.yaml, leadership.yaml, leadership.md and fit-check.yaml, in a quarter's last month board.yaml and board.md, and the programme's pre-work, end-state, current-state, path and decision-brief, each .yaml and .md; a name that begins with `_` is a draft",
    ))
}

fn snapshot_file(folder: &str, name: &str) -> Result<Kind, Diagnostic> {
    let quarter = folder
        .parse()
        .ok()
        .filter(|quarter: &Quarter| quarter.slug() == folder);
    let file = SnapshotFile::ALL
        .into_iter()
        .find(|file| file.name() == name);
    match (quarter, file) {
        (Some(quarter), Some(file)) => Ok(Kind::Snapshot(quarter, file)),
        (Some(_), None) => {
            let near = like(name, &SnapshotFile::ALL.map(SnapshotFile::name));
            Err(not_frozen(name, near.map(ToOwned::to_owned)))
        }
        (None, _) => Err(match folder.parse().ok().map(Quarter::slug) {
            Some(slug) => not_frozen(folder, Some(slug)),
            None => not_frozen(name, None),
        }),
    }
}

fn not_frozen(name: &str, meant: Option<String>) -> Diagnostic {
    Diagnostic::error(
        "not-frozen",
        format!("`{name}` is no part of a frozen quarter"),
    )
    .help(match meant {
        Some(meant) => format!("`quarterdeck snapshot` calls it `{meant}`: give it its name back"),
        None => "content/board/ holds what `quarterdeck snapshot` wrote, and nothing by hand: move the file elsewhere".to_owned(),
    })
}

/// The known name that a file's was meant for: the nearest, or the one that
/// differs in what other programs call the same kind of file.
fn like<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let plain = usual(name);
    let same = known.iter().copied().find(|known| *known == plain);
    same.or_else(|| nearest(name, known.iter().copied()))
}

/// A file's name in lower case with the ending that is used here for its kind.
fn usual(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let Some((stem, ending)) = name.rsplit_once('.') else {
        return name;
    };
    match ending {
        "markdown" | "mdown" | "mkd" | "mdx" | "txt" => format!("{stem}.md"),
        "yml" | "json" | "toml" => format!("{stem}.yaml"),
        _ => name,
    }
}

fn unknown_file(name: &str, known: &[&str], otherwise: &str) -> Diagnostic {
    let known: Vec<&str> = known
        .iter()
        .copied()
        .filter(|known| *known != name)
        .collect();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let help = match like(name, &known) {
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
    let month = Month::meant_by(folder);
    if month.is_some() || folder.starts_with(|c: char| c.is_ascii_digit()) {
        return Diagnostic::error("not-a-month", format!("`{folder}` is not a month")).help(
            match month {
                Some(month) => {
                    format!("a month's folder is named by year and month: rename it to `{month}`")
                }
                None => {
                    "a month's folder is named by year and month: 2026-01 to 2026-12".to_owned()
                }
            },
        );
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
