//! Themes: what they may replace, what is said of those at fault, copying the
//! default's files, and the guide to them.
//!
//! With `QUARTERDECK_BLESS=1` in the environment the second half of
//! `docs/themes.md` is written anew from the views, to be read before it is
//! committed.

#[path = "theme/faults.rs"]
mod faults;
#[path = "theme/views.rs"]
mod views;

mod built;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, OnceLock};

use faults::{OVERVIEW, changed};
use quarterdeck::diagnostic::{Report, SourceFile};
use quarterdeck::engagement::Engagement;
use quarterdeck::insight::Insights;
use quarterdeck::publish::bundle::Bundle;
use quarterdeck::site::theme::embedded::{self, Embedded};
use quarterdeck::source::theme::{OwnFile, OwnTheme};
use tempfile::TempDir;

/// A small site with a theme of its own.
struct Site(TempDir);

impl Site {
    fn new() -> Site {
        let home = tempfile::tempdir().unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site/theme/content");
        for (path, bytes) in built::files(&from) {
            write(&home.path().join("content").join(path), &bytes);
        }
        let site = Site(home);
        site.write("site.toml", b"theme = \"own\"\n");
        site
    }

    fn with(files: &[(&str, &str)]) -> Site {
        let site = Site::new();
        for (path, text) in files {
            site.own(path, text.as_bytes());
        }
        site
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        write(&self.path(path), bytes);
    }

    fn own(&self, path: &str, bytes: &[u8]) {
        self.write(&format!("themes/own/{path}"), bytes);
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_quarterdeck"))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap()
    }

