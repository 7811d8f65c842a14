//! One leadership session: held, skipped or awaiting.

use serde::Serialize;

use super::decision::{BetTable, DecisionRow, DecisionTable, FollowUpTable};
use super::frame::Frame;
use super::hour::Hour;
use super::overview::Changed;
use super::telemetry::{KpiReading, LayerRow, Telemetry};
use super::{Fact, Link, Markup, Sidenote, Status};
use crate::site::page::ready::Ready;

/// What `session-held.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct HeldPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// In the room, character, signals, outcome.
    pub facts: Vec<Fact>,
    /// The minutes; none where there is no plan to hold them against.
    pub hour: Option<Hour>,
    /// The way to the present view.
    pub present: Option<Link>,
    /// What changed since the session before.
    pub changed: Option<Changed>,
    /// What the narrative says before its first segment.
    pub lead: Option<Markup>,
    /// The six segments.
    pub segments: Vec<Segment>,
    /// Who was in the room and who was not.
    pub attendance: Option<Attendance>,
    /// Trust gained and lost.
    pub trust: Option<Ready<TrustTable>>,
    /// What is not broken yet.
    pub watch: Option<Ready<WatchTable>>,
    /// Who pushes back, and the response.
    pub pushback: Option<Ready<PushbackTable>>,
    /// What the system reported, as tables.
    pub telemetry: Option<Telemetry>,
    /// The sessions before and after.
    pub neighbours: Neighbours,
}

/// What `session-skipped.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct SkippedPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// Why there was no session, in the author's words.
    pub reason: String,
    /// What a board's memo shows in place of no answer.
    pub restated: Vec<Status>,
    /// What the rules say about it.
    pub sidenotes: Vec<Sidenote>,
    /// What the system reported anyway.
    pub telemetry: Option<Telemetry>,
    /// Trust gained and lost.
    pub trust: Option<Ready<TrustTable>>,
    /// What is not broken yet.
    pub watch: Option<Ready<WatchTable>>,
    /// Who pushes back, and the response.
    pub pushback: Option<Ready<PushbackTable>>,
    /// The sessions before and after.
    pub neighbours: Neighbours,
}

/// What `session-awaiting.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct AwaitingPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// The six segments as questions.
    pub agenda: Vec<AgendaRow>,
    /// What changed since the last session held.
    pub changed: Option<Changed>,
    /// What is not broken yet.
    pub watch: Option<Ready<WatchTable>>,
    /// Who should be in the room.
    pub who_comes: Option<WhoComes>,
    /// Trust gained and lost.
    pub trust: Option<Ready<TrustTable>>,
    /// Who pushes back, and the response.
    pub pushback: Option<Ready<PushbackTable>>,
    /// What the system reported.
    pub telemetry: Option<Telemetry>,
    /// The sessions before and after.
    pub neighbours: Neighbours,
    /// The way to the present view.
    pub present: Option<Link>,
}

/// One segment of a held session.
#[derive(Clone, Debug, Serialize)]
pub struct Segment {
    /// The section's id, unique on the page: `headroom`.
    pub id: String,
    /// "4".
    pub number: String,
    /// "Headroom".
    pub title: String,
    /// The minutes planned: "20".
    pub planned: String,
    /// The minutes that it took: "38"; none when not recorded.
    pub real: Option<String>,
    /// The narrative.
    pub narrative: Option<Markup>,
    /// What the layers reported, in the first segment.
    pub layers: Ready<Vec<LayerRow>>,
    /// KPIs, in the segments that discuss them.
    pub kpis: Vec<KpiReading>,
    /// The signals beside the text.
    pub sidenotes: Vec<Sidenote>,
    /// The grey line beside the text where there is no signal.
    pub quiet: Option<String>,
    /// The headroom bets, in the fourth segment.
    pub bets: Option<BetTable>,
    /// The Run decisions, in the fifth segment.
    pub decisions: Option<DecisionTable>,
    /// What became of the decisions before, in the fifth segment.
    pub follow_up: Option<FollowUpTable>,
    /// The closing answer, in the sixth segment.
    pub closing: Option<Closing>,
}

