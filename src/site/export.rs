//! The figures and decisions as files, for spreadsheets and programs.
//!
//! `kpis.csv` and `decisions.csv` have a row a month or decision;
//! `engagement.json` is a contract: figures unrounded, what wasn't reported
//! null. Changes are in a KPI's own unit, but revenue per employee's change on
//! the baseline, which is in percent.

mod engagement;
mod table;

use super::File;
use super::page::Context;
use super::page::context::Part;
use super::route::Route;
use crate::engagement::kpi::Kpi;
use crate::insight::backlog::{Standing, Tracked};
use crate::source::document::Action;
use crate::source::month::Month;

/// Every file, by its route.
pub fn files(context: Context<'_>) -> Vec<File> {
    let export = |name: &'static str, make: fn(Context<'_>) -> Vec<u8>| {
        (Route::Export(name), context.part(Part::Export(name), make))
    };
    vec![
        export("kpis.csv", table::kpis),
        export("decisions.csv", table::decisions),
        export("engagement.json", engagement::json),
    ]
}

/// An entry of an export, or several, kept by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::site) enum Entry {
    /// A KPI's rows.
    Kpi(Kpi),
    /// A month's entry.
    Month(Month),
    /// Every decision's entry.
    Decisions,
}

/// An action's word.
pub(in crate::site) fn action(action: Action) -> &'static str {
    match action {
        Action::Build => "build",
        Action::Retune => "retune",
        Action::Decommission => "decommission",
        Action::Tighten => "tighten",
        Action::Pursue => "pursue",
    }
}

/// How a decision stands, in a word: `slipped` is still open, with a new date.
fn status(tracked: &Tracked) -> &'static str {
    match tracked.standing() {
        Standing::Open => "open",
        Standing::Slipped => "slipped",
        Standing::Done(_) => "done",
        Standing::Dropped(_) => "dropped",
    }
}

/// The month in which a decision was done or dropped.
fn closed(tracked: &Tracked) -> Option<Month> {
    match tracked.standing() {
        Standing::Done(month) | Standing::Dropped(month) => Some(month),
        Standing::Open | Standing::Slipped => None,
    }
}
