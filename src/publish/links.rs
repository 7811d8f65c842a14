//! Every link within the site leads somewhere.
//!
//! Links were looked for in the finished bytes, so that whatever a template,
//! a view or an author wrote is held against the same tree.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;

use super::bundle::Bundle;
use super::render::{File, Memory};
use crate::diagnostic::{Diagnostic, Report, Span, listed, nearest};
use crate::site::anchors::Anchors;
use crate::site::page::Page;
use crate::site::route::SitePath;
use crate::source::reference::mended;

/// The links that lead nowhere: those that an author wrote with their line.
/// The former bundle had none, so that as long as nothing vanished only links
/// that weren't on a page before can.
pub(super) fn check(
    bundle: &Bundle,
    made: &Memory,
    former: &Memory,
    pages: &[Arc<Page>],
) -> Vec<Diagnostic> {
    // Most changes bring no link that wasn't there.
    let ids = LazyLock::new(|| Ids::of(made));
    let anything_vanished = vanished(made, former);
    let doubtful: Vec<&Arc<Page>> = if anything_vanished {
        pages.iter().collect()
    } else {
        made.remade_pages().collect()
    };
    let broken: Vec<Vec<Diagnostic>> = doubtful
        .into_par_iter()
        .with_max_len(1)
        .map(|page| {
            let path = &page.path;
            let Some(anchors) = made.anchors(path.as_str()) else {
                return Vec::new();
            };
            let before = former.anchors(path.as_str());
            let before = before.filter(|_| !anything_vanished);
            let dead = anchors
                .new_links(before)
                .filter(|link| !leads_somewhere(bundle, &ids, path, link))
                // More of one page are not told, and what each may have meant
                // is looked for among all there is.
                .take(Report::MOST_OF_A_FILE + 1);
            let found = dead.flat_map(|link| faults(bundle, &ids, page, link));
            found.take(Report::MOST_OF_A_FILE + 1).collect()
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

/// Each page's places by its path.
struct Ids<'i>(HashMap<&'i str, &'i Anchors>);

impl<'i> Ids<'i> {
    fn of(made: &'i Memory) -> Self {
        let pages = made.pages().chain(made.others());
        let places = pages.filter_map(|(path, file)| {
            let anchors = file.anchors.as_ref()?;
            Some((path.as_str(), &**anchors))
        });
        Ids(places.collect())
    }

    fn get(&self, path: &str) -> Option<&'i Anchors> {
        self.0.get(path).copied()
    }
}

/// Whether a file is gone that there was, or a place in one.
fn vanished(made: &Memory, former: &Memory) -> bool {
    is_any_gone(former.pages(), made.pages()) || is_any_gone(former.others(), made.others())
}

/// The same of files that come by their paths.
fn is_any_gone<'f>(
    mut before: impl Iterator<Item = (&'f SitePath, &'f File)>,
    mut now: impl Iterator<Item = (&'f SitePath, &'f File)>,
) -> bool {
    before.any(|(path, before)| {
        let now = now.find(|(other, _)| *other >= path);
        match now.filter(|(other, _)| *other == path) {
            None => true,
            Some((_, now)) => match (&before.anchors, &now.anchors) {
                (Some(before), Some(now)) => !Arc::ptr_eq(before, now) && !now.has_all(before),
                (Some(_), None) => true,
                (None, _) => false,
            },
        }
    })
}

fn leads_somewhere(bundle: &Bundle, ids: &Ids<'_>, page: &SitePath, link: &str) -> bool {
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
        Some(id) => there && ids.get(&target).is_some_and(|ids| ids.has(id)),
    }
}

/// The path below the root that a relative link leads to.
pub(super) fn resolved(page: &str, link: &str) -> Option<String> {
    if link.is_empty() {
        return Some(page.to_owned());
    }
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut target = String::with_capacity(folder.len() + link.len() + 1);
    target.push_str(folder);
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." if target.is_empty() => return None,
            ".." => target.truncate(target.rfind('/').unwrap_or(0)),
            part => {
                if !target.is_empty() {
                    target.push('/');
                }
                target.push_str(part);
            }
        }
    }
    Some(target)
}

/// A dead link as the author wrote it, or as a template did.
fn faults(bundle: &Bundle, ids: &Ids<'_>, page: &Page, link: &str) -> Vec<Diagnostic> {
    let plain = link.replace("&amp;", "&");
    let (path, fragment) = plain
        .split_once('#')
        .map_or((&*plain, None), |(path, id)| (path, Some(id)));
    let target = resolved(page.path.as_str(), path).unwrap_or_default();
    let fault = |span: &Span| match fragment {
        Some(id) if bundle.get(&target).is_some() => no_such_place(ids.get(&target), id, span),
        _ => no_such_page(bundle, &target, span),
    };
    let written: Vec<Diagnostic> = page
        .written
        .iter()
        .filter(|written| written.href == plain)
        .map(|written| fault(&written.span))
        .collect();
    if !written.is_empty() {
        return written;
    }
    let path = &page.path;
    vec![
        Diagnostic::error(
            "broken-link",
            format!("the page {path} links to `{link}`, which isn't there"),
        )
        .help("a template of the theme wrote it"),
    ]
}

