//! YAML text to a tree that knows where each part stands.
//!
//! This is the only module that knows the YAML crate. It keeps a scalar as
//! the author wrote it (`yes` stays a word, `63.0` keeps its digits), so that
//! what a value means is decided where it is used, and it keeps repeated keys,
//! so that they can be reported beside every other fault of the file.
//!
//! The tree is built from the parser's events: a layer that brings them to
//! types would infer what a scalar means, and takes three times as long. What is
//! written as plainly as nearly all files are is read without it, by `lines`.

mod lines;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use granit_parser::{
    ErrorKind, Event, Parser, ScalarStyle, ScanError, Span as Mark, StrInput, Tag,
};
use memchr::memchr;

use super::node::{Key, Node, Value};
use crate::diagnostic::{Diagnostic, SourceFile, Span};

/// Deepest nesting of lists and mappings: content needs five.
const MAX_DEPTH: usize = 32;
/// Most lists, mappings and scalars in one file, aliases replayed.
const MAX_NODES: usize = 200_000;
/// Most names for parts that are used again, and most such uses.
const MAX_ALIASES: usize = 100;
/// Most lists, mappings and scalars that come of them.
const MAX_REPEATED: usize = 10_000;

/// Reads one YAML document into a tree.
///
/// # Errors
///
/// One diagnostic with its place: bad syntax, an empty file, more than one
/// document, nesting or aliases beyond what a month could need.
pub fn parse(file: &Arc<SourceFile>) -> Result<Node, Diagnostic> {
    if let Some(node) = lines::read(file) {
        debug_assert_eq!(
            Some(&node),
            Reader::of(file).document().ok().as_ref(),
            "{file:?} is read as the library reads it"
        );
        return Ok(node);
    }
    if let Some(tab) = leading_tab(&file.text) {
        return Err(
            Diagnostic::error("tab", "a tab indents this line; YAML allows only spaces")
                .at(&Span::new(file, tab..tab + 1), "a tab")
                .help("put two spaces in its place; most editors can be told to do so"),
        );
    }
    Reader::of(file).document()
}

/// The first tab among the spaces that indent a line.
fn leading_tab(text: &str) -> Option<usize> {
    // As a rule there is none, wherever.
    memchr(b'\t', text.as_bytes())?;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let blank = line.trim().is_empty();
        if !blank && let Some(tab) = line[..indent].find('\t') {
            return Some(start + tab);
        }
        start += line.len();
    }
    None
}

/// A file while it is read.
struct Reader<'f> {
    file: &'f Arc<SourceFile>,
    parser: Parser<'f, StrInput<'f>>,
    /// What has a name by which it may be used again: the part, how many
    /// nodes it has and how deep they nest.
    named: HashMap<usize, (Node, Extent)>,
    nodes: usize,
    repeated: usize,
    aliases: usize,
}

/// How much of a file a part takes.
#[derive(Clone, Copy)]
struct Extent {
    nodes: usize,
    depth: usize,
}

impl<'f> Reader<'f> {
    fn of(file: &'f Arc<SourceFile>) -> Self {
        let options = granit_parser::options! {
            emit_comments: false,
            flow_nesting_limit: MAX_DEPTH,
            block_nesting_limit: MAX_DEPTH,
        };
        Reader {
            file,
            parser: Parser::new_from_str_with_options(&file.text, options),
            named: HashMap::new(),
            nodes: 0,
            repeated: 0,
            aliases: 0,
        }
    }

    fn document(mut self) -> Result<Node, Diagnostic> {
        let mut root = None;
        while let Some((event, mark)) = self.next()? {
            match event {
                Event::DocumentStart(..) if root.is_some() => return Err(self.several(&mark)),
                Event::StreamStart
                | Event::StreamEnd
                | Event::DocumentStart(..)
                | Event::DocumentEnd => {}
                event => root = Some(self.node(event, &mark, 1)?.0),
            }
        }
        root.filter(|node: &Node| !matches!(node.value, Value::Null))
            .ok_or_else(|| {
                Diagnostic::error("empty-file", "the file is empty")
                    .at(&Span::start_of(self.file), "nothing here")
                    .help("write it, or remove it; a name that begins with `_` keeps it as a draft")
            })
    }

    fn next(&mut self) -> Result<Option<(Event<'f>, Mark)>, Diagnostic> {
        self.parser
            .next_event()
            .transpose()
            .map_err(|error| explain(self.file, &error))
    }

    /// The part that an event begins, and all in it.
    fn node(
        &mut self,
        event: Event<'f>,
        mark: &Mark,
        depth: usize,
    ) -> Result<(Node, Extent), Diagnostic> {
        let before = self.nodes;
        self.count(1, mark)?;
        let (anchor, (node, within)) = match event {
            Event::Alias(name) => return self.again(name, mark, depth),
            Event::Scalar(text, style, anchor, tag) => {
                let value = self.scalar(text, style, tag.as_deref(), mark)?;
                let span = self.span(mark);
                (anchor, (Node { span, value }, 0))
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.untagged(tag.as_deref(), mark)?;
                (anchor, self.list(mark, depth)?)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.untagged(tag.as_deref(), mark)?;
                (anchor, self.mapping(mark, depth)?)
            }
            _ => {
                let said = "a value was expected";
                return Err(super::syntax::explain(self.file, &self.span(mark), said));
            }
        };
        let extent = Extent {
            nodes: self.nodes - before,
            depth: within,
        };
        if anchor != 0 {
            if self.named.len() == MAX_ALIASES {
                return Err(self.too_complex(mark));
            }
            self.named.insert(anchor, (node.clone(), extent));
        }
        Ok((node, extent))
    }

