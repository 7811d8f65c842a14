//! From a field as it was written to a value that can be relied on.

use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::diagnostic::{Diagnostic, Report, SourceFile, Span, Spanned};
use crate::source::field::{Date, Field, Id, List};
use crate::source::month::Month;

/// Checks the fields of one file and reports what is missing or impossible.
pub(super) struct Check<'c> {
    pub(super) file: &'c Arc<SourceFile>,
    pub(super) report: &'c mut Report,
}

impl Check<'_> {
    /// A value that may be left out.
    pub(super) fn optional<T>(&mut self, field: Field<T>) -> Option<Spanned<T>> {
        match field {
            Field::Given(value, range) => Some(Spanned {
                value,
                span: Span::new(self.file, range),
            }),
            Field::Absent | Field::Invalid => None,
        }
    }

    /// A value that must be there. `holder` is what should hold it.
    pub(super) fn required<T>(
        &mut self,
        field: Field<T>,
        name: &str,
        holder: &Span,
    ) -> Option<Spanned<T>> {
        if field.is_absent() {
            self.report.push(
                Diagnostic::error("missing-field", format!("`{name}` is missing"))
                    .at(holder, format!("needs `{name}`"))
                    .help(format!("add `{name}: …`")),
            );
        }
        self.optional(field)
    }

    /// A day of a month's folder: it lies in that month or in the next. For
    /// one that doesn't, which is reported, the month's last stands in, as
    /// what is drawn by weeks would go on for centuries.
    pub(super) fn day_of_month(
        &mut self,
        date: Spanned<Date>,
        name: &str,
        month: Month,
    ) -> Spanned<NaiveDate> {
        let Date(day) = date.value;
        if (month.first_day()..=month.plus(1).last_day()).contains(&day) {
            return date.map(|_| day);
        }
        self.report
            .push(outside_month(name, day, month, &date.span));
        date.map(|_| month.last_day())
    }

    /// Text that may be left out but not be blank.
    pub(super) fn text(&mut self, field: Field<String>, name: &str) -> Option<Spanned<String>> {
        let text = self.optional(field)?;
        if text.value.trim().is_empty() {
            self.report.push(
                Diagnostic::error("empty-value", format!("`{name}` is blank"))
                    .at(&text.span, "")
                    .help("write it, or remove the line"),
            );
            return None;
        }
        Some(text.map(|text| text.trim().to_owned()))
    }

    /// Text that must be there.
    pub(super) fn required_text(
        &mut self,
        field: Field<String>,
        name: &str,
        holder: &Span,
    ) -> Option<Spanned<String>> {
        if field.is_absent() {
            self.required(field, name, holder);
            return None;
        }
        self.text(field, name)
    }

    /// A name that must be there.
    pub(super) fn required_id(
        &mut self,
        field: Field<Id>,
        name: &str,
        holder: &Span,
    ) -> Option<Spanned<String>> {
        self.required(field, name, holder)
            .map(|id| id.map(|Id(id)| id))
    }

    /// A name that may be left out.
    pub(super) fn id(&mut self, field: Field<Id>) -> Option<Spanned<String>> {
        self.optional(field).map(|id| id.map(|Id(id)| id))
    }

    /// The readable items of a list; none if it is left out.
    pub(super) fn list<T>(&mut self, list: List<T>) -> Vec<Spanned<T>> {
        let items = self
            .optional(list)
            .map(|list| list.value)
            .unwrap_or_default();
        items
            .into_iter()
            .filter_map(|item| self.optional(item))
            .collect()
    }

    /// The texts of a list.
    pub(super) fn texts(&mut self, list: List<String>, name: &str) -> Vec<Spanned<String>> {
        let items = self
            .optional(list)
            .map(|list| list.value)
            .unwrap_or_default();
        items
            .into_iter()
            .filter_map(|item| self.text(item, name))
            .collect()
    }

    /// The names of a list.
    pub(super) fn ids(&mut self, list: List<Id>) -> Vec<Spanned<String>> {
        self.list(list)
            .into_iter()
            .map(|id| id.map(|Id(id)| id))
            .collect()
    }

    /// A number that may be left out but must lie in a range. `remedy` says
    /// what the range means.
    pub(super) fn within(
        &mut self,
        field: Field<f64>,
        name: &str,
        range: RangeInclusive<f64>,
        remedy: &str,
    ) -> Option<Spanned<f64>> {
        let number = self.optional(field)?;
        if !range.contains(&number.value) {
            self.report.push(
                Diagnostic::error(
                    "out-of-range",
                    format!("`{name}` is {}, which can't be", number.value),
                )
                .at(
                    &number.span,
                    format!("{} to {}", range.start(), range.end()),
                )
                .help(remedy),
            );
            return None;
        }
        Some(number)
    }
}

fn outside_month(field: &str, date: NaiveDate, month: Month, span: &Span) -> Diagnostic {
    let told = "a month's figures and session are dated in that month or the next";
    let meant = NaiveDate::from_ymd_opt(month.year(), month.number(), date.day());
    Diagnostic::error(
        "date-outside-month",
        format!("`{field}` is {date}, but the folder is {month}'s"),
    )
    .at(span, "")
    .help(match meant {
        Some(day) => format!("{told}; was {day} meant?"),
        None => told.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::files::nameless;

    #[test]
    fn a_day_outside_its_month_is_told_and_leads_nowhere() {
        let month: Month = "2025-02".parse().unwrap();
        let file = nameless("content/2025-02/pre-work.yaml".to_owned());
        let told = |day: &str| {
            let mut report = Report::default();
            let mut check = Check {
                file: &file,
                report: &mut report,
            };
            let date = Spanned {
                value: Date(day.parse().unwrap()),
                span: Span::start_of(&file),
            };
            let stands = check.day_of_month(date, "date", month).value.to_string();
            let help = report.sorted().first().and_then(|fault| fault.help.clone());
            (stands, help)
        };
        for day in ["2025-02-01", "2025-03-31"] {
            assert_eq!(told(day), (day.to_owned(), None));
        }
        let rule = "a month's figures and session are dated in that month or the next";
        for (day, meant) in [
            ("2025-01-31", ""),
            ("2205-02-14", "; was 2025-02-14 meant?"),
            ("9999-12-31", ""),
        ] {
            let help = Some(format!("{rule}{meant}"));
            assert_eq!(told(day), ("2025-02-28".to_owned(), help));
        }
    }
}
