//! Markdown to events, headings split off and references looked at.
//!
//! A file is parsed once. Raw HTML is turned into text, so that nothing an
//! author pastes can run, and every link and image is classed: what leads
//! nowhere or could do harm is reported with its line.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::content_path::ContentPath;
use super::decode::all_forbidden;
use super::reference;
use crate::diagnostic::{Diagnostic, Report, SourceFile, Span};

/// A markdown file: the text before its first heading, and its sections.
#[derive(Clone, Debug, PartialEq)]
pub struct Markdown {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Its folder and name below `content/`.
    pub path: ContentPath,
    /// What stands before the first heading of level 1 or 2.
    pub lead: Prose,
    /// One a heading of level 1 or 2, in order.
    pub sections: Vec<Section>,
    /// Where each link and image leads, by its destination as written.
    pub targets: BTreeMap<String, Target>,
}

/// A heading and what stands below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The heading's text.
    pub heading: String,
    /// Its level: 1 or 2.
    pub level: u8,
    /// Where it stands.
    pub span: Span,
    /// What stands below it.
    pub body: Prose,
}

/// Parsed markdown without raw HTML.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    /// The parser's events in order.
    pub events: Vec<Event<'static>>,
}

/// Where a link or image leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Another site or a mail address.
    Elsewhere,
    /// A place on the same page.
    Fragment(String, Span),
    /// A page of the site by its path from the root: `/kpis/`.
    Page(String, Span),
    /// A file of the content that has a page of its own, with the fragment.
    Document(ContentPath, String, Span),
    /// A file that is published beside the page.
    Attachment(ContentPath),
}

impl Prose {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }
}

/// Parses a file. `files` are all the paths below `content/`.
pub fn parse(
    file: &Arc<SourceFile>,
    path: &ContentPath,
    files: &[ContentPath],
    report: &mut Report,
) -> Markdown {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_SMART_PUNCTUATION;
    let events: Vec<(Event<'static>, Range<usize>)> = Parser::new_ext(&file.text, options)
        .into_offset_iter()
        .map(|(event, range)| (without_html(event.into_static()), range))
        .collect();
    let mut references = References {
        file,
        path,
        files,
        targets: BTreeMap::new(),
        report,
    };
    for (event, range) in &events {
        references.look_at(event, range);
    }
    for (event, range) in &events {
        if let Some(c) = hidden_in(event) {
            references
                .report
                .push(written_out(c, &Span::new(file, range.clone())));
        }
    }
    let targets = references.targets;
    let (lead, sections) = split(file, events);
    Markdown {
        file: Arc::clone(file),
        path: path.clone(),
        lead,
        sections,
        targets,
    }
}

/// A control character, or a mark that turns the text around it, which the
/// file holds as a reference such as `&#x202E;`.
fn hidden_in(event: &Event<'static>) -> Option<char> {
    let texts: [&str; 2] = match event {
        Event::Text(text) | Event::Code(text) => [text, ""],
        Event::Start(
            Tag::Link {
                dest_url, title, ..
            }
            | Tag::Image {
                dest_url, title, ..
            },
        ) => [dest_url, title],
        _ => return None,
    };
    let mut hidden = texts.into_iter().flat_map(all_forbidden).map(|(_, c)| c);
    hidden.find(|&c| c != '\r')
}

fn written_out(c: char, span: &Span) -> Diagnostic {
    Diagnostic::error(
        "control-character",
        format!(
            "this stands for the control character U+{:04X}",
            u32::from(c)
        ),
    )
    .at(span, "")
    .help("remove it; it can't be shown, or turns the text around it")
}

/// Raw HTML becomes the text that the author sees in the file.
fn without_html(event: Event<'static>) -> Event<'static> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        other => other,
    }
}

