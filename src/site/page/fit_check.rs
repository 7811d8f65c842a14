//! The Fit Check: the questionnaire, and what the answers on file come to.

use super::frame::{self, Context, Opening, frame};
use super::label;
use super::radar::{Named, radar};
use super::view::fit_check::{
    Answer, Band, Blank, BlankLayer, FitCheckPage, Fix, Form, Key, KeyPart, Leverage, Moved,
    MovedRow, Question, SheetResult,
};
use super::view::frame::StripItem;
use super::view::{Fact, Shape, Status, Tone};
use crate::engagement::fit_check::{self, LAYERS, Part, Questionnaire};
use crate::engagement::kpi::Kpi;
use crate::insight::fit_check::{Checked, FitResult, Readiness};
use crate::site::figure::{self, NOT_REPORTED};
use crate::site::route::Route;

/// The fixes that are shown of a sheet on file; the rest are counted.
const FIXES_SHOWN: usize = 3;

/// What the page asks.
pub const HEADLINE: &str =
    "Is the firm ready for an operating system, and if not, what comes first?";

/// The view.
pub fn page(context: Context<'_>) -> FitCheckPage {
    let route = Route::FitCheck;
    let asked = context.questionnaire();
    let count = asked.questions.len();
    let opening = Opening {
        title: "Fit Check".to_owned(),
        strip: vec![
            StripItem::period("Fit Check", Some(format!("version {}", asked.version))),
            StripItem::text(format!(
                "{count} questions, about {} minutes",
                figure::in_words(count.div_ceil(4))
            )),
            StripItem::text("Scored in your browser, nothing sent"),
        ],
        headline: HEADLINE.to_owned(),
        deck: None,
    };
    let mut around = frame(context, &route, opening);
    frame::POLICY_WITH_SCRIPT.clone_into(&mut around.csp);
    let checks = context.fit_checks();
    let baseline = checks.first();
    let latest = checks.last().filter(|_| checks.len() > 1);
    FitCheckPage {
        frame: around,
        script: context.around.theme.fit_check_script.0.href(&route),
        form: form(context, asked),
        blank: blank(context, asked),
        key: key(context, asked),
        sheets: baseline
            .map(|one| sheet(context, one, "baseline", "Baseline"))
            .into_iter()
            .chain(latest.map(|one| sheet(context, one, "rerun", "Answered again")))
            .collect(),
        moved: baseline
            .zip(latest)
            .map(|(before, after)| moved(context, before, after)),
    }
}

/// The layers' ids and names, in order.
fn layers(context: Context<'_>) -> Vec<(String, String)> {
    let parts = [
        Part::Capture,
        Part::Data,
        Part::Briefing,
        Part::Approval,
        Part::Build,
    ];
    let layers = parts.into_iter().zip(LAYERS);
    layers
        .map(|(part, layer)| (part.word().to_owned(), label::layer(context.firm(), layer)))
        .collect()
}

fn form(context: Context<'_>, asked: &Questionnaire) -> Form {
    let thresholds = &asked.thresholds;
    Form {
        version: asked.version.to_string(),
        ready: thresholds.ready.to_string(),
        fix_first: thresholds.fix_first.to_string(),
        readiness_minimum: thresholds.readiness_minimum.to_string(),
        layer: thresholds.layer.to_string(),
        answered: thresholds.answered.to_string(),
        count: asked.questions.len().to_string(),
        keys: figure::range(
            1.0,
            asked
                .questions
                .iter()
                .map(|one| one.answers.len() as f64)
                .fold(1.0, f64::max),
        ),
        questions: asked
            .questions
            .iter()
            .enumerate()
            .map(|(at, one)| question(context, asked, at, one))
            .collect(),
    }
}

fn question(
    context: Context<'_>,
    asked: &Questionnaire,
    at: usize,
    question: &fit_check::Question,
) -> Question {
    let (short, part_name) = match question.part.layer() {
        None => ("readiness".to_owned(), "Readiness".to_owned()),
        Some(layer) => {
            let name = label::layer(context.firm(), layer);
            let number = LAYERS.iter().position(|one| *one == layer).unwrap_or(0) + 1;
            (name.clone(), format!("Layer {number}, {name}"))
        }
    };
    let weight = question.weight;
    let times = match weight {
        0 => "Doesn't count".to_owned(),
        1 => "Counts once".to_owned(),
        2 => "Counts double".to_owned(),
        more => format!("Counts {} times", figure::in_words(more as usize)),
    };
    let least = asked.thresholds.readiness_minimum;
    let answers = question.answers.iter().enumerate();
    Question {
        id: question.id.clone(),
        number: (at + 1).to_string(),
        part: question.part.word().to_owned(),
        part_name,
        weight: weight.to_string(),
        counts: format!("{times} towards {short}"),
        text: question.text.clone(),
        answers: answers
            .map(|(at, answer)| Answer {
                id: answer.id.clone(),
                number: (at + 1).to_string(),
                text: answer.text.clone(),
                score: answer.score.to_string(),
                points: format!("{weight} × {} = {}", answer.score, weight * answer.score),
                missing: (weight * 100u32.saturating_sub(answer.score)).to_string(),
                condition: question.part == Part::Readiness && answer.score < least,
                reason: answer.reason.clone(),
                fix: answer.fix.clone(),
            })
            .collect(),
    }
}

