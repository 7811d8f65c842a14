//! What the board is told beside the figures: a quarter's `board.yaml` and
//! `board.md`.

use pulldown_cmark::{Event, Tag};

use super::check::Check;
use super::kpi::PerKpi;
use super::telemetry::each;
use crate::diagnostic::{Diagnostic, Report, Span, Spanned};
use crate::source::Document;
use crate::source::document::{
    AskFile, BoardFile, CommentsFile, ProgrammeDecisionsFile, RiskFile, RiskLevel,
};
use crate::source::field::{Entries, Id};
use crate::source::markdown::{Markdown, Prose};
use crate::source::month::Month;
use crate::source::quarter::Quarter;

/// What the board is told of a quarter beside the figures.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardQuarter {
    /// The quarter.
    pub quarter: Quarter,
    /// The author's headline, if there is one.
    pub headline: Option<String>,
    /// The summary in words: paragraphs and lists, no link and no image.
    pub summary: Prose,
    /// A few words on each KPI.
    pub comments: PerKpi<Option<String>>,
    /// What each headroom bet needs, by the bet's id.
    pub needs: Vec<(Spanned<String>, String)>,
    /// The risks.
    pub risks: Vec<Risk>,
    /// What the board is asked to decide.
    pub asks: Vec<Ask>,
    /// What the programme decided.
    pub programme: Option<ProgrammeDecisions>,
    /// The file's beginning.
    pub span: Span,
}

/// A risk.
#[derive(Clone, Debug, PartialEq)]
pub struct Risk {
    /// The risk, the same each quarter.
    pub id: Spanned<String>,
    /// In words.
    pub risk: String,
    /// How high it is.
    pub level: RiskLevel,
    /// The seat that answers for it.
    pub owner: Spanned<String>,
    /// What is done about it.
    pub response: String,
}

/// Something that the board is asked to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Its subject in two or three words.
    pub topic: Option<String>,
    /// The question.
    pub question: String,
    /// What could be decided, at least two.
    pub options: Vec<String>,
    /// What the firm recommends, and why.
    pub recommendation: String,
    /// What exactly is to be approved.
    pub ask: String,
}

/// The programme's four decisions and the plan that came of them.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgrammeDecisions {
    /// The decisions, in the order of their sessions.
    pub decisions: [String; 4],
    /// The one operating plan.
    pub plan: String,
}

/// Checks a month's `board.yaml` and `board.md`. Either may be missing.
pub(super) fn board(
    month: Month,
    document: Option<Document<BoardFile>>,
    summary: Option<Markdown>,
    report: &mut Report,
) -> Option<BoardQuarter> {
    let quarter = Quarter::of(month);
    let place = match (&document, &summary) {
        (Some(document), _) => Span::start_of(&document.file),
        (None, Some(summary)) => Span::start_of(&summary.file),
        (None, None) => return None,
    };
    if quarter.last() != month {
        report.push(
            Diagnostic::error(
                "not-a-quarters-end",
                format!("{month} is not the last month of a quarter"),
            )
            .at(&place, "")
            .help(format!(
                "what the board is told of {quarter} lies in content/{}/; move it there",
                quarter.last()
            )),
        );
    }
    let summary = summary.map(|markdown| summary_of(markdown, report));
    let mut told = BoardQuarter {
        quarter,
        headline: None,
        summary: summary.unwrap_or_default(),
        comments: PerKpi::default(),
        needs: Vec::new(),
        risks: Vec::new(),
        asks: Vec::new(),
        programme: None,
        span: place,
    };
    if let Some(document) = document {
        fill(&mut told, document, report);
    }
    Some(told)
}

fn fill(told: &mut BoardQuarter, document: Document<BoardFile>, report: &mut Report) {
    let Document {
        file,
        span: _,
        value,
    } = document;
    let BoardFile {
        headline,
        comments,
        bets,
        risks,
        asks,
        programme,
    } = value;
    let mut check = Check {
        file: &file,
        report,
    };
    told.headline = check.text(headline, "headline").map(|text| text.value);
    if let Some(comments) = check.optional(comments) {
        let CommentsFile {
            revenue_per_employee,
            task_automation,
            away_from_desk,
        } = comments.value;
        let mut text = |field, name| {
            check
                .text(field, name)
                .map(|text: Spanned<String>| text.value)
        };
        told.comments = PerKpi {
            revenue_per_employee: text(revenue_per_employee, "revenue_per_employee"),
            task_automation: text(task_automation, "task_automation"),
            away_from_desk: text(away_from_desk, "away_from_desk"),
        };
    }
    let Entries(needs) = check
        .optional(bets)
        .map(|bets| bets.value)
        .unwrap_or_default();
    for (id, needed) in needs {
        let id = check.optional(id).map(|id| id.map(|Id(id)| id));
        let needed = check.text(needed, "the bet's need");
        if let Some((id, needed)) = id.zip(needed) {
            told.needs.push((id, needed.value));
        }
    }
    told.risks = each(&mut check, risks, risk);
    told.asks = each(&mut check, asks, ask);
    told.programme = check
        .optional(programme)
        .and_then(|programme| programme_of(&mut check, programme));
}

