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

#[path = "faults/authors.rs"]
mod authors;
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

/// As many as `cargo test` has time for; the variable asks for more.
const ROUNDS: u64 = 150;
/// Where the seeds begin.
const SEED: u64 = 1;
const THREADS: usize = 2;
/// How a round that fails ends.
const FAILED: &str = "FAILED";

/// What a round tries, how often that comes beside the others, and what plays
/// it and says how it ended.
type Kind = (&'static str, u32, fn(&mut Round) -> &'static str);

const KINDS: [Kind; 21] = [
    ("a call fails", 30, calls::fails),
    ("the first build", 8, calls::meets_the_first_build),
    ("short and interrupted calls", 6, calls::is_short),
    ("killed at a call", 20, calls::kills),
    ("killed at a moment", 8, calls::killed_at_a_moment),
    ("no exchange of folders", 8, calls::lacks_the_exchange),
    ("no more threads", 2, calls::has_no_threads),
    ("several at once", 10, together::at_once),
    ("waits for another", 1, together::waits_for_another),
    ("two audiences at once", 3, together::both_audiences),
    ("a full disk", 10, disks::is_full),
    ("a limit of the system", 6, disks::is_limited),
    ("no permission", 8, disks::is_forbidden),
    ("a read-only disk", 4, disks::is_read_only),
    ("a wrong clock", 5, clock::is_wrong),
    ("a commit of another time", 2, clock::commit_is_old_or_new),
    ("changed while read", 25, reading::changes_meanwhile),
    ("led out and back", 10, reading::leads_out_and_back),
    ("a quarter is frozen", 8, authors::freezes),
    ("a month is laid out", 6, authors::lays_out),
    ("no file where one belongs", 6, reading::is_no_file),
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
    for (kind, ending) in tally.keys() {
        if let Some(without) = ending.strip_prefix("SKIPPED: ") {
            skipped(&format!("{TEST}, {kind}"), without);
        }
    }
    let failed = tally.keys().filter(|(_, ending)| *ending == FAILED);
    assert_eq!(
        failed.count(),
        0,
        "rounds failed; their seeds are said above"
    );
}

/// Rounds of chance came upon these too seldom to leave them to chance.
#[test]
fn what_rounds_have_found_does_not_come_back() {
    let Some(shim) = Shim::compile().map(Arc::new) else {
        return skipped("what_rounds_have_found_does_not_come_back", "no C compiler");
    };
    let mut ground = Ground::new(shim, false);
    together::waits_for_one_at(&mut Round::new(&mut ground, SEED), 2);
    calls::cannot_tell_at_the_end(&mut Round::new(&mut ground, SEED));
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
        let (name, _, play) = drawn(&mut round, seed);
        let began = Instant::now();
        let played = catch_unwind(AssertUnwindSafe(|| play(&mut round)));
        let ending = played.unwrap_or_else(|_| {
            eprintln!("FAILED ({name}): QUARTERDECK_FAULT_SEED={seed} QUARTERDECK_FAULT_ROUNDS=1");
            FAILED
        });
        if env::var_os("QUARTERDECK_FAULT_TIMES").is_some() {
            eprintln!("{seed} {name} {:?}", began.elapsed());
        }
        endings.push((name, ending));
    }
}

/// The kind of a round: every fifth takes the next in turn, so that none is
/// left out; the others are of chance.
fn drawn(round: &mut Round, seed: u64) -> Kind {
    if seed.is_multiple_of(5) {
        return KINDS[(seed / 5 % KINDS.len() as u64) as usize];
    }
    let total = KINDS.iter().map(|(_, weight, _)| weight).sum();
    let mut drawn = round.chance.between(1, total);
    let kind = KINDS.into_iter().find(|(_, weight, _)| {
        let hit = drawn <= *weight;
        drawn = drawn.saturating_sub(*weight);
        hit
    });
    kind.expect("the weights add up")
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
