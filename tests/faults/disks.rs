//! Disks that fill up, limits of the system, and folders that can't be
//! written.

use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::round::Round;
use super::running::Ended;

const EACCES: i32 = 13;
const EMFILE: i32 = 24;
const EFBIG: i32 = 27;
const ENOSPC: i32 = 28;
const EROFS: i32 = 30;

/// A disk mounted at a folder, taken away when dropped.
struct Mount(PathBuf);

impl Mount {
    fn new(at: &Path, options: &[&str]) -> Mount {
        let mut mount = Command::new("mount");
        let done = mount.args(options).arg(at).status().unwrap();
        assert!(done.success(), "{mount:?}");
        Mount(at.to_owned())
    }

    fn remount(&self, options: &str) {
        let mut mount = Command::new("mount");
        let done = mount.args(["-o", options]).arg(&self.0).status().unwrap();
        assert!(done.success(), "{mount:?}");
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        // Lazily: a failed round may leave something at work in it.
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

/// A disk with little space or few names left.
pub fn is_full(round: &mut Round) -> &'static str {
    if !round.ground.may_mount {
        return "SKIPPED: no disk can be mounted here";
    }
    let out = round.ground.path("out");
    let disk = Mount::new(
        &out,
        &["-t", "tmpfs", "-o", "size=16m,nr_inodes=4000", "none"],
    );
    round.ground.stand(round.former);
    let filler = out.join("filler");
    let names = round.chance.percent(40);
    if names {
        let used = walkdir::WalkDir::new(&out).into_iter().count() as u32;
        disk.remount(&format!(
            "remount,nr_inodes={}",
            used + round.chance.between(0, 60)
        ));
    } else {
        let spare = round.chance.between(0, 700) as usize * 1024;
        fill(&filler, spare);
    }
    let ended = round.ground.run(round.ground.build("site"));
    round.told(&ended, ENOSPC);
    let ending = round.judge(&ended);
    if names {
        disk.remount("remount,nr_inodes=4000");
    }
    let _ = fs::remove_file(&filler);
    round.settle();
    drop(disk);
    ending
}

/// Fills a disk up to so many bytes.
fn fill(filler: &Path, spare: usize) {
    let mut file = File::create(filler).unwrap();
    let block = [0; 4096];
    let mut written = 0;
    while file.write_all(&block).is_ok() {
        written += block.len() as u64;
    }
    file.set_len(written.saturating_sub(spare as u64)).unwrap();
}

/// The largest file or the most open ones that a process may have.
pub fn is_limited(round: &mut Round) -> &'static str {
    let files = round.chance.percent(50);
    let ignored = round.chance.percent(50);
    let (limit, errno) = if files {
        (format!("ulimit -n {}", round.chance.between(6, 20)), EMFILE)
    } else {
        // In blocks of 512 bytes.
        (format!("ulimit -f {}", round.chance.between(0, 150)), EFBIG)
    };
    // What goes beyond the largest file kills, unless the signal is ignored.
    let trap = if ignored { "trap '' XFSZ; " } else { "" };
    let script = format!("{trap}{limit}; exec \"$0\" \"$@\"");
    let command = launched("sh", &["-c", &script], &round.ground.build("site"));
    let ended = round.ground.run(command);
    if ended.code == Some(3) && !ended.err.is_empty() {
        round.told(&ended, errno);
    }
    // The words themselves may have been beyond the largest file.
    if ended.code == Some(3) && ended.err.is_empty() {
        assert!(!files);
        assert_eq!(round.ground.standing(&[round.former]), Some(round.former));
        round.settle();
        return "failed, no room for words";
    }
    round.end(&ended)
}

/// A command as another program starts it.
fn launched<S: AsRef<OsStr>>(launcher: &str, options: &[S], command: &Command) -> Command {
    let mut launched = Command::new(launcher);
    launched.args(options);
    launched.arg(command.get_program()).args(command.get_args());
    launched
}

