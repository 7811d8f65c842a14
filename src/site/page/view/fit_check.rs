//! The Fit Check: a form, its key, the result that the script fills in, and
//! the results of the answers on file.

use serde::Serialize;

use super::frame::Frame;
use super::{Fact, Status};

/// What `fit-check.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct FitCheckPage {
    /// Head, strip, headline and footer. Its policy allows the script.
    pub frame: Frame,
    /// Where the script is: `../assets/fit-check.js`.
    pub script: String,
    /// The questionnaire.
    pub form: Form,
    /// What the script fills in.
    pub blank: Blank,
    /// How it is scored by hand.
    pub key: Key,
    /// Answers on file: the baseline, then the latest of any later ones.
    pub sheets: Vec<SheetResult>,
    /// What moved between the two.
    pub moved: Option<Moved>,
}

/// The questionnaire. The thresholds are whole numbers.
#[derive(Clone, Debug, Serialize)]
pub struct Form {
    /// "1".
    pub version: String,
    /// Readiness from which the firm is ready: "70".
    pub ready: String,
    /// Readiness under which it is not yet: "40".
    pub fix_first: String,
    /// What each answer on readiness must score: "50".
    pub readiness_minimum: String,
    /// What each layer must score: "40".
    pub layer: String,
    /// Percent of the questions that a verdict needs: "75".
    pub answered: String,
    /// How many are asked: "20".
    pub count: String,
    /// The keys that choose an answer: "1–4".
    pub keys: String,
    /// The questions.
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// The question's id: "capture-inbox".
    pub id: String,
    /// Its place: "6".
    pub number: String,
    /// The id of what it counts towards: "capture".
    pub part: String,
    /// The same in words: "Layer 1, Capture".
    pub part_name: String,
    /// "3".
    pub weight: String,
    /// How much it counts, in words: "Counts three times towards Capture".
    pub counts: String,
    /// The question.
    pub text: String,
    /// What can be answered.
    pub answers: Vec<Answer>,
}

/// One of a question's answers.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// The answer's id: "partly".
    pub id: String,
    /// The key that chooses it: "2".
    pub number: String,
    /// In words.
    pub text: String,
    /// "60".
    pub score: String,
    /// For scoring by hand: "3 × 60 = 180".
    pub points: String,
    /// Points missing by weight: "120".
    pub missing: String,
    /// Whether it is a condition, which is fixed before anything else.
    pub condition: bool,
    /// Why it matters.
    pub reason: String,
    /// What to do first.
    pub fix: Option<String>,
}

/// What the script fills in.
#[derive(Clone, Debug, Serialize)]
pub struct Blank {
    /// A radar without a shape.
    pub radar: Radar,
    /// The layers, with what an install of each involves by score.
    pub layers: Vec<BlankLayer>,
}

/// A layer of the result that the script fills in.
#[derive(Clone, Debug, Serialize)]
pub struct BlankLayer {
    /// "capture".
    pub id: String,
    /// "Capture".
    pub name: String,
    /// What an install of it involves, by rising score.
    pub bands: Vec<Band>,
}

/// What an install involves from a score on.
#[derive(Clone, Debug, Serialize)]
pub struct Band {
    /// The least score: "40".
    pub from: String,
    /// The scores in words: "40–74".
    pub range: String,
    /// In words.
    pub text: String,
}

/// How it is scored by hand.
#[derive(Clone, Debug, Serialize)]
pub struct Key {
    /// The answers that a verdict needs: "15".
    pub needed: String,
    /// A row for each part to fill in.
    pub parts: Vec<KeyPart>,
}

/// A part's row of the worksheet.
#[derive(Clone, Debug, Serialize)]
pub struct KeyPart {
    /// "Readiness", "1 Capture".
    pub name: String,
    /// Its questions: "6 to 8".
    pub questions: String,
    /// What it needs for the firm to be ready: "70".
    pub needed: String,
}

/// The result of answers on file.
#[derive(Clone, Debug, Serialize)]
pub struct SheetResult {
    /// The section's id: "baseline".
    pub id: String,
    /// "Baseline, February 2025".
    pub title: String,
    /// The verdict.
    pub status: Status,
    /// What it comes to, in a sentence.
    pub headline: String,
    /// That the answers are to an older version, if they are.
    pub older: Option<String>,
    /// Answered, readiness, and the KPIs at that date.
    pub facts: Vec<Fact>,
    /// The scores.
    pub radar: Radar,
    /// Where the leverage is.
    pub leverage: Option<Leverage>,
    /// The first things to fix.
    pub fixes: Vec<Fix>,
    /// How many more there are, in words: "Nine more follow from the answers."
    pub more: Option<String>,
    /// What an install involves, by layer.
    pub install: Vec<Fact>,
}

/// The scores of the five layers, drawn.
#[derive(Clone, Debug, Serialize)]
pub struct Radar {
    /// What its ids begin with: "baseline".
    pub id: String,
    /// "Scores by layer, February 2025".
    pub title: String,
    /// The same in a sentence.
    pub description: String,
    /// The rings' corners, from the inner one.
    pub rings: Vec<String>,
    /// The corners of what each layer needs.
    pub mark: String,
    /// The corners of the scores; empty where there are none.
    pub shape: String,
    /// The layers clockwise from the top.
    pub spokes: Vec<Spoke>,
    /// "40, needed in every layer".
    pub legend: String,
}

/// A layer's spoke, dot and label.
#[derive(Clone, Debug, Serialize)]
pub struct Spoke {
    /// "capture".
    pub layer: String,
    /// Its outer end: "175.0".
    pub x: String,
    /// "50.0".
    pub y: String,
    /// Where its dot is: "translate(175.0 90.0)".
    pub dot: String,
    /// Whether there is a score.
    pub scored: bool,
    /// Whether it is under what is needed.
    pub weak: bool,
    /// Where the label stands: "175".
    pub label_x: String,
    /// "30".
    pub label_y: String,
    /// "46".
    pub score_y: String,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// "1 Capture".
    pub name: String,
    /// "53", or a dash.
    pub score: String,
}

/// The layer with the most to gain.
#[derive(Clone, Debug, Serialize)]
pub struct Leverage {
    /// "Data".
    pub layer: String,
    /// Why.
    pub text: String,
    /// The rule and its figure.
    pub rule: String,
}

/// Something to fix.
#[derive(Clone, Debug, Serialize)]
pub struct Fix {
    /// What to do.
    pub title: String,
    /// Why.
    pub text: String,
    /// "Because of question 9".
    pub cause: String,
    /// The answer's words.
    pub answer: String,
}

/// What moved between the baseline and the latest answers.
#[derive(Clone, Debug, Serialize)]
pub struct Moved {
    /// The section's title, which states it.
    pub title: String,
    /// "February 2025".
    pub before: String,
    /// "February 2026".
    pub after: String,
    /// Readiness and each layer.
    pub rows: Vec<MovedRow>,
}

/// A part before and after.
#[derive(Clone, Debug, Serialize)]
pub struct MovedRow {
    /// "Readiness", "1 Capture".
    pub name: String,
    /// "66".
    pub before: String,
    /// "91".
    pub after: String,
    /// "+25", or a dash.
    pub change: String,
}
