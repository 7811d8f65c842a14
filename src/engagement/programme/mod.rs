//! The executive programme: pre-work and four sessions before Run.
//!
//! [`Programme`] holds what an author wrote of each [`Meeting`], checked; a
//! meeting whose file isn't there is `None`. What the four sessions have in
//! common is a [`Sitting`]: its day, its time, who was there, its agenda (the
//! author's or the programme's own) and the text of the `.md` beside it.
//!
//! | type | file | holds beside its sitting |
//! |---|---|---|
//! | [`PreWork`] | `pre-work.yaml` | six inputs, three pre-reads, the seven seats |
//! | [`EndState`] | `end-state.yaml` | statement and signatures, scorecard, constraints, risk appetite, decision rights |
//! | [`CurrentState`] | `current-state.yaml` | interviews, flow, bottlenecks, heatmap, controls |
//! | [`PathChoice`] | `path.yaml` | weights, pathways, assumptions, workstreams |
//! | [`DecisionBrief`] | `decision-brief.yaml` | plan, roadmap, gates, resources, risks, cadence, sign-off, commitments |
//!
//! [`outline`] is what the programme prescribes: names, goals, agendas,
//! outputs, and the sets with their names for a reader ([`outline::Input`],
//! [`outline::ProgrammeSeat`], [`outline::Criterion`] …). A session that is
//! only planned has its day and nothing else: every list is empty, and
//! [`Programme::is_recorded`] says no.
//!
//! Nothing here is computed: sums, shares, ranks, dates of weeks and what is
//! missing are derived in the insight stage.

mod current_state;
mod decision_brief;
mod end_state;
pub mod outline;
mod path;
mod pre_work;
mod sitting;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

pub use current_state::{Bottleneck, Control, CurrentState, HeatRow, Interviews, Stage};
pub use decision_brief::{
    Cadence, Commitment, DecisionBrief, PlanItem, ProgrammeRisk, Resource, RoadmapGate, RoadmapItem,
};
pub use end_state::{Appetite, Constraint, DecisionRight, EndState, Metric, Statement};
pub use path::{Assumption, PathChoice, Pathway, Scores, Weights};
pub use pre_work::{Filled, PreWork, Received, SeatFilled};
pub use sitting::{AgendaItem, Signature, Sitting, Text, Workstream};

use crate::diagnostic::{Diagnostic, Report, Span};
use crate::source::markdown::Markdown;
use crate::source::month::Month;
use crate::source::{Document, MonthFile, ProgrammeDocuments, ProgrammeFile};
use sitting::Place;

/// A meeting of the programme: the pre-work, or one of the four sessions.
pub type Meeting = ProgrammeFile;

/// What is known of the programme. Each meeting takes place once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Programme {
    /// What was collected and sent out beforehand.
    pub pre_work: Option<PreWork>,
    /// Session 1.
    pub end_state: Option<EndState>,
    /// Session 2.
    pub current_state: Option<CurrentState>,
    /// Session 3.
    pub path: Option<PathChoice>,
    /// Session 4.
    pub decision_brief: Option<DecisionBrief>,
}

impl Programme {
    /// Whether an author wrote anything of it.
    pub fn is_empty(&self) -> bool {
        Meeting::ALL
            .iter()
            .all(|meeting| self.month(*meeting).is_none())
    }

    /// The month in whose folder a meeting's file lies.
    pub fn month(&self, meeting: Meeting) -> Option<Month> {
        match meeting {
            Meeting::PreWork => self.pre_work.as_ref().map(|pre_work| pre_work.month),
            _ => self.sitting(meeting).map(|sitting| sitting.month),
        }
    }

    /// The day of a meeting; for the pre-work, on which it closes.
    pub fn date(&self, meeting: Meeting) -> Option<NaiveDate> {
        match meeting {
            Meeting::PreWork => {
                let date = self.pre_work.as_ref()?.date.as_ref()?;
                Some(date.value)
            }
            _ => self.sitting(meeting).map(|sitting| sitting.date.value),
        }
    }

    /// What a session has in common with the others; none of the pre-work.
    pub fn sitting(&self, meeting: Meeting) -> Option<&Sitting> {
        match meeting {
            Meeting::PreWork => None,
            Meeting::EndState => self.end_state.as_ref().map(|session| &session.sitting),
            Meeting::CurrentState => self.current_state.as_ref().map(|session| &session.sitting),
            Meeting::Path => self.path.as_ref().map(|session| &session.sitting),
            Meeting::DecisionBrief => self.decision_brief.as_ref().map(|session| &session.sitting),
        }
    }

    /// The four sessions that have a file, in order.
    pub fn sittings(&self) -> impl Iterator<Item = &Sitting> {
        Meeting::ALL
            .into_iter()
            .filter_map(|meeting| self.sitting(meeting))
    }

    /// The text beside a meeting's file, if there is one.
    pub fn text(&self, meeting: Meeting) -> Option<&Text> {
        match meeting {
            Meeting::PreWork => self.pre_work.as_ref()?.text.as_ref(),
            _ => self.sitting(meeting)?.text.as_ref(),
        }
    }

    /// Whether anything but a meeting's day and agenda is noted.
    pub fn is_recorded(&self, meeting: Meeting) -> bool {
        match meeting {
            Meeting::PreWork => self.pre_work.as_ref().is_some_and(PreWork::is_recorded),
            Meeting::EndState => self.end_state.as_ref().is_some_and(EndState::is_recorded),
            Meeting::CurrentState => self
                .current_state
                .as_ref()
                .is_some_and(CurrentState::is_recorded),
            Meeting::Path => self.path.as_ref().is_some_and(PathChoice::is_recorded),
            Meeting::DecisionBrief => self
                .decision_brief
                .as_ref()
                .is_some_and(DecisionBrief::is_recorded),
        }
    }

