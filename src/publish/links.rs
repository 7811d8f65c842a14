//! Every link within the site leads somewhere.
//!
//! Links are looked for in the finished bytes, so that whatever a template,
//! a view or an author wrote is held against the same tree.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::bundle::Bundle;
use crate::diagnostic::{Diagnostic, nearest};
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
            dead.flat_map(|link| faults(bundle, page, link)).collect()
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
fn resolved(page: &str, link: &str) -> Option<String> {
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

fn faults(bundle: &Bundle, page: &Page, link: &str) -> Vec<Diagnostic> {
    let plain = link.replace("&amp;", "&");
    let known = bundle
        .iter()
        .map(|(path, _)| path.as_str())
        .filter(|path| path.ends_with("index.html"));
    let target = resolved(
        page.route.path().as_str(),
        plain.split('#').next().unwrap_or_default(),
    )
    .unwrap_or_default();
    let near =
        nearest(&target, known).map(|path| format!("/{}", path.trim_end_matches("index.html")));
    let written: Vec<Diagnostic> = page
        .written
        .iter()
        .filter(|written| written.href == plain)
        .map(|written| {
            let help = match (&near, plain.contains('#')) {
                (Some(near), false) => format!("did you mean `{near}`?"),
                (_, true) => "the page is there or not, but that place on it isn't: segments are #state, #away, #automation, #headroom, #upgrades and #closing".to_owned(),
                (None, false) => "pages are written from the site's root, such as `/kpis/` or `/sessions/2026-10-leadership/`".to_owned(),
            };
            Diagnostic::error("broken-link", "the link leads to a page that isn't there").at(&written.span, "").help(help)
        })
        .collect();
    if !written.is_empty() {
        return written;
    }
    vec![
        Diagnostic::error(
            "broken-link",
            format!(
                "the page {} links to `{link}`, which isn't there",
                page.route.path()
            ),
        )
        .help("a template of the theme wrote it"),
    ]
}
