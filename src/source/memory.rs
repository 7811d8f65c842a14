//! What came of the files when they were last read, so that one that is as it
//! was isn't read and parsed again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Documents;
use super::classify::{Kind, MonthFile};
use super::content_path::ContentPath;
use super::files::Found;
use crate::diagnostic::Report;

/// What is kept of the files of one site.
#[derive(Debug, Default)]
pub struct Memory {
    keeps: bool,
    /// What there was, if every file was something.
    listing: Option<Arc<Listing>>,
    /// What there was when what is kept was read, and what is kept of each file.
    read: Option<Arc<Listing>>,
    files: Vec<Option<Kept>>,
    attached: BTreeMap<ContentPath, Attached>,
}

/// What there is to be read.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Each file that is something, ordered by path.
    pub(super) files: Vec<Filed>,
    /// Every path: what markdown refers to is looked up in it.
    pub(super) paths: Vec<ContentPath>,
    /// What was said of what isn't a file.
    pub(super) said: Report,
}

/// A file with what it is.
pub(super) type Filed = (Kind, ContentPath, Found);

/// What may have changed since: these files, and all in these folders; none
/// if anything may have.
pub type Touched<'t> = Option<&'t BTreeSet<PathBuf>>;

/// As many paths are looked through one by one sooner than each folder of a
/// file is looked up among them.
const FEW: usize = 4;

/// A file as it was read.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    stamp: Option<Stamp>,
    bytes: Arc<[u8]>,
    /// What came of it.
    pub(super) outcome: Outcome,
}

/// A file that markdown refers to, which is published as it is.
#[derive(Clone, Debug)]
pub(super) struct Attached {
    stamp: Option<Stamp>,
    bytes: Arc<Vec<u8>>,
}

/// What comes of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    pub(super) filing: Option<Arc<dyn Filing>>,
    pub(super) faults: Report,
}

/// What the system says of a file that would be otherwise had it been written
/// to; nothing where it doesn't say enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp([i64; 7]);

/// What was read of a file, on its way to its place among the documents.
pub(super) trait Filing: Send + Sync + std::fmt::Debug {
    /// Puts it there: shared, if it is kept besides.
    fn file(self: Arc<Self>, documents: &mut Documents);
}

/// What all is judged by, as it was read: every file of the content but
/// narratives, free pages and what those refer to.
///
/// Two are equal if they are the very same files, read once: what follows from
/// them needn't be worked out again. A file with other bytes isn't the same, even
/// if they say no more: what it says may stand on another line.
#[derive(Clone)]
pub struct Grounds(Arc<[Arc<dyn Filing>]>);

struct Read<T, P> {
    read: Arc<T>,
    put: P,
}

impl<T, P> std::fmt::Debug for Read<T, P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Read")
    }
}

impl<T, P> Filing for Read<T, P>
where
    T: Send + Sync,
    P: Fn(&mut Documents, Arc<T>) + Send + Sync,
{
    fn file(self: Arc<Self>, documents: &mut Documents) {
        match Arc::try_unwrap(self) {
            Ok(Read { read, put }) => put(documents, read),
            Err(kept) => (kept.put)(documents, Arc::clone(&kept.read)),
        }
    }
}

/// What was read, with the way to its place.
pub(super) fn filing<T: Send + Sync + 'static>(
    read: T,
    put: impl Fn(&mut Documents, Arc<T>) + Send + Sync + 'static,
) -> Arc<dyn Filing> {
    let read = Arc::new(read);
    Arc::new(Read { read, put })
}

impl Grounds {
    fn of(outcomes: &[(Kind, Outcome)]) -> Self {
        let judged = outcomes
            .iter()
            .filter(|(kind, _)| !matches!(kind, Kind::Page | Kind::Month(_, MonthFile::Narrative)));
        Grounds(judged.filter_map(|(_, of)| of.filing.clone()).collect())
    }
}

