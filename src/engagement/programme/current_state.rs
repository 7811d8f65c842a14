//! Session 2: how work really flows today.

use chrono::NaiveDate;

use super::sitting::{Place, Sitting, SittingFields, sitting};
use crate::diagnostic::{Diagnostic, Report, Spanned};
use crate::engagement::check::Check;
use crate::engagement::telemetry::each;
use crate::source::Document;
use crate::source::document::{
    BottleneckFile, ControlFile, ControlStanding, CurrentStateFile, HeatFile, HeatLevel,
    InterviewGroup, InterviewsFile, StageFile,
};
use crate::source::field::{Date, Entries, Field};

/// The current state.
#[derive(Clone, Debug, PartialEq)]
pub struct CurrentState {
    /// The session, in which the map was shown. Its text is the "what is
    /// true" memo.
    pub sitting: Sitting,
    /// The day of the first interview, if that was noted.
    pub began: Option<Spanned<NaiveDate>>,
    /// Interviews held.
    pub interviews: Vec<Interviews>,
    /// The stages that work passes through, in order.
    pub flow: Vec<Stage>,
    /// What the bottlenecks' impact is counted in.
    pub impact_unit: Option<String>,
    /// Where work gets stuck, in the author's order.
    pub bottlenecks: Vec<Bottleneck>,
    /// How far each constraint holds each function back, in the author's
    /// order.
    pub heatmap: Vec<HeatRow>,
    /// Controls and gates.
    pub controls: Vec<Control>,
}

/// Interviews with a group of stakeholders.
#[derive(Clone, Debug, PartialEq)]
pub struct Interviews {
    /// The group.
    pub group: InterviewGroup,
    /// How many were held, and where that is said.
    pub held: Spanned<u32>,
}

/// A stage that work passes through.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// In words.
    pub name: String,
    /// Hours in which somebody works on it.
    pub work: f64,
    /// Hours in which it waits.
    pub waiting: f64,
}

/// A place where work gets stuck.
#[derive(Clone, Debug, PartialEq)]
pub struct Bottleneck {
    /// The bottleneck.
    pub id: Spanned<String>,
    /// In words.
    pub what: String,
    /// The function in which it lies, if it is one's.
    pub function: Option<String>,
    /// What it costs, in the session's unit.
    pub impact: f64,
    /// What that rests on, if it was noted.
    pub evidence: Option<String>,
}

/// A function's row of the heatmap.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatRow {
    /// The function.
    pub function: String,
    /// How far each constraint holds it back, in the order of
    /// [`HeatConstraint`](super::outline::HeatConstraint); none if it wasn't
    /// rated.
    pub levels: [Option<HeatLevel>; 6],
}

/// A control or a gate.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// In words.
    pub control: String,
    /// Whether somebody demands it.
    pub standing: ControlStanding,
}

impl CurrentState {
    /// Whether anything but its day and agenda is noted.
    pub fn is_recorded(&self) -> bool {
        let CurrentState {
            sitting,
            began: _,
            interviews,
            flow,
            impact_unit: _,
            bottlenecks,
            heatmap,
            controls,
        } = self;
        sitting.is_recorded()
            || !interviews.is_empty()
            || !flow.is_empty()
            || !bottlenecks.is_empty()
            || !heatmap.is_empty()
            || !controls.is_empty()
    }
}

pub(super) fn current_state(
    document: Document<CurrentStateFile>,
    place: Place,
    report: &mut Report,
) -> Option<CurrentState> {
    let Document {
        file,
        span: _,
        value,
    } = document;
    let CurrentStateFile {
        date,
        began,
        begins,
        minutes,
        attendance,
        agenda,
        interviews,
        flow,
        impact_unit,
        bottlenecks,
        heatmap,
        controls,
    } = value;
    let mut check = Check {
        file: &file,
        report,
    };
    let fields = SittingFields {
        date,
        begins,
        minutes,
        attendance,
        agenda,
    };
    let sitting = sitting(&mut check, fields, place);
    let began = check
        .optional(began)
        .map(|began| began.map(|Date(date)| date));
    if let (Some(began), Some(sitting)) = (&began, &sitting) {
        begins_first(&mut check, began, &sitting.date);
    }
    let interviews = each(&mut check, interviews, interviews_of);
    let flow = each(&mut check, flow, stage);
    let impact_unit = check.text(impact_unit, "impact_unit");
    let bottlenecks = each(&mut check, bottlenecks, bottleneck);
    let heatmap = heatmap_of(&mut check, heatmap);
    let controls = each(&mut check, controls, control);
    Some(CurrentState {
        sitting: sitting?,
        began,
        interviews,
        flow,
        impact_unit: impact_unit.map(|unit| unit.value),
        bottlenecks,
        heatmap,
        controls,
    })
}

