//! What every meeting's page has beside its own content.

use std::collections::BTreeMap;

use crate::engagement::programme::outline::{self, Part};
use crate::engagement::programme::{Meeting, Signature, Workstream};
use crate::insight::programme::{
    Caution, Concern, MeetingCourse, OutputState, Presence, Slot, State,
};
use crate::site::figure;
use crate::site::page::frame::{Context, Opening, frame};
use crate::site::page::sequence::Sat;
use crate::site::page::view::frame::{Frame, NavItem, StripItem};
use crate::site::page::view::programme::{
    Agenda, AgendaPoint, Cautions, Listed, MeetingParts, Output, Outputs, Owned, Owners,
    PlannedPage, Room, SeatRow, Signed, Text, TextSection,
};
use crate::site::page::view::session::Neighbours;
use crate::site::page::view::{Shape, Sidenote, Status, Tone};
use crate::site::page::{headline, label, sequence};
use crate::site::prose::{ProseWriter, WrittenLink};
use crate::site::route::Route;

/// What a meeting's page is made of.
#[derive(Clone, Copy)]
pub(super) struct Parts<'p> {
    pub(super) context: Context<'p>,
    pub(super) meeting: Meeting,
    pub(super) route: &'p Route,
    pub(super) course: &'p MeetingCourse,
}

/// The ids that the pages' own sections have.
const IDS: [&str; 34] = [
    "main",
    "waiting-hatch",
    "cautions",
    "outputs",
    "agenda",
    "room",
    "text",
    "work",
    "measures",
    "inputs",
    "pre-reads",
    "seats",
    "statement",
    "scorecard",
    "rights",
    "constraints",
    "appetite",
    "flow",
    "bottlenecks",
    "heatmap",
    "interviews",
    "controls",
    "matrix",
    "chosen",
    "assumptions",
    "owners",
    "plan",
    "roadmap",
    "resourcing",
    "commitments",
    "risks",
    "rejected",
    "cadence",
    "sign-off",
];

