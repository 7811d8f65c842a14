//! How figures, dates and names are written.
//!
//! One place decides precision, separators and signs, so that a figure reads
//! the same on every page: thousands separated, true minus, a sign on every
//! change, a no-break space before a unit, an em dash for what was not
//! reported.

use chrono::{Datelike, NaiveDate};

use crate::engagement::firm::Currency;
use crate::engagement::kpi::Kpi;
use crate::source::month::Month;
use crate::source::quarter::Quarter;

/// What stands where nothing was reported.
pub const NOT_REPORTED: &str = "—";
const MINUS: char = '\u{2212}';
const NO_BREAK: char = '\u{a0}';
/// Keeps an en dash on the line of the figures that it joins.
const WORD_JOINER: char = '\u{2060}';

/// A figure rounded to so many decimals, thousands separated by commas, with
/// a true minus. Halves round away from zero.
pub fn decimal(value: f64, decimals: usize) -> String {
    let rounded = round(value, decimals);
    let mut shown = String::with_capacity(16);
    if rounded < 0.0 {
        shown.push(MINUS);
    }
    let rounded = rounded.abs();
    // Few figures are so large that they need the library's exact arithmetic,
    // which takes ten times as long.
    if decimals > 2 || rounded >= EXACT || !rounded.is_finite() {
        push_exact(&mut shown, rounded, decimals);
        return shown;
    }
    let power = 10_u64.pow(decimals as u32);
    let scaled = (rounded * power as f64).round() as u64;
    push_thousands(&mut shown, scaled / power);
    if decimals > 0 {
        shown.push('.');
        push_digits(&mut shown, scaled % power, decimals);
    }
    shown
}

/// Below this, a figure and its neighbours differ by less than a thousandth.
const EXACT: f64 = 1e12;

fn push_exact(shown: &mut String, rounded: f64, decimals: usize) {
    let text = format!("{rounded:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    if !fraction.is_empty() {
        shown.push('.');
        shown.push_str(fraction);
    }
}

fn push_thousands(shown: &mut String, whole: u64) {
    if whole < 1000 {
        return push_digits(shown, whole, 1);
    }
    push_thousands(shown, whole / 1000);
    shown.push(',');
    push_digits(shown, whole % 1000, 3);
}

/// Adds a number's digits, so many at least.
pub(super) fn push_digits(shown: &mut String, number: u64, least: usize) {
    if number >= 10 || least > 1 {
        push_digits(shown, number / 10, least.saturating_sub(1));
    }
    shown.push(char::from(b'0' + (number % 10) as u8));
}

/// The same with its sign, but for nothing: `+1.5`, `−3.5`, `0.0`.
pub fn signed(value: f64, decimals: usize) -> String {
    let plus = if round(value, decimals) > 0.0 {
        "+"
    } else {
        ""
    };
    format!("{plus}{}", decimal(value, decimals))
}

