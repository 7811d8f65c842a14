//! What an author tells the board: the summary, the risks, the asks, and what
//! the programme decided.

use pulldown_cmark::{Event, Tag, TagEnd, html};

use super::view::{Ask, Asks, Lettered, Programme, ProgrammeRow, RiskRow, Risks};
use crate::insight::board::{BoardRisk, BoardView, Movement};
use crate::site::figure;
use crate::site::page::label;
use crate::site::page::view::{Markup, Shape, Status, Tone};
use crate::source::document::RiskLevel;
use crate::source::markdown::Prose;

/// The summary in words. Whatever is neither a paragraph, a list nor plain
/// words was refused when it was read; none of it gets through here either,
/// but for its words.
pub(super) fn summary(prose: &Prose) -> Option<Markup> {
    if prose.is_empty() {
        return None;
    }
    let events = prose.events.iter().filter_map(|event| match event {
        Event::Start(
            Tag::Paragraph
            | Tag::List(_)
            | Tag::Item
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough,
        )
        | Event::End(
            TagEnd::Paragraph
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough,
        )
        | Event::Text(_)
        | Event::Code(_)
        | Event::SoftBreak
        | Event::HardBreak => Some(event.clone()),
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text.clone())),
        _ => None,
    });
    let mut markup = String::new();
    html::push_html(&mut markup, events);
    Some(Markup(markup))
}

/// The risks, and which way they moved.
pub(super) fn risks(view: &BoardView) -> Risks {
    Risks {
        against: format!("On Q{}", view.quarter.before().number()),
        rows: view
            .risks
            .iter()
            .map(|risk| RiskRow {
                risk: risk.risk.clone(),
                movement: movement(risk),
                level: risk.level.map(|level| match level {
                    RiskLevel::Low => "now low",
                    RiskLevel::Medium => "now medium",
                    RiskLevel::High => "now high",
                }),
                owner: label::seat(&risk.owner),
                response: risk.response.clone(),
            })
            .collect(),
        none: "No risk is named this quarter, and none was named the quarter before.",
    }
}

fn movement(risk: &BoardRisk) -> Status {
    match risk.movement {
        Movement::New => Status::new(Tone::Warn, Shape::Up, "New"),
        Movement::Higher => Status::new(Tone::Warn, Shape::Up, "Higher"),
        Movement::Same => Status::new(Tone::Neutral, Shape::Dash, "Same"),
        Movement::Lower => Status::new(Tone::Good, Shape::Down, "Lower"),
        Movement::Closed => Status::new(Tone::Good, Shape::Dot, "Closed"),
    }
}

/// How high a risk is, in a word.
pub(super) fn level(level: RiskLevel) -> &'static str {
    match level {
        RiskLevel::Low => "low",
        RiskLevel::Medium => "medium",
        RiskLevel::High => "high",
    }
}

/// What the board is asked to decide.
pub(super) fn asks(view: &BoardView) -> Asks {
    let several = view.asks.len() > 1;
    Asks {
        note: match view.asks.len() {
            0 => String::new(),
            count => figure::capital(&figure::counted(count, "item", "items")),
        },
        items: view
            .asks
            .iter()
            .enumerate()
            .map(|(at, ask)| Ask {
                label: if several {
                    format!("Question {}", at + 1)
                } else {
                    "Question".to_owned()
                },
                question: ask.question.clone(),
                options: lettered(&ask.options),
                recommendation: ask.recommendation.clone(),
                approval: ask.ask.clone(),
            })
            .collect(),
        none: "Nothing is asked of the board this quarter.",
    }
}

/// Options with their letters; with numbers where the letters don't reach.
fn lettered(options: &[String]) -> Vec<Lettered> {
    let letters = ('A'..='Z').map(String::from);
    let names = letters.chain((27_usize..).map(|number| number.to_string()));
    options
        .iter()
        .zip(names)
        .map(|(option, letter)| Lettered {
            letter,
            text: option.clone(),
        })
        .collect()
}

/// What the programme decided.
pub(super) fn programme(view: &BoardView) -> Option<Programme> {
    let decided = view.programme.as_ref()?;
    let sessions = ["End state", "Current state", "Path", "Decision brief"];
    Some(Programme {
        rows: sessions
            .into_iter()
            .zip(&decided.decisions)
            .map(|(session, decision)| ProgrammeRow {
                session,
                decision: decision.clone(),
            })
            .collect(),
        plan: decided.plan.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_words_and_lists_and_nothing_else() {
        let read = |text: &str| Prose {
            events: pulldown_cmark::Parser::new(text)
                .map(Event::into_static)
                .collect(),
        };
        let shown = |text: &str| summary(&read(text)).unwrap().0;
        assert_eq!(
            shown("It *rose*.\n\n- one\n- two\n"),
            "<p>It <em>rose</em>.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
        );
        let hostile = shown(
            "[a](https://b.example) ![c](d.png) <https://e.example>\n\n<img src=f onerror=g>\n\n# H\n",
        );
        assert!(
            !hostile.contains("href") && !hostile.contains("<img"),
            "{hostile}"
        );
        assert!(!hostile.contains("<h1"), "{hostile}");
        assert_eq!(summary(&Prose::default()).map(|markup| markup.0), None);
    }

    #[test]
    fn options_have_letters_and_then_numbers() {
        let options: Vec<String> = (0..28).map(|at| at.to_string()).collect();
        let lettered = lettered(&options);
        assert_eq!(lettered[2].letter, "C");
        assert_eq!(lettered[25].letter, "Z");
        assert_eq!(lettered[26].letter, "27");
    }
}
