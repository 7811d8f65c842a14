//! Signals: what the telemetry says should be on the agenda.
//!
//! Each is derived by a rule from what is known as of its month, never typed,
//! so that the session's agenda comes out of the system. A later month never
//! changes an earlier one's signals, and a figure that wasn't reported never
//! fires one: nothing here takes the absent for zero.
//!
//! A month is judged as of the day its session was held. Without one it is
//! judged as of the day its telemetry speaks of, which is the month's last
//! unless the author says otherwise: a decision due after the telemetry was
//! taken isn't called late, and the judgement stays when a later month comes.

mod automation;
mod briefing;
mod code;
mod figures;
mod gate;
mod kpi;
mod rule;
mod session;
#[cfg(test)]
mod tests;
mod upgrades;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::Former;
use super::automation::{Movement, movements};
use super::backlog::Backlog;
use super::progress::{self, RunMonth, SessionState};
use super::series::Series;
use super::shared::Shared;
use crate::engagement::firm::Phase;
use crate::engagement::kpi::PerKpi;
use crate::engagement::playbook::Playbook;
use crate::engagement::segment::Segment;
use crate::engagement::session::{Held, Session};
use crate::engagement::telemetry::Telemetry;
use crate::engagement::{Engagement, MonthRecord};
use crate::source::month::Month;

pub use code::Code;
pub use figures::Figures;
pub use rule::{About, Rule, rules};

/// Something that the month's session should look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Signal {
    /// What it says.
    pub code: Code,
    /// The segment whose time it asks for.
    pub segment: Segment,
    /// The gate, automation, decision or seat it is about, by id; for late
    /// work that the telemetry tells in words, those words.
    pub subject: Option<String>,
    /// What it rests on.
    pub figures: Figures,
    /// How it is meant.
    pub tone: Tone,
}

/// How a signal is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something has become possible.
    Opening,
    /// Something needs attention.
    Warning,
    /// Something to know.
    Neutral,
}

impl Tone {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Tone::Opening => "opening",
            Tone::Warning => "warning",
            Tone::Neutral => "note",
        }
    }
}

/// A month's signals: by segment, then in the rules' order, then by subject.
/// None for a month that has neither telemetry nor a session.
pub fn signals(
    engagement: &Engagement,
    series: &PerKpi<Series>,
    run_months: &[RunMonth],
    backlog: &Backlog,
    month: Month,
) -> Vec<Signal> {
    let movements = movements(engagement);
    let known = Known {
        engagement,
        series,
        run_months,
        backlog,
        movements: &movements,
    };
    engagement
        .months
        .get(&month)
        .map(|record| known.signals(record))
        .unwrap_or_default()
}

/// The signals of every month that has telemetry or a session. Those of the
/// months before anything changed are what they were.
pub(super) fn all(known: &Known<'_>, former: Option<&Former<'_>>) -> OfMonths {
    let records = known.engagement.months.values().collect::<Vec<_>>();
    let of = |record: &MonthRecord| {
        let before = former.and_then(|former| former.insights.signals.get(&record.month));
        let kept = before.filter(|_| former.is_some_and(|former| former.holds_for(record.month)));
        let signals = kept.cloned().unwrap_or_else(|| {
            let signals = Shared::from(known.signals(record));
            signals.or_former(before)
        });
        (record.month, signals)
    };
    records
        .into_par_iter()
        .with_max_len(1)
        .map(|record| of(record))
        .collect()
}

/// The signals of each month.
pub type OfMonths = BTreeMap<Month, Shared<Vec<Signal>>>;

/// What the rules may look at.
pub(super) struct Known<'k> {
    pub(super) engagement: &'k Engagement,
    pub(super) series: &'k PerKpi<Series>,
    pub(super) run_months: &'k [RunMonth],
    pub(super) backlog: &'k Backlog,
    pub(super) movements: &'k BTreeMap<Month, Movement>,
}

/// A month under judgement. A rule looks at it and at what lies before, never
/// at what comes after.
struct Judged<'k> {
    known: &'k Known<'k>,
    record: &'k MonthRecord,
    month: Month,
    run: Option<&'k RunMonth>,
    playbook: &'k Playbook,
}

