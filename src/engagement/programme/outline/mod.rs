//! What the executive programme prescribes: its meetings with their agendas
//! and outputs, and the sets that its files name.
//!
//! It is the programme as its own document describes it: five business days of
//! pre-work, then *define the end state* (2.5–3 hours), *map the current
//! state* (1–2 weeks), *select the path* (3–4 hours) and *the executive
//! decision brief and action plan* (2–3 hours), in the words of that document.
//! An author writes only what differs. What the criteria weigh is ours: the
//! document names them in the order of their importance and gives no figures.

mod meetings;
mod sets;

pub use meetings::{AgendaPoint, MeetingOutline, Output, Part, SUGGESTED, SuggestedWeeks, of};
pub use sets::{
    CONSTRAINT_KINDS, Criterion, GROUPS, HeatConstraint, Input, PathwayName, PreRead, ProgrammeSeat,
};

use crate::source::document::Rhythm;

/// Interviews that a current state rests on: at least, and at most.
pub const INTERVIEWS: (u32, u32) = (12, 20);

/// What an interview takes, in minutes: at least, and at most.
pub const INTERVIEW_MINUTES: (u32, u32) = (45, 60);

/// The weeks of the 90-day plan.
pub const PLAN_WEEKS: u32 = 13;

/// The meetings that steer the plan where the brief names none.
pub const CADENCE: [(Rhythm, &str); 3] = [
    (Rhythm::Weekly, "Operating review"),
    (Rhythm::Monthly, "Executive review"),
    (Rhythm::Quarterly, "Board checkpoint"),
];

/// What is done to map the current state.
pub const CURRENT_STATE_WORK: [&str; 5] = [
    "12–20 stakeholder interviews (45–60 min each)",
    "Delivery flow mapping from idea to production",
    "Queue and wait-state analysis across functions",
    "Governance and gate analysis: required against habitual controls",
    "Org friction mapping: decision latency, ownership ambiguity, handoff failure points",
];

/// What is measured to map the current state.
pub const CURRENT_STATE_MEASURES: [&str; 5] = [
    "Time in work against time waiting",
    "Bottleneck migration patterns",
    "Capacity consumed by non-delivery overhead",
    "Rework and quality leakage points",
    "Hiring and talent deployment friction",
];
