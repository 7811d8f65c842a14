//! The built sample in a real browser: nothing is refused by the pages' own
//! policy, and the present view runs by its keys. How pages look to their
//! readers is `reader_browser.rs`'s.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use headless_chrome::Tab;
use headless_chrome::protocol::cdp::{Emulation, Page};
use serde_json::Value;
use tempfile::TempDir;

mod built;
mod chromium;

/// Notes what a page was refused and what went wrong in it.
const WITNESS: &str = "window.faults = []; \
    addEventListener('securitypolicyviolation', (e) => faults.push(e.violatedDirective + ' ' + e.blockedURI)); \
    addEventListener('error', (e) => faults.push(e.message));";

fn sample() -> TempDir {
    let output = tempfile::tempdir().unwrap();
    let site = output.path().join("site");
    built::command(Path::new(env!("CARGO_MANIFEST_DIR")), &site)
        .assert()
        .success();
    output
}

fn tab(browser: &headless_chrome::Browser) -> Arc<Tab> {
    let tab = browser.new_tab().unwrap();
    tab.set_default_timeout(Duration::from_secs(60));
    tab.call_method(Page::AddScriptToEvaluateOnNewDocument {
        source: WITNESS.to_owned(),
        world_name: None,
        include_command_line_api: None,
        run_immediately: None,
    })
    .unwrap();
    tab
}

fn open(tab: &Tab, site: &Path, page: &str) {
    let address = format!("file://{}", site.join(page).display());
    tab.navigate_to(&address).unwrap();
    tab.wait_until_navigated().unwrap();
}

fn value(tab: &Tab, script: &str) -> Value {
    tab.evaluate(script, true)
        .unwrap()
        .value
        .unwrap_or(Value::Null)
}

/// Waits until a script's value is what it should become.
#[track_caller]
fn becomes(tab: &Tab, script: &str, expected: &Value) {
    let mut last = Value::Null;
    for _ in 0..200 {
        last = tab
            .evaluate(script, true)
            .ok()
            .and_then(|found| found.value)
            .unwrap_or(Value::Null);
        if last == *expected {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{script} is {last} and not {expected}");
}

#[test]
fn no_page_is_refused_anything_or_loads_from_elsewhere() {
    let Some(browser) = chromium::start("no_page_is_refused_anything_or_loads_from_elsewhere")
    else {
        return;
    };
    let home = sample();
    let site = home.path().join("site");
    let tab = tab(&browser);
    // Months of one kind are alike: one of each kind is looked at.
    let looked_at = |path: &String| {
        let kinds = ["2025-09", "2025-11", "2026-10", "2026-11"];
        let of_a_month = path.contains("2025-") || path.contains("2026-");
        path.ends_with(".html") && (!of_a_month || kinds.iter().any(|month| path.contains(month)))
    };
    let pages: Vec<String> = built::files(&site).into_keys().filter(looked_at).collect();
    assert!(pages.len() > 15);
    let mut faults = Vec::new();
    for page in &pages {
        open(&tab, &site, page);
        let found = value(
            &tab,
            "JSON.stringify({ faults, styled: document.styleSheets.length, \
             loaded: performance.getEntriesByType('resource').map((e) => e.name) })",
        );
        let found: Value = serde_json::from_str(found.as_str().unwrap()).unwrap();
        if found["faults"] != serde_json::json!([]) || found["styled"] != 1 {
            faults.push(format!("{page}: {found}"));
        }
        for loaded in found["loaded"].as_array().unwrap() {
            assert!(
                loaded.as_str().unwrap().starts_with("file://"),
                "{page} loads {loaded}"
            );
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_present_view_runs_by_its_keys() {
    let Some(browser) = chromium::start("the_present_view_runs_by_its_keys") else {
        return;
    };
    let home = sample();
    let site = home.path().join("site");
    let tab = tab(&browser);
    open(
        &tab,
        &site,
        "sessions/2026-11-leadership/present/index.html",
    );
    let shown = "[...document.querySelectorAll('main > *')].filter((e) => !e.hidden).map((e) => e.id).join()";
    becomes(&tab, shown, &"state".into());
    assert_eq!(
        value(&tab, "document.querySelector('.stage-clocks').hidden"),
        false
    );

    for (key, place) in [
        ("ArrowRight", "away"),
        ("PageDown", "automation"),
        ("End", "closing"),
        ("PageUp", "upgrades"),
        ("Home", "state"),
        ("ArrowRight", "away"),
    ] {
        tab.press_key(key).unwrap();
        becomes(&tab, shown, &place.into());
    }
    assert_eq!(value(&tab, "location.hash"), "#away");
    assert_eq!(
        value(&tab, "document.querySelector('[data-planned]').textContent"),
        "10"
    );

    let run = "new Promise((done) => { const look = () => document.querySelector('[data-clock=session]').textContent !== '0:00' ? done(true) : setTimeout(look, 50); look(); })";
    assert_eq!(value(&tab, run), true);
    tab.press_key("p").unwrap();
    assert_eq!(
        value(
            &tab,
            "document.querySelector('[data-do=pause]').textContent"
        ),
        "Go on"
    );

    tab.reload(true, None).unwrap();
    tab.wait_until_navigated().unwrap();
    // A reload keeps the place.
    becomes(&tab, shown, &"away".into());
    assert_eq!(value(&tab, "JSON.stringify(faults)"), "[]");

    tab.press_key("Escape").unwrap();
    tab.wait_for_element(".agenda").unwrap();
    assert!(
        tab.get_url()
            .ends_with("sessions/2026-11-leadership/index.html")
    );
}

#[test]
fn the_present_view_is_whole_without_its_script() {
    let Some(browser) = chromium::start("the_present_view_is_whole_without_its_script") else {
        return;
    };
    let home = sample();
    let site = home.path().join("site");
    let tab = tab(&browser);
    tab.call_method(Emulation::SetScriptExecutionDisabled { value: true })
        .unwrap();
    open(
        &tab,
        &site,
        "sessions/2026-10-leadership/present/index.html",
    );
    let html = tab.get_content().unwrap();
    for (number, segment) in [
        "State of the system",
        "Away-from-desk review",
        "Task automation trend",
        "Headroom",
        "Cross-layer upgrades",
        "Closing question",
    ]
    .iter()
    .enumerate()
    {
        assert!(html.contains(segment), "{}: {segment}", number + 1);
    }
    let hidden = tab
        .find_elements("main > [hidden]")
        .map_or(0, |found| found.len());
    assert_eq!(hidden, 0);
}
