//! What `site.toml` and the theme that it names may be called by mistake.

use std::fs;
use std::path::Path;

use super::files;
use crate::diagnostic::{Diagnostic, Report, Span, nearest};

const NAME: &str = "site.toml";

/// Reports a file that was meant for the settings of a site that has none: a
/// site that is to be sealed isn't built open because of a letter.
pub(super) fn misnamed(root: &Path, report: &mut Report) {
    for name in names(root, Path::is_file)
        .iter()
        .filter(|name| is_like(name))
    {
        let place = files::nameless(name.clone());
        report.push(
            Diagnostic::error("unknown-file", format!("`{name}` is not read"))
                .at(&Span::start_of(&place), "")
                .help(format!("the settings of a site are in `{NAME}`: rename it")),
        );
    }
}

/// Whether a name is the settings' but for its case, its ending or a letter
/// of its stem. A repository holds other files, such as `site.html`.
fn is_like(name: &str) -> bool {
    let name = name.to_lowercase();
    let Some((stem, ending)) = name.rsplit_once('.') else {
        return false;
    };
    match ending {
        "toml" => nearest(stem, ["site"]).is_some(),
        "tml" | "tom" | "tmol" | "yaml" | "yml" | "ini" => stem == "site",
        "txt" => stem == NAME,
        _ => false,
    }
}

/// The names of what is in a folder, ordered; none if it can't be listed.
fn names(folder: &Path, wanted: impl Fn(&Path) -> bool) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| wanted(&entry.path()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}
