//! The words of the report, each with the places that it stands in.
//!
//! Words are brought to their stems by Snowball's English algorithm, so that
//! `approvals` finds `approval`. The script that reads the index has the same
//! algorithm for words that the report doesn't have; a test holds the two
//! equal.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ahash::AHashMap;
use frostem::{Algorithm, Stemmer};

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

/// The words that were met in a report, each with its number and its stem.
#[derive(Debug, Default)]
pub struct Words(Mutex<Met>);

#[derive(Debug, Default)]
struct Met {
    numbers: Numbers,
    /// Each word with its stem's number, by its own number.
    words: Vec<(Box<str>, u32)>,
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
    fn words(&self) -> impl Iterator<Item = (u32, &[u32])> {
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
