//! A document's tree to its type, with every fault on the way.
//!
//! A serde deserializer over [`Node`]s. Where serde would stop at the first
//! fault, this one reports it and goes on: unknown and repeated fields are
//! said here, and a [`Field`](super::field::Field) takes the fault of its own
//! value. The same types can so describe themselves to an editor.

use std::cell::RefCell;
use std::fmt;

use chrono::NaiveDate;
use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use super::field::{DATE, FIELD, ID};
use super::node::{Key, Node, Value};
use super::number::{self, Kind};
use crate::diagnostic::{Diagnostic, Report, Span, listed, nearest, one_of};

/// Reads a tree as a document. `what` names it in messages: `telemetry`.
///
/// Nothing is returned if the tree isn't a mapping; that has been reported.
pub fn decode<T: DeserializeOwned>(node: &Node, what: &str, report: &mut Report) -> Option<T> {
    let faults = RefCell::new(Report::default());
    let decoder = Decoder {
        node,
        name: what,
        item: false,
        fields: &[],
        faults: &faults,
    };
    let decoded = T::deserialize(decoder);
    report.append(faults.take());
    match decoded {
        Ok(value) => Some(value),
        Err(Fault(diagnostic)) => {
            report.push(*diagnostic);
            None
        }
    }
}

#[derive(Clone, Copy)]
struct Decoder<'de> {
    node: &'de Node,
    /// The field that holds the node, for messages.
    name: &'de str,
    /// Whether the node is an item of a list in that field.
    item: bool,
    /// The fields that the node may hold, where that is known.
    fields: &'static [&'static str],
    faults: &'de RefCell<Report>,
}

/// A fault on its way up to the field that takes it.
#[derive(Debug)]
struct Fault(Box<Diagnostic>);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Fault(Box::new(Diagnostic::error(
            "invalid-value",
            message.to_string(),
        )))
    }
}

impl<'de> Decoder<'de> {
    fn fault<T>(
        self,
        code: &'static str,
        message: String,
        help: impl Into<String>,
    ) -> Result<T, Fault> {
        Err(Fault(Box::new(
            Diagnostic::error(code, message)
                .at(&self.node.span, "")
                .help(help),
        )))
    }

    /// The scalar's text and whether it stood without quotes.
    fn scalar(self, expected: &str) -> Result<(&'de str, bool), Fault> {
        match &self.node.value {
            Value::Scalar { text, plain } => Ok((text, *plain)),
            Value::Null => self.empty(expected),
            Value::Seq(_) | Value::Map(_) => self.shape(expected),
        }
    }

    fn empty<T>(self, expected: &str) -> Result<T, Fault> {
        self.fault(
            "empty-value",
            format!("`{}` has no value", self.name),
            match expected {
                "a number" | "a whole number" => {
                    format!("give {expected}, or leave it out: that means not reported")
                }
                _ => format!("give {expected}, or leave it out"),
            },
        )
    }

    fn shape<T>(self, expected: &str) -> Result<T, Fault> {
        let found = match &self.node.value {
            Value::Null => "nothing",
            Value::Scalar { .. } => "a single value",
            Value::Seq(_) => "a list",
            Value::Map(_) => "a group of fields",
        };
        let item = if self.item { "an item of " } else { "" };
        self.fault(
            "wrong-shape",
            format!("{item}`{}` should be {expected}, but is {found}", self.name),
            match (expected, &self.node.value) {
                ("a list", Value::Scalar { text, .. }) => format!("write a list of one: `[{}]`", shortened(text)),
                ("a list", _) => "begin each item with `- `, or write `[first, second]`".to_owned(),
                ("a group of fields", _) => match self.fields {
                    [] => "write `name: value`, one a line and indented, or `{ name: value }`".to_owned(),
                    [only] => format!("write `{{ {only}: … }}`"),
                    [first, second, ..] => format!(
                        "write its fields, one a line as `{first}: …`, or within braces: `{{ {first}: …, {second}: … }}`"
                    ),
                },
                _ => "write one value after the colon".to_owned(),
            },
        )
    }

