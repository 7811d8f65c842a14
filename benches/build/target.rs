//! What is aimed at, and whether this run met it.

use super::Measured;
use super::start::Start;
use super::table::{megabytes, milliseconds, ratio};

/// A target, and what was found; a figure at most as large meets it.
struct Target {
    what: &'static str,
    most: f64,
    found: Option<f64>,
    /// What the figure is in: `ms`.
    unit: &'static str,
}

/// A line a target. One whose corpora weren't built is said not to be shown.
pub fn tell(all: &[Measured], start: &Start) {
    println!("Targets of this run");
    for target in targets(all, start) {
        let verdict = match target.found {
            None => "not shown",
            Some(found) if found <= target.most => "met",
            Some(_) => "MISSED",
        };
        let found = target
            .found
            .map_or_else(|| "-".to_owned(), |found| format!("{found:.2}"));
        println!(
            "  {verdict:<12} {found:>8} of at most {:>6.2} {:<3} {}",
            target.most, target.unit, target.what
        );
    }
    println!("  (--version takes {:.1} ms)", milliseconds(start.version));
}

fn targets(all: &[Measured], start: &Start) -> Vec<Target> {
    let of = |name: &str| all.iter().find(|measured| measured.corpus.name() == name);
    let wall = |name| of(name).map(|measured| measured.own.runs.median());
    let of_peer = |name| {
        let measured = of(name)?;
        let peer = measured.peer.as_ref()?.runs.median();
        Some(ratio(measured.own.runs.median(), peer))
    };
    let a_session = |name| {
        let sessions = u32::try_from(of(name)?.corpus.sessions()).unwrap();
        Some(wall(name)? / sessions)
    };
    let peak = |name| of(name)?.own.runs.peak.map(megabytes);
    let target = |what, most, unit, found| Target {
        what,
        most,
        found,
        unit,
    };
    vec![
        target(
            "wall time at 2,400 session pages, over Hugo's (a third)",
            1.0 / 3.0,
            "x",
            of_peer("100x24"),
        ),
        // There is no row of ours with one sparkline a page. If all charts take
        // no longer than this, one sparkline wouldn't either.
        target(
            "the same against one sparkline a page, with all our charts drawn (a quarter)",
            0.25,
            "x",
            of_peer("100x24").filter(|found| *found <= 0.25),
        ),
        target(
            "wall time at 24 session pages, over Hugo's (a fifth)",
            0.2,
            "x",
            of_peer("1x24"),
        ),
        target(
            "wall time a session page at 2,400, over that at 24 (growth at most linear)",
            1.0,
            "x",
            of_both(a_session("100x24"), a_session("1x24"), ratio),
        ),
        target(
            "wall time of one engagement of 240 months, over ten of 24",
            1.2,
            "x",
            of_both(wall("1x240"), wall("10x24"), ratio),
        ),
        target(
            "peak memory at 2,400 session pages",
            200.0,
            "MB",
            peak("100x24"),
        ),
        target(
            "peak memory of 1,000 engagements, over that of 100 (no growth with their number)",
            1.2,
            "x",
            of_both(peak("1000x24"), peak("100x24"), |many, few| many / few),
        ),
        target(
            "`--version`, over an empty process",
            3.0,
            "ms",
            Some(milliseconds(start.over_empty)),
        ),
        target(
            "the stripped program",
            12.0,
            "MB",
            Some(start.bytes as f64 / 1e6),
        ),
    ]
}

fn of_both<T, R>(one: Option<T>, other: Option<T>, ratio: impl Fn(T, T) -> R) -> Option<R> {
    Some(ratio(one?, other?))
}
