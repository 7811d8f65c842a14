//! One view a page: what its template sees, filled from the insights, and the
//! template filled in with it.

mod agenda;
mod automations;
mod board;
mod changed;
pub(in crate::site) mod context;
mod decided;
mod decisions;
mod fit_check;
mod frame;
mod free_page;
pub(in crate::site) mod graduation;
pub(in crate::site) mod headline;
pub(in crate::site) mod heard;
mod judged;
mod kpi;
mod kpi_chart;
mod kpi_event;
pub(in crate::site) mod label;
mod overview;
mod present;
mod programme;
mod question;
mod radar;
pub(in crate::site) mod ready;
mod reported;
mod restated;
mod search;
pub(in crate::site) mod sequence;
mod session;
mod sessions;
mod signal;
pub mod view;

use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

pub use context::Context;
pub use frame::{CONTENT_SECURITY_POLICY, POLICY_WITH_SCRIPT};

use super::anchors::Anchors;
use super::chart::ChartError;
use super::prose::WrittenLink;
use super::route::{Route, SitePath};
use super::theme::Extent;
use crate::diagnostic::Diagnostic;
use crate::engagement::kpi::Kpi;
use crate::engagement::session::Session;
use crate::engagement::{FreePage, MonthRecord};
use crate::insight::progress::SessionState;
use context::Part;
use ready::Ready;
use view::Markup;

/// A page of the site, filled in.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where its bytes go.
    pub path: SitePath,
    /// Its bytes, or what is wrong with its template. The view that they are
    /// made from is given back at once: all of a site's take more memory than
    /// its pages.
    pub html: Result<Html, Vec<Diagnostic>>,
    /// Links that an author wrote in it.
    pub written: Vec<WrittenLink>,
}

/// A page's bytes, with the places and links in them.
#[derive(Clone, Debug)]
pub struct Html {
    /// The bytes.
    pub bytes: Arc<Vec<u8>>,
    /// What is in them: looked for as long as they are at hand.
    pub anchors: Arc<Anchors>,
}

impl Page {
    /// One whose template can't be filled in.
    fn faulty(route: &Route, faults: Vec<Diagnostic>) -> Self {
        Page {
            path: route.path(),
            html: Err(faults),
            written: Vec::new(),
        }
    }
}

impl Html {
    fn of(bytes: Vec<u8>) -> Self {
        let bytes = Arc::new(bytes);
        Html {
            anchors: Arc::new(Anchors::of(&bytes)),
            bytes,
        }
    }
}

/// Every page of the site, in a fixed order, each made on its own.
///
/// # Errors
///
/// [`ChartError`] if a chart can't be drawn: a fault of ours, not of the
/// content.
pub(in crate::site) fn all(context: Context<'_>) -> Result<Vec<Arc<Page>>, ChartError> {
    let standing = [
        Route::Overview,
        Route::Sessions,
        Route::Automations,
        Route::Decisions,
        Route::Graduation,
        Route::FitCheck,
        Route::Board,
    ];
    let mut rest: Vec<Part> = standing.into_iter().map(Part::Standing).collect();
    let months = context.months().into_iter();
    rest.extend(months.flat_map(|month| [Part::Month(month), Part::MonthDecisions(month)]));
    rest.push(Part::Programme);
    let free = context.free_pages().into_iter();
    rest.extend(free.map(|(slug, _)| Part::FreePage(slug.to_owned())));
    let made = |part: Part| context.try_part(part.clone(), |context| pages_of(context, part));
    // What takes the longest begins first, on each thread; the others are made
    // meanwhile.
    let (search, (kpis, rest)) = rayon::join(
        || made(Part::Standing(Route::Search)),
        || {
            rayon::join(
                || made(Part::Kpis),
                || {
                    rest.into_par_iter()
                        // Else the last thread may be left with ten of them.
                        .with_max_len(1)
                        .map(made)
                        .collect::<Result<Vec<_>, ChartError>>()
                },
            )
        },
    );
    let made = [search?, kpis?].into_iter().chain(rest?);
    Ok(made.flat_map(|pages| pages.to_vec()).collect())
}

fn pages_of(context: Context<'_>, part: Part) -> Result<Vec<Arc<Page>>, ChartError> {
    let pages: Vec<Page> = match part {
        Part::Standing(route) => standing_page(context, &route)?.into_iter().collect(),
        Part::Kpis => return kpi_pages(context),
        Part::Month(month) => context
            .record(month)
            .map_or_else(Vec::new, |record| month_pages(context, record)),
        Part::MonthDecisions(month) => decisions::of_month(context, month)
            .map(|view| {
                let route = Route::MonthDecisions(month.to_string());
                page_of(context, &route, "decisions-month.html", &view)
            })
            .into_iter()
            .collect(),
        Part::Programme => programme::pages(context),
        Part::FreePage(slug) => context
            .free_page(slug)
            .map(|page| free_page(context, page))
            .into_iter()
            .collect(),
        // Shown on other pages, or none of them.
        Part::Kpi(_)
        | Part::Column(_)
        | Part::Reported(_)
        | Part::Found(_)
        | Part::Places(_)
        | Part::Words
        | Part::Export(_)
        | Part::Exported(_) => Vec::new(),
    };
    Ok(pages.into_iter().map(Arc::new).collect())
}

