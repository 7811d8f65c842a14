//! Signals in words: title, sentence, and the rule's line with its raw figure
//! and threshold.

use super::frame::Context;
use super::label;
use super::view::{Shape, Sidenote, Status, Tone};
use crate::engagement::segment::Segment;
use crate::insight::signal::{Code, Figures, Signal, Tone as Meant};
use crate::site::figure::{self, counted, decimal, percent, signed, signed_percent};
use crate::source::document::Answer;
use crate::source::month::Month;

/// A signal's words.
struct Words {
    shape: Shape,
    title: String,
    text: String,
    rule: String,
}

/// The signals of a month that belong to a segment.
pub fn notes(context: Context<'_>, month: Month, segment: Segment) -> Vec<Sidenote> {
    let signals = context.signals(month).iter();
    signals
        .filter(|signal| signal.segment == segment)
        .map(|signal| note(context, month, signal))
        .collect()
}

/// One signal as a note in the margin.
pub fn note(context: Context<'_>, month: Month, signal: &Signal) -> Sidenote {
    let words = words(context, month, signal);
    Sidenote {
        tone: tone(signal.tone),
        shape: words.shape,
        title: words.title,
        sparkline: None,
        text: words.text,
        rule: Some(format!("{}: {}", signal.code.name(), words.rule)),
    }
}

/// One signal as a status: shape, tone and title.
pub fn status(context: Context<'_>, month: Month, signal: &Signal) -> Status {
    let words = words(context, month, signal);
    Status::new(tone(signal.tone), words.shape, words.title)
}

/// How many signals a month has, by what they mean: `Four: three openings,
/// one warning`.
pub fn count(context: Context<'_>, month: Month) -> Option<String> {
    let signals = context.signals(month);
    let of = |tone| signals.iter().filter(|signal| signal.tone == tone).count();
    let kinds = [
        (of(Meant::Opening), "opening", "openings"),
        (of(Meant::Warning), "warning", "warnings"),
        (of(Meant::Neutral), "note", "notes"),
    ];
    let kinds: Vec<String> = kinds
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    (!signals.is_empty()).then(|| {
        format!(
            "{}: {}",
            figure::capital(&figure::in_words(signals.len())),
            figure::list(&kinds)
        )
    })
}

fn tone(meant: Meant) -> Tone {
    match meant {
        Meant::Opening => Tone::Good,
        Meant::Warning => Tone::Warn,
        Meant::Neutral => Tone::Neutral,
    }
}

/// What the signal is about, as a sentence names it.
pub(super) fn subject(context: Context<'_>, signal: &Signal) -> String {
    let Some(subject) = &signal.subject else {
        return "it".to_owned();
    };
    let gate = || format!("the {} gate", subject.replace(['-', '_'], " "));
    match signal.code {
        Code::GateRubberStamp
        | Code::GateBlind
        | Code::TrustGain
        | Code::ApprovalDrop
        | Code::ApprovingTooFast => gate(),
        Code::AutomationSilent | Code::PruneDue => label::automation(context, subject),
        Code::CeoAbsent | Code::RoomTooLarge => label::seat(subject),
        Code::BuildSlipping => slipping(context, subject),
        _ => subject.clone(),
    }
}

/// Late work by its own words: a decision's, an automation's name, or what
/// the telemetry says.
fn slipping(context: Context<'_>, subject: &str) -> String {
    if let Some(tracked) = context.decision(subject.to_owned()) {
        return format!("“{}”", tracked.decision.what);
    }
    let known = context.is_automation(subject.to_owned());
    if known {
        label::automation(context, subject)
    } else {
        format!("“{subject}”")
    }
}

fn words(context: Context<'_>, month: Month, signal: &Signal) -> Words {
    match signal.segment {
        Segment::State => state(context, signal),
        Segment::Upgrades => upgrades(context, signal),
        Segment::Closing => closing(context, month, signal),
        Segment::Away | Segment::Automation | Segment::Headroom => measures(context, month, signal),
    }
}

fn plain(
    shape: Shape,
    title: impl Into<String>,
    text: impl Into<String>,
    rule: impl Into<String>,
) -> Words {
    Words {
        shape,
        title: title.into(),
        text: text.into(),
        rule: rule.into(),
    }
}

