//! Hidden names beside what is written: `.public.quarterdeck-lock` while a
//! process holds it, `.public.quarterdeck-4711-0` while one makes its
//! successor.
//!
//! Who finds such a folder while holding the lock finds what a killed process
//! left: no live one has a folder without the lock.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;

use super::error::WriteError;

/// Hidden names beside a file or folder, which need not exist.
pub(super) struct Beside {
    /// The folder it lies in.
    parent: PathBuf,
    /// Its name there.
    name: OsString,
}

impl Beside {
    pub(super) fn new(parent: &Path, name: &OsStr) -> Beside {
        Beside {
            parent: parent.to_owned(),
            name: name.to_owned(),
        }
    }

    /// The file to lock.
    pub(super) fn lock(&self) -> PathBuf {
        self.parent.join(hidden_name(&self.name, "lock"))
    }

    /// Makes a folder that no other process has.
    pub(super) fn create_folder(&self) -> Result<PathBuf, WriteError> {
        let mut number = 0;
        loop {
            let suffix = format!("{}-{number}", process::id());
            let folder = self.parent.join(hidden_name(&self.name, &suffix));
            match fs::create_dir(&folder) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(WriteError::system("create", &folder)(error)),
                Ok(()) => return Ok(folder),
            }
        }
    }

    /// What [`Beside::create_folder`] made, by its name, and is still there.
    pub(super) fn folders(&self) -> Result<Vec<PathBuf>, WriteError> {
        let failed = WriteError::system("read", &self.parent);
        let found: Vec<PathBuf> = fs::read_dir(&self.parent)
            .and_then(|entries| {
                entries
                    .map(|entry| entry.map(|entry| entry.path()))
                    .collect()
            })
            .map_err(failed)?;
        let made = |path: &PathBuf| {
            let suffix = path.file_name().and_then(|name| self.suffix_of(name));
            suffix.is_some_and(is_numbers)
        };
        Ok(found.into_iter().filter(made).collect())
    }

    fn suffix_of<'a>(&self, name: &'a OsStr) -> Option<&'a str> {
        let prefix = hidden_name(&self.name, "");
        let suffix = name
            .as_encoded_bytes()
            .strip_prefix(prefix.as_encoded_bytes())?;
        str::from_utf8(suffix).ok()
    }
}

/// `.public.quarterdeck-` and the suffix.
pub(super) fn hidden_name(of: &OsStr, suffix: &str) -> OsString {
    let mut name = OsString::from(".");
    name.push(of);
    name.push(".quarterdeck-");
    name.push(suffix);
    name
}

/// The number of a process, a hyphen and a number.
fn is_numbers(suffix: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let halves = suffix.split_once('-');
    halves.is_some_and(|(process, number)| is_number(process) && is_number(number))
}
