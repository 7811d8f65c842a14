#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::field::{Date, Entries, Field};

/// `content/engagement.yaml`: the client firm and its engagement.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["firm", "currency", "phases"])))]
pub struct EngagementFile {
    /// The firm's name.
    pub firm: Field<String>,
    /// The currency of revenue per employee, as its ISO 4217 code.
    #[cfg_attr(test, schemars(extend("type" = "string", "pattern" = r"^\s*[A-Z]{3}\s*$")))]
    pub currency: Field<String>,
    /// When each phase began.
    pub phases: Field<PhasesFile>,
    /// The seats that may attend, own and decide, by id.
    pub seats: Field<Entries<SeatFile>>,
    /// The firm's own names of the five layers, by layer.
    #[cfg_attr(test, schemars(extend("propertyNames" = { "enum": ["capture", "data", "briefing", "approval", "build"] })))]
    pub layers: Field<Entries<String>>,
    /// Thresholds that differ from the playbook's defaults, by name.
    pub playbook: Field<Entries<String>>,
}

/// When each phase began; a phase still to come is left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, rename_all = "kebab-case")]
pub struct PhasesFile {
    /// The Fit Check.
    pub fit_check: Field<Date>,
    /// The programme's sessions.
    pub blueprint: Field<Date>,
    /// The install.
    pub build: Field<Date>,
    /// Its month is Run month 1.
    pub run: Field<Date>,
    /// The quarterly reviews.
    pub graduated: Field<Date>,
}

/// A seat at the table.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
pub struct SeatFile {
    /// The title of who fills it, such as `Chief executive`.
    pub title: Field<String>,
}
