//! The script that reloads a page and shows faults over it, added to the page
//! on its way out.
//!
//! What it shows over a page has its style from the script, which no policy
//! keeps back: it is put together through the page's objects, never as markup.
//! The published pages allow no such script; the served copy's policy is
//! widened for it, and nothing else in the page changes.

use crate::publish::policy::{self, policies};

/// What answers at [`SCRIPT_PATH`].
pub(super) const SCRIPT: &str = include_str!("reload.js");
pub(super) const SCRIPT_PATH: &str = "/_quarterdeck/reload.js";

/// What a page is of, as its script asks for newer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown<'a> {
    /// The site's number on this server; none for the page that lists them.
    pub(super) site: Option<usize>,
    /// The name of the build.
    pub(super) build: &'a str,
}

/// What the script needs of a policy.
const NEEDED: [&str; 2] = ["script-src", "connect-src"];

/// A page with the reload script at the end of its body, and with content
/// security policies that let the script run and ask.
pub(super) fn with_reload(html: &[u8], shown: Shown<'_>) -> Vec<u8> {
    let Ok(html) = str::from_utf8(html) else {
        return html.to_owned();
    };
    let mut out = String::with_capacity(html.len() + 200);
    let mut done = 0;
    for (range, policy) in policies(html) {
        out.push_str(&html[done..range.start]);
        out.push('"');
        out.push_str(&policy::escaped(&widened(&policy)));
        out.push('"');
        done = range.end;
    }
    let rest = &html[done..];
    let end = last_of(rest, "</body").unwrap_or(rest.len());
    out.push_str(&rest[..end]);
    out.push_str("<script src=\"");
    out.push_str(SCRIPT_PATH);
    if let Some(site) = shown.site {
        out.push_str(&format!("\" data-site=\"{site}"));
    }
    out.push_str("\" data-build=\"");
    out.push_str(shown.build);
    out.push_str("\"></script>");
    out.push_str(&rest[end..]);
    out.into_bytes()
}

/// The first policy that a page states in a `meta` element.
pub(super) fn policy_of(html: &[u8]) -> Option<String> {
    let html = str::from_utf8(html).ok()?;
    Some(policies(html).into_iter().next()?.1)
}

/// A policy with the site's own scripts and connections added.
fn widened(policy: &str) -> String {
    let mut directives = policy::directives(policy);
    let named = |directive: &[&str], name: &str| directive[0].eq_ignore_ascii_case(name);
    for name in NEEDED {
        if !directives.iter().any(|directive| named(directive, name)) {
            directives.push(vec![name]);
        }
    }
    for directive in &mut directives {
        // Where it is there, it is asked in place of `script-src`.
        let needed = [NEEDED[0], NEEDED[1], "script-src-elem"];
        if !needed.iter().any(|name| named(directive, name)) {
            continue;
        }
        directive.retain(|source| !source.eq_ignore_ascii_case("'none'"));
        if !directive.contains(&"'self'") {
            directive.push("'self'");
        }
    }
    policy::joined(&directives)
}

/// Where they stand last: a script or comment may hold them earlier.
fn last_of(html: &str, tag: &str) -> Option<usize> {
    let mut windows = html.as_bytes().windows(tag.len());
    windows.rposition(|window| window.eq_ignore_ascii_case(tag.as_bytes()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SCRIPT_TAG: &str =
        r#"<script src="/_quarterdeck/reload.js" data-site="0" data-build="1"></script>"#;

    const SHOWN: Shown = Shown {
        site: Some(0),
        build: "1",
    };

    fn reloading(html: &str) -> String {
        String::from_utf8(with_reload(html.as_bytes(), SHOWN)).unwrap()
    }

    #[test]
    fn a_page_gets_the_script_and_a_policy_that_allows_it() {
        let page = |policy: &str, script: &str| {
            format!(
                "<!doctype html><html><head><meta charset=\"utf-8\">\n\
                 <meta http-equiv=\"Content-Security-Policy\" content={policy}>\n\
                 <title>é</title></head><body><p>x</p>{script}</body></html>"
            )
        };
        let strict = "\"default-src 'none'; style-src 'self'; img-src 'self'\"";
        let wide = "\"default-src 'none'; style-src 'self'; img-src 'self'; \
                    script-src 'self'; connect-src 'self'\"";
        assert_eq!(reloading(&page(strict, "")), page(wide, SCRIPT_TAG));
        let escaped = strict.replace('\'', "&#x27;");
        assert_eq!(reloading(&page(&escaped, "")), page(wide, SCRIPT_TAG));
        assert_eq!(
            policy_of(page(strict, "").as_bytes()).unwrap(),
            strict.replace('"', "")
        );
    }

    #[test]
    fn only_what_the_script_needs_is_widened() {
        for (policy, expected) in [
            ("", "script-src 'self'; connect-src 'self'"),
            (
                "default-src 'none'; script-src 'sha256-abc='; connect-src 'none'",
                "default-src 'none'; script-src 'sha256-abc=' 'self'; connect-src 'self'",
            ),
            (
                "Script-Src 'self';; Connect-Src 'self' ;",
                "Script-Src 'self'; Connect-Src 'self'",
            ),
            (
                "script-src-elem 'none'",
                "script-src-elem 'self'; script-src 'self'; connect-src 'self'",
            ),
        ] {
            assert_eq!(widened(policy), expected);
        }
    }

    #[test]
    fn however_a_policy_is_written_it_is_found() {
        for tag in [
            "<META CONTENT='default-src x' HTTP-EQUIV=content-security-policy>",
            "<meta data-x http-equiv = \"Content-Security-Policy\"\ncontent = \"default-src x\" />",
            "<meta name=a content=b><meta http-equiv='Content-Security-Policy' content='default-src x'>",
            "<meta content='a > b' name=c><meta content='default-src x' http-equiv='content-security-policy'/>",
        ] {
            assert_eq!(
                policy_of(tag.as_bytes()).as_deref(),
                Some("default-src x"),
                "{tag}"
            );
        }
        for tag in [
            "<meta http-equiv=refresh content=x>",
            "<meta name=content-security-policy>",
        ] {
            assert_eq!(policy_of(tag.as_bytes()), None, "{tag}");
        }
    }

    #[test]
    fn the_script_goes_before_the_last_end_of_the_body() {
        assert_eq!(reloading("a"), format!("a{SCRIPT_TAG}"));
        assert_eq!(
            reloading("<!-- </body> --></BODY></html>"),
            format!("<!-- </body> -->{SCRIPT_TAG}</BODY></html>")
        );
        assert_eq!(with_reload(b"\xff</body>", SHOWN), b"\xff</body>");
    }

    proptest! {
        #[test]
        fn no_page_panics(html in "(<meta|http-equiv|content|=|'|\"|>|/| |Content-Security-Policy|;|é|</body){0,30}") {
            prop_assert!(reloading(&html).contains(SCRIPT_TAG));
        }
    }
}
