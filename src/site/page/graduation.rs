//! The way to graduation: criteria, the months, and what it means.

use super::frame::{Context, Opening, frame, period};
use super::view::frame::StripItem;
use super::view::graduation::{
    Character as CharacterView, Criterion, GraduationPage, Passage, Step, Steps, Window,
    WindowMonth,
};
use super::view::{Shape, Status, Tone};
use super::{kpi_chart, label, restated};
use crate::engagement::firm::Phase;
use crate::engagement::kpi::{Kpi, PerKpi};
use crate::insight::graduation::{Graduation, SessionMinutes, State, TimelineMonth};
use crate::insight::progress::{Character, SessionState};
use crate::insight::verdict::Verdict;
use crate::site::figure::{self, NOT_REPORTED};
use crate::site::route::Route;
use crate::source::document::Answer;
use crate::source::month::Month;

/// The view.
pub fn page(context: Context<'_>) -> GraduationPage {
    let route = Route::Graduation;
    let graduation = context.graduation();
    let mut strip = period(context, kpi_chart::reviewed(context));
    strip.push(StripItem::status(state(graduation.state)));
    let opening = Opening {
        title: "Graduation".to_owned(),
        strip,
        headline: headline(context),
        deck: earliest(graduation),
    };
    GraduationPage {
        frame: frame(context, &route, opening),
        criteria: criteria(context).into(),
        window: window(context, graduation, &route),
        steps: steps(context),
        meaning: Some(meaning()),
        reset: Some(reset(context)),
    }
}

/// Where the engagement stands, as a status.
pub fn state(state: State) -> Status {
    let (tone, shape) = match state {
        State::Building => (Tone::Neutral, Shape::Ring),
        State::TalkOpen => (Tone::Good, Shape::Up),
        State::Ready | State::Graduated => (Tone::Good, Shape::Dot),
        State::PastWindow => (Tone::Warn, Shape::Diamond),
    };
    Status::new(tone, shape, figure::capital(state.word()))
}

/// The criteria in their order.
pub fn criteria(context: Context<'_>) -> [Criterion; 3] {
    let graduation = context.graduation();
    [
        streak(graduation),
        strategy(context, graduation),
        kpis(context, graduation),
    ]
}

/// How far the way is.
pub fn headline(context: Context<'_>) -> String {
    let graduation = context.graduation();
    let streak = &graduation.streak;
    let missing = streak.needed.saturating_sub(streak.streak);
    match graduation.state {
        State::Graduated => "The engagement has graduated. Reviews are quarterly now.".to_owned(),
        State::Ready => "All three criteria are met. The firm is ready to graduate.".to_owned(),
        State::PastWindow => "The window is over, and the engagement has not graduated.".to_owned(),
        State::TalkOpen => format!("The graduation talk is open. {}", still_to_come(graduation)),
        State::Building if graduation.window.is_none() => {
            "Run has not begun, and graduation is measured in Run.".to_owned()
        }
        State::Building if missing == 1 => {
            format!("One more yes opens the talk. {}", still_to_come(graduation))
        }
        State::Building => {
            let earliest = streak
                .earliest
                .map(|month| format!(" {} at the earliest.", figure::month(month)));
            format!(
                "{} open the talk.{}",
                figure::capital(&figure::counted(missing as usize, "yes more", "more yes")),
                earliest.unwrap_or_default()
            )
        }
    }
}

/// What else is missing.
fn still_to_come(graduation: &Graduation) -> String {
    match (graduation.strategy.met, graduation.kpis.met) {
        (true, true) => "The other two criteria are met.".to_owned(),
        (false, true) => format!(
            "{} strategy sessions in a row are still to come.",
            figure::capital(&figure::in_words(graduation.strategy.needed as usize))
        ),
        (true, false) => "Not all three measures are on track.".to_owned(),
        (false, false) => "Strategy sessions and measures are still to come.".to_owned(),
    }
}

