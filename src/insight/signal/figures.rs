//! What a signal rests on: raw figures and the thresholds they are held
//! against, as numbers. Sentences are made where pages are.

use chrono::NaiveDate;

use crate::insight::verdict::{Band, Verdict};
use crate::source::document::Answer;

/// A signal's evidence. Percentages run from 0 to 100; a threshold is the
/// playbook's, as it was in force.
#[derive(Clone, Debug, PartialEq)]
pub enum Figures {
    /// A gate that approves whatever it stops.
    RubberStamp {
        /// Cases that came.
        cases: u32,
        /// Cases a person saw, all of them approved.
        reviewed: u32,
        /// Reviewed in percent of cases.
        percent: f64,
        /// From so many percent.
        threshold: f64,
    },
    /// A gate that looks where nothing is wrong.
    BlindGate {
        /// Cases that came.
        cases: u32,
        /// Cases a person saw.
        reviewed: u32,
        /// Reviewed in percent of cases.
        percent: f64,
        /// Wrong cases found among the others.
        missed: u32,
        /// Up to so many percent.
        threshold: f64,
    },
    /// Approvals without a correction.
    Approvals {
        /// Approved, none overruled.
        approved: u32,
        /// From so many.
        threshold: f64,
    },
    /// Material patterns that the briefs missed.
    Missed {
        /// How many.
        missed: u32,
        /// From so many.
        threshold: f64,
    },
    /// An approval rate that fell.
    ApprovalRate {
        /// This month's in percent.
        rate: f64,
        /// Last month's in percent.
        before: f64,
        /// How many points it fell, above zero.
        fall: f64,
        /// From so many points.
        threshold: f64,
    },
    /// Approvals beyond what present trust allows.
    Envelope {
        /// Approved.
        approved: u32,
        /// The most that was declared.
        envelope: u32,
    },
    /// Briefs low in confidence.
    Confidence {
        /// Briefs produced.
        briefs: u32,
        /// Those low in confidence.
        low: u32,
        /// The same in percent.
        percent: f64,
        /// From so many percent.
        threshold: f64,
    },
    /// Work that the telemetry calls late; the subject says which.
    Slipping,
    /// A Run decision past due.
    PastDue {
        /// When it was due, after its last new date.
        due: NaiveDate,
        /// The day the month is judged as of.
        as_of: NaiveDate,
        /// Days past due, from 1.
        days: i64,
    },
    /// An automation that reported no run.
    Silent {
        /// Hours it saved in the calendar month before, if reported.
        hours_before: Option<f64>,
    },
    /// Away-from-desk hours that moved. What didn't move far enough is there
    /// for comparison.
    Moved {
        /// This month's hours.
        value: f64,
        /// The calendar month's before, if reported.
        before: Option<f64>,
        /// The difference from it in percent; none from zero hours.
        percent_on_before: Option<f64>,
        /// The rolling mean, if there is one.
        mean: Option<f64>,
        /// The difference from it in percent; none from zero hours.
        percent_on_mean: Option<f64>,
        /// From so many percent either way.
        threshold: f64,
    },
    /// Task automation outside what its stage leads one to expect.
    Automation {
        /// The month's percentage.
        value: f64,
        /// Behind, or above cap.
        verdict: Verdict,
        /// The stage's band; none in Run month 1.
        band: Option<Band>,
        /// The cap.
        cap: f64,
    },
    /// No retirement for some months.
    NoneRetired {
        /// Months without one, this one included.
        months: u32,
        /// Automations live at the end of this one.
        live: usize,
    },
    /// An automation marked for pruning.
    Marked {
        /// Its runs this month, if reported.
        runs: Option<u32>,
        /// Hours it saved this month, if reported.
        hours_saved: Option<f64>,
    },
    /// Automations added and retired.
    Sprawl {
        /// Over so many months, this one included.
        months: u32,
        /// Added.
        added: usize,
        /// Retired.
        retired: usize,
        /// The share of what was added that should have been retired.
        threshold: f64,
    },
    /// Room that wasn't there before.
    Headroom {
        /// Task automation in percent.
        task_automation: f64,
        /// Above so many percent.
        task_automation_threshold: f64,
        /// Hours away from the desk.
        away_from_desk: f64,
        /// Above so many hours.
        away_from_desk_threshold: f64,
    },
    /// Revenue per employee that hasn't moved.
    Unmoved {
        /// The month's figure.
        value: f64,
        /// The Fit Check's.
        baseline: f64,
        /// The difference in percent.
        percent: f64,
        /// Under so many percent.
        threshold: f64,
    },
    /// Run months without a session.
    Skipped {
        /// How many in a row.
        in_a_row: u32,
        /// Whether the row ends with this month itself; else with the one
        /// before, and this month's session is where to say it.
        this_month: bool,
        /// So many in a row are an exit risk.
        threshold: f64,
        /// Whether it has come to that.
        exit_risk: bool,
    },
    /// Who was in the room.
    Room {
        /// People in it.
        people: usize,
        /// More than so many are too many.
        threshold: f64,
    },
    /// A closing answer other than yes.
    Answer(Answer),
    /// Yes months in a row.
    Streak {
        /// How many.
        streak: u32,
        /// From so many.
        threshold: f64,
    },
    /// Nothing fired.
    Nothing,
}
