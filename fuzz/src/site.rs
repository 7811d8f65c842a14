//! A small sound site, and everything that is done with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::NaiveDate;
use quarterdeck::diagnostic::Report;
use quarterdeck::engagement::programme::Meeting;
use quarterdeck::engagement::{self, Engagement};
use quarterdeck::insight::{Insights, board, caution};
use quarterdeck::publish;
use quarterdeck::scaffold::{self, month};
use quarterdeck::site::memo::{Freezing, memo};
use quarterdeck::site::theme::Theme;
use quarterdeck::source::quarter::Quarter;
use quarterdeck::{site, source};

use crate::clock;

/// A site's files: where each lies in the repository, and its path in the site.
pub type Files = &'static [(&'static str, &'static str)];

/// Two months of the sample's Run, with a Fit Check and a quarter's words for
/// the board.
pub const RUN: Files = &[
    ("fuzz/base/site.toml", "site.toml"),
    ("content/engagement.yaml", "content/engagement.yaml"),
    (
        "tests/site/fit-check/content/fit-check.yaml",
        "content/fit-check.yaml",
    ),
    (
        "tests/site/fit-check/content/2025-09/fit-check.yaml",
        "content/2025-02/fit-check.yaml",
    ),
    (
        "fuzz/base/telemetry-2025-08.yaml",
        "content/2025-08/telemetry.yaml",
    ),
    (
        "content/2025-08/leadership.yaml",
        "content/2025-08/leadership.yaml",
    ),
    (
        "fuzz/base/telemetry-2025-09.yaml",
        "content/2025-09/telemetry.yaml",
    ),
    (
        "content/2025-09/leadership.yaml",
        "content/2025-09/leadership.yaml",
    ),
    (
        "content/2025-09/leadership.md",
        "content/2025-09/leadership.md",
    ),
    ("content/2025-09/board.yaml", "content/2025-09/board.yaml"),
    ("content/2025-09/board.md", "content/2025-09/board.md"),
];

/// The sample's executive programme, before Run begins.
pub const PROGRAMME: Files = &[
    ("fuzz/base/site.toml", "site.toml"),
    ("content/engagement.yaml", "content/engagement.yaml"),
    (
        "tests/site/fit-check/content/fit-check.yaml",
        "content/fit-check.yaml",
    ),
    (
        "tests/site/fit-check/content/2025-09/fit-check.yaml",
        "content/2025-02/fit-check.yaml",
    ),
    (
        "content/2025-02/pre-work.yaml",
        "content/2025-02/pre-work.yaml",
    ),
    (
        "content/2025-03/end-state.yaml",
        "content/2025-03/end-state.yaml",
    ),
    (
        "content/2025-03/current-state.yaml",
        "content/2025-03/current-state.yaml",
    ),
    ("content/2025-04/path.yaml", "content/2025-04/path.yaml"),
    (
        "content/2025-04/decision-brief.yaml",
        "content/2025-04/decision-brief.yaml",
    ),
];

/// A firm with a questionnaire of its own and two Fit Checks.
pub const CHECKED: Files = &[
    ("fuzz/base/site.toml", "site.toml"),
    (
        "tests/site/fit-check/content/engagement.yaml",
        "content/engagement.yaml",
    ),
    (
        "tests/site/fit-check/content/fit-check.yaml",
        "content/fit-check.yaml",
    ),
    (
        "tests/site/fit-check/content/2025-09/fit-check.yaml",
        "content/2025-09/fit-check.yaml",
    ),
    (
        "tests/site/fit-check/content/2025-12/fit-check.yaml",
        "content/2025-12/fit-check.yaml",
    ),
];

/// The least that is a site: for what isn't about months.
pub const SMALL: Files = &[
    ("fuzz/base/site.toml", "site.toml"),
    (
        "tests/broken/_base/content/engagement.yaml",
        "content/engagement.yaml",
    ),
    (
        "tests/site/fit-check/content/fit-check.yaml",
        "content/fit-check.yaml",
    ),
    (
        "tests/site/fit-check/content/2025-09/fit-check.yaml",
        "content/2025-09/fit-check.yaml",
    ),
    (
        "tests/broken/_base/content/2026-01/telemetry.yaml",
        "content/2026-01/telemetry.yaml",
    ),
    (
        "tests/broken/_base/content/2026-01/leadership.yaml",
        "content/2026-01/leadership.yaml",
    ),
];

