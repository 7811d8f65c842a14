//! Finding and reading files: what lies below a folder, and each one's text.

use std::fs::{self, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::decode::{all_forbidden, forbidden};
use super::opening::{Opened, is_dead_end, open, open_anywhere};
use crate::diagnostic::{Diagnostic, Report, SourceFile, Span};

/// The most that one file may hold, in bytes: an attachment is published as it
/// is.
const MAX_BYTES: u64 = 10 * 1024 * 1024;

/// The most that a text may hold which is read, in bytes: a month's telemetry
/// is some 20 kB, a novel less than this.
const MAX_TEXT: u64 = 1024 * 1024;

/// The system failed to read what should be there.
#[derive(Debug)]
pub struct ReadFailure {
    /// What was read.
    pub path: PathBuf,
    /// What the system said.
    pub error: io::Error,
}

impl std::fmt::Display for ReadFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} can't be read: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for ReadFailure {}

/// A file found below a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Its path below the folder, with `/` between its parts.
    pub below: String,
    /// Where to read it.
    pub path: PathBuf,
    /// The folder, without links, that it must lie in when it is read; none
    /// for a file that may lie anywhere.
    pub root: Option<PathBuf>,
}

/// Every file below a folder, ordered by path. Hidden files (`.…`) and drafts
/// (`_…`) are passed over with all they hold. `shown` names the folder in
/// messages.
///
/// Reports symbolic links that lead out of the folder and whatever isn't a
/// file.
///
/// # Errors
///
/// [`ReadFailure`] if the folder or one below it can't be listed.
pub fn below(folder: &Path, shown: &str, report: &mut Report) -> Result<Vec<Found>, ReadFailure> {
    let root = fs::canonicalize(folder).map_err(|error| ReadFailure {
        path: folder.to_owned(),
        error,
    })?;
    let mut found = Vec::new();
    let walk = WalkDir::new(&root).min_depth(1).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|entry| !set_aside(entry)) {
        let entry = entry.map_err(|error| ReadFailure {
            path: error.path().unwrap_or(&root).to_owned(),
            // Without the path, which is told beside it. Only a circle of
            // links, and none is followed, is no error of the system.
            error: error
                .into_io_error()
                .unwrap_or_else(|| io::Error::other("its folders go in a circle")),
        })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let below = below_root(&entry, &root);
        match accepted(&entry, &root)? {
            Ok(()) => found.push(Found {
                below,
                path: entry.into_path(),
                root: Some(root.clone()),
            }),
            Err(fault) => {
                report.push(fault.at(&Span::start_of(&nameless(format!("{shown}/{below}"))), ""));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn set_aside(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.') || name.starts_with('_')
}

fn below_root(entry: &DirEntry, root: &Path) -> String {
    let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let parts: Vec<String> = below
        .components()
        .map(|part| visible(&part.as_os_str().to_string_lossy()))
        .collect();
    parts.join("/")
}

/// A name as it can be shown: control characters escaped.
fn visible(name: &str) -> String {
    name.chars()
        .map(|c| {
            if forbidden(c) || c == '\n' || c == '\t' {
                c.escape_default().to_string()
            } else {
                c.to_string()
            }
        })
        .collect()
}

fn accepted(entry: &DirEntry, root: &Path) -> Result<Result<(), Diagnostic>, ReadFailure> {
    let file_type = entry.file_type();
    if file_type.is_file() {
        return Ok(Ok(()));
    }
    if !file_type.is_symlink() {
        return Ok(Err(not_a_file()));
    }
    let fault = match fs::canonicalize(entry.path()) {
        Ok(target) if !target.starts_with(root) => leads_out(),
        Ok(target) if target.is_file() => return Ok(Ok(())),
        Ok(_) => Diagnostic::error("link-to-folder", "a symbolic link leads to a folder")
            .help("move the folder here; linked folders are not read"),
        Err(error) if is_dead_end(&error) => {
            Diagnostic::error("dead-link", "a symbolic link leads nowhere")
                .help("remove it, or mend it")
        }
        Err(error) => {
            return Err(ReadFailure {
                path: entry.path().to_owned(),
                error,
            });
        }
    };
    Ok(Err(fault))
}

fn not_a_file() -> Diagnostic {
    Diagnostic::error("not-a-file", "this is neither a file nor a folder")
        .help("remove it: only files are read")
}

fn leads_out() -> Diagnostic {
    Diagnostic::error("link-outside", "a symbolic link leads out of the folder")
        .help("copy the file here: what lies outside isn't part of the engagement and is not read")
}

/// A file that has a name but no text, for faults about the file itself.
pub fn nameless(path: String) -> Arc<SourceFile> {
    Arc::new(SourceFile {
        path,
        text: String::new(),
    })
}

/// A file's bytes.
///
/// # Errors
///
/// [`ReadFailure`] if the system can't read it.
pub fn bytes(
    found: &Found,
    shown: &str,
    report: &mut Report,
) -> Result<Option<Vec<u8>>, ReadFailure> {
    up_to(MAX_BYTES, found, shown, report)
}

fn up_to(
    most: u64,
    found: &Found,
    shown: &str,
    report: &mut Report,
) -> Result<Option<Vec<u8>>, ReadFailure> {
    let failed = |error| ReadFailure {
        path: found.path.clone(),
        error,
    };
    let refused = |fault: Diagnostic, report: &mut Report| {
        report.push(fault.at(&Span::start_of(&nameless(shown.to_owned())), ""));
        Ok(None)
    };
    let opened = match &found.root {
        Some(root) => open(&found.path, root),
        None => open_anywhere(&found.path).map(Opened::File),
    };
    let mut file = match opened.map_err(failed)? {
        Opened::File(file) => file,
        Opened::LeadsOut => return refused(leads_out(), report),
    };
    let before = file.metadata().map_err(failed)?;
    if before.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    if !before.is_file() {
        return refused(not_a_file(), report);
    }
    // A file of another size is read as far as it goes.
    let mut bytes = Vec::with_capacity(before.len().min(most) as usize + 1);
    let mut limited = (&mut file).take(most + 1);
    limited.read_to_end(&mut bytes).map_err(failed)?;
    let after = file.metadata().map_err(failed)?;
    if !is_as_before(&before, &after) {
        return Err(failed(io::Error::other("it changed while it was read")));
    }
    if bytes.len() as u64 > most {
        report.push(
            Diagnostic::error(
                "file-too-large",
                format!("the file is larger than {} MB", most / 1024 / 1024),
            )
            .at(&Span::start_of(&nameless(shown.to_owned())), "")
            .help("make it smaller, or keep it elsewhere and link to it"),
        );
        return Ok(None);
    }
    Ok(Some(bytes))
}

/// Whether nobody wrote a file while it was read: what was read may be half of
/// the one and half of the other.
fn is_as_before(before: &Metadata, after: &Metadata) -> bool {
    before.len() == after.len() && before.modified().ok() == after.modified().ok()
}

/// A file's text, without a byte order mark. Bytes that aren't UTF-8 and
/// control characters are reported; the rest can still be read.
///
/// # Errors
///
/// [`ReadFailure`] if the system can't read it.
pub fn text(
    found: &Found,
    shown: &str,
    report: &mut Report,
) -> Result<Option<Arc<SourceFile>>, ReadFailure> {
    let bytes = bytes_of_text(found, shown, report)?;
    Ok(bytes.and_then(|bytes| decoded(&bytes, shown, report)))
}

/// The bytes of a file that is to be text.
///
/// # Errors
///
/// [`ReadFailure`] if the system can't read it.
pub fn bytes_of_text(
    found: &Found,
    shown: &str,
    report: &mut Report,
) -> Result<Option<Vec<u8>>, ReadFailure> {
    up_to(MAX_TEXT, found, shown, report)
}

/// The text that a file's bytes are, as [`text`] has it.
pub fn decoded(bytes: &[u8], shown: &str, report: &mut Report) -> Option<Arc<SourceFile>> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        report.push(
            Diagnostic::error(
                "not-utf8",
                "the file is UTF-16 text, which some editors call Unicode",
            )
            .at(&Span::start_of(&nameless(shown.to_owned())), "")
            .help("save it as UTF-8; most editors offer that under \"encoding\""),
        );
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (text, invalid) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(error) => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            (text, Some(error.valid_up_to()))
        }
    };
    let control = all_forbidden(&text).find(|&(_, c)| unprintable(c));
    let file = Arc::new(SourceFile {
        path: shown.to_owned(),
        text: if control.is_some() {
            blanked(&text)
        } else {
            text
        },
    });
    if let Some(at) = invalid {
        report.push(
            Diagnostic::error("not-utf8", "the file is not UTF-8 text")
                .at(&Span::new(&file, at..at + 1), "the first byte that isn't")
                .help("save it as UTF-8; most editors offer that under \"encoding\""),
        );
    }
    if let Some((at, c)) = control {
        report.push(
            Diagnostic::error(
                "control-character",
                format!(
                    "the file holds the control character U+{:04X}",
                    u32::from(c)
                ),
            )
            .at(&Span::new(&file, at..at + c.len_utf8()), "here")
            .help("remove it; it often comes with text pasted from a PDF or a terminal"),
        );
    }
    Some(file)
}

