//! The agenda of a session to come: each segment's question, from its signals.

use super::frame::{Context, Opening, frame, period};
use super::ready::Both;
use super::sequence::{self, Sat};
use super::session::{present, quiet, route};
use super::view::frame::StripItem;
use super::view::session::{AgendaRow, AwaitingPage, WhoComes};
use super::{changed, decided, headline, label, question, reported, signal};
use crate::engagement::MonthRecord;
use crate::engagement::kpi::Kpi;
use crate::engagement::segment::Segment;
use crate::insight::progress::SessionState;
use crate::insight::signal::Signal;
use crate::site::figure;

/// The agenda of a session to come.
pub fn page(context: Context<'_>, record: &MonthRecord) -> AwaitingPage {
    let route = route(record);
    let telemetry = record.telemetry.as_ref();
    let planned: u32 = Segment::ALL.map(Segment::planned_minutes).iter().sum();
    let mut strip = period(context, Some(record.month));
    strip.push(StripItem::status(label::session(SessionState::Awaiting)));
    strip.push(StripItem::text(format!("{planned} min planned")));
    let agenda = rows(context, record);
    let reported = reported::of_month(context, record.month);
    AwaitingPage {
        frame: frame(
            context,
            &route,
            Opening {
                title: format!("{} agenda", figure::month(record.month)),
                strip,
                headline: headline::awaiting(context, record.month),
                deck: None,
            },
        ),
        agenda,
        changed: context.changed(record.month).and_then(|changed| changed::list(context, changed, None)),
        watch: reported.watch.as_ref().map(Both::ready),
        who_comes: Some(WhoComes {
            title: "Who comes".to_owned(),
            text: "CEO and COO; the CFO around budgets, prices and board meetings. No proxies: pruning, headroom and graduation are the CEO’s calls.".to_owned(),
        }),
        trust: reported.trust.as_ref().map(Both::ready),
        pushback: reported.pushback.as_ref().map(Both::ready),
        telemetry: telemetry.map(|telemetry| {
            reported::tables(context, record.month, telemetry, &reported)
        }),
        neighbours: sequence::neighbours(context, Sat::Leadership(record.month)),
        present: Some(present(record, &route)),
    }
}

/// The agenda's six rows with their clock.
pub fn rows(context: Context<'_>, record: &MonthRecord) -> Vec<AgendaRow> {
    let mut clock = 0;
    let rows = Segment::ALL.map(|segment| {
        let row = agenda_row(context, record, segment, clock);
        clock += segment.planned_minutes();
        row
    });
    rows.into()
}

fn agenda_row(
    context: Context<'_>,
    record: &MonthRecord,
    segment: Segment,
    starts: u32,
) -> AgendaRow {
    let signals: Vec<&Signal> = context
        .signals(record.month)
        .iter()
        .filter(|signal| signal.segment == segment)
        .collect();
    let decisions = if segment == Segment::Upgrades {
        decided::open_rows(context)
    } else {
        Vec::new()
    };
    let standing = matches!(segment, Segment::Headroom | Segment::Closing);
    // Open decisions come before whatever else the segment asks.
    let asked = match signals.first() {
        Some(signal) if decisions.is_empty() && segment != Segment::Closing => {
            question::question(context, signal)
        }
        _ => question(segment, decisions.len()),
    };
    AgendaRow {
        id: segment.key().to_owned(),
        clock: format!("{}:{:02}", starts / 60, starts % 60),
        minutes: format!("{}\u{a0}min", segment.planned_minutes()),
        number: segment.number().to_string(),
        segment: segment.name().to_owned(),
        question: asked,
        support: support(context, record, segment),
        quiet: signals.is_empty().then(|| quiet(context, record, segment)),
        calm: signals.is_empty() && decisions.is_empty() && !standing,
        sidenotes: signal::notes(context, record.month, segment),
        decisions,
    }
}

/// What the segment asks every month.
fn question(segment: Segment, open: usize) -> String {
    match (segment, open) {
        (Segment::State, _) => "What did the system do, and where did it get stuck?".to_owned(),
        (Segment::Away, _) => {
            "How many hours could the CEO be fully out, and what moved them?".to_owned()
        }
        (Segment::Automation, _) => {
            "Where does task automation stand, and what can be pruned?".to_owned()
        }
        (Segment::Headroom, _) => "What is now possible that wasn’t six months ago?".to_owned(),
        (Segment::Upgrades, 0) => "What enters Build, what is retuned, what goes?".to_owned(),
        (Segment::Upgrades, 1) => {
            "One decision needs an answer before new ones are made".to_owned()
        }
        (Segment::Upgrades, open) => {
            format!(
                "{} decisions need an answer before new ones are made",
                figure::capital(&figure::in_words(open))
            )
        }
        (Segment::Closing, _) => "Is the system paying for itself?".to_owned(),
    }
}

/// What the question rests on, from this month's telemetry.
fn support(context: Context<'_>, record: &MonthRecord, segment: Segment) -> Option<String> {
    let moved = |kpi: Kpi| {
        let reading = reported::reading(context, kpi, record.month);
        let before = figure::month_name(record.month.plus(-1));
        match (&*reading.value, &*reading.change) {
            (figure::NOT_REPORTED, _) => None,
            (value, figure::NOT_REPORTED) => Some(format!("{value}.")),
            (value, change) => Some(format!("{value}, {change} on {before}.")),
        }
    };
    match segment {
        Segment::State => record.telemetry.is_some().then(|| {
            let reported = reported::of_month(context, record.month);
            let sentences: Vec<String> = reported
                .layers
                .iter()
                .map(|layer| format!("{}: {}.", layer.name, layer.sentence))
                .collect();
            sentences.join(" ")
        }),
        Segment::Away => moved(Kpi::AwayFromDesk),
        Segment::Automation => moved(Kpi::TaskAutomation),
        Segment::Headroom => {
            moved(Kpi::RevenuePerEmployee).map(|moved| format!("Revenue per employee: {moved}"))
        }
        Segment::Upgrades | Segment::Closing => None,
    }
}
