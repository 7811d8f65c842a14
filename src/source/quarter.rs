//! A calendar quarter.

use std::fmt;
use std::str::FromStr;

use super::month::Month;

/// A calendar quarter, ordered by time and written `2026-Q3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    first: Month,
}

/// The text is not a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAQuarter;

impl Quarter {
    /// The quarter in which a month lies.
    pub fn of(month: Month) -> Self {
        let into = (month.number() - 1) % 3;
        Quarter {
            first: month.plus(-into.cast_signed()),
        }
    }

    /// Its first month.
    pub fn first(self) -> Month {
        self.first
    }

    /// Its last month, in which the board's files lie.
    pub fn last(self) -> Month {
        self.first.plus(2)
    }

    /// Its three months.
    pub fn months(self) -> [Month; 3] {
        [0, 1, 2].map(|offset| self.first.plus(offset))
    }

    /// Its number in the year, from 1.
    pub fn number(self) -> u32 {
        self.first.number().div_ceil(3)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.first.year()
    }

    /// The quarter before.
    pub fn before(self) -> Self {
        Quarter {
            first: self.first.plus(-3),
        }
    }

    /// Its name in a path: `2026-q3`.
    pub fn slug(self) -> String {
        self.to_string().to_ascii_lowercase()
    }
}

impl FromStr for Quarter {
    type Err = NotAQuarter;

    /// Reads `2026-Q3` or `2026-q3`.
    fn from_str(text: &str) -> Result<Self, NotAQuarter> {
        let (year, number) = text.split_once(['-']).ok_or(NotAQuarter)?;
        let number = number.strip_prefix(['q', 'Q']).ok_or(NotAQuarter)?;
        let number: i32 = match number {
            "1" => 1,
            "2" => 2,
            "3" => 3,
            "4" => 4,
            _ => return Err(NotAQuarter),
        };
        let january: Month = format!("{year}-01").parse().map_err(|_| NotAQuarter)?;
        Ok(Quarter {
            first: january.plus((number - 1) * 3),
        })
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year(), self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_read_back_and_know_their_months() {
        for text in ["2025-Q1", "2025-Q2", "2026-Q3", "2026-Q4"] {
            let quarter: Quarter = text.parse().unwrap();
            assert_eq!(quarter.to_string(), text);
            assert_eq!(quarter.slug().parse(), Ok(quarter));
            for month in quarter.months() {
                assert_eq!(Quarter::of(month), quarter);
            }
        }
        let third: Quarter = "2026-q3".parse().unwrap();
        assert_eq!(third.first().to_string(), "2026-07");
        assert_eq!(third.last().to_string(), "2026-09");
        let first: Quarter = "2026-Q1".parse().unwrap();
        assert_eq!(first.before().to_string(), "2025-Q4");
        for text in [
            "2026-Q0", "2026-Q5", "2026Q3", "26-Q3", "2026-3", "2026-Q", "q3-2026", "",
        ] {
            assert_eq!(text.parse::<Quarter>(), Err(NotAQuarter), "{text}");
        }
    }
}
