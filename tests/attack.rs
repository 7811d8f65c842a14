//! Content built to attack, in every text that an author can write: no page
//! has an element, an attribute or a style of its making, and no export a
//! formula.
//!
//! Pages are read by a scanner that knows no leniency, and held against those
//! of the same engagement with harmless words: whatever is there besides, an
//! attack has made. `tests/attack_browser.rs` opens them in Chromium.

#[path = "attack/mod.rs"]
mod attack;
mod built;
#[path = "pages/markup.rs"]
mod markup;
mod planted;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use attack::{FAMILIES, FOLDERS, HARMLESS, Site, is_free, run};
use markup::{Kind, Tag, tags};
use planted::plan::Spot;
use planted::plant::write;
use quarterdeck::diagnostic::{Report, Severity};
use quarterdeck::{engagement, source};
use serde_json::Value;

/// Elements of a text of markdown, and what they may have.
const PROSE: [(&str, &[&str]); 31] = [
    ("a", &["href", "title"]),
    ("blockquote", &[]),
    ("br", &[]),
    ("code", &["class"]),
    ("del", &[]),
    ("div", &["class", "id", "tabindex", "role", "aria-label"]),
    ("em", &[]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("hr", &[]),
    ("img", &["src", "alt", "title"]),
    ("li", &[]),
    ("ol", &["start"]),
    ("p", &[]),
    ("pre", &[]),
    ("strong", &[]),
    ("sup", &["class"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["class"]),
    ("th", &["class"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
    ("section", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("dd", &[]),
];

type Files = BTreeMap<String, Vec<u8>>;

fn files(site: &Site) -> Files {
    site.build();
    built::files(&site.built())
}

/// The site of every family, built once for all the tests.
static SITES: LazyLock<Vec<(&str, Site, Files)>> = LazyLock::new(|| {
    let build = |(name, pattern)| {
        let site = Site::new((name, pattern));
        let files = files(&site);
        (name, site, files)
    };
    FAMILIES.into_iter().map(build).collect()
});

static HARMLESS_PAGES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let files = files(&Site::new(HARMLESS));
    pages(&files)
        .map(|(path, text)| (path.to_owned(), outside_prose(&tags(text)).0))
        .collect()
});

fn pages(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (known(path), std::str::from_utf8(bytes).unwrap()))
}

/// A memo's path holds its secret.
fn known(path: &str) -> &str {
    if path.starts_with("board/") && path.len() > "board/2026-q3/index.html".len() {
        let quarter = &path[..path.len().min("board/2026-q3".len())];
        return quarter;
    }
    path
}

/// The forms of a page's tags outside its prose, and the tags within that.
fn outside_prose(tags: &[Tag]) -> (Vec<String>, Vec<&Tag>) {
    let (mut outside, mut within) = (Vec::new(), Vec::new());
    let mut depth = 0_usize;
    for tag in tags {
        let class = tag.attribute("class").unwrap_or_default();
        let begins = class
            .split_whitespace()
            .any(|word| matches!(word, "prose" | "deck"));
        if depth > 0 {
            match (&*tag.name, tag.kind) {
                ("div", Kind::Open) => depth += 1,
                ("div", Kind::Close) => depth -= 1,
                _ => {}
            }
            if depth > 0 {
                within.push(tag);
                continue;
            }
        }
        if begins && tag.name == "div" && tag.kind == Kind::Open {
            depth = 1;
        }
        let names: Vec<&str> = tag.attributes.iter().map(|(name, _)| &**name).collect();
        // How closely a memo must be set to keep to its sheets.
        let class = if tag.name == "body" { "" } else { class };
        outside.push(format!("{:?} {} {names:?} {class}", tag.kind, tag.name));
    }
    (outside, within)
}

/// Fails with all that a check finds on the site of every family.
fn each_family(check: impl Fn(&Site, &Files) -> Vec<String>) {
    let mut faults = Vec::new();
    for (name, site, files) in &*SITES {
        let found = check(site, files).into_iter();
        faults.extend(found.take(12).map(|fault| format!("{name}: {fault}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_attack_makes_anything_of_a_page() {
    each_family(|site, files| {
        let mut faults = Vec::new();
        let mut met = BTreeSet::new();
        for (path, text) in pages(files) {
            let tags = tags(text);
            let (outside, within) = outside_prose(&tags);
            faults.extend(difference(path, &outside));
            faults.extend(
                within
                    .iter()
                    .filter_map(|tag| unlike_prose(tag))
                    .map(|fault| format!("{path}: {fault}")),
            );
            faults.extend(
                tags.iter()
                    .filter_map(harmful)
                    .map(|fault| format!("{path}: {fault}")),
            );
            met.extend(ids(text));
            if text.contains("window.__hit") && text.contains("<script>window") {
                faults.push(format!("{path}: a script as it was written"));
            }
        }
        // Most fields are shown somewhere: an attack that is on no page proves
        // nothing.
        if met.len() * 2 < site.attacks().len() {
            faults.push(format!(
                "{} of {} are shown",
                met.len(),
                site.attacks().len()
            ));
        }
        faults
    });
}

fn difference(path: &str, found: &[String]) -> Option<String> {
    let Some(harmless) = HARMLESS_PAGES.get(path) else {
        return Some(format!("{path} isn't a page of the harmless site"));
    };
    let at = (0..found.len().max(harmless.len())).find(|at| found.get(*at) != harmless.get(*at))?;
    Some(format!(
        "{path}: tag {at} is {:?} and not {:?}",
        found.get(at),
        harmless.get(at)
    ))
}

fn unlike_prose(tag: &Tag) -> Option<String> {
    let known = PROSE.iter().find(|(name, _)| *name == tag.name);
    let Some((_, attributes)) = known else {
        return Some(format!("<{}> in a text", tag.name));
    };
    let other = tag
        .attributes
        .iter()
        .find(|(name, _)| !attributes.contains(&&**name))?;
    Some(format!("<{} {}={:?}>", tag.name, other.0, other.1))
}

/// What no page has, whatever made it.
fn harmful(tag: &Tag) -> Option<String> {
    let leads = ["href", "src", "action", "formaction", "xlink:href", "data"];
    let mut attributes = tag.attributes.iter();
    let found = attributes.find(|(name, value)| {
        let address = value.trim_start().to_ascii_lowercase();
        name.starts_with("on")
            || name == "style"
            || name == "autofocus"
            || name == "srcdoc"
            || leads.contains(&&**name)
                && (address.starts_with("javascript:") || address.starts_with("data:"))
    });
    if let Some((name, value)) = found {
        return Some(format!("<{} {name}={value:?}>", tag.name));
    }
    let own = tag.attribute("src").is_some_and(|src| !src.contains(':'));
    (tag.name == "script" && tag.kind != Kind::Close && !own).then(|| "a script".to_owned())
}

/// Every attack that a text holds.
fn ids(text: &str) -> impl Iterator<Item = &str> {
    let at = text.match_indices('k').map(|(at, _)| at);
    at.filter_map(|at| text.get(at..at + 7))
        .filter(|id| id.ends_with('k') && id[1..6].bytes().all(|byte| byte.is_ascii_digit()))
}

#[test]
fn no_attack_is_a_formula_and_data_holds_it_as_it_was() {
    each_family(|site, files| {
        let mut faults = Vec::new();
        let mut tables = 0;
        for (path, bytes) in files {
            if path == "kpis.csv"
                || path == "decisions.csv"
                || path.ends_with("/decisions.csv")
                || path.ends_with("/kpis.csv")
            {
                tables += 1;
                faults.extend(
                    formulas(bytes)
                        .into_iter()
                        .map(|cell| format!("{path}: {cell:?}")),
                );
            }
            if path.ends_with("engagement.json") {
                faults.extend(misquoted(site, bytes));
            }
        }
        let facts = site.root().join("content/board/2026-q3/facts.json");
        faults.extend(misquoted(site, &std::fs::read(facts).unwrap()));
        if tables != 2 {
            faults.push(format!("{tables} tables: {:?}", files.keys()));
        }
        faults
    });
}

/// Cells that a spreadsheet would reckon.
fn formulas(table: &[u8]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table);
    let cells = reader.records().flat_map(|row| {
        let row = row.unwrap();
        row.iter().map(ToOwned::to_owned).collect::<Vec<_>>()
    });
    cells
        .filter(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r']))
        .filter(|cell| cell.parse::<f64>().is_err())
        .collect()
}

/// Texts of a JSON file that aren't what an author wrote; and a fault if it
/// holds none of them.
fn misquoted(site: &Site, bytes: &[u8]) -> Vec<String> {
    let value: Value = serde_json::from_slice(bytes).unwrap();
    let mut texts = Vec::new();
    strings(&value, &mut texts);
    let attacks = site.attacks();
    let written: BTreeSet<&str> = attacks.iter().map(|attack| attack.text.trim()).collect();
    let found: Vec<&String> = texts
        .iter()
        .filter(|text| ids(text).next().is_some())
        .collect();
    if found.is_empty() {
        return vec!["no text of an author".to_owned()];
    }
    let others = found
        .into_iter()
        .filter(|text| !written.contains(text.as_str()));
    others.cloned().collect()
}

fn strings(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, texts)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, texts)),
        _ => {}
    }
}

/// The attacks of a site that no error points at.
fn accepted(site: &Site) -> Vec<String> {
    let mut report = Report::default();
    let documents = source::read(&site.root(), &mut report).unwrap();
    engagement::check(documents, None, &mut report);
    let errors = report.sorted().into_iter();
    let told: Vec<String> = errors
        .filter(|fault| fault.severity == Severity::Error)
        .map(|fault| {
            let place = fault.span.as_ref().map_or("", |span| span.text());
            format!("{} {place}", fault.message)
        })
        .collect();
    let told = told.join("\n");
    let refused: BTreeSet<&str> = ids(&told).collect();
    let attacks = site.attacks().into_iter();
    attacks
        .filter(|attack| !refused.contains(&*attack.id))
        .map(|attack| format!("{}: {}", attack.place, attack.text))
        .collect()
}

#[test]
fn what_is_no_free_text_refuses_an_attack() {
    let attack = "\"><img src=x onerror=ID>";
    // A name that is refused hides what it names, and a question what answers
    // it: each has its turn. A folder of the author's own disk may be called
    // what they like, and no page says it.
    let is_name = |spot: &Spot| spot.path.ends_with("{name}");
    let is_folder = |spot: &Spot| FOLDERS.contains(&&*spot.path);
    let is_answer = |spot: &Spot| spot.path == "fit-check.answers{}";
    let turns: [&dyn Fn(&Spot) -> bool; 3] = [
        &|spot| !is_name(spot) && !is_folder(spot) && !is_answer(spot),
        &|spot| is_answer(spot),
        &|spot| is_name(spot),
    ];
    for turn in turns {
        let site = Site::with(attack, &|spot, kind| !is_free(spot, kind) && turn(spot));
        assert_eq!(accepted(&site), [""; 0]);
    }
}

/// Marks that turn the text around them are refused, so that no page has to
/// hold its own words against them: nobody means to write one.
#[test]
fn marks_that_turn_text_are_refused_however_they_are_written() {
    for mark in ["202a", "202b", "202d", "202e", "2066", "2067", "2068"] {
        let stands_for = format!("\\u{mark}");
        let site = Site::with("a@@ID", &is_free);
        for (path, bytes) in built::files(&site.root()) {
            let text = String::from_utf8_lossy(&bytes).replace("@@", &stands_for);
            write(&site.root(), &path, text.as_bytes());
        }
        assert_eq!(accepted(&site), [""; 0], "{mark}");
    }
}

#[test]
fn a_file_whose_name_attacks_is_published_soundly_or_refused() {
    let names = [
        "it's \"quoted\"",
        "<b onclick=x>",
        "{{ 7*7 }}",
        "=1+1",
        "a\u{202e}b",
        "x';--",
    ];
    for name in names {
        for place in [
            "content/pages/@.md",
            "content/pages/_@.md",
            "content/2026-09/@.md",
            "themes/canary-theme/assets/@.png",
            "themes/canary-theme/templates/@.html",
            "content/@/x.yaml",
        ] {
            let site = Site::with("ID", &|_, _| false);
            write(&site.root(), &place.replace('@', name), b"# Words\n");
            let told = run(&["build", "--output"], &[&site.built(), &site.root()]);
            let said = String::from_utf8_lossy(&told.stderr);
            let place = format!("{name} as {place}: {said}");
            assert!(
                !said.contains("panicked") && !said.contains('\u{202e}'),
                "{place}"
            );
            if !told.status.success() {
                assert!(said.contains("error["), "{place}");
                continue;
            }
            for (path, bytes) in built::files(&site.built()) {
                if path.ends_with(".html") {
                    let text = String::from_utf8(bytes).unwrap();
                    let harm: Vec<String> = tags(&text).iter().filter_map(harmful).collect();
                    assert!(harm.is_empty(), "{place} {harm:?}");
                }
            }
        }
    }
}

#[test]
fn a_word_of_a_megabyte_is_built_in_seconds() {
    let begun = std::time::Instant::now();
    let long = "W".repeat(1_000_000);
    let fields = [
        "leadership.headline",
        "telemetry.watch[].what",
        "board.asks[].question",
        "engagement.seats{}.title",
    ];
    let site = Site::with(&format!("{long}ID"), &|spot, _| {
        let month = spot.month.is_none_or(|month| month == "2026-09");
        month && fields.contains(&&*spot.path) && spot.items.iter().all(|item| *item == 0)
    });
    assert_eq!(site.attacks().len(), fields.len());
    site.build();
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}
