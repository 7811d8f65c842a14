//! The content security policies that a finished page states.
//!
//! A page's policy is read from its bytes, whatever template wrote it, where a
//! page is sent or kept in a way that needs a little more than it allows.

use std::borrow::Cow;
use std::ops::Range;

/// A policy as an attribute's value, without the quotes around it.
pub fn escaped(policy: &str) -> String {
    policy.replace('&', "&amp;").replace('"', "&quot;")
}

/// A policy's directives, each with its name first.
pub fn directives(policy: &str) -> Vec<Vec<&str>> {
    policy
        .split(';')
        .map(|directive| directive.split_ascii_whitespace().collect())
        .filter(|directive: &Vec<&str>| !directive.is_empty())
        .collect()
}

/// A policy of directives.
pub fn joined(directives: &[Vec<&str>]) -> String {
    let directives: Vec<String> = directives.iter().map(|parts| parts.join(" ")).collect();
    directives.join("; ")
}

/// Every policy in a page's `meta` elements, and where its attribute's value
/// stands, with the quotes around it.
pub fn policies(html: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = first_of(&html[from..], "<meta") {
        let start = from + at + "<meta".len();
        let (attributes, end) = attributes(html, start);
        let value = |name: &str| {
            let mut named = attributes.iter();
            named.find(|(known, _)| html[known.clone()].eq_ignore_ascii_case(name))
        };
        if let (Some((_, kind)), Some((_, content))) = (value("http-equiv"), value("content"))
            && unquoted(&html[kind.clone()]).eq_ignore_ascii_case("content-security-policy")
        {
            let policy = decoded(unquoted(&html[content.clone()]));
            found.push((content.clone(), policy.into_owned()));
        }
        from = end;
    }
    found
}

type Attribute = (Range<usize>, Range<usize>);

/// The attributes with a value of the tag whose name ends at `at`, and where
/// the tag ends.
fn attributes(html: &str, mut at: usize) -> (Vec<Attribute>, usize) {
    let bytes = html.as_bytes();
    let skip = |mut at: usize, over: fn(u8) -> bool| {
        while bytes.get(at).is_some_and(|byte| over(*byte)) {
            at += 1;
        }
        at
    };
    let space = |byte: u8| byte.is_ascii_whitespace();
    let mut attributes = Vec::new();
    loop {
        at = skip(at, |byte| byte.is_ascii_whitespace() || byte == b'/');
        if bytes.get(at).is_none_or(|byte| *byte == b'>') {
            return (attributes, at);
        }
        let end = skip(at + 1, |byte| {
            !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/')
        });
        let name = at..end;
        at = skip(end, space);
        if bytes.get(at) != Some(&b'=') {
            continue;
        }
        let start = skip(at + 1, space);
        at = match bytes.get(start) {
            Some(quote @ (b'"' | b'\'')) => {
                let rest = html.get(start + 1..).unwrap_or_default();
                let length = rest.find(char::from(*quote));
                length.map_or(html.len(), |length| start + 1 + length + 1)
            }
            _ => skip(start, |byte| !byte.is_ascii_whitespace() && byte != b'>'),
        };
        attributes.push((name, start..at));
    }
}

fn unquoted(value: &str) -> &str {
    let quoted = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    quoted('"').or_else(|| quoted('\'')).unwrap_or(value)
}

/// A template may have escaped the quotes in the policy.
fn decoded(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut text = value.to_owned();
    for (escape, plain) in [
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&apos;", "'"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ] {
        text = text.replace(escape, plain);
    }
    Cow::Owned(text)
}

/// Where a tag's first letters stand first, in any case.
fn first_of(html: &str, tag: &str) -> Option<usize> {
    let mut windows = html.as_bytes().windows(tag.len());
    windows.position(|window| window.eq_ignore_ascii_case(tag.as_bytes()))
}
