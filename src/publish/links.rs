//! Every link within the site leads somewhere.
//!
//! Links are looked for in the finished bytes, so that whatever a template,
//! a view or an author wrote is held against the same tree.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::bundle::Bundle;
use crate::diagnostic::{Diagnostic, listed, nearest};
use crate::site::page::Page;
use crate::site::route::SitePath;

/// The links that lead nowhere: those that an author wrote with their line.
pub(super) fn check(bundle: &Bundle, pages: &[Page]) -> Vec<Diagnostic> {
    let ids: BTreeMap<&str, BTreeSet<&str>> = bundle
        .iter()
        .filter_map(|(path, bytes)| Some((path.as_str(), html(path, bytes)?)))
        .map(|(path, text)| (path, attributes(text, " id=\"").collect()))
        .collect();
    let broken: Vec<Vec<Diagnostic>> = pages
        .par_iter()
        .map(|page| {
            let path = page.route.path();
            let Some(text) = bundle
                .get(path.as_str())
                .and_then(|bytes| html(&path, bytes))
            else {
                return Vec::new();
            };
            let links: BTreeSet<&str> = attributes(text, " href=\"")
                .chain(attributes(text, " src=\""))
                .collect();
            let dead = links
                .into_iter()
                .filter(|link| !leads_somewhere(bundle, &ids, &path, link));
            dead.flat_map(|link| faults(bundle, &ids, page, link))
                .collect()
        })
        .collect();
    // What a session's page and its present view both show is one fault.
    let mut faults: Vec<Diagnostic> = Vec::new();
    for fault in broken.into_iter().flatten() {
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    faults
}

fn html<'b>(path: &SitePath, bytes: &'b [u8]) -> Option<&'b str> {
    path.as_str()
        .ends_with(".html")
        .then(|| std::str::from_utf8(bytes).ok())
        .flatten()
}

/// The values of an attribute wherever it stands; every page is ours, and
/// writes it with double quotes.
fn attributes<'t>(text: &'t str, opening: &'static str) -> impl Iterator<Item = &'t str> {
    text.match_indices(opening).filter_map(move |(at, _)| {
        let rest = &text[at + opening.len()..];
        rest.find('"').map(|end| &rest[..end])
    })
}

fn leads_somewhere(
    bundle: &Bundle,
    ids: &BTreeMap<&str, BTreeSet<&str>>,
    page: &SitePath,
    link: &str,
) -> bool {
    if ["https:", "http:", "mailto:"].iter().any(|scheme| {
        link.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    }) {
        return true;
    }
    let (path, fragment) = link
        .split_once('#')
        .map_or((link, None), |(path, id)| (path, Some(id)));
    let Some(target) = resolved(page.as_str(), path) else {
        return false;
    };
    let there = bundle.get(&target).is_some();
    match fragment {
        None => there,
        Some(id) => there && ids.get(&*target).is_some_and(|ids| ids.contains(id)),
    }
}

/// The path below the root that a relative link leads to.
pub(super) fn resolved(page: &str, link: &str) -> Option<String> {
    if link.is_empty() {
        return Some(page.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A dead link as the author wrote it, or as a template did.
fn faults(
    bundle: &Bundle,
    ids: &BTreeMap<&str, BTreeSet<&str>>,
    page: &Page,
    link: &str,
) -> Vec<Diagnostic> {
    let plain = link.replace("&amp;", "&");
    let (path, fragment) = plain
        .split_once('#')
        .map_or((&*plain, None), |(path, id)| (path, Some(id)));
    let target = resolved(page.route.path().as_str(), path).unwrap_or_default();
    let (message, help) = match fragment {
        Some(id) if bundle.get(&target).is_some() => (
            format!("the link leads to `#{id}`, which isn't on that page"),
            place_help(ids.get(&*target), id),
        ),
        _ => (
            "the link leads to a page that isn't there".to_owned(),
            page_help(bundle, &target),
        ),
    };
    let written: Vec<Diagnostic> = page
        .written
        .iter()
        .filter(|written| written.href == plain)
        .map(|written| {
            Diagnostic::error("broken-link", message.clone())
                .at(&written.span, "")
                .help(help.clone())
        })
        .collect();
    if !written.is_empty() {
        return written;
    }
    let path = page.route.path();
    vec![
        Diagnostic::error(
            "broken-link",
            format!("the page {path} links to `{link}`, which isn't there"),
        )
        .help("a template of the theme wrote it"),
    ]
}

fn page_help(bundle: &Bundle, target: &str) -> String {
    let known = bundle
        .iter()
        .map(|(path, _)| path.as_str())
        .filter(|path| path.ends_with("index.html"));
    match nearest(target, known) {
        Some(near) => format!("did you mean `/{}`?", near.trim_end_matches("index.html")),
        None => "pages are written from the site's root, such as `/kpis/` or `/sessions/2026-10-leadership/`".to_owned(),
    }
}

fn place_help(ids: Option<&BTreeSet<&str>>, id: &str) -> String {
    let ids = || ids.into_iter().flatten().copied();
    if let Some(near) = nearest(id, ids()) {
        return format!("did you mean `#{near}`?");
    }
    let segments = [
        "state",
        "away",
        "automation",
        "headroom",
        "upgrades",
        "closing",
    ];
    if segments
        .iter()
        .all(|segment| ids().any(|id| id == *segment))
    {
        return format!("its segments are {}", listed(segments));
    }
    "a place is a heading in lower case with hyphens for its spaces, such as `#the-three-measures`"
        .to_owned()
}
