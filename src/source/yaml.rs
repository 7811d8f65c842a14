//! YAML text to a tree that knows where each part stands.
//!
//! This is the only module that knows the YAML crate. It keeps a scalar as
//! the author wrote it (`yes` stays a word, `63.0` keeps its digits), so that
//! what a value means is decided where it is used, and it keeps repeated keys,
//! so that they can be reported beside every other fault of the file.

use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, Error, MergeKeyPolicy, NonFiniteFloatPolicy};

use super::node::{Key, Node, Value};
use crate::diagnostic::{Diagnostic, SourceFile, Span};

/// Deepest nesting of lists and mappings: content needs five.
const MAX_DEPTH: usize = 32;
/// Most lists, mappings and scalars in one file, aliases replayed.
const MAX_NODES: usize = 200_000;

/// Reads one YAML document into a tree.
///
/// # Errors
///
/// One diagnostic with its place: bad syntax, an empty file, more than one
/// document, nesting or aliases beyond what a month could need.
pub fn parse(file: &Arc<SourceFile>) -> Result<Node, Diagnostic> {
    if let Some(tab) = leading_tab(&file.text) {
        return Err(
            Diagnostic::error("tab", "a tab indents this line; YAML allows only spaces")
                .at(&Span::new(file, tab..tab + 1), "a tab")
                .help("put two spaces in its place; most editors can be told to do so"),
        );
    }
    let tree: Raw = serde_saphyr::from_str_with_options(&file.text, options())
        .map_err(|error| explain(file, &place(file, &error), &error))?;
    let node = tree.into_node(file, &file.text);
    if matches!(node.value, Value::Null) {
        return Err(Diagnostic::error("empty-file", "the file is empty")
            .at(&Span::start_of(file), "nothing here")
            .help("write it, or remove it; a name that begins with `_` keeps it as a draft"));
    }
    Ok(node)
}

fn options() -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: MAX_DEPTH,
            flow_nesting_limit: MAX_DEPTH,
            max_nodes: MAX_NODES,
            max_events: 4 * MAX_NODES,
            max_aliases: 100,
            max_anchors: 100,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 10_000,
            max_replay_stack_depth: 8,
            max_alias_expansions_per_anchor: 100,
        },
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        merge_keys: MergeKeyPolicy::Error,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        with_snippet: false,
    }
}

