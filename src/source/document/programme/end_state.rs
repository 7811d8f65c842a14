#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use super::{AgendaItemFile, SignatureFile};
use crate::source::document::AttendeeFile;
use crate::source::field::{Date, Entries, Field, Id, List, Time};
#[cfg(test)]
use crate::source::schema::signed_by_somebody;

/// `end-state.yaml`: the first session, one definition of success.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["date"])))]
pub struct EndStateFile {
    /// The day of the session.
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
    /// The end-state statement.
    pub statement: Field<StatementFile>,
    /// How success is measured.
    pub scorecard: List<MetricFile>,
    /// What limits the way there.
    pub constraints: List<ConstraintFile>,
    /// What is preferred where two aims conflict.
    pub risk_appetite: List<AppetiteFile>,
    /// Who decides what in the next phases.
    pub decision_rights: List<DecisionRightFile>,
}

/// The end-state statement: one page at most.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(transform = signed_by_somebody))]
pub struct StatementFile {
    /// In words; a longer one is written in `end-state.md`.
    pub says: Field<String>,
    /// Whether it is signed.
    pub signed: Field<bool>,
    /// Who signed it.
    pub signatures: List<SignatureFile>,
}

/// A metric of the scorecard.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["id", "metric", "definition", "unit", "better"])))]
pub struct MetricFile {
    /// The metric, by which later telemetry reports it.
    pub id: Field<Id>,
    /// Its name for a reader.
    pub metric: Field<String>,
    /// What exactly is counted.
    pub definition: Field<String>,
    /// Its unit: `h`, `%`, `a week`.
    pub unit: Field<String>,
    /// Which direction is better.
    pub better: Field<Better>,
    /// Of what kind; `other` if left out.
    pub kind: Field<MetricKind>,
    /// What it was before.
    pub baseline: Field<f64>,
    /// What it should be 90 days after the session.
    pub days_90: Field<f64>,
    /// What it should be 6 months after the session.
    pub months_6: Field<f64>,
    /// What it should be 12 months after the session.
    pub months_12: Field<f64>,
}

/// Which direction is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    /// More of it.
    Higher,
    /// Less of it.
    Lower,
}

/// What a metric is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MetricKind {
    /// How work flows: lead time, deployment frequency, change failure rate,
    /// time to restore.
    Delivery,
    /// Revenue, margin, cost.
    Financial,
    /// Anything else.
    Other,
}

/// Something that limits the way to the end state.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["kind", "what"])))]
pub struct ConstraintFile {
    /// Of what kind.
    pub kind: Field<ConstraintKind>,
    /// In words.
    pub what: Field<String>,
}

/// What a constraint comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ConstraintKind {
    /// A regulator or an audit.
    Regulatory,
    /// The law or a contract.
    Legal,
    /// People and what they can do.
    Talent,
    /// The systems in use.
    Platform,
    /// Money.
    Budget,
    /// How much change the firm can take at once.
    ChangeCapacity,
}

/// What is preferred where two aims conflict.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["tradeoff", "stance"])))]
pub struct AppetiteFile {
    /// The two aims: `Speed against certainty in quotes`.
    pub tradeoff: Field<String>,
    /// Which is preferred, and how far.
    pub stance: Field<String>,
    /// The line that may not be crossed.
    pub guardrail: Field<String>,
}

/// Who decides a matter, and who else has a part in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["decision", "rights"])))]
pub struct DecisionRightFile {
    /// The matter.
    pub decision: Field<String>,
    /// Each seat's part in it; exactly one decides.
    #[cfg_attr(test, schemars(extend("not" = { "additionalProperties": { "not": { "const": "decides" } } })))]
    pub rights: Field<Entries<Right>>,
}

/// A seat's part in a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// It decides: one seat only.
    Decides,
    /// It proposes what to decide.
    Recommends,
    /// It is asked before.
    Consulted,
    /// It is told afterwards.
    Informed,
}