/// The closing answer.
#[derive(Clone, Debug, Serialize)]
pub struct Closing {
    /// "Is the system paying for itself?"
    pub question: String,
    /// "Yes.", with its shape and tone.
    pub answer: Status,
    /// What the answer rests on: "31 hours of dispatch a week against the
    /// retainer."
    pub evidence: Option<String>,
    /// What a board's memo shows in its place: "Restated: was yes, because
    /// the retainer was left out."
    pub restated: Vec<Status>,
}

/// One segment of an agenda.
#[derive(Clone, Debug, Serialize)]
pub struct AgendaRow {
    /// The section's id, unique on the page.
    pub id: String,
    /// When it starts: "0:30".
    pub clock: String,
    /// How long it takes: "20 min".
    pub minutes: String,
    /// "4".
    pub number: String,
    /// "Headroom".
    pub segment: String,
    /// What is to be answered.
    pub question: String,
    /// What the question rests on.
    pub support: Option<String>,
    /// The signals.
    pub sidenotes: Vec<Sidenote>,
    /// The grey line where there is no signal.
    pub quiet: Option<String>,
    /// Whether the question steps back: nothing needs an answer here.
    pub calm: bool,
    /// The decisions that need an answer, in the fifth segment.
    pub decisions: Vec<DecisionRow>,
}

/// Who should be in the room.
#[derive(Clone, Debug, Serialize)]
pub struct WhoComes {
    /// "Who comes".
    pub title: String,
    /// A sentence or two.
    pub text: String,
}

/// Who was in the room and who was not.
#[derive(Clone, Debug, Serialize)]
pub struct Attendance {
    /// "Four in the room, nobody missing".
    pub title: String,
    /// The seats.
    pub rows: Vec<AttendanceRow>,
}

/// One seat.
#[derive(Clone, Debug, Serialize)]
pub struct AttendanceRow {
    /// "CFO".
    pub seat: String,
    /// The seat's title in the firm: "Finance director".
    pub title: Option<String>,
    /// "In the room" or "Absent".
    pub status: Status,
    /// Why this seat came, or did not.
    pub reason: Option<String>,
}

/// Trust events.
#[derive(Clone, Debug, Serialize)]
pub struct TrustTable {
    /// "One gate earned trust".
    pub title: String,
    /// The events.
    pub rows: Vec<TrustRow>,
}

/// One trust event.
#[derive(Clone, Debug, Serialize)]
pub struct TrustRow {
    /// "Gain" or "Loss".
    pub change: Status,
    /// The layer's name.
    pub layer: String,
    /// What it is about, if not the whole layer: "Refund approval".
    pub subject: Option<String>,
    /// What happened.
    pub what: String,
    /// What follows: "Loosen the gate".
    pub action: Option<String>,
}

/// What is not broken yet.
#[derive(Clone, Debug, Serialize)]
pub struct WatchTable {
    /// "Not broken yet".
    pub title: String,
    /// What to watch.
    pub rows: Vec<WatchRow>,
}

/// One thing to watch.
#[derive(Clone, Debug, Serialize)]
pub struct WatchRow {
    /// "Seasonal".
    pub kind: String,
    /// What may break.
    pub what: String,
    /// Who watches it, or "—".
    pub owner: String,
    /// When it comes, or "—".
    pub due: String,
}

/// Who pushes back.
#[derive(Clone, Debug, Serialize)]
pub struct PushbackTable {
    /// "Pushback".
    pub title: String,
    /// A grey fact: "Leadership only".
    pub note: Option<String>,
    /// Each pushback.
    pub rows: Vec<PushbackRow>,
}

/// One pushback.
#[derive(Clone, Debug, Serialize)]
pub struct PushbackRow {
    /// Who.
    pub who: String,
    /// What they do.
    pub what: String,
    /// The response.
    pub response: String,
}

/// The sessions before and after.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Neighbours {
    /// "September 2026".
    pub previous: Option<Link>,
    /// "November 2026, awaiting its session".
    pub next: Option<Link>,
}
