#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use super::AnswerRestatementFile;
use crate::source::field::{Date, Field, Id, List};
#[cfg(test)]
use crate::source::schema::{by_outcome, held_or_skipped, with_headroom, yes_with_evidence};

/// `leadership.yaml`: what the month's leadership session decided, or why
/// there was none.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(transform = held_or_skipped))]
pub struct LeadershipFile {
    /// The day it was held.
    pub date: Field<Date>,
    /// The session in a sentence or two; derived if left out.
    pub headline: Field<String>,
    /// What each segment really took.
    pub minutes: Field<MinutesFile>,
    /// Who was in the room.
    pub attendance: List<AttendeeFile>,
    /// Headroom bets talked about.
    pub headroom: List<BetFile>,
    /// The Run decisions: the Build backlog for the next 30 days.
    pub decisions: List<DecisionFile>,
    /// Answers to the decisions still open.
    pub follow_up: List<FollowUpFile>,
    /// The closing question.
    pub closing: Field<ClosingFile>,
    /// Instead of all that: why no session was held.
    pub skipped: Field<String>,
    /// The closing answer, if it was changed after a board's memo had shown it.
    pub restatements: List<AnswerRestatementFile>,
}

/// Real minutes by segment.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
pub struct MinutesFile {
    /// State of the system.
    #[cfg_attr(test, schemars(range(min = 0, max = 480)))]
    pub state: Field<u32>,
    /// Away-from-desk review.
    #[cfg_attr(test, schemars(range(min = 0, max = 480)))]
    pub away: Field<u32>,
    /// Task automation trend.
    #[cfg_attr(test, schemars(range(min = 0, max = 480)))]
    pub automation: Field<u32>,
    /// Headroom.
    #[cfg_attr(test, schemars(range(min = 0, max = 480)))]
    pub headroom: Field<u32>,
    /// Cross-layer upgrades.
    #[cfg_attr(test, schemars(range(min = 0, max = 480)))]
    pub upgrades: Field<u32>,
    /// Closing question.
    #[cfg_attr(test, schemars(range(min = 0, max = 480)))]
    pub closing: Field<u32>,
}

/// A seat in the room.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["seat"])))]
pub struct AttendeeFile {
    /// The seat.
    pub seat: Field<Id>,
    /// Why it was there, where that isn't usual.
    pub reason: Field<String>,
}

/// A headroom bet.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["id", "bet", "kind", "status"])))]
pub struct BetFile {
    /// The bet.
    pub id: Field<Id>,
    /// In words.
    pub bet: Field<String>,
    /// Of what kind.
    pub kind: Field<BetKind>,
    /// How far the firm has gone with it.
    pub status: Field<BetStatus>,
    /// Whether the board may see it.
    pub board: Field<bool>,
}

/// What a bet is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BetKind {
    /// A new service line.
    ServiceLine,
    /// A new market.
    Market,
    /// A new customer segment.
    Segment,
    /// A Layer 5 build.
    Build,
    /// An acquisition.
    Acquisition,
    /// A partnership.
    Partnership,
    /// Taking margin instead of growth.
    Margin,
    /// Anything else.
    Other,
}

/// How far a bet has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BetStatus {
    /// Talked about.
    Exploring,
    /// The firm pursues it.
    Committed,
    /// Put off.
    Parked,
    /// Turned down.
    Declined,
}

/// A Run decision.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["id", "action", "what", "owner", "due"])))]
pub struct DecisionFile {
    /// The decision.
    pub id: Field<Id>,
    /// What kind of work it is.
    pub action: Field<Action>,
    /// In words.
    pub what: Field<String>,
    /// The automation it concerns.
    pub automation: Field<Id>,
    /// The seat that answers for it.
    pub owner: Field<Id>,
    /// When it is due.
    pub due: Field<Date>,
    /// Whether the board may see it.
    pub board: Field<bool>,
}

/// What a Run decision commits to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, schemars(transform = with_headroom))]
pub enum Action {
    /// A new automation enters Build.
    Build,
    /// An existing one is tuned.
    Retune,
    /// An existing one is taken out.
    Decommission,
    /// A contract between layers is tightened.
    Tighten,
    /// A headroom bet is pursued.
    #[serde(alias = "headroom")]
    Pursue,
}

/// An answer to an open decision.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["decision", "outcome"]), transform = by_outcome))]
pub struct FollowUpFile {
    /// The decision.
    pub decision: Field<Id>,
    /// What became of it.
    pub outcome: Field<Outcome>,
    /// Its new date, when it slipped.
    pub due: Field<Date>,
    /// Why, when it was dropped.
    pub reason: Field<String>,
}

/// What became of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Finished.
    Done,
    /// Late, with a new date; still open.
    Slipped,
    /// Not yet due; still open.
    Carried,
    /// Given up, with a reason.
    Dropped,
}

/// The closing question.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["paying_for_itself"]), transform = yes_with_evidence))]
pub struct ClosingFile {
    /// Is the system paying for itself?
    pub paying_for_itself: Field<Answer>,
    /// What the answer rests on.
    pub evidence: Field<String>,
}

/// The closing answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// It pays for itself.
    Yes,
    /// It doesn't.
    No,
    /// It can't be told.
    Unclear,
}

impl Answer {
    /// The word, as an author writes it.
    pub fn word(self) -> &'static str {
        match self {
            Answer::Yes => "yes",
            Answer::No => "no",
            Answer::Unclear => "unclear",
        }
    }

    /// The answer of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Answer::Yes, Answer::No, Answer::Unclear]
            .into_iter()
            .find(|answer| answer.word() == word)
    }
}
