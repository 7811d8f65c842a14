//! A free page: prose from `content/pages/`.

use super::frame::{Context, Opening, frame, period};
use super::view::Markup;
use super::view::free_page::FreePage as FreePageView;
use crate::engagement::FreePage;
use crate::site::prose::{ProseWriter, WrittenLink};
use crate::site::route::Route;

/// The page's view, and the links that its author wrote.
pub fn page(context: Context<'_>, page: &FreePage) -> (FreePageView, Vec<WrittenLink>) {
    let route = Route::FreePage(page.slug.clone());
    let mut writer = ProseWriter::new(&route, &route, &page.targets, context);
    let mut prose = writer
        .markup(&page.lead)
        .map_or_else(String::new, |markup| markup.0);
    for section in &page.sections {
        let id = writer.heading_id(&section.heading);
        let heading = escaped(&section.heading);
        prose.push_str(&format!("<h2 id=\"{id}\">{heading}</h2>\n"));
        if let Some(body) = writer.markup(&section.body) {
            prose.push_str(&body.0);
        }
    }
    let opening = Opening {
        title: page.title.clone(),
        strip: period(context, None),
        headline: page.title.clone(),
        deck: None,
    };
    let view = FreePageView {
        frame: frame(context, &route, opening),
        prose: Markup(prose),
    };
    (view, writer.written)
}

/// The ids of its sections, in order.
pub fn ids(context: Context<'_>, page: &FreePage) -> Vec<String> {
    let route = Route::FreePage(page.slug.clone());
    let mut writer = ProseWriter::new(&route, &route, &page.targets, context);
    let sections = page.sections.iter();
    sections
        .map(|section| writer.heading_id(&section.heading))
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
