//! Live reload in a real browser: the script runs under the page's policy, and
//! shows what is wrong with the content as text.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use headless_chrome::{Browser, Tab};
use quarterdeck::diagnostic::{Diagnostic, Report, SourceFile, Span};
use quarterdeck::publish::bundle::Bundle;
use quarterdeck::serve::Server;
use quarterdeck::site::route::Route;

mod chromium;

fn site(month: &str) -> Bundle {
    let mut bundle = Bundle::default();
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{month}</title>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'\">\
         <link rel=\"stylesheet\" href=\"look.css\"></head>\
         <body><h1 id=\"{month}\">{month}</h1><input id=\"field\"></body></html>"
    );
    let style = "body { height: 9000px }".to_owned();
    for (path, text) in [("index.html", page), ("look.css", style)] {
        let route = Route::Attachment(Box::new(Route::Overview), path.to_owned());
        bundle.insert(route.path(), text.into_bytes()).unwrap();
    }
    bundle
}

/// A fault whose every part would run if it were taken for markup.
fn hostile() -> Report {
    let file = Arc::new(SourceFile {
        path: "content/<img src=x onerror=window.ran=1>.yaml".to_owned(),
        text: "firm: <script>window.ran=1</script>\n".to_owned(),
    });
    let mut report = Report::default();
    report.push(
        Diagnostic::error(
            "bad-name",
            "</p><img src=x onerror=window.ran=1> is no name",
        )
        .at(&Span::new(&file, 6..14), "<svg onload=window.ran=1>")
        .help("<iframe srcdoc='<script>parent.ran=1</script>'>"),
    );
    report.push(Diagnostic::warning("quiet", "a warning isn't shown"));
    report
}

struct Running {
    server: Arc<Server>,
    thread: Option<JoinHandle<std::io::Result<()>>>,
}

impl Running {
    fn start() -> Running {
        let names = ["kestrel".to_owned()];
        let server = Arc::new(Server::bind(Some(0), &names).unwrap());
        let running = Arc::clone(&server);
        let thread = Some(thread::spawn(move || running.run()));
        Running { server, thread }
    }

    fn open(&self, browser: &Browser) -> Arc<Tab> {
        let tab = browser.new_tab().unwrap();
        tab.set_default_timeout(Duration::from_secs(60));
        tab.navigate_to(&self.server.url()).unwrap();
        tab
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.server.stop();
        let end = self.thread.take().unwrap().join();
        if !thread::panicking() {
            end.unwrap().unwrap();
        }
    }
}

/// Waits, over reloads too, until an expression has a value in the page;
/// `faults` is what is shown over it.
fn until(tab: &Tab, expression: &str) -> serde_json::Value {
    let asked = format!(
        "(() => {{ const faults = document.querySelector('quarterdeck-faults')?.shadowRoot; \
         return JSON.stringify(({expression}) || null); }})()"
    );
    let mut last = None;
    for _ in 0..600 {
        // A page that is left in the middle of the question has no answer.
        let told = tab.evaluate(&asked, false).map(|told| told.value);
        if let Ok(Some(serde_json::Value::String(text))) = &told
            && text != "null"
        {
            return serde_json::from_str(text).unwrap();
        }
        last = Some(told);
        thread::sleep(Duration::from_millis(50));
    }
    panic!("never so: {expression}: {last:?}")
}

#[test]
fn an_open_page_reloads_and_keeps_its_place() {
    let Some(browser) = chromium::start("an_open_page_reloads_and_keeps_its_place") else {
        return;
    };
    let running = Running::start();
    running.server.publish(0, site("october"));
    let tab = running.open(&browser);
    until(
        &tab,
        "document.querySelector('#october') && (scrollTo(0, 4000), scrollY === 4000)",
    );
    running.server.publish(0, site("november"));
    until(
        &tab,
        "document.querySelector('#november') && scrollY === 4000",
    );
}

#[test]
fn a_broken_save_shows_over_every_open_page_and_the_next_good_one_clears_it() {
    let test = "a_broken_save_shows_over_every_open_page_and_the_next_good_one_clears_it";
    let Some(browser) = chromium::start(test) else {
        return;
    };
    let running = Running::start();
    running.server.publish(0, site("october"));
    let tab = running.open(&browser);
    // The author types in the page; nothing may take the keys away.
    until(
        &tab,
        "document.querySelector('#october') && (window.same = 1) && \
        (document.querySelector('#field').focus(), document.activeElement.id === 'field')",
    );
    running.server.fail(0, &hostile());
    let shown = until(
        &tab,
        "faults && [faults.textContent, window.same, document.activeElement.id, \
        faults.querySelectorAll('img, script, svg, iframe').length, \
        faults.querySelector('[role=alert]').textContent, \
        getComputedStyle(faults.querySelector('section')).display, \
        faults.querySelector('pre').textContent]",
    );
    let text = shown[0].as_str().unwrap();
    for part in [
        "</p><img src=x onerror=window.ran=1> is no name",
        "bad-name",
        "content/<img src=x onerror=window.ran=1>.yaml:1:7",
        "help: <iframe srcdoc='<script>parent.ran=1</script>'>",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("isn't shown"), "{text}");
    // Not reloaded, the focus where it was, nothing but text, and styled.
    assert_eq!(shown[1], 1);
    assert_eq!(shown[2], "field");
    assert_eq!(shown[3], 0);
    assert_eq!(
        shown[4],
        "1 error, 1 warning – the page is of the last good build"
    );
    assert_eq!(shown[5], "flex");
    let frame = shown[6].as_str().unwrap();
    assert!(
        frame.contains("1 | firm: <script>window.ran=1</script>"),
        "{frame}"
    );
    assert!(
        frame.contains("^^^^^^^^ <svg onload=window.ran=1>"),
        "{frame}"
    );

    tab.press_key("Escape").unwrap();
    until(&tab, "faults.querySelector('section').hidden");
    // Other faults are news; a page opened now shows them too.
    let mut other = Report::default();
    other.push(Diagnostic::error("other", "another fault"));
    running.server.fail(0, &other);
    until(
        &tab,
        "!faults.querySelector('section').hidden && faults.textContent.includes('another fault')",
    );
    let late = running.open(&browser);
    until(
        &late,
        "faults?.textContent.includes('another fault') && document.querySelector('#october')",
    );
    running.server.publish(0, site("november"));
    for tab in [&late, &tab] {
        tab.bring_to_front().unwrap();
        let ran = until(
            tab,
            "document.querySelector('#november') && !faults && [window.ran ?? 0]",
        );
        assert_eq!(ran[0], 0);
    }
}

#[test]
fn a_site_that_was_never_built_shows_why_and_then_itself() {
    let test = "a_site_that_was_never_built_shows_why_and_then_itself";
    let Some(browser) = chromium::start(test) else {
        return;
    };
    let running = Running::start();
    running.server.fail(0, &hostile());
    let tab = running.open(&browser);
    let said = until(
        &tab,
        "faults?.querySelector('[role=alert]') && \
        [faults.querySelector('[role=alert]').textContent, document.body.textContent]",
    );
    assert_eq!(said[0], "1 error, 1 warning");
    assert!(said[1].as_str().unwrap().contains("nothing to show"));
    running.server.publish(0, site("october"));
    let ran = until(
        &tab,
        "document.querySelector('#october') && !faults && [window.ran ?? 0]",
    );
    assert_eq!(ran[0], 0);
}
