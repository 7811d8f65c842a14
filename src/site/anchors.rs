//! The places in a page and the links out of it, as they stand in its bytes.

use std::ops::Range;
use std::sync::Arc;

use memchr::arch::all::packedpair::HeuristicFrequencyRank;
use memchr::memchr;
use memchr::memmem::FinderBuilder;

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
        // Side by side, as the search has one page of all.
        let (ids, links) = rayon::join(
            || in_order(page, values(page, b" id=\"")),
            || {
                let (mut links, sources) =
                    rayon::join(|| values(page, b" href=\""), || values(page, b" src=\""));
                links.extend(sources);
                in_order(page, links)
            },
        );
        Anchors {
            page: Arc::clone(page),
            ids,
            links,
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

/// Where the values of an attribute stand, by what is before them; every page is
/// ours, and writes them with double quotes.
fn values(page: &[u8], before: &[u8]) -> Vec<Range<u32>> {
    let finder = FinderBuilder::new().build_forward_with_ranker(LastLetters, before);
    let found = finder.find_iter(page).filter_map(|at| {
        let begin = at + before.len();
        let length = memchr(b'"', &page[begin..])?;
        Some(begin as u32..(begin + length) as u32)
    });
    found.collect()
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
