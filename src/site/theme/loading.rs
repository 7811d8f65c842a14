//! A finished page of a theme's own, held against what a page may load.
//!
//! A browser would block what the pages' policy forbids, and a reader would
//! see a page without it; so it is said when the page is made, at the place in
//! the template that wrote it.

use std::borrow::Cow;

use super::sources::Sources;
use crate::diagnostic::{Diagnostic, Report, Span};

/// Elements that no page has: each loads or leads a page elsewhere.
const NEVER: [&str; 5] = ["iframe", "object", "embed", "base", "frame"];

/// Attributes that make a browser load something, whatever element has them.
const LOADS: [&str; 7] = [
    "src",
    "srcset",
    "poster",
    "data",
    "background",
    "xlink:href",
    "ping",
];

/// Elements whose `href` makes a browser load something.
const LOADING_LINKS: [&str; 4] = ["link", "image", "use", "script"];

/// A tag as a finished page has it.
struct Tag<'h> {
    name: Cow<'h, str>,
    /// Its attributes, each with its value and its whole text.
    attributes: Vec<Attribute<'h>>,
    text: &'h str,
}

struct Attribute<'h> {
    name: Cow<'h, str>,
    value: &'h str,
    text: &'h str,
}

/// What is wrong with a page that a template wrote. `alone` if it is the memo,
/// whose style stands in it.
pub(super) fn faults(
    html: &str,
    template: &str,
    alone: bool,
    sources: &Sources,
) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut policy = false;
    let mut unlisted = false;
    for tag in tags(html) {
        for (text, what, help) in tag.faults(alone) {
            let message = format!("a page made by `{template}` holds {what}");
            let fault = Diagnostic::error("theme-load", message).help(help);
            let fault = match place(text, tag.text, template, sources) {
                Some(place) => fault.at(&place, ""),
                None => fault,
            };
            if !found.contains(&fault) {
                found.push(fault);
            }
        }
        // Each is looked for in every template, and no more are told.
        if found.len() > Report::MOST_OF_A_FILE {
            return found;
        }
        let says = |name: &str, wanted: &str, content: &str| {
            tag.name == "meta"
                && tag
                    .value(name)
                    .is_some_and(|value| value.eq_ignore_ascii_case(wanted))
                && tag
                    .value("content")
                    .is_some_and(|value| value.contains(content))
        };
        policy |= says("http-equiv", "content-security-policy", "default-src ");
        unlisted |= says("name", "robots", "noindex");
    }
    for (there, what, line) in [
        (
            policy,
            "its content security policy",
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ frame.csp }}\">",
        ),
        (
            unlisted,
            "that it isn't to be listed",
            "<meta name=\"robots\" content=\"noindex, nofollow, noarchive\">",
        ),
    ] {
        if !there {
            let message = format!("a page made by `{template}` doesn't state {what}");
            let fault = Diagnostic::error("theme-load", message)
                .help(format!("its head needs `{line}`, as the default's has it"));
            found.push(match whole(template, sources) {
                Some(place) => fault.at(&place, ""),
                None => fault,
            });
        }
    }
    found
}

/// Where a template wrote a text of a page: as it stands there, or as much of
/// it as is the template's own.
fn place(text: &str, tag: &str, template: &str, sources: &Sources) -> Option<Span> {
    let name = text.split('=').next().unwrap_or(text);
    let element = tag.split([' ', '\n', '\t', '>']).next().unwrap_or(tag);
    let tries = [
        text.to_owned(),
        format!(" {name}="),
        format!("\n{name}="),
        element.to_owned(),
    ];
    let mut tries = tries.iter().filter(|written| written.trim().len() > 1);
    let found = tries.find_map(|written| sources.place(written));
    found.or_else(|| whole(template, sources))
}

/// The beginning of the theme's own template that made a page, or of the one
/// around every page.
fn whole(template: &str, sources: &Sources) -> Option<Span> {
    let own = sources
        .own
        .get(template)
        .or_else(|| sources.own.get("base.html"));
    own.map(Span::start_of)
}

/// Whether a reference leads out of the site, or is content by itself.
pub(super) fn leads_out(reference: &str) -> bool {
    let reference = reference.trim();
    if reference.starts_with("//") || reference.starts_with(['\\', '/']) {
        return true;
    }
    let Some((scheme, _)) = reference.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
}

impl<'h> Tag<'h> {
    fn value(&self, name: &str) -> Option<&'h str> {
        let mut named = self.attributes.iter().filter(|found| found.name == name);
        named.next().map(|found| found.value)
    }

    /// What is wrong with it: the text at fault, what that is, what to do.
    fn faults(&self, alone: bool) -> Vec<(&'h str, String, &'static str)> {
        let mut found = Vec::new();
        let name = &*self.name;
        if NEVER.contains(&name) {
            found.push((
                self.text,
                format!("`<{name}>`, which no page may"),
                "take it out",
            ));
        }
        if name == "style" && !alone {
            found.push((
                self.text,
                "a style of its own".to_owned(),
                "pages allow style sheets alone: put it into one below the theme's assets/",
            ));
        }
        if name == "script"
            && self.value("src").is_none()
            && self.value("type") != Some("application/json")
        {
            found.push((
                self.text,
                "a script within the page".to_owned(),
                "pages allow none: only the theme's script files are run",
            ));
        }
        if name == "meta"
            && self
                .value("http-equiv")
                .is_some_and(|value| value.eq_ignore_ascii_case("refresh"))
        {
            found.push((
                self.text,
                "a `refresh` that leads away".to_owned(),
                "use a link",
            ));
        }
        for attribute in &self.attributes {
            found.extend(attribute.fault(name));
        }
        found
    }
}

