//! The questionnaire that an engagement without one of its own asks.

use std::sync::Arc;

use super::document::QuestionnaireFile;
use super::{Document, yaml_document};
use crate::diagnostic::{Report, SourceFile};

const DEFAULT: &str = include_str!("default/fit-check.yaml");

/// The default's document.
pub(super) fn default(report: &mut Report) -> Option<Document<QuestionnaireFile>> {
    let file = Arc::new(SourceFile {
        path: "the default fit-check.yaml".to_owned(),
        text: DEFAULT.to_owned(),
    });
    yaml_document(&file, "questionnaire", report)
}
