//! A month's leadership session: held or skipped.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::check::Check;
use super::segment::Segment;
use super::telemetry::each;
use crate::diagnostic::{Diagnostic, Report, Span, Spanned, listed, nearest};
use crate::source::Document;
use crate::source::document::{
    Action, Answer, AttendeeFile, BetFile, BetKind, BetStatus, ClosingFile, DecisionFile,
    FollowUpFile, LeadershipFile, MinutesFile, Outcome,
};
use crate::source::field::Date;
use crate::source::markdown::{Markdown, Prose, Target};
use crate::source::month::Month;

/// What came of a month's leadership session.
#[derive(Clone, Debug, PartialEq)]
pub enum Session {
    /// It was held.
    Held(Box<Held>),
    /// It wasn't, with the reason.
    Skipped(Spanned<String>),
}

/// A session that was held.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The day.
    pub date: Spanned<NaiveDate>,
    /// The author's headline, if there is one.
    pub headline: Option<String>,
    /// What each segment really took, where that was noted.
    pub minutes: BTreeMap<Segment, u32>,
    /// Who was in the room; empty if it wasn't noted.
    pub attendance: Vec<Attendee>,
    /// Headroom bets talked about.
    pub bets: Vec<Bet>,
    /// The Run decisions.
    pub decisions: Vec<Decision>,
    /// Answers to decisions that were open.
    pub follow_up: Vec<FollowUp>,
    /// The closing answer.
    pub closing: Closing,
    /// The narrative, if there is one.
    pub narrative: Option<Narrative>,
    /// The file's beginning.
    pub span: Span,
}

/// A seat in the room.
#[derive(Clone, Debug, PartialEq)]
pub struct Attendee {
    /// The seat.
    pub seat: Spanned<String>,
    /// Why it was there, where that was noted.
    pub reason: Option<String>,
}

/// A headroom bet.
#[derive(Clone, Debug, PartialEq)]
pub struct Bet {
    /// The bet.
    pub id: Spanned<String>,
    /// In words.
    pub bet: String,
    /// Of what kind.
    pub kind: BetKind,
    /// How far the firm has gone with it.
    pub status: BetStatus,
    /// Whether the board may see it.
    pub board: bool,
}

/// A Run decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The decision.
    pub id: Spanned<String>,
    /// What it commits to.
    pub action: Action,
    /// In words.
    pub what: String,
    /// The automation it concerns.
    pub automation: Option<Spanned<String>>,
    /// The seat that answers for it.
    pub owner: Spanned<String>,
    /// When it is due.
    pub due: Spanned<NaiveDate>,
    /// Whether the board may see it.
    pub board: bool,
}

/// An answer to an open decision.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUp {
    /// The decision.
    pub decision: Spanned<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// Its new date, if it slipped.
    pub due: Option<NaiveDate>,
    /// Why it was dropped.
    pub reason: Option<String>,
}

/// The closing answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Closing {
    /// Is the system paying for itself?
    pub answer: Spanned<Answer>,
    /// What the answer rests on.
    pub evidence: Option<String>,
}

/// A session's narrative.
#[derive(Clone, Debug, PartialEq)]
pub struct Narrative {
    /// What stands before the first heading.
    pub lead: Prose,
    /// What was said in each segment.
    pub segments: BTreeMap<Segment, Prose>,
    /// Where its links and images lead.
    pub targets: BTreeMap<String, Target>,
}

impl Held {
    /// Real minutes in all, if every segment's were noted.
    pub fn total_minutes(&self) -> Option<u32> {
        let all = Segment::ALL
            .iter()
            .all(|segment| self.minutes.contains_key(segment));
        all.then(|| {
            self.minutes
                .values()
                .fold(0_u32, |sum, minutes| sum.saturating_add(*minutes))
        })
    }
}

