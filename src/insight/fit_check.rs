//! What a sheet of answers means: scores by part, a verdict, where the
//! leverage is, and what to fix in which order.
//!
//! Whole numbers throughout, and nothing is judged but what is shown: the
//! page's script and a reader with a pencil come to the same result.

use std::cmp::Reverse;

use crate::engagement::Engagement;
use crate::engagement::fit_check::{Answer, LAYERS, Part, Question, Questionnaire, Sheet};
use crate::engagement::telemetry::Layer;

/// A month's answers with what they mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The answers.
    pub sheet: Sheet,
    /// What they mean.
    pub result: FitResult,
}

/// What a sheet of answers means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FitResult {
    /// Questions answered.
    pub answered: usize,
    /// Questions asked.
    pub asked: usize,
    /// The verdict.
    pub verdict: Readiness,
    /// Readiness from 0 to 100; none if nothing of it was answered.
    pub readiness: Option<u32>,
    /// The layers' scores, in order.
    pub layers: [Option<u32>; 5],
    /// Answers on readiness under the least that is needed.
    pub conditions: usize,
    /// Layers under the least that is needed.
    pub weak: Vec<Layer>,
    /// Where the most is to be gained; none where nothing is.
    pub leverage: Option<Leverage>,
    /// What to fix, in order.
    pub fixes: Vec<Fix>,
    /// What an install involves, for each layer: the place of the band.
    pub install: [Option<usize>; 5],
}

/// Whether a firm is ready for an install.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// It is.
    Ready,
    /// Once some things are fixed.
    FixFirst,
    /// Not yet.
    NotYet,
    /// Too little was answered to say.
    Incomplete,
}

/// The layer with the most to gain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leverage {
    /// The layer.
    pub layer: Layer,
    /// Points missing in it, by weight.
    pub missing: u32,
    /// The question whose answer misses most of them.
    pub question: usize,
}

/// Something to fix, and the answer that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The question's place.
    pub question: usize,
    /// The answer's place in it.
    pub answer: usize,
    /// Points missing, by weight.
    pub missing: u32,
    /// Whether it is a condition: an answer on readiness under the least that
    /// is needed.
    pub condition: bool,
}

impl Readiness {
    /// The verdict in a word or two.
    pub fn word(self) -> &'static str {
        match self {
            Readiness::Ready => "ready",
            Readiness::FixFirst => "fix first",
            Readiness::NotYet => "not yet",
            Readiness::Incomplete => "incomplete",
        }
    }
}

/// Every month's answers with what they mean, in order.
pub fn all(engagement: &Engagement) -> Vec<Checked> {
    let fit_check = &engagement.fit_check;
    let sheets = fit_check.sheets.iter();
    sheets
        .map(|sheet| Checked {
            result: result(&fit_check.questionnaire, &sheet.chosen),
            sheet: sheet.clone(),
        })
        .collect()
}

/// What answers mean: for each question the place of its answer, if any.
pub fn result(asked: &Questionnaire, chosen: &[Option<usize>]) -> FitResult {
    let given = given(asked, chosen);
    let readiness = score(&given, Part::Readiness);
    let layers = LAYERS.map(|layer| score(&given, part(layer)));
    let weak = weak(asked, &layers);
    let fixes = fixes(asked, &given);
    let conditions = fixes.iter().filter(|fix| fix.condition).count();
    FitResult {
        answered: given.len(),
        asked: asked.questions.len(),
        verdict: verdict(asked, &given, readiness, &layers, conditions, &weak),
        readiness,
        install: std::array::from_fn(|at| {
            let reached = |score| {
                asked.install[at]
                    .iter()
                    .rposition(|band| band.from <= score)
            };
            layers[at].and_then(reached)
        }),
        layers,
        conditions,
        weak,
        leverage: leverage(&given),
        fixes,
    }
}

/// A question that was answered.
#[derive(Clone, Copy)]
struct Given<'q> {
    question: &'q Question,
    at: usize,
    answer: &'q Answer,
    chosen: usize,
}

impl Given<'_> {
    fn missing(&self) -> u32 {
        self.question.weight * 100u32.saturating_sub(self.answer.score)
    }
}

