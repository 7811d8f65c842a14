//! The fault harness: whatever goes wrong while the program is at work, the
//! published tree is the former one or the new one, whole; what an author
//! wrote is untouched; the exit code and the words are right; and the next
//! build succeeds and clears up.
//!
//! Each round lays a small site over the tree of another edition, lets one
//! fault come at a moment of chance and looks at everything. A round is made
//! from its seed alone, but for the system's own timing:
//!
//! ```text
//! QUARTERDECK_FAULT_SEED=4711 QUARTERDECK_FAULT_ROUNDS=1 cargo test --test faults
//! ```
//!
//! `QUARTERDECK_FAULT_ROUNDS` is the number of rounds, from one seed up, and
//! `QUARTERDECK_FAULT_PROGRAM` another program to try, such as the release's.
#![cfg(target_os = "linux")]

#[path = "faults/calls.rs"]
mod calls;
#[path = "../benches/engagement/chance.rs"]
mod chance;
#[path = "faults/clock.rs"]
mod clock;
#[path = "faults/disks.rs"]
mod disks;
#[path = "faults/ground.rs"]
mod ground;
#[path = "faults/reading.rs"]
mod reading;
#[path = "faults/round.rs"]
mod round;
#[path = "faults/running.rs"]
mod running;
#[path = "faults/shim.rs"]
mod shim;
mod skipped;
#[path = "faults/together.rs"]
mod together;
#[path = "faults/tree.rs"]
mod tree;

use std::collections::BTreeMap;
use std::env;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use ground::Ground;
use round::Round;
use shim::Shim;
use skipped::skipped;

const ROUNDS: u64 = 500;
/// Where the seeds begin.
const SEED: u64 = 1;
const THREADS: usize = 2;
/// How a round that fails ends.
const FAILED: &str = "FAILED";

/// What a round tries.
struct Kind {
    name: &'static str,
    /// How often it comes, beside the others.
    weight: u32,
    /// Plays the round; says how it ended.
    play: fn(&mut Round) -> &'static str,
}

const KINDS: [Kind; 17] = [
    Kind {
        name: "a call fails",
        weight: 30,
        play: calls::fails,
    },
    Kind {
        name: "short and interrupted calls",
        weight: 6,
        play: calls::is_short,
    },
    Kind {
        name: "killed at a call",
        weight: 20,
        play: calls::kills,
    },
    Kind {
        name: "killed at a moment",
        weight: 8,
        play: calls::killed_at_a_moment,
    },
    Kind {
        name: "no exchange of folders",
        weight: 8,
        play: calls::lacks_the_exchange,
    },
    Kind {
        name: "several at once",
        weight: 10,
        play: together::at_once,
    },
    Kind {
        name: "waits for another",
        weight: 1,
        play: together::waits_for_another,
    },
    Kind {
        name: "two audiences at once",
        weight: 3,
        play: together::both_audiences,
    },
    Kind {
        name: "a full disk",
        weight: 10,
        play: disks::is_full,
    },
    Kind {
        name: "a limit of the system",
        weight: 6,
        play: disks::is_limited,
    },
    Kind {
        name: "no permission",
        weight: 8,
        play: disks::is_forbidden,
    },
    Kind {
        name: "a read-only disk",
        weight: 4,
        play: disks::is_read_only,
    },
    Kind {
        name: "a wrong clock",
        weight: 5,
        play: clock::is_wrong,
    },
    Kind {
        name: "a commit of another time",
        weight: 2,
        play: clock::commit_is_of_another_time,
    },
    Kind {
        name: "changed while read",
        weight: 25,
        play: reading::changes_meanwhile,
    },
    Kind {
        name: "led out and back",
        weight: 10,
        play: reading::leads_out_and_back,
    },
    Kind {
        name: "no file where one belongs",
        weight: 6,
        play: reading::is_no_file,
    },
];

