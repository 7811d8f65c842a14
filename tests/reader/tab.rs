//! A tab in which pages of the sample are opened and asked.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::Duration;

use headless_chrome::protocol::cdp::{Emulation, Input};
use headless_chrome::types::PrintToPdfOptions;
use headless_chrome::{Browser, Tab};
use serde_json::Value;
use tempfile::TempDir;

use crate::built;

/// As many tabs as are worked in at once: each waits for the browser longer
/// than the browser works for it.
const TABS: usize = 4;

/// The sample, built once for all the tests.
pub fn site() -> &'static Path {
    static SITE: OnceLock<PathBuf> = OnceLock::new();
    SITE.get_or_init(|| {
        // Below cargo's own folder for tests, and taken away by the next run:
        // nothing is dropped at a program's end.
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reader_browser");
        let _ = std::fs::remove_dir_all(&folder);
        built::command(Path::new(env!("CARGO_MANIFEST_DIR")), &folder)
            .assert()
            .success();
        folder
    })
}

/// How a page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    Light,
    Dark,
    /// For a reader who asked for less motion.
    LightStill,
    DarkStill,
    Print,
}

/// A tab and what was found in it.
pub struct Reader {
    pub tab: Arc<Tab>,
    faults: Mutex<Vec<String>>,
}

/// Reads every page of the sample, several at once, and fails with every
/// fault of all of them.
#[track_caller]
pub fn over_pages(browser: &Browser, read: impl Fn(&Reader, &str) + Sync) {
    let pages: Vec<String> = built::files(site())
        .into_keys()
        .filter(|path| path.ends_with(".html"))
        .collect();
    assert!(pages.len() >= 60, "the sample has more pages than these");
    let next = AtomicUsize::new(0);
    let mut faults: Vec<String> = thread::scope(|scope| {
        let at_work: Vec<_> = (0..TABS)
            .map(|_| {
                scope.spawn(|| {
                    let reader = Reader::new(browser);
                    let mut faults = Vec::new();
                    while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                        read(&reader, page);
                        let found = std::mem::take(&mut *reader.faults.lock().unwrap());
                        faults.extend(found.into_iter().map(|fault| format!("{page}: {fault}")));
                    }
                    faults
                })
            })
            .collect();
        at_work
            .into_iter()
            .flat_map(|one| one.join().unwrap())
            .collect()
    });
    faults.sort();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

impl Reader {
    pub fn new(browser: &Browser) -> Self {
        let tab = browser.new_tab().unwrap();
        tab.set_default_timeout(Duration::from_secs(60));
        // Of several tabs only one has the focus; each is to believe so.
        tab.call_method(Emulation::SetFocusEmulationEnabled { enabled: true })
            .unwrap();
        Reader {
            tab,
            faults: Mutex::default(),
        }
    }

    /// Opens a page of the sample.
    pub fn open(&self, page: &str) {
        self.open_file(&site().join(page));
    }

    pub fn open_file(&self, file: &Path) {
        self.run("globalThis.former = true");
        self.tab
            .navigate_to(&format!("file://{}", file.display()))
            .unwrap();
        for _ in 0..600 {
            let there = "globalThis.former !== true && document.readyState === 'complete'";
            let found = self.tab.evaluate(there, false).ok();
            if found.and_then(|found| found.value) == Some(Value::Bool(true)) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("{} isn't there after a while", file.display());
    }

    /// Sets the scheme, the medium and the width.
    pub fn show(&self, media: Media, width: u32) {
        let feature = |name: &str, value: &str| Emulation::MediaFeature {
            name: name.to_owned(),
            value: value.to_owned(),
        };
        let dark = matches!(media, Media::Dark | Media::DarkStill);
        let still = matches!(media, Media::LightStill | Media::DarkStill);
        let motion = if still { "reduce" } else { "no-preference" };
        self.tab
            .call_method(Emulation::SetEmulatedMedia {
                media: Some(if media == Media::Print { "print" } else { "" }.to_owned()),
                features: Some(vec![
                    feature("prefers-color-scheme", if dark { "dark" } else { "light" }),
                    feature("prefers-reduced-motion", motion),
                ]),
            })
            .unwrap();
        crate::chromium::widen(&self.tab, width);
    }

    /// Runs a script for what it does.
    pub fn run(&self, script: &str) {
        self.tab.evaluate(&format!("{script};0"), false).unwrap();
    }

    /// What a function of the page's language returns for an argument.
    pub fn ask(&self, function: &str, argument: &str) -> Value {
        let asked = format!(
            "(async () => JSON.stringify(await ({})({argument}) ?? null))()",
            function.trim()
        );
        let found = self.tab.evaluate(&asked, true).unwrap();
        let found = found
            .value
            .unwrap_or_else(|| panic!("nothing came of {function}"));
        serde_json::from_str(found.as_str().unwrap()).unwrap()
    }

    /// Notes the faults that a function finds.
    pub fn hold(&self, state: &str, function: &str, argument: &str) {
        let found = self.ask(function, argument);
        for fault in found["faults"].as_array().unwrap() {
            self.note(format!("{state}: {}", fault.as_str().unwrap()));
        }
    }

    /// Notes a fault.
    pub fn note(&self, fault: String) {
        self.faults.lock().unwrap().push(fault);
    }

    /// Presses the Tab key.
    pub fn press_tab(&self) {
        self.tab
            .call_method(Input::DispatchKeyEvent {
                Type: Input::DispatchKeyEventTypeOption::RawKeyDown,
                modifiers: None,
                timestamp: None,
                text: None,
                unmodified_text: None,
                key_identifier: None,
                code: Some("Tab".to_owned()),
                key: Some("Tab".to_owned()),
                windows_virtual_key_code: Some(9),
                native_virtual_key_code: Some(9),
                auto_repeat: None,
                is_keypad: None,
                is_system_key: None,
                location: None,
                commands: None,
            })
            .unwrap();
    }

    /// The page's sheets of paper, as a PDF in a folder.
    pub fn print(&self, folder: &TempDir, across: f64, down: f64) -> PathBuf {
        let options = PrintToPdfOptions {
            paper_width: Some(across),
            paper_height: Some(down),
            print_background: Some(true),
            prefer_css_page_size: Some(false),
            ..PrintToPdfOptions::default()
        };
        let file = folder.path().join("page.pdf");
        std::fs::write(&file, self.tab.print_to_pdf(Some(options)).unwrap()).unwrap();
        file
    }
}
