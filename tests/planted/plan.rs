//! What stands where the files must agree with one another, and where an item
//! or a month is the board's: the quarter that is frozen is 2026-Q3, after a
//! frozen 2026-Q2 and before three more months.

use serde_json::{Value, json};

use super::choice::{self, Choice};

pub const QUARTER: &str = "2026-Q3";

/// Every month with telemetry, in order.
pub const MONTHS: [&str; 9] = [
    "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11",
    "2026-12",
];
/// The month after the last.
const BEYOND: &str = "2027-01";
/// The month whose session was skipped.
pub const SKIPPED: &str = "2026-08";
/// The first month after the quarter.
pub const LATER: &str = "2026-10";
/// The Fit Check's months: the baseline's, and one after the quarter.
pub const FIT_CHECKS: [&str; 2] = ["2026-01", "2026-11"];
/// The executive programme's files with their months: each is written once,
/// before Run.
pub const PROGRAMME: [(&str, &str); 5] = [
    ("2026-01", "pre-work"),
    ("2026-01", "end-state"),
    ("2026-02", "current-state"),
    ("2026-03", "path"),
    ("2026-03", "decision-brief"),
];
/// The months with files for the board.
pub const BOARD: [&str; 3] = ["2026-06", "2026-09", "2026-12"];
/// The month of the closing answer that was restated.
const ANSWER_RESTATED: &str = "2026-05";
/// The last month of the quarter before.
const PRIOR: &str = "2026-06";
/// The quarter's last month.
const ACTUAL: &str = "2026-09";

/// Where a value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its field.
    pub path: String,
    /// Its month; none for a file of the whole engagement.
    pub month: Option<&'static str>,
    /// Its place in each list or mapping that it is within.
    pub items: Vec<usize>,
}

impl Spot {
    fn is(&self, path: &str) -> bool {
        self.path == path
    }

    fn item(&self) -> usize {
        self.items.first().copied().unwrap_or(0)
    }

    /// Its month's place in [`MONTHS`].
    fn at(&self) -> usize {
        let month = self.month.unwrap_or_default();
        MONTHS.iter().position(|one| *one == month).unwrap_or(0)
    }

    /// A word of its own: `telemetry-pushback-who-2026-07-a`.
    fn word(&self) -> String {
        let mut parts: Vec<String> = self
            .path
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|part| !part.is_empty())
            .map(ToOwned::to_owned)
            .collect();
        parts.extend(self.month.map(ToOwned::to_owned));
        let letter = |item: &usize| char::from(b'a' + *item as u8).to_string();
        parts.extend(self.items.iter().map(letter));
        parts.join("-")
    }

    /// A name of its own that says whether the board may see it.
    pub fn name(&self) -> String {
        let sign = match self.expected() {
            Choice::Denied | Choice::Word => "canary",
            Choice::Shown | Choice::Allowed => "marker",
        };
        format!("{sign}-{}", self.word())
    }

    /// What the choice for its field means here.
    pub fn expected(&self) -> Choice {
        match choice::of(&self.path) {
            Choice::Shown => self.told(),
            Choice::Allowed if self.told() == Choice::Denied => Choice::Denied,
            other => other,
        }
    }

    /// Whether this item, in this month, is the board's. What it may see but
    /// need not be shown is what the quarter has gone beyond.
    fn told(&self) -> Choice {
        let month = self.month.unwrap_or_default();
        let later = month >= LATER;
        let shown_if = |shown: bool| if shown { Choice::Shown } else { Choice::Denied };
        let marked = self.item() == 0;
        let (file, field) = self.path.split_once('.').unwrap_or_default();
        let list = field.split('[').next().unwrap_or_default();
        match (file, list) {
            // One seat owns all that the board may see.
            ("leadership", "decisions") if field.ends_with("owner") => shown_if(marked),
            ("board", "risks") if field.ends_with("owner") => Choice::Shown,
            _ if later => Choice::Denied,
            ("telemetry", list) if list.starts_with("kpis") => match month {
                PRIOR | ACTUAL => Choice::Shown,
                _ => Choice::Allowed,
            },
            ("leadership", "headroom") => shown_if(marked && month > PRIOR),
            // April's was closed in June.
            ("leadership", "decisions") => match month {
                _ if !marked || month == MONTHS[0] => Choice::Denied,
                ACTUAL => Choice::Shown,
                // Overtaken by the day to which it slipped.
                _ if field.ends_with("due") => Choice::Denied,
                _ => Choice::Shown,
            },
            ("leadership", "follow_up") => match month {
                _ if !marked || month <= MONTHS[1] => Choice::Denied,
                ACTUAL => Choice::Shown,
                _ => Choice::Allowed,
            },
            // A risk that the quarter before named and this one doesn't.
            ("board", "risks") if month == PRIOR => shown_if(self.item() == 1),
            ("board", _) => shown_if(month == ACTUAL),
            _ => Choice::Shown,
        }
    }
}

