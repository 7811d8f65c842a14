//! What the executive programme's pages say.

use super::{Sentence, first};
use crate::engagement::programme::{Filled, Meeting, PreWork};
use crate::insight::programme::{Column, Course, MeetingCourse, Standing, State};
use crate::site::figure;
use crate::site::page::frame::Context;
use crate::site::page::{label, sequence};

/// What a meeting's headline speaks of.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) context: Context<'a>,
    pub(super) meeting: Meeting,
}

/// The programme's: how many sessions were held, and what is missing; and a
/// sentence on what comes next.
pub fn programme(context: Context<'_>) -> (String, Option<String>) {
    let headline = said(&stands(), context);
    let next = context
        .course()
        .meetings
        .iter()
        .find(|course| course.state == State::Planned && course.meeting != Meeting::PreWork);
    let deck = next.and_then(|course| {
        Some(format!(
            "Next is {}, on {}.",
            sequence::named(course.meeting).to_lowercase(),
            figure::day(course.date?)
        ))
    });
    (headline, deck)
}

/// A meeting's: what came of it, and what its headline leaves out.
pub fn meeting(context: Context<'_>, meeting: Meeting) -> (String, Option<String>) {
    let about = About { context, meeting };
    let deck = said(&decks(), about);
    (said(&findings(), about), (!deck.is_empty()).then_some(deck))
}

fn said<T: Copy>(sentences: &[Sentence<T>], about: T) -> String {
    first(sentences, about).map_or_else(String::new, |(_, says)| says)
}

/// What the programme's headline may say, in the order in which it is tried.
pub(super) fn stands<'a>() -> [Sentence<Context<'a>>; 4] {
    [
        Sentence {
            name: "complete",
            says: complete,
        },
        Sentence {
            name: "outputs-missing",
            says: outputs_missing,
        },
        Sentence {
            name: "under-way",
            says: under_way,
        },
        Sentence {
            name: "none-held",
            says: none_held,
        },
    ]
}

/// Sessions held, of the four.
fn held(course: &Course) -> usize {
    let held = course
        .meetings
        .iter()
        .filter(|course| course.meeting != Meeting::PreWork && course.state == State::Held);
    held.count()
}

fn were_held(sessions: usize) -> String {
    match sessions {
        1 => "One of four sessions was held".to_owned(),
        4 => "All four sessions were held".to_owned(),
        several => format!(
            "{} of four sessions were held",
            figure::capital(&figure::in_words(several))
        ),
    }
}

/// Outputs that should be there and aren't.
fn missing(course: &Course) -> usize {
    let held = course.meetings.iter();
    let held = held.filter(|course| course.state == State::Held);
    held.map(|course| course.outputs.len() - course.delivered())
        .sum()
}

fn complete(context: Context<'_>) -> Option<String> {
    let course = context.course();
    let all: usize = course.meetings.iter().map(|one| one.outputs.len()).sum();
    let made: usize = course.meetings.iter().map(MeetingCourse::delivered).sum();
    (held(course) == 4 && made == all).then(|| {
        format!(
            "The programme is complete: four sessions held, all {} outputs delivered.",
            figure::in_words(all)
        )
    })
}

fn outputs_missing(context: Context<'_>) -> Option<String> {
    let course = context.course();
    let (sessions, missing) = (held(course), missing(course));
    (sessions > 0 && missing > 0).then(|| {
        format!(
            "{}. {} missing.",
            were_held(sessions),
            figure::capital(&figure::counted(missing, "output is", "outputs are"))
        )
    })
}

fn under_way(context: Context<'_>) -> Option<String> {
    let sessions = held(context.course());
    (sessions > 0).then(|| {
        format!(
            "{}, and no output of what was held is missing.",
            were_held(sessions)
        )
    })
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every sentence may not hold; this one always does"
)]
fn none_held(_: Context<'_>) -> Option<String> {
    Some("None of the four sessions has been held yet.".to_owned())
}

