//! A frozen quarter, as the rest of the engagement needs it: its bytes, and
//! what its memo shows.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::kpi::Kpi;
use crate::diagnostic::{Diagnostic, Report, Span};
use crate::source::document::Answer;
use crate::source::document::snapshot::{FactsFile, FrozenFile, ManifestFile};
use crate::source::files::nameless;
use crate::source::month::Month;
use crate::source::quarter::Quarter;
use crate::source::{SnapshotDocuments, SnapshotFile};

/// A frozen quarter.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The quarter.
    pub quarter: Quarter,
    /// What proves it.
    pub manifest: ManifestFile,
    /// The day of freezing.
    pub frozen: NaiveDate,
    /// The SHA-256 of `facts.json` in hexadecimal, which the memo prints.
    pub facts_hash: String,
    /// What the memo shows.
    pub facts: FactsFile,
    /// The three files, to be published as they are.
    pub files: BTreeMap<SnapshotFile, Arc<Vec<u8>>>,
}

/// A figure that a memo shows and that the content still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// A KPI at the Fit Check.
    Baseline(Kpi),
    /// A KPI in a month.
    Value(Kpi, Month),
    /// A month's closing answer.
    Answer(Month),
}

/// What a figure is or was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// A KPI's value in its own unit; none if it was not reported.
    Number(Option<f64>),
    /// A closing answer; none if no session was held.
    Answer(Option<Answer>),
}

impl Figure {
    /// Its name in `facts.json`.
    pub fn key(self) -> &'static str {
        match self {
            Figure::Baseline(kpi) | Figure::Value(kpi, _) => kpi.key(),
            Figure::Answer(_) => "paying_for_itself",
        }
    }
}

impl Reading {
    /// Whether two readings are the same, but for the last digits of the
    /// machine's arithmetic.
    pub fn is(self, other: Reading) -> bool {
        match (self, other) {
            (Reading::Number(Some(one)), Reading::Number(Some(other))) => {
                (one - other).abs() <= 1e-9 * one.abs().max(1.0)
            }
            _ => self == other,
        }
    }
}

/// Hexadecimal digits of a SHA-256 that identify a snapshot to a person.
const SHORT: usize = 8;

impl Snapshot {
    /// The first digits of the hash of `facts.json`.
    pub fn short_id(&self) -> &str {
        self.facts_hash.get(..SHORT).unwrap_or(&self.facts_hash)
    }

    /// The name of its folder below `board/`, where it is published:
    /// `2026-q3-` and the token.
    pub fn folder(&self) -> String {
        format!("{}-{}", self.quarter.slug(), self.manifest.token)
    }

    /// Every figure that the memo shows, as it shows it.
    pub fn figures(&self) -> Vec<(Figure, Reading)> {
        let mut figures = Vec::new();
        for (kpi, measure) in Kpi::ALL.into_iter().zip(&self.facts.measures) {
            figures.push((Figure::Baseline(kpi), Reading::Number(measure.baseline)));
            for value in &measure.series {
                if let Ok(month) = value.month.parse() {
                    figures.push((Figure::Value(kpi, month), Reading::Number(value.value)));
                }
            }
        }
        for answer in &self.facts.answers {
            if let Ok(month) = answer.month.parse() {
                let answer = answer.answer.as_deref().and_then(Answer::of_word);
                figures.push((Figure::Answer(month), Reading::Answer(answer)));
            }
        }
        figures
    }
}

/// The SHA-256 of bytes in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

impl ManifestFile {
    /// The id that this manifest must have: the SHA-256 of itself without it.
    pub fn proper_id(&self) -> String {
        let without = ManifestFile {
            id: String::new(),
            ..self.clone()
        };
        sha256(without.to_text().as_bytes())
    }

    /// The manifest with its proper id.
    #[must_use]
    pub fn signed(mut self) -> Self {
        self.id = self.proper_id();
        self
    }

