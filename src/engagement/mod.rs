//! Stage: documents to an engagement that can be relied on.
//!
//! Every field of every document is taken apart and checked, and then the
//! rules that hold between files. What comes out has no missing owners, no
//! impossible figures and no decision without an answer; values keep their
//! places, so that a late rule can still point at a line.

pub mod board;
mod check;
pub mod firm;
pub mod fit_check;
pub mod host;
pub mod kpi;
mod month;
pub mod playbook;
pub mod privacy;
pub mod programme;
pub mod restatement;
mod rules;
pub mod segment;
pub mod session;
pub mod snapshot;
pub mod telemetry;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Report, Span, Spanned};
use crate::source::content_path::ContentPath;
use crate::source::markdown::{Markdown, Prose, Section, Target};
use crate::source::month::Month;
use crate::source::quarter::Quarter;
use crate::source::theme::OwnTheme;
use crate::source::{Documents, MonthDocuments, MonthFile, ProgrammeDocuments};
use board::BoardQuarter;
use firm::{Firm, FirmRead, Phase, Settings};
use fit_check::{FitCheck, Sheet};
use kpi::PerKpi;
pub use month::MonthRecord;
use month::{Beside, MonthChecked, Part};
use programme::{Gathering, Programme};
use restatement::Restatement;
use rules::Doubt;
use snapshot::{Figure, Reading, Snapshot};

/// One client firm's engagement, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Engagement {
    /// The firm.
    pub firm: Firm,
    /// How its site is made.
    pub settings: Settings,
    /// The KPIs at the Fit Check, if there was one.
    pub baseline: Option<Baseline>,
    /// The questionnaire, and how it was answered.
    pub fit_check: FitCheck,
    /// The months that have telemetry or a session, in order.
    pub months: BTreeMap<Month, Arc<MonthRecord>>,
    /// The executive programme.
    pub programme: Programme,
    /// What the board is told beside the figures, by quarter.
    pub board: BTreeMap<Quarter, BoardQuarter>,
    /// The frozen quarters.
    pub snapshots: BTreeMap<Quarter, Snapshot>,
    /// Figures that were changed after a memo had shown them.
    pub restatements: Vec<Restatement>,
    /// Free pages by slug.
    pub pages: BTreeMap<String, FreePage>,
    /// Files that markdown refers to.
    pub attachments: BTreeMap<ContentPath, Arc<Vec<u8>>>,
    /// The theme's own files.
    pub theme: OwnTheme,
    /// The latest day that the content speaks of, or the one asked for.
    pub as_of: NaiveDate,
    /// What is not known for sure, because a file has faults: a page of these
    /// may lack what a sound file would give it.
    pub doubtful: Doubtful,
}

/// Months that can't be relied on, because files have faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubtful {
    /// These.
    Months(BTreeSet<Month>),
    /// Any: a month may be missing altogether.
    Any,
}

/// What is kept of an engagement's months between two checks of it.
#[derive(Debug, Default)]
pub struct Memory {
    months: month::Memory,
    rules: rules::Memory,
}

impl Memory {
    /// One that keeps what is made; the default forgets it.
    pub fn keeping() -> Self {
        Memory {
            months: month::Memory::keeping(),
            rules: rules::Memory::default(),
        }
    }
}

/// The KPIs before anything was installed.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// The Fit Check's month.
    pub month: Month,
    /// Each KPI in its own unit, where it was known.
    pub kpis: PerKpi<Option<Spanned<f64>>>,
    /// Where the file gives them.
    pub span: Span,
}

/// A page of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct FreePage {
    /// Its name in the URL.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What stands before the first heading after the title.
    pub lead: Prose,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Where its links and images lead.
    pub targets: BTreeMap<String, Target>,
}

impl Engagement {
    /// The engagement as it stood at a month's end: without what later months
    /// hold.
    #[must_use]
    pub fn until(&self, month: Month) -> Engagement {
        let mut past = self.clone();
        past.months.retain(|later, _| *later <= month);
        past.programme.retain_until(month);
        past.board.retain(|quarter, _| quarter.last() <= month);
        past.as_of = latest_day(&past.firm, &past.months, &past.programme).max(month.last_day());
        past
    }

