//! `leadership.yaml` and `leadership.md` of a session that is still to come.

use std::collections::BTreeMap;

use crate::engagement::Engagement;
use crate::engagement::segment::Segment;
use crate::engagement::session::{Attendee, Bet};
use crate::insight::Insights;
use crate::insight::backlog::Tracked;
use crate::insight::signal::{Rule, Signal};
use crate::scaffold::NewFile;
use crate::scaffold::modeline::modeline;
use crate::scaffold::written::{action, bet_kind, bet_status, item, remark, scalar};
use crate::source::document::BetStatus;
use crate::source::month::Month;

/// A session's minutes: each open decision to be answered, the agenda and the
/// open bets as comments, and every answer blank.
pub fn minutes(engagement: &Engagement, month: Month) -> [NewFile; 2] {
    let path = format!("content/{month}/leadership.yaml");
    let past = engagement.until(month);
    let insights = Insights::of(&past);
    let mut text = modeline("leadership", &path);
    text.push_str(&opening(month));
    text.push_str(&agenda(&past, &insights, month));
    text.push_str(ROOM);
    text.push_str(&format!("# attendance: [ {} ]\n", attendance(&past)));
    text.push_str(&bets(&past));
    text.push_str(&decisions(&past, month));
    text.push_str(&follow_up(&insights, month));
    text.push_str(CLOSING);
    [
        NewFile::new(path, text),
        NewFile::new(format!("content/{month}/leadership.md"), narrative()),
    ]
}

fn opening(month: Month) -> String {
    format!(
        "
# What the session of {month} decided. Until the first blank is filled in, the
# month awaits its session and its page is the agenda. If none was held, this is
# the whole file:
# skipped: \"why\"
"
    )
}

const ROOM: &str = "
date:
# headline: \"The session in a sentence; derived if left out\"

# What each segment really took; without it the session has no character.
minutes: { state: , away: , automation: , headroom: , upgrades: , closing: }
# Who was in the room:
";

const CLOSING: &str = "
# yes, with its evidence; no; or unclear.
closing:
  paying_for_itself:
  evidence:
";

/// What the last telemetry puts on the agenda, by segment, and what falls due.
fn agenda(past: &Engagement, insights: &Insights, month: Month) -> String {
    let told = past
        .months
        .values()
        .rev()
        .find_map(|record| Some((record.month, record.telemetry.as_ref()?)));
    let Some((told, telemetry)) = told else {
        return String::new();
    };
    let whose = if told == month {
        "from its telemetry".to_owned()
    } else {
        format!("from the telemetry of {told}; that of {month} may add to it")
    };
    let mut text = format!("#\n# On the agenda, {whose}:\n");
    for segment in Segment::ALL {
        let signals = insights.signals(told).iter();
        let lines: Vec<String> = signals
            .filter(|signal| signal.segment == segment)
            .map(signal_line)
            .collect();
        if !lines.is_empty() {
            text.push_str(&format!("#   {}\n", segment.name()));
            text.push_str(&lines.concat());
        }
    }
    let due = telemetry.watch.iter().filter_map(|watch| {
        let due = watch.due.filter(|due| Month::of(*due) == month)?;
        Some(format!("#   {due}  {}\n", remark(&watch.what)))
    });
    let decided = insights.backlog.open().filter_map(|tracked| {
        let due = tracked.due();
        let what = remark(&tracked.decision.what);
        (Month::of(due) == month).then(|| format!("#   {due}  {what}\n"))
    });
    let due: Vec<String> = due.chain(decided).collect();
    if !due.is_empty() {
        text.push_str(&format!("# Due in {month}:\n{}", due.concat()));
    }
    text
}

fn signal_line(signal: &Signal) -> String {
    let says = Rule::of(signal.code).map_or("", |rule| rule.says);
    let about = match &signal.subject {
        Some(subject) => format!(" ({})", remark(subject)),
        None => String::new(),
    };
    format!("#     {}{about}: {says}\n", signal.code.name())
}

/// Who was in the room last, else the seats that belong there.
fn attendance(past: &Engagement) -> String {
    let held = past
        .months
        .values()
        .rev()
        .filter_map(|record| record.held());
    let last = held
        .map(|held| &held.attendance)
        .find(|attendance| !attendance.is_empty());
    let seats: Vec<String> = match last {
        Some(attendance) => attendance.iter().map(seat_of).collect(),
        None => ["ceo", "coo", "consultant"]
            .into_iter()
            .filter(|seat| past.firm.seats.contains_key(*seat))
            .map(|seat| format!("{{ seat: {seat} }}"))
            .collect(),
    };
    seats.join(", ")
}

