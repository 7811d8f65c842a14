//! A frozen quarter to disk, whole or not at all, and never a second time.
//!
//! In: the three files and their quarter. They are written to a hidden folder
//! in `content/board/`, which no build reads, and one rename makes it
//! `content/board/2026-q3/`. That rename never replaces anything.
//!
//! ```text
//! content/
//!   .board.quarterdeck-lock            held while a quarter is being frozen
//!   board/
//!     .snapshot.quarterdeck-4711-0/    the files, until they are all there
//!     2026-q3/
//! ```

use std::collections::BTreeMap;
use std::error::Error;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::beside::Beside;
use super::disk::{is_there, rename_to_new, settle_names, write_file};
use super::error::{Refusal, WriteError};
use super::lock::Lock;
use crate::source::SnapshotFile;
use crate::source::quarter::Quarter;

/// The folder of the frozen quarters, held against every other process until
/// dropped: what is read from it meanwhile is still so when a quarter is put
/// there.
pub struct Shelf {
    /// `content/board/`, which need not exist.
    board: PathBuf,
    staging: Beside,
    _lock: Lock,
}

/// A quarter wasn't frozen; what was frozen before is as it was.
#[derive(Debug)]
pub struct FreezeError(WriteError);

impl Shelf {
    /// Takes hold of the folder below a site's root, and removes what killed
    /// processes left there.
    ///
    /// # Errors
    ///
    /// [`FreezeError`] if another process keeps hold of it, if it isn't a
    /// folder, or if the system fails.
    pub fn take(root: &Path) -> Result<Shelf, FreezeError> {
        let content = root.join("content");
        let board = content.join("board");
        let lock = Beside::new(&content, OsStr::new("board")).lock();
        let shelf = Shelf {
            staging: Beside::new(&board, OsStr::new("snapshot")),
            _lock: Lock::take(lock, &board)?,
            board,
        };
        match fs::symlink_metadata(&shelf.board) {
            Ok(found) if found.is_dir() => shelf.clean_up()?,
            Ok(_) => return Err(WriteError::refused(&shelf.board, Refusal::NotAFolder).into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(WriteError::system("read", &shelf.board)(error).into()),
        }
        Ok(shelf)
    }

    /// Puts a quarter's files in their folder, and returns that.
    ///
    /// # Errors
    ///
    /// [`FreezeError`] if the folder is there already or the system fails.
    pub fn put(
        &self,
        quarter: Quarter,
        files: &BTreeMap<SnapshotFile, Arc<Vec<u8>>>,
    ) -> Result<PathBuf, FreezeError> {
        let target = self.board.join(quarter.slug());
        if !is_there(&self.board) {
            fs::create_dir(&self.board).map_err(WriteError::system("create", &self.board))?;
        }
        let staged = Staged {
            board: &self.board,
            folder: self.staging.create_folder()?,
        };
        for (file, bytes) in files {
            let path = staged.folder.join(file.name());
            let written = write_file(&path, bytes)?;
            written
                .sync_all()
                .map_err(WriteError::system("write", &path))?;
        }
        settle_names(&staged.folder).map_err(WriteError::system("write", &staged.folder))?;
        rename_to_new(&staged.folder, &target).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => WriteError::refused(&target, Refusal::Frozen),
            _ => WriteError::system("write", &target)(error),
        })?;
        // The quarter is frozen now, whatever the disk says of its name.
        let _ = settle_names(&self.board);
        Ok(target)
    }

    /// Removes what killed processes left. A folder with anything else in it
    /// is somebody's, whatever its name.
    fn clean_up(&self) -> Result<(), WriteError> {
        for folder in self.staging.folders()? {
            if holds_only_ours(&folder) {
                fs::remove_dir_all(&folder).map_err(WriteError::system("remove", &folder))?;
            }
        }
        Ok(())
    }
}

/// A folder on its way, removed when dropped if it still has its hidden name.
struct Staged<'a> {
    board: &'a Path,
    folder: PathBuf,
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        if is_there(&self.folder) {
            // The freezing failed already; the next one tries again.
            let _ = fs::remove_dir_all(&self.folder);
            // Goes only if there is nothing in it: it was made for this.
            let _ = fs::remove_dir(self.board);
        }
    }
}

