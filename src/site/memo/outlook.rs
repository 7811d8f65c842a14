//! The closing answers, the way to graduation, and the quarters so far.

use super::measure;
use super::view::{
    AnswerCell, Answers, CriterionRow, Graduation, QuarterRow, QuarterValue, Quarters,
};
use crate::engagement::kpi::Kpi;
use crate::engagement::snapshot::Figure;
use crate::insight::board::{AnswerGiven, BoardView, Outlook};
use crate::insight::progress::Character;
use crate::site::figure;
use crate::site::page::view::{Shape, Status, Tone};
use crate::site::page::{graduation, label};
use crate::source::document::Answer;
use crate::source::month::Month;

/// The most months that the row of answers holds.
const MOST_MONTHS: usize = 24;

/// Whether the system is paying for itself, month by month.
pub(super) fn answers(view: &BoardView) -> Answers {
    let skipped = view.answers.len().saturating_sub(MOST_MONTHS);
    let row = &view.answers[skipped..];
    let months = row
        .iter()
        .enumerate()
        .map(|(at, given)| cell(view, *given, at == 0))
        .collect();
    let restated = view.restatements.iter().filter_map(|restated| {
        let Figure::Answer(month) = restated.figure else {
            return None;
        };
        let marked = row.iter().any(|given| given.month == month);
        Some(measure::revised(view, restated, marked))
    });
    Answers {
        months,
        streak: view.outlook.streak.to_string(),
        of: format!("of {}", view.outlook.streak_needed),
        legend: [
            Some(Answer::Yes),
            Some(Answer::Unclear),
            Some(Answer::No),
            None,
        ]
        .map(|given| {
            let status = answer(given);
            Status {
                word: status.word.to_lowercase(),
                ..status
            }
        })
        .into(),
        caption: caption(row),
        notes: restated.collect(),
        none: "Run has not begun: the question is asked from its first session on.",
    }
}

fn answer(given: Option<Answer>) -> Status {
    given.map_or_else(
        || Status::new(Tone::Neutral, Shape::Dash, "No session held"),
        label::answer,
    )
}

fn cell(view: &BoardView, given: AnswerGiven, is_first: bool) -> AnswerCell {
    let status = answer(given.answer);
    let with_year = is_first || given.month.number() == 1;
    let restated = measure::is_restated(view, Figure::Answer(given.month));
    AnswerCell {
        shape: status.shape,
        tone: status.tone,
        initial: figure::month_initial(given.month),
        year: with_year.then(|| given.month.year().to_string()),
        words: format!(
            "{}: {}",
            figure::month(given.month),
            status.word.to_lowercase()
        ),
        in_quarter: given.in_quarter,
        marks: if restated { "r" } else { "" },
    }
}

/// `Shaded: this quarter, three yes of three. August 2025 to September 2026.`
fn caption(row: &[AnswerGiven]) -> String {
    let quarter: Vec<&AnswerGiven> = row.iter().filter(|given| given.in_quarter).collect();
    let yes = quarter
        .iter()
        .filter(|given| given.answer == Some(Answer::Yes))
        .count();
    let span = row.first().zip(row.last()).map(|(first, last)| {
        if first.month == last.month {
            format!("{}.", figure::month(first.month))
        } else {
            format!(
                "{} to {}.",
                figure::month(first.month),
                figure::month(last.month)
            )
        }
    });
    let span = span.unwrap_or_default();
    match quarter.len() {
        0 => span,
        asked => {
            let yes = match yes {
                0 => "no".to_owned(),
                yes => figure::in_words(yes),
            };
            let asked = figure::in_words(asked);
            format!("Shaded: this quarter, {yes} yes of {asked}. {span}")
        }
    }
}

/// The way to graduation.
pub(super) fn graduation(view: &BoardView) -> Graduation {
    Graduation {
        state: graduation::state(view.outlook.state),
        note: measure::run_begins(view)
            .zip(view.run_month)
            .zip(view.outlook.window_ends)
            .map(|((first, number), last)| {
                let length = last.since(first) + 1;
                let month = figure::month(last);
                if number <= length {
                    format!("Run month {number} of a {length}-month window, to {month}")
                } else {
                    format!("Run month {number}; the {length}-month window ended in {month}")
                }
            }),
        rows: vec![streak(view), strategy(&view.outlook), all_on_track(view)],
    }
}

/// `Met`, else how far: `10 of 12`.
fn progress(have: u32, needed: u32) -> Status {
    if have >= needed {
        return Status::new(Tone::Good, Shape::Dot, "Met");
    }
    let shape = if have == 0 { Shape::Ring } else { Shape::Half };
    Status::new(Tone::Neutral, shape, format!("{have} of {needed}"))
}

