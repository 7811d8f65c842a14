#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::field::{Entries, Field, Id, List};

/// `board.yaml`, in a quarter's last month: what the board's memo says beside
/// the figures.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
pub struct BoardFile {
    /// The quarter in a sentence or two; derived if left out.
    pub headline: Field<String>,
    /// A few words on each KPI.
    pub comments: Field<CommentsFile>,
    /// What each headroom bet that the board may see needs, by the bet's id.
    pub bets: Field<Entries<String>>,
    /// The risks. One that the former quarter named and this one doesn't is
    /// closed.
    pub risks: List<RiskFile>,
    /// What the board is asked to decide.
    pub asks: List<AskFile>,
    /// What the programme decided: for the first memo after it.
    pub programme: Field<ProgrammeDecisionsFile>,
}

/// A few words on each KPI.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
pub struct CommentsFile {
    /// RPE.
    pub revenue_per_employee: Field<String>,
    /// TA.
    pub task_automation: Field<String>,
    /// AFD.
    pub away_from_desk: Field<String>,
}

/// A risk. Its movement follows from its level in the former quarter.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["id", "risk", "level", "owner", "response"])))]
pub struct RiskFile {
    /// The risk, the same each quarter.
    pub id: Field<Id>,
    /// In words.
    pub risk: Field<String>,
    /// How high it is.
    pub level: Field<RiskLevel>,
    /// The seat that answers for it.
    pub owner: Field<Id>,
    /// What is done about it.
    pub response: Field<String>,
}

/// How high a risk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RiskLevel {
    /// To be watched.
    Low,
    /// To be acted on.
    Medium,
    /// To be acted on now.
    High,
}

/// Something that the board is asked to decide.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["question", "options", "recommendation", "ask"])))]
pub struct AskFile {
    /// Its subject in two or three words, for the headline: "cold chain".
    pub topic: Field<String>,
    /// The question.
    pub question: Field<String>,
    /// What could be decided, at least two; lettered in this order.
    #[cfg_attr(test, schemars(length(min = 2)))]
    pub options: List<String>,
    /// What the firm recommends, and why.
    pub recommendation: Field<String>,
    /// What exactly the board is to approve.
    pub ask: Field<String>,
}

/// The programme's four decisions, by their session, and the plan that came
/// of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, rename_all = "kebab-case")]
#[cfg_attr(test, schemars(extend("required" = ["end-state", "current-state", "path", "decision-brief", "plan"])))]
pub struct ProgrammeDecisionsFile {
    /// What success is.
    pub end_state: Field<String>,
    /// What is true today.
    pub current_state: Field<String>,
    /// Which path was chosen.
    pub path: Field<String>,
    /// What was committed to.
    pub decision_brief: Field<String>,
    /// The one operating plan.
    pub plan: Field<String>,
}
