//! The Fit Check in a real browser: its script comes to the program's result,
//! a keyboard is enough, and answers stay where the reader puts them.

mod built;
mod chromium;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use assert_cmd::Command;
use headless_chrome::{Browser, Tab};
use quarterdeck::diagnostic::Report;
use quarterdeck::engagement::Engagement;
use quarterdeck::engagement::fit_check::{LAYERS, Part, Questionnaire};
use quarterdeck::insight::fit_check::{FitResult, Readiness, result};
use serde_json::{Value, json};
use tempfile::TempDir;

type Sheet = Vec<Option<usize>>;

fn sample() -> Engagement {
    let mut report = Report::default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documents = quarterdeck::source::read(root, &mut report).unwrap();
    quarterdeck::engagement::check(documents, None, &mut report).unwrap()
}

/// The sample's page, opened from its file; nothing where there is no browser.
struct Open {
    tab: Arc<Tab>,
    address: String,
    _browser: Browser,
    _site: TempDir,
}

fn open(test: &str) -> Option<Open> {
    let browser = chromium::start(test)?;
    let site = TempDir::new().unwrap();
    let output = site.path().join("site");
    built::command(Path::new(env!("CARGO_MANIFEST_DIR")), &output)
        .assert()
        .success();
    let address = format!("file://{}/fit-check/index.html", output.display());
    let tab = browser.new_tab().unwrap();
    tab.set_default_timeout(Duration::from_secs(60));
    tab.navigate_to(&address).unwrap();
    tab.wait_until_navigated().unwrap();
    let page = Open {
        tab,
        address,
        _browser: browser,
        _site: site,
    };
    page.ready();
    Some(page)
}

impl Open {
    fn ask(&self, script: &str) -> Value {
        let wrapped = format!("(async () => JSON.stringify({script}))()");
        let found = self.tab.evaluate(&wrapped, true).unwrap().value;
        let text = found.unwrap_or_else(|| panic!("nothing came of {script}"));
        serde_json::from_str(text.as_str().unwrap()).unwrap()
    }

    fn run(&self, script: &str) {
        self.tab.evaluate(script, false).unwrap();
    }

    fn text(&self, selector: &str) -> String {
        let found = self.ask(&format!("document.querySelector('{selector}').textContent"));
        found.as_str().unwrap().trim().to_owned()
    }

    fn shows_result(&self) -> bool {
        self.ask("!document.querySelector('[data-result]').hidden && document.querySelector('.fit-form').hidden")
            == json!(true)
    }

    /// The answers chosen, as the digits of a link.
    fn chosen(&self) -> String {
        let rows = "[...document.querySelectorAll('.question')].map((set) => 1 + [...set.querySelectorAll('input')].findIndex((one) => one.checked)).join('')";
        self.ask(rows).as_str().unwrap().to_owned()
    }

    /// Reloads, and waits for the script of the new page.
    fn reload(&self) {
        self.run("globalThis.former = true");
        self.tab.reload(true, None).unwrap();
        self.ready();
    }

