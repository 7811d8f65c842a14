//! The words of the report, each with the places that it stands in.
//!
//! Words are brought to their stems by Snowball's English algorithm, so that
//! `approvals` finds `approval`. The script that reads the index has the same
//! algorithm for words that the report doesn't have; a test holds the two
//! equal.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ahash::AHashMap;
use frostem::{Algorithm, Stemmer};

/// What is kept of a word: beyond this nobody types it.
const LONGEST: usize = 40;

/// What is kept of a place's text to quote from, in letters. All its words are
/// in the index.
const QUOTED: usize = 6000;

/// A place, as it is put into the index.
#[derive(Clone, Debug, Default)]
pub struct Entry<'t> {
    /// Words by which it is found, and which a result doesn't quote: its kind,
    /// its month, its title, its id.
    pub found_by: String,
    /// What stands there.
    pub text: &'t str,
}

/// The words that were met in a report, each with its number and its stem.
#[derive(Debug, Default)]
pub struct Words(Mutex<Met>);

#[derive(Debug, Default)]
struct Met {
    numbers: AHashMap<Arc<str>, u32>,
    /// Each word with its stem's number, by its own number.
    words: Vec<(Arc<str>, u32)>,
    stem_numbers: AHashMap<Arc<str>, u32>,
    /// By their numbers.
    stems: Vec<Arc<str>>,
    /// The words' numbers by their stem, and then by their letters.
    order: Vec<u32>,
}

/// The words of some places that follow each other, each with the places that
/// it stands in, by their order among these.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    /// Each by its number, with where its places end among all.
    words: Vec<(u32, usize)>,
    /// Every word's places in ascending order, one word after the other.
    places: Vec<u32>,
    /// How many places these are.
    count: u32,
}

/// Words while they are gathered.
#[derive(Default)]
struct Gathered<'t> {
    /// Each with its number among these.
    numbers: AHashMap<Cow<'t, str>, u32>,
    /// How many places each stands in, and the last of them.
    standing: Vec<(usize, u32)>,
    /// Every word with a place that it stands in, by the places.
    met: Vec<(u32, u32)>,
}

impl Forms {
    /// Those of these places.
    pub fn of(entries: &[Entry<'_>], met: &Words) -> Self {
        let mut gathered = Gathered::default();
        for (at, entry) in (0..).zip(entries) {
            for text in [&*entry.found_by, entry.text] {
                each_word(text, |word| gathered.add(word, at));
            }
        }
        let (ends, places) = gathered.in_order();
        Forms {
            words: met.numbered(gathered.numbers, &ends),
            places,
            count: entries.len() as u32,
        }
    }

    /// Each word's number with its places.
    fn words(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let mut begin = 0;
        self.words.iter().map(move |(word, end)| {
            let places = &self.places[begin..*end];
            begin = *end;
            (*word, places)
        })
    }
}

impl<'t> Gathered<'t> {
    fn add(&mut self, word: Cow<'t, str>, at: u32) {
        let next = self.standing.len() as u32;
        let word = *self.numbers.entry(word).or_insert(next);
        if word == next {
            self.standing.push((0, u32::MAX));
        }
        let (count, last) = &mut self.standing[word as usize];
        if *last != at {
            *count += 1;
            *last = at;
            self.met.push((word, at));
        }
    }

