//! What a place says, as one plain text.

use pulldown_cmark::{Event, TagEnd};

use crate::site::figure;
use crate::site::page::view::Sidenote;
use crate::source::markdown::Prose;

/// Sentences, put together in order.
#[derive(Clone, Debug, Default)]
pub struct Told(String);

impl Told {
    /// Nothing yet.
    pub fn new() -> Self {
        Told::default()
    }

    /// Adds a sentence; nothing if it is empty.
    pub fn say(self, text: &str) -> Self {
        self.put(&[text])
    }

    /// Adds a sentence that is put together from parts.
    pub fn put(mut self, parts: &[&str]) -> Self {
        self.apart(|told| {
            let begin = told.len();
            told.extend(parts.iter().copied());
            told.truncate(told.trim_end().len().max(begin));
            let leading = told[begin..].len() - told[begin..].trim_start().len();
            told.replace_range(begin..begin + leading, "");
            if told.len() > begin && !figure::is_sentence(&told[begin..]) {
                told.push('.');
            }
        });
        self
    }

    /// Adds a sentence if there is one.
    pub fn maybe(self, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.say(text),
            None => self,
        }
    }

    /// Adds a sentence for each of several.
    pub fn each<T>(self, of: impl IntoIterator<Item = T>, sentence: impl Fn(T) -> String) -> Self {
        of.into_iter()
            .fold(self, |told, one| told.say(&sentence(one)))
    }

    /// Adds what is told of each of several.
    pub fn of_each<T>(
        self,
        of: impl IntoIterator<Item = T>,
        add: impl Fn(Self, T) -> Self,
    ) -> Self {
        of.into_iter().fold(self, add)
    }

    /// Adds what signals or cautions say, with the rule that each names.
    pub fn notes(self, notes: &[Sidenote]) -> Self {
        notes.iter().fold(self, |told, note| {
            told.say(&note.title)
                .say(&note.text)
                .maybe(note.rule.as_deref())
        })
    }

    /// Adds what an author wrote, without its marks.
    pub fn prose(mut self, prose: Option<&Prose>) -> Self {
        if let Some(prose) = prose {
            self.apart(|told| plain(told, prose));
        }
        self
    }

    /// The text.
    pub fn text(self) -> String {
        self.0
    }

    /// Adds something with a space before it, if there is something before it
    /// and it is anything.
    fn apart(&mut self, add: impl FnOnce(&mut String)) {
        let before = self.0.len();
        if before > 0 {
            self.0.push(' ');
        }
        let begin = self.0.len();
        add(&mut self.0);
        if self.0.len() == begin {
            self.0.truncate(before);
        }
    }
}

/// Adds markdown's text. What stands apart on the page has a space between.
fn plain(told: &mut String, prose: &Prose) {
    let begin = told.len();
    for event in &prose.events {
        match event {
            Event::Text(part) | Event::Code(part) => words(told, begin, part),
            Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableCell
                | TagEnd::FootnoteDefinition
                | TagEnd::Image,
            ) => words(told, begin, " "),
            _ => {}
        }
    }
    if told.len() > begin && told.ends_with(' ') {
        told.pop();
    }
}

/// Adds words to what begins there, with one space where there are any.
fn words(told: &mut String, begin: usize, text: &str) {
    let is_apart = |told: &str| told.len() == begin || told.ends_with(' ');
    let bytes = text.as_bytes();
    // As nearly all is written. Most of a report's words come by here.
    let is_usual = bytes.iter().all(|byte| (b' '..0x80).contains(byte)) && !text.contains("  ");
    if is_usual {
        let text = if is_apart(told) {
            text.trim_start()
        } else {
            text
        };
        told.push_str(text);
        return;
    }
    for c in text.chars() {
        if !c.is_whitespace() {
            told.push(c);
        } else if !is_apart(told) {
            told.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sentences_stand_apart_and_end() {
        let told = Told::new()
            .say("  Held 26 May ")
            .put(&["", " "])
            .put(&["Build", ": ", "so “it is.”"])
            .put(&[" (", "late", ") "])
            .maybe(None)
            .of_each(["Why?", "\u{a0}"], Told::say);
        assert_eq!(told.text(), "Held 26 May. Build: so “it is.” (late). Why?");
    }

    #[test]
    fn words_are_put_together_with_one_space() {
        proptest!(|(before in "(x|x )?", parts in proptest::collection::vec("[a é\u{a0}\t.]{0,5}", 0..8))| {
            let mut told = before.clone();
            for part in &parts {
                words(&mut told, before.len(), part);
            }
            let expected = parts.concat();
            let expected = expected.split_whitespace().collect::<Vec<_>>().join(" ");
            let told = told.strip_prefix(&before).unwrap();
            prop_assert_eq!(told.strip_suffix(' ').unwrap_or(told), expected);
        });
    }
}
