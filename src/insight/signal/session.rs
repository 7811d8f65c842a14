//! The loop itself: whether the session is held, by whom, and what it
//! answers.

use super::{Code, Figures, Judged, Signal, Tone};
use crate::insight::progress::SessionState;
use crate::insight::verdict::{above, at_least};
use crate::source::document::Answer;

/// Who belongs in the room, by seat.
const ROOM: [&str; 4] = ["ceo", "coo", "cfo", "consultant"];

/// *session-skipped*: the loop is broken.
///
/// Fires for one, two, three Run months in a row without a held session; from
/// `skipped-exit-risk` it is an exit risk. The row ends with this month if
/// its session was skipped. Else it ends with the month before: a month whose
/// telemetry is in may still hold its session, and that session is where the
/// pattern is called out before it hardens. Not after graduation, when the
/// reviews are quarterly. Clients who skip three in a row almost always leave
/// Run. From month 2 against month 12.
pub(super) fn skipped(judged: &Judged<'_>) -> Vec<Signal> {
    let Some(run) = judged.run.filter(|_| !judged.is_graduated()) else {
        return Vec::new();
    };
    let this_month = judged.is_skipped();
    let last = if this_month {
        run.number
    } else {
        run.number - 1
    };
    let not_held = judged
        .known
        .run_months
        .iter()
        .rev()
        .skip_while(|other| other.number > last)
        .take_while(|other| other.session != SessionState::Held);
    let in_a_row = u32::try_from(not_held.count()).unwrap_or(u32::MAX);
    if in_a_row == 0 {
        return Vec::new();
    }
    let threshold = judged.playbook.skipped_exit_risk;
    let exit_risk = at_least(f64::from(in_a_row), threshold);
    let figures = Figures::Skipped {
        in_a_row,
        this_month,
        threshold,
        exit_risk,
    };
    vec![Signal::new(
        Code::SessionSkipped,
        None,
        figures,
        Tone::Warning,
    )]
}

/// *ceo-absent*: the CEO wasn't in the room. No proxies.
///
/// Fires when a held session noted who came, and the seat `ceo` isn't among
/// them. Pruning, retuning, headroom and graduation are the CEO's calls, and
/// a deputy can't make them. From the monthly session.
pub(super) fn ceo_absent(judged: &Judged<'_>) -> Vec<Signal> {
    let room = judged
        .held()
        .map(|held| &*held.attendance)
        .unwrap_or_default();
    if room.is_empty() || room.iter().any(|attendee| attendee.seat.value == "ceo") {
        return Vec::new();
    }
    let figures = Figures::Room {
        people: room.len(),
        threshold: judged.playbook.room_largest,
    };
    vec![Signal::new(
        Code::CeoAbsent,
        Some("ceo"),
        figures,
        Tone::Warning,
    )]
}

/// *room-too-large*: too many people, or the wrong ones. Keep it small.
///
/// Fires when more than `room-largest` people were in the room, and for each
/// seat other than the CEO's, COO's, CFO's and the consultant's. Headroom
/// needs candour about weaknesses that few leaders show before their own
/// reports; who is needed for one decision is talked to separately. From the
/// monthly session.
pub(super) fn room_too_large(judged: &Judged<'_>) -> Vec<Signal> {
    let room = judged
        .held()
        .map(|held| &*held.attendance)
        .unwrap_or_default();
    let threshold = judged.playbook.room_largest;
    let signal = |seat| {
        Signal::new(
            Code::RoomTooLarge,
            seat,
            Figures::Room {
                people: room.len(),
                threshold,
            },
            Tone::Warning,
        )
    };
    let people = u32::try_from(room.len()).unwrap_or(u32::MAX);
    let too_many = above(f64::from(people), threshold).then(|| signal(None));
    let mut others: Vec<&str> = room.iter().map(|attendee| &*attendee.seat.value).collect();
    others.retain(|seat| !ROOM.contains(seat));
    others.sort_unstable();
    others.dedup();
    too_many
        .into_iter()
        .chain(others.into_iter().map(|seat| signal(Some(seat))))
        .collect()
}

/// *not-paying*: the closing answer is no or unclear. The month's highest
/// priority.
///
/// Fires on a held session's answer. If nobody can tell whether the system
/// pays for itself, either the measurement is broken or the system is. From
/// the monthly session.
pub(super) fn not_paying(judged: &Judged<'_>) -> Vec<Signal> {
    let answer = judged.held().map(|held| held.closing.answer.value);
    let other = answer.filter(|answer| *answer != Answer::Yes);
    other
        .map(|answer| {
            Signal::new(
                Code::NotPaying,
                None,
                Figures::Answer(answer),
                Tone::Warning,
            )
        })
        .into_iter()
        .collect()
}

/// *graduation-talk*: the answer has been yes for a year. Start the
/// conversation.
///
/// Fires from a streak of `graduation-streak` yes months, until graduation. A
/// month that awaits its session goes by the streak it found. The goal of
/// Run is not to be needed: by then the firm's own leadership runs the
/// system. From the monthly session.
pub(super) fn graduation_talk(judged: &Judged<'_>) -> Vec<Signal> {
    let threshold = judged.playbook.graduation_streak;
    let streak = judged.streak();
    let open = at_least(f64::from(streak), threshold) && !judged.is_graduated();
    let figures = Figures::Streak { streak, threshold };
    open.then(|| Signal::new(Code::GraduationTalk, None, figures, Tone::Opening))
        .into_iter()
        .collect()
}
