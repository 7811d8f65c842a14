//! Pages to bytes, and their links held against what there is.

use rayon::prelude::*;

use super::bundle::Bundle;
use super::links;
use crate::diagnostic::{Diagnostic, Report};
use crate::site::Site;
use crate::site::page::Page;
use crate::site::route::Route;

/// Renders every page and puts the site's files together.
///
/// Returns nothing if a template fails, two files claim one path, or a link
/// leads nowhere; that is in the report.
pub fn render(site: &Site, report: &mut Report) -> Option<Bundle> {
    let rendered: Vec<(&Page, _)> = site
        .pages
        .par_iter()
        .map(|page| (page, site.theme.render(page)))
        .collect();
    let mut filling = Filling::default();
    // What every page has from one template is one fault.
    let mut unsound: Vec<Diagnostic> = Vec::new();
    for (page, made) in rendered {
        match made {
            Ok(bytes) => filling.add(&page.route, bytes, report),
            Err(faults) => {
                for fault in faults {
                    if !unsound.contains(&fault) {
                        unsound.push(fault);
                    }
                }
            }
        }
    }
    if !unsound.is_empty() {
        for fault in unsound {
            report.push(fault);
        }
        return None;
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
        filling.add(route, bytes.clone(), report);
    }
    let broken = links::check(&filling.bundle, &site.pages);
    filling.faulty |= !broken.is_empty();
    for fault in broken {
        report.push(fault);
    }
    filling.finished()
}

/// Puts files together that are published as they are, without a page among
/// them whose links would be ours to check.
///
/// Returns nothing if two claim one path; that is in the report.
pub fn bundle_of(files: Vec<(Route, Vec<u8>)>, report: &mut Report) -> Option<Bundle> {
    let mut filling = Filling::default();
    for (route, bytes) in files {
        filling.add(&route, bytes, report);
    }
    filling.finished()
}

/// A bundle on its way.
#[derive(Default)]
struct Filling {
    bundle: Bundle,
    faulty: bool,
}

impl Filling {
    fn add(&mut self, route: &Route, bytes: Vec<u8>, report: &mut Report) {
        if let Err(taken) = self.bundle.insert(route.path(), bytes) {
            report.push(
                Diagnostic::error("path-taken", taken.to_string())
                    .help("rename the page or the file that claims it"),
            );
            self.faulty = true;
        }
    }

    fn finished(self) -> Option<Bundle> {
        (!self.faulty).then_some(self.bundle)
    }
}
