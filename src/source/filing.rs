//! One file of the content to what it holds, and the way to its place among
//! the documents.

use std::sync::Arc;

use super::classify::{Kind, MonthFile, ProgrammeFile};
use super::content_path::ContentPath;
use super::files::{self, Found, ReadFailure};
use super::memory::{Filing, Kept, Outcome, Stamp, Touched, filing};
use super::month::Month;
use super::{blank, document_of, markdown, yaml_document, yaml_tree};
use crate::diagnostic::{Report, SourceFile};

/// What comes of one file: what is kept, if the file is as it was. Returns
/// nothing of an attachment, which is read once it is known to be wanted.
pub(super) fn read_or_kept(
    kind: Kind,
    path: &ContentPath,
    found: &Found,
    paths: &[ContentPath],
    (kept, touched): (Option<&Kept>, Touched<'_>),
) -> Result<Option<Kept>, ReadFailure> {
    if kind == Kind::Attachment {
        return Ok(None);
    }
    // Before it is read: what is written in between is seen the next time.
    let stamp = Stamp::of(&found.path);
    if let Some(kept) = kept.filter(|kept| kept.is_untouched(found, stamp, touched)) {
        return Ok(Some(kept.clone()));
    }
    let shown = format!("content/{path}");
    let mut faults = Report::default();
    let read = match kind {
        Kind::Snapshot(..) => files::bytes(found, &shown, &mut faults)?,
        _ => files::bytes_of_text(found, &shown, &mut faults)?,
    };
    let Some(bytes) = read else {
        // Too large to be kept: only what is wrong with it.
        let outcome = Outcome {
            filing: None,
            faults,
        };
        return Ok(Some(Kept::new(None, &[], outcome)));
    };
    if let Some(kept) = kept.and_then(|kept| kept.with_bytes(&bytes, stamp)) {
        return Ok(Some(kept));
    }
    let filing = read_one(kind, path, &bytes, paths, &mut faults);
    let outcome = Outcome { filing, faults };
    Ok(Some(Kept::new(stamp, &bytes, outcome)))
}

/// Reads one file's bytes. Returns nothing if they can't be read, which is
/// reported.
fn read_one(
    kind: Kind,
    path: &ContentPath,
    bytes: &[u8],
    paths: &[ContentPath],
    report: &mut Report,
) -> Option<Arc<dyn Filing>> {
    if let Kind::Snapshot(quarter, name) = kind {
        return Some(filing(bytes.to_vec(), move |documents, bytes| {
            let snapshot = documents.snapshots.entry(quarter).or_default();
            snapshot.files.insert(name, bytes);
        }));
    }
    let file = files::decoded(bytes, &format!("content/{path}"), report)?;
    match kind {
        Kind::Engagement => yaml_document(&file, "engagement", report).map(|read| {
            filing(read, |documents, read| {
                documents.engagement = Some(Arc::unwrap_or_clone(read));
            })
        }),
        Kind::Questionnaire => yaml_document(&file, "questionnaire", report).map(|read| {
            filing(read, |documents, read| {
                documents.questionnaire = Some(Arc::unwrap_or_clone(read));
            })
        }),
        Kind::Page => {
            let page = markdown::parse(&file, path, paths, report);
            Some(filing(page, |documents, page| documents.pages.push(page)))
        }
        Kind::Month(month, name) => read_month_file(month, name, &file, path, paths, report),
        Kind::Snapshot(..) | Kind::Attachment => None,
    }
}

fn read_month_file(
    at: Month,
    name: MonthFile,
    file: &Arc<SourceFile>,
    path: &ContentPath,
    paths: &[ContentPath],
    report: &mut Report,
) -> Option<Arc<dyn Filing>> {
    match name {
        MonthFile::Telemetry => yaml_document(file, "telemetry", report).map(|read| {
            filing(read, move |documents, read| {
                documents.month(at).telemetry = Some(read);
            })
        }),
        MonthFile::Leadership => read_minutes(at, file, report),
        MonthFile::FitCheck => yaml_document(file, "fit-check", report).map(|read| {
            filing(read, move |documents, read| {
                documents.month(at).fit_check = Some(read);
            })
        }),
        MonthFile::Board => yaml_document(file, "board", report).map(|read| {
            filing(read, move |documents, read| {
                documents.month(at).board = Some(read);
            })
        }),
        MonthFile::Narrative => {
            let read = markdown::parse(file, path, paths, report);
            Some(filing(read, move |documents, read| {
                documents.month(at).narrative = Some(read);
            }))
        }
        MonthFile::BoardSummary => {
            let read = markdown::parse(file, path, paths, report);
            Some(filing(read, move |documents, read| {
                documents.month(at).board_summary = Some(read);
            }))
        }
        MonthFile::Programme(part) => read_programme_file(at, part, file, report),
        MonthFile::ProgrammeText(part) => {
            let read = markdown::parse(file, path, paths, report);
            Some(filing(read, move |documents, read| {
                documents.month(at).programme.texts.insert(part, read);
            }))
        }
    }
}

/// Minutes that are laid out and not yet written are no fault: the month
/// awaits its session.
fn read_minutes(at: Month, file: &Arc<SourceFile>, report: &mut Report) -> Option<Arc<dyn Filing>> {
    let node = yaml_tree(file, report)?;
    if let Some(date) = blank::unwritten(&node) {
        let date = date.clone();
        return Some(filing(date, move |all, date| {
            all.month(at).unwritten = Some(Arc::unwrap_or_clone(date));
        }));
    }
    document_of(file, node, "leadership", report)
        .map(|read| filing(read, move |all, read| all.month(at).leadership = Some(read)))
}

fn read_programme_file(
    at: Month,
    part: ProgrammeFile,
    file: &Arc<SourceFile>,
    report: &mut Report,
) -> Option<Arc<dyn Filing>> {
    let what = part.stem();
    match part {
        ProgrammeFile::PreWork => yaml_document(file, what, report).map(|read| {
            filing(read, move |all, read| {
                all.month(at).programme.pre_work = Some(read);
            })
        }),
        ProgrammeFile::EndState => yaml_document(file, what, report).map(|read| {
            filing(read, move |all, read| {
                all.month(at).programme.end_state = Some(read);
            })
        }),
        ProgrammeFile::CurrentState => yaml_document(file, what, report).map(|read| {
            filing(read, move |all, read| {
                all.month(at).programme.current_state = Some(read);
            })
        }),
        ProgrammeFile::Path => yaml_document(file, what, report).map(|read| {
            filing(read, move |all, read| {
                all.month(at).programme.path = Some(read);
            })
        }),
        ProgrammeFile::DecisionBrief => yaml_document(file, what, report).map(|read| {
            filing(read, move |all, read| {
                all.month(at).programme.decision_brief = Some(read);
            })
        }),
    }
}
