//! Where the output goes, and whether a site may be written there at all.

use std::env;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::publish::beside::{Beside, hidden_name};
use crate::publish::error::{Refusal, WriteError};

/// An output folder that a site may be written to.
pub(super) struct Location {
    /// The folder without links above it; it need not exist.
    pub(super) output: PathBuf,
    /// Hidden names beside it; the folder it lies in exists.
    pub(super) beside: Beside,
}

/// Whether a path is an output folder or in it, or is what a build makes beside
/// it for a moment. Both paths are absolute and without links.
pub fn belongs_to_output(output: &Path, path: &Path) -> bool {
    let beside = || {
        let rest = path.strip_prefix(output.parent()?).ok()?;
        let first = rest.components().next()?;
        let name = first.as_os_str().as_encoded_bytes();
        let prefix = hidden_name(output.file_name()?, "");
        Some(name.starts_with(prefix.as_encoded_bytes()))
    };
    path.starts_with(output) || beside().unwrap_or(false)
}

/// The output folder that a path names, absolute and without links above it,
/// as far as can be known while it need not exist; nothing is made.
pub fn real_output(output: &Path) -> Option<PathBuf> {
    let plain: PathBuf = output.components().collect();
    let name = plain.file_name()?;
    let parent = real(or_here(plain.parent().unwrap_or(Path::new("")))).ok()?;
    Some(spelling_on_disk(parent.join(name)))
}

impl Location {
    /// Finds the folder, and makes the folders above it.
    pub(super) fn resolve(output: &Path, protected: &[PathBuf]) -> Result<Location, WriteError> {
        let refused = |why| WriteError::refused(output, why);
        // Without a trailing slash, which would follow a link.
        let plain: PathBuf = output.components().collect();
        let Some(name) = plain.file_name() else {
            return Err(refused(Refusal::NotAPlace));
        };
        let name = name.to_owned();
        let parent = or_here(plain.parent().unwrap_or(Path::new("")));
        let found = |path: &Path| real(path).map_err(WriteError::system("find", path));
        let parent = found(parent)?;
        let output = spelling_on_disk(parent.join(&name));

        let current = env::current_dir().map_err(WriteError::system("find", Path::new(".")))?;
        if found(&current)?.starts_with(&output) {
            return Err(refused(Refusal::NotAPlace));
        }
        for path in protected {
            // The path itself may be a link: neither it nor what it leads to.
            let link = match (path.parent(), path.file_name()) {
                (Some(parent), Some(name)) => found(or_here(parent))?.join(name),
                _ => found(path)?,
            };
            for real in [found(path)?, link] {
                if real.starts_with(&output) || output.starts_with(&real) {
                    return Err(refused(Refusal::Protected(path.clone())));
                }
            }
        }
        fs::create_dir_all(&parent)
            .or_else(|error| match (error.kind(), fs::metadata(&parent)) {
                // Something is there of which the system didn't say what.
                (io::ErrorKind::AlreadyExists, Ok(found)) if found.is_dir() => Ok(()),
                (io::ErrorKind::AlreadyExists, Err(why)) => Err(why),
                _ => Err(error),
            })
            .map_err(WriteError::system("create", &parent))?;
        let beside = Beside::new(&parent, &name);
        Ok(Location { output, beside })
    }

    /// Refuses anything but a folder, which may be absent.
    pub(super) fn check_kind(&self) -> Result<(), WriteError> {
        match fs::symlink_metadata(&self.output) {
            Ok(found) if found.is_dir() => Ok(()),
            Ok(_) => Err(WriteError::refused(&self.output, Refusal::NotAFolder)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(WriteError::system("read", &self.output)(error)),
        }
    }
}

/// The path without links and dots, though its end need not exist.
fn real(path: &Path) -> io::Result<PathBuf> {
    let error = match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => error,
        found => return found,
    };
    match (path.parent(), path.components().next_back()) {
        (Some(parent), Some(Component::Normal(name))) => Ok(real(or_here(parent))?.join(name)),
        _ => Err(error),
    }
}

/// The parent of a bare name is the current folder.
fn or_here(parent: &Path) -> &Path {
    if parent.as_os_str().is_empty() {
        Path::new(".")
    } else {
        parent
    }
}

/// On a disk that ignores case, `Content` may be the folder `content`.
fn spelling_on_disk(path: PathBuf) -> PathBuf {
    match fs::symlink_metadata(&path) {
        Ok(found) if found.is_dir() => fs::canonicalize(&path).unwrap_or(path),
        _ => path,
    }
}
