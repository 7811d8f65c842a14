//! The built sample as its readers meet it, every page of it: at the widths
//! of a phone, a tablet and a desk, light and dark, with the text at twice its
//! size, by keyboard, without motion, and on paper.
//!
//! What is measured where: boxes don't depend on the scheme, so layout is
//! measured in one, at every width; axe runs every rule in both, light at the
//! desk and dark on the phone, and its rule on colours the other way round too
//! where a page isn't one of many alike. New pages are met as they come.
//!
//! axe is a script that `.ci/run` puts below `target/ci`; `QUARTERDECK_AXE`
//! names another.

mod built;
mod chromium;
#[path = "reader/paper.rs"]
mod paper;
#[path = "reader/tab.rs"]
mod tab;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use chromium::skipped::skipped;
use headless_chrome::Browser;
use serde_json::json;
use tab::{Media, Reader, over_pages};

const GEOMETRY: &str = include_str!("reader/geometry.js");
const DOUBLE: &str = include_str!("reader/double.js");
const AXE: &str = include_str!("reader/axe.js");
const KEYBOARD: &str = include_str!("reader/keyboard.js");
const MOTION: &str = include_str!("reader/motion.js");
const SHIFT: &str = include_str!("reader/shift.js");

/// A frozen memo's address: its bytes can't be mended any more. What its
/// template makes today is held by `tests/board_memo_browser.rs`.
fn is_frozen(page: &str) -> bool {
    page.starts_with("board/") && page != "board/index.html"
}

/// A page of a month of which others are made alike: of each kind of month,
/// held, skipped, awaiting its session and the programme's, some are not.
fn is_one_of_many(page: &str) -> bool {
    let one_of_a_kind = [
        "2025-02", "2025-03", "2025-04", "2025-11", "2026-10", "2026-11",
    ];
    page.split('/').any(|part| part.starts_with("202"))
        && !one_of_a_kind.iter().any(|month| page.contains(month))
}

/// axe's rule on colours alone.
const CONTRAST: &str = r#"["color-contrast"]"#;

/// The smallest text, in CSS pixels: on a screen, and on paper.
const SMALLEST: &str = "10.5";
const SMALLEST_PRINTED: &str = "9";

#[test]
fn nothing_is_cut_off_or_lies_over_another_at_any_width() {
    let Some(browser) = chromium::start("nothing_is_cut_off_or_lies_over_another_at_any_width")
    else {
        return;
    };
    over_pages(&browser, |reader, page| {
        reader.show(Media::Light, 390);
        reader.open(page);
        hold_still(reader, page, "390 px");
        reader.hold("390 px", GEOMETRY, SMALLEST);
        // At 200 % a desk of 1440 px has the room of 720, and a tablet of 768
        // that of 384, between the other two: all text is at twice its size
        // there, a drawing's too.
        for width in [320, 720, 768] {
            reader.show(Media::Light, width);
            reader.hold(&format!("{width} px"), GEOMETRY, SMALLEST);
        }
        reader.show(Media::Light, 1440);
        reader.open(page);
        hold_still(reader, page, "1440 px");
        reader.hold("1440 px", GEOMETRY, SMALLEST);
        if is_frozen(page) {
            return;
        }
        // Between the margins of A4, which is narrower than Letter.
        reader.show(Media::Print, 658);
        reader.hold("on paper", GEOMETRY, SMALLEST_PRINTED);
        // Where only the text grows, as on a phone that is set so.
        reader.show(Media::Light, 390);
        reader.ask(DOUBLE, "");
        reader.hold("390 px, text at twice its size", GEOMETRY, SMALLEST);
    });
}

/// Nothing moves once it is drawn.
fn hold_still(reader: &Reader, page: &str, state: &str) {
    if !is_frozen(page) {
        reader.hold(state, SHIFT, "");
    }
}

#[test]
fn axe_finds_nothing_on_any_page_in_either_scheme() {
    let test = "axe_finds_nothing_on_any_page_in_either_scheme";
    let Some((browser, axe)) = with_axe(test) else {
        return;
    };
    over_pages(&browser, |reader, page| {
        reader.show(Media::Light, 1440);
        reader.open(page);
        reader.run(&axe);
        reader.hold("light, 1440 px", AXE, "");
        reader.show(Media::Dark, 390);
        reader.hold("dark, 390 px", AXE, "");
        // What stands at one width alone has its colours in both schemes too.
        if !is_one_of_many(page) {
            reader.show(Media::Dark, 1440);
            reader.hold("dark, 1440 px", AXE, CONTRAST);
            reader.show(Media::Light, 390);
            reader.hold("light, 390 px", AXE, CONTRAST);
        }
    });
}

#[test]
fn a_keyboard_comes_to_everything_in_order_and_shows_where_it_is() {
    let test = "a_keyboard_comes_to_everything_in_order_and_shows_where_it_is";
    let Some(browser) = chromium::start(test) else {
        return;
    };
    over_pages(&browser, |reader, page| {
        // Nothing is under way when it is looked at, and nothing moves for a
        // reader who asked for that.
        reader.show(Media::LightStill, 1440);
        reader.open(page);
        reader.hold("reduced motion", MOTION, "");
        reader.hold("keyboard, 1440 px", KEYBOARD, "");
        reader.show(Media::DarkStill, 390);
        reader.hold("keyboard, dark, 390 px", KEYBOARD, "");
    });
}

