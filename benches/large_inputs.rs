//! How long the program takes over a file that nobody would write.
//!
//! Checks and builds a small site with the release binary, one file of it as
//! large as can be, and prints how each ends, how long it takes and the most
//! memory that it holds: at 10 MB, and at the most that a text may hold, which
//! is read. `cargo bench --bench large_inputs` runs it; `cargo bench --bench
//! large_inputs -- links` those whose name holds `links` alone, `-- 65536` all
//! of 65,536 bytes.

mod large;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use large::{BYTES, INPUTS};
use tempfile::TempDir;

/// 10 MB, and the most that a text may hold.
const SIZES: [usize; 2] = [10_000_000, 1024 * 1024];

/// The longest that either command may take.
const LONGEST: Duration = Duration::from_secs(2);

/// How a command ended.
struct Ended {
    how: String,
    took: Duration,
    peak: u64,
}

fn main() {
    let memory = Path::new("/dev/shm");
    let made = tempfile::Builder::new()
        .prefix("quarterdeck-bench-")
        .tempdir_in(memory);
    let work = made.unwrap_or_else(|_| TempDir::new().unwrap());
    let named = env::args().skip(1).filter(|name| !name.starts_with('-'));
    let (sizes, wanted): (Vec<String>, Vec<String>) =
        named.partition(|name| name.parse::<usize>().is_ok());
    let mut sizes: Vec<usize> = sizes.iter().filter_map(|size| size.parse().ok()).collect();
    if sizes.is_empty() {
        sizes.extend(SIZES);
    }
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|part| name.contains(part));
    println!(
        "{:<30} {:>9}  {:<22} {:>8} {:>8} {:>8}",
        "input", "bytes", "ends with", "check ms", "build ms", "peak MB"
    );
    let mut late = 0;
    let mut row = |name: &str, path: &str, bytes: &[u8], settings: &str| {
        let site = work.path().join("site");
        lay_out(&site, path, bytes, settings);
        let [check, build] = ["check", "build"].map(|command| run(command, &site));
        let longest = check.took.max(build.took);
        late += usize::from(longest > LONGEST);
        println!(
            "{name:<30} {:>9}  {:<22} {:>8} {:>8} {:>8} {}",
            bytes.len(),
            build.how,
            check.took.as_millis(),
            build.took.as_millis(),
            check.peak.max(build.peak) / 1024,
            if longest > LONGEST { "TOO LONG" } else { "" }
        );
        fs::remove_dir_all(&site).unwrap();
    };
    for size in sizes {
        for input in INPUTS.iter().filter(|input| is_wanted(input.name)) {
            row(
                input.name,
                input.path,
                input.text(size).as_bytes(),
                input.settings(),
            );
        }
        if is_wanted("a picture") {
            row("a picture", BYTES, &vec![7; size], "title = \"A\"\n");
        }
    }
    println!("{late} took longer than {} s", LONGEST.as_secs());
}

/// The sound site that the broken ones of the tests begin with, and one file.
fn lay_out(site: &Path, path: &str, bytes: &[u8], settings: &str) {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken/_base");
    copy(&base, site);
    fs::write(site.join("site.toml"), settings).unwrap();
    let file = site.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
    if path == BYTES {
        let page = site.join("content/pages/method.md");
        let text = fs::read_to_string(&page).unwrap();
        fs::write(page, text + "\n![The quay](quay.png)\n").unwrap();
    }
}

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

fn run(command: &str, site: &Path) -> Ended {
    let told = site.join("../told");
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_quarterdeck"))
        .arg(command)
        .arg(site)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(fs::File::create(&told).unwrap())
        .spawn()
        .unwrap();
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    let ended = loop {
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = kilobytes.unwrap_or(0).max(peak);
        sleep(Duration::from_millis(1));
    };
    let took = began.elapsed();
    let told = fs::read_to_string(told).unwrap_or_default();
    let code = |line: &str| Some(line.strip_prefix("error[")?.split(']').next()?.to_owned());
    let how = match ended.code() {
        Some(0) => "built".to_owned(),
        Some(1) => told.lines().find_map(code).unwrap_or_default(),
        // Neither a refusal nor a site: a panic, or a stack that ran over.
        _ => format!("FAILED: {ended}"),
    };
    Ended { how, took, peak }
}
