//! Whatever stops a build, the site is the former one or the new one.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::io::Read;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, io, thread};

use quarterdeck::publish::bundle::Bundle;
use quarterdeck::publish::{WriteError, write};
use quarterdeck::site::route::Route;

/// Where a test that runs itself again as another process shall work.
const CHILD: &str = "QUARTERDECK_TEST_CHILD";

/// A site of 200 files that all say which one it is.
fn site(name: &str, bytes_a_file: usize) -> Bundle {
    site_of(200, name, bytes_a_file)
}

fn site_of(files: usize, name: &str, bytes_a_file: usize) -> Bundle {
    let mut bundle = Bundle::default();
    let text = format!("{name} ").repeat(bytes_a_file / (name.len() + 1));
    for number in 0..files {
        let path = format!("{}/{name}-{number}/index.html", number % 7);
        let path = Route::Attachment(Box::new(Route::Overview), path).path();
        bundle.insert(path, text.clone().into_bytes()).unwrap();
    }
    bundle
}

fn contents(bundle: &Bundle) -> BTreeMap<String, Vec<u8>> {
    bundle
        .iter()
        .map(|(path, bytes)| (path.to_string(), bytes.to_vec()))
        .collect()
}

/// Every file below a folder but the marker; `None` if there is no folder.
fn on_disk(folder: &Path) -> Option<BTreeMap<String, Vec<u8>>> {
    folder.symlink_metadata().ok()?;
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap();
        if entry.file_type().is_file() && path != Path::new(".quarterdeck") {
            let path = path.to_str().unwrap().to_owned();
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
    Some(files)
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap();
    names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

/// This test again, in a process of its own.
fn again(test: &str, launcher: &[&str], home: &Path) -> Command {
    let this = env::current_exe().unwrap();
    let mut command = match launcher {
        [] => Command::new(this),
        [program, arguments @ ..] => {
            let mut command = Command::new(program);
            command.args(arguments).arg(this);
            command
        }
    };
    command
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(CHILD, home);
    command
}

#[test]
fn killed_at_any_moment_the_site_is_whole() {
    let (one, two) = (site("one", 3000), site("two", 5000));
    if let Some(home) = env::var_os(CHILD) {
        let output = PathBuf::from(home).join("public");
        eprintln!("ready");
        loop {
            write(&one, &output, &[]).unwrap();
            write(&two, &output, &[]).unwrap();
        }
    }
    let home = tempfile::tempdir().unwrap();
    let output = home.path().join("public");
    let wholes = [contents(&one), contents(&two)];
    let mut random = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .subsec_nanos()
        | 1;
    let mut interrupted = 0;
    for round in 0..100 {
        let mut child = again("killed_at_any_moment_the_site_is_whole", &[], home.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut ready = [0; 5];
        child.stderr.take().unwrap().read_exact(&mut ready).unwrap();
        // Xorshift: any spread of moments will do.
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        thread::sleep(Duration::from_micros(u64::from(random % 120_000)));
        child.kill().unwrap();
        child.wait().unwrap();

        let found = on_disk(&output);
        assert!(
            found.as_ref().is_none_or(|found| wholes.contains(found))
                && (round == 0 || found.is_some()),
            "round {round}: neither the former site nor the new one"
        );
        interrupted += usize::from(names(home.path()).iter().any(|name| name != "public"));
        // In turn, so that the next build has something to write.
        let next = [&one, &two][round % 2];
        write(next, &output, &[]).unwrap();
        assert_eq!(on_disk(&output).as_ref(), Some(&wholes[round % 2]));
        assert_eq!(
            names(home.path()),
            ["public"],
            "round {round}: not cleaned up"
        );
    }
    assert!(interrupted > 0, "no kill came in the middle of a build");
    eprintln!("{interrupted} of 100 kills came in the middle of a build");
}

/// A kill hits the moment of the swap too seldom to tell one rename from two;
/// somebody who looks all the time doesn't miss a moment without a site.
#[test]
fn the_site_is_there_at_every_moment() {
    let home = tempfile::tempdir().unwrap();
    let output = home.path().join("public");
    let sites = [site_of(5, "one", 100), site_of(5, "two", 100)];
    write(&sites[0], &output, &[]).unwrap();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let look = scope.spawn(|| {
            let mut absent = 0;
            while !done.load(Ordering::Relaxed) {
                absent += usize::from(output.symlink_metadata().is_err());
            }
            absent
        });
        for round in 1..=100 {
            write(&sites[round % 2], &output, &[]).unwrap();
        }
        done.store(true, Ordering::Relaxed);
        assert_eq!(look.join().unwrap(), 0, "moments without a site");
    });
}

/// Runs a test again in a mount namespace of its own, where it may mount.
/// Returns the folder to work in when this is that run.
fn in_namespace(test: &str) -> Option<PathBuf> {
    if let Some(home) = env::var_os(CHILD) {
        return Some(home.into());
    }
    let home = tempfile::tempdir().unwrap();
    let mut works = Command::new("unshare");
    works.args(["-rm", "mount", "-t", "tmpfs", "none"]);
    let works = works.arg(home.path()).output();
    let reason = match works {
        Ok(output) if output.status.success() => {
            let status = again(test, &["unshare", "-rm"], home.path())
                .status()
                .unwrap();
            assert!(status.success(), "failed in its namespace");
            return None;
        }
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(error) => error.to_string(),
    };
    assert!(env::var_os("CI").is_none(), "can't mount: {reason}");
    // Past the test runner's capture: a skipped test is not a passed one.
    let mut terminal = io::stderr();
    writeln!(
        terminal,
        "SKIPPED {test}: this system lets no test mount a disk: {reason}"
    )
    .unwrap();
    None
}

fn mount(options: &str, home: &Path) {
    let mut mount = Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", options, "none"]).arg(home);
    assert!(mount.status().unwrap().success(), "mount {options}");
}

fn system_error(bundle: &Bundle, output: &Path) -> (io::ErrorKind, String) {
    let error = write(bundle, output, &[]).unwrap_err();
    let help = error.help();
    assert!(help.contains("the former site is as it was"), "{help}");
    match &error {
        WriteError::System { source, .. } => (source.kind(), error.to_string()),
        WriteError::Refused { .. } => panic!("refused: {error}"),
    }
}

#[test]
fn on_a_full_disk_the_former_site_stays() {
    let Some(home) = in_namespace("on_a_full_disk_the_former_site_stays") else {
        return;
    };
    mount("size=4m", &home);
    let output = home.join("public");
    let (small, large) = (site("small", 1000), site("large", 40_000));
    let (kind, _) = system_error(&large, &output);
    assert_eq!(kind, io::ErrorKind::StorageFull);
    assert_eq!(names(&home), Vec::<String>::new());

    write(&small, &output, &[]).unwrap();
    let (kind, message) = system_error(&large, &output);
    assert_eq!(kind, io::ErrorKind::StorageFull);
    assert!(message.starts_with("can't write `"), "{message}");
    assert_eq!(on_disk(&output), Some(contents(&small)));
    assert_eq!(names(&home), ["public"]);
    write(&site("again", 1000), &output, &[]).unwrap();

    // Not a byte or a name left.
    mount("size=4m,nr_inodes=4", &home);
    fs::create_dir(home.join("public")).unwrap();
    let (kind, _) = system_error(&small, &output);
    assert_eq!(kind, io::ErrorKind::StorageFull);
    assert_eq!(names(&home), ["public"]);
}

#[test]
fn in_a_read_only_folder_the_former_site_stays() {
    let Some(home) = in_namespace("in_a_read_only_folder_the_former_site_stays") else {
        return;
    };
    mount("size=4m", &home);
    let output = home.join("public");
    let (one, two) = (site("one", 1000), site("two", 1000));
    write(&one, &output, &[]).unwrap();
    mount("remount,ro", &home);
    let (kind, message) = system_error(&two, &output);
    assert_eq!(kind, io::ErrorKind::ReadOnlyFilesystem);
    assert!(message.contains(home.to_str().unwrap()), "{message}");
    assert_eq!(on_disk(&output), Some(contents(&one)));
    assert_eq!(names(&home), ["public"]);
}

#[test]
fn an_output_that_is_a_disk_of_its_own_is_left_as_it_is() {
    let Some(home) = in_namespace("an_output_that_is_a_disk_of_its_own_is_left_as_it_is") else {
        return;
    };
    mount("size=4m", &home);
    let output = home.join("public");
    fs::create_dir(&output).unwrap();
    mount("size=4m", &output);
    let (kind, _) = system_error(&site("one", 1000), &output);
    assert!(matches!(
        kind,
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices
    ));
    assert_eq!(names(&output), Vec::<String>::new());
    assert_eq!(names(&home), ["public"]);
}
