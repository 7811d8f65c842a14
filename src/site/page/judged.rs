//! How a KPI is judged: verdict, figure, threshold and rule, in words.

use super::frame::Context;
use super::label;
use super::view::{Shape, Sidenote, Tone};
use crate::engagement::kpi::Kpi;
use crate::engagement::playbook::Playbook;
use crate::insight::series::Point;
use crate::insight::verdict::{Verdict, stage_band, target_band};
use crate::site::figure;
use crate::source::month::Month;

/// A month's verdict with its figure and rule; none before Run or where
/// nothing was reported.
pub fn verdict_note(context: Context<'_>, kpi: Kpi, month: Month) -> Option<Sidenote> {
    let point = context.point(kpi, month)?;
    let verdict = point.verdict?;
    let value = point.value?;
    let status = label::verdict(verdict);
    Some(Sidenote {
        tone: status.tone,
        shape: status.shape,
        title: format!("{}: {}", kpi.name(), verdict.word()),
        sparkline: None,
        text: sentence(context, kpi, point, value, verdict),
        rule: Some(rule(context, kpi, point, value)),
    })
}

/// A month's verdict as one line: `Task automation is on track: 63.0 %.`
pub fn verdict_line(context: Context<'_>, kpi: Kpi, month: Month) -> Option<String> {
    let point = context.point(kpi, month)?;
    let (Some(verdict), Some(value)) = (point.verdict, point.value) else {
        return Some(format!("{} was not reported.", kpi.name()));
    };
    let shown = figure::kpi(kpi, value, &context.firm().currency);
    Some(match verdict {
        // Why a line is flat is asked of this one.
        Verdict::TooEarly if kpi == Kpi::RevenuePerEmployee => format!(
            "{} stands at {shown}. It moves last: before month {} of Run it is too early to judge, and flat is expected.",
            kpi.name(),
            revenue_from(&context.firm().playbook)
        ),
        Verdict::TooEarly => format!(
            "{} stands at {shown}; it is too early to judge.",
            kpi.name()
        ),
        verdict => format!("{} is {}: {shown}.", kpi.name(), verdict.word()),
    })
}

fn sentence(context: Context<'_>, kpi: Kpi, point: &Point, value: f64, verdict: Verdict) -> String {
    let currency = &context.firm().currency;
    let shown = figure::kpi(kpi, value, currency);
    let number = point.run_month.unwrap_or_default();
    let against = match (kpi, point.rolling_mean, point.change) {
        (Kpi::AwayFromDesk, Some(mean), _) => format!(
            " The three-month mean is {}.",
            figure::kpi(kpi, mean, currency)
        ),
        (_, _, Some(change)) => format!(
            " {} on {}.",
            figure::kpi_change(kpi, change),
            figure::month_name(point.month.plus(-1))
        ),
        _ => String::new(),
    };
    let judged = match verdict {
        Verdict::TooEarly => format!("{shown}; month {number} is too early to judge it."),
        Verdict::OnTrack => format!("{shown} is what month {number} leads one to expect."),
        Verdict::Ahead => format!("{shown} is more than month {number} leads one to expect."),
        Verdict::Behind => format!("{shown} is less than month {number} leads one to expect."),
        Verdict::Investigate => format!("{shown} has hardly moved from the baseline: dig in."),
        Verdict::AboveCap => format!("{shown} is past the cap: prune before you add."),
        Verdict::NotReported => {
            format!("{shown}; there is no Fit Check baseline to hold it against.")
        }
    };
    format!("{judged}{against}")
}

/// The rule's name, the raw figure and the threshold.
fn rule(context: Context<'_>, kpi: Kpi, point: &Point, value: f64) -> String {
    let playbook = &context.firm().playbook;
    let number = point.run_month.unwrap_or_default();
    let code = rule_code(kpi);
    match kpi {
        Kpi::TaskAutomation => {
            let cap = figure::decimal(playbook.task_automation_cap, 0);
            match stage_band(playbook, number) {
                Some(band) => format!(
                    "{code}: {}. Band of month {number}: {}\u{a0}%; cap {cap}\u{a0}%",
                    figure::percent(value),
                    band_range(band.low, band.high)
                ),
                None => format!(
                    "{code}: {}. Judged from month 2; cap {cap}\u{a0}%",
                    figure::percent(value)
                ),
            }
        }
        Kpi::AwayFromDesk => format!(
            "{code}: {}. {}",
            figure::kpi(kpi, value, &context.firm().currency),
            away_threshold(context, number)
        ),
        Kpi::RevenuePerEmployee => {
            let grown = point
                .on_baseline
                .map_or_else(|| figure::NOT_REPORTED.to_owned(), figure::signed_percent);
            format!(
                "{code}: {grown} on the baseline. {}",
                revenue_threshold(playbook, number)
            )
        }
    }
}

/// A band's edges with a decimal only where they have one.
pub fn band_range(low: f64, high: f64) -> String {
    let edge =
        |value: f64| figure::decimal(value, usize::from(figure::round(value, 1).fract() != 0.0));
    format!("{}\u{2060}–\u{2060}{}", edge(low), edge(high))
}