/// What a meeting's headline may say, in the order in which it is tried.
pub(super) fn findings<'a>() -> [Sentence<About<'a>>; 15] {
    [
        Sentence {
            name: "unrecorded",
            says: unrecorded,
        },
        Sentence {
            name: "to-come",
            says: to_come,
        },
        Sentence {
            name: "everything-came",
            says: everything_came,
        },
        Sentence {
            name: "inputs-outstanding",
            says: inputs_outstanding,
        },
        Sentence {
            name: "seats-open",
            says: seats_open,
        },
        Sentence {
            name: "statement-signed",
            says: statement_signed,
        },
        Sentence {
            name: "statement-unsigned",
            says: statement_unsigned,
        },
        Sentence {
            name: "work-waits",
            says: work_waits,
        },
        Sentence {
            name: "bottlenecks",
            says: bottlenecks,
        },
        Sentence {
            name: "path-leads",
            says: path_leads,
        },
        Sentence {
            name: "path-doesnt-lead",
            says: path_doesnt_lead,
        },
        Sentence {
            name: "path-chosen",
            says: path_chosen,
        },
        Sentence {
            name: "plan-signed-off",
            says: plan_signed_off,
        },
        Sentence {
            name: "plan-unsigned",
            says: plan_unsigned,
        },
        Sentence {
            name: "held",
            says: was_held,
        },
    ]
}

impl<'a> About<'a> {
    fn course(self) -> &'a Course {
        self.context.course()
    }

    fn state(self) -> Option<State> {
        Some(self.course().meeting(self.meeting)?.state)
    }

    fn is_recorded(self) -> bool {
        let programme = self.context.programme();
        programme.is_recorded(self.meeting)
    }

    fn date(self) -> Option<String> {
        let date = self.context.programme().date(self.meeting)?;
        Some(figure::day(date))
    }

    fn pre_work(self) -> Option<&'a PreWork> {
        let pre_work = self.context.programme().pre_work.as_ref();
        pre_work.filter(|_| self.meeting == Meeting::PreWork)
    }
}

fn unrecorded(about: About<'_>) -> Option<String> {
    let date = about.date()?;
    (about.state() == Some(State::Unrecorded)).then(|| match about.meeting {
        Meeting::PreWork => format!("The pre-work was to close on {date}; nothing is noted of it."),
        meeting => format!(
            "{} was planned for {date}; nothing is noted of it.",
            sequence::named(meeting)
        ),
    })
}

fn to_come(about: About<'_>) -> Option<String> {
    let date = about.date()?;
    let to_come = about.state() == Some(State::Planned) && !about.is_recorded();
    to_come.then(|| match about.meeting {
        Meeting::PreWork => format!("The pre-work closes on {date}; nothing has come yet."),
        Meeting::EndState => format!("The end state is to be defined on {date}."),
        Meeting::CurrentState => format!("The current state is to be mapped by {date}."),
        Meeting::Path => format!("The path is to be chosen on {date}."),
        Meeting::DecisionBrief => format!("The plan is to be signed off on {date}."),
    })
}

fn everything_came(about: About<'_>) -> Option<String> {
    let pre_work = about.pre_work()?;
    let inputs = pre_work.inputs.iter().all(|input| input.on.is_some());
    (inputs && open_seats(pre_work) == 0)
        .then(|| "All six inputs came, and every seat is filled.".to_owned())
}

fn open_seats(pre_work: &PreWork) -> usize {
    let seats = pre_work.seats.iter();
    seats
        .filter(|seat| matches!(seat.by, Filled::Nobody))
        .count()
}

fn inputs_outstanding(about: About<'_>) -> Option<String> {
    let inputs = &about.pre_work()?.inputs;
    let outstanding = inputs.iter().filter(|input| input.on.is_none()).count();
    let came = match inputs.len() - outstanding {
        0 => "None of the six inputs has come.".to_owned(),
        1 => "One of six inputs has come.".to_owned(),
        several => format!(
            "{} of six inputs have come.",
            figure::capital(&figure::in_words(several))
        ),
    };
    (outstanding > 0).then_some(came)
}

fn seats_open(about: About<'_>) -> Option<String> {
    let open = open_seats(about.pre_work()?);
    (open > 0).then(|| {
        let seats = figure::counted(open, "seat has", "seats have");
        format!(
            "All six inputs came. {} nobody yet.",
            figure::capital(&seats)
        )
    })
}

