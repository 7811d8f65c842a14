//! Search in a real browser: from a folder on disk and sealed. What is looked
//! for is found as an author wrote it, in another form, begun, or misspelt; a
//! result leads to its place; a keyboard is enough; nothing is sent.

mod built;
mod chromium;
mod sealed;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use frostem::{Algorithm, Stemmer};
use headless_chrome::protocol::cdp::Page;
use headless_chrome::{Browser, Tab};
use sealed::{CEO, Home};
use serde_json::{Value, json};
use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

const WITNESS: &str = "window.faults = []; \
    addEventListener('securitypolicyviolation', (e) => faults.push(e.violatedDirective + ' ' + e.blockedURI)); \
    addEventListener('error', (e) => faults.push(e.message)); \
    addEventListener('unhandledrejection', (e) => faults.push(String(e.reason)));";

struct Open {
    tab: Arc<Tab>,
    address: String,
    _browser: Browser,
}

impl Open {
    /// A page of a site on disk, once it is there.
    fn at(browser: Browser, site: &Path) -> Open {
        let tab = browser.new_tab().unwrap();
        tab.set_default_timeout(Duration::from_secs(120));
        tab.call_method(Page::AddScriptToEvaluateOnNewDocument {
            source: WITNESS.to_owned(),
            world_name: None,
            include_command_line_api: None,
            run_immediately: None,
        })
        .unwrap();
        let address = format!("file://{}/search/index.html", site.display());
        tab.navigate_to(&address).unwrap();
        Open {
            tab,
            address,
            _browser: browser,
        }
    }

    fn ask(&self, script: &str) -> Value {
        let wrapped = format!("(() => JSON.stringify(({script}) ?? null))()");
        let found = self.tab.evaluate(&wrapped, true).ok();
        let found = found.and_then(|found| found.value);
        let text = found.as_ref().and_then(Value::as_str).unwrap_or("null");
        serde_json::from_str(text).unwrap()
    }

