//! What the memo says first: named sentences, each true of what it is said
//! of. The author's own headline and summary come before them.

#[cfg(test)]
mod tests;

use super::measure::{named, run_begins};
use crate::engagement::kpi::Kpi;
use crate::insight::board::{AnswerGiven, BoardView, Measure};
use crate::insight::graduation::State;
use crate::insight::verdict::Verdict;
use crate::site::figure;
use crate::site::page::headline::{Sentence, first};
use crate::source::document::Answer;

/// The author's headline, else how the measures stand and what is asked.
pub(super) fn headline(view: &BoardView) -> String {
    if let Some(headline) = &view.headline {
        return headline.clone();
    }
    let sentences: Vec<String> = [says(view, &on_standing()), says(view, &on_asks())]
        .into_iter()
        .flatten()
        .collect();
    sentences.join(" ")
}

/// The sentences under the headline, where the author wrote no summary.
pub(super) fn deck(view: &BoardView) -> String {
    let sentences: Vec<String> = [
        says(view, &on_revenue()),
        says(view, &on_paying()),
        says(view, &on_graduation()),
    ]
    .into_iter()
    .flatten()
    .collect();
    sentences.join(" ")
}

fn says<'a>(view: &'a BoardView, sentences: &[Sentence<&'a BoardView>]) -> Option<String> {
    first(sentences, view).map(|(_, says)| says)
}

/// How the three measures stand.
fn on_standing<'a>() -> [Sentence<&'a BoardView>; 6] {
    [
        Sentence {
            name: "before-run",
            says: before_run,
        },
        Sentence {
            name: "nothing-reported",
            says: nothing_reported,
        },
        Sentence {
            name: "too-early",
            says: too_early,
        },
        Sentence {
            name: "all-alike",
            says: all_alike,
        },
        Sentence {
            name: "all-good",
            says: all_good,
        },
        Sentence {
            name: "mixed",
            says: mixed,
        },
    ]
}

/// What the board is asked.
fn on_asks<'a>() -> [Sentence<&'a BoardView>; 3] {
    [
        Sentence {
            name: "nothing-asked",
            says: nothing_asked,
        },
        Sentence {
            name: "asked-with-topics",
            says: asked_with_topics,
        },
        Sentence {
            name: "asked",
            says: asked,
        },
    ]
}

/// Where revenue per employee went.
fn on_revenue<'a>() -> [Sentence<&'a BoardView>; 3] {
    [
        Sentence {
            name: "revenue-not-reported",
            says: revenue_not_reported,
        },
        Sentence {
            name: "revenue-moved",
            says: revenue_moved,
        },
        Sentence {
            name: "revenue-stands",
            says: revenue_stands,
        },
    ]
}

/// Whether the system pays for itself.
fn on_paying<'a>() -> [Sentence<&'a BoardView>; 6] {
    [
        Sentence {
            name: "paid-in-a-row",
            says: paid_in_a_row,
        },
        Sentence {
            name: "paid-once",
            says: paid_once,
        },
        Sentence {
            name: "did-not-pay",
            says: did_not_pay,
        },
        Sentence {
            name: "could-not-be-told",
            says: could_not_be_told,
        },
        Sentence {
            name: "no-session",
            says: no_session,
        },
        Sentence {
            name: "not-asked-yet",
            says: not_asked_yet,
        },
    ]
}

/// What lies ahead.
fn on_graduation<'a>() -> [Sentence<&'a BoardView>; 6] {
    [
        Sentence {
            name: "graduated",
            says: graduated,
        },
        Sentence {
            name: "ready",
            says: ready,
        },
        Sentence {
            name: "past-window",
            says: past_window,
        },
        Sentence {
            name: "talk-open",
            says: talk_open,
        },
        Sentence {
            name: "too-late",
            says: too_late,
        },
        Sentence {
            name: "so-many-more",
            says: so_many_more,
        },
    ]
}

/// How a measure is judged, in words that follow "is".
fn judged(measure: &Measure) -> &'static str {
    match (measure.actual, measure.verdict) {
        (None, _) => "not reported",
        (Some(_), None) => "not judged before Run",
        (_, Some(Verdict::TooEarly)) => "too early to judge",
        (_, Some(Verdict::Investigate)) => "to be investigated",
        (_, Some(Verdict::AboveCap)) => "above its cap",
        (_, Some(Verdict::NotReported)) => "without a baseline to be judged by",
        (_, Some(verdict @ (Verdict::OnTrack | Verdict::Ahead | Verdict::Behind))) => {
            verdict.word()
        }
    }
}

