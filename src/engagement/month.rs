//! What the folder of one month comes to, on its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::board::{self, BoardQuarter};
use super::check::Check;
use super::fit_check::{self, Questionnaire, Sheet};
use super::restatement::{self, Restatement};
use super::session::{self, Held, Session};
use super::snapshot::Figure;
use super::telemetry::{self, Telemetry};
use super::{Baseline, narrative_without_session};
use crate::diagnostic::{Diagnostic, Report, Span};
use crate::source::document::{BaselineFile, FitCheckFile};
use crate::source::month::Month;
use crate::source::{Document, MonthDocuments, MonthFile, ProgrammeDocuments};

/// What is known of a month.
#[derive(Clone, Debug)]
pub struct MonthRecord {
    /// The month.
    pub month: Month,
    /// Its number since Run began, from 1; none before Run.
    pub run_month: Option<i32>,
    /// What the system reported.
    pub telemetry: Option<Telemetry>,
    /// What came of its leadership session.
    pub session: Option<Session>,
}

/// What a month's folder comes to, but for the programme, whose meetings are
/// held against those of other months.
#[derive(Clone, Debug, Default)]
pub(super) struct MonthChecked {
    /// How the Fit Check was answered.
    pub(super) sheet: Option<Sheet>,
    /// The KPIs at the Fit Check.
    pub(super) baseline: Option<Baseline>,
    /// What the board is told.
    pub(super) board: Option<BoardQuarter>,
    /// The record, if there is telemetry or a session.
    pub(super) record: Option<Arc<MonthRecord>>,
    /// Figures that were changed after a memo had shown them.
    pub(super) restatements: Vec<Restatement>,
    /// What has faults.
    pub(super) doubtful: BTreeSet<Part>,
    /// The faults of the Fit Check and of what the board is told.
    pub(super) faults: Report,
    /// The faults of telemetry and session.
    pub(super) faults_of_record: Report,
}

/// A part of a month's folder that may have faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    FitCheck,
    Board,
    Telemetry,
    Session,
}

/// What a month is checked against beside its own files.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Beside {
    pub(super) questionnaire: Option<Questionnaire>,
    /// The month in which Run began.
    pub(super) run: Option<Month>,
}

/// What months came to when they were last checked.
#[derive(Debug, Default)]
pub(super) struct Memory {
    keeps: bool,
    beside: Beside,
    months: BTreeMap<Month, (MonthDocuments, Arc<MonthChecked>)>,
}

/// A month with what is left to be checked of it, and what the rest came to.
type Checked = (
    Month,
    (ProgrammeDocuments, BTreeSet<MonthFile>),
    Arc<MonthChecked>,
);

/// Checks every month by itself, or takes over what its files came to before.
pub(super) fn checked(
    months: BTreeMap<Month, MonthDocuments>,
    beside: Beside,
    memory: &mut Memory,
) -> Vec<Checked> {
    let former = (memory.beside == beside).then_some(&memory.months);
    let kept = |month: &Month, documents: &MonthDocuments| {
        let (of, checked) = former?.get(month)?;
        documents.are_the_same(of).then(|| Arc::clone(checked))
    };
    let months: Vec<(Month, MonthDocuments)> = months.into_iter().collect();
    let made: Vec<(Checked, Option<MonthDocuments>)> = months
        .into_par_iter()
        .with_max_len(1)
        .map(|(month, mut documents)| {
            let programme = std::mem::take(&mut documents.programme);
            let faulty = documents.faulty.clone();
            let of = memory.keeps.then(|| documents.clone());
            let checked = kept(&month, &documents)
                .unwrap_or_else(|| Arc::new(MonthChecked::of(month, documents, &beside)));
            ((month, (programme, faulty), checked), of)
        })
        .collect();
    if memory.keeps {
        let kept = made.iter().filter_map(|((month, _, checked), of)| {
            Some((*month, (of.clone()?, Arc::clone(checked))))
        });
        memory.months = kept.collect();
        memory.beside = beside;
    }
    made.into_iter().map(|(checked, _)| checked).collect()
}

impl Memory {
    /// One that keeps what is made; the default forgets it.
    pub(super) fn keeping() -> Self {
        Memory {
            keeps: true,
            ..Memory::default()
        }
    }
}

impl PartialEq for MonthRecord {
    fn eq(&self, other: &Self) -> bool {
        let MonthRecord {
            month,
            run_month,
            telemetry,
            session,
        } = self;
        // Most are the very same one from one build of a site to the next.
        std::ptr::eq(self, other)
            || (*month == other.month
                && *run_month == other.run_month
                && *telemetry == other.telemetry
                && *session == other.session)
    }
}

impl MonthRecord {
    /// The session, if it was held.
    pub fn held(&self) -> Option<&Held> {
        match &self.session {
            Some(Session::Held(held)) => Some(held),
            _ => None,
        }
    }

    /// Whether its telemetry names the same gates and automations.
    pub(super) fn has_the_names_of(&self, other: &MonthRecord) -> bool {
        std::ptr::eq(self, other)
            || match (&self.telemetry, &other.telemetry) {
                (Some(one), Some(other)) => one.has_the_names_of(other),
                (None, None) => true,
                _ => false,
            }
    }

    /// Whether what was said in the session stands in the very same file.
    pub(super) fn has_the_session_of(&self, other: &MonthRecord) -> bool {
        std::ptr::eq(self, other)
            || match (self.held(), other.held()) {
                (Some(one), Some(other)) => Arc::ptr_eq(&one.date.span.file, &other.date.span.file),
                (None, None) => true,
                _ => false,
            }
    }
}

