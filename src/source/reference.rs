//! A reference in markdown that leads nowhere, and where it was meant to lead.

use super::content_path::ContentPath;
use crate::diagnostic::{Diagnostic, Span, nearest};

/// The fault of a file that isn't there. `written` is the reference as it
/// stands in the text, `wanted` what it says.
pub(super) fn missing(
    written: &str,
    wanted: &str,
    from: &ContentPath,
    files: &[ContentPath],
    span: &Span,
) -> Diagnostic {
    let fault = Diagnostic::error("missing-file", format!("`{written}` isn't there"))
        .at(span, "refers to it");
    if wanted.starts_with("www.") {
        let address = format!("https://{wanted}");
        return fault
            .help(format!(
                "a link to another site begins with https://: `{address}`"
            ))
            .replace_with(mended(span, written, &address));
    }
    let Some(file) = meant(wanted, from, files) else {
        return fault.help(
            "put the file beside this one, or write the link from the site's root: `/kpis/`",
        );
    };
    let relative = relative(from, file);
    fault
        .help(format!("did you mean `{relative}`?"))
        .replace_with(mended(span, written, &relative))
}

/// A link's text with another destination; none if it can't be told apart in
/// what is marked.
pub fn mended(span: &Span, written: &str, meant: &str) -> Option<String> {
    let text = span.text();
    let at = text.rfind("](")? + "](".len();
    let (before, after) = text.split_at(at);
    let alone = after.matches(written).count() == 1 && !meant.contains([' ', '(', ')', '<', '>']);
    let one_line = !text.contains(['\n', '\r']);
    (alone && one_line && !written.is_empty())
        .then(|| format!("{before}{}", after.replacen(written, meant, 1)))
}

/// The file that was meant: one beside this one or in the folder that is
/// named, or the only one of that name, or of that stem, elsewhere.
fn meant<'f>(
    wanted: &str,
    from: &ContentPath,
    files: &'f [ContentPath],
) -> Option<&'f ContentPath> {
    let others = || {
        files
            .iter()
            .filter(|file| *file != from && !file.folder().is_empty())
    };
    let name = wanted.rsplit('/').next().unwrap_or(wanted);
    if let Some(place) = from.sibling(wanted) {
        let beside = others().filter(|file| file.folder() == place.folder());
        let near = nearest(name, beside.clone().map(ContentPath::name));
        let near = near.and_then(|near| beside.clone().find(|file| file.name() == near));
        if near.is_some() {
            return near;
        }
    }
    let stem = |name: &str| {
        name.rsplit_once('.')
            .map_or(name, |(stem, _)| stem)
            .to_owned()
    };
    only(others().filter(|file| file.name() == name)).or_else(|| {
        let documents = others().filter(|file| file.stem_and_ending().1 == "md");
        only(documents.filter(|file| stem(file.name()) == stem(name)))
    })
}

fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    match (found.next(), found.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// How one file is referred to in another.
fn relative(from: &ContentPath, to: &ContentPath) -> String {
    let folder = from.folder();
    let below = to
        .as_str()
        .strip_prefix(folder)
        .and_then(|rest| rest.strip_prefix('/'));
    match below {
        Some(below) if !folder.is_empty() => below.to_owned(),
        _ => {
            let depth = folder.split('/').filter(|part| !part.is_empty()).count();
            format!("{}{to}", "../".repeat(depth))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant_by(wanted: &str) -> Option<String> {
        let path = |path| ContentPath::new(path).unwrap();
        let files = [
            "2026-10/leadership.md",
            "2026-10/telemetry.yaml",
            "2026-10/images/rates.png",
            "2026-09/leadership.md",
            "2026-09/map.png",
            "pages/method.md",
            "engagement.yaml",
        ]
        .map(path);
        let found = meant(wanted, &files[0], &files);
        found.map(|found| relative(&files[0], found))
    }

    #[test]
    fn a_file_is_found_by_a_near_name_or_its_own_elsewhere() {
        for (wanted, found) in [
            ("images/rate.png", "images/rates.png"),
            ("rates.png", "images/rates.png"),
            ("map.png", "../2026-09/map.png"),
            ("../pages/metod.md", "../pages/method.md"),
            ("../page/method.md", "../pages/method.md"),
            ("method", "../pages/method.md"),
            ("method.html", "../pages/method.md"),
        ] {
            assert_eq!(meant_by(wanted).as_deref(), Some(found), "{wanted}");
        }
        assert_eq!(meant_by("chart.png"), None);
        assert_eq!(meant_by("engagement.yaml"), None);
        assert_eq!(meant_by("../../etc/passwd"), None);
    }
}