/// Bad news before good, good before none.
fn weight(measure: &Measure) -> u8 {
    match (measure.actual, measure.verdict) {
        (Some(_), Some(verdict)) if verdict.needs_attention() => 0,
        (Some(_), Some(verdict)) if verdict.is_good() => 1,
        _ => 2,
    }
}

fn three(view: &BoardView) -> [&Measure; 3] {
    Kpi::ALL.map(|kpi| view.measures.get(kpi))
}

fn before_run(view: &BoardView) -> Option<String> {
    view.run_month
        .is_none()
        .then(|| "Run has not begun, and the measures are judged in Run.".to_owned())
}

fn nothing_reported(view: &BoardView) -> Option<String> {
    three(view)
        .iter()
        .all(|measure| measure.actual.is_none())
        .then(|| {
            format!(
                "No measure was reported for {}.",
                figure::month(view.quarter.last())
            )
        })
}

fn too_early(view: &BoardView) -> Option<String> {
    let number = view.run_month?;
    let early =
        |measure: &&Measure| measure.actual.is_some() && measure.verdict == Some(Verdict::TooEarly);
    three(view).iter().all(early).then(|| {
        format!("In month {number} of Run it is too early to judge any of the three measures.")
    })
}

fn all_alike(view: &BoardView) -> Option<String> {
    let [one, two, three] = three(view).map(judged);
    let speaks = matches!(one, "on track" | "ahead" | "behind");
    (one == two && two == three && speaks)
        .then(|| format!("{} in all three measures.", figure::capital(one)))
}

fn all_good(view: &BoardView) -> Option<String> {
    three(view)
        .iter()
        .all(|measure| weight(measure) == 1)
        .then(|| "On track or ahead in all three measures.".to_owned())
}

/// `Task automation is behind; revenue per employee and away from desk are on
/// track.`
fn mixed(view: &BoardView) -> Option<String> {
    view.run_month?;
    let mut measures = three(view);
    measures.sort_by_key(|measure| weight(measure));
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    for measure in measures {
        let words = judged(measure);
        match groups.iter_mut().find(|(word, _)| *word == words) {
            Some((_, names)) => names.push(named(measure.kpi)),
            None => groups.push((words, vec![named(measure.kpi)])),
        }
    }
    let clauses: Vec<String> = groups
        .iter()
        .map(|(words, names)| {
            let verb = if names.len() == 1 { "is" } else { "are" };
            let words = match (*words, names.len()) {
                ("above its cap", 2..) => "above their caps",
                (words, _) => words,
            };
            format!("{} {verb} {words}", figure::list(names))
        })
        .collect();
    Some(format!("{}.", figure::capital(&clauses.join("; "))))
}

fn nothing_asked(view: &BoardView) -> Option<String> {
    view.asks
        .is_empty()
        .then(|| "Nothing is asked of the board.".to_owned())
}

/// The most topics that a headline names.
const MOST_TOPICS: usize = 3;

fn asked_with_topics(view: &BoardView) -> Option<String> {
    let topics: Option<Vec<String>> = view
        .asks
        .iter()
        .map(|ask| {
            let topic = ask.topic.as_deref()?.trim().trim_end_matches('.');
            (!topic.is_empty()).then(|| format!("on {topic}"))
        })
        .collect();
    let topics = topics.filter(|topics| topics.len() <= MOST_TOPICS)?;
    let asked = asked(view)?;
    Some(format!(
        "{}, {}.",
        asked.trim_end_matches('.'),
        figure::list(&topics)
    ))
}

fn asked(view: &BoardView) -> Option<String> {
    let decisions = figure::counted(view.asks.len(), "decision", "decisions");
    (!view.asks.is_empty()).then(|| format!("The board is asked for {decisions}."))
}

fn revenue(view: &BoardView) -> &Measure {
    &view.measures.revenue_per_employee
}

fn revenue_not_reported(view: &BoardView) -> Option<String> {
    revenue(view).actual.is_none().then(|| {
        format!(
            "Revenue per employee was not reported for {}.",
            figure::month(view.quarter.last())
        )
    })
}

fn revenue_moved(view: &BoardView) -> Option<String> {
    let moved = revenue(view).change_percent?;
    let moved = match figure::signed(moved, 1).chars().next() {
        Some('+') => format!("rose {} on the quarter", figure::percent(moved)),
        Some('0') => "held its level over the quarter".to_owned(),
        _ => format!("fell {} on the quarter", figure::percent(moved.abs())),
    };
    Some(match to_baseline(view) {
        Some(place) => format!("Revenue per employee {moved} and now stands {place}."),
        None => format!("Revenue per employee {moved}."),
    })
}

