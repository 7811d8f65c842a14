//! What the board may see of a quarter: an allow-list.
//!
//! A [`BoardView`] holds the KPIs' figures, the closing answers, what an
//! author marked `board: true`, and what `board.yaml` and `board.md` say.
//! Nothing else has a place in it, and the memo is made from it alone. Each
//! type of the engagement is taken apart by naming every field, so that a new
//! one doesn't compile until it is let in or kept out.
//!
//! A quarter is told as of its end: what later months hold doesn't change it,
//! however late it is frozen.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Insights;
use super::backlog::{Standing, Tracked};
use super::graduation::State;
use super::progress::Character;
use super::restated::{Restated, restated};
use super::series::{Point, Series};
use super::verdict::{Verdict, stage_band};
use crate::engagement::Engagement;
use crate::engagement::board::{Ask, BoardQuarter, ProgrammeDecisions};
use crate::engagement::firm::{Currency, Phase};
use crate::engagement::kpi::{Kpi, PerKpi};
use crate::engagement::session::{Bet, Decision, Held};
use crate::engagement::snapshot::Figure;
use crate::source::document::{Action, Answer, BetKind, BetStatus, RiskLevel};
use crate::source::markdown::Prose;
use crate::source::month::Month;
use crate::source::quarter::Quarter;

/// What the board may see of a quarter, and nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardView {
    /// The firm's name.
    pub firm: String,
    /// The currency of revenue per employee.
    pub currency: Currency,
    /// The quarter.
    pub quarter: Quarter,
    /// The number of its last month since Run began.
    pub run_month: Option<i32>,
    /// The author's headline.
    pub headline: Option<String>,
    /// The summary in words: paragraphs and lists.
    pub summary: Prose,
    /// The KPIs.
    pub measures: PerKpi<Measure>,
    /// Every Run month's closing answer up to the quarter's end.
    pub answers: Vec<AnswerGiven>,
    /// Decisions of the quarter, and earlier ones that were open when it
    /// began, in the order made.
    pub decisions: Vec<BoardDecision>,
    /// Headroom bets that the quarter's sessions talked about.
    pub bets: Vec<BoardBet>,
    /// The risks, and those that the former quarter named and this one
    /// doesn't.
    pub risks: Vec<BoardRisk>,
    /// What the board is asked to decide.
    pub asks: Vec<Ask>,
    /// What the programme decided, in the first memo after it.
    pub programme: Option<ProgrammeDecisions>,
    /// The way to graduation.
    pub outlook: Outlook,
    /// Figures that an earlier memo shows otherwise: those that no memo has
    /// listed yet, and those that this one shows.
    pub restatements: Vec<Restated>,
}

/// A KPI over the quarter.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// The KPI.
    pub kpi: Kpi,
    /// At the Fit Check, with its month.
    pub baseline: Option<(Month, f64)>,
    /// In the last month of the quarter before; none if that month didn't
    /// report it.
    pub prior: Option<f64>,
    /// In the quarter's last month; none if that month didn't report it: an
    /// older value is never shown in its place.
    pub actual: Option<f64>,
    /// Whether `actual` may still change.
    pub provisional: bool,
    /// What is aimed at.
    pub target: Option<Target>,
    /// `actual` less `prior`, in the KPI's own unit.
    pub change: Option<f64>,
    /// The same in percent of `prior`.
    pub change_percent: Option<f64>,
    /// The change of `actual` on the baseline: percent for revenue per
    /// employee, the KPI's own unit for the others.
    pub on_baseline: Option<f64>,
    /// The judgement by stage; none before Run.
    pub verdict: Option<Verdict>,
    /// A few words by the author.
    pub comment: Option<String>,
    /// Every month from the first that is known to the quarter's last.
    pub series: Vec<Point>,
}

/// What a KPI aims at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The least.
    pub low: f64,
    /// The most, if there is one.
    pub high: Option<f64>,
    /// The Run month from which the figure is held against it, if that is
    /// still to come.
    pub from: Option<i32>,
}

