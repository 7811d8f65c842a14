//! Live reload in a real browser: the script runs under the page's policy.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use quarterdeck::publish::bundle::Bundle;
use quarterdeck::serve::Server;
use quarterdeck::site::route::Route;

mod chromium;

fn site(month: &str) -> Bundle {
    let mut bundle = Bundle::default();
    let page = format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><title>{month}</title>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'\">\
         <link rel=\"stylesheet\" href=\"look.css\"></head>\
         <body><h1 id=\"{month}\">{month}</h1></body></html>"
    );
    let style = "body { height: 9000px }".to_owned();
    for (path, text) in [("index.html", page), ("look.css", style)] {
        let route = Route::Attachment(Box::new(Route::Overview), path.to_owned());
        bundle.insert(route.path(), text.into_bytes()).unwrap();
    }
    bundle
}

#[test]
fn an_open_page_reloads_and_keeps_its_place() {
    let Some(browser) = chromium::start("an_open_page_reloads_and_keeps_its_place") else {
        return;
    };
    let server = Arc::new(Server::bind(Some(0)).unwrap());
    server.publish(site("october"));
    let running = Arc::clone(&server);
    let thread = thread::spawn(move || running.run());

    let tab = browser.new_tab().unwrap();
    tab.set_default_timeout(Duration::from_secs(60));
    tab.navigate_to(&server.url()).unwrap();
    tab.wait_until_navigated().unwrap();
    tab.wait_for_element("#october").unwrap();
    tab.evaluate("scrollTo(0, 4000)", false).unwrap();
    server.publish(site("november"));
    tab.wait_for_element("#november").unwrap();
    let place = "new Promise((done) => { const look = () => \
                 scrollY === 4000 ? done(true) : setTimeout(look, 20); look(); })";
    let kept = tab.evaluate(place, true).unwrap().value;
    assert_eq!(kept.and_then(|value| value.as_bool()), Some(true));

    server.stop();
    thread.join().unwrap().unwrap();
}
