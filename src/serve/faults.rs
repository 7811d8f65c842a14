//! What is wrong with the content, as an open page is told.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Report, Severity};

/// Faults that a page shows; beyond, it says how many more there are. What
/// comes first is mended first, and often was the cause of the rest.
const MOST_SHOWN: usize = 20;

/// Why there is no newer build than the page that is open.
#[derive(Debug, Serialize)]
pub(super) struct Faults {
    /// `2 errors, 1 warning`.
    pub(super) summary: String,
    shown: Vec<Fault>,
    /// How many more errors there are than are shown.
    more: usize,
}

/// One fault, each part of it plain text.
#[derive(Debug, Serialize)]
struct Fault {
    code: &'static str,
    message: String,
    /// `content/2026-10/telemetry.yaml:9:43`.
    place: Option<String>,
    /// The lines of the source with what is marked in them.
    frame: String,
    help: Option<String>,
}

impl Faults {
    /// The errors of a report. Warnings stop no build and are not among them.
    pub(super) fn of(report: &Report) -> Faults {
        let errors = report.sorted().into_iter();
        let errors = errors.filter(|fault| fault.severity == Severity::Error);
        let count = report.count(Severity::Error);
        Faults {
            summary: report.summary(),
            shown: errors.take(MOST_SHOWN).map(Fault::of).collect(),
            more: count.saturating_sub(MOST_SHOWN),
        }
    }
}

impl Fault {
    fn of(diagnostic: &Diagnostic) -> Fault {
        let place = diagnostic.span.as_ref().map(|span| {
            // A file without text is named as a whole, as is a folder.
            if span.file.text.is_empty() {
                return span.file.path.clone();
            }
            let (line, column) = span.file.line_column(span.start);
            format!("{}:{line}:{column}", span.file.path)
        });
        Fault {
            code: diagnostic.code,
            message: diagnostic.message.clone(),
            place,
            frame: frame(diagnostic),
            help: diagnostic.help.clone(),
        }
    }
}

/// The printed fault without what a page sets in lines of its own: its title,
/// first place and help.
fn frame(diagnostic: &Diagnostic) -> String {
    let mut alone = diagnostic.clone();
    alone.message = String::from("x");
    alone.help = None;
    alone.replacement = None;
    let printed = alone.render(false);
    let lines: Vec<&str> = printed.lines().skip(2).collect();
    lines.join("\n").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{SourceFile, Span};

    fn told(report: &Report) -> serde_json::Value {
        serde_json::to_value(Faults::of(report)).unwrap()
    }

    #[test]
    fn a_fault_is_told_in_parts_and_a_warning_not_at_all() {
        let file = Arc::new(SourceFile {
            path: "content/engagement.yaml".to_owned(),
            text: "firm: A\ncurency: USD\n".to_owned(),
        });
        let mut report = Report::default();
        let span = Span::new(&file, 8..15);
        let fault = Diagnostic::error("unknown-field", "`curency`\n is\n--> no field");
        let fault = fault.at(&span, "not known here");
        report.push(
            fault
                .help("write `currency`")
                .replace_with(Some("currency".into())),
        );
        report.push(Diagnostic::warning("late", "later").at(&span, ""));
        let told = told(&report);
        assert_eq!(told["summary"], "1 error, 1 warning");
        assert_eq!(told["shown"].as_array().unwrap().len(), 1);
        let fault = &told["shown"][0];
        assert_eq!(fault["code"], "unknown-field");
        assert_eq!(fault["message"], "`curency`\n is\n--> no field");
        assert_eq!(fault["place"], "content/engagement.yaml:2:1");
        assert_eq!(fault["help"], "write `currency`");
        assert_eq!(
            fault["frame"],
            "  |\n2 | curency: USD\n  | ^^^^^^^ not known here"
        );
    }

    #[test]
    fn a_fault_of_no_line_has_no_frame() {
        let file = Arc::new(SourceFile {
            path: "content/2026-13/".to_owned(),
            text: String::new(),
        });
        let mut report = Report::default();
        report.push(Diagnostic::error("not-a-month", "no month").at(&Span::start_of(&file), ""));
        report.push(Diagnostic::error("nowhere", "no place"));
        let told = told(&report);
        assert_eq!(told["shown"][0]["place"], serde_json::Value::Null);
        assert_eq!(told["shown"][1]["place"], "content/2026-13/");
        for at in 0..2 {
            assert_eq!(told["shown"][at]["frame"], "");
        }
    }

    #[test]
    fn what_is_beyond_a_screen_is_counted() {
        let mut report = Report::default();
        for number in 0..25 {
            report.push(Diagnostic::error("many", number.to_string()));
        }
        let told = told(&report);
        assert_eq!(told["shown"].as_array().unwrap().len(), MOST_SHOWN);
        assert_eq!(told["more"], 5);
    }
}
