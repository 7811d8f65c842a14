//! The pre-work's page: what came, what was sent, who fills the seats.

use crate::engagement::programme::outline::Part;
use crate::engagement::programme::{Filled, Meeting, PreWork, Received};
use crate::insight::programme::{Presence, State};
use crate::site::figure::{self, NOT_REPORTED};
use crate::site::page::label;
use crate::site::page::view::programme::{
    PreWorkPage, ReceivedRow, ReceivedTable, SeatRow, SeatsTable,
};
use crate::site::page::view::{Shape, Status, Tone};
use crate::site::prose::WrittenLink;

use super::name_and_detail;
use super::parts::{Parts, capital_count, presence};

const PLACES: [(Part, &str); 3] = [
    (Part::ContextBrief, "pre-reads"),
    (Part::HypothesisTree, "pre-reads"),
    (Part::MetricsModel, "pre-reads"),
];

pub(super) fn page(parts: Parts<'_>, pre_work: &PreWork) -> (PreWorkPage, Vec<WrittenLink>) {
    let (meeting, written) = parts.parts(&PLACES);
    let late = parts.course.state == State::Held;
    let inputs: Vec<ReceivedRow> = pre_work
        .inputs
        .iter()
        .map(|input| row(input, input.what.name(), "Received", late))
        .collect();
    let pre_reads: Vec<ReceivedRow> = pre_work
        .pre_reads
        .iter()
        .map(|sent| row(sent, sent.what.name(), "Sent", late))
        .collect();
    let page = PreWorkPage {
        frame: parts.frame(),
        meeting,
        inputs: ReceivedTable {
            title: came(&pre_work.inputs, "inputs received"),
            rows: inputs,
        },
        pre_reads: ReceivedTable {
            title: came(&pre_work.pre_reads, "pre-reads sent"),
            rows: pre_reads,
        },
        seats: seats(parts, pre_work),
    };
    (page, written)
}

fn came<T>(received: &[Received<T>], what: &str) -> String {
    let on = received.iter().filter(|thing| thing.on.is_some()).count();
    let all = figure::in_words(received.len());
    if on == received.len() {
        format!("All {all} {what}")
    } else {
        format!("{} of {all} {what}", capital_count(on))
    }
}

fn row<T>(thing: &Received<T>, name: &str, done: &str, late: bool) -> ReceivedRow {
    let (what, detail) = name_and_detail(name);
    ReceivedRow {
        what,
        detail,
        status: match (thing.on, late) {
            (Some(_), _) => Status::new(Tone::Good, Shape::Dot, done),
            (None, true) => Status::new(Tone::Warn, Shape::Down, "Outstanding"),
            (None, false) => Status::new(Tone::Neutral, Shape::Ring, "Outstanding"),
        },
        on: thing
            .on
            .map_or_else(|| NOT_REPORTED.to_owned(), figure::short_day),
    }
}

fn seats(parts: Parts<'_>, pre_work: &PreWork) -> SeatsTable {
    let needed = pre_work
        .seats
        .iter()
        .filter(|seat| !matches!(seat.by, Filled::NotRelevant));
    let filled = needed
        .clone()
        .filter(|seat| matches!(seat.by, Filled::By(_)))
        .count();
    let needed = needed.count();
    let title = if filled == needed {
        format!("All {} seats are filled", figure::in_words(needed))
    } else {
        format!(
            "{} of {} seats filled",
            capital_count(filled),
            figure::in_words(needed)
        )
    };
    let rows = pre_work.seats.iter().map(|seat| {
        let state = match &seat.by {
            Filled::By(_) => Presence::Present,
            Filled::NotRelevant => Presence::NotRelevant,
            Filled::Nobody => Presence::Unfilled,
        };
        let by = pre_work.filled_by(seat.seat);
        let firm = parts.context.firm();
        let title = by.and_then(|by| firm.seats.get(by)?.title.clone());
        SeatRow {
            seat: seat.seat.name().to_owned(),
            by: title.or_else(|| by.map(label::seat)),
            status: presence(state, Meeting::PreWork),
            reason: None,
        }
    });
    SeatsTable {
        title,
        rows: rows.collect(),
    }
}
