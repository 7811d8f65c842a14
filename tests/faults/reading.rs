//! Sources that change while they are read.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::ground::SECRET;
use super::round::Round;
use super::running::Ended;
use super::shim::Rule;
use super::tree::tree;

/// Files that every edition has.
const FILES: [&str; 8] = [
    "site.toml",
    "content/engagement.yaml",
    "content/2025-09/fit-check.yaml",
    "content/2026-01/telemetry.yaml",
    "content/2026-01/leadership.md",
    "content/pages/method.md",
    "content/pages/plan.pdf",
    "themes/own/assets/note.txt",
];
const FOLDERS: [&str; 4] = [
    "content/2026-01",
    "content/pages",
    "themes/own/assets",
    "content",
];

/// What becomes of a file or a folder.
#[derive(Clone, Copy, Debug)]
enum Turn {
    Vanishes,
    IsCut,
    IsReplaced,
    IsFolder,
    IsPipe,
    IsLoop,
    IsDeadLink,
    LeadsOut,
    MovesAway,
}

/// A build is held at a call, something happens to a file or a folder just
/// then, and the build goes on.
pub fn changes_meanwhile(round: &mut Round) -> &'static str {
    let site = round.ground.path("site");
    let (below, turn) = if round.chance.percent(70) {
        let turns = [
            Turn::Vanishes,
            Turn::IsCut,
            Turn::IsReplaced,
            Turn::IsFolder,
            Turn::IsPipe,
            Turn::IsLoop,
            Turn::IsDeadLink,
            Turn::LeadsOut,
            Turn::LeadsOut,
        ];
        (round.chance.pick(&FILES), round.chance.pick(&turns))
    } else {
        let turns = [
            Turn::Vanishes,
            Turn::IsPipe,
            Turn::IsLoop,
            Turn::LeadsOut,
            Turn::MovesAway,
        ];
        let below = round.chance.pick(&FOLDERS);
        // The content itself may lie elsewhere, as long as it is one folder.
        let most = if below == "content" { 3 } else { 5 };
        (below, round.chance.pick(&turns[..most]))
    };
    // Held at the path itself, or at any call that reads.
    let (held, kinds, most) = if round.chance.percent(60) {
        (site.join(below), "open,read,list,stat", 3)
    } else {
        (site.clone(), "open,read,list,stat,resolve", 60)
    };
    let rule = Rule::new(kinds, &held, round.chance.between(1, most), 1, "pause");
    let command = round.ground.build("site");
    let mut running = round.ground.start_with(command, &[rule]);
    let since = Instant::now();
    let control = round.ground.control();
    while !control.join("paused").exists() && !running.is_over() {
        assert!(since.elapsed() < Duration::from_secs(60));
        thread::sleep(Duration::from_millis(1));
    }
    turn_to(round, &site.join(below), turn);
    round.lay();
    fs::write(control.join("go"), "").unwrap();
    let ended = running.end();
    let ending = judge(round, &ended);
    round.ground.write_edition("site", round.new);
    round.lay();
    round.settle();
    ending
}

fn turn_to(round: &mut Round, path: &Path, turn: Turn) {
    let outside = round.ground.path("outside");
    let aside = outside.join("aside");
    let _ = fs::remove_dir_all(&outside);
    fs::create_dir(&outside).unwrap();
    match turn {
        Turn::IsCut => {
            let length = fs::metadata(path).unwrap().len();
            let file = fs::OpenOptions::new().write(true).open(path).unwrap();
            file.set_len(length / 2).unwrap();
            return;
        }
        Turn::IsReplaced => {
            let site = round.ground.path("site");
            let below = path.strip_prefix(site).unwrap().to_str().unwrap();
            let other = super::ground::sources(round.former);
            let text = other.into_iter().find(|(path, _)| path == below);
            let text = text.map_or_else(|| b"%PDF-1.4 another\n".to_vec(), |(_, text)| text);
            fs::write(&aside, text).unwrap();
            fs::rename(&aside, path).unwrap();
            return;
        }
        _ => {}
    }
    // What lies outside has the same names and other words.
    let is_folder = fs::symlink_metadata(path).unwrap().is_dir();
    let secret = outside.join("secret");
    if is_folder {
        for entry in walkdir::WalkDir::new(path).into_iter().map(Result::unwrap) {
            let target = secret.join(entry.path().strip_prefix(path).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(target).unwrap();
            } else {
                reveal(entry.path(), &target);
            }
        }
    } else {
        reveal(path, &secret);
    }
    fs::rename(path, &aside).unwrap();
    match turn {
        Turn::IsFolder => fs::create_dir(path).unwrap(),
        Turn::IsPipe => make_pipe(path),
        Turn::IsLoop => symlink(path, path).unwrap(),
        Turn::IsDeadLink => symlink("nowhere", path).unwrap(),
        Turn::LeadsOut => symlink(&secret, path).unwrap(),
        Turn::MovesAway => {
            fs::rename(&aside, path.with_extension("moved")).unwrap();
        }
        Turn::Vanishes | Turn::IsCut | Turn::IsReplaced => {}
    }
}

