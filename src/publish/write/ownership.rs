//! Whether everything in an output folder is ours to replace.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::location::Location;
use super::manifest::Manifest;
use crate::publish::error::{Refusal, WriteError};
use crate::publish::fitness::MARKER;

/// Files that a desktop puts into any folder it shows: nobody's work.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// What was found at the output before a build: all of it is ours.
pub(super) struct Former {
    /// The marker, unless there was no folder or an empty one.
    manifest: Option<Manifest>,
    /// Every file but litter, the marker included.
    stamps: BTreeMap<String, Stamp>,
    pub(super) exists: bool,
}

/// What tells cheaply that a file is the very one that was examined.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<std::time::SystemTime>,
    #[cfg(unix)]
    node: (u64, i64, i64),
}

impl Former {
    /// Whether the folder holds this site, byte for byte, and nothing else.
    pub(super) fn holds_exactly(&self, manifest: &Manifest) -> bool {
        // The marker has no line of its own.
        self.manifest.as_ref() == Some(manifest) && self.stamps.len() == manifest.len() + 1
    }
}

/// Looks at every file in `folder`, which may be absent.
///
/// Every byte is hashed: size and time of change would let an edit of the same
/// length by a tool that sets times pass. Reading 2,400 pages of 20 kB that
/// the system has cached takes 50 to 100 ms on two cores, beside which a build
/// of as many pages is long.
pub(super) fn examine(folder: &Path) -> Result<Former, WriteError> {
    let failed = |path| WriteError::system("read", path);
    let mut former = Former {
        manifest: None,
        stamps: BTreeMap::new(),
        exists: true,
    };
    let mut entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            former.exists = false;
            return Ok(former);
        }
        entries => entries.map_err(failed(folder))?,
    };
    if entries.next().is_none() {
        return Ok(former);
    }
    // Before the walk: somebody's folder may be huge.
    let manifest =
        read_marker(folder)?.ok_or_else(|| WriteError::refused(folder, Refusal::Unmarked))?;
    former.stamps = survey(folder)?;
    compare(folder, &former.stamps, &manifest)?;
    former.manifest = Some(manifest);
    Ok(former)
}

/// Checks that a tree which was moved aside is still what was examined.
pub(super) fn unchanged_since(
    location: &Location,
    aside: &Path,
    former: &Former,
) -> Result<(), WriteError> {
    let in_output = |path: &str| location.output.join(path);
    for (path, stamp) in &survey(aside)? {
        match former.stamps.get(path) {
            Some(known) if known == stamp => {}
            Some(_) => return Err(WriteError::refused(&in_output(path), Refusal::Changed)),
            None => return Err(WriteError::refused(&in_output(path), Refusal::Foreign)),
        }
    }
    Ok(())
}

fn compare(
    folder: &Path,
    stamps: &BTreeMap<String, Stamp>,
    manifest: &Manifest,
) -> Result<(), WriteError> {
    let listed: Vec<_> = stamps
        .keys()
        .filter(|path| *path != MARKER)
        .map(|path| match manifest.sum_of(path) {
            Some(sum) => Ok((path, sum)),
            None => Err(WriteError::refused(&folder.join(path), Refusal::Foreign)),
        })
        .collect::<Result<_, _>>()?;
    // The first by path, so that the same folder gets the same message.
    let differs = listed
        .into_par_iter()
        .filter_map(|(path, listed)| {
            let path = folder.join(path);
            match fs::read(&path) {
                Ok(bytes) if listed.fits(&bytes) => None,
                Ok(_) => Some(WriteError::refused(&path, Refusal::Changed)),
                Err(error) => Some(WriteError::system("read", &path)(error)),
            }
        })
        .find_first(|_| true);
    differs.map_or(Ok(()), Err)
}

fn read_marker(folder: &Path) -> Result<Option<Manifest>, WriteError> {
    let path = folder.join(MARKER);
    let failed = || WriteError::system("read", &path);
    match fs::symlink_metadata(&path) {
        Ok(found) if found.is_file() => {
            let bytes = fs::read(&path).map_err(failed())?;
            Ok(str::from_utf8(&bytes).ok().and_then(Manifest::parse))
        }
        Ok(_) => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed()(error)),
    }
}

/// Every file below a folder by its path with `/`, litter left out. A link, a
/// device or a name that isn't text is foreign.
fn survey(folder: &Path) -> Result<BTreeMap<String, Stamp>, WriteError> {
    let mut stamps = BTreeMap::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(WriteError::system("read", &folder))? {
            let entry = entry.map_err(WriteError::system("read", &folder))?;
            let path = entry.path();
            let found = fs::symlink_metadata(&path).map_err(WriteError::system("read", &path))?;
            let foreign = || WriteError::refused(&path, Refusal::Foreign);
            let name = entry.file_name().into_string().map_err(|_| foreign())?;
            let key = format!("{prefix}{name}");
            if found.is_dir() {
                folders.push((path, format!("{key}/")));
            } else if !found.is_file() {
                return Err(foreign());
            } else if !LITTER.contains(&&name[..]) {
                stamps.insert(key, Stamp::of(&found));
            }
        }
    }
    Ok(stamps)
}

impl Stamp {
    fn of(found: &Metadata) -> Stamp {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        Stamp {
            length: found.len(),
            modified: found.modified().ok(),
            #[cfg(unix)]
            node: (found.ino(), found.ctime(), found.ctime_nsec()),
        }
    }
}
