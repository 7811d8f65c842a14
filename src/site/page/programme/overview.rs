//! Where the programme stands: outputs, weeks and seats by meeting.

use super::gantt;
use super::parts::{capital_count, cautions, output, presence, tabs};
use crate::engagement::programme::{Meeting, outline};
use crate::insight::programme::{MeetingCourse, Presence, SeatRow, State};
use crate::site::figure;
use crate::site::page::frame::{Context, Opening, frame, period};
use crate::site::page::view::frame::StripItem;
use crate::site::page::view::programme::{Coverage, CoverageRow, MeetingOutputs, ProgrammePage};
use crate::site::page::view::{Shape, Status, Tone};
use crate::site::page::{headline, label};
use crate::site::route::Route;

pub(super) fn page(context: Context<'_>) -> ProgrammePage {
    let route = Route::Programme;
    let course = context.course();
    let mut strip = vec![StripItem::period(
        "Executive programme",
        Some("four sessions".to_owned()),
    )];
    strip.extend(period(context, None));
    strip.push(StripItem::status(status(&course.meetings)));
    let (headline, deck) = headline::programme(context);
    let opening = Opening {
        title: "Programme".to_owned(),
        strip,
        headline,
        deck,
    };
    let place = |meeting| Some(label::meeting(meeting).to_owned());
    ProgrammePage {
        frame: frame(context, &route, opening),
        tabs: tabs(context, &route),
        title: delivered(&course.meetings),
        meetings: course
            .meetings
            .iter()
            .map(|meeting| outputs(meeting, &route))
            .collect(),
        cautions: cautions(course.cautions.iter(), place),
        weeks: course
            .timeline
            .as_ref()
            .and_then(|timeline| gantt::weeks(context, timeline)),
        coverage: coverage(&course.coverage),
    }
}

fn status(meetings: &[MeetingCourse]) -> Status {
    let held = meetings.iter().filter(|course| course.state == State::Held);
    match held.count() {
        5.. => Status::new(Tone::Good, Shape::Dot, "Complete"),
        0 => Status::new(Tone::Neutral, Shape::Ring, "Planned"),
        _ => Status::new(Tone::Neutral, Shape::Half, "Under way"),
    }
}

fn delivered(meetings: &[MeetingCourse]) -> String {
    let all: usize = meetings.iter().map(|course| course.outputs.len()).sum();
    let made: usize = meetings.iter().map(MeetingCourse::delivered).sum();
    if made == all {
        format!("All {} outputs delivered", figure::in_words(all))
    } else {
        format!(
            "{} of {} outputs delivered",
            capital_count(made),
            figure::in_words(all)
        )
    }
}

fn outputs(course: &MeetingCourse, route: &Route) -> MeetingOutputs {
    let meeting = course.meeting;
    let page = course
        .month
        .map(|month| Route::ProgrammeSession(month.to_string(), meeting).href(route));
    let rows = course.outputs.iter();
    MeetingOutputs {
        number: outline::of(meeting)
            .session
            .map(|number| format!("Session {number}")),
        name: label::meeting(meeting).to_owned(),
        href: page,
        date: course
            .date
            .map_or_else(|| "No date yet".to_owned(), figure::day),
        status: label::meeting_state(meeting, course.state),
        delivered: format!("{} of {}", course.delivered(), course.outputs.len()),
        outputs: rows.map(|state| output(state, course.state)).collect(),
    }
}

fn coverage(rows: &[SeatRow]) -> Coverage {
    let is_missing =
        |presence: &&Presence| matches!(presence, Presence::Absent | Presence::Unfilled);
    let missing: usize = rows
        .iter()
        .map(|row| row.at.iter().skip(1).filter(is_missing).count())
        .sum();
    let there = rows
        .iter()
        .flat_map(|row| row.at.iter().skip(1))
        .filter(|presence| **presence == Presence::Present)
        .count();
    let title = match (there, missing) {
        (0, 0) => "The seven seats by session".to_owned(),
        (_, 0) => "No seat was missing from a session".to_owned(),
        (_, 1) => "A seat was missing once".to_owned(),
        (_, times) => format!("Seats were missing {} times", figure::in_words(times)),
    };
    Coverage {
        title,
        meetings: Meeting::ALL
            .map(|meeting| label::meeting(meeting).to_owned())
            .into(),
        rows: rows
            .iter()
            .map(|row| CoverageRow {
                seat: row.seat.name().to_owned(),
                by: match (&row.filled_by, row.at[0]) {
                    (Some(by), _) => label::seat(by),
                    (None, Presence::NotRelevant) => "Not relevant".to_owned(),
                    (None, _) => "Nobody yet".to_owned(),
                },
                at: Meeting::ALL
                    .into_iter()
                    .zip(row.at)
                    .map(|(meeting, at)| presence(at, meeting))
                    .collect(),
            })
            .collect(),
    }
}
