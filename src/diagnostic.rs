//! Faults in the content: what is wrong, where, and what to do about it.
//!
//! Every stage that finds a fault adds a [`Diagnostic`] to a [`Report`] and
//! goes on, so that one run names them all. The report prints as frames of
//! the source, in the order of files and lines, whatever order they were
//! found in.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

/// A file as it was read: what spans point into.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// The path shown to the author, from the site's root and with `/`
    /// between its parts: `content/2026-10/telemetry.yaml`.
    pub path: String,
    /// The text, without a byte order mark. Bytes that are not UTF-8 are
    /// replaced, so that a frame can still be shown.
    pub text: String,
}

/// A place in a file, in bytes of [`SourceFile::text`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A value and where the author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

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
}

impl SourceFile {
    /// The line and column of a byte, both counted from 1; the column counts
    /// characters.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let byte = self.floor(byte);
        let before = &self.text[..byte];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1,
        )
    }

    /// The nearest start of a character at or before a byte.
    fn floor(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

impl Span {
    /// The place of a range of bytes in a file.
    pub fn new(file: &Arc<SourceFile>, range: Range<usize>) -> Self {
        let start = file.floor(range.start);
        let end = file.floor(range.end).max(start);
        Span {
            file: Arc::clone(file),
            start,
            end,
        }
    }

    /// The beginning of a file, for what concerns it as a whole.
    pub fn start_of(file: &Arc<SourceFile>) -> Self {
        Span::new(file, 0..0)
    }

    /// The marked text.
    pub fn text(&self) -> &str {
        &self.file.text[self.start..self.end]
    }

    /// The part of the span that lies on its first line, which is what a
    /// frame marks: a fault about a whole mapping is said at its beginning.
    fn first_line(&self) -> Range<usize> {
        let end = self
            .text()
            .find(['\n', '\r'])
            .unwrap_or(self.end - self.start);
        self.start..self.start + end
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.file.line_column(self.start);
        write!(f, "{}:{line}:{column}", self.file.path)
    }
}

impl<T> Spanned<T> {
    /// The same place with the value changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned {
            value: change(self.value),
            span: self.span,
        }
    }
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

    /// Offers text to put in place of what is marked.
    #[must_use]
    pub fn replace_with(mut self, text: Option<String>) -> Self {
        self.replacement = text;
        self
    }

    /// The fault as a frame of the source, without colour unless asked.
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let renderer = renderer.decor_style(DecorStyle::Ascii);
        renderer.render(&self.groups())
    }

    fn groups(&self) -> Vec<Group<'_>> {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(&*self.message).id(self.code);
        let Some(span) = &self.span else {
            let mut group = Group::with_title(title);
            if let Some(help) = &self.help {
                group = group.element(Level::HELP.message(&**help));
            }
            return vec![group];
        };
        if span.file.text.is_empty() {
            // There is no line to show, only a file or a folder to name.
            let group = title.element(Origin::path(&*span.file.path));
            let help = self.help.iter().map(|help| Level::HELP.message(&**help));
            return vec![group.elements(help)];
        }
        let mut frame = snippet(span).annotation(
            AnnotationKind::Primary
                .span(span.first_line())
                .label((!self.label.is_empty()).then_some(&*self.label)),
        );
        for (place, label) in self
            .related
            .iter()
            .filter(|(place, _)| place.file == span.file)
        {
            frame = frame.annotation(
                AnnotationKind::Context
                    .span(place.first_line())
                    .label(&**label),
            );
        }
        let mut group = title.element(frame);
        for (place, label) in self
            .related
            .iter()
            .filter(|(place, _)| place.file != span.file)
        {
            group = group.element(
                snippet(place).annotation(
                    AnnotationKind::Context
                        .span(place.first_line())
                        .label(&**label),
                ),
            );
        }
        match (&self.help, &self.replacement) {
            (Some(help), Some(text)) => vec![
                group,
                Level::HELP.secondary_title(&**help).element(
                    Snippet::source(&*span.file.text)
                        .path(&*span.file.path)
                        .patch(Patch::new(span.first_line(), &**text)),
                ),
            ],
            (Some(help), None) => vec![group.element(Level::HELP.message(&**help))],
            (None, _) => vec![group],
        }
    }

    fn order(&self) -> (Option<(&str, usize)>, Severity, &str, &str) {
        (
            self.span
                .as_ref()
                .map(|span| (&*span.file.path, span.start)),
            self.severity,
            self.code,
            &self.message,
        )
    }
}

fn snippet(span: &Span) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    Snippet::source(&*span.file.text).path(&*span.file.path)
}

impl Report {
    /// Adds a fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Takes over another report's faults.
    pub fn append(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// Whether a fault stops the build.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
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

    /// The faults ordered by file, place and code: those without a place
    /// first.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.diagnostics.iter().collect();
        sorted.sort_by(|a, b| a.order().cmp(&b.order()));
        sorted
    }

