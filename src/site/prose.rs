//! Markdown to safe HTML, its links made relative to the page.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Tag, TagEnd, html};
use sha2::{Digest, Sha256};

use super::page::Context;
use super::page::view::Markup;
use super::route::Route;
use crate::diagnostic::Span;
use crate::source::ProgrammeFile;
use crate::source::content_path::ContentPath;
use crate::source::markdown::{Prose, Target};

/// Renders the prose of one page.
#[derive(Debug)]
pub struct ProseWriter<'w> {
    page: &'w Route,
    home: &'w Route,
    targets: &'w BTreeMap<String, Target>,
    context: Context<'w>,
    footnotes: BTreeMap<String, usize>,
    headings: BTreeSet<String>,
    /// The number that the next heading of the same words is given.
    numbers: BTreeMap<String, usize>,
    table: Table,
    /// Links that an author wrote, to be held against the finished site.
    pub written: Vec<WrittenLink>,
}

/// Where in a table the writer is. Markdown's own writer aligns a cell by a
/// style of its own, which a page's policy refuses.
#[derive(Debug, Default)]
struct Table {
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Table {
    fn cell(&self) -> String {
        let name = self.name();
        match self.columns.get(self.column) {
            Some(Alignment::Center) => format!("<{name} class=\"centre\">"),
            Some(Alignment::Right) => format!("<{name} class=\"right\">"),
            Some(Alignment::None | Alignment::Left) | None => format!("<{name}>"),
        }
    }

    fn name(&self) -> &'static str {
        if self.in_head { "th" } else { "td" }
    }
}

/// A link that an author wrote, and where.
#[derive(Clone, Debug)]
pub struct WrittenLink {
    /// The page that holds it.
    pub page: Route,
    /// The link as it stands in the page.
    pub href: String,
    /// Where the author wrote it.
    pub span: Span,
}

impl<'w> ProseWriter<'w> {
    /// For a page whose markdown refers to these targets. `home` is the page
    /// that its attachments are published beside: itself, or the session that
    /// it presents.
    pub fn new(
        page: &'w Route,
        home: &'w Route,
        targets: &'w BTreeMap<String, Target>,
        context: Context<'w>,
    ) -> Self {
        ProseWriter {
            page,
            home,
            targets,
            context,
            footnotes: BTreeMap::new(),
            headings: BTreeSet::new(),
            numbers: BTreeMap::new(),
            table: Table::default(),
            written: Vec::new(),
        }
    }

    /// A part of the page's prose; none if it is empty. Headings in it lie
    /// below a heading of level 2.
    pub fn markup(&mut self, prose: &Prose) -> Option<Markup> {
        if prose.is_empty() {
            return None;
        }
        let mut events = prose.events.iter();
        let mut following = None;
        let events = std::iter::from_fn(|| {
            following.take().or_else(|| {
                let (event, next) = self.event(events.next()?);
                following = next;
                Some(event)
            })
        });
        let mut markup = String::new();
        html::push_html(&mut markup, events);
        Some(Markup(markup))
    }

    /// Keeps ids for what the page itself has, so that no heading takes them.
    pub fn reserve(&mut self, ids: &[&str]) {
        self.headings.extend(ids.iter().map(|id| (*id).to_owned()));
    }

    /// An id for a heading, unique on the page.
    pub fn heading_id(&mut self, heading: &str) -> String {
        let words: Vec<String> = heading
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let slug = if words.is_empty() {
            "section".to_owned()
        } else {
            words.join("-")
        };
        let mut id = slug.clone();
        let number = self.numbers.entry(slug.clone()).or_insert(2);
        while !self.headings.insert(id.clone()) {
            id = format!("{slug}-{number}");
            *number += 1;
        }
        id
    }

