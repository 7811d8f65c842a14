//! The way to the good ending: how many yes in a row, when the twelfth can
//! come, what else must hold, and where that leaves the engagement.

#[cfg(test)]
mod tests;

use super::progress::{Character, RunMonth, SessionState};
use super::series::Series;
use super::verdict::{Verdict, at_least};
use crate::engagement::Engagement;
use crate::engagement::firm::Phase;
use crate::engagement::kpi::PerKpi;
use crate::engagement::playbook::{Playbook, whole};
use crate::engagement::segment::Segment;
use crate::engagement::session::Held;
use crate::source::document::{Answer, TrustChange};
use crate::source::month::Month;

/// Where the engagement stands on its way to graduation.
#[derive(Clone, Debug, PartialEq)]
pub struct Graduation {
    /// Where that leaves it.
    pub state: State,
    /// The streak, and what it takes.
    pub streak: StreakCriterion,
    /// Strategy sessions, and what it takes.
    pub strategy: StrategyCriterion,
    /// The KPIs, and what it takes.
    pub kpis: KpiCriterion,
    /// The earliest month in which all three criteria can hold; none before
    /// Run, once they do, and once the engagement has graduated or the window
    /// is over.
    pub earliest: Option<Month>,
    /// The months in which graduation should come; none before Run.
    pub window: Option<Window>,
    /// The last Run month that is known, by number.
    pub run_month: Option<i32>,
    /// Every month of the window, and every known one beyond it.
    pub timeline: Vec<TimelineMonth>,
}

/// Where an engagement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The streak is still to come.
    Building,
    /// The streak is there: start the conversation.
    TalkOpen,
    /// Every criterion holds.
    Ready,
    /// It graduated; the reviews are quarterly.
    Graduated,
    /// The window is over without it.
    PastWindow,
}

/// The first criterion: yes, month after month.
#[derive(Clone, Debug, PartialEq)]
pub struct StreakCriterion {
    /// Yes months in a row now.
    pub streak: u32,
    /// How many it takes.
    pub needed: u32,
    /// The first of them.
    pub since: Option<Month>,
    /// The month in which it reached what it takes, or the earliest in which
    /// it can; none before Run.
    pub earliest: Option<Month>,
    /// Whether it holds.
    pub met: bool,
}

/// The second criterion: sessions about the firm rather than the system, one
/// after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct StrategyCriterion {
    /// The latest held sessions that were strategy, in a row.
    pub in_a_row: u32,
    /// How many it takes.
    pub needed: u32,
    /// The latest held session, whatever it was.
    pub latest: Option<SessionMinutes>,
    /// The latest that was strategy.
    pub latest_strategy: Option<SessionMinutes>,
    /// The earliest month in which it can hold; none once it does, and before
    /// Run.
    pub earliest: Option<Month>,
    /// Whether it holds.
    pub met: bool,
}

/// What a session's character rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionMinutes {
    /// The month.
    pub month: Month,
    /// Its character; none if its minutes weren't all noted.
    pub character: Option<Character>,
    /// Real minutes of the first three segments, where noted.
    pub operations: [Option<u32>; 3],
    /// Real minutes of headroom, if noted.
    pub headroom: Option<u32>,
}

/// The third criterion: all three KPIs on track or ahead.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiCriterion {
    /// The last held month, whose figures count.
    pub month: Option<Month>,
    /// The verdicts of that month; none before one was held.
    pub verdicts: Option<PerKpi<Verdict>>,
    /// How many of the three are on track or ahead.
    pub good: u32,
    /// The first of the held months in a row, up to the last, in which all
    /// three were.
    pub since: Option<Month>,
    /// Whether it holds.
    pub met: bool,
}

/// A span of months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub first: Month,
    /// The last.
    pub last: Month,
}

/// A month on the way. What is still to come has no session, answer or streak.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineMonth {
    /// The month.
    pub month: Month,
    /// Its number since Run began, from 1.
    pub number: i32,
    /// Whether it lies in the window.
    pub in_window: bool,
    /// What came of its session.
    pub session: Option<SessionState>,
    /// The closing answer.
    pub answer: Option<Answer>,
    /// What kind of session it was.
    pub character: Option<Character>,
    /// Each KPI's verdict.
    pub verdicts: PerKpi<Option<Verdict>>,
    /// Gains and losses of trust; none without telemetry.
    pub trust: Option<TrustCount>,
    /// The phase at its end.
    pub phase: Option<Phase>,
    /// Yes months in a row up to it.
    pub streak: Option<u32>,
}

