//! The sample engagement, month by month: worked out from its figures by
//! hand.

use std::collections::BTreeSet;

use super::super::Code;
use crate::insight::fixture::{Fixture, said};

/// By month, then in the order of the session's segments.
const EXPECTED: [(&str, &[&str]); 16] = [
    // 37 of 37 refunds stamped; 5 of 20 briefs wavered; the answer was no.
    (
        "2025-08",
        &[
            "gate-rubber-stamp(refund-approval)",
            "brief-confidence",
            "not-paying",
        ],
    ),
    // 161 of 164 refunds stamped; two patterns missed; 9 to 13 hours.
    (
        "2025-09",
        &[
            "gate-rubber-stamp(refund-approval)",
            "trust-gain(refund-approval)",
            "trust-loss",
            "automation-silent(load-board-poster)",
            "afd-moved",
            "build-slipping(Check-call bot: three carriers still without a number to ring)",
            "not-paying",
        ],
    ),
    // Credit limits: 8 of 96 reviewed, two missed; refunds from 100 to 93.1 %.
    (
        "2025-10",
        &[
            "gate-blind(credit-limit)",
            "approval-drop(refund-approval)",
            "afd-moved",
            "prune-due",
        ],
    ),
    // Skipped; 10 of 92 reviewed is more than a tenth; 15 to 14 hours is 6.7 %.
    (
        "2025-11",
        &[
            "prune-due",
            "build-slipping(credit-limit-floor)",
            "build-slipping(rate-confirmation-bar)",
            "session-skipped",
        ],
    ),
    // Credit limits from 100 to 91.2 %; the session after the skipped one.
    (
        "2025-12",
        &[
            "approval-drop(credit-limit)",
            "afd-moved",
            "session-skipped",
        ],
    ),
    (
        "2026-01",
        &[
            "afd-moved",
            "build-slipping(Credit pack: the second reference agency has not sent its keys)",
        ],
    ),
    // 44 rate confirmations; 19 to 21 hours is 10.5 %; TA 54.0 is not above 55.
    (
        "2026-02",
        &[
            "trust-gain(rate-confirmation)",
            "afd-moved",
            "build-slipping(Tender records: the billing side of the carrier reference)",
        ],
    ),
    ("2026-03", &["headroom-open"]),
    ("2026-04", &["headroom-open"]),
    // 47 approvals in an envelope of 45; 5 of 21 briefs; AFD 19.5 h.
    (
        "2026-05",
        &[
            "trust-loss",
            "approving-too-fast(refund-approval)",
            "brief-confidence",
            "afd-moved",
            "build-slipping(Tracking feed: the test fleet waited on the same carrier's new interface)",
        ],
    ),
    ("2026-06", &["afd-moved", "headroom-open"]),
    // 23.5 hours are 8.5 % over their mean.
    ("2026-07", &["headroom-open"]),
    ("2026-08", &["headroom-open"]),
    ("2026-09", &["headroom-open"]),
    // 42 refunds; credit limits from 93.1 to 87.1 %; 24.5 to 27 hours.
    (
        "2026-10",
        &[
            "trust-gain(refund-approval)",
            "approval-drop(credit-limit)",
            "afd-moved",
            "headroom-open",
        ],
    ),
    // 5 of 22 briefs; 27 to 23.5 hours; one decision four days late.
    (
        "2026-11",
        &[
            "brief-confidence",
            "afd-moved",
            "prune-due(rate-sheet-parser)",
            "headroom-open",
            "build-slipping(credit-limit-bar)",
        ],
    ),
];

#[test]
fn the_sample_says_what_its_figures_say() {
    let insights = Fixture::sample().insights();
    for (month, expected) in EXPECTED {
        assert_eq!(said(&insights, month.parse().unwrap()), expected, "{month}");
    }
    assert_eq!(insights.signals.len(), EXPECTED.len());
}

#[test]
fn the_sample_says_fourteen_different_things() {
    let insights = Fixture::sample().insights();
    let codes: BTreeSet<Code> = insights
        .signals
        .values()
        .flat_map(|signals| signals.iter())
        .map(|signal| signal.code)
        .collect();
    assert_eq!(codes.len(), 14);
    for never in [
        Code::Sprawl,
        Code::RpeUnmoved,
        Code::TaVerdict,
        Code::GraduationTalk,
        Code::Quiet,
    ] {
        assert!(!codes.contains(&never), "{}", never.name());
    }
}