    fn ready(&self) {
        let there = "globalThis.former !== true && document.readyState === 'complete' && typeof fitCheck === 'object'";
        for _ in 0..600 {
            let found = self.tab.evaluate(there, false).ok();
            if found.and_then(|found| found.value) == Some(json!(true)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the page isn't there again after 30 s");
    }
}

/// The same numbers on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// All lowest, all highest, half answered, and five hundred by chance: plain
/// ones, firms that are good at most things, and some with gaps.
fn sheets(asked: &Questionnaire) -> Vec<Sheet> {
    let questions = || asked.questions.iter();
    let last = |count: usize| count - 1;
    let mut sheets: Vec<Sheet> = vec![
        questions()
            .map(|one| Some(last(one.answers.len())))
            .collect(),
        questions().map(|_| Some(0)).collect(),
        questions()
            .enumerate()
            .map(|(at, _)| (at % 2 == 0).then_some(1))
            .collect(),
        questions().map(|_| None).collect(),
    ];
    let mut chance = Chance(20_250_210);
    for number in 0..500 {
        let sheet = questions().map(|one| {
            let any = chance.below(one.answers.len());
            let good = chance.below(4) > 0;
            let skipped = chance.below(10) == 0;
            match number % 4 {
                0 => Some(any),
                1 => (!skipped).then_some(any),
                2 => Some(if good { 0 } else { any }),
                _ => Some(if good && one.part == Part::Readiness {
                    0
                } else {
                    any
                }),
            }
        });
        sheets.push(sheet.collect());
    }
    sheets
}

/// A result in the terms of both.
fn told(asked: &Questionnaire, result: &FitResult) -> Value {
    let layer = |layer| {
        Part::word(
            [
                Part::Capture,
                Part::Data,
                Part::Briefing,
                Part::Approval,
                Part::Build,
            ][LAYERS.iter().position(|one| *one == layer).unwrap()],
        )
    };
    json!({
        "answered": result.answered,
        "asked": result.asked,
        "verdict": result.verdict.word(),
        "readiness": result.readiness,
        "layers": result.layers,
        "weak": result.weak.iter().map(|weak| layer(*weak)).collect::<Vec<_>>(),
        "conditions": result.conditions,
        "leverage": result.leverage.map(|one| json!([layer(one.layer), one.missing, one.question])),
        "fixes": result.fixes.iter().map(|fix| {
            let answer = &asked.questions[fix.question].answers[fix.answer];
            json!([fix.question, fix.answer, fix.missing, fix.condition, answer.fix])
        }).collect::<Vec<_>>(),
        "install": result.install,
    })
}

const TELL: &str = "((r) => ({ answered: r.answered, asked: r.asked, verdict: r.verdict, readiness: r.readiness, \
    layers: r.layers, weak: r.weak, conditions: r.conditions, \
    leverage: r.leverage && [r.leverage.layer, r.leverage.missing, r.leverage.question], \
    fixes: r.fixes.map((f) => [f.at, f.chosen, f.missing, f.condition, f.answer.fix]), install: r.install }))";

#[test]
fn the_browser_comes_to_the_programs_result_and_different_answers_to_different_advice() {
    let asked = sample().fit_check.questionnaire;
    let sheets = sheets(&asked);
    let results: Vec<FitResult> = sheets.iter().map(|sheet| result(&asked, sheet)).collect();
    let firsts: BTreeSet<(usize, usize)> = results
        .iter()
        .filter_map(|one| one.fixes.first().map(|fix| (fix.question, fix.answer)))
        .collect();
    assert!(firsts.len() >= 10, "only {} first fixes", firsts.len());
    for verdict in [
        Readiness::Ready,
        Readiness::FixFirst,
        Readiness::NotYet,
        Readiness::Incomplete,
    ] {
        let count = results.iter().filter(|one| one.verdict == verdict).count();
        assert!(
            count > 5 || verdict == Readiness::NotYet && count > 0,
            "{verdict:?}: {count}"
        );
    }
    for (sheet, found) in sheets.iter().zip(&results) {
        let on_readiness = |at: &usize| asked.questions[*at].part == Part::Readiness;
        let lowest = |at: usize| {
            sheet[at].is_some_and(|place| asked.questions[at].answers[place].score == 0)
        };
        let any_lowest = (0..sheet.len()).filter(on_readiness).any(lowest);
        assert!(
            !(any_lowest && found.verdict == Readiness::Ready),
            "{sheet:?}"
        );
        let mut worst = sheet.clone();
        for at in (0..sheet.len()).filter(on_readiness) {
            worst[at] = Some(asked.questions[at].answers.len() - 1);
        }
        assert_ne!(
            result(&asked, &worst).verdict,
            Readiness::Ready,
            "{worst:?}"
        );
    }

    let Some(page) =
        open("the_browser_comes_to_the_programs_result_and_different_answers_to_different_advice")
    else {
        return;
    };
    let list = serde_json::to_string(&sheets).unwrap();
    let found = page.ask(&format!(
        "{list}.map((sheet) => {TELL}(fitCheck.result(sheet)))"
    ));
    for ((sheet, expected), found) in sheets.iter().zip(&results).zip(found.as_array().unwrap()) {
        assert_eq!(found, &told(&asked, expected), "{sheet:?}");
    }
}

/// The answers on file, opened by a link, look as the program drew them.
#[test]
fn a_link_restores_the_result_that_the_program_draws() {
    let Some(page) = open("a_link_restores_the_result_that_the_program_draws") else {
        return;
    };
    for (id, sheet) in ["baseline", "rerun"].iter().zip(&sample().fit_check.sheets) {
        let digits: String = sheet
            .chosen
            .iter()
            .map(|one| one.map_or(0, |at| at + 1).to_string())
            .collect();
        page.run(&format!("location.hash = '#answers=1-{digits}'"));
        page.reload();
        assert!(page.shows_result());
        assert_eq!(page.chosen(), digits);
        let section = format!("document.querySelector('#{id}').closest('section')");
        let here = "document.querySelector('[data-result]')";
        for part in [
            "querySelector('.radar-shape').getAttribute('points')",
            "querySelector('desc').textContent",
            "querySelector('.fit-leverage').textContent",
            "querySelector('.fit-rule').textContent",
            "querySelector('.fix').innerText",
        ] {
            assert_eq!(
                page.ask(&format!("{here}.{part}")),
                page.ask(&format!("{section}.{part}")),
                "{part}"
            );
        }
        assert_eq!(
            page.ask("document.querySelector('[data-headline]').textContent"),
            page.ask(&format!(
                "{section}.querySelector('.fit-sheet-headline').textContent"
            ))
        );
        assert_eq!(page.ask("location.search"), json!(""));
    }
}

#[test]
fn a_keyboard_is_enough_and_answers_are_kept_cleared_shared_and_saved() {
    let Some(page) = open("a_keyboard_is_enough_and_answers_are_kept_cleared_shared_and_saved")
    else {
        return;
    };
    page.run("localStorage.clear()");
    page.reload();
    answered_by_keyboard(&page);
    let all_second = "2".repeat(20);
    assert!(page.shows_result());
    assert_eq!(
        page.ask("document.activeElement.matches('[data-headline]')"),
        json!(true)
    );
    let asked = sample().fit_check.questionnaire;
    let expected = result(&asked, &vec![Some(1); 20]);
    assert_eq!(
        page.ask("document.querySelector('[data-verdict]:not([hidden])').dataset.verdict"),
        json!(expected.verdict.word())
    );
    let listed = page.ask("document.querySelectorAll('[data-fix-list] .fix').length");
    assert_eq!(listed, json!(expected.fixes.len()));
    let causes = page.ask("[...document.querySelectorAll('[data-fix-answer]')].every((one) => one.textContent.length > 4)");
    assert_eq!(causes, json!(true));

    page.reload();
    assert!(page.shows_result(), "a reload keeps the answers");
    assert_eq!(page.chosen(), all_second);

    saved_file_is_accepted(&page);

    page.run("document.querySelector('[data-do=link]').click()");
    let shared = page.ask("location.href").as_str().unwrap().to_owned();
    assert_eq!(shared, format!("{}#answers=1-{all_second}", page.address));

    page.run("document.querySelector('[data-result] [data-do=clear]').click()");
    assert_eq!(page.chosen(), "0".repeat(20));
    assert_eq!(
        page.ask("[location.hash, localStorage.length]"),
        json!(["", 0])
    );
    page.reload();
    assert_eq!(page.chosen(), "0".repeat(20));
    assert!(!page.shows_result());

    page.run(&format!("location.href = '{shared}'"));
    page.reload();
    assert!(page.shows_result(), "the link restores them");
    assert_eq!(page.chosen(), all_second);

    let elsewhere = "performance.getEntriesByType('resource').map((one) => one.name).filter((name) => !name.startsWith('file:') && !name.startsWith('blob:'))";
    assert_eq!(page.ask(elsewhere), json!([]));
    assert_eq!(
        page.ask("[document.cookie, location.search]"),
        json!(["", ""])
    );
}

/// Tab to the first question; then an arrow and Enter for each.
fn answered_by_keyboard(page: &Open) {
    let on_radio = "document.activeElement.matches('.question input')";
    for _ in 0..30 {
        page.tab.press_key("Tab").unwrap();
        if page.ask(on_radio) == json!(true) {
            break;
        }
    }
    for question in 1..=20 {
        assert_eq!(page.ask(on_radio), json!(true), "question {question}");
        assert_eq!(
            page.text("[data-say]"),
            format!("Question {question} of 20, {} answered", question - 1)
        );
        assert_eq!(
            page.ask("document.querySelectorAll('.question:not([hidden])').length"),
            json!(1)
        );
        page.tab.press_key("ArrowDown").unwrap();
        page.tab.press_key("Enter").unwrap();
    }
}

fn saved_file_is_accepted(page: &Open) {
    page.run("const real = URL.createObjectURL; URL.createObjectURL = (blob) => { globalThis.saved = blob; return real.call(URL, blob); }");
    page.run("document.querySelector('[data-do=save]').click()");
    let yaml = page.ask("await saved.text()").as_str().unwrap().to_owned();
    assert!(yaml.contains("\n  sponsor: informal\n"), "{yaml}");
    let site = TempDir::new().unwrap();
    let month = site.path().join("content/2025-02");
    fs::create_dir_all(&month).unwrap();
    fs::write(month.join("fit-check.yaml"), yaml).unwrap();
    let engagement = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/engagement.yaml");
    fs::copy(engagement, site.path().join("content/engagement.yaml")).unwrap();
    Command::new(env!("CARGO_BIN_EXE_quarterdeck"))
        .arg("check")
        .current_dir(site.path())
        .assert()
        .success()
        .stderr("");
}

/// The whole numbers in a text.
fn numbers(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}

/// What the form and its key print.
fn printed(page: &Open) -> Value {
    page.ask(
        "({ points: [...document.querySelectorAll('.question')].map((set) => [...set.querySelectorAll('[data-points]')].map((one) => [one.textContent, one.querySelector('.shape') !== null])), \
            parts: [...document.querySelectorAll('.fit-worksheet tbody tr')].map((row) => row.children[1].textContent), \
            rule: document.querySelectorAll('.fit-rules li')[2].textContent, \
            fixes: Object.fromEntries([...document.querySelectorAll('[data-row]')].map((row) => [row.children[0].textContent, [row.children[2].textContent, row.children[3].textContent]])), \
            answers: [...document.querySelectorAll('.question')].map((set, at) => [...set.querySelectorAll('.answer-text')].map((one) => `${at + 1}. ${one.textContent}`)) })",
    )
}

/// A reader with a pencil: nothing but what the page prints.
#[test]
fn the_scoring_key_gives_the_same_result_by_hand() {
    let Some(page) = open("the_scoring_key_gives_the_same_result_by_hand") else {
        return;
    };
    let printed = printed(&page);
    let [enough, _, not_yet, ready, _, layer] = numbers(printed["rule"].as_str().unwrap())[..]
    else {
        panic!("{}", printed["rule"]);
    };
    let parts: Vec<Vec<u32>> = printed["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| numbers(part.as_str().unwrap()))
        .collect();
    let asked = sample().fit_check.questionnaire;
    for sheet in sheets(&asked) {
        let ticked: Vec<Option<(Vec<u32>, bool)>> = sheet
            .iter()
            .enumerate()
            .map(|(at, place)| {
                let one = &printed["points"][at][(*place)?];
                Some((numbers(one[0].as_str().unwrap()), one[1].as_bool().unwrap()))
            })
            .collect();
        let score = |part: &Vec<u32>| {
            let of_part = part
                .iter()
                .filter_map(|number| ticked[*number as usize - 1].as_ref());
            let (points, weights) =
                of_part.fold((0, 0), |sum, (one, _)| (sum.0 + one[2], sum.1 + one[0]));
            (weights > 0).then(|| (f64::from(points) / f64::from(weights) + 0.5).floor() as u32)
        };
        let scores: Vec<Option<u32>> = parts.iter().map(score).collect();
        let expected = result(&asked, &sheet);
        assert_eq!(scores[0], expected.readiness);
        assert_eq!(scores[1..], expected.layers);

        let answered = ticked.iter().flatten().count();
        let left_out = parts[0]
            .iter()
            .any(|number| ticked[*number as usize - 1].is_none());
        let condition = ticked.iter().flatten().any(|(_, diamond)| *diamond);
        let verdict = match scores[0] {
            _ if answered < enough as usize || left_out || scores.contains(&None) => "incomplete",
            Some(readiness) if readiness < not_yet => "not yet",
            Some(readiness)
                if readiness >= ready
                    && !condition
                    && scores[1..].iter().all(|one| *one >= Some(layer)) =>
            {
                "ready"
            }
            _ => "fix first",
        };
        assert_eq!(verdict, expected.verdict.word(), "{sheet:?}");

        let by_hand = fixes_by_hand(&printed, &sheet, &ticked);
        let fixes = expected.fixes.iter().map(|fix| {
            asked.questions[fix.question].answers[fix.answer]
                .fix
                .clone()
        });
        assert_eq!(by_hand, fixes.collect::<Vec<_>>());
    }
}

/// The table's fixes of the answers ticked, conditions first, then by what
/// is missing, then in the order asked.
fn fixes_by_hand(
    printed: &Value,
    sheet: &Sheet,
    ticked: &[Option<(Vec<u32>, bool)>],
) -> Vec<Option<String>> {
    let mut by_hand: Vec<(bool, std::cmp::Reverse<u32>, usize, String)> = ticked
        .iter()
        .enumerate()
        .filter_map(|(at, one)| {
            let row = &printed["fixes"][printed["answers"][at][sheet[at]?].as_str().unwrap()];
            let missing = *numbers(row[0].as_str()?).first()?;
            Some((
                !one.as_ref()?.1,
                std::cmp::Reverse(missing),
                at,
                row[1].as_str()?.to_owned(),
            ))
        })
        .collect();
    by_hand.sort();
    by_hand.into_iter().map(|(.., fix)| Some(fix)).collect()
}
