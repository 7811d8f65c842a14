//! The memo's style: the theme's, and what each sheet of paper carries.
//!
//! A memo loads nothing, so its style stands in it, and its policy allows
//! this one by its hash. The head and the foot of a printed sheet are the
//! style's own words, which is why each memo has a style of its own.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::diagnostic::Diagnostic;

/// The whole style.
///
/// # Errors
///
/// A diagnostic if the theme's holds what would end a style element.
pub(super) fn style(theme: &str, firm: &str, name: &str, foot: &str) -> Result<String, Diagnostic> {
    // A browser reads every line's end as one feed, before it takes the hash.
    let theme = theme.replace("\r\n", "\n").replace(['\r', '\0'], "\n");
    if theme.contains("</") || theme.contains("<!--") {
        return Err(Diagnostic::error(
            "memo-style",
            "the theme's board.css holds `</` or `<!--`, which would end the memo's style",
        )
        .help("take it out of the theme's assets/board.css"));
    }
    let sheet = format!(
        "@page{{@top-left{{content:{}}}@top-right{{content:{}}}@bottom-left{{content:{}}}}}\n@page:first{{@top-left{{content:none}}@top-right{{content:none}}}}\n",
        string(firm),
        string(name),
        string(foot)
    );
    Ok(format!("\n{}\n{sheet}", theme.trim()))
}

/// What a browser may load for a memo: its own style, and nothing else.
pub(super) fn policy(style: &str) -> String {
    format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        BASE64_STANDARD.encode(Sha256::digest(style.as_bytes()))
    )
}

/// Text as a string of CSS. Whatever is neither a plain letter, a digit nor a
/// space is written by its number, so that nothing can end the string, the
/// rule or the element.
fn string(text: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == ' ';
    let written = text.chars().map(|letter| match letter {
        letter if plain(letter) => letter.to_string(),
        letter => format!("\\{:X} ", u32::from(letter)),
    });
    format!("\"{}\"", written.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_a_string() {
        assert_eq!(string("Kestrel Lane"), "\"Kestrel Lane\"");
        let hostile = string("\"}</style>\\\n; 10 €");
        let inside = &hostile[1..hostile.len() - 1];
        assert_eq!(
            inside,
            "\\22 \\7D \\3C \\2F style\\3E \\5C \\A \\3B  10 \\20AC "
        );
        assert!(!inside.contains(['"', '<', '>', '}', '\n', '/']));
    }

    #[test]
    fn a_theme_can_t_end_the_style() {
        for text in ["a{}</style>", "<!-- a"] {
            assert!(style(text, "a", "b", "c").is_err());
        }
        let made = style("a{}\r\nb{}\rc{}", "Firm", "Memo", "Foot").unwrap();
        assert!(made.starts_with("\na{}\nb{}\nc{}\n@page"));
    }
}
