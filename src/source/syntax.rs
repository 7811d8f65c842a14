//! What the YAML crate says of bad syntax, in an author's words and where the
//! author went wrong rather than where reading stopped.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, SourceFile, Span};

/// A fault of syntax. `span` is where reading stopped, `said` the crate's
/// sentence about it.
pub(super) fn explain(file: &Arc<SourceFile>, span: &Span, said: &str) -> Diagnostic {
    let at = Place::of(file, span.start);
    let known = [
        unclosed,
        closed_early,
        colon,
        opening,
        separator,
        indentation,
    ];
    known
        .into_iter()
        .find_map(|fault| fault(&at, said))
        .unwrap_or_else(|| {
            Diagnostic::error("yaml-syntax", format!("this can't be read as YAML: {said}"))
                .at(span, "reading stopped here")
                .help(
                    "check the colons, quotes, brackets and indentation here and on the line above",
                )
        })
}

/// Where reading stopped, and what was open there.
struct Place<'f> {
    file: &'f Arc<SourceFile>,
    at: usize,
    /// The quote or bracket that is still open, if one is.
    open: Option<(char, usize)>,
}

impl<'f> Place<'f> {
    fn of(file: &'f Arc<SourceFile>, at: usize) -> Self {
        Place {
            file,
            at,
            open: still_open(&file.text[..at]).pop(),
        }
    }

    fn mark(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start..end)
    }

    /// The line that holds a byte, and where it begins.
    fn line(&self, at: usize) -> (usize, &'f str) {
        let start = self.file.text[..at]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        (
            start,
            self.file.text[start..].lines().next().unwrap_or_default(),
        )
    }

    /// The last line above that isn't blank or a comment.
    fn line_above(&self) -> Option<(usize, &'f str)> {
        let (mut start, _) = self.line(self.at);
        while start > 0 {
            let (above, line) = self.line(start - 1);
            if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
                return Some((above, line));
            }
            start = above;
        }
        None
    }

    /// The character at which reading stopped.
    fn character(&self) -> Option<char> {
        self.file.text[self.at..].chars().next()
    }
}

fn fault(message: impl Into<String>, span: &Span, label: &str) -> Diagnostic {
    Diagnostic::error("yaml-syntax", message).at(span, label)
}

/// The brackets left open at the end of a text, and the quote after them if
/// one is. Quotes count where a value or name may begin; an apostrophe within
/// a word doesn't.
fn still_open(text: &str) -> Vec<(char, usize)> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut quote: Option<(char, usize)> = None;
    let mut before = '\n';
    let mut escaped = false;
    let mut comment = false;
    for (at, c) in text.char_indices() {
        match quote {
            Some((begun, _)) if begun == c && !escaped => quote = None,
            Some((begun, _)) => escaped = begun == '"' && c == '\\' && !escaped,
            None if comment => comment = c != '\n',
            None => match c {
                '#' => comment = before.is_whitespace(),
                '"' | '\'' if before.is_whitespace() || "[{,:".contains(before) => {
                    quote = Some((c, at));
                }
                '{' | '[' if !open.is_empty() || before.is_whitespace() => open.push((c, at)),
                '}' | ']' => drop(open.pop()),
                _ => {}
            },
        }
        before = c;
    }
    open.extend(quote);
    open
}

/// A quote or bracket that isn't closed swallows the lines below it.
fn unclosed(place: &Place<'_>, said: &str) -> Option<Diagnostic> {
    let text = &place.file.text;
    let (c, start) = match place.character() {
        Some(c) if said.contains("unclosed") => (c, place.at),
        _ => place.open.filter(|(c, start)| {
            let above = *start < place.line(place.at).0;
            above && ("'\"".contains(*c) || still_open(text).contains(&(*c, *start)))
        })?,
    };
    let closing = match c {
        '{' => '}',
        '[' => ']',
        quote => quote,
    };
    let fault = fault(
        format!("`{c}` is opened and not closed"),
        &place.mark(start, start + c.len_utf8()),
        "opened here",
    )
    .help(format!("put `{closing}` where it ends"));
    Some(fault)
}

