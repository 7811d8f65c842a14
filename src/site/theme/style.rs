//! The site's one style sheet, joined from its parts.

use std::collections::BTreeMap;

use memchr::memmem;

/// The parts of the default's style sheet, in the order in which they are
/// joined: one file is published, as each that a page asks for is a wait. The
/// variables come first; what gives way on narrow screens and on paper follows
/// what it is taken from.
const STYLES: [&str; 14] = [
    "variables.css",
    "base.css",
    "pages.css",
    "graduation.css",
    "fit-check.css",
    "present.css",
    "prose.css",
    "search.css",
    "narrow.css",
    "print.css",
    "chart.css",
    "programme.css",
    "programme-narrow.css",
    "programme-print.css",
];

/// The one style sheet that is published: the parts in order, then a theme's
/// own, each taken out of the assets.
pub(super) fn joined(assets: &mut BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut names: Vec<String> = STYLES.iter().map(|name| (*name).to_owned()).collect();
    names.extend(
        assets
            .keys()
            .filter(|name| name.ends_with(".css") && !STYLES.contains(&&***name))
            .cloned(),
    );
    let sheets = names.iter().filter_map(|name| assets.remove(name));
    without_comments(&sheets.collect::<Vec<_>>().join(&b'\n'))
}

/// A style sheet without its comments and indents, which are for those who
/// write it. What stands in quotes is left as it is.
fn without_comments(css: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(css.len());
    let mut rest = css;
    loop {
        if matches!(out.last(), None | Some(b'\n')) {
            let blank = |byte: &u8| matches!(byte, b' ' | b'\n');
            rest = &rest[length_of(rest, blank)..];
        }
        let plain = |byte: &u8| !matches!(byte, b'/' | b'"' | b'\'' | b'\n');
        let kept = match rest {
            [] => return out,
            [b'/', b'*', comment @ ..] => {
                let end = memmem::find(comment, b"*/");
                rest = end.map_or(&[], |end| &comment[end + 2..]);
                continue;
            }
            [b'"' | b'\'', ..] => length_of_quoted(rest),
            [b'\n', ..] => 1,
            [_, ..] => 1 + length_of(&rest[1..], plain),
        };
        out.extend(&rest[..kept]);
        rest = &rest[kept..];
    }
}

/// How many bytes it begins with that are so.
fn length_of(css: &[u8], are_so: impl Fn(&u8) -> bool) -> usize {
    let end = css.iter().position(|byte| !are_so(byte));
    end.unwrap_or(css.len())
}

/// How long what it begins with in quotes is, with these.
fn length_of_quoted(css: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = css.get(at) {
        match byte {
            b'\\' => at += 2,
            byte if *byte == css[0] => return at + 1,
            _ => at += 1,
        }
    }
    css.len()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::site::theme::embedded;

    /// A part as the theme has it.
    fn part(name: &str) -> String {
        let path = format!("assets/{name}");
        let mut files = embedded::files().into_iter();
        let file = files.find(|file| file.path == path).unwrap();
        String::from_utf8(file.bytes.to_vec()).unwrap()
    }

    /// A part of the style sheet without its comments and without the rules
    /// of sheets of paper: the boxes of a sheet's margin read no variables.
    fn rules(name: &str) -> String {
        let mut kept = String::new();
        let mut in_sheet = false;
        for line in part(name).lines() {
            in_sheet |= line.starts_with("@page");
            if !in_sheet {
                kept.push_str(line);
                kept.push('\n');
            }
            in_sheet &= line != "}";
        }
        String::from_utf8(without_comments(kept.as_bytes())).unwrap()
    }

    /// Every `property: value` of a part.
    fn declarations(css: &str) -> Vec<(&str, &str)> {
        css.split(['{', '}', ';'])
            .filter_map(|piece| piece.trim().split_once(": "))
            .filter(|(property, _)| !property.contains([' ', '.', '@', '(']))
            .collect()
    }

    fn names_after<'a>(css: &'a str, mark: &str) -> BTreeSet<&'a str> {
        css.split(mark)
            .skip(1)
            .map(|rest| {
                let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
                &rest[..end.unwrap_or(rest.len())]
            })
            .collect()
    }

    #[test]
    fn the_variables_alone_hold_colours_and_sizes_of_type() {
        for name in STYLES.iter().filter(|name| **name != "variables.css") {
            let css = rules(name);
            for (property, value) in declarations(&css) {
                let painted =
                    value.contains('#') || value.contains("rgb(") || value.contains("hsl(");
                assert!(!painted, "{name}: {property}: {value}");
                let of_type = matches!(property, "font" | "font-size");
                // The present view's type grows with its screen.
                if !of_type || value.starts_with("clamp(") {
                    continue;
                }
                let size = value.split_once('/').map_or(value, |(size, _)| size);
                let units = ["px", "pt", "rem", "vw"];
                let literal = units.iter().any(|unit| size.contains(unit));
                assert!(!literal, "{name}: {property}: {value}");
            }
        }
    }

    #[test]
    fn every_variable_is_there_and_is_used() {
        let css: String = STYLES.iter().map(|name| rules(name)).collect();
        let used = names_after(&css, "var(--");
        let known: BTreeSet<&str> = declarations(&css)
            .into_iter()
            .filter_map(|(property, _)| property.strip_prefix("--"))
            .collect();
        let unknown: Vec<_> = used.difference(&known).collect();
        assert!(unknown.is_empty(), "not defined: {unknown:?}");
        let idle: Vec<_> = known.difference(&used).collect();
        assert!(idle.is_empty(), "not used: {idle:?}");
    }

    #[test]
    fn every_part_is_in_the_theme_and_is_small_enough_to_read() {
        for name in STYLES {
            let lines = part(name).lines().count();
            assert!(lines < 500, "{name} has {lines} lines");
        }
    }

    #[test]
    fn comments_and_indents_are_not_published() {
        let published = |css: &str| String::from_utf8(without_comments(css.as_bytes())).unwrap();
        let written = "/* a */\n\np {\n  color: red; /* b */\n}\n";
        assert_eq!(published(written), "p {\ncolor: red; \n}\n");
        let kept = "p::after { content: \"/* \\\" */\"; }\n";
        assert_eq!(published(kept), kept);
        assert_eq!(published("p {} /* never closed"), "p {} ");
    }

    #[test]
    fn a_theme_replaces_a_part_and_adds_sheets_after_the_others() {
        let mut assets: BTreeMap<String, Vec<u8>> = STYLES
            .iter()
            .map(|name| ((*name).to_owned(), part(name).into_bytes()))
            .collect();
        assets.insert("base.css".to_owned(), b"html { color: teal }".to_vec());
        assets.insert("house.css".to_owned(), b"h1 { color: navy }".to_vec());
        assets.insert("logo.png".to_owned(), Vec::new());
        let css = String::from_utf8(joined(&mut assets)).unwrap();
        assert!(css.contains("--size-15: 15px") && css.contains("html { color: teal }"));
        assert!(!css.contains("box-sizing"));
        assert!(css.ends_with("h1 { color: navy }"));
        assert_eq!(assets.keys().collect::<Vec<_>>(), ["logo.png"]);
    }
}