    /// Text for a reader: control characters can't be shown or printed.
    fn text(self) -> Result<&'de str, Fault> {
        let (text, _) = self.scalar("text")?;
        match text.chars().find(|&c| forbidden(c)) {
            None => Ok(text),
            Some(c) => self.fault(
                "control-character",
                format!(
                    "`{}` holds the control character U+{:04X}",
                    self.name,
                    u32::from(c)
                ),
                "remove it; it often comes with text pasted from a PDF or a terminal",
            ),
        }
    }

    fn number(self) -> Result<f64, Fault> {
        let (text, plain) = self.scalar("a number")?;
        let decimal = text
            .chars()
            .all(|c| c.is_ascii_digit() || ".+-eE_".contains(c));
        match text.parse::<f64>() {
            Ok(number) if plain && decimal && number.is_finite() => Ok(number),
            _ => self.not_a_number(text, plain, Kind::Decimal),
        }
    }

    fn integer(self) -> Result<i64, Fault> {
        let (text, plain) = self.scalar("a whole number")?;
        match text.parse::<i64>() {
            Ok(number) if plain => Ok(number),
            _ => self.not_a_number(text, plain, Kind::Whole),
        }
    }

    fn not_a_number<T>(self, text: &str, plain: bool, kind: Kind) -> Result<T, Fault> {
        self.fault(
            "not-a-number",
            format!(
                "`{}` should be {}, but is `{}`",
                self.name,
                kind.what(),
                shortened(text)
            ),
            number::advice(text, plain, kind),
        )
    }

    fn date(self) -> Result<&'de str, Fault> {
        let (text, _) = self.scalar("a date")?;
        let digits = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Ok(date) if digits && date >= NaiveDate::default() => Ok(text),
            _ if digits => self.fault(
                "not-a-date",
                format!(
                    "`{}` is {text}, a day that the calendar doesn't have",
                    self.name
                ),
                "check the month and its number of days; dates begin in 1970",
            ),
            _ => self.fault(
                "not-a-date",
                format!("`{}` should be a date, but is `{text}`", self.name),
                "write year, month and day with hyphens: 2026-10-08",
            ),
        }
    }

    fn identifier(self) -> Result<&'de str, Fault> {
        let (text, _) = self.scalar("a name")?;
        let allowed =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if !text.is_empty() && text.len() <= 80 && text.chars().all(allowed) {
            return Ok(text);
        }
        if text.trim().is_empty() {
            return self.empty("a name such as quote-drafter");
        }
        let rule = "lower-case letters, digits and hyphens, at most 80 of them";
        let words: Vec<&str> = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let plain = words.join("-").to_ascii_lowercase();
        self.fault(
            "not-a-name",
            format!("`{}` can't be a name in `{}`", shortened(text), self.name),
            match plain.len() {
                1..=80 if text.is_ascii() => format!("write `{plain}`: {rule}"),
                _ => format!("use {rule}, such as quote-drafter"),
            },
        )
    }

    fn boolean(self) -> Result<bool, Fault> {
        match self.scalar("true or false")? {
            ("true" | "yes", true) => Ok(true),
            ("false" | "no", true) => Ok(false),
            (text, _) => self.fault(
                "not-true-or-false",
                format!(
                    "`{}` should be true or false, but is `{}`",
                    self.name,
                    shortened(text)
                ),
                "write true or false, without quotes",
            ),
        }
    }

    fn map(self) -> Result<&'de [(Key, Node)], Fault> {
        match &self.node.value {
            Value::Map(entries) => Ok(entries),
            Value::Null => self.empty("its fields"),
            _ => self.shape("a group of fields"),
        }
    }

    /// The entries without repetitions, each repetition reported.
    fn distinct(self) -> Result<Vec<&'de (Key, Node)>, Fault> {
        let mut distinct: Vec<&(Key, Node)> = Vec::new();
        let mut firsts = std::collections::BTreeMap::new();
        for entry in self.map()? {
            let key = &entry.0;
            if let Some(&first) = firsts.get(key.name()) {
                self.faults.borrow_mut().push(
                    Diagnostic::error("duplicate-key", format!("`{}` is given twice", key.name()))
                        .at(key.span(), "again here")
                        .see(first, "first here")
                        .help("keep one of the two"),
                );
            } else {
                firsts.insert(key.name(), key.span());
                distinct.push(entry);
            }
        }
        Ok(distinct)
    }

    fn unknown_field(self, key: &Key, value: &Node, fields: &[&str]) {
        if matches!(value.value, Value::Null) && self.without_colon(key, value, fields) {
            return;
        }
        let near = nearest(key.name(), fields.iter().copied());
        let help = match near {
            Some(near) => format!("a field with a similar name exists: `{near}`"),
            None => format!(
                "`{}` may hold {}",
                self.name,
                listed(fields.iter().copied())
            ),
        };
        self.faults.borrow_mut().push(
            Diagnostic::error(
                "unknown-field",
                format!(
                    "`{}` is not a field of `{}`",
                    shortened(key.name()),
                    self.name
                ),
            )
            .at(key.span(), "not known here")
            .help(help)
            .replace_with(near.map(ToOwned::to_owned)),
        );
    }

    /// Reports what stands between two commas without a colon: the colon is
    /// missing, or the comma belongs to a text. Whether it was one of these.
    fn without_colon(self, key: &Key, value: &Node, fields: &[&str]) -> bool {
        let name = key.name();
        let written = &key.span().file.text;
        let colon = written.get(key.span().end..value.span.end.max(key.span().end + 1));
        if colon.is_some_and(|after| after.contains(':')) {
            return false;
        }
        let fault = match fields.iter().find(|field| {
            name.strip_prefix(**field)
                .is_some_and(|rest| rest.starts_with(' '))
        }) {
            Some(field) => Diagnostic::error(
                "missing-colon",
                format!("a colon is missing after `{field}`"),
            )
            .at(key.span(), "")
            .help("a field is `name: value`, with a colon and a space after it")
            .replace_with(Some(format!("{field}:{}", &name[field.len()..]))),
            None if fields.contains(&name) => return false,
            None => Diagnostic::error(
                "stray-text",
                format!("`{}` stands alone within braces", shortened(name)),
            )
            .at(key.span(), "not a field: it has no colon")
            .help("a comma ends a value within braces: put a text that holds one in double quotes"),
        };
        self.faults.borrow_mut().push(fault);
        true
    }

    fn variant(self, variants: &'static [&'static str]) -> Result<&'static str, Fault> {
        let (text, _) = self.scalar("one of the known words")?;
        if let Some(variant) = variants.iter().find(|variant| **variant == text) {
            return Ok(variant);
        }
        let near = nearest(text, variants.iter().copied());
        let known = one_of(variants.iter().copied());
        Err(Fault(Box::new(
            Diagnostic::error(
                "unknown-word",
                format!(
                    "`{}` is `{}`, which is not one of its words",
                    self.name,
                    shortened(text)
                ),
            )
            .at(&self.node.span, "")
            .help(match near {
                Some(near) => format!("did you mean `{near}`? It may be {known}"),
                None => format!("it may be {known}"),
            })
            .replace_with(near.map(ToOwned::to_owned)),
        )))
    }
}

