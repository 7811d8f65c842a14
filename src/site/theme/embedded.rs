//! The default theme's files, as the program holds them.

use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::diagnostic::SourceFile;

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A file of the default theme.
#[derive(Clone, Debug)]
pub struct Embedded {
    /// Its path below the theme's folder: `templates/overview.html`.
    pub path: String,
    /// What it holds.
    pub bytes: &'static [u8],
}

impl Embedded {
    /// What it says; nothing if it isn't text.
    pub fn text(&self) -> &'static str {
        std::str::from_utf8(self.bytes).unwrap_or_default()
    }

    /// One line on it: the first sentence of the comment that it begins with.
    pub fn line(&self) -> String {
        let text = self.text();
        let comment = [("{#", "#}"), ("/*", "*/"), ("<!--", "-->")]
            .into_iter()
            .find_map(|(opening, closing)| text.strip_prefix(opening)?.split(closing).next());
        let lines = comment.map_or_else(|| slashed(text), str::to_owned);
        let words: Vec<&str> = lines
            .split_whitespace()
            .filter(|word| !word.chars().all(|letter| "*-!".contains(letter)))
            .map(|word| word.trim_start_matches('-'))
            .collect();
        let said = words.join(" ");
        let end = said.find(". ").unwrap_or(said.len());
        said[..end].trim_end_matches('.').to_owned()
    }
}

/// The lines of a comment of `//` that a script begins with.
fn slashed(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map_while(|line| line.strip_prefix("//"))
        .collect();
    lines.join(" ")
}

/// Every file of the default theme, ordered by path.
pub fn files() -> Vec<Embedded> {
    let mut found = below(&DEFAULT);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn below(folder: &Dir<'static>) -> Vec<Embedded> {
    let own = folder.files().map(|file| {
        let parts: Vec<String> = file
            .path()
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        Embedded {
            path: parts.join("/"),
            bytes: file.contents(),
        }
    });
    own.chain(folder.dirs().flat_map(below)).collect()
}

/// A template of the default theme, under a path that says so.
pub(super) fn template(name: &str) -> Option<Arc<SourceFile>> {
    let path = format!("templates/{name}");
    let file = files().into_iter().find(|file| file.path == path)?;
    Some(Arc::new(SourceFile {
        path: format!("(default theme)/{path}"),
        text: String::from_utf8_lossy(file.bytes).into_owned(),
    }))
}
