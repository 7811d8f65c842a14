//! Where every page lives: the only place that makes a URL.
//!
//! A [`Route`] names a page or a file of the site. [`Route::path`] is where
//! its bytes go, [`Route::href`] how another page links to it. Links are
//! relative and end in `index.html`, so that the site works from any sub-path,
//! from a bucket and from `file://`.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use memchr::memrchr;

use crate::source::{ProgrammeFile, SnapshotFile};

/// A page or file of the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// `/`: where the engagement stands.
    Overview,
    /// `/sessions/`: every session.
    Sessions,
    /// `/sessions/2026-10-leadership/`: one leadership session, by its month
    /// written as `2026-10`.
    LeadershipSession(String),
    /// `/kpis/`: the three KPIs side by side.
    Kpis,
    /// `/kpis/task-automation/`: one KPI, by its slug.
    Kpi(&'static str),
    /// `/method/`: a free page, by its slug.
    FreePage(String),
    /// `/assets/quarterdeck-1a2b3c4d.css`: a file of the theme, by its hashed
    /// name.
    Asset(String),
    /// A file that a page's markdown refers to, beside that page, by its
    /// hashed name.
    Attachment(Box<Route>, String),
    /// `/data/kpis.csv`: a file for spreadsheets and programs.
    Export(&'static str),
    /// `/decisions/`: the backlog and its history.
    Decisions,
    /// `/decisions/2026-10/`: one session's decisions on a page to print, by
    /// its month.
    MonthDecisions(String),
    /// `/automations/`: the register.
    Automations,
    /// `/graduation/`: the timeline and the criteria.
    Graduation,
    /// `/fit-check/`: the questionnaire, and the results on file.
    FitCheck,
    /// `/sessions/2026-10-leadership/present/`: a session for the projector,
    /// by its month.
    Present(String),
    /// `/programme/`: where the executive programme stands.
    Programme,
    /// `/sessions/2025-03-end-state/`: a session of the programme or its
    /// pre-work, by the month of its file.
    ProgrammeSession(String, ProgrammeFile),
    /// `/search/`: the index of the report.
    Search,
    /// `/board/`: the snapshots' index, for leadership.
    Board,
    /// `/board/2026-q3-…/`: a frozen quarter's file, by the name of its
    /// folder, which can't be guessed.
    Frozen(String, SnapshotFile),
    /// `/robots.txt`.
    Robots,
}

/// A path below the site's root, with `/` between its parts and none at its
/// start: `sessions/2026-10-leadership/index.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl Route {
    /// Where the route's bytes are written.
    pub fn path(&self) -> SitePath {
        SitePath(Arc::from(&*self.text()))
    }

    /// The path as a text, which a link is made from.
    fn text(&self) -> Cow<'static, str> {
        match self {
            Route::Overview => Cow::Borrowed("index.html"),
            Route::Sessions => Cow::Borrowed("sessions/index.html"),
            Route::LeadershipSession(month) => {
                Cow::Owned(format!("sessions/{month}-leadership/index.html"))
            }
            Route::Kpis => Cow::Borrowed("kpis/index.html"),
            Route::Kpi(slug) => Cow::Owned(format!("kpis/{slug}/index.html")),
            Route::FreePage(slug) => Cow::Owned(format!("{slug}/index.html")),
            Route::Asset(name) => Cow::Owned(format!("assets/{name}")),
            Route::Attachment(page, name) => {
                let page = page.text();
                Cow::Owned(match page.rsplit_once('/') {
                    Some((folder, _)) => format!("{folder}/{name}"),
                    None => name.clone(),
                })
            }
            Route::Export(name) => Cow::Owned(format!("data/{name}")),
            Route::Decisions => Cow::Borrowed("decisions/index.html"),
            Route::MonthDecisions(month) => Cow::Owned(format!("decisions/{month}/index.html")),
            Route::Automations => Cow::Borrowed("automations/index.html"),
            Route::Graduation => Cow::Borrowed("graduation/index.html"),
            Route::FitCheck => Cow::Borrowed("fit-check/index.html"),
            Route::Present(month) => {
                Cow::Owned(format!("sessions/{month}-leadership/present/index.html"))
            }
            Route::Programme => Cow::Borrowed("programme/index.html"),
            Route::ProgrammeSession(month, meeting) => {
                Cow::Owned(format!("sessions/{month}-{}/index.html", meeting.stem()))
            }
            Route::Search => Cow::Borrowed("search/index.html"),
            Route::Board => Cow::Borrowed("board/index.html"),
            Route::Frozen(folder, file) => Cow::Owned(format!("board/{folder}/{}", file.name())),
            Route::Robots => Cow::Borrowed("robots.txt"),
        }
    }

    /// Where a person finds the page, below the address that the site is served
    /// at, which ends in a slash.
    pub fn address(&self, base_url: &str) -> String {
        let path = self.text();
        let folder = path.strip_suffix("index.html").unwrap_or(&path);
        format!("{base_url}{folder}")
    }

    /// A link from the page `from` to this route: `../../kpis/index.html`.
    pub fn href(&self, from: &Route) -> String {
        relative(&self.text(), &from.text())
    }

    /// A link from the page `from` to a path that an author wrote from the
    /// site's root, with its fragment: `/kpis/#figures`.
    pub fn href_of_path(path: &str, from: &Route) -> String {
        let (path, fragment) = path
            .split_once('#')
            .map_or((path, None), |(path, id)| (path, Some(id)));
        let path = path.trim_start_matches('/');
        let to = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else if path
            .rsplit('/')
            .next()
            .is_some_and(|name| name.contains('.'))
        {
            path.to_owned()
        } else {
            format!("{path}/index.html")
        };
        let href = relative(&to, &from.text());
        fragment.map_or(href.clone(), |id| format!("{href}#{id}"))
    }
}

