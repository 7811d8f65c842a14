//! What telemetry reports of the scorecard is on it.

use crate::diagnostic::{Diagnostic, Report};
use crate::engagement::Engagement;
use crate::engagement::firm::unknown_name;

pub(super) fn check(engagement: &Engagement, report: &mut Report) {
    let end_state = engagement.programme.end_state.as_ref();
    let metrics = end_state
        .map(|session| &*session.scorecard)
        .unwrap_or_default();
    let known: Vec<&str> = metrics.iter().map(|metric| &*metric.id.value).collect();
    let telemetry = engagement
        .months
        .values()
        .filter_map(|record| record.telemetry.as_ref());
    for (metric, _) in telemetry.flat_map(|telemetry| &telemetry.scorecard) {
        if known.contains(&&*metric.value) {
            continue;
        }
        report.push(if known.is_empty() {
            Diagnostic::error(
                "unknown-metric",
                format!("`{}` is reported, and there is no scorecard", metric.value),
            )
            .at(&metric.span, "")
            .help("the scorecard is in the programme's end-state.yaml: define the metric there, or remove the line")
        } else {
            unknown_name(
                "unknown-metric",
                "a metric of the scorecard in end-state.yaml",
                &metric.value,
                &metric.span,
                &known,
            )
        });
    }
}
