//! The words of the search, written a line a stem.
//!
//! In a report of many months these lines are most of the search's page. While
//! one is written over and over for the preview, what was last written is kept,
//! and a line whose places are what they were is copied.

use std::ops::Range;
use std::sync::{Arc, PoisonError};

use ahash::AHashMap;

use super::index::{Forms, Met, Words, begins};
use crate::site::page::ready::Ready;

/// The words of all these places, which are numbered by their order, as
/// [`SearchPage::words`](crate::site::page::view::search::SearchPage::words)
/// has them. All were numbered by the same words.
pub fn lines(parts: Vec<Arc<Forms>>, words: &Words) -> Ready<String> {
    let mut met = words.met();
    // It is whole whatever became of a thread: it is put there in one piece.
    let mut last = words.written.lock().unwrap_or_else(PoisonError::into_inner);
    let again = last.as_ref().and_then(|last| last.again(&parts, &mut met));
    let written = again.unwrap_or_else(|| Written::of(parts, &mut met));
    let text = written.text.clone();
    *last = Some(written);
    text
}

/// The lines of some parts.
#[derive(Debug)]
pub(super) struct Written {
    parts: Vec<Arc<Forms>>,
    /// In how many of them each word stands, by its number.
    used: Vec<u32>,
    text: Ready<String>,
    /// Where each stem's line stands in the text, by the stem's number.
    lines: Vec<Range<usize>>,
}

impl Written {
    fn of(parts: Vec<Arc<Forms>>, met: &mut Met) -> Self {
        let mut used = vec![0; met.words.len()];
        for (word, ..) in words_of(&parts) {
            used[word as usize] += 1;
        }
        let standing = Standing::of(words_of(&parts), met);
        Written::from(parts, used, met, standing, None)
    }

    /// The lines of these parts, as far as possible copied; none if a place may
    /// have another number than it had.
    fn again(&self, parts: &[Arc<Forms>], met: &mut Met) -> Option<Self> {
        let count =
            |parts: &[Arc<Forms>]| -> Vec<u32> { parts.iter().map(|part| part.count).collect() };
        if count(&self.parts) != count(parts) {
            return None;
        }
        let mut used = self.used.clone();
        used.resize(met.words.len(), 0);
        let mut anew = vec![false; met.stems.len()];
        for (before, now) in self.parts.iter().zip(parts) {
            if !Arc::ptr_eq(before, now) {
                for word in differing(before, now) {
                    anew[met.words[word as usize].1 as usize] = true;
                }
                // The other way about, a word might be in less than none.
                now.words().for_each(|(word, _)| used[word as usize] += 1);
                before
                    .words()
                    .for_each(|(word, _)| used[word as usize] -= 1);
            }
        }
        // By the word: of nearly all of them there is no more to be looked at.
        let wanted = met.words.iter().map(|(_, stem)| anew[*stem as usize]);
        let wanted: Vec<bool> = wanted.collect();
        let found = words_of(parts).filter(|(word, ..)| wanted[*word as usize]);
        let found: Vec<_> = found.collect();
        let standing = Standing::of(found.iter().copied(), met);
        let last = Last {
            written: self,
            anew,
        };
        Some(Written::from(
            parts.to_vec(),
            used,
            met,
            standing,
            Some(&last),
        ))
    }

    /// Each line that isn't known is written.
    fn from(
        parts: Vec<Arc<Forms>>,
        used: Vec<u32>,
        met: &mut Met,
        mut standing: Standing,
        last: Option<&Last<'_>>,
    ) -> Self {
        let order = met.in_order().iter().copied();
        let order: Vec<u32> = order.filter(|word| used[*word as usize] > 0).collect();
        let before = last.map_or(0, |last| last.written.text.text().len());
        let mut text = String::with_capacity(before + before / 16);
        let mut lines = vec![0..0; met.stems.len()];
        let stem_of = |word: &u32| met.words[*word as usize].1;
        for forms in order.chunk_by(|one, other| stem_of(one) == stem_of(other)) {
            let stem = stem_of(&forms[0]);
            if !text.is_empty() {
                text.push('\n');
            }
            let begin = text.len();
            if let Some(known) = last.and_then(|last| last.line(stem)) {
                text.push_str(known);
            } else {
                let forms = forms.iter().map(|word| &*met.words[*word as usize].0);
                let forms: Vec<&str> = forms.collect();
                let places = standing.places(stem, forms.len() > 1);
                line(&mut text, &met.stems[stem as usize], &forms, places);
            }
            lines[stem as usize] = begin..text.len();
        }
        Written {
            parts,
            used,
            text: Ready::of(&text),
            lines,
        }
    }
}

