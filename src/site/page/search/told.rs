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
    pub fn say(mut self, text: &str) -> Self {
        let text = text.trim();
        if !text.is_empty() {
            self.part(&figure::sentence(text));
        }
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
            self.part(&plain(prose));
        }
        self
    }

    /// The text.
    pub fn text(self) -> String {
        self.0
    }

    fn part(&mut self, text: &str) {
        if !self.0.is_empty() && !text.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(text);
    }
}

/// Markdown's text. What stands apart on the page has a space between.
fn plain(prose: &Prose) -> String {
    let mut text = String::new();
    for event in &prose.events {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(part),
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
            ) => text.push(' '),
            _ => {}
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
