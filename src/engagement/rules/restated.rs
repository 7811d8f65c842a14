//! A figure that a board's memo shows is not changed in silence: the file
//! that holds it says what it was, and why it isn't any more.

use std::collections::BTreeMap;

use super::Doubt;
use crate::diagnostic::{Diagnostic, Report, Span};
use crate::engagement::Engagement;
use crate::engagement::restatement::Restatement;
use crate::engagement::session::Session;
use crate::engagement::snapshot::{Figure, Reading};
use crate::source::files::nameless;
use crate::source::month::Month;
use crate::source::quarter::Quarter;

pub(super) fn check(engagement: &Engagement, doubt: &Doubt, report: &mut Report) {
    let shown = shown(engagement);
    for (figure, readings) in &shown {
        if in_doubt(engagement, doubt, *figure) {
            continue;
        }
        let now = engagement.reading(*figure);
        for (was, memo) in readings {
            if !was.is(now) && !is_restated(engagement, *figure, *was) {
                report.push(missing(engagement, *figure, *was, *memo));
            }
        }
    }
    entries(engagement, doubt, &shown, report);
}

/// What the memos show each figure to be, each reading once, with the first
/// memo that shows it.
type Shown = BTreeMap<Figure, Vec<(Reading, Quarter)>>;

fn shown(engagement: &Engagement) -> Shown {
    let mut shown = Shown::new();
    for snapshot in engagement.snapshots.values() {
        for (figure, reading) in snapshot.figures() {
            let readings = shown.entry(figure).or_default();
            if !readings.iter().any(|(known, _)| known.is(reading)) {
                readings.push((reading, snapshot.quarter));
            }
        }
    }
    shown
}

/// Whether a file with faults may hold the figure, so that what it is isn't
/// known.
fn in_doubt(engagement: &Engagement, doubt: &Doubt, figure: Figure) -> bool {
    let record = |month: Month| engagement.months.get(&month);
    match figure {
        Figure::Baseline(_) => !doubt.fit_checks.is_empty() || doubt.month_lost,
        Figure::Value(_, month) => {
            let there = record(month).is_some_and(|record| record.telemetry.is_some());
            doubt.telemetry.contains(&month) || doubt.month_lost && !there
        }
        Figure::Answer(month) => {
            let there = record(month).is_some_and(|record| record.session.is_some());
            doubt.sessions.contains(&month) || doubt.month_lost && !there
        }
    }
}

fn is_restated(engagement: &Engagement, figure: Figure, was: Reading) -> bool {
    let holder = holder(engagement, figure);
    engagement.restatements.iter().any(|entry| {
        entry.figure == figure
            && entry.was.is(was)
            && Some(&entry.span.file.path) == holder.as_ref()
    })
}

/// The file that holds a figure, or should; none for a baseline if there is
/// no Fit Check at all.
fn holder(engagement: &Engagement, figure: Figure) -> Option<String> {
    let name = match figure {
        Figure::Baseline(_) => "fit-check.yaml",
        Figure::Value(..) => "telemetry.yaml",
        Figure::Answer(_) => "leadership.yaml",
    };
    let first_sheet = || Some(engagement.fit_check.sheets.first()?.month);
    let month = engagement.month_of(figure).or_else(first_sheet)?;
    Some(format!("content/{month}/{name}"))
}

/// A figure's place: its value, else what should hold it.
fn place(engagement: &Engagement, figure: Figure) -> Option<Span> {
    let found = match figure {
        Figure::Baseline(kpi) => engagement.baseline.as_ref().map(|baseline| {
            let value = baseline.kpis.get(kpi).as_ref();
            value.map_or(&baseline.span, |value| &value.span).clone()
        }),
        Figure::Value(kpi, month) => {
            let record = engagement.months.get(&month);
            let telemetry = record.and_then(|record| record.telemetry.as_ref());
            telemetry.map(|telemetry| {
                let value = telemetry.kpis.get(kpi).as_ref();
                value
                    .map_or(&telemetry.figures, |value| &value.span)
                    .clone()
            })
        }
        Figure::Answer(month) => {
            let record = engagement.months.get(&month);
            match record.and_then(|record| record.session.as_ref()) {
                Some(Session::Held(held)) => Some(held.closing.answer.span.clone()),
                Some(Session::Skipped(reason)) => Some(reason.span.clone()),
                None => None,
            }
        }
    };
    found.or_else(|| Some(Span::start_of(&nameless(holder(engagement, figure)?))))
}

fn missing(engagement: &Engagement, figure: Figure, was: Reading, memo: Quarter) -> Diagnostic {
    let fault = Diagnostic::error(
        "restatement-missing",
        format!(
            "{} was changed after the board had read it",
            named(engagement, figure)
        ),
    );
    let help = format!(
        "{}; or undo the change",
        remedy(engagement, figure, was, memo)
    );
    let Some(place) = place(engagement, figure) else {
        return fault.help(help);
    };
    let label = format!(
        "{} now, {} in the memo for {memo}",
        spoken(engagement.reading(figure)),
        spoken(was)
    );
    let fault = if place.file.text.is_empty() {
        // A file that is gone has no line to set the label beside.
        Diagnostic {
            message: format!("{}: {label}", fault.message),
            ..fault
        }
    } else {
        fault
    };
    fault.at(&place, label).help(help)
}