/// Whether a field is left out here.
pub fn is_left_out(spot: &Spot) -> bool {
    let month = spot.month.unwrap_or_default();
    match &*spot.path {
        "leadership.skipped" => month != SKIPPED,
        path if path.starts_with("leadership.") && month == SKIPPED => true,
        "leadership.follow_up" => month == MONTHS[0],
        // A line of the plan has one week, or several.
        "leadership.follow_up[].due" | "decision-brief.plan[].week" => spot.item() != 0,
        "leadership.restatements" => month != ANSWER_RESTATED,
        "telemetry.restatements" => month != PRIOR,
        "fit-check.restatements" => month != FIT_CHECKS[0],
        "telemetry.layers.build.retired" => spot.at() == 0,
        // The best answer has nothing to fix.
        "questionnaire.questions[].answers[].fix" => spot.items[1] == 0,
        "decision-brief.plan[].from" | "decision-brief.plan[].to" => spot.item() == 0,
        _ => false,
    }
}

/// How many items a list has.
pub fn count(spot: &Spot) -> usize {
    match &*spot.path {
        // One for each part.
        "questionnaire.questions" => 6,
        "leadership.follow_up" if spot.at() > 1 => 3,
        "telemetry.provisional"
        | "telemetry.layers.build.shipped"
        | "telemetry.layers.build.retired"
        | "leadership.restatements" => 1,
        _ => 2,
    }
}

/// The names of a mapping whose names the author chooses.
pub fn names(spot: &Spot, words: Option<&[Value]>) -> Vec<String> {
    let bets = |months: &[&str]| months.iter().map(|month| bet(month, 0)).collect();
    match &*spot.path {
        _ if words.is_some() => {
            let words = words.into_iter().flatten();
            words
                .filter_map(Value::as_str)
                .map(ToOwned::to_owned)
                .collect()
        }
        "engagement.seats" => SEATS.map(ToOwned::to_owned).into(),
        "engagement.playbook" => vec!["trust-gain-approvals".to_owned()],
        "fit-check.answers" => (0..6).map(question).collect(),
        "telemetry.scorecard" => (0..2).map(metric).collect(),
        "end-state.decision_rights[].rights" => {
            SEATS[2..4].iter().map(ToString::to_string).collect()
        }
        "current-state.heatmap" => vec!["canary-function".to_owned()],
        "board.bets" => match spot.month {
            Some("2026-06") => bets(&["2026-04", "2026-06"]),
            Some("2026-09") => bets(&["2026-07", "2026-09"]),
            _ => bets(&["2026-10", "2026-12"]),
        },
        path => {
            panic!("`{path}` is a new mapping: say in tests/planted/plan.rs which names it holds")
        }
    }
}

const SEATS: [&str; 6] = [
    "marker-seat-decisions",
    "marker-seat-risks",
    "canary-seat-decisions",
    "canary-seat-watch",
    "canary-seat-room-a",
    "canary-seat-room-b",
];

/// Where the files must agree, or a value must lie within bounds.
pub fn special(spot: &Spot) -> Option<Value> {
    of_the_engagement(spot)
        .or_else(|| of_telemetry(spot))
        .or_else(|| of_a_session(spot))
        .or_else(|| of_the_programme(spot))
        .or_else(|| of_the_board(spot))
}

fn of_the_engagement(spot: &Spot) -> Option<Value> {
    let item = spot.item();
    Some(match &*spot.path {
        "site.base_url" => json!("https://canary-site.example/"),
        "site.board.base_url" => json!("https://canary-board.example/"),
        "site.theme" => json!("canary-theme"),
        "site.privacy.seal" => json!(false),
        "site.privacy.hosts[]" => json!(["nginx", "cloudflare"][item]),
        // Few have it, and it has no sign of its own.
        "engagement.currency" => json!("SZL"),
        "engagement.phases.fit-check" => json!("2026-01-06"),
        "engagement.phases.blueprint" => json!("2026-02-03"),
        "engagement.phases.build" => json!("2026-03-07"),
        "engagement.phases.run" => json!("2026-04-01"),
        "engagement.phases.graduated" => json!("2026-12-29"),
        "engagement.playbook{}" => json!(9973),
        "questionnaire.version" | "fit-check.version" => json!(1),
        "questionnaire.thresholds.ready" => json!(83),
        "questionnaire.thresholds.fix-first" => json!(37),
        "questionnaire.thresholds.readiness-minimum" => json!(29),
        "questionnaire.thresholds.layer" => json!(31),
        "questionnaire.thresholds.answered" => json!(59),
        "questionnaire.questions[].id" => json!(question(item)),
        "questionnaire.questions[].weight" => json!(3),
        "questionnaire.questions[].answers[].id" => json!(answer(item, spot.items[1])),
        "questionnaire.questions[].answers[].score" => json!([100, 0][spot.items[1]]),
        path if path.starts_with("questionnaire.install.") && path.ends_with("from") => {
            json!([0, 47][item])
        }
        "fit-check.answers{}" => json!(answer(item, 0)),
        "fit-check.baseline.revenue_per_employee" => json!(baseline(spot)[0]),
        "fit-check.baseline.task_automation" => json!(baseline(spot)[1]),
        "fit-check.baseline.away_from_desk" => json!(baseline(spot)[2]),
        "fit-check.restatements[].kpi" => json!(KPIS[item]),
        "fit-check.restatements[].was" => json!(BASELINE_WAS[item]),
        "fit-check.restatements[].date" => json!(["2026-09-02", "2026-09-03"][item]),
        _ => return None,
    })
}

