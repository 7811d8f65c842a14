//! A folder in which a command line finds what its words speak of: the sample
//! in the place of whatever site it names.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::told;

/// Folders that lines write to without making them.
const FOLDERS: [&str; 4] = [
    "here/.github/workflows",
    "home/.config/fish/completions",
    "srv",
    "bin",
];

/// Programs that would show something to a person who isn't there.
const SHOWING: [&str; 5] = ["xdg-open", "open", "man", "less", "firefox"];

/// What a line comes to.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    pub fn is_fine(&self) -> bool {
        self.code == 0
    }
}

/// A home, a `/srv` and a folder in which lines are typed.
pub struct World {
    folder: TempDir,
}

/// A text of the package's.
pub fn of_package(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

impl World {
    /// With nothing in the folder.
    pub fn empty() -> World {
        let folder = TempDir::new().unwrap();
        for name in FOLDERS {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        let bin = folder.path().join("bin");
        symlink(env!("CARGO_BIN_EXE_quarterdeck"), bin.join("quarterdeck")).unwrap();
        for name in SHOWING {
            symlink("/bin/true", bin.join(name)).unwrap();
        }
        World { folder }
    }

    /// With the sample in the folder.
    pub fn of_sample() -> World {
        let world = World::empty();
        copy_sample(&world.here());
        world
    }

    fn here(&self) -> PathBuf {
        self.folder.path().join("here")
    }

    /// Runs a line, and says what is wrong unless it ends well. One that
    /// serves is to say where, and is stopped then.
    pub fn tried(&self, line: &str) -> Result<(), String> {
        let command = line.lines().last().unwrap_or_default();
        self.stand_ins(command);
        if told::words(command)
            .get(1)
            .is_some_and(|word| word == "serve")
            && !command.ends_with("--help")
        {
            return self.serves(line);
        }
        let run = self.run(line);
        if run.is_fine() {
            return Ok(());
        }
        let Run { code, out, err } = run;
        Err(format!("`{command}` ended with exit {code}:\n{out}{err}"))
    }

    /// Runs a line in a shell.
    pub fn run(&self, line: &str) -> Run {
        let output = self.shell(line).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    fn shell(&self, line: &str) -> Command {
        let own = self.folder.path();
        let line = line.replace("/srv/", &format!("{}/srv/", own.display()));
        let path = std::env::var("PATH").unwrap_or_default();
        let mut shell = Command::new("bash");
        shell
            .args(["-e", "-o", "pipefail", "-c", &line])
            .current_dir(self.here())
            .env("PATH", format!("{}:{path}", own.join("bin").display()))
            .env("HOME", own.join("home"))
            .env("BROWSER", "true")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_AUTHOR_NAME", "A Consultant")
            .env("GIT_AUTHOR_EMAIL", "consultant@example.org")
            .env("GIT_COMMITTER_NAME", "A Consultant")
            .env("GIT_COMMITTER_EMAIL", "consultant@example.org")
            .stdin(Stdio::null());
        shell
    }

    /// Starts a line that serves, waits until it says where, and stops it.
    fn serves(&self, line: &str) -> Result<(), String> {
        let (before, command) = match line.rsplit_once('\n') {
            Some((before, command)) => (format!("{before}\n"), command),
            None => (String::new(), line),
        };
        let command = told::plain(command);
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        // The port that the line names may be another program's here.
        let other = command.replace("--port 8080", &format!("--port {port}"));
        let mut shell = self.shell(&format!("{before}exec {other}"));
        let mut child = shell.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let told = lines
            .map_while(Result::ok)
            .any(|line| line.contains("http://127.0.0.1:"));
        // It may have ended by itself; then it told nothing.
        let _ = child.kill();
        let status = child.wait().unwrap();
        told.then_some(())
            .ok_or_else(|| format!("`{command}` never said where it serves: {status}"))
    }

    /// Puts there what a line's words speak of.
    fn stand_ins(&self, command: &str) {
        let here = self.here();
        let words = told::words(command);
        let makes_it = words.get(1).is_some_and(|word| word == "init");
        for word in words.iter().skip(1) {
            if let Some(name) = word.strip_prefix("clients/") {
                let names = if name == "*" {
                    vec!["kestrel", "lapwing"]
                } else {
                    vec![name]
                };
                for name in names {
                    let site = here.join("clients").join(name);
                    if !site.exists() && !makes_it {
                        copy_sample(&site);
                    }
                }
            }
            if let Some(quarter) = word.strip_prefix("downloads/") {
                let frozen = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/board");
                copy(&frozen.join(quarter), &here.join("downloads").join(quarter));
            }
        }
        if words.get(1).is_some_and(|word| word == "snapshot") {
            for word in &words {
                self.ready_to_freeze(&word.to_lowercase());
            }
        }
    }

    /// Takes a quarter and those after it out of every site here, and commits
    /// the rest.
    fn ready_to_freeze(&self, quarter: &str) {
        if quarter.len() != 7 || !quarter.contains("-q") {
            return;
        }
        let sites = WalkDir::new(self.here()).into_iter().map(Result::unwrap);
        let frozen: Vec<PathBuf> = sites
            .filter(|entry| {
                let of_board = entry
                    .path()
                    .parent()
                    .is_some_and(|folder| folder.ends_with("content/board"));
                of_board && entry.file_name().to_string_lossy().as_ref() >= quarter
            })
            .map(walkdir::DirEntry::into_path)
            .collect();
        for folder in frozen {
            fs::remove_dir_all(folder).unwrap();
        }
        let run = self.run("git init -q && git add -A && git commit -q -m 'The sample'");
        assert!(run.is_fine(), "{run:?}");
    }
}

/// Puts the sample engagement into a folder.
fn copy_sample(to: &Path) {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(&package.join("content"), &to.join("content"));
    fs::copy(package.join("site.toml"), to.join("site.toml")).unwrap();
}

fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
