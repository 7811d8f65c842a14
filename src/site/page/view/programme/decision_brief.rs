//! Session 4: the plan that is committed to.

use serde::Serialize;

use super::gantt::Gantt;
use super::{MeetingParts, Owners, Signed};
use crate::site::page::view::Status;
use crate::site::page::view::frame::Frame;

/// What `decision-brief.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionBriefPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// What every meeting's page has.
    pub meeting: MeetingParts,
    /// The 90-day plan.
    pub plan: Option<Gantt>,
    /// The 12-month roadmap with its gates.
    pub roadmap: Option<Gantt>,
    /// An owner for each workstream.
    pub owners: Option<Owners>,
    /// People and money.
    pub resourcing: Option<Resourcing>,
    /// Likelihood against impact, and the register.
    pub risks: Option<Risks>,
    /// The meetings that steer it.
    pub cadence: Vec<CadenceRow>,
    /// Who signed it off.
    pub sign_off: Option<SignOff>,
    /// The next 30 days.
    pub commitments: Option<Commitments>,
}

/// People and money.
#[derive(Clone, Debug, Serialize)]
pub struct Resourcing {
    /// "It takes $194,800".
    pub title: String,
    /// The lines.
    pub rows: Vec<ResourceRow>,
    /// People in all.
    pub people: String,
    /// The cost in all.
    pub cost: String,
}

/// A line of resources.
#[derive(Clone, Debug, Serialize)]
pub struct ResourceRow {
    /// What for.
    pub what: String,
    /// How many people.
    pub people: String,
    /// What it costs.
    pub cost: String,
}

/// The risks.
#[derive(Clone, Debug, Serialize)]
pub struct Risks {
    /// "Eight risks, three high".
    pub title: String,
    /// The likelihoods from the highest down.
    pub grid: Vec<GridRow>,
    /// The register, the highest score first.
    pub rows: Vec<RiskRow>,
}

/// A likelihood's row of the grid.
#[derive(Clone, Debug, Serialize)]
pub struct GridRow {
    /// "5".
    pub likelihood: String,
    /// "almost sure", on the ends.
    pub word: Option<String>,
    /// The impacts from 1 to 5.
    pub cells: Vec<GridCell>,
}

/// A cell of the grid.
#[derive(Clone, Debug, Serialize)]
pub struct GridCell {
    /// Likelihood × impact.
    pub score: String,
    /// The impact, for a reader who can't see the column.
    pub impact: String,
    /// How high: "high", "medium", "low".
    pub level: String,
    /// The numbers of its risks.
    pub numbers: Vec<String>,
}

/// A risk.
#[derive(Clone, Debug, Serialize)]
pub struct RiskRow {
    /// Its number in the register.
    pub number: String,
    /// In words.
    pub risk: String,
    /// How high, with its shape.
    pub level: Status,
    /// "4 × 3 = 12".
    pub score: String,
    /// Who answers for it.
    pub owner: String,
    /// What is done about it, or "—".
    pub mitigation: String,
    /// What shows that it has come.
    pub trigger: String,
}

/// A meeting that steers the plan.
#[derive(Clone, Debug, Serialize)]
pub struct CadenceRow {
    /// "Weekly".
    pub rhythm: String,
    /// Which meeting.
    pub meeting: String,
}

/// Who signed the plan off.
#[derive(Clone, Debug, Serialize)]
pub struct SignOff {
    /// "Signed off by seven".
    pub title: String,
    /// The signatures.
    pub signatures: Vec<Signed>,
}

/// The next 30 days.
#[derive(Clone, Debug, Serialize)]
pub struct Commitments {
    /// "Seven commitments for the next 30 days".
    pub title: String,
    /// Each of them.
    pub rows: Vec<CommitmentRow>,
}

/// Something that a seat commits to do.
#[derive(Clone, Debug, Serialize)]
pub struct CommitmentRow {
    /// In words.
    pub what: String,
    /// Who answers for it.
    pub owner: String,
    /// When it is due.
    pub due: String,
}
