#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use super::AgendaItemFile;
use crate::source::document::AttendeeFile;
use crate::source::field::{Date, Entries, Field, Id, List, Time};

/// `current-state.yaml`: the second session, how work really flows today. It
/// is interviews and diagnostics over one or two weeks, then a meeting.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["date"])))]
pub struct CurrentStateFile {
    /// The day on which the map was shown.
    pub date: Field<Date>,
    /// The day of the first interview.
    pub began: Field<Date>,
    /// When the meeting begins: an agenda then shows the time of day.
    pub begins: Field<Time>,
    /// How long the meeting takes.
    #[cfg_attr(test, schemars(range(min = 1, max = 600)))]
    pub minutes: Field<u32>,
    /// Who was in the room.
    pub attendance: List<AttendeeFile>,
    /// The meeting's agenda, if it has one.
    pub agenda: List<AgendaItemFile>,
    /// Interviews held, by group; 12 to 20 together.
    pub interviews: List<InterviewsFile>,
    /// The stages that work passes through, in order.
    pub flow: List<StageFile>,
    /// What the bottlenecks' impact is counted in: `hours a month`.
    pub impact_unit: Field<String>,
    /// Where work gets stuck.
    pub bottlenecks: List<BottleneckFile>,
    /// How far each constraint holds each function back, by the function's
    /// name.
    pub heatmap: Field<Entries<HeatFile, String>>,
    /// Controls and gates: required ones and habits.
    pub controls: List<ControlFile>,
}

/// Interviews with a group of stakeholders.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["group", "held"])))]
pub struct InterviewsFile {
    /// The group.
    pub group: Field<InterviewGroup>,
    /// How many were held.
    pub held: Field<u32>,
}

/// A group of stakeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum InterviewGroup {
    /// Executive sponsors.
    Sponsors,
    /// Product and engineering leadership.
    ProductEngineering,
    /// Engineering managers and senior individual contributors.
    Managers,
    /// Leads of architecture, platform and security.
    PlatformSecurity,
    /// Partners in finance, legal, procurement and HR.
    Partners,
}

/// A stage that work passes through.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["stage", "work", "waiting"])))]
pub struct StageFile {
    /// In words.
    pub stage: Field<String>,
    /// Hours in which somebody works on it.
    #[cfg_attr(test, schemars(range(min = 0, max = 100_000)))]
    pub work: Field<f64>,
    /// Hours in which it waits.
    #[cfg_attr(test, schemars(range(min = 0, max = 100_000)))]
    pub waiting: Field<f64>,
}

/// A place where work gets stuck.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["id", "what", "impact"])))]
pub struct BottleneckFile {
    /// The bottleneck.
    pub id: Field<Id>,
    /// In words.
    pub what: Field<String>,
    /// The function in which it lies.
    pub function: Field<String>,
    /// What it costs, in the file's `impact_unit`.
    #[cfg_attr(test, schemars(range(min = 0, max = 1_000_000_000)))]
    pub impact: Field<f64>,
    /// What that figure rests on.
    pub evidence: Field<String>,
}

/// How far each constraint holds a function back.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, rename_all = "kebab-case")]
pub struct HeatFile {
    /// How long decisions take.
    pub decision_latency: Field<HeatLevel>,
    /// Unclear ownership.
    pub ownership: Field<HeatLevel>,
    /// Handoffs that fail.
    pub handoffs: Field<HeatLevel>,
    /// Work that waits.
    pub waiting: Field<HeatLevel>,
    /// Work done again, and quality lost.
    pub rework: Field<HeatLevel>,
    /// Capacity that goes elsewhere.
    pub capacity: Field<HeatLevel>,
}

/// How far a constraint holds a function back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum HeatLevel {
    /// Not at all.
    None,
    /// A little.
    Low,
    /// Noticeably.
    Medium,
    /// It is what stops the work.
    High,
}

/// A control or a gate.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["control", "standing"])))]
pub struct ControlFile {
    /// In words.
    pub control: Field<String>,
    /// Whether somebody demands it.
    pub standing: Field<ControlStanding>,
}

/// Whether a control is demanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ControlStanding {
    /// Law, audit or a contract demands it.
    Required,
    /// It is done because it always was.
    Habitual,
}
