//! Faults in the content: what is wrong, where, and what to do about it.
//!
//! Every stage that finds a fault adds a [`Diagnostic`] to a [`Report`] and
//! goes on, so that one run names them all. The report gives them in the order
//! of severity, files and lines, whatever order they were found in, and prints
//! them as frames of the source.

mod name;
mod place;
mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use name::{listed, meant, nearest, one_of};
pub use place::{SourceFile, Span, Spanned};

/// How much a fault matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site can't be built.
    Error,
    /// The site is built; someone should look.
    Warning,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A short stable name: `duplicate-automation`.
    pub code: &'static str,
    /// Whether it stops the build.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where, if it is anywhere in a file.
    pub span: Option<Span>,
    /// A few words set beside the marked text.
    pub label: String,
    /// Other places that explain it, each with a few words.
    pub related: Vec<(Span, String)>,
    /// What to do.
    pub help: Option<String>,
    /// Text that would mend it if put in place of the marked text.
    pub replacement: Option<String>,
}

/// Every fault found in a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    /// How many faults of each severity each file has, by its path.
    of_files: BTreeMap<(Severity, String), usize>,
    warnings_denied: bool,
}

impl Diagnostic {
    /// An error with a stable code and a sentence that says what is wrong.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            span: None,
            label: String::new(),
            related: Vec::new(),
            help: None,
            replacement: None,
        }
    }

    /// A warning: as an error, but it doesn't stop the build.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(code, message)
        }
    }

    /// Says where, with a few words to set beside it (or none).
    #[must_use]
    pub fn at(mut self, span: &Span, label: impl Into<String>) -> Self {
        self.span = Some(span.clone());
        self.label = label.into();
        self
    }

    /// Adds another place that explains the fault.
    #[must_use]
    pub fn see(mut self, span: &Span, label: impl Into<String>) -> Self {
        self.related.push((span.clone(), label.into()));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Offers text to put in place of what is marked, within its quotes if it
    /// stands in some.
    #[must_use]
    pub fn replace_with(mut self, text: Option<String>) -> Self {
        let quote = self.span.as_ref().and_then(Span::quote);
        self.replacement = match (text, quote) {
            (Some(text), Some(quote)) => Some(format!("{quote}{text}{quote}")),
            (text, _) => text,
        };
        self
    }

    fn order(&self) -> (Severity, Option<(&str, usize)>, &str, &str) {
        (
            self.severity,
            self.span
                .as_ref()
                .map(|span| (&*span.file.path, span.start)),
            self.code,
            &self.message,
        )
    }
}

impl Report {
    /// The most faults of one severity that are told of one file. An author
    /// mends the first ones; a file that is something else altogether would
    /// have as many as it has lines.
    pub const MOST_OF_A_FILE: usize = 200;

    /// Adds a fault, unless its file has more than anybody would read: then
    /// one that says so.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let Some(span) = &diagnostic.span else {
            self.diagnostics.push(diagnostic);
            return;
        };
        let file = &span.file;
        let severity = diagnostic.severity;
        let count = self
            .of_files
            .entry((severity, file.path.clone()))
            .or_default();
        *count += 1;
        if *count <= Self::MOST_OF_A_FILE {
            self.diagnostics.push(diagnostic);
        } else if *count == Self::MOST_OF_A_FILE + 1 {
            self.diagnostics.push(too_many(severity, file));
        }
    }

    /// Takes over another report's faults.
    pub fn append(&mut self, other: Report) {
        for diagnostic in other.diagnostics {
            self.push(diagnostic);
        }
    }

    /// Lets warnings stop the build, whenever they are found.
    pub fn deny_warnings(&mut self) {
        self.warnings_denied = true;
    }

    /// Whether a fault is an error.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Whether a fault stops the build: an error, or a warning where these
    /// are denied.
    pub fn stops(&self) -> bool {
        self.has_errors() || (self.warnings_denied && self.count(Severity::Warning) > 0)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// The number of faults of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// The faults ordered by file, place and code, those without a place
    /// first: all errors, which stop the build, and then the warnings, which
    /// can wait.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.diagnostics.iter().collect();
        sorted.sort_by(|a, b| a.order().cmp(&b.order()));
        sorted
    }

    /// `2 errors, 1 warning`, and whether the warnings are denied.
    pub fn summary(&self) -> String {
        let counted = [
            (self.count(Severity::Error), "error"),
            (self.count(Severity::Warning), "warning"),
        ];
        let mut parts: Vec<String> = counted
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}{}", if *count == 1 { "" } else { "s" }))
            .collect();
        if self.warnings_denied && self.count(Severity::Warning) > 0 {
            parts.push("denied".to_owned());
        }
        parts.join(", ")
    }
}

fn too_many(severity: Severity, file: &Arc<SourceFile>) -> Diagnostic {
    let told = Report::MOST_OF_A_FILE;
    let fault = Diagnostic::error(
        "too-many-faults",
        format!("the file has more than {told} faults; {told} of them are told"),
    );
    Diagnostic { severity, ..fault }
        .at(&Span::start_of(file), "")
        .help("mend these first, and check again")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile {
            path: "content/engagement.yaml".to_owned(),
            text: text.to_owned(),
        })
    }

    #[test]
    fn a_report_orders_by_severity_file_and_line_and_counts() {
        let file = file("a: 1\nb: 2\n");
        let mut report = Report::default();
        report.push(Diagnostic::warning("can-wait", "third").at(&Span::new(&file, 0..1), ""));
        report.push(Diagnostic::error("late", "second").at(&Span::new(&file, 5..6), ""));
        report.push(Diagnostic::error("early", "first").at(&Span::new(&file, 0..1), ""));
        let codes: Vec<&str> = report.sorted().iter().map(|d| d.code).collect();
        assert_eq!(codes, ["early", "late", "can-wait"]);
        assert_eq!(report.summary(), "2 errors, 1 warning");
        assert!(report.has_errors());
    }

    #[test]
    fn of_one_file_no_more_faults_are_told_than_anybody_reads() {
        let file = file("a: 1\n");
        let most = Report::MOST_OF_A_FILE;
        let mut report = Report::default();
        for number in 0..most + 100 {
            let place = Span::new(&file, 0..1);
            report.push(Diagnostic::warning("can-wait", number.to_string()).at(&place, ""));
            report.push(Diagnostic::warning("nowhere", number.to_string()));
        }
        report.push(Diagnostic::error("late", "an error").at(&Span::new(&file, 0..1), ""));
        assert!(report.has_errors(), "errors are counted by themselves");
        assert_eq!(report.count(Severity::Warning), 2 * most + 101);
        let mut whole = Report::default();
        whole.append(report.clone());
        whole.append(report.clone());
        assert_eq!(whole.count(Severity::Error), 2);
        let told = |report: &Report, code| {
            let sorted = report.sorted().into_iter();
            sorted.filter(|fault| fault.code == code).count()
        };
        assert_eq!(told(&whole, "can-wait"), most);
        assert_eq!(told(&whole, "too-many-faults"), 1);
    }

    #[test]
    fn a_warning_stops_the_build_only_where_it_is_denied() {
        let mut report = Report::default();
        report.deny_warnings();
        assert!(!report.stops());
        report.push(Diagnostic::warning("can-wait", "first"));
        assert!(report.stops() && !report.has_errors());
        assert_eq!(report.summary(), "1 warning, denied");
    }
}
