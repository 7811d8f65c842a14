//! The words of the report, each with the places that it stands in.
//!
//! Words are brought to their stems by Snowball's English algorithm, so that
//! `approvals` finds `approval`. The script that reads the index has the same
//! algorithm for words that the report doesn't have; a test holds the two
//! equal.

use std::collections::{BTreeMap, BTreeSet};

use frostem::{Algorithm, Stemmer};

/// What is kept of a word: beyond this nobody types it.
const LONGEST: usize = 40;

/// What is kept of a place's text to quote from, in letters. All its words are
/// in the index.
const QUOTED: usize = 6000;

/// A place, as it is put into the index.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Words by which it is found, and which a result doesn't quote: its kind,
    /// its month, its title, its id.
    pub found_by: String,
    /// What stands there.
    pub text: String,
}

/// The words of these places, which are numbered by their order, as
/// [`SearchPage::words`](crate::site::page::view::search::SearchPage::words)
/// has them.
pub fn lines(entries: &[Entry]) -> String {
    let stemmer = Stemmer::new(Algorithm::English);
    let mut forms: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        for word in words(&entry.found_by).chain(words(&entry.text)) {
            match forms.get_mut(&word) {
                Some(places) => {
                    places.insert(at);
                }
                None => {
                    forms.insert(word, BTreeSet::from([at]));
                }
            }
        }
    }
    let mut stems: BTreeMap<String, (Vec<String>, BTreeSet<usize>)> = BTreeMap::new();
    for (form, places) in forms {
        let stem = stemmer.stem(&form).into_owned();
        let known = stems.entry(stem).or_default();
        known.0.push(form);
        known.1.extend(places);
    }
    let lines: Vec<String> = stems
        .iter()
        .map(|(stem, (forms, places))| line(stem, forms, places))
        .collect();
    lines.join("\n")
}

fn line(stem: &str, forms: &[String], places: &BTreeSet<usize>) -> String {
    let mut line = stem.to_owned();
    // The stem alone is its own only form as a rule.
    if forms != [stem] {
        for form in forms {
            line.push(' ');
            match form.strip_prefix(stem) {
                Some(rest) => {
                    line.push('+');
                    line.push_str(rest);
                }
                None => line.push_str(form),
            }
        }
    }
    line.push(':');
    let mut before = 0;
    for (at, place) in places.iter().enumerate() {
        if at > 0 {
            line.push(' ');
        }
        line.push_str(&base_36(place - before));
        before = *place;
    }
    line
}

fn base_36(mut number: usize) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).unwrap_or_default();
        digits.extend(char::from_digit(digit, 36));
        number /= 36;
        if number == 0 {
            break;
        }
    }
    digits.iter().rev().collect()
}

/// A text's words in small letters: runs of letters and digits, with the point
/// within a number. An apostrophe within a word and a comma within a number
/// are left out, so that `222,600` and `222600` are one. The script splits
/// what is typed alike.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    Words {
        rest: text.char_indices().peekable(),
        text,
    }
}

struct Words<'t> {
    rest: std::iter::Peekable<std::str::CharIndices<'t>>,
    text: &'t str,
}

impl Iterator for Words<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut word = String::new();
        while let Some((at, c)) = self.rest.next() {
            let next = self.rest.peek().map(|(_, next)| *next);
            let before = self.text[..at].chars().next_back();
            if is_of_word(c) || is_point(before, c, next) {
                word.extend(c.to_lowercase());
            } else if !is_within(before, c, next) && !word.is_empty() {
                break;
            }
        }
        (!word.is_empty()).then(|| shortened(word))
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

/// Marks that stand over the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_point(before: Option<char>, c: char, next: Option<char>) -> bool {
    c == '.' && before.is_some_and(char::is_numeric) && next.is_some_and(char::is_numeric)
}

/// Whether a character that is left out joins the two beside it.
fn is_within(before: Option<char>, c: char, next: Option<char>) -> bool {
    let (Some(before), Some(next)) = (before, next) else {
        return false;
    };
    match c {
        '\'' | '’' => before.is_alphabetic() && next.is_alphabetic(),
        ',' => before.is_numeric() && next.is_numeric(),
        '\u{ad}' | '\u{2060}' => is_of_word(before) && is_of_word(next),
        _ => false,
    }
}

fn shortened(word: String) -> String {
    match word.char_indices().nth(LONGEST) {
        Some((end, _)) => word[..end].to_owned(),
        None => word,
    }
}

/// A text as far as it is kept to quote from.
pub fn quoted(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(QUOTED) {
        text.truncate(end);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &str) -> Entry {
        Entry {
            found_by: String::new(),
            text: text.to_owned(),
        }
    }

    fn lines_of(texts: &[&str]) -> Vec<String> {
        let entries: Vec<Entry> = texts.iter().map(|text| entry(text)).collect();
        lines(&entries).lines().map(ToOwned::to_owned).collect()
    }

    #[test]
    fn a_text_is_split_into_its_words() {
        let split = |text: &str| words(text).collect::<Vec<_>>();
        assert_eq!(
            split("Dock-slot bot, retired."),
            ["dock", "slot", "bot", "retired"]
        );
        assert_eq!(split("dock-slot-bot"), ["dock", "slot", "bot"]);
        assert_eq!(
            split("$222,600 or 3.5 h, 1,2 pp"),
            ["222600", "or", "3.5", "h", "12", "pp"]
        );
        assert_eq!(
            split("the CEO’s; didn't 'so'"),
            ["the", "ceos", "didnt", "so"]
        );
        assert_eq!(
            split("15\u{2060}–\u{2060}35 co\u{ad}op"),
            ["15", "35", "coop"]
        );
        assert_eq!(split("Café Zürich Москва"), ["café", "zürich", "москва"]);
        assert_eq!(split(" \u{2028}—… "), [""; 0]);
    }

    #[test]
    fn a_word_is_kept_as_far_as_anybody_types_it() {
        let long = "x".repeat(1_000_000);
        assert_eq!(words(&long).next().unwrap().len(), LONGEST);
        assert_eq!(lines(&[entry(&long)]).len(), LONGEST + ":0".len());
        assert_eq!(quoted(long).len(), QUOTED);
    }

    #[test]
    fn each_stem_has_its_words_and_its_places() {
        assert_eq!(
            lines_of(&["An approval", "Approvals, approved", "", "approve policies"]),
            ["an:0", "approv +al +als +e +ed:0 1 2", "polici +es:3"]
        );
    }

    #[test]
    fn distances_are_written_short() {
        assert_eq!(base_36(0), "0");
        assert_eq!(base_36(35), "z");
        assert_eq!(base_36(36 * 36), "100");
    }
}
