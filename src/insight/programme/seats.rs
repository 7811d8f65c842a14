//! The seven seats, and at which meetings they were there.

use super::meetings::{MeetingCourse, State};
use crate::engagement::programme::outline::ProgrammeSeat;
use crate::engagement::programme::{Filled, Meeting, Programme};

/// A seat of the programme over the five meetings.
#[derive(Clone, Debug, PartialEq)]
pub struct SeatRow {
    /// The seat.
    pub seat: ProgrammeSeat,
    /// The engagement's seat that fills it, if one does.
    pub filled_by: Option<String>,
    /// Whether it was there, at each meeting in order.
    pub at: [Presence; 5],
}

/// Whether a seat was at a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It was there; at the pre-work, somebody is named for it.
    Present,
    /// It wasn't.
    Absent,
    /// Nobody is named for it.
    Unfilled,
    /// The programme does without it.
    NotRelevant,
    /// It wasn't noted who was there, or who fills the seats.
    NotNoted,
    /// The meeting wasn't held yet.
    ToCome,
}

pub(super) fn coverage(programme: &Programme, meetings: &[MeetingCourse]) -> Vec<SeatRow> {
    ProgrammeSeat::ALL
        .into_iter()
        .map(|seat| SeatRow {
            seat,
            filled_by: programme
                .pre_work
                .as_ref()
                .and_then(|pre_work| pre_work.filled_by(seat))
                .map(ToOwned::to_owned),
            at: Meeting::ALL.map(|meeting| {
                let held = meetings
                    .iter()
                    .any(|course| course.meeting == meeting && course.state == State::Held);
                presence(programme, seat, meeting, held)
            }),
        })
        .collect()
}

fn presence(programme: &Programme, seat: ProgrammeSeat, meeting: Meeting, held: bool) -> Presence {
    let Some(pre_work) = &programme.pre_work else {
        return if held {
            Presence::NotNoted
        } else {
            Presence::ToCome
        };
    };
    let filled = pre_work.seats.iter().find(|filled| filled.seat == seat);
    let by = match filled.map(|filled| &filled.by) {
        Some(Filled::NotRelevant) => return Presence::NotRelevant,
        Some(Filled::By(by)) => Some(&by.value),
        Some(Filled::Nobody) | None => None,
    };
    if meeting == Meeting::PreWork {
        return if by.is_some() {
            Presence::Present
        } else {
            Presence::Unfilled
        };
    }
    let Some(sitting) = programme.sitting(meeting).filter(|_| held) else {
        return Presence::ToCome;
    };
    let Some(by) = by else {
        return Presence::Unfilled;
    };
    if sitting.attendance.is_empty() {
        return Presence::NotNoted;
    }
    let there = sitting
        .attendance
        .iter()
        .any(|attendee| attendee.seat.value == *by);
    if there {
        Presence::Present
    } else {
        Presence::Absent
    }
}
