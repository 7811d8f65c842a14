//! How long a site takes to be built again after one file changed, next to a
//! full build.
//!
//! In: nothing, or the names of corpora (`1x68`, one engagement of 68 months).
//! Out: a row for each kind of change, with the median of several runs, what
//! it is to the full build of the same process, and how many pages were made
//! again; and the full build by the program, which writes its output. Each
//! measured outcome is held against a full build's, byte for byte. Of several
//! engagements, of which `serve` builds again the one that was changed, the
//! full build is the program's of all.

#![expect(clippy::unwrap_used, reason = "a bench that can't go on should stop")]

mod engagement;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use quarterdeck::command::pipeline::{Assembled, Memory, assemble_again};
use tempfile::TempDir;

/// The program's, which `serve` runs with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const RUNS: usize = 9;

/// Engagements and months of Run of each: 68 have about 240 pages, and ten
/// times 24 have as many session pages.
const CORPORA: [(usize, usize); 3] = [(10, 24), (1, 68), (1, 240)];

/// What is changed, in which of a month's files, and how in a run.
type Change = (&'static str, &'static str, fn(&str, usize) -> String);

fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|name| !name.starts_with('-'))
        .collect();
    println!(
        "{:>6} {:>6}  {:<22} {:>9} {:>14} {:>6} {:>7}",
        "corpus", "pages", "change", "median ms", "least-most", "of all", "remade"
    );
    for (engagements, months) in CORPORA {
        let name = format!("{engagements}x{months}");
        if wanted.is_empty() || wanted.contains(&name) {
            measure(&name, engagements, months);
        }
    }
}

/// In memory where the system offers it.
fn work_folder() -> TempDir {
    let folder = tempfile::Builder::new()
        .prefix("quarterdeck-rebuild-")
        .tempdir_in("/dev/shm");
    folder.unwrap_or_else(|_| TempDir::new().unwrap())
}

fn measure(name: &str, engagements: usize, months: usize) {
    let work = work_folder();
    let roots: Vec<PathBuf> = (0..engagements)
        .map(|at| work.path().join(format!("site-{at}")))
        .collect();
    for (seed, root) in (1..).zip(&roots) {
        engagement::write(root, months, seed);
    }
    let root = roots[engagements / 2].clone();
    let folders = months_of(&root);
    let [middle, last] = [&folders[folders.len() / 2], &folders[folders.len() - 1]];
    let all = program(name, &roots);
    let mut full = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        let built = built(&root, None, &mut Memory::default());
        full.push(began.elapsed());
        drop(built);
    }
    let own = median(&full);
    let whole = if engagements > 1 { all } else { own };
    let pages = built(&root, None, &mut Memory::default()).pages;
    let what = if engagements > 1 {
        "everything of one"
    } else {
        "everything"
    };
    row(name, pages, what, &full, whole, pages);
    let mut memory = Memory::keeping();
    let mut kept = built(&root, None, &mut memory);
    let changes: [Change; 3] = [
        ("narrative", "leadership.md", |text, run| {
            format!("{text}\nSaid once more, {run}.\n")
        }),
        ("session", "leadership.yaml", |text, run| {
            format!("{text}# {run}\n")
        }),
        ("telemetry", "telemetry.yaml", telemetry),
    ];
    for (place, folder) in [("last", last), ("middle", middle)] {
        for (what, file, change) in &changes {
            let path = folder.join(file);
            let text = fs::read_to_string(&path).unwrap();
            let mut took = Vec::new();
            for run in 0..RUNS {
                fs::write(&path, change(&text, run)).unwrap();
                let touched = BTreeSet::from([path.clone()]);
                let began = Instant::now();
                let next = built(&root, Some(&touched), &mut memory);
                took.push(began.elapsed());
                kept = next;
            }
            let remade = memory.remade().len();
            row(
                name,
                pages,
                &format!("{what}, {place}"),
                &took,
                whole,
                remade,
            );
            let again = built(&root, None, &mut Memory::default());
            assert!(again.bundle == kept.bundle && again.report == kept.report);
            fs::write(&path, &text).unwrap();
            built(&root, None, &mut memory);
        }
    }
}

/// Another figure for the hours away from the desk, as a month reports it.
fn telemetry(text: &str, run: usize) -> String {
    const HOURS: &str = "away_from_desk: ";
    let (before, after) = text.split_once(HOURS).unwrap();
    let rest = after.trim_start_matches(|digit: char| digit.is_ascii_digit() || digit == '.');
    format!("{before}{HOURS}{}.5{rest}", 11 + run)
}

fn months_of(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root.join("content")).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.join("telemetry.yaml").is_file());
    folders.sort();
    folders
}

fn built(root: &Path, touched: Option<&BTreeSet<PathBuf>>, memory: &mut Memory) -> Assembled {
    let assembled = assemble_again(root, None, || None, touched, memory).unwrap();
    assert!(assembled.bundle.is_some(), "the site has faults");
    assembled
}

/// The full build by the program, with its start and its writing.
fn program(name: &str, roots: &[PathBuf]) -> Duration {
    let mut took = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        let status = command.arg("build").args(roots).arg("--quiet").status();
        assert!(status.unwrap().success(), "the build failed");
        took.push(began.elapsed());
        for root in roots {
            fs::remove_dir_all(root.join("public")).unwrap();
        }
    }
    let whole = median(&took);
    row(name, 0, "build, the program", &took, whole, 0);
    whole
}

fn row(name: &str, pages: usize, what: &str, took: &[Duration], whole: Duration, remade: usize) {
    let milliseconds = |duration: Duration| duration.as_secs_f64() * 1000.0;
    let (least, most) = (took.iter().min().unwrap(), took.iter().max().unwrap());
    let shown = median(took);
    println!(
        "{name:>6} {pages:>6}  {what:<22} {:>9.1} {:>14} {:>6.3} {remade:>7}",
        milliseconds(shown),
        format!("{:.1}-{:.1}", milliseconds(*least), milliseconds(*most)),
        shown.as_secs_f64() / whole.as_secs_f64(),
    );
}

fn median(of: &[Duration]) -> Duration {
    let mut sorted = of.to_vec();
    sorted.sort();
    sorted[sorted.len() / 2]
}
