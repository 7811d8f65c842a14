//! The index of the report: every session and its parts, every decision and
//! automation, and what else the site has, as links and as an index of words.

mod automations;
mod decisions;
mod index;
mod lines;
mod numbers;
mod pages;
mod sessions;
mod split;
mod told;

use std::sync::Arc;

use super::context::Part;
use super::frame::{Context, Opening, POLICY_WITH_SCRIPT, frame, period};
use super::programme;
use super::ready::Ready;
use super::view::search::{Group as GroupView, Place, Row, SearchPage};
use super::view::{Markup, Status};
use crate::diagnostic::Diagnostic;
use crate::site::figure;
use crate::site::route::Route;
use crate::site::theme::Extent;
use index::{Entry, Forms, Words};
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
}

const SESSIONS: Kind = Kind {
    id: "sessions",
    title: "Sessions",
    one: "Session",
    note: "Newest first, each with its closing answer",
};

const DECISIONS: Kind = Kind {
    id: "decisions",
    title: "Decisions",
    one: "Decision",
    note: "Newest first",
};

const AUTOMATIONS: Kind = Kind {
    id: "automations",
    title: "Automations",
    one: "Automation",
    note: "Live ones first",
};

const PROGRAMME: Kind = Kind {
    id: "programme",
    title: "Programme",
    one: "Programme",
    note: "In order",
};

const PAGES: Kind = Kind {
    id: "pages",
    title: "Measures and other pages",
    one: "Page",
    note: "",
};

/// What is found of one kind, or of one month, with its words.
struct Found {
    /// Of what the first row is.
    first_of: Option<String>,
    rows: Vec<Ready<Markup>>,
    /// What is wrong with the template of these.
    faults: Vec<Diagnostic>,
    forms: Arc<Forms>,
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

    fn entry(&self, kind: &Kind, item: &Item) -> Entry<'_> {
        let of = item.of.as_deref().unwrap_or_default();
        Entry {
            found_by: format!("{} {of} {} {}", kind.one, self.label, self.known_as),
            text: &self.text,
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
///
/// # Errors
///
/// What is wrong with the template of its rows.
pub fn page(context: Context<'_>) -> Result<SearchPage, Vec<Diagnostic>> {
    let route = Route::Search;
    // What is kept of the places is by the numbers of these: the two are kept
    // together or not at all, as none but this page asks for either.
    let met = context.part(Part::Words, |_| Words::default());
    let kinds = kinds(context, &met);
    let mut found = kinds.iter().flat_map(|(_, found)| found);
    if let Some(faulty) = found.find(|found| !found.faults.is_empty()) {
        return Err(faulty.faults.clone());
    }
    let opening = Opening {
        title: "Search".to_owned(),
        strip: period(context, context.last_month()),
        headline: headline(&kinds),
        deck: None,
    };
    let mut frame = frame(context, &route, opening);
    POLICY_WITH_SCRIPT.clone_into(&mut frame.csp);
    let forms = kinds.iter().flat_map(|(_, found)| found);
    let forms = forms.map(|found| Arc::clone(&found.forms));
    let words = lines::lines(forms.collect(), &met);
    Ok(SearchPage {
        frame,
        script: context.around.theme.search_script.0.href(&route),
        examples: examples(&kinds),
        words,
        groups: kinds.iter().map(group).collect(),
    })
}

/// About how many bytes the page gets: its words and rows, and some more for the
/// rest and for what is written longer than it is.
pub fn length(view: &SearchPage) -> usize {
    let rows = view.groups.iter().flat_map(|group| &group.rows);
    let rows: usize = rows.map(|row| row.text().len()).sum();
    let known = rows + view.words.text().len();
    known + known / 16 + 16 * 1024
}

/// A kind with what is found of it, in the order of the page.
type Group = (&'static Kind, Vec<Arc<Found>>);

/// The kinds that there is something of, in the order of the page.
fn kinds(context: Context<'_>, words: &Words) -> Vec<Group> {
    let of = |kind: &'static Kind, items: fn(Context<'_>) -> Vec<Item>| {
        let part = Part::Places(kind.id);
        let found = context.part(part, |context| {
            Found::new(context, kind, items(context), words)
        });
        (kind, vec![found])
    };
    let mut kinds = vec![
        (&SESSIONS, sessions::found(context, words)),
        of(&DECISIONS, decisions::items),
        of(&AUTOMATIONS, automations::items),
        of(&PROGRAMME, programme::searched::items),
        of(&PAGES, pages::items),
    ];
    kinds.retain(|(_, found)| {
        let faulty = found.iter().any(|found| !found.faults.is_empty());
        faulty || rows(found).next().is_some()
    });
    kinds
}

impl Found {
    fn new(context: Context<'_>, kind: &Kind, items: Vec<Item>, words: &Words) -> Found {
        let forms = {
            let spots = items.iter().flat_map(|item| {
                let spots = std::iter::once(&item.spot).chain(&item.within);
                spots.map(|spot| spot.entry(kind, item))
            });
            Arc::new(Forms::of(&spots.collect::<Vec<_>>(), words))
        };
        let first_of = items.first().and_then(|item| item.of.clone());
        let rows = items.into_iter().map(|item| row(context, item));
        let (rows, faults) = match rows.collect() {
            Ok(rows) => (rows, Vec::new()),
            Err(faults) => (Vec::new(), faults),
        };
        Found {
            first_of,
            rows,
            faults,
            forms,
        }
    }
}

fn row(context: Context<'_>, item: Item) -> Result<Ready<Markup>, Vec<Diagnostic>> {
    let row = Row {
        of: item.of,
        place: item.spot.place(),
        status: item.status,
        within: item.within.into_iter().map(Spot::place).collect(),
    };
    let seen = tera::Context::from_serialize(&row).unwrap_or_default();
    let theme = &context.around.theme;
    let markup = theme.part("search-row.html", &seen, Extent::Row)?;
    Ok(Ready::of(&markup))
}

fn rows(found: &[Arc<Found>]) -> impl Iterator<Item = &Ready<Markup>> {
    found.iter().flat_map(|found| &found.rows)
}

/// What there is to be found.
fn headline(kinds: &[Group]) -> String {
    let counted: Vec<String> = [
        ("sessions", "month", "months"),
        ("decisions", "decision", "decisions"),
        ("automations", "automation", "automations"),
    ]
    .into_iter()
    .filter_map(|(id, one, many)| {
        let (_, found) = kinds.iter().find(|(kind, _)| kind.id == id)?;
        Some(figure::counted(rows(found).count(), one, many))
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
fn examples(kinds: &[Group]) -> Vec<String> {
    let sessions = kinds.iter().find(|(kind, _)| kind.id == "sessions");
    let newest = sessions.and_then(|(_, found)| {
        let mut found = found.iter().filter(|found| !found.rows.is_empty());
        found.next()?.first_of.clone()
    });
    newest.map_or_else(Vec::new, |month| vec!["headroom".to_owned(), month])
}

fn group((kind, found): &Group) -> GroupView {
    GroupView {
        id: kind.id.to_owned(),
        title: kind.title.to_owned(),
        kind: kind.one.to_owned(),
        note: kind.note.to_owned(),
        rows: rows(found).cloned().collect(),
    }
}
