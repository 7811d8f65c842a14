//! The vertical axis: an even scale with its labels.

use super::ChartError;
use crate::site::figure::push_digits;

/// Intervals at the most, so that there are five ticks.
const MOST_INTERVALS: f64 = 4.0;
/// Figures beyond this have no place on an axis: they are typing mistakes.
const LARGEST: f64 = 1e15;

/// A vertical axis with evenly spaced ticks, from its lowest to its highest
/// value.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    low: f64,
    high: f64,
    ticks: Vec<Tick>,
}

/// A labelled value of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// The value.
    pub value: f64,
    /// Its label.
    pub label: String,
}

impl Axis {
    /// An axis from `low` to `high` in so many equal intervals.
    ///
    /// # Errors
    ///
    /// If the range is empty or not finite, or there is no interval.
    pub fn even(
        low: f64,
        high: f64,
        intervals: usize,
        label: impl Fn(f64) -> String,
    ) -> Result<Self, ChartError> {
        if !(low.is_finite() && high.is_finite() && low < high) || high - low > LARGEST * 4.0 {
            return Err(ChartError::Axis(format!("runs from {low} to {high}")));
        }
        if intervals == 0 {
            return Err(ChartError::Axis("has no interval".to_owned()));
        }
        Ok(Self::from_steps(
            low,
            (high - low) / intervals as f64,
            intervals,
            label,
        ))
    }

    /// An axis with round ticks, five at most, that covers the finite ones
    /// of `values`. Pass 0 among them for an axis that starts there.
    pub fn covering(values: impl IntoIterator<Item = f64>, label: impl Fn(f64) -> String) -> Self {
        let (low, high) = values
            .into_iter()
            .filter(|value| value.is_finite() && value.abs() <= LARGEST)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        let (low, high) = match (low.is_finite(), low < high) {
            (false, _) => (0.0, 1.0),
            // One value alone sits between zero and itself, or in a unit.
            (true, false) if low == 0.0 => (0.0, 1.0),
            (true, false) => (low.min(0.0), low.max(0.0)),
            (true, true) => (low, high),
        };
        let step = round_step(low, high);
        let first = (low / step).floor();
        let intervals = ((high / step).ceil() - first).max(1.0);
        Self::from_steps(first * step, step, intervals as usize, label)
    }

    /// The lowest value.
    #[must_use]
    pub fn low(&self) -> f64 {
        self.low
    }

    /// The highest value.
    #[must_use]
    pub fn high(&self) -> f64 {
        self.high
    }

    /// The ticks, lowest first.
    #[must_use]
    pub fn ticks(&self) -> &[Tick] {
        &self.ticks
    }

    fn from_steps(low: f64, step: f64, intervals: usize, label: impl Fn(f64) -> String) -> Self {
        let ticks: Vec<Tick> = (0..=intervals)
            .map(|index| {
                let value = step.mul_add(index as f64, low);
                // Steps such as 0.1 add up to almost zero.
                let value = if value.abs() < step * 1e-9 {
                    0.0
                } else {
                    value
                };
                Tick {
                    value,
                    label: label(value),
                }
            })
            .collect();
        let high = step.mul_add(intervals as f64, low);
        Self { low, high, ticks }
    }
}

/// The smallest round step that covers the range in few enough intervals.
fn round_step(low: f64, high: f64) -> f64 {
    let rough = (high - low) / MOST_INTERVALS;
    let magnitude = 10_f64.powf(rough.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 25.0, 50.0]
        .into_iter()
        .map(|factor| factor * magnitude)
        .find(|step| (high / step).ceil() - (low / step).floor() <= MOST_INTERVALS)
        .unwrap_or(magnitude * 100.0)
}

/// A tick's label as a plain number: `60`, `2.5`, `−20`.
#[must_use]
pub fn plain_label(value: f64) -> String {
    let text = number(value.abs(), 2);
    signed(value, text)
}

/// A tick's label in thousands: `0`, `200k`, `182.5k`, `1,250k`.
#[must_use]
pub fn thousands_label(value: f64) -> String {
    let thousands = number(value.abs() / 1000.0, 2);
    if thousands == "0" {
        return thousands;
    }
    let (whole, part) = match thousands.split_once('.') {
        Some((whole, part)) => (whole, format!(".{part}")),
        None => (thousands.as_str(), String::new()),
    };
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    signed(value, format!("{grouped}{part}k"))
}

/// The one rounding of every number a drawing prints: so many decimals at
/// most, no trailing zeros, no negative zero, and 0 for what is no number.
pub(super) fn number(value: f64, decimals: usize) -> String {
    let mut text = String::with_capacity(12);
    push_number(&mut text, value, decimals);
    text
}

