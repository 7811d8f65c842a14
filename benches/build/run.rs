//! Runs of a program, and what they took.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What the kernel counts time in where it tells a program: 100 a second,
/// whatever it counts in itself.
const TICKS_A_SECOND: f64 = 100.0;

/// What several runs of one command took.
#[derive(Default)]
pub struct Runs {
    wall: Vec<Duration>,
    /// In all runs together, as one alone is too short for the kernel's clock.
    /// None where there is no `/proc`.
    cpu: Option<Duration>,
    /// The most memory that a run held at once, in kilobytes.
    pub peak: Option<u64>,
}

impl Runs {
    /// A run, which has to succeed.
    pub fn add(&mut self, mut command: Command) {
        let before = children_cpu();
        let began = Instant::now();
        let status = command.status().unwrap();
        self.wall.push(began.elapsed());
        assert!(status.success(), "{command:?} failed: {status}");
        if let (Some(before), Some(after)) = (before, children_cpu()) {
            *self.cpu.get_or_insert_default() += after.saturating_sub(before);
        }
    }

    /// A run whose memory is looked at. Its time isn't taken: looking costs.
    pub fn look_at_memory(&mut self, command: Command) {
        self.peak = self.peak.max(peak_memory(command));
    }

    pub fn median(&self) -> Duration {
        let mut sorted = self.wall.clone();
        sorted.sort();
        sorted[sorted.len() / 2]
    }

    pub fn least(&self) -> Duration {
        self.wall.iter().copied().min().unwrap()
    }

    pub fn most(&self) -> Duration {
        self.wall.iter().copied().max().unwrap()
    }

    /// User and system time of a run, on average.
    pub fn cpu(&self) -> Option<Duration> {
        self.cpu
            .map(|cpu| cpu / u32::try_from(self.wall.len()).unwrap())
    }
}

/// User and system time of all programs that have ended so far.
fn children_cpu() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name, in brackets, may hold spaces.
    let fields = stat.rsplit_once(") ")?.1.split(' ');
    let ticks: f64 = fields.skip(13).take(2).flat_map(str::parse::<f64>).sum();
    Some(Duration::from_secs_f64(ticks / TICKS_A_SECOND))
}

/// The most memory that a run held at once, in kilobytes. Linux only; the last
/// look may miss the last half millisecond.
fn peak_memory(mut command: Command) -> Option<u64> {
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = None;
    let ended = loop {
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = kilobytes.or(peak);
        sleep(Duration::from_micros(500));
    };
    assert!(ended.success(), "{command:?} failed: {ended}");
    peak
}
