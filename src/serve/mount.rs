//! A site's place on the server, and what it last was.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::faults::Faults;
use crate::diagnostic::Report;
use crate::publish::bundle::Bundle;

/// Where one of a server's sites is and what is shown there.
pub(super) struct Mount {
    /// What the site is called in its path and on the first page: `kestrel`.
    pub(super) name: String,
    /// `/`, or `/kestrel/` where there are several.
    pub(super) prefix: String,
    /// The last good build; none before the first.
    pub(super) site: Option<Arc<Bundle>>,
    /// Good builds so far.
    pub(super) build: u64,
    /// Why the content is in no build; none if it is.
    pub(super) faults: Option<Faults>,
    /// The same as the terminal is told it.
    pub(super) report: String,
    /// Builds so far, good or not.
    pub(super) tries: u64,
}

impl Mount {
    /// A site that isn't built yet, alone on a server or one of several.
    pub(super) fn new(name: &str, alone: bool) -> Mount {
        Mount {
            name: name.to_owned(),
            prefix: if alone {
                "/".to_owned()
            } else {
                format!("/{name}/")
            },
            site: None,
            build: 0,
            faults: None,
            report: String::new(),
            tries: 0,
        }
    }

    /// Puts a newer build in the place of the last, and returns that one: it
    /// takes a while to go.
    pub(super) fn publish(&mut self, site: Bundle) -> Option<Arc<Bundle>> {
        self.build += 1;
        self.tries += 1;
        self.faults = None;
        self.report.clear();
        self.site.replace(Arc::new(site))
    }

    /// Keeps the last good build, and what a newer one failed for.
    pub(super) fn fail(&mut self, report: &Report) {
        self.tries += 1;
        self.faults = Some(Faults::of(report));
        self.report = report.render(false);
    }
}

/// A name for each site by its folder, fit for a path and none twice:
/// `kestrel`, `kestrel-2`.
pub fn names<'a>(folders: impl IntoIterator<Item = &'a Path>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let named = folders.into_iter().map(|folder| {
        // `.` and `..` have a name only in full.
        let full = folder.canonicalize();
        let full = full.as_deref().unwrap_or(folder);
        let name = full.file_name().unwrap_or_default().to_string_lossy();
        let name = fit(&name);
        let mut numbered = (2..).map(|number| format!("{name}-{number}"));
        let mut free = name.clone();
        while !taken.insert(free.clone()) {
            free = numbered.next().unwrap_or_default();
        }
        free
    });
    named.collect()
}

/// Letters and digits as they are, whatever is between them as a hyphen.
fn fit(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    if words.is_empty() {
        "site".to_owned()
    } else {
        words.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_named_by_its_folder_and_none_twice() {
        let folders = [
            "/clients/Kestrel Freight",
            "/old/kestrel_freight/",
            "/old/kestrel-freight-2",
            "/older/kestrel-freight",
            "/clients/Müller & Söhne",
            "/clients/物流",
            "/clients/_quarterdeck",
            "/",
        ];
        assert_eq!(
            names(folders.map(Path::new)),
            [
                "kestrel-freight",
                "kestrel-freight-2",
                "kestrel-freight-2-2",
                "kestrel-freight-3",
                "m-ller-s-hne",
                "site",
                "quarterdeck",
                "site-2"
            ]
        );
    }
}