impl Parts<'_> {
    fn neighbours(self) -> Neighbours {
        let month = self.context.programme().month(self.meeting);
        month.map_or_else(Neighbours::default, |month| {
            sequence::neighbours(self.context, Sat::Programme(self.meeting, month))
        })
    }

    /// The page's frame: the strip says which session, when and how it
    /// stands.
    pub(super) fn frame(self) -> Frame {
        let name = label::meeting(self.meeting);
        let mut strip = vec![match outline::of(self.meeting).session {
            Some(number) => {
                StripItem::period(format!("Session {number}"), Some(name.to_lowercase()))
            }
            None => StripItem::period(name, None),
        }];
        strip.extend(self.course.date.map(|date| {
            let date = figure::day(date);
            StripItem::text(match (self.meeting, self.course.state) {
                (Meeting::PreWork, State::Held) => format!("Closed {date}"),
                (Meeting::PreWork, _) => format!("Closes {date}"),
                (_, State::Held) => format!("Held {date}"),
                _ => format!("Planned for {date}"),
            })
        }));
        let as_of = figure::day(self.context.as_of());
        strip.push(StripItem::text(format!("As of {as_of}")));
        strip.push(StripItem::status(self.status()));
        let (headline, deck) = headline::meeting(self.context, self.meeting);
        frame(
            self.context,
            self.route,
            Opening {
                title: sequence::named(self.meeting),
                strip,
                headline,
                deck,
            },
        )
    }

    fn status(self) -> Status {
        let selected = || self.context.course().matrix.as_ref()?.selected();
        let signed_off = || {
            let brief = self.context.programme().decision_brief.as_ref();
            brief.is_some_and(|brief| !brief.sign_off.is_empty())
        };
        match (self.meeting, self.course.state) {
            (Meeting::Path, State::Held) if selected().is_some() => {
                Status::new(Tone::Good, Shape::Dot, "Decided")
            }
            (Meeting::DecisionBrief, State::Held) if signed_off() => {
                Status::new(Tone::Good, Shape::Dot, "Signed off")
            }
            (meeting, state) => label::meeting_state(meeting, state),
        }
    }

    /// A session of which nothing is noted yet.
    pub(super) fn planned(self) -> PlannedPage {
        let (meeting, _) = self.parts(&[]);
        let listed = |id: &str, title: &str, points: &[&str]| Listed {
            id: id.to_owned(),
            title: title.to_owned(),
            points: points.iter().map(|point| (*point).to_owned()).collect(),
        };
        let work = if self.meeting == Meeting::CurrentState {
            vec![
                listed("work", "What is done", &outline::CURRENT_STATE_WORK),
                listed(
                    "measures",
                    "What is measured",
                    &outline::CURRENT_STATE_MEASURES,
                ),
            ]
        } else {
            Vec::new()
        };
        PlannedPage {
            frame: self.frame(),
            meeting,
            work,
        }
    }

    /// The parts, and the links that the author wrote. `places` are the
    /// sections in which the outputs' parts stand.
    pub(super) fn parts(self, places: &[(Part, &str)]) -> (MeetingParts, Vec<WrittenLink>) {
        let (text, written) = self.text();
        let cautions = self.context.course().cautions_of(self.meeting);
        let parts = MeetingParts {
            tabs: tabs(self.context, self.route),
            cautions: self::cautions(cautions, |_| None),
            outputs: self.outputs(places),
            agenda: self.agenda(),
            room: self.room(),
            text,
            neighbours: self.neighbours(),
        };
        (parts, written)
    }

    fn outputs(self, places: &[(Part, &str)]) -> Outputs {
        let outputs = &self.course.outputs;
        let all = outputs.len();
        let title = match (self.course.state, self.course.delivered()) {
            (State::Held, made) if made == all => {
                format!("All {} outputs delivered", figure::in_words(all))
            }
            (State::Held, made) => format!(
                "{} of {} outputs delivered",
                figure::capital(&figure::in_words(made)),
                figure::in_words(all)
            ),
            _ => {
                let outputs = figure::counted(all, "output", "outputs");
                format!("It must produce {outputs}")
            }
        };
        let rows = outputs.iter().map(|state| {
            let parts = &state.output.parts;
            let place = places
                .iter()
                .find(|(part, _)| parts.contains(part) && !state.missing.contains(part));
            Output {
                href: place.map(|(_, id)| format!("#{id}")),
                ..output(state, self.course.state)
            }
        });
        Outputs {
            title,
            note: Some(outline::of(self.meeting).goal.to_owned()),
            rows: rows.collect(),
        }
    }

    fn agenda(self) -> Option<Agenda> {
        let slots = &self.course.agenda;
        let (first, last) = (slots.first()?, slots.last()?);
        let clock = first.clock.zip(last.clock);
        let note = clock.map(|((from, _), (_, to))| format!("{from} to {to}"));
        Some(Agenda {
            title: format!(
                "{} on the agenda",
                figure::capital(&hours(self.course.agenda_minutes))
            ),
            note,
            rows: slots.iter().map(agenda_point).collect(),
        })
    }

    /// The seven seats here; of the pre-work its page has a table.
    fn room(self) -> Option<Room> {
        let sitting = self.context.programme().sitting(self.meeting)?;
        let at = Meeting::ALL
            .iter()
            .position(|meeting| *meeting == self.meeting)?;
        let coverage = &self.context.course().coverage;
        let held = self.course.state == State::Held;
        let reason_of = |seat: &str| {
            let attendee = sitting.attendance.iter().find(|who| who.seat.value == seat);
            attendee.and_then(|attendee| attendee.reason.as_deref().map(figure::capital))
        };
        let rows = coverage.iter().map(|row| SeatRow {
            seat: row.seat.name().to_owned(),
            by: row.filled_by.as_deref().map(label::seat),
            status: presence(row.at[at], self.meeting),
            reason: row.filled_by.as_deref().and_then(reason_of),
        });
        let filling: Vec<&str> = coverage
            .iter()
            .filter_map(|row| row.filled_by.as_deref())
            .collect();
        let others: Vec<String> = sitting
            .attendance
            .iter()
            .filter(|who| !filling.contains(&&*who.seat.value))
            .map(|who| match &who.reason {
                Some(reason) => format!("{} ({reason})", label::seat_in_sentence(&who.seat.value)),
                None => label::seat_in_sentence(&who.seat.value),
            })
            .collect();
        let needed = coverage
            .iter()
            .filter(|row| row.at[at] != Presence::NotRelevant)
            .count();
        let there = coverage
            .iter()
            .filter(|row| row.at[at] == Presence::Present)
            .count();
        let title = if !held {
            format!("{} seats must be there", capital_count(needed))
        } else if sitting.attendance.is_empty() {
            "Who was there was not noted".to_owned()
        } else {
            format!(
                "{} of {} seats in the room",
                capital_count(there),
                figure::in_words(needed)
            )
        };
        Some(Room {
            title,
            rows: rows.collect(),
            others: (!others.is_empty()).then(|| format!("Also there: {}.", figure::list(&others))),
        })
    }

    fn text(self) -> (Option<Text>, Vec<WrittenLink>) {
        let programme = self.context.programme();
        let Some(text) = programme.text(self.meeting).filter(|text| !text.is_empty()) else {
            return (None, Vec::new());
        };
        let no_targets = BTreeMap::new();
        let targets = if text.targets.is_empty() {
            &no_targets
        } else {
            &text.targets
        };
        let mut writer = ProseWriter::new(self.route, self.route, targets, self.context);
        writer.reserve(&IDS);
        let brief = self.context.programme().decision_brief.as_ref();
        for number in 1..=brief.map_or(0, |brief| brief.risks.len()) {
            writer.reserve(&[&format!("risk-{number}")]);
        }
        let lead = writer.markup(&text.lead);
        let sections = text.sections.iter().map(|section| TextSection {
            id: writer.heading_id(&section.heading),
            heading: section.heading.clone(),
            body: writer.markup(&section.body),
        });
        let sections = sections.collect();
        let title = match self.meeting {
            Meeting::PreWork => "From the pre-work",
            Meeting::EndState | Meeting::Path => "From the session",
            Meeting::CurrentState => "What is true",
            Meeting::DecisionBrief => "The executive brief",
        };
        let text = Text {
            id: "text".to_owned(),
            title: title.to_owned(),
            lead,
            sections,
        };
        (Some(text), writer.written)
    }
}

