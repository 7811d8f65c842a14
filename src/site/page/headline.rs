//! Headlines that are derived, each a sentence that its figures make true.

use super::frame::Context;
use super::{kpi_chart, signal};
use crate::engagement::Engagement;
use crate::engagement::MonthRecord;
use crate::engagement::firm::Phase;
use crate::engagement::kpi::Kpi;
use crate::engagement::segment::Segment;
use crate::engagement::session::Held;
use crate::insight::Insights;
use crate::insight::progress::{Character, RunMonth, SessionState};
use crate::insight::series::{Point, Series};
use crate::insight::signal::{Code, Tone};
use crate::insight::verdict::{Verdict, at_least, target_band};
use crate::site::figure;
use crate::source::document::Answer;
use crate::source::month::Month;

/// The overview's: what the closing answers come to.
pub fn overview(engagement: &Engagement, insights: &Insights) -> String {
    let Some(last) = insights.last_held() else {
        return before_first_session(engagement, insights);
    };
    let now = insights
        .run_months
        .last()
        .map_or(last.streak, |month| month.streak);
    let threshold = engagement.firm.playbook.graduation_streak;
    if now == 0 {
        return broken_streak(insights, last);
    }
    let running = match now {
        1 => format!(
            "The system paid for itself in {}.",
            figure::month_name(last.month)
        ),
        now => format!(
            "{} months running, the system has paid for itself.",
            figure::capital(&figure::in_words(now as usize))
        ),
    };
    if at_least(f64::from(now), threshold) {
        return format!("{running} The graduation talk is open.");
    }
    let missing = (threshold - f64::from(now)).ceil().max(1.0) as usize;
    match (missing, insights.awaiting()) {
        (1, Some(next)) => format!(
            "{running} A yes in {} opens the graduation talk.",
            figure::month_name(next.month)
        ),
        (1, None) => format!("{running} One more yes opens the graduation talk."),
        (missing, _) => format!(
            "{running} {} more open the graduation talk.",
            figure::capital(&figure::in_words(missing))
        ),
    }
}

fn before_first_session(engagement: &Engagement, insights: &Insights) -> String {
    if !insights.run_months.is_empty() {
        return "Run has begun, and no session has been held yet.".to_owned();
    }
    match engagement.firm.phases.on(engagement.as_of) {
        Some(Phase::Run | Phase::Graduated) => {
            "Run has begun, and nothing has been reported yet.".to_owned()
        }
        Some(phase) => format!(
            "The engagement is in its {} phase; Run has not begun.",
            phase.name()
        ),
        None => "The engagement has not begun.".to_owned(),
    }
}

/// Why no yes counts at present.
fn broken_streak(insights: &Insights, last_held: &RunMonth) -> String {
    let last = insights
        .run_months
        .iter()
        .rev()
        .find(|month| month.session != SessionState::Awaiting);
    match last {
        Some(month) if month.month != last_held.month => format!(
            "No session was held in {}, so the count of yes answers begins anew.",
            figure::month_name(month.month)
        ),
        _ if last_held.answer == Some(Answer::No) => format!(
            "The system did not pay for itself in {}. That is the month's highest priority.",
            figure::month_name(last_held.month)
        ),
        _ => format!(
            "Whether the system paid for itself in {} could not be told. That is the month's highest priority.",
            figure::month_name(last_held.month)
        ),
    }
}