/// When graduation can come, and with what.
fn earliest(graduation: &Graduation) -> Option<String> {
    let earliest = graduation.earliest?;
    let unmet = |met: bool, month: Option<Month>| month.filter(|_| !met);
    let streak = &graduation.streak;
    let streak = unmet(streak.met, streak.earliest).map(|month| {
        format!(
            "the {} yes in {}",
            figure::ordinal(streak.needed as usize),
            figure::month(month)
        )
    });
    let strategy = &graduation.strategy;
    let strategy = unmet(strategy.met, strategy.earliest).map(|month| {
        let session = match strategy.needed {
            1 => "a strategy session".to_owned(),
            needed => format!(
                "the {} strategy session in a row",
                figure::ordinal(needed as usize)
            ),
        };
        format!("{session} in {}", figure::month(month))
    });
    let kpis = (!graduation.kpis.met).then(|| "all three measures on track".to_owned());
    let with: Vec<String> = [streak, strategy, kpis].into_iter().flatten().collect();
    let late = match graduation.window {
        Some(window) if earliest > window.last => ", after the window is over",
        _ => "",
    };
    Some(format!(
        "Graduation can come in {} at the earliest{late}: with {}.",
        figure::month(earliest),
        figure::list(&with)
    ))
}

fn met(met: bool, otherwise: &str) -> Status {
    if met {
        Status::new(Tone::Good, Shape::Dot, "Met")
    } else {
        Status::new(Tone::Neutral, Shape::Ring, otherwise)
    }
}

fn streak(graduation: &Graduation) -> Criterion {
    let streak = &graduation.streak;
    let missing = streak.needed.saturating_sub(streak.streak);
    let sentence = match (streak.since, streak.streak) {
        (Some(since), 1) => format!("Yes in {}.", figure::month(since)),
        (Some(since), _) => format!("Yes every month since {}.", figure::month(since)),
        (None, _) => "No yes counts at present.".to_owned(),
    };
    let ordinal = figure::in_words(streak.needed as usize);
    let evidence = streak.earliest.map(|month| {
        if streak.met {
            format!(
                "graduation-talk: streak {}. Reached {} in {}",
                streak.streak,
                ordinal,
                figure::month(month)
            )
        } else {
            format!(
                "graduation-talk: streak {}. From {}; earliest {}",
                streak.streak,
                streak.needed,
                figure::month(month)
            )
        }
    });
    Criterion {
        name: format!("{} yes in a row", figure::capital(&ordinal)),
        status: met(
            streak.met,
            &format!(
                "{} to go",
                figure::capital(&figure::in_words(missing as usize))
            ),
        ),
        value: streak.streak.to_string(),
        of: format!("of {}", streak.needed),
        sentence,
        evidence,
    }
}

fn strategy(context: Context<'_>, graduation: &Graduation) -> Criterion {
    let playbook = &context.firm().playbook;
    let strategy = &graduation.strategy;
    let sentence = match (&strategy.latest, &strategy.latest_strategy) {
        (None, _) => "No session has been held yet.".to_owned(),
        (Some(latest), Some(last)) if latest.month == last.month => {
            format!(
                "{} was strategy, with {} minutes of headroom.",
                figure::month_name(last.month),
                minutes(last.headroom)
            )
        }
        (Some(latest), Some(last)) => format!(
            "{} was strategy, with {} minutes of headroom; {} was {}.",
            figure::month(last.month),
            minutes(last.headroom),
            figure::month(latest.month),
            latest.character.map_or("not timed", Character::word)
        ),
        (Some(latest), None) => format!(
            "No session has been strategy yet; {} was {}.",
            figure::month(latest.month),
            latest.character.map_or("not timed", Character::word)
        ),
    };
    let rule = format!(
        "Strategy: segments 1–3 together at most {}\u{a0}min, headroom at least {}.",
        figure::decimal(playbook.strategy_operations, 0),
        figure::decimal(playbook.strategy_headroom, 0)
    );
    let latest = strategy
        .latest
        .as_ref()
        .map(|latest| format!(" {}", minutes_line(latest)));
    Criterion {
        name: format!(
            "{} strategy sessions in a row",
            figure::capital(&figure::in_words(strategy.needed as usize))
        ),
        status: met(strategy.met, "Not met"),
        value: strategy.in_a_row.to_string(),
        of: format!("of {}", strategy.needed),
        sentence,
        evidence: Some(format!("{rule}{}", latest.unwrap_or_default())),
    }
}

