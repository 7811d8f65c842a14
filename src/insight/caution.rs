//! What the rules find that an author should see before the site goes out,
//! with the line: who was missing from the room, who shouldn't have been in
//! it, sessions skipped in a row, and what the programme lacks.

use super::signal::{Code, Figures, Signal};
use super::{Insights, programme};
use crate::diagnostic::{Diagnostic, Span};
use crate::engagement::session::Session;
use crate::engagement::{Engagement, MonthRecord};

/// A warning for each, in the order of months, then those of the programme.
pub fn cautions(engagement: &Engagement, insights: &Insights) -> Vec<Diagnostic> {
    let months = engagement.months.values();
    months
        .flat_map(|record| {
            insights
                .signals(record.month)
                .iter()
                .map(move |signal| (record, signal))
        })
        .filter_map(|(record, signal)| caution(record, signal))
        .chain(insights.programme.cautions.iter().map(of_the_programme))
        .collect()
}

fn of_the_programme(caution: &programme::Caution) -> Diagnostic {
    Diagnostic::warning(caution.code(), caution.message())
        .at(&caution.span, "")
        .help(caution.help())
}

fn caution(record: &MonthRecord, signal: &Signal) -> Option<Diagnostic> {
    let code = signal.code.name();
    match (signal.code, &signal.figures) {
        (Code::CeoAbsent, _) => Some(
            Diagnostic::warning(code, "the CEO was not at this session")
                .at(&record.held()?.date.span, "held without the CEO")
                .help("no proxies: pruning, headroom and graduation are the CEO's calls; the page says so"),
        ),
        (Code::RoomTooLarge, Figures::Room { people, threshold }) => room(record, signal, *people, *threshold),
        (Code::SessionSkipped, Figures::Skipped { in_a_row, exit_risk: true, this_month: true, .. }) => Some(
            Diagnostic::warning(code, format!("{in_a_row} months in a row have no session: an exit risk"))
                .at(skipped_span(record)?, "skipped here")
                .help("call it out before it hardens; the page says so"),
        ),
        _ => None,
    }
}

fn room(
    record: &MonthRecord,
    signal: &Signal,
    people: usize,
    threshold: f64,
) -> Option<Diagnostic> {
    let held = record.held()?;
    let Some(seat) = &signal.subject else {
        let extra = held
            .attendance
            .get(threshold.max(0.0) as usize)
            .or(held.attendance.last())?;
        return Some(
            Diagnostic::warning(
                signal.code.name(),
                format!("{people} people were in the room"),
            )
            .at(&extra.seat.span, "one too many")
            .help(format!(
                "keep it small: at most {threshold}; the page says so"
            )),
        );
    };
    let attendee = held
        .attendance
        .iter()
        .find(|attendee| attendee.seat.value == *seat)?;
    Some(
        Diagnostic::warning(signal.code.name(), format!("`{seat}` was in the room"))
            .at(&attendee.seat.span, "")
            .help("the room is the CEO, the COO, at times the CFO, and the consultant; loop others in afterwards"),
    )
}

fn skipped_span(record: &MonthRecord) -> Option<&Span> {
    match &record.session {
        Some(Session::Skipped(reason)) => Some(&reason.span),
        _ => None,
    }
}
