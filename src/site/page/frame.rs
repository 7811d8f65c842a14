//! What every page has around its content.

pub use super::context::Context;
use super::search;
use super::view::Link;
use super::view::frame::{Footer, Frame, NavItem, StripItem};
use crate::site::figure;
use crate::site::route::Route;
use crate::source::month::Month;

/// What a browser may load for a page: the site's own style sheet and images,
/// and nothing else.
pub const CONTENT_SECURITY_POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/// The same for a page that has a script of the site's own.
pub const POLICY_WITH_SCRIPT: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'";

/// What a page says of itself.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The document's title, before the firm's name.
    pub title: String,
    /// The strip's parts after the period and before the audience.
    pub strip: Vec<StripItem>,
    /// One or two sentences.
    pub headline: String,
    /// A sentence under it.
    pub deck: Option<String>,
}

/// The frame of the page at a route.
pub fn frame(context: Context<'_>, route: &Route, opening: Opening) -> Frame {
    let firm = &context.firm().name;
    let mut strip = opening.strip;
    strip.push(StripItem::text("For leadership"));
    Frame {
        title: format!("{} · {firm}", opening.title),
        csp: CONTENT_SECURITY_POLICY.to_owned(),
        stylesheet: context.around.theme.stylesheet.0.href(route),
        icon: context.around.theme.icon.0.href(route),
        firm: firm.clone(),
        home: Route::Overview.href(route),
        nav: nav(context, route),
        strip,
        headline: opening.headline,
        deck: opening.deck,
        footer: footer(context, route),
    }
}

/// The period and the as-of date, with which every strip begins.
pub fn period(context: Context<'_>, month: Option<Month>) -> Vec<StripItem> {
    let as_of = StripItem::text(format!("As of {}", figure::day(context.as_of())));
    let Some(month) = month else {
        return vec![as_of];
    };
    let run = context.run_number(month);
    let run = run.map(|number| format!("Run month {number}"));
    vec![StripItem::period(figure::month(month), run), as_of]
}

fn nav(context: Context<'_>, route: &Route) -> Vec<NavItem> {
    let mut pages = vec![
        ("Overview", Route::Overview),
        ("Sessions", Route::Sessions),
        ("KPIs", Route::Kpis),
        ("Automations", Route::Automations),
        ("Decisions", Route::Decisions),
        ("Graduation", Route::Graduation),
    ];
    if context.has_programme() {
        pages.push(("Programme", Route::Programme));
    }
    pages.push(("Fit Check", Route::FitCheck));
    pages.push(("Board", Route::Board));
    pages.push(("Search", Route::Search));
    pages
        .into_iter()
        .map(|(label, to)| NavItem {
            label: label.to_owned(),
            href: match to {
                Route::Search => format!("{}#{}", to.href(route), search::FIELD),
                _ => to.href(route),
            },
            current: section(route) == Some(to),
        })
        .collect()
}

/// The page of the masthead that a page belongs to.
fn section(route: &Route) -> Option<Route> {
    match route {
        Route::Overview => Some(Route::Overview),
        Route::Sessions | Route::LeadershipSession(_) | Route::Present(_) => Some(Route::Sessions),
        Route::Kpis | Route::Kpi(_) => Some(Route::Kpis),
        Route::Automations => Some(Route::Automations),
        Route::Decisions | Route::MonthDecisions(_) => Some(Route::Decisions),
        Route::Graduation => Some(Route::Graduation),
        Route::Programme | Route::ProgrammeSession(..) => Some(Route::Programme),
        Route::FitCheck => Some(Route::FitCheck),
        Route::Board => Some(Route::Board),
        Route::Search => Some(Route::Search),
        _ => None,
    }
}

fn footer(context: Context<'_>, route: &Route) -> Footer {
    let pages = context.free_pages().into_iter();
    let pages = pages.map(|(slug, title)| Link {
        label: title.to_owned(),
        href: Route::FreePage(slug.to_owned()).href(route),
    });
    Footer {
        as_of: format!("As of {}", figure::day(context.as_of())),
        commit: context.around.commit.clone(),
        pages: pages.collect(),
        files: ["kpis.csv", "decisions.csv", "engagement.json"]
            .map(|name| Link {
                label: name.to_owned(),
                href: Route::Export(name).href(route),
            })
            .into(),
    }
}
