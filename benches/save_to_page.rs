//! How long it takes from a save to the page that shows it.
//!
//! `serve` shows a copy of the sample engagement to Chromium. A session's
//! narrative is saved again and again, in turn as an editor does that writes
//! the file and as one that puts another in its place; the page says when a
//! frame with the new words was drawn. `cargo bench --bench save_to_page` runs
//! it, and `-- PROGRAM` measures another build of the program.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use headless_chrome::protocol::cdp::Page;
use headless_chrome::{Browser, LaunchOptions, Tab};

const SAVES: usize = 20;

/// Saved and shown, before anything is measured.
const WARM_UP: usize = 3;

const NARRATIVE: &str = "content/2026-10/leadership.md";
const PAGE: &str = "sessions/2026-10-leadership/";

/// Runs in every page: tells which save it shows and when that was drawn.
const WATCH: &str = "
    const look = () => {
      const found = document.body?.textContent.match(/Save number (\\d+)\\./);
      if (found && found[1] !== window.shown?.[0]) {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          window.shown = [found[1], performance.timeOrigin + performance.now()];
        };
        port2.postMessage(0);
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);";

/// The program while it serves; ended when dropped.
struct Serving {
    child: Child,
    url: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn main() {
    let named = std::env::args()
        .skip(1)
        .find(|name| !name.starts_with("--"));
    let program = named.map_or_else(|| env!("CARGO_BIN_EXE_quarterdeck").into(), PathBuf::from);
    let home = tempfile::tempdir().unwrap();
    sample(home.path());
    let serving = serve(&program, home.path());
    let options = LaunchOptions::default_builder().sandbox(false).build();
    let browser = match Browser::new(options.unwrap()) {
        Ok(browser) => browser,
        Err(error) => return println!("no Chromium to measure with: {error}"),
    };
    let tab = browser.new_tab().unwrap();
    let script = Page::AddScriptToEvaluateOnNewDocument {
        source: WATCH.to_owned(),
        world_name: None,
        include_command_line_api: None,
        run_immediately: None,
    };
    tab.call_method(script).unwrap();
    tab.navigate_to(&format!("{}{PAGE}", serving.url)).unwrap();
    tab.wait_until_navigated().unwrap();

    let narrative = home.path().join(NARRATIVE);
    let text = fs::read_to_string(&narrative).unwrap();
    let mut took = Vec::new();
    for number in 0..WARM_UP + SAVES {
        // Saves come at no fixed step of the browser's frames.
        sleep(Duration::from_millis(400 + number as u64 * 7));
        let saved = since_epoch();
        let text = format!("{text}\n\nSave number {number}.\n");
        if number % 2 == 0 {
            fs::write(&narrative, text).unwrap();
        } else {
            let beside = narrative.with_file_name(".leadership.md.new");
            fs::write(&beside, text).unwrap();
            fs::rename(&beside, &narrative).unwrap();
        }
        took.push(shown(&tab, number) - saved);
    }
    let mut took = took.split_off(WARM_UP);
    took.sort_by(f64::total_cmp);
    println!(
        "from a save to the page that shows it, {SAVES} saves: median {:.0} ms, least {:.0}, most {:.0}",
        f64::midpoint(took[SAVES / 2 - 1], took[SAVES / 2]),
        took[0],
        took[SAVES - 1]
    );
}

/// A copy of the sample engagement in a repository with one commit, as an
/// author has it.
fn sample(home: &Path) {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(&own.join("content"), &home.join("content"));
    fs::copy(own.join("site.toml"), home.join("site.toml")).unwrap();
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "."],
        &[
            "-c",
            "user.name=x",
            "-c",
            "user.email=x",
            "commit",
            "-qm",
            "x",
        ],
    ] {
        let mut git = Command::new("git");
        let status = git.arg("-C").arg(home).args(arguments).status();
        assert!(status.unwrap().success(), "git {arguments:?}");
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn serve(program: &Path, home: &Path) -> Serving {
    let mut command = Command::new(program);
    command.arg("serve").arg(home).args(["--port", "0"]);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let mut lines = output.lines();
    let greeting = lines.next().unwrap().unwrap();
    // What it says later must have somewhere to go.
    std::thread::spawn(move || lines.for_each(drop));
    let url = greeting
        .split_whitespace()
        .find(|word| word.starts_with("http"));
    let url = url.unwrap().to_owned();
    Serving { child, url }
}

/// When the browser had drawn a save, in milliseconds of the clock.
fn shown(tab: &Tab, number: usize) -> f64 {
    let began = Instant::now();
    loop {
        // A page that goes away in the middle of the question has no answer.
        let told = tab.evaluate("JSON.stringify(window.shown ?? null)", false);
        let told = told.ok().and_then(|told| told.value);
        let told = told.and_then(|value| {
            serde_json::from_str::<Option<(String, f64)>>(value.as_str()?).ok()?
        });
        match told {
            Some((shown, at)) if shown == number.to_string() => return at,
            _ => assert!(began.elapsed() < Duration::from_secs(30), "save {number}"),
        }
        sleep(Duration::from_millis(40));
    }
}

fn since_epoch() -> f64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.unwrap().as_secs_f64() * 1000.0
}
