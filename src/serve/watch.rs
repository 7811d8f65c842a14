//! When to build again: what an author changes, but not what a build writes.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, EventKind, MetadataKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{
    DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer,
};

use crate::publish::belongs_to_output;

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
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    events: Receiver<DebounceEventResult>,
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

/// Watches files and folders with all in them, but for what a build writes to
/// `output`. A path need not exist yet, and may be replaced as a whole, as
/// editors and version control do. Events that follow each other within
/// `debounce` are one change.
///
/// # Errors
///
/// If the system can't watch, or not as many folders.
pub fn watch(paths: &[PathBuf], output: &Path, debounce: Duration) -> io::Result<Watcher> {
    let (sender, events) = mpsc::channel();
    let debouncer = new_debouncer(debounce, None, sender).map_err(to_io)?;
    let roots = paths.iter().map(|path| {
        let (path, armed, above) = (real(path)?, None, None);
        Ok(Root { path, armed, above })
    });
    let mut watcher = Watcher {
        debouncer,
        events,
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
            let ended = |_| io::Error::other("the watch over the content has ended");
            let mut results = vec![self.events.recv().map_err(ended)?];
            results.extend(self.events.try_iter());
            let mut changes = Changes::default();
            for result in results {
                match result {
                    Ok(events) => events
                        .iter()
                        .for_each(|event| self.note(event, &mut changes)),
                    // An event was lost: all the more reason to look.
                    Err(_) => changes.anything = true,
                }
            }
            if changes.anything || !changes.paths.is_empty() {
                let Changes { paths, anything } = &changes;
                // What was made above a path may be the path, or lead to it.
                self.arm(&|root: &Path| *anything || paths.iter().any(|at| root.starts_with(at)))?;
                changes.paths.retain(|path| self.is_watched(path));
                if changes.anything || !changes.paths.is_empty() {
                    return Ok(changes);
                }
            }
        }
    }

    /// Adds what an event tells, though it may be of a folder above a root.
    fn note(&self, event: &DebouncedEvent, changes: &mut Changes) {
        changes.anything |= event.need_rescan();
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
            .filter(|path| is_move || !is_above(path));
        changes.paths.extend(told.cloned());
    }

    fn is_watched(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| {
            // A folder above a root is of interest if the root came or went
            // with it.
            path.starts_with(&root.path)
                || root
                    .armed
                    .as_ref()
                    .is_some_and(|armed| path.starts_with(armed))
                || root.path.starts_with(path)
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
            let former = (root.armed.clone(), root.above.clone());
            // First the folder above: what is made in between is then seen.
            if let Some(above) = above.as_ref().filter(|above| !self.covers(above, index)) {
                self.debouncer
                    .watch(above, RecursiveMode::NonRecursive)
                    .map_err(to_io)?;
            }
            if let Some(armed) = &former.0 {
                // Gone already if the folder was removed.
                let _ = self.debouncer.unwatch(armed);
            }
            let armed = fs::canonicalize(&path).ok().filter(|real| real.is_dir());
            if let Some(armed) = &armed {
                match self.debouncer.watch(armed, RecursiveMode::Recursive) {
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
