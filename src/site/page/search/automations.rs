//! Automations, each at its row of the register.

use super::{Item, Spot, Told};
use crate::insight::automation::Life;
use crate::site::figure;
use crate::site::page::frame::Context;
use crate::site::page::{automations, label};
use crate::site::route::Route;
use crate::source::month::Month;

/// Every automation there ever was, in the register's order.
pub(super) fn items(context: Context<'_>) -> Vec<Item> {
    let lives = automations::ordered(context).into_iter();
    lives.map(|life| item(context, life)).collect()
}

fn item(context: Context<'_>, life: &Life) -> Item {
    let listed = |months: &[Month]| {
        let months: Vec<String> = months.iter().map(|month| figure::month(*month)).collect();
        figure::list(&months)
    };
    let mut retuned: Vec<Month> = life.retuned.iter().map(|(month, _)| *month).collect();
    retuned.dedup();
    let mut told = Told::new().say(&format!("Entered {}", figure::month(life.entered)));
    if !retuned.is_empty() {
        told = told.say(&format!("Retuned {}", listed(&retuned)));
    }
    if !life.broke.is_empty() {
        told = told.say(&format!("Broke {}", listed(&life.broke)));
    }
    if let Some(month) = life.retired {
        told = told.say(&format!("Retired {}", figure::month(month)));
    }
    let month = automations::latest(context);
    let name = automations::name(life);
    let spot = Spot::part(
        name,
        &Route::Automations,
        &automations::row_id(&life.id),
        told,
    );
    Item {
        of: Some(life.layer.map_or_else(
            || figure::NOT_REPORTED.to_owned(),
            |layer| label::layer(context.firm(), layer),
        )),
        spot: Spot {
            known_as: life.id.clone(),
            ..spot
        },
        status: Some(automations::status(context, life, month)),
        within: Vec::new(),
    }
}
