//! The words that were met, each with its number.

use ahash::AHashMap;

use super::split::Word;

/// Words that were given numbers from nought in the order in which they were
/// met.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    short: AHashMap<u128, u32>,
    long: AHashMap<Box<str>, u32>,
    count: u32,
}

impl Numbers {
    /// With room for this many short words.
    pub(super) fn with_capacity(words: usize) -> Self {
        Numbers {
            short: AHashMap::with_capacity(words),
            ..Numbers::default()
        }
    }

    /// A word's number: the next one if it wasn't met before.
    pub(super) fn number(&mut self, word: &Word<'_>) -> u32 {
        let known = match word {
            Word::Short(bytes) => self.short.get(bytes),
            Word::Long(word) => self.long.get(&**word),
        };
        match known {
            Some(number) => *number,
            None => self.add(word),
        }
    }

    /// Few of a report's words are new.
    #[cold]
    fn add(&mut self, word: &Word<'_>) -> u32 {
        let number = self.count;
        match word {
            Word::Short(bytes) => self.short.insert(*bytes, number),
            Word::Long(word) => self.long.insert((&**word).into(), number),
        };
        self.count += 1;
        number
    }

    /// Every word with its number, in no order.
    pub(super) fn each(&self) -> impl Iterator<Item = (Word<'_>, u32)> {
        let short = self.short.iter();
        let short = short.map(|(bytes, number)| (Word::Short(*bytes), *number));
        let long = self.long.iter();
        short.chain(long.map(|(word, number)| (Word::Long((&**word).into()), *number)))
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_word_keeps_the_number_it_was_given() {
        proptest!(|(words in proptest::collection::vec("[ab]{1,3}|[a-cé]{1,20}", 0..40))| {
            let mut numbers = Numbers::default();
            let mut expected = BTreeMap::new();
            for word in &words {
                let next = expected.len() as u32;
                let number = *expected.entry(word.clone()).or_insert(next);
                let word = Word::from(Cow::Borrowed(&**word));
                prop_assert_eq!(numbers.number(&word), number);
            }
            let all = numbers.each();
            let all = all.map(|(word, number)| (word.read(ToOwned::to_owned), number));
            prop_assert_eq!(all.collect::<BTreeMap<_, _>>(), expected);
        });
    }
}
