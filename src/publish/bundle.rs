//! The finished site in memory.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

use ahash::AHashMap;

use super::fitness;
use crate::site::route::SitePath;

/// Every file of a site by its path: what golden tests compare, what links
/// are checked in, what the development server answers from and what is
/// written to disk.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    files: Arc<BTreeMap<SitePath, Arc<Vec<u8>>>>,
    /// Every file and folder by its path without regard to case.
    names: Arc<AHashMap<String, Name>>,
    bytes: u64,
}

/// A file was to be published under a path that it can't have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTaken(pub SitePath, pub Why);

/// Why a path can't be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The bundle already holds that path, or one that differs only in the
    /// case of its letters: such a pair is one file on some disks and hosts.
    Taken(SitePath),
    /// This file lies in a folder of that path; or is a file where the path
    /// has a folder; or spells one of the path's folders in another case.
    Folder(SitePath),
    /// No disk or host could be trusted to hold a file of that path.
    Unfit(&'static str),
}

/// What is published under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Name {
    is_folder: bool,
    /// The file itself, or the first file in the folder.
    file: SitePath,
}

impl Bundle {
    /// Adds a file.
    ///
    /// # Errors
    ///
    /// [`PathTaken`] if the bundle already holds that path or one that differs
    /// only in the case of its letters, if one of the two would have to be a
    /// file and a folder at once, or if the path couldn't be a file everywhere
    /// (`..`, an empty part, a control character, a name that Windows
    /// reserves). The bundle is then as it was.
    pub fn insert(
        &mut self,
        path: SitePath,
        bytes: impl Into<Arc<Vec<u8>>>,
    ) -> Result<(), PathTaken> {
        let bytes = bytes.into();
        if let Some(why) = fitness::unfit(path.as_str()) {
            return Err(PathTaken(path, Why::Unfit(why)));
        }
        let folded = fitness::fold(path.as_str());
        if let Some(name) = self.names.get(&folded) {
            let file = name.file.clone();
            return Err(PathTaken(
                path,
                if name.is_folder {
                    Why::Folder(file)
                } else {
                    Why::Taken(file)
                },
            ));
        }
        // From the file upwards: once a folder is known, so are those above.
        let mut new_folders = Vec::new();
        for (folder, key) in folders(path.as_str()).zip(folders(&folded)) {
            match self.names.get(key) {
                None => new_folders.push(key.to_owned()),
                Some(name) if name.is_folder && is_below(&name.file, folder) => break,
                Some(name) => {
                    let file = name.file.clone();
                    return Err(PathTaken(path.clone(), Why::Folder(file)));
                }
            }
        }
        let names = Arc::make_mut(&mut self.names);
        for key in new_folders {
            let file = path.clone();
            let is_folder = true;
            names.insert(key, Name { is_folder, file });
        }
        let file = path.clone();
        let is_folder = false;
        names.insert(folded, Name { is_folder, file });
        self.bytes += bytes.len() as u64;
        Arc::make_mut(&mut self.files).insert(path, bytes);
        Ok(())
    }

    /// The same paths with these files; none if the paths aren't the same.
    pub(super) fn with(&self, files: &[(SitePath, Arc<Vec<u8>>)]) -> Option<Bundle> {
        let bytes = files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
        let count = files.len();
        let files: BTreeMap<_, _> = files.iter().cloned().collect();
        let are_its = count == files.len() && files.keys().eq(self.files.keys());
        are_its.then(|| Bundle {
            files: Arc::new(files),
            names: Arc::clone(&self.names),
            bytes,
        })
    }

    /// The file at a path below the root, such as `kpis/index.html`.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(|bytes| &bytes[..])
    }

    /// Every file, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (&SitePath, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path, &bytes[..]))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The size of all files together.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

// Two bundles are equal if their files are, in whatever order they came.
impl PartialEq for Bundle {
    fn eq(&self, other: &Bundle) -> bool {
        self.files == other.files
    }
}

impl Eq for Bundle {}

impl fmt::Display for PathTaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PathTaken(path, why) = self;
        match why {
            Why::Taken(by) if by == path => write!(f, "`{path}` is to be published twice"),
            Why::Taken(by) => write!(
                f,
                "`{path}` differs from `{by}` only in the case of letters"
            ),
            Why::Folder(by) => write!(
                f,
                "`{path}` and `{by}` can't both be published: a file's name is \
                 another's folder, or a folder is spelt in two ways"
            ),
            Why::Unfit(why) => write!(f, "`{}` {why}", path.as_str().escape_debug()),
        }
    }
}

impl Error for PathTaken {}

// Lets the files be looked up by text; a path orders as its text does.
impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

/// The folders that a path lies in, the deepest first.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