fn holds_only_ours(folder: &Path) -> bool {
    let is_ours = |entry: io::Result<fs::DirEntry>| {
        let Ok(entry) = entry else { return false };
        let known = SnapshotFile::ALL
            .iter()
            .any(|file| entry.file_name() == file.name());
        known && entry.file_type().is_ok_and(|kind| kind.is_file())
    };
    let is_folder = fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir());
    is_folder && fs::read_dir(folder).is_ok_and(|mut entries| entries.all(is_ours))
}

impl FreezeError {
    /// What to do about it.
    pub fn help(&self) -> String {
        match &self.0 {
            WriteError::Refused { why, .. } => match why {
                Refusal::Busy(_) => "wait until it has ended, then freeze again".to_owned(),
                Refusal::NotAFolder => "content/board/ is a folder that `quarterdeck snapshot` fills: move what is there away".to_owned(),
                _ => self.0.help(),
            },
            WriteError::System { source, .. } => format!("{}; nothing was frozen", remedy(source)),
        }
    }
}

fn remedy(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space and freeze again"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "make content/ and content/board/ writable"
        }
        _ => "freeze again once the system can do it",
    }
}

impl From<WriteError> for FreezeError {
    fn from(error: WriteError) -> Self {
        FreezeError(error)
    }
}

impl fmt::Display for FreezeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            WriteError::Refused {
                why: Refusal::Busy(process),
                ..
            } => {
                f.write_str("another `quarterdeck snapshot` is at work here")?;
                match process {
                    Some(process) => write!(f, " (process {process})"),
                    None => Ok(()),
                }
            }
            other => other.fmt(f),
        }
    }
}

impl Error for FreezeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(text: &str) -> BTreeMap<SnapshotFile, Arc<Vec<u8>>> {
        let bytes = |file: SnapshotFile| format!("{text} {}", file.name()).into_bytes();
        SnapshotFile::ALL
            .map(|file| (file, Arc::new(bytes(file))))
            .into()
    }

    fn quarter(text: &str) -> Quarter {
        text.parse().unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// A site with an empty `content/`, and its `content/board/`.
    fn home() -> (tempfile::TempDir, PathBuf) {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("content")).unwrap();
        let board = home.path().join("content/board");
        (home, board)
    }

    #[test]
    fn a_quarter_is_put_once() {
        let (home, board) = home();
        let shelf = Shelf::take(home.path()).unwrap();
        let folder = shelf.put(quarter("2026-Q3"), &files("one")).unwrap();
        assert_eq!(folder, board.join("2026-q3"));
        let refused = shelf.put(quarter("2026-Q3"), &files("two")).unwrap_err();
        assert!(
            refused.to_string().contains("is there already"),
            "{refused}"
        );
        shelf.put(quarter("2026-Q4"), &files("two")).unwrap();
        drop(shelf);
        assert_eq!(names(&board), ["2026-q3", "2026-q4"]);
        assert_eq!(names(&home.path().join("content")), ["board"]);
        let memo = fs::read_to_string(folder.join("index.html")).unwrap();
        assert_eq!(memo, "one index.html");
    }

    #[test]
    fn what_killed_processes_left_is_removed_if_it_is_ours() {
        let (home, board) = home();
        fs::create_dir(&board).unwrap();
        for (name, file) in [
            (".snapshot.quarterdeck-1-0", "index.html"),
            (".snapshot.quarterdeck-2-0", "thesis.txt"),
            (".snapshot.quarterdeck-mine", "index.html"),
        ] {
            fs::create_dir(board.join(name)).unwrap();
            fs::write(board.join(name).join(file), "half").unwrap();
        }
        fs::create_dir(board.join(".snapshot.quarterdeck-3-1")).unwrap();
        drop(Shelf::take(home.path()).unwrap());
        let kept = [".snapshot.quarterdeck-2-0", ".snapshot.quarterdeck-mine"];
        assert_eq!(names(&board), kept);
    }

    #[test]
    fn what_fails_leaves_nothing() {
        let (home, board) = home();
        let shelf = Shelf::take(home.path()).unwrap();
        fs::create_dir(&board).unwrap();
        drop(Staged {
            folder: shelf.staging.create_folder().unwrap(),
            board: &board,
        });
        drop(shelf);
        assert_eq!(names(&home.path().join("content")), Vec::<String>::new());
        fs::write(&board, "mine").unwrap();
        let refused = Shelf::take(home.path()).err().unwrap();
        assert!(refused.to_string().contains("not a folder"), "{refused}");
        assert_eq!(fs::read(&board).unwrap(), b"mine");
    }
}
