//! The gallery in `docs/gallery/`: builds the sample engagement, opens a page
//! of every kind in Chromium, and writes its pictures and the page that shows
//! them.
//!
//! ```sh
//! cargo run --example gallery
//! ```
//!
//! The sample is built outside of its repository, so that no page names a
//! commit and a picture differs only where its page does. Fonts are the
//! machine's own.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Parser;
use headless_chrome::protocol::cdp::{Emulation, Page};
use headless_chrome::{Browser, LaunchOptions, Tab};
use quarterdeck::command::{Arguments, Ending, run};
use walkdir::WalkDir;

use Look::{Desk, DeskDark, Phone, PhoneDark};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Chromium's own format that keeps a page of text small.
const QUALITY: u32 = 82;

/// What a site is made from.
const SOURCES: [&str; 3] = ["site.toml", "content", "themes"];

/// How a page is looked at.
#[derive(Clone, Copy)]
enum Look {
    /// On a desk.
    Desk,
    /// On a desk, in the dark scheme.
    DeskDark,
    /// On a phone.
    Phone,
    /// On a phone, in the dark scheme.
    PhoneDark,
}

/// A picture: its name, its page, and what stands under it.
#[derive(Clone, Copy)]
struct Picture {
    name: &'static str,
    /// The page's folder below the site; the first that begins so.
    page: &'static str,
    look: Look,
    /// Run before the picture is taken, to get at what is below the first
    /// screen or behind an answer.
    first: &'static str,
    caption: &'static str,
}

const fn picture(
    name: &'static str,
    page: &'static str,
    look: Look,
    caption: &'static str,
) -> Picture {
    Picture {
        name,
        page,
        look,
        first: "",
        caption,
    }
}

const fn after(first: &'static str, picture: Picture) -> Picture {
    Picture { first, ..picture }
}

/// Answers every question, not all of them well, and asks for the result.
const ANSWER_ALL: &str = "[...document.querySelectorAll('.question')].forEach((set, at) => { \
    const aim = [100, 66, 100, 33, 66][at % 5]; \
    const far = (input) => Math.abs(input.dataset.score - aim); \
    [...set.querySelectorAll('input')].sort((one, other) => far(one) - far(other))[0].click(); }); \
    document.querySelector('[data-do=finish]').click(); scrollTo(0, 0);";

/// Sets the clock to nought, however long the page took.
const RESTART: &str = "document.querySelector('[data-do=restart]').click();";

/// Chooses an answer, so that the page shows why it matters.
const ANSWER_ONE: &str = "document.querySelector('.question input').click();";