impl MonthChecked {
    fn of(month: Month, mut documents: MonthDocuments, beside: &Beside) -> Self {
        let mut checked = MonthChecked::default();
        checked.add_fit_check(month, &mut documents, beside.questionnaire.as_ref());
        checked.add_board(month, &mut documents);
        checked.add_record(month, documents, beside.run);
        checked
    }

    /// What a month's Fit Check says: the KPIs at that date, and the answers.
    fn add_fit_check(
        &mut self,
        month: Month,
        documents: &mut MonthDocuments,
        questionnaire: Option<&Questionnaire>,
    ) {
        let mut faults = Report::default();
        if let Some(document) = documents.fit_check.take() {
            let document = Arc::unwrap_or_clone(document);
            self.read_fit_check(month, document, questionnaire, &mut faults);
        }
        if faults.has_errors() || documents.faulty.contains(&MonthFile::FitCheck) {
            self.doubtful.insert(Part::FitCheck);
        }
        self.faults.append(faults);
    }

    fn read_fit_check(
        &mut self,
        month: Month,
        document: Document<FitCheckFile>,
        questionnaire: Option<&Questionnaire>,
        report: &mut Report,
    ) {
        let Document { file, span, value } = document;
        let FitCheckFile {
            version,
            baseline,
            answers,
            restatements,
        } = value;
        let mut check = Check {
            file: &file,
            report,
        };
        let version = check.required(version, "version", &span);
        let answers = check.optional(answers);
        self.sheet = fit_check::sheet(&mut check, month, version, answers, questionnaire);
        self.baseline = check.optional(baseline).map(|baseline| {
            let BaselineFile {
                revenue_per_employee,
                task_automation,
                away_from_desk,
            } = baseline.value;
            let kpis = telemetry::figures(
                &mut check,
                revenue_per_employee,
                task_automation,
                away_from_desk,
            );
            Baseline {
                month,
                kpis,
                span: baseline.span,
            }
        });
        let restated = restatement::of_kpis(&mut check, restatements, Figure::Baseline);
        self.restatements.extend(restated);
    }

    fn add_board(&mut self, month: Month, documents: &mut MonthDocuments) {
        let mut faults = Report::default();
        self.board = board::board(
            month,
            documents.board.take().map(Arc::unwrap_or_clone),
            documents.board_summary.take().map(Arc::unwrap_or_clone),
            &mut faults,
        );
        if faults.has_errors() || documents.faulty.contains(&MonthFile::Board) {
            self.doubtful.insert(Part::Board);
        }
        self.faults.append(faults);
    }

    fn add_record(&mut self, month: Month, documents: MonthDocuments, run: Option<Month>) {
        let MonthDocuments {
            telemetry,
            leadership,
            unwritten,
            narrative,
            fit_check: _,
            board: _,
            board_summary: _,
            programme: _,
            faulty,
        } = documents;
        let has_leadership = leadership.is_some() || faulty.contains(&MonthFile::Leadership);
        if let Some(date) = &unwritten {
            self.faults_of_record.push(minutes_blank(month, date));
        }
        let told = has_leadership || unwritten.is_some();
        if let Some(narrative) = narrative.as_ref().filter(|_| !told) {
            let fault = narrative_without_session(narrative, MonthFile::Leadership.name());
            self.faults_of_record.push(fault);
        }
        let mut faults = Report::default();
        let telemetry = telemetry.map(|document| {
            telemetry::telemetry(month, Arc::unwrap_or_clone(document), &mut faults)
        });
        let restated = telemetry.iter().flat_map(|of| of.restatements.iter());
        self.restatements.extend(restated.cloned());
        if faults.has_errors() || faulty.contains(&MonthFile::Telemetry) {
            self.doubtful.insert(Part::Telemetry);
        }
        self.faults_of_record.append(faults);
        let mut faults = Report::default();
        let mut leadership = leadership.map(Arc::unwrap_or_clone);
        if let Some(document) = &mut leadership {
            let restatements = std::mem::take(&mut document.value.restatements);
            let mut check = Check {
                file: &document.file,
                report: &mut faults,
            };
            let restated = restatement::of_answer(&mut check, restatements, month);
            self.restatements.extend(restated);
        }
        let narrative = narrative.map(Arc::unwrap_or_clone);
        let session = leadership
            .and_then(|document| session::session(month, document, narrative, &mut faults));
        if faults.has_errors() || faulty.contains(&MonthFile::Leadership) {
            self.doubtful.insert(Part::Session);
        }
        self.faults_of_record.append(faults);
        if telemetry.is_none() && session.is_none() {
            return;
        }
        let run_month = run
            .map(|run| month.since(run) + 1)
            .filter(|number| *number >= 1);
        self.record = Some(Arc::new(MonthRecord {
            month,
            run_month,
            telemetry,
            session,
        }));
    }
}

/// Minutes that are laid out and not yet written: with their narrative they
/// wait to be.
fn minutes_blank(month: Month, date: &Span) -> Diagnostic {
    Diagnostic::warning(
        "minutes-blank",
        format!("the minutes of {month} are still blank, so that it awaits its session"),
    )
    .at(date, "")
    .help("fill in the day of the session and what follows; if none was held, let `skipped: \"why\"` be the whole file")
}
