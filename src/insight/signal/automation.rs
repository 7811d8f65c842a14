//! Automations: what stands still, and whether as much goes as comes.

use super::{Code, Figures, Judged, Signal, Tone};
use crate::engagement::playbook::whole;
use crate::insight::verdict::at_least;

/// *automation-silent*: a live automation ran not once. Someone turned it
/// off.
///
/// Fires for an automation that reported `runs: 0`; one that didn't report
/// its runs says nothing. Nobody announces that they turned one off: a new
/// hire whom nobody showed the acceptance bar just does. From month 2 against
/// month 12.
pub(super) fn silent(judged: &Judged<'_>) -> Vec<Signal> {
    let Some(telemetry) = judged.telemetry() else {
        return Vec::new();
    };
    let silent = telemetry
        .automations
        .iter()
        .filter(|automation| automation.runs == Some(0));
    silent
        .filter(|automation| {
            !telemetry
                .retired
                .iter()
                .any(|retired| retired.value == automation.id.value)
        })
        .map(|automation| {
            let id = &*automation.id.value;
            let last_month = judged
                .telemetry_before(1)
                .into_iter()
                .flat_map(|before| &before.automations);
            let before = last_month.into_iter().find(|before| before.id.value == id);
            let figures = Figures::Silent {
                hours_before: before.and_then(|before| before.hours_saved),
            };
            Signal::new(Code::AutomationSilent, Some(id), figures, Tone::Warning)
        })
        .collect()
}

/// *prune-due*: nothing was retired for a quarter, or an automation is marked
/// for it. Prune before you add.
///
/// Fires from Run month `prune-from` when this month and those before it,
/// `prune-window` in all, are Run months whose telemetry reports no
/// retirement; and for each live automation marked `prune: true`, in any
/// month. Roughly once a quarter something built earlier is no longer worth
/// keeping alive, and is taken out on purpose. From the monthly session and
/// month 2 against month 12.
pub(super) fn prune_due(judged: &Judged<'_>) -> Vec<Signal> {
    none_retired(judged)
        .into_iter()
        .chain(marked(judged))
        .collect()
}

fn none_retired(judged: &Judged<'_>) -> Option<Signal> {
    let window = whole(judged.playbook.prune_window);
    let run = judged.run?;
    if !at_least(f64::from(run.number), judged.playbook.prune_from) {
        return None;
    }
    let movements = judged.movements_over(window)?;
    let live = movements.first().map_or(0, |movement| movement.live);
    let none = movements.iter().all(|movement| movement.retired.is_empty());
    let figures = Figures::NoneRetired {
        months: window.unsigned_abs(),
        live,
    };
    none.then(|| Signal::new(Code::PruneDue, None, figures, Tone::Warning))
}

fn marked(judged: &Judged<'_>) -> Vec<Signal> {
    let Some(telemetry) = judged.telemetry() else {
        return Vec::new();
    };
    let marked = telemetry
        .automations
        .iter()
        .filter(|automation| automation.prune);
    marked
        .filter(|automation| {
            !telemetry
                .retired
                .iter()
                .any(|retired| retired.value == automation.id.value)
        })
        .map(|automation| {
            let figures = Figures::Marked {
                runs: automation.runs,
                hours_saved: automation.hours_saved,
            };
            Signal::new(
                Code::PruneDue,
                Some(&automation.id.value),
                figures,
                Tone::Neutral,
            )
        })
        .collect()
}

/// *sprawl*: much more is added than retired. The engagement drifts back to
/// sprawl.
///
/// Fires from Run month `sprawl-from` when over this month and those before
/// it, `sprawl-window` in all and every one a Run month with telemetry,
/// something was added and what was retired is less than `sprawl-share` of
/// it. After a year of pure addition the tools are as many as the install
/// was to replace; by month 6 or 7 things should go at roughly the rate they
/// come. From month 2 against month 12.
pub(super) fn sprawl(judged: &Judged<'_>) -> Vec<Signal> {
    let playbook = judged.playbook;
    let window = whole(playbook.sprawl_window);
    let due = judged
        .run
        .is_some_and(|run| at_least(f64::from(run.number), playbook.sprawl_from));
    let Some(movements) = judged.movements_over(window).filter(|_| due) else {
        return Vec::new();
    };
    let added: usize = movements.iter().map(|movement| movement.added.len()).sum();
    let retired: usize = movements
        .iter()
        .map(|movement| movement.retired.len())
        .sum();
    let enough = at_least(number(retired), number(added) * playbook.sprawl_share);
    if added == 0 || enough {
        return Vec::new();
    }
    let figures = Figures::Sprawl {
        months: window.unsigned_abs(),
        added,
        retired,
        threshold: playbook.sprawl_share,
    };
    vec![Signal::new(Code::Sprawl, None, figures, Tone::Warning)]
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
