//! The executive programme: where it stands, and what its pages share.
//!
//! | template | view |
//! |---|---|
//! | `programme.html` | [`ProgrammePage`] |
//! | `programme-planned.html` | [`PlannedPage`] |
//! | `pre-work.html` | [`PreWorkPage`] |
//! | `end-state.html` | [`end_state::EndStatePage`] |
//! | `current-state.html` | [`current_state::CurrentStatePage`] |
//! | `path.html` | [`path::PathPage`] |
//! | `decision-brief.html` | [`decision_brief::DecisionBriefPage`] |

pub mod current_state;
pub mod decision_brief;
pub mod end_state;
pub mod gantt;
pub mod path;

use serde::Serialize;

use super::frame::{Frame, NavItem};
use super::session::Neighbours;
use super::{Link, Markup, Sidenote, Status};
use gantt::Gantt;

/// What `programme.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct ProgrammePage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// The meetings that have a page.
    pub tabs: Vec<NavItem>,
    /// "Twenty of twenty-one outputs delivered".
    pub title: String,
    /// The five meetings with their outputs, in order.
    pub meetings: Vec<MeetingOutputs>,
    /// What someone should look at, in any meeting.
    pub cautions: Option<Cautions>,
    /// The suggested weeks against the real dates.
    pub weeks: Option<Gantt>,
    /// The seven seats at the five meetings.
    pub coverage: Coverage,
}

/// A meeting with what it must produce.
#[derive(Clone, Debug, Serialize)]
pub struct MeetingOutputs {
    /// "Session 1".
    pub number: Option<String>,
    /// "End state".
    pub name: String,
    /// Its page, if it has one.
    pub href: Option<String>,
    /// "18 March 2025"; "No date yet".
    pub date: String,
    /// Held, planned.
    pub status: Status,
    /// "4 of 4 outputs".
    pub delivered: String,
    /// Its outputs.
    pub outputs: Vec<Output>,
}

/// The seven seats at the five meetings.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// "All seven seats were at every session".
    pub title: String,
    /// The meetings' names, in order.
    pub meetings: Vec<String>,
    /// The seats, in order.
    pub rows: Vec<CoverageRow>,
}

/// A seat's row.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageRow {
    /// "CEO or business unit GM".
    pub seat: String,
    /// Who fills it: "CEO"; "nobody yet".
    pub by: String,
    /// At each meeting, in order.
    pub at: Vec<Status>,
}

/// What someone should look at.
#[derive(Clone, Debug, Serialize)]
pub struct Cautions {
    /// "Two things need attention".
    pub title: String,
    /// Each of them.
    pub notes: Vec<Sidenote>,
}

/// What `programme-planned.html` sees: a session of which nothing is noted
/// but its day.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// What every meeting's page has.
    pub meeting: MeetingParts,
    /// What is done for it, if that is more than a meeting.
    pub work: Vec<Listed>,
}

/// A list under a title.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    /// The section's id, unique on the page.
    pub id: String,
    /// "What is done".
    pub title: String,
    /// The points.
    pub points: Vec<String>,
}

/// What `pre-work.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct PreWorkPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// What every meeting's page has.
    pub meeting: MeetingParts,
    /// What the firm is asked for.
    pub inputs: ReceivedTable,
    /// What the executives are sent.
    pub pre_reads: ReceivedTable,
    /// Who fills the seven seats.
    pub seats: SeatsTable,
}

/// What was received or sent.
#[derive(Clone, Debug, Serialize)]
pub struct ReceivedTable {
    /// "All six inputs came".
    pub title: String,
    /// The things.
    pub rows: Vec<ReceivedRow>,
}

/// One thing that is received or sent.
#[derive(Clone, Debug, Serialize)]
pub struct ReceivedRow {
    /// "Delivery metrics".
    pub what: String,
    /// "lead time, deployment frequency".
    pub detail: Option<String>,
    /// "Received", "Outstanding".
    pub status: Status,
    /// The day, or "—".
    pub on: String,
}

/// Who fills the seven seats.
#[derive(Clone, Debug, Serialize)]
pub struct SeatsTable {
    /// "All seven seats are filled".
    pub title: String,
    /// The seats.
    pub rows: Vec<SeatRow>,
}

