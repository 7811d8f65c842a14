//! TOML text to the same tree that YAML is read into.

use std::collections::BTreeSet;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::node::{Key, Node, Value};
use crate::diagnostic::{Diagnostic, Report, SourceFile, Span};

/// Reads TOML into a tree. Faults of syntax are reported and what could be
/// read is returned.
pub fn parse(file: &Arc<SourceFile>, report: &mut Report) -> Node {
    let (table, mut errors) = DeTable::parse_recoverable(&file.text);
    let span = Span::new(file, table.span());
    errors.sort_by_key(|error| error.span().map_or(0, |range| range.start));
    let mut faulty_lines = BTreeSet::new();
    let line_ends: Vec<usize> = file.text.match_indices('\n').map(|(at, _)| at).collect();
    for error in errors {
        let place = Span::new(file, error.span().unwrap_or(0..0));
        if error.message().contains("recurs") {
            report.push(
                Diagnostic::error("too-complex", "the file is nested too deep")
                    .at(&place, "reading stopped here")
                    .help("settings are text, or a list of texts"),
            );
            return Node {
                span,
                value: Value::Map(Vec::new()),
            };
        }
        // What a line's first fault leads to is not said as well.
        if faulty_lines.insert(line_ends.partition_point(|end| *end < place.start)) {
            report.push(
                Diagnostic::error(
                    "toml-syntax",
                    format!("this can't be read as TOML: {}", error.message()),
                )
                .at(&place, "")
                .help("a setting is `name = value`, with text in double quotes"),
            );
        }
    }
    Node {
        span,
        value: table_value(file, table.into_inner()),
    }
}

fn table_value(file: &Arc<SourceFile>, table: DeTable<'_>) -> Value {
    let mut entries: Vec<(Key, Node)> = table
        .into_iter()
        .map(|(key, value)| {
            let span = Span::new(file, key.span());
            (
                Key::new(key.into_inner().into_owned(), span),
                node(file, value),
            )
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    Value::Map(entries)
}

fn node(file: &Arc<SourceFile>, value: Spanned<DeValue<'_>>) -> Node {
    let span = Span::new(file, value.span());
    let plain = |text: String| Value::Scalar { text, plain: true };
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Scalar {
            text: text.into_owned(),
            plain: false,
        },
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => {
            plain(span.text().to_owned())
        }
        DeValue::Boolean(value) => plain(value.to_string()),
        DeValue::Array(items) => {
            Value::Seq(items.into_iter().map(|item| node(file, item)).collect())
        }
        DeValue::Table(table) => table_value(file, table),
    };
    Node { span, value }
}
