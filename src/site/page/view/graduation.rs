//! The way to graduation: criteria, the 24 months, and what it means.

use serde::Serialize;

use super::frame::Frame;
use super::{Link, Status};

/// What `graduation.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct GraduationPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// The three criteria.
    pub criteria: Vec<Criterion>,
    /// The months; none before Run.
    pub window: Option<Window>,
    /// Phases and programme steps.
    pub steps: Option<Steps>,
    /// What graduation means here.
    pub meaning: Option<Passage>,
    /// What would reset the streak.
    pub reset: Option<Passage>,
}

/// One criterion.
#[derive(Clone, Debug, Serialize)]
pub struct Criterion {
    /// "Twelve yes in a row".
    pub name: String,
    /// "Met", "Not met", "One to go".
    pub status: Status,
    /// How far it is: "11".
    pub value: String,
    /// Of how much: "of 12".
    pub of: String,
    /// A sentence or two: what the figure is made of.
    pub sentence: String,
    /// The rule with its raw figures: "Earliest month for the twelfth:
    /// November 2026".
    pub evidence: Option<String>,
}

/// The months of Run as a timeline.
#[derive(Clone, Debug, Serialize)]
pub struct Window {
    /// "Month 15 of 24, with eleven yes in a row since December".
    pub title: String,
    /// A grey fact: "Window to July 2027".
    pub note: Option<String>,
    /// The names of the KPIs whose verdicts each month has, in that order.
    pub kpis: Vec<String>,
    /// The months, oldest first; the first is run month 1, so that the list
    /// counts run months.
    pub months: Vec<WindowMonth>,
    /// What a narrow screen says in place of the months to come: "Eight more
    /// months, December 2026 to July 2027, remain in the window".
    pub remaining: Option<String>,
    /// The shapes that occur, each once with all that it stands for: "yes, or
    /// on track", "ahead, or trust gained".
    pub legend: Vec<Status>,
    /// Answers that a board's memo shows otherwise: "September 2025 restated:
    /// was yes, because the retainer was left out."
    pub restated: Vec<Status>,
}

/// One month of Run.
#[derive(Clone, Debug, Serialize)]
pub struct WindowMonth {
    /// The year, on the first month and each January.
    pub year: Option<String>,
    /// "15".
    pub run_month: String,
    /// The month's initial: "O".
    pub initial: String,
    /// The month and its year: "October 2026".
    pub name: String,
    /// The month for a narrow row: "October", with the year on the first
    /// month and each January.
    pub short: String,
    /// The rest of the month in words, for who cannot see the row: "Run month
    /// 15. Yes, the eleventh in a row. Mixed session. Revenue per employee on
    /// track, task automation on track, away from desk on track. One gain of
    /// trust. Phase: Run."
    pub label: String,
    /// The closing answer; none for a month yet to come. The word is for a
    /// narrow row: "Yes", "No session", "Awaited".
    pub answer: Option<Status>,
    /// The streak after this month: "11"; "12?" where it is awaited.
    pub streak: Option<String>,
    /// Whether the month is part of the present streak.
    pub in_streak: bool,
    /// Whether this is the month that is about to be answered.
    pub current: bool,
    /// Whether the month is yet to come.
    pub future: bool,
    /// What the session's minutes went to; none without a session or without
    /// minutes.
    pub character: Option<Character>,
    /// The verdicts, in the order of [`Window::kpis`]; empty where there are
    /// none.
    pub verdicts: Vec<Status>,
    /// How many gains of trust there were; none if there were none.
    pub gained: Option<String>,
    /// How many losses of trust there were; none if there were none.
    pub lost: Option<String>,
    /// The month's session page, if there is one.
    pub href: Option<String>,
}

/// What the session's minutes went to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Character {
    /// More than half went to the first three segments.
    Triage,
    /// Neither triage nor strategy.
    Mixed,
    /// Headroom had the room.
    Strategy,
}

/// Phases and programme steps, with their dates.
#[derive(Clone, Debug, Serialize)]
pub struct Steps {
    /// "How it got here".
    pub title: String,
    /// A link at the right end of the title.
    pub link: Option<Link>,
    /// The steps, oldest first; seven fill a row.
    pub steps: Vec<Step>,
}

/// One phase or step.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// "Feb 2025", "May–Jul 2025".
    pub date: String,
    /// "Fit Check".
    pub name: String,
    /// What came of it: "Fix first; baseline set".
    pub text: Option<String>,
    /// The step's page, if there is one.
    pub href: Option<String>,
    /// Whether the engagement is in it.
    pub current: bool,
}

/// A title and its paragraphs.
#[derive(Clone, Debug, Serialize)]
pub struct Passage {
    /// "What graduation means here".
    pub title: String,
    /// Plain text.
    pub paragraphs: Vec<String>,
}
