#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use super::RestatementFile;
use crate::source::field::{Entries, Field, List};

/// `content/YYYY-MM/fit-check.yaml`: answers given that month. The first one
/// of an engagement is its baseline.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["version"])))]
pub struct FitCheckFile {
    /// The questionnaire's version that was answered.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub version: Field<u32>,
    /// The three KPIs at that date.
    pub baseline: Field<BaselineFile>,
    /// The chosen answer's id by the question's id.
    pub answers: Field<Entries<String>>,
    /// KPIs of the baseline that were changed after a board's memo had shown
    /// them.
    pub restatements: List<RestatementFile>,
}

/// The KPIs before anything was installed, in their own units.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
pub struct BaselineFile {
    /// Annualised, in the engagement's currency.
    #[cfg_attr(test, schemars(range(min = 1, max = 1_000_000_000)))]
    pub revenue_per_employee: Field<f64>,
    /// Percent.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub task_automation: Field<f64>,
    /// Hours a month.
    #[cfg_attr(test, schemars(range(min = 0, max = 744)))]
    pub away_from_desk: Field<f64>,
}