fn risk(check: &mut Check<'_>, file: Spanned<RiskFile>) -> Option<Risk> {
    let RiskFile {
        id,
        risk,
        level,
        owner,
        response,
    } = file.value;
    let id = check.required_id(id, "id", &file.span);
    let risk = check.required_text(risk, "risk", &file.span);
    let level = check.required(level, "level", &file.span);
    let owner = check.required_id(owner, "owner", &file.span);
    let response = check.required_text(response, "response", &file.span);
    Some(Risk {
        id: id?,
        risk: risk?.value,
        level: level?.value,
        owner: owner?,
        response: response?.value,
    })
}

fn ask(check: &mut Check<'_>, file: Spanned<AskFile>) -> Option<Ask> {
    let AskFile {
        topic,
        question,
        options,
        recommendation,
        ask,
    } = file.value;
    let topic = check.text(topic, "topic").map(|text| text.value);
    let question = check.required_text(question, "question", &file.span);
    let absent = options.is_absent();
    let options = check.required(options, "options", &file.span).map(|given| {
        let place = given.span.clone();
        let options: Vec<Option<Spanned<String>>> = given
            .value
            .into_iter()
            .map(|option| check.text(option, "options"))
            .collect();
        (place, options)
    });
    let recommendation = check.required_text(recommendation, "recommendation", &file.span);
    let ask = check.required_text(ask, "ask", &file.span);
    if let Some((place, _)) = options
        .as_ref()
        .filter(|(_, options)| !absent && options.len() < 2)
    {
        check.report.push(
            Diagnostic::error(
                "one-option",
                "a board that is asked needs at least two options",
            )
            .at(place, "one is no choice")
            .help("name what else could be decided; to leave things as they are is an option"),
        );
    }
    let (_, options) = options?;
    Some(Ask {
        topic,
        question: question?.value,
        options: options
            .into_iter()
            .flatten()
            .map(|option| option.value)
            .collect(),
        recommendation: recommendation?.value,
        ask: ask?.value,
    })
}

fn programme_of(
    check: &mut Check<'_>,
    file: Spanned<ProgrammeDecisionsFile>,
) -> Option<ProgrammeDecisions> {
    let ProgrammeDecisionsFile {
        end_state,
        current_state,
        path,
        decision_brief,
        plan,
    } = file.value;
    let end_state = check.required_text(end_state, "end-state", &file.span);
    let current_state = check.required_text(current_state, "current-state", &file.span);
    let path = check.required_text(path, "path", &file.span);
    let brief = check.required_text(decision_brief, "decision-brief", &file.span);
    let plan = check.required_text(plan, "plan", &file.span);
    Some(ProgrammeDecisions {
        decisions: [
            end_state?.value,
            current_state?.value,
            path?.value,
            brief?.value,
        ],
        plan: plan?.value,
    })
}

/// The memo is one page that loads nothing and leads nowhere, and it has its
/// own headings: what `board.md` may hold is paragraphs and lists.
fn summary_of(markdown: Markdown, report: &mut Report) -> Prose {
    let Markdown {
        file,
        path: _,
        lead,
        sections,
        targets,
    } = markdown;
    let mut refuse = |span: &Span, what: &str, help: &str| {
        report.push(
            Diagnostic::error("not-in-a-memo", format!("a memo's summary holds no {what}"))
                .at(span, "")
                .help(help),
        );
    };
    for section in &sections {
        refuse(
            &section.span,
            "heading",
            "the memo has its own: write paragraphs",
        );
    }
    let start = Span::start_of(&file);
    if !targets.is_empty() {
        refuse(
            &start,
            "link and no image",
            "it is read on paper and loads nothing: say it in words",
        );
    }
    let other = lead.events.iter().any(|event| match event {
        Event::Start(tag) => !matches!(
            tag,
            Tag::Paragraph
                | Tag::List(_)
                | Tag::Item
                | Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. }
        ),
        Event::Rule | Event::FootnoteReference(_) => true,
        _ => false,
    });
    if other {
        refuse(
            &start,
            "table, quotation, code, rule or heading",
            "write paragraphs and lists",
        );
    }
    lead
}
