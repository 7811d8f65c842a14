//! What is neither a session nor a row: measures, the way to graduation, and
//! free pages.

use super::{Item, Spot, Told};
use crate::engagement::FreePage;
use crate::engagement::kpi::Kpi;
use crate::site::page::frame::Context;
use crate::site::page::{board, fit_check, free_page, graduation, kpi};
use crate::site::route::Route;

/// The pages in the order of the masthead, then the free ones by address.
pub(super) fn items(context: Context<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = Kpi::ALL
        .into_iter()
        .map(|kpi| {
            let told = Told::new().say(&kpi::headline(context, kpi));
            item(Spot::page(kpi.name(), Route::Kpi(kpi.slug()), told))
        })
        .collect();
    items.push(way_to_graduation(context));
    let fit_check = Told::new().say(fit_check::HEADLINE);
    items.push(item(Spot::page("Fit Check", Route::FitCheck, fit_check)));
    let board = Told::new().say(&board::headline(context));
    items.push(item(Spot::page("Board", Route::Board, board)));
    let pages = context.free_pages().into_iter();
    let pages = pages.filter_map(|(slug, _)| context.free_page(slug.to_owned()));
    items.extend(pages.map(|page| written(context, page)));
    items
}

fn item(spot: Spot) -> Item {
    Item {
        of: None,
        spot,
        status: None,
        within: Vec::new(),
    }
}

fn way_to_graduation(context: Context<'_>) -> Item {
    let route = Route::Graduation;
    let mut told = Told::new().say(&graduation::headline(context));
    for passage in [graduation::meaning(), graduation::reset(context)] {
        told = told.each(&passage.paragraphs, Clone::clone);
    }
    let criteria = graduation::criteria(context)
        .into_iter()
        .enumerate()
        .map(|(at, criterion)| {
            let told = Told::new()
                .say(&format!("{} {}", criterion.value, criterion.of))
                .say(&criterion.sentence)
                .maybe(criterion.evidence.as_deref());
            Spot::part(
                criterion.name,
                &route,
                &format!("criterion-{}", at + 1),
                told,
            )
        });
    Item {
        within: criteria.collect(),
        ..item(Spot::page("Graduation", route.clone(), told))
    }
}

fn written(context: Context<'_>, page: &FreePage) -> Item {
    let route = Route::FreePage(page.slug.clone());
    let ids = free_page::ids(context, page);
    let sections = page.sections.iter().zip(ids).map(|(section, id)| {
        let told = Told::new().prose(Some(&section.body));
        Spot::part(section.heading.clone(), &route, &id, told)
    });
    Item {
        within: sections.collect(),
        ..item(Spot::page(
            page.title.clone(),
            route.clone(),
            Told::new().prose(Some(&page.lead)),
        ))
    }
}
