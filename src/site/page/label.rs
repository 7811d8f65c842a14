//! Words and shapes for what the engagement and its insights name.

use chrono::NaiveDate;

use super::frame::Context;
use super::view::{Shape, Status, Tone};
use crate::engagement::firm::Firm;
use crate::engagement::programme::Meeting;
use crate::engagement::programme::outline::PathwayName;
use crate::engagement::telemetry::Layer;
use crate::insight::backlog::{Standing, Tracked};
use crate::insight::programme::State;
use crate::insight::progress::SessionState;
use crate::insight::series::Point;
use crate::insight::verdict::Verdict;
use crate::site::figure;
use crate::source::document::{Action, Answer, BetKind, BetStatus, TrustChange, WatchKind};

/// A KPI's verdict.
pub fn verdict(verdict: Verdict) -> Status {
    let (tone, shape) = match verdict {
        Verdict::OnTrack => (Tone::Good, Shape::Dot),
        Verdict::Ahead => (Tone::Good, Shape::Up),
        Verdict::Behind => (Tone::Warn, Shape::Down),
        Verdict::Investigate | Verdict::AboveCap => (Tone::Warn, Shape::Diamond),
        Verdict::TooEarly => (Tone::Neutral, Shape::Ring),
        Verdict::NotReported => (Tone::Neutral, Shape::Dash),
    };
    Status::new(tone, shape, figure::capital(verdict.word()))
}

/// How a month's figure is judged: what was reported but has no baseline to
/// be held against isn't called unreported. None before Run.
pub fn judged(point: &Point) -> Option<Status> {
    let verdict = point.verdict?;
    Some(
        if verdict == Verdict::NotReported && point.value.is_some() {
            Status::new(Tone::Neutral, Shape::Dash, "No baseline")
        } else {
            self::verdict(verdict)
        },
    )
}

/// The closing answer.
pub fn answer(answer: Answer) -> Status {
    match answer {
        Answer::Yes => Status::new(Tone::Good, Shape::Dot, "Yes"),
        Answer::No => Status::new(Tone::Warn, Shape::Cross, "No"),
        Answer::Unclear => Status::new(Tone::Neutral, Shape::Half, "Unclear"),
    }
}

/// What came of a month's session.
pub fn session(state: SessionState) -> Status {
    match state {
        SessionState::Held => Status::new(Tone::Good, Shape::Dot, "Held"),
        SessionState::Skipped => Status::new(Tone::Neutral, Shape::Dash, "Skipped"),
        SessionState::Awaiting => Status::new(Tone::Warn, Shape::Ring, "Awaiting its session"),
        SessionState::Missing => Status::new(Tone::Warn, Shape::Dash, "No session noted"),
    }
}

/// Where a decision stands on a day.
pub fn standing(tracked: &Tracked, as_of: NaiveDate) -> Status {
    if let Some(late) = tracked.days_late(as_of) {
        return Status::new(
            Tone::Warn,
            Shape::Down,
            format!("{} late", figure::days(late)),
        );
    }
    match tracked.standing() {
        Standing::Open => Status::new(Tone::Neutral, Shape::Ring, "Open"),
        Standing::Slipped => Status::new(Tone::Neutral, Shape::Ring, "Slipped"),
        Standing::Done(_) => Status::new(Tone::Good, Shape::Dot, "Done"),
        Standing::Dropped(_) => Status::new(Tone::Neutral, Shape::Cross, "Dropped"),
    }
}

/// What a Run decision commits to.
pub fn action(action: Action) -> &'static str {
    match action {
        Action::Build => "Build",
        Action::Retune => "Retune",
        Action::Decommission => "Decommission",
        Action::Tighten => "Tighten",
        Action::Pursue => "Headroom bet",
    }
}

/// What a bet is on.
pub fn bet_kind(kind: BetKind) -> &'static str {
    match kind {
        BetKind::ServiceLine => "Service line",
        BetKind::Market => "Market",
        BetKind::Segment => "Segment",
        BetKind::Build => "Build",
        BetKind::Acquisition => "Acquisition",
        BetKind::Partnership => "Partnership",
        BetKind::Margin => "Margin",
        BetKind::Other => "Other",
    }
}

