//! How a text is changed: as an author would get it wrong, by lines and
//! values, half of the time. Bytes alone seldom leave anything that is YAML.

use libfuzzer_sys::fuzzer_mutate;

/// What stands where something else is meant.
const VALUES: [&str; 56] = [
    "",
    "~",
    "0",
    "-1",
    "1",
    "4",
    "6",
    "7",
    "99",
    "101",
    "4294967296",
    "-9223372036854775808",
    "99999999999999999999",
    "1e308",
    "-1e308",
    "1e-320",
    "0.1",
    ".inf",
    ".nan",
    "0x10",
    "1_000",
    "yes",
    "no",
    "unclear",
    "true",
    "[]",
    "{}",
    "[1, 2]",
    "{ a: 1 }",
    "\"\"",
    "''",
    "\" \"",
    "|",
    ">-",
    "*a",
    "&a 1",
    "!!binary aGk=",
    "2025-09-30",
    "2026-02-30",
    "9999-12-31",
    "0000-01-01",
    "262142-12-31",
    "-262143-01-01",
    "2025-09",
    "2025-13",
    "00:00",
    "24:00",
    "09:00-08:00",
    "ceo",
    "nobody",
    "e\u{301}",
    "\u{202e}abc",
    "\u{0}",
    "ﬁ👩‍👩‍👧",
    "<script>",
    "a: b",
];

/// Changes the text in `bytes[..size]`; its new size.
pub fn mutate(bytes: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut chance = Chance(u64::from(seed) | 1 << 40);
    let text = str::from_utf8(&bytes[..size]).ok();
    let Some(text) = text.filter(|_| chance.below(2) == 0) else {
        return fuzzer_mutate(bytes, size, max_size);
    };
    let mut lines: Vec<String> = text.split('\n').map(ToOwned::to_owned).collect();
    for _ in 0..=chance.below(3) {
        change(&mut lines, &mut chance);
    }
    let text = lines.join("\n");
    let size = text.len().min(max_size);
    bytes[..size].copy_from_slice(&text.as_bytes()[..size]);
    size
}

fn change(lines: &mut Vec<String>, chance: &mut Chance) {
    let at = chance.below(lines.len());
    let other = chance.below(lines.len());
    match chance.below(8) {
        0 if lines.len() > 1 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[other].clone()),
        2 => lines.swap(at, other),
        3 => lines[at].insert_str(0, "  "),
        4 => {
            lines[at] = lines[at]
                .strip_prefix("  ")
                .unwrap_or(&lines[at])
                .to_owned()
        }
        // A block of lines, as an author copies an item.
        5 => {
            let end = lines.len().min(other + 1 + chance.below(8));
            let block: Vec<String> = lines[other..end].to_vec();
            lines.splice(at..at, block);
        }
        _ => lines[at] = revalued(&lines[at], chance),
    }
}

/// A line with another value behind one of its colons, or in place of one of
/// its words.
fn revalued(line: &str, chance: &mut Chance) -> String {
    let value = VALUES[chance.below(VALUES.len())];
    let colons: Vec<usize> = line.match_indices(": ").map(|(at, _)| at + 2).collect();
    if colons.is_empty() || chance.below(3) == 0 {
        let mut words: Vec<&str> = line.split(' ').collect();
        let at = chance.below(words.len());
        words[at] = value;
        return words.join(" ");
    }
    let start = colons[chance.below(colons.len())];
    let rest = &line[start..];
    let end = rest.find([',', '}', ']']).unwrap_or(rest.len());
    format!("{}{value}{}", &line[..start], &rest[end..])
}

/// Numbers from a seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound.max(1) as u64) as usize
    }
}
