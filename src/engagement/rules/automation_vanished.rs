//! An automation doesn't vanish: live last month, it is reported or retired
//! this month.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Report, nearest};
use crate::engagement::Engagement;
use crate::engagement::telemetry::Telemetry;
use crate::source::month::Month;

pub(super) fn check(engagement: &Engagement, doubtful: &BTreeSet<Month>, report: &mut Report) {
    let mut before: Option<&Telemetry> = None;
    let mut ever: BTreeSet<&str> = BTreeSet::new();
    let months: BTreeSet<Month> = engagement.months.keys().chain(doubtful).copied().collect();
    for month in months {
        // Telemetry with faults may have reported anything.
        if doubtful.contains(&month) {
            before = None;
            continue;
        }
        let Some(telemetry) = engagement
            .months
            .get(&month)
            .and_then(|record| record.telemetry.as_ref())
        else {
            continue;
        };
        if let Some(before) = before {
            vanished(before, telemetry, &ever, report);
        }
        if before.is_some() && doubtful.range(..month).next().is_none() {
            never_live(telemetry, &ever, report);
        }
        ever.extend(ids(telemetry));
        before = Some(telemetry);
    }
}

/// Every automation that is live: reported or shipped.
fn ids(telemetry: &Telemetry) -> impl Iterator<Item = &str> {
    let reported = telemetry
        .automations
        .iter()
        .map(|automation| &*automation.id.value);
    reported.chain(telemetry.shipped.iter().map(|shipped| &*shipped.value))
}

fn vanished(before: &Telemetry, now: &Telemetry, ever: &BTreeSet<&str>, report: &mut Report) {
    let live: BTreeSet<&str> = ids(before)
        .filter(|id| !before.retired.iter().any(|retired| retired.value == *id))
        .collect();
    for id in live {
        let retired = now.retired.iter().any(|retired| retired.value == id);
        // A misspelt retirement is told by itself.
        let misspelt = now.retired.iter().any(|retired| {
            !ever.contains(&*retired.value) && nearest(&retired.value, [id]).is_some()
        });
        if now.is_live(id) || retired || misspelt {
            continue;
        }
        let new = ids(now).filter(|id| !ever.contains(id));
        let help = match nearest(id, new) {
            Some(new) => format!(
                "if `{new}` is the same one, report it as `{id}`: an automation keeps its id, its name may change"
            ),
            None => format!(
                "report it (with `runs: 0` if it stood still), or add it to what `build` of `layers` has `retired`: [{id}]"
            ),
        };
        let mut fault = Diagnostic::error(
            "automation-vanished",
            format!(
                "the automation `{id}` was live last month and is neither reported nor retired"
            ),
        )
        .at(&now.listed, "not among these")
        .help(help);
        if let Some(seen) = before
            .automations
            .iter()
            .find(|automation| automation.id.value == id)
        {
            fault = fault.see(&seen.id.span, "live here");
        }
        report.push(fault);
    }
}

fn never_live(now: &Telemetry, ever: &BTreeSet<&str>, report: &mut Report) {
    for retired in now
        .retired
        .iter()
        .filter(|retired| !ever.contains(&*retired.value) && !now.is_live(&retired.value))
    {
        let near = nearest(&retired.value, ever.iter().copied());
        report.push(
            Diagnostic::error(
                "unknown-automation",
                format!("`{}` is retired, but was never live", retired.value),
            )
            .at(&retired.span, "")
            .help(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "it names an automation by the id under which it was reported".to_owned(),
            })
            .replace_with(near.map(ToOwned::to_owned)),
        );
    }
}
