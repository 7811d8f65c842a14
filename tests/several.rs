//! Several engagements in one run: all are built, each is told of in its turn,
//! and none suffers for another.

#[path = "built/mod.rs"]
mod built;
#[path = "../benches/engagement/mod.rs"]
mod engagement;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// A consultant's folder of clients.
struct Clients {
    folder: TempDir,
}

/// What a run printed and how it ended.
#[derive(Debug, PartialEq)]
struct Run {
    code: i32,
    out: Vec<String>,
    err: String,
}

impl Clients {
    fn new(names: &[&str], months: usize) -> Clients {
        let clients = Clients {
            folder: TempDir::new().unwrap(),
        };
        for (seed, name) in (1..).zip(names) {
            engagement::write(&clients.site(name), months, seed);
        }
        clients
    }

    fn site(&self, name: &str) -> PathBuf {
        self.folder.path().join("clients").join(name)
    }

    fn spoil(&self, name: &str) {
        let file = self.site(name).join("content/engagement.yaml");
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, format!("{text}\nunheard_of: {name}\n")).unwrap();
    }

    fn settings(&self, name: &str, text: &str) {
        fs::write(self.site(name).join("site.toml"), text).unwrap();
    }

    /// Whether a site was built, and whole: its last page is there.
    fn is_built(&self, name: &str) -> bool {
        self.site(name).join("public/.quarterdeck").is_file()
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        let output = command
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let out = text(output.stdout);
        Run {
            code: output.status.code().unwrap(),
            // How long it took differs.
            out: out
                .lines()
                .map(|line| line.split(" in ").next().unwrap_or(line).to_owned())
                .collect(),
            err: text(output.stderr),
        }
    }
}

fn begins(lines: &[String], with: &[&str]) {
    assert_eq!(lines.len(), with.len(), "{lines:#?}");
    for (line, with) in lines.iter().zip(with) {
        assert!(line.starts_with(with), "`{line}` isn't of `{with}`");
    }
}

const SIX: [&str; 6] = ["ash", "birch", "cedar", "elm", "fir", "oak"];

#[test]
fn one_that_fails_harms_none_and_each_is_told_of_in_its_turn() {
    let clients = Clients::new(&SIX, 3);
    clients.spoil("birch");
    let run = clients.run(&["build", "clients/*"]);
    assert_eq!(run.code, 1, "{run:?}");
    begins(
        &run.out,
        &[
            "clients/ash/public: ",
            "clients/birch: failed, 1 error",
            "clients/cedar/public: ",
            "clients/elm/public: ",
            "clients/fir/public: ",
            "clients/oak/public: ",
            "5 built, 1 failed",
        ],
    );
    assert!(run.err.contains("In clients/birch:\nerror[unknown-field]"));
    assert!(run.err.contains("clients/birch/public is as it was"));
    assert_eq!(run.err.matches("error[").count(), 1);
    assert!(!clients.is_built("birch"));
    // Each of the others is what it would be alone, byte by byte.
    let alone = clients.folder.path().join("alone");
    for name in SIX.iter().filter(|name| **name != "birch") {
        let site = clients.site(name);
        let mut command = built::command(&site, &alone.join(name));
        command.assert().success();
        let (together, alone) = (site.join("public"), alone.join(name));
        assert!(
            built::files(&together) == built::files(&alone),
            "{name} differs from what is built of it alone"
        );
    }
    // Again: the same is told, in the same order, whoever was ready first.
    let again = clients.run(&["build", "clients/*"]);
    assert_eq!((again.code, &again.err), (1, &run.err));
    begins(&again.out[1..2], &["clients/birch: failed, 1 error"]);

    let quiet = clients.run(&["build", "clients/*", "--quiet"]);
    assert_eq!((quiet.code, quiet.out.len()), (1, 0));
    assert!(quiet.err.starts_with("In clients/birch:\n"), "{quiet:?}");

    let check = clients.run(&["check", "clients/oak", "clients/birch", "clients/ash"]);
    assert_eq!(check.code, 1);
    begins(
        &check.out,
        &[
            "clients/oak: ",
            "clients/birch: failed, 1 error",
            "clients/ash: ",
            "2 without errors, 1 failed",
        ],
    );
    assert_eq!(check.err.matches("In clients/").count(), 1);
}

#[test]
fn the_worst_ending_is_the_commands() {
    let clients = Clients::new(&["ash", "birch", "cedar"], 1);
    clients.spoil("birch");
    for (named, code) in [
        (&["clients/ash", "clients/cedar"][..], 0),
        (&["clients/ash", "clients/birch"], 1),
        (&["clients/birch", "nowhere", "clients/ash"], 2),
        (&["clients/ash", "prospects/*"], 2),
        (&["clients/ash", "clients/[", "clients/cedar"], 2),
    ] {
        let run = clients.run(&[&["build"], named].concat());
        assert_eq!(run.code, code, "{named:?}: {run:?}");
        assert!(clients.is_built("ash") || !named.contains(&"clients/ash"));
        let failed = run.out.iter().filter(|line| line.contains(": failed"));
        assert_eq!(failed.count() > 0, code > 0, "{run:?}");
    }
    // What isn't a folder that can be written is the system's failure.
    fs::remove_dir_all(clients.site("cedar").join("public")).unwrap();
    fs::write(clients.site("cedar").join("public"), "a file").unwrap();
    let run = clients.run(&["build", "nowhere", "clients/cedar", "clients/ash"]);
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.err.contains("nowhere holds no site"), "{run:?}");
    assert!(run.err.contains("In clients/cedar:\nerror: "), "{run:?}");
}

