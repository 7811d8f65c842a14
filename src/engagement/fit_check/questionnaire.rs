//! A questionnaire, checked: every id once, every score and threshold in its
//! range and order, and something to score in every part.

use std::collections::BTreeMap;

use super::{Answer, Band, Part, Question, Questionnaire, Thresholds};
use crate::diagnostic::{Diagnostic, Report, Span, Spanned};
use crate::engagement::check::Check;
use crate::engagement::telemetry::each;
use crate::source::Document;
use crate::source::document::{
    AnswerFile, BandFile, InstallFile, QuestionFile, QuestionnaireFile, ThresholdsFile,
};
use crate::source::field::{Field, List};

/// Weights up to here keep every sum exact, in a browser too.
const HEAVIEST: u32 = 100;
/// Each answer has a digit: as a key, and in a link.
const MOST_ANSWERS: usize = 9;

const PARTS: [Part; 6] = [
    Part::Readiness,
    Part::Capture,
    Part::Data,
    Part::Briefing,
    Part::Approval,
    Part::Build,
];

/// The questionnaire; nothing if it has faults, so that no answers are held
/// to what isn't known.
pub(in crate::engagement) fn questionnaire(
    document: Option<Document<QuestionnaireFile>>,
    report: &mut Report,
) -> Option<Questionnaire> {
    let Document { file, span, value } = document?;
    let QuestionnaireFile {
        version,
        thresholds,
        questions,
        install,
    } = value;
    let mut faults = Report::default();
    let mut check = Check {
        file: &file,
        report: &mut faults,
    };
    let version = check.required(version, "version", &span);
    if let Some(version) = version.as_ref().filter(|version| version.value == 0) {
        check.report.push(
            Diagnostic::error("out-of-range", "`version` is 0, which can't be")
                .at(&version.span, "1 or more")
                .help("count the versions of the questionnaire from 1"),
        );
    }
    let thresholds = check
        .required(thresholds, "thresholds", &span)
        .and_then(|file| thresholds_of(&mut check, file));
    let listed = check.required(questions, "questions", &span).map(|list| {
        (
            Field::Given(list.value, list.span.start..list.span.end),
            list.span,
        )
    });
    let (questions, listed) = match listed {
        Some((list, place)) => (each(&mut check, list, question), place),
        None => (Vec::new(), span.clone()),
    };
    let install = check
        .required(install, "install", &span)
        .map(|file| install_of(&mut check, file));
    // A question that couldn't be read may be the one that a part is missing.
    if !check.report.has_errors() {
        once(&questions, check.report);
        weights(&questions, &listed, check.report);
    }
    let sound = !faults.has_errors();
    report.append(faults);
    let questionnaire = Questionnaire {
        version: version?.value,
        thresholds: thresholds?,
        questions,
        install: install?,
    };
    sound.then_some(questionnaire)
}

fn thresholds_of(check: &mut Check<'_>, file: Spanned<ThresholdsFile>) -> Option<Thresholds> {
    let ThresholdsFile {
        ready,
        fix_first,
        readiness_minimum,
        layer,
        answered,
    } = file.value;
    let holder = &file.span;
    let ready = percent(check, ready, "ready", holder);
    let fix_first = percent(check, fix_first, "fix-first", holder);
    let minimum = percent(check, readiness_minimum, "readiness-minimum", holder);
    let layer = percent(check, layer, "layer", holder);
    let answered = percent(check, answered, "answered", holder);
    let (ready, fix_first, minimum) = (ready?, fix_first?, minimum?);
    for (name, lower, help) in [
        (
            "fix-first",
            &fix_first,
            "under `fix-first` it is not yet, from `ready` on it is ready: the first is the lower one",
        ),
        (
            "readiness-minimum",
            &minimum,
            "no answer need score more than readiness as a whole: make it at most `ready`",
        ),
    ] {
        let out_of_order =
            lower.value > ready.value || (name == "fix-first" && lower.value == ready.value);
        if out_of_order {
            check.report.push(
                Diagnostic::error(
                    "thresholds-out-of-order",
                    format!(
                        "`{name}` is {}, and `ready` is {}",
                        lower.value, ready.value
                    ),
                )
                .at(&lower.span, "not under `ready`")
                .see(&ready.span, "`ready`")
                .help(help),
            );
        }
    }
    Some(Thresholds {
        ready: ready.value,
        fix_first: fix_first.value,
        readiness_minimum: minimum.value,
        layer: layer?.value,
        answered: answered?.value,
    })
}

