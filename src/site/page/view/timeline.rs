//! The 24 months of Run in one row.

use serde::Serialize;

use super::{Shape, Status, Tone};

/// The closing answers of the 24-month window.
#[derive(Clone, Debug, Serialize)]
pub struct Timeline {
    /// The months, oldest first; 24 of them fill the row.
    pub months: Vec<TimelineMonth>,
    /// The shapes that occur, each once.
    pub legend: Vec<Status>,
    /// A grey line at the right: "Run month 15 of a 24-month window, to July
    /// 2027".
    pub note: Option<String>,
}

/// One month of the timeline.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineMonth {
    /// The year, on the first month and each January.
    pub year: Option<String>,
    /// The month's initial.
    pub initial: String,
    /// The month in words, for who cannot see the row: "December 2025: yes".
    pub label: String,
    /// The answer's shape; none for a month yet to come.
    pub shape: Option<Shape>,
    /// The answer's tone.
    pub tone: Tone,
    /// Whether the month is part of the present streak.
    pub streak: bool,
    /// Whether this is the month that the page is about to answer.
    pub current: bool,
    /// The month's session page, if there is one.
    pub href: Option<String>,
}
