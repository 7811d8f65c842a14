//! How the executive programme goes: where each meeting stands, and every
//! figure that follows from what was noted.
//!
//! [`Course`] is filled whether the programme has begun or not; what has no
//! file is `None` or empty. For a page each:
//!
//! | page | from here | from [`Engagement::programme`] |
//! |---|---|---|
//! | programme | [`Course::meetings`] (state, outputs), [`Course::coverage`] (seven seats × five meetings), [`Course::timeline`] (weeks 0–6 against real dates) | |
//! | pre-work | its [`MeetingCourse`], cautions | `pre_work`: inputs, pre-reads, seats |
//! | end state | agenda, outputs, [`Course::scorecard`] (horizons, actual, verdict), [`Course::rights`] (a column a seat) | statement, constraints, appetite |
//! | current state | [`Course::interviews`], [`Course::flow`], [`Course::bottlenecks`], [`Course::heat`] | controls, text (the memo) |
//! | path | [`Course::matrix`] (weights, scores, totals, ranks) | assumptions; [`Programme::workstreams`] |
//! | decision brief | [`Course::plan`], [`Course::roadmap`], [`Course::resourcing`], [`Course::risks`] | cadence, sign-off, commitments, text (the narrative) |
//!
//! The words around them (goals, names of outputs, of inputs, of criteria) are
//! in [`engagement::programme::outline`](crate::engagement::programme::outline).
//!
//! A session is [`State::Held`] once its day has come and anything but its
//! day, time and agenda is noted; with nothing noted it is
//! [`State::Unrecorded`]. [`Course::cautions`] is what `check` warns of, and
//! what the page of [`Caution::meeting`] says too: each has its
//! [`message`](Caution::message) and its [`help`](Caution::help).

mod brief;
mod cautions;
mod flow;
mod matrix;
mod meetings;
mod scorecard;
mod seats;
#[cfg(test)]
mod tests;
mod timeline;

pub use brief::{
    PlanLine, PlanWeek, Resourcing, RiskRegister, Roadmap, Schedule, ScoredRisk, level,
};
pub use cautions::{Caution, Concern};
pub use flow::{Bottlenecks, Enough, Flow, Heat, InterviewCount, RankedBottleneck, StageFlow};
pub use matrix::{Column, Matrix, RightsMatrix, RightsRow};
pub use meetings::{MeetingCourse, OutputState, Slot, State};
pub use scorecard::{Actual, HORIZONS, Horizon, Measured, Standing};
pub use seats::{Presence, SeatRow};
pub use timeline::{Bar, Timeline, Week};

use chrono::{Days, NaiveDate};

use crate::engagement::Engagement;
use crate::engagement::programme::Meeting;
#[cfg(doc)]
use crate::engagement::programme::Programme;

/// How the programme goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The pre-work and the four sessions, in order.
    pub meetings: Vec<MeetingCourse>,
    /// The seven seats, in order.
    pub coverage: Vec<SeatRow>,
    /// The suggested weeks against the real dates; none before there is a day
    /// to count from.
    pub timeline: Option<Timeline>,
    /// The scorecard's metrics, in the author's order.
    pub scorecard: Vec<Measured>,
    /// Who decides what; none if nothing is said.
    pub rights: Option<RightsMatrix>,
    /// The interviews; none if there is no current state.
    pub interviews: Option<InterviewCount>,
    /// Work and waiting; none if no stage is known.
    pub flow: Option<Flow>,
    /// Where work gets stuck; none if nowhere is named.
    pub bottlenecks: Option<Bottlenecks>,
    /// The heatmap; none if no function is rated.
    pub heat: Option<Heat>,
    /// The pathways against the criteria; none if there is no path session.
    pub matrix: Option<Matrix>,
    /// The 90-day plan; none if there is none.
    pub plan: Option<Schedule>,
    /// The 12-month roadmap; none if there is none.
    pub roadmap: Option<Roadmap>,
    /// People and money; none if nothing is said.
    pub resourcing: Option<Resourcing>,
    /// The risks; none if none is named.
    pub risks: Option<RiskRegister>,
    /// What someone should look at, in the order of the meetings.
    pub cautions: Vec<Caution>,
}

impl Course {
    /// A meeting's course.
    pub fn meeting(&self, meeting: Meeting) -> Option<&MeetingCourse> {
        self.meetings
            .iter()
            .find(|course| course.meeting == meeting)
    }

    /// What someone should look at in a meeting.
    pub fn cautions_of(&self, meeting: Meeting) -> impl Iterator<Item = &Caution> {
        self.cautions
            .iter()
            .filter(move |caution| caution.meeting == meeting)
    }
}

/// How the programme goes, as of the engagement's day.
pub fn course(engagement: &Engagement) -> Course {
    let programme = &engagement.programme;
    let meetings = meetings::all(engagement);
    let coverage = seats::coverage(programme, &meetings);
    let interviews = programme.current_state.as_ref().map(flow::interviews);
    let cautions = cautions::all(engagement, &meetings, &coverage, interviews.as_ref());
    Course {
        coverage,
        timeline: timeline::timeline(engagement),
        scorecard: scorecard::measured(engagement),
        rights: programme.end_state.as_ref().and_then(matrix::rights),
        flow: programme.current_state.as_ref().and_then(flow::flow),
        bottlenecks: programme.current_state.as_ref().and_then(flow::bottlenecks),
        heat: programme.current_state.as_ref().and_then(flow::heat),
        matrix: programme.path.as_ref().map(matrix::matrix),
        plan: programme.decision_brief.as_ref().and_then(brief::schedule),
        roadmap: programme.decision_brief.as_ref().and_then(brief::roadmap),
        resourcing: programme
            .decision_brief
            .as_ref()
            .and_then(brief::resourcing),
        risks: programme.decision_brief.as_ref().and_then(brief::register),
        interviews,
        cautions,
        meetings,
    }
}

/// The day so many days later.
fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// A part in percent of the whole; none if there is no whole.
fn percent(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole * 100.0)
}
