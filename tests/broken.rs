//! Authors' mistakes: what `check` says of each, to the byte, and that `build`
//! then leaves the former site as it was.
//!
//! A folder of `tests/broken/` is a case. It holds the files that differ from
//! the sound site in `_base`, by their path; `removed.txt` names those that
//! are missing, one a line; `expected.txt` is the standard error of `check`.
//! What git or an editor would mangle is made by a [`recipe`] of the folder's
//! name instead. With `QUARTERDECK_BLESS=1` in the environment the expected
//! text is written anew, to be read before it is committed.

#[path = "broken/formats.rs"]
mod formats;
mod frozen;
#[path = "broken/recipe.rs"]
mod recipe;
#[path = "broken/restated.rs"]
mod restated;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use rayon::prelude::*;
use tempfile::TempDir;

const EXPECTED: &str = "expected.txt";
const REMOVED: &str = "removed.txt";

/// A mistake, by the name of its folder.
struct Case {
    name: String,
    folder: PathBuf,
}

#[test]
fn every_mistake_is_told_as_expected() {
    let cases = cases();
    let bless = std::env::var_os("QUARTERDECK_BLESS").is_some_and(|value| !value.is_empty());
    let failures: Vec<String> = cases
        .par_iter()
        .filter_map(|case| told(case, bless).err())
        .collect();
    assert!(
        failures.is_empty(),
        "{} of {}\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n")
    );
}

#[test]
fn a_build_of_broken_content_leaves_the_former_site() {
    let failures: Vec<String> = cases()
        .par_iter()
        .filter_map(|case| left_alone(case).err())
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn what_the_cases_start_from_is_sound() {
    let site = TempDir::new().unwrap();
    copy(&folder().join("_base"), site.path());
    let output = quarterdeck("check", site.path());
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn every_folder_is_a_case_and_every_case_is_expected() {
    for case in cases() {
        let files = tree(&case.folder);
        let given = files
            .keys()
            .any(|path| path.as_path() != Path::new(EXPECTED));
        let made = recipe::of(&case.name).is_some();
        assert!(
            given != made,
            "{}: a case is its files or a recipe, and not both",
            case.name
        );
        assert!(
            files.contains_key(Path::new(EXPECTED)),
            "{}: {EXPECTED} is missing",
            case.name
        );
    }
    for (name, _) in recipe::ALL {
        assert!(
            folder().join(name).is_dir(),
            "{name}: a recipe without a folder"
        );
    }
}

/// Several sites are checked in one run, and each one's faults are told.
#[test]
fn every_site_named_is_checked() {
    let root = TempDir::new().unwrap();
    let names = ["duplicate-automation", "misspelt-heading"];
    let mut expected = String::new();
    for name in names {
        let case = Case {
            name: name.to_owned(),
            folder: folder().join(name),
        };
        lay_out(&case, &root.path().join(name)).unwrap();
        let faults = fs::read_to_string(case.folder.join(EXPECTED)).unwrap();
        expected.push_str(&format!("In {name}:\n{faults}"));
    }
    let output = command("check", root.path()).args(names).output().unwrap();
    assert_eq!(text(&output.stderr), expected);
    assert_eq!(output.status.code(), Some(1));
}

fn told(case: &Case, bless: bool) -> Result<(), String> {
    let site = TempDir::new().unwrap();
    lay_out(case, site.path())?;
    let output = quarterdeck("check", site.path());
    let actual = text(&output.stderr);
    let path = case.folder.join(EXPECTED);
    if bless {
        fs::write(&path, &actual).unwrap();
    }
    let expected =
        fs::read_to_string(&path).map_err(|_| format!("{}: {EXPECTED} is missing", case.name))?;
    if actual != expected {
        return Err(format!(
            "==== {}\nexpected:\n{expected}\nfound:\n{actual}",
            case.name
        ));
    }
    match output.status.code() {
        code if code == Some(exit_code(&expected)) => Ok(()),
        code => Err(format!(
            "==== {}\nexit code {code:?}, expected {}",
            case.name,
            exit_code(&expected)
        )),
    }
}

/// 1 if the text that was expected counts an error in its last line: a
/// warning alone, or nothing, is fine.
fn exit_code(expected: &str) -> i32 {
    i32::from(
        expected
            .lines()
            .last()
            .is_some_and(|counts| counts.contains("error")),
    )
}

fn left_alone(case: &Case) -> Result<(), String> {
    let site = TempDir::new().unwrap();
    lay_out(case, site.path())?;
    let former = built();
    copy(&former.path().join("public"), &site.path().join("public"));
    let expected = fs::read_to_string(case.folder.join(EXPECTED)).unwrap_or_default();
    let output = quarterdeck("build", site.path());
    let said = text(&output.stderr);
    if !said.starts_with(&expected) {
        return Err(format!(
            "==== {}\nbuild says what check doesn't:\n{said}",
            case.name
        ));
    }
    if output.status.code() != Some(exit_code(&expected)) {
        return Err(format!(
            "==== {}\nbuild ended with {:?}",
            case.name,
            output.status.code()
        ));
    }
    if exit_code(&expected) == 1
        && tree(&former.path().join("public")) != tree(&site.path().join("public"))
    {
        return Err(format!("==== {}\nbuild changed public/", case.name));
    }
    Ok(())
}

/// The sound site with its pages, built once.
fn built() -> &'static TempDir {
    static BUILT: OnceLock<TempDir> = OnceLock::new();
    BUILT.get_or_init(|| {
        let site = TempDir::new().unwrap();
        copy(&folder().join("_base"), site.path());
        let output = quarterdeck("build", site.path());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        site
    })
}

fn cases() -> Vec<Case> {
    let entries = fs::read_dir(folder()).unwrap().map(Result::unwrap);
    let mut cases: Vec<Case> = entries
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| Case {
            name: entry.file_name().into_string().unwrap(),
            folder: entry.path(),
        })
        .filter(|case| !case.name.starts_with('_'))
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// The sound site with the case's mistake in it.
fn lay_out(case: &Case, site: &Path) -> Result<(), String> {
    copy(&folder().join("_base"), site);
    copy(&case.folder, site);
    let _ = fs::remove_file(site.join(EXPECTED));
    if let Ok(removed) = fs::read_to_string(site.join(REMOVED)) {
        fs::remove_file(site.join(REMOVED)).unwrap();
        for path in removed.lines() {
            fs::remove_file(site.join(path))
                .map_err(|_| format!("{}: {path} isn't in _base", case.name))?;
        }
    }
    if let Some(make) = recipe::of(&case.name) {
        make(site);
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        let target = to.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

/// Every file below a folder with its bytes.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            (
                entry.path().strip_prefix(folder).unwrap().to_owned(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken")
}

fn quarterdeck(name: &str, site: &Path) -> Output {
    command(name, site).output().unwrap()
}

fn command(name: &str, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    command.arg(name).current_dir(folder);
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
