//! What holds for any engagement, tried on random ones written as an author
//! would write them.

#[path = "authoring/filler.rs"]
mod filler;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use quarterdeck::diagnostic::Report;
use quarterdeck::engagement::kpi::Kpi;
use quarterdeck::engagement::{self, Engagement};
use quarterdeck::insight::Insights;
use quarterdeck::insight::progress::SessionState;
use quarterdeck::source::document::Answer;
use quarterdeck::source::month::Month;
use quarterdeck::{publish, scaffold, site, source};

/// A Run month as an author left it.
#[derive(Clone, Debug)]
struct Written {
    telemetry: Option<Telemetry>,
    session: Session,
}

#[derive(Clone, Debug)]
struct Telemetry {
    day: Option<u32>,
    kpis: [Option<u32>; 3],
    briefs: Option<(u32, u32, Option<u32>)>,
    gate: Option<(u32, u32, u32, Option<u32>)>,
    /// Whether each of three automations runs, and how often.
    automations: [Option<u32>; 3],
    slipping: bool,
}

#[derive(Clone, Debug)]
enum Session {
    None,
    Skipped,
    Held {
        answer: &'static str,
        ceo: bool,
        decides: bool,
        outcome: &'static str,
        minutes: [u32; 6],
    },
}

fn telemetry() -> impl Strategy<Value = Telemetry> {
    let kpi = |range| proptest::option::weighted(0.8, range);
    (
        proptest::option::of(1..=28_u32),
        (kpi(90_000..140_000_u32), kpi(0..81_u32), kpi(0..41_u32))
            .prop_map(|(one, two, three)| [one, two, three]),
        proptest::option::of((0..30_u32, 0..30_u32, proptest::option::of(0..4_u32))),
        proptest::option::of((
            0..200_u32,
            0..60_u32,
            0..3_u32,
            proptest::option::of(0..3_u32),
        )),
        prop::array::uniform3(proptest::option::weighted(0.7, 0..5_u32)),
        any::<bool>(),
    )
        .prop_map(
            |(day, kpis, briefs, gate, automations, slipping)| Telemetry {
                day,
                kpis,
                briefs,
                gate,
                automations,
                slipping,
            },
        )
}

fn session() -> impl Strategy<Value = Session> {
    let held = (
        prop_oneof![4 => Just("yes"), 1 => Just("no"), 1 => Just("unclear")],
        any::<bool>(),
        any::<bool>(),
        prop_oneof![
            Just("done"),
            Just("carried"),
            Just("slipped"),
            Just("dropped")
        ],
        prop::array::uniform6(0..50_u32),
    );
    prop_oneof![
        1 => Just(Session::None),
        1 => Just(Session::Skipped),
        5 => held.prop_map(|(answer, ceo, decides, outcome, minutes)| Session::Held {
            answer, ceo, decides, outcome, minutes
        }),
    ]
}

fn months() -> impl Strategy<Value = Vec<Written>> {
    let written = (proptest::option::weighted(0.85, telemetry()), session())
        .prop_map(|(telemetry, session)| Written { telemetry, session });
    proptest::collection::vec(written, 1..28)
}

fn run(number: usize) -> Month {
    let first: Month = "2025-01".parse().expect("a month");
    first.plus(i32::try_from(number).expect("a small number"))
}

/// The engagement's files by path below `content/`.
fn files(months: &[Written]) -> BTreeMap<String, String> {
    let mut files = BTreeMap::from([
        (
            "engagement.yaml".to_owned(),
            "firm: Test\ncurrency: USD\nphases: { run: 2025-01-01 }\n".to_owned(),
        ),
        (
            "2024-06/fit-check.yaml".to_owned(),
            "version: 1\nbaseline: { revenue_per_employee: 100000, task_automation: 10, away_from_desk: 5 }\n"
                .to_owned(),
        ),
    ]);
    let mut live = BTreeSet::new();
    let mut open: Vec<String> = Vec::new();
    for (number, written) in months.iter().enumerate() {
        let month = run(number);
        if let Some(telemetry) = &written.telemetry {
            files.insert(
                format!("{month}/telemetry.yaml"),
                telemetry_yaml(month, telemetry, &mut live),
            );
        }
        if let Some(yaml) = session_yaml(month, &written.session, &mut open) {
            files.insert(format!("{month}/leadership.yaml"), yaml);
        }
    }
    files
}

