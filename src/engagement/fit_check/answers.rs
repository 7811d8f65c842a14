//! A month's answers, held to the questionnaire.

use super::{Question, Questionnaire, Sheet};
use crate::diagnostic::{Diagnostic, Spanned, meant, one_of};
use crate::engagement::check::Check;
use crate::source::field::Entries;
use crate::source::month::Month;

/// The sheet; nothing if nothing was answered, or the questionnaire isn't
/// known.
pub(in crate::engagement) fn sheet(
    check: &mut Check<'_>,
    month: Month,
    version: Option<Spanned<u32>>,
    answers: Option<Spanned<Entries<String>>>,
    questionnaire: Option<&Questionnaire>,
) -> Option<Sheet> {
    let version = version?;
    let asked = questionnaire?;
    if !is_known(check, &version, asked) {
        return None;
    }
    let older = version.value < asked.version;
    let Entries(answers) = answers?.value;
    let mut sheet = Sheet {
        month,
        version: version.value,
        chosen: vec![None; asked.questions.len()],
        dropped: 0,
    };
    for (question, answer) in answers {
        let question = check.id(question);
        let answer = check.text(answer, "answers");
        let (Some(question), Some(answer)) = (question, answer) else {
            continue;
        };
        match place(asked, &question, &answer) {
            Ok((at, chosen)) => sheet.chosen[at] = Some(chosen),
            // What an older version asked may well be asked no longer.
            Err(_) if older => sheet.dropped += 1,
            Err(fault) => check.report.push(fault),
        }
    }
    let answered = sheet.dropped > 0 || sheet.chosen.iter().any(Option::is_some);
    answered.then_some(sheet)
}

/// Whether the answers can be read by this questionnaire. Older ones can, and
/// are marked.
fn is_known(check: &mut Check<'_>, version: &Spanned<u32>, asked: &Questionnaire) -> bool {
    let (given, now) = (version.value, asked.version);
    if given == 0 || given > now {
        check.report.push(
            Diagnostic::error(
                "unknown-version",
                format!("these answers are to version {given}, and the questionnaire is version {now}"),
            )
            .at(&version.span, "")
            .help(format!(
                "write the version that was answered, {now} at most; the Fit Check's page says which it is"
            )),
        );
        return false;
    }
    if given < now {
        check.report.push(
            Diagnostic::warning(
                "older-answers",
                format!("these answers are to version {given}, and the questionnaire is version {now}"),
            )
            .at(&version.span, "")
            .help(format!(
                "they are still shown, and marked so; to compare like with like, answer version {now} and save it in a later month"
            )),
        );
    }
    true
}

/// The places of a question and of its answer.
fn place(
    asked: &Questionnaire,
    question: &Spanned<String>,
    answer: &Spanned<String>,
) -> Result<(usize, usize), Diagnostic> {
    let found = asked
        .questions
        .iter()
        .enumerate()
        .find(|(_, known)| known.id == question.value);
    let Some((at, known)) = found else {
        let ids = asked.questions.iter().map(|known| &*known.id);
        let near = meant(&question.value, ids);
        return Err(Diagnostic::error(
            "unknown-question",
            format!(
                "`{}` is not a question of the questionnaire",
                question.value
            ),
        )
        .at(&question.span, "")
        .help(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "remove the line, or answer the questions by their ids in the questionnaire"
                .to_owned(),
        })
        .replace_with(near.map(ToOwned::to_owned)));
    };
    let chosen = known
        .answers
        .iter()
        .position(|known| known.id == answer.value);
    chosen
        .map(|chosen| (at, chosen))
        .ok_or_else(|| unknown_answer(known, answer))
}

fn unknown_answer(question: &Question, answer: &Spanned<String>) -> Diagnostic {
    let ids = || question.answers.iter().map(|known| &*known.id);
    let near = meant(&answer.value, ids());
    Diagnostic::error(
        "unknown-answer",
        format!("`{}` is not an answer to `{}`", answer.value, question.id),
    )
    .at(&answer.span, "")
    .help(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it may be {}", one_of(ids())),
    })
    .replace_with(near.map(ToOwned::to_owned))
}
