//! The server's own pages, where a site has none to show.

use super::mount::Mount;

/// What answers at [`STYLE_PATH`].
pub(super) const STYLE: &str = include_str!("own_page.css");
pub(super) const STYLE_PATH: &str = "/_quarterdeck/own_page.css";

/// The page at an address that the site has nothing at. It may have had: it
/// reloads with every build, as any other.
pub(super) fn not_found(home: &str) -> String {
    page(
        "Not found",
        &format!(
            "<p>The site has nothing at this address, or no longer. If a save brings it back, \
             this page shows it.</p>\n<p><a href=\"{home}\">To the site's first page</a></p>"
        ),
    )
}

/// The page of a site that was never built, whatever the address.
pub(super) fn not_built() -> String {
    page(
        "No site yet",
        "<p>The content has errors, so there is nothing to show. They stand below and in the \
         terminal; once they are mended, this page shows the site.</p>",
    )
}

/// The page that leads to each of several sites and says how it stands.
pub(super) fn index(mounts: &[Mount]) -> String {
    let items = mounts.iter().map(|mount| {
        // Names and counts hold nothing to escape.
        let stands = match (&mount.faults, &mount.site) {
            (None, Some(_)) => "<span class=\"good\">good</span>".to_owned(),
            (None, None) => "<span>being built</span>".to_owned(),
            (Some(faults), site) => {
                let shown = if site.is_some() {
                    "the last good build is shown"
                } else {
                    "not built yet"
                };
                let summary = &faults.summary;
                format!("<span class=\"broken\">broken</span> {summary}; {shown}")
            }
        };
        let Mount { prefix, name, .. } = mount;
        format!("<li><a href=\"{prefix}\">{name}</a> {stands}</li>\n")
    });
    let items: String = items.collect();
    page("Sites", &format!("<ul>\n{items}</ul>"))
}

fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"{STYLE_PATH}\">\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )
}
