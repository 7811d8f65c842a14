//! The questions that are asked of an engagement and of what it means.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Context, Known};
use crate::engagement::firm::Firm;
use crate::engagement::fit_check::Questionnaire;
use crate::engagement::kpi::Kpi;
use crate::engagement::programme::Programme;
use crate::engagement::session::Held;
use crate::engagement::snapshot::{Figure, Snapshot};
use crate::engagement::telemetry::Telemetry;
use crate::engagement::{Baseline, FreePage, MonthRecord};
use crate::insight::Insights;
use crate::insight::automation::Register;
use crate::insight::backlog::{Backlog, Tracked};
use crate::insight::changed::Changed;
use crate::insight::fit_check::Checked;
use crate::insight::graduation::Graduation;
use crate::insight::programme::Course;
use crate::insight::progress::{self, RunMonth, SessionState};
use crate::insight::restated::Restated;
use crate::insight::series::{Point, Series};
use crate::insight::shared::Shared;
use crate::insight::signal::Signal;
use crate::site::chart::Axis;
use crate::site::page::heard::Heard;
use crate::site::page::kpi_event::{self, Turnover};
use crate::site::page::sequence::{Neighbouring, Sat};
use crate::site::page::{automations, headline, kpi_chart};
use crate::source::content_path::ContentPath;
use crate::source::month::Month;
use crate::source::quarter::Quarter;

