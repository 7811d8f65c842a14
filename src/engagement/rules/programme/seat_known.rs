//! Every seat that the programme's files name is one of the engagement.

use crate::diagnostic::{Report, Spanned};
use crate::engagement::Engagement;
use crate::engagement::firm::unknown_name;
use crate::engagement::programme::{
    CurrentState, DecisionBrief, EndState, Filled, PathChoice, PreWork, Programme, Sitting,
};

pub(super) fn check(engagement: &Engagement, report: &mut Report) {
    let seats = &engagement.firm.seats;
    let known: Vec<&str> = seats.keys().map(String::as_str).collect();
    for seat in mentioned(&engagement.programme) {
        if !seats.contains_key(&seat.value) {
            report.push(unknown_name(
                "unknown-seat",
                "a seat of this engagement",
                &seat.value,
                &seat.span,
                &known,
            ));
        }
    }
}

/// Every seat that is named. The sessions are taken apart, so that a new
/// field is not forgotten here.
fn mentioned(programme: &Programme) -> Vec<&Spanned<String>> {
    let Programme {
        pre_work,
        end_state,
        current_state,
        path,
        decision_brief,
    } = programme;
    let mut seats = Vec::new();
    if let Some(PreWork { seats: filled, .. }) = pre_work {
        seats.extend(filled.iter().filter_map(|filled| match &filled.by {
            Filled::By(by) => Some(by),
            Filled::NotRelevant | Filled::Nobody => None,
        }));
    }
    if let Some(session) = end_state {
        in_end_state(session, &mut seats);
    }
    if let Some(CurrentState {
        sitting,
        began: _,
        interviews: _,
        flow: _,
        impact_unit: _,
        bottlenecks: _,
        heatmap: _,
        controls: _,
    }) = current_state
    {
        in_the_room(sitting, &mut seats);
    }
    if let Some(PathChoice {
        sitting,
        weights: _,
        pathways,
        pathways_span: _,
        assumptions: _,
        workstreams,
    }) = path
    {
        in_the_room(sitting, &mut seats);
        seats.extend(pathways.iter().filter_map(|pathway| pathway.owner.as_ref()));
        seats.extend(workstreams.iter().map(|workstream| &workstream.owner));
    }
    if let Some(session) = decision_brief {
        in_decision_brief(session, &mut seats);
    }
    seats
}

fn in_end_state<'p>(session: &'p EndState, seats: &mut Vec<&'p Spanned<String>>) {
    let EndState {
        sitting,
        statement,
        scorecard: _,
        constraints: _,
        appetite: _,
        decision_rights,
    } = session;
    in_the_room(sitting, seats);
    let signatures = statement.iter().flat_map(|statement| &statement.signatures);
    seats.extend(signatures.map(|signature| &signature.seat));
    let rights = decision_rights.iter().flat_map(|decision| &decision.rights);
    seats.extend(rights.map(|(seat, _)| seat));
}

fn in_decision_brief<'p>(session: &'p DecisionBrief, seats: &mut Vec<&'p Spanned<String>>) {
    let DecisionBrief {
        sitting,
        workstreams,
        plan,
        roadmap: _,
        gates: _,
        resourcing: _,
        risks,
        cadence: _,
        sign_off,
        commitments,
    } = session;
    in_the_room(sitting, seats);
    seats.extend(workstreams.iter().map(|workstream| &workstream.owner));
    seats.extend(plan.iter().filter_map(|item| item.owner.as_ref()));
    seats.extend(risks.iter().map(|risk| &risk.owner));
    seats.extend(sign_off.iter().map(|signature| &signature.seat));
    seats.extend(commitments.iter().map(|commitment| &commitment.owner));
}

fn in_the_room<'p>(sitting: &'p Sitting, seats: &mut Vec<&'p Spanned<String>>) {
    seats.extend(sitting.attendance.iter().map(|attendee| &attendee.seat));
}