#[cfg(test)]
impl Grounds {
    /// Those of a file that was read just now, and so are like no others.
    pub(crate) fn of_a_file() -> Self {
        Grounds(Arc::new([filing((), |_, _| ())]))
    }
}

impl PartialEq for Grounds {
    fn eq(&self, other: &Self) -> bool {
        let place = |of: &Arc<dyn Filing>| Arc::as_ptr(of).cast::<()>();
        self.0.iter().map(place).eq(other.0.iter().map(place))
    }
}

impl std::fmt::Debug for Grounds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Grounds({} files)", self.0.len())
    }
}

impl Memory {
    /// One that keeps what is read; the default forgets it.
    pub fn keeping() -> Self {
        Memory {
            keeps: true,
            ..Memory::default()
        }
    }

    /// What there is, if it is what there was: if only files were touched that still
    /// are there.
    pub(super) fn listed(&self, touched: Touched<'_>) -> Option<Arc<Listing>> {
        let listing = self.listing.as_ref()?;
        let known = |path: &PathBuf| {
            let is_file = fs::symlink_metadata(path).is_ok_and(|of| of.is_file());
            let mut files = listing.files.iter();
            is_file && files.any(|(.., found)| found.path.as_os_str() == path.as_os_str())
        };
        let is_same = touched?.iter().all(known);
        is_same.then(|| Arc::clone(listing))
    }

    /// Keeps what there is; none where that has to be looked at once more.
    pub(super) fn list(&mut self, listing: Option<Arc<Listing>>) {
        self.listing = listing.filter(|_| self.keeps);
    }

    /// What all is judged by; none where nothing is kept to be held against it.
    pub(super) fn grounds(&self, outcomes: &[(Kind, Outcome)]) -> Option<Grounds> {
        self.keeps.then(|| Grounds::of(outcomes))
    }

    /// Whether there are the same paths as when what is kept was read.
    pub(super) fn has_paths(&self, listing: &Arc<Listing>) -> bool {
        self.read
            .as_ref()
            .is_some_and(|read| Arc::ptr_eq(read, listing) || read.paths == listing.paths)
    }

    /// What is kept of a file that stands at a place among all. What markdown comes
    /// to depends on the paths that there are: on whether they are the same.
    pub(super) fn kept(&self, at: usize, path: &ContentPath, same_paths: bool) -> Option<&Kept> {
        if path.stem_and_ending().1 == "md" && !same_paths {
            return None;
        }
        let read = &self.read.as_ref()?.files;
        // As a rule it stood there before.
        let stood_there = read.get(at).is_some_and(|(_, known, _)| known == path);
        let at = if stood_there {
            at
        } else {
            read.binary_search_by(|(_, known, _)| known.cmp(path))
                .ok()?
        };
        self.files.get(at)?.as_ref()
    }

    /// Keeps what was read of each file in place of what was kept.
    pub(super) fn keep(&mut self, listing: &Arc<Listing>, files: Vec<Option<Kept>>) {
        if self.keeps {
            self.read = Some(Arc::clone(listing));
            self.files = files;
        }
    }

    /// What a file held when it was last read, if it is as it was then.
    pub(super) fn attached(
        &self,
        path: &ContentPath,
        found: &Found,
        touched: Touched<'_>,
    ) -> Option<Attached> {
        let kept = self.attached.get(path)?;
        let stamp = Stamp::of(&found.path);
        is_untouched(found, stamp, kept.stamp, touched).then(|| kept.clone())
    }

    /// Keeps these in place of those that were kept, and gives what they hold.
    pub(super) fn keep_attached(
        &mut self,
        attached: BTreeMap<ContentPath, Attached>,
    ) -> BTreeMap<ContentPath, Arc<Vec<u8>>> {
        let bytes = |(path, of): (&ContentPath, &Attached)| (path.clone(), Arc::clone(&of.bytes));
        let held = attached.iter().map(bytes).collect();
        if self.keeps {
            self.attached = attached;
        }
        held
    }
}