    /// Every fault as a frame of the source, a blank line between them, and a
    /// last line that counts them. Empty if there are none.
    pub fn render(&self, colour: bool) -> String {
        if self.is_empty() {
            return String::new();
        }
        let mut text = String::new();
        for diagnostic in self.sorted() {
            text.push_str(&diagnostic.render(colour));
            text.push_str("\n\n");
        }
        text.push_str(&self.summary());
        text.push('\n');
        text
    }

    /// `2 errors, 1 warning`.
    pub fn summary(&self) -> String {
        let counted = [
            (self.count(Severity::Error), "error"),
            (self.count(Severity::Warning), "warning"),
        ];
        let parts: Vec<String> = counted
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}{}", if *count == 1 { "" } else { "s" }))
            .collect();
        parts.join(", ")
    }
}

/// The known name most like `given`, if one is near enough to be meant.
///
/// A transposition or two wrong letters in a long word count as near, as does
/// a name that differs only in its case, hyphens and underscores. Where two
/// are equally near, neither is meant for sure.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |name: &str| name.to_lowercase().replace(['_', ' '], "-");
    let given = plain(given);
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&given, &plain(name)), name))
        .filter(|(distance, name)| *distance <= 1.max(name.chars().count() / 3))
        .collect();
    near.sort_unstable();
    match near[..] {
        [(first, _), (second, _), ..] if first == second => None,
        [(_, name), ..] => Some(name),
        [] => None,
    }
}

/// Names as a sentence lists them: `` `ceo`, `coo` and `cfo` ``.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(names, "and")
}

/// Names of which one is to be chosen: `` `yes`, `no` or `unclear` ``.
pub fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(names, "or")
}

fn joined<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => "none".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
    }
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
    fn lines_and_columns_count_characters_from_one() {
        let file = file("firm: A\nnote: é!\n");
        assert_eq!(file.line_column(0), (1, 1));
        assert_eq!(file.line_column(8), (2, 1));
        assert_eq!(file.line_column(16), (2, 8));
        assert_eq!(file.line_column(15), (2, 7), "inside a character");
        assert_eq!(file.line_column(999), (3, 1));
    }

    #[test]
    fn a_frame_names_code_place_fault_and_remedy() {
        let file = file("firm: A\ncurency: USD\n");
        let frame = Diagnostic::error("unknown-field", "`curency` is not a field of an engagement")
            .at(&Span::new(&file, 8..15), "not known here")
            .help("a field with a similar name exists: `currency`")
            .replace_with(Some("currency".to_owned()))
            .render(false);
        assert!(
            frame.starts_with("error[unknown-field]: `curency` is not"),
            "{frame}"
        );
        assert!(frame.contains("--> content/engagement.yaml:2:1"), "{frame}");
        assert!(
            frame.contains("help: a field with a similar name exists"),
            "{frame}"
        );
    }

    #[test]
    fn a_file_without_text_is_named_without_a_frame() {
        let file = Arc::new(SourceFile {
            path: "content/2026-13/".to_owned(),
            text: String::new(),
        });
        let shown = Diagnostic::error("not-a-month", "`2026-13` is not a month")
            .at(&Span::start_of(&file), "")
            .help("name it by year and month")
            .render(false);
        let lines = [
            "error[not-a-month]: `2026-13` is not a month",
            "--> content/2026-13/",
            "= help: name it by year and month",
        ];
        assert_eq!(shown.lines().map(str::trim).collect::<Vec<_>>(), lines);
    }

    #[test]
    fn a_report_orders_by_file_and_line_and_counts() {
        let file = file("a: 1\nb: 2\n");
        let mut report = Report::default();
        report.push(Diagnostic::warning("late", "second").at(&Span::new(&file, 5..6), ""));
        report.push(Diagnostic::error("early", "first").at(&Span::new(&file, 0..1), ""));
        let codes: Vec<&str> = report.sorted().iter().map(|d| d.code).collect();
        assert_eq!(codes, ["early", "late"]);
        assert_eq!(report.summary(), "1 error, 1 warning");
        assert!(report.has_errors());
    }

    #[test]
    fn only_a_near_name_is_suggested() {
        let known = ["task_automation", "away_from_desk"];
        assert_eq!(nearest("task_automaton", known), Some("task_automation"));
        assert_eq!(nearest("task-automation", known), Some("task_automation"));
        assert_eq!(nearest("profit", known), None);
        assert_eq!(nearest("ceoo", ["ceo", "cfo"]), Some("ceo"));
        assert_eq!(nearest("coo", ["ceo", "cfo"]), None, "either may be meant");
    }
}