/// How far a bet has come.
pub fn bet_status(status: BetStatus) -> Status {
    match status {
        BetStatus::Exploring => Status::new(Tone::Neutral, Shape::Ring, "Exploring"),
        BetStatus::Committed => Status::new(Tone::Good, Shape::Dot, "Committed"),
        BetStatus::Parked => Status::new(Tone::Neutral, Shape::Dash, "Parked"),
        BetStatus::Declined => Status::new(Tone::Neutral, Shape::Cross, "Declined"),
    }
}

/// A gain or loss of trust.
pub fn trust(change: TrustChange) -> Status {
    match change {
        TrustChange::Gain => Status::new(Tone::Good, Shape::Up, "Gain"),
        TrustChange::Loss => Status::new(Tone::Warn, Shape::Down, "Loss"),
    }
}

/// What sort of thing is watched.
pub fn watch_kind(kind: WatchKind) -> &'static str {
    match kind {
        WatchKind::People => "People",
        WatchKind::Seasonal => "Seasonal",
        WatchKind::Integration => "Integration",
        WatchKind::Vendor => "Vendor",
        WatchKind::Regulatory => "Regulatory",
        WatchKind::Other => "Other",
    }
}

/// A meeting of the executive programme, in short.
pub fn meeting(meeting: Meeting) -> &'static str {
    match meeting {
        Meeting::PreWork => "Pre-work",
        Meeting::EndState => "End state",
        Meeting::CurrentState => "Current state",
        Meeting::Path => "Path",
        Meeting::DecisionBrief => "Decision brief",
    }
}

/// A pathway within a sentence.
pub fn pathway(name: PathwayName) -> &'static str {
    match name {
        PathwayName::Transform => "transforming in place",
        PathwayName::Parallel => "a parallel operating model",
        PathwayName::Outsource => "outsourcing selected capabilities",
        PathwayName::Hybrid => "the hybrid model",
    }
}

/// Where a meeting of the programme stands.
pub fn meeting_state(meeting: Meeting, state: State) -> Status {
    let closes = meeting == Meeting::PreWork;
    match state {
        State::Held if closes => Status::new(Tone::Good, Shape::Dot, "Closed"),
        State::Held => Status::new(Tone::Good, Shape::Dot, "Held"),
        State::Planned if closes => Status::new(Tone::Neutral, Shape::Half, "Under way"),
        State::Planned => Status::new(Tone::Neutral, Shape::Ring, "Planned"),
        State::Unrecorded => Status::new(Tone::Warn, Shape::Down, "Nothing noted"),
        State::NotPlanned => Status::new(Tone::Neutral, Shape::Ring, "Not planned"),
    }
}

/// A seat in a table: `CEO`, `Head of sales`.
pub fn seat(id: &str) -> String {
    if id.chars().count() <= 3 {
        return id.to_uppercase();
    }
    figure::capital(&id.replace(['-', '_'], " "))
}

/// A seat within a sentence: `CEO`, `consultant`.
pub fn seat_in_sentence(id: &str) -> String {
    if id.chars().count() <= 3 {
        return id.to_uppercase();
    }
    id.replace(['-', '_'], " ")
}

/// An id as a name: `refund-approval` becomes `Refund approval`.
pub fn spoken(id: &str) -> String {
    figure::capital(&id.replace(['-', '_'], " "))
}

/// A layer's name in this engagement.
pub fn layer(firm: &Firm, layer: Layer) -> String {
    let own = firm.layer_names.get(&layer).cloned();
    own.unwrap_or_else(|| {
        match layer {
            Layer::Capture => "Capture",
            Layer::Data => "Data",
            Layer::Briefing => "Briefing",
            Layer::Approval => "Approval",
            Layer::Build => "Build",
        }
        .to_owned()
    })
}

/// An automation's name: as it was last reported, else its id spoken.
pub fn automation(context: Context<'_>, id: &str) -> String {
    let named = context.automation_name(id.to_owned());
    named.map_or_else(|| spoken(id), ToOwned::to_owned)
}
