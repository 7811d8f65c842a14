//! A small site in a few editions, where each round takes place.
//!
//! ```text
//! home/site/     site.toml, content/ and themes/: what no fault may touch
//! home/other/    another edition of it, for builds at once
//! home/out/      public/, which is built, and for a moment what lies beside it
//! home/outside/  what must never be published
//! home/control/  what the shim notes
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::running::{Ended, Running};
use super::shim::{Rule, Shim};
use super::tree::{Trace, Tree, difference, names, put, traces, tree};

/// How many editions there are.
pub const EDITIONS: usize = 4;

/// Stands in whatever lies outside of the site, and nowhere else.
pub const SECRET: &str = "sealed-away-sentence";

/// How often each kind of call comes.
pub type Counts = BTreeMap<String, u32>;

/// The site's sources and what stands for each edition once it is built.
pub struct Ground {
    home: tempfile::TempDir,
    pub shim: Arc<Shim>,
    /// The whole tree of each edition.
    pub whole: Vec<Tree>,
    /// What the board is shown, of whom nothing is frozen in any edition.
    pub board: Tree,
    /// How often each kind of call comes below the output's folder and below
    /// the site, in a build over a former tree.
    pub writing: Counts,
    pub reading: Counts,
    /// The same below the content when a quarter is frozen and a month laid out.
    pub freezing: Counts,
    pub laying_out: Counts,
    /// How long a build takes.
    pub takes: Duration,
    /// Which disks can be mounted, programs run …
    pub may_mount: bool,
    started: u32,
}

impl Ground {
    /// Builds every edition once, and counts its calls.
    pub fn new(shim: Arc<Shim>, may_mount: bool) -> Ground {
        // In memory where that can be had: rounds are many, and what a build
        // asks of a disk waits for all that others write to it.
        let memory = tempfile::tempdir_in("/dev/shm");
        let home = memory.or_else(|_| tempfile::tempdir()).unwrap();
        let mut ground = Ground {
            home,
            shim,
            whole: Vec::new(),
            board: Tree::new(),
            writing: Counts::new(),
            reading: Counts::new(),
            freezing: Counts::new(),
            laying_out: Counts::new(),
            takes: Duration::ZERO,
            may_mount,
            started: 0,
        };
        for name in ["out", "outside", "said"] {
            fs::create_dir(ground.path(name)).unwrap();
        }
        for edition in 0..EDITIONS {
            ground.write_edition("site", edition);
            let began = Instant::now();
            ground.run(ground.build("site")).with(0);
            ground.takes = ground.takes.max(began.elapsed());
            let whole = tree(&ground.output()).unwrap();
            assert!(!ground.whole.contains(&whole), "editions differ");
            ground.whole.push(whole);
        }
        ground.stand(0);
        ground.run(ground.build_for_board("site")).with(0);
        ground.board = tree(&ground.output()).unwrap();
        let site = ground.path("site");
        for (below, which) in [("out", 0), ("site", 1)] {
            ground.begin(0, 1);
            let counts = ground.counts(ground.build("site"), &ground.path(below));
            *[&mut ground.writing, &mut ground.reading][which] = counts;
        }
        ground.freezing = ground.counts(freezing(&site), &site.join("content"));
        ground.begin(0, 1);
        ground.laying_out = ground.counts(laying_out(&site), &site.join("content"));
        ground
    }

    /// How often each kind of call below a path comes in a run of a command.
    fn counts(&mut self, command: Command, below: &Path) -> Counts {
        let rule = Rule::new("any", below, 1, 0, "count");
        self.run_with(command, &[rule]).with(0);
        let text = fs::read_to_string(self.control().join("counts")).unwrap();
        let counts = text.lines().map(|line| {
            let (kind, count) = line.split_once(' ').unwrap();
            (kind.to_owned(), count.parse().unwrap())
        });
        counts.filter(|(_, count)| *count > 0).collect()
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.home.path().join(below)
    }

    pub fn output(&self) -> PathBuf {
        self.path("out/public")
    }

    pub fn control(&self) -> PathBuf {
        self.path("control")
    }

    /// One edition stands, and the sources are another's.
    pub fn begin(&mut self, former: usize, new: usize) {
        self.stand(former);
        self.write_edition("site", new);
    }

    /// Has the tree of an edition stand at the output, as a build leaves it.
    pub fn stand(&self, edition: usize) {
        for name in names(&self.path("out")) {
            let path = self.path("out").join(name);
            let removed = if fs::symlink_metadata(&path).unwrap().is_dir() {
                fs::remove_dir_all(&path)
            } else {
                fs::remove_file(&path)
            };
            removed.unwrap();
        }
        put(&self.whole[edition], &self.output());
    }

    /// `build ROOT --output OUTPUT`, ready to run.
    pub fn build(&self, root: &str) -> Command {
        let mut command = program();
        command.arg("build").arg(self.path(root));
        command.arg("--output").arg(self.output());
        command
    }

    /// The same for the board.
    pub fn build_for_board(&self, root: &str) -> Command {
        let mut command = self.build(root);
        command.args(["--audience", "board"]);
        command
    }

    pub fn start(&mut self, command: Command) -> Running {
        self.started += 1;
        let said = self.path(&format!("said/{}", self.started % 16));
        Running::start(command, &said)
    }

    pub fn start_with(&mut self, mut command: Command, rules: &[Rule]) -> Running {
        self.shim.arm(&mut command, &self.control(), rules);
        self.start(command)
    }

    #[track_caller]
    pub fn run(&mut self, command: Command) -> Ended {
        self.start(command).end()
    }