/// A month's closing answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerGiven {
    /// The month.
    pub month: Month,
    /// The answer; none if no session was held.
    pub answer: Option<Answer>,
    /// Whether it is one of this quarter's.
    pub in_quarter: bool,
}

/// A decision that is marked for the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardDecision {
    /// The month of its session.
    pub month: Month,
    /// What it commits to.
    pub action: Action,
    /// In words.
    pub what: String,
    /// The seat that answers for it.
    pub owner: String,
    /// When it is due now.
    pub due: NaiveDate,
    /// Where it stood at the quarter's end.
    pub standing: Standing,
}

/// A headroom bet that is marked for the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardBet {
    /// In words.
    pub bet: String,
    /// Of what kind.
    pub kind: BetKind,
    /// How far the firm had gone with it when it was last talked about.
    pub status: BetStatus,
    /// What it needs.
    pub needs: Option<String>,
}

/// A risk and which way it moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardRisk {
    /// In words.
    pub risk: String,
    /// How high it is; none once it is closed.
    pub level: Option<RiskLevel>,
    /// Which way it moved on the quarter before.
    pub movement: Movement,
    /// The seat that answers for it.
    pub owner: String,
    /// What is done about it; what was done, once it is closed.
    pub response: String,
}

/// Which way a risk moved on the quarter before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// The quarter before didn't name it.
    New,
    /// It is higher.
    Higher,
    /// It is as it was.
    Same,
    /// It is lower.
    Lower,
    /// The quarter before named it and this one doesn't.
    Closed,
}

/// The way to graduation, as far as the board is told: words and counts, no
/// minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// Where that leaves the engagement.
    pub state: State,
    /// Yes months in a row.
    pub streak: u32,
    /// How many it takes.
    pub streak_needed: u32,
    /// The earliest month in which it can have them; none before Run.
    pub earliest: Option<Month>,
    /// Strategy sessions in a row.
    pub strategy: u32,
    /// How many it takes.
    pub strategy_needed: u32,
    /// The quarter's sessions with their character, where it is known.
    pub characters: Vec<(Month, Option<Character>)>,
    /// KPIs on track or ahead.
    pub kpis_good: u32,
    /// The first of the held months in a row in which all three were.
    pub kpis_since: Option<Month>,
    /// The window's last month; none before Run.
    pub window_ends: Option<Month>,
}

/// What the board may see of a quarter. The engagement may hold later months:
/// they are set aside first.
pub fn view(engagement: &Engagement, quarter: Quarter) -> BoardView {
    let past = engagement.until(quarter.last());
    let insights = Insights::of(&past);
    let told = past.board.get(&quarter);
    BoardView {
        firm: past.firm.name.clone(),
        currency: past.firm.currency.clone(),
        quarter,
        run_month: run_month(&past, quarter),
        headline: told.and_then(|told| told.headline.clone()),
        summary: told.map(|told| told.summary.clone()).unwrap_or_default(),
        measures: PerKpi::from_fn(|kpi| measure(&past, insights.series.get(kpi), quarter, told)),
        answers: answers(&insights, quarter),
        decisions: decisions(&insights.backlog.decisions, quarter),
        bets: bets(&past, quarter, told),
        risks: risks(told, past.board.get(&quarter.before())),
        asks: told.map(|told| told.asks.clone()).unwrap_or_default(),
        programme: told.and_then(|told| told.programme.clone()),
        outlook: outlook(&insights, quarter),
        restatements: restatements(engagement, quarter),
    }
}

fn run_month(engagement: &Engagement, quarter: Quarter) -> Option<i32> {
    let run = Month::of(engagement.firm.phases.start(Phase::Run)?);
    Some(quarter.last().since(run) + 1).filter(|number| *number >= 1)
}

