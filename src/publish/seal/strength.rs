//! Whether a passphrase holds against somebody who has the files.
//!
//! Whoever holds a sealed site can guess without being seen and without end.
//! At [`ROUNDS`](super::ROUNDS) rounds a hundred graphics cards try about a
//! million passphrases a second: the fewest guesses asked for take them three
//! years.

use zxcvbn::feedback::Feedback;
use zxcvbn::zxcvbn;

/// The fewest characters of a passphrase.
pub const SHORTEST: usize = 13;

/// The logarithm of the fewest guesses that a passphrase must stand.
const FEWEST_GUESSES: f64 = 14.0;

/// The first characters are enough to tell, and guessing at more takes long.
const LOOKED_AT: usize = 100;

/// Why a passphrase is too weak, if it is, in words that give nothing of it
/// away. `known` are words that a guesser would try first, such as the firm's
/// name.
pub fn weakness(passphrase: &str, known: &[&str]) -> Option<String> {
    if !passphrase.chars().all(|letter| matches!(letter, ' '..='~')) {
        return Some(
            "it has letters that keyboards write in more than one way; use those without accents, digits and signs"
                .to_owned(),
        );
    }
    if passphrase.len() < SHORTEST {
        return Some(format!(
            "it has 12 characters or fewer; {SHORTEST} are the least"
        ));
    }
    let start = &passphrase[..passphrase.len().min(LOOKED_AT)];
    let found = zxcvbn(start, known);
    if found.guesses_log10() >= FEWEST_GUESSES {
        return None;
    }
    let hint = found
        .feedback()
        .and_then(Feedback::warning)
        .map(|warning| format!(" ({warning})"))
        .unwrap_or_default();
    Some(format!(
        "it would be found by guessing: about {} tries are enough, and {} are the least{hint}",
        tries(found.guesses_log10()),
        tries(FEWEST_GUESSES)
    ))
}

/// A number of guesses in words: its power of ten is all that is known of it.
fn tries(log10: f64) -> String {
    let power = log10.max(0.0).floor() as u32;
    let thousands = ["", "thousand", "million", "billion", "trillion"];
    let step = (power / 3).min(4);
    let lead = 10_u64.pow(power - step * 3);
    format!("{lead} {}", thousands[step as usize])
        .trim_end()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_characters_are_too_few_and_thirteen_may_do() {
        let told = weakness("Tq7#vLw9!xZp", &[]).unwrap();
        assert!(told.contains("12 characters or fewer"), "{told}");
        assert_eq!(weakness("Tq7#vLw9!xZpR2", &[]), None);
    }

    #[test]
    fn what_is_easily_guessed_is_refused_with_the_reason() {
        for weak in [
            "passwordpassword",
            "aaaaaaaaaaaaaaaaaaaa",
            "1234567890123456",
            "qwertyuiopasdfgh",
            "abcabcabcabcabcabc",
            "Kestrel Lane Freight",
            "kestrel-lane-2026",
            "01/02/1970 01/02/1970",
        ] {
            let told = weakness(
                weak,
                &["Kestrel Lane Freight", "kestrel", "lane", "freight"],
            );
            let told = told.unwrap_or_else(|| panic!("{weak} is let pass"));
            assert!(told.contains("would be found by guessing"), "{told}");
            assert!(!told.contains(weak), "{told}");
        }
    }

    #[test]
    fn letters_that_are_written_in_two_ways_are_refused() {
        let told = weakness("Gr\u{fc}\u{df}e-aus-dem-Hafen-neun", &[]).unwrap();
        assert!(told.contains("without accents"), "{told}");
        assert!(weakness("tab\tbetween-the-words-of-it", &[]).is_some());
    }

    #[test]
    fn a_passphrase_of_any_length_is_looked_at_in_time() {
        assert!(weakness(&"a".repeat(100_000), &[]).is_some());
        assert_eq!(
            weakness(&"vault-otter-lemon-prism-".repeat(4_000), &[]),
            None
        );
    }

    #[test]
    fn tries_are_told_in_words() {
        for (log10, words) in [
            (0.0, "1"),
            (2.9, "100"),
            (3.0, "1 thousand"),
            (8.4, "100 million"),
            (14.0, "100 trillion"),
            (16.0, "10000 trillion"),
        ] {
            assert_eq!(tries(log10), words);
        }
    }
}
