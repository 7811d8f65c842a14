//! Faults as a person at a terminal reads them: frames of the source.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use super::{Diagnostic, Report, Severity, Span};

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

fn snippet(span: &Span) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    Snippet::source(&*span.file.text).path(&*span.file.path)
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
