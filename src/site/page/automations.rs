//! The register of automations: what entered, was retuned, broke, retired.

use super::frame::{Context, Opening, frame, period};
use super::view::automations::{AutomationsPage, Flow, FlowCount, Register, RegisterRow, Tally};
use super::view::{Shape, Status, Tone};
use super::{kpi_chart, label};
use crate::insight::automation::{Life, Movement};
use crate::insight::signal::{Code, Figures, Signal};
use crate::site::figure::{self, NOT_REPORTED};
use crate::site::route::Route;
use crate::source::month::Month;

/// The register's view.
pub fn page(context: Context<'_>) -> AutomationsPage {
    let route = Route::Automations;
    let month = latest(context);
    let strip = period(context, month.or_else(|| kpi_chart::reported(context)));
    let opening = Opening {
        title: "Automations".to_owned(),
        strip,
        headline: headline(context),
        deck: None,
    };
    AutomationsPage {
        frame: frame(context, &route, opening),
        tallies: tallies(context, month),
        flow: flow(context),
        register: register(context, month),
    }
}

/// The last month that reported automations.
pub(super) fn latest(context: Context<'_>) -> Option<Month> {
    let mut months = context.register().movements.keys();
    months.next_back().copied()
}

/// The id of an automation's row.
pub(super) fn row_id(automation: &str) -> String {
    format!("automation-{automation}")
}

/// Its name as last reported; else its id spoken.
pub(super) fn name(life: &Life) -> String {
    life.name.clone().unwrap_or_else(|| label::spoken(&life.id))
}

/// Added and retired in Run, what was there when it began not counted.
fn moved(context: Context<'_>) -> (usize, usize) {
    let movements = context.register().movements.values();
    movements.fold((0, 0), |(added, retired), movement| {
        (
            added + movement.added.len(),
            retired + movement.retired.len(),
        )
    })
}

fn headline(context: Context<'_>) -> String {
    let register = context.register();
    if register.lives.is_empty() {
        return "No automation has been reported yet.".to_owned();
    }
    let live = register.live().count();
    let (added, retired) = moved(context);
    format!(
        "{} live. In Run {} added and {} retired.",
        figure::capital(&figure::counted(live, "automation is", "automations are")),
        were(added),
        were(retired)
    )
}

fn were(count: usize) -> String {
    format!(
        "{} {}",
        figure::in_words(count),
        if count == 1 { "was" } else { "were" }
    )
}

fn tallies(context: Context<'_>, month: Option<Month>) -> Vec<Tally> {
    let Some(month) = month else {
        return Vec::new();
    };
    let (added, retired) = moved(context);
    let register = context.register();
    let sum = |latest: fn(&Life) -> Option<(Month, f64)>| {
        let reported: Vec<f64> = register
            .lives
            .values()
            .filter_map(latest)
            .filter(|(at, _)| *at == month)
            .map(|(_, value)| value)
            .collect();
        (!reported.is_empty()).then(|| reported.iter().sum::<f64>())
    };
    let tally = |label: &str, value: String, unit: Option<&str>, note: String| Tally {
        label: label.to_owned(),
        value,
        unit: unit.map(ToOwned::to_owned),
        note: Some(note),
    };
    let shown = |value: Option<f64>| {
        value.map_or_else(
            || NOT_REPORTED.to_owned(),
            |value| figure::decimal(value, 0),
        )
    };
    let when = format!("in {}", figure::month(month));
    vec![
        tally(
            "Live now",
            register.live().count().to_string(),
            None,
            format!("at the end of {}", figure::month(month)),
        ),
        tally(
            "Added in Run",
            added.to_string(),
            None,
            "beyond what Build left".to_owned(),
        ),
        tally(
            "Retired in Run",
            retired.to_string(),
            None,
            "on purpose".to_owned(),
        ),
        tally(
            "Runs",
            shown(sum(|life| life.runs.latest)),
            None,
            when.clone(),
        ),
        tally(
            "Hours saved",
            shown(sum(|life| life.hours_saved.latest)),
            Some("h"),
            when,
        ),
    ]
}

