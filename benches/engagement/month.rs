//! A month's telemetry, and what the next month has to know of it: which
//! automations are live.

use std::fmt::Write as _;

use super::Calendar;
use super::chance::Chance;
use super::report;

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
const GATES: [(&str, u32); 12] = [
    ("refund-approval", 400),
    ("credit-limit", 120),
    ("rate-confirmation", 310),
    ("detention-billing", 150),
    ("claims-release", 60),
    ("carrier-onboarding", 45),
    ("tender-reply", 520),
    ("surcharge-change", 30),
    ("insurance-waiver", 24),
    ("brief-release", 200),
    ("night-exceptions", 260),
    ("dock-slot", 90),
];

/// From this month on the last gate is open too.
const LAST_GATE: u32 = 6;

const LIVE: usize = 8;

const SEATS: [&str; 4] = ["ceo", "coo", "cfo", "consultant"];

/// The three KPIs; one may not have been reported.
#[derive(Clone, Copy)]
pub struct Kpis {
    /// In dollars.
    pub revenue_per_employee: Option<f64>,
    /// In percent.
    pub task_automation: Option<f64>,
    /// In hours.
    pub away_from_desk: Option<f64>,
}

/// What has to be known from month to month.
#[derive(Default)]
pub struct Course {
    /// Run months so far.
    months: u32,
    /// How many automations there have ever been.
    ever: usize,
    /// The live ones by their number in the catalogue.
    live: Vec<usize>,
}

impl Course {
    /// What the system reported, but for the KPIs: `telemetry.yaml`'s lists.
    pub fn reported(&mut self, month: Calendar, chance: &mut Chance) -> String {
        let (shipped, retired) = self.turn_over();
        let mut text = String::new();
        for note in report::notes(chance) {
            writeln!(text, "# {note}").unwrap();
        }
        writeln!(text, "as_of: {month}-{}", chance.between(22, 25)).unwrap();
        layers(&mut text, &shipped, &retired, chance);
        self.gates(&mut text, chance);
        self.automations(&mut text, chance);
        self.trust(&mut text, chance);
        watch(&mut text, month, chance);
        text.push_str("pushback:\n");
        for [who, what, response] in report::pushback(chance, 8) {
            writeln!(
                text,
                "  - who: \"{who}\"\n    what: \"{what}\"\n    response: \"{response}\""
            )
            .unwrap();
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
    pub fn kpis(&self, chance: &mut Chance) -> Kpis {
        let months = f64::from(self.months);
        let noise = |chance: &mut Chance, share: f64| {
            share * (f64::from(chance.between(0, 200)) / 100.0 - 1.0)
        };
        let revenue =
            184_000.0 + 46_000.0 / (1.0 + (-(months - 12.0) / 4.0).exp()) + noise(chance, 1200.0);
        let automation = 64.0 - 46.0 * (-months / 4.0).exp() + noise(chance, 1.5);
        let away = 27.0 - 20.0 * (-months / 5.0).exp() + noise(chance, 2.0);
        // Now and then a figure isn't there yet.
        Kpis {
            revenue_per_employee: (!chance.percent(4)).then(|| (revenue / 100.0).round() * 100.0),
            task_automation: Some((automation * 10.0).round() / 10.0),
            away_from_desk: (!chance.percent(4)).then(|| (away * 2.0).round() / 2.0),
        }
    }

    fn gates(&self, text: &mut String, chance: &mut Chance) {
        text.push_str("gates:\n");
        let open = GATES.len() - usize::from(self.months < LAST_GATE);
        for (id, usual) in &GATES[..open] {
            let cases = chance.between(usual * 3 / 4, usual * 5 / 4);
            let reviewed = chance.between(cases / 10, cases / 3);
            let overruled = chance.between(0, 3.min(reviewed / 8));
            let escalated = chance.between(0, 2.min(reviewed / 12));
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

    fn automations(&self, text: &mut String, chance: &mut Chance) {
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
    }

    /// An event for each live automation and for some of the gates.
    fn trust(&self, text: &mut String, chance: &mut Chance) {
        text.push_str("trust:\n");
        let automations = self
            .live
            .iter()
            .map(|number| (id(*number), CATALOGUE[number % CATALOGUE.len()].2));
        let gates = GATES[..9]
            .iter()
            .map(|(id, _)| ((*id).to_owned(), "approval"));
        for (subject, layer) in automations.chain(gates) {
            let (change, (what, action)) = if chance.percent(70) {
                ("gain", report::gain(chance))
            } else {
                ("loss", report::loss(chance))
            };
            writeln!(
                text,
                "  - layer: {layer}\n    change: {change}\n    subject: {subject}\n    what: \"{what}\"\n    action: \"{action}\""
            )
            .unwrap();
        }
    }
}

fn layers(text: &mut String, shipped: &[usize], retired: &[usize], chance: &mut Chance) {
    let list = |text: &mut String, name: &str, items: Vec<String>| {
        writeln!(text, "    {name}:").unwrap();
        for item in items {
            writeln!(text, "      - \"{item}\"").unwrap();
        }
    };
    text.push_str("layers:\n  capture:\n");
    list(text, "new", report::captured(chance));
    text.push_str("  data:\n");
    list(text, "cleaned", report::cleaned(chance));
    list(text, "surfaced", report::surfaced(chance));
    let (briefs, low) = (chance.between(19, 23), chance.between(0, 5));
    let missed = u32::from(chance.percent(15));
    writeln!(
        text,
        "  briefing: {{ briefs: {briefs}, low_confidence: {low}, missed: {missed} }}\n  build:\n    \
         shipped: [{}]\n    broke: []\n    retired: [{}]",
        ids(shipped),
        ids(retired)
    )
    .unwrap();
    list(text, "slipping", report::slipping(chance));
}

fn watch(text: &mut String, month: Calendar, chance: &mut Chance) {
    text.push_str("watch:\n");
    for (what, kind) in report::watched(chance, 16) {
        let owner = chance.pick(&SEATS);
        let due = month.after(chance.between(1, 9));
        let day = chance.between(10, 28);
        writeln!(
            text,
            "  - what: \"{what}\"\n    kind: {kind}\n    due: {due}-{day}\n    owner: {owner}"
        )
        .unwrap();
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
