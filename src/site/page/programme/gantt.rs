//! Plans as bars over weeks and months.

use super::extent;
use super::parts::capital_count;
use crate::engagement::programme::{Workstream, outline};
use crate::insight::programme::{Bar as WeekBar, PlanLine, Roadmap, Schedule, Timeline};
use crate::site::figure;
use crate::site::page::frame::Context;
use crate::site::page::view::programme::gantt::{
    Bar, BarKind, Gantt, Group, LegendEntry, Row, Tick,
};
use crate::site::page::{label, sequence};
use crate::site::route::Route;
use crate::source::month::Month;

/// Equal steps of a scale.
#[derive(Clone, Copy)]
struct Scale {
    steps: f64,
}

impl Scale {
    fn of(steps: usize) -> Self {
        Scale {
            steps: steps as f64,
        }
    }

    /// A bar from one step to another, both within, counted from 0.
    fn bar(self, from: i64, to: i64, kind: BarKind) -> Bar {
        Bar {
            x: self.at(from as f64),
            width: extent((to - from + 1) as f64, self.steps),
            kind,
        }
    }

    fn at(self, step: f64) -> String {
        extent(step, self.steps)
    }

    fn tick(self, at: usize, label: String, note: Option<String>, rank: u32) -> Tick {
        Tick {
            x: self.at(at as f64),
            label,
            note,
            rank,
        }
    }
}

/// How soon the note of a tick gives way: every fourth never does.
fn rank(at: usize) -> u32 {
    match at % 4 {
        0 => 3,
        2 => 2,
        _ => 1,
    }
}

/// The 90-day plan by workstream.
pub(super) fn plan(schedule: &Schedule, workstreams: &[Workstream]) -> Gantt {
    let scale = Scale::of(schedule.weeks.len());
    let ticks = schedule.weeks.iter().enumerate().map(|(at, week)| {
        let begins = figure::short_day_and_month(week.begins);
        scale.tick(at, week.number.to_string(), Some(begins), rank(at))
    });
    let milestones = schedule
        .lines
        .iter()
        .filter(|line| line.item.milestone)
        .count();
    let note = schedule.weeks.first().zip(schedule.weeks.last());
    let rows = schedule.lines.iter().map(|line| {
        let workstream = line.item.workstream.as_ref();
        (
            workstream.map(|workstream| &*workstream.value),
            plan_row(scale, line),
        )
    });
    Gantt {
        id: "plan".to_owned(),
        title: format!(
            "{} weeks, {}",
            capital_count(schedule.weeks.len()),
            figure::counted(milestones, "milestone", "milestones")
        ),
        note: note.map(|(first, last)| {
            format!(
                "{} to {}",
                figure::day(first.begins),
                figure::day(last.ends)
            )
        }),
        head: "Work".to_owned(),
        second: Some("Owner".to_owned()),
        ticks: ticks.collect(),
        groups: grouped(rows.collect(), workstreams),
        legend: Vec::new(),
    }
}

fn plan_row(scale: Scale, line: &PlanLine) -> Row {
    let item = &line.item;
    let (from, to) = (i64::from(item.from), i64::from(item.to));
    Row {
        what: item.what.clone(),
        detail: None,
        href: None,
        second: item.owner.as_ref().map(|owner| label::seat(&owner.value)),
        when: if from == to {
            format!("Week\u{a0}{from}")
        } else {
            format!("Weeks\u{a0}{from}\u{2060}–\u{2060}{to}")
        },
        days: Some(figure::short_days(line.begins, line.ends)),
        mark: item.milestone.then(|| "Milestone".to_owned()),
        // A milestone of one week is its shape alone.
        bars: if item.milestone && from == to {
            Vec::new()
        } else {
            vec![scale.bar(from - 1, to - 1, BarKind::Real)]
        },
        point: item.milestone.then(|| scale.at(to as f64 - 0.5)),
    }
}