/// A whole number from 0 to 100 that must be there.
fn percent(
    check: &mut Check<'_>,
    field: Field<u32>,
    name: &str,
    holder: &Span,
) -> Option<Spanned<u32>> {
    let number = check.required(field, name, holder)?;
    at_most(
        check,
        number,
        name,
        "scores and thresholds run from 0 to 100",
    )
}

fn at_most(
    check: &mut Check<'_>,
    number: Spanned<u32>,
    name: &str,
    help: &str,
) -> Option<Spanned<u32>> {
    if number.value > HEAVIEST {
        check.report.push(
            Diagnostic::error(
                "out-of-range",
                format!("`{name}` is {}, which can't be", number.value),
            )
            .at(&number.span, "0 to 100")
            .help(help),
        );
        return None;
    }
    Some(number)
}

fn question(check: &mut Check<'_>, file: Spanned<QuestionFile>) -> Option<Question> {
    let QuestionFile {
        id,
        part,
        weight,
        text,
        answers,
    } = file.value;
    let holder = &file.span;
    let id = check.required_id(id, "id", holder);
    let part = check.required(part, "part", holder);
    let weight = match check.optional(weight) {
        Some(weight) => at_most(
            check,
            weight,
            "weight",
            "a weight says how much a question counts beside the others of its part: 1 to 3 is usual",
        )
        .map(|weight| weight.value),
        None => Some(1),
    };
    let text = check.required_text(text, "text", holder);
    let given = !answers.is_absent();
    let answers = each(check, answers, answer);
    let id = id?;
    let known = (2..=MOST_ANSWERS).contains(&answers.len());
    // An answer that couldn't be read may be the one that is missing.
    let unsure = given && check.report.has_errors();
    if !known && !unsure {
        check.report.push(
            Diagnostic::error(
                "question-answers",
                match answers.len() {
                    0 => format!("the question `{}` has no answers", id.value),
                    1 => format!("the question `{}` has only one answer", id.value),
                    count => format!("the question `{}` has {count} answers", id.value),
                },
            )
            .at(&id.span, "")
            .help("list two to nine answers under `answers`, each with id, text, score and reason"),
        );
    }
    answers_once(&id, &answers, check.report);
    Some(Question {
        id: id.value,
        span: id.span,
        part: part?.value,
        weight: weight?,
        text: text?.value,
        answers: answers.into_iter().map(|(_, answer)| answer).collect(),
    })
}

fn answer(check: &mut Check<'_>, file: Spanned<AnswerFile>) -> Option<(Span, Answer)> {
    let AnswerFile {
        id,
        text,
        score,
        reason,
        fix,
    } = file.value;
    let holder = &file.span;
    let id = check.required_id(id, "id", holder);
    let text = check.required_text(text, "text", holder);
    let score = percent(check, score, "score", holder);
    let reason = check.required_text(reason, "reason", holder);
    let best = score.as_ref().is_some_and(|score| score.value == 100);
    let fix = if score.is_some() && !best {
        check.required_text(fix, "fix", holder)
    } else {
        check.text(fix, "fix")
    };
    if let Some(needless) = fix.as_ref().filter(|_| best) {
        check.report.push(
            Diagnostic::error(
                "fix-of-the-best",
                "an answer that scores 100 has nothing to fix",
            )
            .at(&needless.span, "")
            .help("remove the line, or give the answer a lower score"),
        );
    }
    let id = id?;
    Some((
        id.span,
        Answer {
            id: id.value,
            text: text?.value,
            score: score?.value,
            reason: reason?.value,
            fix: fix.map(|fix| fix.value),
        },
    ))
}

fn install_of(check: &mut Check<'_>, file: Spanned<InstallFile>) -> [Vec<Band>; 5] {
    let InstallFile {
        capture,
        data,
        briefing,
        approval,
        build,
    } = file.value;
    [
        ("capture", capture),
        ("data", data),
        ("briefing", briefing),
        ("approval", approval),
        ("build", build),
    ]
    .map(|(name, list)| bands(check, name, list, &file.span))
}