fn free_page(context: Context<'_>, page: &FreePage) -> Page {
    let (view, written) = free_page::page(context, page);
    Page {
        written,
        ..page_of(
            context,
            &Route::FreePage(page.slug.clone()),
            "page.html",
            &view,
        )
    }
}

fn standing_page(context: Context<'_>, route: &Route) -> Result<Option<Page>, ChartError> {
    Ok(Some(match route {
        Route::Overview => page_of(context, route, "overview.html", &overview::page(context)?),
        Route::Sessions => page_of(context, route, "sessions.html", &sessions::page(context)),
        Route::Automations => page_of(
            context,
            route,
            "automations.html",
            &automations::page(context),
        ),
        Route::Decisions => page_of(context, route, "decisions.html", &decisions::page(context)),
        Route::Graduation => page_of(
            context,
            route,
            "graduation.html",
            &graduation::page(context),
        ),
        Route::FitCheck => page_of(context, route, "fit-check.html", &fit_check::page(context)),
        Route::Board => page_of(context, route, "board.html", &board::page(context)),
        Route::Search => match search::page(context) {
            Ok(view) => page_about(context, route, "search.html", &view, search::length(&view)),
            Err(faults) => Page::faulty(route, faults),
        },
        _ => return Ok(None),
    }))
}

/// The page of each KPI, and the page of all.
fn kpi_pages(context: Context<'_>) -> Result<Vec<Arc<Page>>, ChartError> {
    // Side by side: after a change of the last month these are what a build waits
    // for.
    let made = Kpi::ALL
        .into_par_iter()
        .map(|kpi| context.try_part(Part::Kpi(kpi), |context| kpi_page(context, kpi)));
    let made: Vec<Arc<KpiMade>> = made.collect::<Result<_, ChartError>>()?;
    let sections = made.iter().map(|made| made.section.clone());
    let all = match sections.collect() {
        Ok(sections) => page_of(
            context,
            &Route::Kpis,
            "kpis.html",
            &kpi::all(context, sections),
        ),
        Err(faults) => Page::faulty(&Route::Kpis, faults),
    };
    let mut pages: Vec<_> = made.iter().map(|made| Arc::clone(&made.page)).collect();
    pages.push(Arc::new(all));
    Ok(pages)
}

/// What is made of a KPI.
struct KpiMade {
    page: Arc<Page>,
    /// Its section of the page of all, or what is wrong with its template.
    section: Result<Ready<Markup>, Vec<Diagnostic>>,
}

fn kpi_page(context: Context<'_>, kpi: Kpi) -> Result<KpiMade, ChartError> {
    let (alone, section) = kpi::kpi(context, kpi)?;
    let page = page_of(context, &Route::Kpi(kpi.slug()), "kpi.html", &alone);
    let seen = tera::Context::from_serialize(&section).unwrap_or_default();
    let theme = &context.around.theme;
    let section = theme.part("kpi-section.html", &seen, Extent::Section);
    Ok(KpiMade {
        page: Arc::new(page),
        section: section.map(|markup| Ready::of(&markup)),
    })
}

/// A month's session, and the session for the projector.
fn month_pages(context: Context<'_>, record: &MonthRecord) -> Vec<Page> {
    let route = Route::LeadershipSession(record.month.to_string());
    let present = Route::Present(record.month.to_string());
    match &record.session {
        Some(Session::Held(held)) => {
            let (view, written) = session::held(context, record, held);
            let (projected, projected_links) = present::held(context, record, held, &view.segments);
            vec![
                Page {
                    written,
                    ..page_of(context, &route, "session-held.html", &view)
                },
                Page {
                    written: projected_links,
                    ..page_of(context, &present, "present.html", &projected)
                },
            ]
        }
        Some(Session::Skipped(reason)) => {
            let view = session::skipped(context, record, Some(&reason.value));
            vec![page_of(context, &route, "session-skipped.html", &view)]
        }
        None if context.session_state(record.month) == SessionState::Awaiting => vec![
            page_of(
                context,
                &route,
                "session-awaiting.html",
                &agenda::page(context, record),
            ),
            page_of(
                context,
                &present,
                "present.html",
                &present::awaiting(context, record),
            ),
        ],
        None => {
            let view = session::skipped(context, record, None);
            vec![page_of(context, &route, "session-skipped.html", &view)]
        }
    }
}

fn page_of(context: Context<'_>, route: &Route, template: &str, view: &impl Serialize) -> Page {
    page_about(context, route, template, view, 0)
}

/// A page of about this many bytes.
fn page_about(
    context: Context<'_>,
    route: &Route,
    template: &str,
    view: &impl Serialize,
    about: usize,
) -> Page {
    let seen = tera::Context::from_serialize(view).unwrap_or_default();
    let html = context.around.theme.render(template, &seen, about);
    Page {
        path: route.path(),
        html: html.map(Html::of),
        written: Vec::new(),
    }
}
