//! Session 2's page: work against waiting, bottlenecks, heat, interviews,
//! controls.

use super::extent;
use super::parts::{Parts, capital_count};
use crate::engagement::programme::CurrentState;
use crate::engagement::programme::outline::{HeatConstraint, Part};
use crate::insight::programme::{Bottlenecks, Enough, Flow, Heat, InterviewCount};
use crate::site::figure::{self, NOT_REPORTED};
use crate::site::page::view::programme::current_state::{
    BottleneckRow, Bottlenecks as BottlenecksView, Controls, CurrentStatePage, Flow as FlowView,
    Heat as HeatView, HeatCell, HeatRow, InterviewGroup, Interviews, Stage, StageTotal,
};
use crate::site::page::view::{Shape, Status, Tone};
use crate::site::prose::WrittenLink;
use crate::source::document::{ControlStanding, HeatLevel};

const PLACES: [(Part, &str); 4] = [
    (Part::Flow, "flow"),
    (Part::Bottlenecks, "bottlenecks"),
    (Part::Heatmap, "heatmap"),
    (Part::Memo, "text"),
];

pub(super) fn page(
    parts: Parts<'_>,
    session: &CurrentState,
) -> (CurrentStatePage, Vec<WrittenLink>) {
    let (meeting, written) = parts.parts(&PLACES);
    let course = parts.context.course();
    let page = CurrentStatePage {
        frame: parts.frame(),
        meeting,
        flow: course.flow.as_ref().map(flow),
        bottlenecks: course.bottlenecks.as_ref().map(bottlenecks),
        heat: course.heat.as_ref().map(heat),
        interviews: course.interviews.as_ref().map(interviews),
        controls: controls(session),
    };
    (page, written)
}

fn share(percent: Option<f64>) -> String {
    percent.map_or_else(|| NOT_REPORTED.to_owned(), figure::percent)
}

fn flow(flow: &Flow) -> FlowView {
    let stages = flow.stages.iter().map(|stage| &stage.stage);
    let hours = stages.flat_map(|stage| [stage.work, stage.waiting]);
    let decimals = figure::decimals_of(hours);
    let longest = flow
        .stages
        .iter()
        .map(|stage| stage.stage.work + stage.stage.waiting)
        .fold(0.0, f64::max);
    let stages = flow.stages.iter().enumerate().map(|(at, found)| Stage {
        name: found.stage.name.clone(),
        work: figure::decimal(found.stage.work, decimals),
        waiting: figure::decimal(found.stage.waiting, decimals),
        efficiency: share(found.efficiency),
        work_width: extent(found.stage.work, longest),
        waiting_width: extent(found.stage.waiting, longest),
        longest: flow.longest_wait == Some(at),
    });
    FlowView {
        title: match flow.efficiency {
            Some(efficiency) => format!("Flow efficiency is {}", figure::percent(efficiency)),
            None => "Work and waiting by stage".to_owned(),
        },
        note: Some("Hours by stage, all bars on one scale".to_owned()),
        stages: stages.collect(),
        total: StageTotal {
            work: figure::decimal(flow.work, decimals),
            waiting: figure::decimal(flow.waiting, decimals),
            efficiency: share(flow.efficiency),
            work_width: extent(flow.work, flow.work + flow.waiting),
        },
    }
}

fn bottlenecks(found: &Bottlenecks) -> BottlenecksView {
    let impacts = found.ranked.iter().map(|one| one.bottleneck.impact);
    let decimals = figure::decimals_of(impacts.clone());
    let largest = impacts.fold(0.0, f64::max);
    let total = figure::decimal(found.total, decimals);
    let number = found.ranked.len();
    let unit = found.unit.clone().unwrap_or_else(|| "impact".to_owned());
    let title = match (&found.unit, number) {
        (Some(unit), 1) => format!("One bottleneck takes {total} {unit}"),
        (Some(unit), several) => {
            format!("{} bottlenecks take {total} {unit}", capital_count(several))
        }
        (None, 1) => "One bottleneck".to_owned(),
        (None, several) => format!("{} bottlenecks", capital_count(several)),
    };
    let rows = found.ranked.iter().enumerate().map(|(at, one)| {
        let bottleneck = &one.bottleneck;
        BottleneckRow {
            number: (at + 1).to_string(),
            what: bottleneck.what.clone(),
            function: bottleneck.function.clone(),
            evidence: bottleneck.evidence.clone(),
            impact: figure::decimal(bottleneck.impact, decimals),
            share: share(one.share),
            width: extent(bottleneck.impact, largest),
        }
    });
    BottlenecksView {
        title,
        unit: figure::capital(&unit),
        rows: rows.collect(),
        total,
    }
}