fn bands(check: &mut Check<'_>, name: &str, list: List<BandFile>, holder: &Span) -> Vec<Band> {
    let Some(list) = check.required(list, name, holder) else {
        return Vec::new();
    };
    let place = list.span.clone();
    let list = Field::Given(list.value, list.span.start..list.span.end);
    let bands = each(check, list, |check, file: Spanned<BandFile>| {
        let BandFile { from, text } = file.value;
        let from = percent(check, from, "from", &file.span);
        let text = check.required_text(text, "text", &file.span);
        Some((from?, text?.value))
    });
    bands_rise(name, &bands, &place, check.report);
    bands
        .into_iter()
        .map(|(from, text)| Band {
            from: from.value,
            text,
        })
        .collect()
}

/// The first band is from 0, and each later one from a higher score.
fn bands_rise(name: &str, bands: &[(Spanned<u32>, String)], place: &Span, report: &mut Report) {
    let help = "bands rise: the first is `from: 0`, each later one from a higher score";
    match bands.first() {
        Some((first, _)) if first.value == 0 => {}
        Some((first, _)) => report.push(
            Diagnostic::error(
                "thresholds-out-of-order",
                format!(
                    "the bands of `{name}` leave out scores under {}",
                    first.value
                ),
            )
            .at(&first.span, "")
            .help(help),
        ),
        None if report.has_errors() => {}
        None => report.push(
            Diagnostic::error("missing-field", format!("`{name}` has no bands"))
                .at(place, "")
                .help("say what an install of the layer involves: `- { from: 0, text: \"…\" }`"),
        ),
    }
    for pair in bands.windows(2) {
        let [(lower, _), (higher, _)] = pair else {
            continue;
        };
        if higher.value <= lower.value {
            report.push(
                Diagnostic::error(
                    "thresholds-out-of-order",
                    format!(
                        "a band from {} follows one from {}",
                        higher.value, lower.value
                    ),
                )
                .at(&higher.span, "")
                .see(&lower.span, "the one before")
                .help(help),
            );
        }
    }
}

fn once(questions: &[Question], report: &mut Report) {
    let mut firsts = BTreeMap::new();
    for question in questions {
        if let Some(first) = firsts.insert(&*question.id, &question.span) {
            report.push(
                Diagnostic::error(
                    "duplicate-question",
                    format!("the question `{}` is asked twice", question.id),
                )
                .at(&question.span, "again here")
                .see(first, "first here")
                .help("keep one of the two, or give the second an id of its own"),
            );
        }
    }
}

fn answers_once(question: &Spanned<String>, answers: &[(Span, Answer)], report: &mut Report) {
    let mut firsts = BTreeMap::new();
    for (span, answer) in answers {
        if let Some(first) = firsts.insert(&*answer.id, span) {
            report.push(
                Diagnostic::error(
                    "duplicate-answer",
                    format!("`{}` has the answer `{}` twice", question.value, answer.id),
                )
                .at(span, "again here")
                .see(first, "first here")
                .help("keep one of the two, or give the second an id of its own"),
            );
        }
    }
}

/// Every part is asked about, and something in it counts.
fn weights(questions: &[Question], listed: &Span, report: &mut Report) {
    for part in PARTS {
        let mut asked = questions.iter().filter(|question| question.part == part);
        let word = part.word();
        match asked.next() {
            None => report.push(
                Diagnostic::error("part-not-asked", format!("no question asks about {word}"))
                    .at(&Span::new(&listed.file, listed.start..listed.start), "")
                    .help(format!("add a question with `part: {word}`")),
            ),
            Some(first) if first.weight == 0 && asked.all(|question| question.weight == 0) => {
                report.push(
                    Diagnostic::error(
                        "nothing-weighs",
                        format!("every question on {word} has a weight of zero"),
                    )
                    .at(&first.span, "and the others")
                    .help("give at least one of them a weight of 1 or more: without it the part has no score"),
                );
            }
            Some(_) => {}
        }
    }
}
