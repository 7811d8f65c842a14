//! The hidden folder beside the output in which a site is built, and how its
//! tree takes the output's place.
//!
//! ```text
//! public/
//! .public.quarterdeck-4711-0/
//!   owner      says that the folder is ours; written first, removed last
//!   site/      the tree being built; after the exchange the former one
//!   former/    the former tree, where two renames had to do
//! ```
//!
//! Who finds such a folder while holding the lock finds what a killed build
//! left.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::location::Location;
use super::manifest::Manifest;
use super::ownership::{self, Former};
use crate::publish::bundle::Bundle;
use crate::publish::disk::{exchange, is_gone, is_there, lacks_the_call, settle_all, write_file};
use crate::publish::error::{PUT_BACK, Refusal, WriteError};
use crate::publish::fitness::MARKER;

const OWNER: &str = "owner";
const OWNER_TEXT: &str = "Made by Quarterdeck while it writes a site. The next build removes it.\n";
const SITE: &str = "site";
const FORMER: &str = "former";

/// How a tree takes another's place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// By one rename, or two where the file system can't exchange folders.
    Exchange,
    /// By two, between which there is no output for a moment.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests stand in for old disks"))]
    TwoRenames,
}

/// A folder to build in, removed when dropped.
pub(super) struct Staging<'a> {
    location: &'a Location,
    folder: PathBuf,
    removed: bool,
}

impl<'a> Staging<'a> {
    pub(super) fn create(location: &'a Location) -> Result<Staging<'a>, WriteError> {
        let staging = Staging {
            location,
            folder: location.beside.create_folder()?,
            removed: false,
        };
        write_file(&staging.folder.join(OWNER), OWNER_TEXT.as_bytes())?;
        Ok(staging)
    }

    /// Creates the tree's folders.
    pub(super) fn create_folders(&self, bundle: &Bundle) -> Result<(), WriteError> {
        let site = self.folder.join(SITE);
        let create =
            |folder: &Path| fs::create_dir(folder).map_err(WriteError::system("create", folder));
        create(&site)?;
        // A folder sorts before those in it.
        let folders: BTreeSet<&str> = bundle
            .iter()
            .flat_map(|(path, _)| {
                let path = path.as_str();
                path.match_indices('/').map(|(at, _)| &path[..at])
            })
            .collect();
        for folder in folders {
            create(&site.join(folder))?;
        }
        Ok(())
    }

    /// Fills them, the marker last: a tree with a marker is whole.
    pub(super) fn fill(&self, bundle: &Bundle, manifest: &Manifest) -> Result<(), WriteError> {
        let site = self.folder.join(SITE);
        let files: Vec<_> = bundle.iter().collect();
        files
            .into_par_iter()
            .with_max_len(1)
            .try_for_each(|(path, bytes)| write_file(&site.join(path.as_str()), bytes).map(drop))?;
        write_file(&site.join(MARKER), manifest.to_text().as_bytes())?;
        // After a power cut a file could be empty else, and the next build would
        // take it for somebody's edit. It also reports what a write couldn't
        // yet know. One call for all: 2,400 pages (48 MB) take it 50 to 140 ms
        // where a call a file takes 430 to 490. Where there is none, that costs
        // more than the risk is worth: a site can always be built again.
        settle_all(&site).map_err(WriteError::system("write", &site))
    }

    /// Puts the tree in the output's place. Returns where the former tree now
    /// lies, if there was one.
    pub(super) fn swap_in(
        &self,
        former: &Former,
        method: Method,
    ) -> Result<Option<PathBuf>, WriteError> {
        let output = &self.location.output;
        let site = self.folder.join(SITE);
        let failed = || WriteError::system("replace", output);
        if !former.exists {
            // Fails if there is a file, a link or a folder with content now.
            fs::rename(&site, output).map_err(failed())?;
            return Ok(None);
        }
        if method == Method::Exchange {
            match exchange(&site, output) {
                Ok(()) => return Ok(Some(site)),
                Err(error) if lacks_the_call(&error) => {}
                Err(error) => return Err(failed()(error)),
            }
        }
        // A build killed between the two leaves no output; the next one finds
        // the former tree here and puts it back first.
        let aside = self.folder.join(FORMER);
        fs::rename(output, &aside).map_err(failed())?;
        if let Err(error) = fs::rename(&site, output) {
            fs::rename(&aside, output).map_err(WriteError::system(PUT_BACK, &aside))?;
            return Err(failed()(error));
        }
        Ok(Some(aside))
    }

    /// Undoes [`Staging::swap_in`].
    pub(super) fn swap_back(&self, aside: &Path) -> Result<(), WriteError> {
        let output = &self.location.output;
        let site = self.folder.join(SITE);
        let undone = if aside == site {
            exchange(&site, output)
        } else {
            fs::rename(output, &site).and_then(|()| fs::rename(aside, output))
        };
        undone.map_err(|error| {
            // The former tree holds somebody's work and stays where it is:
            // without this file no build takes the folder for its own.
            let _ = fs::remove_file(self.folder.join(OWNER));
            WriteError::system(PUT_BACK, aside)(error)
        })
    }

    /// Removes the folder with whatever tree lies in it.
    ///
    /// # Errors
    ///
    /// The folder, if it couldn't be removed.
    pub(super) fn remove(mut self) -> Result<(), PathBuf> {
        self.removed = true;
        remove(self.location, &self.folder).map_err(|_| self.folder.clone())
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        if !self.removed && is_ours(&self.folder) {
            // The build failed already; the next one tries again.
            let _ = remove(self.location, &self.folder);
        }
    }
}

/// Repairs and removes what killed builds left beside the output. Returns a
/// folder that couldn't be removed, if any.
pub(super) fn clean_up(location: &Location) -> Result<Option<PathBuf>, WriteError> {
    let mut leftover = None;
    for folder in location.beside.folders()? {
        if is_ours(&folder) {
            restore(location, &folder)?;
            if remove(location, &folder).is_err() {
                leftover = Some(folder);
            }
        }
    }
    Ok(leftover)
}

/// Puts the former tree back if a build was killed between its two renames.
fn restore(location: &Location, folder: &Path) -> Result<(), WriteError> {
    let aside = folder.join(FORMER);
    if is_there(&aside) && is_gone(&location.output) {
        let failed = WriteError::system(PUT_BACK, &aside);
        fs::rename(&aside, &location.output).map_err(failed)?;
    }
    Ok(())
}

fn remove(location: &Location, folder: &Path) -> io::Result<()> {
    let former = folder.join(FORMER);
    if !is_gone(&former) && !is_there(&location.output) {
        return Err(io::Error::other("it holds the only copy of the site"));
    }
    // What says that the folder is ours goes last, once nothing else is there for
    // sure: without it no build takes what is left for its own.
    cleared(fs::remove_dir_all(folder.join(SITE)))?;
    cleared(fs::remove_dir_all(former))?;
    cleared(fs::remove_file(folder.join(OWNER)))?;
    fs::remove_dir(folder)
}

/// What isn't there needn't be removed.
fn cleared(removed: io::Result<()>) -> io::Result<()> {
    removed.or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    })
}

