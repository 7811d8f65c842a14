//! Session 2: how work really flows today.

use serde::Serialize;

use super::MeetingParts;
use crate::site::page::view::Status;
use crate::site::page::view::frame::Frame;

/// What `current-state.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct CurrentStatePage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// What every meeting's page has.
    pub meeting: MeetingParts,
    /// Work and waiting by stage.
    pub flow: Option<Flow>,
    /// Where work gets stuck.
    pub bottlenecks: Option<Bottlenecks>,
    /// How far each constraint holds each function back.
    pub heat: Option<Heat>,
    /// Who was interviewed.
    pub interviews: Option<Interviews>,
    /// Controls that somebody demands, and habits.
    pub controls: Option<Controls>,
}

/// Work and waiting, from the first stage to the last.
#[derive(Clone, Debug, Serialize)]
pub struct Flow {
    /// "2.2 % of the time is work".
    pub title: String,
    /// A grey fact: "Hours by stage, one scale".
    pub note: Option<String>,
    /// The stages.
    pub stages: Vec<Stage>,
    /// All of them together.
    pub total: StageTotal,
}

/// A stage.
#[derive(Clone, Debug, Serialize)]
pub struct Stage {
    /// In words.
    pub name: String,
    /// Hours of work.
    pub work: String,
    /// Hours of waiting.
    pub waiting: String,
    /// Work in percent of both.
    pub efficiency: String,
    /// How wide the bar of the work is, in percent of the longest stage.
    pub work_width: String,
    /// How wide the bar of the waiting is.
    pub waiting_width: String,
    /// Whether it waits longest.
    pub longest: bool,
}

/// All stages together.
#[derive(Clone, Debug, Serialize)]
pub struct StageTotal {
    /// Hours of work.
    pub work: String,
    /// Hours of waiting.
    pub waiting: String,
    /// Work in percent of both.
    pub efficiency: String,
    /// Work in percent of the whole width.
    pub work_width: String,
}

/// Where work gets stuck.
#[derive(Clone, Debug, Serialize)]
pub struct Bottlenecks {
    /// "Ten bottlenecks come to 622 hours a month".
    pub title: String,
    /// The unit: "hours a month".
    pub unit: String,
    /// The largest first.
    pub rows: Vec<BottleneckRow>,
    /// The impact of all.
    pub total: String,
}

/// A bottleneck.
#[derive(Clone, Debug, Serialize)]
pub struct BottleneckRow {
    /// Its number in the register.
    pub number: String,
    /// In words.
    pub what: String,
    /// The function in which it lies.
    pub function: Option<String>,
    /// What that rests on.
    pub evidence: Option<String>,
    /// Its impact.
    pub impact: String,
    /// Its impact in percent of all.
    pub share: String,
    /// How wide its bar is, in percent of the largest.
    pub width: String,
}

/// The heatmap.
#[derive(Clone, Debug, Serialize)]
pub struct Heat {
    /// "Night dispatch is held back most: four constraints are high".
    pub title: String,
    /// The constraints' names.
    pub constraints: Vec<String>,
    /// The functions.
    pub rows: Vec<HeatRow>,
    /// How many functions each constraint holds back most.
    pub high: Vec<String>,
    /// What the fills stand for.
    pub legend: Vec<HeatCell>,
}

/// A function.
#[derive(Clone, Debug, Serialize)]
pub struct HeatRow {
    /// Its name.
    pub function: String,
    /// Each constraint, in order.
    pub cells: Vec<HeatCell>,
}

/// How far a constraint holds a function back.
#[derive(Clone, Debug, Serialize)]
pub struct HeatCell {
    /// The constraint's name.
    pub constraint: String,
    /// "High"; "—" if it wasn't rated.
    pub word: String,
    /// The level as a name: "high"; "unrated".
    pub level: String,
    /// Which of the three blocks are filled.
    pub blocks: Vec<bool>,
}

/// Who was interviewed.
#[derive(Clone, Debug, Serialize)]
pub struct Interviews {
    /// "Fourteen interviews".
    pub title: String,
    /// Against the target.
    pub status: Status,
    /// "Target 12–20".
    pub target: String,
    /// How many were held.
    pub total: String,
    /// Where the target begins, in percent of the scale.
    pub target_x: String,
    /// How wide it is.
    pub target_width: String,
    /// How wide the bar of those held is.
    pub width: String,
    /// The groups.
    pub groups: Vec<InterviewGroup>,
}

/// A group of stakeholders.
#[derive(Clone, Debug, Serialize)]
pub struct InterviewGroup {
    /// Its name.
    pub name: String,
    /// How many interviews were held with it.
    pub held: String,
}

/// Controls and gates.
#[derive(Clone, Debug, Serialize)]
pub struct Controls {
    /// "Four of eight controls are habits".
    pub title: String,
    /// Those that are demanded.
    pub required: Vec<String>,
    /// Those that are habits.
    pub habitual: Vec<String>,
}
