//! Every session, newest first.

use serde::Serialize;

use super::Status;
use super::frame::Frame;

/// What `sessions.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct SessionsPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// The phases that have months, newest first.
    pub phases: Vec<PhaseSessions>,
}

/// The months of one phase.
#[derive(Clone, Debug, Serialize)]
pub struct PhaseSessions {
    /// The section's id, unique on the page: `run`.
    pub id: String,
    /// "Run".
    pub name: String,
    /// A grey fact: "Since August 2025".
    pub note: Option<String>,
    /// The months, newest first.
    pub rows: Vec<SessionRow>,
}

/// One month.
#[derive(Clone, Debug, Serialize)]
pub struct SessionRow {
    /// "October 2026".
    pub month: String,
    /// The run month, outside Run "—".
    pub run_month: String,
    /// Held, skipped, awaiting or missing.
    pub status: Status,
    /// The day it was held: "8 Oct 2026".
    pub date: Option<String>,
    /// The closing answer: yes, no or unclear.
    pub answer: Option<Status>,
    /// Which session of the programme it is: "Session 3, path".
    pub name: Option<String>,
    /// The session's headline, or why there is none.
    pub headline: String,
    /// The session's page; none for a missing month.
    pub href: Option<String>,
}