fn minutes(minutes: Option<u32>) -> String {
    minutes.map_or_else(|| NOT_REPORTED.to_owned(), |minutes| minutes.to_string())
}

fn minutes_line(session: &SessionMinutes) -> String {
    let operations: Vec<String> = session
        .operations
        .iter()
        .map(|part| minutes(*part))
        .collect();
    format!(
        "{}: {} and {}",
        figure::month_name(session.month),
        operations.join(", "),
        minutes(session.headroom)
    )
}

fn kpis(context: Context<'_>, graduation: &Graduation) -> Criterion {
    let criterion = &graduation.kpis;
    let currency = &context.firm().currency;
    let shown: Vec<String> = criterion.month.map_or_else(Vec::new, |month| {
        Kpi::ALL
            .into_iter()
            .filter_map(|kpi| {
                let point = context.point(kpi, month)?;
                let value = figure::kpi(kpi, point.value?, currency);
                let word = point.verdict?.word();
                Some(format!("{} {value}, {word}", kpi.name().to_lowercase()))
            })
            .collect()
    });
    let sentence = if shown.is_empty() {
        "No measure has been judged in a session yet.".to_owned()
    } else {
        figure::sentence(&figure::capital(&shown.join("; ")))
    };
    let evidence = match (criterion.met, criterion.since) {
        (true, Some(since)) => format!(
            "afd-, ta- and rpe-verdict: all three since {}",
            figure::month(since)
        ),
        _ => "afd-, ta- and rpe-verdict: each on track or ahead".to_owned(),
    };
    Criterion {
        name: "All three measures on track".to_owned(),
        status: met(criterion.met, "Not met"),
        value: criterion.good.to_string(),
        of: "of 3".to_owned(),
        sentence,
        evidence: Some(evidence),
    }
}

fn window(context: Context<'_>, graduation: &Graduation, route: &Route) -> Option<Window> {
    let span = graduation.window?;
    let needed = graduation.streak.needed;
    let months: Vec<WindowMonth> = graduation
        .timeline
        .iter()
        .enumerate()
        .map(|(at, month)| window_month(context, graduation, month, at, route, needed))
        .collect();
    let total = span.last.since(span.first) + 1;
    let reviewed = context.last_held().map_or(0, |run| run.number);
    let streak = graduation.streak.streak;
    let title = match (graduation.streak.since, streak) {
        (Some(since), streak) if streak > 1 => format!(
            "Month {reviewed} of {total}, with {} yes in a row since {}",
            figure::in_words(streak as usize),
            figure::month_name(since)
        ),
        _ => format!("Month {reviewed} of {total}"),
    };
    let coming: Vec<&TimelineMonth> = graduation
        .timeline
        .iter()
        .filter(|month| month.session.is_none())
        .collect();
    let remaining = coming.first().zip(coming.last()).map(|(first, last)| {
        format!(
            "{} to come, {} to {}",
            figure::capital(&figure::counted(coming.len(), "more month", "more months")),
            figure::month(first.month),
            figure::month(last.month)
        )
    });
    Some(Window {
        title,
        note: Some(format!("Window to {}", figure::month(span.last))),
        kpis: Kpi::ALL.map(|kpi| kpi.name().to_owned()).into(),
        legend: legend(graduation),
        restated: restated::answers(context),
        months,
        remaining,
    })
}

