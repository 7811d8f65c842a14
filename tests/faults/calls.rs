//! Calls that fail, fall short or are a process's last.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use super::round::Round;
use super::shim::Rule;

const EIO: i32 = 5;
const EAGAIN: i32 = 11;
const EACCES: i32 = 13;
const EINVAL: i32 = 22;
const EMFILE: i32 = 24;
const ENOSPC: i32 = 28;
const EROFS: i32 = 30;
const EDQUOT: i32 = 122;

const SIGNALS: [i32; 4] = [1, 2, 9, 15];

/// Where and when a fault comes: a kind of call below a path.
struct Moment {
    kind: String,
    below: PathBuf,
    from: u32,
}

/// A call of chance: of those that write or of those that read.
fn moment(round: &mut Round, wanted: impl Fn(&str) -> bool) -> Moment {
    let writing = round.chance.percent(65);
    let (below, counts) = if writing {
        (round.ground.path("out"), round.ground.writing.clone())
    } else {
        (round.ground.path("site"), round.ground.reading.clone())
    };
    let kinds: Vec<&str> = counts
        .keys()
        .map(String::as_str)
        .filter(|kind| wanted(kind))
        .collect();
    let kind = round.chance.pick(&kinds);
    let most = if round.chance.percent(30) {
        // What signs the lock and the folder comes first, and is little.
        counts[kind].min(3)
    } else {
        counts[kind]
    };
    Moment {
        from: round.chance.between(1, most),
        kind: kind.to_owned(),
        below,
    }
}

fn errors_of(kind: &str) -> &'static [i32] {
    match kind {
        "write" | "fsync" | "settle" | "truncate" => &[ENOSPC, EIO, EDQUOT],
        "open" => &[EACCES, EMFILE, EIO, ENOSPC, EROFS],
        "mkdir" | "rename" | "exchange" | "unlink" => &[ENOSPC, EIO, EACCES, EROFS, EDQUOT],
        "list" | "stat" | "resolve" => &[EIO, EACCES],
        _ => &[EIO],
    }
}

pub fn fails(round: &mut Round) -> &'static str {
    let Moment { kind, below, from } = moment(round, |_| true);
    let errno = round.chance.pick(errors_of(&kind));
    let times = round.chance.pick(&[1, 2, 0]);
    let rule = Rule::new(&kind, &below, from, times, &errno.to_string());
    let ended = round.ground.run_with(round.ground.build("site"), &[rule]);
    round.told(&ended, errno);
    round.end(&ended)
}

/// The system can't tell of a file, once or twice, at one of the last of these calls:
/// there a build removes what was in its way.
pub fn cannot_tell_at_the_end(round: &mut Round) {
    // A tree of two months stands and one of three comes: there these calls are
    // those that were counted.
    (round.former, round.new) = (0, 1);
    let calls = round.ground.writing["stat"];
    for from in calls - 12..=calls {
        for times in [1, 2] {
            round.ground.begin(round.former, round.new);
            round.lay();
            let out = round.ground.path("out");
            let rule = Rule::new("stat", &out, from, times, &EIO.to_string());
            let ended = round.ground.run_with(round.ground.build("site"), &[rule]);
            round.told(&ended, EIO);
            round.end(&ended);
        }
    }
}

pub fn is_short(round: &mut Round) -> &'static str {
    let short = round.chance.percent(50);
    let (kinds, times, action) = if short {
        ("read,write", 0, "short")
    } else {
        // An interrupted call is made again; so is the next one.
        ("open,read,write", 3, "4")
    };
    let from = round.chance.between(1, 60);
    let rule = Rule::new(kinds, &round.ground.path(""), from, times, action);
    let ended = round.ground.run_with(round.ground.build("site"), &[rule]);
    assert!(round.ground.was_struck());
    round.end(&ended.with(0))
}

