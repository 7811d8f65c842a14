//! A sealed site in a real browser, served from loopback as any host would:
//! asked once, opened whole, and told apart from a wrong passphrase and from
//! damage.

mod built;
mod chromium;
mod sealed;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use headless_chrome::Browser;
use headless_chrome::browser::tab::Tab;
use headless_chrome::protocol::cdp::Page;
use sealed::{CEO, CHAIR, COO, Home};
use serde_json::{Value, json};
use tiny_http::{Header, Response, Server};

const WITNESS: &str = "window.faults = []; \
    addEventListener('securitypolicyviolation', (e) => faults.push(e.violatedDirective + ' ' + e.blockedURI)); \
    addEventListener('error', (e) => faults.push(e.message)); \
    addEventListener('unhandledrejection', (e) => faults.push(String(e.reason)));";

type Files = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// A host that knows nothing of what it serves.
struct Host {
    files: Files,
    address: String,
    server: Arc<Server>,
    thread: Option<JoinHandle<()>>,
}

impl Host {
    fn of(folder: &Path) -> Host {
        let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
        let address = format!("http://{}/report/", server.server_addr());
        let files: Files = Arc::new(Mutex::new(built::files(folder)));
        let (served, answering) = (Arc::clone(&files), Arc::clone(&server));
        let thread = thread::spawn(move || {
            for request in answering.incoming_requests() {
                let path = request.url().split(['?', '#']).next().unwrap_or_default();
                let path = path.strip_prefix("/report/").unwrap_or("none").to_owned();
                let path = if path.is_empty() || path.ends_with('/') {
                    format!("{path}index.html")
                } else {
                    path
                };
                let kind = match path.rsplit('.').next() {
                    Some("html") => "text/html; charset=utf-8",
                    Some("js") => "text/javascript",
                    Some("css") => "text/css",
                    Some("svg") => "image/svg+xml",
                    Some("csv") => "text/csv",
                    _ => "application/octet-stream",
                };
                let found = served.lock().unwrap().get(&path).cloned();
                let kind = Header::from_bytes("Content-Type", kind).unwrap();
                let _ = match found {
                    Some(bytes) => request.respond(Response::from_data(bytes).with_header(kind)),
                    None => request.respond(Response::empty(404)),
                };
            }
        });
        Host {
            files,
            address,
            server,
            thread: Some(thread),
        }
    }

    fn change(&self, path: &str, change: impl FnOnce(&[u8]) -> Vec<u8>) {
        let mut files = self.files.lock().unwrap();
        let changed = change(&files[path]);
        files.insert(path.to_owned(), changed);
    }