fn split(
    file: &Arc<SourceFile>,
    events: Vec<(Event<'static>, Range<usize>)>,
) -> (Prose, Vec<Section>) {
    let mut lead = Prose::default();
    let mut sections: Vec<Section> = Vec::new();
    let mut in_heading = false;
    let mut depth = 0_usize;
    for (event, range) in events {
        match &event {
            // Only headings of the page's own flow divide it, not one in a
            // quotation or a list.
            Event::Start(Tag::Heading { level, .. }) if depth == 0 && divides(*level) => {
                let end = file.text[range.clone()].trim_end().len();
                sections.push(Section {
                    heading: String::new(),
                    level: *level as u8,
                    span: Span::new(file, range.start..range.start + end),
                    body: Prose::default(),
                });
                in_heading = true;
                continue;
            }
            Event::End(TagEnd::Heading(level)) if in_heading && divides(*level) => {
                in_heading = false;
                continue;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        match sections.last_mut() {
            Some(section) if in_heading => {
                if let Event::Text(text) | Event::Code(text) = &event {
                    section.heading.push_str(text);
                }
            }
            Some(section) => section.body.events.push(event),
            None => lead.events.push(event),
        }
    }
    (lead, sections)
}

fn divides(level: HeadingLevel) -> bool {
    matches!(level, HeadingLevel::H1 | HeadingLevel::H2)
}

struct References<'r> {
    file: &'r Arc<SourceFile>,
    path: &'r ContentPath,
    files: &'r [ContentPath],
    targets: BTreeMap<String, Target>,
    report: &'r mut Report,
}

impl References<'_> {
    fn look_at(&mut self, event: &Event<'static>, range: &Range<usize>) {
        let (destination, image) = match event {
            Event::Start(Tag::Link { dest_url, .. }) => (dest_url, false),
            Event::Start(Tag::Image { dest_url, .. }) => (dest_url, true),
            _ => return,
        };
        let span = Span::new(self.file, range.clone());
        match self.target(destination, image, &span) {
            Ok(target) => {
                self.targets.insert(destination.to_string(), target);
            }
            Err(fault) => self.report.push(*fault),
        }
    }

    fn target(
        &self,
        destination: &str,
        image: bool,
        span: &Span,
    ) -> Result<Target, Box<Diagnostic>> {
        if destination.starts_with("//") || destination.starts_with('\\') {
            return Err(unsafe_link(destination, span));
        }
        if let Some(scheme) = scheme(destination) {
            return match scheme.as_str() {
                "http" | "https" if image => Err(Box::new(
                    Diagnostic::error("external-image", "an image from another site can't be shown")
                        .at(span, "would be loaded from elsewhere")
                        .help("save the image beside this file and refer to it by its name; pages load nothing from elsewhere"),
                )),
                "http" | "https" => Ok(Target::Elsewhere),
                "mailto" if !image => Ok(Target::Elsewhere),
                _ => Err(unsafe_link(destination, span)),
            };
        }
        if let Some(id) = destination.strip_prefix('#') {
            return Ok(Target::Fragment(id.to_owned(), span.clone()));
        }
        if destination.starts_with('/') && !image {
            return Ok(Target::Page(destination.to_owned(), span.clone()));
        }
        self.file_target(destination, image, span)
    }

    fn file_target(
        &self,
        destination: &str,
        image: bool,
        span: &Span,
    ) -> Result<Target, Box<Diagnostic>> {
        let (written, fragment) = destination.split_once('#').unwrap_or((destination, ""));
        let decoded = percent_decoded(written);
        let found = self
            .path
            .sibling(&decoded)
            .and_then(|wanted| self.files.iter().find(|file| **file == wanted));
        match found {
            Some(found) if found.is_document() && !image => Ok(Target::Document(
                found.clone(),
                fragment.to_owned(),
                span.clone(),
            )),
            Some(found) if found.is_document() => Err(Box::new(
                Diagnostic::error("not-an-image", format!("`{written}` is not an image"))
                    .at(span, "")
                    .help("remove the `!` to link to it"),
            )),
            // If it is of a kind that isn't published, that has been said of
            // the file itself.
            Some(found) => Ok(Target::Attachment(found.clone())),
            None => Err(Box::new(reference::missing(
                written, &decoded, self.path, self.files, span,
            ))),
        }
    }
}

fn unsafe_link(destination: &str, span: &Span) -> Box<Diagnostic> {
    let scheme = scheme(destination).unwrap_or_else(|| "//".to_owned());
    Box::new(
        Diagnostic::error("unsafe-link", format!("a link may not begin with `{scheme}:`").replace("//:", "//"))
            .at(span, "")
            .help("links may lead to https:, http: or mailto: addresses, to a file beside this one, or to a page such as `/kpis/`"),
    )
}

/// A link's scheme in lower case, seen as a browser sees it: without the
/// white space and control characters that hide it.
fn scheme(destination: &str) -> Option<String> {
    let visible: String = destination
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    let (scheme, _) = visible.split_once(':')?;
    let legal = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    // Anything else before a colon, such as an entity, is not a file name of
    // ours either, and is judged as a scheme too.
    (legal || !scheme.contains(['/', '#', '?'])).then(|| scheme.to_lowercase())
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten();
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Markdown, Vec<(&'static str, usize)>) {
        let file = Arc::new(SourceFile {
            path: "content/2026-10/leadership.md".to_owned(),
            text: text.to_owned(),
        });
        let files: Vec<ContentPath> = [
            "2026-10/leadership.md",
            "2026-10/rates.png",
            "2026-09/leadership.md",
        ]
        .iter()
        .map(|path| ContentPath::new(path).unwrap())
        .collect();
        let mut report = Report::default();
        let markdown = parse(&file, &files[0], &files, &mut report);
        let faults = report
            .sorted()
            .iter()
            .map(|fault| {
                (
                    fault.code,
                    file.line_column(fault.span.as_ref().unwrap().start).0,
                )
            })
            .collect();
        (markdown, faults)
    }

    #[test]
    fn headings_divide_and_what_precedes_them_is_the_lead() {
        let (markdown, faults) = read(
            "A lead.\n\n## State of the *system*\n\nText.\n\n### Detail\n\n# Headroom\n> ## quoted\n",
        );
        assert_eq!(faults, []);
        assert!(!markdown.lead.is_empty());
        let headings: Vec<&str> = markdown
            .sections
            .iter()
            .map(|section| &*section.heading)
            .collect();
        assert_eq!(headings, ["State of the system", "Headroom"]);
        assert_eq!(markdown.sections[0].span.text(), "## State of the *system*");
    }

    #[test]
    fn references_are_classed() {
        let (markdown, faults) = read(
            "[a](https://example.org) [b](#x) [c](/kpis/) [d](../2026-09/leadership.md) ![e](rates.png) [f](mailto:a@b.c)",
        );
        assert_eq!(faults, []);
        assert_eq!(markdown.targets["https://example.org"], Target::Elsewhere);
        assert!(matches!(&markdown.targets["#x"], Target::Fragment(id, _) if id == "x"));
        assert!(matches!(markdown.targets["/kpis/"], Target::Page(..)));
        assert!(matches!(
            markdown.targets["../2026-09/leadership.md"],
            Target::Document(..)
        ));
        assert!(matches!(
            markdown.targets["rates.png"],
            Target::Attachment(..)
        ));
    }

    #[test]
    fn harmful_and_dead_references_are_reported_with_their_lines() {
        let (_, faults) = read(
            "[a](javascript:alert(1))\n\n[b](JaVaScRiPt&colon;alert(1))\n\n<javascript:alert(1)>\n\n![c](https://example.org/x.png)\n\n[d](//example.org)\n\n![e](rate.png)\n\n[f](../../etc/passwd)\n\n[g](data:text/html,x)\n",
        );
        assert_eq!(
            faults,
            [
                ("unsafe-link", 1),
                ("unsafe-link", 3),
                ("unsafe-link", 5),
                ("external-image", 7),
                ("unsafe-link", 9),
                ("missing-file", 11),
                ("missing-file", 13),
                ("unsafe-link", 15)
            ]
        );
    }

    #[test]
    fn a_mark_that_turns_text_is_refused_however_it_is_written() {
        let (_, faults) = read(
            "A&#x202E;b\n\n[c](https://example.org \"d&#8238;e\")\n\n## f&#x2067;g\n\n`&#x202E;` is its name\n",
        );
        let code = "control-character";
        assert_eq!(faults, [(code, 1), (code, 3), (code, 5)]);
    }

    #[test]
    fn raw_html_is_text() {
        let (markdown, _) = read("<script>alert(1)</script>\n\nA <b onclick=x>b</b>.\n");
        assert!(!markdown.lead.events.iter().any(|event| matches!(
            event,
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock)
        )));
    }
}
