//! Documents that are written as nearly all are, read without the library.
//!
//! A mapping or a list a line at a time, names of letters, texts in double
//! quotes or without any, and what is within braces on one line. It takes a
//! tenth of the library's time, which is a quarter of a build's. Whatever else
//! is met, a fault among it, leaves the whole document to the library; a build
//! with assertions holds the two against each other on every file that it
//! reads.

use std::sync::Arc;

use memchr::{memchr, memchr3, memmem};

use super::is_nothing;
use crate::diagnostic::{SourceFile, Span};
use crate::source::decode::odd_bytes;
use crate::source::node::{Key, Node, Value};

/// The longest document, in bytes: far below what the library's limits allow.
const LONGEST: usize = 256 * 1024;
/// The deepest nesting.
const DEEPEST: usize = 8;
/// The longest name, in bytes.
const LONGEST_NAME: usize = 64;

/// The document's tree, just as the library has it; nothing if the library is
/// to read it.
pub(super) fn read(file: &Arc<SourceFile>) -> Option<Node> {
    let bytes = file.text.as_bytes();
    if bytes.len() > LONGEST || !is_plain(bytes) {
        return None;
    }
    let mut lines = Lines {
        file,
        bytes,
        line: 0,
        at: 0,
    };
    if lines.next_line()? > 0 {
        return None;
    }
    let root = lines.block(1)?;
    lines.next_line().is_none().then_some(root)
}

/// Whether a text holds nothing but lines of characters that YAML has no
/// thought about.
fn is_plain(bytes: &[u8]) -> bool {
    odd_bytes(bytes).all(|(at, _)| match bytes[at..] {
        // Controls.
        [0xc2, next, ..] => next >= 0xa0,
        // The separators of lines and paragraphs.
        [0xe2, 0x80, last, ..] => !matches!(last, 0xa8 | 0xa9),
        // A byte order mark, and what is no character, begin with 0xef.
        [byte, ..] => byte >= 0x80 && byte != 0xef,
        [] => true,
    })
}

/// A document while it is read.
struct Lines<'f> {
    file: &'f Arc<SourceFile>,
    bytes: &'f [u8],
    /// Where the line begins.
    line: usize,
    /// How far it is read.
    at: usize,
}

/// What ends a value without quotes.
#[derive(Clone, Copy)]
enum Within {
    /// The line.
    Block,
    /// A comma or a bracket.
    Brackets,
}

