//! Faults as one JSON document, for editors, bots and dashboards.
//!
//! The types are the format: its schema in docs/check.schema.json is derived
//! from them, and a test holds the two equal.

use std::path::{MAIN_SEPARATOR, Path};

#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use super::super::{Ending, pipeline};
use super::Checked;
use crate::diagnostic::{self, Diagnostic, Span};

/// The number of this format.
const VERSION: u32 = 1;

/// What `quarterdeck check --format json` writes.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[cfg_attr(test, schemars(deny_unknown_fields))]
#[cfg_attr(test, schemars(title = "quarterdeck check --format json"))]
struct Document<'c> {
    /// The number of this format. It is raised when a field changes its
    /// meaning or goes away; a field may be added without it.
    #[cfg_attr(test, schemars(extend("const" = VERSION)))]
    version: u32,
    /// What came of the whole run.
    summary: Summary,
    /// Each site in the order in which they were named.
    sites: Vec<Site>,
    /// Every fault: by site as above, errors before warnings, then by file
    /// and place.
    diagnostics: Vec<Fault<'c>>,
}

/// What came of the whole run.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[cfg_attr(test, schemars(deny_unknown_fields))]
struct Summary {
    /// Whether every site can be built: the exit code is 0.
    ok: bool,
    /// The command's exit code: 0 fine, 1 the content has errors or denied
    /// warnings, 2 a folder holds no site, 3 the system failed to read one.
    #[cfg_attr(test, schemars(range(min = 0, max = 3)))]
    exit_code: u8,
    /// The number of sites.
    sites: usize,
    /// The number of sites that were not read.
    failures: usize,
    /// The number of errors.
    errors: usize,
    /// The number of warnings.
    warnings: usize,
    /// Whether a warning ends the command as an error does: `--deny-warnings`.
    warnings_denied: bool,
}

/// A site that was checked.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[cfg_attr(test, schemars(deny_unknown_fields))]
struct Site {
    /// Its folder as it was named on the command line, `.` if none was.
    #[serde(rename = "site")]
    root: String,
    /// Whether it can be built.
    ok: bool,
    /// The number of its months; null if there is no engagement to hold them.
    months: Option<usize>,
    /// The number of its errors.
    errors: usize,
    /// The number of its warnings.
    warnings: usize,
    /// Why it wasn't read; null if it was.
    failure: Option<Failure>,
}

/// Why a site was not even read.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[cfg_attr(test, schemars(deny_unknown_fields))]
struct Failure {
    /// What went wrong.
    message: String,
    /// What to do.
    help: String,
}

/// One fault of the content.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[cfg_attr(test, schemars(deny_unknown_fields))]
struct Fault<'c> {
    /// The site, as under `sites`.
    site: String,
    /// A short stable name of the kind of fault: `duplicate-automation`.
    #[cfg_attr(test, schemars(regex(pattern = "^[a-z0-9-]+$")))]
    code: &'static str,
    /// Whether it stops the build.
    severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    message: &'c str,
    /// What to do; null if the message says it.
    help: Option<&'c str>,
    /// Where it is; null if it is in no file.
    place: Option<Place<'c>>,
    /// What would mend it; null if that takes a person.
    replacement: Option<Replacement<'c>>,
    /// Other places that explain it.
    related: Vec<Place<'c>>,
}

/// Whether a fault stops the build.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
enum Severity {
    /// The site can't be built.
    Error,
    /// The site is built; someone should look.
    Warning,
}

/// A place in a file, or a file or folder as a whole.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[cfg_attr(test, schemars(deny_unknown_fields))]
struct Place<'c> {
    /// The path from the site's root, with `/` between its parts; a folder's
    /// ends with one.
    path: &'c str,
    /// The path to open from the folder in which the command ran.
    file: String,
    /// Where it begins; null if it is the whole file or folder.
    start: Option<Position>,
    /// Where it ends: the first position behind it. Null if `start` is.
    end: Option<Position>,
    /// A few words on what stands there; null if nothing needs to be said.
    label: Option<&'c str>,
    /// The whole lines on which it lies, without their ends: the first ten.
    source: Vec<&'c str>,
}

/// A position in a file's text.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[cfg_attr(test, schemars(deny_unknown_fields))]
struct Position {
    /// The line, counted from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    line: usize,
    /// The column, counted from 1 in characters (Unicode scalar values).
    #[cfg_attr(test, schemars(range(min = 1)))]
    column: usize,
    /// The byte, counted from 0 in UTF-8. A byte order mark is not counted.
    byte: usize,
}