    /// Where each word's places end, and all the places.
    fn in_order(&self) -> (Vec<usize>, Vec<u32>) {
        let counts = self.standing.iter().map(|(count, _)| *count);
        let mut ends = begins(counts.collect());
        let mut places = vec![0; self.met.len()];
        for (word, at) in &self.met {
            let end = &mut ends[*word as usize];
            places[*end] = *at;
            *end += 1;
        }
        (ends, places)
    }
}

/// From how many there are of each to where each begins if they stand one
/// after the other.
fn begins(mut counts: Vec<usize>) -> Vec<usize> {
    let mut next = 0;
    for count in &mut counts {
        next += std::mem::replace(count, next);
    }
    counts
}

impl Words {
    fn met(&self) -> MutexGuard<'_, Met> {
        // What a thread that panicked left is whole as far as it goes.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The words by their numbers, in the order of the places.
    fn numbered(&self, gathered: AHashMap<Cow<'_, str>, u32>, ends: &[usize]) -> Vec<(u32, usize)> {
        let stemmer = Stemmer::new(Algorithm::English);
        let mut words: Vec<(u32, usize)> = ends.iter().map(|end| (0, *end)).collect();
        let mut met = self.met();
        for (word, at) in gathered {
            words[at as usize].0 = met.number(&word, stemmer);
        }
        words
    }
}

impl Met {
    /// The number of a word, which is the next one if it wasn't met before.
    fn number(&mut self, word: &str, stemmer: Stemmer) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let stem: Arc<str> = stemmer.stem(word).into();
        let next = self.stems.len() as u32;
        let stem_number = *self.stem_numbers.entry(Arc::clone(&stem)).or_insert(next);
        if stem_number == next {
            self.stems.push(stem);
        }
        let number = self.words.len() as u32;
        let word: Arc<str> = word.into();
        self.words.push((Arc::clone(&word), stem_number));
        self.numbers.insert(word, number);
        number
    }

    /// Sees to it that the order holds every word: there are new ones only
    /// where an author wrote them.
    fn put_in_order(&mut self) {
        if self.order.len() == self.words.len() {
            return;
        }
        let Met {
            words,
            stems,
            order,
            ..
        } = self;
        order.clear();
        order.extend(0..words.len() as u32);
        order.sort_unstable_by_key(|number| {
            let (word, stem) = &words[*number as usize];
            (&*stems[*stem as usize], &**word)
        });
    }
}

/// The words of all these places, which are numbered by their order, as
/// [`SearchPage::words`](crate::site::page::view::search::SearchPage::words)
/// has them. All were numbered by the same words.
pub fn lines<'f>(parts: impl Iterator<Item = &'f Forms> + Clone, met: &Words) -> String {
    let mut met = met.met();
    met.put_in_order();
    let mut standing = Standing::of(parts, &met);
    let mut lines = String::new();
    let used = |number: &&u32| standing.used[**number as usize];
    let order: Vec<u32> = met.order.iter().filter(used).copied().collect();
    let stem_of = |number: &u32| met.words[*number as usize].1;
    for forms in order.chunk_by(|one, other| stem_of(one) == stem_of(other)) {
        let stem = stem_of(&forms[0]);
        let forms = forms.iter().map(|number| &*met.words[*number as usize].0);
        let forms: Vec<&str> = forms.collect();
        if !lines.is_empty() {
            lines.push('\n');
        }
        line(
            &mut lines,
            &met.stems[stem as usize],
            &forms,
            standing.places(stem, forms.len() > 1),
        );
    }
    lines
}

/// Where the stems stand.
struct Standing {
    /// Whether each word stands anywhere.
    used: Vec<bool>,
    /// Every stem's places, one stem after the other.
    places: Vec<u32>,
    /// Where each stem's places end.
    ends: Vec<usize>,
}

impl Standing {
    fn of<'f>(parts: impl Iterator<Item = &'f Forms> + Clone, met: &Met) -> Self {
        let mut used = vec![false; met.words.len()];
        let mut counts = vec![0; met.stems.len()];
        let mut all = 0;
        for (word, at) in parts.clone().flat_map(Forms::words) {
            used[word as usize] = true;
            counts[met.words[word as usize].1 as usize] += at.len();
            all += at.len();
        }
        // Each begins where the one before ends, and grows to its end.
        let mut ends = begins(counts);
        let mut places = vec![0; all];
        let mut first = 0;
        for part in parts {
            for (word, at) in part.words() {
                let end = &mut ends[met.words[word as usize].1 as usize];
                for at in at {
                    places[*end] = first + at;
                    *end += 1;
                }
            }
            first += part.count;
        }
        Standing { used, places, ends }
    }

    /// A stem's places in ascending order, each once: of several words, two
    /// may stand in one place.
    fn places(&mut self, stem: u32, of_several: bool) -> &[u32] {
        let stem = stem as usize;
        let begin = stem.checked_sub(1).map_or(0, |before| self.ends[before]);
        let places = &mut self.places[begin..self.ends[stem]];
        if !of_several {
            return places;
        }
        places.sort_unstable();
        let mut kept = 0;
        for at in 0..places.len() {
            if at == 0 || places[at] != places[kept - 1] {
                places[kept] = places[at];
                kept += 1;
            }
        }
        &places[..kept]
    }
}

