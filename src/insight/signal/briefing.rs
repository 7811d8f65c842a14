//! Layer 3: what the briefs miss and where they waver.

use super::{Code, Figures, Judged, Signal, Tone, percent};
use crate::insight::verdict::at_least;

/// *trust-loss*: the briefing layer missed material patterns. Tighten its
/// scope.
///
/// Fires from `trust-loss-missed` patterns missed in the month. Once can
/// happen; a second time the agent is reading more than it can be trusted
/// with. From the monthly session.
pub(super) fn trust_loss(judged: &Judged<'_>) -> Vec<Signal> {
    let threshold = judged.playbook.trust_loss_missed;
    let briefing = judged.telemetry().and_then(|telemetry| telemetry.briefing);
    let missed = briefing.and_then(|briefing| briefing.missed);
    let lost = missed.filter(|missed| at_least(f64::from(*missed), threshold));
    let signal = |missed| {
        Signal::new(
            Code::TrustLoss,
            None,
            Figures::Missed { missed, threshold },
            Tone::Warning,
        )
    };
    lost.map(signal).into_iter().collect()
}

/// *brief-confidence*: many briefs are low in confidence. That is where Layer
/// 3 gets stuck.
///
/// Fires when at least `brief-confidence` percent of the month's briefs were
/// low in confidence. A wobble this wide comes from a source that changed or
/// is missing, not from chance. From the monthly session.
pub(super) fn confidence(judged: &Judged<'_>) -> Vec<Signal> {
    let threshold = judged.playbook.brief_confidence;
    let fired = judged.telemetry().and_then(|telemetry| {
        let briefing = telemetry.briefing?;
        let (briefs, low) = (briefing.briefs, briefing.low_confidence?);
        let percent = percent(low, briefs)?;
        let figures = Figures::Confidence {
            briefs,
            low,
            percent,
            threshold,
        };
        at_least(percent, threshold).then_some(figures)
    });
    fired
        .map(|figures| Signal::new(Code::BriefConfidence, None, figures, Tone::Warning))
        .into_iter()
        .collect()
}
