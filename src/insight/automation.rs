//! The register: each automation's life, and what came and went by month.
//!
//! From telemetry and the Run decisions. An automation enters when it is
//! shipped, or when it is first reported without having been; what ran when
//! the first telemetry was taken, or when Run began, was there already and
//! counts as nothing added.

use std::collections::{BTreeMap, BTreeSet};

use super::backlog::Tracked;
use crate::engagement::Engagement;
use crate::engagement::firm::Phase;
use crate::engagement::telemetry::{Automation, Layer, Telemetry};
use crate::source::document::Action;
use crate::source::month::Month;

/// Every automation there was.
#[derive(Clone, Debug, PartialEq)]
pub struct Register {
    /// By id.
    pub lives: BTreeMap<String, Life>,
    /// What came and went, for every month with telemetry.
    pub movements: BTreeMap<Month, Movement>,
}

/// An automation's life.
#[derive(Clone, Debug, PartialEq)]
pub struct Life {
    /// Its id.
    pub id: String,
    /// Its name as last reported; none if it never was.
    pub name: Option<String>,
    /// The layer it works in, as last reported.
    pub layer: Option<Layer>,
    /// The month that shipped it or first reported it.
    pub entered: Month,
    /// Whether it was there already when Run or the telemetry began.
    pub initial: bool,
    /// Each month that shipped it or more of it.
    pub shipped: Vec<Month>,
    /// Each decision to retune it, with the month of its session.
    pub retuned: Vec<(Month, String)>,
    /// Each month it broke in.
    pub broke: Vec<Month>,
    /// The month it was last retired in; none while it is live.
    pub retired: Option<Month>,
    /// Whether it is live after the last telemetry.
    pub live: bool,
    /// Whether it was marked for pruning when last reported.
    pub prune: bool,
    /// Its runs.
    pub runs: Tally,
    /// Hours it saved.
    pub hours_saved: Tally,
}

/// A figure that adds up over the months that reported it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// The last month that reported it, and how much.
    pub latest: Option<(Month, f64)>,
    /// Over all months; none if none reported it.
    pub total: Option<f64>,
}

/// What came and went in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// The month.
    pub month: Month,
    /// Automations added, by id.
    pub added: BTreeSet<String>,
    /// Automations retired, by id.
    pub retired: BTreeSet<String>,
    /// Automations live at its end.
    pub live: usize,
}

impl Register {
    /// The automations that are live now, by id.
    pub fn live(&self) -> impl Iterator<Item = &Life> {
        self.lives.values().filter(|life| life.live)
    }
}

/// Every automation's life, by id.
pub(super) fn lives(
    engagement: &Engagement,
    decisions: &[Tracked],
    movements: &BTreeMap<Month, Movement>,
) -> BTreeMap<String, Life> {
    let mut lives: BTreeMap<String, Life> = BTreeMap::new();
    for (month, telemetry) in reported(engagement) {
        let Some(movement) = movements.get(&month) else {
            continue;
        };
        let shipped = telemetry.shipped.iter().map(|id| &*id.value);
        let known = telemetry
            .automations
            .iter()
            .map(|automation| &*automation.id.value);
        for id in shipped.chain(known) {
            let life = lives
                .entry(id.to_owned())
                .or_insert_with(|| Life::new(id, month, movement));
            life.live = true;
            life.retired = None;
        }
        for automation in &telemetry.automations {
            if let Some(life) = lives.get_mut(&automation.id.value) {
                life.report(month, automation);
            }
        }
        live_through(&mut lives, month, telemetry);
    }
    for tracked in decisions
        .iter()
        .filter(|tracked| tracked.decision.action == Action::Retune)
    {
        let named = tracked.decision.automation.as_ref();
        if let Some(life) = named.and_then(|id| lives.get_mut(&id.value)) {
            life.retuned
                .push((tracked.month, tracked.decision.id.value.clone()));
        }
    }
    lives
}

/// What came and went, for every month with telemetry.
pub(super) fn movements(engagement: &Engagement) -> BTreeMap<Month, Movement> {
    let run = engagement.firm.phases.start(Phase::Run).map(Month::of);
    let mut live: BTreeSet<&str> = BTreeSet::new();
    let mut began = false;
    let mut movements = BTreeMap::new();
    for (month, telemetry) in reported(engagement) {
        let shipped = telemetry.shipped.iter().map(|id| &*id.value);
        let shipped: BTreeSet<&str> = shipped.collect();
        let known = telemetry.automations.iter();
        let known: BTreeSet<&str> = known.map(|automation| &*automation.id.value).collect();
        // What the first telemetry finds, and what Run begins with, was built
        // before: no month added it unless it says so.
        let appeared = if began && run != Some(month) {
            &known
        } else {
            &shipped
        };
        let added = appeared
            .union(&shipped)
            .filter(|id| !live.contains(*id))
            .map(|id| (*id).to_owned())
            .collect();
        let retired: BTreeSet<String> = telemetry
            .retired
            .iter()
            .map(|id| &*id.value)
            .filter(|id| !began || live.contains(id) || known.contains(id) || shipped.contains(id))
            .map(ToOwned::to_owned)
            .collect();
        live.extend(known);
        live.extend(shipped);
        live.retain(|id| !retired.contains(*id));
        began = true;
        movements.insert(
            month,
            Movement {
                month,
                added,
                retired,
                live: live.len(),
            },
        );
    }
    movements
}

fn reported(engagement: &Engagement) -> impl Iterator<Item = (Month, &Telemetry)> {
    engagement
        .months
        .values()
        .filter_map(|record| Some((record.month, record.telemetry.as_ref()?)))
}

/// Notes what was shipped, broke and was retired.
fn live_through(lives: &mut BTreeMap<String, Life>, month: Month, telemetry: &Telemetry) {
    for id in &telemetry.shipped {
        if let Some(life) = lives.get_mut(&id.value) {
            life.shipped.push(month);
        }
    }
    for id in &telemetry.broke {
        if let Some(life) = lives.get_mut(&id.value) {
            life.broke.push(month);
        }
    }
    for id in &telemetry.retired {
        if let Some(life) = lives.get_mut(&id.value).filter(|life| life.live) {
            life.live = false;
            life.retired = Some(month);
        }
    }
}

impl Life {
    fn new(id: &str, month: Month, movement: &Movement) -> Self {
        Life {
            id: id.to_owned(),
            name: None,
            layer: None,
            entered: month,
            initial: !movement.added.contains(id),
            shipped: Vec::new(),
            retuned: Vec::new(),
            broke: Vec::new(),
            retired: None,
            live: true,
            prune: false,
            runs: Tally::default(),
            hours_saved: Tally::default(),
        }
    }

    fn report(&mut self, month: Month, automation: &Automation) {
        self.name = Some(automation.name.clone());
        self.layer = automation.layer.or(self.layer);
        self.prune = automation.prune;
        self.runs.add(month, automation.runs.map(f64::from));
        self.hours_saved.add(month, automation.hours_saved);
    }
}

impl Tally {
    fn add(&mut self, month: Month, figure: Option<f64>) {
        let Some(figure) = figure else { return };
        self.latest = Some((month, figure));
        self.total = Some(self.total.unwrap_or(0.0) + figure);
    }
}
