//! A month's telemetry and session, and what the next month has to know of
//! them: which automations are live and which decisions are open.

use std::fmt::Write as _;

use super::Calendar;
use super::chance::Chance;

/// Automations that a firm may have, with the layer each belongs to. When all
/// have been used, their second versions follow.
const CATALOGUE: [(&str, &str, &str); 16] = [
    ("quote-drafter", "Quote drafter", "briefing"),
    ("morning-brief", "Morning brief", "briefing"),
    ("tender-matcher", "Tender matcher", "data"),
    ("pod-chaser", "Proof-of-delivery chaser", "capture"),
    ("credit-pack", "Credit pack", "briefing"),
    ("detention-clock", "Detention clock", "data"),
    ("refund-router", "Refund router", "approval"),
    ("rate-sheet-parser", "Rate-sheet parser", "data"),
    ("track-feed", "Tracking feed", "capture"),
    ("night-exceptions", "Night exception router", "approval"),
    ("lane-watch", "Lane watch", "briefing"),
    ("carrier-email-capture", "Carrier e-mail capture", "capture"),
    ("dock-slot-bot", "Dock-slot bot", "approval"),
    ("check-call-bot", "Check-call bot", "capture"),
    ("fuel-audit", "Fuel surcharge audit", "data"),
    ("claims-intake", "Claims intake", "capture"),
];

/// Gates and the cases that a month brings them.
const GATES: [(&str, u32); 4] = [
    ("refund-approval", 400),
    ("credit-limit", 120),
    ("rate-confirmation", 310),
    ("dock-slot", 90),
];

const LIVE: usize = 8;

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

const SURFACED: [&str; 6] = [
    "Lanes without a rate",
    "Shippers over their limit",
    "Split loads entered twice",
    "Carriers whose insurance had run out",
    "Claims without a photograph",
    "Detention never billed",
];

/// What has to be known from month to month.
#[derive(Default)]
pub struct Course {
    /// Run months so far.
    months: u32,
    /// How many automations there have ever been.
    ever: usize,
    /// The live ones by their number in the catalogue.
    live: Vec<usize>,
    open: Vec<Open>,
}

/// A decision that the next session has to answer.
struct Open {
    id: String,
    sessions: u32,
}

impl Course {
    /// `telemetry.yaml`.
    pub fn telemetry(&mut self, month: Calendar, chance: &mut Chance) -> String {
        let (shipped, retired) = self.turn_over();
        let mut text = format!("as_of: {month}-{}\n", chance.between(22, 25));
        self.kpis(&mut text, chance);
        let missed = u32::from(chance.percent(15));
        write!(
            text,
            "layers:\n  capture:  {{ new: [\"{}\"] }}\n  data:     {{ cleaned: [\"{}\"], surfaced: [\"{} {}\"] }}\n  \
             briefing: {{ briefs: {}, low_confidence: {}, missed: {missed} }}\n  \
             build:    {{ shipped: [{}], broke: [], retired: [{}], slipping: [] }}\n",
            chance.pick(&SURFACED),
            chance.pick(&SURFACED),
            chance.between(3, 90),
            chance.pick(&SURFACED).to_lowercase(),
            chance.between(19, 23),
            chance.between(0, 5),
            ids(&shipped),
            ids(&retired),
        )
        .unwrap();
        self.gates(&mut text, chance);
        text.push_str("automations:\n");
        for &number in &self.live {
            let (_, name, layer) = CATALOGUE[number % CATALOGUE.len()];
            let (runs, hours) = (chance.between(20, 1400), chance.between(2, 52));
            writeln!(
                text,
                "  - {{ id: {}, name: {name}{}, layer: {layer}, runs: {runs}, hours_saved: {hours} }}",
                id(number),
                version(number, " "),
            )
            .unwrap();
        }
        text.push_str(
            "trust:\n  - { layer: approval, change: gain, subject: refund-approval, \
             what: \"a month of approvals, no override\", action: \"loosen the gate\" }\n",
        );
        writeln!(
            text,
            "watch:\n  - {{ what: \"The largest carrier ends its old rate interface\", kind: integration, due: {}-28, owner: coo }}",
            month.next().next(),
        )
        .unwrap();
        if chance.percent(40) {
            text.push_str(
                "pushback:\n  - { who: \"Night dispatch\", what: \"works around the slot gate\", response: \"raise the bar\" }\n",
            );
        }
        text
    }

