//! Where something stands: a file as it was read and a place in it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

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

/// A value and where the author wrote it. Two are equal if their values are,
/// wherever they stand: a line more above changes nothing that a page tells.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Spanned<T>) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl SourceFile {
    /// The line and column of a byte, both counted from 1; the column counts
    /// characters.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let byte = self.floor(byte);
        let before = &self.text[..byte];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (
            before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            before[line_start..].chars().count() + 1,
        )
    }

    /// The nearest start of a character at or before a byte.
    pub(super) fn floor(&self, byte: usize) -> usize {
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

    /// The quote that the marked text begins and ends with, if it does.
    pub(super) fn quote(&self) -> Option<char> {
        let text = self.text();
        ['"', '\''].into_iter().find(|quote| {
            text.strip_prefix(*quote)
                .is_some_and(|rest| rest.ends_with(*quote))
        })
    }

    /// The whole lines on which it lies, without their ends; none if the file
    /// has no text to show.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let text = &self.file.text;
        let start = text[..self.start].rfind('\n').map_or(0, |at| at + 1);
        // What ends with a line doesn't lie on the next.
        let last = self.end.max(self.start + 1).min(text.len());
        let last = self.file.floor(last.saturating_sub(1)).max(start);
        let end = text[last..].find('\n').map_or(text.len(), |at| last + at);
        let lines = text[start..end].split('\n');
        lines
            .map(|line| line.trim_end_matches('\r'))
            .take_while(|_| !text.is_empty())
    }

    /// The part of the span that lies on its first line, which is what a
    /// frame marks: a fault about a whole mapping is said at its beginning.
    pub fn first_line(&self) -> Range<usize> {
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
    fn lines_are_those_that_a_place_lies_on() {
        let file = file("a: 1\r\né: 2\nc: 3");
        let lines = |range| {
            Span::new(&file, range)
                .lines()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(lines(0..1), ["a: 1"]);
        assert_eq!(lines(0..6), ["a: 1"], "to the end of its line");
        assert_eq!(lines(6..8), ["é: 2"]);
        assert_eq!(lines(7..8), ["é: 2"]);
        assert_eq!(lines(0..14), ["a: 1", "é: 2", "c: 3"]);
        assert_eq!(lines(16..16), ["c: 3"], "at the end of the file");
        assert!(
            Span::start_of(&Arc::new(SourceFile {
                path: String::new(),
                text: String::new()
            }))
            .lines()
            .next()
            .is_none()
        );
    }
}