/// What was last written, and what has to be written anew.
struct Last<'w> {
    written: &'w Written,
    /// By the stem's number.
    anew: Vec<bool>,
}

impl Last<'_> {
    /// A stem's line, if it is what it was.
    fn line(&self, stem: u32) -> Option<&str> {
        let line = self.written.lines.get(stem as usize);
        let line = line.filter(|_| !self.anew[stem as usize])?;
        self.written.text.text().get(line.clone())
    }
}

/// The words that don't stand in the same places of a part before and now.
fn differing(before: &Forms, now: &Forms) -> Vec<u32> {
    let mut before: AHashMap<u32, &[u32]> = before.words().collect();
    let now = now.words();
    let other = now.filter(|(word, places)| before.remove(word) != Some(places));
    let mut differing: Vec<u32> = other.map(|(word, _)| word).collect();
    differing.extend(before.into_keys());
    differing
}

/// A word by its number, with its places in a part, and how many places there are
/// before that part.
type Standings<'p> = (u32, u32, &'p [u32]);

/// Every part's words, part by part.
fn words_of(parts: &[Arc<Forms>]) -> impl Iterator<Item = Standings<'_>> + Clone {
    let begins = parts.iter().scan(0, |next, part| {
        let first = *next;
        *next += part.count;
        Some((first, part))
    });
    begins.flat_map(|(first, part)| part.words().map(move |(word, at)| (word, first, at)))
}

/// Where stems stand.
struct Standing {
    /// Every stem's places, one stem after the other.
    places: Vec<u32>,
    /// Where each stem's places end.
    ends: Vec<usize>,
}

impl Standing {
    /// The places of the stems of these words.
    fn of<'p>(words: impl Iterator<Item = Standings<'p>> + Clone, met: &Met) -> Self {
        let stem_of = |word: u32| met.words[word as usize].1 as usize;
        let mut counts = vec![0; met.stems.len()];
        let mut all = 0;
        for (word, _, at) in words.clone() {
            counts[stem_of(word)] += at.len();
            all += at.len();
        }
        // Each begins where the one before ends, and grows to its end.
        let mut ends = begins(counts);
        let mut places = vec![0; all];
        for (word, first, at) in words {
            let end = &mut ends[stem_of(word)];
            for at in at {
                places[*end] = first + at;
                *end += 1;
            }
        }
        Standing { places, ends }
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

#[cfg(test)]
mod tests {
    use super::super::index::Entry;
    use super::*;

    fn part(texts: &[&str], words: &Words) -> Arc<Forms> {
        let entries = texts.iter().map(|text| Entry {
            found_by: String::new(),
            text,
        });
        Arc::new(Forms::of(&entries.collect::<Vec<_>>(), words))
    }

    /// What is written with what was last, held against what is without.
    fn lines_again(parts: &[&Arc<Forms>], words: &Words) -> String {
        let parts: Vec<Arc<Forms>> = parts.iter().map(|part| Arc::clone(part)).collect();
        let again = lines(parts.clone(), words);
        let anew = Written::of(parts, &mut words.met()).text;
        assert_eq!(again.text(), anew.text());
        again.text().to_owned()
    }

    #[test]
    fn lines_are_the_same_with_what_was_last_written() {
        let words = Words::default();
        let june = part(&["an approval", "late approvals"], &words);
        let july = part(&["the briefing", "approved late"], &words);
        let first = lines_again(&[&june, &july], &words);
        assert_eq!(
            first,
            "an:0\napprov +al +als +ed:0 1 2\nbrief +ing:2\nlate:1 2\nthe:2"
        );
        assert_eq!(lines_again(&[&june, &july], &words), first);
        // A word that is new, one that is gone, and one that stands elsewhere.
        let changed = part(&["the late briefing", "approved at last"], &words);
        assert_eq!(
            lines_again(&[&june, &changed], &words),
            "an:0\napprov +al +als +ed:0 1 2\nat:3\nbrief +ing:2\nlast:3\nlate:1 1\nthe:2"
        );
        // Another place within a part gives others another number.
        let longer = part(&["an approval", "late approvals", "no more"], &words);
        assert_eq!(
            lines_again(&[&longer, &july], &words),
            "an:0\napprov +al +als +ed:0 1 3\nbrief +ing:3\nlate:1 3\nmore:2\nno:2\nthe:3"
        );
        assert_eq!(lines_again(&[&june, &july], &words), first);
        assert_eq!(lines_again(&[], &words), "");
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
