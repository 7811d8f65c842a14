//! Looking for words, numbers and days in what a board is given, however they
//! are written there.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde_json::Value;

/// Where a drawing says how large and where a thing is, not how much.
const GEOMETRY: [&str; 22] = [
    "class",
    "cx",
    "cy",
    "d",
    "dx",
    "dy",
    "height",
    "offset",
    "points",
    "r",
    "rx",
    "ry",
    "stroke-dasharray",
    "stroke-width",
    "style",
    "transform",
    "viewbox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
];

/// As many letters and digits as no number and its unit have; a quarter's
/// secret has 26 of them, a sum 64.
const SHORTEST_CODE: usize = 20;

/// A file as it can be searched.
pub struct Haystack {
    /// Letters and digits alone, in lower case: as written, decoded, without
    /// its tags, and what its base64 runs and percent codes hold.
    squeezed: Vec<String>,
    /// What a reader can see or be read, for numbers and days.
    said: String,
    /// Every number of it.
    numbers: Vec<f64>,
}

impl Haystack {
    /// A file by its name.
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        let raw = String::from_utf8_lossy(bytes).into_owned();
        let said = match name.rsplit_once('.') {
            Some((_, "html" | "svg" | "xml")) => spoken(&raw),
            Some((_, "json")) => json_text(bytes).unwrap_or_else(|| raw.clone()),
            _ => raw.clone(),
        };
        let mut forms = vec![
            raw.clone(),
            unescaped(&raw),
            unescaped(&without_tags(&raw)),
            said.clone(),
            percent_decoded(&raw),
        ];
        let mut seen = BTreeSet::new();
        decode_runs(&raw, 0, &mut seen, &mut forms);
        let numbers = numbers(&said);
        Haystack {
            squeezed: forms.iter().map(|form| squeezed(form)).collect(),
            said: said.replace(['\u{a0}', '\u{202f}'], " ").to_lowercase(),
            numbers,
        }
    }

    /// Whether it holds words, whatever stands between their letters.
    pub fn has_words(&self, words: &str) -> bool {
        let words = squeezed(words);
        self.squeezed.iter().any(|form| form.contains(&words))
    }

    /// Whether it says a number, as it is or as a reader would see it rounded.
    pub fn has_number(&self, number: f64) -> bool {
        let tenths = (number * 10.0).round() / 10.0;
        self.numbers.iter().any(|found| {
            [number, tenths]
                .iter()
                .any(|one| (found - one).abs() < 1e-9)
        })
    }

    /// Whether it says a day in one of the ways in which days are written.
    pub fn has_day(&self, day: NaiveDate) -> bool {
        let (long, number) = (day.format("%B").to_string().to_lowercase(), day.day());
        let short = &long[..3];
        let forms = [
            day.format("%Y-%m-%d").to_string(),
            format!("{number} {long}"),
            format!("{number} {short}"),
            format!("{long} {number}"),
            format!("{short} {number}"),
        ];
        forms.iter().any(|form| stands_alone(&self.said, form))
    }

    /// Whether it says a month in one of the ways in which months are written.
    pub fn has_month(&self, first: NaiveDate) -> bool {
        let forms = ["%Y-%m", "%B %Y", "%b %Y"];
        let forms = forms.map(|form| first.format(form).to_string().to_lowercase());
        forms.iter().any(|form| stands_alone(&self.said, form))
    }

    /// Whether it says a time of day.
    pub fn has_time(&self, time: &str) -> bool {
        stands_alone(&self.said, time) || stands_alone(&self.said, &time.replace(':', "."))
    }
}

/// Whether a text holds another that no digit goes on.
fn stands_alone(text: &str, wanted: &str) -> bool {
    text.match_indices(wanted).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + wanted.len()..].chars().next();
        ![before, after].iter().flatten().any(char::is_ascii_digit)
    })
}

/// Letters and digits alone, in lower case.
pub fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Text without its tags.
fn without_tags(markup: &str) -> String {
    let mut text = String::new();
    let mut within = false;
    for c in markup.chars() {
        match c {
            '<' => within = true,
            '>' if within => within = false,
            c if !within => text.push(c),
            _ => {}
        }
    }
    text
}

