//! A theme's own files: what lies below `themes/<name>/`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::document::SettingsFile;
use super::field::Field;
use super::files::{self, Found, ReadFailure};
use super::{Document, read_settings};
use crate::diagnostic::{Diagnostic, Report, SourceFile, Span, nearest};

/// The theme that is part of the program.
pub const DEFAULT: &str = "default";

/// File name endings of what is read as text.
const TEXTS: [&str; 6] = ["html", "css", "js", "svg", "json", "txt"];

/// The files of the theme that `site.toml` names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnTheme {
    /// The theme's name; empty for the default theme.
    pub name: String,
    /// Its files by their path below its folder; none for the default theme.
    pub files: BTreeMap<String, OwnFile>,
}

/// A file of a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnFile {
    /// Text, without a byte order mark and with one character at each line's
    /// end, so that the same commit makes the same bytes wherever it is
    /// checked out.
    Text(Arc<SourceFile>),
    /// Anything else.
    Bytes(Vec<u8>),
}

impl OwnTheme {
    /// A file's place from the site's root.
    pub fn shown(&self, file: &str) -> String {
        format!("themes/{}/{file}", self.name)
    }
}

/// Whether a name can be a theme's: one folder's, and none of those that lead
/// elsewhere.
pub fn is_name(name: &str) -> bool {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | ' ');
    !name.trim().is_empty() && name.trim() == name && name.chars().all(plain)
}

/// The themes that a site's folder holds, by name.
pub fn names(root: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(root.join("themes")) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| is_name(name) && name != DEFAULT)
        .collect();
    names.sort();
    names
}

/// The theme that `site.toml` names; none if that is the default. Faults of
/// `site.toml` are in the report.
///
/// # Errors
///
/// [`ReadFailure`] if the system can't read it.
pub fn chosen(root: &Path, report: &mut Report) -> Result<Option<String>, ReadFailure> {
    let settings = read_settings(root, report)?;
    Ok(match settings.value.theme {
        Field::Given(name, _) if name != DEFAULT => Some(name),
        _ => None,
    })
}

/// The files of the theme that the settings name.
pub(super) fn read(
    root: &Path,
    settings: &Document<SettingsFile>,
    report: &mut Report,
) -> Result<OwnTheme, ReadFailure> {
    let mut theme = OwnTheme::default();
    let Field::Given(name, range) = &settings.value.theme else {
        return Ok(theme);
    };
    if name == DEFAULT {
        return Ok(theme);
    }
    let place = Span::new(&settings.file, range.clone());
    if !is_name(name) {
        report.push(
            Diagnostic::error("theme-name", format!("`{name}` can't be a theme's name"))
                .at(&place, "")
                .help("it is the name of a folder below themes/: letters, digits, hyphens and underscores"),
        );
        return Ok(theme);
    }
    let folder = root.join("themes").join(name);
    if !folder.is_dir() {
        report.push(unknown(root, name, &place));
        return Ok(theme);
    }
    theme.name.clone_from(name);
    for found in files::below(&folder, &format!("themes/{name}"), report)? {
        let shown = theme.shown(&found.below);
        if let Some(file) = read_one(&found, &shown, report)? {
            theme.files.insert(found.below, file);
        }
    }
    Ok(theme)
}

fn unknown(root: &Path, name: &str, place: &Span) -> Diagnostic {
    let known = names(root);
    let known = known.iter().map(String::as_str).chain([DEFAULT]);
    let near = nearest(name, known).map(ToOwned::to_owned);
    let help = match &near {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "`default` is built in; any other is a folder below themes/ with the files that differ"
                .to_owned()
        }
    };
    Diagnostic::error("unknown-theme", format!("there is no theme `{name}`"))
        .at(place, "")
        .help(help)
        .replace_with(near)
}

fn read_one(
    found: &Found,
    shown: &str,
    report: &mut Report,
) -> Result<Option<OwnFile>, ReadFailure> {
    let ending = found
        .below
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending);
    if !TEXTS.contains(&ending) {
        return Ok(files::bytes(found, shown, report)?.map(OwnFile::Bytes));
    }
    let Some(file) = files::text(found, shown, report)? else {
        return Ok(None);
    };
    if !file.text.contains('\r') {
        return Ok(Some(OwnFile::Text(file)));
    }
    Ok(Some(OwnFile::Text(Arc::new(SourceFile {
        path: file.path.clone(),
        text: file.text.replace("\r\n", "\n").replace('\r', "\n"),
    }))))
}
