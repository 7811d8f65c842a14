//! `quarterdeck passphrase`: make a strong one.

use bip39::Language;
use clap::Args;
use zeroize::Zeroizing;

use super::{Ending, terminal};

/// What `passphrase` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// How many words: 7 stand more guesses than anybody can make.
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u8).range(6..=24))]
    words: u8,
}

/// Prints a passphrase, and nothing else, so that it can be piped.
pub fn run(options: &Options) -> Ending {
    let drawn: Result<Vec<&str>, getrandom::Error> = (0..options.words)
        .map(|_| getrandom::u32().map(word))
        .collect();
    match drawn {
        Ok(words) => {
            terminal::line(&Zeroizing::new(words.join("-")));
            Ending::Fine
        }
        Err(error) => terminal::failed(
            Ending::SystemFailed,
            &format!("the system gives no random numbers: {error}"),
            "try again once the system has come up",
        ),
    }
}

/// The word of a random number. There are 2,048 words, a power of two, so that
/// the rest of a division favours none.
fn word(random: u32) -> &'static str {
    let words = Language::English.word_list();
    words[random as usize % words.len()]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::publish::seal;

    #[test]
    fn every_word_is_drawn_alike() {
        let words = Language::English.word_list();
        assert!(words.len().is_power_of_two());
        let distinct: BTreeSet<&str> = words.iter().copied().collect();
        assert_eq!(distinct.len(), 2048);
        assert!(
            words
                .iter()
                .all(|word| word.bytes().all(|b| b.is_ascii_lowercase()))
        );
        for number in [0, 1, 2047, 2048, u32::MAX] {
            assert_eq!(word(number), words[(number % 2048) as usize]);
        }
    }

    #[test]
    fn the_fewest_words_are_strong_enough() {
        for from in (0..2048_u32).step_by(64) {
            let words: Vec<&str> = (0..6_u32)
                .map(|at| word(from.wrapping_add(at * 331)))
                .collect();
            let passphrase = words.join("-");
            assert_eq!(seal::weakness(&passphrase, &[]), None, "{passphrase}");
        }
    }
}