fn measure(
    engagement: &Engagement,
    series: &Series,
    quarter: Quarter,
    told: Option<&BoardQuarter>,
) -> Measure {
    let kpi = series.kpi;
    let value = |month| series.at(month).and_then(|point| point.value);
    let (now, prior) = (series.at(quarter.last()), value(quarter.before().last()));
    let actual = value(quarter.last());
    let change = actual.zip(prior).map(|(actual, prior)| actual - prior);
    Measure {
        kpi,
        baseline: series.baseline,
        prior,
        actual,
        provisional: now.is_some_and(|point| point.provisional),
        target: target(engagement, series, run_month(engagement, quarter)),
        change,
        change_percent: change
            .zip(prior.filter(|prior| *prior > 0.0))
            .map(|(change, prior)| change / prior * 100.0),
        on_baseline: now.and_then(|point| point.on_baseline),
        verdict: match now {
            Some(point) => point.verdict,
            // Nothing at all is known of the month.
            None => run_month(engagement, quarter).map(|_| Verdict::NotReported),
        },
        comment: told.and_then(|told| told.comments.get(kpi).clone()),
        series: series
            .points
            .range(..=quarter.last())
            .map(|(_, point)| point.clone())
            .collect(),
    }
}

/// What the verdict holds the figure against, else what it will.
fn target(engagement: &Engagement, series: &Series, run_month: Option<i32>) -> Option<Target> {
    let playbook = &engagement.firm.playbook;
    let number = run_month?;
    let not_before = |due: f64| (f64::from(number) < due).then_some(due as i32);
    match series.kpi {
        Kpi::TaskAutomation => {
            let next = || Some((stage_band(playbook, number + 1)?, Some(number + 1)));
            let now = stage_band(playbook, number).map(|band| (band, None));
            let (band, from) = now.or_else(next)?;
            Some(Target {
                low: band.low,
                high: Some(band.high),
                from,
            })
        }
        Kpi::AwayFromDesk => Some(Target {
            low: playbook.away_from_desk_target,
            high: None,
            from: not_before(playbook.away_from_desk_due),
        }),
        Kpi::RevenuePerEmployee => {
            let (_, baseline) = series.baseline?;
            let grown = |percent: f64| baseline * (100.0 + percent) / 100.0;
            Some(Target {
                low: grown(playbook.revenue_low),
                high: Some(grown(playbook.revenue_high)),
                from: not_before(playbook.revenue_due),
            })
        }
    }
}

fn answers(insights: &Insights, quarter: Quarter) -> Vec<AnswerGiven> {
    let months = insights.run_months.iter();
    months
        .map(|run| AnswerGiven {
            month: run.month,
            answer: run.answer,
            in_quarter: Quarter::of(run.month) == quarter,
        })
        .collect()
}

fn decisions(tracked: &[Tracked], quarter: Quarter) -> Vec<BoardDecision> {
    tracked
        .iter()
        .filter_map(|tracked| {
            let closed_before = match tracked.standing() {
                Standing::Done(month) | Standing::Dropped(month) => month < quarter.first(),
                Standing::Open | Standing::Slipped => false,
            };
            board_decision(tracked).filter(|_| !closed_before)
        })
        .collect()
}

fn board_decision(tracked: &Tracked) -> Option<BoardDecision> {
    let Tracked {
        month,
        made: _,
        decision,
        // Their outcome and their new date are told; their reasons are not.
        answers: _,
    } = tracked;
    let Decision {
        id: _,
        action,
        what,
        automation: _,
        owner,
        due: _,
        board,
    } = decision;
    board.then(|| BoardDecision {
        month: *month,
        action: *action,
        what: what.clone(),
        owner: owner.value.clone(),
        due: tracked.due(),
        standing: tracked.standing(),
    })
}

/// Each bet as the quarter's last session that talked about it left it, if it
/// was marked for the board then: who takes the mark away takes it from sight.
fn bets(engagement: &Engagement, quarter: Quarter, told: Option<&BoardQuarter>) -> Vec<BoardBet> {
    let mut order: Vec<&str> = Vec::new();
    let mut latest: BTreeMap<&str, &Bet> = BTreeMap::new();
    for month in quarter.months() {
        let held = engagement
            .months
            .get(&month)
            .and_then(|record| record.held());
        for bet in held.into_iter().flat_map(bets_of) {
            if latest.insert(&bet.id.value, bet).is_none() {
                order.push(&bet.id.value);
            }
        }
    }
    let needs = |id: &str| {
        let needs = &told?.needs;
        let (_, needed) = needs.iter().find(|(bet, _)| bet.value == id)?;
        Some(needed.clone())
    };
    order
        .into_iter()
        .filter_map(|id| {
            let Bet {
                id,
                bet,
                kind,
                status,
                board,
            } = latest.get(id)?;
            board.then(|| BoardBet {
                bet: bet.clone(),
                kind: *kind,
                status: *status,
                needs: needs(&id.value),
            })
        })
        .collect()
}