fn blank(context: Context<'_>, asked: &Questionnaire) -> Blank {
    let layers = layers(context);
    let named = Named {
        id: "result",
        title: "Scores by layer".to_owned(),
        layers: &layers,
        least: asked.thresholds.layer,
    };
    Blank {
        radar: radar(named, None),
        layers: layers
            .iter()
            .zip(&asked.install)
            .map(|((id, name), bands)| BlankLayer {
                id: id.clone(),
                name: name.clone(),
                bands: bands
                    .iter()
                    .enumerate()
                    .map(|(at, _)| band(bands, at))
                    .collect(),
            })
            .collect(),
    }
}

fn band(bands: &[fit_check::Band], at: usize) -> Band {
    let from = bands[at].from;
    let to = bands.get(at + 1).map_or(100, |next| next.from - 1);
    Band {
        from: from.to_string(),
        range: figure::range(f64::from(from), f64::from(to)),
        text: bands[at].text.clone(),
    }
}

fn key(context: Context<'_>, asked: &Questionnaire) -> Key {
    let thresholds = &asked.thresholds;
    let part = |part: Part, name: String, needed: u32| {
        let questions = asked.questions.iter().enumerate();
        let numbers: Vec<String> = questions
            .filter(|(_, question)| question.part == part)
            .map(|(at, _)| (at + 1).to_string())
            .collect();
        KeyPart {
            name,
            questions: figure::list(&numbers),
            needed: needed.to_string(),
        }
    };
    let mut parts = vec![part(
        Part::Readiness,
        "Readiness".to_owned(),
        thresholds.ready,
    )];
    let names = part_names(context);
    for (at, of) in [
        Part::Capture,
        Part::Data,
        Part::Briefing,
        Part::Approval,
        Part::Build,
    ]
    .into_iter()
    .enumerate()
    {
        parts.push(part(of, names[at + 1].clone(), thresholds.layer));
    }
    Key {
        needed: needed(asked).to_string(),
        parts,
    }
}

/// The answers that a verdict needs.
fn needed(asked: &Questionnaire) -> usize {
    (asked.thresholds.answered as usize * asked.questions.len()).div_ceil(100)
}

/// "Readiness", then "1 Capture" and so on.
fn part_names(context: Context<'_>) -> Vec<String> {
    let layers = layers(context).into_iter().enumerate();
    let layers = layers.map(|(at, (_, name))| format!("{} {name}", at + 1));
    std::iter::once("Readiness".to_owned())
        .chain(layers)
        .collect()
}

fn sheet(context: Context<'_>, checked: &Checked, id: &str, name: &str) -> SheetResult {
    let asked = context.questionnaire();
    let result = &checked.result;
    let month = figure::month(checked.sheet.month);
    let layers = layers(context);
    let older = (checked.sheet.version < asked.version).then(|| {
        let dropped = match checked.sheet.dropped {
            0 => String::new(),
            1 => " One answer is to a question no longer asked.".to_owned(),
            many => format!(
                " {} answers are to questions no longer asked.",
                figure::capital(&figure::in_words(many))
            ),
        };
        format!(
            "Answers to version {}; the questionnaire is version {} now.{dropped}",
            checked.sheet.version, asked.version
        )
    });
    let named = Named {
        id,
        title: format!("Scores by layer, {month}"),
        layers: &layers,
        least: asked.thresholds.layer,
    };
    let more = result.fixes.len().saturating_sub(FIXES_SHOWN);
    SheetResult {
        id: id.to_owned(),
        title: format!("{name}, {month}"),
        status: verdict(result.verdict),
        headline: headline(context, result),
        older,
        facts: facts(context, checked),
        radar: radar(named, Some(result)),
        leverage: leverage(asked, &layers, result),
        fixes: fixes(asked, result),
        more: (more > 0).then(|| {
            format!(
                "{} from these answers.",
                figure::capital(&figure::counted(more, "more follows", "more follow"))
            )
        }),
        install: layers
            .into_iter()
            .zip(result.install)
            .enumerate()
            .map(|(at, ((_, name), band))| Fact {
                label: match result.layers[at] {
                    Some(score) => format!("{} {name}, {score}", at + 1),
                    None => format!("{} {name}", at + 1),
                },
                text: band.map_or(NOT_REPORTED.to_owned(), |band| {
                    asked.install[at][band].text.clone()
                }),
            })
            .collect(),
    }
}

/// The verdict as a status.
fn verdict(verdict: Readiness) -> Status {
    let (tone, shape) = match verdict {
        Readiness::Ready => (Tone::Good, Shape::Dot),
        Readiness::FixFirst => (Tone::Warn, Shape::Diamond),
        Readiness::NotYet => (Tone::Warn, Shape::Down),
        Readiness::Incomplete => (Tone::Neutral, Shape::Half),
    };
    Status::new(tone, shape, figure::capital(verdict.word()))
}