fn no_such_page(bundle: &Bundle, target: &str, span: &Span) -> Diagnostic {
    let fault =
        Diagnostic::error("broken-link", "the link leads to a page that isn't there").at(span, "");
    let known: Vec<&str> = bundle
        .iter()
        .filter_map(|(path, _)| path.as_str().strip_suffix("/index.html"))
        .collect();
    let Some(page) = page_meant(target, &known) else {
        return fault.help("pages are written from the site's root, such as `/kpis/` or `/sessions/2026-10-leadership/`");
    };
    let meant = format!("/{page}/");
    let destination = span.text().rsplit_once("](").map_or("", |(_, rest)| rest);
    let written = destination.split([')', '#', ' ', '>']).next();
    let replacement = written.and_then(|written| mended(span, written, &meant));
    fault
        .help(format!("did you mean `{meant}`?"))
        .replace_with(replacement)
}

/// The page that was meant: the only one that begins so; one whose path has
/// the same parts, or nearly so; or the only one whose last part is the same.
fn page_meant<'k>(target: &str, known: &[&'k str]) -> Option<&'k str> {
    let target = target.trim_end_matches("index.html").trim_end_matches('/');
    let target = target.strip_suffix(".html").unwrap_or(target);
    let parts = |path: &str| -> Vec<String> { path.split('/').map(str::to_owned).collect() };
    let wanted = parts(target);
    let alike = |path: &&&str| {
        let parts = parts(path);
        // Another month's page is not the one that was meant.
        let near =
            |(a, b): (&String, &String)| digits(a).eq(digits(b)) && nearest(a, [&**b]).is_some();
        parts.len() == wanted.len() && wanted.iter().zip(&parts).all(near)
    };
    if let Some(same) = known.iter().find(|path| **path == target) {
        return Some(same);
    }
    let begun = |path: &&&str| {
        path.strip_prefix(target)
            .is_some_and(|rest| rest.starts_with('-') && !rest.contains('/'))
    };
    if let Some(begun) = only(known.iter().filter(begun)) {
        return Some(begun);
    }
    let alike: Vec<&str> = known.iter().filter(alike).copied().collect();
    if !alike.is_empty() {
        return nearest(target, alike);
    }
    let last = |path: &&&str| path.rsplit('/').next() == target.rsplit('/').next();
    only(known.iter().filter(last))
}

fn digits(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_digit)
}

fn only<'i, 'k: 'i>(mut found: impl Iterator<Item = &'i &'k str>) -> Option<&'k str> {
    match (found.next(), found.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

fn no_such_place(ids: Option<&Anchors>, id: &str, span: &Span) -> Diagnostic {
    let near = nearest(id, ids.into_iter().flat_map(Anchors::ids));
    let replacement = near.and_then(|near| mended(span, &format!("#{id}"), &format!("#{near}")));
    Diagnostic::error(
        "broken-link",
        format!("the link leads to `#{id}`, which isn't on that page"),
    )
    .at(span, "")
    .help(match near {
        Some(near) => format!("did you mean `#{near}`?"),
        None => place_help(ids),
    })
    .replace_with(replacement)
}

fn place_help(ids: Option<&Anchors>) -> String {
    let ids = || ids.into_iter().flat_map(Anchors::ids);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_by_its_parts_its_beginning_or_its_end() {
        let known = [
            "method",
            "board",
            "kpis",
            "kpis/task-automation",
            "decisions/2026-01",
            "sessions/2026-01-leadership",
            "sessions/2026-01-leadership/present",
            "sessions/2026-02-leadership",
        ];
        for (target, meant) in [
            ("metod/index.html", Some("method")),
            ("method.html", Some("method")),
            ("pages/method/index.html", Some("method")),
            (
                "kpi/task-automaton/index.html",
                Some("kpis/task-automation"),
            ),
            (
                "sessions/2026-01/index.html",
                Some("sessions/2026-01-leadership"),
            ),
            (
                "sessions/2026-02-leadershp/index.html",
                Some("sessions/2026-02-leadership"),
            ),
            ("sessions/2025-01-leadership/index.html", None),
            ("sessions/2026-03-leadership/index.html", None),
            ("glossary/index.html", None),
        ] {
            assert_eq!(page_meant(target, &known), meant, "{target}");
        }
    }
}
