//! A page before it is sealed, and the shell that stands in its place.

use sha2::{Digest, Sha256};

use super::envelope::base64;
use crate::publish::bundle::Bundle;
use crate::publish::links::resolved;
use crate::publish::policy::{self, policies};
use crate::site::page::view::Markup;
use crate::site::page::view::sealed::SealedPage;
use crate::site::route::SitePath;
use crate::site::theme::Theme;

/// What the shell itself loads, and what the script needs once a page is open:
/// it fetches sealed files and shows pictures from memory.
const SHELL: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                     img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/// Directives and sources that a page needs on top of its own.
const NEEDED: [(&str, &str); 2] = [("img-src", "blob:"), ("connect-src", "'self'")];

/// The shell of a page. `html` is the page that is in the envelope.
pub(super) fn shell(path: &SitePath, html: &str, envelope: String, theme: &Theme) -> SealedPage {
    SealedPage {
        csp: around(html),
        stylesheet: path.link_to(&theme.unlock_style.0),
        script: path.link_to(&theme.unlock_script.0),
        sum: base64(&Sha256::digest(envelope.as_bytes())),
        envelope: Markup(envelope),
    }
}

/// The shell's policy. It stays in force when the page takes the shell's
/// place, beside the page's own: what the page allows itself, such as a style
/// by its hash, the shell has to allow too. The page's own holds it all the
/// same.
fn around(html: &str) -> String {
    let mut shell = policy::directives(SHELL);
    let within = policies(html);
    for (_, policy) in &within {
        for directive in policy::directives(policy) {
            let sources = directive[1..].iter().filter(|source| **source != "'none'");
            let Some(own) = shell.iter_mut().find(|own| own[0] == directive[0]) else {
                shell.push(directive);
                continue;
            };
            for source in sources {
                if !own.contains(source) {
                    own.retain(|source| *source != "'none'");
                    own.push(source);
                }
            }
        }
    }
    policy::joined(&shell)
}

/// The page as it will be once it is open.
pub(super) fn opened(bundle: &Bundle, path: &SitePath, html: &str) -> String {
    pictures_aside(bundle, path, &with_room(html))
}

/// The page with a policy that lets the script fetch and show what is sealed.
fn with_room(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 100);
    let mut done = 0;
    for (range, policy) in policies(html) {
        let mut directives = policy::directives(&policy);
        for (name, source) in NEEDED {
            match directives.iter_mut().find(|directive| directive[0] == name) {
                Some(directive) => {
                    directive.retain(|source| *source != "'none'");
                    if !directive.contains(&source) {
                        directive.push(source);
                    }
                }
                None => directives.push(vec![name, source]),
            }
        }
        out.push_str(&html[done..range.start]);
        out.push('"');
        out.push_str(&policy::escaped(&policy::joined(&directives)));
        out.push('"');
        done = range.end;
    }
    out.push_str(&html[done..]);
    out
}

/// The page with the pictures that are sealed named in `data-sealed-src`.
fn pictures_aside(bundle: &Bundle, path: &SitePath, html: &str) -> String {
    const SRC: &str = " src=\"";
    let mut out = String::with_capacity(html.len() + 100);
    let mut done = 0;
    // Every page is ours: a `>` in an attribute is escaped, and attributes are
    // in double quotes.
    for (at, _) in html.match_indices("<img ") {
        let tag = html[at..].split('>').next().unwrap_or_default();
        let Some(start) = tag.find(SRC) else {
            continue;
        };
        let value = tag[start + SRC.len()..]
            .split('"')
            .next()
            .unwrap_or_default();
        let target = resolved(path.as_str(), &value.replace("&amp;", "&"));
        let sealed = target.is_some_and(|target| {
            let mut files = bundle.iter();
            files.any(|(path, _)| path.as_str() == target && !path.is_general())
        });
        if sealed {
            out.push_str(&html[done..at + start]);
            out.push_str(" data-sealed-src=\"");
            done = at + start + SRC.len();
        }
    }
    out.push_str(&html[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::route::Route;

    fn page(policy: &str) -> String {
        format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"><p>x</p>")
    }

    #[test]
    fn a_page_keeps_its_policy_and_gets_what_opening_needs() {
        assert_eq!(
            with_room(&page(
                "default-src 'none'; style-src 'self'; img-src 'self'"
            )),
            page("default-src 'none'; style-src 'self'; img-src 'self' blob:; connect-src 'self'")
        );
        assert_eq!(
            with_room(&page("default-src 'none'; connect-src 'none'")),
            page("default-src 'none'; connect-src 'self'; img-src blob:")
        );
    }

    #[test]
    fn the_shell_allows_what_the_page_within_allows_itself() {
        assert_eq!(around("<p>x</p>"), SHELL);
        let memo =
            page("default-src 'none'; style-src 'sha256-abc='; font-src data:; base-uri 'none'");
        let policy = around(&memo);
        assert!(
            policy.contains("style-src 'self' 'sha256-abc=';"),
            "{policy}"
        );
        assert!(policy.ends_with("; font-src data:"), "{policy}");
        assert!(policy.contains("default-src 'none';"), "{policy}");
        assert!(policy.contains("base-uri 'none'"), "{policy}");
    }

    #[test]
    fn only_sealed_pictures_are_left_to_the_script() {
        let page = Route::FreePage("rates".to_owned());
        let picture = Route::Attachment(Box::new(page.clone()), "a&b.png".to_owned());
        let mut bundle = Bundle::default();
        bundle.insert(picture.path(), Vec::new()).unwrap();
        let logo = Route::Asset("logo.svg".to_owned());
        bundle.insert(logo.path(), Vec::new()).unwrap();
        let html = "<img alt=\"x\" src=\"a&amp;b.png\"><img src=\"../assets/logo.svg\"><img src=\"gone.png\"><img alt=\"\">";
        assert_eq!(
            pictures_aside(&bundle, &page.path(), html),
            html.replacen(" src=", " data-sealed-src=", 1)
        );
    }
}
