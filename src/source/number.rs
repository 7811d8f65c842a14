//! What to write in place of a number that isn't one.

/// What a field counts or measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A count.
    Whole,
    /// A measure.
    Decimal,
}

/// Signs and words that stand for a unit beside a number; the field knows it.
const UNITS: [&str; 14] = [
    "%", "percent", "hours", "hour", "hrs", "h", "minutes", "min", "days", "£", "$", "€", "USD",
    "EUR",
];

impl Kind {
    /// How a sentence names it.
    pub fn what(self) -> &'static str {
        match self {
            Kind::Whole => "a whole number",
            Kind::Decimal => "a number",
        }
    }

    fn example(self) -> &'static str {
        match self {
            Kind::Whole => "42",
            Kind::Decimal => "63.5",
        }
    }

    fn is_met_by(self, text: &str) -> bool {
        match self {
            Kind::Whole => text.parse::<i64>().is_ok(),
            Kind::Decimal => is_number(text),
        }
    }
}

/// What to do about `text`, which stands where a number should. `plain` says
/// that it isn't in quotes.
///
/// Only a number that is beyond doubt is offered: `28,4` is 28.4 and `71,500`
/// is 71500, but neither is read as such.
pub fn advice(text: &str, plain: bool, kind: Kind) -> String {
    let bare = without_unit(text);
    if !plain && kind.is_met_by(text) {
        return format!("remove the quotes: {text}");
    }
    if let Some(number) = readings(bare)
        .into_iter()
        .find(|number| kind.is_met_by(number))
    {
        let reason = match () {
            () if number == bare => "the unit is known from the field",
            () if bare.ends_with(['k', 'K']) => "in full",
            () if bare.contains(|c: char| c.is_ascii_alphabetic()) => {
                "a letter stands in place of a digit"
            }
            () if number.contains('.') && !bare.contains('.') => "a point before the decimals",
            () => "no separators between thousands",
        };
        return format!("write {number}: {reason}");
    }
    if kind == Kind::Whole && is_number(bare) {
        return if bare.contains('.') {
            "it is a count: write it without decimals".to_owned()
        } else {
            "a count is 0 or more, and at most some millions".to_owned()
        };
    }
    format!(
        "write {} such as {}; leave it out if it was not reported",
        kind.what(),
        kind.example()
    )
}

/// The numbers that may be meant, the likeliest first.
fn readings(bare: &str) -> Vec<String> {
    let mut readings = vec![bare.to_owned()];
    readings.extend(without_thousands(bare));
    if let Some((whole, decimals)) = bare
        .split_once(',')
        .filter(|(_, decimals)| !decimals.is_empty())
    {
        readings.push(format!("{whole}.{decimals}"));
    }
    if let Some(thousands) = bare
        .strip_suffix(['k', 'K'])
        .and_then(|number| number.parse::<f64>().ok())
    {
        readings.push((thousands * 1000.0).to_string());
    }
    if bare.starts_with(|c: char| c.is_ascii_digit()) {
        readings.push(bare.replace(['o', 'O'], "0").replace(['l', 'I'], "1"));
    }
    readings.retain(|number| is_number(number));
    readings
}

/// The number without what separates its thousands, if that is what it has:
/// three digits after each.
fn without_thousands(bare: &str) -> Option<String> {
    let (whole, decimals) = bare
        .split_once('.')
        .map_or((bare, None), |(whole, rest)| (whole, Some(rest)));
    let groups: Vec<&str> = whole
        .split([',', '\'', ' ', '_', '\u{a0}', '\u{202f}', '’'])
        .collect();
    let (first, others) = groups.split_first()?;
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first_is_short = (1..=3).contains(&first.trim_start_matches('-').len());
    let grouped = first_is_short && others.iter().all(|group| group.len() == 3 && digits(group));
    let number = groups.concat();
    (grouped && !others.is_empty())
        .then(|| decimals.map_or(number.clone(), |rest| format!("{number}.{rest}")))
}

fn without_unit(text: &str) -> &str {
    let mut bare = text.trim();
    for unit in UNITS {
        let stripped = bare.strip_suffix(unit).or_else(|| bare.strip_prefix(unit));
        bare = stripped.map_or(bare, str::trim);
    }
    bare
}

fn is_number(text: &str) -> bool {
    let decimal = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b".-+".contains(&byte));
    decimal && text.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_offered_where_one_is_meant() {
        for (text, number) in [
            ("60%", "60"),
            ("28,0 %", "28.0"),
            ("£71500", "71500"),
            ("7.5h", "7.5"),
            ("14 hours", "14"),
            ("28,4", "28.4"),
            ("71,500", "71500"),
            ("71 500", "71500"),
            ("1,234,567.5", "1234567.5"),
            ("71.5k", "71500"),
            ("6o", "60"),
        ] {
            let said = advice(text, true, Kind::Decimal);
            assert!(
                said.starts_with(&format!("write {number}: ")),
                "{text}: {said}"
            );
        }
        assert_eq!(
            advice("63.5", false, Kind::Decimal),
            "remove the quotes: 63.5"
        );
    }

    #[test]
    fn nothing_is_offered_where_nothing_is_sure() {
        for text in [
            "n/a", "", "%", "about 60", "1,2,3", ".inf", "6,", "o6", "--4",
        ] {
            let said = advice(text, true, Kind::Decimal);
            assert!(said.contains("leave it out"), "{text}: {said}");
        }
        assert!(advice("240.5", true, Kind::Whole).contains("without decimals"));
        assert!(advice("99999999999999999999", true, Kind::Whole).contains("at most"));
    }
}
