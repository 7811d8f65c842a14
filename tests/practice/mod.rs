//! A small engagement in a repository of its own, to freeze quarters of.

#![allow(dead_code, reason = "each test program uses its own part of this")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use quarterdeck::source::document::snapshot::ManifestFile;
use tempfile::TempDir;

/// Settles everything that may be asked for at freezing.
pub const ALL_OVERRIDES: [&str; 2] = ["--unfinished", "--uncommitted"];

/// A site's folder, removed when dropped.
pub struct Site {
    home: TempDir,
}

impl Site {
    /// Run from January to July 2026, each month held but the last, which
    /// awaits its session; not in a repository.
    pub fn without_git() -> Site {
        let site = Site {
            home: tempfile::tempdir().unwrap(),
        };
        site.write(
            "content/engagement.yaml",
            "firm: Harbour Street Dental\n\
             currency: GBP\n\
             phases: { fit-check: 2025-09-15, blueprint: 2025-10-06, build: 2025-11-03, run: 2026-01-05 }\n\
             seats: { ceo: { title: Managing partner }, coo: {}, consultant: {} }\n",
        );
        site.write(
            "content/2025-09/fit-check.yaml",
            "version: 1\n\
             baseline: { revenue_per_employee: 71000, task_automation: 8, away_from_desk: 3 }\n",
        );
        for month in 1..=7 {
            site.write(
                &format!("content/2026-0{month}/telemetry.yaml"),
                &format!(
                    "kpis: {{ revenue_per_employee: 7{month}200, task_automation: {}, away_from_desk: {} }}\n",
                    20 + 4 * month,
                    4 + 2 * month
                ),
            );
        }
        for month in 1..=6 {
            site.write(
                &format!("content/2026-0{month}/leadership.yaml"),
                &format!(
                    "date: 2026-0{month}-27\n\
                     attendance: [ {{ seat: ceo }}, {{ seat: coo }}, {{ seat: consultant }} ]\n\
                     closing: {{ paying_for_itself: yes, evidence: \"20 hours saved\" }}\n"
                ),
            );
        }
        let headline = "headline: \"The practice runs by itself on Fridays.\"\n";
        // The first quarter after the programme also tells what that decided.
        let programme = "programme: { end-state: \"Fridays\", current-state: \"Two diaries\", path: \"One diary\", decision-brief: \"Ninety days\", plan: \"The diary first\" }\n";
        site.write(
            "content/2026-03/board.yaml",
            &format!("{headline}{programme}"),
        );
        site.write("content/2026-06/board.yaml", headline);
        site
    }

    /// The same, committed.
    pub fn new() -> Site {
        let site = Site::without_git();
        site.git(&["init", "--quiet", "."]);
        site.commit();
        site
    }

    /// The same with the first two quarters frozen and committed.
    pub fn with_two_frozen() -> Site {
        let site = Site::new();
        for quarter in ["2026-Q1", "2026-Q2"] {
            assert_eq!(site.snapshot(quarter, &[]).code, 0);
            site.commit();
        }
        site
    }

    pub fn root(&self) -> &Path {
        self.home.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn manifest(&self, quarter: &str) -> ManifestFile {
        let text = self.read(&format!("content/board/{quarter}/manifest.json"));
        serde_json::from_str(&text).unwrap()
    }

    /// The three files of a frozen quarter.
    pub fn frozen(&self, quarter: &str) -> [Vec<u8>; 3] {
        ["index.html", "facts.json", "manifest.json"]
            .map(|name| fs::read(self.path(&format!("content/board/{quarter}/{name}"))).unwrap())
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .arg("-C")
            .arg(self.root())
            .args(["-c", "user.name=A", "-c", "user.email=a@example.com"])
            .args(["-c", "commit.gpgsign=false"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "git {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    pub fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "x"]);
    }

    /// `quarterdeck snapshot QUARTER --site … `, ready to run.
    pub fn freezing(&self, quarter: &str, options: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        command.args(["snapshot", quarter, "--site"]);
        command.arg(self.root()).args(options);
        command
    }

    pub fn snapshot(&self, quarter: &str, options: &[&str]) -> Run {
        Run::of(&mut self.freezing(quarter, options))
    }

    /// `quarterdeck COMMAND ROOT …`.
    pub fn run(&self, command: &str, options: &[&str]) -> Run {
        let mut program = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        Run::of(program.arg(command).arg(self.root()).args(options))
    }

    /// The names in `content/board/`, ordered; none if it isn't there.
    pub fn board(&self) -> Vec<String> {
        names(&self.path("content/board"))
    }
}

/// The names in a folder, ordered; none if it isn't there.
pub fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// How a command ended and what it said.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    pub fn of(command: &mut Command) -> Run {
        command.output().unwrap().into()
    }

    /// Fails unless the command ended so and said each of these as it failed.
    #[track_caller]
    pub fn refused(&self, code: i32, said: &[&str]) {
        assert_eq!(self.code, code, "{self:?}");
        assert_eq!(self.out, "", "{self:?}");
        for text in said {
            assert!(self.err.contains(text), "`{text}` is not said: {self:?}");
        }
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Run {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}
