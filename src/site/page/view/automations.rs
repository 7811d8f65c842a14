//! The register of automations: what entered, was retuned, broke, retired.

use serde::Serialize;

use super::Status;
use super::frame::Frame;

/// What `automations.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct AutomationsPage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// Live now, added, retired, runs, hours saved.
    pub tallies: Vec<Tally>,
    /// Added against retired; none before the first month with telemetry.
    pub flow: Option<Flow>,
    /// Every automation there ever was.
    pub register: Register,
}

/// A figure with its name.
#[derive(Clone, Debug, Serialize)]
pub struct Tally {
    /// "Live now".
    pub label: String,
    /// "14".
    pub value: String,
    /// The unit after it: "h".
    pub unit: Option<String>,
    /// Which month, or of what: "in October 2026".
    pub note: Option<String>,
}

/// Automations added against retired, by month.
#[derive(Clone, Debug, Serialize)]
pub struct Flow {
    /// The finding: "Since February as many went as came".
    pub title: String,
    /// A grey fact: "Fourteen live".
    pub note: Option<String>,
    /// The bars in words, for who cannot see them; the table has the figures.
    pub label: String,
    /// Where the line between added and retired is, in percent of the height.
    pub zero: String,
    /// The months, oldest first.
    pub months: Vec<FlowMonth>,
}

/// One month of the flow.
#[derive(Clone, Debug, Serialize)]
pub struct FlowMonth {
    /// The year, on the first month and each January.
    pub year: Option<String>,
    /// The month's initial: "O".
    pub initial: String,
    /// The month, short, with its year: "Oct 2026".
    pub name: String,
    /// How many were added: "2".
    pub added: String,
    /// How many were retired: "1".
    pub retired: String,
    /// How many were live at its end; "—" if not reported.
    pub live: String,
    /// Where the month's column starts, in percent of the width.
    pub x: String,
    /// How wide it is, in percent of the width.
    pub width: String,
    /// Where the bar of the added begins, in percent of the height.
    pub added_y: String,
    /// How high it is; none if nothing was added.
    pub added_height: Option<String>,
    /// How high the bar of the retired is, down from the zero line; none if
    /// nothing was retired.
    pub retired_height: Option<String>,
}

/// One month's counts, from which the flow is drawn.
#[derive(Clone, Debug)]
pub struct FlowCount {
    /// The year, on the first month and each January.
    pub year: Option<String>,
    /// The month's initial.
    pub initial: String,
    /// The month, short, with its year.
    pub name: String,
    /// How many were added.
    pub added: u32,
    /// How many were retired.
    pub retired: u32,
    /// How many were live at its end, if that is known.
    pub live: Option<u32>,
}

/// Every automation there ever was.
#[derive(Clone, Debug, Serialize)]
pub struct Register {
    /// "Fourteen live, nine retired".
    pub title: String,
    /// A grey fact: "Runs and hours saved in October 2026".
    pub note: Option<String>,
    /// The automations; the table is left out when there are none.
    pub rows: Vec<RegisterRow>,
}

/// The life of one automation.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterRow {
    /// The row's id, unique on the page: what leads to it ends in it.
    pub id: String,
    /// "Quote drafter".
    pub name: String,
    /// The layer that it belongs to: "Briefing".
    pub layer: String,
    /// The month that it entered: "Aug 2025".
    pub entered: String,
    /// The months that retuned it: "Nov 2025, Mar 2026".
    pub retuned: Option<String>,
    /// The months in which it broke.
    pub broke: Option<String>,
    /// "Live", "Retired", "Silent", "Prune candidate".
    pub status: Status,
    /// The month that retired it: "Jul 2026".
    pub retired: Option<String>,
    /// How often it ran in the latest month, or "—".
    pub runs: String,
    /// The hours that it saved in the latest month, or "—".
    pub hours_saved: String,
}

impl Flow {
    /// Lays the months out: one scale for both directions, so that a bar up
    /// and a bar down of the same count are as long.
    pub fn new(title: impl Into<String>, note: Option<String>, counts: &[FlowCount]) -> Self {
        let added = counts.iter().map(|month| month.added).max().unwrap_or(0);
        let retired = counts.iter().map(|month| month.retired).max().unwrap_or(0);
        let scale = (added + retired).max(1);
        let columns = u32::try_from(counts.len()).unwrap_or(u32::MAX).max(1);
        let months = (0..columns)
            .zip(counts)
            .map(|(column, month)| FlowMonth {
                year: month.year.clone(),
                initial: month.initial.clone(),
                name: month.name.clone(),
                added: month.added.to_string(),
                retired: month.retired.to_string(),
                live: month
                    .live
                    .map_or_else(|| "—".to_owned(), |live| live.to_string()),
                x: percent(column, columns),
                width: percent(1, columns),
                added_y: percent(added - month.added, scale),
                added_height: bar(month.added, scale),
                retired_height: bar(month.retired, scale),
            })
            .collect();
        Flow {
            title: title.into(),
            note,
            label: described(counts),
            zero: percent(added, scale),
            months,
        }
    }
}

fn bar(count: u32, scale: u32) -> Option<String> {
    (count > 0).then(|| percent(count, scale))
}

fn percent(part: u32, whole: u32) -> String {
    let hundredths = (u64::from(part) * 10_000 + u64::from(whole) / 2) / u64::from(whole);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

fn described(counts: &[FlowCount]) -> String {
    let (Some(first), Some(last)) = (counts.first(), counts.last()) else {
        return "No month yet.".to_owned();
    };
    let added: u32 = counts.iter().map(|month| month.added).sum();
    let retired: u32 = counts.iter().map(|month| month.retired).sum();
    format!(
        "Bars by month, {} to {}: {added} added, upwards, against {retired} retired, downwards. \
         The table below has each month.",
        first.name, last.name
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(name: &str, added: u32, retired: u32) -> FlowCount {
        FlowCount {
            year: None,
            initial: name[..1].to_owned(),
            name: name.to_owned(),
            added,
            retired,
            live: None,
        }
    }

    #[test]
    fn both_directions_share_one_scale() {
        let flow = Flow::new("Flow", None, &[count("Aug", 3, 0), count("Sep", 1, 1)]);
        assert_eq!(flow.zero, "75.00%");
        assert_eq!(flow.months[0].added_y, "0.00%");
        assert_eq!(flow.months[0].added_height.as_deref(), Some("75.00%"));
        assert_eq!(flow.months[0].retired_height, None);
        assert_eq!(flow.months[1].x, "50.00%");
        assert_eq!(flow.months[1].added_y, "50.00%");
        assert_eq!(flow.months[1].added_height.as_deref(), Some("25.00%"));
        assert_eq!(flow.months[1].retired_height.as_deref(), Some("25.00%"));
        assert_eq!(flow.months[1].live, "—");
        assert!(flow.label.contains("4 added, upwards, against 1 retired"));
    }

    #[test]
    fn months_in_which_nothing_moved_have_no_bar() {
        let flow = Flow::new("Flow", None, &[count("Aug", 0, 0)]);
        assert_eq!(flow.zero, "0.00%");
        assert_eq!(flow.months[0].added_height, None);
        assert_eq!(flow.months[0].retired_height, None);
        assert!(Flow::new("Flow", None, &[]).months.is_empty());
    }
}