fn revenue_stands(view: &BoardView) -> Option<String> {
    let value = figure::money(revenue(view).actual?, &view.currency);
    Some(match to_baseline(view) {
        Some(place) => format!("Revenue per employee stands at {value}, {place}."),
        None => format!("Revenue per employee stands at {value}."),
    })
}

/// `19.0 % over its baseline`.
fn to_baseline(view: &BoardView) -> Option<String> {
    let grown = revenue(view).on_baseline?;
    let percent = figure::percent(grown.abs());
    Some(match figure::signed(grown, 1).chars().next() {
        Some('+') => format!("{percent} over its baseline"),
        Some('0') => "at its baseline".to_owned(),
        _ => format!("{percent} under its baseline"),
    })
}

/// The answer of the quarter's last month; none before Run.
fn last(view: &BoardView) -> Option<AnswerGiven> {
    let given = view.answers.last().copied();
    given.filter(|given| given.month == view.quarter.last())
}

fn paid_in_a_row(view: &BoardView) -> Option<String> {
    let streak = view.outlook.streak;
    (streak > 1 && last(view)?.answer == Some(Answer::Yes)).then(|| {
        format!(
            "The system has paid for itself {} months in a row.",
            figure::in_words(streak as usize)
        )
    })
}

fn paid_once(view: &BoardView) -> Option<String> {
    (last(view)?.answer == Some(Answer::Yes)).then(|| {
        format!(
            "The system paid for itself in {}, the first yes in a row.",
            figure::month_name(view.quarter.last())
        )
    })
}

fn did_not_pay(view: &BoardView) -> Option<String> {
    (last(view)?.answer == Some(Answer::No)).then(|| {
        format!(
            "The system did not pay for itself in {}.",
            figure::month_name(view.quarter.last())
        )
    })
}

fn could_not_be_told(view: &BoardView) -> Option<String> {
    (last(view)?.answer == Some(Answer::Unclear)).then(|| {
        format!(
            "Whether the system paid for itself in {} could not be told.",
            figure::month_name(view.quarter.last())
        )
    })
}

fn no_session(view: &BoardView) -> Option<String> {
    last(view)?.answer.is_none().then(|| {
        format!(
            "No session was held in {}.",
            figure::month_name(view.quarter.last())
        )
    })
}

/// Run has begun, and the quarter's last month is not known.
fn not_asked_yet(view: &BoardView) -> Option<String> {
    view.run_month?;
    Some(format!(
        "Whether the system pays for itself was not asked in {}.",
        figure::month_name(view.quarter.last())
    ))
}

fn graduated(view: &BoardView) -> Option<String> {
    (view.outlook.state == State::Graduated).then(|| "The engagement has graduated.".to_owned())
}

fn ready(view: &BoardView) -> Option<String> {
    (view.outlook.state == State::Ready)
        .then(|| "All three criteria for graduation are met.".to_owned())
}

fn past_window(view: &BoardView) -> Option<String> {
    let last = view
        .outlook
        .window_ends
        .filter(|_| view.outlook.state == State::PastWindow)?;
    Some(format!(
        "The window for graduation ended in {}.",
        figure::month(last)
    ))
}

fn talk_open(view: &BoardView) -> Option<String> {
    (view.outlook.state == State::TalkOpen)
        .then(|| "The graduation talk is open; not all three criteria are met yet.".to_owned())
}

/// How many more yes answers open the talk.
fn more(view: &BoardView) -> Option<String> {
    let missing = view
        .outlook
        .streak_needed
        .saturating_sub(view.outlook.streak);
    (missing > 0).then(|| {
        let verb = if missing == 1 { "opens" } else { "open" };
        format!(
            "{} more {verb} the graduation talk",
            figure::capital(&figure::in_words(missing as usize))
        )
    })
}

fn too_late(view: &BoardView) -> Option<String> {
    let (earliest, last) = (view.outlook.earliest?, view.outlook.window_ends?);
    let more = more(view).filter(|_| earliest > last)?;
    Some(format!(
        "{more}, after the window’s end in {}.",
        figure::month(last)
    ))
}

fn so_many_more(view: &BoardView) -> Option<String> {
    let (earliest, last) = (view.outlook.earliest?, view.outlook.window_ends?);
    let length = last.since(run_begins(view)?) + 1;
    Some(format!(
        "{}, in {} at the earliest, inside the {length}-month window.",
        more(view)?,
        figure::month(earliest)
    ))
}