fn telemetry_yaml(month: Month, telemetry: &Telemetry, live: &mut BTreeSet<usize>) -> String {
    let mut yaml = telemetry
        .day
        .map_or_else(String::new, |day| format!("as_of: {month}-{day:02}\n"));
    yaml.push_str("kpis:\n");
    let names = ["revenue_per_employee", "task_automation", "away_from_desk"];
    if telemetry.kpis.iter().all(Option::is_none) {
        yaml = yaml.replace("kpis:", "kpis: {}");
    }
    for (name, value) in names.iter().zip(telemetry.kpis) {
        yaml.push_str(&value.map_or_else(String::new, |value| format!("  {name}: {value}\n")));
    }
    let now: BTreeSet<usize> = (0..3)
        .filter(|id| telemetry.automations[*id].is_some())
        .collect();
    let retired: Vec<String> = live
        .difference(&now)
        .map(|id| format!("bot-{id}"))
        .collect();
    let slipping = if telemetry.slipping { "late work" } else { "" };
    yaml.push_str(&format!(
        "layers:\n  build: {{ retired: [{}], slipping: [{slipping}] }}\n",
        retired.join(", ")
    ));
    if let Some((briefs, low, missed)) = telemetry.briefs {
        let missed = missed.map_or_else(String::new, |missed| format!(", missed: {missed}"));
        let low = low.min(briefs);
        yaml.push_str(&format!(
            "  briefing: {{ briefs: {briefs}, low_confidence: {low}{missed} }}\n"
        ));
    }
    if let Some((others, approved, overruled, missed)) = telemetry.gate {
        let reviewed = approved + overruled;
        let cases = reviewed + others;
        let missed = missed.map_or_else(String::new, |missed| format!(", missed: {missed}"));
        yaml.push_str(&format!(
            "gates:\n  - {{ id: refunds, cases: {cases}, reviewed: {reviewed}, approved: {approved}, overruled: {overruled}, escalated: 0{missed} }}\n"
        ));
    }
    let reported = now
        .iter()
        .filter_map(|id| Some((id, telemetry.automations[*id]?)));
    let rows: String = reported
        .map(|(id, runs)| format!("  - {{ id: bot-{id}, name: Bot {id}, runs: {runs} }}\n"))
        .collect();
    if !rows.is_empty() {
        yaml.push_str(&format!("automations:\n{rows}"));
    }
    *live = now;
    yaml
}

fn session_yaml(month: Month, session: &Session, open: &mut Vec<String>) -> Option<String> {
    let (answer, ceo, decides, outcome, minutes) = match session {
        Session::None => return None,
        Session::Skipped => return Some("skipped: \"no time\"\n".to_owned()),
        Session::Held {
            answer,
            ceo,
            decides,
            outcome,
            minutes,
        } => (answer, ceo, decides, *outcome, minutes),
    };
    let seat = if *ceo { "ceo" } else { "coo" };
    let [state, away, automation, headroom, upgrades, closing] = minutes;
    let mut yaml = format!(
        "date: {month}-15\nattendance: [ {{ seat: {seat} }} ]\n\
         minutes: {{ state: {state}, away: {away}, automation: {automation}, headroom: {headroom}, upgrades: {upgrades}, closing: {closing} }}\n\
         closing: {{ paying_for_itself: {answer}, evidence: \"hours\" }}\n"
    );
    if !open.is_empty() {
        yaml.push_str("follow_up:\n");
    }
    for id in open.iter() {
        let more = match outcome {
            "slipped" => format!(", due: {}-20", month.plus(1)),
            "dropped" => ", reason: \"no use\"".to_owned(),
            _ => String::new(),
        };
        yaml.push_str(&format!(
            "  - {{ decision: {id}, outcome: {outcome}{more} }}\n"
        ));
    }
    if matches!(outcome, "done" | "dropped") {
        open.clear();
    }
    if *decides {
        let id = format!("decided-{month}");
        yaml.push_str(&format!(
            "decisions: [ {{ id: {id}, action: build, what: Work {id}., owner: coo, due: {}-10 }} ]\n",
            month.plus(1)
        ));
        open.push(id);
    }
    Some(yaml)
}

/// Writes the files in the order given and reads them.
fn read<'f>(files: impl Iterator<Item = (&'f String, &'f String)>) -> Engagement {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join("content").join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let mut report = Report::default();
    let documents = source::read(folder.path(), &mut report).expect("a readable folder");
    let engagement = engagement::check(documents, None, &mut report);
    assert!(!report.has_errors(), "{report:?}");
    engagement.expect("an engagement")
}

fn insights(months: &[Written]) -> (Engagement, Insights) {
    let files = files(months);
    let engagement = read(files.iter());
    let insights = Insights::of(&engagement);
    (engagement, insights)
}

