//! The bundle to disk, whole or not at all.
//!
//! In: a [`Bundle`] and an output folder. The tree is built in a hidden folder
//! beside the output, on the same file system, and swapped in by one rename.
//! Whatever stops a build, the output is the former tree or the new one.
//!
//! An output folder is ours if it holds a marker that lists every file in it
//! by its hash. A file that isn't listed, or isn't as it was written, is
//! somebody's work: the folder is refused and left alone.

mod location;
mod manifest;
mod ownership;
mod staging;

use std::path::{Path, PathBuf};

pub use location::{belongs_to_output, real_output};

use super::bundle::Bundle;
use super::error::WriteError;
use super::lock::Lock;
use location::Location;
use manifest::Manifest;
use ownership::Former;
use staging::{Method, Staging};

/// What a build left on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Files of the site, the marker not counted.
    pub files: usize,
    /// Their size together.
    pub bytes: u64,
    /// The output already held exactly this site and wasn't touched.
    pub unchanged: bool,
    /// A folder with the former site that couldn't be removed. The next build
    /// tries again.
    pub leftover: Option<PathBuf>,
}

/// Writes a site to an output folder, in place of the site there.
///
/// `protected` are files and folders that an output folder must neither lie
/// in nor hold: the content, the themes, `site.toml`.
///
/// # Errors
///
/// [`WriteError::Refused`] if the output isn't a place for a site or holds
/// anything that Quarterdeck didn't write, or if another build is under way;
/// [`WriteError::System`] if the system failed. Either way the output is as it
/// was.
pub fn write(bundle: &Bundle, output: &Path, protected: &[PathBuf]) -> Result<Written, WriteError> {
    let location = Location::resolve(output, protected)?;
    let _lock = Lock::take(location.beside.lock(), &location.output)?;
    let leftover = staging::clean_up(&location)?;
    location.check_kind()?;
    let former = ownership::examine(&location.output)?;
    // Where there is nothing to hold it against, it is made beside the folders.
    let manifest = former.exists.then(|| Manifest::of(bundle));
    let is_there = |manifest| former.holds_exactly(manifest);
    let mut written = Written {
        files: bundle.len(),
        bytes: bundle.bytes(),
        unchanged: manifest.as_ref().is_some_and(is_there),
        leftover,
    };
    if !written.unchanged {
        let former_site = replace(bundle, &location, manifest, &former)?;
        written.leftover = former_site.or(written.leftover);
    }
    Ok(written)
}

/// Builds the tree and swaps it in. Returns the former tree's folder if it
/// couldn't be removed.
fn replace(
    bundle: &Bundle,
    location: &Location,
    manifest: Option<Manifest>,
    former: &Former,
) -> Result<Option<PathBuf>, WriteError> {
    let staging = Staging::create(location)?;
    let (folders, manifest) = rayon::join(
        || staging.create_folders(bundle),
        || manifest.unwrap_or_else(|| Manifest::of(bundle)),
    );
    folders?;
    staging.fill(bundle, &manifest)?;
    let aside = staging.swap_in(former, Method::Exchange)?;
    // Somebody may have put a file into the folder while the site was built.
    // Now that the tree is aside nobody does so any more: look once more, and
    // put it back if it isn't what was examined.
    if let Some(aside) = &aside
        && let Err(refused) = ownership::unchanged_since(location, aside, former)
    {
        staging.swap_back(aside)?;
        return Err(refused);
    }
    Ok(staging.remove().err())
}
