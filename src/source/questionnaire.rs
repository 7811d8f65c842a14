//! The questionnaire that an engagement without one of its own asks.

use std::sync::{Arc, OnceLock};

use super::document::QuestionnaireFile;
use super::{Document, yaml_document};
use crate::diagnostic::{Report, SourceFile};

const DEFAULT: &str = include_str!("default/fit-check.yaml");

/// The default's document, and what would be said of it.
pub(super) fn default() -> (Option<Document<QuestionnaireFile>>, Report) {
    // Of many sites, the first to ask for it reads it.
    static READ: OnceLock<(Option<Document<QuestionnaireFile>>, Report)> = OnceLock::new();
    let read = READ.get_or_init(|| {
        let file = Arc::new(SourceFile {
            path: "the default fit-check.yaml".to_owned(),
            text: DEFAULT.to_owned(),
        });
        let mut said = Report::default();
        (yaml_document(&file, "questionnaire", &mut said), said)
    });
    read.clone()
}