/// Trust events of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrustCount {
    /// Gains.
    pub gains: usize,
    /// Losses.
    pub losses: usize,
}

impl State {
    /// The words.
    pub fn word(self) -> &'static str {
        match self {
            State::Building => "building",
            State::TalkOpen => "talk open",
            State::Ready => "ready",
            State::Graduated => "graduated",
            State::PastWindow => "past window",
        }
    }
}

impl Graduation {
    /// How many of the three criteria hold.
    pub fn met(&self) -> usize {
        [self.streak.met, self.strategy.met, self.kpis.met]
            .into_iter()
            .filter(|met| *met)
            .count()
    }
}

/// Where the engagement stands.
pub(super) fn graduation(
    engagement: &Engagement,
    series: &PerKpi<Series>,
    run_months: &[RunMonth],
) -> Graduation {
    let playbook = &engagement.firm.playbook;
    let run = engagement.firm.phases.start(Phase::Run).map(Month::of);
    let window = run.map(|first| Window {
        first,
        last: first.plus(whole(playbook.graduation_window) - 1),
    });
    let next = next(run, run_months);
    let streak = streak(playbook, next, run_months);
    let strategy = strategy(engagement, next, run_months);
    let kpis = kpis(series, run_months);
    let state = state(engagement, window, &streak, strategy.met && kpis.met);
    Graduation {
        earliest: earliest(state, next, &streak, &strategy, kpis.met),
        state,
        streak,
        strategy,
        kpis,
        window,
        run_month: run_months.last().map(|month| month.number),
        timeline: window
            .map(|window| timeline(engagement, series, run_months, window))
            .unwrap_or_default(),
    }
}

fn state(
    engagement: &Engagement,
    window: Option<Window>,
    streak: &StreakCriterion,
    others: bool,
) -> State {
    let graduated = engagement.firm.phases.start(Phase::Graduated);
    if graduated.is_some_and(|start| start <= engagement.as_of) {
        return State::Graduated;
    }
    if window.is_some_and(|window| Month::of(engagement.as_of) > window.last) {
        return State::PastWindow;
    }
    match (streak.met, others) {
        (true, true) => State::Ready,
        (true, false) => State::TalkOpen,
        (false, _) => State::Building,
    }
}

/// The next month whose session can count: the one that awaits it, else the
/// one after the last known; the first of Run before any is.
fn next(run: Option<Month>, run_months: &[RunMonth]) -> Option<Month> {
    match run_months.last() {
        Some(last) if last.session == SessionState::Awaiting => Some(last.month),
        Some(last) => Some(last.month.plus(1)),
        None => run,
    }
}

/// The latest of what each unmet criterion needs. Figures can turn in the
/// next month; yes answers and strategy sessions come one a month.
fn earliest(
    state: State,
    next: Option<Month>,
    streak: &StreakCriterion,
    strategy: &StrategyCriterion,
    kpis: bool,
) -> Option<Month> {
    if !matches!(state, State::Building | State::TalkOpen) {
        return None;
    }
    let of_streak = streak.earliest.filter(|_| !streak.met);
    let of_kpis = next.filter(|_| !kpis);
    [of_streak, strategy.earliest, of_kpis]
        .into_iter()
        .flatten()
        .max()
}

/// Counts on from the last month that has an answer. The month that awaits
/// its session can count; so can every one after it.
fn streak(playbook: &Playbook, next: Option<Month>, run_months: &[RunMonth]) -> StreakCriterion {
    let needed = whole(playbook.graduation_streak);
    let streak = run_months.last().map_or(0, |month| month.streak);
    // Months that a pause keeps count for nothing, so the yes months of this
    // streak are those since it last stood at zero.
    let counted: Vec<Month> = run_months
        .iter()
        .rev()
        .take_while(|month| month.streak > 0)
        .filter(|month| month.answer == Some(Answer::Yes))
        .map(|month| month.month)
        .collect();
    let mut in_order = counted.iter().rev();
    let reached = in_order
        .clone()
        .nth(usize::try_from(needed - 1).unwrap_or(0))
        .copied();
    let to_go = needed - i32::try_from(streak).unwrap_or(i32::MAX).min(needed);
    StreakCriterion {
        streak,
        needed: needed.unsigned_abs(),
        since: in_order.next().copied(),
        earliest: reached.or_else(|| next.map(|next| next.plus(to_go - 1))),
        met: at_least(f64::from(streak), f64::from(needed)),
    }
}

