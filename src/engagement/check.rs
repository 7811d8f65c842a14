//! From a field as it was written to a value that can be relied on.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Report, SourceFile, Span, Spanned};
use crate::source::field::{Field, Id, List};

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
