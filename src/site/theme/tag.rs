//! A template's tags, as far as they refer to other templates.
//!
//! Tera says where a filter or a variable is wrong; which include goes round
//! in a circle, and where, is found here.

use std::ops::Range;

/// `{% include "partials/strip.html" %}`: a keyword and what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// `include`, `extends`, `block`, `endblock`, `component`, `elif`.
    pub(super) keyword: String,
    /// `partials/strip.html`; empty if it names nothing.
    pub(super) name: String,
    /// Where the name stands, in bytes of the template; the keyword, if it
    /// names nothing.
    pub(super) range: Range<usize>,
}

/// Every tag of a template in its order. What stands in a comment or in
/// `raw` is none.
pub(super) fn tags(text: &str) -> Vec<Tag> {
    let mut found: Vec<Tag> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('{').map(|start| at + start) {
        let rest = &text[start..];
        at = if let Some(comment) = rest.strip_prefix("{#") {
            comment.find("#}").map_or(text.len(), |end| start + end + 4)
        } else if rest.starts_with("{{") {
            end_of(text, start + 2, "}}")
        } else if rest.starts_with("{%") {
            let tag = tag(text, start + 2);
            let end = end_of(text, start + 2, "%}");
            let raw = tag.keyword == "raw";
            found.push(tag);
            if raw { end_of_raw(text, end) } else { end }
        } else {
            start + 1
        };
    }
    found
}

/// The blocks of a template, each with those that it stands in.
pub(super) fn blocks(tags: &[Tag]) -> Vec<(&Tag, Vec<&str>)> {
    let mut open: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for tag in tags {
        match &*tag.keyword {
            "block" => {
                found.push((tag, open.clone()));
                open.push(&tag.name);
            }
            "endblock" => {
                open.pop();
            }
            _ => {}
        }
    }
    found
}

fn tag(text: &str, from: usize) -> Tag {
    let from = skip(text, from, |c| c == '-' || c.is_whitespace());
    let keyword = from..skip(text, from, |c| c.is_alphanumeric() || c == '_');
    let start = skip(text, keyword.end, char::is_whitespace);
    let quote = text[start..].chars().next().filter(|c| "\"'`".contains(*c));
    let name = match quote {
        Some(quote) => {
            let inner = &text[start + 1..];
            start + 1..start + 1 + inner.find(quote).unwrap_or(inner.len())
        }
        None => start..skip(text, start, |c| c.is_alphanumeric() || "_.-".contains(c)),
    };
    Tag {
        keyword: text[keyword.clone()].to_owned(),
        name: text[name.clone()].to_owned(),
        range: if name.is_empty() { keyword } else { name },
    }
}

fn skip(text: &str, from: usize, over: impl Fn(char) -> bool) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + rest.find(|c| !over(c)).unwrap_or(rest.len())
}

/// Behind the end of a tag, which may hold its own end in a string.
fn end_of(text: &str, from: usize, end: &str) -> usize {
    let mut quoted = None;
    let rest = text.get(from..).unwrap_or_default();
    for (at, c) in rest.char_indices() {
        match quoted {
            Some(quote) if c == quote => quoted = None,
            None if "\"'`".contains(c) => quoted = Some(c),
            None if rest[at..].starts_with(end) => return from + at + end.len(),
            _ => {}
        }
    }
    text.len()
}

fn end_of_raw(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(start) = text[at..].find("{%").map(|start| at + start) {
        if tag(text, start + 2).keyword == "endraw" {
            return end_of(text, start + 2, "%}");
        }
        at = start + 2;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(String, String)> {
        let tags = tags(text).into_iter();
        tags.map(|tag| (tag.keyword, tag.name)).collect()
    }

    #[test]
    fn raw_text_full_of_tags_is_read_once() {
        let text = format!("{{% raw %}}{}", "{%".repeat(200_000));
        assert_eq!(tags(&text).len(), 1);
    }

    #[test]
    fn tags_are_found_but_for_comments_raw_text_and_strings() {
        let text = "{# {% include \"no\" %} #}{%- include 'a.html' -%}{{ \"{% include 'no' %}\" }}\
                    {% raw %}{% include \"no\" %}{% endraw %}{%block x%}{% endblock x %}{ {% if a %}";
        let expected = [
            ("include", "a.html"),
            ("raw", ""),
            ("block", "x"),
            ("endblock", "x"),
            ("if", "a"),
        ];
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(keyword, name)| (keyword.to_owned(), name.to_owned()))
            .collect();
        assert_eq!(named(text), expected);
    }

    #[test]
    fn a_tag_that_never_ends_ends_with_the_text() {
        for text in [
            "{%",
            "{% include",
            "{% include \"",
            "{{ \"",
            "{#",
            "{% raw %}{%",
            "{",
        ] {
            assert!(tags(text).len() <= 1, "{text}");
        }
        let text = "é{% include \"ö.html\" %}";
        assert_eq!(&text[tags(text)[0].range.clone()], "ö.html");
    }

    #[test]
    fn a_block_knows_what_it_stands_in() {
        let tags = tags("{% block a %}{% block b %}{% endblock %}{% endblock %}{% block c %}");
        let within: Vec<usize> = blocks(&tags).iter().map(|(_, open)| open.len()).collect();
        assert_eq!(within, [0, 1, 0]);
    }
}