fn line(line: &mut String, stem: &str, forms: &[&str], places: &[u32]) {
    line.push_str(stem);
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
        push_base_36(line, place - before);
        before = *place;
    }
}

fn push_base_36(line: &mut String, number: u32) {
    const DIGITS: [u8; 36] = *b"0123456789abcdefghijklmnopqrstuvwxyz";
    if number >= 36 {
        push_base_36(line, number / 36);
    }
    line.push(char::from(DIGITS[(number % 36) as usize]));
}

/// Visits a text's words in small letters: runs of letters and digits, with
/// the point within a number. An apostrophe within a word and a comma within a
/// number are left out, so that `222,600` and `222600` are one. The script
/// splits what is typed alike.
fn each_word<'t>(text: &'t str, mut visit: impl FnMut(Cow<'t, str>)) {
    let mut rest = text;
    while !rest.is_empty() {
        let (word, behind) = plain_word(rest).unwrap_or_else(|| any_word(rest));
        if !word.is_empty() {
            visit(word);
        }
        rest = behind;
    }
}

/// What a text begins with if it is a word of English letters and digits that
/// nothing joins to what follows, as nearly all are, and what is behind the
/// character after it. The word may be empty.
fn plain_word(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let bytes = text.as_bytes();
    let (mut end, mut is_small) = (0, true);
    while let Some(byte) = bytes.get(end)
        && byte.is_ascii_alphanumeric()
    {
        is_small &= !byte.is_ascii_uppercase();
        end += 1;
    }
    let joins = match bytes.get(end) {
        Some(b' ') | None => false,
        Some(b'\'' | b',' | b'.') => bytes
            .get(end + 1)
            .is_some_and(|next| next.is_ascii_alphanumeric() || !next.is_ascii()),
        Some(byte) => !byte.is_ascii(),
    };
    if joins {
        return None;
    }
    let word = shortened(&text[..end]);
    let word = if is_small {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_ascii_lowercase())
    };
    Some((word, text.get(end + 1..).unwrap_or_default()))
}

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

/// A text as far as it is kept to quote from.
pub fn quoted(mut text: String) -> String {
    if text.len() > QUOTED
        && let Some((end, _)) = text.char_indices().nth(QUOTED)
    {
        text.truncate(end);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(text: &str) -> Entry<'_> {
        Entry {
            found_by: String::new(),
            text,
        }
    }

    /// As one part, and as a part each.
    fn lines_of_all(entries: &[Entry<'_>]) -> String {
        let met = Words::default();
        // Words that were met and aren't there any more.
        Forms::of(&[entry("once upon a time")], &met);
        let parts = entries.chunks(1);
        let parts = parts.map(|part| Forms::of(part, &met)).collect::<Vec<_>>();
        let whole = Forms::of(entries, &met);
        let lines = lines(std::iter::once(&whole), &met);
        assert_eq!(lines, super::lines(parts.iter(), &met));
        lines
    }

    fn lines_of(texts: &[&str]) -> Vec<String> {
        let entries: Vec<Entry<'_>> = texts.iter().map(|text| entry(text)).collect();
        lines_of_all(&entries)
            .lines()
            .map(ToOwned::to_owned)
            .collect()
    }

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

    #[test]
    fn a_word_is_kept_as_far_as_anybody_types_it() {
        let long = "x".repeat(1_000_000);
        assert_eq!(lines_of_all(&[entry(&long)]).len(), LONGEST + ":0".len());
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
        for (number, written) in [(0, "0"), (35, "z"), (36 * 36, "100")] {
            let mut line = String::new();
            push_base_36(&mut line, number);
            assert_eq!(line, written);
        }
    }
}