    /// An event as this page has it, and another that follows it.
    fn event<'e>(&mut self, event: &'e Event<'static>) -> (Event<'e>, Option<Event<'e>>) {
        let mapped = match event {
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => Event::Start(Tag::Link {
                link_type: *link_type,
                dest_url: self.href(dest_url),
                title: title.clone(),
                id: id.clone(),
            }),
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) => Event::Start(Tag::Image {
                link_type: *link_type,
                dest_url: self.href(dest_url),
                title: title.clone(),
                id: id.clone(),
            }),
            Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
                level: below_section(*level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            }),
            Event::End(TagEnd::Heading(level)) => {
                Event::End(TagEnd::Heading(below_section(*level)))
            }
            Event::FootnoteReference(label) => {
                let (number, id) = self.footnote(label);
                Event::InlineHtml(
                    format!(
                        "<sup class=\"footnote-reference\"><a href=\"#{id}\">{number}</a></sup>"
                    )
                    .into(),
                )
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let (number, id) = self.footnote(label);
                Event::Html(
                    format!("<div class=\"footnote-definition\" id=\"{id}\"><sup class=\"footnote-definition-label\">{number}</sup>\n").into(),
                )
            }
            Event::End(TagEnd::FootnoteDefinition) => Event::Html("</div>\n".into()),
            // A table may be wider than the column: it scrolls by itself.
            Event::Start(Tag::Table(columns)) => {
                self.table.columns.clone_from(columns);
                let wide = Event::Html(
                    "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">\n"
                        .into(),
                );
                return (wide, Some(event.clone()));
            }
            Event::End(TagEnd::Table) => {
                return (event.clone(), Some(Event::Html("</div>\n".into())));
            }
            other => self.within_table(other),
        };
        (mapped, None)
    }

    fn within_table<'e>(&mut self, event: &'e Event<'static>) -> Event<'e> {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                self.table.in_head = matches!(event, Event::Start(Tag::TableHead));
                self.table.column = 0;
                event.clone()
            }
            Event::Start(Tag::TableCell) => Event::Html(self.table.cell().into()),
            Event::End(TagEnd::TableCell) => {
                self.table.column += 1;
                Event::Html(format!("</{}>", self.table.name()).into())
            }
            Event::Text(text) => Event::Text(CowStr::Borrowed(text)),
            other => other.clone(),
        }
    }

    /// A footnote's number on the page and its id, which can't be that of
    /// anything else on it.
    fn footnote(&mut self, label: &str) -> (usize, String) {
        let next = self.footnotes.len() + 1;
        let number = *self.footnotes.entry(label.to_owned()).or_insert(next);
        (number, format!("note-{number}"))
    }

    fn href<'d>(&mut self, destination: &'d CowStr<'static>) -> CowStr<'d> {
        let Some(target) = self.targets.get(&**destination) else {
            // It was reported when it was read, and the build stops there.
            return "#".into();
        };
        let (href, span) = match target {
            Target::Elsewhere => return destination.clone(),
            Target::Attachment(path) => return self.attachment(path).into(),
            Target::Fragment(id, span) => (format!("#{id}"), span),
            Target::Page(path, span) => (Route::href_of_path(path, self.page), span),
            Target::Document(path, fragment, span) => {
                let fragment = if fragment.is_empty() {
                    String::new()
                } else {
                    format!("#{fragment}")
                };
                let href =
                    route_of(path).map_or_else(|| path.to_string(), |route| route.href(self.page));
                (format!("{href}{fragment}"), span)
            }
        };
        self.written.push(WrittenLink {
            page: self.page.clone(),
            href: href.clone(),
            span: span.clone(),
        });
        href.into()
    }

    fn attachment(&self, path: &ContentPath) -> String {
        let bytes = self.context.attachment(path.clone());
        let bytes = bytes.map_or(&[][..], |bytes| &bytes[..]);
        attachment_route(self.home, path, bytes).href(self.page)
    }
}

/// Where a page's attachment is published: beside the page, under a name that
/// tells its content.
pub fn attachment_route(page: &Route, path: &ContentPath, bytes: &[u8]) -> Route {
    let (stem, ending) = path.stem_and_ending();
    let plain: String = stem
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .take(60)
        .collect();
    let name = format!(
        "{plain}-{}.{}",
        short_hash(bytes),
        ending.to_ascii_lowercase()
    );
    Route::Attachment(Box::new(page.clone()), name)
}

/// The first eight hexadecimal digits of the bytes' SHA-256.
pub fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn route_of(path: &ContentPath) -> Option<Route> {
    if let Some(month) = path.month() {
        let month = month.to_string();
        let stem = path.stem_and_ending().0;
        if matches!(stem, "leadership" | "telemetry") {
            return Some(Route::LeadershipSession(month));
        }
        let mut meetings = ProgrammeFile::ALL.into_iter();
        let meeting = meetings.find(|meeting| meeting.stem() == stem)?;
        return Some(Route::ProgrammeSession(month, meeting));
    }
    match path.folder() {
        "pages" => Some(Route::FreePage(path.stem_and_ending().0.to_owned())),
        "" => Some(Route::Overview),
        _ => None,
    }
}

fn below_section(level: HeadingLevel) -> HeadingLevel {
    level.max(HeadingLevel::H3)
}
