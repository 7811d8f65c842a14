//! The theme: templates and assets, the default's or an engagement's own.
//!
//! The default theme is part of the program. A theme below `themes/` replaces
//! it file by file: a template or an asset of the same name stands in for the
//! default's, and a style sheet of another name is added to it. Its colours
//! alone can be set in `assets/colours.css`, which is added to every style
//! sheet there is. `docs/themes.md` is its author's guide.

pub mod embedded;
mod fault;
mod loading;
mod sheet;
mod sources;
mod tag;
mod template;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

use tera::Tera;

use super::page::Page;
use super::page::view::Markup;
use super::page::view::sealed::SealedPage;
use super::prose::short_hash;
use super::route::Route;
use crate::diagnostic::{Diagnostic, Report, SourceFile, Span, nearest};
use crate::source::files::nameless;
use crate::source::theme::{OwnFile, OwnTheme};
use sources::Sources;

/// The parts of the default's style sheet, in the order in which they are
/// joined: one file is published, as each that a page asks for is a wait. The
/// variables come first; what gives way on narrow screens and on paper follows
/// what it is taken from.
const STYLES: [&str; 14] = [
    "variables.css",
    "base.css",
    "pages.css",
    "graduation.css",
    "fit-check.css",
    "present.css",
    "prose.css",
    "search.css",
    "narrow.css",
    "print.css",
    "chart.css",
    "programme.css",
    "programme-narrow.css",
    "programme-print.css",
];

/// The memo's style sheet: not one of the site's, as a memo loads nothing.
const MEMO_STYLE: &str = "board.css";

/// A theme's colours: added behind every style sheet, that of the memo and of
/// a sealed site's pages too.
const COLOURS: &str = "colours.css";

/// The template of the page that asks for a passphrase.
const SHELL: &str = "sealed.html";

/// The template of the board's memo.
const MEMO: &str = "board-memo.html";

/// Templates that are compiled, and assets under their hashed names.
#[derive(Debug)]
pub struct Theme {
    templates: Tera,
    sources: Sources,
    /// The style sheet.
    pub stylesheet: (Route, Vec<u8>),
    /// The icon.
    pub icon: (Route, Vec<u8>),
    /// The present view's script.
    pub present_script: (Route, Vec<u8>),
    /// The Fit Check's script.
    pub fit_check_script: (Route, Vec<u8>),
    /// The search's script.
    pub search_script: (Route, Vec<u8>),
    /// The style of the board's memo, which holds it within itself.
    pub memo_style: String,
    /// The script that opens a sealed site.
    pub unlock_script: (Route, Vec<u8>),
    /// The style sheet of the page that asks for a passphrase.
    pub unlock_style: (Route, Vec<u8>),
    /// The theme's other assets, such as fonts and images.
    pub others: Vec<(Route, Vec<u8>)>,
}

impl Theme {
    /// Compiles the default theme with an engagement's own files in place of
    /// its. Reports whatever of them can't be used.
    pub fn new(own: &OwnTheme, report: &mut Report) -> Option<Self> {
        let mut faults = Report::default();
        let mut sources = Sources::default();
        let mut assets = default_assets();
        for (path, file) in &own.files {
            match path.split_once('/') {
                Some(("templates", name)) => {
                    sources.own.insert(name.to_owned(), text(own, path, file));
                }
                Some(("assets", name)) => {
                    faults_of_name(own, name, &assets, &mut faults);
                    assets.insert(name.to_owned(), bytes(file));
                }
                _ => faults.push(misplaced(own, path)),
            }
        }
        check_sheets(own, &mut faults);
        let templates = template::compiled(&sources, &mut faults);
        let theme = templates.map(|templates| Self::of(templates, sources, assets));
        if let Some(theme) = &theme {
            theme.try_shell(&mut faults);
        }
        let sound = !faults.has_errors();
        report.append(faults);
        theme.filter(|_| sound)
    }

