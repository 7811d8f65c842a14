//! What every page has around its content.

use super::search;
use super::view::Link;
use super::view::frame::{Footer, Frame, NavItem, StripItem};
use crate::engagement::Engagement;
use crate::insight::Insights;
use crate::site::figure;
use crate::site::route::Route;
use crate::source::month::Month;

/// What a browser may load for a page: the site's own style sheet and images,
/// and nothing else.
pub const CONTENT_SECURITY_POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/// The same for a page that has a script of the site's own.
pub const POLICY_WITH_SCRIPT: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'";

/// What all pages of a site share.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    /// The engagement.
    pub engagement: &'c Engagement,
    /// What it means.
    pub insights: &'c Insights,
    /// The style sheet's route.
    pub stylesheet: &'c Route,
    /// The icon's route.
    pub icon: &'c Route,
    /// The route of the present view's script.
    pub present_script: &'c Route,
    /// The route of the Fit Check's script.
    pub fit_check_script: &'c Route,
    /// The route of the search's script.
    pub search_script: &'c Route,
    /// The commit that the site is built from, if known.
    pub commit: Option<&'c str>,
}

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
    let firm = &context.engagement.firm.name;
    let mut strip = opening.strip;
    strip.push(StripItem::text("For leadership"));
    Frame {
        title: format!("{} · {firm}", opening.title),
        csp: CONTENT_SECURITY_POLICY.to_owned(),
        stylesheet: context.stylesheet.href(route),
        icon: context.icon.href(route),
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
    let as_of = StripItem::text(format!("As of {}", figure::day(context.engagement.as_of)));
    let Some(month) = month else {
        return vec![as_of];
    };
    let run = context
        .engagement
        .months
        .get(&month)
        .and_then(|record| record.run_month);
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
    if !context.engagement.programme.is_empty() {
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
    let pages = context.engagement.pages.values().map(|page| Link {
        label: page.title.clone(),
        href: Route::FreePage(page.slug.clone()).href(route),
    });
    Footer {
        as_of: format!("As of {}", figure::day(context.engagement.as_of)),
        commit: context.commit.map(ToOwned::to_owned),
        pages: pages.collect(),
        files: ["kpis.csv", "decisions.csv", "engagement.json"]
            .map(|name| Link {
                label: name.to_owned(),
                href: Route::Export(name).href(route),
            })
            .into(),
    }
}