pub fn kills(round: &mut Round) -> &'static str {
    let Moment { kind, below, from } = moment(round, |_| true);
    let how = if kind == "write" && round.chance.percent(50) {
        "tear"
    } else {
        round.chance.pick(&["kill", "after"])
    };
    let action = format!("{how} {}", round.chance.pick(&SIGNALS));
    let rule = Rule::new(&kind, &below, from, 1, &action);
    let ended = round.ground.run_with(round.ground.build("site"), &[rule]);
    assert_eq!(
        round.ground.was_struck(),
        ended.signal.is_some(),
        "{ended:#?}"
    );
    round.end(&ended)
}

pub fn killed_at_a_moment(round: &mut Round) -> &'static str {
    let signal = round.chance.pick(&SIGNALS);
    let share = round.chance.between(1, 110);
    let mut running = round.ground.start(round.ground.build("site"));
    thread::sleep(round.ground.takes * share / 100);
    running.signal(signal);
    let ended = running.end();
    round.end(&ended)
}

/// A file system that can't exchange two folders: two renames have to do.
pub fn lacks_the_exchange(round: &mut Round) -> &'static str {
    let out = round.ground.path("out");
    let mut rules = vec![Rule::new("exchange", &out, 1, 0, &EINVAL.to_string())];
    let mut fault = None;
    match round.chance.between(0, 3) {
        0 => {}
        1 => {
            let how = round.chance.pick(&["kill 9", "after 9", "after 15"]);
            let from = round.chance.between(1, 2);
            rules.push(Rule::new("rename", &out, from, 1, how));
        }
        at => {
            // The last also when the former tree is put back.
            let errno = round.chance.pick(&[EIO, EACCES, ENOSPC]);
            let from = round.chance.between(1, 2);
            rules.push(Rule::new("rename", &out, from, 3 - at, &errno.to_string()));
            fault = Some(errno);
        }
    }
    let ended = round.ground.run_with(round.ground.build("site"), &rules);
    if round.ground.control().join("no-seccomp").exists() {
        return "SKIPPED: no seccomp here";
    }
    if let Some(errno) = fault {
        round.told(&ended, errno);
    }
    if round.ground.output().exists() {
        return round.end(&ended);
    }
    // Between the two there is no site for a moment; the next build knows.
    assert_ne!(ended.code, Some(0), "{ended:#?}");
    if ended.code.is_some() {
        ended
            .with(3)
            .saying(&["can't put back `", "the former site is whole there"]);
    }
    round.settle();
    "no site until the next build"
}

/// A system that starts no more threads.
pub fn has_no_threads(round: &mut Round) -> &'static str {
    let from = round.chance.between(1, 2);
    let rule = Rule::new("thread", Path::new(""), from, 0, &EAGAIN.to_string());
    let ended = round.ground.run_with(round.ground.build("site"), &[rule]);
    if round.ground.was_struck() {
        assert_eq!(ended.code, Some(3), "{ended:#?}");
        assert!(
            ended.err.contains("no more threads can be started"),
            "{ended:#?}"
        );
    }
    round.end(&ended)
}

/// Nothing stands yet: there is a whole site afterwards, or none.
pub fn meets_the_first_build(round: &mut Round) -> &'static str {
    fs::remove_dir_all(round.ground.output()).unwrap();
    let Moment { kind, below, from } = moment(round, |_| true);
    let (action, errno) = if round.chance.percent(50) {
        let errno = round.chance.pick(errors_of(&kind));
        (errno.to_string(), Some(errno))
    } else {
        (
            round
                .chance
                .pick(&["kill 9", "after 9", "tear 15"])
                .to_owned(),
            None,
        )
    };
    let rule = Rule::new(&kind, &below, from, 1, &action);
    let ended = round.ground.run_with(round.ground.build("site"), &[rule]);
    let is_there = round.ground.standing(&[round.new]).is_some();
    match ended.code {
        Some(0) => assert!(is_there),
        Some(3) => {
            assert!(!is_there, "{ended:#?}");
            round.told(&ended, errno.expect("nothing failed"));
        }
        None => assert!(errno.is_none(), "{ended:#?}"),
        _ => panic!("it must not end so: {ended:#?}"),
    }
    round.ground.assert_untouched(&round.before);
    round.settle();
    if is_there {
        "there is a site"
    } else {
        "there is none"
    }
}