/// The pages of the meetings that have one.
pub(super) fn tabs(context: Context<'_>, route: &Route) -> Vec<NavItem> {
    let meetings = Meeting::ALL.into_iter().filter_map(|meeting| {
        let month = context.programme().month(meeting)?;
        let page = Route::ProgrammeSession(month.to_string(), meeting);
        let name = label::meeting(meeting);
        Some(NavItem {
            label: match outline::of(meeting).session {
                Some(number) => format!("{number}\u{a0}{name}"),
                None => name.to_owned(),
            },
            href: page.href(route),
            current: page == *route,
        })
    });
    meetings.collect()
}

/// What someone should look at, as notes; none if there is nothing. `place`
/// names the meeting where the page isn't the meeting's own.
pub(super) fn cautions<'c>(
    cautions: impl Iterator<Item = &'c Caution>,
    place: impl Fn(Meeting) -> Option<String>,
) -> Option<Cautions> {
    let notes: Vec<Sidenote> = cautions
        .map(|caution| {
            let mut note = caution_note(caution);
            if let Some(place) = place(caution.meeting) {
                note.title = format!("{place}: {}", note.title);
            }
            note
        })
        .collect();
    let title = match notes.len() {
        0 => return None,
        1 => "One thing needs attention".to_owned(),
        several => format!("{} things need attention", capital_count(several)),
    };
    Some(Cautions { title, notes })
}

fn caution_note(caution: &Caution) -> Sidenote {
    let (title, text) = match &caution.concern {
        Concern::SeatsMissing(seats) => {
            let names: Vec<String> = seats.iter().map(|seat| seat.name().to_owned()).collect();
            let title = match seats.len() {
                1 => "A seat was missing".to_owned(),
                missing => format!("{} seats were missing", capital_count(missing)),
            };
            (title, format!("Not in the room: {}.", figure::list(&names)))
        }
        Concern::FewInterviews { held, least } => (
            "Too few interviews".to_owned(),
            format!(
                "{} held; the map should rest on {least} at least.",
                figure::capital(&match held {
                    1 => "one was".to_owned(),
                    held => format!("{} were", figure::in_words(*held as usize)),
                })
            ),
        ),
        Concern::InputOutstanding(input) => (
            "An input is outstanding".to_owned(),
            format!("{}.", input.name()),
        ),
        Concern::OutputMissing { output, missing } => {
            let lacks: Vec<String> = missing.iter().map(|part| part.name().to_owned()).collect();
            (
                "An output is missing".to_owned(),
                format!("{}. It lacks {}.", output.name, figure::list(&lacks)),
            )
        }
        Concern::Unrecorded => (
            "Nothing is noted of this session".to_owned(),
            "Its day has come.".to_owned(),
        ),
    };
    Sidenote {
        tone: Tone::Warn,
        shape: Shape::Diamond,
        title,
        sparkline: None,
        text,
        rule: Some(match caution.concern {
            Concern::FewInterviews { held, least } => {
                format!("{}: {held}. From {least}", caution.code())
            }
            _ => caution.code().to_owned(),
        }),
    }
}

