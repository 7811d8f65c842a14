//! What `board-memo.html` sees: ready strings, nothing to compute.
//!
//! A section without anything to show carries a line that says so, in place
//! of its rows: the same rows every quarter.

use serde::Serialize;

use crate::site::page::view::{Drawing, Markup, Shape, Status, Tone};

/// What `board-memo.html` sees.
#[derive(Clone, Debug, Serialize)]
pub(super) struct MemoPage {
    /// The document's title.
    pub(super) title: String,
    /// What a browser may load: this style and nothing else.
    pub(super) policy: String,
    /// The style, to stand in the page.
    pub(super) style: Markup,
    /// How it is set on paper: `roomy`, `close`, `snug`, `dense`
    /// or `packed`, and `turned` if
    /// what is asked begins the second sheet.
    pub(super) paper: String,
    /// The firm.
    pub(super) firm: String,
    /// "Board memo, third quarter 2026".
    pub(super) name: String,
    /// When it was frozen, how it stands, whom it is for.
    pub(super) strip: Vec<Part>,
    /// One or two sentences.
    pub(super) headline: String,
    /// Sentences under it, where the author wrote none.
    pub(super) deck: String,
    /// What the author wrote.
    pub(super) summary: Option<Markup>,
    /// What the programme decided, in the first memo after it.
    pub(super) programme: Option<Programme>,
    /// The three KPIs.
    pub(super) measures: Measures,
    /// Their course.
    pub(super) charts: Vec<Chart>,
    /// The closing answers.
    pub(super) answers: Answers,
    /// Decisions and what became of them.
    pub(super) decisions: Rows<DecisionRow>,
    /// Headroom bets.
    pub(super) bets: Rows<BetRow>,
    /// Risks.
    pub(super) risks: Risks,
    /// What the board is asked.
    pub(super) asks: Asks,
    /// The way to graduation.
    pub(super) graduation: Graduation,
    /// The ends of the quarters.
    pub(super) quarters: Quarters,
    /// How it is proved.
    pub(super) check: Check,
    /// "Snapshot 2026-Q3, from commit 9c1e07b".
    pub(super) foot: String,
}

/// A part of the strip: words or a status.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Part {
    text: Option<String>,
    status: Option<Status>,
}

impl Part {
    /// Words.
    pub(super) fn text(text: String) -> Self {
        Part {
            text: Some(text),
            status: None,
        }
    }

    /// A status.
    pub(super) fn status(status: Status) -> Self {
        Part {
            text: None,
            status: Some(status),
        }
    }
}

/// Rows, or a line that says why there are none.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Rows<T> {
    /// The rows.
    pub(super) rows: Vec<T>,
    /// What stands in their place.
    pub(super) none: &'static str,
}

/// A figure and the marks of its footnotes: `p` provisional, `r` revised.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Marked {
    /// The figure.
    pub(super) text: String,
    /// The marks, none or both.
    pub(super) marks: String,
}

/// A footnote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Note {
    /// The mark that it explains; none if no figure here has one.
    pub(super) mark: Option<&'static str>,
    /// What it says.
    pub(super) text: String,
}

/// The table of measures.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Measures {
    /// Whose end the figures are of.
    pub(super) note: String,
    /// The head over the prior figures: "Q2 2026".
    pub(super) prior: String,
    /// The head over the actual ones.
    pub(super) actual: String,
    /// The three rows.
    pub(super) rows: Vec<MeasureRow>,
    /// Footnotes.
    pub(super) notes: Vec<Note>,
}

/// A KPI's row.
#[derive(Clone, Debug, Serialize)]
pub(super) struct MeasureRow {
    /// The measure.
    pub(super) name: &'static str,
    /// Its unit.
    pub(super) unit: String,
    /// At the end of the quarter before.
    pub(super) prior: Marked,
    /// At the end of this one.
    pub(super) actual: Marked,
    /// Whether there is no such figure.
    pub(super) absent: bool,
    /// What is aimed at.
    pub(super) target: String,
    /// "from month 12", where it isn't held against it yet.
    pub(super) target_from: Option<String>,
    /// The change.
    pub(super) change: String,
    /// The same in percent.
    pub(super) change_percent: String,
    /// The verdict.
    pub(super) status: Status,
    /// A few words.
    pub(super) comment: String,
}

/// A KPI's course.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Chart {
    /// What it says.
    pub(super) title: String,
    /// Measure and unit.
    pub(super) subtitle: String,
    /// The drawing; none before two months have reported.
    pub(super) drawing: Option<Drawing>,
}