/// Adds the same to a text.
pub(super) fn push_number(out: &mut String, value: f64, decimals: usize) {
    if !value.is_finite() {
        out.push('0');
    } else if push_number_between(out, value, decimals).is_none() {
        let text = format!("{value:.decimals$}");
        let text = if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.')
        } else {
            &text
        };
        out.push_str(if text == "-0" { "0" } else { text });
    }
}

/// The same of one that clearly lies nearer to the one rounded number than to
/// the other, by whole numbers: there are thousands in a chart. Nothing is added
/// for another.
fn push_number_between(out: &mut String, value: f64, decimals: usize) -> Option<()> {
    let scale = 10_u64.pow(u32::try_from(decimals).ok().filter(|at| *at <= 4)?);
    let scaled = value.abs() * scale as f64;
    if scaled > 1e9 || (scaled.fract() - 0.5).abs() < 1e-6 {
        return None;
    }
    let units = scaled.round() as u64;
    if value < 0.0 && units > 0 {
        out.push('-');
    }
    push_digits(out, units / scale, 1);
    let (mut rest, mut digits) = (units % scale, decimals);
    if rest > 0 {
        while rest.is_multiple_of(10) {
            rest /= 10;
            digits -= 1;
        }
        out.push('.');
        push_digits(out, rest, digits);
    }
    Some(())
}

fn signed(value: f64, text: String) -> String {
    if value < 0.0 && text != "0" {
        format!("\u{2212}{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_rounded_as_the_language_does() {
        let plainly = |value: f64, decimals: usize| {
            let text = format!("{value:.decimals$}");
            let text = if decimals == 0 {
                &text
            } else {
                text.trim_end_matches('0').trim_end_matches('.')
            };
            if text == "-0" { "0" } else { text }.to_owned()
        };
        let quarters = (-4_000..4_000).map(|number| f64::from(number) / 8.0);
        let tenths = (-4_000..4_000).map(|number| f64::from(number) / 1_000.0);
        for value in quarters
            .chain(tenths)
            .chain([1e8, 1e18, -0.0, 0.005, 2.675])
        {
            for decimals in 0..5 {
                assert_eq!(number(value, decimals), plainly(value, decimals), "{value}");
            }
        }
        proptest!(|(value in -1e7_f64..1e7, decimals in 0_usize..5)| {
            prop_assert_eq!(number(value, decimals), plainly(value, decimals));
        });
        assert_eq!(number(f64::NAN, 2), "0");
    }

    fn labels(axis: &Axis) -> Vec<&str> {
        axis.ticks()
            .iter()
            .map(|tick| tick.label.as_str())
            .collect()
    }

    #[test]
    fn covers_values_with_five_round_ticks_at_most() {
        let axis = Axis::covering([0.0, 18.0, 63.0, 70.0], plain_label);
        assert_eq!(labels(&axis), ["0", "20", "40", "60", "80"]);
        let axis = Axis::covering([184_000.0, 248_400.0], thousands_label);
        assert_eq!(labels(&axis), ["180k", "200k", "220k", "240k", "260k"]);
        let axis = Axis::covering([-12.0, 27.0], plain_label);
        assert_eq!(labels(&axis), ["\u{2212}20", "0", "20", "40"]);
    }

    #[test]
    fn a_range_without_extent_still_has_an_axis() {
        assert_eq!(
            labels(&Axis::covering([], plain_label)),
            ["0", "0.25", "0.5", "0.75", "1"]
        );
        let same = Axis::covering([5.0, 5.0, f64::NAN, f64::INFINITY], plain_label);
        assert!(same.low() <= 0.0 && same.high() >= 5.0);
    }

    #[test]
    fn an_even_axis_refuses_an_empty_range() {
        assert!(Axis::even(5.0, 5.0, 4, plain_label).is_err());
        assert!(Axis::even(0.0, f64::NAN, 4, plain_label).is_err());
        assert!(Axis::even(0.0, 10.0, 0, plain_label).is_err());
        let axis = Axis::even(0.0, 80.0, 4, plain_label).unwrap();
        assert_eq!(labels(&axis), ["0", "20", "40", "60", "80"]);
    }

    #[test]
    fn labels_are_grouped_and_signed() {
        assert_eq!(thousands_label(182_500.0), "182.5k");
        assert_eq!(thousands_label(-1_250_000.0), "\u{2212}1,250k");
        assert_eq!(thousands_label(0.0), "0");
        assert_eq!(plain_label(-0.001), "0");
        assert_eq!(number(-0.001, 2), "0");
        assert_eq!(number(12.3456, 2), "12.35");
        assert_eq!(number(1200.0, 0), "1200");
    }
}
