//! A text taken apart into the words that it is found by.

use std::borrow::Cow;

/// What is kept of a word: beyond this nobody types it.
pub(super) const LONGEST: usize = 40;

/// A word in small letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word<'t> {
    /// One of up to sixteen bytes, as nearly all are: these bytes as a number,
    /// the first the least, and noughts behind the last.
    Short(u128),
    /// A longer one.
    Long(Cow<'t, str>),
}

/// The most bytes of a short word.
const SHORT: usize = size_of::<u128>();

impl Word<'_> {
    /// Visits its letters.
    pub(super) fn read<R>(&self, visit: impl FnOnce(&str) -> R) -> R {
        match self {
            Word::Short(bytes) => {
                let length = SHORT - bytes.leading_zeros() as usize / 8;
                let bytes = bytes.to_le_bytes();
                // It was text when it was packed.
                visit(str::from_utf8(&bytes[..length]).unwrap_or_default())
            }
            Word::Long(word) => visit(word),
        }
    }
}

impl<'t> From<Cow<'t, str>> for Word<'t> {
    fn from(word: Cow<'t, str>) -> Self {
        if word.len() > SHORT {
            return Word::Long(word);
        }
        let mut bytes = [0; SHORT];
        bytes[..word.len()].copy_from_slice(word.as_bytes());
        Word::Short(u128::from_le_bytes(bytes))
    }
}

/// Visits a text's words in small letters (quickest where they are small already):
/// runs of letters and digits, with the point within a number. An apostrophe within a
/// word and a comma within a number are left out, so that `222,600` and `222600` are
/// one. The script splits what is typed alike.
pub(super) fn each_word<'t>(text: &'t str, mut visit: impl FnMut(Word<'t>)) {
    let mut rest = text;
    while !rest.is_empty() {
        let plain = short_plain_word(rest).or_else(|| plain_word(rest));
        let (word, behind) = plain.unwrap_or_else(|| {
            let (word, behind) = any_word(rest);
            (word.into(), behind)
        });
        if word != Word::Short(0) {
            visit(word);
        }
        rest = behind;
    }
}

/// What a text begins with if it is a word of fewer than sixteen small English
/// letters and digits that nothing joins to what follows, as nearly all are, and
/// what is behind the character after it. The word may be empty. Only of a text
/// of sixteen bytes and more.
///
/// Every word of a report comes by here, so its letters are looked at all at once.
fn short_plain_word(text: &str) -> Option<(Word<'_>, &str)> {
    let bytes = text.as_bytes();
    let letters: &[u8; SHORT] = bytes.first_chunk()?;
    let (low, high) = letters.split_first_chunk()?;
    let low = u64::from_le_bytes(*low);
    let length = match of_word(low) {
        8 => 8 + of_word(u64::from_le_bytes(*high.first_chunk()?)),
        length => length,
    };
    // What joins nothing is a character of one byte.
    if length == SHORT || joins(bytes, length) {
        return None;
    }
    let letters = u128::from_le_bytes(*letters);
    let word = letters & !(u128::MAX << (8 * length));
    Some((Word::Short(word), &text[length + 1..]))
}

/// How many small English letters and digits eight bytes begin with.
fn of_word(bytes: u64) -> usize {
    const EACH: u64 = u64::MAX / 0xff;
    const TOP: u64 = EACH * 0x80;
    // The top bit of each byte that is no less than this, of those below 128.
    let at_least = |least: u8| (bytes & !TOP) + EACH * u64::from(0x80 - least);
    let letter = at_least(b'a') & !at_least(b'z' + 1);
    let digit = at_least(b'0') & !at_least(b'9' + 1);
    let others = !(letter | digit) | bytes;
    (others & TOP).trailing_zeros() as usize / 8
}

/// The same of a word of any length.
fn plain_word(text: &str) -> Option<(Word<'_>, &str)> {
    let bytes = text.as_bytes();
    let is_within = |byte: &u8| matches!(KINDS[usize::from(*byte)], Kind::Within);
    let end = bytes.iter().position(|byte| !is_within(byte));
    let end = end.unwrap_or(bytes.len());
    if joins(bytes, end) {
        return None;
    }
    let word = Cow::Borrowed(shortened(&text[..end]));
    Some((word.into(), text.get(end + 1..).unwrap_or_default()))
}

/// Whether what is behind a word may belong to it.
fn joins(text: &[u8], end: usize) -> bool {
    match text.get(end).map(|byte| KINDS[usize::from(*byte)]) {
        None | Some(Kind::Within | Kind::Between) => false,
        Some(Kind::MayJoin) => text
            .get(end + 1)
            .is_some_and(|next| next.is_ascii_alphanumeric() || !next.is_ascii()),
        Some(Kind::Other) => true,
    }
}

/// What a byte is in a text.
#[derive(Clone, Copy)]
enum Kind {
    /// Of a word: a small letter or a digit.
    Within,
    /// Between words.
    Between,
    /// Between words, unless it joins the two beside it.
    MayJoin,
    /// A capital, or a part of any other letter.
    Other,
}

/// A table, as every byte of a report is looked up in it.
const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' | b'0'..=b'9' => Kind::Within,
            b'\'' | b',' | b'.' => Kind::MayJoin,
            byte if byte.is_ascii() && !byte.is_ascii_uppercase() => Kind::Between,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};

/// What a text begins with if it is any word, and what is behind the character
/// after it.
fn any_word(text: &str) -> (Cow<'_, str>, &str) {
    let mut word = String::new();
    let mut before = None;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let next = rest.clone().next();
        if is_of_word(c) || is_point(before, c, next) {
            word.extend(c.to_lowercase());
        } else if !is_within(before, c, next) {
            break;
        }
        before = Some(c);
    }
    let kept = shortened(&word).len();
    word.truncate(kept);
    (Cow::Owned(word), rest.as_str())
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

fn shortened(word: &str) -> &str {
    // As many characters have at least as many bytes.
    if word.len() <= LONGEST {
        return word;
    }
    match word.char_indices().nth(LONGEST) {
        Some((end, _)) => &word[..end],
        None => word,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each_word(text, |word| words.push(word.read(ToOwned::to_owned)));
        words
    }

    #[test]
    fn a_text_is_split_into_its_words() {
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
    fn a_word_that_is_split_quickly_is_the_same() {
        let slowly = |text: &str| {
            let mut words = Vec::new();
            let mut rest = text;
            while !rest.is_empty() {
                let (word, behind) = any_word(rest);
                words.extend((!word.is_empty()).then(|| word.into_owned()));
                rest = behind;
            }
            words
        };
        proptest!(|(text in "([a-cA-C]{0,3}|[0-9]{0,2}|[éßİ\u{301}½²]?|[ .,'’;-]{0,2}|\u{ad}?|[a-z0-9]{14,18}|[a-z]{38,42}){0,12}")| {
            prop_assert_eq!(split(&text), slowly(&text));
        });
    }
}