    /// What was named before, where it is used again.
    fn again(
        &mut self,
        name: usize,
        mark: &Mark,
        depth: usize,
    ) -> Result<(Node, Extent), Diagnostic> {
        let span = self.span(mark);
        let Some((node, extent)) = self.named.get(&name) else {
            let message = "this repeats what it stands in, without end";
            return Err(Diagnostic::error("too-complex", message)
                .at(&span, "reading stopped here")
                .help("write the values out"));
        };
        let value = node.value.clone();
        let extent = *extent;
        self.aliases += 1;
        self.repeated += extent.nodes;
        if self.aliases > MAX_ALIASES || self.repeated > MAX_REPEATED {
            return Err(self.too_complex(mark));
        }
        self.count(extent.nodes, mark)?;
        if depth + extent.depth > MAX_DEPTH {
            return Err(too_deep(&span));
        }
        Ok((Node { span, value }, extent))
    }

    fn list(&mut self, mark: &Mark, depth: usize) -> Result<(Node, usize), Diagnostic> {
        let mut items = Vec::new();
        let mut deepest = 0;
        let end = loop {
            let (event, at) = self.within(mark, depth)?;
            if event == Event::SequenceEnd {
                break at;
            }
            let (item, extent) = self.node(event, &at, depth + 1)?;
            deepest = deepest.max(extent.depth);
            items.push(item);
        };
        let span = self.enclosed(mark, &end, ']');
        let value = Value::Seq(items);
        Ok((Node { span, value }, deepest + 1))
    }

    fn mapping(&mut self, mark: &Mark, depth: usize) -> Result<(Node, usize), Diagnostic> {
        let mut fields: Vec<(Key, Node)> = Vec::new();
        let mut deepest = 0;
        let end = loop {
            let (event, at) = self.within(mark, depth)?;
            if event == Event::MappingEnd {
                break at;
            }
            let key = self.key(event, &at)?;
            let (event, at) = self.within(mark, depth)?;
            let (value, extent) = self.node(event, &at, depth + 1)?;
            deepest = deepest.max(extent.depth);
            match fields.last_mut() {
                Some((_, number)) if goes_on(number, &key, &value) => {
                    let span = Span::new(self.file, number.span.start..key.span().end);
                    let text = span.text().to_owned();
                    *number = Node {
                        span,
                        value: Value::Scalar { text, plain: true },
                    };
                }
                _ => fields.push((key, value)),
            }
        };
        let span = self.enclosed(mark, &end, '}');
        let value = Value::Map(fields);
        Ok((Node { span, value }, deepest + 1))
    }

