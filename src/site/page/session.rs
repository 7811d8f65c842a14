//! One page a leadership session: held, skipped or awaiting.

use super::frame::{Context, Opening, frame, period};
use super::heard::Outcome;
use super::ready::Both;
use super::reported::{self, Reported};
use super::sequence::{self, Sat};
use super::view::decision::DecisionTable;
use super::view::frame::StripItem;
use super::view::hour::{Hour, SegmentMinutes};
use super::view::session::{
    Attendance, AttendanceRow, Closing, HeldPage, Segment as SegmentView, SkippedPage,
};
use super::view::{Fact, Link, Markup, Shape, Status, Tone};
use super::{changed, decided, headline, judged, label, restated, signal};
use crate::engagement::MonthRecord;
use crate::engagement::kpi::Kpi;
use crate::engagement::segment::Segment;
use crate::engagement::session::Held;
use crate::engagement::snapshot::Figure;
use crate::insight::progress::Character;
use crate::site::figure;
use crate::site::prose::{ProseWriter, WrittenLink};
use crate::site::route::Route;

/// A held session's page, and the links that its author wrote.
pub fn held(
    context: Context<'_>,
    record: &MonthRecord,
    held: &Held,
) -> (HeldPage, Vec<WrittenLink>) {
    let route = route(record);
    let headline = held
        .headline
        .clone()
        .unwrap_or_else(|| headline::held(context, Outcome::of(record.month, held)));
    let no_targets = std::collections::BTreeMap::new();
    let narrative = held.narrative.as_ref();
    let targets = narrative.map_or(&no_targets, |narrative| &narrative.targets);
    let mut writer = ProseWriter::new(&route, &route, targets, context);
    let lead = narrative.and_then(|narrative| writer.markup(&narrative.lead));
    let reported = reported::of_month(context, record.month);
    let segments = Segment::ALL
        .map(|segment| segment_of(context, record, held, &reported, segment, &mut writer))
        .into();
    let telemetry = record.telemetry.as_ref();
    let mut strip = period(context, Some(record.month));
    strip.insert(
        1,
        StripItem::text(format!("Held {}", figure::day(held.date.value))),
    );
    strip.push(StripItem::status(held_status(held)));
    let page = HeldPage {
        frame: frame(
            context,
            &route,
            Opening {
                title: format!("{} session", figure::month(record.month)),
                strip,
                headline: figure::sentence(&headline),
                deck: None,
            },
        ),
        facts: facts(context, record, held),
        hour: Some(hour(held)),
        present: Some(present(record, &route)),
        changed: context
            .changed(record.month)
            .and_then(|changed| changed::list(context, changed, None)),
        lead,
        segments,
        attendance: attendance(context, held),
        trust: reported.trust.as_ref().map(Both::ready),
        watch: reported.watch.as_ref().map(Both::ready),
        pushback: reported.pushback.as_ref().map(Both::ready),
        telemetry: telemetry.map(|telemetry| reported::figures(context, record.month, telemetry)),
        neighbours: sequence::neighbours(context, Sat::Leadership(record.month)),
    };
    (page, writer.written)
}

/// A skipped session's page, or that of a month about which nothing was said.
pub fn skipped(context: Context<'_>, record: &MonthRecord, reason: Option<&str>) -> SkippedPage {
    let route = route(record);
    let telemetry = record.telemetry.as_ref();
    let reported = reported::of_month(context, record.month);
    let mut strip = period(context, Some(record.month));
    strip.push(StripItem::status(label::session(
        context.session_state(record.month),
    )));
    let month = figure::month_name(record.month);
    let headline = match reason {
        Some(_) => format!("No session was held in {month}."),
        None => format!("Nobody noted whether a session was held in {month}."),
    };
    SkippedPage {
        frame: frame(
            context,
            &route,
            Opening {
                title: format!("{}, no session", figure::month(record.month)),
                strip,
                headline,
                deck: None,
            },
        ),
        reason: figure::sentence(reason.unwrap_or(
            "The month has telemetry, but neither a session nor the reason why there was none",
        )),
        restated: restated::sentences(context, Figure::Answer(record.month)),
        sidenotes: context
            .signals(record.month)
            .iter()
            .map(|found| signal::note(context, record.month, found))
            .collect(),
        telemetry: telemetry
            .map(|telemetry| reported::tables(context, record.month, telemetry, &reported)),
        trust: reported.trust.as_ref().map(Both::ready),
        watch: reported.watch.as_ref().map(Both::ready),
        pushback: reported.pushback.as_ref().map(Both::ready),
        neighbours: sequence::neighbours(context, Sat::Leadership(record.month)),
    }
}

