//! Quarters frozen for a test: sound snapshots of whatever a site holds, with
//! a memo of a few words. Day, commit and token are always the same.

// Each test program uses its own part of it.
#![allow(dead_code, reason = "each test program uses its own part of this")]

use std::fs;
use std::path::Path;

use quarterdeck::diagnostic::Report;
use quarterdeck::engagement::kpi::Kpi;
use quarterdeck::engagement::snapshot::{Reading, Snapshot, frozen_file};
use quarterdeck::engagement::{self, Engagement};
use quarterdeck::insight::board::{self, BoardView, Measure};
use quarterdeck::insight::restated::Restated;
use quarterdeck::insight::verdict::Verdict;
use quarterdeck::source::document::Answer;
use quarterdeck::source::document::snapshot::{FORMAT, ManifestFile, PreviousFile};
use quarterdeck::source::quarter::Quarter;
use quarterdeck::source::{self, SnapshotFile};
use serde_json::{Value, json};

/// The commit that a test's quarters are frozen at.
pub const COMMIT: &str = "4f2a91c0d6b85e7f3a1c9d2e8b7f6a5c4d3e2f10";

/// The engagement that a site's folder holds; it must have no error.
pub fn engagement(site: &Path) -> Engagement {
    let mut report = Report::default();
    let documents = source::read(site, &mut report).unwrap();
    let engagement = engagement::check(documents, None, &mut report);
    assert!(!report.has_errors(), "{}", report.render(false));
    engagement.unwrap()
}

/// Freezes a quarter of a site as the site is now, on the third day after the
/// quarter's end.
pub fn freeze(site: &Path, quarter: &str) {
    let engagement = engagement(site);
    let quarter: Quarter = quarter.parse().unwrap();
    let frozen = quarter.last().last_day() + chrono::Days::new(3);
    let view = board::view(&engagement, quarter);
    let mut facts = serde_json::to_vec_pretty(&facts(&engagement, &view, frozen)).unwrap();
    facts.push(b'\n');
    let memo = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{quarter}</title></head><body><h1>The memo for {quarter}</h1></body></html>\n"
    );
    let before = engagement.snapshots.range(..quarter).next_back();
    let mut manifest = ManifestFile {
        format: FORMAT,
        quarter: quarter.to_string(),
        frozen: frozen.to_string(),
        commit: Some(COMMIT.to_owned()),
        uncommitted: false,
        program: "quarterdeck 0.1.0".to_owned(),
        token: format!("{}k7w3m9x2c5v8b4n6j1h0", quarter.slug().replace('-', "")),
        previous: before.map(|(_, before)| previous(before)),
        files: vec![
            frozen_file(SnapshotFile::Memo, memo.as_bytes()),
            frozen_file(SnapshotFile::Facts, &facts),
        ],
        id: String::new(),
    };
    manifest.id = manifest.proper_id();
    let folder = site.join("content/board").join(quarter.slug());
    fs::create_dir_all(&folder).unwrap();
    let manifest = manifest.to_text();
    for (file, bytes) in [
        (SnapshotFile::Memo, memo.as_bytes()),
        (SnapshotFile::Facts, &facts),
        (SnapshotFile::Manifest, manifest.as_bytes()),
    ] {
        fs::write(folder.join(file.name()), bytes).unwrap();
    }
}

fn previous(before: &Snapshot) -> PreviousFile {
    PreviousFile {
        quarter: before.quarter.to_string(),
        id: before.manifest.id.clone(),
    }
}

/// `facts.json`, as far as a reader needs it. It is written as JSON rather
/// than as the program's own type, so that a later version's further fields
/// are found to be optional.
fn facts(engagement: &Engagement, view: &BoardView, frozen: chrono::NaiveDate) -> Value {
    let outlook = &view.outlook;
    json!({
        "format": FORMAT,
        "firm": view.firm,
        "currency": view.currency.code,
        "quarter": view.quarter.to_string(),
        "month": view.quarter.last().to_string(),
        "run_month": view.run_month,
        "frozen": frozen.to_string(),
        "commit": COMMIT,
        "measures": Kpi::ALL.map(|kpi| measure(view.measures.get(kpi))),
        "answers": view.answers.iter().map(|given| json!({
            "month": given.month.to_string(),
            "answer": given.answer.map(Answer::word),
        })).collect::<Vec<_>>(),
        "decisions": [], "bets": [], "risks": [], "asks": [],
        "graduation": {
            "state": outlook.state.word(),
            "streak": outlook.streak,
            "needed": outlook.streak_needed,
            "earliest": outlook.earliest.map(|month| month.to_string()),
            "window_ends": outlook.window_ends.map(|month| month.to_string()),
        },
        "restatements": view.restatements.iter()
            .map(|restated| restatement(engagement, restated)).collect::<Vec<_>>(),
    })
}

fn measure(measure: &Measure) -> Value {
    json!({
        "measure": measure.kpi.key(),
        "unit": "",
        "baseline": measure.baseline.map(|(_, value)| value),
        "prior": measure.prior,
        "actual": measure.actual,
        "provisional": measure.provisional,
        "target_low": measure.target.map(|target| target.low),
        "target_high": measure.target.and_then(|target| target.high),
        "change": measure.change,
        "change_percent": measure.change_percent,
        "status": measure.verdict.map_or("before Run", Verdict::word),
        "series": measure.series.iter().map(|point| json!({
            "month": point.month.to_string(),
            "value": point.value,
            "provisional": point.provisional,
        })).collect::<Vec<_>>(),
    })
}

fn restatement(engagement: &Engagement, restated: &Restated) -> Value {
    json!({
        "measure": restated.figure.key(),
        "month": engagement.month_of(restated.figure).map(|month| month.to_string()),
        "was": written(restated.was),
        "now": written(restated.now),
        "reason": restated.reason,
        "date": restated.date.to_string(),
        "memo": restated.memo.to_string(),
    })
}

fn written(reading: Reading) -> Option<String> {
    match reading {
        Reading::Number(number) => number.map(|number| number.to_string()),
        Reading::Answer(answer) => answer.map(|answer| answer.word().to_owned()),
    }
}
