//! Beginning an engagement as a new user does, and keeping its schemas up to
//! date: the program itself, run in folders of every kind.

mod built;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use built::files;
use tempfile::{TempDir, tempdir};

/// A folder with blanks, accents and signs that shells know.
const FOLDER: &str = "Zażółć & Söhne – client's $1";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    command.args(arguments).current_dir(folder);
    command.output().unwrap()
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// Runs a command that succeeds, and returns what it printed and what it
/// said.
fn fine(folder: &Path, arguments: &[&str]) -> (String, String) {
    let (code, out, err) = said(&run(folder, arguments));
    assert_eq!(code, Some(0), "{arguments:?}\n{out}{err}");
    (out, err)
}

/// Runs a command that is used wrongly, and returns what it said.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let (code, out, err) = said(&run(folder, arguments));
    assert_eq!(code, Some(2), "{arguments:?}\n{out}{err}");
    assert!(err.contains("error: ") && err.contains("help: "), "{err}");
    err
}

/// A home with an engagement that began on a day.
fn begun(name: &str) -> (TempDir, std::path::PathBuf) {
    let home = tempdir().unwrap();
    fine(home.path(), &["init", name, "--date", "2026-11-21"]);
    let site = home.path().join(name);
    (home, site)
}

#[test]
fn a_new_engagement_builds_at_once_and_tells_only_that_nothing_keeps_it_private() {
    let home = tempdir().unwrap();
    let (out, err) = fine(home.path(), &["init", FOLDER]);
    assert_eq!(err, "");
    assert!(out.contains("Zażółć & Söhne – Client's $1"), "{out}");
    assert!(
        out.contains(r"cd 'Zażółć & Söhne – client'\''s $1'"),
        "{out}"
    );
    assert!(out.contains("quarterdeck serve") && out.contains("quarterdeck new month"));
    let site = home.path().join(FOLDER);
    let (out, err) = fine(&site, &["check"]);
    assert_eq!(err, "");
    assert!(out.contains("no errors"), "{out}");
    let (_, err) = fine(home.path(), &["build", FOLDER]);
    let warnings: Vec<&str> = err.lines().filter(|line| line.contains('[')).collect();
    assert_eq!(err.matches("warning[").count(), 1, "{err}");
    assert!(warnings[0].starts_with("warning[open-to-all]"), "{err}");
    let overview = fs::read_to_string(site.join("public/index.html")).unwrap();
    assert!(overview.contains("Söhne"), "the firm's name");
    let sessions = files(&site.join("public/sessions"));
    for (path, page) in sessions {
        let page = String::from_utf8(page).unwrap();
        // Markdown has no comments: a page would show them.
        assert!(
            !page.contains("&lt;!--"),
            "{path} shows an author's comment"
        );
    }
    fine(&site, &["verify"]);
}