/// Whether a file was named among what was touched.
pub(super) fn names(touched: Touched<'_>, found: &Found) -> bool {
    let is_it = |path: &PathBuf| path.as_os_str() == found.path.as_os_str();
    touched.is_some_and(|touched| touched.len() <= FEW && touched.iter().any(is_it))
}

/// Whether a file needn't be opened: nobody said that it was touched, and the
/// system says what it said before.
fn is_untouched(
    found: &Found,
    stamp: Option<Stamp>,
    before: Option<Stamp>,
    touched: Touched<'_>,
) -> bool {
    let is_touched = |paths: &BTreeSet<PathBuf>| {
        // As a rule one file was saved; a change of branch touches many.
        if paths.len() <= FEW {
            return paths.iter().any(|path| found.path.starts_with(path));
        }
        let mut above = found.path.ancestors();
        above.any(|path| paths.contains(path))
    };
    stamp.is_some() && stamp == before && touched.is_some_and(|paths| !is_touched(paths))
}

impl Attached {
    pub(super) fn new(stamp: Option<Stamp>, bytes: Vec<u8>) -> Self {
        Attached {
            stamp,
            bytes: Arc::new(bytes),
        }
    }
}

impl Kept {
    pub(super) fn new(stamp: Option<Stamp>, bytes: &[u8], outcome: Outcome) -> Self {
        Kept {
            stamp,
            bytes: bytes.into(),
            outcome,
        }
    }

    /// Whether the file needn't be opened.
    pub(super) fn is_untouched(
        &self,
        found: &Found,
        stamp: Option<Stamp>,
        touched: Touched<'_>,
    ) -> bool {
        is_untouched(found, stamp, self.stamp, touched)
    }

    /// The same, if the file holds what it did.
    pub(super) fn with_bytes(&self, bytes: &[u8], stamp: Option<Stamp>) -> Option<Kept> {
        (*self.bytes == *bytes).then(|| Kept {
            stamp,
            ..self.clone()
        })
    }
}

impl Stamp {
    /// What the system says of the file at a path, or of that which a link
    /// there leads to.
    #[cfg(unix)]
    pub(super) fn of(path: &Path) -> Option<Stamp> {
        use std::os::unix::fs::MetadataExt;

        let said = fs::metadata(path).ok()?;
        let [device, inode, size] = [said.dev(), said.ino(), said.size()].map(u64::cast_signed);
        let modified = [said.mtime(), said.mtime_nsec()];
        let changed = [said.ctime(), said.ctime_nsec()];
        let [[m, m_nano], [c, c_nano]] = [modified, changed];
        Some(Stamp([device, inode, size, m, m_nano, c, c_nano]))
    }

