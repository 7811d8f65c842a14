//! The words of the report, each with the places that it stands in.
//!
//! Words are brought to their stems by Snowball's English algorithm, so that
//! `approvals` finds `approval`. The script that reads the index has the same
//! algorithm for words that the report doesn't have; a test holds the two
//! equal.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ahash::AHashMap;
use frostem::{Algorithm, Stemmer};

use super::lines::Written;
use super::numbers::Numbers;
use super::split::{Word, each_word};

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

/// The words that were met in a report, each with its number and its stem, and the
/// lines that were last written of them.
#[derive(Debug, Default)]
pub struct Words {
    met: Mutex<Met>,
    pub(super) written: Mutex<Option<Written>>,
}

#[derive(Debug, Default)]
pub(super) struct Met {
    numbers: Numbers,
    /// Each word with its stem's number, by its own number.
    pub(super) words: Vec<(Box<str>, u32)>,
    stem_numbers: AHashMap<Arc<str>, u32>,
    /// By their numbers.
    pub(super) stems: Vec<Arc<str>>,
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
    pub(super) count: u32,
}

/// Words while they are gathered.
struct Gathered {
    /// Each with its number among these.
    numbers: Numbers,
    /// How many places each stands in, and the last of them.
    standing: Vec<(usize, u32)>,
    /// Every word with a place that it stands in, by the places.
    met: Vec<(u32, u32)>,
}

impl Forms {
    /// Those of these places.
    pub fn of(entries: &[Entry<'_>], met: &Words) -> Self {
        let texts = Small::of(entries);
        let mut gathered = Gathered::of(&texts);
        for (at, text) in texts.each() {
            each_word(text, |word| gathered.add(&word, at));
        }
        let (ends, places) = gathered.in_order();
        Forms {
            words: met.numbered(&gathered.numbers, &ends),
            places,
            count: entries.len() as u32,
        }
    }

    /// Each word's number with its places.
    pub(super) fn words(&self) -> impl Iterator<Item = (u32, &[u32])> + Clone {
        let mut begin = 0;
        self.words.iter().map(move |(word, end)| {
            let places = &self.places[begin..*end];
            begin = *end;
            (*word, places)
        })
    }
}

/// The texts of some places in small English letters, one after the other.
struct Small {
    all: String,
    /// Where each ends: what a place is found by, and its text.
    ends: Vec<usize>,
}

impl Small {
    fn of(entries: &[Entry<'_>]) -> Self {
        let texts = entries
            .iter()
            .flat_map(|entry| [&*entry.found_by, entry.text]);
        let mut all = String::with_capacity(texts.clone().map(str::len).sum());
        let ends = texts.map(|text| {
            all.push_str(text);
            all.len()
        });
        let ends = ends.collect();
        // At once: that goes many letters at a time.
        all.make_ascii_lowercase();
        Small { all, ends }
    }

    /// Each text with the number of its place.
    fn each(&self) -> impl Iterator<Item = (u32, &str)> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        let texts = begins
            .zip(&self.ends)
            .map(|(begin, end)| &self.all[begin..*end]);
        (0..)
            .zip(texts)
            .map(|(number, text): (u32, _)| (number / 2, text))
    }
}

impl Gathered {
    fn of(texts: &Small) -> Self {
        // A word in twenty-odd letters is one that wasn't there before.
        let expected = texts.all.len() / 24;
        Gathered {
            numbers: Numbers::with_capacity(expected),
            standing: Vec::with_capacity(expected),
            met: Vec::new(),
        }
    }

    fn add(&mut self, word: &Word<'_>, at: u32) {
        let next = self.standing.len() as u32;
        let word = self.numbers.number(word);
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
pub(super) fn begins(mut counts: Vec<usize>) -> Vec<usize> {
    let mut next = 0;
    for count in &mut counts {
        next += std::mem::replace(count, next);
    }
    counts
}

impl Words {
    pub(super) fn met(&self) -> MutexGuard<'_, Met> {
        // What a thread that panicked left is whole as far as it goes.
        self.met.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The words by their numbers, in the order of the places.
    fn numbered(&self, gathered: &Numbers, ends: &[usize]) -> Vec<(u32, usize)> {
        let stemmer = Stemmer::new(Algorithm::English);
        let mut words: Vec<(u32, usize)> = ends.iter().map(|end| (0, *end)).collect();
        let mut met = self.met();
        for (word, at) in gathered.each() {
            words[at as usize].0 = met.number(&word, stemmer);
        }
        words
    }
}

impl Met {
    /// The number of a word, which is the next one if it wasn't met before.
    fn number(&mut self, word: &Word<'_>, stemmer: Stemmer) -> u32 {
        let number = self.numbers.number(word);
        if (number as usize) < self.words.len() {
            return number;
        }
        let stem: Arc<str> = word.read(|word| stemmer.stem(word).into());
        let next = self.stems.len() as u32;
        let stem_number = *self.stem_numbers.entry(Arc::clone(&stem)).or_insert(next);
        if stem_number == next {
            self.stems.push(stem);
        }
        let word = word.read(|word| word.to_owned().into_boxed_str());
        self.words.push((word, stem_number));
        number
    }

    /// The numbers of all words, by their stems and then by their letters.
    pub(super) fn in_order(&mut self) -> &[u32] {
        self.put_in_order();
        &self.order
    }

    /// Puts the words that were met since between the others.
    fn put_in_order(&mut self) {
        if self.order.len() == self.words.len() {
            return;
        }
        let place = |number: &u32| {
            let (word, stem) = &self.words[*number as usize];
            (&*self.stems[*stem as usize], &**word)
        };
        let mut new: Vec<u32> = (self.order.len() as u32..self.words.len() as u32).collect();
        new.sort_unstable_by_key(place);
        let mut order = Vec::with_capacity(self.words.len());
        let mut known = &self.order[..];
        for number in new {
            let at = known.partition_point(|other| place(other) < place(&number));
            order.extend_from_slice(&known[..at]);
            order.push(number);
            known = &known[at..];
        }
        order.extend_from_slice(known);
        self.order = order;
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
    use super::super::lines::lines;
    use super::super::split::LONGEST;
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
        let of = |entries: &[Entry<'_>]| Arc::new(Forms::of(entries, &met));
        let parts = lines(entries.chunks(1).map(of).collect(), &met);
        let whole = lines(vec![of(entries)], &met);
        assert_eq!(whole.text(), parts.text());
        whole.text().to_owned()
    }

    fn lines_of(texts: &[&str]) -> Vec<String> {
        let entries: Vec<Entry<'_>> = texts.iter().map(|text| entry(text)).collect();
        lines_of_all(&entries)
            .lines()
            .map(ToOwned::to_owned)
            .collect()
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
}
