//! What the site answers to a request: from the bundle alone, so no path leads
//! to a file on disk.

use super::content_type::{HTML, TEXT, content_type};
use super::own_page;
use super::reload::{self, Shown};
use crate::publish::bundle::Bundle;
use crate::site::route::SitePath;

/// A response before it is sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    pub(super) body: Vec<u8>,
    /// The content security policy.
    pub(super) policy: String,
    /// Where a redirection leads.
    pub(super) location: Option<String>,
}

/// For a page that states no policy of its own.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
                           script-src 'self'; connect-src 'self'";
/// For anything that isn't a page. A picture in SVG may style itself.
const FILE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";
/// What a page can't state in its `meta` element.
const FRAME_POLICY: &str = "frame-ancestors 'none'";

/// The answer to a request for a page or file of a site at `prefix`. `target`
/// is the path below it, and a query, as they were sent.
pub(super) fn answer(bundle: &Bundle, prefix: &str, shown: Shown<'_>, target: &str) -> Answer {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let Some(path) = percent_decoded(path) else {
        return Answer::text(400, "This is not a path of the site.\n");
    };
    let mut file = path.clone();
    if file.is_empty() || file.ends_with('/') {
        file.push_str("index.html");
    }
    if let Some(bytes) = bundle.get(&file) {
        return Answer::file(&file, bytes, shown);
    }
    if bundle.get(&format!("{path}/index.html")).is_some() {
        return Answer::moved(format!("{prefix}{}/", percent_encoded(&path)));
    }
    Answer::page(404, own_page::not_found(prefix).as_bytes(), shown)
}

/// Whether a `Host` header names this server. Any other name leads here only
/// if somebody's page made it resolve to the loopback address, to read the
/// site with the reader's browser.
pub(super) fn is_own_host(host: &str, port: u16) -> bool {
    let (name, given) = match host.rsplit_once(':') {
        Some((name, given)) if !given.ends_with(']') => (name, given),
        _ => (host, "80"),
    };
    let names = ["127.0.0.1", "localhost", "[::1]"];
    given == port.to_string() && names.iter().any(|own| name.eq_ignore_ascii_case(own))
}

impl Answer {
    pub(super) fn text(status: u16, text: &str) -> Answer {
        Answer::plain(status, TEXT, text.as_bytes())
    }

    /// A redirection for good.
    pub(super) fn moved(location: String) -> Answer {
        let mut answer = Answer::text(308, "");
        answer.location = Some(location);
        answer
    }

    /// One of the server's own files.
    pub(super) fn own(name: &str, text: &str) -> Answer {
        Answer::plain(200, content_type(name), text.as_bytes())
    }

    /// A page that learns of what comes after it.
    pub(super) fn page(status: u16, html: &[u8], shown: Shown<'_>) -> Answer {
        Answer::html(status, reload::with_reload(html, shown))
    }

    fn plain(status: u16, kind: &'static str, bytes: &[u8]) -> Answer {
        Answer {
            status,
            kind,
            body: bytes.to_owned(),
            policy: format!("{FILE_POLICY}; {FRAME_POLICY}"),
            location: None,
        }
    }

    fn file(path: &str, bytes: &[u8], shown: Shown<'_>) -> Answer {
        let kind = content_type(path);
        if kind != HTML {
            return Answer::plain(200, kind, bytes);
        }
        if SitePath::is_frozen(path) {
            // What is saved from here can be proved.
            return Answer::html(200, bytes.to_owned());
        }
        Answer::page(200, bytes, shown)
    }

    fn html(status: u16, body: Vec<u8>) -> Answer {
        let mut answer = Answer::plain(status, HTML, &[]);
        // The same as in the page: of two policies a browser takes what both
        // allow.
        let policy = reload::policy_of(&body).filter(|policy| fits_a_header(policy));
        let policy = policy.unwrap_or_else(|| PAGE_POLICY.to_owned());
        answer.policy = format!("{policy}; {FRAME_POLICY}");
        answer.body = body;
        answer
    }
}