/// Control characters, and the marks that turn or hide the text around them.
pub(super) fn forbidden(c: char) -> bool {
    let hidden = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    hidden || (c.is_control() && !matches!(c, '\n' | '\t'))
}

fn shortened(text: &str) -> String {
    let mut short: String = text
        .chars()
        .take(60)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    short
}

macro_rules! integers {
    ($($method:ident $visit:ident $kind:ty),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            let number = self.integer()?;
            match <$kind>::try_from(number) {
                Ok(number) => visitor.$visit(number),
                Err(_) => self.fault(
                    "out-of-range",
                    format!("`{}` is {number}, which can't be", self.name),
                    "a count is 0 or more, and at most some millions",
                ),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Decoder<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Scalar { text, .. } => visitor.visit_borrowed_str(text),
            Value::Seq(_) => self.deserialize_seq(visitor),
            Value::Map(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_bool(self.boolean()?)
    }

    integers!(
        deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16, deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64, deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32, deserialize_u64 visit_u64 u64
    );

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_f64(self.number()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match name {
            FIELD => visitor.visit_seq(FieldParts {
                decoder: self,
                part: 0,
                failed: false,
            }),
            DATE => visitor.visit_borrowed_str(self.date()?),
            ID => visitor.visit_borrowed_str(self.identifier()?),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.value {
            Value::Seq(items) => visitor.visit_seq(Items {
                decoder: self,
                items: items.iter(),
            }),
            Value::Null => self.empty("a list"),
            _ => self.shape("a list"),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let entries = self.distinct()?;
        visitor.visit_map(Pairs {
            decoder: self,
            entries: entries.into_iter(),
            value: None,
            ids: true,
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let (known, unknown): (Vec<_>, Vec<_>) = Decoder { fields, ..self }
            .distinct()?
            .into_iter()
            .partition(|(key, _)| fields.contains(&key.name()));
        for (key, value) in unknown {
            self.unknown_field(key, value, fields);
        }
        visitor.visit_map(Pairs {
            decoder: self,
            entries: known.into_iter(),
            value: None,
            ids: false,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(Word(self.variant(variants)?))
    }

    serde::forward_to_deserialize_any! {
        i128 u128 bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

/// A field's value, if it could be read, then its place.
struct FieldParts<'de> {
    decoder: Decoder<'de>,
    part: usize,
    failed: bool,
}

impl<'de> SeqAccess<'de> for FieldParts<'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        self.part += 1;
        if self.part > 1 {
            let Span { start, end, .. } = self.decoder.node.span;
            return if self.failed {
                Ok(None)
            } else {
                seed.deserialize(Range(start, end)).map(Some)
            };
        }
        match seed.deserialize(Present(self.decoder)) {
            Ok(value) => Ok(Some(value)),
            Err(Fault(mut diagnostic)) => {
                if diagnostic.span.is_none() {
                    diagnostic.span = Some(self.decoder.node.span.clone());
                }
                self.decoder.faults.borrow_mut().push(*diagnostic);
                self.failed = true;
                Ok(None)
            }
        }
    }
}

/// Hands a value to an `Option` as present, so that an empty one is a fault
/// of its type and not silently none.
struct Present<'de>(Decoder<'de>);

impl<'de> Deserializer<'de> for Present<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self.0)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Range(usize, usize);

impl<'de> Deserializer<'de> for Range {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let ends = [self.0, self.1].into_iter();
        visitor.visit_seq(de::value::SeqDeserializer::<_, Fault>::new(ends))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Items<'de> {
    decoder: Decoder<'de>,
    items: std::slice::Iter<'de, Node>,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(node) = self.items.next() else {
            return Ok(None);
        };
        seed.deserialize(Decoder {
            node,
            item: true,
            ..self.decoder
        })
        .map(Some)
    }
}

struct Pairs<'de> {
    decoder: Decoder<'de>,
    entries: std::vec::IntoIter<&'de (Key, Node)>,
    value: Option<&'de (Key, Node)>,
    /// Whether names are the author's own and wanted with their places.
    ids: bool,
}

impl<'de> MapAccess<'de> for Pairs<'de> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(entry) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some(entry);
        let key = &entry.0;
        if !self.ids {
            return seed.deserialize(StrDeserializer::new(key.name())).map(Some);
        }
        seed.deserialize(Decoder {
            node: key.node(),
            ..self.decoder
        })
        .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Some((key, node)) = self.value.take() else {
            return Err(de::Error::custom("a value was asked for before its name"));
        };
        seed.deserialize(Decoder {
            node,
            name: key.name(),
            item: false,
            fields: &[],
            ..self.decoder
        })
    }
}

