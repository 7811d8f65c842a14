//! What the overview and the lists say.

use super::{Sentence, first};
use crate::engagement::Engagement;
use crate::engagement::firm::Phase;
use crate::engagement::kpi::Kpi;
use crate::insight::Insights;
use crate::insight::progress::{RunMonth, SessionState};
use crate::insight::verdict::{Verdict, at_least};
use crate::site::figure;
use crate::source::document::Answer;
use crate::source::month::Month;

/// What the overview speaks of.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) engagement: &'a Engagement,
    pub(super) insights: &'a Insights,
}

/// The overview's: what the closing answers come to.
pub fn overview(engagement: &Engagement, insights: &Insights) -> String {
    let about = About {
        engagement,
        insights,
    };
    first(&sentences(), about).map_or_else(|| engagement.firm.name.clone(), |(_, says)| says)
}

/// The sentences in the order in which they are tried.
pub(super) fn sentences<'a>() -> [Sentence<About<'a>>; 10] {
    [
        Sentence {
            name: "talk-open",
            says: talk_open,
        },
        Sentence {
            name: "one-more-yes",
            says: one_more_yes,
        },
        Sentence {
            name: "streak",
            says: streak,
        },
        Sentence {
            name: "no-session",
            says: no_session,
        },
        Sentence {
            name: "answer-no",
            says: answer_no,
        },
        Sentence {
            name: "answer-unclear",
            says: answer_unclear,
        },
        Sentence {
            name: "first-session-to-come",
            says: first_session_to_come,
        },
        Sentence {
            name: "run-not-reported",
            says: run_not_reported,
        },
        Sentence {
            name: "before-run",
            says: before_run,
        },
        Sentence {
            name: "not-begun",
            says: not_begun,
        },
    ]
}

impl<'a> About<'a> {
    /// Yes answers in a row now.
    fn streak(self) -> u32 {
        self.insights
            .run_months
            .last()
            .map_or(0, |month| month.streak)
    }

    /// Yes answers still missing; none are from the threshold on.
    fn missing(self) -> usize {
        let threshold = self.engagement.firm.playbook.graduation_streak;
        (threshold - f64::from(self.streak())).ceil().max(0.0) as usize
    }

    /// The streak in words; none if no yes counts.
    fn running(self) -> Option<String> {
        let last = self.insights.last_held()?;
        let streak = self.streak() as usize;
        // An agreed pause keeps the count, but its month gave no answer.
        let paused = self
            .insights
            .run_months
            .iter()
            .rev()
            .take_while(|month| month.streak > 0);
        let paused = paused
            .filter(|month| month.session == SessionState::Skipped)
            .count()
            > 0;
        Some(match streak {
            0 => return None,
            1 => format!(
                "The system paid for itself in {}.",
                figure::month_name(last.month)
            ),
            streak if paused => {
                format!(
                    "{} answers in a row say that the system pays for itself.",
                    capital_words(streak)
                )
            }
            streak => format!(
                "{} months running, the system has paid for itself.",
                capital_words(streak)
            ),
        })
    }

    /// The last month that doesn't await its session, where it broke the
    /// streak.
    fn broke(self) -> Option<&'a RunMonth> {
        let months = self.insights.run_months.iter().rev();
        let settled = months
            .clone()
            .find(|month| month.session != SessionState::Awaiting)?;
        self.insights.last_held()?;
        (settled.streak == 0).then_some(settled)
    }
}

fn capital_words(number: usize) -> String {
    figure::capital(&figure::in_words(number))
}

fn talk_open(about: About<'_>) -> Option<String> {
    let running = about.running()?;
    let threshold = about.engagement.firm.playbook.graduation_streak;
    let open = at_least(f64::from(about.streak()), threshold);
    open.then(|| format!("{running} The graduation talk is open."))
}

fn one_more_yes(about: About<'_>) -> Option<String> {
    let running = about.running().filter(|_| about.missing() == 1)?;
    Some(match about.insights.awaiting() {
        Some(next) => format!(
            "{running} A yes in {} opens the graduation talk.",
            figure::month_name(next.month)
        ),
        None => format!("{running} One more yes opens the graduation talk."),
    })
}

fn streak(about: About<'_>) -> Option<String> {
    let running = about.running()?;
    Some(format!(
        "{running} {} more open the graduation talk.",
        capital_words(about.missing())
    ))
}

fn no_session(about: About<'_>) -> Option<String> {
    let month = about
        .broke()
        .filter(|month| month.session != SessionState::Held)?;
    Some(format!(
        "No session was held in {}, so the count of yes answers begins anew.",
        figure::month_name(month.month)
    ))
}

fn answer_no(about: About<'_>) -> Option<String> {
    let month = about
        .broke()
        .filter(|month| month.answer == Some(Answer::No))?;
    Some(format!(
        "The system did not pay for itself in {}. That is the month’s highest priority.",
        figure::month_name(month.month)
    ))
}

