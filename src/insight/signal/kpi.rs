//! What the three KPIs say.

use super::{Code, Figures, Judged, Signal, Tone};
use crate::insight::series::Point;
use crate::insight::verdict::{Verdict, above, at_least, stage_band};

/// *afd-moved*: away-from-desk hours differ from what they were. What
/// changed?
///
/// Fires when the hours differ by at least `away-from-desk-moved` percent
/// from the calendar month before or from the rolling mean. An automation
/// ships and they jump, a key hire leaves and they drop: it is a moving
/// target, and the movement is the insight. From the monthly session.
pub(super) fn away_from_desk_moved(judged: &Judged<'_>) -> Vec<Signal> {
    let series = &judged.known.series.away_from_desk;
    let Some(point) = series.at(judged.month) else {
        return Vec::new();
    };
    let Some(value) = point.value else {
        return Vec::new();
    };
    let threshold = judged.playbook.away_from_desk_moved;
    let before = series
        .at(judged.month.plus(-1))
        .and_then(|before| before.value);
    let mean = point.rolling_mean;
    let moved = |from: Option<f64>| from.filter(|from| differs(value, *from, threshold));
    let Some(from) = moved(before).or_else(|| moved(mean)) else {
        return Vec::new();
    };
    let tone = if value > from {
        Tone::Opening
    } else {
        Tone::Warning
    };
    let figures = Figures::Moved {
        value,
        before,
        percent_on_before: before.and_then(|before| percent_on(value, before)),
        mean,
        percent_on_mean: mean.and_then(|mean| percent_on(value, mean)),
        threshold,
    };
    vec![Signal::new(Code::AfdMoved, None, figures, tone)]
}

/// Whether a value differs by so many percent; from nothing to something by
/// any.
fn differs(value: f64, from: f64, threshold: f64) -> bool {
    let different = above((value - from).abs(), 0.0);
    different && percent_on(value, from).is_none_or(|percent| at_least(percent.abs(), threshold))
}

fn percent_on(value: f64, from: f64) -> Option<f64> {
    (from > 0.0).then(|| (value - from) / from * 100.0)
}

/// *ta-verdict*: task automation is behind its stage, or above its cap. Tune
/// or prune.
///
/// Fires when the verdict on the month's figure is behind or above cap. It is
/// the KPI that answers most directly to retuning; past the cap the work that
/// is left needs judgement. From the monthly session and month 2 against
/// month 12.
pub(super) fn task_automation_verdict(judged: &Judged<'_>) -> Vec<Signal> {
    let fired = judged
        .known
        .series
        .task_automation
        .at(judged.month)
        .and_then(|point| {
            let (value, verdict) = point.value.zip(point.verdict)?;
            let out = matches!(verdict, Verdict::Behind | Verdict::AboveCap);
            let band = judged
                .run
                .and_then(|run| stage_band(judged.playbook, run.number));
            let cap = judged.playbook.task_automation_cap;
            out.then_some(Figures::Automation {
                value,
                verdict,
                band,
                cap,
            })
        });
    fired
        .map(|figures| Signal::new(Code::TaVerdict, None, figures, Tone::Warning))
        .into_iter()
        .collect()
}

/// *headroom-open*: the system carries enough that the team has room. What is
/// now possible that wasn't six months ago?
///
/// Fires when task automation is above `headroom-task-automation` and
/// away-from-desk hours are above `headroom-away-from-desk`, both reported in
/// the month. Room that nobody asks about fills up with busywork. From the
/// monthly session.
pub(super) fn headroom_open(judged: &Judged<'_>) -> Vec<Signal> {
    let value = |point: Option<&Point>| point.and_then(|point| point.value);
    let series = judged.known.series;
    let task_automation = value(series.task_automation.at(judged.month));
    let away_from_desk = value(series.away_from_desk.at(judged.month));
    let Some((task_automation, away_from_desk)) = task_automation.zip(away_from_desk) else {
        return Vec::new();
    };
    let task_automation_threshold = judged.playbook.headroom_task_automation;
    let away_from_desk_threshold = judged.playbook.headroom_away_from_desk;
    let open = above(task_automation, task_automation_threshold)
        && above(away_from_desk, away_from_desk_threshold);
    let figures = Figures::Headroom {
        task_automation,
        task_automation_threshold,
        away_from_desk,
        away_from_desk_threshold,
    };
    open.then(|| Signal::new(Code::HeadroomOpen, None, figures, Tone::Opening))
        .into_iter()
        .collect()
}

/// *rpe-unmoved*: revenue per employee should have moved by now and hasn't.
/// Dig in.
///
/// Fires when the verdict on the month's figure is investigate: under
/// `revenue-moved` percent over the baseline once `revenue-too-early` months
/// are over. It trails every decision the other two make possible, so early
/// it says nothing; from month 9 it is a real signal. From month 2 against
/// month 12.
pub(super) fn revenue_unmoved(judged: &Judged<'_>) -> Vec<Signal> {
    let series = &judged.known.series.revenue_per_employee;
    let fired = series.at(judged.month).and_then(|point| {
        let (value, percent) = point.value.zip(point.on_baseline)?;
        let (_, baseline) = series.baseline?;
        let threshold = judged.playbook.revenue_moved;
        let unmoved = point.verdict == Some(Verdict::Investigate);
        unmoved.then_some(Figures::Unmoved {
            value,
            baseline,
            percent,
            threshold,
        })
    });
    fired
        .map(|figures| Signal::new(Code::RpeUnmoved, None, figures, Tone::Warning))
        .into_iter()
        .collect()
}
