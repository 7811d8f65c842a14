//! Figures that were changed after a board's memo had shown them.

use chrono::NaiveDate;

use super::check::Check;
use super::kpi::Kpi;
use super::snapshot::{Figure, Reading};
use super::telemetry::each;
use crate::diagnostic::{Span, Spanned};
use crate::source::document::{AnswerRestatementFile, RestatementFile};
use crate::source::field::{Date, List};
use crate::source::month::Month;

/// A figure that was changed after a memo had shown it, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Restatement {
    /// The figure.
    pub figure: Figure,
    /// What the memo shows.
    pub was: Reading,
    /// The day of the change.
    pub date: NaiveDate,
    /// Why, in words that follow "because".
    pub reason: String,
    /// Where it is written.
    pub span: Span,
}

/// Restatements of KPIs; `figure` says which figure of the file a KPI is.
pub(super) fn of_kpis(
    check: &mut Check<'_>,
    list: List<RestatementFile>,
    figure: impl Fn(Kpi) -> Figure,
) -> Vec<Restatement> {
    each(check, list, |check, file: Spanned<RestatementFile>| {
        let RestatementFile {
            kpi,
            was,
            date,
            reason,
        } = file.value;
        let kpi = check.required(kpi, "kpi", &file.span);
        let was = check.optional(was).map(|was| was.value);
        let date = check.required(date, "date", &file.span);
        let reason = check.required_text(reason, "reason", &file.span);
        let Date(date) = date?.value;
        Some(Restatement {
            figure: figure(kpi?.value.into()),
            was: Reading::Number(was),
            date,
            reason: because(&reason?.value),
            span: file.span,
        })
    })
}

/// Restatements of a month's closing answer.
pub(super) fn of_answer(
    check: &mut Check<'_>,
    list: List<AnswerRestatementFile>,
    month: Month,
) -> Vec<Restatement> {
    each(
        check,
        list,
        |check, file: Spanned<AnswerRestatementFile>| {
            let AnswerRestatementFile { was, date, reason } = file.value;
            let was = check.optional(was).map(|was| was.value);
            let date = check.required(date, "date", &file.span);
            let reason = check.required_text(reason, "reason", &file.span);
            let Date(date) = date?.value;
            Some(Restatement {
                figure: Figure::Answer(month),
                was: Reading::Answer(was),
                date,
                reason: because(&reason?.value),
                span: file.span,
            })
        },
    )
}

/// The reason as it follows "because": without its own "because" and full
/// stop.
fn because(reason: &str) -> String {
    let reason = reason.trim().trim_end_matches('.');
    let reason = reason
        .strip_prefix("because ")
        .or_else(|| reason.strip_prefix("Because "))
        .unwrap_or(reason);
    reason.to_owned()
}