/// What was written of a segment, with its links as that page needs them.
pub(super) fn narrative(
    held: &Held,
    segment: Segment,
    writer: &mut ProseWriter<'_>,
) -> Option<Markup> {
    let prose = held.narrative.as_ref()?.segments.get(&segment)?;
    writer.markup(prose)
}

/// The way to the session for the projector.
pub(super) fn present(record: &MonthRecord, route: &Route) -> Link {
    let label = if record.held().is_some() {
        "Present this session"
    } else {
        "Present this agenda"
    };
    Link {
        label: label.to_owned(),
        href: Route::Present(record.month.to_string()).href(route),
    }
}

pub(super) fn route(record: &MonthRecord) -> Route {
    Route::LeadershipSession(record.month.to_string())
}

fn held_status(held: &Held) -> Status {
    let word = held.total_minutes().map_or_else(
        || "Held".to_owned(),
        |minutes| format!("Held, {minutes}\u{a0}min"),
    );
    Status::new(Tone::Good, Shape::Dot, word)
}

fn facts(context: Context<'_>, record: &MonthRecord, held: &Held) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |label: &str, text: String| {
        facts.push(Fact {
            label: label.to_owned(),
            text,
        });
    };
    if !held.attendance.is_empty() {
        add("In the room", in_the_room(held));
    }
    if let Some(character) = context
        .run_month(record.month)
        .and_then(|run| run.character)
    {
        add("Character", character_fact(character, held));
    }
    if let Some(signals) = signal::count(context, record.month) {
        add("Signals", signals);
    }
    add("Outcome", outcome_fact(held));
    facts
}

pub(super) fn in_the_room(held: &Held) -> String {
    let seats: Vec<String> = held
        .attendance
        .iter()
        .map(|attendee| {
            let seat = label::seat_in_sentence(&attendee.seat.value);
            attendee
                .reason
                .as_ref()
                .map_or(seat.clone(), |reason| format!("{seat} ({reason})"))
        })
        .collect();
    figure::capital(&figure::list(&seats))
}

/// The character with the shares that it rests on.
fn character_fact(character: Character, held: &Held) -> String {
    let minutes = |segment| held.minutes.get(&segment).copied().unwrap_or(0);
    let operations: u32 = [Segment::State, Segment::Away, Segment::Automation]
        .map(minutes)
        .iter()
        .sum();
    let total = f64::from(held.total_minutes().unwrap_or(0).max(1));
    let share = |part: u32| figure::decimal(f64::from(part) / total * 100.0, 0);
    format!(
        "{}: {}\u{a0}% of the time on the system, {}\u{a0}% on headroom",
        figure::capital(character.word()),
        share(operations),
        share(minutes(Segment::Headroom))
    )
}

fn outcome_fact(held: &Held) -> String {
    let made = match held.decisions.len() {
        0 => "No decision made".to_owned(),
        made => format!(
            "{} made",
            figure::capital(&figure::counted(made, "decision", "decisions"))
        ),
    };
    match held.follow_up.len() {
        0 => made,
        answered => format!("{made}, {} earlier answered", figure::in_words(answered)),
    }
}

fn hour(held: &Held) -> Hour {
    let segments = Segment::ALL.map(|segment| SegmentMinutes {
        name: format!("{} {}", segment.number(), segment.short_name()),
        planned: segment.planned_minutes(),
        real: held.minutes.get(&segment).copied().unwrap_or(0),
        headroom: segment == Segment::Headroom,
    });
    Hour::new(&segments, held.total_minutes().is_some())
}

fn segment_of(
    context: Context<'_>,
    record: &MonthRecord,
    held: &Held,
    reported: &Reported,
    segment: Segment,
    writer: &mut ProseWriter<'_>,
) -> SegmentView {
    let sidenotes = signal::notes(context, record.month, segment);
    let quiet = sidenotes
        .is_empty()
        .then(|| quiet(context, record, segment));
    SegmentView {
        id: segment.key().to_owned(),
        number: segment.number().to_string(),
        title: segment.name().to_owned(),
        planned: segment.planned_minutes().to_string(),
        real: held.minutes.get(&segment).map(u32::to_string),
        narrative: narrative(held, segment, writer),
        layers: reported.layers_of(segment),
        kpis: Vec::new(),
        sidenotes,
        quiet,
        bets: (segment == Segment::Headroom)
            .then(|| decided::bets(&held.bets))
            .flatten(),
        decisions: (segment == Segment::Upgrades)
            .then(|| decided::made(held).map(|table| printable(record, table)))
            .flatten(),
        follow_up: (segment == Segment::Upgrades)
            .then(|| decided::answered(context, record.month, held))
            .flatten(),
        closing: (segment == Segment::Closing).then(|| closing(context, record, held)),
    }
}

