//! Paths that mean to get past a server: out of the folder, to what is hidden,
//! or from what the board may read to what it may not.

use super::reply::{Reply, Who};
use super::server::Server;
use super::site::{MEMO, SECRET, Site, is_for_board};

/// Ways to ask for a file outside the site, or a hidden one in it.
const OUT: [&str; 41] = [
    "/../outside.txt",
    "/..%2foutside.txt",
    "/%2e%2e/outside.txt",
    "/%2e%2e%2foutside.txt",
    "/.%2e/outside.txt",
    "/..%5coutside.txt",
    "/..\\outside.txt",
    "/..%252foutside.txt",
    "/%252e%252e/outside.txt",
    "/kpis/../../outside.txt",
    "/kpis/..%2f..%2foutside.txt",
    "/assets/..%2f..%2foutside.txt",
    "/%c0%ae%c0%ae/outside.txt",
    "//outside.txt",
    "//etc/passwd",
    "/etc/passwd",
    "/%2fetc%2fpasswd",
    "/....//....//outside.txt",
    "/..;/outside.txt",
    "/outside.txt",
    "/%00",
    "/index.html%00.png",
    "/.quarterdeck%00.html",
    "/%2equarterdeck",
    "//.quarterdeck",
    "/kpis/../.quarterdeck",
    "/kpis/..%2f.quarterdeck",
    "/.quarterdeck/",
    "/.quarterdeck?x=.html",
    "/%",
    "/%zz",
    "/%0d%0aX-Injected:%20yes",
    "*",
    "outside.txt",
    "../outside.txt",
    "file:///etc/passwd",
    "http://kestrel.example.org/..%2foutside.txt",
    "http://kestrel.example.org/.quarterdeck",
    "http://elsewhere.example/.quarterdeck",
    "http://elsewhere.example/",
    "http:///",
];

/// Whatever path is asked for, by anybody.
pub fn no_path_leads_out_or_around(site: &Site, server: &Server) {
    let memo = format!("/board/{MEMO}/");
    let long = format!("/{}", "a/../".repeat(20_000));
    let name = "b".repeat(5000);
    let around = [
        "../../index.html",
        "..%2f..%2findex.html",
        "%2e%2e/%2e%2e/index.html",
        "%2e%2e%2f%2e%2e%2findex.html",
        "..%5c..%5cindex.html",
        "..\\..\\index.html",
        "../index.html",
        "..%2findex.html",
        "../",
        "..",
        "../../",
        "../../data/kpis.csv",
        "..%2f..%2fdata%2fkpis.csv",
        "./../../data/kpis.csv",
        ".//../../data/kpis.csv",
        "index.html/../../../index.html",
        "index.html%00/../../../index.html",
        "..;/..;/index.html",
        "deeper/page.html",
        "deeper%2fpage.html",
        ".hidden",
        "%2ehidden",
        "index.html/../.hidden",
    ]
    .map(|rest| format!("{memo}{rest}"));
    let more = [
        "/board//index.html".to_owned(),
        "/board/./index.html".to_owned(),
        "/board/x/../index.html".to_owned(),
        "/board/%2e/index.html".to_owned(),
        "/board/..%2findex.html".to_owned(),
        "/board%2f..%2findex.html".to_owned(),
        "/BOARD/index.html".to_owned(),
        format!("/board/../board/{MEMO}/../index.html"),
        format!("http://kestrel.example.org{memo}../../index.html"),
        format!("http://kestrel.example.org{memo}..%2f..%2findex.html"),
        format!("http://elsewhere.example{memo}../../index.html"),
        format!("/index.html?{memo}"),
        format!("/index.html#{memo}"),
        format!("/index.html;{memo}"),
        format!("/index.html%3f{memo}"),
        format!("/kpis/..{memo}../../index.html"),
        format!("/%0a{memo}"),
        format!("/index.html%0a{memo}"),
        format!("{memo}%0a../../index.html"),
    ];
    let out = OUT.iter().map(|target| (*target).to_owned());
    let targets = out.chain([long, name]);
    for target in targets.chain(around).chain(more) {
        for who in [Who::Nobody, Who::Board, Who::Leadership] {
            let reply = server.ask(&target, who);
            let shown: String = target.chars().take(80).collect();
            gives_nothing_it_should_not(site, &shown, who, &reply);
        }
    }
}

/// Whatever the answer to a trick is, it is a file of the site's that the
/// reader may have, or none.
fn gives_nothing_it_should_not(site: &Site, target: &str, who: Who, reply: &Reply) {
    let text = String::from_utf8_lossy(&reply.body);
    assert!(
        !text.contains(SECRET) && !text.contains("root:") && !text.contains("Format 1"),
        "{target} for {who:?}: {text}"
    );
    let injected = reply.header("X-Injected");
    assert_eq!(injected, None, "{target}");
    if let Some(location) = reply.header("Location") {
        assert!(
            location.starts_with('/') && !location.starts_with("//"),
            "{target} leads to {location}"
        );
        assert_eq!(who, Who::Leadership, "{target} leads to {location}");
    }
    let file = site
        .files
        .iter()
        .find(|(_, bytes)| !bytes.is_empty() && **bytes == reply.body);
    let given = file.map(|(path, _)| format!("/{path}"));
    match who {
        Who::Nobody | Who::Wrong => {
            assert_eq!(given, None, "{target}");
            // An empty 200 is Caddy's word for a name that isn't its own.
            assert!(
                matches!(reply.status, 0 | 400 | 401 | 414 | 431) || reply.body.is_empty(),
                "{target}: {}",
                reply.status
            );
        }
        Who::Board => assert!(
            given.as_deref().is_none_or(is_for_board),
            "{target} gives {given:?}"
        ),
        Who::Leadership => assert!(
            given.is_some() || reply.status != 200 || reply.body.is_empty(),
            "{target}: {text}"
        ),
    }
}