struct Word(&'static str);

impl<'de> EnumAccess<'de> for Word {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Fault> {
        let variant = seed.deserialize(StrDeserializer::<Fault>::new(self.0))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Word {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, _seed: S) -> Result<S::Value, Fault> {
        Err(de::Error::custom("a word has no value of its own"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, _visitor: V) -> Result<V::Value, Fault> {
        Err(de::Error::custom("a word has no value of its own"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Fault> {
        Err(de::Error::custom("a word has no value of its own"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::field::{Date, Entries, Field, List};
    use super::*;
    use crate::diagnostic::SourceFile;
    use serde::Deserialize;
    use std::sync::Arc;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Sample {
        name: Field<String>,
        when: Field<Date>,
        share: Field<f64>,
        count: Field<u32>,
        tags: List<String>,
        seats: Field<Entries<Seat>>,
        word: Field<Word>,
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Seat {
        title: Field<String>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "kebab-case")]
    enum Word {
        FirstWord,
        Other,
    }

    fn read(text: &str) -> (Option<Sample>, Vec<String>) {
        let file = Arc::new(SourceFile {
            path: "content/x.yaml".to_owned(),
            text: text.to_owned(),
        });
        let node = super::super::yaml::parse(&file).unwrap();
        let mut report = Report::default();
        let sample = decode(&node, "sample", &mut report);
        let faults = report
            .sorted()
            .iter()
            .map(|fault| {
                let place = fault
                    .span
                    .as_ref()
                    .map(|span| format!("{span:?}"))
                    .unwrap_or_default();
                format!(
                    "{} {}",
                    place.trim_start_matches("content/x.yaml:"),
                    fault.code
                )
            })
            .collect();
        (sample, faults)
    }

    #[test]
    fn values_come_with_their_places() {
        let (sample, faults) = read(
            "name: 2026\nwhen: 2026-02-28\nshare: 6.5\ncount: 3\ntags: [a, b]\nseats: {ceo: {title: Chief}}\nword: first-word\n",
        );
        assert_eq!(faults, [] as [&str; 0]);
        let sample = sample.unwrap();
        assert_eq!(sample.name, Field::Given("2026".to_owned(), 6..10));
        assert_eq!(sample.share.value(), Some(&6.5));
        assert_eq!(sample.count.value(), Some(&3));
        assert_eq!(sample.word.value(), Some(&Word::FirstWord));
        assert_eq!(sample.tags.value().map(Vec::len), Some(2));
        let (id, seat) = &sample.seats.value().unwrap().0[0];
        assert_eq!(id.value().unwrap().0, "ceo");
        assert_eq!(seat.value().unwrap().title.value().unwrap(), "Chief");
    }

    #[test]
    fn every_fault_of_a_file_is_reported_in_one_run() {
        let (sample, faults) = read(
            "name:\nwhen: 2026-02-30\nshare: 60%\ncount: -1\ncount: 2\ntags: one\nnmae: x\nword: frist-word\nseats: {CEO: {titel: x}}\n",
        );
        assert_eq!(
            faults,
            [
                "1:5 empty-value",
                "2:7 not-a-date",
                "3:8 not-a-number",
                "4:8 out-of-range",
                "5:1 duplicate-key",
                "6:7 wrong-shape",
                "7:1 unknown-field",
                "8:7 unknown-word",
                "9:9 not-a-name",
                "9:15 unknown-field"
            ]
        );
        assert_eq!(sample.unwrap().share, Field::Invalid);
    }
}