fn unprintable(c: char) -> bool {
    forbidden(c) && c != '\r'
}

/// The text with control characters as blanks of the same length, so that
/// places stay right and the rest of the file is still read.
fn blanked(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let (shown, times) = if unprintable(c) {
                (' ', c.len_utf8())
            } else {
                (c, 1)
            };
            std::iter::repeat_n(shown, times)
        })
        .collect()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    /// A folder with a file and a link to it, and a folder beside it.
    fn listed() -> (tempfile::TempDir, Vec<Found>) {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        for (name, text) in [("in/a/text.md", "ours"), ("out/text.md", "theirs")] {
            fs::create_dir_all(path(name).parent().unwrap()).unwrap();
            fs::write(path(name), text).unwrap();
        }
        symlink(path("in/a/text.md"), path("in/link.md")).unwrap();
        let mut report = Report::default();
        let found = below(&path("in"), "in", &mut report).unwrap();
        assert!(report.is_empty());
        (home, found)
    }

    fn read(found: &Found) -> Result<Option<Vec<u8>>, &'static str> {
        let mut report = Report::default();
        let bytes = bytes(found, &found.below, &mut report).map_err(|_| "the system failed")?;
        match report.sorted().first() {
            Some(fault) => Err(fault.code),
            None => Ok(bytes),
        }
    }

    #[test]
    fn a_link_within_the_folder_is_followed() {
        let (_home, found) = listed();
        for found in &found {
            assert_eq!(read(found), Ok(Some(b"ours".to_vec())), "{found:?}");
        }
    }

    #[test]
    fn what_became_a_link_out_of_the_folder_is_not_read() {
        let (home, found) = listed();
        fs::rename(home.path().join("in/a"), home.path().join("in/b")).unwrap();
        symlink("../out", home.path().join("in/a")).unwrap();
        assert_eq!(read(&found[0]), Err("link-outside"), "by its folder");
        assert_eq!(
            read(&found[1]),
            Err("link-outside"),
            "by a link and a folder"
        );

        let (home, found) = listed();
        let file = home.path().join("in/a/text.md");
        fs::remove_file(&file).unwrap();
        symlink("../../out/text.md", &file).unwrap();
        assert_eq!(read(&found[0]), Err("link-outside"));
        assert_eq!(read(&found[1]), Err("link-outside"));

        let (home, found) = listed();
        fs::rename(home.path().join("in"), home.path().join("moved")).unwrap();
        symlink("out", home.path().join("in")).unwrap();
        fs::create_dir(home.path().join("out/a")).unwrap();
        fs::write(home.path().join("out/a/text.md"), "theirs").unwrap();
        assert_eq!(read(&found[0]), Err("link-outside"), "the folder itself");
    }

    #[test]
    fn what_is_no_file_is_not_waited_for() {
        let (home, found) = listed();
        let file = home.path().join("in/a/text.md");
        fs::remove_file(&file).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&file).status();
        assert!(made.unwrap().success());
        assert_eq!(read(&found[0]), Err("not-a-file"));
        let settings = Found {
            root: None,
            ..found[0].clone()
        };
        assert_eq!(read(&settings), Err("not-a-file"));
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert_eq!(read(&found[0]), Err("the system failed"));
    }

    #[test]
    fn settings_that_lead_nowhere_are_not_taken_for_none() {
        let (home, _) = listed();
        let mut report = Report::default();
        assert!(crate::source::read_settings(home.path(), &mut report).is_ok());
        symlink("nowhere", home.path().join("site.toml")).unwrap();
        assert!(crate::source::read_settings(home.path(), &mut report).is_err());
    }
}
