//! What the template engine says of a fault, as a frame of the template.

use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, ReportError};

use super::limit::{Extent, Place, TIMES};
use super::sources::Sources;
use crate::diagnostic::{Diagnostic, SourceFile, Span, listed, nearest};

/// The most that a page may hold, in bytes.
pub(super) const MOST_BYTES: usize = 64 * 1024 * 1024;

/// What is wrong with templates that can't be read or, filling in one of
/// them, with what it is made of.
pub(super) fn faults(template: &str, error: &tera::Error, sources: &Sources) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) => vec![placed("can't be read", report, sources)],
        ErrorKind::RenderingError(report) => vec![placed("can't be filled in", report, sources)],
        ErrorKind::Io(_) => vec![too_long(template, sources)],
        ErrorKind::Msg(told) => {
            let reports = reports(told);
            if reports.is_empty() {
                return vec![plain(template, told, sources)];
            }
            told_together(&reports, sources)
        }
        other => vec![plain(template, &other.to_string(), sources)],
    }
}

/// What the engine says within a template that it names.
fn placed(how: &str, report: &ReportError, sources: &Sources) -> Diagnostic {
    let name = report.filename();
    let (what, help) = said(report.message());
    let fault = Diagnostic::error("template", format!("the template `{name}` {how}: {what}"));
    let help = help.unwrap_or_else(|| mend(sources, name));
    let Some(file) = sources.file(name) else {
        return fault.help(help);
    };
    let mut range = report.span().range.clone();
    if report.message() == "Unexpected end of input" {
        range.start = range.end;
    }
    fault.at(&Span::new(&file, range), "").help(help)
}

/// The engine's sentence in this program's words, and what to do if it names
/// what could have been meant.
fn said(message: &str) -> (String, Option<String>) {
    let known = [
        (
            "Variable",
            " Available variables: ",
            "this template is given",
        ),
        ("Field", " Available fields: ", "its fields are"),
    ];
    for (kind, marker, are) in known {
        let Some(rest) = message.strip_prefix(kind) else {
            continue;
        };
        let (first, others) = rest.split_once(marker).unwrap_or((rest, ""));
        let name = first.split('`').nth(1).unwrap_or_default();
        if !first.contains("is not defined") {
            continue;
        }
        let names: Vec<&str> = others.split(", ").filter(|name| !name.is_empty()).collect();
        let help = match nearest(name, names.iter().copied()) {
            Some(near) => Some(format!("did you mean `{near}`?")),
            None if names.is_empty() => None,
            None => Some(format!("{are} {}", listed(names))),
        };
        return (
            format!("there is no {} `{name}`", kind.to_lowercase()),
            help,
        );
    }
    if let Some(rest) = message.strip_prefix("Unknown ") {
        return (format!("there is no {rest}"), None);
    }
    if message.starts_with("Tried to render a variable that is undefined") {
        return ("this has no value".to_owned(), None);
    }
    (uncapitalised(message), None)
}