/// The one way in which figures are rounded: halves away from zero, as a
/// reader would by hand. What lies within a billionth of a half is a half
/// that the machine's arithmetic missed.
pub fn round(value: f64, decimals: usize) -> f64 {
    let power = (0..decimals).fold(1.0, |power, _| power * 10.0);
    let scaled = value * power;
    let rounded = (scaled.abs() + 0.5 + 1e-9).floor().copysign(scaled) / power;
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// The fewest decimals, two at most, that write all of these figures: what
/// stands in one row or column has the same number of them.
pub fn decimals_of(values: impl IntoIterator<Item = f64>) -> usize {
    let needed = |value: f64| {
        let exact = round(value, 2);
        (0..2).find(|decimals| (round(exact, *decimals) - exact).abs() < 1e-9)
    };
    let each = values.into_iter().map(|value| needed(value).unwrap_or(2));
    each.max().unwrap_or(0)
}

/// A count with thousands separated.
pub fn count(value: u32) -> String {
    decimal(f64::from(value), 0)
}

/// A count that may not have been reported.
pub fn count_or_dash(value: Option<u32>) -> String {
    value.map_or_else(|| NOT_REPORTED.to_owned(), count)
}

/// Percent with one decimal: `87.1 %`.
pub fn percent(value: f64) -> String {
    format!("{}{NO_BREAK}%", decimal(value, 1))
}

/// A range on one line: `60–70`.
pub fn range(low: f64, high: f64) -> String {
    range_to(low, high, 0)
}

/// The same with so many decimals: `53.8–68.8`.
pub fn range_to(low: f64, high: f64, decimals: usize) -> String {
    format!(
        "{}{WORD_JOINER}–{WORD_JOINER}{}",
        decimal(low, decimals),
        decimal(high, decimals)
    )
}

/// Decimals that a KPI is shown with, everywhere the same.
pub fn decimals(kpi: Kpi) -> usize {
    match kpi {
        Kpi::RevenuePerEmployee => 0,
        Kpi::TaskAutomation | Kpi::AwayFromDesk => 1,
    }
}

/// A KPI's figure without its unit, as a table under a unit's head shows it.
pub fn kpi_bare(kpi: Kpi, value: f64) -> String {
    decimal(value, decimals(kpi))
}

/// A KPI's figure in a sentence: `$222,600`, `63.0 %`, `27.0 h`.
pub fn kpi(kpi: Kpi, value: f64, currency: &Currency) -> String {
    match kpi {
        Kpi::RevenuePerEmployee => money(value, currency),
        Kpi::TaskAutomation => percent(value),
        Kpi::AwayFromDesk => format!("{}{NO_BREAK}h", decimal(value, 1)),
    }
}

/// An amount in whole units of a currency.
pub fn money(value: f64, currency: &Currency) -> String {
    let minus = if round(value, 0) < 0.0 {
        MINUS.to_string()
    } else {
        String::new()
    };
    format!("{minus}{}{}", currency.sign(), decimal(value.abs(), 0))
}

/// A change of a KPI on the month before, in the KPI's own unit.
pub fn kpi_change(kpi: Kpi, change: f64) -> String {
    match kpi {
        Kpi::RevenuePerEmployee => signed(change, 0),
        Kpi::TaskAutomation => format!("{}{NO_BREAK}pp", signed(change, 1)),
        Kpi::AwayFromDesk => format!("{}{NO_BREAK}h", signed(change, 1)),
    }
}

/// A change in percent with its sign: `+10.2 %`.
pub fn signed_percent(change: f64) -> String {
    format!("{}{NO_BREAK}%", signed(change, 1))
}

/// A change of a KPI on the baseline: percent for revenue per employee, whose
/// size differs from firm to firm, the KPI's own unit for the others.
pub fn on_baseline(kpi: Kpi, change: f64) -> String {
    match kpi {
        Kpi::RevenuePerEmployee => signed_percent(change),
        Kpi::TaskAutomation | Kpi::AwayFromDesk => kpi_change(kpi, change),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A month's name: `October`.
pub fn month_name(month: Month) -> &'static str {
    MONTHS[(month.number() as usize - 1) % 12]
}

/// A month with its year: `October 2026`.
pub fn month(month: Month) -> String {
    format!("{} {}", month_name(month), month.year())
}

/// A month's name in three letters: `Oct`.
pub fn short_month_name(month: Month) -> &'static str {
    &month_name(month)[..3]
}

/// A month in short with its year: `Oct 2026`.
pub fn short_month(month: Month) -> String {
    format!("{}{NO_BREAK}{}", short_month_name(month), month.year())
}

/// A quarter: `Q3 2026`.
pub fn quarter(quarter: Quarter) -> String {
    format!("Q{}{NO_BREAK}{}", quarter.number(), quarter.year())
}

/// A quarter in words: `third quarter 2026`.
pub fn quarter_in_words(quarter: Quarter) -> String {
    const NUMBERS: [&str; 4] = ["first", "second", "third", "fourth"];
    let number = NUMBERS[(quarter.number() as usize - 1) % 4];
    format!("{number} quarter {}", quarter.year())
}

/// A month's initial: `O`.
pub fn month_initial(month: Month) -> String {
    month_name(month)[..1].to_owned()
}

/// A day: `8 October 2026`.
pub fn day(date: NaiveDate) -> String {
    format!(
        "{}{NO_BREAK}{} {}",
        date.day(),
        month_name(Month::of(date)),
        date.year()
    )
}

/// A day without its year: `20 November`.
pub fn day_and_month(date: NaiveDate) -> String {
    format!("{}{NO_BREAK}{}", date.day(), month_name(Month::of(date)))
}

/// A day in short with its year: `8 Oct 2026`.
pub fn short_day(date: NaiveDate) -> String {
    format!("{}{NO_BREAK}{}", short_day_and_month(date), date.year())
}

/// A day in short without its year: `8 Oct`.
pub fn short_day_and_month(date: NaiveDate) -> String {
    format!(
        "{}{NO_BREAK}{}",
        date.day(),
        short_month_name(Month::of(date))
    )
}

/// Two days and what lies between, in short: `1–21 May`, `24 Apr–7 May`, with
/// a year where the years differ.
pub fn short_days(from: NaiveDate, to: NaiveDate) -> String {
    let join = format!("{WORD_JOINER}–{WORD_JOINER}");
    if from == to {
        short_day_and_month(from)
    } else if from.year() != to.year() {
        format!("{}{join}{}", short_day(from), short_day(to))
    } else if from.month() == to.month() {
        format!("{}{join}{}", from.day(), short_day_and_month(to))
    } else {
        format!(
            "{}{join}{}",
            short_day_and_month(from),
            short_day_and_month(to)
        )
    }
}

/// A number in a sentence: words to twenty, then figures.
pub fn in_words(number: usize) -> String {
    const WORDS: [&str; 21] = [
        "none",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    WORDS
        .get(number)
        .map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// A count with its noun: `one decision`, `five decisions`.
pub fn counted(number: usize, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        in_words(number),
        if number == 1 { one } else { many }
    )
}

/// Days with their noun: `1 day`, `25 days`.
pub fn days(number: i64) -> String {
    format!(
        "{number}{NO_BREAK}{}",
        if number == 1 { "day" } else { "days" }
    )
}

/// The text with its first letter capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let mut capital = String::with_capacity(text.len());
    match letters.next() {
        Some(first) if first.is_ascii() => capital.push(first.to_ascii_uppercase()),
        first => capital.extend(first.into_iter().flat_map(char::to_uppercase)),
    }
    capital.push_str(letters.as_str());
    capital
}

/// The text ending in a full stop, unless it ends a sentence already.
pub fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if is_sentence(text) {
        text.to_owned()
    } else {
        [text, "."].concat()
    }
}

