//! The finished site in memory.

use std::collections::BTreeMap;

use crate::site::route::SitePath;

/// Every file of a site by its path: what golden tests compare, what links
/// are checked in, what the development server answers from and what is
/// written to disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    files: BTreeMap<SitePath, Vec<u8>>,
}

/// Two files were to be published under one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTaken(pub SitePath);

impl Bundle {
    /// Adds a file.
    ///
    /// # Errors
    ///
    /// [`PathTaken`] if the bundle already holds that path, or one that
    /// differs only in the case of its letters: such a pair would be one file
    /// on some disks and hosts.
    pub fn insert(&mut self, path: SitePath, bytes: Vec<u8>) -> Result<(), PathTaken> {
        let taken = self
            .files
            .keys()
            .any(|known| known.as_str().eq_ignore_ascii_case(path.as_str()));
        if taken {
            return Err(PathTaken(path));
        }
        self.files.insert(path, bytes);
        Ok(())
    }

    /// The file at a path below the root, such as `kpis/index.html`.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.iter()
            .find(|(known, _)| known.as_str() == path)
            .map(|(_, bytes)| bytes)
    }

    /// Every file, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (&SitePath, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path, &bytes[..]))
    }
}
