//! Small engagements for tests, written as an author writes them and read by
//! the real reader, so that a test can't build what no author could.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::Report;
use crate::engagement::{self, Engagement};
use crate::insight::Insights;
use crate::source::month::Month;
use crate::source::{self, Grounds};

/// Files below `content/` by path.
#[derive(Clone)]
pub(crate) struct Fixture {
    files: BTreeMap<String, String>,
}

/// What was read the last time.
#[derive(Default)]
pub(crate) struct Kept {
    documents: source::Memory,
    engagement: engagement::Memory,
}

impl Kept {
    /// With which it is kept.
    pub(crate) fn keeping() -> Self {
        Kept {
            documents: source::Memory::keeping(),
            engagement: engagement::Memory::keeping(),
        }
    }
}

const KPIS: &str =
    "kpis: { revenue_per_employee: 103000, task_automation: 50, away_from_desk: 15 }";

impl Fixture {
    /// A firm whose Run begins in 2025-01; the baseline is 100,000, 10 % and
    /// 5 h.
    pub(crate) fn new() -> Self {
        Fixture { files: BTreeMap::new() }
            .file("engagement.yaml", &firm(""))
            .file(
                "2024-06/fit-check.yaml",
                "version: 1\nbaseline: { revenue_per_employee: 100000, task_automation: 10, away_from_desk: 5 }\n",
            )
    }

    /// The repository's own sample engagement.
    pub(crate) fn sample() -> Self {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(&content) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(&content).unwrap();
                files.insert(
                    path.to_str().unwrap().to_owned(),
                    std::fs::read_to_string(entry.path()).unwrap(),
                );
            }
        }
        Fixture { files }
    }

    /// The same with a file, in place of the one that was there.
    pub(crate) fn file(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), text.to_owned());
        self
    }

    /// The same with words of a file replaced; they must be there.
    pub(crate) fn edit(self, path: &str, from: &str, to: &str) -> Self {
        let text = &self.files[path];
        assert!(text.contains(from), "{path} has no {from}");
        let text = text.replace(from, to);
        self.file(path, &text)
    }

    /// Whether a file is there.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The same without a file.
    pub(crate) fn without(mut self, path: &str) -> Self {
        self.files.remove(path).unwrap();
        self
    }

    /// The same with those files alone whose path is to be kept.
    pub(crate) fn retain(mut self, keep: impl Fn(&str) -> bool) -> Self {
        self.files.retain(|path, _| keep(path));
        self
    }

    /// The same with lines in `engagement.yaml`.
    pub(crate) fn engagement(self, lines: &str) -> Self {
        self.file("engagement.yaml", &firm(lines))
    }

    /// The same with a Run month's telemetry.
    pub(crate) fn telemetry(self, run_month: i32, yaml: &str) -> Self {
        self.file(&format!("{}/telemetry.yaml", run(run_month)), yaml)
    }

    /// The same with Run months of unremarkable telemetry, held with a yes.
    pub(crate) fn steady(self, run_months: std::ops::RangeInclusive<i32>) -> Self {
        run_months.fold(self, |fixture, number| {
            fixture.telemetry(number, KPIS).held(number, "yes", "")
        })
    }

    /// The same with a Run month's session, held on the 10th; `lines` follow
    /// its closing answer.
    pub(crate) fn held(self, run_month: i32, answer: &str, lines: &str) -> Self {
        let month = run(run_month);
        let yaml = format!(
            "date: {month}-10\nclosing: {{ paying_for_itself: {answer}, evidence: \"hours\" }}\n{lines}\n"
        );
        self.file(&format!("{month}/leadership.yaml"), &yaml)
    }

    /// The same with a Run month's session skipped.
    pub(crate) fn skipped(self, run_month: i32) -> Self {
        self.file(
            &format!("{}/leadership.yaml", run(run_month)),
            "skipped: \"no time\"\n",
        )
    }

    /// What the real reader makes of it; it must have no fault.
    pub(crate) fn read(&self) -> Engagement {
        self.read_again(&mut Kept::default()).0
    }

    /// The same with what all is judged by, where what was read the last time is
    /// kept.
    pub(crate) fn read_again(&self, kept: &mut Kept) -> (Engagement, Option<Grounds>) {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in &self.files {
            let path = folder.path().join("content").join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let mut report = Report::default();
        let documents = source::again(folder.path(), None, &mut kept.documents, &mut report);
        let documents = documents.unwrap();
        let grounds = documents.grounds.clone();
        let engagement = engagement::again(documents, None, &mut kept.engagement, &mut report);
        assert!(!report.has_errors(), "{report:?}");
        (engagement.unwrap(), grounds)
    }

    /// What is derived from it.
    pub(crate) fn insights(&self) -> Insights {
        Insights::of(&self.read())
    }

    /// The codes and subjects that a Run month's signals say, as
    /// `code` or `code(subject)`.
    pub(crate) fn fired(&self, run_month: i32) -> Vec<String> {
        said(&self.insights(), run(run_month))
    }
}

/// A Run month of a fixture's firm.
pub(crate) fn run(number: i32) -> Month {
    "2025-01".parse::<Month>().unwrap().plus(number - 1)
}

/// A month's signals as `code` or `code(subject)`.
pub(crate) fn said(insights: &Insights, month: Month) -> Vec<String> {
    let said = |signal: &super::Signal| match &signal.subject {
        Some(subject) => format!("{}({subject})", signal.code.name()),
        None => signal.code.name().to_owned(),
    };
    insights.signals(month).iter().map(said).collect()
}

fn firm(lines: &str) -> String {
    let phases = if lines.contains("phases:") {
        ""
    } else {
        "phases: { run: 2025-01-01 }\n"
    };
    format!("firm: Test\ncurrency: USD\n{phases}{lines}\n")
}
