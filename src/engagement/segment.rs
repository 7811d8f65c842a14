//! The leadership session's six segments.

/// A segment, in the standing order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// What the five layers did.
    State,
    /// Away-from-desk review.
    Away,
    /// Task automation trend.
    Automation,
    /// Where headroom is opening.
    Headroom,
    /// Cross-layer upgrades: the Run decisions.
    Upgrades,
    /// Is the system paying for itself?
    Closing,
}

impl Segment {
    /// All six in order.
    pub const ALL: [Segment; 6] = [
        Segment::State,
        Segment::Away,
        Segment::Automation,
        Segment::Headroom,
        Segment::Upgrades,
        Segment::Closing,
    ];

    /// Its name for a reader, and as a heading in `leadership.md`.
    pub fn name(self) -> &'static str {
        match self {
            Segment::State => "State of the system",
            Segment::Away => "Away-from-desk review",
            Segment::Automation => "Task automation trend",
            Segment::Headroom => "Headroom",
            Segment::Upgrades => "Cross-layer upgrades",
            Segment::Closing => "Closing question",
        }
    }

    /// A short name for a narrow place.
    pub fn short_name(self) -> &'static str {
        match self {
            Segment::State => "State",
            Segment::Away => "Away",
            Segment::Automation => "Trend",
            Segment::Headroom => "Headroom",
            Segment::Upgrades => "Upgrades",
            Segment::Closing => "Close",
        }
    }

    /// Its word where a program reads it: in addresses and in `engagement.json`.
    pub fn key(self) -> &'static str {
        match self {
            Segment::State => "state",
            Segment::Away => "away",
            Segment::Automation => "automation",
            Segment::Headroom => "headroom",
            Segment::Upgrades => "upgrades",
            Segment::Closing => "closing",
        }
    }

    /// Its number, from 1.
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// Planned minutes: 70 in all, from the standing agenda.
    pub fn planned_minutes(self) -> u32 {
        match self {
            Segment::State | Segment::Away | Segment::Automation => 10,
            Segment::Headroom => 20,
            Segment::Upgrades => 15,
            Segment::Closing => 5,
        }
    }

    /// The segment that a heading names: its full name, a short form, with or
    /// without a number before it, in any case and punctuation.
    pub fn from_heading(heading: &str) -> Option<Self> {
        let words: String = heading
            .chars()
            .filter(|c| c.is_alphabetic())
            .flat_map(char::to_lowercase)
            .collect();
        Segment::ALL
            .into_iter()
            .find(|segment| segment.forms().contains(&&*words))
    }

    /// The only segment that a heading speaks of by one of its words.
    pub fn spoken_of(heading: &str) -> Option<Self> {
        let heading = heading.to_lowercase();
        let words: Vec<&str> = heading.split(|c: char| !c.is_alphabetic()).collect();
        let mut spoken_of = Segment::ALL.into_iter().filter(|segment| {
            words
                .iter()
                .any(|word| word.starts_with(segment.key().trim_end_matches('s')))
        });
        match (spoken_of.next(), spoken_of.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    fn forms(self) -> &'static [&'static str] {
        match self {
            Segment::State => &["stateofthesystem", "state", "systemstate"],
            Segment::Away => &[
                "awayfromdeskreview",
                "awayfromdeskautonomyreview",
                "awayfromdesk",
                "awayfromdeskautonomy",
                "awayreview",
                "away",
            ],
            Segment::Automation => &[
                "taskautomationtrend",
                "taskautomationpercentagetrend",
                "taskautomation",
                "automationtrend",
                "automation",
                "trend",
            ],
            Segment::Headroom => &["headroom", "whereheadroomisopening"],
            Segment::Upgrades => &["crosslayerupgrades", "upgrades", "crosslayer"],
            Segment::Closing => &[
                "closingquestion",
                "thestandingclosingquestion",
                "standingclosingquestion",
                "closing",
                "close",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_may_be_short_and_numbered() {
        assert_eq!(
            Segment::from_heading("1. State of the system (10 min)"),
            None
        );
        assert_eq!(
            Segment::from_heading("1. State of the system"),
            Some(Segment::State)
        );
        assert_eq!(
            Segment::from_heading("Away‑from‑desk review"),
            Some(Segment::Away)
        );
        assert_eq!(Segment::from_heading("UPGRADES"), Some(Segment::Upgrades));
        assert_eq!(Segment::from_heading("Headrom"), None);
        let spoken_of = Segment::spoken_of("Away from the desk");
        assert_eq!(spoken_of, Some(Segment::Away));
        assert_eq!(Segment::spoken_of("Any other business"), None);
        assert_eq!(Segment::spoken_of("Upgrades and automations"), None);
        for segment in Segment::ALL {
            assert_eq!(Segment::from_heading(segment.name()), Some(segment));
        }
    }

    #[test]
    fn the_plan_takes_seventy_minutes() {
        assert_eq!(
            Segment::ALL
                .map(Segment::planned_minutes)
                .iter()
                .sum::<u32>(),
            70
        );
    }
}