fn heat(heat: &Heat) -> HeatView {
    let names = HeatConstraint::ALL.map(HeatConstraint::name);
    let rows = heat.rows.iter().map(|row| HeatRow {
        function: row.function.clone(),
        cells: names
            .iter()
            .zip(row.levels)
            .map(|(name, level)| cell(name, level))
            .collect(),
    });
    let most = heat.high.iter().max().copied().unwrap_or(0);
    let title = match most {
        0 => "No constraint is high anywhere".to_owned(),
        most => {
            let where_most: Vec<String> = names
                .iter()
                .zip(heat.high)
                .filter(|(_, high)| *high == most)
                .map(|(name, _)| name.to_lowercase())
                .collect();
            format!(
                "{} {} high in {}",
                figure::capital(&figure::list(&where_most)),
                if where_most.len() == 1 { "is" } else { "are" },
                figure::counted(most, "function", "functions")
            )
        }
    };
    let legend = [
        HeatLevel::None,
        HeatLevel::Low,
        HeatLevel::Medium,
        HeatLevel::High,
    ];
    HeatView {
        title,
        constraints: names.map(ToOwned::to_owned).into(),
        rows: rows.collect(),
        high: heat.high.map(|high| high.to_string()).into(),
        legend: legend.map(|level| cell("", Some(level))).into(),
    }
}

fn cell(constraint: &str, level: Option<HeatLevel>) -> HeatCell {
    let (level, filled) = match level {
        None => (None, 0),
        Some(HeatLevel::None) => (Some("none"), 0),
        Some(HeatLevel::Low) => (Some("low"), 1),
        Some(HeatLevel::Medium) => (Some("medium"), 2),
        Some(HeatLevel::High) => (Some("high"), 3),
    };
    HeatCell {
        constraint: constraint.to_owned(),
        word: level.map_or_else(|| NOT_REPORTED.to_owned(), figure::capital),
        level: level.unwrap_or("unrated").to_owned(),
        blocks: (0..3).map(|at| at < filled).collect(),
    }
}

fn interviews(count: &InterviewCount) -> Interviews {
    let (least, most) = count.target;
    let status = match count.enough {
        Enough::Under => Status::new(Tone::Warn, Shape::Down, "Too few"),
        Enough::Within => Status::new(Tone::Good, Shape::Dot, "Enough"),
        Enough::Over => Status::new(Tone::Good, Shape::Up, "More than needed"),
    };
    let scale = f64::from(count.total.max(most));
    Interviews {
        title: figure::capital(&figure::counted(
            count.total as usize,
            "interview",
            "interviews",
        )),
        status,
        target: format!(
            "target {}",
            figure::range(f64::from(least), f64::from(most))
        ),
        total: figure::count(count.total),
        target_x: extent(f64::from(least), scale),
        target_width: extent(f64::from(most - least), scale),
        width: extent(f64::from(count.total), scale),
        groups: count
            .groups
            .iter()
            .map(|(_, name, held)| InterviewGroup {
                name: (*name).to_owned(),
                held: figure::count(*held),
            })
            .collect(),
    }
}

fn controls(session: &CurrentState) -> Option<Controls> {
    let of = |standing: ControlStanding| -> Vec<String> {
        let controls = session.controls.iter();
        let controls = controls.filter(|control| control.standing == standing);
        controls.map(|control| control.control.clone()).collect()
    };
    let (required, habitual) = (of(ControlStanding::Required), of(ControlStanding::Habitual));
    let all = session.controls.len();
    (all > 0).then(|| Controls {
        title: match habitual.len() {
            0 => "Every control is required".to_owned(),
            habits => format!(
                "{} of {} {} habit",
                capital_count(habits),
                figure::counted(all, "control", "controls"),
                if habits == 1 { "is" } else { "are" }
            ),
        },
        required,
        habitual,
    })
}
