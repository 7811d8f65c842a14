//! Frozen quarters on their own: to prove them, whatever the rest of the
//! content holds.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::classify::Kind;
use super::content_path::ContentPath;
use super::files::{self, Found, ReadFailure};
use super::quarter::Quarter;
use super::{Documents, SnapshotDocuments, SnapshotFile};
use crate::diagnostic::{Diagnostic, Report, Span};

/// The frozen quarters of a site's folder. Whatever else lies among them is
/// reported.
///
/// # Errors
///
/// [`ReadFailure`] if the system can't read what is there.
pub fn of_site(
    root: &Path,
    report: &mut Report,
) -> Result<BTreeMap<Quarter, SnapshotDocuments>, ReadFailure> {
    let board = root.join("content/board");
    let mut documents = Documents::default();
    if !board.is_dir() {
        return Ok(documents.snapshots);
    }
    let found = files::below(&board, "content/board", report)?;
    let found = found
        .into_iter()
        .map(|file| Found {
            below: format!("board/{}", file.below),
            ..file
        })
        .collect();
    for (kind, path, found) in documents.classify(found, report) {
        if let Kind::Snapshot(quarter, file) = kind {
            let snapshot = documents.snapshots.entry(quarter).or_default();
            snapshot.read(file, &found, &shown(&path), report)?;
        }
    }
    Ok(documents.snapshots)
}

/// A folder that holds one frozen quarter's files, wherever it lies, such as
/// what was saved from a link. `shown` names it in messages.
///
/// # Errors
///
/// [`ReadFailure`] if the system can't read what is there.
pub fn of_folder(
    folder: &Path,
    shown: &str,
    report: &mut Report,
) -> Result<SnapshotDocuments, ReadFailure> {
    let mut documents = SnapshotDocuments::default();
    for found in files::below(folder, shown, report)? {
        let path = format!("{shown}/{}", found.below);
        let file = SnapshotFile::ALL
            .into_iter()
            .find(|file| file.name() == found.below);
        match file {
            Some(file) => documents.read(file, &found, &path, report)?,
            None => report.push(
                Diagnostic::error(
                    "not-frozen",
                    format!("`{}` is no part of a frozen quarter", found.below),
                )
                .at(&Span::start_of(&files::nameless(path)), "")
                .help("nothing proves it: move it elsewhere"),
            ),
        }
    }
    Ok(documents)
}

impl SnapshotDocuments {
    fn read(
        &mut self,
        file: SnapshotFile,
        found: &Found,
        shown: &str,
        report: &mut Report,
    ) -> Result<(), ReadFailure> {
        if let Some(bytes) = files::bytes(found, shown, report)? {
            self.files.insert(file, Arc::new(bytes));
        }
        Ok(())
    }
}

fn shown(path: &ContentPath) -> String {
    format!("content/{path}")
}