/// The sentence under the overview's headline: the verdicts of a month and
/// the decisions that are open.
pub fn overview_deck(engagement: &Engagement, insights: &Insights, month: Month) -> String {
    let verdicts = verdicts(insights, month);
    let open: Vec<_> = insights.open_decisions().collect();
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

/// A held session's, where its author wrote none: the month's finding, and
/// what came of it.
pub fn held(context: Context<'_>, record: &MonthRecord, held: &Held) -> String {
    let made = held.decisions.len();
    let outcome = match made {
        0 => "The session decided nothing new.".to_owned(),
        made => format!(
            "{} came of the session.",
            figure::capital(&figure::counted(made, "decision", "decisions"))
        ),
    };
    format!("{} {outcome}", finding(context, record, held))
}

/// What the month is about, by the first of these that holds: an answer that
/// isn't yes, a measure where it should end up for the first time, a session
/// of strategy, a signal that is new, else the streak.
fn finding(context: Context<'_>, record: &MonthRecord, held: &Held) -> String {
    match held.closing.answer.value {
        Answer::No => return "The system is not paying for itself yet.".to_owned(),
        Answer::Unclear => {
            return "Whether the system pays for itself could not be told.".to_owned();
        }
        Answer::Yes => {}
    }
    let milestone = Kpi::ALL
        .into_iter()
        .find_map(|kpi| milestone(context, record.month, kpi));
    let run = context.insights.run_month(record.month);
    let strategy = run.is_some_and(|run| run.character == Some(Character::Strategy));
    let headroom = held.minutes.get(&Segment::Headroom).filter(|_| strategy);
    let strategy = headroom.map(|minutes| {
        format!(
            "{} minutes went to headroom.",
            figure::capital(&figure::in_words(*minutes as usize))
        )
    });
    milestone
        .or(strategy)
        .or_else(|| new_signal(context, record.month))
        .unwrap_or_else(|| match run.map_or(0, |run| run.streak) {
            streak @ 2.. => format!(
                "{} months running, the system has paid for itself.",
                figure::capital(&figure::in_words(streak as usize))
            ),
            _ => "The system is paying for itself.".to_owned(),
        })
}

/// A measure that is where it should end up for the first time this month.
fn milestone(context: Context<'_>, month: Month, kpi: Kpi) -> Option<String> {
    let (_, first, _) = kpi_chart::reached(context, kpi, month)?;
    let playbook = &context.engagement.firm.playbook;
    (first == month).then(|| match kpi {
        Kpi::RevenuePerEmployee => format!(
            "Revenue per employee passed {}\u{a0}% over the baseline for the first time.",
            figure::decimal(playbook.revenue_low, 0)
        ),
        Kpi::TaskAutomation => "Task automation entered its target band.".to_owned(),
        Kpi::AwayFromDesk => format!(
            "The CEO’s hours away from the desk passed {} for the first time.",
            figure::decimal(playbook.away_from_desk_target, 0)
        ),
    })
}

/// The first signal that wasn't there at the session before: a warning if
/// there is one.
fn new_signal(context: Context<'_>, month: Month) -> Option<String> {
    let appeared = match context.insights.changed.get(&month) {
        Some(changed) => &changed.appeared[..],
        None => context.insights.signals(month),
    };
    let warning = appeared.iter().find(|found| found.tone == Tone::Warning);
    let found = warning.or_else(|| appeared.first())?;
    Some(format!("{}.", signal::note(context, month, found).title))
}

/// An agenda's: what moved most, and what needs an answer.
pub fn awaiting(context: Context<'_>, month: Month) -> String {
    let signals = context.insights.signals(month);
    let moved = signals.iter().find(|found| found.code == Code::AfdMoved);
    let point = context.insights.series.get(Kpi::AwayFromDesk).at(month);
    let moved = moved
        .and_then(|_| point?.value.zip(point?.change))
        .filter(|(_, change)| figure::round(*change, 1) != 0.0)
        .map(|(value, change)| {
            let way = if change < 0.0 { "fell" } else { "rose" };
            format!(
                "Hours away from the desk {way} from {} to {}.",
                figure::decimal(value - change, 1),
                figure::decimal(value, 1)
            )
        });
    let warning = signals.iter().find(|found| found.tone == Tone::Warning);
    let first = moved
        .or_else(|| Some(format!("{}.", signal::note(context, month, warning?).title)))
        .unwrap_or_else(|| match signals.first() {
            Some(found) if found.code == Code::Quiet => {
                "The system is quiet, so the time goes to headroom.".to_owned()
            }
            _ => format!("The agenda for {} is set.", figure::month_name(month)),
        });
    let decisions = match context.insights.open_decisions().count() {
        0 => "No decision waits for an answer.".to_owned(),
        open => format!(
            "{} an answer.",
            figure::capital(&figure::counted(
                open,
                "open decision needs",
                "open decisions need"
            ))
        ),
    };
    format!("{first} {decisions}")
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

/// A KPI page's: where the figure stands.
pub fn kpi(engagement: &Engagement, series: &Series, point: &Point) -> String {
    let name = series.kpi.name();
    let (Some(value), Some(verdict)) = (point.value, point.verdict) else {
        return not_judged(series, point);
    };
    let shown = figure::kpi(series.kpi, value, &engagement.firm.currency);
    let month = point.run_month.unwrap_or_default();
    match (series.kpi, verdict) {
        (_, Verdict::TooEarly) => {
            format!("{name} stands at {shown}. In month {month} of Run it is too early to judge.")
        }
        (Kpi::TaskAutomation, Verdict::OnTrack | Verdict::Ahead) => {
            task_automation(engagement, series, point, &shown)
        }
        (_, Verdict::AboveCap) => {
            format!("{name} is above its cap at {shown}. Prune before you add.")
        }
        (_, Verdict::Investigate) => {
            format!(
                "{name} has hardly moved: {} on the baseline.",
                on_baseline(series.kpi, point)
            )
        }
        (Kpi::RevenuePerEmployee | Kpi::AwayFromDesk, Verdict::NotReported) => {
            format!("{name} stands at {shown}. Without a Fit Check baseline it can't be judged.")
        }
        (Kpi::RevenuePerEmployee, verdict) => {
            format!(
                "{name} is {}, {}.",
                over_baseline(point),
                stage(verdict, month)
            )
        }
        (Kpi::AwayFromDesk, verdict) => {
            format!(
                "The CEO can be fully out for {} hours a month, {}.",
                figure::decimal(value, 1),
                stage(verdict, month)
            )
        }
        (Kpi::TaskAutomation, verdict) => {
            format!("{name} is at {shown}, {}.", stage(verdict, month))
        }
    }
}

fn not_judged(series: &Series, point: &Point) -> String {
    let name = series.kpi.name();
    // A month knows nothing of those after it.
    let earlier = series.points.range(..point.month).map(|(_, point)| point);
    let latest = earlier.rev().find(|point| point.value.is_some());
    match (point.value, latest) {
        (Some(_), _) => format!("{name} is not judged before Run."),
        (None, Some(latest)) => format!(
            "{} did not report {}; {} was the last month that did.",
            figure::month_name(point.month),
            name.to_lowercase(),
            figure::month(latest.month)
        ),
        (None, None) => format!("{name} has not been reported yet."),
    }
}

fn stage(verdict: Verdict, month: i32) -> String {
    match verdict {
        Verdict::Behind => format!("behind what month {month} leads one to expect"),
        Verdict::Ahead => format!("ahead of what month {month} leads one to expect"),
        _ => format!("on track for month {month}"),
    }
}

/// `21.0 % over the baseline`.
fn over_baseline(point: &Point) -> String {
    let grown = point.on_baseline.unwrap_or_default();
    let way = if grown < 0.0 { "under" } else { "over" };
    format!("{} {way} the baseline", figure::percent(grown.abs()))
}

fn on_baseline(kpi: Kpi, point: &Point) -> String {
    point.on_baseline.map_or_else(
        || figure::NOT_REPORTED.to_owned(),
        |change| figure::on_baseline(kpi, change),
    )
}

/// How long task automation has been where it should end up, if it is there.
fn task_automation(engagement: &Engagement, series: &Series, point: &Point, shown: &str) -> String {
    let target = target_band(&engagement.firm.playbook);
    let inside = |point: &&Point| {
        point
            .value
            .is_some_and(|value| at_least(value, target.low) && at_least(target.high, value))
    };
    let months = series
        .points
        .range(..=point.month)
        .rev()
        .map(|(_, point)| point)
        .take_while(inside)
        .count();
    let band = format!("{}\u{a0}%", figure::range(target.low, target.high));
    match months {
        0 => {
            let month = point.run_month.unwrap_or_default();
            let verdict = point.verdict.unwrap_or(Verdict::OnTrack);
            format!("Task automation is at {shown}, {}.", stage(verdict, month))
        }
        1 => format!(
            "Task automation entered its target band of {band} in {}.",
            figure::month_name(point.month)
        ),
        months => format!(
            "Task automation has held its target band of {band} for {} months.",
            figure::in_words(months)
        ),
    }
}
