//! The templates of a theme as text: its own over the default's.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::embedded;
use super::tag::{Tag, tags};
use crate::diagnostic::{SourceFile, Span};

/// A theme's own templates by their names below `templates/`.
#[derive(Clone, Debug, Default)]
pub(super) struct Sources {
    pub(super) own: BTreeMap<String, Arc<SourceFile>>,
}

impl Sources {
    /// Whether the default theme is used as it is.
    pub(super) fn is_default(&self) -> bool {
        self.own.is_empty()
    }

    /// A template's text, and whose it is.
    pub(super) fn file(&self, name: &str) -> Option<Arc<SourceFile>> {
        let own = self.own.get(name).map(Arc::clone);
        own.or_else(|| embedded::template(name))
    }

    /// Every template's text by its name.
    pub(super) fn merged(&self) -> BTreeMap<String, String> {
        let mut merged: BTreeMap<String, String> = defaults();
        for (name, file) in &self.own {
            merged.insert(name.clone(), file.text.clone());
        }
        merged
    }

    /// The first place in the theme's own templates that reads as `written`.
    pub(super) fn place(&self, written: &str) -> Option<Span> {
        self.own.values().find_map(|file| {
            let at = file.text.find(written)?;
            Some(Span::new(file, at..at + written.len()))
        })
    }

    /// The theme's own template that stands in the place of the default's
    /// with such a tag, and doesn't have it: where what others need is gone.
    pub(super) fn lost(&self, keyword: &str, name: &str) -> Option<(&str, &Arc<SourceFile>)> {
        let has = |text: &str| {
            let is = |tag: &Tag| tag.keyword == keyword && tag.name == name;
            tags(text).iter().any(is)
        };
        let mut own = self.own.iter();
        let (lost, file) = own.find(|(own, file)| {
            embedded::template(own).is_some_and(|default| has(&default.text)) && !has(&file.text)
        })?;
        Some((lost, file))
    }
}

/// The default theme's templates by their names below `templates/`.
pub(super) fn defaults() -> BTreeMap<String, String> {
    let files = embedded::files().into_iter();
    files
        .filter_map(|file| {
            let name = file.path.strip_prefix("templates/")?.to_owned();
            Some((name, file.text().to_owned()))
        })
        .collect()
}