pub(super) fn session(
    month: Month,
    document: Document<LeadershipFile>,
    narrative: Option<Markdown>,
    report: &mut Report,
) -> Option<Session> {
    let Document { file, span, value } = document;
    let LeadershipFile {
        date,
        headline,
        minutes,
        attendance,
        headroom,
        decisions,
        follow_up,
        closing,
        skipped,
        // Read with the month: a session that was skipped may have one too.
        restatements: _,
    } = value;
    let mut check = Check {
        file: &file,
        report,
    };
    if !skipped.is_absent() {
        let held = [
            ("date", !date.is_absent()),
            ("minutes", !minutes.is_absent()),
            ("attendance", !attendance.is_absent()),
            ("headroom", !headroom.is_absent()),
            ("decisions", !decisions.is_absent()),
            ("follow_up", !follow_up.is_absent()),
            ("closing", !closing.is_absent()),
        ];
        let reason = check.text(skipped, "skipped");
        let given = held
            .iter()
            .filter(|(_, given)| *given)
            .map(|(name, _)| *name);
        refuse_both(
            &mut check,
            reason.as_ref(),
            &listed(given),
            narrative.as_ref(),
        );
        return reason.map(Session::Skipped);
    }
    let date = check
        .required(date, "date", &span)
        .map(|date| check.day_of_month(date, "date", month));
    let headline = check.text(headline, "headline").map(|text| text.value);
    let minutes = check
        .optional(minutes)
        .map(|file| minutes_of(&mut check, file.value))
        .unwrap_or_default();
    let attendance = each(&mut check, attendance, attendee);
    let bets = each(&mut check, headroom, bet);
    let decisions = each(&mut check, decisions, decision);
    let follow_up = each(&mut check, follow_up, follow_up_of);
    let closing = check
        .required(closing, "closing", &span)
        .and_then(|file| closing_of(&mut check, file));
    let narrative = narrative.map(|markdown| narrative_of(markdown, check.report));
    Some(Session::Held(Box::new(Held {
        date: date?,
        headline,
        minutes,
        attendance,
        bets,
        decisions,
        follow_up,
        closing: closing?,
        narrative,
        span,
    })))
}

/// A skipped session has nothing but its reason.
fn refuse_both(
    check: &mut Check<'_>,
    reason: Option<&Spanned<String>>,
    given: &str,
    narrative: Option<&Markdown>,
) {
    let Some(reason) = reason else { return };
    if given != "none" {
        check.report.push(
            Diagnostic::error(
                "skipped-and-held",
                format!("a session that was skipped can't have {given}"),
            )
            .at(&reason.span, "skipped, it says here")
            .help("remove `skipped` if it was held, or the rest if it wasn't"),
        );
    }
    if let Some(narrative) = narrative {
        check.report.push(
            Diagnostic::error(
                "skipped-and-held",
                "a session that was skipped can't have a narrative",
            )
            .at(&Span::start_of(&narrative.file), "")
            .see(&reason.span, "skipped, it says here")
            .help("put `_` before the file's name to keep it as a draft"),
        );
    }
}

fn minutes_of(check: &mut Check<'_>, file: MinutesFile) -> BTreeMap<Segment, u32> {
    let MinutesFile {
        state,
        away,
        automation,
        headroom,
        upgrades,
        closing,
    } = file;
    let fields = [state, away, automation, headroom, upgrades, closing];
    let mut minutes = BTreeMap::new();
    for (segment, field) in Segment::ALL.into_iter().zip(fields) {
        let Some(given) = check.optional(field) else {
            continue;
        };
        if given.value > 480 {
            check.report.push(
                Diagnostic::error(
                    "out-of-range",
                    format!("{} minutes for one segment can't be", given.value),
                )
                .at(&given.span, "0 to 480")
                .help("a session takes 60 to 90 minutes in all"),
            );
            continue;
        }
        minutes.insert(segment, given.value);
    }
    minutes
}

pub(super) fn attendee(check: &mut Check<'_>, file: Spanned<AttendeeFile>) -> Option<Attendee> {
    let AttendeeFile { seat, reason } = file.value;
    let seat = check.required_id(seat, "seat", &file.span);
    let reason = check.text(reason, "reason").map(|text| text.value);
    Some(Attendee {
        seat: seat?,
        reason,
    })
}

fn bet(check: &mut Check<'_>, file: Spanned<BetFile>) -> Option<Bet> {
    let BetFile {
        id,
        bet,
        kind,
        status,
        board,
    } = file.value;
    let id = check.required_id(id, "id", &file.span);
    let bet = check.required_text(bet, "bet", &file.span);
    let kind = check.required(kind, "kind", &file.span);
    let status = check.required(status, "status", &file.span);
    let board = check.optional(board).is_some_and(|board| board.value);
    Some(Bet {
        id: id?,
        bet: bet?.value,
        kind: kind?.value,
        status: status?.value,
        board,
    })
}