/// Sections of the page, each with its heading and its pictures.
const SECTIONS: &[(&str, &[Picture])] = &[
    (
        "For the CEO",
        &[
            picture(
                "overview",
                "",
                Desk,
                "`/` says where the engagement stands: the finding, three figures, the answers so far.",
            ),
            picture(
                "overview-dark",
                "",
                DeskDark,
                "The same in the dark scheme, which follows the reader’s own setting.",
            ),
            after(
                "document.querySelector('.columns').scrollIntoView();",
                picture(
                    "overview-changed",
                    "",
                    Desk,
                    "What changed since the last session, what the next one asks, and what is still open.",
                ),
            ),
            picture(
                "search",
                "search/",
                Desk,
                "Search over sessions, decisions and automations; it works from a folder and sealed.",
            ),
        ],
    ),
    (
        "The monthly session",
        &[
            picture(
                "sessions",
                "sessions/",
                Desk,
                "Every session, newest first.",
            ),
            picture(
                "session-awaiting",
                "sessions/2026-11-leadership/",
                Desk,
                "Before it: the agenda, drawn from what the telemetry says.",
            ),
            after(
                RESTART,
                picture(
                    "present",
                    "sessions/2026-11-leadership/present/",
                    Desk,
                    "In the room: one segment at a time, with its clock.",
                ),
            ),
            picture(
                "session-held",
                "sessions/2026-10-leadership/",
                Desk,
                "After it: the hour as it went, against the plan.",
            ),
            after(
                "document.querySelector('#state').scrollIntoView();",
                picture(
                    "session-segments",
                    "sessions/2026-10-leadership/",
                    Desk,
                    "Narrative on the left, the rule that fired on the right, with its figure and threshold.",
                ),
            ),
            picture(
                "session-decisions",
                "decisions/2026-09/",
                Desk,
                "What one session decided and what came of it, on a page to print.",
            ),
        ],
    ),
    (
        "The figures",
        &[
            picture(
                "kpis",
                "kpis/",
                Desk,
                "The three KPIs, one under another over the same months.",
            ),
            picture(
                "kpi-task-automation",
                "kpis/task-automation/",
                Desk,
                "Task automation: target band, stage band, phases, numbered events.",
            ),
            picture(
                "kpi-revenue-per-employee",
                "kpis/revenue-per-employee/",
                DeskDark,
                "Revenue per employee, which moves last, and says so.",
            ),
            picture(
                "automations",
                "automations/",
                Desk,
                "The register: what entered, was retuned, retired; added against retired.",
            ),
        ],
    ),
    (
        "Decisions and the way out",
        &[
            picture(
                "decisions",
                "decisions/",
                Desk,
                "The backlog with its age, and what became of every decision.",
            ),
            picture(
                "graduation",
                "graduation/",
                Desk,
                "When the firm can do without its consultant: three criteria, each with its evidence.",
            ),
        ],
    ),
    (
        "The Fit Check",
        &[
            after(
                ANSWER_ONE,
                picture(
                    "fit-check-question",
                    "fit-check/",
                    Desk,
                    "One question at a time, by keyboard alone if you like; nothing leaves the page.",
                ),
            ),
            after(
                ANSWER_ALL,
                picture(
                    "fit-check-result",
                    "fit-check/",
                    Desk,
                    "The result: ready, fix first or not yet, and what to fix in which order.",
                ),
            ),
        ],
    ),
    (
        "The programme",
        &[
            picture(
                "programme",
                "programme/",
                Desk,
                "Pre-work and four sessions, and what each delivered.",
            ),
            picture(
                "pre-work",
                "sessions/2025-02-pre-work/",
                Desk,
                "Pre-work: which inputs came, what was sent to read, and who fills each seat.",
            ),
            picture(
                "end-state",
                "sessions/2025-03-end-state/",
                Desk,
                "The end state: what the firm wants to be true, and who signed it.",
            ),
            picture(
                "current-state",
                "sessions/2025-03-current-state/",
                Desk,
                "The current state: hours of work against hours of waiting, stage by stage.",
            ),
            picture(
                "path",
                "sessions/2025-04-path/",
                Desk,
                "The path: options weighed against the firm’s own criteria.",
            ),
            picture(
                "decision-brief",
                "sessions/2025-04-decision-brief/",
                Desk,
                "The decision brief: what is built when, who owns it, and who signed.",
            ),
        ],
    ),
    (
        "For the board",
        &[
            picture(
                "board",
                "board/",
                Desk,
                "Frozen quarters, each proved by its hashes; a figure restated since says so.",
            ),
            picture(
                "board-memo",
                "board/2026-q3-",
                Desk,
                "One quarter’s memo: a single file that loads nothing and never changes.",
            ),
        ],
    ),
    (
        "On a phone",
        &[
            picture("phone-overview", "", Phone, "The first screen."),
            picture(
                "phone-session",
                "sessions/2026-11-leadership/",
                PhoneDark,
                "The agenda, in the dark scheme.",
            ),
            picture(
                "phone-kpi",
                "kpis/away-from-desk/",
                Phone,
                "A chart drawn anew for the width, with fewer ticks and the same text.",
            ),
            after(
                "document.querySelector('#window').scrollIntoView();",
                picture(
                    "phone-graduation",
                    "graduation/",
                    Phone,
                    "The timeline as a list, newest month first.",
                ),
            ),
        ],
    ),
];

impl Look {
    fn size(self) -> (u32, u32) {
        match self {
            Desk | DeskDark => (1440, 900),
            Phone | PhoneDark => (390, 844),
        }
    }

    fn scheme(self) -> &'static str {
        match self {
            Desk | Phone => "light",
            DeskDark | PhoneDark => "dark",
        }
    }
}