fn state(context: Context<'_>, signal: &Signal) -> Words {
    let subject = subject(context, signal);
    match &signal.figures {
        Figures::RubberStamp {
            cases,
            reviewed,
            percent: share,
            threshold,
        } => plain(
            Shape::Diamond,
            format!("Raise the bar of {subject}"),
            format!(
                "{} of {} cases were reviewed, and none was corrected.",
                figure::count(*reviewed),
                figure::count(*cases)
            ),
            format!(
                "{} reviewed, none overruled or escalated. From {}\u{a0}%",
                percent(*share),
                decimal(*threshold, 0)
            ),
        ),
        Figures::BlindGate {
            cases,
            reviewed,
            percent: share,
            missed,
            threshold,
        } => plain(
            Shape::Diamond,
            format!("The bar of {subject} is in the wrong place"),
            format!(
                "{} of {} cases were reviewed, and {} among the others.",
                figure::count(*reviewed),
                figure::count(*cases),
                if *missed == 1 {
                    "one wrong one was found".to_owned()
                } else {
                    format!("{} wrong ones were found", figure::count(*missed))
                }
            ),
            format!(
                "{} reviewed, {missed} missed. Up to {}\u{a0}%",
                percent(*share),
                decimal(*threshold, 0)
            ),
        ),
        Figures::Approvals {
            approved,
            threshold,
        } => plain(
            Shape::Up,
            format!("Loosen {subject}"),
            format!(
                "{} approvals, and none was overruled.",
                figure::count(*approved)
            ),
            format!(
                "{} approvals, 0 overruled. From {}, none overruled",
                figure::count(*approved),
                decimal(*threshold, 0)
            ),
        ),
        Figures::ApprovalRate {
            rate,
            before,
            fall,
            threshold,
        } => plain(
            Shape::Down,
            format!("Look at {subject}"),
            format!(
                "Approvals fell from {} to {}.",
                percent(*before),
                percent(*rate)
            ),
            format!(
                "{}\u{a0}pp on last month. From \u{2212}{}\u{a0}pp",
                signed(-fall, 1),
                decimal(*threshold, 0)
            ),
        ),
        Figures::Envelope { approved, envelope } => plain(
            Shape::Diamond,
            format!("Check the envelope of {subject}"),
            format!(
                "{} approvals are more than present trust allows.",
                figure::count(*approved)
            ),
            format!(
                "{} approved. Over {}",
                figure::count(*approved),
                figure::count(*envelope)
            ),
        ),
        _ => layers(signal, &subject),
    }
}

/// Signals of the layers beside approval.
fn layers(signal: &Signal, subject: &str) -> Words {
    match &signal.figures {
        Figures::Missed { missed, threshold } => plain(
            Shape::Down,
            "Tighten the briefs’ scope",
            format!(
                "The briefs missed {} material patterns.",
                figure::in_words(*missed as usize)
            ),
            format!("{missed} missed. From {}", decimal(*threshold, 0)),
        ),
        Figures::Confidence {
            briefs,
            low,
            percent: share,
            threshold,
        } => plain(
            Shape::Down,
            "Briefs wobble",
            format!(
                "{} of {} were low in confidence.",
                figure::count(*low),
                figure::count(*briefs)
            ),
            format!(
                "{}. From {}\u{a0}%",
                percent(*share),
                decimal(*threshold, 0)
            ),
        ),
        Figures::Silent { hours_before } => plain(
            Shape::Down,
            format!("{} stood still", figure::capital(subject)),
            match hours_before {
                Some(hours) => format!(
                    "It ran not once; the month before it saved {}\u{a0}h.",
                    decimal(*hours, 0)
                ),
                None => "It ran not once. Someone may have turned it off.".to_owned(),
            },
            "0 runs. At 0".to_owned(),
        ),
        _ => unnamed(signal),
    }
}

