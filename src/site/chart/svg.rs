//! Markup: escaping, and the few elements a drawing is written with.

use serde::Serialize;

use super::axis::number;

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
        Self {
            name,
            text: format!("<{name}"),
        }
    }

    /// An attribute of plain text.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.text
            .push_str(&format!(" {name}=\"{}\"", escape(value)));
        self
    }

    /// A length in pixels.
    pub(super) fn px(self, name: &str, value: f64) -> Self {
        let value = number(value, 2);
        self.with(name, &value)
    }

    /// A share of the drawing's width, as a percentage.
    pub(super) fn share(self, name: &str, value: f64) -> Self {
        let value = format!("{}%", number(value * 100.0, 2));
        self.with(name, &value)
    }

    /// A colour by the name of its token.
    pub(super) fn paint(self, name: &str, token: &str) -> Self {
        let value = format!("var(--{token})");
        self.with(name, &value)
    }

    pub(super) fn empty(mut self) -> String {
        self.text.push_str("/>");
        self.text
    }

    pub(super) fn around(mut self, inner: &str) -> String {
        self.text.push('>');
        self.text.push_str(inner);
        self.text.push_str(&format!("</{}>", self.name));
        self.text
    }

    pub(super) fn around_text(self, inner: &str) -> String {
        let inner = escape(inner);
        self.around(&inner)
    }
}

/// Text with what markup reserves replaced. Characters that XML can't hold
/// are refused long before; here they are only kept out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
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
    out
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
