//! The memo in a real browser: two sheets of paper, every width, no request
//! besides itself.

mod chromium;
mod memo;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use chrono::NaiveDate;
use headless_chrome::protocol::cdp::{Emulation, Page};
use headless_chrome::types::PrintToPdfOptions;
use headless_chrome::{Browser, Tab};
use memo::{engagement, frozen, sample, view};
use quarterdeck::engagement::board::{Ask, ProgrammeDecisions};
use quarterdeck::insight::backlog::Standing;
use quarterdeck::insight::board::{BoardBet, BoardDecision, BoardRisk, BoardView, Movement};
use quarterdeck::source::document::{Action, BetKind, BetStatus, RiskLevel};
use quarterdeck::source::month::Month;
use serde_json::{Value, json};

/// A4 and Letter: their names, sizes in inches, and their width and height in
/// pixels between the memo's margins.
const SHEETS: [(&str, f64, f64, u32, f64); 2] = [
    ("A4", 8.2677, 11.6929, 658, 963.0),
    ("Letter", 8.5, 11.0, 680, 897.0),
];

/// Notes what a page was refused and what went wrong in it.
const WITNESS: &str = "window.faults = []; \
    addEventListener('securitypolicyviolation', (e) => faults.push(e.violatedDirective + ' ' + e.blockedURI)); \
    addEventListener('error', (e) => faults.push(e.message));";

/// A quarter as full as an ordinary one gets.
fn full(view: BoardView) -> BoardView {
    BoardView {
        decisions: decisions(view.quarter.first()),
        bets: bets(),
        risks: risks(),
        asks: asks(),
        ..view
    }
}

fn decisions(month: Month) -> Vec<BoardDecision> {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let decision = |action, what: &str, standing| BoardDecision {
        month,
        action,
        what: what.to_owned(),
        owner: "coo".to_owned(),
        due: day("2027-01-20"),
        standing,
    };
    vec![
        decision(
            Action::Pursue,
            "Small-shipper desk: sign ten shippers",
            Standing::Done(month),
        ),
        decision(
            Action::Build,
            "Night exception router: known causes settle without a call",
            Standing::Done(month),
        ),
        decision(
            Action::Tighten,
            "Detention over two hours reaches billing the same day",
            Standing::Dropped(month),
        ),
        decision(
            Action::Decommission,
            "Manual lane report, which lane watch has replaced",
            Standing::Done(month),
        ),
        decision(
            Action::Retune,
            "Refund gate: fewer cases to a person",
            Standing::Slipped,
        ),
        decision(Action::Build, "Dock-slot bot at Northside", Standing::Open),
    ]
}

fn bets() -> Vec<BoardBet> {
    let bet = |bet: &str, kind, status, needs: &str| BoardBet {
        bet: bet.to_owned(),
        kind,
        status,
        needs: Some(needs.to_owned()),
    };
    vec![
        bet(
            "A desk for shippers with fewer than five loads a week",
            BetKind::Segment,
            BetStatus::Committed,
            "Nothing until spring",
        ),
        bet(
            "Cold-chain line for two pilot shippers",
            BetKind::ServiceLine,
            BetStatus::Exploring,
            "The decision asked for overleaf",
        ),
        bet(
            "Second dispatch site in the north",
            BetKind::Market,
            BetStatus::Parked,
            "Nothing before spring 2027",
        ),
    ]
}

fn risks() -> Vec<BoardRisk> {
    let risk = |risk: &str, movement, response: &str| BoardRisk {
        risk: risk.to_owned(),
        level: Some(RiskLevel::Medium),
        movement,
        owner: "coo".to_owned(),
        response: response.to_owned(),
    };
    vec![
        risk(
            "Peak season rests on one night lead",
            Movement::Higher,
            "A second person trained by 20 November",
        ),
        risk(
            "Largest carrier ends its old interface in December",
            Movement::Same,
            "New interface in test since September; the fallback is mail capture",
        ),
        risk(
            "Credit waved through on stale references",
            Movement::New,
            "Gate reviewed monthly; loss limit per shipper halved",
        ),
        risk(
            "Sprawl: more automations than the team can watch",
            Movement::Lower,
            "As many retired as added over six months, four each",
        ),
        risk(
            "Insurance for temperature-controlled loads",
            Movement::New,
            "Two insurers asked, written cover due in October",
        ),
    ]
}