fn of_telemetry(spot: &Spot) -> Option<Value> {
    let item = spot.item();
    let month = spot.month?;
    Some(match &*spot.path {
        "telemetry.as_of" => json!(format!("{month}-23")),
        "telemetry.kpis.revenue_per_employee" => json!(kpis(spot.at())[0]),
        "telemetry.kpis.task_automation" => json!(kpis(spot.at())[1]),
        "telemetry.kpis.away_from_desk" => json!(kpis(spot.at())[2]),
        "telemetry.layers.briefing.briefs" => json!(9973),
        "telemetry.layers.briefing.low_confidence" => json!(2399),
        "telemetry.layers.briefing.missed" => json!(4177),
        "telemetry.layers.build.shipped[]" => json!(shipped(spot.at())),
        "telemetry.layers.build.retired[]" => json!(shipped(spot.at() - 1)),
        "telemetry.gates[].id" => json!(format!("canary-gate-{item}")),
        "telemetry.gates[].cases" => json!(90_001),
        "telemetry.gates[].reviewed" => json!(60_029),
        "telemetry.gates[].approved" => json!(10_007),
        "telemetry.gates[].overruled" => json!(20_011),
        "telemetry.gates[].escalated" => json!(30_011),
        "telemetry.gates[].missed" => json!(7001),
        "telemetry.gates[].envelope" => json!(8009),
        "telemetry.automations[].id" => json!(format!("canary-automation-{item}")),
        "telemetry.automations[].runs" => json!(104_729 + item),
        "telemetry.automations[].hours_saved" => json!(6151.37),
        "telemetry.watch[].due" => json!(format!("{}-2{}", next(spot.at()), item + 1)),
        "telemetry.watch[].owner" => json!("canary-seat-watch"),
        "telemetry.restatements[].kpi" => json!(KPIS[item]),
        "telemetry.restatements[].was" => json!(PRIOR_WAS[item]),
        "telemetry.restatements[].date" => json!(["2026-09-04", "2026-09-05"][item]),
        _ => return None,
    })
}

fn of_a_session(spot: &Spot) -> Option<Value> {
    let (item, at) = (spot.item(), spot.at());
    let month = spot.month?;
    Some(match &*spot.path {
        "leadership.date" => json!(format!("{month}-27")),
        "leadership.minutes.state" => json!(383),
        "leadership.minutes.away" => json!(389),
        "leadership.minutes.automation" => json!(397),
        "leadership.minutes.headroom" => json!(401),
        "leadership.minutes.upgrades" => json!(409),
        "leadership.minutes.closing" => json!(419),
        "leadership.attendance[].seat" => json!(SEATS[4 + item]),
        "leadership.headroom[].id" => json!(bet(month, item)),
        "leadership.headroom[].board" | "leadership.decisions[].board" => json!(item == 0),
        "leadership.decisions[].id" => json!(decision(month, item)),
        "leadership.decisions[].owner" => json!(SEATS[2 * item]),
        "leadership.decisions[].due" => json!(format!("{}-1{}", next(at), 1 + 2 * item)),
        // The marked one slips and is done at the session after; the other is
        // dropped.
        "leadership.follow_up[].decision" => {
            let [one, two] = [1, 2].map(|back| sessions_before(month, back));
            json!([decision(one, 0), decision(one, 1), decision(two, 0)][item])
        }
        "leadership.follow_up[].outcome" => json!(["slipped", "dropped", "done"][item]),
        "leadership.follow_up[].due" => json!(format!("{}-17", next(at))),
        "leadership.closing.paying_for_itself" => json!("yes"),
        "leadership.restatements[].was" => json!(ANSWER_WAS),
        "leadership.restatements[].date" => json!("2026-09-06"),
        _ => return None,
    })
}