/// A command without root's leave to pass over permissions.
fn as_anybody(command: &Command) -> Command {
    launched(
        "setpriv",
        &[
            "--bounding-set=-all",
            "--inh-caps=-all",
            "--ambient-caps=-all",
        ],
        command,
    )
}

/// Whether permissions bind a command so started.
fn permissions_bind(round: &Round) -> bool {
    let locked = round.ground.path("said/locked");
    fs::write(&locked, "").unwrap();
    fs::set_permissions(&locked, Permissions::from_mode(0o000)).unwrap();
    let mut cat = Command::new("cat");
    let ended = as_anybody(cat.arg(&locked)).output();
    let _ = fs::remove_file(&locked);
    ended.is_ok_and(|ended| String::from_utf8_lossy(&ended.stderr).contains("ermission denied"))
}

/// Folders and files with permissions for a while.
struct Permitted(Vec<(PathBuf, Permissions)>);

impl Permitted {
    fn set(paths: &[PathBuf], mode: u32) -> Permitted {
        let former = paths.iter().map(|path| {
            let former = fs::symlink_metadata(path).unwrap().permissions();
            (path.clone(), former)
        });
        let former = former.collect();
        for path in paths {
            fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
        }
        Permitted(former)
    }
}

impl Drop for Permitted {
    fn drop(&mut self) {
        for (path, permissions) in self.0.drain(..).rev() {
            let _ = fs::set_permissions(path, permissions);
        }
    }
}

/// A folder or a file that mustn't be written or read.
pub fn is_forbidden(round: &mut Round) -> &'static str {
    if !permissions_bind(round) {
        return "SKIPPED: permissions bind nobody here";
    }
    let site = |below: &str| round.ground.path("site").join(below);
    let (paths, mode, may_build) = match round.chance.between(0, 5) {
        0 => (vec![round.ground.output()], 0o555, false),
        1 => (vec![round.ground.path("out")], 0o555, false),
        2 => {
            let below = [site(""), site("themes")];
            let all = below
                .iter()
                .flat_map(walkdir::WalkDir::new)
                .map(Result::unwrap);
            let folders = all.filter(|entry| entry.file_type().is_dir());
            (
                folders.map(walkdir::DirEntry::into_path).collect(),
                0o555,
                true,
            )
        }
        3 => {
            let file = round.chance.pick(&[
                "site.toml",
                "content/engagement.yaml",
                "content/2026-01/leadership.md",
                "themes/own/assets/note.txt",
                "content/_kept/plan.pdf",
            ]);
            (vec![site(file)], 0o000, false)
        }
        4 => {
            let folder = round
                .chance
                .pick(&["", "content", "content/2026-02", "themes/own"]);
            (vec![site(folder)], 0o000, false)
        }
        _ => (
            vec![round.ground.output().join(".quarterdeck")],
            0o000,
            false,
        ),
    };
    let permitted = Permitted::set(&paths, mode);
    let command = as_anybody(&round.ground.build("site"));
    let ended = round.ground.run(command);
    drop(permitted);
    // The times of a change of permissions are the harness's own.
    round.lay();
    if may_build {
        return round.end(&ended.with(0));
    }
    let ended = ended.with(3);
    round.told(&ended, EACCES);
    round.end(&ended)
}

/// A disk that can't be written at all, below the output or the sources.
pub fn is_read_only(round: &mut Round) -> &'static str {
    if !round.ground.may_mount {
        return "SKIPPED: no disk can be mounted here";
    }
    let sources = round.chance.percent(40);
    let at = round.ground.path(if sources { "site" } else { "out" });
    let source = at.to_str().unwrap().to_owned();
    let disk = Mount::new(&at, &["--bind", &source]);
    disk.remount("remount,bind,ro");
    round.lay();
    let ended = round.ground.run(round.ground.build("site"));
    let ended: Ended = if sources {
        ended.with(0)
    } else {
        let ended = ended.with(3);
        round.told(&ended, EROFS);
        ended
    };
    let ending = round.judge(&ended);
    drop(disk);
    round.settle();
    ending
}