fn measures(context: Context<'_>, month: Month, signal: &Signal) -> Words {
    match &signal.figures {
        Figures::Moved { .. } => moved(month, signal),
        Figures::Automation {
            value,
            verdict,
            band,
            cap,
        } => plain(
            if *value > *cap {
                Shape::Diamond
            } else {
                Shape::Down
            },
            format!("Task automation is {}", verdict.word()),
            match band {
                Some(band) => format!(
                    "{}, where its stage leads one to expect {}\u{a0}%.",
                    percent(*value),
                    super::judged::band_range(band.low, band.high)
                ),
                None => format!("{}, past the cap.", percent(*value)),
            },
            format!(
                "{}. Behind under the band, above cap over {}\u{a0}%",
                percent(*value),
                decimal(*cap, 0)
            ),
        ),
        Figures::Headroom {
            task_automation,
            task_automation_threshold,
            away_from_desk,
            away_from_desk_threshold,
        } => plain(
            Shape::Up,
            "Headroom is open",
            "What is now possible that wasn’t six months ago?",
            format!(
                "TA {} and AFD {}\u{a0}h. Over {}\u{a0}% and over {}\u{a0}h",
                percent(*task_automation),
                decimal(*away_from_desk, 1),
                decimal(*task_automation_threshold, 0),
                decimal(*away_from_desk_threshold, 0)
            ),
        ),
        Figures::Unmoved {
            value,
            baseline,
            percent: grown,
            threshold,
        } => {
            let currency = &context.firm().currency;
            plain(
                Shape::Diamond,
                "Revenue per employee has not moved",
                format!(
                    "{} against {} at the Fit Check. Dig in.",
                    figure::money(*value, currency),
                    figure::money(*baseline, currency)
                ),
                format!(
                    "{} on the baseline. Under +{}\u{a0}%",
                    signed_percent(*grown),
                    decimal(*threshold, 0)
                ),
            )
        }
        Figures::Nothing => plain(
            Shape::Ring,
            "A quiet month",
            "No other rule fired: the time goes to headroom.",
            "no other signal".to_owned(),
        ),
        _ => pruning(context, signal),
    }
}

/// Signals that ask for a retirement.
fn pruning(context: Context<'_>, signal: &Signal) -> Words {
    match &signal.figures {
        Figures::NoneRetired { months, live } => plain(
            Shape::Diamond,
            "Prune before you add",
            format!(
                "Nothing was retired in {}, and {} automations are live.",
                counted(*months as usize, "month", "months"),
                live
            ),
            format!("0 retired over {months} months. From 1"),
        ),
        Figures::Marked { runs, hours_saved } => plain(
            Shape::Diamond,
            format!("Prune {}", subject(context, signal)),
            match (runs, hours_saved) {
                (Some(runs), Some(hours)) => {
                    format!(
                        "{} runs, {}\u{a0}h saved.",
                        figure::count(*runs),
                        decimal(*hours, 0)
                    )
                }
                (Some(runs), None) => format!("It ran {} times.", figure::count(*runs)),
                _ => "It is marked as a candidate.".to_owned(),
            },
            "marked `prune: true`".to_owned(),
        ),
        Figures::Sprawl {
            months,
            added,
            retired,
            threshold,
        } => plain(
            Shape::Diamond,
            "Drifting to sprawl",
            format!(
                "Over {} months {} were added and {} retired.",
                figure::in_words(*months as usize),
                figure::in_words(*added),
                figure::in_words(*retired)
            ),
            format!("{retired} retired of {added} added. Under {threshold} of what was added"),
        ),
        _ => unnamed(signal),
    }
}

fn moved(month: Month, signal: &Signal) -> Words {
    let Figures::Moved {
        value,
        before,
        percent_on_before,
        mean,
        percent_on_mean,
        threshold,
    } = &signal.figures
    else {
        return unnamed(signal);
    };
    let last = figure::month_name(month.plus(-1));
    let hours = |hours: f64| format!("{}\u{a0}h", decimal(hours, 1));
    let then = before.map(|before| format!(" against {} in {last}", hours(before)));
    let mean_text = mean.map(|mean| format!("; the three-month mean is {}", hours(mean)));
    let on_before =
        percent_on_before.map(|change| format!("{} on last month", signed_percent(change)));
    let on_mean = percent_on_mean.map(|change| format!("{} on the mean", signed_percent(change)));
    // The side that moved far enough is the one that the rule fired on.
    let far = |change: &Option<f64>| change.is_some_and(|change| change.abs() >= threshold - 1e-9);
    let figures: Vec<String> = [
        (far(percent_on_before), on_before),
        (far(percent_on_mean), on_mean),
    ]
    .into_iter()
    .filter_map(|(far, text)| if far { text } else { None })
    .collect();
    let fell = percent_on_before
        .filter(|_| far(percent_on_before))
        .or(*percent_on_mean)
        .is_some_and(|change| change < 0.0);
    plain(
        if fell { Shape::Down } else { Shape::Up },
        format!(
            "Away-from-desk hours {}",
            if fell { "fell" } else { "rose" }
        ),
        format!(
            "{}{}{}.",
            hours(*value),
            then.unwrap_or_default(),
            mean_text.unwrap_or_default()
        ),
        format!(
            "{}. From ±{}\u{a0}%",
            figures.join(", "),
            decimal(*threshold, 0)
        ),
    )
}