fn asks() -> Vec<Ask> {
    let ask = |topic: &str, question: &str| Ask {
        topic: Some(topic.to_owned()),
        question: question.to_owned(),
        options: vec![
            "Pilot now with two shippers on three lanes".to_owned(),
            "Wait until spring and lose both shippers’ first season".to_owned(),
            "Refer them to a partner for a fee".to_owned(),
        ],
        recommendation: "A. The dispatch desk has 31 hours a week it did not have in spring."
            .to_owned(),
        ask: "Approve a loss limit of one month’s retainer, and a go or stop on 30 November."
            .to_owned(),
    };
    vec![
        ask(
            "cold chain",
            "Shall the firm pilot a cold-chain line before the season?",
        ),
        ask("the night desk", "Shall the night desk be staffed by two?"),
    ]
}

/// The same in the first memo after the programme.
fn first(mut view: BoardView) -> BoardView {
    view.programme = Some(ProgrammeDecisions {
        decisions: [
            "A CEO who can be out for twenty hours a month, and 15 % more revenue a head"
                .to_owned(),
            "Quotes wait nineteen hours for one person; the work takes twelve minutes".to_owned(),
            "Automate the repeatable work first, and hire nobody for it".to_owned(),
            "Ninety days, one builder, a gate for every refund".to_owned(),
        ],
        plan: "Capture by June, quotes by July, Run from August, judged by three measures"
            .to_owned(),
    });
    view
}

struct Open {
    browser: Browser,
    folder: tempfile::TempDir,
}

impl Open {
    fn new(test: &str) -> Option<Self> {
        Some(Open {
            browser: chromium::start(test)?,
            folder: tempfile::tempdir().unwrap(),
        })
    }

    /// A memo in a tab, from its file.
    fn memo(&self, view: &BoardView) -> Arc<Tab> {
        let path = self.folder.path().join(format!("{}.html", view.quarter));
        fs::write(&path, frozen(view).html).unwrap();
        self.tab(&format!("file://{}", path.display()))
    }

    fn tab(&self, address: &str) -> Arc<Tab> {
        let tab = self.browser.new_tab().unwrap();
        tab.set_default_timeout(Duration::from_secs(60));
        tab.call_method(Page::AddScriptToEvaluateOnNewDocument {
            source: WITNESS.to_owned(),
            world_name: None,
            include_command_line_api: None,
            run_immediately: None,
        })
        .unwrap();
        tab.navigate_to(address).unwrap();
        tab.wait_until_navigated().unwrap();
        tab
    }
}

fn ask(tab: &Tab, script: &str) -> Value {
    let found = tab
        .evaluate(&format!("JSON.stringify({script})"), true)
        .unwrap();
    serde_json::from_str(found.value.unwrap().as_str().unwrap()).unwrap()
}

/// Sheets that the memo prints on.
fn sheets(tab: &Tab, width: f64, height: f64) -> usize {
    let options = PrintToPdfOptions {
        paper_width: Some(width),
        paper_height: Some(height),
        print_background: Some(true),
        prefer_css_page_size: Some(false),
        ..PrintToPdfOptions::default()
    };
    let pdf = tab.print_to_pdf(Some(options)).unwrap();
    let page = b"/Type /Page\n";
    pdf.windows(page.len())
        .filter(|window| window == page)
        .count()
}

/// Rows and asks that no sheet could hold whole, or that stick out of it.
fn clipped(tab: &Tab, width: u32, height: f64) -> Value {
    tab.call_method(Emulation::SetEmulatedMedia {
        media: Some("print".to_owned()),
        features: None,
    })
    .unwrap();
    chromium::widen(tab, width);
    let found = ask(
        tab,
        &format!(
            "[...document.querySelectorAll('main *')].filter((one) => !one.closest('.unseen, svg')).filter((one) => {{ \
               const box = one.getBoundingClientRect(); \
               const whole = one.matches('tr, .ask, figure, .charts, .row, .check, .programme div'); \
               return box.right > {width} + 1 || box.left < -1 || (whole && (box.height > {height} || getComputedStyle(one).breakInside !== 'avoid')); \
             }}).map((one) => one.outerHTML.slice(0, 120))"
        ),
    );
    tab.call_method(Emulation::SetEmulatedMedia {
        media: None,
        features: None,
    })
    .unwrap();
    found
}

