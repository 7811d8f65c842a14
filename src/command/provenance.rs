//! Which commit a site is built from.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The commit that a site's folder is at.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// Its name in full.
    pub full: String,
    /// The name's first digits.
    pub short: String,
    /// The files below `content/`, `themes/` and `site.toml`, from the
    /// repository's root, that differ from the commit.
    pub changed: Vec<String>,
}

impl Provenance {
    /// The commit as a page shows it.
    pub fn shown(&self) -> String {
        if self.changed.is_empty() {
            self.short.clone()
        } else {
            format!("{} with changes since", self.short)
        }
    }
}

/// What a site is made from.
const SOURCES: [&str; 3] = ["content", "site.toml", "themes"];

/// The commit that the site's folder is at, and what differs from it; none
/// outside a repository, before its first commit or without git.
pub fn provenance(root: &Path) -> Option<Provenance> {
    let root = in_repository(root)?;
    let place = git(&root, &["rev-parse", "--verify", "HEAD^{commit}"])?;
    let full = place.trim().to_owned();
    let prefix = git(&root, &["rev-parse", "--show-prefix"])?;
    // Whatever a person's settings say: every untracked file by its name, and
    // ignored ones too, for they are read like any other.
    let mut status = vec![
        "status",
        "--porcelain=v1",
        "-z",
        "--no-renames",
        "--untracked-files=all",
        "--ignored=traditional",
        "--",
    ];
    status.extend(SOURCES);
    let status = git(&root, &status)?;
    let changed = status
        .split('\0')
        .filter_map(|entry| entry.get(3..))
        .filter(|path| is_read(path, prefix.trim_end_matches('\n')))
        .map(ToOwned::to_owned)
        .collect();
    Some(Provenance {
        short: full.get(..7)?.to_owned(),
        full,
        changed,
    })
}

/// Whether the repository of a site's folder holds a commit; nothing if there
/// is no repository.
pub fn knows(root: &Path, commit: &str) -> Option<bool> {
    let root = in_repository(root)?;
    git(&root, &["rev-parse", "--git-dir"])?;
    // The name comes from a file that may be anybody's.
    if commit.is_empty() || !commit.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some(false);
    }
    let commit = format!("{commit}^{{commit}}");
    Some(git(&root, &["cat-file", "-e", &commit]).is_some())
}

/// The folder in full, if it lies in a repository. Asking git costs a process:
/// most builds outside of one are told apart without it.
fn in_repository(root: &Path) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    root.ancestors()
        .find(|folder| folder.join(".git").exists())?;
    Some(root)
}

/// Whether a build reads a file: hidden ones and drafts it doesn't, and a
/// change in them changes nothing. `prefix` is the site's folder.
fn is_read(path: &str, prefix: &str) -> bool {
    // An ignored folder that holds the whole site.
    if prefix.starts_with(path) {
        return true;
    }
    let below = path.strip_prefix(prefix).unwrap_or(path);
    !below.split('/').any(|part| part.starts_with(['.', '_']))
}

fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        // A repository's own settings may name programs to run; none is run.
        .args(["-c", "core.fsmonitor=false", "--no-optional-locks"])
        .args(arguments)
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_and_hidden_files_are_not_read() {
        for path in [
            "content/2026-10/telemetry.yaml",
            "site.toml",
            "themes/own/templates/_layout",
        ] {
            assert_eq!(is_read(path, ""), !path.contains("/_"), "{path}");
        }
        for path in [
            "content/_2026-11/telemetry.yaml",
            "content/2026-10/_notes.md",
            "content/.board.quarterdeck-lock",
            "content/board/.snapshot.quarterdeck-1-0/index.html",
        ] {
            assert!(!is_read(path, ""), "{path}");
            assert!(!is_read(
                &format!("_clients/kestrel/{path}"),
                "_clients/kestrel/"
            ));
        }
        assert!(is_read("_clients/kestrel/site.toml", "_clients/kestrel/"));
        assert!(is_read(".cache/", ".cache/kestrel/"));
    }
}
