//! What a node means: text, numbers, dates, names and words, each with the
//! fault of what it isn't.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::de;

use super::forbidden::all_forbidden;
use super::{Decoder, Fault};
use crate::diagnostic::{Diagnostic, listed, meant, nearest, one_of};
use crate::source::field::{
    DATE, FILLING, ID, MONTH, NOT_RELEVANT, OUTSTANDING, RECEIPT, TIME, Time,
};
use crate::source::month::{Month, YEARS};
use crate::source::node::{Key, Node, Value};
use crate::source::number::{self, Kind};

impl<'de> Decoder<'de> {
    pub(super) fn fault<T>(
        self,
        code: &'static str,
        message: String,
        help: impl Into<String>,
    ) -> Result<T, Fault> {
        Err(self.made(code, message, help.into()))
    }

    /// The fault itself, made in one place whatever was to be read.
    #[inline(never)]
    fn made(self, code: &'static str, message: String, help: String) -> Fault {
        Fault(Box::new(
            Diagnostic::error(code, message)
                .at(&self.node.span, "")
                .help(help),
        ))
    }

    /// Reports what is wrong with a field's value. What is given back only
    /// tells the field that there is none.
    pub(super) fn taken(self, Fault(mut diagnostic): Fault) -> Fault {
        if diagnostic.span.is_none() {
            diagnostic.span = Some(self.node.span.clone());
        }
        self.faults.borrow_mut().push(*diagnostic);
        de::Error::custom("reported already")
    }

    /// The scalar's text and whether it stood without quotes.
    pub(super) fn scalar(self, expected: &str) -> Result<(&'de str, bool), Fault> {
        match &self.node.value {
            Value::Scalar { text, plain } => Ok((text, *plain)),
            Value::Null => self.empty(expected),
            Value::Seq(_) | Value::Map(_) => self.shape(expected),
        }
    }

    pub(super) fn empty<T>(self, expected: &str) -> Result<T, Fault> {
        Err(self.without_value(expected))
    }