    /// The file's text: the one way in which it is written.
    pub fn to_text(&self) -> String {
        // A manifest is made of strings and numbers, which always serialise.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// What is wrong with a file of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Altered {
    /// The file.
    pub file: SnapshotFile,
    /// What is wrong, in words that follow its name.
    pub what: &'static str,
}

/// Checks a site's frozen quarters: that each is whole and as it was frozen,
/// and that none before it was replaced. One that isn't is reported and left
/// out.
pub fn snapshots(
    documents: BTreeMap<Quarter, SnapshotDocuments>,
    report: &mut Report,
) -> BTreeMap<Quarter, Snapshot> {
    let mut snapshots = BTreeMap::new();
    for (quarter, documents) in documents {
        match prove(Some(quarter), documents) {
            Ok(snapshot) => {
                snapshots.insert(quarter, snapshot);
            }
            Err(faults) => faults
                .into_iter()
                .for_each(|fault| report.push(altered(quarter, fault))),
        }
    }
    for fault in broken_chain(&snapshots) {
        report.push(fault);
    }
    snapshots
}

/// Proves a snapshot's files against its manifest. `quarter` is the one that
/// it must be of; any will do for a snapshot that lies on its own.
///
/// # Errors
///
/// Each file that is missing or not as it was frozen.
pub fn prove(
    quarter: Option<Quarter>,
    documents: SnapshotDocuments,
) -> Result<Snapshot, Vec<Altered>> {
    let SnapshotDocuments { files } = documents;
    let altered = |file, what| Altered { file, what };
    let missing: Vec<Altered> = SnapshotFile::ALL
        .into_iter()
        .filter(|file| !files.contains_key(file))
        .map(|file| altered(file, "is missing"))
        .collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let bytes = |file| files.get(&file).map_or(&[][..], |bytes| &bytes[..]);
    let (manifest, frozen_quarter) = manifest_of(bytes(SnapshotFile::Manifest))
        .filter(|(_, found)| quarter.is_none_or(|quarter| quarter == *found))
        .ok_or_else(|| vec![altered(SnapshotFile::Manifest, NOT_AS_FROZEN)])?;
    let changed: Vec<Altered> = [SnapshotFile::Facts, SnapshotFile::Memo]
        .into_iter()
        .filter(|file| !manifest.files.contains(&frozen_file(*file, bytes(*file))))
        .map(|file| altered(file, NOT_AS_FROZEN))
        .collect();
    if !changed.is_empty() {
        return Err(changed);
    }
    let facts = serde_json::from_slice::<FactsFile>(bytes(SnapshotFile::Facts));
    let frozen = NaiveDate::parse_from_str(&manifest.frozen, "%Y-%m-%d");
    let (Ok(facts), Ok(frozen)) = (facts, frozen) else {
        let what = "can't be read by this version";
        return Err(vec![altered(SnapshotFile::Facts, what)]);
    };
    Ok(Snapshot {
        quarter: frozen_quarter,
        frozen,
        facts_hash: sha256(bytes(SnapshotFile::Facts)),
        facts,
        manifest,
        files,
    })
}

const NOT_AS_FROZEN: &str = "is not as it was frozen";

/// A manifest and its quarter, if it is whole and as it was written.
fn manifest_of(text: &[u8]) -> Option<(ManifestFile, Quarter)> {
    let manifest: ManifestFile = serde_json::from_slice(text).ok()?;
    let quarter: Quarter = manifest.quarter.parse().ok()?;
    let sound = manifest.to_text().as_bytes() == text
        && manifest.proper_id() == manifest.id
        && manifest.quarter == quarter.to_string()
        && is_token(&manifest.token);
    sound.then_some((manifest, quarter))
}

/// The manifest's entry for a file.
pub fn frozen_file(file: SnapshotFile, bytes: &[u8]) -> FrozenFile {
    FrozenFile {
        name: file.name().to_owned(),
        bytes: bytes.len() as u64,
        sha256: sha256(bytes),
    }
}

/// Whether a token is one of ours: it becomes part of a path.
fn is_token(token: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    token.len() >= 20 && token.len() <= 64 && token.bytes().all(plain)
}

/// Snapshots whose predecessor is gone or is another than the one it was.
fn broken_chain(snapshots: &BTreeMap<Quarter, Snapshot>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for snapshot in snapshots.values() {
        let Some(previous) = &snapshot.manifest.previous else {
            continue;
        };
        let Ok(quarter) = previous.quarter.parse::<Quarter>() else {
            continue;
        };
        let what = match snapshots.get(&quarter) {
            Some(found) if found.manifest.id == previous.id => continue,
            Some(_) => "is another than the one that the next snapshot names",
            None => "is missing or not as it was, and the next snapshot names it",
        };
        let file = SnapshotFile::Manifest;
        faults.push(altered(quarter, Altered { file, what }));
    }
    faults
}

fn altered(quarter: Quarter, altered: Altered) -> Diagnostic {
    let Altered { file, what } = altered;
    let path = format!("content/board/{}/{}", quarter.slug(), file.name());
    let help = format!(
        "`git restore {path}` brings back what was frozen; a figure that was wrong is restated, not edited here"
    );
    Diagnostic::error(
        "snapshot-altered",
        format!("{} of the snapshot {quarter} {what}", file.name()),
    )
    .at(&Span::start_of(&nameless(path)), "")
    .help(help)
}