/// The 12-month roadmap by workstream, its gates last.
pub(super) fn roadmap(roadmap: &Roadmap, workstreams: &[Workstream]) -> Option<Gantt> {
    let (first, last) = (*roadmap.months.first()?, *roadmap.months.last()?);
    let scale = Scale::of(roadmap.months.len());
    let ticks = roadmap.months.iter().enumerate().map(|(at, month)| {
        let year = (at == 0 || month.number() == 1).then(|| month.year().to_string());
        scale.tick(at, figure::month_initial(*month), year, 3)
    });
    let step = |month: Month| i64::from(month.since(first));
    let rows = roadmap.lines.iter().map(|line| {
        let workstream = line.workstream.as_ref();
        let row = Row {
            what: line.what.clone(),
            detail: None,
            href: None,
            second: None,
            when: months(line.from, line.to),
            days: None,
            mark: None,
            bars: vec![scale.bar(step(line.from), step(line.to), BarKind::Real)],
            point: None,
        };
        (workstream.map(|workstream| &*workstream.value), row)
    });
    let mut groups = grouped(rows.collect(), workstreams);
    let gates: Vec<Row> = roadmap
        .gates
        .iter()
        .map(|gate| Row {
            what: gate.gate.clone(),
            detail: Some(format!("Passes if: {}", figure::sentence(&gate.passes_if))),
            href: None,
            second: None,
            when: figure::short_month(gate.month),
            days: None,
            mark: Some("Gate".to_owned()),
            bars: Vec::new(),
            point: Some(scale.at(step(gate.month) as f64 + 0.5)),
        })
        .collect();
    if !gates.is_empty() {
        groups.push(Group {
            name: Some("Gates".to_owned()),
            note: None,
            rows: gates,
        });
    }
    Some(Gantt {
        id: "roadmap".to_owned(),
        title: format!(
            "{}, {}",
            figure::capital(&figure::counted(roadmap.months.len(), "month", "months")),
            figure::counted(roadmap.gates.len(), "gate", "gates")
        ),
        note: Some(format!(
            "{} to {}",
            figure::month(first),
            figure::month(last)
        )),
        head: "Work".to_owned(),
        second: None,
        ticks: ticks.collect(),
        groups,
        legend: Vec::new(),
    })
}

/// `May–Jul 2025`.
fn months(from: Month, to: Month) -> String {
    if from == to {
        figure::short_month(from)
    } else if from.year() == to.year() {
        format!(
            "{}\u{2060}–\u{2060}{}",
            figure::short_month_name(from),
            figure::short_month(to)
        )
    } else {
        format!(
            "{}\u{2060}–\u{2060}{}",
            figure::short_month(from),
            figure::short_month(to)
        )
    }
}

/// Rows under their workstreams, in the order of those; rows without one come
/// first, under no name.
fn grouped(rows: Vec<(Option<&str>, Row)>, workstreams: &[Workstream]) -> Vec<Group> {
    let mut own: Group = Group {
        name: None,
        note: None,
        rows: Vec::new(),
    };
    let mut groups: Vec<(&str, Group)> = workstreams
        .iter()
        .map(|workstream| {
            let group = Group {
                name: Some(workstream.name.clone()),
                note: Some(label::seat(&workstream.owner.value)),
                rows: Vec::new(),
            };
            (&*workstream.id.value, group)
        })
        .collect();
    for (workstream, row) in rows {
        let group = groups.iter_mut().find(|(id, _)| Some(*id) == workstream);
        match group {
            Some((_, group)) => group.rows.push(row),
            None => own.rows.push(row),
        }
    }
    let named = groups.into_iter().map(|(_, group)| group);
    std::iter::once(own)
        .chain(named)
        .filter(|group| !group.rows.is_empty())
        .collect()
}

