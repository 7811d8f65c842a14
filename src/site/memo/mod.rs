//! The board's memo: one HTML file that holds all it needs, and `facts.json`
//! with every figure that it shows.
//!
//! It is made from a [`BoardView`] and from nothing else: this module and
//! those below it name neither the engagement nor its insights, so what the
//! view doesn't let in can't reach a board. `tests/architecture.rs` holds
//! that.

mod chart;
mod decided;
mod facts;
mod headline;
mod measure;
mod outlook;
mod paper;
#[cfg(test)]
mod sample;
mod style;
mod told;
mod view;

use chrono::NaiveDate;

use super::figure;
use super::page::view::{Markup, Shape, Status, Tone};
use super::theme::Theme;
use crate::diagnostic::Diagnostic;
use crate::engagement::snapshot::sha256;
use crate::insight::board::BoardView;
use crate::source::month::Month;
use view::{Check, MemoPage, Part};

/// The memo's template.
const TEMPLATE: &str = "board-memo.html";

/// The act of freezing.
#[derive(Clone, Debug)]
pub struct Freezing {
    /// The day.
    pub date: NaiveDate,
    /// The full name of the commit that the content is at; none outside git.
    pub commit: Option<String>,
    /// Whether the content has changes that no commit holds.
    pub uncommitted: bool,
}

/// A memo, ready to be frozen.
#[derive(Clone, Debug)]
pub struct Memo {
    /// The one HTML file.
    pub html: Vec<u8>,
    /// `facts.json`.
    pub facts: Vec<u8>,
}

/// Makes a quarter's memo.
///
/// # Errors
///
/// A diagnostic that names the template, the style or the chart, if it can't
/// be made.
pub fn memo(view: &BoardView, freezing: &Freezing, theme: &Theme) -> Result<Memo, Diagnostic> {
    let facts = facts::bytes(&facts::facts(view, freezing));
    let page = page(view, freezing, theme, &facts)?;
    let context = tera::Context::from_serialize(&page).unwrap_or_default();
    let html = theme.fill(TEMPLATE, &context)?;
    Ok(Memo { html, facts })
}

fn page(
    view: &BoardView,
    freezing: &Freezing,
    theme: &Theme,
    facts: &[u8],
) -> Result<MemoPage, Diagnostic> {
    let name = format!("Board memo, {}", figure::quarter_in_words(view.quarter));
    let foot = foot(view, freezing);
    let style = style::style(&theme.memo_style, &view.firm, &name, &foot)?;
    let charts = chart::charts(view).map_err(|fault| {
        Diagnostic::error("chart", fault.to_string()).help(
            "this is a fault of Quarterdeck's own: please report it with the quarter's figures",
        )
    })?;
    let mut page = MemoPage {
        title: format!("{name} · {}", view.firm),
        policy: style::policy(&style),
        style: Markup(style),
        paper: String::new(),
        firm: view.firm.clone(),
        name,
        strip: strip(view, freezing),
        headline: headline::headline(view),
        deck: headline::deck(view),
        summary: told::summary(&view.summary),
        programme: told::programme(view),
        measures: measure::measures(view),
        charts,
        answers: outlook::answers(view),
        decisions: decided::decisions(view),
        bets: decided::bets(view),
        risks: told::risks(view),
        asks: told::asks(view),
        graduation: outlook::graduation(view),
        quarters: outlook::quarters(view),
        check: check(freezing, facts),
        foot,
    };
    page.paper = paper::setting(&page);
    Ok(page)
}

/// When it was frozen, how it stands, whom it is for, and what it lacks.
fn strip(view: &BoardView, freezing: &Freezing) -> Vec<Part> {
    let mut parts = vec![Part::text(format!("Frozen {}", figure::day(freezing.date)))];
    let day_after = freezing.date.succ_opt().unwrap_or(freezing.date);
    if Month::of(day_after) <= view.quarter.last() {
        let early = Status::new(Tone::Warn, Shape::Diamond, "Before the quarter’s end");
        parts.push(Part::status(early));
    }
    if freezing.uncommitted {
        let loose = Status::new(Tone::Warn, Shape::Diamond, "Uncommitted content");
        parts.push(Part::status(loose));
    }
    parts.push(Part::status(measure::overall(view)));
    parts.push(Part::text("For the board".to_owned()));
    parts
}

/// `Snapshot 2026-Q3, from commit 9c1e07b`.
fn foot(view: &BoardView, freezing: &Freezing) -> String {
    let commit = freezing.commit.as_deref();
    let short = commit.map(|commit| commit.get(..7).unwrap_or(commit));
    let from = match (short, freezing.uncommitted) {
        (Some(commit), false) => format!("from commit {commit}"),
        (Some(commit), true) => format!("from commit {commit} and changes that no commit holds"),
        (None, _) => "from content that no commit holds".to_owned(),
    };
    format!("Snapshot {}, {from}", view.quarter)
}

/// How a reader proves it: the hash of the figures' own bytes. A file can't
/// hold its own.
fn check(freezing: &Freezing, facts: &[u8]) -> Check {
    let hash = sha256(facts);
    let groups: Vec<String> = (0..hash.len())
        .step_by(8)
        .filter_map(|at| hash.get(at..at + 8).map(ToOwned::to_owned))
        .collect();
    Check {
        frozen: figure::day(freezing.date),
        short: groups.first().cloned().unwrap_or_default(),
        rest: groups.get(1..).unwrap_or_default().to_vec(),
    }
}