/// A file of the same kind whose words must not be told.
fn reveal(from: &Path, to: &Path) {
    let text = fs::read(from).unwrap();
    let name = from.file_name().unwrap().to_str().unwrap();
    let told = if name.ends_with(".yaml") || name.ends_with(".toml") {
        format!("{SECRET}: [ {SECRET}\n").into_bytes()
    } else {
        [&text, SECRET.as_bytes()].concat()
    };
    fs::write(to, told).unwrap();
}

fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// A tree of the content as it was, as it is now, or the former; and nothing
/// of what lies outside, in the pages or in the words.
#[track_caller]
fn judge(round: &mut Round, ended: &Ended) -> &'static str {
    round.ground.assert_untouched(&round.before);
    let now = tree(&round.ground.output()).expect("there is a site");
    let is_told = |bytes: &[u8]| {
        bytes
            .windows(SECRET.len())
            .any(|part| part == SECRET.as_bytes())
    };
    for (path, bytes) in &now {
        assert!(
            !is_told(bytes),
            "{path} tells what lies outside: {ended:#?}"
        );
    }
    // `site.toml` may lie anywhere, and so is told of where it is at fault.
    if !ended.err.contains("--> site.toml") {
        assert!(!is_told(ended.err.as_bytes()), "{ended:#?}");
    }
    match ended.code {
        Some(0) => {
            if now == round.ground.whole[round.new] {
                return "built as it was";
            }
            // Or as it is now, which the next build of the same must show.
            let again = round.ground.run(round.ground.build("site")).with(0);
            let then = tree(&round.ground.output()).unwrap();
            assert!(
                now == then,
                "neither the one nor the other: {ended:#?} {again:#?}"
            );
            "built as it is now"
        }
        Some(code @ 1..=3) => {
            assert!(ended.err.contains("error"), "{ended:#?}");
            assert!(ended.err.contains("help: "), "{ended:#?}");
            assert!(now == round.ground.whole[round.former], "{ended:#?}");
            ["", "content at fault", "no site there", "can't be read"][code as usize]
        }
        _ => panic!("it must not end so: {ended:#?}"),
    }
}

/// Somebody exchanges a file or a folder for a link that leads out and back,
/// again and again, while the program reads.
pub fn leads_out_and_back(round: &mut Round) -> &'static str {
    let site = round.ground.path("site");
    let folder = round.chance.percent(50);
    let below = if folder {
        round.chance.pick(&FOLDERS[..3])
    } else {
        round.chance.pick(&FILES[1..])
    };
    let path = site.join(below);
    let outside = round.ground.path("outside");
    let _ = fs::remove_dir_all(&outside);
    fs::create_dir(&outside).unwrap();
    let secret = outside.join("secret");
    if folder {
        fs::create_dir(&secret).unwrap();
        for entry in fs::read_dir(&path).unwrap().map(Result::unwrap) {
            reveal(&entry.path(), &secret.join(entry.file_name()));
        }
    } else {
        reveal(&path, &secret);
    }
    let link = round.ground.path("link");
    let _ = fs::remove_file(&link);
    symlink(&secret, &link).unwrap();
    let done = AtomicBool::new(false);
    let command = round.ground.build("site");
    let ended = thread::scope(|scope| {
        let swapping = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                exchange(&path, &link);
                thread::sleep(Duration::from_micros(50));
                exchange(&path, &link);
                thread::sleep(Duration::from_micros(50));
            }
        });
        let ended = round.ground.run(command);
        done.store(true, Ordering::Relaxed);
        swapping.join().unwrap();
        ended
    });
    fs::remove_file(&link).unwrap();
    round.lay();
    let ending = judge(round, &ended);
    round.ground.write_edition("site", round.new);
    round.lay();
    round.settle();
    ending
}

fn exchange(one: &Path, other: &Path) {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).unwrap();
}

/// What isn't a file lies where one belongs: nothing waits for it.
pub fn is_no_file(round: &mut Round) -> &'static str {
    let site = round.ground.path("site");
    let below = round.chance.pick(&[
        "site.toml",
        "content/2026-01/leadership.md",
        "content/2026-01/telemetry.yaml",
        "content/pages/plan.pdf",
        "content/2026-01",
        "content",
        "themes/own/assets/note.txt",
        "themes/own",
    ]);
    let path: PathBuf = site.join(below);
    let _ = fs::remove_dir_all(&path);
    let _ = fs::remove_file(&path);
    match round.chance.between(0, 3) {
        0 => make_pipe(&path),
        1 => symlink("/dev/zero", &path).unwrap(),
        2 => symlink(&path, &path).unwrap(),
        _ => drop(std::os::unix::net::UnixListener::bind(&path).unwrap()),
    }
    round.lay();
    let ended = round.ground.run(round.ground.build("site"));
    assert_ne!(ended.code, Some(0), "{below}: {ended:#?}");
    let ending = judge(round, &ended);
    round.ground.write_edition("site", round.new);
    round.lay();
    round.settle();
    ending
}
