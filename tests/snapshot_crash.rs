//! Whatever stops a freezing, a quarter is frozen whole or not at all; and of
//! several at once one freezes it.
#![cfg(target_os = "linux")]

mod practice;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use practice::{Run, Site, names};
use quarterdeck::publish::snapshot::Shelf;
use quarterdeck::source::SnapshotFile;
use quarterdeck::source::quarter::Quarter;

/// Where a test that runs itself again as another process shall work.
const CHILD: &str = "QUARTERDECK_TEST_CHILD";

/// Large enough that a kill may come between two files.
fn files() -> BTreeMap<SnapshotFile, Arc<Vec<u8>>> {
    let bytes = |file: SnapshotFile| file.name().repeat(20_000).into_bytes();
    SnapshotFile::ALL
        .map(|file| (file, Arc::new(bytes(file))))
        .into()
}

/// The folders in `content/board/` that a build reads.
fn visible(board: &Path) -> Vec<String> {
    let mut names = names(board);
    names.retain(|name| !name.starts_with('.'));
    names
}

fn assert_whole(folder: &Path) {
    let expected = files();
    assert_eq!(names(folder).len(), expected.len(), "{}", folder.display());
    for (file, bytes) in &expected {
        let found = fs::read(folder.join(file.name())).unwrap();
        assert!(found == **bytes, "{} of {}", file.name(), folder.display());
    }
}

#[test]
fn killed_at_any_moment_a_quarter_is_whole_or_absent() {
    if let Some(home) = env::var_os(CHILD) {
        freeze_for_ever(&PathBuf::from(home));
    }
    let home = tempfile::tempdir().unwrap();
    let content = home.path().join("content");
    let board = content.join("board");
    fs::create_dir(&content).unwrap();
    let mut interrupted = 0;
    for round in 0..80_u64 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "killed_at_any_moment_a_quarter_is_whole_or_absent",
            ])
            .args(["--nocapture", "--test-threads=1"])
            .env(CHILD, home.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut ready = [0; 5];
        child.stderr.take().unwrap().read_exact(&mut ready).unwrap();
        // Moments that fall everywhere within a freezing, some milliseconds
        // long.
        thread::sleep(Duration::from_micros(round * 7919 % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();

        for name in visible(&board) {
            assert_whole(&board.join(name));
        }
        interrupted += usize::from(visible(&board) != names(&board));
        // The next run cleans up, and finds its way.
        let shelf = Shelf::take(home.path()).unwrap();
        assert_eq!(visible(&board), names(&board), "round {round}");
        let quarter: Quarter = format!("{}-Q1", 2100 + round).parse().unwrap();
        shelf.put(quarter, &files()).unwrap();
        drop(shelf);
        assert_eq!(names(&content), ["board"], "round {round}");
        fs::remove_dir_all(&board).unwrap();
    }
    assert!(interrupted > 0, "no kill came in the middle of a freezing");
    eprintln!("{interrupted} of 80 kills came in the middle of a freezing");
}

fn freeze_for_ever(home: &Path) -> ! {
    eprintln!("ready");
    for number in 0.. {
        let quarter: Quarter = format!("{}-Q{}", 2000 + number / 4, number % 4 + 1)
            .parse()
            .unwrap();
        let shelf = Shelf::take(home).unwrap();
        shelf.put(quarter, &files()).unwrap();
    }
    unreachable!("there is always a next quarter")
}

/// The command itself, from its beginning to past its end.
#[test]
fn a_killed_command_leaves_content_that_builds_and_can_be_frozen() {
    let site = Site::new();
    let began = Instant::now();
    assert_eq!(site.snapshot("2026-Q2", &[]).code, 0);
    let whole = began.elapsed();
    site.commit();
    for round in 0..24_u32 {
        let mut child = site
            .freezing("2026-Q1", &[])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(whole * (round * 37 % 110) / 100);
        let _ = child.kill();
        child.wait().unwrap();
        let run = site.run("check", &[]);
        assert_eq!(run.code, 0, "after kill {round}: {run:?}");
        let frozen = site.path("content/board/2026-q1");
        if frozen.exists() {
            assert_eq!(site.run("verify", &[]).code, 0, "after kill {round}");
            fs::remove_dir_all(frozen).unwrap();
        }
    }
    // What is left over is no change that would have to be committed.
    let run = site.snapshot("2026-Q1", &[]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(site.board(), ["2026-q1", "2026-q2"]);
    assert!(
        names(&site.path("content"))
            .iter()
            .all(|name| !name.starts_with('.'))
    );
}

#[test]
fn of_several_at_once_one_freezes_the_quarter() {
    for at_once in [2, 8] {
        let site = Site::new();
        let runs: Vec<Run> = thread::scope(|scope| {
            let started: Vec<_> = (0..at_once)
                .map(|_| scope.spawn(|| site.snapshot("2026-Q1", &[])))
                .collect();
            started.into_iter().map(|run| run.join().unwrap()).collect()
        });
        let (won, lost): (Vec<_>, Vec<_>) = runs.into_iter().partition(|run| run.code == 0);
        assert_eq!(won.len(), 1, "{won:?} {lost:?}");
        for run in lost {
            // On a slow machine its patience may end before its turn.
            let frozen = run.code == 2 && run.err.contains("2026-Q1 was frozen on ");
            let busy = run.code == 3 && run.err.contains("is at work here");
            assert!(frozen || busy, "{run:?}");
        }
        assert_eq!(site.board(), ["2026-q1"]);
        let token = site.manifest("2026-q1").token;
        assert!(won[0].out.contains(&token), "the link is the winner's");
        assert_eq!(site.run("verify", &[]).code, 0);
        assert_eq!(site.git(&["status", "--porcelain"]), "?? content/board/");
    }
}
