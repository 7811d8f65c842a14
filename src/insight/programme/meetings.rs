//! Where each meeting stands: held or still to come, its agenda by the clock,
//! and what it has produced.

use chrono::NaiveDate;

use crate::engagement::Engagement;
use crate::engagement::programme::outline::{self, Output, Part, PreRead};
use crate::engagement::programme::{Meeting, Programme, Sitting, Statement};
use crate::source::field::Time;
use crate::source::month::Month;

/// Where a meeting stands.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingCourse {
    /// The meeting.
    pub meeting: Meeting,
    /// The month in whose folder its file lies, if there is one.
    pub month: Option<Month>,
    /// The day, if it is known; for the pre-work, on which it closes.
    pub date: Option<NaiveDate>,
    /// Whether it was held.
    pub state: State,
    /// The agenda; empty if it has none. Of a session without a file, it is
    /// the programme's own.
    pub agenda: Vec<Slot>,
    /// What the agenda's points take together, in minutes, breaks among them.
    pub agenda_minutes: u32,
    /// What it must produce, in order.
    pub outputs: Vec<OutputState>,
}

/// Whether a meeting was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// There is no day for it.
    NotPlanned,
    /// Its day is still to come.
    Planned,
    /// Its day has come, and nothing is noted of it.
    Unrecorded,
    /// Its day has come, and something is noted of it.
    Held,
}

/// A point of the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// When it begins, in hours and minutes from the session's beginning.
    pub from: Time,
    /// When it ends.
    pub to: Time,
    /// What it takes, in minutes.
    pub minutes: u32,
    /// The time of day, if it is known when the session begins.
    pub clock: Option<(Time, Time)>,
    /// In words.
    pub item: String,
    /// What it comes to, if that is said.
    pub note: Option<String>,
}

/// Something that a meeting must produce.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputState {
    /// What.
    pub output: &'static Output,
    /// What it still lacks; empty once it is delivered.
    pub missing: Vec<Part>,
}

impl OutputState {
    /// Whether it is there, with everything that belongs to it.
    pub fn is_delivered(&self) -> bool {
        self.missing.is_empty()
    }
}

impl MeetingCourse {
    /// How many outputs are delivered.
    pub fn delivered(&self) -> usize {
        self.outputs
            .iter()
            .filter(|output| output.is_delivered())
            .count()
    }
}

pub(super) fn all(engagement: &Engagement) -> Vec<MeetingCourse> {
    let programme = &engagement.programme;
    Meeting::ALL
        .into_iter()
        .map(|meeting| {
            let agenda = agenda(meeting, programme.sitting(meeting));
            MeetingCourse {
                meeting,
                month: programme.month(meeting),
                date: programme.date(meeting),
                state: state(programme, meeting, engagement.as_of),
                agenda_minutes: agenda.iter().map(|slot| slot.minutes).sum(),
                agenda,
                outputs: outputs(programme, meeting),
            }
        })
        .collect()
}

fn state(programme: &Programme, meeting: Meeting, as_of: NaiveDate) -> State {
    let recorded = programme.is_recorded(meeting);
    match programme.date(meeting) {
        Some(date) if date > as_of => State::Planned,
        Some(_) | None if recorded => State::Held,
        Some(_) => State::Unrecorded,
        None => State::NotPlanned,
    }
}

fn agenda(meeting: Meeting, sitting: Option<&Sitting>) -> Vec<Slot> {
    let slot = |from: u32, to: u32, item: &str, note: Option<&str>| {
        let begins = sitting.and_then(|sitting| sitting.begins);
        Slot {
            from: Time { minutes: from },
            to: Time { minutes: to },
            minutes: to.saturating_sub(from),
            clock: begins.map(|begins| (begins.plus(from), begins.plus(to))),
            item: item.to_owned(),
            note: note.map(ToOwned::to_owned),
        }
    };
    match sitting {
        Some(sitting) => sitting
            .agenda
            .iter()
            .map(|point| slot(point.from, point.to, &point.item, point.note.as_deref()))
            .collect(),
        None => outline::of(meeting)
            .agenda
            .iter()
            .map(|point| slot(point.from, point.to, point.item, point.note))
            .collect(),
    }
}

