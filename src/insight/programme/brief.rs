//! The decision brief in figures: weeks with their dates, months, sums, and
//! risks by their score.

use chrono::NaiveDate;

use super::later;
use crate::engagement::programme::outline::PLAN_WEEKS;
use crate::engagement::programme::{
    DecisionBrief, PlanItem, ProgrammeRisk, Resource, RoadmapGate, RoadmapItem,
};
use crate::source::document::RiskLevel;
use crate::source::month::Month;

/// The 90-day plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// The thirteen weeks.
    pub weeks: Vec<PlanWeek>,
    /// The lines by their first week, then their last; as the author has them
    /// where both are the same.
    pub lines: Vec<PlanLine>,
}

/// A week of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanWeek {
    /// Its number, from 1.
    pub number: u32,
    /// Its first day: week 1 begins on the session's.
    pub begins: NaiveDate,
    /// Its last day.
    pub ends: NaiveDate,
    /// The places in [`Schedule::lines`] of what is done in it.
    pub lines: Vec<usize>,
}

/// A line of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanLine {
    /// The line.
    pub item: PlanItem,
    /// The first day of its first week.
    pub begins: NaiveDate,
    /// The last day of its last week.
    pub ends: NaiveDate,
}

/// The 12-month roadmap.
#[derive(Clone, Debug, PartialEq)]
pub struct Roadmap {
    /// Every month from the first to the last that a line or a gate is in.
    pub months: Vec<Month>,
    /// The lines by their first month, then their last.
    pub lines: Vec<RoadmapItem>,
    /// The gates by their month.
    pub gates: Vec<RoadmapGate>,
}

/// People and money.
#[derive(Clone, Debug, PartialEq)]
pub struct Resourcing {
    /// The lines, in the author's order.
    pub lines: Vec<Resource>,
    /// People in all; none if no line says.
    pub people: Option<f64>,
    /// The cost in all, in the engagement's currency; none if no line says.
    pub cost: Option<f64>,
}

/// The risks.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskRegister {
    /// The highest score first; as the author has them where two are equal.
    pub risks: Vec<ScoredRisk>,
    /// The numbers of the risks by likelihood less one, then impact less one:
    /// `cells[4][0]` are almost sure and a nuisance.
    pub cells: [[Vec<usize>; 5]; 5],
}

/// A risk with its score.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredRisk {
    /// Its number in the register, from 1.
    pub number: usize,
    /// The risk.
    pub risk: ProgrammeRisk,
    /// Likelihood × impact, 1 to 25.
    pub score: u32,
    /// High from 15, medium from 8: see [`level`].
    pub level: RiskLevel,
}

/// How high a score is, of a risk or of a place where one might be.
pub fn level(score: u32) -> RiskLevel {
    match score {
        15.. => RiskLevel::High,
        8..=14 => RiskLevel::Medium,
        _ => RiskLevel::Low,
    }
}

pub(super) fn schedule(brief: &DecisionBrief) -> Option<Schedule> {
    let start = brief.sitting.date.value;
    let begins = |week: u32| later(start, u64::from(week.saturating_sub(1)) * 7);
    let ends = |week: u32| later(begins(week), 6);
    let mut lines: Vec<PlanLine> = brief
        .plan
        .iter()
        .map(|item| PlanLine {
            begins: begins(item.from),
            ends: ends(item.to),
            item: item.clone(),
        })
        .collect();
    lines.sort_by_key(|line| (line.item.from, line.item.to));
    let weeks = (1..=PLAN_WEEKS).map(|number| PlanWeek {
        number,
        begins: begins(number),
        ends: ends(number),
        lines: lines
            .iter()
            .enumerate()
            .filter(|(_, line)| (line.item.from..=line.item.to).contains(&number))
            .map(|(at, _)| at)
            .collect(),
    });
    let weeks = weeks.collect();
    (!lines.is_empty()).then_some(Schedule { weeks, lines })
}

pub(super) fn roadmap(brief: &DecisionBrief) -> Option<Roadmap> {
    let mut lines = brief.roadmap.clone();
    let mut gates = brief.gates.clone();
    lines.sort_by_key(|line| (line.from, line.to));
    gates.sort_by_key(|gate| gate.month);
    let named = || {
        let ends = lines.iter().flat_map(|line| [line.from, line.to]);
        ends.chain(gates.iter().map(|gate| gate.month))
    };
    let (first, last) = (named().min()?, named().max()?);
    Some(Roadmap {
        months: (0..=last.since(first)).map(|at| first.plus(at)).collect(),
        lines,
        gates,
    })
}

pub(super) fn resourcing(brief: &DecisionBrief) -> Option<Resourcing> {
    let lines = brief.resourcing.clone();
    let sum = |of: fn(&Resource) -> Option<f64>| {
        let mut given = lines.iter().filter_map(of).peekable();
        given.peek().is_some().then(|| given.sum())
    };
    let (people, cost) = (sum(|line| line.people), sum(|line| line.cost));
    (!lines.is_empty()).then_some(Resourcing {
        lines,
        people,
        cost,
    })
}

pub(super) fn register(brief: &DecisionBrief) -> Option<RiskRegister> {
    let mut sorted: Vec<&ProgrammeRisk> = brief.risks.iter().collect();
    sorted.sort_by_key(|risk| std::cmp::Reverse(risk.likelihood * risk.impact));
    let risks: Vec<ScoredRisk> = sorted
        .into_iter()
        .enumerate()
        .map(|(at, risk)| {
            let score = risk.likelihood * risk.impact;
            ScoredRisk {
                number: at + 1,
                risk: risk.clone(),
                score,
                level: level(score),
            }
        })
        .collect();
    let numbers = |likelihood: u32, impact: u32| {
        let in_cell = risks
            .iter()
            .filter(|scored| scored.risk.likelihood == likelihood && scored.risk.impact == impact);
        in_cell.map(|scored| scored.number).collect()
    };
    let cells =
        [1, 2, 3, 4, 5].map(|likelihood| [1, 2, 3, 4, 5].map(|impact| numbers(likelihood, impact)));
    (!risks.is_empty()).then_some(RiskRegister { risks, cells })
}
