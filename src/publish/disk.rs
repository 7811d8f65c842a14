//! What is asked of the disk, and what is done where a file system lacks it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::error::WriteError;

/// Whether there is anything at a path, even a link to nowhere.
pub(super) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether there is nothing at a path, for sure: what a system can't tell of may
/// well be there.
pub(super) fn is_gone(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// Writes a file that isn't there yet. One that can't be written whole is
/// removed again.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<File, WriteError> {
    File::create_new(path)
        .and_then(|mut file| {
            file.write_all(bytes).inspect_err(|_| {
                // The writing failed already, and that is what is told.
                let _ = fs::remove_file(path);
            })?;
            Ok(file)
        })
        .map_err(WriteError::system("write", path))
}

/// Has the names in a folder reach the disk.
#[cfg(unix)]
pub(super) fn settle_names(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(error) if !lacks_the_call(&error) => Err(error),
        _ => Ok(()),
    }
}

/// Elsewhere a folder can't be opened as a file.
#[cfg(not(unix))]
pub(super) fn settle_names(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Has the whole file system reach the disk that a folder lies on. One without
/// that call is left to its own pace.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn settle_all(folder: &Path) -> io::Result<()> {
    match rustix::fs::syncfs(File::open(folder)?).map_err(io::Error::from) {
        Err(error) if !lacks_the_call(&error) => Err(error),
        _ => Ok(()),
    }
}

/// Other systems have no such call.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn settle_all(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Puts each of two folders in the other's place by one rename.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Renames a folder to a name that nothing has: whatever is there stays, and
/// the error is [`io::ErrorKind::AlreadyExists`].
pub(super) fn rename_to_new(from: &Path, to: &Path) -> io::Result<()> {
    match rename_unless_there(from, to) {
        Err(error) if lacks_the_call(&error) => rename_after_look(from, to),
        done => done,
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn rename_unless_there(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn rename_unless_there(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Looks first. What comes between the look and the rename isn't replaced
/// either: no system renames a folder over a file or over a folder that holds
/// anything.
fn rename_after_look(from: &Path, to: &Path) -> io::Result<()> {
    if is_there(to) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// Whether the file system or the kernel doesn't know the call.
pub(super) fn lacks_the_call(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidInput, Unsupported};
    matches!(error.kind(), InvalidInput | Unsupported)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rename_to_a_new_name_replaces_nothing() {
        for rename in [rename_to_new, rename_after_look] {
            let home = tempfile::tempdir().unwrap();
            let path = |name: &str| home.path().join(name);
            for name in ["from", "empty", "full"] {
                fs::create_dir(path(name)).unwrap();
            }
            fs::write(path("full/a"), "mine").unwrap();
            fs::write(path("file"), "mine").unwrap();
            for taken in ["empty", "full", "file"] {
                let refused = rename(&path("from"), &path(taken)).unwrap_err();
                assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists, "{taken}");
            }
            #[cfg(unix)]
            {
                std::os::unix::fs::symlink(path("nowhere"), path("link")).unwrap();
                let refused = rename(&path("from"), &path("link")).unwrap_err();
                assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
            }
            rename(&path("from"), &path("to")).unwrap();
            assert!(path("to").is_dir() && !is_there(&path("from")));
            assert_eq!(fs::read(path("full/a")).unwrap(), b"mine");
        }
    }
}