/// The first tab among the spaces that indent a line.
fn leading_tab(text: &str) -> Option<usize> {
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

/// The crate's error in our words, where we have better ones.
fn explain(file: &Arc<SourceFile>, span: &Span, error: &Error) -> Diagnostic {
    match error {
        Error::AliasError { error, .. } | Error::WithSnippet { error, .. } => {
            explain(file, span, error)
        }
        Error::MultipleDocuments { .. } => {
            let divider = file.text[..span.start]
                .rfind("\n---")
                .map(|newline| newline + 1);
            let span = divider.map_or(span.clone(), |start| Span::new(file, start..start + 3));
            Diagnostic::error(
                "several-documents",
                "the file holds more than one YAML document",
            )
            .at(&span, "a second document begins here")
            .help("a file is one document: remove the line `---` and what doesn't belong")
        }
        Error::Eof { .. } => Diagnostic::error("empty-file", "the file is empty")
            .at(&Span::start_of(file), "nothing here")
            .help("write it, or remove it; a name that begins with `_` keeps it as a draft"),
        Error::Budget { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => {
            if matches!(
                error,
                Error::Budget {
                    breach: serde_saphyr::budget::BudgetBreach::Depth { .. },
                    ..
                }
            ) {
                return too_deep(span);
            }
            Diagnostic::error(
                "too-complex",
                "the file is too large or repeats itself by aliases without end",
            )
            .at(span, "reading stopped here")
            .help(format!(
                "write the values out; a file may hold {MAX_NODES} of them"
            ))
        }
        Error::MergeKeyNotAllowed { .. } => {
            Diagnostic::error("merge-key", "merge keys (`<<`) are not read")
                .at(span, "")
                .help("write the fields out")
        }
        other => syntax(file, span, other),
    }
}

fn syntax(file: &Arc<SourceFile>, span: &Span, error: &Error) -> Diagnostic {
    let said = error.to_string();
    let said = said.lines().next().unwrap_or_default();
    if said.contains("nesting") || said.contains("recursion") || said.contains("depth") {
        return too_deep(span);
    }
    super::syntax::explain(file, span, without_place(said))
}

fn too_deep(span: &Span) -> Diagnostic {
    Diagnostic::error("too-complex", "the file is nested too deep")
        .at(span, "reading stopped here")
        .help(format!("lists and fields may nest {MAX_DEPTH} levels"))
}

/// The sentence without the crate's own `at line 3, column 4`, which the
/// frame says.
fn without_place(said: &str) -> &str {
    let said = said.split(" at line ").next().unwrap_or(said);
    let said = said.split(" at byte ").next().unwrap_or(said);
    said.trim_end_matches(['.', ':', ' '])
}

fn place(file: &Arc<SourceFile>, error: &Error) -> Span {
    let Some(location) = error.location() else {
        return Span::start_of(file);
    };
    if let Some(start) = location.span().byte_offset() {
        let start = usize::try_from(start)
            .unwrap_or(usize::MAX)
            .min(file.text.len());
        let len = location.span().byte_len().unwrap_or(0);
        let end = start.saturating_add(usize::try_from(len).unwrap_or(0));
        return Span::new(file, start..end.max(start + 1).min(file.text.len()));
    }
    let line = usize::try_from(location.line()).unwrap_or(1).max(1);
    let column = usize::try_from(location.column()).unwrap_or(1).max(1);
    let start: usize = file
        .text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let offset: usize = file.text[start..]
        .chars()
        .take(column - 1)
        .map(char::len_utf8)
        .sum();
    Span::new(file, start + offset..start + offset + 1)
}

/// What the crate hands over, before scalars are taken from the source text.
struct Raw {
    value: RawValue,
    referenced: serde_saphyr::Location,
    defined: serde_saphyr::Location,
}

enum RawValue {
    Null,
    Scalar(String),
    Seq(Vec<Raw>),
    Map(Vec<(serde_saphyr::Spanned<String>, Raw)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = serde_saphyr::Spanned::<RawValue>::deserialize(deserializer)?;
        Ok(Raw {
            value: spanned.value,
            referenced: spanned.referenced,
            defined: spanned.defined,
        })
    }
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawValue;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<RawValue, E> {
        Ok(RawValue::Scalar(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<RawValue, E> {
        Ok(RawValue::Scalar(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<RawValue, E> {
        Ok(RawValue::Scalar(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<RawValue, E> {
        Ok(RawValue::Scalar(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<RawValue, E> {
        Ok(RawValue::Scalar(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<RawValue, E> {
        Ok(RawValue::Scalar(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<RawValue, E> {
        Ok(RawValue::Scalar(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<RawValue, E> {
        Ok(RawValue::Scalar(value))
    }

    fn visit_unit<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_none<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<RawValue, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(RawValue::Seq(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawValue, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(RawValue::Map(entries))
    }
}

impl Raw {
    fn into_node(self, file: &Arc<SourceFile>, text: &str) -> Node {
        let span = span(file, &self.referenced);
        let written = span_text(text, &self.defined);
        let value = match self.value {
            RawValue::Null => Value::Null,
            RawValue::Scalar(value) => match written {
                Some(written) if !quoted(written) => Value::Scalar {
                    text: written.to_owned(),
                    plain: true,
                },
                _ => Value::Scalar {
                    text: value,
                    plain: false,
                },
            },
            RawValue::Seq(items) => Value::Seq(
                items
                    .into_iter()
                    .map(|item| item.into_node(file, text))
                    .collect(),
            ),
            RawValue::Map(entries) => {
                let mut fields: Vec<(Key, Node)> = Vec::new();
                for (key, value) in entries {
                    let key = Key::new(key.value, self::span(file, &key.referenced));
                    let value = value.into_node(file, text);
                    match fields.last_mut() {
                        Some((_, number)) if goes_on(number, &key, &value) => {
                            let span = Span::new(file, number.span.start..key.span().end);
                            let text = span.text().to_owned();
                            *number = Node {
                                span,
                                value: Value::Scalar { text, plain: true },
                            };
                        }
                        _ => fields.push((key, value)),
                    }
                }
                Value::Map(fields)
            }
        };
        let end = end_of(&value, &span).filter(|_| self.referenced == self.defined);
        let span = end.map_or(span.clone(), |end| Span::new(file, span.start..end));
        Node { span, value }
    }
}

/// Where a list or mapping within brackets ends: after its closing bracket.
/// One without brackets is marked at its beginning alone.
fn end_of(value: &Value, span: &Span) -> Option<usize> {
    let text = &span.file.text;
    let last = match value {
        Value::Seq(items) => items.last().map(|item| item.span.end),
        Value::Map(fields) => fields
            .last()
            .map(|(key, value)| value.span.end.max(key.span().end)),
        Value::Null | Value::Scalar { .. } => return None,
    };
    let closing = match text.get(span.start..)?.chars().next()? {
        '{' => '}',
        '[' => ']',
        _ => return None,
    };
    let from = last.unwrap_or(span.start);
    Some(from + text.get(from..)?.find(closing)? + 1)
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

/// Whether a scalar as written is quoted, a block, tagged or on many lines:
/// then the crate's reading of it is the value, and it is text.
fn quoted(written: &str) -> bool {
    written.starts_with(['"', '\'', '|', '>', '!', '&', '*']) || written.contains('\n')
}

fn span(file: &Arc<SourceFile>, location: &serde_saphyr::Location) -> Span {
    let range = bytes(location).unwrap_or(0..0);
    Span::new(file, range)
}

fn span_text<'t>(text: &'t str, location: &serde_saphyr::Location) -> Option<&'t str> {
    text.get(bytes(location)?)
        .map(str::trim)
        .filter(|written| !written.is_empty())
}

fn bytes(location: &serde_saphyr::Location) -> Option<std::ops::Range<usize>> {
    let start = usize::try_from(location.span().byte_offset()?).ok()?;
    let len = usize::try_from(location.span().byte_len()?).ok()?;
    Some(start..start.checked_add(len)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_text(text: &str) -> Result<Node, Diagnostic> {
        parse(&Arc::new(SourceFile {
            path: "content/x.yaml".to_owned(),
            text: text.to_owned(),
        }))
    }

    fn entries(node: &Node) -> &[(Key, Node)] {
        match &node.value {
            Value::Map(entries) => entries,
            other => panic!("expected a mapping, found {other:?}"),
        }
    }

    #[test]
    fn scalars_stay_as_they_were_written() {
        let node =
            parse_text("a: yes\nb: 63.0\nc: \"63.0\"\nd: 2026-10-08\ne:\nf: {x: 1, y: no}\n")
                .unwrap();
        let shown: Vec<String> = entries(&node)
            .iter()
            .map(|(key, node)| match &node.value {
                Value::Scalar { text, plain } => format!("{}={text} {plain}", key.name()),
                Value::Null => format!("{}=null", key.name()),
                Value::Map(inner) => format!("{}={}", key.name(), inner.len()),
                Value::Seq(items) => format!("{}=[{}]", key.name(), items.len()),
            })
            .collect();
        assert_eq!(
            shown,
            [
                "a=yes true",
                "b=63.0 true",
                "c=63.0 false",
                "d=2026-10-08 true",
                "e=null",
                "f=2"
            ]
        );
        let (key, value) = &entries(&node)[1];
        assert_eq!((key.span().text(), value.span.text()), ("b", "63.0"));
    }

    #[test]
    fn what_stands_in_brackets_is_marked_whole() {
        let node =
            parse_text("a: [ { x: 1, y: [] }, {} ]\nb: &n { x: 1 }\nc: *n\nd:\n  - { x: \"}\" }\n")
                .unwrap();
        let fields = entries(&node);
        assert_eq!(fields[0].1.span.text(), "[ { x: 1, y: [] }, {} ]");
        assert_eq!(fields[2].1.span.text(), "*n");
        let Value::Seq(items) = &fields[3].1.value else {
            panic!("a list")
        };
        assert_eq!(items[0].span.text(), "{ x: \"}\" }");
    }

    #[test]
    fn a_repeated_key_is_kept() {
        let node = parse_text("a: 1\nb: 2\na: 3\n").unwrap();
        let keys: Vec<&str> = entries(&node).iter().map(|(key, _)| key.name()).collect();
        assert_eq!(keys, ["a", "b", "a"]);
    }

    #[test]
    fn a_number_with_a_comma_stays_whole_within_braces() {
        let node = parse_text("{a: 71,500, b: 1,234,567, c: 28,4 %, d: 5, 600: , e: x,y}").unwrap();
        let shown: Vec<(&str, &str)> = entries(&node)
            .iter()
            .map(|(key, node)| (key.name(), node.span.text()))
            .collect();
        let expected = [
            ("a", "71,500"),
            ("b", "1,234,567"),
            ("c", "28,4 %"),
            ("d", "5"),
            ("600", ""),
        ];
        assert_eq!(shown[..5], expected);
        assert_eq!(shown[5], ("e", "x"));
    }

    #[test]
    fn an_alias_is_read_and_points_at_its_use() {
        let node = parse_text("a: &x 12\nb: *x\n").unwrap();
        let (_, alias) = &entries(&node)[1];
        assert_eq!(alias.span.text(), "*x");
        assert!(
            matches!(&alias.value, Value::Scalar { text, .. } if text == "12"),
            "{alias:?}"
        );
    }

    #[test]
    fn hostile_files_end_in_a_diagnostic() {
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n\
                    c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n\
                    e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n";
        assert_eq!(parse_text(bomb).unwrap_err().code, "too-complex");
        let flow = format!("a: {}", "[".repeat(100_000));
        assert_eq!(parse_text(&flow).unwrap_err().code, "too-complex");
        let block: String = "- ".repeat(100_000);
        assert_eq!(parse_text(&block).unwrap_err().code, "too-complex");
        assert_eq!(parse_text("").unwrap_err().code, "empty-file");
        assert_eq!(
            parse_text("# only a comment\n").unwrap_err().code,
            "empty-file"
        );
        assert_eq!(
            parse_text("a: 1\n---\nb: 2\n").unwrap_err().code,
            "several-documents"
        );
        assert_eq!(parse_text("a: 1\n\tb: 2\n").unwrap_err().code, "tab");
        assert_eq!(
            parse_text("a: 1\nb 2\nc: 3\n").unwrap_err().code,
            "yaml-syntax"
        );
    }
}
