//! Commands that write among an author's own files: what was there stays, and
//! what they make is whole or absent.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::ground::{Counts, freezing, laying_out, program};
use super::round::Round;
use super::running::Ended;
use super::shim::Rule;
use super::tree::{Trace, names, traces};

const EIO: i32 = 5;
const EACCES: i32 = 13;
const ENOSPC: i32 = 28;

/// Kinds of calls by which something is made.
const KINDS: [&str; 8] = [
    "open", "write", "mkdir", "fsync", "exchange", "rename", "unlink", "truncate",
];

/// A fault of chance for whatever is written below the content: an errno, or a
/// death.
fn fault(round: &mut Round, counts: &Counts) -> (Rule, Option<i32>) {
    let kinds: Vec<&str> = KINDS
        .into_iter()
        .filter(|kind| counts.contains_key(*kind))
        .collect();
    let kind = round.chance.pick(&kinds);
    let from = round.chance.between(1, counts[kind]);
    let content = round.ground.path("site/content");
    let (errno, action) = if round.chance.percent(50) {
        let errno = round.chance.pick(&[EIO, EACCES, ENOSPC]);
        (Some(errno), errno.to_string())
    } else {
        (
            None,
            round
                .chance
                .pick(&["kill 9", "after 9", "after 15", "tear 9"])
                .to_owned(),
        )
    };
    let times = if errno.is_some() {
        round.chance.pick(&[1, 0])
    } else {
        1
    };
    (Rule::new(kind, &content, from, times, &action), errno)
}

/// Everything that an author wrote, folders left out: their times are those of
/// what is made in them.
fn written(round: &Round) -> BTreeMap<PathBuf, Trace> {
    let mut all = traces(&[round.ground.path("site")]);
    all.retain(|path, _| !path.is_dir());
    all
}

#[track_caller]
fn assert_kept(before: &BTreeMap<PathBuf, Trace>, now: &BTreeMap<PathBuf, Trace>) {
    for (path, trace) in before {
        assert_eq!(now.get(path), Some(trace), "{} was touched", path.display());
    }
}

fn explained(round: &Round, ended: &Ended, errno: Option<i32>) {
    match (ended.code, ended.signal) {
        (Some(0), _) => {}
        (None, Some(_)) => assert!(errno.is_none(), "{ended:#?}"),
        (Some(3), _) => round.told(ended, errno.expect("nothing failed")),
        _ => panic!("it must not end so: {ended:#?}"),
    }
}

/// `snapshot` freezes a quarter whole or not at all, and the next one clears up.
pub fn freezes(round: &mut Round) -> &'static str {
    let site = round.ground.path("site");
    let counts = round.ground.freezing.clone();
    let (rule, errno) = fault(round, &counts);
    let before = written(round);
    let ended = round.ground.run_with(freezing(&site), &[rule]);
    explained(round, &ended, errno);
    let frozen = site.join("content/board/2026-q1");
    let mut now = written(round);
    now.retain(|path, _| !path.starts_with(&frozen));
    assert_kept(&before, &now);
    let is_there = frozen.exists();
    assert!(is_there || ended.code != Some(0), "{ended:#?}");
    let mut verify = program();
    verify.arg("verify").arg(&site);
    if is_there {
        assert!(ended.code.is_none_or(|code| code == 0), "{ended:#?}");
        assert_eq!(
            names(&frozen),
            ["facts.json", "index.html", "manifest.json"]
        );
        round.ground.run(verify).with(0);
        fs::remove_dir_all(&frozen).unwrap();
    }
    round.ground.run(freezing(&site)).with(0);
    assert_eq!(names(&site.join("content/board")), ["2026-q1"]);
    let left = names(&site.join("content"));
    assert!(left.iter().all(|name| !name.starts_with('.')), "{left:?}");
    round.ground.run(round.ground.build("site")).with(0);
    if is_there { "frozen" } else { "not frozen" }
}

/// `new month` makes all of its files or none; one that is killed may have
/// made some, and touches nothing that was there.
pub fn lays_out(round: &mut Round) -> &'static str {
    let site = round.ground.path("site");
    let counts = round.ground.laying_out.clone();
    let (rule, errno) = fault(round, &counts);
    // What can't be taken away again stays.
    let may_stay = rule.kinds == "unlink";
    let before = written(round);
    let ended = round.ground.run_with(laying_out(&site), &[rule]);
    explained(round, &ended, errno);
    let now = written(round);
    assert_kept(&before, &now);
    match ended.code {
        Some(0) => {
            assert!(now.len() > before.len(), "{ended:#?}");
            "laid out"
        }
        Some(_) => {
            let more: Vec<_> = now
                .keys()
                .filter(|path| !before.contains_key(*path))
                .collect();
            assert!(
                more.is_empty() || may_stay,
                "left behind: {more:?} {ended:#?}"
            );
            round.ground.run(laying_out(&site)).with(0);
            "failed, nothing laid out"
        }
        None => "killed",
    }
}
