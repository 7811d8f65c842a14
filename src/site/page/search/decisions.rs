//! Run decisions, each at its row.

use super::{Item, Spot, Told};
use crate::insight::backlog::{Standing, Tracked};
use crate::site::figure;
use crate::site::page::frame::Context;
use crate::site::page::{decided, label};
use crate::site::route::Route;

/// Every decision: the newest session's first, each session's in its order.
pub(super) fn items(context: Context<'_>) -> Vec<Item> {
    let mut decisions: Vec<&Tracked> = context.decisions().iter().collect();
    decisions.sort_by_key(|tracked| std::cmp::Reverse(tracked.month));
    decisions
        .into_iter()
        .map(|tracked| item(context, tracked))
        .collect()
}

fn item(context: Context<'_>, tracked: &Tracked) -> Item {
    let decision = &tracked.decision;
    let closed = match tracked.standing() {
        Standing::Done(month) => Some(format!("Done in {}", figure::month(month))),
        Standing::Dropped(month) => Some(format!("Dropped in {}", figure::month(month))),
        Standing::Open | Standing::Slipped => None,
    };
    let automation = decision.automation.as_ref();
    let automation = automation.map(|id| label::automation(context, &id.value));
    let told = Told::new()
        .say(&format!(
            "{}, due {}",
            label::seat(&decision.owner.value),
            figure::day(tracked.due())
        ))
        .maybe(automation.as_deref())
        .maybe(closed.as_deref())
        .each(&tracked.answers, |(_, _, answer)| {
            answer.reason.clone().unwrap_or_default()
        });
    let id = &decision.id.value;
    let spot = Spot::part(
        format!("{}: {}", label::action(decision.action), decision.what),
        &Route::Decisions,
        &decided::row_id(id),
        told,
    );
    Item {
        of: Some(figure::month(tracked.month)),
        spot: Spot {
            known_as: id.clone(),
            ..spot
        },
        status: Some(label::standing(tracked, context.as_of())),
        within: Vec::new(),
    }
}