fn outputs(programme: &Programme, meeting: Meeting) -> Vec<OutputState> {
    let outputs = outline::of(meeting).outputs.iter();
    outputs
        .map(|output| OutputState {
            output,
            missing: output
                .parts
                .iter()
                .copied()
                .filter(|part| !is_there(programme, *part))
                .collect(),
        })
        .collect()
}

fn is_there(programme: &Programme, part: Part) -> bool {
    let sent = |wanted: PreRead| {
        let pre_work = programme.pre_work.iter();
        pre_work
            .flat_map(|pre_work| &pre_work.pre_reads)
            .any(|sent| sent.what == wanted && sent.on.is_some())
    };
    match part {
        Part::ContextBrief => sent(PreRead::ContextBrief),
        Part::HypothesisTree => sent(PreRead::HypothesisTree),
        Part::MetricsModel => sent(PreRead::MetricsModel),
        Part::Memo => has_text(programme, Meeting::CurrentState),
        Part::Brief => has_text(programme, Meeting::DecisionBrief),
        Part::Statement
        | Part::Signatures
        | Part::Scorecard
        | Part::Constraints
        | Part::RiskAppetite
        | Part::DecisionRights => in_end_state(programme, part),
        Part::Flow | Part::Bottlenecks | Part::Heatmap => in_current_state(programme, part),
        Part::SelectedPath | Part::Rationale | Part::Alternatives | Part::Assumptions => {
            in_path(programme, part)
        }
        Part::Workstreams => !programme.workstreams().is_empty(),
        Part::Plan
        | Part::Roadmap
        | Part::Gates
        | Part::Resourcing
        | Part::Risks
        | Part::Cadence => in_decision_brief(programme, part),
    }
}

fn has_text(programme: &Programme, meeting: Meeting) -> bool {
    programme.text(meeting).is_some_and(|text| !text.is_empty())
}

fn in_end_state(programme: &Programme, part: Part) -> bool {
    let Some(session) = &programme.end_state else {
        return false;
    };
    let statement = session.statement.as_ref();
    match part {
        Part::Statement => {
            session.sitting.has_text() || statement.is_some_and(|said| said.says.is_some())
        }
        Part::Signatures => statement.is_some_and(Statement::is_signed),
        Part::Scorecard => !session.scorecard.is_empty(),
        Part::Constraints => !session.constraints.is_empty(),
        Part::RiskAppetite => !session.appetite.is_empty(),
        Part::DecisionRights => !session.decision_rights.is_empty(),
        _ => false,
    }
}

fn in_current_state(programme: &Programme, part: Part) -> bool {
    let Some(session) = &programme.current_state else {
        return false;
    };
    match part {
        Part::Flow => !session.flow.is_empty(),
        Part::Bottlenecks => !session.bottlenecks.is_empty(),
        Part::Heatmap => !session.heatmap.is_empty(),
        _ => false,
    }
}

fn in_path(programme: &Programme, part: Part) -> bool {
    let Some(session) = &programme.path else {
        return false;
    };
    let selected = session.selected();
    match part {
        Part::SelectedPath => selected.is_some(),
        Part::Rationale => {
            selected.is_some_and(|pathway| pathway.reason.is_some() || session.sitting.has_text())
        }
        Part::Alternatives => {
            let rejected = || session.pathways.iter().filter(|pathway| !pathway.selected);
            rejected().next().is_some() && rejected().all(|pathway| pathway.reason.is_some())
        }
        Part::Assumptions => !session.assumptions.is_empty(),
        _ => false,
    }
}

fn in_decision_brief(programme: &Programme, part: Part) -> bool {
    let Some(session) = &programme.decision_brief else {
        return false;
    };
    match part {
        Part::Plan => !session.plan.is_empty(),
        Part::Roadmap => !session.roadmap.is_empty(),
        Part::Gates => !session.gates.is_empty(),
        Part::Resourcing => !session.resourcing.is_empty(),
        Part::Risks => !session.risks.is_empty(),
        // The programme's own stands only once the session has met.
        Part::Cadence => session.is_recorded() && !session.cadence.is_empty(),
        _ => false,
    }
}
