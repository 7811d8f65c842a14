//! The next month's files, laid out from what the engagement says so far:
//! what must be reported and answered is there by name, each figure and
//! answer is blank, and nothing is made up.

mod minutes;
mod telemetry;

pub use minutes::minutes;
pub use telemetry::telemetry;

use crate::engagement::Engagement;
use crate::engagement::firm::Phase;
use crate::source::month::Month;
use crate::source::quarter::Quarter;

/// Whether a month has a leadership session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sitting {
    /// Run has begun: one a month.
    Held,
    /// Run has not begun.
    BeforeRun,
    /// The engagement has graduated, and its quarter's review comes later.
    BetweenReviews,
}

/// Whether a month has a leadership session.
pub fn sitting(engagement: &Engagement, month: Month) -> Sitting {
    let begun = |phase| {
        let start = engagement.firm.phases.start(phase);
        start.is_some_and(|start| Month::of(start) <= month)
    };
    if begun(Phase::Graduated) && Quarter::of(month).last() != month {
        Sitting::BetweenReviews
    } else if begun(Phase::Run) || begun(Phase::Graduated) {
        Sitting::Held
    } else {
        Sitting::BeforeRun
    }
}

/// The month that comes next: after the last with telemetry or a session,
/// else the first that can have telemetry.
pub fn next(engagement: &Engagement) -> Month {
    if let Some(last) = engagement.months.keys().next_back() {
        return last.plus(1);
    }
    let told = engagement.fit_check.sheets.iter().map(|sheet| sheet.month);
    let meetings = crate::source::ProgrammeFile::ALL
        .into_iter()
        .filter_map(|meeting| engagement.programme.month(meeting));
    let after = told.chain(meetings).max().map(|month| month.plus(1));
    let begun = engagement.firm.phases.begun.values();
    let phase = begun.map(|start| Month::of(start.value)).max();
    after
        .max(phase)
        .unwrap_or_else(|| Month::of(engagement.as_of))
}