fn statement_signed(about: About<'_>) -> Option<String> {
    let session = about.context.programme().end_state.as_ref()?;
    let session = (about.meeting == Meeting::EndState).then_some(session)?;
    let statement = session.statement.as_ref()?;
    statement.is_signed().then(|| {
        let seats = figure::counted(statement.signatures.len(), "seat", "seats");
        format!("{} signed one end state.", figure::capital(&seats))
    })
}

fn statement_unsigned(about: About<'_>) -> Option<String> {
    let session = about.context.programme().end_state.as_ref()?;
    let session = (about.meeting == Meeting::EndState).then_some(session)?;
    let written = session.statement.as_ref()?.says.is_some();
    written.then(|| "The end state is written, but not signed.".to_owned())
}

fn work_waits(about: About<'_>) -> Option<String> {
    let flow = about.course().flow.as_ref();
    let flow = flow.filter(|_| about.meeting == Meeting::CurrentState)?;
    let hours = [flow.work + flow.waiting, flow.waiting];
    let [all, waiting] = hours.map(|hours| figure::decimal(hours, figure::decimals_of([hours])));
    (flow.waiting > 0.0).then(|| format!("Of {all} hours, work waits for {waiting}."))
}

fn bottlenecks(about: About<'_>) -> Option<String> {
    let found = about.course().bottlenecks.as_ref();
    let found = found.filter(|_| about.meeting == Meeting::CurrentState)?;
    let places = figure::counted(found.ranked.len(), "place", "places");
    Some(format!("Work gets stuck in {places}."))
}

/// The path's selected column, and the best total among the others.
fn chosen(about: About<'_>) -> Option<(&Column, Option<(f64, &Column)>)> {
    let matrix = about.course().matrix.as_ref();
    let matrix = matrix.filter(|_| about.meeting == Meeting::Path)?;
    let selected = matrix.selected()?;
    let others = matrix
        .columns
        .iter()
        .filter(|column| column.name != selected.name);
    let best = others
        .filter_map(|column| Some((column.total?, column)))
        .max_by(|(one, _), (other, _)| one.total_cmp(other));
    Some((selected, best))
}

/// How far the selected path leads; below 0 if another scores more.
fn lead(about: About<'_>) -> Option<(&Column, &Column, f64)> {
    let (selected, best) = chosen(about)?;
    let (best, column) = best?;
    Some((selected, column, figure::round(selected.total? - best, 2)))
}

fn path_leads(about: About<'_>) -> Option<String> {
    let (selected, _, lead) = lead(about)?;
    (lead > 0.0).then(|| {
        format!(
            "{} was chosen. It leads the next by {} of 5.",
            figure::capital(label::pathway(selected.name)),
            figure::decimal(lead, 2)
        )
    })
}

fn path_doesnt_lead(about: About<'_>) -> Option<String> {
    let (selected, best, lead) = lead(about)?;
    let chosen = figure::capital(label::pathway(selected.name));
    let other = figure::capital(label::pathway(best.name));
    (lead <= 0.0).then(|| {
        if lead == 0.0 {
            format!("{chosen} was chosen. {other} scores the same.")
        } else {
            format!(
                "{chosen} was chosen, though another scores {} more: {}.",
                figure::decimal(-lead, 2),
                label::pathway(best.name)
            )
        }
    })
}

fn path_chosen(about: About<'_>) -> Option<String> {
    let (selected, _) = chosen(about)?;
    Some(format!(
        "{} was chosen.",
        figure::capital(label::pathway(selected.name))
    ))
}

fn plan_signed_off(about: About<'_>) -> Option<String> {
    let brief = about.context.programme().decision_brief.as_ref();
    let brief = brief.filter(|_| about.meeting == Meeting::DecisionBrief)?;
    let seats = figure::counted(brief.sign_off.len(), "seat", "seats");
    let plan = about.course().plan.as_ref()?;
    let weeks = figure::in_words(plan.weeks.len());
    (!brief.sign_off.is_empty()).then(|| {
        format!(
            "{} signed off a plan of {weeks} weeks.",
            figure::capital(&seats)
        )
    })
}