fn uncapitalised(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    let first = letters
        .next()
        .map(|letter| letter.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

fn mend(sources: &Sources, name: &str) -> String {
    if sources.own.contains_key(name) {
        "mend it, or remove it from the theme to use the default's; docs/themes.md says what each template is given".to_owned()
    } else if sources.is_default() {
        "this is a fault of Quarterdeck's own: please report it".to_owned()
    } else {
        "this is the default's own: one of the theme's templates gives it something else than it expects".to_owned()
    }
}

/// A fault that the engine gives no place.
fn plain(template: &str, told: &str, sources: &Sources) -> Diagnostic {
    if told.starts_with("Maximum render recursion depth") {
        return endless_component(template, sources);
    }
    let message = format!(
        "the template `{template}` can't be used: {}",
        uncapitalised(told)
    );
    let fault = Diagnostic::error("template", message).help(mend(sources, template));
    match sources.own.get(template) {
        Some(file) => fault.at(&Span::start_of(file), ""),
        None => fault,
    }
}

fn endless_component(template: &str, sources: &Sources) -> Diagnostic {
    let place = sources.own.values().find_map(|file| {
        let tags = super::tag::tags(&file.text).into_iter();
        let mut components = tags.filter(|tag| tag.keyword == "component");
        let itself = components.find(|tag| file.text.contains(&format!("<{} ", tag.name)))?;
        Some(Span::new(file, itself.range))
    });
    let message = format!(
        "the template `{template}` can't be filled in: components call one another more than 20 deep"
    );
    let fault =
        Diagnostic::error("template", message).help("a component that calls itself needs an end");
    match place {
        Some(place) => fault.at(&place, ""),
        None => fault,
    }
}

fn too_long(template: &str, sources: &Sources) -> Diagnostic {
    let message = format!(
        "the template `{template}` writes more than {} MB for one page",
        MOST_BYTES / 1024 / 1024
    );
    let fault = Diagnostic::error("template", message)
        .help("look for a loop within a loop, or one over what it makes itself");
    let looping = sources.own.values().find_map(|file| {
        let tags = super::tag::tags(&file.text).into_iter();
        let mut loops = tags.filter(|tag| tag.keyword == "for");
        Some(Span::new(file, loops.next()?.range))
    });
    match looping {
        Some(place) => fault.at(&place, "a loop"),
        None => fault,
    }
}

/// Templates that would do too much for one page, or for one part of it.
pub(super) fn without_end(
    template: &str,
    extent: Extent,
    place: Place,
    sources: &Sources,
) -> Diagnostic {
    let (name, range) = place.unwrap_or((template.to_owned(), 0..0));
    let of = extent.name();
    let steps = match extent.steps() {
        steps if steps < 1_000_000 => format!("{},000", steps / 1_000),
        steps => format!("{} million", steps / 1_000_000),
    };
    let message = format!(
        "the template `{name}` can't be filled in: one {of} takes more than {steps} steps and {TIMES} times those that reading all it is given would take",
    );
    let fault = Diagnostic::error("template", message).help(
        "look for a loop within a loop, or a text or a list that grows in one; docs/themes.md says what a step is",
    );
    match sources.file(&name) {
        Some(file) => fault.at(&Span::new(&file, range), "this is where it was stopped"),
        None => fault,
    }
}

/// An expression that the engine can't read with counts in it.
pub(super) fn of_many_parts(place: Place, sources: &Sources) -> Diagnostic {
    let fault = Diagnostic::error("template", "an expression in a template has too many parts")
        .help("say it in several: `{% set part = … %}`");
    let found = place.and_then(|(name, range)| Some((sources.file(&name)?, range)));
    match found {
        Some((file, range)) => fault.at(&Span::new(&file, range), ""),
        None => fault,
    }
}

/// A fault as the engine writes it when it finds several at once.
struct Told<'t> {
    message: &'t str,
    template: &'t str,
    line: usize,
    column: usize,
}

/// The faults in a text of the engine's: `error: …` and, under each, an arrow
/// with the place.
fn reports(text: &str) -> Vec<Told<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    let pairs = lines.windows(2).filter_map(|pair| {
        let message = pair[0].strip_prefix("error: ")?;
        let place = pair[1].trim_start().strip_prefix("--> ")?;
        let mut parts = place.rsplitn(3, ':');
        let column = parts.next()?.parse().ok()?;
        let line = parts.next()?.parse().ok()?;
        let template = parts.next()?;
        Some(Told {
            message,
            template,
            line,
            column,
        })
    });
    pairs.collect()
}

/// What several faults come to: each at its place, and all that one template
/// lacks as one.
fn told_together(told: &[Told<'_>], sources: &Sources) -> Vec<Diagnostic> {
    let mut lacking: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    let mut faults: Vec<Diagnostic> = Vec::new();
    for one in told {
        let missed = one.missed(sources).and_then(|keyword| {
            let (lost, _) = sources.lost(keyword, one.name())?;
            Some((lost, keyword))
        });
        if let Some(missed) = missed {
            lacking.entry(missed).or_default().insert(one.name());
        } else if let fault = one.fault(sources)
            && !faults.contains(&fault)
        {
            faults.push(fault);
        }
    }
    faults.extend(lacking.into_iter().map(|((lost, keyword), names)| {
        let plural = if names.len() == 1 { "" } else { "s" };
        let names = listed(names);
        let message = format!(
            "the template `{lost}` lacks the {keyword}{plural} {names}, which other templates use"
        );
        let fault = Diagnostic::error("template", message).help(
            "add what is missing: `quarterdeck theme eject` copies the default's to begin with",
        );
        match sources.own.get(lost) {
            Some(file) => fault.at(&Span::start_of(file), ""),
            None => fault,
        }
    }));
    faults
}

impl<'t> Told<'t> {
    /// What the fault is about: the name of a filter, a component, a block.
    fn name(&self) -> &'t str {
        self.message.split('`').nth(1).unwrap_or_default()
    }

    /// The tag that a template of the default's misses: one of the theme's
    /// own, in the place of another of the default's, had to have it.
    fn missed(&self, sources: &Sources) -> Option<&'static str> {
        if sources.own.contains_key(self.template) {
            None
        } else if self.message.starts_with("Unknown component") {
            Some("component")
        } else {
            self.message.starts_with("Block ").then_some("block")
        }
    }

    fn fault(&self, sources: &Sources) -> Diagnostic {
        let (what, _) = said(self.message);
        let message = format!("the template `{}` can't be used: {what}", self.template);
        let fault = Diagnostic::error("template", message).help(mend(sources, self.template));
        let Some(file) = sources.file(self.template) else {
            return fault;
        };
        let start = byte(&file, self.line, self.column);
        let named = file.text[start..].starts_with(self.name());
        let length = if named { self.name().len() } else { 1 };
        fault.at(&Span::new(&file, start..start + length), "")
    }
}

/// The byte at a line and a column, both counted from 1.
fn byte(file: &SourceFile, line: usize, column: usize) -> usize {
    let starts = file.text.match_indices('\n').map(|(at, _)| at + 1);
    let Some(start) = [0].into_iter().chain(starts).nth(line.saturating_sub(1)) else {
        return file.text.len();
    };
    let rest = &file.text[start..];
    let mut columns = rest.char_indices().map(|(at, _)| start + at);
    columns
        .nth(column.saturating_sub(1))
        .unwrap_or(file.text.len())
}