fn strategy(
    engagement: &Engagement,
    next: Option<Month>,
    run_months: &[RunMonth],
) -> StrategyCriterion {
    let held: Vec<SessionMinutes> = run_months
        .iter()
        .rev()
        .filter_map(|month| {
            let held = engagement.months.get(&month.month)?.held()?;
            Some(minutes(month, held))
        })
        .collect();
    let is_strategy = |session: &&SessionMinutes| session.character == Some(Character::Strategy);
    let in_a_row = u32::try_from(held.iter().take_while(is_strategy).count()).unwrap_or(u32::MAX);
    let needed = whole(engagement.firm.playbook.graduation_strategy).unsigned_abs();
    let to_go = i32::try_from(needed.saturating_sub(in_a_row)).unwrap_or(i32::MAX);
    StrategyCriterion {
        earliest: next.filter(|_| to_go > 0).map(|next| next.plus(to_go - 1)),
        in_a_row,
        needed,
        latest: held.first().cloned(),
        latest_strategy: held.iter().find(is_strategy).cloned(),
        met: in_a_row >= needed,
    }
}

fn minutes(month: &RunMonth, held: &Held) -> SessionMinutes {
    let noted = |segment| held.minutes.get(&segment).copied();
    SessionMinutes {
        month: month.month,
        character: month.character,
        operations: [Segment::State, Segment::Away, Segment::Automation].map(noted),
        headroom: noted(Segment::Headroom),
    }
}

fn kpis(series: &PerKpi<Series>, run_months: &[RunMonth]) -> KpiCriterion {
    let held: Vec<Month> = run_months
        .iter()
        .rev()
        .filter(|month| month.session == SessionState::Held)
        .map(|month| month.month)
        .collect();
    let month = held.first().copied();
    let good = month.map_or(0, |month| good(series, month));
    KpiCriterion {
        month,
        verdicts: month.map(|month| {
            let verdicts = verdicts(series, month);
            PerKpi::from_fn(|kpi| verdicts.get(kpi).unwrap_or(Verdict::NotReported))
        }),
        good,
        since: held
            .iter()
            .take_while(|month| self::good(series, **month) == 3)
            .last()
            .copied(),
        met: good == 3,
    }
}

fn verdicts(series: &PerKpi<Series>, month: Month) -> PerKpi<Option<Verdict>> {
    PerKpi::from_fn(|kpi| series.get(kpi).at(month).and_then(|point| point.verdict))
}

fn good(series: &PerKpi<Series>, month: Month) -> u32 {
    let verdicts = verdicts(series, month);
    let all = [
        verdicts.revenue_per_employee,
        verdicts.task_automation,
        verdicts.away_from_desk,
    ];
    all.into_iter()
        .map(|verdict| u32::from(verdict.is_some_and(Verdict::is_good)))
        .sum()
}

fn timeline(
    engagement: &Engagement,
    series: &PerKpi<Series>,
    run_months: &[RunMonth],
    window: Window,
) -> Vec<TimelineMonth> {
    let last = run_months
        .last()
        .map_or(window.last, |month| month.month.max(window.last));
    (0..=last.since(window.first))
        .map(|offset| {
            let month = window.first.plus(offset);
            let known = run_months.iter().find(|known| known.month == month);
            let telemetry = engagement
                .months
                .get(&month)
                .and_then(|record| record.telemetry.as_ref());
            TimelineMonth {
                month,
                number: offset + 1,
                in_window: month <= window.last,
                session: known.map(|known| known.session),
                answer: known.and_then(|known| known.answer),
                character: known.and_then(|known| known.character),
                verdicts: verdicts(series, month),
                trust: telemetry.map(|telemetry| {
                    let count = |change| {
                        telemetry
                            .trust
                            .iter()
                            .filter(|event| event.change == change)
                            .count()
                    };
                    TrustCount {
                        gains: count(TrustChange::Gain),
                        losses: count(TrustChange::Loss),
                    }
                }),
                phase: engagement.firm.phases.on(month.last_day()),
                streak: known.map(|known| known.streak),
            }
        })
        .collect()
}