/// The bets of a session; what else it holds is not for the board, but for
/// its decisions and its answer, which come by way of the insights.
fn bets_of(held: &Held) -> &[Bet] {
    let Held {
        date: _,
        headline: _,
        minutes: _,
        attendance: _,
        bets,
        decisions: _,
        follow_up: _,
        closing: _,
        narrative: _,
        span: _,
    } = held;
    bets
}

fn risks(told: Option<&BoardQuarter>, before: Option<&BoardQuarter>) -> Vec<BoardRisk> {
    let now = told.map(|told| &*told.risks).unwrap_or_default();
    let then = before.map(|before| &*before.risks).unwrap_or_default();
    let mut risks: Vec<BoardRisk> = now
        .iter()
        .map(|risk| {
            let former = then.iter().find(|former| former.id.value == risk.id.value);
            BoardRisk {
                risk: risk.risk.clone(),
                level: Some(risk.level),
                movement: match former.map(|former| risk.level.cmp(&former.level)) {
                    None => Movement::New,
                    Some(std::cmp::Ordering::Less) => Movement::Lower,
                    Some(std::cmp::Ordering::Equal) => Movement::Same,
                    Some(std::cmp::Ordering::Greater) => Movement::Higher,
                },
                owner: risk.owner.value.clone(),
                response: risk.response.clone(),
            }
        })
        .collect();
    let named: BTreeSet<&str> = now.iter().map(|risk| &*risk.id.value).collect();
    let gone = then
        .iter()
        .filter(|risk| told.is_some() && !named.contains(&*risk.id.value));
    risks.extend(gone.map(|risk| BoardRisk {
        risk: risk.risk.clone(),
        level: None,
        movement: Movement::Closed,
        owner: risk.owner.value.clone(),
        response: risk.response.clone(),
    }));
    risks
}

fn outlook(insights: &Insights, quarter: Quarter) -> Outlook {
    let graduation = &insights.graduation;
    Outlook {
        state: graduation.state,
        streak: graduation.streak.streak,
        streak_needed: graduation.streak.needed,
        earliest: graduation.streak.earliest,
        strategy: graduation.strategy.in_a_row,
        strategy_needed: graduation.strategy.needed,
        characters: insights
            .run_months
            .iter()
            .filter(|run| Quarter::of(run.month) == quarter && run.answer.is_some())
            .map(|run| (run.month, run.character))
            .collect(),
        kpis_good: graduation.kpis.good,
        kpis_since: graduation.kpis.since,
        window_ends: graduation.window.map(|window| window.last),
    }
}

/// The restatements that this quarter's memo lists: what no earlier memo has
/// listed, and what this one shows.
fn restatements(engagement: &Engagement, quarter: Quarter) -> Vec<Restated> {
    let shown = |figure: Figure| match figure {
        Figure::Baseline(_) => true,
        Figure::Value(_, month) | Figure::Answer(month) => month <= quarter.last(),
    };
    let ends: BTreeSet<Month> = (0..5).map(|back| quarter.last().plus(-3 * back)).collect();
    let in_a_table = |figure: Figure| match figure {
        Figure::Baseline(_) => true,
        Figure::Value(_, month) => ends.contains(&month),
        Figure::Answer(month) => Quarter::of(month) == quarter,
    };
    restated(engagement)
        .into_iter()
        .filter(|restated| restated.memo < quarter && shown(restated.figure))
        .filter(|restated| {
            in_a_table(restated.figure) || restated.listed.is_none_or(|listed| listed >= quarter)
        })
        .collect()
}

#[cfg(test)]
mod tests;
