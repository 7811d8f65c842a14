//! What a session's page says, where its author wrote no headline.

use super::{Sentence, first};
use crate::engagement::kpi::Kpi;
use crate::insight::progress::Character;
use crate::insight::signal::{Code, Signal, Tone};
use crate::site::figure;
use crate::site::page::frame::Context;
use crate::site::page::heard::Outcome;
use crate::site::page::{kpi_event, signal};
use crate::source::document::Answer;
use crate::source::month::Month;

/// What a held session's headline speaks of.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) context: Context<'a>,
    pub(super) held: Outcome<'a>,
}

/// A held session's: the month's finding, and what came of it.
pub(in crate::site) fn held(context: Context<'_>, held: Outcome<'_>) -> String {
    let outcome = match held.decisions {
        0 => "The session decided nothing new.".to_owned(),
        made => {
            let made = figure::counted(made, "decision", "decisions");
            format!("{} came of the session.", figure::capital(&made))
        }
    };
    let about = About { context, held };
    let finding = first(&findings(), about).map_or_else(String::new, |(_, says)| says);
    format!("{finding} {outcome}").trim_start().to_owned()
}

/// The findings in the order in which they are tried.
pub(super) fn findings<'a>() -> [Sentence<About<'a>>; 7] {
    [
        Sentence {
            name: "answer-no",
            says: answer_no,
        },
        Sentence {
            name: "answer-unclear",
            says: answer_unclear,
        },
        Sentence {
            name: "milestone",
            says: milestone,
        },
        Sentence {
            name: "strategy",
            says: strategy,
        },
        Sentence {
            name: "new-signal",
            says: new_signal,
        },
        Sentence {
            name: "streak",
            says: streak,
        },
        Sentence {
            name: "yes",
            says: yes,
        },
    ]
}

fn answered(about: About<'_>, answer: Answer) -> bool {
    about.held.answer == answer
}

fn answer_no(about: About<'_>) -> Option<String> {
    answered(about, Answer::No).then(|| "The system is not paying for itself yet.".to_owned())
}

fn answer_unclear(about: About<'_>) -> Option<String> {
    answered(about, Answer::Unclear)
        .then(|| "Whether the system pays for itself could not be told.".to_owned())
}

/// A measure that is where it should end up for the first time this month.
fn milestone(about: About<'_>) -> Option<String> {
    let month = about.held.month;
    let playbook = &about.context.firm().playbook;
    let reached = |kpi: &Kpi| {
        kpi_event::reached(about.context, *kpi, month).is_some_and(|(_, first, _)| first == month)
    };
    Some(match Kpi::ALL.into_iter().find(reached)? {
        Kpi::RevenuePerEmployee => format!(
            "Revenue per employee reached {}\u{a0}% over the baseline for the first time.",
            figure::decimal(playbook.revenue_low, 0)
        ),
        Kpi::TaskAutomation => "Task automation entered its target band.".to_owned(),
        Kpi::AwayFromDesk => format!(
            "The CEO’s hours away from the desk reached {} for the first time.",
            figure::decimal(playbook.away_from_desk_target, 0)
        ),
    })
}

fn strategy(about: About<'_>) -> Option<String> {
    let run = about.context.run_month(about.held.month)?;
    let minutes = about.held.headroom?;
    (run.character == Some(Character::Strategy)).then(|| {
        format!(
            "{} minutes went to headroom.",
            figure::capital(&figure::in_words(minutes as usize))
        )
    })
}

/// The first signal that wasn't there at the session before: a warning if
/// there is one.
fn new_signal(about: About<'_>) -> Option<String> {
    let month = about.held.month;
    let appeared = match about.context.changed(month) {
        Some(changed) => &changed.appeared[..],
        None => about.context.signals(month),
    };
    let said: Vec<&Signal> = appeared
        .iter()
        .filter(|found| found.code != Code::Quiet)
        .collect();
    let warning = said.iter().find(|found| found.tone == Tone::Warning);
    let found = warning.or_else(|| said.first())?;
    Some(format!(
        "{}.",
        signal::note(about.context, month, found).title
    ))
}

fn streak(about: About<'_>) -> Option<String> {
    let run = about.context.run_month(about.held.month)?;
    (run.streak >= 2).then(|| {
        format!(
            "The answer was yes for the {} time in a row.",
            figure::ordinal(run.streak as usize)
        )
    })
}

fn yes(about: About<'_>) -> Option<String> {
    answered(about, Answer::Yes).then(|| "The system is paying for itself.".to_owned())
}

/// An agenda's: what moved most, and what needs an answer.
pub fn awaiting(context: Context<'_>, month: Month) -> String {
    let decisions = match context.open_decisions().len() {
        0 => "No decision waits for an answer.".to_owned(),
        open => {
            let open = figure::counted(open, "open decision needs", "open decisions need");
            format!("{} an answer.", figure::capital(&open))
        }
    };
    let found = first(&agenda(), (context, month)).map_or_else(String::new, |(_, says)| says);
    format!("{found} {decisions}").trim_start().to_owned()
}

/// What an agenda may begin with, in the order in which it is tried.
pub(super) fn agenda<'a>() -> [Sentence<(Context<'a>, Month)>; 4] {
    [
        Sentence {
            name: "hours-moved",
            says: hours_moved,
        },
        Sentence {
            name: "warning",
            says: warning,
        },
        Sentence {
            name: "quiet",
            says: quiet,
        },
        Sentence {
            name: "set",
            says: set,
        },
    ]
}

fn hours_moved((context, month): (Context<'_>, Month)) -> Option<String> {
    let signals = context.signals(month);
    signals.iter().find(|found| found.code == Code::AfdMoved)?;
    let point = context.point(Kpi::AwayFromDesk, month)?;
    let (value, change) = point.value.zip(point.change)?;
    let way = if change < 0.0 { "fell" } else { "rose" };
    (figure::round(change, 1) != 0.0).then(|| {
        format!(
            "Hours away from the desk {way} from {} to {}.",
            figure::decimal(value - change, 1),
            figure::decimal(value, 1)
        )
    })
}

fn warning((context, month): (Context<'_>, Month)) -> Option<String> {
    let signals = context.signals(month);
    let found = signals.iter().find(|found| found.tone == Tone::Warning)?;
    Some(format!("{}.", signal::note(context, month, found).title))
}

fn quiet((context, month): (Context<'_>, Month)) -> Option<String> {
    let signals = context.signals(month);
    signals
        .iter()
        .any(|found| found.code == Code::Quiet)
        .then(|| "The system is quiet, so the time goes to headroom.".to_owned())
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every sentence may not hold; this one always does"
)]
fn set((_, month): (Context<'_>, Month)) -> Option<String> {
    Some(format!(
        "The agenda for {} is set.",
        figure::month_name(month)
    ))
}
