//! New files for an author: all of them or none, and never over another.
//!
//! In: texts below a site's root. What is there already stays as it is, and
//! so do the files beside it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{is_there, write_file};
use super::error::{Refusal, WriteError};
use crate::scaffold::NewFile;

/// The paths at which something is already, though it may be a link to nowhere.
pub fn taken(root: &Path, files: &[NewFile]) -> Vec<PathBuf> {
    let paths = files.iter().map(|file| root.join(&file.path));
    paths.filter(|path| is_there(path)).collect()
}

/// Writes files that aren't there yet, and returns their paths. If one can't
/// be written, those before it are taken away again.
///
/// # Errors
///
/// [`WriteError`] if one of them is there already, if a part of its path is
/// anything but a folder, or if the system fails.
pub fn create(root: &Path, files: &[NewFile]) -> Result<Vec<PathBuf>, WriteError> {
    let paths: Vec<PathBuf> = files.iter().map(|file| root.join(&file.path)).collect();
    if let Some(taken) = paths.iter().find(|path| is_there(path)) {
        return Err(WriteError::refused(taken, Refusal::Taken));
    }
    let mut made = Made::default();
    for (file, path) in files.iter().zip(&paths) {
        if let Some(folder) = path.parent() {
            made.folder(folder)?;
        }
        write_file(path, file.text.as_bytes()).map_err(taken_meanwhile)?;
        made.files.push(path.clone());
    }
    made.keep();
    Ok(paths)
}

/// A file that came between the look and the write is somebody's.
fn taken_meanwhile(error: WriteError) -> WriteError {
    match error {
        WriteError::System { path, source, .. }
            if source.kind() == io::ErrorKind::AlreadyExists =>
        {
            WriteError::refused(&path, Refusal::Taken)
        }
        other => other,
    }
}

/// What was made so far: removed when dropped, unless it is kept.
#[derive(Default)]
struct Made {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Made {
    /// Makes a folder and those above it that aren't there.
    fn folder(&mut self, folder: &Path) -> Result<(), WriteError> {
        match fs::symlink_metadata(folder) {
            Ok(found) if found.is_dir() => return Ok(()),
            // The root may be reached through a link, as `/tmp` is on some systems.
            Ok(_) if fs::metadata(folder).is_ok_and(|found| found.is_dir()) => return Ok(()),
            Ok(_) => return Err(WriteError::refused(folder, Refusal::NotAFolder)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(WriteError::system("read", folder)(error)),
        }
        match folder.parent() {
            Some(above) if !above.as_os_str().is_empty() => self.folder(above)?,
            _ => {}
        }
        fs::create_dir(folder).map_err(WriteError::system("create", folder))?;
        self.folders.push(folder.to_owned());
        Ok(())
    }

    fn keep(&mut self) {
        self.files.clear();
        self.folders.clear();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        // The writing failed already, and that is what is told.
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
        // A folder that somebody put a file in meanwhile stays.
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_written_with_the_folders_above_them() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("kestrel");
        let files = [
            NewFile::new("site.toml", "title = \"A\"\n"),
            NewFile::new("content/2026-11/telemetry.yaml", "kpis: {}\n"),
        ];
        let written = create(&root, &files).unwrap();
        assert_eq!(written.len(), 2);
        assert_eq!(fs::read_to_string(&written[1]).unwrap(), "kpis: {}\n");
    }

    #[test]
    fn nothing_is_written_over_and_nothing_beside_it() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("b"), "mine").unwrap();
        let files = [NewFile::new("new/a", "a"), NewFile::new("b", "b")];
        let refused = create(home.path(), &files).unwrap_err();
        assert!(
            refused.to_string().contains("is there already"),
            "{refused}"
        );
        assert_eq!(fs::read(home.path().join("b")).unwrap(), b"mine");
        assert!(!home.path().join("new").exists());
    }

    #[test]
    fn what_was_made_before_a_failure_is_taken_away() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("b"), "mine").unwrap();
        let files = [NewFile::new("new/deep/a", "a"), NewFile::new("b/c", "c")];
        let refused = create(home.path(), &files).unwrap_err();
        assert!(refused.to_string().contains("is not a folder"), "{refused}");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }
}
