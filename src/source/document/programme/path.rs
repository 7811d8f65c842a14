#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use super::{AgendaItemFile, WorkstreamFile};
use crate::source::document::AttendeeFile;
use crate::source::field::{Date, Field, Id, List, Time};
#[cfg(test)]
use crate::source::schema::{one_selected, owned_if_selected, resting_on_assumptions};

/// `path.yaml`: the third session, the one path to the end state.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["date"]), transform = resting_on_assumptions))]
pub struct PathFile {
    /// The day of the session.
    pub date: Field<Date>,
    /// When it begins: the agenda then shows the time of day.
    pub begins: Field<Time>,
    /// How long it takes; 240 if left out.
    #[cfg_attr(test, schemars(range(min = 1, max = 600)))]
    pub minutes: Field<u32>,
    /// Who was in the room.
    pub attendance: List<AttendeeFile>,
    /// The agenda; the programme's own if left out.
    pub agenda: List<AgendaItemFile>,
    /// What each criterion weighs, where that differs from the programme's
    /// own weights; 100 percent in all.
    pub weights: Field<WeightsFile>,
    /// The four pathways; exactly one is selected.
    pub pathways: Field<PathwaysFile>,
    /// What the selected path rests on.
    pub assumptions: List<AssumptionFile>,
    /// The parts of the work, each with its owner.
    pub workstreams: List<WorkstreamFile>,
}

/// What each criterion weighs, in percent.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, rename_all = "kebab-case")]
pub struct WeightsFile {
    /// How soon it shows: 90, 180, 365 days.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub time_to_impact: Field<u32>,
    /// The total cost, and what it does to the margin.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub cost: Field<u32>,
    /// How lasting the firm's own capability is.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub durability: Field<u32>,
    /// What can go wrong, and how much it would take with it.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub execution_risk: Field<u32>,
    /// Whether the people for it can be had and kept.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub talent: Field<u32>,
    /// How hard it is to govern, and whether it fits what compliance demands.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub governance: Field<u32>,
}

/// The four pathways. One left out was not evaluated.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, rename_all = "kebab-case")]
#[cfg_attr(test, schemars(transform = one_selected))]
pub struct PathwaysFile {
    /// Transform the current state in place.
    pub transform: Field<PathwayFile>,
    /// Build a parallel operating model.
    pub parallel: Field<PathwayFile>,
    /// Outsource selected capabilities.
    pub outsource: Field<PathwayFile>,
    /// A mixture of these.
    pub hybrid: Field<PathwayFile>,
}

/// A pathway.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(transform = owned_if_selected))]
pub struct PathwayFile {
    /// How it does on each criterion.
    pub scores: Field<ScoresFile>,
    /// Whether it is the one that was chosen.
    pub selected: Field<bool>,
    /// The seat that answers for it, if it was chosen.
    pub owner: Field<Id>,
    /// Why it was chosen, or why not.
    pub reason: Field<String>,
}

/// How a pathway does on each criterion: 1, poorly, to 5, well. A pathway
/// with little risk or cost scores high on it.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, rename_all = "kebab-case")]
#[cfg_attr(test, schemars(extend("required" = ["time-to-impact", "cost", "durability", "execution-risk", "talent", "governance"])))]
pub struct ScoresFile {
    /// How soon it shows: 90, 180, 365 days.
    #[cfg_attr(test, schemars(range(min = 1, max = 5)))]
    pub time_to_impact: Field<u32>,
    /// The total cost, and what it does to the margin.
    #[cfg_attr(test, schemars(range(min = 1, max = 5)))]
    pub cost: Field<u32>,
    /// How lasting the firm's own capability is.
    #[cfg_attr(test, schemars(range(min = 1, max = 5)))]
    pub durability: Field<u32>,
    /// What can go wrong, and how much it would take with it.
    #[cfg_attr(test, schemars(range(min = 1, max = 5)))]
    pub execution_risk: Field<u32>,
    /// Whether the people for it can be had and kept.
    #[cfg_attr(test, schemars(range(min = 1, max = 5)))]
    pub talent: Field<u32>,
    /// How hard it is to govern, and whether it fits what compliance demands.
    #[cfg_attr(test, schemars(range(min = 1, max = 5)))]
    pub governance: Field<u32>,
}

/// What the selected path rests on.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["assumption", "fails_if"])))]
pub struct AssumptionFile {
    /// What is taken to be so.
    pub assumption: Field<String>,
    /// What would show that it isn't: the failure condition.
    pub fails_if: Field<String>,
}