fn plan_unsigned(about: About<'_>) -> Option<String> {
    let plan = about.course().plan.as_ref();
    let plan = plan.filter(|_| about.meeting == Meeting::DecisionBrief)?;
    let weeks = figure::in_words(plan.weeks.len());
    let brief = about.context.programme().decision_brief.as_ref()?;
    brief
        .sign_off
        .is_empty()
        .then(|| format!("A plan of {weeks} weeks is written; nobody has signed it off."))
}

fn was_held(about: About<'_>) -> Option<String> {
    let name = label::meeting(about.meeting).to_lowercase();
    Some(match (about.meeting, about.state()?) {
        (Meeting::Path, State::Held) => "The session was held; no path is selected.".to_owned(),
        (_, State::Held) => format!("The session on the {name} was held."),
        _ => format!("The session on the {name} is in preparation."),
    })
}

/// What a meeting's deck may say.
pub(super) fn decks<'a>() -> [Sentence<About<'a>>; 4] {
    [
        Sentence {
            name: "measures-judged",
            says: measures_judged,
        },
        Sentence {
            name: "cost-of-bottlenecks",
            says: cost_of_bottlenecks,
        },
        Sentence {
            name: "pathways-weighed",
            says: pathways_weighed,
        },
        Sentence {
            name: "what-it-takes",
            says: what_it_takes,
        },
    ]
}

fn measures_judged(about: About<'_>) -> Option<String> {
    let scorecard = &about.course().scorecard;
    let of = |standing| {
        let measures = scorecard.iter();
        measures.filter(|one| one.standing == standing).count()
    };
    let (met, judged) = (of(Standing::Met), of(Standing::Met) + of(Standing::Missed));
    (about.meeting == Meeting::EndState && judged > 0).then(|| {
        if met == judged {
            let measures = figure::counted(judged, "measure", "measures");
            format!(
                "{} that {} due and reported: {} at target or better.",
                figure::capital(&measures),
                if judged == 1 { "is" } else { "are" },
                if judged == 1 { "it is" } else { "all are" }
            )
        } else {
            format!(
                "{} of {} that are due and reported {} at target or better.",
                figure::capital(&figure::in_words(met)),
                figure::counted(judged, "measure", "measures"),
                if met == 1 { "is" } else { "are" }
            )
        }
    })
}

fn cost_of_bottlenecks(about: About<'_>) -> Option<String> {
    let found = about.course().bottlenecks.as_ref();
    let found = found.filter(|_| about.meeting == Meeting::CurrentState)?;
    let unit = found.unit.as_ref()?;
    let total = figure::decimal(found.total, figure::decimals_of([found.total]));
    let bottlenecks = figure::counted(found.ranked.len(), "bottleneck takes", "bottlenecks take");
    Some(format!("{} {total} {unit}.", figure::capital(&bottlenecks)))
}

fn pathways_weighed(about: About<'_>) -> Option<String> {
    let matrix = about.course().matrix.as_ref();
    let matrix = matrix.filter(|_| about.meeting == Meeting::Path)?;
    let scored = matrix
        .columns
        .iter()
        .filter(|column| column.total.is_some());
    let scored = scored.count();
    (scored > 1).then(|| {
        let pathways = figure::counted(scored, "pathway", "pathways");
        match matrix.selected() {
            Some(_) => format!(
                "{}, six weighted criteria, one selected.",
                figure::capital(&pathways)
            ),
            None => format!("{}, six weighted criteria.", figure::capital(&pathways)),
        }
    })
}

fn what_it_takes(about: About<'_>) -> Option<String> {
    let resourcing = about.course().resourcing.as_ref();
    let resourcing = resourcing.filter(|_| about.meeting == Meeting::DecisionBrief)?;
    let cost = figure::money(resourcing.cost?, &about.context.firm().currency);
    Some(match about.course().risks.as_ref() {
        Some(register) => format!(
            "It takes {cost}; {} on the register.",
            figure::counted(register.risks.len(), "risk is", "risks are")
        ),
        None => format!("It takes {cost}."),
    })
}