impl Lines<'_> {
    /// The mapping or list that begins here.
    fn block(&mut self, depth: usize) -> Option<Node> {
        if depth > DEEPEST {
            None
        } else if self.is_item() {
            self.list(self.at, depth)
        } else {
            self.mapping(depth)
        }
    }

    fn mapping(&mut self, depth: usize) -> Option<Node> {
        let (begin, column) = (self.at, self.column());
        let mut fields = Vec::new();
        loop {
            let key = self.name()?;
            let value = if self.ends_line()? {
                self.below(column, depth + 1)?
            } else {
                self.rest_of_line(depth + 1)?
            };
            fields.push((key, value));
            match self.next_line() {
                Some(next) if next > column => return None,
                Some(next) if next == column && !self.is_item() => {}
                _ => return Some(self.node(begin, begin, Value::Map(fields))),
            }
        }
    }

    /// What stands below a name in this column.
    fn below(&mut self, column: usize, depth: usize) -> Option<Node> {
        match self.next_line()? {
            next if next > column => self.block(depth),
            next if next == column && self.is_item() && depth <= DEEPEST => {
                // The library marks such a list behind its first dash.
                let rest = self.bytes[self.at + 1..].iter();
                let mark = self.at + 1 + rest.take_while(|byte| **byte == b' ').count();
                let is_in_brackets = self.bytes.get(mark) == Some(&b'[');
                (!is_in_brackets).then(|| self.list(mark, depth))?
            }
            _ => None,
        }
    }

    fn list(&mut self, mark: usize, depth: usize) -> Option<Node> {
        let column = self.column();
        let mut items = Vec::new();
        loop {
            self.at += 1;
            self.skip_spaces();
            items.push(if self.is_name() {
                self.block(depth + 1)?
            } else {
                self.rest_of_line(depth + 1)?
            });
            match self.next_line() {
                Some(next) if next > column => return None,
                Some(next) if next == column && self.is_item() => {}
                _ => return Some(self.node(mark, mark, Value::Seq(items))),
            }
        }
    }

    fn rest_of_line(&mut self, depth: usize) -> Option<Node> {
        let value = self.value(Within::Block, depth)?;
        self.ends_line()?.then_some(value)
    }

    /// What stands on one line.
    fn value(&mut self, within: Within, depth: usize) -> Option<Node> {
        let begin = self.at;
        let value = match self.here()? {
            b'{' | b'[' if depth > DEEPEST => return None,
            b'"' => self.quoted()?,
            b'{' => self.braces(depth)?,
            b'[' => self.brackets(depth)?,
            _ => self.bare(within)?,
        };
        Some(self.node(begin, self.at, value))
    }

    fn quoted(&mut self) -> Option<Value> {
        let mut text = String::new();
        let mut begin = self.at + 1;
        loop {
            let end = begin + memchr3(b'"', b'\\', b'\n', &self.bytes[begin..])?;
            text.push_str(&self.file.text[begin..end]);
            match self.bytes[end..] {
                [b'"', ..] => {
                    self.at = end + 1;
                    return Some(Value::Scalar { text, plain: false });
                }
                [b'\\', escaped @ (b'"' | b'\\'), ..] => text.push(char::from(escaped)),
                _ => return None,
            }
            begin = end + 2;
        }
    }

    fn braces(&mut self, depth: usize) -> Option<Value> {
        let mut fields = Vec::new();
        self.each_within(b'}', |lines| {
            let key = lines.name()?;
            lines.skip_spaces();
            fields.push((key, lines.value(Within::Brackets, depth + 1)?));
            Some(())
        })?;
        Some(Value::Map(fields))
    }

    fn brackets(&mut self, depth: usize) -> Option<Value> {
        let mut items = Vec::new();
        self.each_within(b']', |lines| {
            items.push(lines.value(Within::Brackets, depth + 1)?);
            Some(())
        })?;
        Some(Value::Seq(items))
    }

    /// Each part between a bracket and the closing one.
    fn each_within(
        &mut self,
        closing: u8,
        mut part: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.at += 1;
        self.skip_spaces();
        let mut is_first = true;
        while !(is_first && self.here()? == closing) {
            part(self)?;
            self.skip_spaces();
            match self.here()? {
                byte if byte == closing => break,
                b',' => self.at += 1,
                _ => return None,
            }
            self.skip_spaces();
            is_first = false;
        }
        self.at += 1;
        Some(())
    }

    /// A word, a number or a text without quotes.
    fn bare(&mut self, within: Within) -> Option<Value> {
        let begin = self.at;
        let rest = &self.bytes[begin..];
        match rest {
            [b'-', b'0'..=b'9', ..] | [b'(' | b'$' | b'+' | b'/' | 0x80.., ..] => {}
            [first, ..] if first.is_ascii_alphanumeric() => {}
            _ => return None,
        }
        let end = match within {
            Within::Block => {
                let line = &rest[..memchr(b'\n', rest).unwrap_or(rest.len())];
                memmem::find(line, b" #").unwrap_or(line.len())
            }
            Within::Brackets => rest
                .iter()
                .position(|byte| matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b'\n'))?,
        };
        let rest = rest[..end].trim_ascii_end();
        // What may be a name or a comment.
        let is_open = |at: usize| match (rest[at], within) {
            (b':', Within::Block) => rest.get(at + 1).is_none_or(|next| *next == b' '),
            (byte, Within::Brackets) => matches!(byte, b':' | b'#'),
            _ => false,
        };
        if (0..rest.len()).any(is_open) {
            return None;
        }
        self.at = begin + rest.len();
        let text = self.text(begin, self.at);
        (!is_nothing(&text)).then_some(Value::Scalar { text, plain: true })
    }

    /// The name that begins here, and its colon.
    fn name(&mut self) -> Option<Key> {
        let begin = self.at;
        let end = begin + self.name_length()?;
        self.at = end + 1;
        let name = self.text(begin, end);
        let span = Span::new(self.file, begin..end);
        (!is_nothing(&name)).then(|| Key::new(name, span))
    }

    fn is_name(&self) -> bool {
        self.name_length().is_some()
    }

    /// How long the name is that begins here, if it is one: its colon ends the
    /// line, or a space follows it.
    fn name_length(&self) -> Option<usize> {
        let rest = &self.bytes[self.at..];
        let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let end = rest.iter().position(|byte| !is_of_name(byte))?;
        let is_name = matches!(rest[end..], [b':'] | [b':', b' ' | b'\n', ..]);
        (is_name && rest[0] != b'-' && (1..=LONGEST_NAME).contains(&end)).then_some(end)
    }

    /// Whether an item of a list begins here.
    fn is_item(&self) -> bool {
        matches!(self.bytes[self.at..], [b'-', b' ', ..])
    }

    /// Goes to the end of the line if nothing but a comment is left on it, and
    /// tells whether that is so. Nothing if it can't be told.
    fn ends_line(&mut self) -> Option<bool> {
        let before = self.at;
        self.skip_spaces();
        match self.here() {
            None | Some(b'\n') => Some(true),
            Some(b'#') if self.at > before => {
                self.skip_line();
                Some(true)
            }
            Some(b'#') => None,
            Some(_) => Some(false),
        }
    }

    /// Goes to where the next line that says something does so, unless that is
    /// here, and tells in which column that is.
    fn next_line(&mut self) -> Option<usize> {
        loop {
            self.skip_spaces();
            match self.here()? {
                b'\n' => {
                    self.at += 1;
                    self.line = self.at;
                }
                b'#' => self.skip_line(),
                _ => return Some(self.column()),
            }
        }
    }

    fn column(&self) -> usize {
        self.at - self.line
    }

    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += memchr(b'\n', rest).unwrap_or(rest.len());
    }

    fn skip_spaces(&mut self) {
        let rest = self.bytes[self.at..].iter();
        self.at += rest.take_while(|byte| **byte == b' ').count();
    }

    fn here(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn text(&self, begin: usize, end: usize) -> String {
        self.file.text[begin..end].to_owned()
    }

    fn node(&self, begin: usize, end: usize, value: Value) -> Node {
        let span = Span::new(self.file, begin..end);
        Node { span, value }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fs;
    use std::path::Path;

    use proptest::prelude::*;
    use proptest::test_runner::TestRunner;

    use super::super::Reader;
    use super::*;

    fn file(text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile {
            path: "content/x.yaml".to_owned(),
            text: text.to_owned(),
        })
    }

    fn by_the_library(file: &Arc<SourceFile>) -> Option<Node> {
        Reader::of(file).document().ok()
    }

    #[test]
    fn what_is_written_plainly_needs_no_library() {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/2026-09");
        for name in ["leadership.yaml", "telemetry.yaml"] {
            let file = file(&fs::read_to_string(sample.join(name)).unwrap());
            assert_eq!(read(&file), by_the_library(&file), "{name}");
            assert!(read(&file).is_some(), "{name}");
        }
        for text in [
            "a: 1\nb:\n  - x: 1\n    y: \"two words\"\n  - { z: [a, 2.5], w: {} }\nc:\n- d\n",
            "# a comment\n\na:   # another\n    b: \"x # y\"  # a third\n",
            "- a, and: - 1\n",
            "a: \"é £ “x”\" # c\nd: e#f   # g\nb: 10:30, https://example.com\nc: -3",
        ] {
            let file = file(text);
            assert_eq!(read(&file), by_the_library(&file), "{text}");
            assert_eq!(read(&file).is_some(), !text.contains("and: "), "{text}");
        }
    }

    /// Lines that are nearly right, and often are.
    fn lines() -> impl Strategy<Value = String> {
        let value = prop_oneof![
            4 => "[a-c]{1,2}|-?[0-9]{1,2}|\"([a-c #:,'é]|\\\\[\"\\\\n]){0,3}\"",
            2 => "\\{ ?a: (1|\"x\"|b c|\\[\\]), ?b: \\[x, -2( )?\\] ?\\}|\\[( )?(\\{\\}, )?a( )?\\]|\\{\\}",
            1 => "null|~|a: b|a:b|\\|\n|>|&a b|\\*a|!x y|'z'|\"a\\\\n\"|\"|a\"b|71,500|\\{a: 1,5\\}|\\[a: b\\]|\\{ \"a\": 1 \\}|- a|-|--- |---|\\.\\.\\.|%a|@|`|\\? a|a #b|a#b|\u{2028}|\u{a0}|\u{feff}|\u{85}",
            2 => "",
        ];
        let line = (0..4_usize, prop_oneof![3 => Just(""), 2 => Just("- "), 1 => Just("-  ")],
            prop_oneof![4 => "[a-c]: ", 1 => Just("a:".to_owned()), 2 => Just(String::new()), 1 => "(a b|null|[0-9]|-a|\"a\"|a ): "],
            value, prop_oneof![6 => Just(""), 1 => Just(" "), 2 => Just(" # c"), 1 => Just("#c"), 1 => Just("\n"), 1 => Just("\n# c"), 1 => Just("\r"), 1 => Just("\t")])
            .prop_map(|(indent, dash, name, value, end)| format!("{}{dash}{name}{value}{end}", "  ".repeat(indent / 2) + &" ".repeat(indent % 2)));
        prop::collection::vec(line, 0..7).prop_map(|lines| lines.join("\n"))
    }

    /// A document as most are, put down by one of the ways to indent it.
    fn document() -> impl Strategy<Value = String> {
        let leaf = "[a-c]{1,3}|-?[0-9]{1,2}|\"[a-c #:,é]{0,4}\"|\\{ a: 1, b: \\[x\\] \\}";
        let tree = leaf.prop_map(|leaf| vec![format!(" {leaf}")]);
        tree.prop_recursive(4, 24, 4, |inner| {
            (
                prop::collection::vec(inner, 1..4),
                any::<bool>(),
                0..3_usize,
            )
                .prop_map(|(parts, is_list, indent)| {
                    let mut lines = vec![String::new()];
                    for (part, name) in parts.iter().zip(["a", "b-1", "C_d"]) {
                        let head = if is_list {
                            "-".to_owned()
                        } else {
                            format!("{name}:")
                        };
                        let is_nested = part.len() > 1;
                        if is_list && is_nested {
                            // Compact: the first of its lines stands behind the dash.
                            let depth = part[1].len() - part[1].trim_start().len();
                            for (at, line) in part[1..].iter().enumerate() {
                                let line = &line[depth.min(line.len())..];
                                let dash = if at == 0 { "- " } else { "  " };
                                lines.push(format!("{}{dash}{line}", " ".repeat(indent)));
                            }
                            continue;
                        }
                        lines.push(format!("{}{head}{}", " ".repeat(indent), part[0]));
                        lines.extend(
                            part[1..]
                                .iter()
                                .map(|line| format!("{}{line}", " ".repeat(indent + 1))),
                        );
                    }
                    lines
                })
        })
        .prop_map(|lines| {
            let depth = lines
                .get(1)
                .map_or(0, |line| line.len() - line.trim_start().len());
            let lines: Vec<&str> = lines[1.min(lines.len() - 1)..]
                .iter()
                .map(|line| line.get(depth..).unwrap_or(""))
                .collect();
            lines.join("\n") + "\n"
        })
    }

    #[test]
    fn what_is_read_is_what_the_library_reads() {
        let mut runner = TestRunner::new(ProptestConfig::with_cases(4096));
        let without_it = Cell::new(0);
        let alike = |text: String| {
            let file = file(&text);
            if let Some(node) = read(&file) {
                without_it.set(without_it.get() + 1);
                prop_assert_eq!(Some(node), by_the_library(&file));
            }
            Ok(())
        };
        runner
            .run(&prop_oneof![lines(), document()], alike)
            .unwrap();
        assert!(without_it.get() > 1000, "{without_it:?}");
    }
}
