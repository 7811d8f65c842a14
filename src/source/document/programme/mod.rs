//! The executive programme's five files: pre-work and the four sessions.

mod current_state;
mod decision_brief;
mod end_state;
mod path;
mod pre_work;

#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

pub use current_state::{
    BottleneckFile, ControlFile, ControlStanding, CurrentStateFile, HeatFile, HeatLevel,
    InterviewGroup, InterviewsFile, StageFile,
};
pub use decision_brief::{
    CadenceFile, CommitmentFile, DecisionBriefFile, PlanItemFile, ProgrammeRiskFile, ResourceFile,
    Rhythm, RoadmapGateFile, RoadmapItemFile,
};
pub use end_state::{
    AppetiteFile, Better, ConstraintFile, ConstraintKind, DecisionRightFile, EndStateFile,
    MetricFile, MetricKind, Right, StatementFile,
};
pub use path::{AssumptionFile, PathFile, PathwayFile, PathwaysFile, ScoresFile, WeightsFile};
pub use pre_work::{InputsFile, PreReadsFile, PreWorkFile, ProgrammeSeatsFile};

use crate::source::field::{Date, Field, Id, Time};

/// A point of a session's agenda. Times count from the session's beginning.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["from", "to", "item"])))]
pub struct AgendaItemFile {
    /// When it begins: `00:20` is twenty minutes into the session.
    pub from: Field<Time>,
    /// When it ends.
    pub to: Field<Time>,
    /// In words.
    pub item: Field<String>,
}

/// A seat's signature.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["seat", "date"])))]
pub struct SignatureFile {
    /// The seat that signed.
    pub seat: Field<Id>,
    /// The day on which it did.
    pub date: Field<Date>,
}

/// A part of the work that one seat answers for.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["id", "name", "owner"])))]
pub struct WorkstreamFile {
    /// The workstream.
    pub id: Field<Id>,
    /// Its name for a reader.
    pub name: Field<String>,
    /// The seat that answers for it.
    pub owner: Field<Id>,
}
