//! What a frozen quarter's files hold.
//!
//! The program writes these, and reads them back: to publish them as they
//! are, to prove them, and to notice that a figure has changed since. The
//! types are the format, version 1; what a later version adds is passed over.

use serde::{Deserialize, Serialize};

/// The format that this version writes.
pub const FORMAT: u32 = 1;

/// `manifest.json`: what proves a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestFile {
    /// [`FORMAT`].
    pub format: u32,
    /// The quarter: `2026-Q3`.
    pub quarter: String,
    /// The day of freezing: `2026-10-27`.
    pub frozen: String,
    /// The commit that the content was at, in full; none outside git.
    pub commit: Option<String>,
    /// Whether the content had changes that no commit holds.
    pub uncommitted: bool,
    /// The program and its version.
    pub program: String,
    /// The part of the link that can't be guessed.
    pub token: String,
    /// The snapshot frozen before this one, if there is one: a former
    /// snapshot can't be replaced without this one telling.
    pub previous: Option<PreviousFile>,
    /// The other files, by name.
    pub files: Vec<FrozenFile>,
    /// The SHA-256, in hexadecimal, of this manifest written without it.
    pub id: String,
}

/// The snapshot frozen before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreviousFile {
    /// Its quarter.
    pub quarter: String,
    /// Its manifest's id.
    pub id: String,
}

/// A frozen file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenFile {
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

/// `facts.json`: every figure that a memo shows, unrounded; absent ones null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactsFile {
    /// [`FORMAT`].
    pub format: u32,
    /// The firm.
    pub firm: String,
    /// The currency's code.
    pub currency: String,
    /// The quarter: `2026-Q3`.
    pub quarter: String,
    /// Its last month, whose figures these are: `2026-09`.
    pub month: String,
    /// That month's number since Run began.
    pub run_month: Option<i32>,
    /// The day of freezing.
    pub frozen: String,
    /// The commit that the content was at.
    pub commit: Option<String>,
    /// The three KPIs, in their order.
    pub measures: Vec<MeasureFact>,
    /// The closing answers since Run began, in order.
    pub answers: Vec<AnswerFact>,
    /// The decisions, in order.
    pub decisions: Vec<DecisionFact>,
    /// The headroom bets.
    pub bets: Vec<BetFact>,
    /// The risks.
    pub risks: Vec<RiskFact>,
    /// What the board is asked.
    pub asks: Vec<AskFact>,
    /// The way to graduation.
    pub graduation: GraduationFact,
    /// Figures that an earlier memo shows otherwise.
    pub restatements: Vec<RestatementFact>,
}

/// A KPI.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasureFact {
    /// Its name: `revenue_per_employee`.
    pub measure: String,
    /// Its unit.
    pub unit: String,
    /// At the Fit Check.
    pub baseline: Option<f64>,
    /// In the last month of the quarter before.
    pub prior: Option<f64>,
    /// In this quarter's last month.
    pub actual: Option<f64>,
    /// Whether `actual` may still change.
    pub provisional: bool,
    /// The least that is aimed at.
    pub target_low: Option<f64>,
    /// The most that is aimed at.
    pub target_high: Option<f64>,
    /// `actual` less `prior`.
    pub change: Option<f64>,
    /// The same in percent of `prior`.
    pub change_percent: Option<f64>,
    /// `actual` on the baseline: percent for revenue per employee, the KPI's
    /// own unit for the others.
    #[serde(default)]
    pub on_baseline: Option<f64>,
    /// The verdict's word.
    pub status: String,
    /// Every month's value, as the chart and the table of quarters show it.
    pub series: Vec<ValueFact>,
}

/// A KPI in a month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValueFact {
    /// The month.
    pub month: String,
    /// The value; none if it was not reported.
    pub value: Option<f64>,
    /// Whether it may still change.
    pub provisional: bool,
}

/// A month's closing answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerFact {
    /// The month.
    pub month: String,
    /// `yes`, `no` or `unclear`; none if no session was held.
    pub answer: Option<String>,
}

/// A decision that the board may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionFact {
    /// The month of its session.
    pub month: String,
    /// What it commits to.
    pub action: String,
    /// In words.
    pub what: String,
    /// The seat that answers for it.
    pub owner: String,
    /// When it is due.
    pub due: String,
    /// `open`, `slipped`, `done` or `dropped`.
    pub status: String,
    /// The month in which it was closed.
    pub closed: Option<String>,
}

/// A headroom bet that the board may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BetFact {
    /// In words.
    pub bet: String,
    /// Of what kind.
    pub kind: String,
    /// How far the firm has gone with it.
    pub status: String,
    /// What it needs.
    pub needs: Option<String>,
}

/// A risk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskFact {
    /// In words.
    pub risk: String,
    /// `low`, `medium` or `high`; none once it is closed.
    pub level: Option<String>,
    /// `new`, `higher`, `same`, `lower` or `closed`.
    pub movement: String,
    /// The seat that answers for it.
    pub owner: String,
    /// What is done about it.
    pub response: String,
}

/// Something that the board is asked to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskFact {
    /// The question.
    pub question: String,
    /// What could be decided.
    pub options: Vec<String>,
    /// What the firm recommends.
    pub recommendation: String,
    /// What is to be approved.
    pub ask: String,
}

/// The way to graduation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraduationFact {
    /// `building`, `talk open`, `ready`, `graduated` or `past window`.
    pub state: String,
    /// Yes months in a row.
    pub streak: u32,
    /// How many it takes.
    pub needed: u32,
    /// The earliest month in which it can have them.
    pub earliest: Option<String>,
    /// The window's last month.
    pub window_ends: Option<String>,
    /// Strategy sessions in a row.
    #[serde(default)]
    pub strategy: u32,
    /// How many of those it takes.
    #[serde(default)]
    pub strategy_needed: u32,
    /// KPIs on track or ahead in the last session.
    #[serde(default)]
    pub measures_on_track: u32,
}

/// A figure that an earlier memo shows otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestatementFact {
    /// The KPI, or `paying_for_itself`.
    pub measure: String,
    /// The month of the figure, or of the Fit Check.
    pub month: String,
    /// What the memo shows.
    pub was: Option<String>,
    /// What it is now.
    pub now: Option<String>,
    /// Why.
    pub reason: String,
    /// The day of the change.
    pub date: String,
    /// The earliest memo that shows it otherwise.
    pub memo: String,
}
