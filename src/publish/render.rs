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
    let rendered: Vec<Result<(&Page, Vec<u8>), Diagnostic>> = site
        .pages
        .par_iter()
        .map(|page| Ok((page, site.theme.render(page)?)))
        .collect();
    let mut bundle = Bundle::default();
    let mut whole = true;
    let mut add = |route: &Route, bytes: Vec<u8>, report: &mut Report| {
        if let Err(taken) = bundle.insert(route.path(), bytes) {
            report.push(
                Diagnostic::error("path-taken", taken.to_string())
                    .help("rename the page or the file that claims it"),
            );
            whole = false;
        }
    };
    for result in rendered {
        match result {
            Ok((page, bytes)) => add(&page.route, bytes, report),
            Err(fault) => {
                report.push(fault);
                return None;
            }
        }
    }
    let theme = &site.theme;
    let assets = [
        &theme.stylesheet,
        &theme.icon,
        &theme.present_script,
        &theme.fit_check_script,
    ]
    .into_iter()
    .chain(&theme.others);
    for (route, bytes) in assets.chain(&site.files) {
        add(route, bytes.clone(), report);
    }
    let broken = links::check(&bundle, &site.pages);
    whole &= broken.is_empty();
    for fault in broken {
        report.push(fault);
    }
    whole.then_some(bundle)
}
