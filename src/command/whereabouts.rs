//! Where a site is: in the folder that was named, or near it.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::Ending;
use super::pipeline::Failure;
use crate::diagnostic::nearest;
use crate::source::files::ReadFailure;

/// What makes a folder a site.
const CONTENT: &str = "content";

/// Whether a folder holds a site.
///
/// # Errors
///
/// What is missing, and where a site is that may have been meant.
pub(super) fn site(root: &Path) -> Result<(), Failure> {
    let path = root.join(CONTENT);
    match fs::metadata(&path) {
        Ok(found) if found.is_dir() => return Ok(()),
        Err(error) if !is_absent(&error) => return Err((&ReadFailure { path, error }).into()),
        _ => {}
    }
    let what = match shown(root) {
        None => "the current folder holds no site: there is no content/ in it".to_owned(),
        Some(shown) if root.is_dir() => {
            format!("{shown} holds no site: there is no content/ in it")
        }
        Some(shown) => format!("{shown} holds no site: there is no such folder"),
    };
    let help = match (misnamed_content(root), meant(root)) {
        (Some(name), _) => {
            format!("its folder `{name}` has a similar name: rename it to `{CONTENT}`")
        }
        (None, Some(meant)) => format!("did you mean `{}`?", meant.display()),
        (None, None) => "name the folder that holds site.toml and content/".to_owned(),
    };
    Err(Failure {
        ending: Ending::WrongUsage,
        what,
        help,
    })
}

fn is_absent(error: &io::Error) -> bool {
    let kind = error.kind();
    matches!(kind, io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn holds(root: &Path) -> bool {
    root.join(CONTENT).is_dir()
}

/// A folder as it was named; none if it is the current one.
fn shown(root: &Path) -> Option<String> {
    (root != Path::new(".")).then(|| root.display().to_string())
}

fn misnamed_content(root: &Path) -> Option<String> {
    let names = folders(root);
    nearest(CONTENT, names.iter().map(String::as_str)).map(str::to_owned)
}

/// The site that may have been meant: one whose path is spelt nearly so, one
/// that the folder lies in, or the only one that lies in it.
fn meant(root: &Path) -> Option<PathBuf> {
    if !root.exists() {
        return spelt(root).filter(|meant| holds(meant));
    }
    around(root).or_else(|| within(root))
}

/// The path with the name nearest to each that isn't there.
fn spelt(root: &Path) -> Option<PathBuf> {
    let mut path = PathBuf::new();
    for part in root.components() {
        let next = path.join(part);
        if next.is_dir() {
            path = next;
            continue;
        }
        let Component::Normal(name) = part else {
            return None;
        };
        let names = folders(if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            &path
        });
        let near = nearest(name.to_str()?, names.iter().map(String::as_str))?;
        path.push(near);
    }
    Some(path)
}

/// The site that a folder lies in, such as one of its months.
fn around(root: &Path) -> Option<PathBuf> {
    if root != Path::new(".") {
        let above = root.ancestors().skip(1);
        return above
            .map(Path::to_owned)
            .find(|above| holds(above) && *above != PathBuf::new());
    }
    let depth = fs::canonicalize(root).ok()?.components().count();
    (1..depth)
        .map(|up| std::iter::repeat_n("..", up).collect::<PathBuf>())
        .find(|above| holds(above))
}

/// The only site that lies in a folder.
fn within(root: &Path) -> Option<PathBuf> {
    let named = |name: String| {
        if root == Path::new(".") {
            PathBuf::from(name)
        } else {
            root.join(name)
        }
    };
    let mut sites = folders(root).into_iter().map(named);
    let mut found = sites.by_ref().filter(|below| holds(below));
    match (found.next(), found.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// The names of the folders in a folder, ordered; none if it can't be listed.
fn folders(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with(['.', '_']))
        .collect();
    names.sort();
    names
}