fn fits_a_header(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// A path as text; `None` if an escape is bent or it is no text.
fn percent_decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let value = digit()? * 16 + digit()?;
        bytes.push(u8::try_from(value).ok()?);
    }
    let text = String::from_utf8(bytes).ok()?;
    (!text.chars().any(char::is_control)).then_some(text)
}

fn percent_encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::site::route::Route;
    use crate::source::SnapshotFile;

    fn bundle() -> Bundle {
        let mut bundle = Bundle::default();
        for path in ["index.html", "kpis/index.html", "a b/index.html", "ü.txt"] {
            let route = Route::Attachment(Box::new(Route::Overview), path.to_owned());
            bundle.insert(route.path(), b"x".to_vec()).unwrap();
        }
        bundle
    }

    const SHOWN: Shown = Shown {
        site: Some(0),
        build: "1",
    };

    #[test]
    fn paths_lead_to_files_folders_and_nowhere_else() {
        for (target, status) in [
            ("/", 200),
            ("/?month=10", 200),
            ("/index.html#top", 200),
            ("/kpis/", 200),
            ("/kpis", 308),
            ("/%6Bpis/index.html", 200),
            ("/%C3%BC.txt", 200),
            ("/a%20b/", 200),
            ("/ü.txt/", 404),
            ("//", 404),
            ("//kpis", 404),
            ("/../etc/passwd", 404),
            ("/..%2f..%2fetc/passwd", 404),
            ("/kpis/..", 404),
            ("/index.html/", 404),
            ("/INDEX.html", 404),
            ("/%", 400),
            ("/%4", 400),
            ("/%zz", 400),
            ("/%+1", 400),
            ("/%ff", 400),
            ("/index.html%00", 400),
            ("/%0d%0aX:y", 400),
        ] {
            let below = target.strip_prefix('/').unwrap();
            let answer = answer(&bundle(), "/", SHOWN, below);
            assert_eq!(answer.status, status, "{target}");
        }
        let folder = answer(&bundle(), "/", SHOWN, "a%20b?x");
        assert_eq!(folder.location.as_deref(), Some("/a%20b/"));
        let folder = answer(&bundle(), "/kestrel/", SHOWN, "a%20b?x");
        assert_eq!(folder.location.as_deref(), Some("/kestrel/a%20b/"));
    }

    #[test]
    fn a_frozen_memo_is_answered_as_it_is() {
        let memo = Route::Frozen("2026-q3-abc".to_owned(), SnapshotFile::Memo);
        let bytes = b"<html><head></head><body>x</body></html>";
        let mut bundle = bundle();
        bundle.insert(memo.path(), bytes.to_vec()).unwrap();
        let answer = answer(&bundle, "/", SHOWN, "board/2026-q3-abc/");
        assert_eq!((answer.status, &*answer.body), (200, &bytes[..]));
    }

    #[test]
    fn only_this_server_is_its_host() {
        for host in [
            "127.0.0.1:4242",
            "localhost:4242",
            "LOCALHOST:4242",
            "[::1]:4242",
        ] {
            assert!(is_own_host(host, 4242), "{host}");
        }
        for host in [
            "",
            "localhost",
            "[::1]",
            "127.0.0.1",
            "localhost:80",
            "localhost:04242",
            "evil:4242",
            "localhost.evil:4242",
            "127.0.0.1:4242:4242",
            "127.0.0.2:4242",
            "::1:4242",
        ] {
            assert!(!is_own_host(host, 4242), "{host}");
        }
        assert!(is_own_host("localhost", 80) && is_own_host("[::1]", 80));
    }

    proptest! {
        #[test]
        fn what_is_encoded_decodes(path in "\\PC{0,30}") {
            prop_assert_eq!(percent_decoded(&percent_encoded(&path)), Some(path));
        }
    }
}