/// A seat.
#[derive(Clone, Debug, Serialize)]
pub struct SeatRow {
    /// "CEO or business unit GM".
    pub seat: String,
    /// Who fills it: "Chief executive".
    pub by: Option<String>,
    /// Filled, missing, in the room.
    pub status: Status,
    /// Why who fills it came, where that is said.
    pub reason: Option<String>,
}

/// What every meeting's page has beside its own content.
#[derive(Clone, Debug, Serialize)]
pub struct MeetingParts {
    /// The meetings that have a page.
    pub tabs: Vec<NavItem>,
    /// What someone should look at here.
    pub cautions: Option<Cautions>,
    /// What it must produce.
    pub outputs: Outputs,
    /// Its agenda, if it has one.
    pub agenda: Option<Agenda>,
    /// Who was there, or must be.
    pub room: Option<Room>,
    /// The text beside its file.
    pub text: Option<Text>,
    /// The sessions before and after.
    pub neighbours: Neighbours,
}

/// What a meeting must produce.
#[derive(Clone, Debug, Serialize)]
pub struct Outputs {
    /// "All four outputs delivered".
    pub title: String,
    /// A grey fact: what the meeting is for.
    pub note: Option<String>,
    /// The outputs.
    pub rows: Vec<Output>,
}

/// Something that a meeting must produce.
#[derive(Clone, Debug, Serialize)]
pub struct Output {
    /// "Success scorecard with metric definitions".
    pub name: String,
    /// Delivered, missing, to come.
    pub status: Status,
    /// "Missing: the signatures".
    pub missing: Option<String>,
    /// Where it stands, if it is there.
    pub href: Option<String>,
}

/// An agenda by the clock.
#[derive(Clone, Debug, Serialize)]
pub struct Agenda {
    /// "Three hours on seven points".
    pub title: String,
    /// A grey fact: "09:00 to 12:00".
    pub note: Option<String>,
    /// The points, in order.
    pub rows: Vec<AgendaPoint>,
}

/// A point of an agenda.
#[derive(Clone, Debug, Serialize)]
pub struct AgendaPoint {
    /// When it begins: "09:20"; without a time of day "00:20" from the start.
    pub from: String,
    /// When it ends.
    pub to: String,
    /// "35 min".
    pub minutes: String,
    /// In words.
    pub item: String,
    /// What it comes to.
    pub note: Option<String>,
}

/// Who was in the room, or must be.
#[derive(Clone, Debug, Serialize)]
pub struct Room {
    /// "Seven of seven seats in the room".
    pub title: String,
    /// The seven seats.
    pub rows: Vec<SeatRow>,
    /// Who else was there: "Also there: consultant (in the chair)".
    pub others: Option<String>,
}

/// The text beside a meeting's file.
#[derive(Clone, Debug, Serialize)]
pub struct Text {
    /// The section's id, unique on the page.
    pub id: String,
    /// "What is true".
    pub title: String,
    /// What stands before the first heading.
    pub lead: Option<Markup>,
    /// Its sections.
    pub sections: Vec<TextSection>,
}

/// A section of a text.
#[derive(Clone, Debug, Serialize)]
pub struct TextSection {
    /// Its id, unique on the page.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// What stands below it.
    pub body: Option<Markup>,
}

/// A section with an owner for each part of the work.
#[derive(Clone, Debug, Serialize)]
pub struct Owners {
    /// "Five workstreams, an owner each".
    pub title: String,
    /// The workstreams.
    pub rows: Vec<Owned>,
    /// Where they are from, if not from this session.
    pub note: Option<Link>,
}

/// A workstream and its owner.
#[derive(Clone, Debug, Serialize)]
pub struct Owned {
    /// "Dispatch rebuild".
    pub name: String,
    /// "COO".
    pub owner: String,
}

/// A signature.
#[derive(Clone, Debug, Serialize)]
pub struct Signed {
    /// "CEO".
    pub seat: String,
    /// "Chief executive".
    pub title: Option<String>,
    /// "18 Mar 2025".
    pub date: String,
}
