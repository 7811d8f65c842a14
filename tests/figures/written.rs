//! How figures are written in a page's texts, whatever they say: what no
//! figure of the site may look like.

use crate::reading::Element;

/// What stands between a figure and its unit.
const NO_BREAK: char = '\u{a0}';

/// What a page's texts write otherwise than the site does.
pub fn faults(page: &Element) -> Vec<String> {
    let mut faults = Vec::new();
    for (element, text) in page.texts() {
        if ["script", "style", "code"].contains(&&*element.name) {
            continue;
        }
        let text = text.replace('\u{2060}', "");
        let found = [
            unreported(&text),
            minus(&text),
            zero(&text),
            points(&text),
            amount(&text),
            change(element, &text),
            words(&text).find_map(run),
        ];
        let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
        faults.extend(
            found
                .into_iter()
                .flatten()
                .map(|what| format!("{what}: {shown}")),
        );
    }
    faults
}

/// What wasn't reported is an em dash, and no word of a program's.
fn unreported(text: &str) -> Option<&'static str> {
    let alone = ["-", "–", "n/a", "N/A"].contains(&text.trim());
    let leaked = words(text).any(|word| ["NaN", "inf", "null", "undefined"].contains(&word));
    (alone || leaked).then_some("not an em dash for what wasn't reported")
}

/// A hyphen before a figure that isn't within a word.
fn minus(text: &str) -> Option<&'static str> {
    let letters: Vec<char> = text.chars().collect();
    let found = letters.iter().enumerate().any(|(at, letter)| {
        let follows = letters.get(at + 1).is_some_and(char::is_ascii_digit);
        let within = at > 0 && (letters[at - 1].is_alphanumeric() || letters[at - 1] == '-');
        *letter == '-' && follows && !within
    });
    found.then_some("a hyphen for a minus")
}

/// A sign on nothing.
fn zero(text: &str) -> Option<&'static str> {
    let signed = text.split(['+', '−']).skip(1).any(|after| {
        let end = after
            .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
            .unwrap_or(after.len());
        let figure = after[..end].trim_end_matches(['.', ',']);
        !figure.is_empty() && figure.chars().all(|c| "0.".contains(c))
    });
    signed.then_some("a signed zero")
}

/// Percentage points are joined to their figure, but by more than nothing.
fn points(text: &str) -> Option<&'static str> {
    let apart = text.match_indices("pp").any(|(at, _)| {
        let before = &text[..at];
        let ends = text[at + 2..]
            .chars()
            .next()
            .is_none_or(|c| !c.is_alphabetic());
        let figure = |rest: &str| rest.ends_with(|c: char| c.is_ascii_digit());
        ends && (figure(before) || before.strip_suffix(' ').is_some_and(figure))
    });
    apart.then_some("percentage points away from their figure")
}

/// Money is in whole units.
fn amount(text: &str) -> Option<&'static str> {
    let broken = text.split('$').skip(1).any(|after| {
        let end = after
            .find(|c: char| !c.is_ascii_digit() && c != ',')
            .unwrap_or(after.len());
        let mut rest = after[end..].chars();
        rest.next() == Some('.') && rest.next().is_some_and(|c| c.is_ascii_digit())
    });
    broken.then_some("money in parts of a unit")
}

/// A change of a KPI has one decimal. A rule's own threshold is as the
/// playbook has it.
fn change(element: &Element, text: &str) -> Option<&'static str> {
    if element.has_class("sidenote-rule") || element.has_class("rule") {
        return None;
    }
    let coarse = text.split(['+', '−']).skip(1).any(|after| {
        let Some((figure, unit)) = after.split_once(NO_BREAK) else {
            return false;
        };
        let is_figure = !figure.is_empty()
            && figure
                .chars()
                .all(|c| c.is_ascii_digit() || c == '.' || c == ',');
        let decimals = figure.split_once('.').map_or(0, |(_, part)| part.len());
        let unit = unit.split(|c: char| c != '%' && !c.is_alphabetic()).next();
        is_figure && ["%", "pp", "h"].contains(&unit.unwrap_or_default()) && decimals != 1
    });
    coarse.then_some("a change in another precision")
}

/// A figure of four and more digits without commas, or a range with a hyphen.
fn run(word: &str) -> Option<&'static str> {
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    // Eight digits are a short hash that happens to have no letter.
    if digits(word) && word.len() >= 4 && !year && word.len() != 8 {
        return Some("thousands without a comma");
    }
    // Days, months and what is named by one.
    let parts: Vec<&str> = word.split('-').collect();
    let dated = parts[0].len() == 4 && digits(parts[0]);
    (parts.len() == 2 && !dated && parts.iter().all(|part| digits(part)))
        .then_some("a hyphen in a range")
}

/// Runs of letters, digits and hyphens.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
    words.filter(|word| !word.is_empty())
}