/// Text to put in place of what stands between two positions of the file
/// under `place`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[cfg_attr(test, schemars(deny_unknown_fields))]
struct Replacement<'c> {
    /// Where the text to replace begins.
    start: Position,
    /// Where it ends: the first position behind it.
    end: Position,
    /// What to put there.
    text: &'c str,
}

/// The most lines of the source that a place shows.
const MOST_LINES: usize = 10;

/// All that was found, as one document.
pub(super) fn document(checked: &[Checked], warnings_denied: bool) -> String {
    let worst = checked.iter().map(Checked::ending).max();
    let worst = worst.unwrap_or(Ending::Fine);
    let sites: Vec<Site> = checked.iter().map(Site::of).collect();
    let document = Document {
        version: VERSION,
        summary: Summary {
            ok: worst == Ending::Fine,
            exit_code: worst as u8,
            sites: sites.len(),
            failures: sites.iter().filter(|site| site.failure.is_some()).count(),
            errors: sites.iter().map(|site| site.errors).sum(),
            warnings: sites.iter().map(|site| site.warnings).sum(),
            warnings_denied,
        },
        sites,
        diagnostics: checked.iter().flat_map(faults).collect(),
    };
    // Text, numbers and lists: nothing that JSON can't hold.
    serde_json::to_string_pretty(&document).expect("a document of plain values")
}

fn faults(site: &Checked) -> Vec<Fault<'_>> {
    let Ok(found) = &site.outcome else {
        return Vec::new();
    };
    let sorted = found.report.sorted().into_iter();
    sorted.map(|fault| Fault::of(&site.root, fault)).collect()
}

impl Site {
    fn of(checked: &Checked) -> Site {
        let found = checked.outcome.as_ref().ok();
        let count = |severity| found.map_or(0, |found| found.report.count(severity));
        Site {
            root: shown(&checked.root),
            ok: checked.ending() == Ending::Fine,
            months: found.and_then(|found| found.months),
            errors: count(diagnostic::Severity::Error),
            warnings: count(diagnostic::Severity::Warning),
            failure: checked.outcome.as_ref().err().map(Failure::of),
        }
    }
}

impl Failure {
    fn of(failure: &pipeline::Failure) -> Failure {
        Failure {
            message: failure.what.clone(),
            help: failure.help.clone(),
        }
    }
}

impl<'c> Fault<'c> {
    fn of(root: &Path, fault: &'c Diagnostic) -> Fault<'c> {
        let place = fault.span.as_ref();
        let related = fault.related.iter();
        Fault {
            site: shown(root),
            code: fault.code,
            severity: match fault.severity {
                diagnostic::Severity::Error => Severity::Error,
                diagnostic::Severity::Warning => Severity::Warning,
            },
            message: &fault.message,
            help: fault.help.as_deref(),
            place: place.map(|span| Place::of(root, span, &fault.label)),
            replacement: place
                .zip(fault.replacement.as_deref())
                .map(|(span, text)| Replacement::of(span, text)),
            related: related
                .map(|(span, label)| Place::of(root, span, label))
                .collect(),
        }
    }
}

impl<'c> Place<'c> {
    fn of(root: &Path, span: &'c Span, label: &'c str) -> Place<'c> {
        let path = &*span.file.path;
        let whole = span.file.text.is_empty();
        let position = |byte| (!whole).then(|| Position::of(span, byte));
        Place {
            path,
            file: if root == Path::new(".") {
                path.to_owned()
            } else {
                shown(&root.join(path))
            },
            start: position(span.start),
            end: position(span.end),
            label: (!label.is_empty()).then_some(label),
            source: span.lines().take(MOST_LINES).collect(),
        }
    }
}

impl Position {
    fn of(span: &Span, byte: usize) -> Position {
        let (line, column) = span.file.line_column(byte);
        Position { line, column, byte }
    }
}

impl<'c> Replacement<'c> {
    fn of(span: &Span, text: &'c str) -> Replacement<'c> {
        let replaced = span.first_line();
        Replacement {
            start: Position::of(span, replaced.start),
            end: Position::of(span, replaced.end),
            text,
        }
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace(MAIN_SEPARATOR, "/")
}

#[cfg(test)]
mod tests {
    use schemars::generate::SchemaSettings;

    use super::*;

    /// The schema that is published is that of the types. With
    /// `QUARTERDECK_BLESS=1` in the environment it is written anew.
    #[test]
    fn the_published_schema_is_that_of_the_types() {
        let settings = SchemaSettings::draft07().for_serialize();
        let schema = settings.into_generator().into_root_schema_for::<Document>();
        let text = format!("{:#}\n", schema.as_value());
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/check.schema.json");
        if std::env::var_os("QUARTERDECK_BLESS").is_some_and(|value| !value.is_empty()) {
            std::fs::write(path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), text);
    }
}
