//! A theme's own style sheets, held against what pages may load and what the
//! default's sheets use.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::embedded;
use super::loading::leads_out;
use crate::diagnostic::{Diagnostic, Report, SourceFile, Span, nearest};

/// What a style sheet is held against.
pub(super) struct Known<'k> {
    /// The theme's files below `assets/` that are published under their own
    /// names.
    pub(super) assets: &'k BTreeSet<&'k str>,
    /// The style variables that anything uses.
    pub(super) variables: &'k BTreeSet<String>,
}

/// Reports what is wrong with a style sheet. `alone` if it stands within a
/// file that loads nothing: the memo's.
pub(super) fn check(file: &Arc<SourceFile>, alone: bool, known: &Known<'_>, report: &mut Report) {
    for (range, message, help) in faults(&file.text, alone, known) {
        let fault = Diagnostic::error("style", message);
        report.push(fault.at(&Span::new(file, range), "").help(help));
    }
}

type Fault = (Range<usize>, String, String);

/// How much of an address is told, in characters.
const LONGEST_TARGET: usize = 200;

fn faults(css: &str, alone: bool, known: &Known<'_>) -> Vec<Fault> {
    let plain = blanked(css);
    let mut found: Vec<Fault> = plain.open.into_iter().collect();
    found.extend(loads(css, &plain.text, alone, known));
    for range in declared(&plain.text) {
        let name = &css[range.clone()];
        if known.variables.contains(name) {
            continue;
        }
        let help = match nearest(name, known.variables.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "docs/themes.md lists the variables that can be set".to_owned(),
        };
        found.push((
            range.clone(),
            format!("nothing uses the variable `{name}`"),
            help,
        ));
    }
    found
}

/// Whatever a browser would load for a sheet and the pages' policy forbids.
fn loads(css: &str, plain: &str, alone: bool, known: &Known<'_>) -> Vec<Fault> {
    let mut found = Vec::new();
    let lower = plain.to_ascii_lowercase();
    for (word, message, help) in [
        (
            "@import",
            "a style sheet can't import another",
            "every sheet below assets/ is joined to the default's by itself",
        ),
        (
            "@font-face",
            "no page may load a font",
            "name one that readers have in `--serif` or `--sans`",
        ),
        (
            "image-set(",
            "`image-set` isn't offered",
            "use `url(…)` with a picture below assets/",
        ),
    ] {
        let at = lower.match_indices(word).map(|(at, _)| at..at + word.len());
        found.extend(at.map(|range| (range, message.to_owned(), help.to_owned())));
    }
    let mut end = 0;
    for (at, _) in lower.match_indices("url(") {
        if found.len() > Report::MOST_OF_A_FILE {
            break;
        }
        let start = at + "url(".len();
        // The next `)` may be the last one's too: a sheet of these alone is
        // still read once.
        if end < start {
            end = css[start..].find(')').map_or(css.len(), |end| start + end);
        }
        let target = css[start..end].trim().trim_matches(['"', '\'']).trim();
        // One that is never closed goes on to the end of the sheet.
        let cut = target.char_indices().nth(LONGEST_TARGET);
        let target = cut.map_or(target, |(cut, _)| &target[..cut]);
        let (message, help) = if alone {
            (
                format!("the memo loads nothing, so not `{target}` either"),
                "take it out".to_owned(),
            )
        } else if leads_out(target) {
            (
                format!("a page loads nothing from elsewhere, so not `{target}` either"),
                "put the picture below assets/ and name it by its path there".to_owned(),
            )
        } else if known.assets.contains(target) {
            continue;
        } else {
            let help = match nearest(target, known.assets.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name a picture by its path below the theme's assets/".to_owned(),
            };
            (format!("the theme has no asset `{target}`"), help)
        };
        found.push((at..end, message, help));
    }
    found
}

/// A style sheet with its comments and strings blanked, every place as it was.
struct Plain {
    text: String,
    /// What is never closed, or closed too often.
    open: Option<Fault>,
}

