//! A site's files put together, and their links held against what there is.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bundle::Bundle;
use super::links;
use crate::diagnostic::{Diagnostic, Report};
use crate::site::anchors::Anchors;
use crate::site::page::{Html, Page};
use crate::site::route::SitePath;
use crate::site::{self, Site};

/// What is kept of a bundle, so that a page that is the same one isn't looked
/// through again.
#[derive(Debug, Default)]
pub struct Memory {
    /// Every page with its file.
    pages: BTreeMap<SitePath, (Arc<Page>, File)>,
    /// Every other file.
    others: BTreeMap<SitePath, File>,
    /// The pages that weren't there already.
    remade: Vec<SitePath>,
    /// The bundle that it was.
    bundle: Bundle,
}

/// A file with the places in it and the links out of it, if it is a page.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) bytes: Arc<Vec<u8>>,
    pub(super) anchors: Option<Arc<Anchors>>,
}

impl File {
    fn new(path: &SitePath, bytes: Arc<Vec<u8>>) -> Self {
        let is_page = path.as_str().ends_with(".html");
        File {
            anchors: is_page.then(|| Arc::new(Anchors::of(&bytes))),
            bytes,
        }
    }
}

impl From<&Html> for File {
    fn from(html: &Html) -> Self {
        File {
            bytes: Arc::clone(&html.bytes),
            anchors: Some(Arc::clone(&html.anchors)),
        }
    }
}

/// Puts the site's files together.
///
/// Returns nothing if a template failed, two files claim one path, or a link
/// leads nowhere; that is in the report.
pub fn render(site: &Site, report: &mut Report) -> Option<Bundle> {
    again(site, &mut Memory::default(), report)
}

/// The same, taking over what was found in pages the last time and keeping it
/// for the next.
pub fn again(site: &Site, memory: &mut Memory, report: &mut Report) -> Option<Bundle> {
    // What is kept is that of the last good bundle.
    let former = &*memory;
    let files = files_of_pages(site, report)?;
    let mut made = Memory::default();
    let mut all = Vec::with_capacity(files.len());
    for (page, file) in files {
        all.push((page.path.clone(), Arc::clone(&file.bytes)));
        if !former.has(page) {
            made.remade.push(page.path.clone());
        }
        made.pages
            .insert(page.path.clone(), (Arc::clone(page), file));
    }
    let theme = &site.theme;
    let assets = [
        &theme.stylesheet,
        &theme.icon,
        &theme.present_script,
        &theme.fit_check_script,
        &theme.search_script,
    ]
    .into_iter()
    .chain(&theme.others);
    for (route, bytes) in assets.chain(&site.files) {
        let path = route.path();
        let kept = former.others.get(&path).cloned();
        // As a rule they are the very same ones.
        let kept = kept.filter(|kept| Arc::ptr_eq(&kept.bytes, bytes) || kept.bytes == *bytes);
        let file = kept.unwrap_or_else(|| File::new(&path, Arc::clone(bytes)));
        all.push((path.clone(), Arc::clone(&file.bytes)));
        made.others.insert(path, file);
    }
    // As a rule there are the paths that there were.
    let mut filling = match former.bundle.with(&all) {
        Some(bundle) => Filling::sound(bundle),
        None => Filling::of(all, report),
    };
    let broken = links::check(&filling.bundle, &made, former, &site.pages);
    filling.faulty |= !broken.is_empty();
    for fault in broken {
        report.push(fault);
    }
    let bundle = filling.finished()?;
    made.bundle = bundle.clone();
    *memory = made;
    Some(bundle)
}

/// Every page with its file; none if a template failed.
fn files_of_pages<'s>(site: &'s Site, report: &mut Report) -> Option<Vec<(&'s Arc<Page>, File)>> {
    // What every page has from one template is one fault.
    let mut unsound: Vec<Diagnostic> = Vec::new();
    let mut files = Vec::with_capacity(site.pages.len());
    for page in &site.pages {
        match &page.html {
            Ok(html) => files.push((page, File::from(html))),
            Err(faults) => {
                for fault in faults {
                    if !unsound.contains(fault) {
                        unsound.push(fault.clone());
                    }
                }
            }
        }
    }
    let sound = unsound.is_empty();
    for fault in unsound {
        report.push(fault);
    }
    sound.then_some(files)
}

impl Memory {
    /// The pages that were made for the last bundle, and not taken over from
    /// the one before.
    pub fn remade(&self) -> &[SitePath] {
        &self.remade
    }

    /// Whether this very page was there.
    fn has(&self, page: &Arc<Page>) -> bool {
        let known = self.pages.get(&page.path);
        known.is_some_and(|(known, _)| Arc::ptr_eq(known, page))
    }

    /// Every page's file, ordered by path.
    pub(super) fn pages(&self) -> impl Iterator<Item = (&SitePath, &File)> {
        self.pages.iter().map(|(path, (_, file))| (path, file))
    }

    /// Every other file, ordered by path.
    pub(super) fn others(&self) -> impl Iterator<Item = (&SitePath, &File)> {
        self.others.iter()
    }

    /// The pages that weren't there already, in their order.
    pub(super) fn remade_pages(&self) -> impl Iterator<Item = &Arc<Page>> {
        let pages = self.remade.iter();
        pages.filter_map(|path| Some(&self.pages.get(path)?.0))
    }

    /// The places and links of the page at a path.
    pub(super) fn anchors(&self, path: &str) -> Option<&Anchors> {
        let page = self.pages.get(path).map(|(_, file)| file);
        let file = page.or_else(|| self.others.get(path))?;
        file.anchors.as_deref()
    }
}

/// Puts files together that are published as they are, without a page among
/// them whose links would be ours to check.
///
/// Returns nothing if two claim one path; that is in the report.
pub fn bundle_of(files: Vec<site::File>, report: &mut Report) -> Option<Bundle> {
    let files = files
        .into_iter()
        .map(|(route, bytes)| (route.path(), bytes));
    Filling::of(files, report).finished()
}

/// A bundle on its way.
#[derive(Default)]
struct Filling {
    bundle: Bundle,
    faulty: bool,
}

impl Filling {
    /// Puts files together. A path that can't be had is reported.
    fn of(files: impl IntoIterator<Item = (SitePath, Arc<Vec<u8>>)>, report: &mut Report) -> Self {
        let mut filling = Filling::default();
        for (path, bytes) in files {
            if let Err(taken) = filling.bundle.insert(path, bytes) {
                report.push(
                    Diagnostic::error("path-taken", taken.to_string())
                        .help("rename the page or the file that claims it"),
                );
                filling.faulty = true;
            }
        }
        filling
    }

    fn sound(bundle: Bundle) -> Self {
        Filling {
            bundle,
            faulty: false,
        }
    }

    fn finished(self) -> Option<Bundle> {
        (!self.faulty).then_some(self.bundle)
    }
}
