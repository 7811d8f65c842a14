//! The Fit Check: the questionnaire, and the months in which it was answered.

mod answers;
mod questionnaire;

use crate::diagnostic::Span;
use crate::engagement::telemetry::Layer;
use crate::source::document::PartName;
use crate::source::month::Month;

pub(super) use answers::sheet;
pub(super) use questionnaire::questionnaire;

/// What a question counts towards: readiness, or a layer.
pub type Part = PartName;

/// The five layers in order.
pub const LAYERS: [Layer; 5] = [
    Layer::Capture,
    Layer::Data,
    Layer::Briefing,
    Layer::Approval,
    Layer::Build,
];

/// The questionnaire, and how it was answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FitCheck {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// Every month's answers in order; the first ones are the baseline.
    pub sheets: Vec<Sheet>,
}

/// A questionnaire that can be scored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Questionnaire {
    /// Counted up whenever a question or an answer changes.
    pub version: u32,
    /// What a verdict takes.
    pub thresholds: Thresholds,
    /// The questions in the order asked.
    pub questions: Vec<Question>,
    /// What an install involves, for each layer in order: bands by rising
    /// score, the first from 0.
    pub install: [Vec<Band>; 5],
}

/// What a verdict takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Thresholds {
    /// Readiness from which the firm is ready.
    pub ready: u32,
    /// Readiness under which it is not yet.
    pub fix_first: u32,
    /// What each answer on readiness must score.
    pub readiness_minimum: u32,
    /// What each layer must score.
    pub layer: u32,
    /// Percent of the questions that must be answered.
    pub answered: u32,
}

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The question.
    pub id: String,
    /// Where it is asked.
    pub span: Span,
    /// What it counts towards.
    pub part: Part,
    /// How much.
    pub weight: u32,
    /// In words.
    pub text: String,
    /// What can be answered, in order.
    pub answers: Vec<Answer>,
}

/// One of a question's answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The answer.
    pub id: String,
    /// In words.
    pub text: String,
    /// From 0 to 100.
    pub score: u32,
    /// Why it matters.
    pub reason: String,
    /// What to do first; none for the best answer.
    pub fix: Option<String>,
}

/// What an install involves from a score on.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// The least score.
    pub from: u32,
    /// In words.
    pub text: String,
}

/// The answers given in a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The month.
    pub month: Month,
    /// The version of the questionnaire that was answered.
    pub version: u32,
    /// The place of the answer to each question; none where it wasn't
    /// answered.
    pub chosen: Vec<Option<usize>>,
    /// Answers to questions, or by answers, that are no longer asked.
    pub dropped: usize,
}