fn seat_of(attendee: &Attendee) -> String {
    let seat = scalar(&attendee.seat.value);
    match &attendee.reason {
        Some(reason) => format!("{{ seat: {seat}, reason: {} }}", scalar(reason)),
        None => format!("{{ seat: {seat} }}"),
    }
}

/// The bets that are neither parked nor declined, as they were left.
fn bets(past: &Engagement) -> String {
    let mut last: BTreeMap<&str, &Bet> = BTreeMap::new();
    let held = past.months.values().filter_map(|record| record.held());
    for bet in held.flat_map(|held| &held.bets) {
        last.insert(&bet.id.value, bet);
    }
    let alive = last
        .values()
        .filter(|bet| matches!(bet.status, BetStatus::Exploring | BetStatus::Committed));
    let mut lines: Vec<String> = alive
        .map(|bet| format!("#   {}\n", bet_item(bet)))
        .collect();
    let heading = if lines.is_empty() {
        lines.push("#   - { id: cold-chain, bet: \"Cold-chain line for two shippers\", kind: service-line, status: exploring }\n".to_owned());
        "Headroom bets that were talked about."
    } else {
        "Headroom bets still alive, as they were left: keep those that were talked about."
    };
    format!("\n# {heading}\n# headroom:\n{}", lines.concat())
}

fn bet_item(bet: &Bet) -> String {
    let mut fields = vec![
        ("id", Some(scalar(&bet.id.value))),
        ("bet", Some(scalar(&bet.bet))),
        ("kind", Some(bet_kind(bet.kind).to_owned())),
        ("status", Some(bet_status(bet.status).to_owned())),
    ];
    if bet.board {
        fields.push(("board", Some("true".to_owned())));
    }
    item(fields)
}

fn decisions(past: &Engagement, month: Month) -> String {
    let seats = &past.firm.seats;
    let known = seats.get_key_value("coo").map(|(id, _)| id);
    let owner = known.or(seats.keys().next());
    let owner = owner.map_or_else(|| "coo".to_owned(), |id| scalar(id));
    format!(
        "
# The Build backlog for the next 30 days: build, retune, decommission, tighten or
# pursue. `board: true` shows a decision to the board.
# decisions:
#   - {{ id: dock-slots, action: build, what: \"Dock-slot bot to all sites\", owner: {owner}, due: {}-05 }}
",
        month.plus(1)
    )
}

/// Every open decision with its words, and the answer blank.
fn follow_up(insights: &Insights, month: Month) -> String {
    let mut text = String::new();
    for tracked in insights.backlog.open() {
        let answer = [
            ("decision", Some(scalar(&tracked.decision.id.value))),
            ("outcome", None),
        ];
        text.push_str(&format!(
            "  # {}\n  {}\n",
            told(tracked, month),
            item(answer)
        ));
    }
    if text.is_empty() {
        return text;
    }
    format!(
        "
# Every decision still open: done, carried, slipped with a new `due: {}-05`,
# or dropped with a `reason: \"why\"`.
follow_up:
{text}",
        month.plus(1)
    )
}

fn told(tracked: &Tracked, month: Month) -> String {
    let decision = &tracked.decision;
    let due = tracked.due();
    let when = if due < month.first_day() {
        format!("was due {due}")
    } else {
        format!("due {due}")
    };
    let age = month.since(tracked.month);
    let age = match age {
        0 => "this month".to_owned(),
        1 => "a month ago".to_owned(),
        months => format!("{months} months ago"),
    };
    format!(
        "{} ({}, {}), {when}, decided {} ({age})",
        remark(&decision.what),
        action(decision.action),
        decision.owner.value,
        tracked.made,
    )
}

/// The segments' headings. What stands in brackets is a link's target without
/// a link: markdown shows nothing of it.
fn narrative() -> String {
    let mut text = String::from(
        "[//]: # (Lines like this one are not shown. What stands before the first heading leads the page.)\n",
    );
    for segment in Segment::ALL {
        text.push_str(&format!("\n## {}\n", segment.name()));
    }
    text
}