/// The closing answers.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Answers {
    /// The months, oldest first.
    pub(super) months: Vec<AnswerCell>,
    /// Yes in a row: "10".
    pub(super) streak: String,
    /// "of 12".
    pub(super) of: String,
    /// What each shape means.
    pub(super) legend: Vec<Status>,
    /// What is shaded, and from when to when the row goes.
    pub(super) caption: String,
    /// Footnotes.
    pub(super) notes: Vec<Note>,
    /// What stands in place of the row.
    pub(super) none: &'static str,
}

/// A month's answer.
#[derive(Clone, Debug, Serialize)]
pub(super) struct AnswerCell {
    /// The shape.
    pub(super) shape: Shape,
    /// Its tone.
    pub(super) tone: Tone,
    /// The month's initial.
    pub(super) initial: String,
    /// The year, over the first month and each January.
    pub(super) year: Option<String>,
    /// "August 2025: no".
    pub(super) words: String,
    /// Whether it is one of this quarter's.
    pub(super) in_quarter: bool,
    /// Marks of footnotes.
    pub(super) marks: &'static str,
}

/// A decision.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DecisionRow {
    /// The month that made it.
    pub(super) month: String,
    /// What it commits to.
    pub(super) action: &'static str,
    /// In words.
    pub(super) what: String,
    /// The seat.
    pub(super) owner: String,
    /// What became of it.
    pub(super) outcome: Status,
}

/// A headroom bet.
#[derive(Clone, Debug, Serialize)]
pub(super) struct BetRow {
    /// In words.
    pub(super) bet: String,
    /// Of what kind.
    pub(super) kind: &'static str,
    /// How far it has come.
    pub(super) state: Status,
    /// What it needs.
    pub(super) needs: String,
}

/// The risks.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Risks {
    /// The head over the movements: "On Q2".
    pub(super) against: String,
    /// The rows.
    pub(super) rows: Vec<RiskRow>,
    /// What stands in their place.
    pub(super) none: &'static str,
}

/// A risk.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RiskRow {
    /// In words.
    pub(super) risk: String,
    /// Which way it moved.
    pub(super) movement: Status,
    /// How high it is now: "now high".
    pub(super) level: Option<&'static str>,
    /// The seat.
    pub(super) owner: String,
    /// What is done about it.
    pub(super) response: String,
}

/// What the board is asked.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Asks {
    /// "One item".
    pub(super) note: String,
    /// The asks.
    pub(super) items: Vec<Ask>,
    /// What stands in their place.
    pub(super) none: &'static str,
}

/// Something that the board is asked.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Ask {
    /// "Question", or "Question 2" where there are several.
    pub(super) label: String,
    /// The question.
    pub(super) question: String,
    /// The options with their letters.
    pub(super) options: Vec<Lettered>,
    /// What is recommended.
    pub(super) recommendation: String,
    /// What is to be approved.
    pub(super) approval: String,
}

/// An option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Lettered {
    /// Its letter.
    pub(super) letter: String,
    /// Its words.
    pub(super) text: String,
}

/// What the programme decided.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Programme {
    /// Four of them.
    pub(super) rows: Vec<ProgrammeRow>,
    /// The operating plan.
    pub(super) plan: String,
}

/// What a session of the programme decided.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ProgrammeRow {
    /// The session.
    pub(super) session: &'static str,
    /// The decision.
    pub(super) decision: String,
}

/// The way to graduation.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Graduation {
    /// Where it stands.
    pub(super) state: Status,
    /// The month and the window.
    pub(super) note: Option<String>,
    /// The three criteria.
    pub(super) rows: Vec<CriterionRow>,
}

/// A criterion.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CriterionRow {
    /// What must hold.
    pub(super) criterion: String,
    /// Whether it does.
    pub(super) state: Status,
    /// What shows it.
    pub(super) evidence: String,
}

/// The ends of the quarters.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Quarters {
    /// "The five quarters of Run".
    pub(super) title: String,
    /// The heads over the figures: "Baseline", "Q3 2025".
    pub(super) heads: Vec<String>,
    /// The rows; none before Run.
    pub(super) rows: Vec<QuarterRow>,
    /// What stands in their place.
    pub(super) none: &'static str,
}

/// A KPI's ends of quarters.
#[derive(Clone, Debug, Serialize)]
pub(super) struct QuarterRow {
    /// The measure.
    pub(super) name: &'static str,
    /// Its unit.
    pub(super) unit: String,
    /// The baseline and the ends.
    pub(super) values: Vec<QuarterValue>,
}

/// A KPI at the end of a quarter.
#[derive(Clone, Debug, Serialize)]
pub(super) struct QuarterValue {
    /// The head that it stands under.
    pub(super) head: String,
    /// The figure.
    pub(super) figure: Marked,
}

/// How the memo is proved.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Check {
    /// The day of freezing.
    pub(super) frozen: String,
    /// The first eight digits of the hash of `facts.json`.
    pub(super) short: String,
    /// The others, in groups of eight.
    pub(super) rest: Vec<String>,
}
