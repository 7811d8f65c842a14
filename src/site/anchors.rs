//! The places in a page and the links out of it, as they stand in its bytes.

use std::ops::Range;
use std::sync::Arc;

use memchr::arch::all::packedpair::HeuristicFrequencyRank;
use memchr::memmem::FinderBuilder;
use memchr::{memchr, memchr_iter};

/// What is before a place's name, and before a link.
const ID: &[u8] = b" id=\"";
const LINK: &[u8] = b" href=\"";
const SOURCE: &[u8] = b" src=\"";

/// From how many bytes on a page is a long one.
const LONG: usize = 256 * 1024;

/// The places in a page and the links out of it: where each stands in the
/// page's text, ordered by what stands there, each once.
#[derive(Debug)]
pub struct Anchors {
    page: Arc<Vec<u8>>,
    ids: Vec<Range<u32>>,
    links: Vec<Range<u32>>,
}

impl Anchors {
    /// Those of a page.
    pub fn of(page: &Arc<Vec<u8>>) -> Anchors {
        let [ids, links] = if page.len() < LONG {
            let mut links = values(page, LINK);
            links.extend(values(page, SOURCE));
            [values(page, ID), links]
        } else {
            values_by_quotes(page)
        };
        Anchors {
            page: Arc::clone(page),
            ids: in_order(page, ids),
            links: in_order(page, links),
        }
    }

    /// The places, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.parts(&self.ids).map(text)
    }

    /// Whether there is such a place.
    pub fn has(&self, id: &str) -> bool {
        let found = self
            .ids
            .binary_search_by(|at| bytes(&self.page, at).cmp(id.as_bytes()));
        found.is_ok()
    }

    /// Whether every place of a page is one of this, too.
    pub fn has_all(&self, before: &Anchors) -> bool {
        not_among(before.parts(&before.ids), self.parts(&self.ids))
            .next()
            .is_none()
    }

    /// The links that a page before, if there was one, hadn't.
    pub fn new_links<'a>(&'a self, before: Option<&'a Anchors>) -> impl Iterator<Item = &'a str> {
        let known = before.into_iter();
        let known = known.flat_map(|before| before.parts(&before.links));
        not_among(self.parts(&self.links), known).map(text)
    }

    fn parts(&self, places: &[Range<u32>]) -> impl Iterator<Item = &[u8]> {
        places.iter().map(|at| bytes(&self.page, at))
    }
}

/// Those that aren't among others, both in order.
fn not_among<'p>(
    these: impl Iterator<Item = &'p [u8]>,
    others: impl Iterator<Item = &'p [u8]>,
) -> impl Iterator<Item = &'p [u8]> {
    let mut others = others.peekable();
    these.filter(move |this| {
        while others.next_if(|other| other < this).is_some() {}
        others.peek() != Some(this)
    })
}

/// Places by what stands there, each once.
fn in_order(page: &[u8], mut places: Vec<Range<u32>>) -> Vec<Range<u32>> {
    let bytes = |at: &Range<u32>| bytes(page, at);
    places.sort_unstable_by(|one, other| bytes(one).cmp(bytes(other)));
    places.dedup_by(|one, other| bytes(one) == bytes(other));
    places
}

/// A page is text, and so are its parts.
fn text(part: &[u8]) -> &str {
    std::str::from_utf8(part).unwrap_or_default()
}

/// What stands at a place in a page, as bytes, which order as text does.
fn bytes<'p>(page: &'p [u8], at: &Range<u32>) -> &'p [u8] {
    let bytes = page.get(at.start as usize..at.end as usize);
    bytes.unwrap_or_default()
}

/// The places and links of a page that is mostly long texts in attributes, as the
/// search's is: it is gone over once, from quote to quote.
fn values_by_quotes(page: &[u8]) -> [Vec<Range<u32>>; 2] {
    let [mut ids, mut links] = [Vec::new(), Vec::new()];
    for quote in memchr_iter(b'"', page) {
        let before = &page[..=quote];
        let values = if before.ends_with(ID) {
            &mut ids
        } else if before.ends_with(LINK) || before.ends_with(SOURCE) {
            &mut links
        } else {
            continue;
        };
        values.extend(value(page, quote + 1));
    }
    [ids, links]
}

/// Where the values of an attribute stand, by what is before them; every page is
/// ours, and writes them with double quotes.
fn values(page: &[u8], before: &[u8]) -> Vec<Range<u32>> {
    let finder = FinderBuilder::new().build_forward_with_ranker(LastLetters, before);
    let found = finder.find_iter(page);
    found
        .filter_map(|at| value(page, at + before.len()))
        .collect()
}

/// Where a value stands that begins here.
fn value(page: &[u8], begin: usize) -> Option<Range<u32>> {
    let length = memchr(b'"', &page[begin..])?;
    Some(begin as u32..(begin + length) as u32)
}

/// Has an attribute looked for by its last letter and the quote, which together
/// are rare: beginnings and signs are the same in every line.
struct LastLetters;

impl HeuristicFrequencyRank for LastLetters {
    fn rank(&self, byte: u8) -> u8 {
        match byte {
            b'c' | b'd' | b'f' => 0,
            b'"' => 1,
            _ => u8::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_page_has_the_anchors_of_its_parts() {
        let part = |number: usize| {
            format!(
                "<p id=\"p{number}\" title=\"no id=1\">\"Said\", b=\" <a href=\"../p{number}/#x\" id=\"a\">a = b</a><img src=\"i{number}.png\" alt=\"\">\n"
            )
        };
        for page in [
            part(1),
            (1..=20).map(part).collect(),
            format!("{}<p id=\"open", part(1)),
            "\"".to_owned(),
            String::new(),
        ] {
            let page = page.as_bytes();
            let mut links = values(page, LINK);
            links.extend(values(page, SOURCE));
            let expected = [values(page, ID), links].map(|found| in_order(page, found));
            let found = values_by_quotes(page).map(|found| in_order(page, found));
            assert_eq!(found, expected);
        }
    }
}
