//! Stage: what each page shows.
//!
//! Takes an engagement and its insights and returns the [`Site`]: each page,
//! its view filled into its template, the theme, and the files beside them.
//! Whether they fit together isn't known yet.

pub mod anchors;
pub mod chart;
mod export;
pub mod figure;
pub mod memo;
pub mod page;
pub mod prose;
pub mod route;
pub mod theme;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Report};
use crate::engagement::programme::Meeting;
use crate::engagement::{Engagement, MonthRecord};
use crate::insight::Insights;
use crate::source::markdown::Target;
use page::context::{Known, Parts, Surroundings, Workshop};
use page::sequence::Sequence;
use page::{Context, Page};
use prose::attachment_route;
use route::Route;
use theme::{Latest, Theme};

/// A site before it is put together.
#[derive(Debug)]
pub struct Site {
    /// Every page.
    pub pages: Vec<Arc<Page>>,
    /// Templates and assets.
    pub theme: Arc<Theme>,
    /// Attachments and other files that are published as they are.
    pub files: Vec<File>,
}

/// A file that is no page, with its place.
pub type File = (Route, Arc<Vec<u8>>);

/// What crawlers are told: the site is private, and none of it is theirs.
const ROBOTS: &str = "User-agent: *\nDisallow: /\n";

/// What is kept of a site so that only what a change reaches is made again.
/// A page that isn't is the very same one, by its address.
#[derive(Debug, Default)]
pub struct Memory {
    keeps: bool,
    former: Option<Former>,
    theme: Latest,
}

/// The last site that could be made.
#[derive(Debug)]
struct Former {
    engagement: Arc<Engagement>,
    insights: Arc<Insights>,
    sequence: Sequence,
    around: Surroundings,
    parts: Parts,
}

/// Makes the site of an engagement. `commit` is the short name of the commit
/// that it is built from, if known.
///
/// Returns nothing if the theme can't be used; that is in the report.
pub fn site(
    engagement: &Engagement,
    insights: &Insights,
    commit: Option<&str>,
    report: &mut Report,
) -> Option<Site> {
    let theme = Theme::of(&engagement.theme, report)?;
    let around = surroundings(theme, commit);
    let sequence = Sequence::of(engagement);
    let known = Known {
        engagement,
        insights,
        sequence: &sequence,
    };
    made(known, &around, &Workshop::default(), report)
}

/// The same, keeping what was made for the next time and taking over what was
/// kept of the last.
pub fn again(
    engagement: &Arc<Engagement>,
    insights: &Arc<Insights>,
    commit: Option<&str>,
    memory: &mut Memory,
    report: &mut Report,
) -> Option<Site> {
    if !memory.keeps {
        return site(engagement, insights, commit, report);
    }
    let theme = memory.theme.theme(&engagement.theme, report, Theme::of)?;
    let around = surroundings(theme, commit);
    let sequence = Sequence::of(engagement);
    let known = Known {
        engagement,
        insights,
        sequence: &sequence,
    };
    let former = memory.former.as_ref();
    let former = former.filter(|former| former.around.are_the_same(&around));
    let former = former.map(|former| {
        let before = Known {
            engagement: &former.engagement,
            insights: &former.insights,
            sequence: &former.sequence,
        };
        (before, &former.parts)
    });
    let workshop = Workshop::keeping(former, known);
    let site = made(known, &around, &workshop, report)?;
    let parts = workshop.into_parts();
    let former = memory.former.replace(Former {
        engagement: Arc::clone(engagement),
        insights: Arc::clone(insights),
        sequence,
        around,
        parts,
    });
    // For a thread that has nothing else to do.
    rayon::spawn(move || drop(former));
    Some(site)
}

fn made(
    known: Known<'_>,
    around: &Surroundings,
    workshop: &Workshop<'_>,
    report: &mut Report,
) -> Option<Site> {
    let (pages, files) = rayon::join(
        || page::all(Context::new(known, around, workshop)),
        || files(known.engagement, Context::new(known, around, workshop)),
    );
    let pages = match pages {
        Ok(pages) => pages,
        Err(fault) => {
            report.push(Diagnostic::error("chart", fault.to_string()).help(
                "this is a fault of Quarterdeck's own: please report it with the month's figures",
            ));
            return None;
        }
    };
    Some(Site {
        pages,
        theme: Arc::clone(&around.theme),
        files,
    })
}

impl Memory {
    /// One that keeps what is made; the default forgets it.
    pub fn keeping() -> Self {
        Memory {
            keeps: true,
            ..Memory::default()
        }
    }
}

fn surroundings(theme: Arc<Theme>, commit: Option<&str>) -> Surroundings {
    Surroundings {
        theme,
        commit: commit.map(ToOwned::to_owned),
    }
}

fn files(engagement: &Engagement, context: Context<'_>) -> Vec<File> {
    let mut files = attachments(engagement);
    files.extend(export::files(context));
    files.extend(frozen(engagement));
    files.push(robots());
    files
}

/// The frozen quarters' files as they are: they are never made again.
pub fn frozen(engagement: &Engagement) -> Vec<File> {
    let snapshots = engagement.snapshots.values();
    let files = snapshots.flat_map(|snapshot| {
        snapshot.files.iter().map(|(file, bytes)| {
            let route = Route::Frozen(snapshot.folder(), *file);
            (route, Arc::clone(bytes))
        })
    });
    files.collect()
}

