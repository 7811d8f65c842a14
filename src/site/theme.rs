//! The theme: templates and assets, the default's or an engagement's own.
//!
//! The default theme is part of the program. A theme below `themes/` replaces
//! it file by file: a template or an asset of the same name stands in for the
//! default's, and a style sheet of another name is added to it.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use tera::Tera;

use super::page::Page;
use super::page::view::sealed::SealedPage;
use super::prose::short_hash;
use super::route::Route;
use crate::diagnostic::{Diagnostic, Report};

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The parts of the default's style sheet, in the order in which they are
/// joined.
const STYLES: [&str; 3] = ["quarterdeck.css", "chart.css", "programme.css"];

/// The memo's style sheet: not one of the site's, as a memo loads nothing.
const MEMO_STYLE: &str = "board.css";

/// Templates that are compiled, and assets under their hashed names.
#[derive(Debug)]
pub struct Theme {
    templates: Tera,
    /// The style sheet.
    pub stylesheet: (Route, Vec<u8>),
    /// The icon.
    pub icon: (Route, Vec<u8>),
    /// The present view's script.
    pub present_script: (Route, Vec<u8>),
    /// The Fit Check's script.
    pub fit_check_script: (Route, Vec<u8>),
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
    /// its. Reports templates that can't be compiled.
    pub fn new(own: &BTreeMap<String, Vec<u8>>, report: &mut Report) -> Option<Self> {
        let mut templates: BTreeMap<String, String> = BTreeMap::new();
        let mut assets: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let default = files(&DEFAULT);
        let own = own
            .iter()
            .map(|(path, bytes)| (path.clone(), bytes.clone()));
        for (path, bytes) in default.into_iter().chain(own) {
            match path.split_once('/') {
                Some(("templates", name)) => {
                    templates.insert(
                        name.to_owned(),
                        String::from_utf8_lossy(&bytes).into_owned(),
                    );
                }
                Some(("assets", name)) => {
                    assets.insert(name.to_owned(), bytes);
                }
                _ => report.push(
                    Diagnostic::error(
                        "theme-file",
                        format!("the theme's file `{path}` is not known"),
                    )
                    .help("a theme holds templates/ and assets/"),
                ),
            }
        }
        let templates = compiled(&templates, report)?;
        let memo_style = assets.remove(MEMO_STYLE).unwrap_or_default();
        // Before the style sheets are joined: a sealed site's pages stand alone.
        let unlock_script = assets.remove("unlock.js").unwrap_or_default();
        let unlock_style = assets.remove("unlock.css").unwrap_or_default();
        let stylesheet = joined_styles(&mut assets);
        let icon = assets.remove("icon.svg").unwrap_or_default();
        let present_script = assets.remove("present.js").unwrap_or_default();
        let fit_check_script = assets.remove("fit-check.js").unwrap_or_default();
        Some(Theme {
            templates,
            stylesheet: (hashed("quarterdeck.css", &stylesheet), stylesheet),
            icon: (hashed("icon.svg", &icon), icon),
            present_script: (hashed("present.js", &present_script), present_script),
            fit_check_script: (hashed("fit-check.js", &fit_check_script), fit_check_script),
            memo_style: String::from_utf8_lossy(&memo_style).into_owned(),
            unlock_script: (hashed("unlock.js", &unlock_script), unlock_script),
            unlock_style: (hashed("unlock.css", &unlock_style), unlock_style),
            others: assets
                .into_iter()
                .map(|(name, bytes)| (Route::Asset(name), bytes))
                .collect(),
        })
    }

    /// Renders a page.
    ///
    /// # Errors
    ///
    /// A diagnostic that names the template, if it can't be rendered.
    pub fn render(&self, page: &Page) -> Result<Vec<u8>, Diagnostic> {
        self.fill(page.template, &page.context)
    }

    /// Renders the page that asks for a passphrase.
    ///
    /// # Errors
    ///
    /// A diagnostic that names the template, if it can't be rendered.
    pub fn render_shell(&self, view: &SealedPage) -> Result<Vec<u8>, Diagnostic> {
        let template = "sealed.html";
        let context = tera::Context::from_serialize(view)
            .map_err(|error| template_fault(template, &error))?;
        self.fill(template, &context)
    }

    /// Fills a template in.
    ///
    /// # Errors
    ///
    /// A diagnostic that names the template, if it can't be rendered.
    pub fn fill(&self, template: &str, context: &tera::Context) -> Result<Vec<u8>, Diagnostic> {
        let mut html = Vec::with_capacity(32 * 1024);
        self.templates
            .render_to(template, context, &mut html)
            .map_err(|error| template_fault(template, &error))?;
        Ok(html)
    }
}

fn files(folder: &Dir<'static>) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = folder
        .files()
        .map(|file| {
            let parts: Vec<String> = file
                .path()
                .components()
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect();
            (parts.join("/"), file.contents().to_vec())
        })
        .collect();
    for below in folder.dirs() {
        found.extend(files(below));
    }
    found
}

fn compiled(templates: &BTreeMap<String, String>, report: &mut Report) -> Option<Tera> {
    let mut tera = Tera::new();
    match tera.add_raw_templates(templates) {
        Ok(()) => Some(tera),
        Err(error) => {
            report.push(template_fault("templates", &error));
            None
        }
    }
}

fn template_fault(name: &str, error: &tera::Error) -> Diagnostic {
    Diagnostic::error(
        "template",
        format!("the theme's `{name}` can't be used: {error}"),
    )
    .help("mend the template, or remove it from the theme to use the default's")
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
    sheets.collect::<Vec<_>>().join(&b'\n')
}

fn hashed(name: &str, bytes: &[u8]) -> Route {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    Route::Asset(format!("{stem}-{}.{ending}", short_hash(bytes)))
}