#[test]
fn git_is_not_needed() {
    let home = tempdir().unwrap();
    for arguments in [&["init", "a"][..], &["check", "a"], &["build", "a"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        command.args(arguments).current_dir(home.path());
        command.env("PATH", "").assert().success();
    }
}

#[test]
fn the_lines_that_a_new_site_offers_keep_it_private() {
    let (_home, site) = begun("kestrel");
    let path = site.join("site.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("# hosts =", "hosts =")).unwrap();
    let (_, err) = fine(&site, &["build"]);
    assert_eq!(err, "");
    fs::write(
        &path,
        text.replace("# seal", "seal")
            .replace("# recipients", "recipients"),
    )
    .unwrap();
    let (_, err) = fine(&site, &["check"]);
    assert_eq!(err, "");
}

#[test]
fn the_months_are_those_before_the_day() {
    for (day, baseline, month) in [
        ("2026-11-21", "2026-03", "2026-10"),
        ("2026-01-01", "2025-05", "2025-12"),
        ("2027-03-31", "2026-07", "2027-02"),
        ("2028-02-29", "2027-06", "2028-01"),
    ] {
        let home = tempdir().unwrap();
        fine(home.path(), &["init", "a", "--date", day, "--quiet"]);
        let content = files(&home.path().join("a/content"));
        for path in [
            format!("{baseline}/fit-check.yaml"),
            format!("{month}/telemetry.yaml"),
            format!("{month}/leadership.yaml"),
        ] {
            assert!(content.contains_key(&path), "{day}: {path}");
        }
        let (_, err) = fine(home.path(), &["check", "a"]);
        assert_eq!(err, "", "{day}");
    }
    let home = tempdir().unwrap();
    for day in ["1969-12-31", "9999-01-01"] {
        refused(home.path(), &["init", "a", "--date", day]);
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn a_second_beginning_changes_nothing() {
    let (home, site) = begun(FOLDER);
    fs::write(site.join("content/engagement.yaml"), "firm: mine\n").unwrap();
    let before = files(home.path());
    let err = refused(home.path(), &["init", FOLDER]);
    assert!(err.contains("holds a site already"), "{err}");
    assert!(err.contains("quarterdeck new month"), "{err}");
    fs::remove_file(site.join("site.toml")).unwrap();
    let err = refused(&site, &["init", "."]);
    assert!(err.contains("holds a site already"), "{err}");
    fs::write(
        site.join("site.toml"),
        &before[&format!("{FOLDER}/site.toml")],
    )
    .unwrap();
    assert_eq!(files(home.path()), before);
}

#[test]
fn a_folder_with_other_files_is_begun_in_and_they_stay() {
    let home = tempdir().unwrap();
    let folder = home.path().join("kestrel-lane_freight");
    fs::create_dir_all(folder.join(".git")).unwrap();
    fs::create_dir(folder.join("content")).unwrap();
    fs::write(folder.join("README.md"), "# Kestrel\n").unwrap();
    let (out, _) = fine(&folder, &["init", "."]);
    assert!(out.contains("Kestrel Lane Freight"), "{out}");
    assert!(!out.contains("  cd "), "{out}");
    assert_eq!(
        fs::read_to_string(folder.join("README.md")).unwrap(),
        "# Kestrel\n"
    );
    fine(&folder, &["check"]);
}

#[test]
fn whatever_is_in_the_way_is_named_and_stays() {
    let home = tempdir().unwrap();
    let folder = home.path().join("a");
    fs::create_dir_all(folder.join(".github/workflows")).unwrap();
    fs::write(folder.join(".gitignore"), "mine\n").unwrap();
    fs::write(folder.join(".github/workflows/site.yml"), "mine\n").unwrap();
    let before = files(home.path());
    let err = refused(home.path(), &["init", "a"]);
    assert!(
        err.contains(".gitignore") && err.contains("site.yml"),
        "{err}"
    );
    assert_eq!(files(home.path()), before);

    fs::write(home.path().join("file"), "mine\n").unwrap();
    for name in ["file", "file/below", "file/far/below"] {
        let err = refused(home.path(), &["init", name]);
        assert!(err.contains("is not a folder"), "{err}");
    }
    // A file where one of our folders belongs.
    fs::create_dir(home.path().join("b")).unwrap();
    fs::write(home.path().join("b/.vscode"), "mine\n").unwrap();
    refused(home.path(), &["init", "b"]);
    assert_eq!(files(&home.path().join("b")).len(), 1);
    let (code, _, _) = said(&run(home.path(), &["init"]));
    assert_eq!(code, Some(2));
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_the_systems_failure() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempdir().unwrap();
    let folder = home.path().join("locked");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.join("probe"), "").is_ok() {
        // Who may write everywhere meets the same in /proc, where nobody can.
        let (code, out, err) = said(&run(home.path(), &["init", "/proc/kestrel"]));
        assert_eq!(code, Some(3), "{out}{err}");
        assert!(
            err.contains("help: ") && !err.contains("former site"),
            "{err}"
        );
        return;
    }
    for name in ["locked", "locked/below"] {
        let (code, out, err) = said(&run(home.path(), &["init", name]));
        assert_eq!(code, Some(3), "{out}{err}");
        assert!(err.contains("make the folder writable"), "{err}");
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn a_firm_may_be_called_anything_on_one_line() {
    let home = tempdir().unwrap();
    let firm = "O'Neil & \"Söns\": #1 \\ {x} - *y & <z>";
    fine(home.path(), &["init", "a", "--firm", firm]);
    let (_, err) = fine(home.path(), &["build", "a", "--quiet"]);
    assert!(!err.contains("error"), "{err}");
    let export = fs::read_to_string(home.path().join("a/public/data/engagement.json")).unwrap();
    let export: serde_json::Value = serde_json::from_str(&export).unwrap();
    assert_eq!(export["firm"], firm);
    for bad in ["", "  ", "a\nb", "a\u{1b}[2J", "a\u{202e}b"] {
        let (code, _, err) = said(&run(home.path(), &["init", "b", "--firm", bad]));
        assert_eq!(code, Some(2), "{bad:?} {err}");
    }
    for (folder, name) in [("---", "The firm"), ("x\u{202e}y", "X Y")] {
        let folder = format!("./{folder}");
        let (out, _) = fine(home.path(), &["init", &folder]);
        assert!(out.contains(name), "{out}");
        fine(home.path(), &["check", &folder]);
    }
    assert!(!home.path().join("b").exists());
}

/// The second month, by hand: what it leaves unanswered is named.
#[test]
fn the_next_month_is_held_to_what_the_first_decided() {
    let (_home, site) = begun("kestrel");
    let first = site.join("content/2026-10/leadership.yaml");
    let next = site.join("content/2026-11/leadership.yaml");
    fs::create_dir(next.parent().unwrap()).unwrap();
    let telemetry = fs::read_to_string(site.join("content/2026-10/telemetry.yaml")).unwrap();
    fs::write(
        site.join("content/2026-11/telemetry.yaml"),
        telemetry.replace("as_of: 2026-10", "as_of: 2026-11"),
    )
    .unwrap();
    fine(&site, &["check"]);
    let session = fs::read_to_string(first).unwrap();
    let decided = session.find("# The Build backlog").unwrap();
    let closing = session.find("# yes, no or unclear").unwrap();
    let held = format!("{}{}", &session[..decided], &session[closing..]);
    let held = held.replace("date: 2026-10", "date: 2026-11");
    fs::write(&next, &held).unwrap();
    let (code, _, err) = said(&run(&site, &["check"]));
    assert_eq!(code, Some(1), "{err}");
    assert_eq!(
        err.matches("error[decision-unanswered]").count(),
        2,
        "{err}"
    );
    let answers = "follow_up:\n  - { decision: quote-drafter, outcome: slipped, due: 2026-12-20 }\n  - { decision: refund-limit, outcome: done }\n";
    fs::write(&next, format!("{held}{answers}")).unwrap();
    let (_, err) = fine(&site, &["check"]);
    assert_eq!(err, "");
}

fn schemas(site: &Path) -> BTreeMap<String, Vec<u8>> {
    files(&site.join(".quarterdeck/schema"))
}

#[test]
fn schemas_are_listed_and_printed() {
    let home = tempdir().unwrap();
    let (list, _) = fine(home.path(), &["schema"]);
    assert_eq!(list.lines().count(), 12);
    for line in list.lines() {
        let (name, path) = line.split_once(' ').unwrap();
        let (text, _) = fine(home.path(), &["schema", name]);
        let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(schema["title"], path.trim(), "{name}");
    }
    for wrong in [
        &["schema", "telemtry"][..],
        &["schema", "site", "--write"],
        &["schema", "--site", "."],
        &["schema", "--write"],
    ] {
        let (code, out, err) = said(&run(home.path(), wrong));
        assert_eq!((code, &*out), (Some(2), ""), "{wrong:?} {err}");
    }
}

#[test]
fn a_schema_that_differs_is_a_warning_until_it_is_written_again() {
    let (home, site) = begun(FOLDER);
    let before = schemas(&site);
    assert_eq!(before.len(), 12);
    let folder = site.join(".quarterdeck/schema");
    fs::remove_file(folder.join("site.json")).unwrap();
    let path = folder.join("board.json");
    let board = fs::read_to_string(&path).unwrap();
    fs::write(&path, board.replace("board", "bard")).unwrap();
    // What git's line ends do to a file is no difference.
    let path = folder.join("path.json");
    let path_text = fs::read_to_string(&path).unwrap();
    fs::write(&path, path_text.replace('\n', "\r\n")).unwrap();
    fs::write(folder.join("mine.json"), "{}").unwrap();

    let (out, err) = fine(home.path(), &["check", FOLDER]);
    assert!(out.contains("no errors"), "{out}");
    assert_eq!(err.matches("warning[").count(), 1, "{err}");
    assert!(err.contains("warning[schema-out-of-date]"), "{err}");
    assert!(err.contains("schema --write --site 'Za"), "{err}");

    let (out, _) = fine(home.path(), &["schema", "--write", "--site", FOLDER]);
    assert!(out.contains("2 schemas written, 10 up to date"), "{out}");
    let (_, err) = fine(&site, &["check"]);
    assert_eq!(err, "");
    let after = schemas(&site);
    assert_eq!(after["site.json"], before["site.json"]);
    assert_eq!(after["board.json"], before["board.json"]);
    assert_eq!(after["mine.json"], b"{}");

    // Another's file is not written over, and then nothing is.
    fs::remove_file(folder.join("site.json")).unwrap();
    fs::write(folder.join("telemetry.json"), "{ \"mine\": 1 }").unwrap();
    let mine = schemas(&site);
    let err = refused(&site, &["schema", "--write"]);
    assert!(err.contains("telemetry.json"), "{err}");
    assert_eq!(schemas(&site), mine);

    // A site without the folder has none to warn of, until it wants them.
    fs::remove_dir_all(site.join(".quarterdeck")).unwrap();
    let (_, err) = fine(&site, &["check"]);
    assert_eq!(err, "");
    fine(&site, &["schema", "--write", "--quiet"]);
    assert_eq!(schemas(&site), before);
}