    /// What a build publishes.
    fn built(&self) -> BTreeMap<String, Vec<u8>> {
        let output = self.run(&["build", "--quiet"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{said}");
        built::files(&self.path("public"))
    }

    /// What is said of a theme that can't be used. A build that refuses it
    /// leaves the former site as it was.
    fn refused(&self) -> String {
        static FORMER: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
        let before = FORMER.get_or_init(|| Site::with(&[("assets/quay.png", "x")]).built());
        for (path, bytes) in before {
            write(&self.path("public").join(path), bytes);
        }
        let output = self.run(&["build"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!said.contains("panicked"), "{said}");
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(built::files(&self.path("public")) == *before, "{said}");
        said
    }
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned()
}

#[test]
fn one_template_and_two_colours_build() {
    let colours = ":root { --accent: #7a1f3d; --tint: #f3e3e8 }\n";
    let footer = changed(
        "partials/footer.html",
        "<footer class=\"foot\">",
        "<footer class=\"foot quay\">",
    );
    let site = Site::with(&[
        ("assets/colours.css", colours),
        ("assets/zebra.css", ".quay { color: teal }\n"),
        ("templates/partials/footer.html", &footer),
    ]);
    let files = site.built();
    let page = String::from_utf8(files["kpis/index.html"].clone()).unwrap();
    assert!(page.contains("<footer class=\"foot quay\">"), "{page}");
    let sheet = files
        .iter()
        .find(|(path, _)| path.starts_with("assets/quarterdeck-"))
        .unwrap();
    let css = String::from_utf8(sheet.1.clone()).unwrap();
    assert!(
        css.contains("teal") && css.ends_with(colours),
        "the colours come last"
    );
    assert!(page.contains(sheet.0.as_str()), "every page loads it");
}

#[test]
fn colours_reach_the_memo_and_the_page_that_asks_for_a_passphrase() {
    let theme = theme([("assets/colours.css", ":root { --accent: #7a1f3d }")]);
    let theme = quarterdeck::site::theme::Theme::new(&theme, &mut Report::default()).unwrap();
    assert!(theme.memo_style.ends_with(":root { --accent: #7a1f3d }"));
    assert!(
        theme
            .unlock_style
            .1
            .ends_with(b":root { --accent: #7a1f3d }")
    );
}

#[test]
fn a_template_at_fault_is_named_with_line_and_frame() {
    let cases: Vec<faults::Case> = faults::all().collect();
    let halves = cases.chunks(cases.len().div_ceil(2));
    std::thread::scope(|scope| {
        for half in halves {
            scope.spawn(|| half.iter().for_each(is_named));
        }
    });
}

fn is_named((name, text, expected): &faults::Case) {
    let said = Site::with(&[(&format!("templates/{name}"), text)]).refused();
    let frame = format!("--> themes/own/templates/{name}");
    for words in expected.iter().copied().chain([&*frame]) {
        let shown: String = said.chars().take(1500).collect();
        assert!(
            said.contains(words),
            "{name}: {words}\n{text:.300}\n{shown}"
        );
    }
}

/// What a page includes counts for the page, as often as it does.
#[test]
fn a_loop_through_includes_comes_to_an_end() {
    let include = |name: &str, times: usize| {
        format!("{{% include \"partials/{name}.html\" %}}").repeat(times)
    };
    let around = |text: &str| format!("{{% for x in range(end=1000) %}}{text}{{% endfor %}}");
    for (strip, a, b) in [
        (include("a", 200), include("b", 200), include("c", 200)),
        (
            include("a", 1),
            around(&include("b", 1)),
            include("c", 1000),
        ),
        (
            around(&include("a", 1)),
            around(&include("b", 1)),
            around(&include("c", 1)),
        ),
    ] {
        let c = "{% if true %}x{% endif %}";
        let said = Site::with(&[
            ("templates/partials/strip.html", &*strip),
            ("templates/partials/a.html", &*a),
            ("templates/partials/b.html", &*b),
            ("templates/partials/c.html", c),
        ])
        .refused();
        assert!(said.contains("more than 128 million steps"), "{said}");
        assert!(
            said.contains("--> themes/own/templates/partials/"),
            "{said}"
        );
    }
    // By way of a block's parents.
    let twice = "{{ super() }}".repeat(60);
    let level = |parent: &str| {
        format!("{{% extends \"{parent}\" %}}{{% block content %}}{twice}{{% endblock %}}")
    };
    let base = changed("base.html", "{% block content %}", "{% block content %}x");
    let said = Site::with(&[
        ("templates/base.html", &*base),
        ("templates/partials/a.html", &level("base.html")),
        ("templates/partials/b.html", &level("partials/a.html")),
        ("templates/partials/c.html", &level("partials/b.html")),
        ("templates/partials/d.html", &level("partials/c.html")),
        ("templates/overview.html", &level("partials/d.html")),
    ])
    .refused();
    assert!(said.contains("more than 128 million steps"), "{said}");
}

#[test]
fn every_template_at_fault_is_named_in_one_run() {
    let site = Site::with(&[
        (
            "templates/overview.html",
            "{% extends \"base.html\" %}{% block content %}{{ frame.x | uper }}{% endblock %}",
        ),
        ("templates/kpis.html", "{% if %}"),
        ("templates/sessions.html", "{% include \"nowhere.html\" %}"),
        ("templates/decisons.html", "x"),
        ("assets/colours.css", ":root { --acent: red }"),
        ("assets/present.css", "a { b: url(https://x.test/y.png) "),
        ("notes.txt", "x"),
    ]);
    let said = site.refused();
    for place in [
        "templates/overview.html:1:58",
        "templates/kpis.html:1:",
        "templates/sessions.html:1:13",
        "templates/decisons.html:1:1",
        "assets/colours.css:1:9",
        "assets/present.css:1:3",
        "assets/present.css:1:8",
        "--> themes/own/notes.txt",
    ] {
        assert!(said.contains(place), "{place}: {said}");
    }
    // The same of what only shows when pages are made.
    let page = OVERVIEW.replace('@', "{{ gone }}");
    let site = Site::with(&[
        ("templates/overview.html", &page),
        ("templates/kpis.html", &page),
    ]);
    let said = site.refused();
    assert!(
        said.contains("overview.html:3:4") && said.contains("kpis.html:3:4"),
        "{said}"
    );
    assert_eq!(said.matches("error[").count(), 2, "{said}");
}

#[test]
fn a_circle_and_a_long_way_down_are_found_before_they_are_gone() {
    let include = |name: &str| format!("{{% include \"partials/{name}.html\" %}}");
    let (a, b) = (include("a"), include("b"));
    let site = Site::with(&[
        ("templates/partials/strip.html", &*a),
        ("templates/partials/a.html", &*b),
        ("templates/partials/b.html", &*a),
    ]);
    let said = site.refused();
    assert!(
        said.contains("`partials/a.html` comes back to itself by way of `partials/b.html`"),
        "{said}"
    );

    let mut files = vec![("templates/partials/strip.html".to_owned(), include("n0"))];
    for step in 0..500 {
        files.push((
            format!("templates/partials/n{step}.html"),
            include(&format!("n{}", step + 1)),
        ));
    }
    files.push(("templates/partials/n500.html".to_owned(), "end".to_owned()));
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    let said = Site::with(&files).refused();
    assert!(said.contains("more than 16 deep"), "{}", &said[..500]);
}

#[test]
fn files_of_any_kind_are_used_or_refused() {
    for (path, bytes, expected) in [
        (
            "templates/overview.html",
            &b"caf\xe9 {{ x }}"[..],
            "overview.html:1:4",
        ),
        ("templates/overview.html", b"\xff\xfex\0", "UTF-16"),
        ("templates/overview.html", b"a\0b", "U+0000"),
        (
            "assets/grraduation.css",
            b"a {}",
            "did you mean `graduation.css`?",
        ),
        ("assets/colors.css", b"", "did you mean `colours.css`?"),
        ("colours.css", b"", "did you mean `assets/colours.css`?"),
        (
            "overview.html",
            b"",
            "did you mean `templates/overview.html`?",
        ),
        ("asets/icon.svg", b"", "did you mean `assets/icon.svg`?"),
        (
            "assets/board.css",
            b"a { b: url(quay.png) }",
            "the memo loads nothing",
        ),
    ] {
        let site = Site::new();
        site.own(path, bytes);
        let said = site.refused();
        assert!(said.contains(expected), "{path}: {said}");
    }
    // An empty part, a mark at the beginning, the ends of lines of any kind.
    let plain = Site::with(&[(
        "templates/partials/strip.html",
        "<p class=\"strip\">a\nb</p>\n",
    )]);
    let before = plain.built();
    for bytes in [
        &b"\xef\xbb\xbf<p class=\"strip\">a\nb</p>\n"[..],
        b"<p class=\"strip\">a\r\nb</p>\r\n",
    ] {
        let site = Site::new();
        site.own("templates/partials/strip.html", bytes);
        assert!(site.built() == before);
    }
    Site::with(&[
        ("templates/partials/strip.html", ""),
        ("assets/colours.css", ""),
    ])
    .built();
    Site::with(&[
        ("templates/_overview.html", "{{"),
        ("_draft/x", "y"),
        (".git", "z"),
    ])
    .built();
}

#[cfg(unix)]
#[test]
fn a_link_out_of_a_theme_is_not_followed() {
    let site = Site::with(&[("assets/quay.png", "x")]);
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("secret.html"), "secret").unwrap();
    fs::create_dir_all(site.path("themes/own/templates")).unwrap();
    let link = site.path("themes/own/templates/overview.html");
    std::os::unix::fs::symlink(elsewhere.path().join("secret.html"), &link).unwrap();
    let said = site.refused();
    assert!(
        said.contains("link-outside") && said.contains("templates/overview.html"),
        "{said}"
    );
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), site.path("themes/own/templates/partials"))
        .unwrap();
    site.refused();
}