/// A quoted text goes on after its closing quote.
fn closed_early(place: &Place<'_>, said: &str) -> Option<Diagnostic> {
    let single = said.contains("trailing content after single");
    (single || said.contains("trailing content after double")).then(|| {
        fault(
            "the text goes on after its closing quote",
            &place.mark(place.at, place.at + 1),
            "after the quote",
        )
        .help(if single {
            "put a text that holds an apostrophe in double quotes: \"…\""
        } else {
            "write a double quote within double quotes as \\\""
        })
    })
}

/// A colon too many, or one too few.
fn colon(place: &Place<'_>, said: &str) -> Option<Diagnostic> {
    if said.contains("expected ':'") {
        let (start, line) = place.line(place.at);
        let trimmed = line.trim();
        let start = start + line.len() - line.trim_start().len();
        return Some(
            fault("a colon is missing on this line", &place.mark(start, start + trimmed.len()), "no `name: value`")
                .help("a field is `name: value`, with a colon and a space after it; an item of a list begins with `- `"),
        );
    }
    if !said.contains("mapping values are not allowed") {
        return None;
    }
    // `date:2026-10-08` is read as one word, and the next line's colon is the
    // first that can't be.
    if let Some((start, line)) = place.line_above()
        && let Some(at) = line
            .find(':')
            .filter(|at| line.get(at + 1..at + 2).is_some_and(|next| next != " "))
        && !line.contains(": ")
    {
        let at = start + at;
        return Some(
            fault(
                "a space is missing after the colon",
                &place.mark(at, at + 1),
                "here",
            )
            .help("a field is `name: value`, with a space after the colon"),
        );
    }
    Some(
        fault(
            "a second colon stands on this line",
            &place.mark(place.at, place.at + 1),
            "this one",
        )
        .help("put a text that holds a colon and a space in double quotes"),
    )
}

/// A value begins with a character that means something else in YAML.
fn opening(place: &Place<'_>, said: &str) -> Option<Diagnostic> {
    let c = place.character()?;
    let reserved = said.contains("unexpected character")
        || said.contains("unknown anchor")
        || "@`%&*!|>".contains(c);
    (reserved && !c.is_alphanumeric()).then(|| {
        fault(
            format!("a value can't begin with `{c}`"),
            &place.mark(place.at, place.at + c.len_utf8()),
            "",
        )
        .help("put the text in double quotes")
    })
}

/// Something other than a comma or the closing bracket follows a value.
fn separator(place: &Place<'_>, said: &str) -> Option<Diagnostic> {
    let (open, start) = place.open.filter(|(open, _)| "{[".contains(*open))?;
    let closing = if open == '{' { '}' } else { ']' };
    said.contains("flow").then(|| {
        fault(format!("a comma or the closing `{closing}` is missing"), &place.mark(place.at, place.at + 1), "before this")
            .see(&place.mark(start, start + 1), "opened here")
            .help("separate what stands in brackets by commas; put a text that holds a colon in double quotes")
    })
}

/// A line that begins in no column of those above it.
fn indentation(place: &Place<'_>, said: &str) -> Option<Diagnostic> {
    let block = said.contains("block mapping")
        || said.contains("block collection")
        || said.contains("block sequence");
    let (start, line) = place.line(place.at);
    let text = line.trim();
    let start = start + line.len() - line.trim_start().len();
    if block && text.starts_with('-') && !text.starts_with("- ") {
        return Some(
            fault(
                "a space is missing after the dash",
                &place.mark(start, start + 1),
                "here",
            )
            .help("an item of a list begins with `- `"),
        );
    }
    (block || said.contains("indent")).then(|| {
        fault("this line is not indented like those it belongs to", &place.mark(start, start + text.len()), "")
            .help("begin the fields of one group in the same column, and so the `- ` of one list; check the line above too")
    })
}