fn given<'q>(asked: &'q Questionnaire, chosen: &[Option<usize>]) -> Vec<Given<'q>> {
    let questions = asked.questions.iter().enumerate().zip(chosen);
    questions
        .filter_map(|((at, question), chosen)| {
            let chosen = (*chosen)?;
            Some(Given {
                question,
                at,
                answer: question.answers.get(chosen)?,
                chosen,
            })
        })
        .collect()
}

/// The mean by weight of what was answered, halves rounded up.
fn score(given: &[Given<'_>], part: Part) -> Option<u32> {
    let of_part = given.iter().filter(|one| one.question.part == part);
    let (points, weight) = of_part.fold((0, 0), |(points, weight), one| {
        (
            points + one.question.weight * one.answer.score,
            weight + one.question.weight,
        )
    });
    (weight > 0).then(|| (2 * points + weight) / (2 * weight))
}

fn weak(asked: &Questionnaire, layers: &[Option<u32>; 5]) -> Vec<Layer> {
    let least = asked.thresholds.layer;
    let scored = LAYERS.into_iter().zip(layers);
    scored
        .filter(|(_, score)| score.is_some_and(|score| score < least))
        .map(|(layer, _)| layer)
        .collect()
}

fn verdict(
    asked: &Questionnaire,
    given: &[Given<'_>],
    readiness: Option<u32>,
    layers: &[Option<u32>; 5],
    conditions: usize,
    weak: &[Layer],
) -> Readiness {
    let thresholds = &asked.thresholds;
    let on_readiness = |part: Part| part == Part::Readiness;
    let needed = asked
        .questions
        .iter()
        .filter(|one| on_readiness(one.part))
        .count();
    let answered = given
        .iter()
        .filter(|one| on_readiness(one.question.part))
        .count();
    let enough = given.len() * 100 >= thresholds.answered as usize * asked.questions.len();
    match readiness {
        Some(readiness) if enough && answered == needed && layers.iter().all(Option::is_some) => {
            if readiness < thresholds.fix_first {
                Readiness::NotYet
            } else if readiness >= thresholds.ready && conditions == 0 && weak.is_empty() {
                Readiness::Ready
            } else {
                Readiness::FixFirst
            }
        }
        _ => Readiness::Incomplete,
    }
}

/// The layer that misses most points; the earlier one of two alike.
fn leverage(given: &[Given<'_>]) -> Option<Leverage> {
    let layers = LAYERS.into_iter().filter_map(|layer| {
        let of_layer = || given.iter().filter(|one| one.question.part == part(layer));
        let worst = of_layer().min_by_key(|one| Reverse(one.missing()))?;
        Some(Leverage {
            layer,
            missing: of_layer().map(Given::missing).sum(),
            question: worst.at,
        })
    });
    layers
        .filter(|leverage| leverage.missing > 0)
        .min_by_key(|leverage| Reverse(leverage.missing))
}

/// Conditions first, then by points missing, then in the order asked.
fn fixes(asked: &Questionnaire, given: &[Given<'_>]) -> Vec<Fix> {
    let mut fixes: Vec<Fix> = given
        .iter()
        .filter(|one| one.answer.fix.is_some())
        .map(|one| Fix {
            question: one.at,
            answer: one.chosen,
            missing: one.missing(),
            condition: one.question.part == Part::Readiness
                && one.answer.score < asked.thresholds.readiness_minimum,
        })
        .collect();
    fixes.sort_by_key(|fix| (!fix.condition, Reverse(fix.missing), fix.question));
    fixes
}

fn part(layer: Layer) -> Part {
    match layer {
        Layer::Capture => Part::Capture,
        Layer::Data => Part::Data,
        Layer::Briefing => Part::Briefing,
        Layer::Approval => Part::Approval,
        Layer::Build => Part::Build,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::Fixture;

    fn asked() -> Questionnaire {
        Fixture::new().read().fit_check.questionnaire
    }

    /// The answers by a choice among the answers' scores.
    fn answers(
        asked: &Questionnaire,
        choose: impl Fn(&Question) -> Option<u32>,
    ) -> Vec<Option<usize>> {
        let nearest = |question: &Question| {
            let wanted = choose(question)?;
            let places = 0..question.answers.len();
            places.min_by_key(|place| question.answers[*place].score.abs_diff(wanted))
        };
        asked.questions.iter().map(nearest).collect()
    }

    #[test]
    fn the_default_asks_twenty_questions_of_six_parts() {
        let asked = asked();
        assert_eq!(asked.questions.len(), 20);
        let of = |part| {
            asked
                .questions
                .iter()
                .filter(|one| one.part == part)
                .count()
        };
        assert_eq!(of(Part::Readiness), 5);
        assert!(LAYERS.iter().all(|layer| of(part(*layer)) == 3));
        for question in &asked.questions {
            assert!((3..=4).contains(&question.answers.len()), "{}", question.id);
            let scores: Vec<u32> = question.answers.iter().map(|one| one.score).collect();
            assert_eq!(
                (scores.iter().max(), scores.iter().min()),
                (Some(&100), Some(&0))
            );
        }
    }

    #[test]
    fn all_highest_is_ready_and_has_nothing_to_fix() {
        let asked = asked();
        let best = result(&asked, &answers(&asked, |_| Some(100)));
        assert_eq!(best.verdict, Readiness::Ready);
        assert_eq!((best.readiness, best.layers), (Some(100), [Some(100); 5]));
        assert_eq!((best.leverage, best.fixes.len()), (None, 0));
        assert_eq!(best.install, [Some(2); 5]);
    }

    #[test]
    fn all_lowest_is_not_yet_and_begins_with_the_sponsor() {
        let asked = asked();
        let worst = result(&asked, &answers(&asked, |_| Some(0)));
        assert_eq!(worst.verdict, Readiness::NotYet);
        assert_eq!((worst.readiness, worst.layers), (Some(0), [Some(0); 5]));
        assert_eq!((worst.conditions, worst.weak.len()), (5, 5));
        assert_eq!(worst.fixes.len(), 20);
        assert_eq!(asked.questions[worst.fixes[0].question].id, "sponsor");
        assert!(worst.fixes[..5].iter().all(|fix| fix.condition));
        assert_eq!(
            worst.leverage.map(|one| (one.layer, one.missing)),
            Some((Layer::Capture, 700))
        );
    }

    #[test]
    fn what_is_not_answered_is_never_zero() {
        let asked = asked();
        let half = result(
            &asked,
            &answers(&asked, |one| (one.weight == 3).then_some(100)),
        );
        assert_eq!((half.readiness, half.layers), (Some(100), [Some(100); 5]));
        assert_eq!(half.verdict, Readiness::Incomplete);
        let none = result(&asked, &vec![None; asked.questions.len()]);
        assert_eq!((none.readiness, none.layers), (None, [None; 5]));
        assert_eq!((none.verdict, none.answered), (Readiness::Incomplete, 0));
    }

    #[test]
    fn a_weak_layer_or_one_condition_holds_a_ready_firm_back() {
        let asked = asked();
        let weak = |one: &Question| Some(if one.part == Part::Data { 25 } else { 100 });
        let weak = result(&asked, &answers(&asked, weak));
        assert_eq!(
            (weak.verdict, &*weak.weak),
            (Readiness::FixFirst, &[Layer::Data][..])
        );
        assert_eq!(weak.leverage.map(|one| one.layer), Some(Layer::Data));
        let away = |one: &Question| Some(if one.id == "attendance" { 20 } else { 100 });
        let away = result(&asked, &answers(&asked, away));
        assert_eq!(
            (away.verdict, away.readiness),
            (Readiness::FixFirst, Some(87))
        );
        assert_eq!((away.conditions, away.fixes.len()), (1, 1));
    }

    #[test]
    fn a_score_is_the_mean_by_weight_with_halves_rounded_up() {
        let asked = asked();
        // Capture: 3 × 60, 2 × 65, 2 × 100 are 510 over 7: 72.857.
        let mut chosen = vec![None; 20];
        chosen[5] = Some(1);
        chosen[6] = Some(1);
        chosen[7] = Some(0);
        assert_eq!(result(&asked, &chosen).layers[0], Some(73));
    }
}
