//! Links within the site: each leads to a file that is there, and to a place
//! that is on it.

use std::collections::{BTreeMap, BTreeSet};

use crate::markup::{Kind, Tag};

/// Attributes that name other elements of the page by their ids.
const REFERRING: [&str; 6] = [
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-details",
    "for",
    "headers",
];

/// The site as far as links are concerned: every file, with the ids on it.
pub type Site = BTreeMap<String, BTreeSet<String>>;

/// A page's ids, and faults of how they are given and referred to.
pub fn ids(tags: &[Tag]) -> (BTreeSet<String>, Vec<String>) {
    let mut ids = BTreeSet::new();
    let mut faults = Vec::new();
    for id in tags.iter().filter_map(|tag| tag.attribute("id")) {
        if id.is_empty() || id.contains(char::is_whitespace) {
            faults.push(format!("the id {id:?} can't be referred to"));
        }
        if !ids.insert(id.to_owned()) {
            faults.push(format!("the id {id} is given twice"));
        }
    }
    for (attribute, value) in tags.iter().flat_map(|tag| &tag.attributes) {
        if REFERRING.contains(&&**attribute) {
            let missing = value.split_whitespace().filter(|id| !ids.contains(*id));
            faults.extend(
                missing.map(|id| format!("{attribute} names {id}, which isn't on the page")),
            );
        }
    }
    (ids, faults)
}

/// Every address within the site that a page's tags name.
pub fn addresses(tags: &[Tag]) -> impl Iterator<Item = &str> {
    let opening = tags.iter().filter(|tag| tag.kind != Kind::Close);
    let named = opening
        .flat_map(|tag| [tag.attribute("href"), tag.attribute("src")])
        .flatten();
    named.filter(|address| {
        !address
            .split(['/', '#'])
            .next()
            .unwrap_or_default()
            .contains(':')
    })
}

/// What is wrong with an address on a page of the site.
pub fn fault(site: &Site, page: &str, address: &str) -> Option<String> {
    let (path, fragment) = match address.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (address, None),
    };
    if path.starts_with('/') || path.contains('?') {
        return Some(format!("{address} isn't relative, or has a query"));
    }
    let target = if path.is_empty() {
        page.to_owned()
    } else {
        resolve(page, path)
    };
    let Some(ids) = site.get(&target) else {
        return Some(format!("{address} leads to {target}, which isn't there"));
    };
    let missing = fragment.filter(|fragment| !ids.contains(*fragment));
    missing.map(|fragment| format!("{address} leads to {fragment}, which isn't on {target}"))
}

/// The file that a relative path leads to; a path out of the site stays as it
/// is, and so leads nowhere.
fn resolve(page: &str, path: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return path.to_owned();
                }
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
