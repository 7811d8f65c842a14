//! The executive programme: where it stands, and a page for each meeting.

mod current_state;
mod decision_brief;
mod end_state;
mod gantt;
mod overview;
mod parts;
mod path;
mod pre_work;
pub(super) mod searched;

use serde::Serialize;

use super::frame::Context;
use super::{Page, page_of};
use crate::engagement::programme::Meeting;
use crate::site::prose::WrittenLink;
use crate::site::route::Route;
use parts::Parts;

/// The programme's pages; none if nothing was written of it.
pub(super) fn pages(context: Context<'_>) -> Vec<Page> {
    if !context.has_programme() {
        return Vec::new();
    }
    let programme = page_of(
        context,
        &Route::Programme,
        "programme.html",
        &overview::page(context),
    );
    let meetings = Meeting::ALL
        .into_iter()
        .filter_map(|meeting| meeting_page(context, meeting));
    std::iter::once(programme).chain(meetings).collect()
}

/// A meeting's page, if it has a file. A session of which nothing is noted
/// has one that says what it must produce.
fn meeting_page(context: Context<'_>, meeting: Meeting) -> Option<Page> {
    let programme = context.programme();
    let month = programme.month(meeting)?;
    let route = Route::ProgrammeSession(month.to_string(), meeting);
    let parts = Parts {
        context,
        meeting,
        route: &route,
        course: context.course().meeting(meeting)?,
    };
    if meeting != Meeting::PreWork && !programme.is_recorded(meeting) {
        return Some(page_of(
            context,
            &route,
            "programme-planned.html",
            &parts.planned(),
        ));
    }
    Some(match meeting {
        Meeting::PreWork => {
            let session = programme.pre_work.as_ref()?;
            made(
                context,
                &route,
                "pre-work.html",
                pre_work::page(parts, session),
            )
        }
        Meeting::EndState => {
            let session = programme.end_state.as_ref()?;
            made(
                context,
                &route,
                "end-state.html",
                end_state::page(parts, session),
            )
        }
        Meeting::CurrentState => {
            let session = programme.current_state.as_ref()?;
            let page = current_state::page(parts, session);
            made(context, &route, "current-state.html", page)
        }
        Meeting::Path => {
            let session = programme.path.as_ref()?;
            made(context, &route, "path.html", path::page(parts, session))
        }
        Meeting::DecisionBrief => {
            let session = programme.decision_brief.as_ref()?;
            let page = decision_brief::page(parts, session);
            made(context, &route, "decision-brief.html", page)
        }
    })
}

fn made(
    context: Context<'_>,
    route: &Route,
    template: &'static str,
    (view, written): (impl Serialize, Vec<WrittenLink>),
) -> Page {
    Page {
        written,
        ..page_of(context, route, template, &view)
    }
}

/// A part of a drawing's width: `12.50%`. What is drawn is no figure, and has
/// two decimals whatever it stands for.
fn extent(part: f64, whole: f64) -> String {
    let share = if whole > 0.0 { part / whole } else { 0.0 };
    let hundredths = (share.clamp(0.0, 1.0) * 10_000.0).round() as u32;
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// A name of the programme's and what it says in brackets:
/// `Time-to-impact (90/180/365 days)`.
fn name_and_detail(name: &str) -> (String, Option<String>) {
    match name.split_once(" (") {
        Some((name, detail)) => {
            let detail = detail.trim_end_matches(')');
            (name.to_owned(), Some(detail.to_owned()))
        }
        None => (name.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_keeps_to_its_width() {
        assert_eq!(extent(1.0, 8.0), "12.50%");
        assert_eq!(extent(3.0, 0.0), "0.00%");
        assert_eq!(extent(9.0, 8.0), "100.00%");
        assert_eq!(extent(1.0, 13.0), "7.69%");
    }

    #[test]
    fn what_stands_in_brackets_is_a_detail() {
        assert_eq!(name_and_detail("Waiting"), ("Waiting".to_owned(), None));
        assert_eq!(
            name_and_detail("Cost (total)"),
            ("Cost".to_owned(), Some("total".to_owned()))
        );
    }
}
