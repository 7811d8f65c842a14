//! What is built: generated engagements, for us and for the peer.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{engagement, hugo};

/// So many engagements of so many months each.
pub struct Corpus {
    pub engagements: usize,
    pub months: usize,
    /// Measured runs, fewer where each takes longer.
    pub runs: usize,
    /// Built only when it is named, and without peer and copy: it is there to
    /// see that memory doesn't grow with the number of engagements.
    pub for_memory: bool,
}

const USUAL: Corpus = Corpus {
    engagements: 1,
    months: 24,
    runs: 45,
    for_memory: false,
};

pub const CORPORA: [Corpus; 5] = [
    USUAL,
    Corpus {
        engagements: 10,
        runs: 9,
        ..USUAL
    },
    Corpus {
        engagements: 100,
        runs: 5,
        ..USUAL
    },
    Corpus {
        months: 240,
        runs: 9,
        ..USUAL
    },
    Corpus {
        engagements: 1000,
        runs: 1,
        for_memory: true,
        ..USUAL
    },
];

impl Corpus {
    pub fn name(&self) -> String {
        format!("{}x{}", self.engagements, self.months)
    }

    /// Pages of a leadership session: one a month.
    pub fn sessions(&self) -> usize {
        self.engagements * self.months
    }

    /// Writes our content below a folder: one site an engagement.
    pub fn write_own(&self, root: &Path) -> Own {
        let sites: Vec<String> = (1..=self.engagements)
            .map(|number| format!("site-{number:04}"))
            .collect();
        for (seed, site) in (1..).zip(&sites) {
            engagement::write(&root.join(site), self.months, seed);
        }
        Own {
            root: root.to_owned(),
            sites,
        }
    }

    /// Writes the same months for the peer below a folder: one site in all.
    pub fn write_peer(&self, root: &Path) {
        hugo::write(root, self.engagements, self.months);
    }
}

/// Our sites, all below one folder.
pub struct Own {
    root: PathBuf,
    sites: Vec<String>,
}

impl Own {
    /// One run that builds them all.
    pub fn build(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        command
            .arg("build")
            .args(&self.sites)
            .arg("--quiet")
            .current_dir(&self.root)
            .stdin(Stdio::null());
        command
    }

    /// The folders that it writes.
    pub fn outputs(&self) -> Vec<PathBuf> {
        let output = |site: &String| self.root.join(site).join("public");
        self.sites.iter().map(output).collect()
    }

    /// `cp -r` of what it wrote.
    pub fn copy(&self, to: &Path) -> Command {
        let mut command = Command::new("cp");
        command.arg("-r");
        // Each engagement's folder is called the same.
        if self.sites.len() > 1 {
            command.arg("--parents");
        }
        command
            .args(self.sites.iter().map(|site| format!("{site}/public")))
            .arg(to)
            .current_dir(&self.root);
        command
    }

    /// Spoils one of several engagements: the others are built all the same.
    pub fn one_fails(&self) {
        remove(&self.outputs());
        let spoilt = &self.sites[self.sites.len() / 2];
        let file = self.root.join(spoilt).join("content/engagement.yaml");
        fs::write(file, "firm: [").unwrap();
        let output = self.build().output().unwrap();
        assert_eq!(output.status.code(), Some(1), "the content has errors");
        for site in &self.sites {
            let is_built = self.root.join(site).join("public/index.html").is_file();
            assert_eq!(is_built, site != spoilt, "{site}");
        }
    }
}

/// Removes what runs have written, if anything.
pub fn remove(folders: &[PathBuf]) {
    for folder in folders.iter().filter(|folder| folder.exists()) {
        fs::remove_dir_all(folder).unwrap();
    }
}

/// How the pages of both tell a drawing of figures from an icon or a key, and
/// from the parts that a drawing is made of.
const CHARTS: [&str; 6] = [
    "chart-plot",
    "sparkline-plot",
    "hour-bars",
    "flow-bars",
    "radar",
    "spark",
];

fn charts(page: &str) -> usize {
    let class = |tag: &str| {
        let given = tag.strip_prefix(" class=\"")?;
        given.split_once('"').map(|(class, _)| class.to_owned())
    };
    let classes = page.split("<svg").skip(1).filter_map(class);
    classes
        .filter(|class| CHARTS.contains(&class.as_str()))
        .count()
}

/// What a build wrote.
#[derive(Default)]
pub struct Tree {
    pub pages: usize,
    pub files: usize,
    pub bytes: u64,
    /// Drawings of figures within the pages; icons and keys aren't counted.
    pub charts: usize,
}

impl Tree {
    pub fn of(folders: &[PathBuf]) -> Tree {
        let mut tree = Tree::default();
        for folder in folders {
            tree.add(folder);
        }
        tree
    }

    fn add(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let path = entry.path();
            if entry.file_type().unwrap().is_dir() {
                self.add(&path);
                continue;
            }
            self.files += 1;
            self.bytes += entry.metadata().unwrap().len();
            if path.extension().is_some_and(|ending| ending == "html") {
                self.pages += 1;
                self.charts += charts(&fs::read_to_string(&path).unwrap());
            }
        }
    }
}