    /// What a figure that a memo may show is now.
    pub fn reading(&self, figure: Figure) -> Reading {
        match figure {
            Figure::Baseline(kpi) => {
                let baseline = self.baseline.as_ref();
                let value = baseline.and_then(|baseline| baseline.kpis.get(kpi).as_ref());
                Reading::Number(value.map(|value| value.value))
            }
            Figure::Value(kpi, month) => {
                let telemetry = self
                    .months
                    .get(&month)
                    .and_then(|record| record.telemetry.as_ref());
                let value = telemetry.and_then(|telemetry| telemetry.kpis.get(kpi).as_ref());
                Reading::Number(value.map(|value| value.value))
            }
            Figure::Answer(month) => {
                let held = self.months.get(&month).and_then(|record| record.held());
                Reading::Answer(held.map(|held| held.closing.answer.value))
            }
        }
    }

    /// Whether there are the same months as then, and what was said in each one's
    /// session stands in the very same file.
    pub(crate) fn has_the_sessions_of(&self, months: &BTreeMap<Month, Arc<MonthRecord>>) -> bool {
        let both = self.months.iter().zip(months);
        self.months.len() == months.len()
            && both
                .into_iter()
                .all(|((one, now), (other, then))| one == other && now.has_the_session_of(then))
    }

    /// The month of a figure: the Fit Check's for the baseline.
    pub fn month_of(&self, figure: Figure) -> Option<Month> {
        match figure {
            Figure::Baseline(_) => self.baseline.as_ref().map(|baseline| baseline.month),
            Figure::Value(_, month) | Figure::Answer(month) => Some(month),
        }
    }
}

/// Slugs that the site's own pages and folders use.
const RESERVED_SLUGS: [&str; 13] = [
    "index",
    "sessions",
    "kpis",
    "automations",
    "decisions",
    "graduation",
    "programme",
    "fit-check",
    "board",
    "data",
    "assets",
    "search",
    "robots",
];

/// Checks the documents. `as_of` overrides the latest day of the content.
///
/// Returns nothing if there is no engagement to speak of; in any case the
/// report says whether there were errors.
pub fn check(
    documents: Documents,
    as_of: Option<NaiveDate>,
    report: &mut Report,
) -> Option<Engagement> {
    again(documents, as_of, &mut Memory::default(), report)
}

/// The same, taking over what was made of a month's files the last time if
/// they are the very same now.
pub fn again(
    documents: Documents,
    as_of: Option<NaiveDate>,
    memory: &mut Memory,
    report: &mut Report,
) -> Option<Engagement> {
    let Documents {
        settings,
        engagement,
        engagement_faulty,
        questionnaire,
        months,
        snapshots,
        pages,
        attachments,
        theme,
        grounds,
        month_lost,
    } = documents;
    let settings = firm::settings(settings, report);
    if engagement.is_none() && !engagement_faulty {
        report.push(
            Diagnostic::error("no-engagement", "content/engagement.yaml isn't there")
                .help("it names the firm, its currency and when each phase began"),
        );
    }
    let FirmRead {
        firm,
        sound,
        seats_sure,
    } = firm::firm(engagement, engagement_faulty, report);
    let mut doubt = Doubt {
        month_lost,
        seats: !seats_sure,
        ..Doubt::default()
    };
    let run = firm.phases.start(Phase::Run).map(Month::of);
    let questionnaire = fit_check::questionnaire(questionnaire, report);
    let beside = Beside {
        questionnaire: questionnaire.clone(),
        run,
    };
    let records = month_records(months, beside, memory, &mut doubt, report);
    let frozen = snapshots.len();
    let snapshots = snapshot::snapshots(snapshots, report);
    doubt.snapshots = snapshots.len() < frozen;
    let pages = free_pages(pages, report);
    let as_of =
        as_of.unwrap_or_else(|| latest_day(&firm, &records.months, &records.programme.programme));
    let engagement = Engagement {
        firm,
        settings,
        baseline: records.baseline,
        fit_check: FitCheck {
            questionnaire: questionnaire.unwrap_or_default(),
            sheets: records.sheets,
        },
        months: records.months,
        programme: records.programme.programme,
        board: records.board,
        snapshots,
        restatements: records.restatements,
        pages,
        attachments,
        theme,
        as_of,
        doubtful: doubt.months(),
    };
    // Of faulty files it isn't known what was dropped.
    let grounds = grounds.filter(|_| !report.has_errors());
    let found = memory.rules.check(&engagement, doubt, grounds);
    report.append(found);
    sound.then_some(engagement)
}

/// What the month folders hold.
#[derive(Default)]
struct Records {
    baseline: Option<Baseline>,
    sheets: Vec<Sheet>,
    /// The months with telemetry or a session.
    months: BTreeMap<Month, Arc<MonthRecord>>,
    programme: Gathering,
    board: BTreeMap<Quarter, BoardQuarter>,
    restatements: Vec<Restatement>,
}

