//! What someone should look at: seats that were missing, too few interviews,
//! inputs that never came, outputs that aren't there.

use super::flow::{Enough, InterviewCount};
use super::meetings::{MeetingCourse, State};
use super::seats::{Presence, SeatRow};
use crate::diagnostic::{Span, listed};
use crate::engagement::Engagement;
use crate::engagement::programme::outline::{Input, Output, Part, ProgrammeSeat};
use crate::engagement::programme::{Meeting, Programme};

/// Something to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Caution {
    /// The meeting whose page says it.
    pub meeting: Meeting,
    /// What.
    pub concern: Concern,
    /// Where in the content.
    pub span: Span,
}

/// What someone should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concern {
    /// These seats were not at the session.
    SeatsMissing(Vec<ProgrammeSeat>),
    /// Fewer interviews than the current state should rest on.
    FewInterviews {
        /// How many were held.
        held: u32,
        /// How many there should be at least.
        least: u32,
    },
    /// An input is outstanding after session 1.
    InputOutstanding(Input),
    /// An output isn't there after its session.
    OutputMissing {
        /// Which.
        output: &'static Output,
        /// What it lacks.
        missing: Vec<Part>,
    },
    /// The session's day has come, and nothing is noted of it.
    Unrecorded,
}

impl Caution {
    /// A short stable name.
    pub fn code(&self) -> &'static str {
        match self.concern {
            Concern::SeatsMissing(_) => "seat-missing",
            Concern::FewInterviews { .. } => "few-interviews",
            Concern::InputOutstanding(_) => "input-outstanding",
            Concern::OutputMissing { .. } => "output-missing",
            Concern::Unrecorded => "session-unrecorded",
        }
    }

    /// What it is, in one sentence without a full stop.
    pub fn message(&self) -> String {
        match &self.concern {
            Concern::SeatsMissing(seats) => {
                let names = listed(seats.iter().map(|seat| seat.id()));
                match seats.len() {
                    1 => format!("the programme's seat {names} was not at this session"),
                    _ => format!("the programme's seats {names} were not at this session"),
                }
            }
            Concern::FewInterviews { held, least } => {
                format!(
                    "the current state rests on {held} interviews; it should rest on {least} at least"
                )
            }
            Concern::InputOutstanding(input) => {
                format!(
                    "the input `{}` is still outstanding after session 1",
                    input.id()
                )
            }
            Concern::OutputMissing { output, missing } => {
                let name = output.name;
                if missing.len() == output.parts.len() {
                    return format!("the output \"{name}\" is missing");
                }
                let lacks: Vec<&str> = missing.iter().map(|part| part.name()).collect();
                format!("the output \"{name}\" lacks {}", lacks.join(" and "))
            }
            Concern::Unrecorded => {
                "the day of this session has come, and nothing is noted of it".to_owned()
            }
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match &self.concern {
            Concern::SeatsMissing(_) => "without the seats that decide, what a session decides is decided again later; the page says so".to_owned(),
            Concern::FewInterviews { .. } => "12 to 20 interviews show how work really flows: hold the rest, or read the map with care; the page says so".to_owned(),
            Concern::InputOutstanding(_) => "write the day on which it came; until then the sessions argue about what it would settle; the page says so".to_owned(),
            Concern::OutputMissing { missing, .. } => {
                let fields = missing.iter().flat_map(|part| part.written()).copied();
                format!("write {}: what follows builds on it; the page says so", listed(fields))
            }
            Concern::Unrecorded => "note what came of it, or give it a new date; the page says so".to_owned(),
        }
    }
}

pub(super) fn all(
    engagement: &Engagement,
    meetings: &[MeetingCourse],
    coverage: &[SeatRow],
    interviews: Option<&InterviewCount>,
) -> Vec<Caution> {
    let programme = &engagement.programme;
    let mut cautions = Vec::new();
    for (at, course) in meetings.iter().enumerate() {
        if course.meeting == Meeting::PreWork {
            pre_work(engagement, meetings, &mut cautions);
            continue;
        }
        let Some(sitting) = programme.sitting(course.meeting) else {
            continue;
        };
        let mut say = |concern, span: &Span| {
            cautions.push(Caution {
                meeting: course.meeting,
                concern,
                span: span.clone(),
            });
        };
        if course.state == State::Unrecorded {
            say(Concern::Unrecorded, &sitting.date.span);
        }
        if course.state != State::Held {
            continue;
        }
        let missing = missing_seats(coverage, at);
        if !missing.is_empty() && !sitting.attendance.is_empty() {
            say(Concern::SeatsMissing(missing), &sitting.room);
        }
        let few = interviews.filter(|count| {
            course.meeting == Meeting::CurrentState && count.enough == Enough::Under
        });
        if let Some(count) = few {
            let concern = Concern::FewInterviews {
                held: count.total,
                least: count.target.0,
            };
            say(
                concern,
                interviews_span(programme).unwrap_or(&sitting.date.span),
            );
        }
        for output in course
            .outputs
            .iter()
            .filter(|output| !output.is_delivered())
        {
            let concern = Concern::OutputMissing {
                output: output.output,
                missing: output.missing.clone(),
            };
            say(concern, &sitting.date.span);
        }
    }
    cautions
}

fn missing_seats(coverage: &[SeatRow], meeting: usize) -> Vec<ProgrammeSeat> {
    let missing = coverage.iter().filter(|row| {
        let presence = row.at.get(meeting);
        matches!(presence, Some(Presence::Absent | Presence::Unfilled))
    });
    missing.map(|row| row.seat).collect()
}

fn interviews_span(programme: &Programme) -> Option<&Span> {
    let session = programme.current_state.as_ref()?;
    session.interviews.first().map(|first| &first.held.span)
}

/// What is outstanding counts once session 1 has been: held, or its day past.
fn pre_work(engagement: &Engagement, meetings: &[MeetingCourse], cautions: &mut Vec<Caution>) {
    let Some(pre_work) = &engagement.programme.pre_work else {
        return;
    };
    let session_1 = meetings
        .iter()
        .find(|course| course.meeting == Meeting::EndState);
    let after = session_1.is_some_and(|course| {
        let past = course.date.is_some_and(|date| date < engagement.as_of);
        course.state == State::Held || past
    });
    if !after {
        return;
    }
    for input in pre_work.inputs.iter().filter(|input| input.on.is_none()) {
        cautions.push(Caution {
            meeting: Meeting::PreWork,
            concern: Concern::InputOutstanding(input.what),
            span: input.span.clone(),
        });
    }
    let outputs = meetings
        .iter()
        .filter(|course| course.meeting == Meeting::PreWork)
        .flat_map(|course| &course.outputs);
    for (output, sent) in outputs.zip(&pre_work.pre_reads) {
        if !output.is_delivered() {
            cautions.push(Caution {
                meeting: Meeting::PreWork,
                concern: Concern::OutputMissing {
                    output: output.output,
                    missing: output.missing.clone(),
                },
                span: sent.span.clone(),
            });
        }
    }
}
