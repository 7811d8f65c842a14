//! One field of a document: absent, unreadable or given, with its place.
//!
//! Document types are made of [`Field`]s, so that a fault in one value never
//! hides the faults of the others: the decoder reports it and goes on, and
//! the engagement stage decides what each field must hold.

use std::fmt;
use std::marker::PhantomData;

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// The name under which the decoder knows a [`Field`].
pub(super) const FIELD: &str = "$field";
/// The name under which the decoder knows a [`Date`].
pub(super) const DATE: &str = "$date";
/// The name under which the decoder knows an [`Id`].
pub(super) const ID: &str = "$id";

/// A value as a document holds it.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Field<T> {
    /// The author left it out.
    #[default]
    Absent,
    /// It was written, but not readably; that has been reported.
    Invalid,
    /// It was written and read. The range is in bytes of its file.
    Given(T, std::ops::Range<usize>),
}

/// A list of values, each with its own place and its own faults.
pub type List<T> = Field<Vec<Field<T>>>;

/// A mapping whose names the author chooses, in the author's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Entries<T>(pub Vec<(Field<Id>, Field<T>)>);

/// A calendar day, written `2026-10-08`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

/// A name that other places refer to: letters, digits and hyphens, such as
/// `quote-drafter`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id(pub String);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Entries(Vec::new())
    }
}

impl<T> Field<T> {
    /// The value, if it was given and could be read.
    pub fn value(&self) -> Option<&T> {
        match self {
            Field::Given(value, _) => Some(value),
            Field::Absent | Field::Invalid => None,
        }
    }

    /// Whether the author left it out.
    pub fn is_absent(&self) -> bool {
        matches!(self, Field::Absent)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for FieldVisitor<T> {
            type Value = Field<T>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a value")
            }

            // The decoder hands over the value, or nothing once it has
            // reported why there is none, and then its place.
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Field<T>, A::Error> {
                let value = seq.next_element::<Option<T>>()?.flatten();
                let range = seq.next_element::<(usize, usize)>()?;
                Ok(match (value, range) {
                    (Some(value), Some((start, end))) => Field::Given(value, start..end),
                    _ => Field::Invalid,
                })
            }
        }
        deserializer.deserialize_newtype_struct(FIELD, FieldVisitor(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
            type Value = Entries<T>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a mapping of names to values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateVisitor;

        impl Visitor<'_> for DateVisitor {
            type Value = Date;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a date such as 2026-10-08")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Date, E> {
                NaiveDate::parse_from_str(text, "%Y-%m-%d")
                    .map(Date)
                    .map_err(E::custom)
            }
        }
        deserializer.deserialize_newtype_struct(DATE, DateVisitor)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct IdVisitor;

        impl Visitor<'_> for IdVisitor {
            type Value = Id;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a name such as quote-drafter")
            }

            fn visit_str<E>(self, text: &str) -> Result<Id, E> {
                Ok(Id(text.to_owned()))
            }
        }
        deserializer.deserialize_newtype_struct(ID, IdVisitor)
    }
}
