#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use super::{AgendaItemFile, SignatureFile, WorkstreamFile};
use crate::source::document::AttendeeFile;
use crate::source::field::{Date, Field, Id, List, Time};
use crate::source::month::Month;
#[cfg(test)]
use crate::source::schema::by_week;

/// `decision-brief.yaml`: the fourth session, the plan that is committed to.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["date"])))]
pub struct DecisionBriefFile {
    /// The day of the session; the plan's first week begins on it.
    pub date: Field<Date>,
    /// When it begins: the agenda then shows the time of day.
    pub begins: Field<Time>,
    /// How long it takes; 180 if left out.
    #[cfg_attr(test, schemars(range(min = 1, max = 600)))]
    pub minutes: Field<u32>,
    /// Who was in the room.
    pub attendance: List<AttendeeFile>,
    /// The agenda; the programme's own if left out.
    pub agenda: List<AgendaItemFile>,
    /// The parts of the work; those of `path.yaml` if left out.
    pub workstreams: List<WorkstreamFile>,
    /// The 90-day plan, by week.
    pub plan: List<PlanItemFile>,
    /// The 12-month roadmap.
    pub roadmap: List<RoadmapItemFile>,
    /// What the roadmap depends on.
    pub gates: List<RoadmapGateFile>,
    /// The people and the money that it takes.
    pub resourcing: List<ResourceFile>,
    /// The risk register.
    pub risks: List<ProgrammeRiskFile>,
    /// The meetings that steer it; the programme's own if left out.
    pub cadence: List<CadenceFile>,
    /// Who signed the plan off.
    pub sign_off: List<SignatureFile>,
    /// What is committed to for the next 30 days.
    pub commitments: List<CommitmentFile>,
}

/// A line of the 90-day plan.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["what"])))]
#[cfg_attr(test, schemars(transform = by_week))]
pub struct PlanItemFile {
    /// Its week, 1 to 13, if it takes only one.
    #[cfg_attr(test, schemars(range(min = 1, max = 13)))]
    pub week: Field<u32>,
    /// Otherwise its first week.
    #[cfg_attr(test, schemars(range(min = 1, max = 13)))]
    pub from: Field<u32>,
    /// And its last week.
    #[cfg_attr(test, schemars(range(min = 1, max = 13)))]
    pub to: Field<u32>,
    /// In words.
    pub what: Field<String>,
    /// The workstream that it belongs to.
    pub workstream: Field<Id>,
    /// The seat that answers for it.
    pub owner: Field<Id>,
    /// Whether it is a milestone.
    pub milestone: Field<bool>,
}

/// A line of the 12-month roadmap.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["from", "what"])))]
pub struct RoadmapItemFile {
    /// Its first month.
    pub from: Field<Month>,
    /// Its last month; the first if left out.
    pub to: Field<Month>,
    /// In words.
    pub what: Field<String>,
    /// The workstream that it belongs to.
    pub workstream: Field<Id>,
}

/// A gate that what follows depends on.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["month", "gate", "passes_if"])))]
pub struct RoadmapGateFile {
    /// When it is passed.
    pub month: Field<Month>,
    /// In words.
    pub gate: Field<String>,
    /// What must hold then.
    pub passes_if: Field<String>,
}

/// People or money that the plan takes.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["what"])))]
pub struct ResourceFile {
    /// What for.
    pub what: Field<String>,
    /// How many people, in full-time equivalents.
    #[cfg_attr(test, schemars(range(min = 0, max = 100_000)))]
    pub people: Field<f64>,
    /// What it costs, in the engagement's currency.
    #[cfg_attr(test, schemars(range(min = 0, max = 1_000_000_000_000_i64)))]
    pub cost: Field<f64>,
}

/// A risk of the plan.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["id", "risk", "likelihood", "impact", "owner", "trigger"])))]
pub struct ProgrammeRiskFile {
    /// The risk.
    pub id: Field<Id>,
    /// In words.
    pub risk: Field<String>,
    /// How likely it is: 1, hardly, to 5, almost surely.
    #[cfg_attr(test, schemars(range(min = 1, max = 5)))]
    pub likelihood: Field<u32>,
    /// How bad it would be: 1, a nuisance, to 5, the plan fails.
    #[cfg_attr(test, schemars(range(min = 1, max = 5)))]
    pub impact: Field<u32>,
    /// The seat that answers for it.
    pub owner: Field<Id>,
    /// What is done about it.
    pub mitigation: Field<String>,
    /// What shows that it has come.
    pub trigger: Field<String>,
}

/// A meeting that steers the plan.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["rhythm", "meeting"])))]
pub struct CadenceFile {
    /// How often.
    pub rhythm: Field<Rhythm>,
    /// Which meeting.
    pub meeting: Field<String>,
}

/// How often a meeting takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Rhythm {
    /// Each week.
    Weekly,
    /// Every second week.
    Fortnightly,
    /// Each month.
    Monthly,
    /// Each quarter.
    Quarterly,
}

/// Something that a seat commits to do within 30 days.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["what", "owner", "due"])))]
pub struct CommitmentFile {
    /// In words.
    pub what: Field<String>,
    /// The seat that answers for it.
    pub owner: Field<Id>,
    /// When it is due.
    pub due: Field<Date>,
}