/// All that the board's own site holds: the frozen quarters, each behind its
/// link, and no page that would list them.
pub fn for_board(engagement: &Engagement) -> Vec<File> {
    let mut files = frozen(engagement);
    files.push(robots());
    files
}

fn robots() -> File {
    (Route::Robots, Arc::new(ROBOTS.as_bytes().to_vec()))
}

/// Every attachment beside each page that refers to it, once.
fn attachments(engagement: &Engagement) -> Vec<File> {
    let sessions = engagement
        .months
        .values()
        .filter_map(|record| Some((session_route(record), narrative_targets(record)?)));
    let programme = Meeting::ALL.into_iter().filter_map(|meeting| {
        let month = engagement.programme.month(meeting)?;
        let targets = &engagement.programme.text(meeting)?.targets;
        Some((Route::ProgrammeSession(month.to_string(), meeting), targets))
    });
    let pages = engagement
        .pages
        .values()
        .map(|page| (Route::FreePage(page.slug.clone()), &page.targets));
    let mut files = BTreeMap::new();
    for (page, targets) in sessions.chain(programme).chain(pages) {
        for target in targets.values() {
            let Target::Attachment(path) = target else {
                continue;
            };
            if let Some(bytes) = engagement.attachments.get(path) {
                files.insert(attachment_route(&page, path, bytes), Arc::clone(bytes));
            }
        }
    }
    files.into_iter().collect()
}

fn session_route(record: &MonthRecord) -> Route {
    Route::LeadershipSession(record.month.to_string())
}

fn narrative_targets(record: &MonthRecord) -> Option<&BTreeMap<String, Target>> {
    Some(&record.held()?.narrative.as_ref()?.targets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engagement::kpi::Kpi;
    use crate::insight::fixture::Fixture;
    use export::Entry;
    use page::context::Part;

    #[test]
    fn what_a_page_shows_is_kept_as_long_as_the_page() {
        let engagement = Arc::new(Fixture::sample().read());
        let insights = Arc::new(Insights::of(&engagement));
        let mut memory = Memory::keeping();
        let month = *engagement.months.keys().next().unwrap();
        let mut files: Option<Vec<File>> = None;
        for time in ["made", "taken over", "taken over again"] {
            let mut report = Report::default();
            let site = again(&engagement, &insights, None, &mut memory, &mut report);
            let now = site.expect(time).files;
            let exports = now
                .iter()
                .filter(|(route, _)| matches!(route, Route::Export(_)));
            for (route, bytes) in exports.filter(|_| files.is_some()) {
                let is_its = |(other, of): &File| other == route && Arc::ptr_eq(of, bytes);
                assert!(files.iter().flatten().any(is_its), "{time}: {route:?}");
            }
            files = Some(now);
            let former = memory.former.as_ref().unwrap();
            for part in [
                Part::Standing(Route::Search),
                Part::Found(month),
                Part::Words,
            ] {
                assert!(former.parts.hold(&part), "{time}: {part:?}");
            }
        }
    }

    /// What is made again when October's hours away from the desk are others, and
    /// what isn't.
    #[test]
    fn a_figure_leaves_what_does_not_show_it() {
        let month = |name: &str| format!("2026-{name}").parse().unwrap();
        let before = Fixture::sample();
        let now = before.clone().edit(
            "2026-10/telemetry.yaml",
            "away_from_desk: 27.0",
            "away_from_desk: 27.5",
        );
        let mut memory = Memory::keeping();
        let parts = [
            (Part::Exported(Entry::Month(month("09"))), true),
            (Part::Exported(Entry::Month(month("10"))), false),
            (Part::Exported(Entry::Kpi(Kpi::TaskAutomation)), true),
            (Part::Exported(Entry::Kpi(Kpi::AwayFromDesk)), false),
            (Part::Exported(Entry::Decisions), true),
            (Part::Kpi(Kpi::TaskAutomation), true),
            (Part::Kpi(Kpi::AwayFromDesk), false),
            (Part::Standing(Route::Automations), true),
            (Part::Standing(Route::Overview), false),
            (Part::Column(Kpi::TaskAutomation), true),
            (Part::Column(Kpi::AwayFromDesk), false),
            (Part::Month(month("10")), false),
            (Part::MonthDecisions(month("10")), true),
            (Part::Reported(month("10")), false),
            (Part::Month(month("11")), false),
            (Part::Reported(month("11")), true),
        ];
        let mut places = [&before, &now].map(|fixture| {
            let engagement = Arc::new(fixture.read());
            let insights = Arc::new(Insights::of(&engagement));
            let site = again(
                &engagement,
                &insights,
                None,
                &mut memory,
                &mut Report::default(),
            );
            assert!(site.is_some());
            let made = &memory.former.as_ref().unwrap().parts;
            parts
                .iter()
                .map(|(part, _)| made.place(part))
                .collect::<Vec<_>>()
        });
        let [before, now] = &mut places;
        for ((part, is_same), (before, now)) in parts.iter().zip(before.iter().zip(now)) {
            assert!(before.is_some() && now.is_some(), "{part:?}");
            assert_eq!(before == now, *is_same, "{part:?}");
        }
    }
}
