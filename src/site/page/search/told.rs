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
    let is_usual = bytes.iter().all(|byte| (b' '..0x80).contains(byte))
        && bytes.array_windows().all(|two| two != b"  ");
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