    #[inline(never)]
    fn without_value(self, expected: &str) -> Fault {
        self.made(
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

    pub(super) fn shape<T>(self, expected: &str) -> Result<T, Fault> {
        Err(self.of_another_shape(expected))
    }

    #[inline(never)]
    fn of_another_shape(self, expected: &str) -> Fault {
        let found = match &self.node.value {
            Value::Null => "nothing",
            Value::Scalar { .. } => "a single value",
            Value::Seq(_) => "a list",
            Value::Map(_) => "a group of fields",
        };
        let item = if self.item { "an item of " } else { "" };
        self.made(
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
    pub(super) fn text(self) -> Result<&'de str, Fault> {
        let (text, _) = self.scalar("text")?;
        match all_forbidden(text).next() {
            None => Ok(text),
            Some((_, c)) => self.fault(
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

    pub(super) fn number(self) -> Result<f64, Fault> {
        let (text, plain) = self.scalar("a number")?;
        let decimal = text
            .chars()
            .all(|c| c.is_ascii_digit() || ".+-eE_".contains(c));
        match text.parse::<f64>() {
            Ok(number) if plain && decimal && number.is_finite() => Ok(number),
            _ => self.not_a_number(text, plain, Kind::Decimal),
        }
    }

    pub(super) fn integer(self) -> Result<i64, Fault> {
        let (text, plain) = self.scalar("a whole number")?;
        match text.parse::<i64>() {
            Ok(number) if plain => Ok(number),
            _ => self.not_a_number(text, plain, Kind::Whole),
        }
    }

    pub(super) fn not_a_number<T>(self, text: &str, plain: bool, kind: Kind) -> Result<T, Fault> {
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

    /// The text of a type that holds it to a form of its own, by the name of
    /// that type; nothing for one that has none.
    pub(super) fn of_form(self, name: &str) -> Result<Option<&'de str>, Fault> {
        let text = match name {
            DATE => self.date(),
            ID => self.identifier(),
            TIME => self.time(),
            MONTH => self.month(),
            RECEIPT => self.receipt(),
            FILLING => self.filling(),
            _ => return Ok(None),
        };
        text.map(Some)
    }

    fn date(self) -> Result<&'de str, Fault> {
        let (text, _) = self.scalar("a date")?;
        let digits = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        match text.parse::<NaiveDate>() {
            Ok(date) if digits && YEARS.contains(&date.year()) => Ok(text),
            Ok(_) if digits => self.fault(
                "not-a-date",
                format!("`{}` is {text}, a year too far away", self.name),
                format!(
                    "check the year: days lie between {} and {}",
                    YEARS.start(),
                    YEARS.end()
                ),
            ),
            _ if digits => self.fault(
                "not-a-date",
                format!(
                    "`{}` is {text}, a day that the calendar doesn't have",
                    self.name
                ),
                "check the month and its number of days",
            ),
            _ => self.fault(
                "not-a-date",
                format!("`{}` should be a date, but is `{text}`", self.name),
                "write year, month and day with hyphens: 2026-10-08",
            ),
        }
    }

    fn time(self) -> Result<&'de str, Fault> {
        let (text, _) = self.scalar("a time such as 09:30")?;
        match Time::read(text) {
            Some(_) => Ok(text),
            None => self.fault(
                "not-a-time",
                format!(
                    "`{}` should be a time, but is `{}`",
                    self.name,
                    shortened(text)
                ),
                "write hours and minutes with two digits each: 09:30",
            ),
        }
    }

    fn month(self) -> Result<&'de str, Fault> {
        let (text, _) = self.scalar("a month such as 2026-10")?;
        match text.parse::<Month>() {
            Ok(_) => Ok(text),
            Err(_) => self.fault(
                "not-a-month",
                format!(
                    "`{}` should be a month, but is `{}`",
                    self.name,
                    shortened(text)
                ),
                "write year and month with a hyphen: 2026-10",
            ),
        }
    }

    /// A day, or the word for what is still to come.
    fn receipt(self) -> Result<&'de str, Fault> {
        let (text, _) = self.scalar("the day, or `outstanding`")?;
        if text == OUTSTANDING || text.starts_with(|c: char| c.is_ascii_digit()) {
            return if text == OUTSTANDING {
                Ok(text)
            } else {
                self.date()
            };
        }
        self.word_or(text, OUTSTANDING, "the day, such as 2026-10-08")
    }

    /// A seat, or the words for one that nobody needs to fill.
    fn filling(self) -> Result<&'de str, Fault> {
        let (text, _) = self.scalar("a seat, or `not relevant`")?;
        if text == NOT_RELEVANT {
            return Ok(text);
        }
        match nearest(text, [NOT_RELEVANT]) {
            Some(_) => self.word_or(text, NOT_RELEVANT, "a seat by its id"),
            None => self.identifier(),
        }
    }

    fn word_or<T>(self, text: &str, word: &str, other: &str) -> Result<T, Fault> {
        let near = nearest(text, [word]);
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
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it may be {other}, or `{word}`"),
            })
            .replace_with(near.map(ToOwned::to_owned)),
        )))
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

    pub(super) fn boolean(self) -> Result<bool, Fault> {
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

    pub(super) fn map(self) -> Result<&'de [(Key, Node)], Fault> {
        match &self.node.value {
            Value::Map(entries) => Ok(entries),
            Value::Null => self.empty("its fields"),
            _ => self.shape("a group of fields"),
        }
    }

    /// The entries without repetitions, each repetition reported.
    pub(super) fn distinct(self) -> Result<Vec<&'de (Key, Node)>, Fault> {
        let entries = self.map()?;
        let mut distinct: Vec<&(Key, Node)> = Vec::with_capacity(entries.len());
        // Of a map as short as nearly all are, each is sooner compared.
        let is_short = entries.len() <= 16;
        let mut firsts = BTreeMap::new();
        for entry in entries {
            let key = &entry.0;
            let first = if is_short {
                let mut before = distinct.iter().map(|(key, _)| key);
                before.find(|before| before.name() == key.name())
            } else {
                firsts.get(key.name()).copied()
            };
            if let Some(first) = first {
                self.faults.borrow_mut().push(
                    Diagnostic::error("duplicate-key", format!("`{}` is given twice", key.name()))
                        .at(key.span(), "again here")
                        .see(first.span(), "first here")
                        .help("keep one of the two"),
                );
                continue;
            }
            if !is_short {
                firsts.insert(key.name(), key);
            }
            distinct.push(entry);
        }
        Ok(distinct)
    }

    /// The entries of the fields that the node may hold, without repetitions;
    /// each other entry is reported.
    pub(super) fn known(self) -> Result<Vec<&'de (Key, Node)>, Fault> {
        let mut entries = self.distinct()?;
        entries.retain(|(key, value)| {
            let known = self.fields.contains(&key.name());
            if !known {
                self.unknown_field(key, value, self.fields);
            }
            known
        });
        Ok(entries)
    }

    fn unknown_field(self, key: &Key, value: &Node, fields: &[&str]) {
        if matches!(value.value, Value::Null) && self.without_colon(key, value, fields) {
            return;
        }
        let near = meant(key.name(), fields.iter().copied());
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
    pub(super) fn without_colon(self, key: &Key, value: &Node, fields: &[&str]) -> bool {
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

    pub(super) fn variant(self, variants: &'static [&'static str]) -> Result<&'static str, Fault> {
        if matches!(self.node.value, Value::Null) {
            return self.empty(&one_of(variants.iter().copied()));
        }
        let (text, _) = self.scalar("one of the known words")?;
        if let Some(variant) = variants.iter().find(|variant| **variant == text) {
            return Ok(variant);
        }
        let near = meant(text, variants.iter().copied());
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

pub(super) fn shortened(text: &str) -> String {
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
