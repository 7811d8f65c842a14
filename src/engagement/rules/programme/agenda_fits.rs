//! An agenda's points follow one another, and end with the session.

use crate::diagnostic::{Diagnostic, Report, Span};
use crate::engagement::programme::outline;
use crate::engagement::programme::{AgendaItem, Programme, Sitting};
use crate::source::field::Time;

pub(super) fn check(programme: &Programme, report: &mut Report) {
    for sitting in programme.sittings() {
        // The programme's own agenda is sound; only its end may not fit.
        let mut before: Option<(&AgendaItem, &Span)> = None;
        let mut beyond = false;
        for item in &sitting.agenda {
            if let Some(span) = &item.span {
                in_order(before, item, span, report);
                before = Some((item, span));
            }
            if let Some(minutes) = sitting.minutes.filter(|minutes| item.to > *minutes)
                && !beyond
            {
                beyond = true;
                report.push(too_long(sitting, item, minutes));
            }
        }
    }
}

fn in_order(
    before: Option<(&AgendaItem, &Span)>,
    item: &AgendaItem,
    span: &Span,
    report: &mut Report,
) {
    if item.to <= item.from {
        report.push(
            Diagnostic::error(
                "agenda-backwards",
                format!("this point ends at {}, and begins at {}", time(item.to), time(item.from)),
            )
            .at(span, "ends before it has begun")
            .help("`from` and `to` count from the session's beginning: `00:20` is twenty minutes into it; the time of day is `begins`"),
        );
        return;
    }
    let Some((earlier, place)) = before else {
        return;
    };
    if item.from < earlier.to {
        report.push(
            Diagnostic::error(
                "agenda-overlaps",
                format!(
                    "this point begins at {}, before the one above it ends",
                    time(item.from)
                ),
            )
            .at(span, "")
            .see(place, format!("to {}", time(earlier.to)))
            .help("points follow one another, in the order of their times"),
        );
    }
}

fn too_long(sitting: &Sitting, item: &AgendaItem, minutes: u32) -> Diagnostic {
    let stem = sitting.meeting.stem();
    let fault = Diagnostic::error(
        "agenda-too-long",
        format!(
            "the agenda goes on to {}, and the session takes {minutes} minutes",
            time(item.to)
        ),
    );
    match (&item.span, &sitting.minutes_span) {
        (Some(span), Some(minutes)) => fault
            .at(span, "")
            .see(minutes, "the session's minutes")
            .help("shorten the agenda, or raise `minutes`"),
        (Some(span), None) => fault.at(span, "").help(format!(
            "shorten the agenda, or write how long the session takes: `minutes: {}`; it is {minutes} for {stem} unless it says so",
            item.to
        )),
        (None, given) => fault
            .at(given.as_ref().unwrap_or(&sitting.span), "")
            .help(format!(
                "the programme's own agenda takes {} minutes: write an `agenda` that fits, or leave `minutes` out",
                outline::of(sitting.meeting).minutes.unwrap_or(item.to)
            )),
    }
}

fn time(minutes: u32) -> Time {
    Time { minutes }
}