#[test]
fn a_theme_is_one_folder_below_themes() {
    let site = Site::with(&[("assets/quay.png", "x")]);
    for name in [
        "",
        ".",
        "..",
        "../own",
        "own/",
        "own/../own",
        "own\\\\x",
        "/etc",
        "own.x",
        " own",
        "C:own",
    ] {
        site.write("site.toml", format!("theme = \"{name}\"\n").as_bytes());
        let output = site.run(&["check"]);
        assert_eq!(code(&output), Some(1), "{name}");
        assert!(
            said(&output).contains("can't be a theme's name"),
            "{name}: {}",
            said(&output)
        );
        let name = name.replace("\\\\", "\\");
        let output = site.run(&["theme", "eject", "icon.svg", "--theme", &name]);
        assert_eq!(code(&output), Some(2), "{name}: {}", said(&output));
    }
    site.write("site.toml", b"theme = \"onw\"\n");
    let output = site.run(&["check"]);
    assert!(
        said(&output).contains("there is no theme `onw`")
            && said(&output).contains("did you mean `own`?"),
        "{}",
        said(&output)
    );
}

#[test]
fn ejected_files_are_the_defaults_and_are_never_written_over() {
    let site = Site::new();
    fs::remove_file(site.path("site.toml")).unwrap();
    let before = site.built();
    let names: Vec<String> = embedded::files()
        .into_iter()
        .map(|file| file.path)
        .collect();
    let mut arguments = vec!["theme", "eject"];
    arguments.extend(names.iter().map(String::as_str));
    let output = site.run(&arguments);
    assert_eq!(code(&output), Some(0), "{}", said(&output));
    assert!(
        said(&output).contains("say `theme = \"own\"` in site.toml"),
        "{}",
        said(&output)
    );
    assert!(site.built() == before, "not yet in use");
    site.write("site.toml", b"theme = \"own\"\n");
    assert!(site.built() == before, "in use");
    assert_eq!(built::files(&site.path("themes/own")).len(), names.len());

    site.own("templates/overview.html", b"mine");
    let output = site.run(&["theme", "eject", "overview.html"]);
    assert_eq!(code(&output), Some(2));
    assert!(
        said(&output).contains("is there already"),
        "{}",
        said(&output)
    );
    assert_eq!(
        fs::read(site.path("themes/own/templates/overview.html")).unwrap(),
        b"mine"
    );
    let output = site.run(&["theme", "list"]);
    assert!(
        said(&output).contains("* templates/overview.html "),
        "{}",
        said(&output)
    );
}