    #[track_caller]
    fn becomes(&self, script: &str, expected: &Value) {
        let mut last = Value::Null;
        for _ in 0..600 {
            last = self.ask(script);
            if last == *expected {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let page = self.ask("document.body.innerText.slice(0, 400)");
        panic!("{script} is {last} and not {expected}; the page says {page}");
    }

    fn ready(&self) {
        self.becomes(
            "typeof search === 'object' && document.readyState",
            &json!("complete"),
        );
    }

    /// The links found for each of these, best first.
    fn found(&self, queries: &[&str]) -> Vec<Vec<String>> {
        let found = self.ask(&format!(
            "{}.map((query) => search.find(query))",
            json!(queries)
        ));
        serde_json::from_value(found).unwrap()
    }
}

/// The sample's page from a folder on disk; nothing where there is no browser.
fn sample(test: &str) -> Option<(Open, TempDir)> {
    let browser = chromium::start(test)?;
    let folder = TempDir::new().unwrap();
    let output = folder.path().join("site");
    built::command(Path::new(ROOT), &output).assert().success();
    let page = Open::at(browser, &output);
    page.ready();
    Some((page, folder))
}

/// Every word of the project's own texts, alone and with the ends of English.
fn vocabulary() -> Vec<String> {
    let mut words = BTreeSet::new();
    let texts = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"]
        .into_iter()
        .map(|name| std::fs::read(Path::new(ROOT).join(name)).unwrap())
        .chain(built::files(&Path::new(ROOT).join("content")).into_values())
        .chain(built::files(&Path::new(ROOT).join("docs")).into_values());
    for text in texts {
        let text = String::from_utf8_lossy(&text).to_lowercase();
        let found = text.split(|c: char| !c.is_ascii_lowercase());
        words.extend(found.filter(|word| !word.is_empty()).map(ToOwned::to_owned));
    }
    let ends = [
        "", "s", "es", "ed", "ing", "er", "ly", "ation", "ational", "ization", "iveness", "ness",
        "ment", "ement", "ful", "fully", "less", "lessly", "able", "ably", "ity", "ative", "ance",
        "ion", "eed", "edly", "ied", "y", "ying", "logy", "logist", "ll", "e",
    ];
    let mut all: BTreeSet<String> = words
        .iter()
        .filter(|word| word.len() < 12)
        .flat_map(|word| ends.map(|end| format!("{word}{end}")))
        .collect();
    // The algorithm's own exceptions.
    let known = "skis skies sky dying lying tying idly gently ugly early only singly news howe atlas cosmos bias andes \
        inning innings outing canning herring earring evening proceed exceed succeed proceeding succeeded generate \
        general generously communism communicate arsenal arsenic organ organization past paste pasted universal \
        university later lateral emergency interest internal by say cry enjoyment yet yesterday saying boy added egged \
        offing hopping hoping hissing sized agreed feed ties cries gas this kiwis gaps happily knightly sensibility \
        a i as is us ss y yy yay eye e ee";
    all.extend(known.split_whitespace().map(ToOwned::to_owned));
    all.into_iter().collect()
}

#[test]
fn the_browser_stems_as_the_build_does() {
    let Some((page, _folder)) = sample("the_browser_stems_as_the_build_does") else {
        return;
    };
    let stemmer = Stemmer::new(Algorithm::English);
    let words = vocabulary();
    assert!(words.len() > 20_000, "{}", words.len());
    let mut unlike = Vec::new();
    for some in words.chunks(20_000) {
        let found = page.ask(&format!("{}.map((word) => search.stem(word))", json!(some)));
        for (word, found) in some.iter().zip(found.as_array().unwrap()) {
            let expected = stemmer.stem(word);
            if found != &*expected {
                unlike.push(format!("{word}: {found} and not {expected:?}"));
            }
        }
    }
    assert!(
        unlike.is_empty(),
        "{} unlike:\n{}",
        unlike.len(),
        unlike[..unlike.len().min(40)].join("\n")
    );
}

#[test]
fn what_is_asked_is_found_where_it_stands() {
    let Some((page, _folder)) = sample("what_is_asked_is_found_where_it_stands") else {
        return;
    };
    let first = |query: &str, expected: &str| {
        let found = page.found(&[query]).remove(0);
        assert!(
            found.first().is_some_and(|href| href.ends_with(expected)),
            "{query}: {:?}",
            &found[..found.len().min(5)]
        );
    };
    // A row of the decisions, by its id; an automation by id, name and beginning.
    first("rate-sheet parser", "rate-sheet-parser");
    first(
        "Dock-slot bot",
        "automations/index.html#automation-dock-slot-bot",
    );
    first(
        "dock-slot-bot",
        "automations/index.html#automation-dock-slot-bot",
    );
    let begun = page.found(&["dock slo"]).remove(0);
    assert!(
        begun[..3]
            .iter()
            .any(|href| href.ends_with("#automation-dock-slot-bot")),
        "{begun:?}"
    );
    first("october 2026", "sessions/2026-10-leadership/index.html");
    first("Fit Check", "fit-check/index.html");

    // A segment of a session, by words of its narrative.
    let cold = page
        .found(&["cold-chain pilot shippers headroom"])
        .remove(0);
    assert!(
        cold.iter()
            .any(|href| href.ends_with("sessions/2026-10-leadership/index.html#headroom")),
        "{cold:?}"
    );

    // One word in its forms: what it finds doesn't depend on which is typed.
    for family in [
        ["approval", "approvals", "approving"],
        ["retired", "retiring", "retires"],
        ["decision", "decisions", "DECISIONS"],
        ["réfund", "refunds", "Refunding"],
    ] {
        let found = page.found(&family);
        let sets: Vec<BTreeSet<&String>> =
            found.iter().map(|found| found.iter().collect()).collect();
        assert!(!sets[0].is_empty(), "{family:?}");
        // A word's beginning may find more.
        assert!(
            sets[0].is_superset(&sets[2]) || sets[2].is_superset(&sets[0]),
            "{family:?}"
        );
        let common: Vec<_> = sets[0]
            .intersection(&sets[1])
            .filter(|href| sets[2].contains(**href))
            .collect();
        assert!(
            common.len() * 2 > sets[0].len().min(sets[2].len()),
            "{family:?}: {}",
            common.len()
        );
    }

    // A number with and without its comma, and nothing of nothing.
    let found = page.found(&["222,600", "222600", "", " —; ", "qqqq", "</script>"]);
    assert_eq!(found[0], found[1]);
    assert_eq!(found[2..5], [const { Vec::<String>::new() }; 3]);

    // More words find no more, until none has them all.
    let found = page.found(&["refund", "refund gate", "refund qqqq"]);
    assert!(found[1].len() < found[0].len() && !found[1].is_empty());
    assert_eq!(found[2], found[0]);
}

#[test]
fn every_place_of_the_report_can_be_found_and_reached() {
    let Some((page, folder)) = sample("every_place_of_the_report_can_be_found_and_reached") else {
        return;
    };
    let files = built::files(&folder.path().join("site"));
    // By the words of its own name every place is among what is found.
    let lost = page.ask(
        "[...document.querySelectorAll('[data-place]')].filter((link) => \
         !search.find(link.textContent).includes(link.getAttribute('href'))).map((link) => link.outerHTML.slice(0, 200))",
    );
    assert_eq!(lost, json!([]));
    let hrefs = page.ask(
        "[...document.querySelectorAll('[data-place]')].map((link) => link.getAttribute('href'))",
    );
    let hrefs: Vec<String> = serde_json::from_value(hrefs).unwrap();
    let unique: BTreeSet<&String> = hrefs.iter().collect();
    assert_eq!(unique.len(), hrefs.len(), "a place stands twice");
    // Every segment of every session that was held or is awaited is there, and
    // every row.
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        let wanted: &[&str] = match path.as_str() {
            "decisions/index.html" => &["id=\"decision-"],
            "automations/index.html" => &["id=\"automation-"],
            path if path.ends_with("-leadership/index.html") => &[
                "<h2 id=\"state\"",
                "<h2 id=\"away\"",
                "<h2 id=\"automation\"",
                "<h2 id=\"headroom\"",
                "<h2 id=\"upgrades\"",
                "<h2 id=\"closing\"",
            ],
            _ => continue,
        };
        for start in wanted {
            let (_, before) = start.split_once('"').unwrap();
            for (at, _) in text.match_indices(start) {
                let id = &text[at + start.len() - before.len()..];
                let href = format!("../{path}#{}", &id[..id.find('"').unwrap()]);
                assert!(unique.contains(&href), "{href}");
            }
        }
    }
}

#[test]
fn a_keyboard_is_enough_and_the_address_keeps_what_was_asked() {
    let Some((page, _folder)) = sample("a_keyboard_is_enough_and_the_address_keeps_what_was_asked")
    else {
        return;
    };
    let state = "[document.querySelector('[data-count]').textContent, document.querySelector('[data-places]').hidden, \
        document.activeElement.id || document.activeElement.tagName, location.hash]";
    assert_eq!(page.ask(state), json!(["", false, "BODY", ""]));
    page.tab.press_key("/").unwrap();
    page.tab.send_character("dock slot bot").unwrap();
    page.becomes("location.hash", &json!("#q=dock%20slot%20bot"));
    let told = page.ask(state);
    assert!(
        told[0]
            .as_str()
            .unwrap()
            .ends_with("found for “dock slot bot”"),
        "{told}"
    );
    assert_eq!(told[1], true);
    let marked = page.ask("[...document.querySelector('.found-row').querySelectorAll('mark')].map((mark) => mark.textContent.toLowerCase())");
    assert!(
        marked.as_array().unwrap().contains(&json!("slot")),
        "{marked}"
    );
    page.tab.press_key("ArrowDown").unwrap();
    page.tab.press_key("ArrowDown").unwrap();
    page.becomes(
        "[...document.querySelectorAll('.found a')].indexOf(document.activeElement)",
        &json!(1),
    );
    page.tab.press_key("ArrowUp").unwrap();
    page.tab.press_key("Enter").unwrap();
    page.becomes(
        "location.pathname.endsWith('/automations/index.html') && document.querySelector(':target')?.id",
        &json!("automation-dock-slot-bot"),
    );
    // The way back shows the same again.
    page.ask("history.back()");
    page.becomes(
        "document.querySelector('#search-field')?.value",
        &json!("dock slot bot"),
    );
    page.becomes(
        "document.querySelectorAll('.found-row').length > 1",
        &json!(true),
    );
    page.tab.press_key("/").unwrap();
    page.tab.press_key("Escape").unwrap();
    page.becomes(state, &json!(["", false, "search-field", ""]));
    // A slip of a key is told, with what may have been meant.
    page.tab.send_character("aproval qqqq").unwrap();
    page.becomes(
        "document.querySelector('[data-none] button')?.textContent",
        &json!("approval"),
    );
    let told = page.ask("document.querySelector('[data-count]').textContent");
    assert_eq!(told, "Nothing in the report mentions “aproval qqqq”.");
    page.ask("document.querySelector('[data-none] button').click()");
    page.becomes(
        "document.querySelectorAll('.found-row').length > 1",
        &json!(true),
    );
    // The masthead's link leads into the field.
    page.tab
        .navigate_to(&page.address.replace("search/", ""))
        .unwrap();
    page.becomes(
        "document.querySelector('.masthead-nav a:last-child') !== null && document.readyState",
        &json!("complete"),
    );
    page.ask("[...document.querySelectorAll('.masthead-nav a')].at(-1).click()");
    page.becomes(
        "location.pathname.endsWith('/search/index.html') && document.activeElement?.id",
        &json!("search-field"),
    );
    assert_eq!(page.ask("faults"), json!([]));
}

#[test]
fn a_sealed_report_is_searched_once_it_is_open() {
    let Some(browser) = chromium::start("a_sealed_report_is_searched_once_it_is_open") else {
        return;
    };
    let home = Home::new();
    home.sealed();
    home.build().assert().success();
    let sealed = std::fs::read(home.output.join("search/index.html")).unwrap();
    let readable = String::from_utf8(sealed::readable(&sealed)).unwrap();
    for word in ["Kestrel", "refund", "dock", "data-place"] {
        assert!(!readable.contains(word), "{word} can be read");
    }
    let page = Open::at(browser, &home.output);
    page.becomes("document.activeElement?.id", &json!("passphrase"));
    page.tab.send_character(CEO).unwrap();
    page.tab.press_key("Enter").unwrap();
    page.ready();
    page.becomes(
        "document.querySelector('[data-search]').hidden",
        &json!(false),
    );
    page.tab.press_key("/").unwrap();
    page.tab.send_character("dock-slot-bot").unwrap();
    page.becomes("location.hash", &json!("#q=dock-slot-bot"));
    page.tab.press_key("Enter").unwrap();
    page.tab.press_key("Enter").unwrap();
    page.becomes(
        "location.pathname.endsWith('/automations/index.html') && document.querySelector(':target')?.id",
        &json!("automation-dock-slot-bot"),
    );
    page.ask("history.back()");
    page.becomes(
        "document.querySelector('#search-field')?.value",
        &json!("dock-slot-bot"),
    );
    page.becomes(
        "document.querySelectorAll('.found-row').length > 0",
        &json!(true),
    );
    assert_eq!(page.ask("faults"), json!([]));
}
