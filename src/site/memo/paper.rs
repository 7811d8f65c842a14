//! How closely a memo is set on paper, so that it keeps to two sheets: what
//! was on the first, what is asked on the second, where they hold it.
//!
//! Nothing can be measured here, as faces differ by platform: heights are
//! reckoned from lines of text, a little high, for a sheet of Letter, which is
//! the shorter. The pixels are those of `board.css`.

use super::view::{Ask, MemoPage, Note, Programme};

/// Pixels that two sheets hold, below their heads.
const FIRST_SHEET: f64 = 932.0;
const SECOND_SHEET: f64 = 894.0;
/// What may be lost at the foot of the first sheet where rows don't divide.
const LOST: f64 = 60.0;

/// A sheet's width in pixels.
const WIDTH: f64 = 660.0;
/// A letter's width in each kind of text, on average.
const HEADLINE_LETTER: f64 = 13.4;
const DECK_LETTER: f64 = 7.3;
const TABLE_LETTER: f64 = 5.9;
const NOTE_LETTER: f64 = 5.6;

/// A way to set a memo.
struct Setting {
    /// Its class in the style sheet.
    name: &'static str,
    /// Above a section.
    gap: f64,
    /// Above and below a row's text, together with its rule.
    row: f64,
    /// Around a section's title, with its rule.
    head: f64,
    /// Whether options stand beside the recommendation.
    beside: bool,
}

const SETTINGS: [Setting; 5] = [
    Setting {
        name: "roomy",
        gap: 26.0,
        row: 15.0,
        head: 11.0,
        beside: false,
    },
    Setting {
        name: "close",
        gap: 18.0,
        row: 11.0,
        head: 11.0,
        beside: false,
    },
    Setting {
        name: "snug",
        gap: 14.0,
        row: 9.0,
        head: 11.0,
        beside: false,
    },
    Setting {
        name: "dense",
        gap: 10.0,
        row: 6.0,
        head: 6.0,
        beside: true,
    },
    Setting {
        name: "packed",
        gap: 7.0,
        row: 4.0,
        head: 5.0,
        beside: true,
    },
];

/// The classes of the setting that the memo's length asks for: the roomiest
/// that keeps each half to its sheet, else the roomiest that keeps the whole
/// to two. Where none does, it flows.
pub(super) fn setting(page: &MemoPage) -> String {
    let halves = SETTINGS
        .iter()
        .map(|setting| (setting, setting.past(page), setting.asked(page)));
    let halves: Vec<(&Setting, f64, f64)> = halves.collect();
    let turned = halves
        .iter()
        .find(|(_, past, asked)| *past <= FIRST_SHEET && *asked <= SECOND_SHEET);
    if let Some((setting, ..)) = turned {
        return format!("{} turned", setting.name);
    }
    let flowing = halves
        .iter()
        .find(|(_, past, asked)| past + asked + LOST <= FIRST_SHEET + SECOND_SHEET);
    let (setting, ..) = flowing.or(halves.last()).unwrap_or(&halves[0]);
    setting.name.to_owned()
}

/// Lines that a text takes in a share of the width.
fn lines(text: &str, share: f64, letter: f64) -> f64 {
    let width = text.chars().count() as f64 * letter;
    (width / (WIDTH * share)).ceil().max(1.0)
}

/// Lines that a table's cell takes.
fn cell(text: &str, share: f64) -> f64 {
    lines(text, share, TABLE_LETTER)
}

fn notes(notes: &[Note]) -> f64 {
    let all = notes.iter();
    let lines: f64 = all.map(|note| lines(&note.text, 1.0, NOTE_LETTER)).sum();
    if lines > 0.0 { 4.0 + lines * 15.0 } else { 0.0 }
}

impl Setting {
    /// The first half: how it stands and what was decided.
    fn past(&self, page: &MemoPage) -> f64 {
        let measures = page.measures.rows.iter().map(|row| {
            let comment = cell(&row.comment, 0.175) * 16.0;
            self.row + comment.max(31.0)
        });
        let decisions = page.decisions.rows.iter().map(|row| cell(&row.what, 0.425));
        let bets = page.bets.rows.iter().map(|row| {
            let bet = cell(&row.bet, 0.335);
            bet.max(cell(&row.needs, 0.35))
        });
        let answers = if page.answers.months.is_empty() {
            16.0
        } else {
            72.0 + notes(&page.answers.notes)
        };
        self.opening(page)
            + self.section()
            + 20.0
            + measures.sum::<f64>()
            + notes(&page.measures.notes)
            + 148.0
            + self.section()
            + answers
            + self.table(decisions)
            + self.table(bets)
    }

    /// The second: risks, asks, and what lies ahead.
    fn asked(&self, page: &MemoPage) -> f64 {
        let risks = page.risks.rows.iter().map(|row| {
            let risk = cell(&row.risk, 0.335).max(cell(&row.response, 0.35));
            risk.max(if row.level.is_some() { 2.0 } else { 1.0 })
        });
        let criteria = page.graduation.rows.iter();
        let criteria = criteria.map(|row| cell(&row.evidence, 0.5));
        let quarters = page.quarters.rows.iter().map(|_| 1.0);
        let asks = page.asks.items.iter();
        let asks: f64 = asks.map(|ask| self.ask(ask) + 17.0).sum();
        let programme = page.programme.as_ref().map_or(0.0, |told| self.told(told));
        self.table(risks)
            + self.section()
            + asks.max(16.0)
            + programme
            + self.table(criteria)
            + self.table(quarters)
            + self.section()
            + if self.beside { 60.0 } else { 92.0 }
            - self.gap
    }

    fn opening(&self, page: &MemoPage) -> f64 {
        let headline = lines(&page.headline, 0.97, HEADLINE_LETTER) * 34.0;
        let deck = match &page.summary {
            // Markup is a little longer than its text, but its paragraphs end
            // with short lines.
            Some(summary) => {
                let parts = summary.0.lines().filter(|line| line.len() > 6);
                parts
                    .map(|line| lines(line, 1.0, DECK_LETTER) * 23.0 + 4.0)
                    .sum()
            }
            None => lines(&page.deck, 1.0, DECK_LETTER) * 23.0,
        };
        25.0 + self.gap + headline + 6.0 + deck
    }

    fn section(&self) -> f64 {
        self.gap + self.head + 20.0
    }

    /// A section with a table of rows of so many lines.
    fn table(&self, rows: impl Iterator<Item = f64>) -> f64 {
        let rows: f64 = rows.map(|lines| lines * 16.0 + self.row).sum();
        self.section() + 20.0 + rows
    }

    fn ask(&self, ask: &Ask) -> f64 {
        let share = if self.beside { 0.36 } else { 0.8 };
        let text = |text: &str| cell(text, share) * 16.0;
        let question = lines(&ask.question, 0.8, DECK_LETTER) * 20.0 + self.row;
        let options: f64 = ask.options.iter().map(|option| text(&option.text)).sum();
        let advice = text(&ask.recommendation) + text(&ask.approval) + self.row;
        question
            + self.row
            + if self.beside {
                options.max(advice)
            } else {
                options + advice + self.row
            }
    }

    fn told(&self, told: &Programme) -> f64 {
        let decisions = told.rows.iter().map(|row| &row.decision);
        let all = decisions.chain([&told.plan]);
        let rows: f64 = all.map(|text| cell(text, 0.8) * 16.0 + self.row).sum();
        self.section() + rows
    }
}