/// What a page's texts, comments and attributes say, without its styles and
/// its drawings' geometry.
fn spoken(markup: &str) -> String {
    let mut said = String::new();
    let mut rest = markup;
    while let Some(start) = rest.find('<') {
        said.push_str(&unescaped(&rest[..start]));
        let end = if rest[start..].starts_with("<!--") {
            let comment = &rest[start + 4..];
            let end = comment.find("-->").unwrap_or(comment.len());
            said.push_str(&format!(" {} ", &comment[..end]));
            (start + 4 + end + 3).min(rest.len())
        } else {
            let tag = &rest[start + 1..];
            let end = tag.find('>').unwrap_or(tag.len());
            said.push_str(&attributes(&tag[..end]));
            let style = tag.to_ascii_lowercase().starts_with("style");
            let end = (start + 1 + end + 1).min(rest.len());
            match rest[end..].find("</").filter(|_| style) {
                Some(close) => end + close,
                None => end,
            }
        };
        rest = &rest[end..];
    }
    said + &unescaped(rest)
}

fn attributes(tag: &str) -> String {
    let mut said = " ".to_owned();
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let name = before
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default();
        let (value, next) = after.split_once('"').unwrap_or((after, ""));
        if !GEOMETRY.contains(&&*name.to_ascii_lowercase()) {
            said.push_str(&unescaped(value));
            said.push(' ');
        }
        rest = next;
    }
    said
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        plain.push_str(&rest[..start]);
        rest = &rest[start + 1..];
        let Some((entity, after)) = rest.split_once(';').filter(|(name, _)| name.len() < 10) else {
            plain.push('&');
            continue;
        };
        let number =
            entity
                .strip_prefix('#')
                .and_then(|number| match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => number.parse().ok(),
                });
        let c = match entity {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            _ => number.and_then(char::from_u32),
        };
        match c {
            Some(c) => {
                plain.push(c);
                rest = after;
            }
            None => plain.push('&'),
        }
    }
    plain + rest
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = text.get(at + 1..at + 3).filter(|_| byte == b'%');
        let coded = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        decoded.push(coded.unwrap_or(byte));
        at += if coded.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// What runs of base64 hold, and what runs within those do. A run may begin
/// within a longer word, so that each of four beginnings is tried.
fn decode_runs(text: &str, depth: usize, seen: &mut BTreeSet<String>, forms: &mut Vec<String>) {
    let in_run = |c: char| c.is_ascii_alphanumeric() || "+/-_".contains(c);
    for run in text.split(|c| !in_run(c)).filter(|run| run.len() >= 16) {
        if depth > 2 || !seen.insert(run.to_owned()) {
            continue;
        }
        for beginning in 0..4 {
            let decoded = String::from_utf8_lossy(&base64(&run[beginning..])).into_owned();
            forms.push(unescaped(&decoded));
            decode_runs(&decoded, depth + 1, seen, forms);
        }
    }
}

fn base64(run: &str) -> Vec<u8> {
    let six = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        _ => 63,
    };
    let mut bytes = Vec::new();
    for four in run.as_bytes().chunks(4) {
        let bits = four
            .iter()
            .fold(0_u32, |bits, byte| bits << 6 | u32::from(six(*byte)));
        let bits = bits << (6 * (4 - four.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..four.len()]);
    }
    bytes
}

/// Every string and number of a JSON file, one a line.
fn json_text(bytes: &[u8]) -> Option<String> {
    fn say(value: &Value, said: &mut String) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| say(item, said)),
            Value::Object(fields) => fields.iter().for_each(|(name, value)| {
                said.push_str(&format!("{name}\n"));
                say(value, said);
            }),
            Value::String(text) => said.push_str(&format!("{text}\n")),
            other => said.push_str(&format!("{other}\n")),
        }
    }
    let value = serde_json::from_slice(bytes).ok()?;
    let mut said = String::new();
    say(&value, &mut said);
    Some(said)
}