    /// The workstreams in force: the brief's, else the path's.
    pub fn workstreams(&self) -> &[Workstream] {
        let brief = self.decision_brief.as_ref();
        let own = brief.map(|brief| &*brief.workstreams).unwrap_or_default();
        if own.is_empty() {
            let path = self.path.as_ref();
            return path.map(|path| &*path.workstreams).unwrap_or_default();
        }
        own
    }

    /// The days of what has happened: sessions of which anything is noted,
    /// what was received and sent, and signatures.
    pub(super) fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let held = Meeting::ALL
            .into_iter()
            .filter(|meeting| self.is_recorded(*meeting))
            .filter_map(|meeting| self.sitting(meeting))
            .map(|sitting| sitting.date.value);
        let received = self.pre_work.iter().flat_map(PreWork::receipts);
        let statement = self
            .end_state
            .iter()
            .filter_map(|session| session.statement.as_ref())
            .flat_map(|statement| &statement.signatures);
        let signed_off = self.decision_brief.iter().flat_map(|brief| &brief.sign_off);
        let signed = statement.chain(signed_off).map(|signature| signature.date);
        held.chain(received).chain(signed)
    }

    /// Drops what later months hold.
    pub(super) fn retain_until(&mut self, month: Month) {
        let Programme {
            pre_work,
            end_state,
            current_state,
            path,
            decision_brief,
        } = self;
        pre_work.take_if(|pre_work| pre_work.month > month);
        end_state.take_if(|session| session.sitting.month > month);
        current_state.take_if(|session| session.sitting.month > month);
        path.take_if(|session| session.sitting.month > month);
        decision_brief.take_if(|session| session.sitting.month > month);
    }
}

/// Gathers the programme from the month folders.
#[derive(Default)]
pub(super) struct Gathering {
    pub(super) programme: Programme,
    /// Where each meeting was first met, whatever could be read of it.
    firsts: BTreeMap<Meeting, Span>,
}

/// What is read of one month's folder.
struct Reading<'r> {
    month: Month,
    faulty: &'r BTreeSet<MonthFile>,
    texts: BTreeMap<Meeting, Arc<Markdown>>,
    firsts: &'r mut BTreeMap<Meeting, Span>,
    doubtful: BTreeSet<Meeting>,
    report: &'r mut Report,
}

impl Gathering {
    /// Takes in what a month's folder holds. Returns the meetings whose files
    /// have faults.
    pub(super) fn add(
        &mut self,
        month: Month,
        documents: ProgrammeDocuments,
        faulty: &BTreeSet<MonthFile>,
        report: &mut Report,
    ) -> BTreeSet<Meeting> {
        let ProgrammeDocuments {
            pre_work,
            end_state,
            current_state,
            path,
            decision_brief,
            texts,
        } = documents;
        let Programme {
            pre_work: pre_work_slot,
            end_state: end_state_slot,
            current_state: current_state_slot,
            path: path_slot,
            decision_brief: decision_brief_slot,
        } = &mut self.programme;
        let mut reading = Reading {
            month,
            faulty,
            texts,
            firsts: &mut self.firsts,
            doubtful: BTreeSet::new(),
            report,
        };
        reading.meeting(
            Meeting::PreWork,
            pre_work,
            pre_work_slot,
            |file, place, report| Some(pre_work::pre_work(file, place, report)),
        );
        reading.meeting(
            Meeting::EndState,
            end_state,
            end_state_slot,
            end_state::end_state,
        );
        reading.meeting(
            Meeting::CurrentState,
            current_state,
            current_state_slot,
            current_state::current_state,
        );
        reading.meeting(Meeting::Path, path, path_slot, path::path);
        reading.meeting(
            Meeting::DecisionBrief,
            decision_brief,
            decision_brief_slot,
            decision_brief::decision_brief,
        );
        reading.doubtful
    }
}

impl Reading<'_> {
    fn meeting<F: Clone, T>(
        &mut self,
        meeting: Meeting,
        document: Option<Arc<Document<F>>>,
        slot: &mut Option<T>,
        check: impl FnOnce(Document<F>, Place, &mut Report) -> Option<T>,
    ) {
        let text = self.texts.remove(&meeting);
        let unreadable = self.faulty.contains(&MonthFile::Programme(meeting));
        if unreadable || self.faulty.contains(&MonthFile::ProgrammeText(meeting)) {
            self.doubtful.insert(meeting);
        }
        let Some(document) = document else {
            if let Some(text) = text.filter(|_| !unreadable) {
                self.report
                    .push(super::narrative_without_session(&text, meeting.name()));
            }
            return;
        };
        let start = Span::start_of(&document.file);
        if let Some(first) = self.firsts.get(&meeting) {
            self.report.push(happens_once(meeting, first, &start));
            return;
        }
        self.firsts.insert(meeting, start);
        let place = Place {
            meeting,
            month: self.month,
            text: text.map(Arc::unwrap_or_clone).map(Text::of),
            span: document.span.clone(),
        };
        let mut faults = Report::default();
        *slot = check(Arc::unwrap_or_clone(document), place, &mut faults);
        if faults.has_errors() {
            self.doubtful.insert(meeting);
        }
        self.report.append(faults);
    }
}

fn happens_once(meeting: Meeting, first: &Span, again: &Span) -> Diagnostic {
    Diagnostic::error(
        "programme-twice",
        format!("{} is in two months", meeting.name()),
    )
    .at(again, "")
    .see(first, "the first one is here")
    .help("each meeting of the programme takes place once: keep one file; `_` before the other's name makes it a draft")
}
