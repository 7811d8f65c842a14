//! Layer 5 and the loop: what was to be built and isn't.

use chrono::NaiveDate;

use super::{Code, Figures, Judged, Signal, Tone};
use crate::insight::backlog::Tracked;
use crate::source::document::Outcome;
use crate::source::month::Month;

/// *build-slipping*: work is late. Layer 5.
///
/// Fires for each entry under `slipping`, and for each Run decision that an
/// earlier session made, that is still open after this month's own session
/// and past its date as of the day the month is judged. A decision closed in
/// this session isn't late any more; one that slipped is held to its new
/// date. What was decided is the Build backlog for thirty days: if it slips
/// unsaid, the session was a talk. From the monthly session.
pub(super) fn build_slipping(judged: &Judged<'_>) -> Vec<Signal> {
    let entries = judged
        .telemetry()
        .map(|telemetry| &*telemetry.slipping)
        .unwrap_or_default();
    let slipping = entries.iter().map(|entry| {
        Signal::new(
            Code::BuildSlipping,
            Some(&entry.value),
            Figures::Slipping,
            Tone::Warning,
        )
    });
    let made_before = judged.known.backlog.made_before(judged.month);
    let late = made_before
        .filter(|(closed, _)| closed.is_none_or(|closed| closed > judged.month))
        .filter_map(|(_, tracked)| past_due(judged, tracked));
    slipping.chain(late).collect()
}

fn past_due(judged: &Judged<'_>, tracked: &Tracked) -> Option<Signal> {
    let as_of = judged.as_of()?;
    let due = open_until(tracked, judged.month)?;
    let days = (as_of - due).num_days();
    let figures = Figures::PastDue { due, as_of, days };
    (days > 0).then(|| {
        Signal::new(
            Code::BuildSlipping,
            Some(&tracked.decision.id.value),
            figures,
            Tone::Warning,
        )
    })
}

/// When a decision was due as known in a month; none if it wasn't made
/// before, or was closed by then.
fn open_until(tracked: &Tracked, month: Month) -> Option<NaiveDate> {
    if tracked.month >= month {
        return None;
    }
    let mut due = tracked.decision.due.value;
    for (_, _, answer) in tracked
        .answers
        .iter()
        .filter(|(answered, ..)| *answered <= month)
    {
        match answer.outcome {
            Outcome::Done | Outcome::Dropped => return None,
            Outcome::Slipped => due = answer.due.unwrap_or(due),
            Outcome::Carried => {}
        }
    }
    Some(due)
}
