//! What a page gives away: nothing is loaded from elsewhere, nothing may be,
//! and nobody is told of the page.

use crate::markup::{Kind, Tag};

/// Attributes whose address a browser fetches or sends to by itself. `href`
/// is one on everything but a link that a person follows.
const LOADING: [&str; 12] = [
    "src",
    "srcset",
    "imagesrcset",
    "action",
    "formaction",
    "data",
    "poster",
    "ping",
    "background",
    "manifest",
    "href",
    "xlink:href",
];

/// The sources that a policy may name: the site itself, or bytes by their hash.
fn is_own_source(source: &str) -> bool {
    matches!(source, "'none'" | "'self'") || source.starts_with("'sha256-")
}

/// Faults of the page's policy and of what it tells robots and other sites.
pub fn head(tags: &[Tag]) -> Vec<String> {
    let mut faults = Vec::new();
    let policies = metas(tags, "http-equiv", "content-security-policy");
    match &policies[..] {
        [(place, policy)] => {
            let directives: Vec<&str> = policy
                .split(';')
                .map(str::trim)
                .filter(|one| !one.is_empty())
                .collect();
            if directives.first() != Some(&"default-src 'none'") {
                faults.push(format!(
                    "the policy doesn't begin with default-src 'none': {policy}"
                ));
            }
            let sources = directives
                .iter()
                .flat_map(|directive| directive.split_whitespace().skip(1));
            faults.extend(
                sources
                    .filter(|source| !is_own_source(source))
                    .map(|source| format!("the policy allows {source}")),
            );
            // A policy holds only for what stands behind it.
            let loads =
                |tag: &Tag| matches!(&*tag.name, "link" | "script" | "style" | "img" | "body");
            if tags[..*place].iter().any(loads) {
                faults.push("the policy stands behind what it should govern".to_owned());
            }
        }
        several => faults.push(format!("{} policies instead of one", several.len())),
    }
    match &metas(tags, "name", "robots")[..] {
        [(_, robots)] if robots.split(',').any(|word| word.trim() == "noindex") => {}
        other => faults.push(format!("robots aren't told noindex once: {other:?}")),
    }
    match &metas(tags, "name", "referrer")[..] {
        [(_, "no-referrer")] => {}
        other => faults.push(format!("not one referrer policy no-referrer: {other:?}")),
    }
    if tags.iter().any(|tag| tag.name == "base") || !metas(tags, "http-equiv", "refresh").is_empty()
    {
        faults.push("<base> or a refresh leads links astray".to_owned());
    }
    faults
}

/// The places and contents of the `<meta>` elements of a name.
fn metas<'a>(tags: &'a [Tag], attribute: &str, name: &str) -> Vec<(usize, &'a str)> {
    let named = |tag: &Tag| {
        tag.attribute(attribute)
            .is_some_and(|value| value.eq_ignore_ascii_case(name))
    };
    let metas = tags
        .iter()
        .enumerate()
        .filter(|(_, tag)| tag.name == "meta" && named(tag));
    metas
        .map(|(place, tag)| (place, tag.attribute("content").unwrap_or_default()))
        .collect()
}

/// Whether a tag is a script that the page's policy lets in: one from a file
/// of the site's own.
fn is_own_script(tags: &[Tag], tag: &Tag) -> bool {
    let policy = metas(tags, "http-equiv", "content-security-policy");
    let allowed = policy
        .iter()
        .any(|(_, policy)| policy.contains("script-src 'self'"));
    allowed && tag.name == "script" && tag.attribute("src").is_some_and(|src| !leads_away(src))
}

/// Whether a tag is the one style that the page's policy lets in by its hash:
/// a memo holds its own.
fn is_own_style(tags: &[Tag], tag: &Tag) -> bool {
    let policy = metas(tags, "http-equiv", "content-security-policy");
    let allowed = policy
        .iter()
        .any(|(_, policy)| policy.contains("style-src 'sha256-"));
    let styles = tags
        .iter()
        .filter(|tag| tag.name == "style" && tag.kind != Kind::Close);
    allowed && tag.name == "style" && styles.count() == 1
}

/// Faults of what the page loads, and of styles and scripts within it: its
/// policy would refuse them.
pub fn loads(tags: &[Tag]) -> Vec<String> {
    let mut faults = Vec::new();
    for tag in tags.iter().filter(|tag| tag.kind != Kind::Close) {
        let name = &*tag.name;
        let embedded = matches!(name, "style" | "script" | "iframe" | "object" | "embed");
        if embedded && !is_own_script(tags, tag) && !is_own_style(tags, tag) {
            faults.push(format!("<{name}> in a page"));
        }
        for (attribute, value) in &tag.attributes {
            let is_followed = matches!(name, "a" | "area") && attribute == "href";
            if attribute == "style" || attribute.starts_with("on") {
                faults.push(format!("<{name} {attribute}=\"{value}\">"));
            }
            if LOADING.contains(&&**attribute) && !is_followed && leads_away(value) {
                faults.push(format!("<{name}> loads {value}"));
            }
            faults.extend(
                stylesheet(value)
                    .into_iter()
                    .map(|fault| format!("<{name} {attribute}>: {fault}")),
            );
            if is_followed && leads_away(value) && !is_followable(value) {
                faults.push(format!("a link to {value}"));
            }
        }
    }
    faults
}

/// Whether an address, or one of several in a `srcset`, names a scheme or a
/// host.
fn leads_away(address: &str) -> bool {
    address.split(',').map(str::trim_start).any(|one| {
        let scheme = one.split(['/', '?', '#']).next().unwrap_or_default();
        one.starts_with("//") || one.starts_with('\\') || scheme.contains(':')
    })
}

/// Whether a person may follow a link that leads away from the site.
fn is_followable(address: &str) -> bool {
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| address.starts_with(scheme))
}

/// What a style sheet, or a property in an attribute, loads from elsewhere.
pub fn stylesheet(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lower = text.to_ascii_lowercase();
    for behind in lower.split("url(").skip(1) {
        let address = behind
            .split(')')
            .next()
            .unwrap_or_default()
            .trim()
            .trim_matches(['"', '\'']);
        if leads_away(address) {
            faults.push(format!("url({address})"));
        }
    }
    if lower.contains("@import") || lower.contains("image-set(") {
        faults.push("@import or image-set() in a style".to_owned());
    }
    faults
}
