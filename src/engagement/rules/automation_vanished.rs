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
    for record in engagement.months.values() {
        if doubtful.contains(&record.month) {
            return;
        }
        let Some(telemetry) = &record.telemetry else { continue };
        if let Some(before) = before {
            vanished(before, telemetry, report);
            never_live(telemetry, &ever, report);
        }
        ever.extend(ids(telemetry));
        before = Some(telemetry);
    }
}

/// Every automation that is live: reported or shipped.
fn ids(telemetry: &Telemetry) -> impl Iterator<Item = &str> {
    let reported = telemetry.automations.iter().map(|automation| &*automation.id.value);
    reported.chain(telemetry.shipped.iter().map(|shipped| &*shipped.value))
}

fn vanished(before: &Telemetry, now: &Telemetry, report: &mut Report) {
    let live: BTreeSet<&str> = ids(before)
        .filter(|id| !before.retired.iter().any(|retired| retired.value == *id))
        .collect();
    for id in live {
        let retired = now.retired.iter().any(|retired| retired.value == id);
        if now.is_live(id) || retired {
            continue;
        }
        let mut fault = Diagnostic::error("automation-vanished", format!("the automation `{id}` was live last month and is not reported"))
            .at(&now.span, "nor retired here")
            .help(format!("report it under `automations` (with `runs: 0` if it stood still), or add it to `retired`: [{id}]"));
        if let Some(seen) = before.automations.iter().find(|automation| automation.id.value == id) {
            fault = fault.see(&seen.id.span, "live here");
        }
        report.push(fault);
    }
}

fn never_live(now: &Telemetry, ever: &BTreeSet<&str>, report: &mut Report) {
    for retired in now.retired.iter().filter(|retired| !ever.contains(&*retired.value) && !now.is_live(&retired.value)) {
        let near = nearest(&retired.value, ever.iter().copied());
        report.push(
            Diagnostic::error("unknown-automation", format!("`{}` is retired, but was never live", retired.value))
                .at(&retired.span, "")
                .help(match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "it names an automation by the id under which it was reported".to_owned(),
                })
                .replace_with(near.map(ToOwned::to_owned)),
        );
    }
}