    #[track_caller]
    pub fn run_with(&mut self, command: Command, rules: &[Rule]) -> Ended {
        self.start_with(command, rules).end()
    }

    /// Whether a rule was met in the last run.
    pub fn was_struck(&self) -> bool {
        self.control().join("struck").exists()
    }

    /// Whatever an author wrote, with its times.
    pub fn sources(&self) -> BTreeMap<PathBuf, Trace> {
        traces(&[self.path("site"), self.path("other"), self.path("outside")])
    }

    #[track_caller]
    pub fn assert_untouched(&self, before: &BTreeMap<PathBuf, Trace>) {
        let now = self.sources();
        for (path, trace) in before {
            let found = now.get(path);
            assert_eq!(found, Some(trace), "{} was touched", path.display());
        }
        let more: Vec<_> = now
            .keys()
            .filter(|path| !before.contains_key(*path))
            .collect();
        assert!(more.is_empty(), "came to the sources: {more:?}");
    }

    /// Which of these editions stands; none if nothing does.
    #[track_caller]
    pub fn standing(&self, of: &[usize]) -> Option<usize> {
        let found = tree(&self.output())?;
        let standing = of.iter().find(|edition| found == self.whole[**edition]);
        assert!(
            standing.is_some(),
            "the tree is neither of {of:?}; it differs from the last by:\n{}",
            difference(&found, &self.whole[of[of.len() - 1]])
        );
        standing.copied()
    }

    /// The next build, which meets no fault, succeeds and clears up.
    #[track_caller]
    pub fn assert_next_build(&mut self, edition: usize) {
        let ended = self.run(self.build("site")).with(0);
        assert!(!ended.err.contains("could not be removed"), "{ended:#?}");
        assert_eq!(self.standing(&[edition]), Some(edition));
        assert_eq!(
            names(&self.path("out")),
            ["public"],
            "something is left over"
        );
    }

    /// Writes the sources of an edition, in place of whatever lies there.
    pub fn write_edition(&self, root: &str, edition: usize) {
        let root = self.path(root);
        let _ = fs::remove_dir_all(&root);
        for (path, text) in sources(edition) {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        std::os::unix::fs::symlink("../_kept/plan.pdf", root.join("content/pages/plan.pdf"))
            .unwrap();
    }
}

pub fn program() -> Command {
    let built = env!("CARGO_BIN_EXE_quarterdeck");
    Command::new(std::env::var_os("QUARTERDECK_FAULT_PROGRAM").unwrap_or(built.into()))
}

fn beside(arguments: &[&str], site: &Path) -> Command {
    let mut command = program();
    command.args(arguments).arg("--site").arg(site);
    command
}

/// `snapshot`, of a quarter that every edition knows.
pub fn freezing(site: &Path) -> Command {
    let quarter = ["snapshot", "2026-Q1", "--date", "2026-04-02"];
    let mut command = beside(&quarter, site);
    command.args(["--unfinished", "--uncommitted"]);
    command
}

/// `new month`.
pub fn laying_out(site: &Path) -> Command {
    beside(&["new", "month"], site)
}

/// The files of an edition by their paths.
pub fn sources(edition: usize) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        (
            "site.toml".to_owned(),
            format!(
                "title = \"Report {edition}\"\ntheme = \"own\"\n[privacy]\nhosts = [\"nginx\"]\n"
            ),
        ),
        (
            "themes/own/assets/note.txt".to_owned(),
            format!("Edition {edition}.\n"),
        ),
        (
            "content/engagement.yaml".to_owned(),
            format!(
                "firm: Harbour Street Dental {edition}\n\
                 currency: GBP\n\
                 phases: {{ fit-check: 2025-09-15, blueprint: 2025-10-06, build: 2025-11-03, run: 2026-01-05 }}\n\
                 seats: {{ ceo: {{ title: Managing partner }}, coo: {{}}, consultant: {{}} }}\n"
            ),
        ),
        (
            "content/2025-09/fit-check.yaml".to_owned(),
            "version: 1\n\
             baseline: { revenue_per_employee: 71000, task_automation: 8, away_from_desk: 3 }\n"
                .to_owned(),
        ),
        (
            "content/pages/method.md".to_owned(),
            format!("# How it is done\n\nAs [planned](plan.pdf), for the time {edition}.\n"),
        ),
    ];
    for month in 1..=2 + edition % 2 {
        let folder = format!("content/2026-0{month}");
        files.push((
            format!("{folder}/telemetry.yaml"),
            format!(
                "kpis: {{ revenue_per_employee: 7{month}{edition}00, task_automation: {}, away_from_desk: {} }}\n",
                20 + 4 * month,
                4 + 2 * month
            ),
        ));
        files.push((
            format!("{folder}/leadership.yaml"),
            format!(
                "date: 2026-0{month}-27\n\
                 attendance: [ {{ seat: ceo }}, {{ seat: coo }}, {{ seat: consultant }} ]\n\
                 closing: {{ paying_for_itself: yes, evidence: \"20 hours saved\" }}\n"
            ),
        ));
        files.push((
            format!("{folder}/leadership.md"),
            format!("The diary was shorter by {edition} pages in month {month}.\n"),
        ));
    }
    let mut files: Vec<_> = files
        .into_iter()
        .map(|(path, text)| (path, text.into_bytes()))
        .collect();
    let plan = format!("%PDF-1.4 edition {edition}\n").repeat(1500);
    files.push(("content/_kept/plan.pdf".to_owned(), plan.into_bytes()));
    files
}