fn of_the_programme(spot: &Spot) -> Option<Value> {
    let item = spot.item();
    let (file, field) = spot.path.split_once('.')?;
    PROGRAMME.iter().find(|(_, part)| *part == file)?;
    Some(match field {
        "minutes" => json!(577),
        "attendance[].seat" => json!(SEATS[4 + item]),
        "agenda[].from" => json!(["00:13", "00:19"][item]),
        "agenda[].to" => json!(["00:17", "00:23"][item]),
        "workstreams[].id" => json!(workstream(item)),
        "statement.signatures[].seat" | "sign_off[].seat" => json!(SEATS[2 + item]),
        // Seats, and who filled the programme's.
        _ if field.ends_with("owner") || field.starts_with("seats.") => json!(SEATS[2]),
        "date" => json!(match file {
            "pre-work" => "2026-01-19",
            "end-state" => "2026-01-21",
            "current-state" => "2026-02-18",
            "path" => "2026-03-02",
            _ => "2026-03-12",
        }),
        field if field.starts_with("inputs.") => json!("2026-01-14"),
        field if field.starts_with("pre_reads.") => json!("2026-01-16"),
        "statement.signed" => json!(true),
        "statement.signatures[].date" => json!("2026-01-22"),
        "scorecard[].id" => json!(metric(item)),
        "decision_rights[].rights{}" => json!(["decides", "informed"][spot.items[1]]),
        "began" => json!("2026-02-09"),
        "weights.time-to-impact" => json!(50),
        field if field.starts_with("weights.") => json!(10),
        field if field.ends_with(".selected") => json!(field.starts_with("pathways.transform")),
        "plan[].workstream" | "roadmap[].workstream" => json!(workstream(item)),
        "roadmap[].to" => json!("2031-07"),
        "gates[].month" => json!("2031-03"),
        "sign_off[].date" => json!("2026-03-13"),
        "commitments[].due" => json!("2026-04-09"),
        _ => return None,
    })
}

fn of_the_board(spot: &Spot) -> Option<Value> {
    Some(match &*spot.path {
        "board.risks[].id" if spot.item() == 0 => json!("canary-risk-of-every-quarter"),
        "board.risks[].owner" => json!(SEATS[1]),
        _ => return None,
    })
}

/// Whether a value stands only for what it is held to elsewhere, so that
/// whether it is seen is told there.
pub fn is_told_elsewhere(spot: &Spot) -> bool {
    spot.is("engagement.seats{name}")
}

pub const KPIS: [&str; 3] = ["revenue_per_employee", "task_automation", "away_from_desk"];
/// What the frozen memo shows of the baseline, and of the last month before
/// the quarter.
pub const BASELINE_WAS: [f64; 2] = [183_011.0, 8.9];
pub const PRIOR_WAS: [f64; 2] = [216_007.0, 42.7];
/// What it shows of the closing answer in May.
pub const ANSWER_WAS: &str = "no";

/// The KPIs of a month.
pub fn kpis(at: usize) -> [f64; 3] {
    const ALL: [[f64; 3]; 9] = [
        [211_003.0, 41.3, 12.7],
        [213_019.0, 42.3, 14.3],
        [217_033.0, 43.9, 15.7],
        [221_047.0, 45.1, 17.9],
        [223_051.0, 46.7, 18.3],
        [227_069.0, 47.3, 19.9],
        [301_073.0, 67.9, 61.3],
        [307_079.0, 68.7, 62.9],
        [311_081.0, 69.3, 64.7],
    ];
    ALL[at]
}

pub const BASELINE: [f64; 3] = [184_021.0, 9.7, 4.3];

fn baseline(spot: &Spot) -> [f64; 3] {
    if spot.month == Some(FIT_CHECKS[0]) {
        BASELINE
    } else {
        [331_091.0, 72.1, 66.9]
    }
}

fn next(at: usize) -> &'static str {
    MONTHS.get(at + 1).copied().unwrap_or(BEYOND)
}

/// The month of an earlier held session.
fn sessions_before(month: &str, back: usize) -> &'static str {
    let held: Vec<&str> = MONTHS.into_iter().filter(|one| *one != SKIPPED).collect();
    let at = held.iter().position(|one| *one == month).unwrap();
    at.checked_sub(back).map_or("", |at| held[at])
}

fn shipped(at: usize) -> String {
    format!("canary-shipped-{}", MONTHS[at])
}

fn question(item: usize) -> String {
    format!("canary-question-{item}")
}

fn answer(question: usize, item: usize) -> String {
    format!("canary-answer-{question}-{item}")
}

fn metric(item: usize) -> String {
    format!("canary-metric-{item}")
}

fn workstream(item: usize) -> String {
    format!("canary-workstream-{item}")
}

fn bet(month: &str, item: usize) -> String {
    format!("canary-bet-{month}-{item}")
}

fn decision(month: &str, item: usize) -> String {
    format!("canary-decision-{month}-{item}")
}