    fn of(templates: Tera, sources: Sources, mut assets: BTreeMap<String, Vec<u8>>) -> Self {
        let colours = assets.remove(COLOURS).unwrap_or_default();
        let coloured = |mut sheet: Vec<u8>| {
            if !colours.is_empty() {
                sheet.push(b'\n');
                sheet.extend(&colours);
            }
            sheet
        };
        let memo_style = coloured(assets.remove(MEMO_STYLE).unwrap_or_default());
        // Before the style sheets are joined: a sealed site's pages stand alone.
        let unlock_script = assets.remove("unlock.js").unwrap_or_default();
        let unlock_style = coloured(assets.remove("unlock.css").unwrap_or_default());
        let stylesheet = coloured(joined_styles(&mut assets));
        let icon = assets.remove("icon.svg").unwrap_or_default();
        let present_script = assets.remove("present.js").unwrap_or_default();
        let fit_check_script = assets.remove("fit-check.js").unwrap_or_default();
        let search_script = assets.remove("search.js").unwrap_or_default();
        Theme {
            templates,
            sources,
            stylesheet: (hashed("quarterdeck.css", &stylesheet), stylesheet),
            icon: (hashed("icon.svg", &icon), icon),
            present_script: (hashed("present.js", &present_script), present_script),
            fit_check_script: (hashed("fit-check.js", &fit_check_script), fit_check_script),
            search_script: (hashed("search.js", &search_script), search_script),
            memo_style: String::from_utf8_lossy(&memo_style).into_owned(),
            unlock_script: (hashed("unlock.js", &unlock_script), unlock_script),
            unlock_style: (hashed("unlock.css", &unlock_style), unlock_style),
            others: assets
                .into_iter()
                .map(|(name, bytes)| (Route::Asset(name), bytes))
                .collect(),
        }
    }

    /// Fills in the page that asks for a passphrase, if it is the theme's own:
    /// it is met otherwise when a site is sealed, and by then it was checked.
    fn try_shell(&self, report: &mut Report) {
        if !self.sources.own.contains_key(SHELL) {
            return;
        }
        let view = SealedPage {
            csp: "default-src 'none'".to_owned(),
            stylesheet: "assets/unlock.css".to_owned(),
            script: "assets/unlock.js".to_owned(),
            envelope: Markup("{}".to_owned()),
            sum: String::new(),
        };
        if let Err(fault) = self.render_shell(&view) {
            report.push(fault);
        }
    }

    /// Renders a page.
    ///
    /// # Errors
    ///
    /// Diagnostics that name the template, if it can't be rendered or holds
    /// what no page may.
    pub fn render(&self, page: &Page) -> Result<Vec<u8>, Vec<Diagnostic>> {
        self.filled(page.template, &page.context)
    }

    /// Renders the page that asks for a passphrase.
    ///
    /// # Errors
    ///
    /// A diagnostic that names the template, if it can't be rendered.
    pub fn render_shell(&self, view: &SealedPage) -> Result<Vec<u8>, Diagnostic> {
        let context = tera::Context::from_serialize(view)
            .map_err(|error| Diagnostic::error("template", error.to_string()))?;
        self.fill(SHELL, &context)
    }

    /// Fills a template in.
    ///
    /// # Errors
    ///
    /// A diagnostic that names the template, if it can't be rendered or holds
    /// what no page may.
    pub fn fill(&self, template: &str, context: &tera::Context) -> Result<Vec<u8>, Diagnostic> {
        self.filled(template, context).map_err(|faults| {
            let first = faults.into_iter().next();
            first.unwrap_or_else(|| {
                Diagnostic::error("template", format!("`{template}` can't be used"))
            })
        })
    }

    fn filled(&self, template: &str, context: &tera::Context) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let mut html = Limited(Vec::with_capacity(32 * 1024));
        self.templates
            .render_to(template, context, &mut html)
            .map_err(|error| fault::faults(template, &error, &self.sources))?;
        let Limited(html) = html;
        if self.sources.is_default() {
            return Ok(html);
        }
        let page = String::from_utf8_lossy(&html);
        let faults = loading::faults(&page, template, template == MEMO, &self.sources);
        if faults.is_empty() {
            Ok(html)
        } else {
            Err(faults)
        }
    }
}

