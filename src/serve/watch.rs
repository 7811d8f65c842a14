//! When to build again: what an author changes, but not what a build writes.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, MetadataKind, ModifyKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::publish::belongs_to_output;

/// Saves that go on without a pause are one change for this many times the
/// pause that ends one; then what is there so far is told.
const LONGEST: u32 = 10;

/// A file that was closed is whole, and needs but this part of the pause that
/// one still being written is given.
const WHOLE: u32 = 5;

/// How long a wait for ever is before it begins again.
const A_WHILE: Duration = Duration::from_secs(3600);

/// What changed since the last time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The files and folders that were made, changed, moved or removed.
    pub paths: BTreeSet<PathBuf>,
    /// The system lost count: anything may have changed.
    pub anything: bool,
}

/// A watch over files and folders; it ends when dropped.
pub struct Watcher {
    system: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    pause: Duration,
    roots: Vec<Root>,
    output: PathBuf,
}

/// A file or folder that is watched, whether it is there or not.
struct Root {
    /// Without links in the folders above it.
    path: PathBuf,
    /// The folder that is watched with all in it: the path, or where it leads.
    armed: Option<PathBuf>,
    /// The nearest folder above that is there; tells when the path is made,
    /// removed or replaced, which the path itself can't.
    above: Option<PathBuf>,
}

/// What was seen of a change that may still be going on.
#[derive(Default)]
struct Seen {
    changes: Changes,
    /// Files that were written to and not closed since. Where the system
    /// doesn't tell of closing, each of them stays here.
    unfinished: BTreeSet<PathBuf>,
    /// A folder came: what was put into it before it was watched was not told.
    folders: bool,
}

/// Watches files and folders with all in them, but for what a build writes to
/// `output` and what none reads: hidden files and drafts. A path need not
/// exist yet, and may be replaced as a whole, as editors and version control
/// do. Events that follow each other within `pause` are one change, or within
/// a part of it once every file is closed.
///
/// # Errors
///
/// If the system can't watch, or not as many folders.
pub fn watch(paths: &[PathBuf], output: &Path, pause: Duration) -> io::Result<Watcher> {
    let (sender, events) = mpsc::channel();
    let system = RecommendedWatcher::new(sender, Config::default()).map_err(to_io)?;
    let roots = paths.iter().map(|path| {
        let (path, armed, above) = (real(path)?, None, None);
        Ok(Root { path, armed, above })
    });
    let mut watcher = Watcher {
        system,
        events,
        pause,
        roots: roots.collect::<io::Result<_>>()?,
        output: real(output)?,
    };
    watcher.arm(&|_| true)?;
    Ok(watcher)
}

impl Watcher {
    /// Waits until something changes.
    ///
    /// # Errors
    ///
    /// If the watch can't go on.
    pub fn recv(&mut self) -> io::Result<Changes> {
        loop {
            if let Some(changes) = self.recv_within(A_WHILE)? {
                return Ok(changes);
            }
        }
    }

    /// The same, but returns none once nothing changed for this long.
    ///
    /// # Errors
    ///
    /// If the watch can't go on.
    pub fn recv_within(&mut self, patience: Duration) -> io::Result<Option<Changes>> {
        let until = Instant::now() + patience;
        while let Some(seen) = self.settled(until)? {
            let Seen {
                mut changes,
                folders,
                ..
            } = seen;
            let Changes { paths, anything } = &changes;
            // What was made above a path may be the path, or lead to it; what
            // was made below may hold folders that aren't watched yet.
            let above = |root: &Path| paths.iter().any(|at| root.starts_with(at));
            self.arm(&|root: &Path| *anything || folders || above(root))?;
            changes.paths.retain(|path| self.is_watched(path));
            if changes.anything || !changes.paths.is_empty() {
                return Ok(Some(changes));
            }
        }
        Ok(None)
    }

