//! What kind of thing a file is, by the end of its name.

/// A page.
pub(crate) const HTML: &str = "text/html; charset=utf-8";
/// Plain text.
pub(crate) const TEXT: &str = "text/plain; charset=utf-8";
/// A script.
pub(crate) const SCRIPT: &str = "text/javascript; charset=utf-8";
/// A file whose name says nothing.
pub(crate) const UNKNOWN: &str = "application/octet-stream";

/// Each content type and the endings that have it.
pub(crate) const CONTENT_TYPES: [(&str, &[&str]); 24] = [
    (HTML, &["html", "htm"]),
    ("text/css; charset=utf-8", &["css"]),
    (SCRIPT, &["js", "mjs"]),
    ("application/json; charset=utf-8", &["json"]),
    ("application/manifest+json; charset=utf-8", &["webmanifest"]),
    ("text/csv; charset=utf-8", &["csv"]),
    (TEXT, &["txt", "md", "yaml", "yml", "toml", "log"]),
    ("application/xml; charset=utf-8", &["xml"]),
    ("image/svg+xml; charset=utf-8", &["svg"]),
    ("image/png", &["png"]),
    ("image/jpeg", &["jpg", "jpeg"]),
    ("image/gif", &["gif"]),
    ("image/webp", &["webp"]),
    ("image/avif", &["avif"]),
    ("image/x-icon", &["ico"]),
    ("font/woff2", &["woff2"]),
    ("font/woff", &["woff"]),
    ("font/ttf", &["ttf"]),
    ("font/otf", &["otf"]),
    ("application/pdf", &["pdf"]),
    ("application/zip", &["zip"]),
    ("video/mp4", &["mp4"]),
    ("video/webm", &["webm"]),
    ("audio/mpeg", &["mp3"]),
];

/// The content type of the file at a path.
pub(crate) fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some((_, ending)) = name.rsplit_once('.') else {
        return UNKNOWN;
    };
    let ending = ending.to_ascii_lowercase();
    let known = CONTENT_TYPES
        .iter()
        .find(|(_, endings)| endings.contains(&ending.as_str()));
    known.map_or(UNKNOWN, |(kind, _)| kind)
}