fn away_threshold(context: Context<'_>, number: i32) -> String {
    let playbook = &context.firm().playbook;
    let target = figure::decimal(playbook.away_from_desk_target, 0);
    if f64::from(number) >= playbook.away_from_desk_due {
        return format!("On track from {target}\u{a0}h");
    }
    if number <= 1 {
        return "Judged from month 2".to_owned();
    }
    match context.baseline(Kpi::AwayFromDesk) {
        Some((_, baseline)) => {
            format!(
                "On track over the baseline of {}\u{a0}h, ahead from {target}\u{a0}h",
                figure::decimal(baseline, 1)
            )
        }
        None => format!("Ahead from {target}\u{a0}h; no baseline"),
    }
}

/// The first month of Run in which revenue per employee is judged.
fn revenue_from(playbook: &Playbook) -> String {
    figure::decimal(playbook.revenue_too_early.floor() + 1.0, 0)
}

/// What a reader of a flat line should know first; none where there is no
/// month in which it is expected.
pub fn flat_at_first(context: Context<'_>, kpi: Kpi) -> Option<String> {
    let playbook = &context.firm().playbook;
    (kpi == Kpi::RevenuePerEmployee && playbook.revenue_too_early >= 1.0).then(|| {
        format!(
            "It moves last, a quarter or two after what the other two make possible. Until month {} of Run flat is expected; it is judged from month {}.",
            figure::decimal(playbook.revenue_too_early.floor(), 0),
            revenue_from(playbook)
        )
    })
}

fn revenue_threshold(playbook: &Playbook, number: i32) -> String {
    let percent = |value: f64| figure::decimal(value, usize::from(value.fract() != 0.0));
    if f64::from(number) <= playbook.revenue_too_early {
        return format!("Judged from month {}", revenue_from(playbook));
    }
    if f64::from(number) < playbook.revenue_due {
        return format!("On track from +{}\u{a0}%", percent(playbook.revenue_moved));
    }
    format!(
        "On track at +{}\u{2060}–\u{2060}{}\u{a0}%, investigate under +{}\u{a0}%",
        percent(playbook.revenue_low),
        percent(playbook.revenue_high),
        percent(playbook.revenue_moved)
    )
}

/// The rule's name.
pub fn rule_code(kpi: Kpi) -> &'static str {
    match kpi {
        Kpi::RevenuePerEmployee => "rpe-verdict",
        Kpi::TaskAutomation => "ta-verdict",
        Kpi::AwayFromDesk => "afd-verdict",
    }
}

/// What stands beside a KPI's figures: its verdict, and why it is judged so.
pub fn notes(context: Context<'_>, kpi: Kpi, month: Option<Month>) -> Vec<Sidenote> {
    let playbook = &context.firm().playbook;
    let note = |title: &str, text: String, rule: String| Sidenote {
        tone: Tone::Neutral,
        shape: Shape::Ring,
        title: title.to_owned(),
        sparkline: None,
        text,
        rule: Some(rule),
    };
    let mut notes: Vec<Sidenote> = month
        .and_then(|month| verdict_note(context, kpi, month))
        .into_iter()
        .collect();
    match kpi {
        Kpi::TaskAutomation => {
            let target = target_band(playbook);
            notes.push(note(
                "Why there is a cap",
                "Past it the work that is left needs judgement. Automating that costs more to watch than it saves.".to_owned(),
                format!("playbook: task-automation-target = {}, task-automation-cap = {}", target.low, target.high),
            ));
            notes.push(note(
                "The stage band",
                format!(
                    "{}\u{a0}% at month 2, steep to month 6, then flat to {}\u{a0}% at month 12. The target band takes over from month 13.",
                    figure::range(playbook.task_automation_month_2_low, playbook.task_automation_month_2_high),
                    figure::range(playbook.task_automation_month_12_low, playbook.task_automation_month_12_high)
                ),
                "playbook: task-automation-month-2 to -month-12".to_owned(),
            ));
        }
        Kpi::AwayFromDesk => notes.push(note(
            "Why it moves first",
            "Even partial automation and a brief that can be trusted take hours back at once. By month 12 being out is the new normal.".to_owned(),
            format!(
                "playbook: away-from-desk-target = {}, away-from-desk-due = {}",
                playbook.away_from_desk_target, playbook.away_from_desk_due
            ),
        )),
        Kpi::RevenuePerEmployee => notes.push(note(
            "Why it moves last",
            "It trails every decision that the other two make possible, and needs a quarter or two of trade. At month 3 it shouldn’t have moved; at month 9 it should.".to_owned(),
            format!(
                "playbook: revenue-too-early = {}, revenue-moved = {}, revenue-low = {}, revenue-high = {}",
                playbook.revenue_too_early, playbook.revenue_moved, playbook.revenue_low, playbook.revenue_high
            ),
        )),
    }
    notes
}
