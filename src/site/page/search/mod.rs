//! The index of the report: every session and its parts, every decision and
//! automation, and what else the site has, as links and as an index of words.

mod automations;
mod decisions;
mod index;
mod pages;
mod sessions;
mod told;

use super::frame::{Context, Opening, POLICY_WITH_SCRIPT, frame, period};
use super::programme;
use super::view::Status;
use super::view::search::{Group, Place, Row, SearchPage};
use crate::site::figure;
use crate::site::route::Route;
use index::Entry;
pub(super) use told::Told;

/// The id of the field: what the masthead leads to.
pub(super) const FIELD: &str = "search-field";

/// A place that can be found.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// Its name.
    pub(super) label: String,
    /// The page.
    pub(super) route: Route,
    /// The part of the page, if not all of it.
    pub(super) id: Option<String>,
    /// What it is found by beside its name: the id in the content.
    pub(super) known_as: String,
    /// What it says.
    pub(super) text: String,
}

/// A place, and those within it.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// The month or what it belongs to.
    pub(super) of: Option<String>,
    /// The place.
    pub(super) spot: Spot,
    /// How it stands.
    pub(super) status: Option<Status>,
    /// The places within it.
    pub(super) within: Vec<Spot>,
}

/// Places of one kind.
struct Kind {
    id: &'static str,
    title: &'static str,
    one: &'static str,
    note: &'static str,
    items: Vec<Item>,
}

impl Spot {
    /// A whole page.
    pub(super) fn page(label: impl Into<String>, route: Route, told: Told) -> Self {
        Spot {
            label: label.into(),
            route,
            id: None,
            known_as: String::new(),
            text: told.text(),
        }
    }

    /// A part of a page.
    pub(super) fn part(label: impl Into<String>, route: &Route, id: &str, told: Told) -> Self {
        Spot {
            id: Some(id.to_owned()),
            ..Spot::page(label, route.clone(), told)
        }
    }

    fn entry(&self, kind: &Kind, item: &Item) -> Entry {
        let of = item.of.as_deref().unwrap_or_default();
        Entry {
            found_by: format!("{} {of} {} {}", kind.one, self.label, self.known_as),
            text: self.text.clone(),
        }
    }

    fn place(self) -> Place {
        let href = self.route.href(&Route::Search);
        Place {
            label: self.label,
            href: match self.id {
                Some(id) => format!("{href}#{id}"),
                None => href,
            },
            text: index::quoted(self.text),
        }
    }
}

/// The view.
pub fn page(context: Context<'_>) -> SearchPage {
    let route = Route::Search;
    let kinds = kinds(context);
    let entries: Vec<Entry> = kinds
        .iter()
        .flat_map(|kind| kind.items.iter().map(move |item| (kind, item)))
        .flat_map(|(kind, item)| {
            std::iter::once(&item.spot)
                .chain(&item.within)
                .map(move |spot| spot.entry(kind, item))
        })
        .collect();
    let months = context.last_month();
    let opening = Opening {
        title: "Search".to_owned(),
        strip: period(context, months),
        headline: headline(&kinds),
        deck: None,
    };
    let mut frame = frame(context, &route, opening);
    POLICY_WITH_SCRIPT.clone_into(&mut frame.csp);
    SearchPage {
        frame,
        script: context.around.search_script.href(&route),
        examples: examples(&kinds),
        groups: kinds.into_iter().map(group).collect(),
        words: index::lines(&entries),
    }
}

/// The kinds that there is something of, in the order of the page.
fn kinds(context: Context<'_>) -> Vec<Kind> {
    let kind = |id, title, one, note, items| Kind {
        id,
        title,
        one,
        note,
        items,
    };
    let mut kinds = vec![
        kind(
            "sessions",
            "Sessions",
            "Session",
            "Newest first, each with its closing answer",
            sessions::items(context),
        ),
        kind(
            "decisions",
            "Decisions",
            "Decision",
            "Newest first",
            decisions::items(context),
        ),
        kind(
            "automations",
            "Automations",
            "Automation",
            "Live ones first",
            automations::items(context),
        ),
        kind(
            "programme",
            "Programme",
            "Programme",
            "In order",
            programme::searched::items(context),
        ),
        kind(
            "pages",
            "Measures and other pages",
            "Page",
            "",
            pages::items(context),
        ),
    ];
    kinds.retain(|kind| !kind.items.is_empty());
    kinds
}

/// What there is to be found.
fn headline(kinds: &[Kind]) -> String {
    let counted: Vec<String> = [
        ("sessions", "month", "months"),
        ("decisions", "decision", "decisions"),
        ("automations", "automation", "automations"),
    ]
    .into_iter()
    .filter_map(|(id, one, many)| {
        let kind = kinds.iter().find(|kind| kind.id == id)?;
        Some(figure::counted(kind.items.len(), one, many))
    })
    .collect();
    if counted.is_empty() {
        return "Nothing has been reported yet.".to_owned();
    }
    figure::capital(&format!(
        "{}, and where each stands.",
        figure::list(&counted)
    ))
}

/// What may be looked for: words of the report's own, as an author's may be of
/// any length.
fn examples(kinds: &[Kind]) -> Vec<String> {
    let sessions = kinds.iter().find(|kind| kind.id == "sessions");
    let newest = sessions.and_then(|kind| kind.items.first()?.of.clone());
    newest.map_or_else(Vec::new, |month| vec!["headroom".to_owned(), month])
}

fn group(kind: Kind) -> Group {
    Group {
        id: kind.id.to_owned(),
        title: kind.title.to_owned(),
        kind: kind.one.to_owned(),
        note: kind.note.to_owned(),
        rows: kind
            .items
            .into_iter()
            .map(|item| Row {
                of: item.of,
                place: item.spot.place(),
                status: item.status,
                within: item.within.into_iter().map(Spot::place).collect(),
            })
            .collect(),
    }
}