/// The session's decisions with the way to the page that prints them alone.
fn printable(record: &MonthRecord, table: DecisionTable) -> DecisionTable {
    let href = Route::MonthDecisions(record.month.to_string()).href(&route(record));
    let links = vec![Link {
        label: "Print on one page".to_owned(),
        href,
    }];
    DecisionTable { links, ..table }
}

/// The line beside a segment that has no signal: how its KPI is judged, or
/// what didn't happen.
pub(super) fn quiet(context: Context<'_>, record: &MonthRecord, segment: Segment) -> String {
    let kpi = match segment {
        Segment::Away => Some(Kpi::AwayFromDesk),
        Segment::Automation => Some(Kpi::TaskAutomation),
        Segment::Headroom => Some(Kpi::RevenuePerEmployee),
        Segment::State | Segment::Upgrades | Segment::Closing => None,
    };
    let judged = kpi.and_then(|kpi| judged::verdict_line(context, kpi, record.month));
    let said = match segment {
        Segment::State => Some("No gate, brief or automation asked for attention.".to_owned()),
        Segment::Upgrades => Some("Nothing slipped and nothing was past due.".to_owned()),
        Segment::Closing => closing_support(context, record),
        _ => judged,
    };
    format!("No signal. {}", said.unwrap_or_default())
        .trim_end()
        .to_owned()
}

/// The closing answer.
pub(super) fn closing(context: Context<'_>, record: &MonthRecord, held: &Held) -> Closing {
    let answer = label::answer(held.closing.answer.value);
    Closing {
        question: "Is the system paying for itself?".to_owned(),
        answer: Status {
            word: format!("{}.", answer.word),
            ..answer
        },
        evidence: held
            .closing
            .evidence
            .as_deref()
            .map(|evidence| figure::sentence(&figure::capital(evidence))),
        restated: restated::sentences(context, Figure::Answer(record.month)),
    }
}

fn attendance(context: Context<'_>, held: &Held) -> Option<Attendance> {
    if held.attendance.is_empty() {
        return None;
    }
    let present = |id: &str| {
        held.attendance
            .iter()
            .any(|attendee| attendee.seat.value == id)
    };
    let title_of = |id: &str| {
        context
            .firm()
            .seats
            .get(id)
            .and_then(|seat| seat.title.clone())
    };
    let mut rows: Vec<AttendanceRow> = held
        .attendance
        .iter()
        .map(|attendee| AttendanceRow {
            seat: label::seat(&attendee.seat.value),
            title: title_of(&attendee.seat.value),
            status: Status::new(Tone::Good, Shape::Dot, "In the room"),
            reason: attendee.reason.as_deref().map(figure::capital),
        })
        .collect();
    // The CEO attends every month and the COO most; others only at need.
    let absent: Vec<&str> = ["ceo", "coo"]
        .into_iter()
        .filter(|id| !present(id) && context.firm().seats.contains_key(*id))
        .collect();
    for id in &absent {
        let tone = if *id == "ceo" {
            Tone::Warn
        } else {
            Tone::Neutral
        };
        rows.push(AttendanceRow {
            seat: label::seat(id),
            title: title_of(id),
            status: Status::new(tone, Shape::Cross, "Absent"),
            reason: None,
        });
    }
    let names: Vec<String> = absent
        .iter()
        .map(|id| label::seat_in_sentence(id))
        .collect();
    let room = format!(
        "{} in the room",
        figure::capital(&figure::in_words(held.attendance.len()))
    );
    let title = match names[..] {
        [] => room,
        _ => format!("{room}, the {} absent", figure::list(&names)),
    };
    Some(Attendance { title, rows })
}

/// Where the streak stood in a month.
fn closing_support(context: Context<'_>, record: &MonthRecord) -> Option<String> {
    let streak = context.run_month(record.month)?.streak;
    let threshold = decimal_words(context.firm().playbook.graduation_streak);
    Some(match streak {
        0 => "No yes counts at present; the count begins with the next.".to_owned(),
        streak => format!(
            "{} yes in a row; {threshold} open the graduation talk.",
            figure::capital(&figure::in_words(streak as usize))
        ),
    })
}

/// A threshold in words where it is a whole number.
fn decimal_words(threshold: f64) -> String {
    if threshold.fract() == 0.0 && threshold >= 0.0 {
        figure::in_words(threshold as usize)
    } else {
        figure::decimal(threshold, 1)
    }
}