#[test]
fn no_fault_costs_anyone_their_site() {
    const TEST: &str = "no_fault_costs_anyone_their_site";
    let number = |name: &str, usual| match env::var(name) {
        Ok(text) => text.parse().expect("a number"),
        Err(_) => usual,
    };
    let rounds = number("QUARTERDECK_FAULT_ROUNDS", ROUNDS);
    let first = number("QUARTERDECK_FAULT_SEED", SEED);
    let may_mount = match in_namespace(TEST) {
        Space::Own => true,
        Space::Shared => false,
        Space::Elsewhere => return,
    };
    let Some(shim) = Shim::compile().map(Arc::new) else {
        return skipped(TEST, "no C compiler");
    };
    let next = AtomicU64::new(first);
    let mut tally: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| scope.spawn(|| played(&shim, may_mount, &next, first + rounds)))
            .collect();
        for thread in threads {
            for key in thread.join().expect("each round is caught") {
                *tally.entry(key).or_default() += 1;
            }
        }
    });
    let mut lines = format!("{rounds} rounds from seed {first}:\n");
    for ((kind, ending), times) in &tally {
        lines.push_str(&format!("  {times:4}  {kind}: {ending}\n"));
    }
    std::io::stderr().write_all(lines.as_bytes()).unwrap();
    let failed = tally.keys().filter(|(_, ending)| *ending == FAILED);
    assert_eq!(
        failed.count(),
        0,
        "rounds failed; their seeds are said above"
    );
}

fn played(
    shim: &Arc<Shim>,
    may_mount: bool,
    next: &AtomicU64,
    end: u64,
) -> Vec<(&'static str, &'static str)> {
    let mut ground = Ground::new(Arc::clone(shim), may_mount);
    let mut endings = Vec::new();
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end {
            return endings;
        }
        let mut round = Round::new(&mut ground, seed);
        let total = KINDS.iter().map(|kind| kind.weight).sum();
        let mut drawn = round.chance.between(1, total);
        let kind = KINDS
            .iter()
            .find(|kind| {
                let hit = drawn <= kind.weight;
                drawn = drawn.saturating_sub(kind.weight);
                hit
            })
            .expect("the weights add up");
        let began = Instant::now();
        let played = catch_unwind(AssertUnwindSafe(|| (kind.play)(&mut round)));
        let ending = played.unwrap_or_else(|_| {
            eprintln!(
                "FAILED ({}): QUARTERDECK_FAULT_SEED={seed} QUARTERDECK_FAULT_ROUNDS=1",
                kind.name
            );
            FAILED
        });
        if env::var_os("QUARTERDECK_FAULT_TIMES").is_some() {
            eprintln!("{seed} {} {:?}", kind.name, began.elapsed());
        }
        endings.push((kind.name, ending));
    }
}

/// Where a test runs that would mount disks.
enum Space {
    /// In a mount namespace of its own.
    Own,
    /// Where every process is: it may not mount.
    Shared,
    /// It ran in another process, and passed.
    Elsewhere,
}

/// Set in a process that runs a test again.
const CHILD: &str = "QUARTERDECK_TEST_CHILD";

/// Runs a test again in a mount namespace of its own, if the system lets it.
fn in_namespace(test: &str) -> Space {
    if env::var_os(CHILD).is_some() {
        return Space::Own;
    }
    let home = tempfile::tempdir().unwrap();
    let mut works = Command::new("unshare");
    works
        .args(["-rm", "mount", "-t", "tmpfs", "none"])
        .arg(home.path());
    if !works.output().is_ok_and(|output| output.status.success()) {
        return Space::Shared;
    }
    let mut again = Command::new("unshare");
    again.arg("-rm").arg(env::current_exe().unwrap());
    again.args(["--exact", test, "--nocapture", "--test-threads=1"]);
    let status = again.env(CHILD, "1").status().unwrap();
    assert!(status.success(), "failed in its namespace");
    Space::Elsewhere
}