/// The rules in their order. Each tells its meaning, condition, reason and
/// source.
const RULES: [fn(&Judged<'_>) -> Vec<Signal>; 20] = [
    gate::rubber_stamp,
    gate::blind,
    gate::trust_gain,
    briefing::trust_loss,
    gate::approval_drop,
    gate::approving_too_fast,
    briefing::confidence,
    upgrades::build_slipping,
    automation::silent,
    kpi::away_from_desk_moved,
    kpi::task_automation_verdict,
    automation::prune_due,
    automation::sprawl,
    kpi::headroom_open,
    kpi::revenue_unmoved,
    session::skipped,
    session::ceo_absent,
    session::room_too_large,
    session::not_paying,
    session::graduation_talk,
];

impl<'k> Known<'k> {
    fn signals(&'k self, record: &'k MonthRecord) -> Vec<Signal> {
        let judged = Judged {
            known: self,
            record,
            month: record.month,
            run: progress::of_month(self.run_months, record.month),
            playbook: &self.engagement.firm.playbook,
        };
        let mut signals: Vec<Signal> = RULES.iter().flat_map(|rule| rule(&judged)).collect();
        if signals.is_empty() {
            signals = quiet(&judged);
        }
        signals.sort_by(|one, other| one.place().cmp(&other.place()));
        signals
    }
}

/// *quiet*: the telemetry is in and nothing else fired. Give the time to
/// headroom.
///
/// A session is never skipped because there is nothing to repair: if the
/// telemetry is quiet, the time belongs to the headroom conversation. From
/// the monthly session.
fn quiet(judged: &Judged<'_>) -> Vec<Signal> {
    let reported = judged.telemetry().is_some();
    reported
        .then(|| Signal::new(Code::Quiet, None, Figures::Nothing, Tone::Opening))
        .into_iter()
        .collect()
}

impl Signal {
    fn new(code: Code, subject: Option<&str>, figures: Figures, tone: Tone) -> Self {
        Signal {
            code,
            segment: code.segment(),
            subject: subject.map(ToOwned::to_owned),
            figures,
            tone,
        }
    }

    fn place(&self) -> (Segment, Code, Option<&str>) {
        (self.segment, self.code, self.subject.as_deref())
    }
}

impl<'k> Judged<'k> {
    fn telemetry(&self) -> Option<&'k Telemetry> {
        self.record.telemetry.as_ref()
    }

    fn held(&self) -> Option<&'k Held> {
        self.record.held()
    }

    /// The telemetry of so many months before.
    fn telemetry_before(&self, months: i32) -> Option<&'k Telemetry> {
        self.known
            .engagement
            .months
            .get(&self.month.plus(-months))?
            .telemetry
            .as_ref()
    }

    /// The day the month is judged as of; none for a skipped month without
    /// telemetry, of which no day is known.
    fn as_of(&self) -> Option<NaiveDate> {
        let held = self.held().map(|held| held.date.value);
        held.or_else(|| Some(self.telemetry()?.as_of))
    }

    /// The session is known not to have been held. A month with telemetry
    /// alone may still hold it; only a later month could tell.
    fn is_skipped(&self) -> bool {
        matches!(self.record.session, Some(Session::Skipped(_)))
    }

    /// The Run month that lies before by number.
    fn run_before(&self, run: &RunMonth) -> Option<&'k RunMonth> {
        progress::of_month(self.known.run_months, run.month.plus(-1))
    }

    /// Yes months in a row as known in this one: a month without an answer
    /// of its own leaves it as it was.
    fn streak(&self) -> u32 {
        let Some(run) = self.run else { return 0 };
        match run.session {
            SessionState::Held | SessionState::Skipped => run.streak,
            SessionState::Awaiting | SessionState::Missing => {
                self.run_before(run).map_or(0, |before| before.streak)
            }
        }
    }

    /// Whether the engagement has passed to quarterly reviews.
    fn is_graduated(&self) -> bool {
        let graduated = self.known.engagement.firm.phases.start(Phase::Graduated);
        graduated.is_some_and(|start| Month::of(start) <= self.month)
    }

    /// The movements of this month and those before it, so many in all, if
    /// every one is a Run month with telemetry.
    fn movements_over(&self, months: i32) -> Option<Vec<&'k Movement>> {
        self.run.filter(|run| run.number >= months)?;
        (0..months)
            .map(|before| self.known.movements.get(&self.month.plus(-before)))
            .collect()
    }
}

/// A part in percent of a whole; none of nothing.
fn percent(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole) * 100.0)
}