fn main() -> Outcome<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let home = tempfile::tempdir()?;
    let site = built(root, home.path())?;
    let gallery = root.join("docs/gallery");
    fs::create_dir_all(&gallery)?;
    // A picture that is no longer taken would stay for ever.
    for entry in fs::read_dir(&gallery)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "webp") {
            fs::remove_file(path)?;
        }
    }
    let options = LaunchOptions::default_builder()
        .sandbox(false)
        .idle_browser_timeout(Duration::from_secs(300))
        .build()?;
    let browser = Browser::new(options)?;
    let tab = browser.new_tab()?;
    tab.set_default_timeout(Duration::from_secs(60));
    tab.call_method(Emulation::SetScrollbarsHidden { hidden: true })?;
    let mut text = OPENING.to_owned();
    let mut weight = 0;
    for (title, pictures) in SECTIONS {
        text.push_str(&format!("\n## {title}\n"));
        for picture in *pictures {
            let Some(page) = page(&site, picture.page) else {
                eprintln!("skipped {}: the site has no {}", picture.name, picture.page);
                continue;
            };
            let taken = taken(&tab, &page, picture)?;
            weight += taken.len();
            let file = format!("{}.webp", picture.name);
            println!("{file}: {} KB", taken.len() / 1000);
            fs::write(gallery.join(&file), taken)?;
            text.push_str(&shown(picture, &file));
        }
    }
    fs::write(gallery.join("README.md"), text)?;
    println!("{} KB in docs/gallery/", weight / 1000);
    Ok(())
}

const OPENING: &str = "# Gallery

The sample engagement, Kestrel Lane Freight, page by page, as Chromium shows it. The firm and
its figures are invented. `cargo run --example gallery` takes these pictures anew.
";

fn shown(picture: &Picture, file: &str) -> String {
    let width = match picture.look {
        Desk | DeskDark => 860,
        Phone | PhoneDark => 300,
    };
    let said = picture.caption.replace('`', "");
    format!(
        "\n{}\n\n<img src=\"{file}\" width=\"{width}\" alt=\"{said}\">\n",
        picture.caption
    )
}

/// The sample's site, built outside of its repository.
fn built(root: &Path, home: &Path) -> Outcome<PathBuf> {
    for source in SOURCES {
        for entry in WalkDir::new(root.join(source)) {
            let entry = entry?;
            let to = home.join("sample").join(entry.path().strip_prefix(root)?);
            if entry.file_type().is_dir() {
                fs::create_dir_all(to)?;
            } else {
                fs::create_dir_all(to.parent().unwrap_or(home))?;
                fs::copy(entry.path(), to)?;
            }
        }
    }
    let (sample, site) = (home.join("sample"), home.join("site"));
    let (sample, output) = (sample.display().to_string(), site.display().to_string());
    let words = [
        "quarterdeck",
        "build",
        &sample,
        "--output",
        &output,
        "--quiet",
    ];
    match run(&Arguments::try_parse_from(words)?) {
        Ending::Fine => Ok(site),
        ending => Err(format!("the sample doesn't build: {ending:?}").into()),
    }
}

/// The page whose folder begins with a path: a memo's ends in its token.
fn page(site: &Path, begins: &str) -> Option<PathBuf> {
    let whole = site.join(begins).join("index.html");
    if whole.is_file() {
        return Some(whole);
    }
    let (folder, start) = begins.rsplit_once('/')?;
    let mut found: Vec<PathBuf> = fs::read_dir(site.join(folder))
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str());
            !start.is_empty() && name.is_some_and(|name| name.starts_with(start))
        })
        .collect();
    found.sort();
    Some(found.first()?.join("index.html"))
}

fn taken(tab: &Tab, page: &Path, picture: &Picture) -> Outcome<Vec<u8>> {
    let (width, height) = picture.look.size();
    tab.call_method(Emulation::SetDeviceMetricsOverride {
        width,
        height,
        device_scale_factor: 1.0,
        mobile: false,
        scale: None,
        screen_width: None,
        screen_height: None,
        position_x: None,
        position_y: None,
        dont_set_visible_size: None,
        screen_orientation: None,
        viewport: None,
        display_feature: None,
        device_posture: None,
    })?;
    tab.call_method(Emulation::SetEmulatedMedia {
        media: None,
        features: Some(vec![
            feature("prefers-color-scheme", picture.look.scheme()),
            // Nothing moves while its picture is taken.
            feature("prefers-reduced-motion", "reduce"),
        ]),
    })?;
    // A page opened anew keeps no answers and no place of the one before.
    tab.navigate_to("about:blank")?;
    tab.wait_until_navigated()?;
    tab.navigate_to(&format!("file://{}", page.display()))?;
    tab.wait_until_navigated()?;
    if !picture.first.is_empty() {
        tab.evaluate(picture.first, true)?;
    }
    // Two frames after the last change it is drawn.
    tab.evaluate(
        "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))",
        true,
    )?;
    let format = Page::CaptureScreenshotFormatOption::Webp;
    Ok(tab.capture_screenshot(format, Some(QUALITY), None, true)?)
}

fn feature(name: &str, value: &str) -> Emulation::MediaFeature {
    Emulation::MediaFeature {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}
