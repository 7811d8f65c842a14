//! Content built to attack, opened in Chromium: nothing of it runs, no page is
//! broken by it, and none scrolls sideways.

#[path = "attack/mod.rs"]
mod attack;
mod built;
mod chromium;
mod planted;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use attack::{FAMILIES, Site};
use headless_chrome::Tab;
use headless_chrome::protocol::cdp::Page;
use serde_json::Value;

/// Notes what ran, what a page was refused and what went wrong in it.
const WITNESS: &str = "window.faults = []; \
    window.__hit = (id) => faults.push('ran ' + id); \
    for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => faults.push(name); \
    addEventListener('securitypolicyviolation', (e) => faults.push(e.violatedDirective + ' ' + e.blockedURI)); \
    addEventListener('error', (e) => faults.push('error ' + e.message)); \
    addEventListener('unhandledrejection', (e) => faults.push('rejected ' + e.reason));";

/// What is wrong with the page that is open.
const LOOK: &str = "(() => { \
    const seen = (e) => e && e.getClientRects().length > 0 && e.getBoundingClientRect().height > 0 \
        && getComputedStyle(e).visibility === 'visible'; \
    const found = [...faults]; \
    if (!seen(document.querySelector('h1'))) found.push('no heading'); \
    if (!seen(document.querySelector('footer'))) found.push('no footer'); \
    if (document.styleSheets.length !== 1) found.push(document.styleSheets.length + ' styles'); \
    const over = document.documentElement.scrollWidth - innerWidth; \
    if (over > 0) found.push(over + ' px too wide'); \
    for (const e of document.querySelectorAll('[onclick],[onerror],[onload],[onfocus],[onmouseover],[autofocus],[style]')) \
        found.push('made ' + e.outerHTML.slice(0, 120)); \
    for (const e of document.querySelectorAll('script:not([src])')) found.push('made a script'); \
    return JSON.stringify(found); })()";

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
    chromium::widen(&tab, 390);
    tab
}

fn value(tab: &Tab, script: &str) -> Value {
    let found = tab.evaluate(script, true).unwrap();
    found.value.unwrap_or(Value::Null)
}

/// Months of one kind are alike: one of each kind is looked at.
fn is_looked_at(path: &str) -> bool {
    let months = planted::plan::MONTHS
        .iter()
        .filter(|month| !["2026-08", "2026-09"].contains(month));
    let mut others = months.filter(|month| path.contains(**month));
    path.ends_with(".html") && others.next().is_none() && !path.contains("2026-q2")
}

/// What is wrong with the pages of a site.
fn faults(tab: &Tab, built: &Path, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let pages = built::files(built).into_keys();
    let mut faults = Vec::new();
    let mut seen = 0;
    for page in pages.filter(|page| is_looked_at(page) && wanted(page)) {
        let address = format!("file://{}", built.join(&page).display());
        tab.navigate_to(&address).unwrap();
        tab.wait_until_navigated().unwrap();
        let found = value(tab, LOOK);
        if found != "[]" {
            faults.push(format!("{page}: {found}"));
        }
        seen += 1;
    }
    assert!(seen > 0, "no page");
    faults
}

#[test]
fn nothing_of_an_attack_runs_and_no_page_is_broken() {
    let Some(browser) = chromium::start("nothing_of_an_attack_runs_and_no_page_is_broken") else {
        return;
    };
    let tab = tab(&browser);
    // Each field holds every attack at once: `tests/attack.rs` tries them one
    // by one.
    let all = FAMILIES.map(|(_, pattern)| pattern).join(" ");
    let site = Site::new(("every attack", &all));
    site.build();
    let found = faults(&tab, &site.built(), |_| true);
    assert!(found.is_empty(), "{}", found.join("\n"));
    let said = value(&tab, "document.body.innerText");
    assert!(said.as_str().unwrap().contains("{{ 7*7 }}"), "{said}");
    let found = searched(&tab, &site.built());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What is wrong with what the search makes of the texts that it quotes.
fn searched(tab: &Tab, built: &Path) -> Vec<String> {
    let address = format!("file://{}/search/index.html", built.display());
    tab.navigate_to(&address).unwrap();
    tab.wait_until_navigated().unwrap();
    let mut faults = Vec::new();
    for query in [
        "script",
        "onerror alert",
        "7",
        "<img src=x onerror=alert(1)>",
        "headroom",
    ] {
        let ask = format!(
            "document.querySelector('#search-field').value = {}; \
             document.querySelector('#search-field').dispatchEvent(new Event('input')); \
             document.querySelectorAll('.found-row').length",
            Value::from(query)
        );
        let rows = value(tab, &ask);
        let found = value(tab, LOOK);
        if rows == 0 || found != "[]" {
            faults.push(format!("{query}: {rows} rows, {found}"));
        }
    }
    faults
}

#[test]
fn a_long_word_makes_no_page_scroll_sideways() {
    let Some(browser) = chromium::start("a_long_word_makes_no_page_scroll_sideways") else {
        return;
    };
    let tab = tab(&browser);
    let long = "W".repeat(400);
    let site = Site::with(&format!("{long}ID"), &attack::is_free);
    site.build();
    let mut all = faults(&tab, &site.built(), |_| true);
    let longest = "W".repeat(1_000_000);
    let site = Site::with(&format!("{longest}ID"), &|spot, _| {
        let here = ["leadership.headline", "telemetry.watch[].what"].contains(&&*spot.path);
        here && spot.month == Some("2026-09") && spot.items.iter().all(|item| *item == 0)
    });
    site.build();
    all.extend(faults(&tab, &site.built(), |page| page.contains("2026-09")));
    assert!(all.is_empty(), "{}", all.join("\n"));
}