/// Whether a text ends a sentence, within quotes or brackets or not.
pub fn is_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', ')'])
        .ends_with(['.', '!', '?', '…'])
}

/// `third`, `eleventh`, and figures with their ending from the twenty-first.
pub fn ordinal(number: usize) -> String {
    match number {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        5 => "fifth".to_owned(),
        8 => "eighth".to_owned(),
        9 => "ninth".to_owned(),
        12 => "twelfth".to_owned(),
        20 => "twentieth".to_owned(),
        4..=19 => format!("{}th", in_words(number)),
        _ => {
            let ending = match (number % 100, number % 10) {
                (11..=13, _) => "th",
                (_, 1) => "st",
                (_, 2) => "nd",
                (_, 3) => "rd",
                _ => "th",
            };
            format!("{number}{ending}")
        }
    }
}

/// Parts as a sentence lists them: `a, b and c`.
pub fn list(parts: &[String]) -> String {
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quarters_and_ranges_are_written_one_way() {
        let third: Quarter = "2026-Q3".parse().unwrap();
        assert_eq!(quarter(third), "Q3\u{a0}2026");
        assert_eq!(quarter_in_words(third), "third quarter 2026");
        assert_eq!(
            quarter_in_words(third.before().before()),
            "first quarter 2026"
        );
        assert_eq!(range(60.0, 70.0), "60\u{2060}–\u{2060}70");
        assert_eq!(range_to(53.33, 68.67, 1), "53.3\u{2060}–\u{2060}68.7");
    }

    #[test]
    fn figures_are_separated_signed_and_rounded_one_way() {
        assert_eq!(decimal(222_600.0, 0), "222,600");
        assert_eq!(decimal(999.0, 0), "999");
        assert_eq!(decimal(1_234_567.25, 1), "1,234,567.3");
        assert_eq!(decimal(26.833_333, 1), "26.8");
        assert_eq!(decimal(2.25, 1), "2.3");
        assert_eq!(decimal(2.35, 1), "2.4", "2.35 is a little less in binary");
        assert_eq!(decimal(-0.04, 1), "0.0");
        assert_eq!(signed(-3.5, 1), "−3.5");
        assert_eq!(signed(1.5, 1), "+1.5");
        assert_eq!(signed(0.04, 1), "0.0");
        assert_eq!(range(60.0, 70.0), "60\u{2060}–\u{2060}70");
    }

    #[test]
    fn kpis_carry_their_units() {
        let usd = Currency {
            code: "USD".to_owned(),
        };
        let chf = Currency {
            code: "CHF".to_owned(),
        };
        assert_eq!(kpi(Kpi::RevenuePerEmployee, 222_600.0, &usd), "$222,600");
        assert_eq!(
            kpi(Kpi::RevenuePerEmployee, 222_600.0, &chf),
            "CHF\u{a0}222,600"
        );
        assert_eq!(kpi(Kpi::TaskAutomation, 63.0, &usd), "63.0\u{a0}%");
        assert_eq!(kpi_change(Kpi::TaskAutomation, 1.5), "+1.5\u{a0}pp");
        assert_eq!(on_baseline(Kpi::RevenuePerEmployee, 20.978), "+21.0\u{a0}%");
    }

    #[test]
    fn a_row_has_as_many_decimals_as_it_needs() {
        assert_eq!(decimals_of([6.5, 4.0, 1.0]), 1);
        assert_eq!(decimals_of([9.0, 4.0]), 0);
        assert_eq!(decimals_of([0.25, 1.0]), 2);
        assert_eq!(decimals_of([1.0 / 3.0]), 2);
        assert_eq!(decimals_of([]), 0);
    }

    #[test]
    fn days_are_joined_without_what_they_share() {
        let day = |month, day| NaiveDate::from_ymd_opt(2025, month, day).unwrap();
        let joined = |from, to| short_days(from, to).replace('\u{2060}', "");
        assert_eq!(joined(day(5, 1), day(5, 21)), "1–21\u{a0}May");
        assert_eq!(joined(day(4, 24), day(5, 7)), "24\u{a0}Apr–7\u{a0}May");
        assert_eq!(joined(day(4, 3), day(4, 3)), "3\u{a0}Apr");
    }

    #[test]
    fn sentences_end_once() {
        assert_eq!(sentence("It pays"), "It pays.");
        assert_eq!(sentence("It pays."), "It pays.");
        assert_eq!(sentence("“It pays.”"), "“It pays.”");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(counted(1, "decision", "decisions"), "one decision");
    }

    proptest! {
        #[test]
        fn digits_are_those_of_the_exact_arithmetic(value in -2e12..2e12, small in -1e4..1e4, decimals in 0_usize..4) {
            for value in [value, small] {
                let rounded = round(value, decimals);
                let mut exact = if rounded < 0.0 { MINUS.to_string() } else { String::new() };
                push_exact(&mut exact, rounded.abs(), decimals);
                prop_assert_eq!(decimal(value, decimals), exact);
            }
        }
    }

    proptest! {
        #[test]
        fn a_figure_is_within_half_its_last_place(value in -1e9..1e9_f64, decimals in 0..3_usize) {
            let plain: String = decimal(value, decimals).chars().filter(|c| *c != ',').collect();
            let read: f64 = plain.replace(MINUS, "-").parse().unwrap();
            prop_assert!((read - value).abs() <= 0.5 / 10_f64.powi(i32::try_from(decimals).unwrap()) + 1e-6);
            let zero = plain.chars().all(|c| matches!(c, '0' | '.' | MINUS));
            prop_assert!(!zero || !plain.starts_with(MINUS), "a signed zero");
        }
    }
}