    /// Waits for a change to begin until then, and until it is over or has
    /// gone on for long; none if none began.
    fn settled(&self, until: Instant) -> io::Result<Option<Seen>> {
        let mut seen = Seen::default();
        let mut latest = None;
        loop {
            let left = match latest {
                None => until,
                Some(latest) if seen.unfinished.is_empty() => {
                    (Instant::now() + self.pause / WHOLE).min(latest)
                }
                Some(latest) => (Instant::now() + self.pause).min(latest),
            };
            let left = left.saturating_duration_since(Instant::now());
            let event = match self.events.recv_timeout(left) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => return Ok(latest.map(|_| seen)),
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(io::Error::other("the watch over the content has ended"));
                }
            };
            match event {
                Ok(event) => self.note(&event, &mut seen),
                // An event was lost: all the more reason to look.
                Err(_) => seen.changes.anything = true,
            }
            if latest.is_none() && (seen.changes.anything || !seen.changes.paths.is_empty()) {
                latest = Some(Instant::now() + self.pause * LONGEST);
            }
        }
    }

    /// Adds what an event tells, though it may be of a folder above a root.
    fn note(&self, event: &Event, seen: &mut Seen) {
        seen.changes.anything |= event.need_rescan();
        if !is_change(event.kind) {
            return;
        }
        // A folder above a root changes with everything in it, a build's
        // output too: only that it came or went says anything of the root.
        let is_move =
            !matches!(event.kind, EventKind::Modify(kind) if !matches!(kind, ModifyKind::Name(_)));
        let is_above = |path: &Path| {
            let mut roots = self.roots.iter().map(|root| &root.path);
            roots.any(|root| root != path && root.starts_with(path))
        };
        let paths = event.paths.iter();
        let told = paths
            .filter(|path| !belongs_to_output(&self.output, path))
            .filter(|path| is_move || !is_above(path))
            .filter(|path| self.is_watched(path));
        for path in told {
            match event.kind {
                EventKind::Access(_)
                | EventKind::Remove(_)
                | EventKind::Modify(ModifyKind::Name(_)) => {
                    seen.unfinished.remove(path);
                }
                EventKind::Create(CreateKind::Folder)
                | EventKind::Modify(ModifyKind::Metadata(_)) => {}
                _ => {
                    seen.unfinished.insert(path.clone());
                }
            }
            seen.folders |= is_move && path.is_dir();
            seen.changes.paths.insert(path.clone());
        }
    }

    fn is_watched(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| {
            let armed = root.armed.as_deref();
            let below = [Some(&*root.path), armed].into_iter().flatten();
            let mut below = below.filter_map(|from| path.strip_prefix(from).ok());
            // A folder above a root is of interest if the root came or went
            // with it.
            below.any(is_read) || root.path.starts_with(path)
        })
    }

    /// Watches the chosen roots as they are now.
    fn arm(&mut self, chosen: &dyn Fn(&Path) -> bool) -> io::Result<()> {
        for index in 0..self.roots.len() {
            let root = &self.roots[index];
            if !chosen(&root.path) {
                continue;
            }
            let path = root.path.clone();
            let above = path.ancestors().skip(1).find(|above| above.is_dir());
            let above = above.map(Path::to_owned);
            let former = root.armed.clone();
            // First the folder above: what is made in between is then seen.
            if let Some(above) = above.as_ref().filter(|above| !self.covers(above, index)) {
                self.system
                    .watch(above, RecursiveMode::NonRecursive)
                    .map_err(to_io)?;
            }
            let armed = fs::canonicalize(&path).ok().filter(|real| real.is_dir());
            if let Some(former) = &former {
                // Gone already if the folder was removed. It is let go of even
                // if there is one of its name: that may be another.
                let _ = self.system.unwatch(former);
            }
            if let Some(armed) = &armed {
                match self.system.watch(armed, RecursiveMode::Recursive) {
                    // Gone again: the folder above tells when it is back.
                    Err(_) if !armed.exists() => {}
                    watched => watched.map_err(to_io)?,
                }
            }
            self.roots[index].armed = armed;
            self.roots[index].above = above;
        }
        Ok(())
    }

    /// Whether another root's watch sees the folder: a second one of the same
    /// folder would take the place of the first.
    fn covers(&self, folder: &Path, but: usize) -> bool {
        self.roots.iter().enumerate().any(|(index, root)| {
            let armed = root.armed.as_deref();
            let above = root.above.as_deref();
            index != but
                && (armed.is_some_and(|armed| folder.starts_with(armed)) || above == Some(folder))
        })
    }
}

/// Reading is no change: a build reads every file it is asked to watch.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_)
        | EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)) => false,
        _ => true,
    }
}

/// Whether a build reads what lies there, below a root: hidden files and drafts
/// it passes over, and an editor's swap files are among them.
fn is_read(below: &Path) -> bool {
    let hidden = |part: Component| part.as_os_str().to_string_lossy().starts_with(['.', '_']);
    !below.components().any(hidden)
}

/// The path without links in the folders above it, as events name it. Neither
/// it nor they need exist.
fn real(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let above = path.ancestors().skip(1);
    for above in above {
        if let (Ok(real), Ok(rest)) = (fs::canonicalize(above), path.strip_prefix(above)) {
            return Ok(real.join(rest));
        }
    }
    Ok(path)
}

fn to_io(error: notify::Error) -> io::Error {
    match error.kind {
        notify::ErrorKind::Io(error) => error,
        _ => io::Error::other(error),
    }
}
