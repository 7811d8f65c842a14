//! Faults as a person at a terminal reads them: frames of the source.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use super::{Diagnostic, Report, Severity, SourceFile, Span};

impl Diagnostic {
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
        let mut excerpt = Excerpt::around(span);
        let (beside, apart): (Vec<_>, Vec<_>) = self
            .related
            .iter()
            .partition(|(place, _)| place.file == span.file && excerpt.takes_in(place));
        if excerpt.is_too_long() {
            let (line, column) = span.file.line_column(span.start);
            let origin = Origin::path(&*span.file.path)
                .line(line)
                .char_column(column);
            let help = self.help.iter().map(|help| Level::HELP.message(&**help));
            return vec![title.element(origin).elements(help)];
        }
        let mut frame = excerpt.snippet().annotation(
            AnnotationKind::Primary
                .span(excerpt.place(span))
                .label((!self.label.is_empty()).then_some(&*self.label)),
        );
        for (place, label) in beside {
            frame = frame.annotation(
                AnnotationKind::Context
                    .span(excerpt.place(place))
                    .label(&**label),
            );
        }
        let mut group = title.element(frame);
        for (place, label) in apart {
            let excerpt = Excerpt::around(place);
            if !excerpt.is_too_long() {
                let context = AnnotationKind::Context.span(excerpt.place(place));
                group = group.element(excerpt.snippet().annotation(context.label(&**label)));
            }
        }
        match (&self.help, &self.replacement) {
            (Some(help), Some(text)) => {
                let patch = Patch::new(excerpt.place(span), &**text);
                let mended = Level::HELP.secondary_title(&**help);
                vec![group, mended.element(excerpt.snippet().patch(patch))]
            }
            (Some(help), None) => vec![group.element(Level::HELP.message(&**help))],
            (None, _) => vec![group],
        }
    }
}

impl Report {
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
}

/// The most text of a file that a frame is cut from, in bytes. A line alone
/// may be longer: then its place is told and the line isn't shown.
const MOST_SHOWN: usize = 16 * 1024;

/// How much of a line is looked at beyond what is marked, in bytes.
const MOST_BEYOND: usize = 4 * 1024;

/// The lines of a file that a frame needs. The engine looks at every line that
/// it is given, and a file may hold a hundred thousand and as many faults.
struct Excerpt<'f> {
    file: &'f SourceFile,
    range: Range<usize>,
}

impl<'f> Excerpt<'f> {
    fn around(span: &'f Span) -> Self {
        let file = &*span.file;
        let range = lines_around(file, &span.first_line());
        Excerpt { file, range }
    }

    /// Takes in another place of the file, if it is near enough to be shown in
    /// the same frame.
    fn takes_in(&mut self, place: &Span) -> bool {
        let other = lines_around(self.file, &place.first_line());
        let both = self.range.start.min(other.start)..self.range.end.max(other.end);
        let near = both.len() <= MOST_SHOWN;
        if near {
            self.range = both;
        }
        near
    }

    fn is_too_long(&self) -> bool {
        self.range.len() > MOST_SHOWN
    }

    fn snippet<T: Clone>(&self) -> Snippet<'f, T> {
        let (line, _) = self.file.line_column(self.range.start);
        Snippet::source(&self.file.text[self.range.clone()])
            .path(&*self.file.path)
            .line_start(line)
    }

    /// A place's part on its first line, in bytes of the excerpt.
    fn place(&self, span: &Span) -> Range<usize> {
        let range = span.first_line();
        range.start - self.range.start..range.end - self.range.start
    }
}

/// The lines of a place, the last not far beyond it: a frame shows as much as
/// fits a terminal. What stands at the end of a file is shown on the last line
/// that there is.
fn lines_around(file: &SourceFile, range: &Range<usize>) -> Range<usize> {
    let text = &file.text;
    let start = |at: usize| text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let mut first = start(range.start);
    if first == text.len() {
        first = start(first.saturating_sub(1));
    }
    let rest = &text[range.end..];
    let end = rest
        .find('\n')
        .map_or(text.len(), |newline| range.end + newline + 1);
    first..end.min(file.floor(range.end + MOST_BEYOND))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::SourceFile;
    use super::*;

    fn file(text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile {
            path: "content/engagement.yaml".to_owned(),
            text: text.to_owned(),
        })
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
    fn a_place_far_away_and_one_on_an_endless_line_are_told_without_the_rest() {
        let many = "a: 1\n".repeat(10_000);
        let far = file(&many);
        let frame = Diagnostic::error("duplicate-key", "`a` is given twice")
            .at(&Span::new(&far, 40_000..40_001), "again here")
            .see(&Span::new(&far, 0..1), "first here")
            .render(false);
        assert!(frame.contains("content/engagement.yaml:8001:1"), "{frame}");
        assert!(frame.contains("8001 | a: 1"), "{frame}");
        assert!(frame.contains("- first here"), "{frame}");
        let endless = file(&format!("firm: A\na: {}", "x".repeat(100_000)));
        let frame = Diagnostic::error("out-of-range", "that can't be")
            .at(&Span::new(&endless, 11..100_000), "too much")
            .help("less")
            .render(false);
        assert!(frame.contains("--> content/engagement.yaml:2:4"), "{frame}");
        assert!(
            frame.ends_with("= help: less") && frame.len() < 200,
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
}