fn decision(check: &mut Check<'_>, file: Spanned<DecisionFile>) -> Option<Decision> {
    let DecisionFile {
        id,
        action,
        what,
        automation,
        owner,
        due,
        board,
    } = file.value;
    let id = check.required_id(id, "id", &file.span);
    let action = check.required(action, "action", &file.span);
    let what = check.required_text(what, "what", &file.span);
    let automation = check.id(automation);
    let owner = check.required_id(owner, "owner", &file.span);
    let due = check.required(due, "due", &file.span);
    let board = check.optional(board).is_some_and(|board| board.value);
    Some(Decision {
        id: id?,
        action: action?.value,
        what: what?.value,
        automation,
        owner: owner?,
        due: due?.map(|Date(date)| date),
        board,
    })
}

fn follow_up_of(check: &mut Check<'_>, file: Spanned<FollowUpFile>) -> Option<FollowUp> {
    let FollowUpFile {
        decision,
        outcome,
        due,
        reason,
    } = file.value;
    let decision = check.required_id(decision, "decision", &file.span);
    let outcome = check.required(outcome, "outcome", &file.span)?;
    let slipped = outcome.value == Outcome::Slipped;
    let due = if slipped {
        check.required(due, "due", &file.span)
    } else {
        check.optional(due)
    };
    let reason = if outcome.value == Outcome::Dropped {
        check.required_text(reason, "reason", &file.span)
    } else {
        check.text(reason, "reason")
    };
    if !slipped && let Some(due) = &due {
        check.report.push(
            Diagnostic::error(
                "due-without-slip",
                "only a decision that slipped has a new date",
            )
            .at(&due.span, "")
            .help("say `outcome: slipped`, or remove `due`"),
        );
    }
    Some(FollowUp {
        decision: decision?,
        outcome: outcome.value,
        due: due.map(|due| due.value.0),
        reason: reason.map(|reason| reason.value),
    })
}

fn closing_of(check: &mut Check<'_>, file: Spanned<ClosingFile>) -> Option<Closing> {
    let ClosingFile {
        paying_for_itself,
        evidence,
    } = file.value;
    let without_evidence = evidence.is_absent();
    let answer = check.required(paying_for_itself, "paying_for_itself", &file.span);
    let evidence = check.text(evidence, "evidence").map(|text| text.value);
    let answer = answer?;
    if answer.value == Answer::Yes && without_evidence {
        check.report.push(
            Diagnostic::error("yes-without-evidence", "a yes needs its evidence")
                .at(&answer.span, "answered here")
                .help("add `evidence: \"…\"`: what was saved or earned, against what it cost; without it the answer is unclear"),
        );
    }
    Some(Closing { answer, evidence })
}

fn narrative_of(markdown: Markdown, report: &mut Report) -> Narrative {
    let Markdown {
        lead,
        sections,
        targets,
        ..
    } = markdown;
    let mut segments: BTreeMap<Segment, Prose> = BTreeMap::new();
    let mut first: BTreeMap<Segment, Span> = BTreeMap::new();
    for section in sections {
        let Some(segment) = Segment::from_heading(&section.heading) else {
            report.push(unknown_heading(&section.heading, &section.span));
            continue;
        };
        if let Some(earlier) = first.get(&segment) {
            report.push(
                Diagnostic::error(
                    "duplicate-heading",
                    format!("the segment \"{}\" stands twice", segment.name()),
                )
                .at(&section.span, "again here")
                .see(earlier, "first here")
                .help("join the two; a heading within a segment has three `#`"),
            );
            continue;
        }
        first.insert(segment, section.span);
        segments.insert(segment, section.body);
    }
    Narrative {
        lead,
        segments,
        targets,
    }
}

fn unknown_heading(heading: &str, span: &Span) -> Diagnostic {
    let near = nearest(heading, Segment::ALL.map(Segment::name))
        .or_else(|| Segment::spoken_of(heading).map(Segment::name));
    let help = match near {
        Some(near) => format!("did you mean \"{near}\"? A heading within a segment has three `#`"),
        None => format!(
            "the segments are {}; a heading within one has three `#`",
            Segment::ALL.map(Segment::name).join(", ")
        ),
    };
    Diagnostic::error(
        "unknown-heading",
        format!("\"{heading}\" is not a segment of the session"),
    )
    .at(span, "")
    .help(help)
    .replace_with(near.map(|near| format!("## {near}")))
}
