//! Opening a file to read it, and no other than was meant.
//!
//! What was a file when its folder was listed may be a link out of it by now,
//! or a pipe that has a reader wait for ever. The system's own call is needed
//! to open a path part by part; nothing here changes what is on disk.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// What was found at a path that should be a file of a folder.
pub(super) enum Opened {
    /// The file, or whatever else lies in the folder under that name.
    File(File),
    /// A link, or a folder that is one, that leads out of the folder.
    LeadsOut,
}

/// Opens a path below a folder that is known without links, and waits for
/// nothing. No link is followed but to where it was looked that it leads.
pub(super) fn open(path: &Path, root: &Path) -> io::Result<Opened> {
    match open_below(root, path) {
        Err(error) if may_be_link(&error) => {
            let target = fs::canonicalize(path)?;
            if target.starts_with(root) {
                open_below(root, &target).map(Opened::File)
            } else {
                Ok(Opened::LeadsOut)
            }
        }
        opened => opened.map(Opened::File),
    }
}

/// Opens a path wherever its links lead, and waits for nothing.
#[cfg(unix)]
pub(super) fn open_anywhere(path: &Path) -> io::Result<File> {
    use rustix::fs::{CWD, OFlags};
    let file = open_at(CWD, path.as_os_str(), OFlags::NONBLOCK)?;
    Ok(file.into())
}

/// Opens a path wherever its links lead.
#[cfg(not(unix))]
pub(super) fn open_anywhere(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Opens a path below a folder, of which no part may be a link.
#[cfg(unix)]
fn open_below(root: &Path, path: &Path) -> io::Result<File> {
    use rustix::fs::{CWD, OFlags};
    use std::os::fd::AsFd;
    let below = path.strip_prefix(root).map_err(io::Error::other)?;
    if let Some(file) = open_at_once(path) {
        return Ok(file);
    }
    let folder = OFlags::NOFOLLOW | OFlags::DIRECTORY;
    let mut at = open_at(CWD, root.as_os_str(), folder)?;
    let mut parts = below.components().peekable();
    while let Some(part) = parts.next() {
        let kind = if parts.peek().is_some() {
            folder
        } else {
            OFlags::NOFOLLOW | OFlags::NONBLOCK
        };
        at = open_at(at.as_fd(), part.as_os_str(), kind)?;
    }
    Ok(at.into())
}

/// Opens a path of which no part is a link by one call, where there is such a
/// call. Why it can't be is told part by part.
#[cfg(target_os = "linux")]
fn open_at_once(path: &Path) -> Option<File> {
    use rustix::fs::{CWD, Mode, OFlags, ResolveFlags, openat2};
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let opened = openat2(CWD, path, flags, Mode::empty(), ResolveFlags::NO_SYMLINKS);
    opened.ok().map(File::from)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn open_at_once(_: &Path) -> Option<File> {
    None
}

/// A link here needs rights that few have there.
#[cfg(not(unix))]
fn open_below(_: &Path, path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Opens a name in a folder to read it.
#[cfg(unix)]
fn open_at(
    folder: std::os::fd::BorrowedFd<'_>,
    name: &std::ffi::OsStr,
    kind: rustix::fs::OFlags,
) -> rustix::io::Result<std::os::fd::OwnedFd> {
    use rustix::fs::{Mode, OFlags, openat};
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | kind;
    rustix::io::retry_on_intr(|| openat(folder, name, flags, Mode::empty()))
}

/// Whether a path couldn't be opened because a part of it is a link.
#[cfg(unix)]
fn may_be_link(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let link = [Errno::LOOP, Errno::NOTDIR, Errno::MLINK];
    link.iter()
        .any(|link| error.raw_os_error() == Some(link.raw_os_error()))
}

#[cfg(not(unix))]
fn may_be_link(_: &io::Error) -> bool {
    false
}

/// Whether a link leads nowhere, or in a circle, rather than to something that
/// the system fails to show.
pub(super) fn is_dead_end(error: &io::Error) -> bool {
    #[cfg(unix)]
    if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) {
        return true;
    }
    let kind = error.kind();
    matches!(kind, io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