#[test]
fn an_ordinary_quarter_prints_on_two_sheets() {
    let Some(open) = Open::new("an_ordinary_quarter_prints_on_two_sheets") else {
        return;
    };
    let sample = sample();
    let quarters = ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"];
    let mut views: Vec<(String, BoardView)> = quarters
        .iter()
        .map(|quarter| ((*quarter).to_owned(), view(&sample, quarter)))
        .collect();
    views.push(("a full one".to_owned(), full(view(&sample, "2026-Q3"))));
    views.push((
        "the first".to_owned(),
        first(full(view(&sample, "2025-Q3"))),
    ));
    views.push(("a small firm's".to_owned(), view(&engagement(), "2026-Q2")));
    let mut faults = Vec::new();
    for (name, view) in views {
        let tab = open.memo(&view);
        for (sheet, across, down, width, height) in SHEETS {
            let count = sheets(&tab, across, down);
            if !(1..=2).contains(&count) {
                faults.push(format!("{name} takes {count} sheets of {sheet}"));
            }
            let found = clipped(&tab, width, height);
            if found != json!([]) {
                faults.push(format!("{name} on {sheet}: {found}"));
            }
        }
        tab.close(true).unwrap();
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A quarter with far more than two sheets hold still prints whole.
#[test]
fn a_long_memo_flows_over_as_many_sheets_as_it_takes() {
    let Some(open) = Open::new("a_long_memo_flows_over_as_many_sheets_as_it_takes") else {
        return;
    };
    let mut view = full(view(&sample(), "2026-Q3"));
    for _ in 0..3 {
        let again = view.decisions.clone();
        view.decisions.extend(again);
    }
    let tab = open.memo(&view);
    for (_, across, down, width, height) in SHEETS {
        let count = sheets(&tab, across, down);
        assert!((3..=5).contains(&count), "{count}");
        assert_eq!(clipped(&tab, width, height), json!([]));
    }
}

#[test]
fn no_width_scrolls_sideways_and_the_style_is_let_in() {
    let Some(open) = Open::new("no_width_scrolls_sideways_and_the_style_is_let_in") else {
        return;
    };
    let mut long = first(full(view(&sample(), "2026-Q3")));
    long.firm = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
        .to_owned();
    long.risks[0].risk = "x".repeat(90);
    for view in [
        full(view(&sample(), "2026-Q3")),
        view(&engagement(), "2026-Q2"),
        long,
    ] {
        let tab = open.memo(&view);
        for width in [320, 390, 640, 768, 1024, 1440] {
            chromium::widen(&tab, width);
            let over = ask(&tab, "document.documentElement.scrollWidth - innerWidth");
            assert!(over.as_i64() <= Some(0), "{} at {width}: {over}", view.firm);
        }
        let found = ask(
            &tab,
            "[faults, document.styleSheets[0].cssRules.length > 50, performance.getEntriesByType('resource').map((one) => one.name)]",
        );
        assert_eq!(found, json!([[], true, []]));
        tab.close(true).unwrap();
    }
}

/// Served from below some path, it asks for nothing but itself.
#[test]
fn a_memo_asks_its_server_for_itself_alone() {
    let Some(open) = Open::new("a_memo_asks_its_server_for_itself_alone") else {
        return;
    };
    let server = tiny_http::Server::http("127.0.0.1:0").unwrap();
    let address = format!(
        "http://{}/some/where/2026-q3-token/",
        server.server_addr().to_ip().unwrap()
    );
    let html = frozen(&view(&sample(), "2026-Q3")).html;
    let answering = thread::spawn(move || {
        let mut asked = Vec::new();
        // A browser may be long in coming; what a page asks for, it asks for at once.
        let mut wait = Duration::from_secs(120);
        while let Ok(Some(request)) = server.recv_timeout(wait) {
            wait = Duration::from_secs(3);
            asked.push(request.url().to_owned());
            let kind = tiny_http::Header::from_bytes("Content-Type", "text/html").unwrap();
            let answer = tiny_http::Response::from_data(html.clone()).with_header(kind);
            request.respond(answer).unwrap();
        }
        asked
    });
    let tab = open.tab(&address);
    assert_eq!(ask(&tab, "faults"), json!([]));
    assert_eq!(
        ask(
            &tab,
            "getComputedStyle(document.querySelector('h2')).fontWeight"
        ),
        json!("700")
    );
    let asked = answering.join().unwrap();
    assert_eq!(
        asked,
        ["/some/where/2026-q3-token/"],
        "{}",
        Path::new(&address).display()
    );
}
