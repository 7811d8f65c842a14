//! A file's place below `content/`.

use std::fmt;
use std::sync::Arc;

use super::month::Month;

/// A path below `content/`, with `/` between its parts. A copy is the same text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentPath(Arc<str>);

/// File name endings that may be published beside a page. Formats that a
/// browser would run, HTML and SVG among them, are not.
pub const ATTACHMENTS: [&str; 14] = [
    "png", "jpg", "jpeg", "webp", "gif", "avif", "pdf", "csv", "txt", "xlsx", "docx", "pptx",
    "ods", "odt",
];

impl ContentPath {
    /// A path of parts that are neither empty nor lead upwards.
    pub fn new(path: &str) -> Option<Self> {
        let sound = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        sound.then(|| ContentPath(path.into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder below `content/`, empty at its top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The month whose folder holds the file.
    pub fn month(&self) -> Option<Month> {
        self.folder().parse().ok()
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The file's name without its ending, and the ending.
    pub fn stem_and_ending(&self) -> (&str, &str) {
        self.name().rsplit_once('.').unwrap_or((self.name(), ""))
    }

    /// Whether it is a YAML or markdown file.
    pub fn is_document(&self) -> bool {
        matches!(self.stem_and_ending().1, "yaml" | "md")
    }

    /// Whether it is of a kind that is published beside a page.
    pub fn is_attachment(&self) -> bool {
        let ending = self.stem_and_ending().1.to_ascii_lowercase();
        ATTACHMENTS.contains(&&*ending)
    }

    /// The path that `relative`, written in this file, leads to; none if it
    /// leaves `content/`.
    pub fn sibling(&self, relative: &str) -> Option<Self> {
        let mut parts: Vec<&str> = self
            .folder()
            .split('/')
            .filter(|part| !part.is_empty())
            .collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        ContentPath::new(&parts.join("/"))
    }
}

impl fmt::Display for ContentPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