    fn bytes(&self, path: &str) -> Vec<u8> {
        self.files.lock().unwrap()[path].clone()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

fn tab(browser: &Browser) -> Arc<Tab> {
    let tab = browser.new_tab().unwrap();
    tab.set_default_timeout(Duration::from_secs(120));
    tab.call_method(Page::AddScriptToEvaluateOnNewDocument {
        source: WITNESS.to_owned(),
        world_name: None,
        include_command_line_api: None,
        run_immediately: None,
    })
    .unwrap();
    tab
}

fn go(tab: &Tab, host: &Host, path: &str) {
    visit(tab, &format!("{}{path}", host.address));
}

/// Leaves the page for another document.
///
/// The browser's own word of a finished navigation waits for a quiet network,
/// half a second and more a page: what each test expects of the page is waited
/// for instead, once the former document is gone.
fn visit(tab: &Tab, address: &str) {
    tab.evaluate("window.former = true", false).unwrap();
    tab.navigate_to(address).unwrap();
    becomes(tab, "window.former", &Value::Null);
}

fn ask(tab: &Tab, script: &str) -> Value {
    let wrapped = format!("(async () => JSON.stringify(({script}) ?? null))()");
    let found = tab.evaluate(&wrapped, true).ok().and_then(|it| it.value);
    let text = found.as_ref().and_then(Value::as_str).unwrap_or("null");
    serde_json::from_str(text).unwrap()
}

#[track_caller]
fn becomes(tab: &Tab, script: &str, expected: &Value) {
    let mut last = Value::Null;
    for _ in 0..600 {
        last = ask(tab, script);
        if last == *expected {
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
    let page = ask(tab, "document.body.innerText.slice(0, 400)");
    panic!("{script} is {last} and not {expected}; the page says {page}");
}

/// Whether the form is shown and has the focus.
const ASKED: &str =
    "!document.querySelector('[data-ask]')?.hidden && document.activeElement?.id === 'passphrase'";
/// Whether an opened page stands there, whole.
const OPEN: &str = "document.querySelector('[data-ask]') === null && document.readyState === 'complete' && document.querySelector('h1, h2') !== null";
const FAULT: &str = "document.querySelector('[data-fault]')?.textContent";
const DAMAGED: &str = "This page was changed or damaged and can\u{2019}t be opened.";

fn enter(tab: &Tab, passphrase: &str) {
    becomes(tab, ASKED, &json!(true));
    // At once, as if pasted: key by key each takes a quarter of a minute.
    tab.send_character(passphrase).unwrap();
    tab.press_key("Enter").unwrap();
}

/// Waits for the word that a passphrase doesn't open the report, and wipes it.
#[track_caller]
fn refused(tab: &Tab) {
    let told = "document.querySelector('[data-told]')?.textContent";
    let word = "That passphrase doesn\u{2019}t open this report. Check it and try again.";
    becomes(tab, told, &json!(word));
    becomes(tab, ASKED, &json!(true));
    let wipe = "document.querySelector('[data-told]').textContent = ''";
    tab.evaluate(wipe, false).unwrap();
}

/// The sample, sealed and served, and a browser; nothing where there is none.
fn start(test: &str) -> Option<(Home, Host, Browser)> {
    let browser = chromium::start(test)?;
    let home = Home::new();
    home.sealed();
    home.build().assert().success();
    let host = Host::of(&home.output);
    Some((home, host, browser))
}

#[test]
fn one_passphrase_opens_every_page_for_the_session() {
    let Some((home, host, browser)) = start("one_passphrase_opens_every_page_for_the_session")
    else {
        return;
    };
    let plain = home.folder.path().join("plain");
    home.site_toml("");
    built::command(&home.site, &plain).assert().success();
    let plain = built::files(&plain);
    let tab = tab(&browser);

    go(&tab, &host, "");
    enter(&tab, "vault-otter-lemon-prism-quiet-zebra-mangoes");
    refused(&tab);
    let all = ask(&tab, "document.documentElement.outerHTML");
    assert!(!all.as_str().unwrap().contains("Kestrel"));
    assert_eq!(
        ask(
            &tab,
            "Object.keys(sessionStorage).length + Object.keys(localStorage).length"
        ),
        0
    );
    // What was wrong is selected: typing replaces it.
    enter(&tab, CEO);
    becomes(&tab, OPEN, &json!(true));
    assert_eq!(
        ask(
            &tab,
            "sessionStorage.length === 1 && localStorage.length === 0"
        ),
        true
    );
    assert_eq!(
        ask(
            &tab,
            &format!("JSON.stringify(sessionStorage).includes({CEO:?})")
        ),
        false
    );

    let pages = plain.keys().filter(|path| path.ends_with(".html"));
    let mut count = 0;
    for path in pages {
        go(&tab, &host, path);
        becomes(&tab, OPEN, &json!(true));
        let html = String::from_utf8(plain[path].clone()).unwrap();
        // One question a page: each costs a tenth of a second.
        let told = format!(
            "(() => {{
                const plain = new DOMParser().parseFromString({}, 'text/html');
                const parts = (page) => ['main', 'h2', 'svg', 'table', 'a[href]']
                    .map((name) => page.querySelectorAll(name).length);
                return {{ titles: [document.title, plain.title], parts: [parts(document), parts(plain)],
                    faults, mode: document.compatMode }};
            }})()",
            json!(html)
        );
        let told = ask(&tab, &told);
        assert_eq!(told["titles"][0], told["titles"][1], "{path}");
        // The Fit Check's script draws; nothing else adds to a page.
        if !path.starts_with("fit-check") {
            assert_eq!(told["parts"][0], told["parts"][1], "{path}");
        }
        assert_eq!(told["faults"], json!([]), "{path}");
        assert_eq!(told["mode"], "CSS1Compat", "{path}");
        count += 1;
    }
    assert!(count > 40, "{count} pages");
}

#[test]
fn the_boards_own_tree_opens_for_the_board_and_holds_nothing_else() {
    let name = "the_boards_own_tree_opens_for_the_board_and_holds_nothing_else";
    let Some(browser) = chromium::start(name) else {
        return;
    };
    let home = Home::new();
    home.sealed();
    let mut build = home.build();
    build.args(["--audience", "board"]).assert().success();
    let host = Host::of(&home.output);
    let files: Vec<String> = host.files.lock().unwrap().keys().cloned().collect();
    let memos: Vec<&String> = files
        .iter()
        .filter(|path| path.ends_with("/index.html"))
        .collect();
    assert_eq!(memos.len(), 5, "{files:?}");
    let told = ["assets/", "board/", "robots.txt", ".quarterdeck"];
    let strange = |path: &&String| !told.iter().any(|one| path.starts_with(one));
    assert_eq!(files.iter().find(strange), None);
    let tab = tab(&browser);
    go(&tab, &host, memos[0]);
    enter(&tab, "vault-otter-lemon-prism-quiet-zebra-mangoes");
    refused(&tab);
    enter(&tab, CHAIR);
    becomes(&tab, OPEN, &json!(true));
    // The second memo doesn't ask again.
    for memo in memos {
        go(&tab, &host, memo);
        becomes(&tab, OPEN, &json!(true));
        let title = ask(&tab, "document.title");
        assert!(title.as_str().unwrap().contains("Board memo"), "{title}");
        assert_eq!(ask(&tab, "faults"), json!([]), "{memo}");
        assert_eq!(
            ask(&tab, "document.querySelectorAll('svg').length > 3"),
            true
        );
    }
}

#[test]
fn what_runs_on_a_page_runs_in_a_sealed_one() {
    let Some((home, host, browser)) = start("what_runs_on_a_page_runs_in_a_sealed_one") else {
        return;
    };
    let tab = tab(&browser);
    go(&tab, &host, "kpis/task-automation/index.html#figures");
    enter(&tab, COO);
    becomes(&tab, OPEN, &json!(true));
    assert_eq!(
        ask(
            &tab,
            "document.querySelectorAll('.chart svg, figure svg').length > 0"
        ),
        true
    );
    assert_eq!(ask(&tab, "location.hash"), "#figures");

    // The page's own policy holds: what it doesn't allow is refused.
    let refused = "new Promise((done) => { addEventListener('securitypolicyviolation', (e) => done(e.effectiveDirective), { once: true }); \
                   const made = document.createElement('script'); made.textContent = 'window.ran = 1'; document.body.append(made); setTimeout(() => done(window.ran ?? 'nothing'), 3000); })";
    assert_eq!(ask(&tab, &format!("await {refused}")), "script-src-elem");

    go(
        &tab,
        &host,
        "sessions/2026-11-leadership/present/index.html",
    );
    let shown = "[...document.querySelectorAll('main > *')].filter((e) => !e.hidden).map((e) => e.id).join()";
    becomes(&tab, shown, &json!("state"));
    tab.press_key("ArrowRight").unwrap();
    becomes(&tab, shown, &json!("away"));
    assert_eq!(ask(&tab, "location.hash"), "#away");
    assert_eq!(ask(&tab, "faults"), json!([]));

    go(&tab, &host, "fit-check/index.html");
    becomes(&tab, "typeof fitCheck", &json!("object"));
    tab.evaluate("for (const set of document.querySelectorAll('.question')) set.querySelector('input').click()", false).unwrap();
    let kept = "Object.keys(localStorage).filter((key) => key.startsWith('fit-check')).length";
    becomes(&tab, kept, &json!(1));
    assert_eq!(ask(&tab, "faults"), json!([]));

    // A picture beside the page, and files as they were before.
    go(&tab, &host, "lanes/index.html");
    becomes(
        &tab,
        "document.querySelector('.prose img, main img')?.naturalWidth > 0",
        &json!(true),
    );
    assert_eq!(
        ask(
            &tab,
            "document.querySelector('main img').src.startsWith('blob:')"
        ),
        true
    );
    let plain = home.folder.path().join("plain");
    home.site_toml("");
    built::command(&home.site, &plain).assert().success();
    let csv = fs::read_to_string(plain.join("data/kpis.csv")).unwrap();
    let caught = "await new Promise((done) => { const make = URL.createObjectURL; let text; \
                  URL.createObjectURL = (blob) => { text = blob.text(); return make.call(URL, blob); }; \
                  HTMLAnchorElement.prototype.click = async function () { done([this.download, this.protocol, await text]); }; \
                  document.querySelector('a[href$=\"kpis.csv\"]').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })); })";
    assert_eq!(ask(&tab, caught), json!(["kpis.csv", "blob:", csv]));
    assert_eq!(ask(&tab, "faults"), json!([]));

    // Back and forward, without a question.
    tab.evaluate("history.back()", false).unwrap();
    becomes(&tab, "typeof fitCheck", &json!("object"));
}

#[test]
fn a_session_is_asked_once_and_a_closed_browser_again() {
    let Some((_home, host, browser)) = start("a_session_is_asked_once_and_a_closed_browser_again")
    else {
        return;
    };
    let first = tab(&browser);
    go(&first, &host, "");
    enter(&first, CEO);
    becomes(&first, OPEN, &json!(true));
    let second = tab(&browser);
    go(&second, &host, "kpis/index.html");
    becomes(&second, OPEN, &json!(true));

    // Locked in one tab, locked in all.
    second
        .evaluate("document.querySelector('.sealed-lock').click()", false)
        .unwrap();
    becomes(&second, ASKED, &json!(true));
    becomes(
        &first,
        "document.querySelector('[data-ask]')?.hidden",
        &json!(false),
    );
    assert_eq!(ask(&first, "sessionStorage.length"), 0);
    enter(&second, COO);
    becomes(&second, OPEN, &json!(true));
    becomes(&first, OPEN, &json!(true));
    drop(browser);

    let Some(browser) = chromium::start("a closed browser") else {
        return;
    };
    let tab = tab(&browser);
    go(&tab, &host, "");
    becomes(&tab, ASKED, &json!(true));
    tab.evaluate(
        "document.querySelector('#stay').click(); document.querySelector('#passphrase').focus()",
        false,
    )
    .unwrap();
    enter(&tab, COO);
    becomes(&tab, OPEN, &json!(true));
    assert_eq!(ask(&tab, "localStorage.length"), 1);
}

#[test]
fn a_former_recipient_is_shut_out_by_the_next_build() {
    let Some((home, host, browser)) = start("a_former_recipient_is_shut_out_by_the_next_build")
    else {
        return;
    };
    let tab = tab(&browser);
    go(&tab, &host, "");
    enter(&tab, CEO);
    becomes(&tab, OPEN, &json!(true));
    home.site_toml(
        "[privacy]\nseal = true\nrecipients = [\"coo\"]\nboard_recipients = [\"chair\"]\n",
    );
    home.build().assert().success();
    *host.files.lock().unwrap() = built::files(&home.output);
    go(&tab, &host, "");
    enter(&tab, CEO);
    refused(&tab);
    // The board's passphrase opens none of the leadership's pages.
    enter(&tab, CHAIR);
    refused(&tab);
    enter(&tab, COO);
    becomes(&tab, OPEN, &json!(true));
}

#[test]
fn what_was_moved_changed_or_weakened_is_told() {
    let Some((_home, host, browser)) = start("what_was_moved_changed_or_weakened_is_told") else {
        return;
    };
    let tab = tab(&browser);
    go(&tab, &host, "");
    enter(&tab, CEO);
    becomes(&tab, OPEN, &json!(true));
    let told = |path: &str, expected: &str| {
        go(&tab, &host, path);
        becomes(&tab, FAULT, &json!(expected));
        let text = ask(&tab, "document.documentElement.outerHTML");
        assert!(!text.as_str().unwrap().contains("Kestrel"), "{path}");
        assert_eq!(
            ask(&tab, "document.querySelector('[data-ask]').hidden"),
            true
        );
    };

    let october = host.bytes("sessions/2026-10-leadership/index.html");
    host.change("sessions/2026-09-leadership/index.html", |_| {
        october.clone()
    });
    told("sessions/2026-09-leadership/index.html", DAMAGED);

    let page = "kpis/index.html";
    let whole = host.bytes(page);
    let text = String::from_utf8(whole.clone()).unwrap();
    let start = text.find("{\"quarterdeck\"").unwrap();
    let end = start + text[start..].find("</script>").unwrap();
    // A bit here and there, from the envelope's first byte to its last.
    for part in 0..12 {
        let at = start + (end - 1 - start) * part / 11;
        host.change(page, |_| {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            changed
        });
        told(page, DAMAGED);
    }
    host.change(page, |_| whole[..end - 40].to_vec());
    told(page, DAMAGED);

    // Whoever changes the sum as well is found out by the tag.
    let resummed = |text: &str| {
        let (start, end) = (
            text.find("{\"quarterdeck\"").unwrap(),
            text.find("}</script>").unwrap() + 1,
        );
        let sum = ask(
            &tab,
            &format!(
                "btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode({})))))",
                json!(&text[start..end])
            ),
        );
        let from = text.find("data-sum=\"").unwrap() + 10;
        let to = from + text[from..].find('"').unwrap();
        format!("{}{}{}", &text[..from], sum.as_str().unwrap(), &text[to..])
    };
    let sealed = text.find("\"sealed\":\"").unwrap() + 100;
    let other = if &text[sealed..=sealed] == "A" {
        "B"
    } else {
        "A"
    };
    let changed = format!("{}{other}{}", &text[..sealed], &text[sealed + 1..]);
    let changed = resummed(&changed);
    host.change(page, |_| changed.into_bytes());
    told(page, DAMAGED);

    // Fewer rounds than are asked for: no passphrase is taken.
    let weak = resummed(&text.replace("\"rounds\":600000", "\"rounds\":599999"));
    host.change(page, |_| weak.into_bytes());
    tab.evaluate("sessionStorage.clear()", false).unwrap();
    go(&tab, &host, page);
    enter(&tab, CEO);
    becomes(
        &tab,
        FAULT,
        &json!("This page was sealed too weakly to be opened."),
    );
}

#[test]
fn from_a_folder_pages_open_and_files_say_why_not() {
    let Some((home, _host, browser)) = start("from_a_folder_pages_open_and_files_say_why_not")
    else {
        return;
    };
    let tab = tab(&browser);
    let address = format!("file://{}/lanes/index.html", home.output.display());
    visit(&tab, &address);
    enter(&tab, CEO);
    becomes(&tab, OPEN, &json!(true));
    becomes(
        &tab,
        "document.querySelector('.sealed-missing')?.textContent.includes('at its web address')",
        &json!(true),
    );
    tab.evaluate(
        "document.querySelector('a[href$=\"kpis.csv\"]').click()",
        false,
    )
    .unwrap();
    becomes(
        &tab,
        "document.querySelector('[role=alert]')?.textContent.includes('at its web address')",
        &json!(true),
    );
}