#[test]
fn a_pattern_passes_over_what_is_no_site_and_a_name_does_not() {
    let clients = Clients::new(&["ash", "birch"], 1);
    fs::create_dir_all(clients.site("archive")).unwrap();
    fs::create_dir_all(clients.site(".hidden/content")).unwrap();
    fs::write(clients.folder.path().join("clients/README.md"), "").unwrap();
    let run = clients.run(&["build", "clients/*"]);
    assert_eq!(run.code, 0, "{run:?}");
    begins(&run.out, &["clients/ash/", "clients/birch/", "2 built"]);
    assert!(
        run.err
            .contains("passed over, no site: `clients/README.md` and `clients/archive`\n"),
        "{run:?}"
    );
    let run = clients.run(&["build", "clients/ash", "clients/archive"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("clients/archive holds no site"), "{run:?}");

    // Where a pattern finds nothing, that is told, and what it passed over.
    let run = clients.run(&["check", "clients/a[0-9]*"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("nothing matches clients/a[0-9]*"));
    let run = clients.run(&["build", "clients/arch*"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(
        run.err
            .contains("there is no site among what clients/arch* matches"),
        "{run:?}"
    );

    // A folder may have such a name.
    engagement::write(&clients.site("a[0-9]*"), 1, 9);
    let run = clients.run(&["check", "clients/a[0-9]*"]);
    assert_eq!(run.code, 0, "{run:?}");
    begins(&run.out, &["clients/a[0-9]*: "]);
}

#[test]
fn a_folder_by_two_names_is_built_once() {
    let clients = Clients::new(&["ash", "birch"], 1);
    let names = [
        "clients/ash",
        "clients/birch",
        "clients/ash",
        "./clients/ash/.",
    ];
    let run = clients.run(&[&["build"], &names[..]].concat());
    assert_eq!(run.code, 0, "{run:?}");
    begins(&run.out, &["clients/ash/", "clients/birch/", "2 built"]);
    assert_eq!(run.err.matches("by another name").count(), 1, "{run:?}");
    let run = clients.run(&["build", "clients/ash", "clients/*"]);
    begins(&run.out, &["clients/ash/", "clients/birch/", "2 built"]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("ash", clients.site("yew")).unwrap();
        let run = clients.run(&["build", "clients/*"]);
        begins(&run.out, &["clients/ash/", "clients/birch/", "2 built"]);
        assert!(
            run.err
                .contains("clients/yew is clients/ash by another name")
        );
        // By two names of one folder, one site is named.
        let run = clients.run(&["build", "clients/ash", "clients/yew", "-o", "out"]);
        assert_eq!(run.code, 0, "{run:?}");
        begins(&run.out, &["out: "]);
    }
}

#[test]
fn sites_written_to_one_place_are_refused_before_either_is() {
    let clients = Clients::new(&["ash", "ash/inner", "birch"], 1);
    for (outer, inner) in [
        ("inner/public", "public"),
        ("inner", "public"),
        ("inner/public", "public/below"),
    ] {
        clients.settings("ash", &format!("output = \"{outer}\"\n"));
        clients.settings("ash/inner", &format!("output = \"{inner}\"\n"));
        let named = ["clients/ash", "clients/birch", "clients/ash/inner"];
        let run = clients.run(&[&["build"], &named[..]].concat());
        assert_eq!(run.code, 2, "{run:?}");
        begins(
            &run.out,
            &[
                "clients/ash: failed",
                "clients/birch/public: ",
                "clients/ash/inner: failed",
                "1 built, 2 failed",
            ],
        );
        let same = "would be written to the same place";
        assert_eq!(run.err.matches(same).count(), 2, "{run:?}");
        assert!(!clients.site("ash/inner/public").exists());
        assert!(clients.is_built("birch"));
        // They are sound, and are checked together.
        let run = clients.run(&[&["check"], &named[..]].concat());
        assert_eq!(run.code, 0, "{run:?}");
    }
    // The board's trees may clash where the others don't.
    let board = "output = \"public\"\n[board]\noutput = ";
    clients.settings("ash", &format!("{board}\"inner/public-board\"\n"));
    clients.settings("ash/inner", &format!("{board}\"public-board\"\n"));
    let named = ["build", "clients/ash", "clients/ash/inner"];
    assert_eq!(clients.run(&named).code, 0);
    let run = clients.run(&[&named[..], &["--audience", "board"]].concat());
    assert_eq!(run.code, 2, "{run:?}");
    assert!(!clients.site("ash/inner/public-board").exists());
}

#[test]
fn several_are_not_written_to_one_folder() {
    let clients = Clients::new(&["ash", "birch"], 1);
    let run = clients.run(&["build", "clients/*", "--output", "out"]);
    assert_eq!((run.code, run.out.len()), (2, 0), "{run:?}");
    assert!(
        run.err
            .contains("several sites can't be written to one folder")
    );
    assert!(!clients.folder.path().join("out").exists());
    let run = clients.run(&["build", "clients/a*", "--output", "out"]);
    assert_eq!(run.code, 0, "{run:?}");
    begins(&run.out, &["out: "]);
}

#[test]
fn one_alone_is_told_of_without_a_heading() {
    let clients = Clients::new(&["ash"], 1);
    let here = |arguments: &[&str], folder: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        let output = command
            .args(arguments)
            .current_dir(folder)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr))
    };
    let (out, err) = here(&["build"], &clients.site("ash"));
    assert!(
        out.starts_with("public: ") && out.lines().count() == 1,
        "{out}"
    );
    assert!(!err.contains("In "), "{err}");
    clients.spoil("ash");
    let (out, err) = here(&["build"], &clients.site("ash"));
    assert_eq!(out, "");
    assert!(err.starts_with("error[unknown-field]"), "{err}");
    assert!(
        err.ends_with("nothing was written; public is as it was\n"),
        "{err}"
    );
}