fn upgrades(context: Context<'_>, signal: &Signal) -> Words {
    let subject = subject(context, signal);
    match &signal.figures {
        Figures::PastDue { due, as_of, days } => plain(
            Shape::Down,
            "A decision is past due",
            format!("{subject}, due {}.", figure::day_and_month(*due)),
            format!(
                "{} past due as of {}. From 1",
                figure::days(*days),
                figure::day_and_month(*as_of)
            ),
        ),
        Figures::Slipping => plain(
            Shape::Down,
            "A build is slipping",
            figure::sentence(&figure::capital(&subject)),
            "reported as slipping. From 1".to_owned(),
        ),
        _ => unnamed(signal),
    }
}

fn closing(context: Context<'_>, month: Month, signal: &Signal) -> Words {
    match &signal.figures {
        Figures::Skipped {
            in_a_row,
            this_month,
            threshold,
            exit_risk,
        } => plain(
            Shape::Diamond,
            if *exit_risk {
                "Exit risk: the loop is broken"
            } else {
                "The loop was broken"
            },
            match (*this_month, in_a_row) {
                (true, 1) => "No session was held this month.".to_owned(),
                (true, count) => format!(
                    "{} months in a row without a session.",
                    figure::capital(&figure::in_words(*count as usize))
                ),
                (false, 1) => format!("{} had no session.", figure::month_name(month.plus(-1))),
                (false, count) => format!(
                    "{} months before this one had no session.",
                    figure::capital(&figure::in_words(*count as usize))
                ),
            },
            format!(
                "{in_a_row} in a row. From 1; exit risk at {}",
                decimal(*threshold, 0)
            ),
        ),
        Figures::Room { people, threshold } => room(context, signal, *people, *threshold),
        Figures::Answer(answer) => plain(
            if *answer == Answer::No {
                Shape::Cross
            } else {
                Shape::Half
            },
            "Not paying for itself",
            match answer {
                Answer::No => "The answer is no: the month’s highest priority.",
                _ => "Nobody could tell: either the measurement is broken or the system is.",
            },
            format!(
                "answer {}. Any but yes",
                label::answer(*answer).word.to_lowercase()
            ),
        ),
        Figures::Streak { streak, threshold } => plain(
            Shape::Up,
            "Start the graduation talk",
            format!(
                "{} yes in a row.",
                figure::capital(&figure::in_words(*streak as usize))
            ),
            format!("streak {streak}. From {}", decimal(*threshold, 0)),
        ),
        _ => unnamed(signal),
    }
}

fn room(context: Context<'_>, signal: &Signal, people: usize, threshold: f64) -> Words {
    let allowed = decimal(threshold, 0);
    match (signal.code, &signal.subject) {
        (Code::CeoAbsent, _) => plain(
            Shape::Cross,
            "The CEO was not in the room",
            "No proxies: pruning, headroom and graduation are the CEO’s calls.",
            format!("{people} in the room, the CEO not among them. Every month"),
        ),
        (_, Some(_)) => plain(
            Shape::Diamond,
            format!("{} was in the room", subject(context, signal)),
            "Few speak openly before their own direct reports. Loop others in afterwards.",
            "seats are CEO, COO, CFO and consultant".to_owned(),
        ),
        (_, None) => plain(
            Shape::Diamond,
            "The room is too large",
            format!(
                "{} people were in it.",
                figure::capital(&figure::in_words(people))
            ),
            format!("{people} people. Over {allowed}"),
        ),
    }
}

/// A signal whose figures don't belong to its segment: it is named rather
/// than lost.
fn unnamed(signal: &Signal) -> Words {
    plain(
        Shape::Diamond,
        figure::capital(&signal.code.name().replace('-', " ")),
        String::new(),
        "see the rules".to_owned(),
    )
}
