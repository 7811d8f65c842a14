#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

#[cfg(test)]
use crate::source::field::Id;
use crate::source::field::{Date, Field, Filling, Receipt};

/// `pre-work.yaml`: what is collected, and sent out, before the first session.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
pub struct PreWorkFile {
    /// The day on which the pre-work closes.
    pub date: Field<Date>,
    /// The six inputs that the firm is asked for. One left out is outstanding.
    pub inputs: Field<InputsFile>,
    /// The three texts that the executives are sent. One left out is
    /// outstanding.
    pub pre_reads: Field<PreReadsFile>,
    /// Who fills each of the programme's seven seats; one person may fill
    /// several.
    pub seats: Field<ProgrammeSeatsFile>,
}

/// The inputs: each the day on which it was received, or `outstanding`.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, rename_all = "kebab-case")]
pub struct InputsFile {
    /// The current strategy deck or annual plan.
    pub strategy: Field<Receipt>,
    /// The top ten enterprise initiatives and how they stand.
    pub initiatives: Field<Receipt>,
    /// Lead time, deployment frequency, change failure rate, time to restore.
    pub delivery_metrics: Field<Receipt>,
    /// Revenue, margin and EBITDA that are expected.
    pub financial_targets: Field<Receipt>,
    /// What regulation, audit and law demand.
    pub constraints: Field<Receipt>,
    /// The organisation chart and the map of roles.
    pub org_chart: Field<Receipt>,
}

/// The pre-reads: each the day on which it was sent, or `outstanding`.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, rename_all = "kebab-case")]
pub struct PreReadsFile {
    /// The context brief of three pages.
    pub context_brief: Field<Receipt>,
    /// The first tree of hypotheses: value, constraints, decision forks.
    pub hypothesis_tree: Field<Receipt>,
    /// The draft of the metrics with their definitions.
    pub metrics_model: Field<Receipt>,
}

/// Who fills the programme's seats: each a seat of the engagement; the one for
/// risk may be `not relevant`.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, rename_all = "kebab-case")]
pub struct ProgrammeSeatsFile {
    /// The CEO or business unit GM.
    #[cfg_attr(test, schemars(with = "Field<Id>"))]
    pub executive: Field<Filling>,
    /// The CTO, CIO or top technology leader.
    #[cfg_attr(test, schemars(with = "Field<Id>"))]
    pub technology: Field<Filling>,
    /// The CFO, or a delegate with budget authority.
    #[cfg_attr(test, schemars(with = "Field<Id>"))]
    pub finance: Field<Filling>,
    /// The CHRO, CPO or people leader.
    #[cfg_attr(test, schemars(with = "Field<Id>"))]
    pub people: Field<Filling>,
    /// The Head of Product.
    #[cfg_attr(test, schemars(with = "Field<Id>"))]
    pub product: Field<Filling>,
    /// The Head of Engineering or Delivery.
    #[cfg_attr(test, schemars(with = "Field<Id>"))]
    pub delivery: Field<Filling>,
    /// Who speaks for risk, security and law, where that is relevant.
    pub risk: Field<Filling>,
}