fn month_records(
    months: BTreeMap<Month, MonthDocuments>,
    beside: Beside,
    memory: &mut Memory,
    doubt: &mut Doubt,
    report: &mut Report,
) -> Records {
    let mut records = Records::default();
    for (month, programme, checked) in month::checked(months, beside, &mut memory.months) {
        records.add(month, programme, checked, doubt, report);
    }
    records
}

impl Records {
    /// Takes in a month: what it came to by itself, and its part in the
    /// programme, which is held against that of other months.
    fn add(
        &mut self,
        month: Month,
        (programme, faulty): (ProgrammeDocuments, BTreeSet<MonthFile>),
        checked: Arc<MonthChecked>,
        doubt: &mut Doubt,
        report: &mut Report,
    ) {
        let MonthChecked {
            sheet,
            baseline,
            board,
            record,
            restatements,
            doubtful,
            faults,
            faults_of_record,
        } = Arc::unwrap_or_clone(checked);
        report.append(faults);
        self.sheets.extend(sheet);
        if self.baseline.is_none() {
            self.baseline = baseline;
        }
        self.board.extend(board.map(|told| (told.quarter, told)));
        let in_doubt = self.programme.add(month, programme, &faulty, report);
        report.append(faults_of_record);
        self.restatements.extend(restatements);
        self.months.extend(record.map(|record| (month, record)));
        let doubtful = |part| doubtful.contains(&part).then_some(month);
        doubt.fit_checks.extend(doubtful(Part::FitCheck));
        doubt.board.extend(doubtful(Part::Board).map(Quarter::of));
        doubt.telemetry.extend(doubtful(Part::Telemetry));
        doubt.sessions.extend(doubtful(Part::Session));
        let in_doubt = in_doubt.into_iter().map(|meeting| (month, meeting));
        doubt.programme.extend(in_doubt);
    }
}

/// A narrative of nothing.
fn narrative_without_session(narrative: &Markdown, session: &str) -> Diagnostic {
    Diagnostic::error(
        "narrative-without-session",
        "a narrative needs the session it tells of",
    )
    .at(&Span::start_of(&narrative.file), "")
    .help(format!(
        "write {session} beside it; `_{}` keeps it as a draft until then",
        narrative.path.name()
    ))
}

/// The free pages. One with a fault is kept, so that links to it aren't called
/// dead on top of it.
fn free_pages(pages: Vec<Arc<Markdown>>, report: &mut Report) -> BTreeMap<String, FreePage> {
    let mut free = BTreeMap::new();
    for markdown in pages {
        let Markdown {
            file,
            path,
            lead,
            sections,
            targets,
        } = Arc::unwrap_or_clone(markdown);
        let slug = path.stem_and_ending().0.to_owned();
        let plain = slug
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !plain || RESERVED_SLUGS.contains(&&*slug) {
            report.push(
                Diagnostic::error("page-name", format!("a page can't be called `{slug}`"))
                    .at(&Span::start_of(&file), "")
                    .help("use lower-case letters, digits and hyphens, and no name that the site itself uses"),
            );
        }
        let mut sections = sections;
        let titled = lead.is_empty() && sections.first().is_some_and(|section| section.level == 1);
        let (title, lead) = if titled {
            let first = sections.remove(0);
            (first.heading, first.body)
        } else {
            report.push(
                Diagnostic::error("page-without-title", "a page begins with its title")
                    .at(&Span::start_of(&file), "")
                    .help("make `# Title` the first line"),
            );
            (slug.clone(), lead)
        };
        free.insert(
            slug.clone(),
            FreePage {
                slug,
                title,
                lead,
                sections,
                targets,
            },
        );
    }
    free
}

/// The latest day that the content speaks of: when telemetry was taken, a
/// session held, something of the programme received or signed, or a phase
/// begun. What is still to come, such as a due date,
/// doesn't count.
fn latest_day(
    firm: &Firm,
    months: &BTreeMap<Month, Arc<MonthRecord>>,
    programme: &Programme,
) -> NaiveDate {
    let reported = months
        .values()
        .filter_map(|record| Some(record.telemetry.as_ref()?.as_of));
    let held = months
        .values()
        .filter_map(|record| Some(record.held()?.date.value));
    let latest = reported.chain(held).chain(programme.days()).max();
    latest
        .or_else(|| firm.phases.begun.values().map(|start| start.value).max())
        .unwrap_or_default()
}