#[test]
fn a_file_to_eject_is_found_by_what_a_person_would_type() {
    let site = Site::new();
    for (typed, path) in [
        ("overview.html", "templates/overview.html"),
        ("templates/kpi.html", "templates/kpi.html"),
        ("partials/chart.html", "templates/partials/chart.html"),
        ("sparkline.html", "templates/partials/sparkline.html"),
        ("icon.svg", "assets/icon.svg"),
        ("themes/default/assets/chart.css", "assets/chart.css"),
    ] {
        let output = site.run(&["theme", "eject", typed]);
        assert_eq!(code(&output), Some(0), "{typed}: {}", said(&output));
        assert!(
            site.path(&format!("themes/own/{path}")).is_file(),
            "{typed}"
        );
    }
    for (typed, expected) in [
        ("overveiw.html", "did you mean `overview.html`?"),
        ("templates/kip.html", "did you mean `templates/kpi.html`?"),
        ("../../content/engagement.yaml", "theme list"),
        ("", "has no file"),
    ] {
        let output = site.run(&["theme", "eject", "--theme", "own", typed]);
        assert_eq!(code(&output), Some(2), "{typed}");
        assert!(
            said(&output).contains(expected),
            "{typed}: {}",
            said(&output)
        );
    }
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = elsewhere.path().to_str().unwrap();
    assert_eq!(
        code(&site.run(&["theme", "eject", "icon.svg", "--site", folder])),
        Some(2)
    );
    assert_eq!(
        code(&site.run(&["theme", "list", "--site", folder])),
        Some(0)
    );
}

#[test]
fn each_file_by_itself_changes_no_byte() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site/theme");
    let mut report = Report::default();
    let documents = quarterdeck::source::read(&root, &mut report).unwrap();
    let mut engagement = quarterdeck::engagement::check(documents, None, &mut report).unwrap();
    engagement.theme = OwnTheme::default();
    let before = bundle(&engagement);
    for Embedded { path, bytes } in embedded::files() {
        let text = std::str::from_utf8(bytes).unwrap();
        engagement.theme = theme([(&*path, text)]);
        assert!(bundle(&engagement) == before, "{path}");
    }
}

#[test]
fn every_default_file_says_what_it_is_and_is_sound() {
    let mut all = OwnTheme::default();
    for file in embedded::files() {
        let text = std::str::from_utf8(file.bytes).unwrap();
        assert!(
            file.path == "assets/icon.svg" || !file.line().is_empty(),
            "{} begins with no comment",
            file.path
        );
        all.files.extend(theme([(&*file.path, text)]).files);
    }
    let mut report = Report::default();
    quarterdeck::site::theme::Theme::new(&all, &mut report);
    assert_eq!(report.render(false), "");
}

/// No template of a few random pieces, read and filled in, makes the engine panic or go on without
/// an end.
#[test]
fn random_templates_are_used_or_refused() {
    let pieces = [
        "{% ",
        " %}",
        "{{ ",
        " }}",
        "{# ",
        " #}",
        "{%- ",
        " -%}",
        "if ",
        "for x in ",
        "frame",
        ".title",
        "endif",
        "endfor",
        "block content",
        "endblock",
        "super()",
        "include ",
        "extends ",
        "\"base.html\"",
        "\"x",
        "set a = ",
        " | safe",
        " | first",
        "[0]",
        "[",
        "]",
        "{",
        "}",
        "<status ",
        "/>",
        "component c(a)",
        "endcomponent c",
        "raw",
        "endraw",
        "é",
        "\n",
        "1",
        " ~ ",
        "(",
        ")",
        "range(end=3)",
        "=",
        "?",
        "...",
        "else",
        "elif ",
        "break",
        "continue",
        "filter upper",
        "endfilter",
    ];
    let mut state: u64 = 0x5eed;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..80 {
        let mut text = String::new();
        for _ in 0..=next(14) {
            text.push_str(pieces[next(pieces.len())]);
        }
        let own = theme([("templates/sealed.html", &*text)]);
        let mut report = Report::default();
        let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            quarterdeck::site::theme::Theme::new(&own, &mut report)
        }));
        let made = made.unwrap_or_else(|_| panic!("{text:?}"));
        assert!(made.is_some() || report.has_errors(), "{text:?}");
        report.render(false);
    }
}

