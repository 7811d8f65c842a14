//! Which commit a site is built from.

use std::path::Path;
use std::process::Command;

/// The short name of the commit that the site's folder is at, and whether
/// what is built differs from it; none outside a repository or without git.
pub fn commit(root: &Path) -> Option<String> {
    let root = root.canonicalize().ok()?;
    // Asking git costs a process: most builds outside a repository are told
    // apart without one.
    root.ancestors()
        .find(|folder| folder.join(".git").exists())?;
    let head = git(&root, &["rev-parse", "--verify", "HEAD"])?;
    let short = head.get(..7)?.to_owned();
    let changed = git(
        &root,
        &[
            "status",
            "--porcelain",
            "--",
            "content",
            "site.toml",
            "themes",
        ],
    )?;
    Some(if changed.is_empty() {
        short
    } else {
        format!("{short} with changes since")
    })
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
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
