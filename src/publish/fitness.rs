//! Whether a path can be a file on every disk and host a site may end up on.

/// The name of the file in an output folder that says whose it is.
pub(super) const MARKER: &str = ".quarterdeck";

/// The longest name that common file systems take, in bytes.
const LONGEST_PART: usize = 255;
const LONGEST_PATH: usize = 1024;

/// Why a path can't be published, if it can't.
pub(super) fn unfit(path: &str) -> Option<&'static str> {
    if path.len() > LONGEST_PATH {
        return Some("is longer than 1,024 bytes");
    }
    if fold(path.split('/').next().unwrap_or_default()) == MARKER {
        return Some("is the name of the file that marks an output folder");
    }
    path.split('/').find_map(unfit_part)
}

fn unfit_part(part: &str) -> Option<&'static str> {
    match part {
        "" => return Some("has an empty part"),
        "." | ".." => return Some("has a part `.` or `..`"),
        _ => {}
    }
    if part.len() > LONGEST_PART {
        return Some("has a part longer than 255 bytes");
    }
    if part.chars().any(char::is_control) {
        return Some("has a control character");
    }
    if part.contains(['\\', ':', '*', '?', '"', '<', '>', '|']) {
        return Some("has a character that Windows refuses in a name");
    }
    if part.ends_with(['.', ' ']) {
        return Some("has a part that ends in a dot or a space");
    }
    is_device(part).then_some("has a part that Windows takes for a device")
}

/// Windows opens a device for these names, whatever their suffix.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end();
    let stem = stem.to_ascii_lowercase();
    let numbered = stem
        .strip_prefix("com")
        .or_else(|| stem.strip_prefix("lpt"))
        .is_some_and(|port| {
            let mut chars = port.chars();
            matches!(chars.next(), Some('0'..='9' | '¹' | '²' | '³')) && chars.next().is_none()
        });
    numbered || matches!(&stem[..], "con" | "prn" | "aux" | "nul")
}

/// The same text for any two paths that differ only in the case of their
/// letters.
///
/// Upper and then lower case, letter by letter: that joins what a lower case
/// alone keeps apart (`ß` and `SS`, `ς` and `σ`), with the tables of the
/// standard library.
pub(super) fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.chars()
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_path_is_fit() {
        for path in [
            "index.html",
            "sessions/2026-10-leadership/index.html",
            "assets/quarterdeck-1a2b3c4d.css",
            ".well-known/security.txt",
            "méthode/Größe.png",
            "console/nullable.html",
            "com10/lpt.html",
        ] {
            assert_eq!(unfit(path), None, "{path}");
        }
    }

    #[test]
    fn absurd_paths_are_unfit() {
        let long = "a".repeat(256);
        let deep = "abc/".repeat(300) + "x";
        for path in [
            "",
            "/",
            "/a",
            "a/",
            "a//b",
            ".",
            "..",
            "../a",
            "a/../b",
            "a/./b",
            "a\\b",
            "a\0b",
            "a\nb",
            "a\u{7f}",
            "a\u{85}",
            "c:/a",
            "a?b",
            "a*b",
            "nul",
            "a/CON",
            "aux.html",
            "com1.txt",
            "LPT9",
            "com¹",
            "nul .txt",
            "a.",
            "a /b",
            ".quarterdeck",
            ".Quarterdeck/a",
            &long,
            &deep,
        ] {
            assert!(unfit(path).is_some(), "{path:?}");
        }
    }

    #[test]
    fn folding_joins_letters_of_every_script() {
        for (one, other) in [
            ("INDEX.html", "index.HTML"),
            ("Größe", "GRÖSSE"),
            ("ΟΔΟΣ", "οδος"),
            ("οδοσ", "οδος"),
            ("\u{212a}", "k"),
            ("ЖУК", "жук"),
            ("ﬁt", "FIT"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_ne!(fold("a"), fold("ä"));
    }
}