/// Every number of a text that isn't part of a word, its thousands together.
/// Letters may follow one (`389k`), but what goes on for longer than any unit
/// is a sum or a secret, whose beginning says nothing.
fn numbers(text: &str) -> Vec<f64> {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let in_code = |at: usize| {
        let word = chars[at..].iter().take_while(|c| c.is_alphanumeric());
        let word: Vec<_> = word.take(SHORTEST_CODE).collect();
        word.len() == SHORTEST_CODE && word.iter().any(|c| c.is_alphabetic())
    };
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let in_word = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '.');
        if !digit(at) || in_word || in_code(at) {
            at += 1;
            continue;
        }
        let mut number = String::new();
        loop {
            let thousands = matches!(
                chars.get(at),
                Some(',' | '\'' | '\u{a0}' | '\u{202f}' | '\u{2009}')
            ) && (1..=3).all(|after| digit(at + after))
                && !digit(at + 4);
            let point = chars.get(at) == Some(&'.') && digit(at + 1) && !number.contains('.');
            if digit(at) || point {
                number.push(chars[at]);
            } else if !thousands {
                break;
            }
            at += 1;
        }
        numbers.extend(number.parse::<f64>());
    }
    numbers
}

#[test]
fn words_are_found_however_they_are_written() {
    for (name, text) in [
        ("a.html", "<p>Canary word</p>"),
        ("a.html", "<p>CANARY-<b>wo</b>rd</p>"),
        ("a.html", "<p>can&#97;ry&nbsp;w&#x6F;rd</p>"),
        ("a.html", "<!-- canary_word -->"),
        ("a.html", "<img alt=\"a canary-word\">"),
        (
            "a.html",
            "<img src=\"data:image/svg+xml;base64,PHN2Zz48dGl0bGU+Y2FuYXJ5LXdvcmQ8L3RpdGxlPjwvc3ZnPg==\">",
        ),
        ("a.html", "<img src='data:image/svg+xml,%63anary%2Dword'>"),
        ("a.json", "{\"a\": [\"can\\u0061ry word\"]}"),
        ("a.css", ".canary-word { }"),
        ("a.csv", "x,canary-word"),
        ("a.bin", "Q0FOQVJZLXdvcmQgYW5kIG1vcmU="),
        ("a.bin", "abQ0FOQVJZLXdvcmQgYW5kIG1vcmU="),
    ] {
        assert!(
            Haystack::new(name, text.as_bytes()).has_words("CANARY-word"),
            "{text}"
        );
    }
    let clean = Haystack::new("a.html", b"<p>a can of rye, in a word</p>");
    assert!(!clean.has_words("CANARY-word"));
}

#[test]
fn numbers_and_days_are_found_where_a_reader_would() {
    let page = Haystack::new(
        "a.html",
        "<style>a { top: 7919px }</style><p title=\"5,003\">104,729 and 61.4, 12\u{a0}345</p><path d=\"M 401 0\" width=\"419\"/><p>Due 8\u{a0}October 2026, 19 Aug</p>"
            .as_bytes(),
    );
    for number in [5003.0, 104_729.0, 61.37, 12345.0, 61.4] {
        assert!(page.has_number(number), "{number}: {:?}", page.numbers);
    }
    for number in [7919.0, 401.0, 419.0, 104.0, 729.0, 4.0] {
        assert!(!page.has_number(number), "{number}");
    }
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert!(page.has_day(day("2026-10-08")) && page.has_day(day("2026-08-19")));
    assert!(!page.has_day(day("2026-08-09")) && !page.has_day(day("2026-10-18")));
    let times = Haystack::new("a.html", b"<p>From 07:53, until March 2031</p>");
    assert!(times.has_time("07:53") && !times.has_time("07:5"));
    assert!(times.has_month(day("2031-03-01")) && !times.has_month(day("2031-04-01")));
    let facts = Haystack::new(
        "facts.json",
        br#"{"due": "2026-10-08", "n": 7919, "id": "a7907"}"#,
    );
    assert!(facts.has_day(day("2026-10-08")) && facts.has_number(7919.0));
    assert!(!facts.has_number(7907.0));
    let sums = Haystack::new(
        "manifest.json",
        br#"{"sha256": "389a2f64c1b07e5d9389a2f64c1b07e5d9389a2f64c1b07e5d9389a2f64c1b07",
            "folder": "2026-q3-523xsbzvuu7vywbb3v5s3gkxoc", "cost": "401kEUR", "n": 419}"#,
    );
    assert!(sums.has_number(401.0) && sums.has_number(419.0));
    assert!(!sums.has_number(389.0) && !sums.has_number(523.0));
}
