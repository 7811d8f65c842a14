//! A calendar month.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

/// A calendar month, ordered by time and written `2026-10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Months since January of year 0.
    index: i32,
}

/// The years that days and months of the content lie in. A year of `9016` or
/// `0205` is a typing error, and what is drawn from week to week as far as that
/// would go on for centuries.
pub const YEARS: RangeInclusive<i32> = 1970..=2199;

/// The text is not a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAMonth;

impl Month {
    /// The month of a day.
    pub fn of(date: NaiveDate) -> Self {
        Month {
            index: date.year() * 12 + i32::from(date.month0() as u8),
        }
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.index.div_euclid(12)
    }

    /// The month of the year, from 1.
    pub fn number(self) -> u32 {
        self.index.rem_euclid(12).unsigned_abs() + 1
    }

    /// The month that lies so many months later, or earlier if negative.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Month {
            index: self.index.saturating_add(months),
        }
    }

    /// The month that a name was meant for: `2026-1`, `2026_O2`, `202602`,
    /// `02-2026`, `2026-02-26` or `feb-2026`.
    pub fn meant_by(name: &str) -> Option<Month> {
        let lower = name.to_lowercase();
        let parts: Vec<&str> = lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|part| !part.is_empty())
            .collect();
        let (year, month) = match parts[..] {
            [both] => both.split_at_checked(4)?,
            [first, second] if second.len() == 4 => (second, first),
            [year, month] => (year, month),
            // With a day behind it.
            [year, month, day] if digits(day).is_some() => (year, month),
            _ => return None,
        };
        let year = digits(year).filter(|_| year.len() == 4)?;
        let month = digits(month).or_else(|| named(month))?;
        format!("{year:04}-{month:02}").parse().ok()
    }

    /// Months from `earlier` to this one: 1 if this is the next.
    pub fn since(self, earlier: Month) -> i32 {
        self.index - earlier.index
    }

    /// The first day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), self.number(), 1).unwrap_or_default()
    }

    /// The last day.
    pub fn last_day(self) -> NaiveDate {
        self.plus(1).first_day().pred_opt().unwrap_or_default()
    }
}

/// A number of one to four digits, in which the letters that look like digits
/// are taken for them.
fn digits(text: &str) -> Option<u32> {
    let plain = text.replace('o', "0").replace(['l', 'i'], "1");
    let is_number = plain.len() <= 4 && text.contains(|c: char| c.is_ascii_digit());
    plain.parse().ok().filter(|_| is_number)
}

/// The number of the month that is named, in full or by its first letters.
fn named(text: &str) -> Option<u32> {
    let all = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_long = text.len() >= 3;
    (1..)
        .zip(all)
        .find(|(_, name)| is_long && name.starts_with(text))
        .map(|(at, _)| at)
}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let (year, month) = text.split_once('-').ok_or(NotAMonth)?;
        let digits =
            |text: &str, len: usize| text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(NotAMonth);
        }
        let year: i32 = year.parse().map_err(|_| NotAMonth)?;
        let month: i32 = month.parse().map_err(|_| NotAMonth)?;
        if !YEARS.contains(&year) || !(1..=12).contains(&month) {
            return Err(NotAMonth);
        }
        Ok(Month {
            index: year * 12 + month - 1,
        })
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_known_by_what_it_was_meant_to_be() {
        for name in [
            "2026-2",
            "2026_02",
            "2026-O2",
            "202602",
            "02-2026",
            "2026-02-26",
            "2026.02",
            "Feb-2026",
            "2026-february",
            "2026 02",
        ] {
            let meant = Month::meant_by(name).map(|month| month.to_string());
            assert_eq!(meant.as_deref(), Some("2026-02"), "{name}");
        }
        for name in [
            "2026-13",
            "2026-00",
            "2026",
            "archive",
            "oil",
            "26-02",
            "2026-q1",
            "2026-ma",
            "é",
            "日本語",
            "2026-02-b",
            "1-2-3-4",
        ] {
            assert_eq!(Month::meant_by(name), None, "{name}");
        }
    }

    #[test]
    fn months_count_across_years() {
        let month: Month = "2025-11".parse().unwrap();
        assert_eq!(month.plus(2).to_string(), "2026-01");
        assert_eq!("2026-10".parse::<Month>().unwrap().since(month), 11);
        assert_eq!(
            "2024-02".parse::<Month>().unwrap().last_day().to_string(),
            "2024-02-29"
        );
        for text in [
            "2026-13", "2026-00", "2026-1", "26-01", "2026_01", "2026-011",
        ] {
            assert_eq!(text.parse::<Month>(), Err(NotAMonth), "{text}");
        }
    }
}