/// An output as it stands after a meeting in this state.
pub(super) fn output(state: &OutputState, meeting: State) -> Output {
    let lacks: Vec<String> = state
        .missing
        .iter()
        .map(|part| part.name().to_owned())
        .collect();
    let held = meeting == State::Held;
    let status = match (state.is_delivered(), held) {
        (true, _) => Status::new(Tone::Good, Shape::Dot, "Delivered"),
        (false, true) => Status::new(Tone::Warn, Shape::Down, "Missing"),
        (false, false) => Status::new(Tone::Neutral, Shape::Ring, "To come"),
    };
    Output {
        name: state.output.name.to_owned(),
        status,
        missing: (held && !lacks.is_empty()).then(|| format!("It lacks {}.", figure::list(&lacks))),
        href: None,
    }
}

/// Whether a seat was at a meeting.
pub(super) fn presence(presence: Presence, meeting: Meeting) -> Status {
    match presence {
        Presence::Present if meeting == Meeting::PreWork => {
            Status::new(Tone::Good, Shape::Dot, "Filled")
        }
        Presence::Present => Status::new(Tone::Good, Shape::Dot, "In the room"),
        Presence::Absent => Status::new(Tone::Warn, Shape::Cross, "Missing"),
        Presence::Unfilled => Status::new(Tone::Warn, Shape::Cross, "Nobody"),
        Presence::NotRelevant => Status::new(Tone::Neutral, Shape::Dash, "Not relevant"),
        Presence::NotNoted => Status::new(Tone::Neutral, Shape::Dash, "Not noted"),
        Presence::ToCome => Status::new(Tone::Neutral, Shape::Ring, "To come"),
    }
}

fn agenda_point(slot: &Slot) -> AgendaPoint {
    let (from, to) = slot.clock.unwrap_or((slot.from, slot.to));
    AgendaPoint {
        from: from.to_string(),
        to: to.to_string(),
        minutes: format!("{}\u{a0}min", slot.minutes),
        item: slot.item.clone(),
        note: slot.note.clone(),
    }
}

/// Minutes in words: `three hours`, `two and a half hours`, `100 minutes`.
fn hours(minutes: u32) -> String {
    let whole = (minutes / 60) as usize;
    match (whole, minutes % 60) {
        (1, 0) => "one hour".to_owned(),
        (hours, 0) if hours > 0 => format!("{} hours", figure::in_words(hours)),
        (hours, 30) if hours > 1 => format!("{} and a half hours", figure::in_words(hours)),
        _ => format!("{minutes} minutes"),
    }
}

pub(super) fn capital_count(count: usize) -> String {
    figure::capital(&figure::in_words(count))
}

/// Who signed, with their titles.
pub(super) fn signed(context: Context<'_>, signatures: &[Signature]) -> Vec<Signed> {
    let signed = |signature: &Signature| {
        let seat = context.firm().seats.get(&signature.seat.value);
        Signed {
            seat: label::seat(&signature.seat.value),
            title: seat.and_then(|seat| seat.title.clone()),
            date: figure::short_day(signature.date),
        }
    };
    signatures.iter().map(signed).collect()
}

/// An owner for each workstream; none if there is no workstream.
pub(super) fn owners(workstreams: &[Workstream]) -> Option<Owners> {
    (!workstreams.is_empty()).then(|| Owners {
        title: "Who owns what".to_owned(),
        rows: workstreams
            .iter()
            .map(|workstream| Owned {
                name: workstream.name.clone(),
                owner: label::seat(&workstream.owner.value),
            })
            .collect(),
        note: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agendas_length_reads_as_it_is_said() {
        assert_eq!(hours(180), "three hours");
        assert_eq!(hours(60), "one hour");
        assert_eq!(hours(150), "two and a half hours");
        assert_eq!(hours(100), "100 minutes");
        assert_eq!(hours(30), "30 minutes");
    }
}
