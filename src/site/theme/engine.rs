//! The engine that templates are filled in by, or the engines.
//!
//! Most of the default's templates are of pages that every site has; nearly half of
//! them by length are of pages that a site has for a few months, or never. To
//! compile all of them takes a tenth of a small build, so those are compiled when a
//! page of theirs is first asked for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use tera::Tera;

use super::sources::defaults;
use super::template::empty;

/// The default's pages that not every site has: an engagement's programme, the
/// board's memo, which is written once a quarter, and what asks for a passphrase.
const SELDOM: [&[&str]; 3] = [
    &[
        "current-state.html",
        "decision-brief.html",
        "end-state.html",
        "path.html",
        "pre-work.html",
        "programme-planned.html",
        "programme-session.html",
        "programme.html",
    ],
    &["board-memo.html"],
    &["sealed.html"],
];

/// What every page may call.
const COMPONENTS: &str = "components.html";

/// Templates, compiled.
#[derive(Debug)]
pub(super) struct Engine {
    first: Tera,
    /// Those that the first hasn't, by the kind of their pages.
    seldom: [OnceLock<Tera>; SELDOM.len()],
}

impl Engine {
    /// The default's templates, which are compiled once for all sites: those at first
    /// that every site needs.
    ///
    /// # Errors
    ///
    /// If they can't be: a fault of ours.
    pub(super) fn of_default() -> Result<&'static Engine, &'static tera::Error> {
        static DEFAULT: OnceLock<Result<Engine, tera::Error>> = OnceLock::new();
        DEFAULT.get_or_init(everyday).as_ref()
    }

    /// The one that has a page's template.
    pub(super) fn of(&self, template: &str) -> &Tera {
        match kind(template) {
            // A test compiles each. One that couldn't be has no templates, which
            // is what a page would tell of.
            Some(kind) => self.seldom[kind].get_or_init(|| seldom_one(kind).unwrap_or_default()),
            None => &self.first,
        }
    }
}

fn everyday() -> Result<Engine, tera::Error> {
    let templates = defaults();
    let is_page = |name: &&str| !name.contains('/') && kind(name).is_none();
    let pages = templates.keys().map(String::as_str).filter(is_page);
    Ok(Engine {
        first: compiled(pages, &templates)?,
        seldom: SELDOM.map(|_| OnceLock::new()),
    })
}

/// Of which kind a page is that not every site has, by its template.
fn kind(template: &str) -> Option<usize> {
    SELDOM.iter().position(|pages| pages.contains(&template))
}

fn seldom_one(kind: usize) -> Result<Tera, tera::Error> {
    let pages = SELDOM[kind].iter().copied();
    compiled(pages.chain([COMPONENTS]), &defaults())
}

/// These pages' templates and all that they are made of.
fn compiled<'t>(
    pages: impl Iterator<Item = &'t str>,
    templates: &'t BTreeMap<String, String>,
) -> Result<Tera, tera::Error> {
    let mut wanted: Vec<&str> = pages.collect();
    let mut found: BTreeMap<&str, &str> = BTreeMap::new();
    while let Some(name) = wanted.pop() {
        if let Some((name, text)) = templates.get_key_value(name)
            && found.insert(name, text).is_none()
        {
            wanted.extend(referred(text));
        }
    }
    let mut engine = empty();
    engine.add_raw_templates(found)?;
    Ok(engine)
}

/// The templates that one of the default's refers to.
fn referred(text: &str) -> impl Iterator<Item = &str> {
    let of = |tag| text.split(tag).skip(1);
    let rests = of("{% include \"").chain(of("{% extends \""));
    rests.filter_map(|rest| Some(rest.split_once('"')?.0))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_template_of_the_default_is_in_a_part_that_compiles() {
        let seldom = (0..SELDOM.len()).map(|kind| seldom_one(kind).unwrap());
        let engines: Vec<Tera> = seldom.collect();
        let everyday = &Engine::of_default().unwrap().first;
        let all = engines.iter().chain([everyday]);
        let has = all.flat_map(Tera::get_template_names);
        let has: BTreeSet<&str> = has.collect();
        let all = defaults();
        assert_eq!(has, all.keys().map(String::as_str).collect());
        for (kind, pages) in SELDOM.iter().enumerate() {
            for page in *pages {
                let has: BTreeSet<&str> = engines[kind].get_template_names().collect();
                assert!(has.contains(page), "{page}");
            }
        }
    }

    #[test]
    fn what_every_site_has_is_compiled_without_the_rest() {
        let engine = Engine::of_default().unwrap();
        let everyday: BTreeSet<&str> = engine.of("overview.html").get_template_names().collect();
        assert!(SELDOM.concat().iter().all(|page| !everyday.contains(page)));
        assert!(!everyday.contains("partials/gantt.html"));
    }
}
