//! The current state in figures: interviews, flow, bottlenecks, heat.

use super::percent;
use crate::engagement::programme::outline::{GROUPS, INTERVIEWS};
use crate::engagement::programme::{Bottleneck, CurrentState, HeatRow, Stage};
use crate::source::document::{HeatLevel, InterviewGroup};

/// The interviews held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterviewCount {
    /// Each group with its name and how many were held with it, in order.
    pub groups: Vec<(InterviewGroup, &'static str, u32)>,
    /// How many in all.
    pub total: u32,
    /// How many there should be: at least, and at most.
    pub target: (u32, u32),
    /// How the total compares.
    pub enough: Enough,
}

/// How a number of interviews compares with the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enough {
    /// Too few.
    Under,
    /// As many as there should be.
    Within,
    /// More than needed.
    Over,
}

/// Work and waiting, from the first stage to the last.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// The stages, in order.
    pub stages: Vec<StageFlow>,
    /// Hours of work in all.
    pub work: f64,
    /// Hours of waiting in all.
    pub waiting: f64,
    /// Work in percent of both; none if both are nought.
    pub efficiency: Option<f64>,
    /// The place of the stage that waits longest, the first of several; none
    /// if none waits.
    pub longest_wait: Option<usize>,
}

/// A stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageFlow {
    /// The stage.
    pub stage: Stage,
    /// Work in percent of work and waiting; none if both are nought.
    pub efficiency: Option<f64>,
    /// What it takes, in percent of all the stages.
    pub share: Option<f64>,
}

/// Where work gets stuck.
#[derive(Clone, Debug, PartialEq)]
pub struct Bottlenecks {
    /// The largest first; as the author has them where two are equal.
    pub ranked: Vec<RankedBottleneck>,
    /// The impact of all.
    pub total: f64,
    /// What it is counted in, if that is said.
    pub unit: Option<String>,
}

/// A bottleneck among the others.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedBottleneck {
    /// The bottleneck.
    pub bottleneck: Bottleneck,
    /// Its impact in percent of all; none if all are nought.
    pub share: Option<f64>,
}

/// How far each constraint holds each function back.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    /// The functions, in the author's order.
    pub rows: Vec<HeatRow>,
    /// How many functions each constraint holds back most, in the order of
    /// [`HeatConstraint`](crate::engagement::programme::outline::HeatConstraint).
    pub high: [usize; 6],
}

pub(super) fn interviews(session: &CurrentState) -> InterviewCount {
    let held = |group: InterviewGroup| {
        let interviews = session.interviews.iter();
        interviews
            .filter(|interviews| interviews.group == group)
            .fold(0_u32, |sum, interviews| {
                sum.saturating_add(interviews.held.value)
            })
    };
    let groups: Vec<_> = GROUPS
        .iter()
        .map(|(group, name)| (*group, *name, held(*group)))
        .collect();
    let total = groups
        .iter()
        .fold(0_u32, |sum, (_, _, held)| sum.saturating_add(*held));
    InterviewCount {
        groups,
        total,
        target: INTERVIEWS,
        enough: match total {
            total if total < INTERVIEWS.0 => Enough::Under,
            total if total > INTERVIEWS.1 => Enough::Over,
            _ => Enough::Within,
        },
    }
}

pub(super) fn flow(session: &CurrentState) -> Option<Flow> {
    let stages = &session.flow;
    let work: f64 = stages.iter().map(|stage| stage.work).sum();
    let waiting: f64 = stages.iter().map(|stage| stage.waiting).sum();
    let longest = stages
        .iter()
        .enumerate()
        .filter(|(_, stage)| stage.waiting > 0.0)
        .fold(
            None,
            |longest: Option<(usize, f64)>, (at, stage)| match longest {
                Some((_, hours)) if hours >= stage.waiting => longest,
                _ => Some((at, stage.waiting)),
            },
        );
    (!stages.is_empty()).then(|| Flow {
        stages: stages
            .iter()
            .map(|stage| StageFlow {
                efficiency: percent(stage.work, stage.work + stage.waiting),
                share: percent(stage.work + stage.waiting, work + waiting),
                stage: stage.clone(),
            })
            .collect(),
        work,
        waiting,
        efficiency: percent(work, work + waiting),
        longest_wait: longest.map(|(at, _)| at),
    })
}

pub(super) fn bottlenecks(session: &CurrentState) -> Option<Bottlenecks> {
    let total: f64 = session.bottlenecks.iter().map(|found| found.impact).sum();
    let mut ranked: Vec<RankedBottleneck> = session
        .bottlenecks
        .iter()
        .map(|bottleneck| RankedBottleneck {
            bottleneck: bottleneck.clone(),
            share: percent(bottleneck.impact, total),
        })
        .collect();
    ranked.sort_by(|a, b| b.bottleneck.impact.total_cmp(&a.bottleneck.impact));
    (!ranked.is_empty()).then(|| Bottlenecks {
        ranked,
        total,
        unit: session.impact_unit.clone(),
    })
}

pub(super) fn heat(session: &CurrentState) -> Option<Heat> {
    let rows = session.heatmap.clone();
    let high = [0, 1, 2, 3, 4, 5].map(|at: usize| {
        rows.iter()
            .filter(|row| row.levels[at] == Some(HeatLevel::High))
            .count()
    });
    (!rows.is_empty()).then_some(Heat { rows, high })
}
