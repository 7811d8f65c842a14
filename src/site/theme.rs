//! The theme: templates and assets, the default's or an engagement's own.
//!
//! The default theme is part of the program. A theme below `themes/` replaces
//! it file by file: a template or an asset of the same name stands in for the
//! default's, and a style sheet of another name is added to it. Its colours
//! alone can be set in `assets/colours.css`, which is added to every style
//! sheet there is. `docs/themes.md` is its author's guide.

mod counted;
pub mod embedded;
mod engine;
mod fault;
mod latest;
mod limit;
mod loading;
mod look;
mod sheet;
mod sources;
mod style;
mod tag;
mod template;
mod token;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Once, OnceLock};

use super::File;
use super::page::view::Markup;
use super::page::view::sealed::SealedPage;
use super::prose::short_hash;
use super::route::Route;
use crate::diagnostic::{Diagnostic, Report, SourceFile, Span, nearest};
use crate::source::files::nameless;
use crate::source::theme::{OwnFile, OwnTheme};
pub use latest::Latest;
pub use limit::Extent;
use sources::Sources;
use template::Compiled;
use written::Written;

/// The memo's style sheet: not one of the site's, as a memo loads nothing.
const MEMO_STYLE: &str = "board.css";

/// A theme's colours: added behind every style sheet, that of the memo and of
/// a sealed site's pages too.
const COLOURS: &str = "colours.css";

/// The template of the page that asks for a passphrase.
const SHELL: &str = "sealed.html";

/// The template of the board's memo.
const MEMO: &str = "board-memo.html";

/// What fills in parts that are put into pages ready-made, behind the templates of
/// those pages.
const PARTS: [(&str, &str); 2] = [
    ("kpis.html", "kpi-section.html"),
    ("search.html", "search-row.html"),
];

/// Templates that are compiled, and assets under their hashed names.
#[derive(Debug)]
pub struct Theme {
    templates: Compiled,
    sources: Sources,
    /// The style sheet.
    pub stylesheet: File,
    /// The icon.
    pub icon: File,
    /// The present view's script.
    pub present_script: File,
    /// The Fit Check's script.
    pub fit_check_script: File,
    /// The search's script.
    pub search_script: File,
    /// The style of the board's memo, which holds it within itself.
    pub memo_style: String,
    /// The script that opens a sealed site.
    pub unlock_script: File,
    /// The style sheet of the page that asks for a passphrase.
    pub unlock_style: File,
    /// The theme's other assets, such as fonts and images.
    pub others: Vec<File>,
}

impl Theme {
    /// The theme of an engagement, which is the very same one for all that
    /// have no files of their own, and for those in turn that have the same.
    /// Reports whatever of those can't be used.
    pub fn of(own: &OwnTheme, report: &mut Report) -> Option<Arc<Self>> {
        static LATEST: Latest = Latest::new();
        if !own.files.is_empty() {
            return LATEST.theme(own, report, |own, said| Self::new(own, said).map(Arc::new));
        }
        let (theme, said) = Self::default_one();
        report.append(said.clone());
        theme.clone()
    }

    /// Has the default theme compiled by another thread, if it wasn't asked to
    /// be before: it is needed once the content is read.
    pub fn make_ready() {
        static ASKED: Once = Once::new();
        ASKED.call_once(|| {
            rayon::spawn(|| {
                Self::default_one();
            });
        });
    }

    /// The default theme, and what would be said of it if it weren't sound.
    fn default_one() -> &'static (Option<Arc<Self>>, Report) {
        static DEFAULT: OnceLock<(Option<Arc<Theme>>, Report)> = OnceLock::new();
        DEFAULT.get_or_init(|| {
            let mut said = Report::default();
            let theme = Self::new(&OwnTheme::default(), &mut said);
            (theme.map(Arc::new), said)
        })
    }

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
        let theme = templates.map(|templates| Self::with(templates, sources, assets));
        if let Some(theme) = &theme {
            theme.try_shell(&mut faults);
        }
        let sound = !faults.has_errors();
        report.append(faults);
        theme.filter(|_| sound)
    }

    fn with(templates: Compiled, sources: Sources, mut assets: BTreeMap<String, Vec<u8>>) -> Self {
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
        let stylesheet = coloured(style::joined(&mut assets));
        let icon = assets.remove("icon.svg").unwrap_or_default();
        let present_script = assets.remove("present.js").unwrap_or_default();
        let fit_check_script = assets.remove("fit-check.js").unwrap_or_default();
        let search_script = assets.remove("search.js").unwrap_or_default();
        Theme {
            templates,
            sources,
            stylesheet: hashed("quarterdeck.css", stylesheet),
            icon: hashed("icon.svg", icon),
            present_script: hashed("present.js", present_script),
            fit_check_script: hashed("fit-check.js", fit_check_script),
            search_script: hashed("search.js", search_script),
            memo_style: String::from_utf8_lossy(&memo_style).into_owned(),
            unlock_script: hashed("unlock.js", unlock_script),
            unlock_style: hashed("unlock.css", unlock_style),
            others: assets
                .into_iter()
                .map(|(name, bytes)| (Route::Asset(name), Arc::new(bytes)))
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
        self.render(template, context, 0).map_err(|faults| {
            let first = faults.into_iter().next();
            first.unwrap_or_else(|| {
                Diagnostic::error("template", format!("`{template}` can't be used"))
            })
        })
    }

    /// Fills the template of a page in, which gets about this many bytes long: of
    /// a short page that needn't be known.
    ///
    /// # Errors
    ///
    /// Diagnostics that name the template, if it can't be filled in or holds
    /// what no page may.
    pub fn render(
        &self,
        template: &str,
        context: &tera::Context,
        about: usize,
    ) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let html = self.filled(template, context, Extent::Page, about)?;
        if self.templates.own(template).is_none() {
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

    /// Fills the template of a part of pages in. What it holds is judged with
    /// the page that it is put into.
    ///
    /// # Errors
    ///
    /// Diagnostics that name the template, if it can't be filled in.
    pub fn part(
        &self,
        template: &str,
        context: &tera::Context,
        extent: Extent,
    ) -> Result<Markup, Vec<Diagnostic>> {
        debug_assert!(PARTS.iter().any(|(_, part)| *part == template));
        let html = self.filled(template, context, extent, 0)?;
        // An engine that writes texts writes a text.
        Ok(Markup(String::from_utf8(html).unwrap_or_default()))
    }

    fn filled(
        &self,
        template: &str,
        context: &tera::Context,
        extent: Extent,
        about: usize,
    ) -> Result<Vec<u8>, Vec<Diagnostic>> {
        if let Some(own) = self.templates.own(template) {
            own.limit
                .keeps(template, context, extent.steps())
                .map_err(|place| {
                    vec![fault::without_end(template, extent, place, &self.sources)]
                })?;
        }
        let mut html = Written::kept(about);
        let engine = self.templates.engine(template);
        let filled = engine.render_to(template, context, &mut html);
        let html = html.bytes();
        match filled {
            Ok(()) => Ok(html),
            Err(error) => Err(fault::faults(template, &error, &self.sources)),
        }
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

/// An asset under a name that is another one whenever it holds something else.
fn hashed(name: &str, bytes: Vec<u8>) -> File {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let name = format!("{stem}-{}.{ending}", short_hash(&bytes));
    (Route::Asset(name), Arc::new(bytes))
}
