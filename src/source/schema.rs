//! A JSON Schema of each file that an author writes, from the types that read
//! it: for an editor that completes and underlines.
//!
//! A schema accepts whatever the decoder accepts: text that YAML takes for a
//! number is text, `yes` is true. What must be there, and simple ranges, are
//! said by attributes of the types beside their fields; what only a whole
//! engagement can tell, such as whether a seat is known, is said by `check`
//! alone. Like the decoder, a schema knows every field and no other.
//!
//! They are derived once, by the test in `derived.rs`, and committed beside
//! it: what derives them isn't part of the program.

#[cfg(test)]
mod condition;
#[cfg(test)]
mod derived;

use serde_json::Value;

#[cfg(test)]
pub(super) use condition::{
    by_outcome, by_week, every_part_weighs, fix_unless_best, held_or_skipped, one_selected,
    owned_if_selected, resting_on_assumptions, sealed_for_somebody, signed_by_somebody,
    with_headroom, yes_with_evidence,
};

/// The name of each schema, in their order.
pub const NAMES: [&str; 12] = [
    "site",
    "engagement",
    "questionnaire",
    "fit-check",
    "telemetry",
    "leadership",
    "board",
    "pre-work",
    "end-state",
    "current-state",
    "path",
    "decision-brief",
];

/// The text of each schema, in the order of their [`NAMES`].
const TEXTS: [&str; NAMES.len()] = [
    include_str!("schema/site.json"),
    include_str!("schema/engagement.json"),
    include_str!("schema/questionnaire.json"),
    include_str!("schema/fit-check.json"),
    include_str!("schema/telemetry.json"),
    include_str!("schema/leadership.json"),
    include_str!("schema/board.json"),
    include_str!("schema/pre-work.json"),
    include_str!("schema/end-state.json"),
    include_str!("schema/current-state.json"),
    include_str!("schema/path.json"),
    include_str!("schema/decision-brief.json"),
];

/// A schema for each kind of file, by the name that messages give it. Its
/// title is the file's path, in which `YYYY-MM` stands for a month.
///
/// They are of JSON Schema's draft 7, which editors read best.
pub fn schemas() -> Vec<(&'static str, Value)> {
    // Each can be read: a test holds it to what its type says.
    let read = |text| serde_json::from_str(text).unwrap_or_default();
    NAMES.into_iter().zip(TEXTS.map(read)).collect()
}