/// The backlog's page as it is published.
fn decisions_page(engagement: &Engagement, insights: &Insights) -> String {
    let mut report = Report::default();
    let site = site::site(engagement, insights, None, &mut report).expect("the theme is sound");
    let bundle = publish::render(&site, &mut report).expect("the site can be rendered");
    let page = bundle.get("decisions/index.html").expect("it has the page");
    String::from_utf8(page.to_vec()).expect("pages are text")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_streak_never_exceeds_the_yes_months_held(months in months()) {
        let (_, insights) = insights(&months);
        let mut yes = 0;
        for month in &insights.run_months {
            if month.session == SessionState::Held && month.answer == Some(Answer::Yes) {
                yes += 1;
            }
            prop_assert!(month.streak <= yes, "{month:?} after {yes}");
        }
        let graduation = &insights.graduation;
        prop_assert_eq!(graduation.streak.streak, insights.run_months.last().map_or(0, |month| month.streak));
        prop_assert_eq!(graduation.streak.since.is_some(), graduation.streak.streak > 0);
    }

    #[test]
    fn the_order_of_the_files_changes_nothing(months in months(), seed in any::<u64>()) {
        let files = files(&months);
        let mut shuffled: Vec<_> = files.iter().collect();
        let places = u64::try_from(shuffled.len()).expect("few files");
        shuffled.sort_by_key(|(path, _)| {
            path.bytes().fold(seed, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into())) % places
        });
        let one = Insights::of(&read(files.iter()));
        let other = Insights::of(&read(shuffled.into_iter()));
        prop_assert_eq!(format!("{one:?}"), format!("{other:?}"));
    }

    #[test]
    fn a_later_month_changes_no_earlier_one(months in months(), keep in 1..28_usize) {
        let keep = keep.min(months.len());
        let (_, all) = insights(&months);
        let (_, fewer) = insights(&months[..keep]);
        for (month, signals) in &fewer.signals {
            prop_assert_eq!(&***signals, all.signals(*month), "{}", month);
        }
        for kpi in Kpi::ALL {
            for (month, point) in &fewer.series.get(kpi).points {
                prop_assert_eq!(Some(point), all.series.get(kpi).at(*month));
            }
        }
        for (month, movement) in &fewer.automations.movements {
            prop_assert_eq!(Some(movement), all.automations.movements.get(month));
        }
        for (month, changed) in &fewer.changed {
            prop_assert_eq!(Some(changed), all.changed.get(month));
        }
    }

    #[test]
    fn a_rolling_mean_uses_only_reported_months(months in months()) {
        let (engagement, insights) = insights(&months);
        for kpi in Kpi::ALL {
            let reported = |month: Month| {
                let telemetry = engagement.months.get(&month)?.telemetry.as_ref()?;
                telemetry.kpis.get(kpi).as_ref().map(|value| value.value)
            };
            for point in insights.series.get(kpi).points.values() {
                let values: Vec<f64> = (-2..=0).filter_map(|offset| reported(point.month.plus(offset))).collect();
                let least = values.iter().copied().fold(f64::INFINITY, f64::min);
                let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let expected = point.run_month.is_some_and(|number| number >= 3) && values.len() >= 2;
                prop_assert_eq!(point.rolling_mean.is_some(), expected);
                if let Some(mean) = point.rolling_mean {
                    prop_assert!(least - 1e-9 <= mean && mean <= most + 1e-9);
                    let count = f64::from(u32::try_from(values.len()).expect("three at most"));
                    prop_assert!((mean * count - values.iter().sum::<f64>()).abs() < 1e-6);
                }
            }
        }
    }

    #[test]
    fn every_open_decision_stands_once(months in months()) {
        let (engagement, insights) = insights(&months);
        let mut expected = Vec::new();
        for (number, written) in months.iter().enumerate() {
            if let Session::Held { decides, outcome, .. } = written.session {
                if matches!(outcome, "done" | "dropped") {
                    expected.clear();
                }
                if decides {
                    expected.push(format!("decided-{}", run(number)));
                }
            }
        }
        let open: Vec<&str> = insights.backlog.open().map(|tracked| &*tracked.decision.id.value).collect();
        prop_assert_eq!(&open, &expected);
        let page = decisions_page(&engagement, &insights);
        for id in expected {
            prop_assert_eq!(page.matches(&format!("Work {id}.")).count(), 1, "{}", id);
        }
    }

    /// Of the month after the last, and of one that awaits its session.
    #[test]
    fn a_month_that_is_laid_out_and_filled_in_passes(months in months()) {
        let mut files = files(&months);
        for _ in 0..2 {
            let engagement = read(files.iter());
            let last = engagement.months.iter().next_back();
            let awaiting = last.filter(|(_, record)| record.session.is_none());
            let month = awaiting.map_or_else(|| scaffold::month::next(&engagement), |(month, _)| *month);
            let telemetry = awaiting.is_none().then(|| scaffold::month::telemetry(&engagement, month));
            let minutes = scaffold::month::minutes(&engagement, month);
            for file in telemetry.into_iter().chain(minutes) {
                let filled = |line| filler::filled(line, &month.to_string());
                let lines: Vec<String> = file.text.lines().map(filled).collect();
                let path = file.path.replace("content/", "");
                prop_assert!(files.insert(path, lines.join("\n") + "\n").is_none());
            }
        }
        read(files.iter());
    }
}
