//! Files of ours beside an author's, brought up to date: only what this
//! program wrote is replaced, each by one rename.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::beside::Beside;
use super::disk::write_file;
use super::error::{Refusal, WriteError};
use crate::scaffold::NewFile;
use crate::scaffold::schema::is_ours;

/// Writes the schemas that are missing or differ, and returns their paths.
/// Nothing is written if one of them stands where something else is.
///
/// # Errors
///
/// [`WriteError`] if a file there isn't a schema of ours, if a part of its
/// path is anything but a folder, or if the system fails.
pub fn schemas(root: &Path, files: &[NewFile]) -> Result<Vec<PathBuf>, WriteError> {
    let mut due = Vec::new();
    for file in files {
        real_folders(root, &file.path)?;
        let path = root.join(&file.path);
        match found(&path)? {
            Some(text) if text.replace('\r', "") == file.text => {}
            Some(text) if !is_ours(&text) => {
                return Err(WriteError::refused(&path, Refusal::NotASchema));
            }
            _ => due.push((path, file)),
        }
    }
    for (path, file) in &due {
        replace(path, &file.text)?;
    }
    Ok(due.into_iter().map(|(path, _)| path).collect())
}

/// What a file says; none if it isn't there.
fn found(path: &Path) -> Result<Option<String>, WriteError> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(WriteError::system("read", path)(error)),
        // A link leads to a file elsewhere, which is nobody's to replace.
        Ok(found) if !found.is_file() => {
            return Err(WriteError::refused(path, Refusal::NotASchema));
        }
        Ok(_) => {}
    }
    let bytes = fs::read(path).map_err(WriteError::system("read", path))?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Refuses a path below the root that leads through a link or a file.
fn real_folders(root: &Path, below: &str) -> Result<(), WriteError> {
    let mut folder = root.to_owned();
    let (above, _) = below.rsplit_once('/').unwrap_or_default();
    for part in above.split('/').filter(|part| !part.is_empty()) {
        folder.push(part);
        match fs::symlink_metadata(&folder) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(WriteError::refused(&folder, Refusal::NotAFolder)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(WriteError::system("read", &folder)(error)),
        }
    }
    Ok(())
}

/// Puts a whole file in a path's place.
fn replace(path: &Path, text: &str) -> Result<(), WriteError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(WriteError::system("create", folder))?;
    let name = path.file_name().unwrap_or(OsStr::new("schema"));
    let aside = Beside::new(folder, name).create_folder()?;
    let whole = aside.join(name);
    let written = write_file(&whole, text.as_bytes())
        .and_then(|_| fs::rename(&whole, path).map_err(WriteError::system("replace", path)));
    // What the writing came to is what is told.
    let _ = fs::remove_file(&whole);
    let _ = fs::remove_dir(&aside);
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scaffold::schema::SchemaFile;

    fn files() -> Vec<NewFile> {
        let all = SchemaFile::all().into_iter();
        all.map(SchemaFile::into_new).collect()
    }

    #[test]
    fn what_is_missing_or_differs_is_written_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let files = files();
        assert_eq!(schemas(home.path(), &files).unwrap().len(), files.len());
        assert_eq!(schemas(home.path(), &files).unwrap().len(), 0);
        let path = |at: usize| home.path().join(&files[at].path);
        fs::write(path(0), files[0].text.replace("title", "titel")).unwrap();
        fs::write(path(1), files[1].text.replace('\n', "\r\n")).unwrap();
        fs::remove_file(path(2)).unwrap();
        assert_eq!(schemas(home.path(), &files).unwrap(), [path(0), path(2)]);
        assert_eq!(fs::read_to_string(path(0)).unwrap(), files[0].text);
        let folder = path(0).parent().unwrap().to_owned();
        assert_eq!(fs::read_dir(folder).unwrap().count(), files.len());
    }

    #[test]
    fn what_is_not_ours_stays_and_then_nothing_is_written() {
        let home = tempfile::tempdir().unwrap();
        let files = files();
        schemas(home.path(), &files).unwrap();
        let path = |at: usize| home.path().join(&files[at].path);
        fs::remove_file(path(0)).unwrap();
        for text in ["{}", "<<<<<<< mine\n", ""] {
            fs::write(path(3), text).unwrap();
            let refused = schemas(home.path(), &files).unwrap_err().to_string();
            assert!(refused.contains("isn't a schema"), "{refused}");
            assert_eq!(fs::read_to_string(path(3)).unwrap(), text);
            assert!(!path(0).exists());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let home = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let files = files();
        std::os::unix::fs::symlink(elsewhere.path(), home.path().join(".quarterdeck")).unwrap();
        let refused = schemas(home.path(), &files).unwrap_err().to_string();
        assert!(refused.contains("is not a folder"), "{refused}");
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }
}