/// What a result comes to, in the words that the script uses too.
fn headline(context: Context<'_>, result: &FitResult) -> String {
    let asked = context.questionnaire();
    let readiness = result.readiness.unwrap_or(0);
    match result.verdict {
        Readiness::Incomplete => format!(
            "No verdict yet: it takes {} of {} answers, all of those on readiness and some on every layer.",
            needed(asked),
            result.asked
        ),
        Readiness::NotYet => format!(
            "Not yet: readiness is {readiness}, and under {} an install would not hold.",
            asked.thresholds.fix_first
        ),
        Readiness::Ready => match result.leverage {
            Some(leverage) => format!(
                "The firm is ready. Begin with {}.",
                label::layer(context.firm(), leverage.layer)
            ),
            None => "The firm is ready.".to_owned(),
        },
        Readiness::FixFirst => {
            let held = [
                (
                    result.conditions,
                    "condition of readiness",
                    "conditions of readiness",
                ),
                (result.weak.len(), "layer", "layers"),
            ];
            let held: Vec<String> = held
                .into_iter()
                .filter(|(count, ..)| *count > 0)
                .map(|(count, one, many)| figure::counted(count, one, many))
                .collect();
            let alone = result.conditions + result.weak.len();
            match alone {
                0 => format!(
                    "Fix first: readiness is {readiness}, and an install needs {}.",
                    asked.thresholds.ready
                ),
                1 => format!("Fix first: {} holds the install back.", held.join(" and ")),
                _ => format!("Fix first: {} hold the install back.", held.join(" and ")),
            }
        }
    }
}

fn facts(context: Context<'_>, checked: &Checked) -> Vec<Fact> {
    let result = &checked.result;
    let mut facts = vec![
        Fact {
            label: "Answered".to_owned(),
            text: format!("{} of {}", result.answered, result.asked),
        },
        Fact {
            label: "Readiness".to_owned(),
            text: result
                .readiness
                .map_or(NOT_REPORTED.to_owned(), |score| format!("{score} of 100")),
        },
    ];
    let baseline = context
        .baseline_of_firm()
        .filter(|baseline| baseline.month == checked.sheet.month);
    if let Some(baseline) = baseline {
        facts.extend(Kpi::ALL.into_iter().filter_map(|kpi| {
            let value = baseline.kpis.get(kpi).as_ref()?.value;
            Some(Fact {
                label: kpi.name().to_owned(),
                text: figure::kpi(kpi, value, &context.firm().currency),
            })
        }));
    }
    facts
}

fn leverage(
    asked: &Questionnaire,
    layers: &[(String, String)],
    result: &FitResult,
) -> Option<Leverage> {
    let leverage = result.leverage?;
    let place = LAYERS.iter().position(|layer| *layer == leverage.layer)?;
    let cause = result
        .fixes
        .iter()
        .find(|fix| fix.question == leverage.question)?;
    Some(Leverage {
        layer: layers[place].1.clone(),
        text: asked.questions[cause.question].answers[cause.answer]
            .reason
            .clone(),
        rule: format!(
            "leverage: {} points missing by weight. The most of the five layers",
            leverage.missing
        ),
    })
}

fn fixes(asked: &Questionnaire, result: &FitResult) -> Vec<Fix> {
    let shown = result.fixes.iter().take(FIXES_SHOWN);
    shown
        .map(|fix| {
            let answer = &asked.questions[fix.question].answers[fix.answer];
            Fix {
                title: answer.fix.clone().unwrap_or_default(),
                text: answer.reason.clone(),
                cause: format!("Because of question {}", fix.question + 1),
                answer: answer.text.clone(),
            }
        })
        .collect()
}

fn moved(context: Context<'_>, before: &Checked, after: &Checked) -> Moved {
    let scores = |checked: &Checked| {
        let mut scores = vec![checked.result.readiness];
        scores.extend(checked.result.layers);
        scores
    };
    let shown =
        |score: Option<u32>| score.map_or(NOT_REPORTED.to_owned(), |score| score.to_string());
    let pairs: Vec<_> = scores(before).into_iter().zip(scores(after)).collect();
    let rose = pairs
        .iter()
        .filter(|(before, after)| before < after && before.is_some());
    let rose = rose.count();
    Moved {
        title: match rose {
            0 => "Nothing rose".to_owned(),
            6 => "All six scores rose".to_owned(),
            some => format!(
                "{} of six scores rose",
                figure::capital(&figure::in_words(some))
            ),
        },
        before: figure::month(before.sheet.month),
        after: figure::month(after.sheet.month),
        rows: part_names(context)
            .into_iter()
            .zip(pairs)
            .map(|(name, (before, after))| MovedRow {
                name,
                before: shown(before),
                after: shown(after),
                change: before
                    .zip(after)
                    .map_or(NOT_REPORTED.to_owned(), |(before, after)| {
                        figure::signed(f64::from(after) - f64::from(before), 0)
                    }),
            })
            .collect(),
    }
}
