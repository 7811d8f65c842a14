//! The typed views that the templates see.
//!
//! Input: ready strings and booleans, formatted by whoever fills a view in.
//! Output: one serialisable struct a page. A template only places what it is
//! given: it never computes, formats a figure or makes a link. Plain strings
//! are escaped; only [`Markup`] is trusted.
//!
//! | template | view |
//! |---|---|
//! | `overview.html` | [`overview::OverviewPage`] |
//! | `sessions.html` | [`sessions::SessionsPage`] |
//! | `session-held.html` | [`session::HeldPage`] |
//! | `session-skipped.html` | [`session::SkippedPage`] |
//! | `session-awaiting.html` | [`session::AwaitingPage`] |
//! | `kpis.html` | [`kpi::KpisPage`] |
//! | `kpi-section.html` | [`kpi::KpiSection`] |
//! | `kpi.html` | [`kpi::KpiPage`] |
//! | `decisions.html` | [`decisions::DecisionsPage`] |
//! | `decisions-month.html` | [`decisions::DecisionsMonthPage`] |
//! | `automations.html` | [`automations::AutomationsPage`] |
//! | `graduation.html` | [`graduation::GraduationPage`] |
//! | `board.html` | [`board::BoardPage`] |
//! | `fit-check.html` | [`fit_check::FitCheckPage`] |
//! | `search.html` | [`search::SearchPage`] |
//! | `search-row.html` | [`search::Row`] |
//! | `present.html` | [`present::PresentPage`] |
//! | `programme.html` and those of its sessions | [`programme`] |
//! | `page.html` | [`free_page::FreePage`] |
//! | `sealed.html` | [`sealed::SealedPage`] |

pub mod automations;
pub mod board;
pub mod decision;
pub mod decisions;
pub mod fit_check;
pub mod frame;
pub mod free_page;
pub mod graduation;
pub mod hour;
pub mod kpi;
pub mod overview;
pub mod present;
pub mod programme;
pub mod sealed;
pub mod search;
pub mod session;
pub mod sessions;
pub mod telemetry;
pub mod timeline;

use serde::Serialize;

/// HTML or SVG that is safe to print as it is: rendered markdown, never text
/// from the content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Markup(pub String);

/// A chart or a sparkline: the view that `partials/chart.html` or
/// `partials/sparkline.html` reads. It is opaque here, so that a page does
/// not depend on how a chart is drawn.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Drawing(tera::Value);

impl Drawing {
    /// Takes the drawing's own view.
    pub fn new(view: &impl Serialize) -> Self {
        Drawing(tera::Value::from_serializable(view))
    }
}

/// A link: ready-made and relative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What is read: "All decisions".
    pub label: String,
    /// Where it goes: `../decisions/index.html`.
    pub href: String,
}

/// What colour a status has. The word and the shape say the same without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// As it should be.
    Good,
    /// Somebody must act.
    Warn,
    /// Nothing to judge, or not yet.
    Neutral,
}

/// The shape before a status word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// ● on track, yes, done, cleared.
    Dot,
    /// ▲ ahead, an opening.
    Up,
    /// ▼ behind, late, fell.
    Down,
    /// ◆ investigate, above cap, restated.
    Diamond,
    /// ○ too early, open, awaiting.
    Ring,
    /// ◐ unclear, part-way.
    Half,
    /// ✕ no.
    Cross,
    /// – no session held, the same.
    Dash,
}

/// A status: always a word with a shape, colour third.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The colour.
    pub tone: Tone,
    /// The shape.
    pub shape: Shape,
    /// The word: "On track", "4 days late".
    pub word: String,
}

impl Status {
    /// A status of these three.
    pub fn new(tone: Tone, shape: Shape, word: impl Into<String>) -> Self {
        Status {
            tone,
            shape,
            word: word.into(),
        }
    }
}

/// A note in the margin: a signal, or how a figure is judged.
#[derive(Clone, Debug, Serialize)]
pub struct Sidenote {
    /// The tone of its rule and shape.
    pub tone: Tone,
    /// The shape before its title.
    pub shape: Shape,
    /// A finding or an imperative: "Loosen the refund gate".
    pub title: String,
    /// A sparkline of the figure in question.
    pub sparkline: Option<Drawing>,
    /// One sentence.
    pub text: String,
    /// The rule: "trust-gain: 42 approvals, 0 overruled. From 40, none
    /// overruled".
    pub rule: Option<String>,
}

/// A labelled fact in the row under a headline.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// What it is: "In the room".
    pub label: String,
    /// The fact itself.
    pub text: String,
}
