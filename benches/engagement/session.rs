//! What a session decided, and what the next one has to answer.

use std::fmt::Write as _;

use super::Calendar;
use super::chance::Chance;

const DECISIONS: [(&str, &str, &str); 8] = [
    ("build", "dock-slots", "Dock-slot bot to the next site"),
    (
        "build",
        "invoice-match",
        "Match carrier invoices before they are paid",
    ),
    (
        "retune",
        "credit-bar",
        "Raise the bar on new shippers at the credit-limit gate",
    ),
    (
        "retune",
        "brief-boards",
        "Let the morning brief drop the boards it cannot read",
    ),
    (
        "tighten",
        "brief-sources",
        "Every brief names its source on its way to approval",
    ),
    (
        "tighten",
        "night-approvals",
        "A named person on every night shift for the approval queue",
    ),
    (
        "decommission",
        "old-parser",
        "Take out the parser that the quote drafter has replaced",
    ),
    (
        "pursue",
        "cold-chain",
        "A pilot of the cold-chain line with two shippers",
    ),
];

const BETS: [(&str, &str, &str); 4] = [
    (
        "cold-chain",
        "Cold-chain line for two pilot shippers",
        "service-line",
    ),
    ("ontario", "Loads into southern Ontario", "market"),
    (
        "small-shippers",
        "A desk for shippers below ten loads a month",
        "segment",
    ),
    (
        "broker-tie",
        "Shared capacity with a neighbouring broker",
        "partnership",
    ),
];

/// The decisions that the next session has to answer.
#[derive(Default)]
pub struct Agreed {
    open: Vec<Open>,
}

struct Open {
    id: String,
    sessions: u32,
}

impl Agreed {
    /// `leadership.yaml`.
    pub fn session(&mut self, month: Calendar, chance: &mut Chance) -> String {
        let mut text = format!("date: {month}-{}\n", chance.between(26, 28));
        let hours = chance.between(18, 34);
        writeln!(text, "headline: \"{hours} hours a week came back to dispatch, and headroom had most of the session.\"")
            .unwrap();
        let minutes: Vec<u32> = [(5, 14), (4, 10), (4, 10), (18, 40), (8, 16), (3, 6)]
            .map(|(low, high)| chance.between(low, high))
            .into();
        writeln!(
            text,
            "minutes: {{ state: {}, away: {}, automation: {}, headroom: {}, upgrades: {}, closing: {} }}",
            minutes[0], minutes[1], minutes[2], minutes[3], minutes[4], minutes[5]
        )
        .unwrap();
        let finance = if chance.percent(40) {
            "{ seat: cfo, reason: \"budget cycle\" }, "
        } else {
            ""
        };
        writeln!(
            text,
            "attendance: [ {{ seat: ceo }}, {{ seat: coo }}, {finance}{{ seat: consultant }} ]"
        )
        .unwrap();
        text.push_str("headroom:\n");
        let first = chance.between(0, 3) as usize;
        for offset in 0..2 {
            let (id, bet, kind) = BETS[(first + offset) % BETS.len()];
            let status = chance.pick(&["exploring", "committed", "parked", "declined"]);
            let board = chance.percent(50);
            writeln!(
                text,
                "  - {{ id: {id}, bet: \"{bet}\", kind: {kind}, status: {status}, board: {board} }}"
            )
            .unwrap();
        }
        self.decide(&mut text, month, chance);
        // One answer in ten is open; a yes has its evidence.
        let answer = if chance.percent(90) { "yes" } else { "unclear" };
        writeln!(
            text,
            "closing: {{ paying_for_itself: {answer}, evidence: \"{hours} hours of dispatch a week against the retainer\" }}"
        )
        .unwrap();
        text
    }

    /// Five new decisions, and an answer to every one that is open.
    fn decide(&mut self, text: &mut String, month: Calendar, chance: &mut Chance) {
        text.push_str("decisions:\n");
        let first = chance.between(0, 7) as usize;
        let mut made = Vec::new();
        for offset in 0..5 {
            let (action, subject, what) = DECISIONS[(first + offset) % DECISIONS.len()];
            let id = format!("{subject}-{month}");
            let owner = chance.pick(&["ceo", "coo", "coo", "cfo"]);
            let (day, board) = (chance.between(10, 28), chance.percent(40));
            writeln!(
                text,
                "  - {{ id: {id}, action: {action}, what: \"{what}\", owner: {owner}, due: {}-{day}, board: {board} }}",
                month.next()
            )
            .unwrap();
            made.push(Open { id, sessions: 0 });
        }
        text.push_str(if self.open.is_empty() {
            "follow_up: []\n"
        } else {
            "follow_up:\n"
        });
        for mut decision in std::mem::take(&mut self.open) {
            decision.sessions += 1;
            let roll = chance.between(1, 100);
            let (outcome, stays) = match roll {
                // Nothing drags on for more than three sessions.
                _ if decision.sessions == 3 => ("outcome: done".to_owned(), false),
                1..=60 => ("outcome: done".to_owned(), false),
                61..=80 => (
                    format!(
                        "outcome: slipped, due: {}-{}",
                        month.next(),
                        chance.between(10, 28)
                    ),
                    true,
                ),
                81..=93 => ("outcome: carried".to_owned(), true),
                _ => (
                    "outcome: dropped, reason: \"the desk found a simpler way\"".to_owned(),
                    false,
                ),
            };
            writeln!(text, "  - {{ decision: {}, {outcome} }}", decision.id).unwrap();
            if stays {
                self.open.push(decision);
            }
        }
        self.open.extend(made);
    }
}