fn relative(to: &str, from: &str) -> String {
    let same = to.bytes().zip(from.bytes()).take_while(|(a, b)| a == b);
    let same = &to.as_bytes()[..same.count()];
    let shared = memrchr(b'/', same).map_or(0, |slash| slash + 1);
    let up = from.bytes().skip(shared).filter(|byte| *byte == b'/');
    let mut href = "../".repeat(up.count());
    href.push_str(&to[shared..]);
    href
}

impl SitePath {
    /// Whether a path is that of a frozen quarter's file, whose bytes nothing
    /// may be added to.
    pub fn is_frozen(path: &str) -> bool {
        let folder = path.split('/').nth(1).unwrap_or_default();
        SnapshotFile::ALL
            .into_iter()
            .any(|file| Route::Frozen(folder.to_owned(), file).text() == path)
    }

    /// Whether the path is that of a file of the theme or of what crawlers are
    /// told: neither says anything of the engagement.
    pub fn is_general(&self) -> bool {
        let assets = Route::Asset(String::new());
        self.0.starts_with(&*assets.text()) || *self.0 == *Route::Robots.text()
    }

    /// A link from the page at this path to a route.
    pub fn link_to(&self, to: &Route) -> String {
        relative(&to.text(), &self.0)
    }

    /// The path as text, with `/` between its parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_to_the_page_that_holds_them() {
        let october = Route::LeadershipSession("2026-10".to_owned());
        let september = Route::LeadershipSession("2026-09".to_owned());
        assert_eq!(Route::Overview.href(&Route::Overview), "index.html");
        assert_eq!(
            october.href(&Route::Overview),
            "sessions/2026-10-leadership/index.html"
        );
        assert_eq!(Route::Overview.href(&october), "../../index.html");
        assert_eq!(september.href(&october), "../2026-09-leadership/index.html");
        assert_eq!(
            Route::Kpi("task-automation").href(&october),
            "../../kpis/task-automation/index.html"
        );
        let path = Route::ProgrammeSession("2025-04".to_owned(), ProgrammeFile::Path);
        assert_eq!(path.href(&october), "../2025-04-path/index.html");
        assert_eq!(Route::Programme.href(&path), "../../programme/index.html");
        let chart = Route::Attachment(Box::new(october.clone()), "rates-1a2b.png".to_owned());
        assert_eq!(chart.href(&october), "rates-1a2b.png");
        assert_eq!(Route::href_of_path("/", &october), "../../index.html");
        assert_eq!(
            Route::href_of_path("/kpis/task-automation#figures", &october),
            "../../kpis/task-automation/index.html#figures"
        );
        assert_eq!(
            Route::href_of_path("/kpis/", &Route::Overview),
            "kpis/index.html"
        );
    }

    #[test]
    fn a_frozen_memo_has_an_address_and_is_known_by_its_path() {
        let memo = Route::Frozen("2026-q3-abc".to_owned(), SnapshotFile::Memo);
        assert_eq!(
            memo.address("https://x.example/y/"),
            "https://x.example/y/board/2026-q3-abc/"
        );
        assert_eq!(
            Route::Overview.address("https://x.example/"),
            "https://x.example/"
        );
        assert!(SitePath::is_frozen(memo.path().as_str()));
        for path in [
            "board/index.html",
            "index.html",
            "board/a/b/index.html",
            "board/a/x.html",
        ] {
            assert!(!SitePath::is_frozen(path), "{path}");
        }
    }

    #[test]
    fn only_the_theme_and_robots_say_nothing_of_the_engagement() {
        let icon = Route::Asset("icon-1a2b.svg".to_owned());
        assert!(icon.path().is_general() && Route::Robots.path().is_general());
        let page = Route::Kpis;
        let beside = Route::Attachment(Box::new(page.clone()), "assets".to_owned());
        let memo = Route::Frozen("2026-q3-abc".to_owned(), SnapshotFile::Facts);
        for route in [&page, &beside, &memo, &Route::Export("kpis.csv")] {
            assert!(!route.path().is_general(), "{route:?}");
        }
        assert!(SitePath::is_frozen(memo.path().as_str()));
        assert!(!SitePath::is_frozen(Route::Board.path().as_str()));
        assert_eq!(page.path().link_to(&icon), "../assets/icon-1a2b.svg");
    }
}
