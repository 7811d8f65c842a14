//! A document's tree to its type, with every fault on the way.
//!
//! A serde deserializer over [`Node`]s. Where serde would stop at the first
//! fault, this one reports it and goes on: unknown and repeated fields are
//! said here, and a [`Field`](super::field::Field) takes the fault of its own
//! value. The same types can so describe themselves to an editor.
//!
//! What is generic over a visitor is compiled for each of more than a hundred
//! types, so it hands on what others found and does nothing itself.

mod access;
mod forbidden;
mod value;

use std::cell::RefCell;
use std::fmt;

use serde::de::{self, DeserializeOwned, Deserializer, Visitor};

use super::field::FIELD;
use super::node::{Node, Value};
use crate::diagnostic::{Diagnostic, Report};
use access::{FieldParts, Items, Pairs, Word};

pub use forbidden::{all_forbidden, forbidden, odd_bytes};

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
        if name == FIELD {
            return visitor.visit_map(FieldParts(self));
        }
        match self.of_form(name)? {
            Some(text) => visitor.visit_borrowed_str(text),
            None => visitor.visit_newtype_struct(self),
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
        visitor.visit_map(Pairs {
            decoder: self,
            entries: Decoder { fields, ..self }.known()?.into_iter(),
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

#[cfg(test)]
mod tests {
    use super::super::field::{Date, Entries, Field, Filling, Id, List, Receipt, Time};
    use super::super::month::Month;
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

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Meeting {
        begins: Field<Time>,
        month: Field<Month>,
        came: Field<Entries<Receipt, String>>,
        seat: Field<Filling>,
        empty: Field<Filling>,
    }

    #[test]
    fn times_months_receipts_and_seats_are_read_with_or_without_quotes() {
        let text = "begins: 09:30\nmonth: 2025-03\ncame: { Night desk: 2025-03-04, Day: outstanding }\nseat: ceo\nempty: not relevant\n";
        let file = Arc::new(SourceFile {
            path: "content/x.yaml".to_owned(),
            text: text.to_owned(),
        });
        let node = super::super::yaml::parse(&file).unwrap();
        let mut report = Report::default();
        let meeting: Meeting = decode(&node, "meeting", &mut report).unwrap();
        assert!(report.is_empty(), "{report:?}");
        assert_eq!(meeting.begins.value(), Some(&Time { minutes: 570 }));
        assert_eq!(meeting.month.value(), "2025-03".parse().ok().as_ref());
        let came = &meeting.came.value().unwrap().0;
        assert_eq!(came[0].0.value().map(String::as_str), Some("Night desk"));
        let day = "2025-03-04".parse().unwrap();
        assert_eq!(came[0].1.value(), Some(&Receipt::On(day)));
        assert_eq!(came[1].1.value(), Some(&Receipt::Outstanding));
        assert_eq!(
            meeting.seat.value(),
            Some(&Filling::By(Id("ceo".to_owned())))
        );
        assert_eq!(meeting.empty.value(), Some(&Filling::NotRelevant));
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
