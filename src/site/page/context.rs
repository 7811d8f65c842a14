//! What a page is made from, and a note of what of it was read.
//!
//! A page can't reach the engagement but through [`Context`]: each of its
//! questions is noted for the page that is being made. Asked again of a later
//! state, questions that all have their former answers make the same page, so
//! that it needn't be made.

mod asked;
mod workshop;

use std::sync::Arc;

use super::sequence::Sequence;
use crate::engagement::{Engagement, MonthRecord};
use crate::insight::Insights;
use crate::insight::signal::Signal;
use crate::site::theme::Theme;
use crate::source::month::Month;
use asked::Question;
use workshop::Noted;
pub(in crate::site) use workshop::{Part, Parts, Workshop};

/// An engagement and what it means.
#[derive(Clone, Copy, Debug)]
pub(in crate::site) struct Known<'k> {
    pub(in crate::site) engagement: &'k Engagement,
    pub(in crate::site) insights: &'k Insights,
    /// Their sessions in order.
    pub(in crate::site) sequence: &'k Sequence,
}

impl<'k> Known<'k> {
    /// All that is known of a month.
    fn of_month(self, month: Month) -> Option<&'k MonthRecord> {
        self.engagement.months.get(&month).map(|record| &**record)
    }
}

/// What all pages have that isn't the engagement's.
#[derive(Clone, Debug)]
pub(in crate::site) struct Surroundings {
    /// The theme that fills them in.
    pub(in crate::site) theme: Arc<Theme>,
    /// The commit that the site is built from, if known.
    pub(in crate::site) commit: Option<String>,
}

impl Surroundings {
    /// Whether a page is the same in both.
    pub(in crate::site) fn are_the_same(&self, other: &Surroundings) -> bool {
        Arc::ptr_eq(&self.theme, &other.theme) && self.commit == other.commit
    }
}

/// What one page is made from.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    known: Known<'c>,
    workshop: &'c Workshop<'c>,
    /// Where questions are noted; none where nobody will ask for them.
    noted: Option<&'c Noted>,
    /// What all pages have that isn't the engagement's.
    pub(in crate::site) around: &'c Surroundings,
}

impl<'c> Context<'c> {
    /// What a month's session should look at.
    pub(in crate::site) fn signals(self, month: Month) -> &'c [Signal] {
        self.fired(month).map(|fired| &***fired).unwrap_or_default()
    }

    /// Notes a question for the page that is being made.
    fn note(self, question: impl FnOnce() -> Question) {
        if let Some(noted) = self.noted {
            noted.note(question());
        }
    }

    /// For a site that is made in a workshop.
    pub(in crate::site) fn new(
        known: Known<'c>,
        around: &'c Surroundings,
        workshop: &'c Workshop<'c>,
    ) -> Self {
        Context {
            known,
            workshop,
            noted: None,
            around,
        }
    }
}