/// The questions: each with its one way to an answer, which is what a page is
/// told and what is held against the former answer.
macro_rules! questions {
    (
        of all {
            $($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),*) -> $answer:ty
                = |$known:ident| $look:expr;)*
        }
        of MonthRecord {
            $($(#[$month_doc:meta])* $of_month:ident -> $month_answer:ty
                = |$record:ident| $month_look:expr;)*
        }
        $(of $part:ty = |$whole:ident| $reach:expr => {
            $($(#[$its_doc:meta])* $its:ident($($its_argument:ident: $its_type:ty),*) -> $its_answer:ty
                = |$of:ident| $its_look:expr;)*
        })*
    ) => {
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[expect(non_camel_case_types, reason = "each is named as the question is asked")]
        pub(super) enum Question {
            $($name { $($argument: $type),* },)*
            $($of_month(Month),)*
            $($($its { $($its_argument: $its_type),* },)*)*
        }

        #[expect(
            clippy::elidable_lifetime_names,
            clippy::needless_lifetimes,
            reason = "some answers are borrowed"
        )]
        #[expect(clippy::ptr_arg, reason = "a question keeps what it is asked of")]
        mod answer {
            use super::*;

            $(pub(super) fn $name<'c>($known: Known<'c>, $($argument: &$type),*) -> $answer { $look })*
            $(pub(super) fn $of_month<'c>($record: Option<&'c MonthRecord>) -> $month_answer {
                $month_look
            })*
            $($(pub(super) fn $its<'c>($of: &'c $part, $($its_argument: &$its_type),*) -> $its_answer {
                $its_look
            })*)*
        }

        impl<'c> Context<'c> {
            $(
                $(#[$doc])*
                pub(in crate::site) fn $name(self, $($argument: $type),*) -> $answer {
                    let told = answer::$name(self.known, $(&$argument),*);
                    self.note(|| Question::$name { $($argument),* });
                    told
                }
            )*
            $(
                $(#[$month_doc])*
                pub(in crate::site) fn $of_month(self, month: Month) -> $month_answer {
                    let told = answer::$of_month(self.known.of_month(month));
                    self.note(|| Question::$of_month(month));
                    told
                }
            )*
            $($(
                $(#[$its_doc])*
                pub(in crate::site) fn $its(self, $($its_argument: $its_type),*) -> $its_answer {
                    let $whole = self.known;
                    let told = answer::$its($reach, $(&$its_argument),*);
                    self.note(|| Question::$its { $($its_argument),* });
                    told
                }
            )*)*
        }

        impl Question {
            /// Whether it has one answer in both. What was taken over needn't be
            /// looked into.
            fn is_answered_alike(&self, before: Known<'_>, now: Known<'_>) -> bool {
                match self {
                    $(Question::$name { $($argument),* } => {
                        answer::$name(before, $($argument),*) == answer::$name(now, $($argument),*)
                    })*
                    $(Question::$of_month(month) => {
                        let [then, now] = [before, now].map(|known| known.of_month(*month));
                        then.zip(now).is_some_and(|(then, now)| std::ptr::eq(then, now))
                            || answer::$of_month(then) == answer::$of_month(now)
                    })*
                    $($(Question::$its { $($its_argument),* } => {
                        let [then, now]: [&$part; 2] = [before, now].map(|$whole| $reach);
                        std::ptr::eq(then, now)
                            || answer::$its(then, $($its_argument),*)
                                == answer::$its(now, $($its_argument),*)
                    })*)*
                }
            }
        }
    };
}

questions! {
    of all {
        /// The firm and its playbook.
        firm() -> &'c Firm = |known| &known.engagement.firm;
        /// The day that the report speaks of.
        as_of() -> NaiveDate = |known| known.engagement.as_of;
        /// The KPIs before anything was installed.
        baseline_of_firm() -> Option<&'c Baseline> = |known| known.engagement.baseline.as_ref();
        /// What the Fit Check asks.
        questionnaire() -> &'c Questionnaire = |known| &known.engagement.fit_check.questionnaire;
        /// The months that anything is known of, in order.
        months() -> Vec<Month> = |known| known.engagement.months.keys().copied().collect();
        /// The last of these.
        last_month() -> Option<Month> = |known| known.engagement.months.keys().next_back().copied();
        /// The first of these.
        first_month() -> Option<Month> = |known| known.engagement.months.keys().next().copied();
        /// What came of a month's session.
        session_state(month: Month) -> SessionState = |known| {
            let record = known.engagement.months.get(month);
            record.map_or(SessionState::Missing, |record| progress::session_state(known.engagement, record))
        };
        /// The executive programme.
        programme() -> &'c Programme = |known| &known.engagement.programme;
        /// Whether anything was written of the programme.
        has_programme() -> bool = |known| !known.engagement.programme.is_empty();
        /// Every session with a page, in order, each with its day.
        sessions() -> &'c [(Sat, NaiveDate)] = |known| known.sequence.sessions();
        /// The sessions before and after one.
        neighbours(of: Sat) -> Neighbouring = |known| known.sequence.beside(*of);
        /// The frozen quarters.
        snapshots() -> &'c BTreeMap<Quarter, Snapshot> = |known| &known.engagement.snapshots;
        /// A page of its own.
        free_page(slug: String) -> Option<&'c FreePage> = |known| known.engagement.pages.get(slug);
        /// Each page of its own by slug and title.
        free_pages() -> Vec<(&'c str, &'c str)> = |known| {
            let pages = known.engagement.pages.values();
            pages.map(|page| (&*page.slug, &*page.title)).collect()
        };
        /// A file that markdown refers to.
        attachment(path: ContentPath) -> Option<&'c Arc<Vec<u8>>> = |known| known.engagement.attachments.get(path);
        /// The axes of all KPIs' charts, of this first and last month.
        axes(first: Month, last: Month) -> Vec<Axis> = |known| {
            kpi_chart::axes(&known.engagement.firm, &known.insights.series, *first, *last)
        };
        /// The first month up to this one in which a KPI was where it should end up.
        reached(kpi: Kpi, until: Month) -> Option<&'c Point> = |known| {
            kpi_event::first_reached(&known.engagement.firm.playbook, known.insights.series.get(*kpi), *until)
        };
        /// The month that a figure is of.
        month_of(figure: Figure) -> Option<Month> = |known| known.engagement.month_of(*figure);
        /// The overview's headline.
        overview_headline() -> String = |known| headline::overview(known.engagement, known.insights);
        /// The sentence under it.
        overview_deck(month: Month) -> String = |known| {
            headline::overview_deck(known.engagement, known.insights, *month)
        };
    }
    of MonthRecord {
        /// All that is known of a month.
        record -> Option<&'c MonthRecord> = |record| record;
        /// Whether anything is.
        has_month -> bool = |record| record.is_some();
        /// A month's session, if it was held.
        held -> Option<&'c Held> = |record| record?.held();
        /// A month's telemetry.
        telemetry -> Option<&'c Telemetry> = |record| record?.telemetry.as_ref();
        /// What ran in a month, and what broke, came and went.
        turnover -> Option<Turnover<'c>> = |record| record?.telemetry.as_ref().map(Turnover::of);
        /// A month's number since Run began.
        run_number -> Option<i32> = |record| record?.run_month;
        /// What the list of sessions tells of a month's.
        heard -> Option<Heard<'c>> = |record| record.map(Heard::of);
    }
    of Insights = |known| known.insights => {
        /// A KPI over the engagement's life.
        series(kpi: Kpi) -> &'c Series = |insights| insights.series.get(*kpi);
        /// A KPI in a month.
        point(kpi: Kpi, month: Month) -> Option<&'c Point> = |insights| insights.series.get(*kpi).at(*month);
        /// The first month that any KPI's chart shows.
        first_charted() -> Option<Month> = |insights| kpi_chart::first_charted(&insights.series);
        /// A KPI at the Fit Check, and that month.
        baseline(kpi: Kpi) -> Option<(Month, f64)> = |insights| insights.series.get(*kpi).baseline;
        /// Every Run month.
        run_months() -> &'c [RunMonth] = |insights| &insights.run_months;
        /// A Run month by its calendar month.
        run_month(month: Month) -> Option<&'c RunMonth> = |insights| insights.run_month(*month);
        /// The last Run month whose session was held.
        last_held() -> Option<&'c RunMonth> = |insights| insights.last_held();
        /// The Run month that awaits its session.
        awaiting() -> Option<&'c RunMonth> = |insights| insights.awaiting();
        /// What a month's session should look at, as it is shared.
        fired(month: Month) -> Option<&'c Shared<Vec<Signal>>> = |insights| insights.signals.get(month);
        /// What of it is about an automation that stands still or is marked.
        fired_of_automations(month: Month) -> Vec<&'c Signal> = |insights| {
            automations::standing(insights.signals(*month)).collect()
        };
        /// The way to graduation.
        graduation() -> &'c Graduation = |insights| &insights.graduation;
        /// Every Fit Check with its result, in order.
        fit_checks() -> &'c [Checked] = |insights| &insights.fit_checks;
        /// How the executive programme goes.
        course() -> &'c Course = |insights| &insights.programme;
        /// A month against the last session held before.
        changed(month: Month) -> Option<&'c Shared<Changed>> = |insights| insights.changed.get(month);
        /// What came after the last held session, if anything did.
        changed_since_last_session() -> Option<&'c Changed> = |insights| insights.changed_since_last_session();
        /// Figures that a board's memo shows otherwise.
        restated() -> &'c [Restated] = |insights| &insights.restated;
        /// The restatements of a figure.
        restated_of(figure: Figure) -> Vec<&'c Restated> = |insights| {
            let restated = insights.restated.iter();
            restated.filter(|restated| restated.figure == *figure).collect()
        };
        /// What the three verdicts of a month come to.
        verdicts(month: Month) -> String = |insights| headline::verdicts(insights, *month);
        /// The headline of all sessions.
        sessions_headline() -> String = |insights| headline::sessions(insights);
    }
    of Backlog = |known| &*known.insights.backlog => {
        /// Every Run decision with what became of it.
        decisions() -> &'c [Tracked] = |backlog| &backlog.decisions;
        /// Decisions that still have to be answered, in the order made.
        open_decisions() -> Vec<&'c Tracked> = |backlog| backlog.open().collect();
        /// A decision with what became of it.
        decision(id: String) -> Option<&'c Tracked> = |backlog| backlog.decision(id);
        /// A month's decisions with what became of each.
        decisions_of(month: Month) -> &'c [Tracked] = |backlog| backlog.of_month(*month);
    }
    of Register = |known| &*known.insights.automations => {
        /// The name under which an automation was last reported.
        automation_name(id: String) -> Option<&'c str> = |register| register.lives.get(id)?.name.as_deref();
        /// Every automation's life.
        register() -> &'c Register = |register| register;
        /// Whether there ever was an automation of this id.
        is_automation(id: String) -> bool = |register| register.lives.contains_key(id);
    }
}

