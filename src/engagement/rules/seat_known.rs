//! Every owner and attendee is a seat of the engagement.

use crate::diagnostic::{Report, Spanned};
use crate::engagement::firm::unknown_name;
use crate::engagement::{Engagement, MonthRecord};

pub(super) fn check(
    engagement: &Engagement,
    record: &MonthRecord,
    doubtful: bool,
    report: &mut Report,
) {
    if !doubtful {
        unknown(engagement, mentioned(record), report);
    }
    if let Some(held) = record.held() {
        let mut seen = std::collections::BTreeMap::new();
        for attendee in &held.attendance {
            if let Some(first) = seen.insert(&*attendee.seat.value, &attendee.seat.span) {
                report.push(
                    crate::diagnostic::Diagnostic::error(
                        "duplicate-seat",
                        format!("the seat `{}` is in the room twice", attendee.seat.value),
                    )
                    .at(&attendee.seat.span, "again here")
                    .see(first, "first here")
                    .help("a seat is one person; name the other one's own seat"),
                );
            }
        }
    }
}

/// Reports those that aren't seats of the engagement.
pub(super) fn unknown<'a>(
    engagement: &Engagement,
    mentioned: impl Iterator<Item = &'a Spanned<String>>,
    report: &mut Report,
) {
    let seats = &engagement.firm.seats;
    let known: Vec<&str> = seats.keys().map(String::as_str).collect();
    for seat in mentioned.filter(|seat| !seats.contains_key(&seat.value)) {
        report.push(unknown_name(
            "unknown-seat",
            "a seat of this engagement",
            &seat.value,
            &seat.span,
            &known,
        ));
    }
}

fn mentioned(record: &MonthRecord) -> impl Iterator<Item = &Spanned<String>> {
    let watch = record
        .telemetry
        .iter()
        .flat_map(|telemetry| &telemetry.watch);
    let held = record.held();
    let attendance = held.into_iter().flat_map(|held| &held.attendance);
    let decisions = held.into_iter().flat_map(|held| &held.decisions);
    watch
        .filter_map(|watch| watch.owner.as_ref())
        .chain(attendance.map(|attendee| &attendee.seat))
        .chain(decisions.map(|decision| &decision.owner))
}