fn flow(context: Context<'_>) -> Option<Flow> {
    let movements = &context.register().movements;
    let first = *movements.keys().next()?;
    let last = *movements.keys().next_back()?;
    let counts: Vec<FlowCount> = (0..=last.since(first))
        .map(|offset| first.plus(offset))
        .map(|month| count(month, month == first, movements.get(&month)))
        .collect();
    let (added, retired) = moved(context);
    let title = format!(
        "{} added, {} retired",
        figure::capital(&figure::in_words(added)),
        figure::in_words(retired)
    );
    let note = movements
        .get(&last)
        .map(|movement| format!("{} live in {}", movement.live, figure::month(last)));
    Some(Flow::new(title, note, &counts))
}

fn count(month: Month, first: bool, movement: Option<&Movement>) -> FlowCount {
    let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    FlowCount {
        year: (first || month.number() == 1).then(|| month.year().to_string()),
        initial: figure::month_initial(month),
        name: figure::short_month(month),
        added: movement.map_or(0, |movement| size(movement.added.len())),
        retired: movement.map_or(0, |movement| size(movement.retired.len())),
        live: movement.map(|movement| size(movement.live)),
    }
}

/// Live ones first; then what was retired, newest first.
pub(super) fn ordered(context: Context<'_>) -> Vec<&Life> {
    let mut lives: Vec<&Life> = context.register().lives.values().collect();
    lives.sort_by(|one, other| {
        let order = |life: &Life| (!life.live, std::cmp::Reverse(life.retired), life.entered);
        order(one)
            .cmp(&order(other))
            .then_with(|| one.id.cmp(&other.id))
    });
    lives
}

fn register(context: Context<'_>, month: Option<Month>) -> Register {
    let register = context.register();
    let lives = ordered(context);
    let live = register.live().count();
    let retired = lives.len() - live;
    Register {
        title: format!(
            "{} live, {} retired",
            figure::capital(&figure::in_words(live)),
            figure::in_words(retired)
        ),
        note: month.map(|month| format!("Runs and hours saved in {}", figure::month(month))),
        rows: lives
            .into_iter()
            .map(|life| row(context, life, month))
            .collect(),
    }
}

fn row(context: Context<'_>, life: &Life, month: Option<Month>) -> RegisterRow {
    let months = |months: &[Month]| {
        let named: Vec<String> = months
            .iter()
            .map(|month| figure::short_month(*month))
            .collect();
        (!named.is_empty()).then(|| named.join(", "))
    };
    let latest = |tally: Option<(Month, f64)>| {
        let now = tally.filter(|(at, _)| Some(*at) == month);
        now.map_or_else(
            || NOT_REPORTED.to_owned(),
            |(_, value)| figure::decimal(value, usize::from(value.fract() != 0.0)),
        )
    };
    let mut retuned: Vec<Month> = life.retuned.iter().map(|(month, _)| *month).collect();
    retuned.dedup();
    RegisterRow {
        id: row_id(&life.id),
        name: name(life),
        layer: life.layer.map_or_else(
            || NOT_REPORTED.to_owned(),
            |layer| label::layer(context.firm(), layer),
        ),
        entered: figure::short_month(life.entered),
        retuned: months(&retuned),
        broke: months(&life.broke),
        status: status(context, life, month),
        retired: life.retired.map(figure::short_month),
        runs: latest(life.runs.latest),
        hours_saved: latest(life.hours_saved.latest),
    }
}

/// How an automation stands.
pub(super) fn status(context: Context<'_>, life: &Life, month: Option<Month>) -> Status {
    if !life.live {
        return Status::new(Tone::Neutral, Shape::Dash, "Retired");
    }
    let fired = month.map(|month| context.fired_of_automations(month));
    let mut about = fired.into_iter().flatten();
    let about = about.find(|signal| signal.subject.as_deref() == Some(&life.id));
    match about.map(|signal| signal.code) {
        Some(Code::AutomationSilent) => Status::new(Tone::Warn, Shape::Down, "Silent"),
        Some(_) => Status::new(Tone::Neutral, Shape::Diamond, "Prune candidate"),
        None => Status::new(Tone::Good, Shape::Dot, "Live"),
    }
}

/// What says how an automation stands: that it is silent before that it is marked.
pub(super) fn standing(signals: &[Signal]) -> impl Iterator<Item = &Signal> {
    let silent = |signal: &&Signal| signal.code == Code::AutomationSilent;
    let marked = |signal: &&Signal| matches!(signal.figures, Figures::Marked { .. });
    let all = || signals.iter();
    all().filter(silent).chain(all().filter(marked))
}