fn streak(view: &BoardView) -> CriterionRow {
    let outlook = &view.outlook;
    let since = view
        .answers
        .iter()
        .rev()
        .take_while(|given| given.answer == Some(Answer::Yes))
        .last()
        .filter(|_| outlook.streak > 0)
        .map(|given| given.month);
    let begun = match (since, outlook.streak) {
        (Some(since), 1) => format!("Yes in {}", figure::month(since)),
        (Some(since), _) => format!("Yes since {}", figure::month(since)),
        (None, 0) => "No yes counts at present".to_owned(),
        // A playbook may keep the streak over a month without a session.
        (None, streak) => format!(
            "{} yes counted",
            figure::capital(&figure::in_words(streak as usize))
        ),
    };
    let needed = outlook.streak_needed;
    let reached = match outlook.earliest {
        Some(month) if outlook.streak >= needed => {
            format!(
                "; {} reached in {}",
                figure::in_words(needed as usize),
                figure::month(month)
            )
        }
        Some(month) => format!("; {} at the earliest", figure::month(month)),
        None => String::new(),
    };
    CriterionRow {
        criterion: format!(
            "{} yes in a row",
            figure::capital(&figure::in_words(needed as usize))
        ),
        state: progress(outlook.streak, needed),
        evidence: format!("{begun}{reached}"),
    }
}

fn strategy(outlook: &Outlook) -> CriterionRow {
    let held: Vec<String> = outlook
        .characters
        .iter()
        .map(|(month, character)| {
            let word = character.map_or("not timed", Character::word);
            format!("{} {word}", figure::month_name(*month))
        })
        .collect();
    CriterionRow {
        criterion: format!(
            "{} strategy sessions in a row",
            figure::capital(&figure::in_words(outlook.strategy_needed as usize))
        ),
        state: progress(outlook.strategy, outlook.strategy_needed),
        evidence: if held.is_empty() {
            "No session was held this quarter".to_owned()
        } else {
            held.join(", ")
        },
    }
}

fn all_on_track(view: &BoardView) -> CriterionRow {
    let outlook = &view.outlook;
    CriterionRow {
        criterion: "All three measures on track".to_owned(),
        state: progress(outlook.kpis_good, 3),
        evidence: match (outlook.kpis_since, last_held(view)) {
            (Some(since), _) if outlook.kpis_good == 3 => {
                format!("Since {}", figure::month(since))
            }
            (_, Some(month)) => format!(
                "{} on track or ahead in {}, the last session",
                figure::capital(&figure::in_words(outlook.kpis_good as usize)),
                figure::month(month)
            ),
            (_, None) => "No session has been held yet".to_owned(),
        },
    }
}

fn last_held(view: &BoardView) -> Option<Month> {
    let mut held = view.answers.iter().rev();
    held.find(|given| given.answer.is_some())
        .map(|given| given.month)
}

/// The baseline and the ends of the quarters of Run.
pub(super) fn quarters(view: &BoardView) -> Quarters {
    let quarters = measure::quarters(view);
    let all = measure::run_begins(view).map_or(0, |run| view.quarter.last().since(run) / 3 + 1);
    let earlier = quarters
        .first()
        .is_some_and(|first| measure::run_begins(view).is_some_and(|run| first.first() > run));
    let count = figure::in_words(quarters.len());
    let title = match quarters.len() {
        0 => "The quarters of Run".to_owned(),
        1 => "The first quarter of Run".to_owned(),
        _ if earlier && all > 5 => format!("The last {count} quarters of Run"),
        _ => format!("The {count} quarters of Run"),
    };
    let mut heads = vec!["Baseline".to_owned()];
    heads.extend(quarters.iter().map(|quarter| figure::quarter(*quarter)));
    let row = |kpi| {
        let measure = view.measures.get(kpi);
        let ends = quarters.iter();
        let ends = ends.map(|quarter| measure::end_of(view, measure, *quarter));
        let figures = [measure::baseline(view, measure)].into_iter().chain(ends);
        QuarterRow {
            name: kpi.name(),
            unit: measure::unit(view, kpi),
            values: figures
                .zip(&heads)
                .map(|(figure, head)| QuarterValue {
                    head: head.clone(),
                    figure,
                })
                .collect(),
        }
    };
    let rows = match quarters.len() {
        0 => Vec::new(),
        _ => Kpi::ALL.map(row).into(),
    };
    Quarters {
        title,
        heads,
        rows,
        none: "Run has not begun.",
    }
}
