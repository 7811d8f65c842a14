//! How long a full build takes.
//!
//! Builds generated engagements with the release binary, as a user would, and
//! prints pages a second, the peak of memory and how the build compares with
//! copying the tree that it writes. `cargo bench --bench build` runs it;
//! `cargo bench --bench build -- 100x24` a hundred engagements of 24 months
//! alone.
//!
//! Content, output and copy are all in memory-backed storage where there is
//! some, so that the figures are the program's and not a disk's. Build and
//! copy take turns, so that a drift of the machine hits both alike.

mod engagement;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// What is built: so many engagements of so many months each.
struct Corpus {
    engagements: usize,
    months: usize,
    /// Measured runs, fewer where each takes longer.
    runs: usize,
}

const CORPORA: [Corpus; 4] = [
    Corpus {
        engagements: 1,
        months: 24,
        runs: 15,
    },
    Corpus {
        engagements: 10,
        months: 24,
        runs: 9,
    },
    Corpus {
        engagements: 1,
        months: 240,
        runs: 9,
    },
    Corpus {
        engagements: 100,
        months: 24,
        runs: 5,
    },
];

impl Corpus {
    fn name(&self) -> String {
        format!("{}x{}", self.engagements, self.months)
    }
}

/// What was measured of a corpus.
struct Measured {
    pages: usize,
    files: usize,
    bytes: u64,
    build: Vec<Duration>,
    copy: Vec<Duration>,
    peak: Option<u64>,
}

fn main() {
    let work = work_folder();
    println!(
        "Full builds in {}, median of several runs (least to most)",
        work.path().display()
    );
    println!(
        "{:>9} {:>8} {:>6} {:>6} {:>8} {:>22} {:>9} {:>8} {:>10} {:>7}",
        "corpus",
        "sessions",
        "pages",
        "files",
        "MB",
        "build ms",
        "sessions/s",
        "peak MB",
        "copy ms",
        "ratio"
    );
    let wanted: Vec<String> = env::args()
        .skip(1)
        .filter(|name| !name.starts_with('-'))
        .collect();
    let is_wanted = |corpus: &&Corpus| wanted.is_empty() || wanted.contains(&corpus.name());
    for corpus in CORPORA.iter().filter(is_wanted) {
        print_row(corpus, &measure(corpus, work.path()));
    }
    println!("Of several engagements one was made to fail, and all others were built.");
    println!("sessions/s: session pages a second; ratio: build over copying the output tree");
}

/// In memory where the system offers it.
fn work_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = tempfile::Builder::new()
        .prefix("quarterdeck-bench-")
        .tempdir_in(memory);
    folder.unwrap_or_else(|_| TempDir::new().unwrap())
}

fn measure(corpus: &Corpus, work: &Path) -> Measured {
    let root = work.join(corpus.name());
    let sites: Vec<PathBuf> = (0..corpus.engagements)
        .map(|number| root.join(format!("site-{number:03}")))
        .collect();
    for (seed, site) in (1..).zip(&sites) {
        engagement::write(site, corpus.months, seed);
    }
    // The first run brings the program and the content into memory.
    run(&sites);
    let peak = peak_memory(&sites);
    let copies = root.join("copies");
    let mut measured = Measured {
        pages: 0,
        files: 0,
        bytes: 0,
        build: Vec::new(),
        copy: Vec::new(),
        peak,
    };
    for _ in 0..corpus.runs {
        remove_outputs(&sites);
        let began = Instant::now();
        run(&sites);
        measured.build.push(began.elapsed());

        let began = Instant::now();
        for (number, site) in sites.iter().enumerate() {
            copy(&site.join("public"), &copies.join(number.to_string()));
        }
        measured.copy.push(began.elapsed());
        fs::remove_dir_all(&copies).unwrap();
    }
    for site in &sites {
        count(&site.join("public"), &mut measured);
    }
    assert!(
        measured.pages > corpus.engagements * corpus.months,
        "not every session has its page"
    );
    if sites.len() > 1 {
        one_fails(&sites);
    }
    fs::remove_dir_all(&root).unwrap();
    measured
}

/// Spoils one of several engagements: the others are built all the same.
fn one_fails(sites: &[PathBuf]) {
    remove_outputs(sites);
    let spoilt = &sites[sites.len() / 2];
    fs::write(spoilt.join("content/engagement.yaml"), "firm: [").unwrap();
    let output = command(sites).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "the content has errors");
    for site in sites {
        let is_built = site.join("public/index.html").is_file();
        assert_eq!(is_built, site != spoilt, "{}", site.display());
    }
}

fn command(sites: &[PathBuf]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    command
        .arg("build")
        .args(sites)
        .arg("--quiet")
        .stdin(Stdio::null());
    command
}

fn run(sites: &[PathBuf]) {
    let status = command(sites).status().unwrap();
    assert!(status.success(), "the build failed: {status}");
}

fn remove_outputs(sites: &[PathBuf]) {
    for site in sites {
        fs::remove_dir_all(site.join("public")).unwrap();
    }
}

/// The most memory that a build held at once, in a run of its own: looking
/// costs time. Linux only; the last look may miss the last milliseconds.
fn peak_memory(sites: &[PathBuf]) -> Option<u64> {
    remove_outputs(sites);
    let mut child = command(sites).spawn().unwrap();
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = None;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = kilobytes.or(peak);
        sleep(Duration::from_micros(500));
    }
    peak
}

/// What `cp -r` does, without starting a process.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn count(folder: &Path, measured: &mut Measured) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            count(&entry.path(), measured);
        } else {
            measured.files += 1;
            measured.bytes += entry.metadata().unwrap().len();
            let is_page = entry
                .path()
                .extension()
                .is_some_and(|ending| ending == "html");
            measured.pages += usize::from(is_page);
        }
    }
}

fn print_row(corpus: &Corpus, measured: &Measured) {
    let sessions = corpus.engagements * corpus.months;
    let (build, copy) = (median(&measured.build), median(&measured.copy));
    let least = milliseconds(*measured.build.iter().min().unwrap());
    let most = milliseconds(*measured.build.iter().max().unwrap());
    println!(
        "{:>9} {sessions:>8} {:>6} {:>6} {:>8.1} {:>22} {:>9.0} {:>8} {:>10.1} {:>7.1}",
        corpus.name(),
        measured.pages,
        measured.files,
        measured.bytes as f64 / 1e6,
        format!("{:.1} ({least:.1}-{most:.1})", milliseconds(build)),
        sessions as f64 / build.as_secs_f64(),
        measured.peak.map_or_else(
            || "-".to_owned(),
            |kilobytes| format!("{:.0}", kilobytes as f64 / 1024.0)
        ),
        milliseconds(copy),
        build.as_secs_f64() / copy.as_secs_f64(),
    );
}

fn median(of: &[Duration]) -> Duration {
    let mut sorted = of.to_vec();
    sorted.sort();
    sorted[sorted.len() / 2]
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