impl<'h> Attribute<'h> {
    fn fault(&self, element: &str) -> Option<(&'h str, String, &'static str)> {
        let name = &*self.name;
        if name == "style" {
            return Some((
                self.text,
                "an inline style".to_owned(),
                "pages allow style sheets alone: give it a class and put the style into a sheet below the theme's assets/",
            ));
        }
        if name.starts_with("on") {
            return Some((
                self.text,
                format!("the inline script `{name}`"),
                "pages allow none: only the theme's script files are run",
            ));
        }
        let loads = LOADS.contains(&name) || name == "href" && LOADING_LINKS.contains(&element);
        let value = self.value.trim();
        if loads && value.split(',').any(leads_out) {
            return Some((
                self.text,
                format!("`{value}`, which lies elsewhere"),
                "pages load nothing but the site's own files: put it below the theme's assets/",
            ));
        }
        let scheme = value.split_once(':').map_or("", |(scheme, _)| scheme);
        let script = scheme.eq_ignore_ascii_case("javascript");
        let runs = script && ["href", "action", "formaction"].contains(&name);
        runs.then(|| {
            (
                self.text,
                "a link that is a script".to_owned(),
                "pages allow none: only the theme's script files are run",
            )
        })
    }
}

/// Every tag of a page but those that close an element.
fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|start| at + start) {
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| start + end + 3);
            continue;
        }
        let name_end = rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        let name_end = start + 1 + name_end.unwrap_or(rest.len() - 1);
        let name = lower(&html[start + 1..name_end]);
        if name.is_empty() {
            at = start + 1;
            continue;
        }
        let (attributes, end) = attributes(html, name_end);
        at = end;
        if ["script", "style"].contains(&&*name) {
            let closing = format!("</{name}");
            at = html[end..]
                .find(&closing)
                .map_or(html.len(), |close| end + close);
        }
        found.push(Tag {
            name,
            attributes,
            text: &html[start..end],
        });
    }
    found
}

/// The attributes behind a tag's name, and where the tag ends.
fn attributes(html: &str, mut at: usize) -> (Vec<Attribute<'_>>, usize) {
    let upto = |from: usize, stop: fn(char) -> bool| {
        html[from..].find(stop).map_or(html.len(), |end| from + end)
    };
    let mut found = Vec::new();
    loop {
        at = upto(at, |c| !c.is_whitespace() && c != '/');
        if html[at..].is_empty() {
            return (found, at);
        }
        if html[at..].starts_with('>') {
            return (found, at + 1);
        }
        let first = html[at..].chars().next().map_or(1, char::len_utf8);
        let name = at..upto(at + first, |c| c.is_whitespace() || "=>/".contains(c));
        let start = upto(name.end, |c| !c.is_whitespace());
        let mut value = name.end..name.end;
        at = name.end;
        if html[start..].starts_with('=') {
            let from = upto(start + 1, |c| !c.is_whitespace());
            let quote = html[from..].chars().next().filter(|c| "\"'".contains(*c));
            (value, at) = if let Some(quote) = quote {
                let end = html[from + 1..]
                    .find(quote)
                    .map_or(html.len(), |end| from + 1 + end);
                (from + 1..end, (end + 1).min(html.len()))
            } else {
                let end = upto(from, |c| c.is_whitespace() || c == '>');
                (from..end, end)
            };
        }
        found.push(Attribute {
            name: lower(&html[name.clone()]),
            value: &html[value],
            text: &html[name.start..at],
        });
    }
}

/// A name in small letters, as nearly all are.
fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        name.to_ascii_lowercase().into()
    } else {
        name.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> Vec<String> {
        let faults = tags(html).into_iter().flat_map(|tag| {
            let faults = tag.faults(false).into_iter();
            faults
                .map(|(text, what, _)| format!("{text}: {what}"))
                .collect::<Vec<_>>()
        });
        faults.collect()
    }

    #[test]
    fn what_a_page_may_hold_passes() {
        for html in [
            "<a href=\"https://example.org/\">x</a> 1 < 2 <!-- <img src=\"//x\"> -->",
            "<img src=\"../assets/a.png\" alt=\"style=x\"><link rel=stylesheet href=../a.css>",
            "<script src=\"a.js\" defer></script><script type=\"application/json\">{\"a\":\"<b style=x>\"}</script>",
            "<",
            "<a",
            "<a b",
            "<a b=",
            "<a b=\"",
            "</a>",
            "<é b>",
            "<a é=ö>",
        ] {
            assert_eq!(told(html), [""; 0], "{html}");
        }
    }

    #[test]
    fn what_it_may_not_is_told() {
        for (html, expected) in [
            (
                "<p STYLE='color:red'>",
                "STYLE='color:red': an inline style",
            ),
            ("<p\nonclick=x()>", "onclick=x(): the inline script"),
            (
                "<img src=https://x.test/a.png>",
                "src=https://x.test/a.png: `https:",
            ),
            ("<img srcset=\"a.png 1x, //x.test/b.png 2x\">", "srcset"),
            ("<link rel=icon href=\"data:,\">", "href=\"data:,\": `data:"),
            ("<svg><use href=\"//x#y\"/></svg>", "href=\"//x#y\": `//x"),
            ("<style>a{}</style>", "<style>: a style of its own"),
            ("<script>x</script>", "<script>: a script within"),
            ("<iframe src=a>", "<iframe src=a>: `<iframe>`"),
            (
                "<a href=\"JavaScript:x\">",
                "href=\"JavaScript:x\": a link that is a script",
            ),
            (
                "<meta http-equiv=refresh content=0>",
                "<meta http-equiv=refresh content=0>: a `refresh`",
            ),
        ] {
            let told = told(html);
            assert_eq!(told.len(), 1, "{html}: {told:?}");
            assert!(told[0].starts_with(expected), "{html}: {told:?}");
        }
    }
}