/// Whether the folder is a build's, and every whole tree in it too: a build
/// may have been killed after the swap, before it saw that somebody had put a
/// file into the former tree.
fn is_ours(folder: &Path) -> bool {
    let is_folder = fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir());
    let signed = match fs::read(folder.join(OWNER)) {
        Ok(text) if text == OWNER_TEXT.as_bytes() => true,
        // Killed while it wrote the file, which is the first.
        Ok(text) => OWNER_TEXT.as_bytes().starts_with(&text) && is_gone(&folder.join(SITE)),
        // Killed before the first file, or after the last was removed.
        Err(_) => fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none()),
    };
    let whole_tree_is_ours = |name| {
        let tree = folder.join(name);
        let examined = (!is_gone(&tree.join(MARKER))).then(|| ownership::examine(&tree));
        match examined {
            None | Some(Ok(_)) => true,
            // Killed while it wrote the marker, which is the tree's last file:
            // one that was ever swapped in has a marker that can be read.
            Some(Err(WriteError::Refused { why, .. })) => why == Refusal::Unmarked,
            Some(Err(WriteError::System { .. })) => false,
        }
    };
    is_folder && signed && whole_tree_is_ours(SITE) && whole_tree_is_ours(FORMER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::route::Route;

    fn site(text: &str) -> Bundle {
        let mut bundle = Bundle::default();
        for route in [Route::Overview, Route::Kpis] {
            bundle
                .insert(route.path(), text.as_bytes().to_vec())
                .unwrap();
        }
        bundle
    }

    /// A home with the site `former` in it, and the site `new` built beside.
    fn both(home: &Path) -> (Location, Former) {
        let output = home.join("public");
        super::super::write(&site("former"), &output, &[]).unwrap();
        let location = Location::resolve(&output, &[]).unwrap();
        let former = ownership::examine(&location.output).unwrap();
        (location, former)
    }

    fn built(location: &Location) -> Staging<'_> {
        let staging = Staging::create(location).unwrap();
        let new = site("new");
        staging.create_folders(&new).unwrap();
        staging.fill(&new, &Manifest::of(&new)).unwrap();
        staging
    }

    fn shown(location: &Location) -> String {
        fs::read_to_string(location.output.join("index.html")).unwrap()
    }

    fn entries(home: &Path) -> usize {
        fs::read_dir(home).unwrap().count()
    }

    #[test]
    fn both_methods_swap_in_and_back() {
        for method in [Method::Exchange, Method::TwoRenames] {
            let home = tempfile::tempdir().unwrap();
            let (location, former) = both(home.path());
            let staging = built(&location);
            let aside = staging.swap_in(&former, method).unwrap().unwrap();
            assert_eq!(shown(&location), "new");
            staging.swap_back(&aside).unwrap();
            assert_eq!(shown(&location), "former");
            drop(staging);
            assert_eq!(entries(home.path()), 1);
        }
    }

    #[test]
    fn killed_between_two_renames_the_next_build_puts_the_site_back() {
        let home = tempfile::tempdir().unwrap();
        let (location, _) = both(home.path());
        let staging = built(&location);
        fs::rename(&location.output, staging.folder.join(FORMER)).unwrap();
        std::mem::forget(staging);
        assert_eq!(clean_up(&location).unwrap(), None);
        assert_eq!(shown(&location), "former");
        assert_eq!(entries(home.path()), 1);
    }

    #[test]
    fn killed_while_it_wrote_the_marker_nothing_is_left_behind() {
        for kept in [0, 40] {
            let home = tempfile::tempdir().unwrap();
            let (location, _) = both(home.path());
            let staging = built(&location);
            let marker = staging.folder.join(SITE).join(MARKER);
            let whole = fs::read(&marker).unwrap();
            fs::write(&marker, &whole[..kept]).unwrap();
            std::mem::forget(staging);
            assert_eq!(clean_up(&location).unwrap(), None);
            assert_eq!(shown(&location), "former");
            assert_eq!(entries(home.path()), 1, "{kept} bytes");
        }
    }

    #[test]
    fn killed_while_it_signed_its_folder_nothing_is_left_behind() {
        for kept in [0, 7] {
            let home = tempfile::tempdir().unwrap();
            let (location, _) = both(home.path());
            let staging = Staging::create(&location).unwrap();
            fs::write(staging.folder.join(OWNER), &OWNER_TEXT[..kept]).unwrap();
            std::mem::forget(staging);
            assert_eq!(clean_up(&location).unwrap(), None);
            assert_eq!(entries(home.path()), 1, "{kept} bytes");
        }
    }

    #[test]
    fn killed_after_two_renames_the_new_site_stays() {
        let home = tempfile::tempdir().unwrap();
        let (location, former) = both(home.path());
        let staging = built(&location);
        staging.swap_in(&former, Method::TwoRenames).unwrap();
        std::mem::forget(staging);
        assert_eq!(clean_up(&location).unwrap(), None);
        assert_eq!(shown(&location), "new");
        assert_eq!(entries(home.path()), 1);
    }

    #[test]
    fn a_file_put_into_the_former_tree_is_seen_after_the_swap() {
        for method in [Method::Exchange, Method::TwoRenames] {
            let home = tempfile::tempdir().unwrap();
            let (location, former) = both(home.path());
            let staging = built(&location);
            let note = location.output.join("kpis/note.txt");
            fs::write(&note, "mine").unwrap();
            let aside = staging.swap_in(&former, method).unwrap().unwrap();
            assert!(ownership::unchanged_since(&location, &aside, &former).is_err());
            // Killed here, the note is kept for whoever misses it.
            drop(staging);
            assert_eq!(clean_up(&location).unwrap(), None);
            assert_eq!(fs::read(aside.join("kpis/note.txt")).unwrap(), b"mine");
            assert_eq!(entries(home.path()), 2);
        }
    }
}