fn blanked(css: &str) -> Plain {
    let mut text = css.to_owned().into_bytes();
    let mut blocks: Vec<usize> = Vec::new();
    let mut open: Option<Fault> = None;
    let bytes = css.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (end, never) = match rest[0] {
            b'/' if rest.starts_with(b"/*") => {
                let end = css[at + 2..].find("*/").map(|end| at + end + 4);
                (end.unwrap_or(css.len()), end.is_none().then_some("comment"))
            }
            quote @ (b'"' | b'\'') => {
                let end = end_of_string(bytes, at, quote);
                (end.unwrap_or(css.len()), end.is_none().then_some("string"))
            }
            b'{' => {
                blocks.push(at);
                at += 1;
                continue;
            }
            b'}' => {
                if blocks.pop().is_none() && open.is_none() {
                    open = Some((
                        at..at + 1,
                        "this `}` closes nothing".to_owned(),
                        "take it out, or open what it closes".to_owned(),
                    ));
                }
                at += 1;
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        if let Some(what) = never {
            open = Some(unclosed(at, what));
        }
        // A string after `url(` is a path, and looked at in the text itself.
        text[at..end].fill(b' ');
        at = end;
    }
    if let (None, Some(block)) = (&open, blocks.pop()) {
        open = Some(unclosed(block, "`{`"));
    }
    Plain {
        text: String::from_utf8(text).unwrap_or_default(),
        open,
    }
}

fn unclosed(at: usize, what: &str) -> Fault {
    (
        at..at + 1,
        format!("this {what} is never closed"),
        "close it: all that follows is lost otherwise".to_owned(),
    )
}

/// Behind a string's end; none if its line ends first.
fn end_of_string(bytes: &[u8], from: usize, quote: u8) -> Option<usize> {
    let mut at = from + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'\n' => return None,
            byte if *byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}

/// The names of the variables that a sheet sets.
fn declared(plain: &str) -> Vec<Range<usize>> {
    let names = plain.match_indices("--").filter_map(|(at, _)| {
        let before = plain[..at].trim_end();
        if !(before.is_empty() || before.ends_with(['{', ';', '}'])) {
            return None;
        }
        let end = at + end_of_name(&plain[at..]);
        let colon = plain[end..].trim_start().starts_with(':');
        colon.then_some(at..end)
    });
    names.collect()
}

fn end_of_name(text: &str) -> usize {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.find(|c| !part(c)).unwrap_or(text.len())
}

/// The variables that a text uses.
pub(super) fn used(text: &str) -> impl Iterator<Item = String> + '_ {
    text.match_indices("var(").filter_map(|(at, _)| {
        let name = text[at + "var(".len()..].trim_start();
        let name = &name[..end_of_name(name)];
        name.starts_with("--").then(|| name.to_owned())
    })
}

/// The variables that the default theme sets or uses.
pub(super) fn of_default() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in embedded::files() {
        let text = file.text();
        names.extend(used(text));
        if file.path.ends_with(".css") {
            names.extend(
                declared(text)
                    .into_iter()
                    .map(|range| text[range].to_owned()),
            );
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(css: &str) -> Vec<String> {
        let assets = BTreeSet::from(["quay.svg"]);
        let known = Known {
            assets: &assets,
            variables: &of_default(),
        };
        let faults = faults(css, false, &known).into_iter();
        faults
            .map(|(range, message, _)| format!("{}: {message}", &css[range]))
            .collect()
    }

    #[test]
    fn what_pages_may_hold_passes() {
        for css in [
            "",
            ":root { --accent: #123456; --paper:red }\n@media (prefers-color-scheme: dark) { :root { --accent: #fff } }",
            "/* @import { */ a::before { content: \"}{ @import\"; background: url(quay.svg) }",
            "a { content: 'it\\'s'; background: URL( \"quay.svg\" ) }",
        ] {
            assert_eq!(told(css), [""; 0], "{css}");
        }
    }

    #[test]
    fn a_sheet_of_nothing_else_is_read_once() {
        let told = told(&"url(".repeat(100_000));
        assert!(told.len() <= Report::MOST_OF_A_FILE + 1, "{}", told.len());
        let longest = told.iter().map(|told| told.rsplit("url(").count()).max();
        assert!(longest > Some(1), "an address is told");
        assert!(declared(&"--".repeat(200_000)).is_empty());
    }

    #[test]
    fn what_would_load_or_be_lost_is_told() {
        for (css, expected) in [
            (
                "@import 'x.css';",
                "@import: a style sheet can't import another",
            ),
            (
                "a { b: url(https://x.test/y.png) }",
                "url(https://x.test/y.png: a page loads nothing",
            ),
            ("a { b: url(//x) }", "url(//x: a page loads nothing"),
            (
                "a { b: url(\"data:image/png;base64,x\") }",
                "url(\"data:image/png;base64,x\": a page loads",
            ),
            (
                "a { b: url(quai.svg) }",
                "url(quai.svg: the theme has no asset",
            ),
            (
                "@font-face { src: local(x) }",
                "@font-face: no page may load a font",
            ),
            (
                ":root { --acent: red }",
                "--acent: nothing uses the variable",
            ),
            (":root { --ink: red", "{: this `{` is never closed"),
            ("a {} }", "}: this `}` closes nothing"),
            ("a { b: url(c", "url(c: the theme has no asset `c`"),
            ("/* a", "/: this comment is never closed"),
            ("a { b: \"c\n }", "\": this string is never closed"),
        ] {
            let told = told(css);
            assert!(
                told.iter().any(|told| told.starts_with(expected)),
                "{css}: {told:?}"
            );
        }
    }
}