    /// Every third month one automation goes and another comes.
    fn turn_over(&mut self) -> (Vec<usize>, Vec<usize>) {
        self.months += 1;
        if self.live.is_empty() {
            self.live = (0..LIVE).collect();
            self.ever = LIVE;
            return (Vec::new(), Vec::new());
        }
        if !self.months.is_multiple_of(3) {
            return (Vec::new(), Vec::new());
        }
        let retired = self.live.remove(0);
        let shipped = self.ever;
        self.ever += 1;
        self.live.push(shipped);
        (vec![shipped], vec![retired])
    }

    /// The course that the programme leads one to expect, with some noise.
    fn kpis(&self, text: &mut String, chance: &mut Chance) {
        let months = f64::from(self.months);
        let noise = |chance: &mut Chance, share: f64| {
            share * (f64::from(chance.between(0, 200)) / 100.0 - 1.0)
        };
        let revenue =
            184_000.0 + 46_000.0 / (1.0 + (-(months - 12.0) / 4.0).exp()) + noise(chance, 1200.0);
        let automation = 64.0 - 46.0 * (-months / 4.0).exp() + noise(chance, 1.5);
        let away = 27.0 - 20.0 * (-months / 5.0).exp() + noise(chance, 2.0);
        let mut reported = vec![format!("task_automation: {automation:.1}")];
        // Now and then a figure isn't there yet.
        if !chance.percent(4) {
            reported.insert(
                0,
                format!(
                    "revenue_per_employee: {:.0}",
                    (revenue / 100.0).round() * 100.0
                ),
            );
        }
        if !chance.percent(4) {
            reported.push(format!("away_from_desk: {:.1}", (away * 2.0).round() / 2.0));
        }
        writeln!(text, "kpis: {{ {} }}", reported.join(", ")).unwrap();
    }

    fn gates(&self, text: &mut String, chance: &mut Chance) {
        text.push_str("gates:\n");
        let open = if self.months < 6 { 3 } else { 4 };
        for (id, usual) in &GATES[..open] {
            let cases = chance.between(usual * 3 / 4, usual * 5 / 4);
            let reviewed = chance.between(cases / 10, cases / 3);
            let overruled = chance.between(0, 3.min(reviewed));
            let escalated = chance.between(0, 2.min(reviewed - overruled));
            let approved = reviewed - overruled - escalated;
            let missed = u32::from(chance.percent(10));
            writeln!(
                text,
                "  - {{ id: {id}, cases: {cases}, reviewed: {reviewed}, approved: {approved}, \
                 overruled: {overruled}, escalated: {escalated}, missed: {missed} }}"
            )
            .unwrap();
        }
    }

    /// `leadership.yaml`.
    pub fn leadership(&mut self, month: Calendar, chance: &mut Chance) -> String {
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

fn id(number: usize) -> String {
    format!(
        "{}{}",
        CATALOGUE[number % CATALOGUE.len()].0,
        version(number, "-")
    )
}

fn ids(numbers: &[usize]) -> String {
    let ids: Vec<String> = numbers.iter().map(|number| id(*number)).collect();
    ids.join(", ")
}

/// `-2` for an automation that takes up the name of an earlier one.
fn version(number: usize, mark: &str) -> String {
    match number / CATALOGUE.len() {
        0 => String::new(),
        earlier => format!("{mark}{}", earlier + 1),
    }
}
