//! Why a site wasn't written, and what to do about it.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Done to the former site where it lies aside, when another can't take its
/// place: the one failure after which it isn't the output.
pub(super) const PUT_BACK: &str = "put back";

/// A site wasn't written; the output folder is as it was.
#[derive(Debug)]
pub enum WriteError {
    /// Writing there would touch what Quarterdeck didn't make.
    Refused {
        /// The output folder, or the file in it that is in the way.
        path: PathBuf,
        /// Why.
        why: Refusal,
    },
    /// The system failed.
    System {
        /// What it failed at.
        path: PathBuf,
        /// What was being done to `path`, such as `write`.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

/// Why an output folder is left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is `/`, the current folder or one above it, or has no name.
    NotAPlace,
    /// It lies in, is, or holds this file or folder of the engagement.
    Protected(PathBuf),
    /// It is a file, a symbolic link or anything but a folder.
    NotAFolder,
    /// It has content and no marker, or a marker that can't be read.
    Unmarked,
    /// The path is a file that the marker doesn't list.
    Foreign,
    /// The path is a file that was changed after it was written.
    Changed,
    /// Another build is writing to it: the number of its process, if known.
    Busy(Option<u32>),
    /// It is there, and what is there stays: a frozen quarter.
    Frozen,
    /// It is there, and an author's: nothing is written over it.
    Taken,
    /// It lies where a schema belongs, and isn't one that Quarterdeck wrote.
    NotASchema,
}

impl WriteError {
    pub(super) fn refused(path: &Path, why: Refusal) -> WriteError {
        let path = path.to_owned();
        WriteError::Refused { path, why }
    }

    /// For `map_err`: the system failed at `doing` something to `path`.
    pub(super) fn system(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
        let path = path.to_owned();
        move |source| WriteError::System {
            path,
            doing,
            source,
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            WriteError::Refused { why, .. } => why.help().to_owned(),
            WriteError::System { doing, .. } if *doing == PUT_BACK => {
                "the former site is whole there: move it to the output folder's place, or build again"
                    .to_owned()
            }
            WriteError::System { source, .. } => advice(source).to_owned(),
        }
    }
}

impl WriteError {
    /// What to do about it where no site was to be written, but files beside
    /// an author's own.
    pub fn help_beside(&self) -> String {
        let help = match self {
            WriteError::Refused {
                why: Refusal::NotAFolder,
                ..
            } => "move it away, or name another folder",
            WriteError::Refused { why, .. } => why.help(),
            WriteError::System { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    "free some space and try again; no file of yours was changed"
                }
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    "make the folder writable, or name another; no file of yours was changed"
                }
                _ => "no file of yours was changed",
            },
        };
        help.to_owned()
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Refused { path, why } => {
                write!(f, "`{}` {why}; it was left alone", path.display())
            }
            WriteError::System {
                path,
                doing,
                source,
            } => write!(f, "can't {doing} `{}`: {source}", path.display()),
        }
    }
}

impl Error for WriteError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            WriteError::Refused { .. } => None,
            WriteError::System { source, .. } => Some(source),
        }
    }
}

impl Refusal {
    fn help(&self) -> &'static str {
        match self {
            Refusal::NotAPlace | Refusal::Protected(_) => {
                "name a folder of its own for the output, such as `public`"
            }
            Refusal::NotAFolder => "move it away, or name another output folder",
            Refusal::Unmarked => "empty the folder if nothing in it is needed, or name another",
            Refusal::Foreign => "move the file out of the output folder, or name another folder",
            Refusal::Changed => {
                "carry the change over to the content or the theme and delete the file here: \
                 every build replaces the whole folder"
            }
            Refusal::Busy(_) => "wait until the other build has ended, then build again",
            Refusal::NotASchema => {
                "delete it if nothing in it is needed, then write the schemas again"
            }
            Refusal::Taken => "go on with the file that is there, or move it away",
            Refusal::Frozen => {
                "a frozen memo stays as it is: restate a figure that was wrong, and the next memo lists it"
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NotAPlace => f.write_str("can't be an output folder"),
            Refusal::Protected(path) => {
                write!(f, "can't be an output folder beside `{}`", path.display())
            }
            Refusal::NotAFolder => f.write_str("is not a folder"),
            Refusal::Unmarked => f.write_str("isn't empty and wasn't made by Quarterdeck"),
            Refusal::Foreign => f.write_str("wasn't written by Quarterdeck"),
            Refusal::Changed => f.write_str("was changed after Quarterdeck wrote it"),
            Refusal::Busy(Some(process)) => {
                write!(f, "is being written by another build (process {process})")
            }
            Refusal::Busy(None) => f.write_str("is being written by another build"),
            Refusal::NotASchema => f.write_str("isn't a schema that Quarterdeck wrote"),
            Refusal::Frozen | Refusal::Taken => f.write_str("is there already"),
        }
    }
}

fn advice(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space and build again; the former site is as it was"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "make the folder writable, or name another output folder; the former site is as it was"
        }
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => {
            "the output folder can't be a mount point or come from a layer below: name a folder \
             inside it; the former site is as it was"
        }
        io::ErrorKind::Unsupported => {
            "the file system lacks what a safe build needs: name an output folder on a local disk"
        }
        _ => "the former site is as it was",
    }
}