    /// The next event of what began there.
    fn within(&mut self, mark: &Mark, depth: usize) -> Result<(Event<'f>, Mark), Diagnostic> {
        if depth > MAX_DEPTH {
            return Err(too_deep(&self.span(mark)));
        }
        match self.parser.next_event() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => Err(explain(self.file, &error)),
            None => Err(super::syntax::explain(
                self.file,
                &self.span(mark),
                "the file ends",
            )),
        }
    }

    fn key(&mut self, event: Event<'f>, mark: &Mark) -> Result<Key, Diagnostic> {
        self.count(1, mark)?;
        let span = self.span(mark);
        match event {
            Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "<<" => Err(
                Diagnostic::error("merge-key", "merge keys (`<<`) are not read")
                    .at(&span, "")
                    .help("write the fields out"),
            ),
            Event::Scalar(text, ScalarStyle::Plain, ..) if is_nothing(&text) => {
                Err(Diagnostic::error("yaml-syntax", "a name is missing here")
                    .at(&span, "before the value")
                    .help("a field is `name: value`; put a name such as `null` in double quotes"))
            }
            Event::Scalar(text, _, anchor, tag) => {
                self.untagged(tag.as_deref(), mark)?;
                let key = Key::new(text.into_owned(), span);
                if anchor != 0 {
                    let extent = Extent { nodes: 1, depth: 0 };
                    self.named.insert(anchor, (key.node().clone(), extent));
                }
                Ok(key)
            }
            Event::Alias(name) => match self.named.get(&name).map(|(node, _)| &node.value) {
                Some(Value::Scalar { text, .. }) => Ok(Key::new(text.clone(), span)),
                _ => Err(no_name(&span)),
            },
            _ => Err(no_name(&span)),
        }
    }

    fn scalar(
        &self,
        text: Cow<'f, str>,
        style: ScalarStyle,
        tag: Option<&Tag>,
        mark: &Mark,
    ) -> Result<Value, Diagnostic> {
        if tag.and_then(Tag::core_suffix) == Some("str") {
            let text = text.into_owned();
            return Ok(Value::Scalar { text, plain: false });
        }
        self.untagged(tag, mark)?;
        if style != ScalarStyle::Plain {
            let text = text.into_owned();
            return Ok(Value::Scalar { text, plain: false });
        }
        if is_nothing(&text) {
            return Ok(Value::Null);
        }
        // What goes on over several lines is text.
        let plain = !self.span(mark).text().contains('\n');
        let text = text.into_owned();
        Ok(Value::Scalar { text, plain })
    }

    /// A tag says of which type a value is, and here its place says so.
    fn untagged(&self, tag: Option<&Tag>, mark: &Mark) -> Result<(), Diagnostic> {
        let Some(tag) = tag else {
            return Ok(());
        };
        let at = mark.tag_span();
        let message = format!("tags such as `{}` are not read", tag.original());
        Err(Diagnostic::error("yaml-syntax", message)
            .at(&self.span(at.as_ref().unwrap_or(mark)), "this tag")
            .help("remove it; put a text that begins with `!` in double quotes"))
    }

    fn count(&mut self, more: usize, mark: &Mark) -> Result<(), Diagnostic> {
        self.nodes += more;
        if self.nodes > MAX_NODES {
            return Err(self.too_complex(mark));
        }
        Ok(())
    }

    fn too_complex(&self, mark: &Mark) -> Diagnostic {
        Diagnostic::error(
            "too-complex",
            "the file is too large or repeats itself by aliases without end",
        )
        .at(&self.span(mark), "reading stopped here")
        .help(format!(
            "write the values out; a file may hold {MAX_NODES} of them"
        ))
    }

    fn several(&self, mark: &Mark) -> Diagnostic {
        Diagnostic::error(
            "several-documents",
            "the file holds more than one YAML document",
        )
        .at(&self.span(mark), "a second document begins here")
        .help("a file is one document: remove the line `---` and what doesn't belong")
    }

    fn span(&self, mark: &Mark) -> Span {
        Span::new(self.file, bytes(mark))
    }

    /// A list or mapping within brackets, with both; one without them is
    /// marked at its beginning alone.
    fn enclosed(&self, begin: &Mark, end: &Mark, closing: char) -> Span {
        let (begin, end) = (bytes(begin), bytes(end));
        let opening = if closing == ']' { '[' } else { '{' };
        let begins = self.file.text[begin.start..].starts_with(opening);
        if begins && self.file.text[..end.end].ends_with(closing) {
            Span::new(self.file, begin.start..end.end)
        } else {
            Span::new(self.file, begin)
        }
    }
}

/// Whether a scalar without quotes stands for nothing.
fn is_nothing(text: &str) -> bool {
    text.is_empty() || text == "~" || text.eq_ignore_ascii_case("null")
}

fn bytes(mark: &Mark) -> Range<usize> {
    // Known wherever a text is read, rather than a stream.
    mark.byte_range().unwrap_or(0..0)
}

fn no_name(span: &Span) -> Diagnostic {
    Diagnostic::error(
        "yaml-syntax",
        "a list or mapping stands where a name is expected",
    )
    .at(span, "no name")
    .help("a field is `name: value`; put a text that begins with a bracket in double quotes")
}

/// The crate's error in our words, where we have better ones.
fn explain(file: &Arc<SourceFile>, error: &ScanError) -> Diagnostic {
    let span = place(file, error);
    match error.kind() {
        ErrorKind::RecursionLimitExceeded => too_deep(&span),
        _ => super::syntax::explain(file, &span, error.info().trim_end_matches(['.', ':', ' '])),
    }
}

fn too_deep(span: &Span) -> Diagnostic {
    Diagnostic::error("too-complex", "the file is nested too deep")
        .at(span, "reading stopped here")
        .help(format!("lists and fields may nest {MAX_DEPTH} levels"))
}

fn place(file: &Arc<SourceFile>, error: &ScanError) -> Span {
    let mark = error.marker();
    if let Some(start) = mark.byte_offset() {
        let start = start.min(file.text.len());
        return Span::new(file, start..(start + 1).min(file.text.len()));
    }
    let lines = file.text.split_inclusive('\n');
    let start: usize = lines
        .take(mark.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let offset: usize = file.text[start..]
        .chars()
        .take(mark.col())
        .map(char::len_utf8)
        .sum();
    Span::new(file, start + offset..start + offset + 1)
}

/// Whether a number goes on after a comma that should separate thousands or
/// decimals: within braces YAML takes the `500` of `71,500` for a field.
fn goes_on(number: &Node, key: &Key, value: &Node) -> bool {
    let Value::Scalar { text, plain: true } = &number.value else {
        return false;
    };
    let digits =
        |text: &str, at: fn(&str) -> Option<char>| at(text).is_some_and(|c| c.is_ascii_digit());
    let touching = number.span.file.text.get(number.span.end..key.span().start) == Some(",");
    touching
        && matches!(value.value, Value::Null)
        && text.len() <= 12
        && digits(text, |text| text.chars().next_back())
        && digits(key.name(), |name| name.chars().next())
}

#[cfg(test)]
mod tests;