/// The same with a theme of its own.
pub const THEMED: Files = &[
    ("fuzz/base/site-with-a-theme.toml", "site.toml"),
    (
        "tests/broken/_base/content/engagement.yaml",
        "content/engagement.yaml",
    ),
    (
        "tests/site/fit-check/content/fit-check.yaml",
        "content/fit-check.yaml",
    ),
    (
        "themes/default/assets/icon.svg",
        "themes/house/assets/quay.svg",
    ),
];

/// The longest that a run may take, whatever else the machine does meanwhile:
/// the fuzzer's own limit is one of wall time, and is for what never ends.
const LONGEST: Duration = Duration::from_secs(1);

/// A site's folder.
pub struct Site {
    root: PathBuf,
}

impl Site {
    /// Lays a site out in a folder of this process's own, in memory where the
    /// system has such a place.
    ///
    /// # Panics
    ///
    /// If it can't be written, or isn't sound as it stands.
    pub fn new(files: Files) -> Site {
        let memory = Path::new("/dev/shm");
        let temporary = std::env::temp_dir();
        let place = if memory.is_dir() { memory } else { &temporary };
        let root = place.join(format!("quarterdeck-fuzz/{}", std::process::id()));
        let site = Site { root };
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for (from, to) in files {
            let bytes = fs::read(repository.join(from)).expect(from);
            site.put(to, &bytes);
        }
        let report = site.run(&[]);
        assert!(!report.has_errors(), "{}", report.render(false));
        site
    }

    /// The site's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn put(&self, file: &str, bytes: &[u8]) {
        let path = self.root.join(file);
        let folder = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(folder).expect("memory is left");
        fs::write(path, bytes).expect("memory is left");
    }

    /// Does with the site, these files in place of its own, all that can be
    /// done without writing: every page, every report of its faults, and what
    /// an author would begin the next month from.
    ///
    /// # Panics
    ///
    /// If the program does, which is what a fuzzer looks for.
    pub fn run(&self, files: &[(&str, &[u8])]) -> Report {
        for (file, bytes) in files {
            self.put(file, bytes);
        }
        let before = clock::used();
        let report = self.checked(files);
        let took = clock::used().saturating_sub(before);
        assert!(took <= LONGEST, "it took {took:?} of the processor's time");
        report
    }

    fn checked(&self, files: &[(&str, &[u8])]) -> Report {
        let mut report = Report::default();
        let documents = source::read(&self.root, &mut report).expect("every file can be read");
        if let Some(engagement) = engagement::check(documents, None, &mut report) {
            // What has faults is drawn as well: dead links are told beside them.
            // That takes long and is seldom new, so it isn't done every time.
            let sound = !report.has_errors();
            let drawn = sound || files.iter().any(|(_, bytes)| bytes.len() % 16 == 0);
            derived(&engagement, sound, drawn, &mut report);
        }
        told(&report);
        report
    }
}

fn derived(engagement: &Engagement, sound: bool, drawn: bool, report: &mut Report) {
    let insights = Insights::of(engagement);
    if sound {
        for caution in caution::cautions(engagement, &insights) {
            report.push(caution);
        }
    }
    let mut found = Report::default();
    let drawn = drawn.then(|| site::site(engagement, &insights, None, &mut found));
    if let Some(site) = drawn.flatten() {
        let bundle = publish::render(&site, &mut found);
        if sound && bundle.is_some() {
            begun(engagement);
            frozen(engagement, &site.theme);
        }
    }
    told(&found);
    if sound {
        report.append(found);
    }
}

/// What an author begins with: each file that may come next.
fn begun(engagement: &Engagement) {
    let next = month::next(engagement);
    month::minutes(engagement, next);
    month::telemetry(engagement, next);
    scaffold::board::board(engagement, Quarter::of(next));
    scaffold::session::fit_check(engagement, scaffold::session::fit_check_month(engagement));
    for meeting in Meeting::ALL {
        let at = scaffold::session::month_of(engagement, meeting);
        scaffold::session::meeting(engagement, meeting, at);
    }
}

/// The memo of the last quarter.
fn frozen(engagement: &Engagement, theme: &Theme) {
    let last = engagement.months.keys().next_back();
    let Some(quarter) = last.map(|month| Quarter::of(*month)) else {
        return;
    };
    let freezing = Freezing {
        date: NaiveDate::MAX,
        commit: None,
        uncommitted: true,
    };
    // A theme's fault is an answer too.
    drop(memo(&board::view(engagement, quarter), &freezing, theme));
}

/// Every fault as each format tells it.
fn told(report: &Report) {
    report.render(true);
    for fault in report.sorted() {
        let places = fault.related.iter().map(|(place, _)| place);
        for place in fault.span.iter().chain(places) {
            place.file.line_column(place.start);
            place.file.line_column(place.first_line().end);
            place.lines().count();
        }
    }
}