    /// Elsewhere every file is read: it is known by its bytes.
    #[cfg(not(unix))]
    pub(super) fn of(path: &Path) -> Option<Stamp> {
        let _ = path;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::again;

    fn read(root: &Path, memory: &mut Memory) -> Option<Grounds> {
        let mut report = Report::default();
        let documents = again(root, None, memory, &mut report).unwrap();
        assert!(!report.has_errors(), "{report:?}");
        documents.grounds
    }

    #[test]
    fn only_words_leave_what_all_is_judged_by() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path();
        let write = |path: &str, text: &str| {
            let path = root.join("content").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("engagement.yaml", "firm: A\n");
        write("2026-01/telemetry.yaml", "kpis: { away_from_desk: 8 }\n");
        write("2026-01/leadership.yaml", "date: 2026-01-27\n");
        write("2026-01/leadership.md", "Calm.\n");
        let mut memory = Memory::keeping();
        let mut before = read(root, &mut memory);
        assert!(before.is_some());
        let words = [
            ("2026-01/leadership.md", "Calmer. See [it](plan.txt).\n"),
            ("2026-01/plan.txt", "1\n"),
            ("2026-01/plan.txt", "2\n"),
            ("pages/method.md", "# How\n"),
            // As it was.
            ("2026-01/telemetry.yaml", "kpis: { away_from_desk: 8 }\n"),
        ];
        for (path, text) in words {
            write("2026-01/plan.txt", "0\n");
            write(path, text);
            assert_eq!(read(root, &mut memory), before, "{path}");
        }
        let others = [
            ("engagement.yaml", "firm: B\n"),
            ("fit-check.yaml", "version: 2\n"),
            (
                "2026-01/telemetry.yaml",
                "# Once more.\nkpis: { away_from_desk: 8 }\n",
            ),
            ("2026-01/leadership.yaml", "date: 2026-01-28\n"),
            ("2026-02/telemetry.yaml", "kpis: { away_from_desk: 8 }\n"),
        ];
        for (path, text) in others {
            write(path, text);
            let now = read(root, &mut memory);
            assert_ne!(now, before, "{path}");
            before = now;
        }
        fs::remove_file(root.join("content/2026-02/telemetry.yaml")).unwrap();
        assert_ne!(read(root, &mut memory), before);
        assert_eq!(read(root, &mut Memory::default()), None);
    }

    #[test]
    fn what_there_is_is_looked_at_again_once_a_file_comes_or_goes() {
        let home = tempfile::tempdir().unwrap();
        // As the folder is found: on some systems a link leads to it.
        let root = fs::canonicalize(home.path()).unwrap();
        let path = |name: &str| root.join("content/2026-01").join(name);
        fs::create_dir_all(path("")).unwrap();
        for name in ["telemetry.yaml", "leadership.md"] {
            fs::write(path(name), "").unwrap();
        }
        let mut memory = Memory::keeping();
        let mut listed = |touched: Option<PathBuf>| {
            let touched = touched.map(|path| BTreeSet::from([path]));
            let mut report = Report::default();
            let read = again(&root, touched.as_ref(), &mut memory, &mut report);
            assert!(read.is_ok());
            Arc::clone(memory.read.as_ref().unwrap())
        };
        let mut last = listed(None);
        let mut steps = vec![("telemetry.yaml", true, true), ("board.yaml", true, false)];
        steps.extend([("board.yaml", true, true), ("leadership.md", false, false)]);
        // Misnamed: what it may be is asked anew.
        steps.extend([("leadrship.md", true, false), ("board.yaml", true, false)]);
        for (name, stays, is_same) in steps {
            if stays {
                fs::write(path(name), "# Once more.\n").unwrap();
            } else {
                fs::remove_file(path(name)).unwrap();
            }
            let now = listed(Some(path(name)));
            assert_eq!(Arc::ptr_eq(&now, &last), is_same, "{name}");
            last = now;
        }
        assert!(
            !Arc::ptr_eq(&listed(None), &last),
            "anything may have changed"
        );
    }

    #[test]
    fn an_attachment_is_read_again_once_it_was_written_to() {
        let home = tempfile::tempdir().unwrap();
        let pages = home.path().join("content/pages");
        fs::create_dir_all(&pages).unwrap();
        let [page, plan] = ["a.md", "plan.pdf"].map(|name| pages.join(name));
        fs::write(&page, "# A\n\n[It](plan.pdf)\n").unwrap();
        fs::write(&plan, "first").unwrap();
        let mut memory = Memory::keeping();
        let mut read = |touched: Option<&Path>| {
            let touched = touched.map(|path| BTreeSet::from([path.to_owned()]));
            let mut report = Report::default();
            let documents = again(home.path(), touched.as_ref(), &mut memory, &mut report);
            let mut attached = documents.unwrap().attachments.into_values();
            attached.next().unwrap()
        };
        let first = read(None);
        assert_eq!(Arc::ptr_eq(&read(Some(&page)), &first), cfg!(unix));
        fs::write(&plan, "later").unwrap();
        assert_eq!(**read(Some(&plan)), *b"later");
    }
}
