//! One field of a document: absent, unreadable or given, with its place.
//!
//! Document types are made of [`Field`]s, so that a fault in one value never
//! hides the faults of the others: the decoder reports it and goes on, and
//! the engagement stage decides what each field must hold.

use std::fmt;
use std::marker::PhantomData;

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use super::month::Month;

/// The name under which the decoder knows a [`Field`].
pub(super) const FIELD: &str = "$field";
/// The name under which the decoder knows a [`Date`].
pub(super) const DATE: &str = "$date";
/// The name under which the decoder knows an [`Id`].
pub(super) const ID: &str = "$id";
/// The name under which the decoder knows a [`Time`].
pub(super) const TIME: &str = "$time";
/// The name under which the decoder knows a [`Month`].
pub(super) const MONTH: &str = "$month";
/// The name under which the decoder knows a [`Receipt`].
pub(super) const RECEIPT: &str = "$receipt";
/// The name under which the decoder knows a [`Filling`].
pub(super) const FILLING: &str = "$filling";
/// What an author writes for a [`Receipt`] that is still to come.
pub(super) const OUTSTANDING: &str = "outstanding";
/// What an author writes for a [`Filling`] that isn't needed.
pub(super) const NOT_RELEVANT: &str = "not relevant";

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

/// A mapping whose names the author chooses, in the author's order. They are
/// ids, unless a reader is shown them as they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Entries<T, N = Id>(pub Vec<(Field<N>, Field<T>)>);

/// A calendar day, written `2026-10-08`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

/// A name that other places refer to: letters, digits and hyphens, such as
/// `quote-drafter`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id(pub String);

/// Hours and minutes, written `09:30`: a time of day, or how far into a
/// session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time {
    /// Minutes since midnight, or since the session's beginning.
    pub minutes: u32,
}

/// Whether something was received or sent: the day, or `outstanding`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Receipt {
    /// On this day.
    On(NaiveDate),
    /// Not yet.
    Outstanding,
}

/// Who fills a seat of the programme: a seat of the engagement, or
/// `not relevant`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filling {
    /// This one.
    By(Id),
    /// Nobody needs to.
    NotRelevant,
}

impl Time {
    /// The least time that can't be written.
    const END: u32 = 24 * 60;

    /// Reads `09:30`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (hours, minutes) = text.split_once(':')?;
        let number = |text: &str| {
            let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse::<u32>().ok()).flatten()
        };
        let (hours, minutes) = (number(hours)?, number(minutes)?);
        (hours < 24 && minutes < 60).then_some(Time {
            minutes: hours * 60 + minutes,
        })
    }

    /// The time so many minutes later, after midnight if need be.
    #[must_use]
    pub fn plus(self, minutes: u32) -> Self {
        Time {
            minutes: self.minutes.saturating_add(minutes) % Time::END,
        }
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl<T, N> Default for Entries<T, N> {
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

            // The decoder hands over the value's place and then the value; if
            // there is none, it has reported why.
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Field<T>, A::Error> {
                let place = map.next_key::<(usize, usize)>()?;
                Ok(match (map.next_value::<T>(), place) {
                    (Ok(value), Some((start, end))) => Field::Given(value, start..end),
                    _ => Field::Invalid,
                })
            }
        }
        deserializer.deserialize_newtype_struct(FIELD, FieldVisitor(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>, N: Deserialize<'de>> Deserialize<'de> for Entries<T, N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T, N>(PhantomData<(T, N)>);

        impl<'de, T: Deserialize<'de>, N: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T, N> {
            type Value = Entries<T, N>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a mapping of names to values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T, N>, A::Error> {
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

/// Reads a value that the decoder hands over as text of a form that it has
/// looked at.
macro_rules! of_text {
    ($kind:ty, $name:ident, $expecting:literal, $read:expr) => {
        impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct TextVisitor;

                impl Visitor<'_> for TextVisitor {
                    type Value = $kind;

                    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                        f.write_str($expecting)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$kind, E> {
                        let read: fn(&str) -> Option<$kind> = $read;
                        read(text).ok_or_else(|| E::custom(concat!("not ", $expecting)))
                    }
                }
                deserializer.deserialize_newtype_struct($name, TextVisitor)
            }
        }
    };
}

of_text!(Time, TIME, "a time such as 09:30", Time::read);
of_text!(Month, MONTH, "a month such as 2026-10", |text| text
    .parse()
    .ok());
of_text!(
    Receipt,
    RECEIPT,
    "a date such as 2026-10-08, or outstanding",
    |text| match text {
        OUTSTANDING => Some(Receipt::Outstanding),
        day => day.parse().ok().map(Receipt::On),
    }
);
of_text!(Filling, FILLING, "a seat, or not relevant", |text| Some(
    match text {
        NOT_RELEVANT => Filling::NotRelevant,
        seat => Filling::By(Id(seat.to_owned())),
    }
));

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateVisitor;

        impl Visitor<'_> for DateVisitor {
            type Value = Date;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a date such as 2026-10-08")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Date, E> {
                text.parse().map(Date).map_err(E::custom)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_two_digits_and_two() {
        let minutes = |text| Time::read(text).map(|time| time.minutes);
        assert_eq!(minutes("00:00"), Some(0));
        assert_eq!(minutes("09:30"), Some(570));
        assert_eq!(minutes("23:59"), Some(1439));
        for text in [
            "9:30", "24:00", "00:60", "0930", "09:3", "+9:30", "09:30:00", "",
        ] {
            assert_eq!(minutes(text), None, "{text}");
        }
        assert_eq!(Time { minutes: 570 }.to_string(), "09:30");
        assert_eq!(Time { minutes: 1430 }.plus(20).to_string(), "00:10");
    }
}