/// A page while it is written: one without an end ends here.
struct Limited(Vec<u8>);

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > fault::MOST_BYTES {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn default_assets() -> BTreeMap<String, Vec<u8>> {
    let files = embedded::files().into_iter();
    files
        .filter_map(|file| {
            let name = file.path.strip_prefix("assets/")?.to_owned();
            Some((name, file.bytes.to_vec()))
        })
        .collect()
}

fn bytes(file: &OwnFile) -> Vec<u8> {
    match file {
        OwnFile::Text(file) => file.text.clone().into_bytes(),
        OwnFile::Bytes(bytes) => bytes.clone(),
    }
}

/// A file as text, whatever its name: a template is judged by its place.
fn text(own: &OwnTheme, path: &str, file: &OwnFile) -> Arc<SourceFile> {
    match file {
        OwnFile::Text(file) => Arc::clone(file),
        OwnFile::Bytes(bytes) => Arc::new(SourceFile {
            path: own.shown(path),
            text: String::from_utf8_lossy(bytes).into_owned(),
        }),
    }
}

/// A file that is neither a template nor an asset.
fn misplaced(own: &OwnTheme, path: &str) -> Diagnostic {
    let known = embedded::files();
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let mut alike = known.iter().filter(|file| last(&file.path) == last(path));
    let help = match alike.next() {
        Some(file) if alike.next().is_none() => {
            format!(
                "did you mean `{}`? a theme holds templates/ and assets/",
                file.path
            )
        }
        _ if path.ends_with(".css") => format!(
            "did you mean `assets/{}`? a theme holds templates/ and assets/",
            last(path)
        ),
        _ => {
            "a theme holds templates/ and assets/; a name that begins with `_` keeps it as a draft"
                .to_owned()
        }
    };
    Diagnostic::error(
        "theme-file",
        format!("the theme's file `{path}` is not known"),
    )
    .at(&Span::start_of(&nameless(own.shown(path))), "")
    .help(help)
}

/// An asset that no default has, but one of much the same name: it would be
/// published, and change nothing.
fn faults_of_name(
    own: &OwnTheme,
    name: &str,
    known: &BTreeMap<String, Vec<u8>>,
    report: &mut Report,
) {
    let known = || known.keys().map(String::as_str).chain([COLOURS]);
    if known().any(|known| known == name) {
        return;
    }
    let ending = |name: &str| {
        name.rsplit_once('.')
            .map(|(_, ending)| ending.to_ascii_lowercase())
    };
    let meant = nearest(name, known()).or_else(|| (name == "colors.css").then_some(COLOURS));
    if let Some(meant) = meant.filter(|meant| ending(meant) == ending(name)) {
        let message = format!("the default theme has no asset `{name}`");
        let help = format!(
            "did you mean `{meant}`? an asset of the theme's own needs a name less like it"
        );
        report.push(
            Diagnostic::error("theme-file", message)
                .at(
                    &Span::start_of(&nameless(own.shown(&format!("assets/{name}")))),
                    "",
                )
                .help(help),
        );
    }
}

/// Holds the theme's own style sheets against what they may load and set.
fn check_sheets(own: &OwnTheme, report: &mut Report) {
    let texts = || {
        own.files.iter().filter_map(|(path, file)| match file {
            OwnFile::Text(file) => Some((path, file)),
            OwnFile::Bytes(_) => None,
        })
    };
    let sheets = || texts().filter(|(path, _)| path.ends_with(".css"));
    if sheets().next().is_none() {
        return;
    }
    let assets = own
        .files
        .keys()
        .filter_map(|path| path.strip_prefix("assets/"));
    let assets: BTreeSet<&str> = assets.filter(|name| !name.ends_with(".css")).collect();
    let mut variables = sheet::of_default();
    variables.extend(texts().flat_map(|(_, file)| sheet::used(&file.text)));
    let known = sheet::Known {
        assets: &assets,
        variables: &variables,
    };
    for (path, file) in sheets() {
        let alone = path.ends_with(MEMO_STYLE) || path.ends_with(COLOURS);
        sheet::check(file, alone, &known, report);
    }
}

fn joined_styles(assets: &mut BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut names: Vec<String> = STYLES.iter().map(|name| (*name).to_owned()).collect();
    names.extend(
        assets
            .keys()
            .filter(|name| name.ends_with(".css") && !STYLES.contains(&&***name))
            .cloned(),
    );
    let sheets = names.iter().filter_map(|name| assets.remove(name));
    without_comments(&sheets.collect::<Vec<_>>().join(&b'\n'))
}

/// A style sheet without its comments and indents, which are for those who
/// write it. What stands in quotes is left as it is.
fn without_comments(css: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(css.len());
    let mut quote = None;
    let mut at = 0;
    while let Some(&byte) = css.get(at) {
        let next = css.get(at + 1);
        match quote {
            Some(_) if byte == b'\\' => {
                out.extend(css[at..].iter().take(2));
                at += 2;
                continue;
            }
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'/' && next == Some(&b'*') => {
                let end = css[at + 2..].windows(2).position(|pair| pair == b"*/");
                at = end.map_or(css.len(), |end| at + 2 + end + 2);
                continue;
            }
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None if matches!(byte, b'\n' | b' ') && matches!(out.last(), None | Some(b'\n')) => {
                at += 1;
                continue;
            }
            None => {}
        }
        out.push(byte);
        at += 1;
    }
    out
}

fn hashed(name: &str, bytes: &[u8]) -> Route {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    Route::Asset(format!("{stem}-{}.{ending}", short_hash(bytes)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// A part of the style sheet without its comments and without the rules
    /// of sheets of paper: the boxes of a sheet's margin read no variables.
    fn rules(name: &str) -> String {
        let file = DEFAULT.get_file(format!("assets/{name}")).unwrap();
        let mut kept = String::new();
        let mut in_sheet = false;
        for line in file.contents_utf8().unwrap().lines() {
            in_sheet |= line.starts_with("@page");
            if !in_sheet {
                kept.push_str(line);
                kept.push('\n');
            }
            in_sheet &= line != "}";
        }
        String::from_utf8(without_comments(kept.as_bytes())).unwrap()
    }

    /// Every `property: value` of a part.
    fn declarations(css: &str) -> Vec<(&str, &str)> {
        css.split(['{', '}', ';'])
            .filter_map(|piece| piece.trim().split_once(": "))
            .filter(|(property, _)| !property.contains([' ', '.', '@', '(']))
            .collect()
    }

    fn names_after<'a>(css: &'a str, mark: &str) -> BTreeSet<&'a str> {
        css.split(mark)
            .skip(1)
            .map(|rest| {
                let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
                &rest[..end.unwrap_or(rest.len())]
            })
            .collect()
    }

    #[test]
    fn the_variables_alone_hold_colours_and_sizes_of_type() {
        for name in STYLES.iter().filter(|name| **name != "variables.css") {
            let css = rules(name);
            for (property, value) in declarations(&css) {
                let painted =
                    value.contains('#') || value.contains("rgb(") || value.contains("hsl(");
                assert!(!painted, "{name}: {property}: {value}");
                let of_type = matches!(property, "font" | "font-size");
                // The present view's type grows with its screen.
                if !of_type || value.starts_with("clamp(") {
                    continue;
                }
                let size = value.split_once('/').map_or(value, |(size, _)| size);
                let units = ["px", "pt", "rem", "vw"];
                let literal = units.iter().any(|unit| size.contains(unit));
                assert!(!literal, "{name}: {property}: {value}");
            }
        }
    }

    #[test]
    fn every_variable_is_there_and_is_used() {
        let css: String = STYLES.iter().map(|name| rules(name)).collect();
        let used = names_after(&css, "var(--");
        let known: BTreeSet<&str> = declarations(&css)
            .into_iter()
            .filter_map(|(property, _)| property.strip_prefix("--"))
            .collect();
        let unknown: Vec<_> = used.difference(&known).collect();
        assert!(unknown.is_empty(), "not defined: {unknown:?}");
        let idle: Vec<_> = known.difference(&used).collect();
        assert!(idle.is_empty(), "not used: {idle:?}");
    }

    #[test]
    fn every_part_is_in_the_theme_and_is_small_enough_to_read() {
        for name in STYLES {
            let file = DEFAULT.get_file(format!("assets/{name}")).unwrap();
            let lines = file.contents_utf8().unwrap().lines().count();
            assert!(lines < 500, "{name} has {lines} lines");
        }
    }

    #[test]
    fn comments_and_indents_are_not_published() {
        let published = |css: &str| String::from_utf8(without_comments(css.as_bytes())).unwrap();
        let written = "/* a */\n\np {\n  color: red; /* b */\n}\n";
        assert_eq!(published(written), "p {\ncolor: red; \n}\n");
        let kept = "p::after { content: \"/* \\\" */\"; }\n";
        assert_eq!(published(kept), kept);
        assert_eq!(published("p {} /* never closed"), "p {} ");
    }

    #[test]
    fn a_theme_replaces_a_part_and_adds_sheets_after_the_others() {
        let own = BTreeMap::from([
            (
                "assets/base.css".to_owned(),
                b"html { color: teal }".to_vec(),
            ),
            (
                "assets/house.css".to_owned(),
                b"h1 { color: navy }".to_vec(),
            ),
        ]);
        let theme = Theme::new(&own, &mut Report::default()).unwrap();
        let css = String::from_utf8(theme.stylesheet.1).unwrap();
        assert!(css.contains("--size-15: 15px") && css.contains("html { color: teal }"));
        assert!(!css.contains("box-sizing"));
        assert!(css.ends_with("h1 { color: navy }"));
        let sheets = theme.others.iter().map(|(route, _)| format!("{route:?}"));
        assert!(sheets.into_iter().all(|route| !route.contains(".css")));
    }
}
