//! Small engagements and what their pages say.
//!
//! A folder of `tests/site/` is a case: a whole site with `facts.txt`, which
//! names pages by `== path` and holds the facts of each: headings, table
//! rows, labelled values and the author's own prose, without the markup
//! around them; `== tables of path` names the tables alone. `== files` lists what is published but for the theme's
//! assets. `former/2026-Q1/` holds the files that differed when that quarter was
//! frozen, and makes it so. With `QUARTERDECK_BLESS=1` in the environment the facts of the
//! pages named are written anew, to be read before they are committed.

mod frozen;
mod reading;

use std::fs;
use std::path::{Path, PathBuf};

use reading::{Element, build, copy, files, page};
use tempfile::TempDir;

#[test]
fn every_site_says_what_it_should() {
    let bless = std::env::var_os("QUARTERDECK_BLESS").is_some_and(|value| !value.is_empty());
    let mut failures = Vec::new();
    for case in cases() {
        let site = built(&case);
        let path = folder().join(&case).join("facts.txt");
        let expected =
            fs::read_to_string(&path).unwrap_or_else(|_| panic!("{case}: facts.txt is missing"));
        let pages = expected.lines().filter_map(|line| line.strip_prefix("== "));
        let actual: String = pages.map(|page| section(site.path(), page)).collect();
        assert!(!actual.is_empty(), "{case}: facts.txt names no page");
        if bless {
            fs::write(&path, &actual).unwrap();
        } else if actual != expected {
            failures.push(format!(
                "==== {case}\nexpected:\n{expected}\nfound:\n{actual}"
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Text that looks like markup is shown as text, to the byte.
#[test]
fn raw_html_is_shown_and_never_run() {
    let site = built("free-page");
    let html = fs::read_to_string(site.path().join("public/notes/index.html")).unwrap();
    assert!(
        html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
        "inline"
    );
    assert!(
        html.contains("&lt;script&gt;\nalert(2)\n&lt;/script&gt;"),
        "a block"
    );
    assert!(
        html.contains("&lt;img src=x onerror=alert(3)&gt;"),
        "an attribute"
    );
    let scripts = page(site.path(), "notes/index.html").named("script").len();
    assert_eq!(
        scripts,
        page(site.path(), "kpis/index.html").named("script").len()
    );
    assert!(!html.contains("<img src=x"));
}

/// What is published beside a page is the author's file, byte for byte.
#[test]
fn attachments_are_published_as_they_are() {
    let site = built("free-page");
    let published = files(&site.path().join("public/notes"));
    let (name, bytes) = published
        .iter()
        .find(|(name, _)| name.ends_with(".csv"))
        .unwrap();
    assert_eq!(
        bytes,
        &fs::read(folder().join("free-page/content/pages/rota.csv")).unwrap()
    );
    assert!(
        name.starts_with("rota-") && name.len() == "rota-.csv".len() + 8,
        "{name}"
    );
}

/// Nothing of a draft or a hidden file is published, whatever holds it.
#[test]
fn drafts_and_hidden_files_stay_at_home() {
    let site = built("drafts");
    for (path, bytes) in files(&site.path().join("public")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("CANARY"), "{path}");
        assert!(!path.contains("draft"), "{path}");
    }
}

/// A theme's own template and style sheet take effect, and the default's
/// remain for the rest.
#[test]
fn a_theme_differs_where_it_says_so() {
    let site = built("theme");
    let overview = page(site.path(), "index.html");
    let sheet = overview
        .all(&|element| {
            element
                .attributes
                .get("rel")
                .is_some_and(|rel| rel == "stylesheet")
        })
        .first()
        .map(|link| link.attributes["href"].clone())
        .unwrap();
    let css = fs::read_to_string(site.path().join("public").join(sheet)).unwrap();
    assert!(
        css.trim_end()
            .ends_with(".masthead { border-color: teal; }"),
        "the theme's sheet comes last"
    );
    assert!(css.len() > 1000, "the default's is kept");
    assert_eq!(overview.the("harbour").text(), "Prepared by Harbour Street");
    assert_eq!(
        page(site.path(), "kpis/index.html")
            .classed("harbour")
            .len(),
        1
    );
    assert!(
        site.path().join("public/assets/quay.svg").exists(),
        "an asset keeps its name"
    );
}

/// Answers to an older questionnaire are shown, and marked.
#[test]
fn older_answers_are_marked_and_later_ones_are_not() {
    let site = built("fit-check");
    let page = page(site.path(), "fit-check/index.html");
    let marks: Vec<String> = page
        .classed("fit-older")
        .into_iter()
        .map(Element::text)
        .collect();
    assert_eq!(
        marks,
        [
            "Answers to version 1; the questionnaire is version 2 now. One answer is to a question no longer asked."
        ]
    );
}

/// What stands beside a figure is true of it.
#[test]

fn the_words_beside_a_figure_are_true() {
    let before_run = built("before-run");
    let overview = page(before_run.path(), "index.html");
    for card in overview
        .classed("kpi")
        .into_iter()
        .filter(|card| card.the("kpi-figure").text() != "—")
    {
        assert_ne!(card.the("status").text(), "Not reported", "{}", card.text());
    }
    let no_baseline = built("no-baseline");
    for row in page(no_baseline.path(), "kpis/away-from-desk/index.html")
        .the("figures")
        .rows()
    {
        assert!(row[2] == "—" || !row[6].contains("Not reported"), "{row:?}");
    }
    let revenue = page(no_baseline.path(), "kpis/revenue-per-employee/index.html");
    assert!(
        !revenue.named("h1")[0]
            .text()
            .contains("May 2026 was the last month"),
        "March can't know of May"
    );
    let only = built("only-an-engagement");
    let headline = page(only.path(), "index.html").named("h1")[0].text();
    assert_ne!(
        headline,
        "The engagement is in its Run phase; Run has not begun."
    );
}

/// Every case builds in silence, and twice to the same bytes.
#[test]
fn a_site_is_built_to_the_same_bytes() {
    for case in cases() {
        let (one, other) = (built(&case), built(&case));
        let published = files(&one.path().join("public"));
        assert_eq!(published, files(&other.path().join("public")), "{case}");
    }
}

fn section(site: &Path, name: &str) -> String {
    let mut facts = format!("== {name}\n");
    if name == "files" {
        let published = files(&site.join("public"));
        let own = published
            .keys()
            .filter(|path| !path.starts_with("assets/") && *path != ".quarterdeck");
        own.for_each(|path| facts.push_str(&format!("{path}\n")));
    } else if let Some(path) = name.strip_prefix("tables of ") {
        page(site, path)
            .named("table")
            .into_iter()
            .for_each(|table| rows(table, &mut facts));
    } else {
        outline(page(site, name).named("main")[0], &mut facts);
    }
    facts.push('\n');
    facts
}

/// Labels and values that stand by themselves on a page.
const FACTS: [&str; 11] = [
    "kpi-figure",
    "segment-minutes",
    "closing-answer",
    "agenda-clock",
    "skipped-reason",
    "status",
    "restated",
    "reason",
    "output-name",
    "output-missing",
    "meeting-delivered",
];

/// The facts of an element, a line each.
fn outline(element: &Element, facts: &mut String) {
    for child in element.elements() {
        match &*child.name {
            "h1" | "h2" | "h3" | "h4" => {
                let level = child.name[1..].parse().unwrap();
                facts.push_str(&format!("{} {}\n", "#".repeat(level), child.text()));
            }
            "table" => rows(child, facts),
            "dt" => facts.push_str(&format!("{}: ", child.text())),
            "dd" => facts.push_str(&format!("{}\n", child.text())),
            _ if child.has_class("strip") => {
                let parts: Vec<String> = child.named("li").into_iter().map(Element::text).collect();
                facts.push_str(&format!("{}\n", parts.join(" · ")));
            }
            _ if child.has_class("prose") => prose(child, facts),
            _ if child.has_class("caution-notes") => {
                let notes = child.classed("sidenote").into_iter();
                notes.for_each(|note| facts.push_str(&format!("! {}\n", note.text())));
            }
            _ if FACTS.iter().any(|class| child.has_class(class)) => {
                facts.push_str(&format!("{}\n", child.text()));
            }
            _ => outline(child, facts),
        }
    }
}

fn rows(table: &Element, facts: &mut String) {
    for row in table.named("tr") {
        facts.push_str(&format!("| {} |\n", row.cells().join(" | ")));
    }
}

/// The author's own words, with where their links and images lead.
fn prose(element: &Element, facts: &mut String) {
    for child in element.elements() {
        if ["p", "li", "pre", "h2", "h3", "h4", "tr"].contains(&&*child.name) {
            let text = child.text();
            if !text.is_empty() {
                facts.push_str(&format!("  {text}\n"));
            }
            for target in child.all(&|element| ["a", "img"].contains(&&*element.name)) {
                let leads = target
                    .attributes
                    .get("href")
                    .or(target.attributes.get("src"))
                    .unwrap();
                let named = target
                    .attributes
                    .get("alt")
                    .cloned()
                    .unwrap_or_else(|| target.text());
                facts.push_str(&format!("    {named} -> {leads}\n"));
            }
        } else {
            prose(child, facts);
        }
    }
}

/// A case's site, built in a folder of its own.
fn built(case: &str) -> TempDir {
    let site = TempDir::new().unwrap();
    copy(&folder().join(case), site.path());
    if case == "drafts" {
        // Hidden files may not survive an author's tools; this one must be there.
        fs::write(site.path().join("content/.DS_Store"), "CANARY").unwrap();
    }
    freeze_formers(site.path());
    // What a sound site is warned of stands beside its facts. That nothing
    // keeps it private is said of each, and last.
    let warned = fs::read_to_string(folder().join(case).join("warnings.txt")).unwrap_or_default();
    let said = build(site.path());
    let (told, open) = said.split_once("warning[open-to-all]: ").unwrap();
    assert_eq!(told, warned, "{case}");
    assert!(
        open.lines().count() == 5 && open.ends_with("1 warning\n"),
        "{open}"
    );
    site
}

/// Freezes each quarter that `former/` names, oldest first, from the content
/// as it was then: with that quarter's files, and those of the quarters since.
fn freeze_formers(site: &Path) {
    let former = site.join("former");
    let Ok(entries) = fs::read_dir(&former) else {
        return;
    };
    let mut quarters: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    quarters.sort();
    let now = TempDir::new().unwrap();
    copy(&site.join("content"), now.path());
    for (at, quarter) in quarters.iter().enumerate() {
        for since in quarters[at..].iter().rev() {
            copy(&former.join(since), site);
        }
        frozen::freeze(site, quarter);
        copy(now.path(), &site.join("content"));
    }
    fs::remove_dir_all(former).unwrap();
}

fn cases() -> Vec<String> {
    let entries = fs::read_dir(folder()).unwrap().map(Result::unwrap);
    let folders = entries.filter(|entry| entry.file_type().unwrap().is_dir());
    let mut names: Vec<String> = folders
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site")
}
