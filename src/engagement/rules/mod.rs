//! The rules that hold between values and between files, one a file.

mod automation_once;
mod automation_vanished;
mod decision_once;
mod follow_up;
mod gate_sums;
mod seat_known;

use std::collections::BTreeSet;

use super::Engagement;
use crate::diagnostic::Report;
use crate::source::month::Month;

/// Checks every rule. `doubtful` are the months with faults of their own:
/// what isn't known there must not be reported as missing elsewhere.
pub(super) fn check(engagement: &Engagement, doubtful: &BTreeSet<Month>, report: &mut Report) {
    for record in engagement.months.values() {
        automation_once::check(record, report);
        gate_sums::check(record, report);
        seat_known::check(engagement, record, report);
    }
    decision_once::check(engagement, report);
    follow_up::check(engagement, doubtful, report);
    automation_vanished::check(engagement, doubtful, report);
}
