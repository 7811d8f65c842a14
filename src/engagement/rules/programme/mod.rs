//! What must hold within the executive programme, one rule a file.

mod agenda_fits;
mod metric_known;
mod named_once;
mod one_decider;
mod one_path;
mod seat_known;
mod statement_signed;
mod weights_sum;
mod workstream_known;

use std::collections::BTreeSet;

use super::Doubt;
use crate::diagnostic::Report;
use crate::engagement::Engagement;
use crate::engagement::programme::Meeting;

/// Checks every rule.
pub(super) fn check(engagement: &Engagement, doubt: &Doubt, report: &mut Report) {
    let programme = &engagement.programme;
    let doubtful: BTreeSet<Meeting> = doubt.programme.iter().map(|(_, at)| *at).collect();
    let sure = |meeting: Meeting| !doubtful.contains(&meeting);
    agenda_fits::check(programme, report);
    named_once::check(programme, report);
    one_decider::check(programme, report);
    // What couldn't be read may be just what these would miss.
    if sure(Meeting::EndState) {
        statement_signed::check(programme, report);
    }
    if sure(Meeting::Path) {
        weights_sum::check(programme, report);
    }
    one_path::check(programme, sure(Meeting::Path), report);
    if !doubt.seats {
        seat_known::check(engagement, report);
    }
    // A month that is lost may hold what these would miss.
    if sure(Meeting::EndState) && !doubt.month_lost {
        metric_known::check(engagement, report);
    }
    if sure(Meeting::Path) && sure(Meeting::DecisionBrief) && !doubt.month_lost {
        workstream_known::check(programme, report);
    }
}
