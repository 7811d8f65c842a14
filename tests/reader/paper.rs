//! A page on paper, checked in its PDF's own text.

use std::fs;
use std::path::Path;
use std::process::Command;

use roxmltree::{Document, ParsingOptions};
use serde_json::Value;
use tempfile::TempDir;

use crate::tab::{Media, Reader};

const PRINTED: &str = include_str!("printed.js");

/// A sheet: its name, its size in inches, and the width and height in pixels
/// between the margins of a sheet that isn't the first.
struct Paper {
    name: &'static str,
    across: f64,
    down: f64,
    width: u32,
    height: f64,
}

const A4: Paper = Paper {
    name: "A4",
    across: 8.2677,
    down: 11.6929,
    width: 658,
    height: 993.0,
};
const LETTER: Paper = Paper {
    name: "Letter",
    across: 8.5,
    down: 11.0,
    width: 680,
    height: 927.0,
};

/// What the margins hold, in points from the sheet's edges.
const HEAD: f64 = 40.0;
const FOOT: f64 = 38.0;

/// A word where it stands on its sheet, in points.
struct Word {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

struct Sheet {
    words: Vec<Word>,
    height: f64,
}

/// Whether a page is one that people hand out, and goes on either paper: what
/// was met about, decided and measured, and how far it has come.
fn is_handed_out(page: &str) -> bool {
    let many = page.contains("/present/") || page.contains("decisions/2");
    let kinds = ["sessions/", "decisions/", "graduation/", "kpis/"];
    !many && kinds.iter().any(|kind| page.starts_with(kind))
}

/// Prints a page, and notes what is amiss on its sheets.
pub fn hold(reader: &Reader, page: &str) {
    let folder = TempDir::new().unwrap();
    reader.show(Media::Light, 1440);
    reader.open(page);
    let papers = if is_handed_out(page) {
        &[A4, LETTER][..]
    } else {
        &[A4]
    };
    for paper in papers {
        let pdf = reader.print(&folder, paper.across, paper.down);
        let sheets = sheets(&pdf);
        reader.show(Media::Print, paper.width);
        let printed = reader.ask(PRINTED, "");
        let note = |fault: String| reader.note(format!("{}: {fault}", paper.name));
        margins(&sheets, &note);
        whole(&printed, &sheets, paper.height, &note);
        headings(&printed, &sheets, &note);
        folded(&printed, &sheets, &note);
        reader.show(Media::Light, 1440);
    }
}

/// The words of a PDF, as `pdftotext` reads them.
fn sheets(pdf: &Path) -> Vec<Sheet> {
    let listing = pdf.with_extension("xml");
    let done = Command::new("pdftotext")
        .arg("-bbox")
        .args([pdf, &listing])
        .status()
        .unwrap();
    assert!(done.success(), "pdftotext: {done}");
    let text = fs::read_to_string(&listing).unwrap();
    let text: String = text
        .chars()
        .filter(|c| !c.is_control() || c.is_whitespace())
        .collect();
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    let listing = Document::parse_with_options(&text, options).unwrap();
    let pages = listing
        .descendants()
        .filter(|node| node.has_tag_name("page"));
    let named = |node: &roxmltree::Node, name: &str| -> f64 {
        node.attribute(name).unwrap().parse().unwrap()
    };
    pages
        .map(|page| Sheet {
            height: named(&page, "height"),
            words: page
                .children()
                .filter(|node| node.has_tag_name("word"))
                .map(|word| Word {
                    text: word.text().unwrap_or_default().replace('\u{2060}', ""),
                    left: named(&word, "xMin"),
                    right: named(&word, "xMax"),
                    top: named(&word, "yMin"),
                    bottom: named(&word, "yMax"),
                })
                .collect(),
        })
        .collect()
}

/// Every sheet says which it is of how many, and as of when.
fn margins(sheets: &[Sheet], note: &dyn Fn(String)) {
    for (at, sheet) in sheets.iter().enumerate() {
        let foot: Vec<&str> = sheet
            .words
            .iter()
            .filter(|word| word.top > sheet.height - FOOT)
            .flat_map(|word| word.text.split_whitespace())
            .collect();
        let foot = foot.join(" ");
        let number = format!("{} of {}", at + 1, sheets.len());
        if !foot.contains(&number) || !foot.starts_with("As of ") {
            note(format!("sheet {} says at its foot {foot:?}", at + 1));
        }
    }
}

/// Rows, figures and the like stand on one sheet: they are kept together,
/// fit a sheet, and the words of each are found on one.
fn whole(printed: &Value, sheets: &[Sheet], height: f64, note: &dyn Fn(String)) {
    let said: Vec<String> = sheets
        .iter()
        .map(|sheet| sheet.words.iter().map(|word| &*word.text).collect())
        .collect();
    for part in printed["whole"].as_array().unwrap() {
        let (name, words) = (&part["name"], strings(&part["words"]));
        if part["kept"] != true {
            note(format!("{name} may be parted: {}", words.join(" ")));
        }
        if part["height"].as_f64() > Some(height) {
            note(format!("{name} is higher than a sheet"));
        }
        // Runs of letters and digits: a line may end at a sign between them.
        let runs = words
            .iter()
            .flat_map(|word| word.split(|c: char| !c.is_alphanumeric()));
        let runs: Vec<&str> = runs.filter(|run| !run.is_empty()).collect();
        if !said
            .iter()
            .any(|sheet| runs.iter().all(|run| sheet.contains(run)))
        {
            note(format!("{name} is on no sheet whole: {}", words.join(" ")));
        }
    }
}

/// Under every heading stands something on the same sheet.
fn headings(printed: &Value, sheets: &[Sheet], note: &dyn Fn(String)) {
    for heading in printed["headings"].as_array().unwrap() {
        let heading = strings(heading);
        if heading.is_empty() {
            continue;
        }
        let mut found = false;
        for sheet in sheets {
            let body: Vec<&Word> = sheet
                .words
                .iter()
                .filter(|word| word.top > HEAD && word.bottom < sheet.height - FOOT)
                .collect();
            for place in body.windows(heading.len()) {
                if place
                    .iter()
                    .map(|word| &*word.text)
                    .ne(heading.iter().copied())
                {
                    continue;
                }
                found = true;
                let left = place.iter().map(|word| word.left).fold(f64::MAX, f64::min);
                let right = place.iter().map(|word| word.right).fold(0.0, f64::max);
                let bottom = place.iter().map(|word| word.bottom).fold(0.0, f64::max);
                let under = |word: &&Word| {
                    word.bottom > bottom + 2.0
                        && word.left < right + 40.0
                        && word.right > left - 40.0
                };
                if !body.iter().any(under) {
                    note(format!("{:?} ends its sheet", heading.join(" ")));
                }
            }
        }
        if !found {
            note(format!("{:?} isn't printed as one", heading.join(" ")));
        }
    }
}

/// What is folded on the screen is printed.
fn folded(printed: &Value, sheets: &[Sheet], note: &dyn Fn(String)) {
    let said: String = sheets
        .iter()
        .flat_map(|sheet| sheet.words.iter().map(|word| &*word.text))
        .collect();
    for part in printed["folded"].as_array().unwrap() {
        for word in strings(part) {
            if !said.contains(word) {
                note(format!("{word:?} is folded away on paper too"));
            }
        }
    }
}

fn strings(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap().iter();
    list.map(|one| one.as_str().unwrap()).collect()
}