/// Some pages by the key itself: it meets what the script above goes through,
/// and goes down the page.
#[test]
fn the_tab_key_goes_down_a_page_from_one_control_to_the_next() {
    let test = "the_tab_key_goes_down_a_page_from_one_control_to_the_next";
    let Some(browser) = chromium::start(test) else {
        return;
    };
    let reader = Reader::new(&browser);
    for (page, width, presses) in [
        ("index.html", 1440, 24),
        // Its months stand the other way round on a phone.
        ("graduation/index.html", 390, 20),
        ("fit-check/index.html", 768, 16),
    ] {
        reader.show(Media::LightStill, width);
        reader.open(page);
        reader.run(MEET);
        for _ in 0..presses {
            reader.press_tab();
        }
        let met = reader.ask("() => met", "");
        let met = met.as_array().unwrap();
        assert!(met.len() >= presses, "{page}: {met:#?}");
        assert_eq!(met[0]["skip"], true, "{page}: {met:#?}");
        for (before, after) in met.iter().skip(1).zip(&met[2..]) {
            assert_eq!(after["shown"], true, "{page}: {after:#}");
            let up = after["bottom"].as_f64() <= before["top"].as_f64();
            let right = after["left"].as_f64() >= before["right"].as_f64();
            assert!(!up || right, "{page}: {before:#} and then {after:#}");
        }
    }
}

/// Notes every control that takes the focus, and where it stands.
const MEET: &str = "globalThis.met = []; addEventListener('focusin', ({ target }) => { \
    const box = target.getBoundingClientRect(); \
    met.push({ what: target.outerHTML.slice(0, 80), skip: target.matches('.skip'), shown: target.matches(':focus-visible'), \
      top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right }); })";

#[test]
fn every_page_prints_whole_and_says_which_sheet_it_is() {
    let test = "every_page_prints_whole_and_says_which_sheet_it_is";
    if !chromium::skipped::has(test, "pdftotext", "-v") {
        return;
    }
    let Some(browser) = chromium::start(test) else {
        return;
    };
    over_pages(&browser, |reader, page| {
        if !is_frozen(page) {
            paper::hold(reader, page);
        }
    });
}

/// Whether the checks above find anything at all.
#[test]
fn a_page_with_faults_is_found() {
    let test = "a_page_with_faults_is_found";
    let Some((browser, axe)) = with_axe(test) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("faulty.html");
    fs::write(&file, FAULTY).unwrap();
    let reader = Reader::new(&browser);
    reader.show(Media::Light, 390);
    reader.open_file(&file);
    reader.run(&axe);
    let mut said = String::new();
    for (script, input) in [
        (GEOMETRY, SMALLEST),
        (AXE, ""),
        (KEYBOARD, ""),
        (MOTION, ""),
    ] {
        said += &reader.ask(script, input)["faults"].to_string();
    }
    for fault in [
        "the page is",
        "px high",
        "isn't tabular",
        "leaves the page",
        "is cut off by",
        "leaves its drawing",
        "lie over one another",
        "scrolls sideways",
        "image-alt",
        "color-contrast",
        "jumps the order",
        "no way past the masthead",
        "doesn't show that it has the focus",
        "which stands below it",
        "takes its time",
    ] {
        assert!(said.contains(fault), "{fault} isn't among {said}");
    }
    assert_eq!(reader.ask("() => [1]", ""), json!([1]));
}

/// A page with one of each fault.
const FAULTY: &str = "<!DOCTYPE html><html lang=en><title>Faults</title>
<style>body { margin: 0; font: 16px/20px sans-serif; transition: color 1s }
.cut { width: 40px; overflow: hidden; white-space: nowrap } .scroll { width: 60px; overflow: auto; white-space: nowrap }
.faint { color: #ccc; background: #fff } :focus-visible { outline: 3px solid #000 } a.quiet { outline: none !important } .up { position: absolute; top: 0; left: 0 }</style>
<a href=a class=quiet>First</a><main><p style='width: 900px'>Wide</p><p style='margin-left: 600px'>Out</p><p style='font-size: 8px'>Small</p>
<p class=cut>Something long</p><p class=scroll>Something long</p><p class=faint>Faint</p><img src=a>
<table><tr><td style='font-variant-numeric: normal'>12.5</table>
<svg width=100 height=40><text x=0 y=20>One</text><text x=4 y=22>Other</text><text x=90 y=20>Outside</text></svg>
<p><a href=b tabindex=1>Jumps</a></p><p style='margin-top: 300px'><a href=c>Below</a></p><a href=d class=up>Above</a></main></html>";

/// A browser and axe's script, if both are there.
fn with_axe(test: &str) -> Option<(Browser, String)> {
    let usual = "target/ci/node_modules/axe-core/axe.min.js";
    let script = env::var_os("QUARTERDECK_AXE").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join(usual),
        PathBuf::from,
    );
    let Ok(axe) = fs::read_to_string(&script) else {
        let missing = format!("axe isn't at {}; .ci/run installs it", script.display());
        skipped(test, &missing);
        return None;
    };
    Some((chromium::start(test)?, axe))
}
