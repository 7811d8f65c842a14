//! What a signal asks of the session, as a question for the agenda.

use super::frame::Context;
use super::signal::subject;
use crate::insight::signal::{Code, Figures, Signal};

/// A signal's question.
pub fn question(context: Context<'_>, signal: &Signal) -> String {
    let subject = subject(context, signal);
    match signal.code {
        Code::GateRubberStamp => format!("How far can the bar of {subject} be raised?"),
        Code::GateBlind => format!("Where should the bar of {subject} stand?"),
        Code::TrustGain => format!("May {subject} loosen?"),
        Code::TrustLoss => "What should the briefs no longer judge?".to_owned(),
        Code::ApprovalDrop => format!("Why does {subject} approve less?"),
        Code::ApprovingTooFast => format!("Is the envelope of {subject} still right?"),
        Code::BriefConfidence => "Where is Layer 3 stuck?".to_owned(),
        Code::BuildSlipping => format!("What holds up {subject}?"),
        Code::AutomationSilent => format!("Who turned off {subject}?"),
        Code::AfdMoved => away_question(signal),
        Code::TaVerdict => "What should be tuned, and what pruned?".to_owned(),
        Code::PruneDue => "What is no longer worth keeping alive?".to_owned(),
        Code::Sprawl => "What goes before anything is added?".to_owned(),
        Code::HeadroomOpen => "What is now possible that wasn’t six months ago?".to_owned(),
        Code::RpeUnmoved => "Why has revenue per employee not moved?".to_owned(),
        Code::SessionSkipped => "What will keep the next session from being skipped?".to_owned(),
        Code::CeoAbsent => "What does the CEO need to be in the room?".to_owned(),
        Code::RoomTooLarge => "Who leaves the room?".to_owned(),
        Code::NotPaying => "What would make the system pay for itself?".to_owned(),
        Code::GraduationTalk => "Is it time to graduate?".to_owned(),
        Code::Quiet => "Nothing asks for attention: what is now possible?".to_owned(),
    }
}

fn away_question(signal: &Signal) -> String {
    let fell = match signal.figures {
        Figures::Moved {
            percent_on_before,
            percent_on_mean,
            ..
        } => percent_on_before
            .or(percent_on_mean)
            .is_some_and(|change| change < 0.0),
        _ => false,
    };
    format!(
        "What took away-from-desk hours {}?",
        if fell { "down" } else { "up" }
    )
}