fn window_month(
    context: Context<'_>,
    graduation: &Graduation,
    month: &TimelineMonth,
    at: usize,
    route: &Route,
    needed: u32,
) -> WindowMonth {
    let with_year = at == 0 || month.month.number() == 1;
    let awaiting = month.session == Some(SessionState::Awaiting);
    let answer = month.session.map(|session| answer(session, month.answer));
    let in_streak = month.answer == Some(Answer::Yes)
        && graduation
            .streak
            .since
            .is_some_and(|since| month.month >= since);
    let known = context.has_month(month.month);
    let streak = match (awaiting, month.streak) {
        (true, Some(streak)) if streak < needed => Some(format!("{}?", streak + 1)),
        (_, streak) => streak.map(|streak| streak.to_string()),
    };
    WindowMonth {
        year: with_year.then(|| month.month.year().to_string()),
        run_month: month.number.to_string(),
        initial: figure::month_initial(month.month),
        name: figure::month(month.month),
        short: if with_year {
            figure::month(month.month)
        } else {
            figure::month_name(month.month).to_owned()
        },
        label: in_words(month),
        answer,
        streak,
        in_streak,
        current: awaiting,
        future: month.session.is_none(),
        character: month.character.map(|character| match character {
            Character::Triage => CharacterView::Triage,
            Character::Mixed => CharacterView::Mixed,
            Character::Strategy => CharacterView::Strategy,
        }),
        verdicts: verdicts(&month.verdicts),
        gained: month
            .trust
            .map(|trust| trust.gains)
            .filter(|gains| *gains > 0)
            .map(|gains| gains.to_string()),
        lost: month
            .trust
            .map(|trust| trust.losses)
            .filter(|losses| *losses > 0)
            .map(|losses| losses.to_string()),
        href: known.then(|| Route::LeadershipSession(month.month.to_string()).href(route)),
    }
}

fn answer(session: SessionState, answer: Option<Answer>) -> Status {
    match (session, answer) {
        (SessionState::Held, Some(Answer::Yes)) => Status::new(Tone::Good, Shape::Dot, "Yes"),
        (SessionState::Held, Some(Answer::No)) => Status::new(Tone::Neutral, Shape::Cross, "No"),
        (SessionState::Held, _) => Status::new(Tone::Neutral, Shape::Half, "Unclear"),
        (SessionState::Awaiting, _) => Status::new(Tone::Warn, Shape::Ring, "Awaited"),
        (SessionState::Skipped | SessionState::Missing, _) => {
            Status::new(Tone::Neutral, Shape::Dash, "No session held")
        }
    }
}

fn verdicts(verdicts: &PerKpi<Option<Verdict>>) -> Vec<Status> {
    let judged: Vec<Status> = Kpi::ALL
        .into_iter()
        .map(|kpi| label::verdict((*verdicts.get(kpi)).unwrap_or(Verdict::NotReported)))
        .collect();
    let any = Kpi::ALL.into_iter().any(|kpi| verdicts.get(kpi).is_some());
    if any { judged } else { Vec::new() }
}

/// The month as it is read out.
fn in_words(month: &TimelineMonth) -> String {
    let mut sentences = vec![format!("Run month {}.", month.number)];
    let Some(session) = month.session else {
        sentences.push("To come.".to_owned());
        return sentences.join(" ");
    };
    let word = answer(session, month.answer).word;
    sentences.push(match (month.answer, month.streak) {
        (Some(Answer::Yes), Some(streak)) if streak > 1 => format!("{word}, {streak} in a row."),
        _ => format!("{word}."),
    });
    if let Some(character) = month.character {
        sentences.push(format!("{} session.", figure::capital(character.word())));
    }
    let judged: Vec<String> = Kpi::ALL
        .into_iter()
        .filter_map(|kpi| {
            Some(format!(
                "{} {}",
                kpi.name().to_lowercase(),
                (*month.verdicts.get(kpi))?.word()
            ))
        })
        .collect();
    if !judged.is_empty() {
        sentences.push(format!("{}.", figure::capital(&figure::list(&judged))));
    }
    if let Some(trust) = month.trust.filter(|trust| trust.gains + trust.losses > 0) {
        let gains = figure::counted(trust.gains, "gain", "gains");
        let losses = figure::counted(trust.losses, "loss", "losses");
        sentences.push(format!("Trust: {gains}, {losses}."));
    }
    if let Some(phase) = month.phase {
        sentences.push(format!("Phase: {}.", phase.name()));
    }
    sentences.join(" ")
}