#[test]
fn the_guide_names_every_colour_and_every_view() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/themes.md");
    let guide = fs::read_to_string(&path).unwrap();
    let marker = "<!-- What follows is written from the source by tests/theme.rs. -->\n";
    let (by_hand, written) = guide.split_once(marker).unwrap();
    let expected = format!("\n{}", reference().trim_end().to_owned() + "\n");
    if std::env::var_os("QUARTERDECK_BLESS").is_some_and(|value| !value.is_empty()) {
        fs::write(&path, format!("{by_hand}{marker}{expected}")).unwrap();
    } else {
        assert!(
            written == expected,
            "docs/themes.md is not what the views say: QUARTERDECK_BLESS=1 writes it anew"
        );
    }
    for (name, [light, dark]) in colours() {
        let row = format!("| `{name}` | `{light}` | `{dark}` |");
        assert!(by_hand.contains(&row), "{row}");
    }
}

/// The second half of the guide.
fn reference() -> String {
    let files = embedded::files();
    let templates: Vec<(&Embedded, &str)> = files
        .iter()
        .filter_map(|file| Some((file, file.path.strip_prefix("templates/")?)))
        .collect();
    let named = |name: &str, keyword: &str| {
        let tag = format!("{{% {keyword} \"{name}\"");
        let users = templates
            .iter()
            .filter(|(file, _)| String::from_utf8_lossy(file.bytes).contains(&tag));
        let users: Vec<String> = users.map(|(_, name)| format!("`{name}`")).collect();
        users.join(", ")
    };
    let mut text = "### Parts\n\n| template | what it is | used by |\n|---|---|---|\n".to_owned();
    let mut pages = BTreeSet::new();
    for (file, name) in &templates {
        let users = if name.starts_with("partials/") {
            named(name, "include")
        } else {
            named(name, "extends")
        };
        if !users.is_empty() {
            text.push_str(&format!("| `{name}` | {} | {users} |\n", file.line()));
        } else if *name != "components.html" {
            pages.insert((*name).to_owned());
        }
    }
    text.push('\n');
    text + &views::described(&pages)
}

/// The colours of the default's style sheet, in light and in dark.
fn colours() -> BTreeMap<String, [String; 2]> {
    let files = embedded::files();
    let sheet = files
        .iter()
        .find(|file| file.path == "assets/variables.css")
        .unwrap();
    let css = std::str::from_utf8(sheet.bytes).unwrap();
    let mut colours: BTreeMap<String, [String; 2]> = BTreeMap::new();
    for (at, block) in css.split(":root {").skip(1).take(2).enumerate() {
        for line in block.split('}').next().unwrap().lines() {
            let Some((name, value)) = line.trim().split_once(": #") else {
                continue;
            };
            let value = format!("#{}", value.split(';').next().unwrap());
            colours.entry(name.to_owned()).or_default()[at] = value;
        }
    }
    // A sheet of paper has its own of one, which no theme need know.
    colours.retain(|name, _| name != "--sheet-rule");
    assert!(colours.len() > 5, "{colours:?}");
    colours
}

fn theme<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> OwnTheme {
    let mut theme = OwnTheme {
        name: "own".to_owned(),
        ..OwnTheme::default()
    };
    for (path, text) in files {
        let file = SourceFile {
            path: theme.shown(path),
            text: text.to_owned(),
        };
        theme
            .files
            .insert(path.to_owned(), OwnFile::Text(Arc::new(file)));
    }
    theme
}

fn bundle(engagement: &Engagement) -> Bundle {
    let mut report = Report::default();
    let insights = Insights::of(engagement);
    let site = quarterdeck::site::site(engagement, &insights, None, &mut report);
    let bundle = site.and_then(|site| quarterdeck::publish::render(&site, &mut report));
    bundle.unwrap_or_else(|| panic!("{}", report.render(false)))
}