/// Questions by their numbers.
#[derive(Debug, Default)]
pub(super) struct Questions {
    numbered: Vec<Arc<Question>>,
    numbers: HashMap<Arc<Question>, u32>,
}

impl Questions {
    /// Whether each has one answer in both, by their numbers.
    pub(super) fn answered_alike(&self, before: Known<'_>, now: Known<'_>) -> Vec<bool> {
        answered_alike(&self.numbered, before, now)
    }

    /// The number of a question.
    pub(super) fn number(&mut self, question: Question) -> u32 {
        if let Some(number) = self.numbers.get(&question) {
            return *number;
        }
        let number = self.numbered.len() as u32;
        let question = Arc::new(question);
        self.numbered.push(Arc::clone(&question));
        self.numbers.insert(question, number);
        number
    }
}

/// So few questions aren't worth another thread's while.
const FEW: usize = 256;

/// Whether each question has one answer in both.
fn answered_alike(questions: &[Arc<Question>], before: Known<'_>, now: Known<'_>) -> Vec<bool> {
    if questions.len() <= FEW {
        let questions = questions.iter();
        return questions
            .map(|question| question.is_answered_alike(before, now))
            .collect();
    }
    let (first, second) = questions.split_at(questions.len() / 2);
    let (mut alike, rest) = rayon::join(
        || answered_alike(first, before, now),
        || answered_alike(second, before, now),
    );
    alike.extend(rest);
    alike
}
