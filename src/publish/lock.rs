//! One writer at a time at a place on disk.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::error::{Refusal, WriteError};

/// How long to wait for another writer: most end in less.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(20);

/// What the lock file says before the number of the process.
const HOLDER: &str = "quarterdeck ";

/// An advisory lock on a file beside what is written, held until dropped. The
/// system gives it up for a process that dies.
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Locks the file at `path` for who writes to `guarded`.
    pub(super) fn take(path: PathBuf, guarded: &Path) -> Result<Lock, WriteError> {
        let failed = |doing| WriteError::system(doing, &path);
        let since = Instant::now();
        loop {
            let mut file = open(&path).map_err(failed("create"))?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path).map_err(failed("read"))? => {
                    let text = read(&mut file).map_err(failed("read"))?;
                    // Or a part of it, from one that was killed as it signed.
                    if !(HOLDER.starts_with(&text) || text.starts_with(HOLDER)) {
                        return Err(WriteError::refused(&path, Refusal::Foreign));
                    }
                    sign(&mut file).map_err(failed("write"))?;
                    return Ok(Lock { path, _file: file });
                }
                // Its holder removed it between the two calls: try the new one.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) if since.elapsed() < PATIENCE => {
                    thread::sleep(PAUSE);
                }
                Err(TryLockError::WouldBlock) => {
                    let text = read(&mut file).unwrap_or_default();
                    let process = text.strip_prefix(HOLDER);
                    let process = process.and_then(|process| process.trim().parse().ok());
                    let why = Refusal::Busy(process);
                    return Err(WriteError::refused(guarded, why));
                }
                Err(TryLockError::Error(error)) => return Err(failed("lock")(error)),
            }
        }
    }
}

impl Drop for Lock {
    /// Removes the file while it is still locked: who waits for it then finds
    /// that it is no longer the file at the path, and starts over.
    fn drop(&mut self) {
        // A lock file left behind is in nobody's way.
        let _ = std::fs::remove_file(&self.path);
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // A link that lies in wait must not lead the write elsewhere.
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    options.open(path)
}

/// Whether the open file is still the one at the path.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let found = match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        found => found?,
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let open = file.metadata()?;
        Ok((open.dev(), open.ino()) == (found.dev(), found.ino()))
    }
    // Elsewhere an open file can't be removed.
    #[cfg(not(unix))]
    {
        let _ = (file, found);
        Ok(true)
    }
}

fn read(file: &mut File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.take(64).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn sign(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    // In one piece: who waits must not find half of it.
    let text = format!("{HOLDER}{}\n", std::process::id());
    file.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_was_half_signed_is_taken_and_anything_else_is_not() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("lock");
        for text in ["", "quar", "quarterdeck ", "quarterdeck 47"] {
            std::fs::write(&path, text).unwrap();
            drop(Lock::take(path.clone(), home.path()).unwrap());
            assert!(!path.exists(), "{text}");
        }
        for text in ["quarry", "mine"] {
            std::fs::write(&path, text).unwrap();
            assert!(Lock::take(path.clone(), home.path()).is_err(), "{text}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }
}