fn begins_first(check: &mut Check<'_>, began: &Spanned<NaiveDate>, date: &Spanned<NaiveDate>) {
    if began.value > date.value {
        check.report.push(
            Diagnostic::error(
                "runs-backwards",
                "the interviews can't begin after the session that shows what came of them",
            )
            .at(&began.span, "")
            .see(&date.span, "the session is here")
            .help("`began` is the day of the first interview, `date` the day on which the map was shown"),
        );
    }
}

fn interviews_of(check: &mut Check<'_>, file: Spanned<InterviewsFile>) -> Option<Interviews> {
    let InterviewsFile { group, held } = file.value;
    let group = check.required(group, "group", &file.span);
    let held = check.required(held, "held", &file.span);
    Some(Interviews {
        group: group?.value,
        held: held?,
    })
}

fn stage(check: &mut Check<'_>, file: Spanned<StageFile>) -> Option<Stage> {
    const HOURS: &str = "it is hours, from 0 up";
    let StageFile {
        stage,
        work,
        waiting,
    } = file.value;
    let name = check.required_text(stage, "stage", &file.span);
    let mut hours = |field: Field<f64>, name: &str| {
        if field.is_absent() {
            check.required(field, name, &file.span);
            return None;
        }
        check.within(field, name, 0.0..=100_000.0, HOURS)
    };
    let work = hours(work, "work");
    let waiting = hours(waiting, "waiting");
    Some(Stage {
        name: name?.value,
        work: work?.value,
        waiting: waiting?.value,
    })
}

fn bottleneck(check: &mut Check<'_>, file: Spanned<BottleneckFile>) -> Option<Bottleneck> {
    let BottleneckFile {
        id,
        what,
        function,
        impact,
        evidence,
    } = file.value;
    let id = check.required_id(id, "id", &file.span);
    let what = check.required_text(what, "what", &file.span);
    let function = check.text(function, "function").map(|text| text.value);
    let impact = if impact.is_absent() {
        check.required(impact, "impact", &file.span)
    } else {
        check.within(
            impact,
            "impact",
            0.0..=1e9,
            "it is what the bottleneck costs, from 0 up, in `impact_unit`",
        )
    };
    let evidence = check.text(evidence, "evidence").map(|text| text.value);
    Some(Bottleneck {
        id: id?,
        what: what?.value,
        function,
        impact: impact?.value,
        evidence,
    })
}

fn heatmap_of(check: &mut Check<'_>, field: Field<Entries<HeatFile, String>>) -> Vec<HeatRow> {
    let entries = check
        .optional(field)
        .map(|entries| entries.value.0)
        .unwrap_or_default();
    let mut rows = Vec::new();
    for (function, heat) in entries {
        let function = check.text(function, "heatmap");
        let (Some(function), Some(heat)) = (function, check.optional(heat)) else {
            continue;
        };
        let HeatFile {
            decision_latency,
            ownership,
            handoffs,
            waiting,
            rework,
            capacity,
        } = heat.value;
        let levels = [
            decision_latency,
            ownership,
            handoffs,
            waiting,
            rework,
            capacity,
        ]
        .map(|level| check.optional(level).map(|level| level.value));
        rows.push(HeatRow {
            function: function.value,
            levels,
        });
    }
    rows
}

fn control(check: &mut Check<'_>, file: Spanned<ControlFile>) -> Option<Control> {
    let ControlFile { control, standing } = file.value;
    let control = check.required_text(control, "control", &file.span);
    let standing = check.required(standing, "standing", &file.span);
    Some(Control {
        control: control?.value,
        standing: standing?.value,
    })
}