/// The shapes that occur, each once.
fn legend(graduation: &Graduation) -> Vec<Status> {
    let mut legend: Vec<Status> = Vec::new();
    for month in &graduation.timeline {
        let answer = month.session.map(|session| answer(session, month.answer));
        for mut status in answer.into_iter().chain(verdicts(&month.verdicts)) {
            status.word = status.word.to_lowercase();
            if !legend.contains(&status) {
                legend.push(status);
            }
        }
    }
    legend
}

fn steps(context: Context<'_>) -> Option<Steps> {
    let begun: Vec<(Phase, Month)> = context
        .firm()
        .phases
        .begun
        .iter()
        .map(|(phase, start)| (*phase, Month::of(start.value)))
        .collect();
    let now = context.firm().phases.on(context.as_of());
    let steps: Vec<Step> = begun
        .iter()
        .enumerate()
        .map(|(at, (phase, month))| Step {
            date: date_of(*month, begun.get(at + 1).map(|(_, next)| *next)),
            name: phase.name().to_owned(),
            text: step_text(context, *phase),
            href: None,
            current: now == Some(*phase),
        })
        .collect();
    (!steps.is_empty()).then(|| Steps {
        title: "How it got here".to_owned(),
        link: None,
        steps,
    })
}

/// `May–Jul 2025` for a phase that ended, `Aug 2025` for one that goes on.
fn date_of(month: Month, next: Option<Month>) -> String {
    let last = next.map(|next| next.plus(-1)).filter(|last| *last > month);
    match last {
        Some(last) if last.year() == month.year() => format!(
            "{}\u{2060}–\u{2060}{}",
            figure::short_month_name(month),
            figure::short_month(last)
        ),
        Some(last) => format!(
            "{}\u{2060}–\u{2060}{}",
            figure::short_month(month),
            figure::short_month(last)
        ),
        None => figure::short_month(month),
    }
}

fn step_text(context: Context<'_>, phase: Phase) -> Option<String> {
    match phase {
        Phase::FitCheck => context
            .baseline_of_firm()
            .map(|_| "Baseline set".to_owned()),
        Phase::Blueprint => Some("End state, path and plan".to_owned()),
        Phase::Build => {
            let initial = context
                .register()
                .lives
                .values()
                .filter(|life| life.initial)
                .count();
            (initial > 0).then(|| {
                format!(
                    "{} live",
                    figure::capital(&figure::counted(initial, "automation", "automations"))
                )
            })
        }
        Phase::Run => {
            let window = context.firm().playbook.graduation_window;
            Some(format!("Month 1 of {}", figure::decimal(window, 0)))
        }
        Phase::Graduated => Some("Quarterly reviews".to_owned()),
    }
}

/// What it is to have graduated.
pub fn meaning() -> Passage {
    Passage {
        title: "What graduation means here".to_owned(),
        paragraphs: vec![
            "The system runs, the team uses it without thinking about it, and the firm’s own leadership owns it. The monthly session becomes a quarterly review, with new Builds agreed one by one.".to_owned(),
        ],
    }
}

/// What would begin the count again.
pub fn reset(context: Context<'_>) -> Passage {
    let pause = if context.firm().playbook.skipped_pauses {
        "This engagement’s playbook lets an agreed pause keep the count."
    } else {
        "The playbook may let an agreed pause keep the count; this engagement’s does not."
    };
    Passage {
        title: "What would reset it".to_owned(),
        paragraphs: vec![format!(
            "An answer of no or unclear, or a month with no session held. {pause}"
        )],
    }
}
