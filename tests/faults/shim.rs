//! Faults between the program and the system: `shim.c`, compiled and told what
//! to do.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// From which call of what kinds below which path on, how many meet what.
#[derive(Clone, Debug)]
pub struct Rule {
    pub kinds: String,
    pub below: PathBuf,
    pub from: u32,
    /// None but 0 for all that follow.
    pub times: u32,
    pub action: String,
}

impl Rule {
    pub fn new(kinds: &str, below: &Path, from: u32, times: u32, action: &str) -> Rule {
        Rule {
            kinds: kinds.to_owned(),
            below: below.to_owned(),
            from,
            times,
            action: action.to_owned(),
        }
    }
}

/// The compiled library, removed when dropped.
pub struct Shim {
    _home: tempfile::TempDir,
    library: PathBuf,
}

impl Shim {
    /// None if there is no C compiler, which Rust's linker needs anyway.
    pub fn compile() -> Option<Shim> {
        let home = tempfile::tempdir().unwrap();
        let library = home.path().join("shim.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/shim.c");
        let compiled = Command::new("cc")
            .args([
                "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o",
            ])
            .arg(&library)
            .arg(source)
            .arg("-ldl")
            .status();
        let compiled = compiled.ok()?;
        assert!(compiled.success(), "shim.c doesn't compile");
        Some(Shim {
            _home: home,
            library,
        })
    }

    /// Puts the rules between a program and the system. What happens is noted
    /// in the folder `control`, which is emptied first.
    pub fn arm(&self, command: &mut Command, control: &Path, rules: &[Rule]) {
        let _ = fs::remove_dir_all(control);
        fs::create_dir(control).unwrap();
        let lines: Vec<String> = rules
            .iter()
            .map(|rule| {
                let below = rule.below.display();
                let Rule {
                    kinds,
                    from,
                    times,
                    action,
                    ..
                } = rule;
                format!("{kinds}\t{below}\t{from}\t{times}\t{action}")
            })
            .collect();
        command
            .env("LD_PRELOAD", &self.library)
            .env("QD_DIR", control)
            .env("QD_FAULTS", lines.join("\n"));
    }
}
