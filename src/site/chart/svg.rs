//! Markup: escaping, and the few elements a drawing is written with.

use serde::Serialize;

use super::axis::push_number;

/// Finished markup, safe to print without escaping.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Markup(String);

impl Markup {
    /// The markup as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Only for what this module has written or read through.
    pub(super) fn trusted(text: String) -> Self {
        Self(text)
    }
}

/// An element being written. Numbers are rounded and text is escaped here
/// and nowhere else.
pub(super) struct Element {
    name: &'static str,
    text: String,
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        // As long as most are.
        let mut text = String::with_capacity(96);
        text.push('<');
        text.push_str(name);
        Self { name, text }
    }

    /// An attribute of plain text.
    pub(super) fn with(self, name: &str, value: &str) -> Self {
        self.attribute(name, |text| push_escaped(text, value))
    }

    /// A length in pixels.
    pub(super) fn px(self, name: &str, value: f64) -> Self {
        self.attribute(name, |text| push_number(text, value, 2))
    }

    /// A share of the drawing's width, as a percentage.
    pub(super) fn share(self, name: &str, value: f64) -> Self {
        self.attribute(name, |text| {
            push_number(text, value * 100.0, 2);
            text.push('%');
        })
    }

    /// A colour by the name of its token.
    pub(super) fn paint(self, name: &str, token: &str) -> Self {
        self.attribute(name, |text| {
            for part in ["var(--", token, ")"] {
                push_escaped(text, part);
            }
        })
    }

    fn attribute(mut self, name: &str, value: impl FnOnce(&mut String)) -> Self {
        for part in [" ", name, "=\""] {
            self.text.push_str(part);
        }
        value(&mut self.text);
        self.text.push('"');
        self
    }

    pub(super) fn empty(mut self) -> String {
        self.text.push_str("/>");
        self.text
    }

    pub(super) fn around(mut self, inner: &str) -> String {
        self.text.push('>');
        self.text.push_str(inner);
        self.ended()
    }

    pub(super) fn around_text(mut self, inner: &str) -> String {
        self.text.push('>');
        push_escaped(&mut self.text, inner);
        self.ended()
    }

    fn ended(mut self) -> String {
        for part in ["</", self.name, ">"] {
            self.text.push_str(part);
        }
        self.text
    }
}

/// Adds text with what markup reserves replaced. Characters that XML can't
/// hold are refused long before; here they are only kept out.
fn push_escaped(out: &mut String, text: &str) {
    // Numbers and names, as nearly all are.
    let mut is_plain = true;
    for byte in text.bytes() {
        is_plain &= matches!(byte, b' '..=b'~') && !matches!(byte, b'&' | b'<' | b'>' | b'"');
    }
    if is_plain {
        out.push_str(text);
        return;
    }
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other if other.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
}

/// The drawing as one picture with a name and a description.
pub(super) fn described(prefix: &str, class: &str, title: &str, about: &str, body: &str) -> Markup {
    let (name, description) = (format!("{prefix}-title"), format!("{prefix}-desc"));
    let inner = format!(
        "{}{}{body}",
        Element::new("title").with("id", &name).around_text(title),
        Element::new("desc")
            .with("id", &description)
            .around_text(about),
    );
    Markup::trusted(
        Element::new("svg")
            .with("class", class)
            .with("role", "img")
            .with("aria-labelledby", &format!("{name} {description}"))
            .with("overflow", "visible")
            .around(&inner),
    )
}