/// The suggested weeks against the real dates.
pub(super) fn weeks(context: Context<'_>, timeline: &Timeline) -> Option<Gantt> {
    let first = timeline.weeks.first()?;
    let scale = Scale::of(timeline.weeks.len());
    let ticks = timeline.weeks.iter().enumerate().map(|(at, week)| {
        let begins = figure::short_day_and_month(week.begins);
        scale.tick(
            at,
            figure::decimal(week.number as f64, 0),
            Some(begins),
            rank(at),
        )
    });
    let rows = timeline
        .bars
        .iter()
        .map(|bar| week_row(context, scale, first.number, bar));
    Some(Gantt {
        id: "weeks".to_owned(),
        title: late(timeline),
        note: Some("Week 1 is that of session 1".to_owned()),
        head: "Step".to_owned(),
        second: Some("Suggested".to_owned()),
        ticks: ticks.collect(),
        groups: vec![Group {
            name: None,
            note: None,
            rows: rows.collect(),
        }],
        legend: [
            (BarKind::Suggested, "suggested"),
            (BarKind::Real, "real dates"),
        ]
        .map(|(kind, word)| LegendEntry {
            kind,
            word: word.to_owned(),
        })
        .into(),
    })
}

fn week_row(context: Context<'_>, scale: Scale, first: i64, bar: &WeekBar) -> Row {
    let (from, to) = bar.weeks;
    let mut bars = vec![scale.bar(from - first, to - first, BarKind::Suggested)];
    bars.extend(bar.real.map(|(begins, ends)| {
        // Real days stand at their place in the week, Monday to Sunday.
        let day = |day: chrono::NaiveDate| {
            let monday = bar.suggested.0;
            (day - monday).num_days() as f64 / 7.0 + (from - first) as f64
        };
        let (begins, ends) = (day(begins), day(ends) + 1.0 / 7.0);
        Bar {
            x: scale.at(begins),
            width: extent(ends - begins, scale.steps),
            kind: BarKind::Real,
        }
    }));
    let month = bar
        .meeting
        .and_then(|meeting| context.programme().month(meeting));
    let page = bar.meeting.zip(month).map(|(meeting, month)| {
        Route::ProgrammeSession(month.to_string(), meeting).href(&Route::Programme)
    });
    Row {
        what: bar
            .meeting
            .map_or_else(|| bar.what.to_owned(), sequence::named),
        detail: bar
            .meeting
            .map(|meeting| outline::of(meeting).takes.to_owned()),
        href: page,
        second: Some(if from == to {
            format!("Week\u{a0}{from}")
        } else {
            format!("Weeks\u{a0}{from}\u{2060}–\u{2060}{to}")
        }),
        when: match (bar.meeting, bar.real) {
            (_, Some((begins, ends))) => figure::short_days(begins, ends),
            (Some(_), None) => "No date yet".to_owned(),
            (None, None) => figure::NOT_REPORTED.to_owned(),
        },
        days: bar.weeks_late().map(|late| match late {
            0 => "as suggested".to_owned(),
            late => {
                let way = if late > 0 { "later" } else { "earlier" };
                let weeks = usize::try_from(late.unsigned_abs()).unwrap_or(usize::MAX);
                format!("{} {way}", figure::counted(weeks, "week", "weeks"))
            }
        }),
        mark: None,
        bars,
        point: None,
    }
}

/// What the real dates come to against the suggested weeks.
fn late(timeline: &Timeline) -> String {
    let known: Vec<i64> = timeline
        .bars
        .iter()
        .filter_map(WeekBar::weeks_late)
        .collect();
    let most = known.iter().max().copied().unwrap_or(0);
    match (known.is_empty(), most) {
        (true, _) => "The suggested weeks".to_owned(),
        (_, ..=0) => "The dates keep to the suggested weeks".to_owned(),
        (_, late) => {
            let weeks = usize::try_from(late).unwrap_or(usize::MAX);
            let weeks = figure::counted(weeks, "week", "weeks");
            format!("At most {weeks} later than suggested")
        }
    }
}