/// What to write, and where.
fn remedy(engagement: &Engagement, figure: Figure, was: Reading, memo: Quarter) -> String {
    let Some(file) = holder(engagement, figure) else {
        return format!(
            "bring back the Fit Check's file, whose baseline the memo for {memo} shows"
        );
    };
    let entry = entry_to_add(engagement, figure, was, memo);
    let listed = engagement
        .restatements
        .iter()
        .any(|entry| entry.span.file.path == file);
    let is_session = matches!(figure, Figure::Answer(_));
    let gone = place(engagement, figure).is_none_or(|place| place.file.text.is_empty());
    if listed {
        format!("add to the `restatements` of {file}: `{entry}`")
    } else if gone && is_session {
        format!("write {file}: `skipped: \"…\"` and `restatements: [ {entry} ]`")
    } else if gone {
        format!("write {file}: `restatements: [ {entry} ]`")
    } else {
        format!("add to {file}: `restatements: [ {entry} ]`")
    }
}

fn entry_to_add(engagement: &Engagement, figure: Figure, was: Reading, memo: Quarter) -> String {
    let frozen = engagement.snapshots.get(&memo);
    let date = frozen.map_or(engagement.as_of, |snapshot| {
        snapshot.frozen.max(engagement.as_of)
    });
    let kpi = match figure {
        Figure::Baseline(kpi) | Figure::Value(kpi, _) => format!("kpi: {}, ", kpi.key()),
        Figure::Answer(_) => String::new(),
    };
    let was = match was {
        Reading::Number(Some(number)) => format!("was: {number}, "),
        Reading::Answer(Some(answer)) => format!("was: {}, ", answer.word()),
        Reading::Number(None) | Reading::Answer(None) => String::new(),
    };
    format!("{{ {kpi}{was}date: {date}, reason: \"…\" }}")
}

/// A figure's name in a message: "`task_automation` of 2026-06".
fn named(engagement: &Engagement, figure: Figure) -> String {
    match (figure, engagement.month_of(figure)) {
        (Figure::Baseline(kpi), _) => format!("the baseline's `{}`", kpi.key()),
        (figure, Some(month)) => format!("`{}` of {month}", figure.key()),
        (figure, None) => format!("`{}`", figure.key()),
    }
}

fn spoken(reading: Reading) -> String {
    match reading {
        Reading::Number(Some(number)) => number.to_string(),
        Reading::Number(None) => "not reported".to_owned(),
        Reading::Answer(Some(answer)) => answer.word().to_owned(),
        Reading::Answer(None) => "no session".to_owned(),
    }
}

/// Entries that say the same twice, or nothing.
fn entries(engagement: &Engagement, doubt: &Doubt, shown: &Shown, report: &mut Report) {
    let mut seen: Vec<&Restatement> = Vec::new();
    for entry in &engagement.restatements {
        let first = seen
            .iter()
            .find(|first| first.figure == entry.figure && first.was.is(entry.was));
        if let Some(first) = first {
            report.push(twice(engagement, entry, first));
            continue;
        }
        seen.push(entry);
        if in_doubt(engagement, doubt, entry.figure) {
            continue;
        }
        let readings = shown.get(&entry.figure).map_or(&[][..], |found| found);
        let known = readings.iter().any(|(was, _)| was.is(entry.was));
        if entry.was.is(engagement.reading(entry.figure)) {
            report.push(unchanged(engagement, entry));
        } else if !doubt.snapshots {
            let misplaced = holder(engagement, entry.figure)
                .filter(|holder| *holder != entry.span.file.path && known);
            if let Some(holder) = misplaced {
                report.push(of_nothing(
                    format!(
                        "{} is held by another file, so this restates nothing",
                        named(engagement, entry.figure)
                    ),
                    entry,
                    &format!("move it to {holder}"),
                ));
            } else if !known {
                report.push(unknown(engagement, entry, readings));
            }
        }
    }
}

fn twice(engagement: &Engagement, entry: &Restatement, first: &Restatement) -> Diagnostic {
    Diagnostic::error(
        "duplicate-restatement",
        format!(
            "{} is restated twice from {}",
            named(engagement, entry.figure),
            spoken(entry.was)
        ),
    )
    .at(&entry.span, "again here")
    .see(&first.span, "first here")
    .help("keep one of the two: a figure that changed again is restated from what the later memo shows")
}

fn unchanged(engagement: &Engagement, entry: &Restatement) -> Diagnostic {
    let help = match entry.was {
        Reading::Number(None) | Reading::Answer(None) => {
            "without `was` it says that the memo shows none: write what the memo shows, or remove this"
        }
        Reading::Number(Some(_)) | Reading::Answer(Some(_)) => {
            "`was` is what the memo shows and the figure itself what is true now; remove this if the change was undone"
        }
    };
    Diagnostic::error(
        "restatement-unchanged",
        format!(
            "{} is said to have been {}, which it is now",
            named(engagement, entry.figure),
            spoken(entry.was)
        ),
    )
    .at(&entry.span, "")
    .help(help)
}

fn unknown(
    engagement: &Engagement,
    entry: &Restatement,
    readings: &[(Reading, Quarter)],
) -> Diagnostic {
    let figure = named(engagement, entry.figure);
    let message = match entry.was {
        Reading::Answer(None) => {
            format!("no memo shows {figure} as left out for want of a session")
        }
        was => format!("no memo shows {figure} as {}", spoken(was)),
    };
    let shown: Vec<String> = readings
        .iter()
        .map(|(was, memo)| format!("the memo for {memo} shows {}", spoken(*was)))
        .collect();
    let help = if shown.is_empty() {
        "a figure that no memo shows is changed without a restatement; remove this".to_owned()
    } else {
        format!("{}; write that as `was`, or remove this", shown.join(", "))
    };
    of_nothing(message, entry, &help)
}

fn of_nothing(message: String, entry: &Restatement, help: &str) -> Diagnostic {
    Diagnostic::warning("restatement-of-nothing", message)
        .at(&entry.span, "")
        .help(help)
}
