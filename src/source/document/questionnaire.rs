#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::document::LayerName;
use crate::source::field::{Field, Id, List};
#[cfg(test)]
use crate::source::schema::{every_part_weighs, fix_unless_best};

/// `content/fit-check.yaml`: the questionnaire.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["version", "thresholds", "questions", "install"]), transform = every_part_weighs))]
pub struct QuestionnaireFile {
    /// Counted up whenever a question or an answer changes.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub version: Field<u32>,
    /// What a verdict takes.
    pub thresholds: Field<ThresholdsFile>,
    /// The questions in the order asked.
    pub questions: List<QuestionFile>,
    /// What an install involves, by layer.
    pub install: Field<InstallFile>,
}

/// What a verdict takes: scores from 0 to 100, and a share of the questions.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, rename_all = "kebab-case")]
#[cfg_attr(test, schemars(extend("required" = ["ready", "fix-first", "readiness-minimum", "layer", "answered"])))]
pub struct ThresholdsFile {
    /// Readiness from which the firm is ready.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub ready: Field<u32>,
    /// Readiness under which it is not yet.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub fix_first: Field<u32>,
    /// What each answer on readiness must score.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub readiness_minimum: Field<u32>,
    /// What each layer must score.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub layer: Field<u32>,
    /// Percent of the questions that must be answered.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub answered: Field<u32>,
}

/// A question.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["id", "part", "text", "answers"])))]
pub struct QuestionFile {
    /// The question.
    pub id: Field<Id>,
    /// What it counts towards.
    pub part: Field<PartName>,
    /// How much; 1 if left out.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub weight: Field<u32>,
    /// In words.
    pub text: Field<String>,
    /// What can be answered, in order.
    #[cfg_attr(test, schemars(length(min = 2, max = 9)))]
    pub answers: List<AnswerFile>,
}

/// What a question counts towards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PartName {
    /// Whether the leadership is ready.
    Readiness,
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

/// One of a question's answers.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["id", "text", "score", "reason"]), transform = fix_unless_best))]
pub struct AnswerFile {
    /// The answer.
    pub id: Field<Id>,
    /// In words.
    pub text: Field<String>,
    /// From 0 to 100.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub score: Field<u32>,
    /// Why it matters.
    pub reason: Field<String>,
    /// What to do first; none for the best answer.
    pub fix: Field<String>,
}

/// What an install involves, by layer.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["capture", "data", "briefing", "approval", "build"])))]
pub struct InstallFile {
    /// Layer 1.
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub capture: List<BandFile>,
    /// Layer 2.
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub data: List<BandFile>,
    /// Layer 3.
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub briefing: List<BandFile>,
    /// Layer 4.
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub approval: List<BandFile>,
    /// Layer 5.
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub build: List<BandFile>,
}

/// What an install involves from a score on.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["from", "text"])))]
pub struct BandFile {
    /// The least score.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub from: Field<u32>,
    /// In words.
    pub text: Field<String>,
}

impl PartName {
    /// The layer, if it is one.
    pub fn layer(self) -> Option<LayerName> {
        match self {
            PartName::Readiness => None,
            PartName::Capture => Some(LayerName::Capture),
            PartName::Data => Some(LayerName::Data),
            PartName::Briefing => Some(LayerName::Briefing),
            PartName::Approval => Some(LayerName::Approval),
            PartName::Build => Some(LayerName::Build),
        }
    }

    /// Its name in the file.
    pub fn word(self) -> &'static str {
        match self {
            PartName::Readiness => "readiness",
            PartName::Capture => "capture",
            PartName::Data => "data",
            PartName::Briefing => "briefing",
            PartName::Approval => "approval",
            PartName::Build => "build",
        }
    }
}
