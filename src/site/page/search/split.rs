//! A text taken apart into the words that it is found by.

use std::borrow::Cow;

/// What is kept of a word: beyond this nobody types it.
pub(super) const LONGEST: usize = 40;

/// Visits a text's words in small letters (quickest where they are small already): runs of letters and digits, with
/// the point within a number. An apostrophe within a word and a comma within a
/// number are left out, so that `222,600` and `222600` are one. The script
/// splits what is typed alike.
pub(super) fn each_word<'t>(text: &'t str, mut visit: impl FnMut(Cow<'t, str>)) {
    let mut rest = text;
    while !rest.is_empty() {
        let (word, behind) = plain_word(rest).unwrap_or_else(|| any_word(rest));
        if !word.is_empty() {
            visit(word);
        }
        rest = behind;
    }
}

/// What a text begins with if it is a word of small English letters and digits
/// that nothing joins to what follows, as nearly all are, and what is behind the
/// character after it. The word may be empty.
fn plain_word(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let bytes = text.as_bytes();
    let is_within = |byte: &u8| matches!(KINDS[usize::from(*byte)], Kind::Within);
    let end = bytes.iter().position(|byte| !is_within(byte));
    let end = end.unwrap_or(bytes.len());
    let joins = match bytes.get(end).map(|byte| KINDS[usize::from(*byte)]) {
        None | Some(Kind::Within | Kind::Between) => false,
        Some(Kind::MayJoin) => bytes
            .get(end + 1)
            .is_some_and(|next| next.is_ascii_alphanumeric() || !next.is_ascii()),
        Some(Kind::Other) => true,
    };
    if joins {
        return None;
    }
    let word = Cow::Borrowed(shortened(&text[..end]));
    Some((word, text.get(end + 1..).unwrap_or_default()))
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

/// The same of any word.
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
        each_word(text, |word| words.push(word.into_owned()));
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
        proptest!(|(text in "([a-cA-C]{0,3}|[0-9]{0,2}|[éßİ\u{301}½²]?|[ .,'’;-]{0,2}|\u{ad}?|[a-z]{38,42}){0,12}")| {
            prop_assert_eq!(split(&text), slowly(&text));
        });
    }
}
