#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use super::RestatementFile;
use crate::source::field::{Date, Entries, Field, Id, List};

/// `telemetry.yaml`: what the system reported over the month.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
pub struct TelemetryFile {
    /// The day it speaks of; the month's last day if left out.
    pub as_of: Field<Date>,
    /// The three KPIs; one left out was not reported.
    pub kpis: Field<KpisFile>,
    /// Metrics of the end state's scorecard that were measured, by id.
    pub scorecard: Field<Entries<f64>>,
    /// The KPIs whose figure may still change.
    pub provisional: List<KpiName>,
    /// What each layer did.
    pub layers: Field<LayersFile>,
    /// Layer 4's approval points.
    pub gates: List<GateFile>,
    /// The automations that were live.
    pub automations: List<AutomationFile>,
    /// Gains and losses of trust.
    pub trust: List<TrustFile>,
    /// What is not broken yet.
    pub watch: List<WatchFile>,
    /// Where people push back; leadership only.
    pub pushback: List<PushbackFile>,
    /// Figures of this month that were changed after a board's memo had shown
    /// them.
    pub restatements: List<RestatementFile>,
}

/// The three KPIs as an author names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum KpiName {
    /// RPE.
    RevenuePerEmployee,
    /// TA.
    TaskAutomation,
    /// AFD.
    AwayFromDesk,
}

/// The month's figures, each in its own unit.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
pub struct KpisFile {
    /// Annualised, in the engagement's currency.
    #[cfg_attr(test, schemars(range(min = 1, max = 1_000_000_000)))]
    pub revenue_per_employee: Field<f64>,
    /// Percent of repeatable, low-judgement work.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub task_automation: Field<f64>,
    /// Hours in the month the CEO could be fully out.
    #[cfg_attr(test, schemars(range(min = 0, max = 744)))]
    pub away_from_desk: Field<f64>,
}

/// The five layers as an author names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LayerName {
    /// Layer 1.
    Capture,
    /// Layer 2.
    Data,
    /// Layer 3.
    Briefing,
    /// Layer 4.
    Approval,
    /// Layer 5.
    Build,
}

/// What each layer did; Layer 4 speaks through the gates.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
pub struct LayersFile {
    /// Layer 1.
    pub capture: Field<CaptureFile>,
    /// Layer 2.
    pub data: Field<CleaningFile>,
    /// Layer 3.
    pub briefing: Field<BriefingFile>,
    /// Layer 5.
    pub build: Field<BuildFile>,
}

/// Layer 1.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
pub struct CaptureFile {
    /// What it captured for the first time.
    pub new: List<String>,
}

/// Layer 2.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
pub struct CleaningFile {
    /// What it cleaned up.
    pub cleaned: List<String>,
    /// What it brought to light.
    pub surfaced: List<String>,
}

/// Layer 3.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["briefs"])))]
pub struct BriefingFile {
    /// Briefs produced.
    pub briefs: Field<u32>,
    /// Those among them low in confidence.
    pub low_confidence: Field<u32>,
    /// Material patterns missed.
    pub missed: Field<u32>,
}

/// Layer 5; automations by id.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
pub struct BuildFile {
    /// Automations that went live.
    pub shipped: List<Id>,
    /// Automations that stopped working.
    pub broke: List<Id>,
    /// Automations taken out on purpose.
    pub retired: List<Id>,
    /// Work that is late, by an automation's id or in words.
    pub slipping: List<String>,
}

/// A gate's month. `reviewed` is the sum of `approved`, `overruled` and
/// `escalated`.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["id", "cases", "reviewed", "approved", "overruled", "escalated"])))]
pub struct GateFile {
    /// The gate.
    pub id: Field<Id>,
    /// Cases that came to it.
    pub cases: Field<u32>,
    /// Cases that a person saw.
    pub reviewed: Field<u32>,
    /// Passed by that person.
    pub approved: Field<u32>,
    /// Decided otherwise.
    pub overruled: Field<u32>,
    /// Sent further up.
    pub escalated: Field<u32>,
    /// Wrong cases found later among those not reviewed.
    pub missed: Field<u32>,
    /// The most approvals a month that present trust allows.
    pub envelope: Field<u32>,
}

/// A live automation's month.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["id", "name"])))]
pub struct AutomationFile {
    /// The automation.
    pub id: Field<Id>,
    /// Its name for a reader.
    pub name: Field<String>,
    /// The layer it works in.
    pub layer: Field<LayerName>,
    /// How often it ran.
    pub runs: Field<u32>,
    /// Hours it saved.
    #[cfg_attr(test, schemars(range(min = 0, max = 100_000)))]
    pub hours_saved: Field<f64>,
    /// Whether it is a candidate for pruning.
    pub prune: Field<bool>,
}

/// A trust event.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["layer", "change", "what"])))]
pub struct TrustFile {
    /// The layer it concerns.
    pub layer: Field<LayerName>,
    /// Gain or loss.
    pub change: Field<TrustChange>,
    /// The gate or automation, if it is one.
    pub subject: Field<String>,
    /// What happened.
    pub what: Field<String>,
    /// What is done about it.
    pub action: Field<String>,
}

/// Whether trust was gained or lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TrustChange {
    /// Loosen.
    Gain,
    /// Tighten.
    Loss,
}

/// Something not broken yet.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["what"])))]
pub struct WatchFile {
    /// What will happen.
    pub what: Field<String>,
    /// Of what kind.
    pub kind: Field<WatchKind>,
    /// When.
    pub due: Field<Date>,
    /// The seat that watches it.
    pub owner: Field<Id>,
}

/// What sort of thing is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WatchKind {
    /// A hire, a leave, training.
    People,
    /// A peak or a lull.
    Seasonal,
    /// An interface that changes.
    Integration,
    /// A supplier.
    Vendor,
    /// A rule or an audit.
    Regulatory,
    /// Anything else.
    Other,
}

/// Where the team pushes back, with a name on it.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["who", "what"])))]
pub struct PushbackFile {
    /// Who.
    pub who: Field<String>,
    /// What they do.
    pub what: Field<String>,
    /// What is done about it.
    pub response: Field<String>,
}