fn is_below(file: &SitePath, folder: &str) -> bool {
    let rest = file.as_str().strip_prefix(folder);
    rest.is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::site::route::Route;

    fn path(text: &str) -> SitePath {
        Route::Attachment(Box::new(Route::Overview), text.to_owned()).path()
    }

    fn bundle(paths: &[&str]) -> Bundle {
        let mut bundle = Bundle::default();
        for text in paths {
            bundle.insert(path(text), text.as_bytes().to_vec()).unwrap();
        }
        bundle
    }

    #[test]
    fn files_are_found_counted_and_ordered() {
        let bundle = bundle(&["kpis/index.html", "index.html", "a/b/c.txt"]);
        assert_eq!(bundle.get("index.html"), Some(&b"index.html"[..]));
        assert_eq!(bundle.get("kpis"), None);
        assert_eq!(bundle.get("Index.html"), None);
        assert_eq!((bundle.len(), bundle.bytes()), (3, 34));
        let paths: Vec<&str> = bundle.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["a/b/c.txt", "index.html", "kpis/index.html"]);
    }

    #[test]
    fn other_files_have_the_same_paths_or_none() {
        let before = bundle(&["a/b.html", "c.html"]);
        let files = |named: &[(&str, &str)]| -> Vec<_> {
            let files = named.iter();
            let files = files.map(|(at, text)| (path(at), Arc::new(text.as_bytes().to_vec())));
            files.collect()
        };
        let mut now = before
            .with(&files(&[("c.html", "longer"), ("a/b.html", "")]))
            .unwrap();
        assert_eq!((now.get("c.html"), now.bytes()), (Some(&b"longer"[..]), 6));
        assert!(now.insert(path("A"), Vec::new()).is_err());
        assert_eq!(before.get("c.html"), Some(&b"c.html"[..]));
        for others in [
            &[("c.html", "")][..],
            &[("c.html", ""), ("c.html", "")],
            &[("c.html", ""), ("a/B.html", "")],
            &[("c.html", ""), ("a/b.html", ""), ("c.html", "")],
        ] {
            assert_eq!(before.with(&files(others)), None, "{others:?}");
        }
    }

    #[test]
    fn a_path_is_refused_twice_in_any_case() {
        let mut bundle = bundle(&["Größe/index.html"]);
        let before = bundle.clone();
        for text in ["Größe/index.html", "Größe/INDEX.html"] {
            let refused = bundle.insert(path(text), Vec::new()).unwrap_err();
            assert_eq!(refused.1, Why::Taken(path("Größe/index.html")), "{text}");
        }
        assert_eq!(bundle, before);
    }

    #[test]
    fn a_file_is_refused_where_a_folder_is_and_the_reverse() {
        let mut bundle = bundle(&["a/b/c.html"]);
        let before = bundle.clone();
        for text in [
            "a",
            "A/b",
            "a/b/c.html/d",
            "a/b/C.html/d/e",
            "A/b/d.html",
            "a/B/d.html",
        ] {
            let refused = bundle.insert(path(text), Vec::new()).unwrap_err();
            let by = path("a/b/c.html");
            assert_eq!(refused, PathTaken(path(text), Why::Folder(by)), "{text}");
        }
        assert_eq!(bundle, before);
        bundle.insert(path("a/b.html"), Vec::new()).unwrap();
        bundle.insert(path("a/b/d.html"), Vec::new()).unwrap();
    }

    #[test]
    fn absurd_paths_are_refused() {
        for text in ["../x", "a//b", "nul", ".quarterdeck", "a\u{0}"] {
            let refused = Bundle::default().insert(path(text), Vec::new());
            assert!(
                matches!(refused, Err(PathTaken(_, Why::Unfit(_)))),
                "{text:?}"
            );
        }
    }

    proptest! {
        /// Any accepted set of paths has no two that fold alike, no file
        /// among another's folders, and holds every accepted byte.
        #[test]
        fn an_accepted_set_can_be_a_tree(
            texts in prop::collection::vec("[aAbßS./]{1,6}", 0..40),
        ) {
            let mut bundle = Bundle::default();
            let mut accepted = Vec::new();
            for text in &texts {
                if bundle.insert(path(text), text.clone().into_bytes()).is_ok() {
                    accepted.push(text.clone());
                }
            }
            prop_assert_eq!(accepted.len(), bundle.len());
            prop_assert_eq!(accepted.iter().map(|t| t.len() as u64).sum::<u64>(), bundle.bytes());
            for (index, one) in accepted.iter().enumerate() {
                prop_assert_eq!(bundle.get(one), Some(one.as_bytes()));
                for other in &accepted[index + 1..] {
                    let (one, other) = (fitness::fold(one), fitness::fold(other));
                    prop_assert_ne!(&one, &other);
                    prop_assert!(!one.starts_with(&(other.clone() + "/")));
                    prop_assert!(!other.starts_with(&(one + "/")));
                }
            }
        }

        #[test]
        fn no_path_panics(text in ".{0,40}") {
            let _ = Bundle::default().insert(path(&text), Vec::new());
        }
    }
}
