//! Bars over weeks or months, as rows of a table.

use serde::Serialize;

/// A Gantt chart: a table whose last column is the time.
#[derive(Clone, Debug, Serialize)]
pub struct Gantt {
    /// The section's id, unique on the page.
    pub id: String,
    /// "Thirteen weeks, five milestones".
    pub title: String,
    /// A grey fact: "From 10 April to 9 July 2025".
    pub note: Option<String>,
    /// What a row is: "Work", "Step".
    pub head: String,
    /// What the second column is, if there is one: "Owner".
    pub second: Option<String>,
    /// The weeks or months.
    pub ticks: Vec<Tick>,
    /// Rows that belong together, under a name or without.
    pub groups: Vec<Group>,
    /// What the bars stand for, where there are two kinds.
    pub legend: Vec<LegendEntry>,
}

/// A week or month of the scale.
#[derive(Clone, Debug, Serialize)]
pub struct Tick {
    /// Where it starts, in percent of the width.
    pub x: String,
    /// "4", "J".
    pub label: String,
    /// The day on which it begins, or the year: "1 May"; on some ticks.
    pub note: Option<String>,
    /// How soon the note gives way where there is little room: 1 last.
    pub rank: u32,
}

/// Rows that belong together.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// "Dispatch rebuild".
    pub name: Option<String>,
    /// A grey fact beside the name: "COO".
    pub note: Option<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// What is done.
    pub what: String,
    /// What must hold, for a gate.
    pub detail: Option<String>,
    /// Where it leads, if anywhere.
    pub href: Option<String>,
    /// The second column: the owner.
    pub second: Option<String>,
    /// When, in words: "Weeks 4–6".
    pub when: String,
    /// The same as days: "1–21 May".
    pub days: Option<String>,
    /// The word of a milestone or a gate.
    pub mark: Option<String>,
    /// The bars.
    pub bars: Vec<Bar>,
    /// Where the milestone's or gate's shape stands, in percent of the width.
    pub point: Option<String>,
}

/// A bar.
#[derive(Clone, Debug, Serialize)]
pub struct Bar {
    /// Where it starts, in percent of the width.
    pub x: String,
    /// How wide it is, in percent of the width.
    pub width: String,
    /// How it is drawn.
    pub kind: BarKind,
}

/// How a bar is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BarKind {
    /// Outlined: what is suggested.
    Suggested,
    /// Filled: what is planned, or came to be.
    Real,
}

/// What a kind of bar stands for.
#[derive(Clone, Debug, Serialize)]
pub struct LegendEntry {
    /// The kind.
    pub kind: BarKind,
    /// "suggested".
    pub word: String,
}