fn answer_unclear(about: About<'_>) -> Option<String> {
    let month = about
        .broke()
        .filter(|month| month.answer == Some(Answer::Unclear))?;
    Some(format!(
        "Whether the system paid for itself in {} could not be told. That is the month’s highest priority.",
        figure::month_name(month.month)
    ))
}

fn first_session_to_come(about: About<'_>) -> Option<String> {
    let known = !about.insights.run_months.is_empty() && about.insights.last_held().is_none();
    known.then(|| "Run has begun, and no session has been held yet.".to_owned())
}

fn phase(about: About<'_>) -> Option<Phase> {
    about.engagement.firm.phases.on(about.engagement.as_of)
}

fn run_not_reported(about: About<'_>) -> Option<String> {
    matches!(phase(about)?, Phase::Run | Phase::Graduated)
        .then(|| "Run has begun, and nothing has been reported yet.".to_owned())
}

fn before_run(about: About<'_>) -> Option<String> {
    Some(format!(
        "The engagement is in its {} phase; Run has not begun.",
        phase(about)?.name()
    ))
}

fn not_begun(about: About<'_>) -> Option<String> {
    phase(about)
        .is_none()
        .then(|| "The engagement has not begun.".to_owned())
}

/// The sentence under the overview's headline: the verdicts of a month and
/// the decisions that are open.
pub fn overview_deck(engagement: &Engagement, insights: &Insights, month: Month) -> String {
    let verdicts = verdicts(insights, month);
    let open: Vec<_> = insights.backlog.open().collect();
    let late = open
        .iter()
        .filter(|tracked| tracked.days_late(engagement.as_of).is_some())
        .count();
    let decisions = match (open.len(), late) {
        (0, _) => "No decision is open.".to_owned(),
        (open, 0) => format!(
            "{} open, none past due.",
            figure::capital(&figure::counted(open, "decision is", "decisions are"))
        ),
        (open, late) => format!(
            "{} open, {} past due.",
            figure::capital(&figure::counted(open, "decision is", "decisions are")),
            figure::in_words(late)
        ),
    };
    format!("{verdicts} {decisions}")
}

/// What the three verdicts of a month come to.
pub fn verdicts(insights: &Insights, month: Month) -> String {
    let points = Kpi::ALL
        .into_iter()
        .filter_map(|kpi| Some((kpi, insights.series.get(kpi).at(month)?)));
    let judged: Vec<(Kpi, Verdict, bool)> = points
        .filter_map(|(kpi, point)| Some((kpi, point.verdict?, point.value.is_some())))
        .collect();
    let good = judged
        .iter()
        .filter(|(_, verdict, _)| verdict.is_good())
        .count();
    let word = |verdict: Verdict, reported: bool| match verdict {
        Verdict::TooEarly => "too early to judge",
        Verdict::Investigate => "to be investigated",
        Verdict::NotReported if reported => "without a baseline to be judged by",
        other => other.word(),
    };
    let others: Vec<String> = judged
        .iter()
        .filter(|(_, verdict, _)| !verdict.is_good())
        .map(|(kpi, verdict, reported)| {
            format!(
                "{} is {}",
                kpi.name().to_lowercase(),
                word(*verdict, *reported)
            )
        })
        .collect();
    match (good, judged.len()) {
        (_, 0) => "No measure is judged before Run.".to_owned(),
        (good, all) if good == all && all == 3 => {
            let ahead = judged
                .iter()
                .any(|(_, verdict, _)| *verdict == Verdict::Ahead);
            format!(
                "All three measures are on track{}.",
                if ahead { " or ahead" } else { "" }
            )
        }
        (0, _) => format!("{}.", figure::capital(&figure::list(&others))),
        (good, _) => format!(
            "{} on track; {}.",
            figure::capital(&figure::counted(good, "measure is", "measures are")),
            figure::list(&others)
        ),
    }
}

/// The list of sessions': how many were held.
pub fn sessions(insights: &Insights) -> String {
    let count = |state| {
        insights
            .run_months
            .iter()
            .filter(|month| month.session == state)
            .count()
    };
    let held = count(SessionState::Held);
    let not_held = count(SessionState::Skipped) + count(SessionState::Missing);
    if held + not_held == 0 {
        return "No leadership session has been held yet.".to_owned();
    }
    let sessions = figure::capital(&figure::counted(held, "session", "sessions"));
    let first = match (held, not_held) {
        (_, 0) => format!("{sessions} held."),
        (0, not_held) => format!(
            "No session held in {}.",
            figure::counted(not_held, "month", "months")
        ),
        (_, not_held) => format!("{sessions} held, {} not.", figure::in_words(not_held)),
    };
    match insights.awaiting() {
        Some(next) => format!("{first} {} awaits its own.", figure::month_name(next.month)),
        None => first,
    }
}
