//! The hour: planned minutes against real ones, on one scale from one zero.

use serde::Serialize;

/// The hour's two rows.
#[derive(Clone, Debug, Serialize)]
pub struct Hour {
    /// Both rows in words, for who cannot see them.
    pub label: String,
    /// What the segments are planned to take.
    pub planned: HourRow,
    /// What they took; none when no minutes were recorded.
    pub real: Option<HourRow>,
}

/// One row of the hour.
#[derive(Clone, Debug, Serialize)]
pub struct HourRow {
    /// The minutes in all.
    pub total: String,
    /// The segments, in order.
    pub parts: Vec<HourPart>,
}

/// One segment's minutes as a bar.
#[derive(Clone, Debug, Serialize)]
pub struct HourPart {
    /// Where the bar starts, in percent of the row: "14.29%".
    pub x: String,
    /// How wide it is, in percent of the row.
    pub width: String,
    /// The minutes.
    pub minutes: String,
    /// The segment's number and short name: "4 Headroom".
    pub name: String,
    /// How much room its text has.
    pub room: HourRoom,
    /// Whether this is the headroom segment, which has the accent.
    pub headroom: bool,
}

/// What fits a bar of the hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HourRoom {
    /// Figure and name, on a phone too.
    Always,
    /// Figure and name on a wide screen, the figure alone on a phone.
    Wide,
    /// The figure alone.
    Figure,
    /// Nothing: the segment took no time, or hardly any.
    Nothing,
}

/// The minutes of one segment, from which the hour is drawn.
#[derive(Clone, Debug)]
pub struct SegmentMinutes {
    /// The segment's number and short name: "4 Headroom".
    pub name: String,
    /// The minutes planned.
    pub planned: u32,
    /// The minutes that it took.
    pub real: u32,
    /// Whether this is the headroom segment.
    pub headroom: bool,
}

impl Hour {
    /// Lays the segments out. Without `recorded`, the real minutes are not
    /// looked at and there is no real row.
    pub fn new(segments: &[SegmentMinutes], recorded: bool) -> Self {
        let planned: u32 = segments.iter().map(|s| s.planned).sum();
        let real: u32 = segments.iter().map(|s| s.real).sum();
        let scale = if recorded { planned.max(real) } else { planned }.max(1);
        let mut label = String::new();
        describe(&mut label, "Planned", planned, segments, |s| s.planned);
        if recorded {
            label.push(' ');
            describe(&mut label, "Real", real, segments, |s| s.real);
        }
        Hour {
            label,
            planned: row(segments, planned, scale, |s| s.planned),
            real: recorded.then(|| row(segments, real, scale, |s| s.real)),
        }
    }
}

fn row(
    segments: &[SegmentMinutes],
    total: u32,
    scale: u32,
    minutes: impl Fn(&SegmentMinutes) -> u32,
) -> HourRow {
    let mut start = 0;
    let parts = segments
        .iter()
        .map(|segment| {
            let took = minutes(segment);
            let part = HourPart {
                x: percent(start, scale),
                width: percent(took, scale),
                minutes: took.to_string(),
                name: segment.name.clone(),
                room: room(&segment.name, took, scale),
                headroom: segment.headroom,
            };
            start += took;
            part
        })
        .collect();
    HourRow {
        total: total.to_string(),
        parts,
    }
}

/// Holds a segment's text against its bar. The row is at least 830 px where
/// the theme shows it wide, and 350 px on a phone; a letter takes some 7 px.
fn room(name: &str, minutes: u32, scale: u32) -> HourRoom {
    let letters = u32::try_from(name.chars().count()).unwrap_or(u32::MAX);
    let needed = letters.saturating_mul(7).saturating_add(8);
    let bar_of = |row: u32| minutes.saturating_mul(row) / scale;
    if bar_of(350) >= needed {
        HourRoom::Always
    } else if bar_of(830) >= needed {
        HourRoom::Wide
    } else if bar_of(350) >= 14 {
        HourRoom::Figure
    } else {
        HourRoom::Nothing
    }
}

fn percent(minutes: u32, scale: u32) -> String {
    let hundredths = (u64::from(minutes) * 10_000 + u64::from(scale) / 2) / u64::from(scale);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

fn describe(
    label: &mut String,
    which: &str,
    total: u32,
    segments: &[SegmentMinutes],
    minutes: impl Fn(&SegmentMinutes) -> u32,
) {
    let each: Vec<String> = segments
        .iter()
        .map(|s| format!("{} {} min", s.name, minutes(s)))
        .collect();
    label.push_str(&format!("{which}, {total} minutes: {}.", each.join(", ")));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_rows_share_one_scale() {
        let segments = [
            SegmentMinutes {
                name: "1 State".to_owned(),
                planned: 10,
                real: 5,
                headroom: false,
            },
            SegmentMinutes {
                name: "4 Headroom".to_owned(),
                planned: 20,
                real: 35,
                headroom: true,
            },
        ];
        let hour = Hour::new(&segments, true);
        assert_eq!(hour.planned.parts[1].x, "25.00%");
        assert_eq!(hour.planned.parts[1].width, "50.00%");
        let real = hour.real.expect("recorded");
        assert_eq!(real.total, "40");
        assert_eq!(real.parts[1].x, "12.50%");
        assert_eq!(real.parts[1].width, "87.50%");
        assert_eq!(real.parts[1].room, HourRoom::Always);
        assert!(Hour::new(&segments, false).real.is_none());
    }

    #[test]
    fn an_hour_of_no_minutes_has_no_width() {
        let segments = [SegmentMinutes {
            name: "1 State".to_owned(),
            planned: 0,
            real: 0,
            headroom: false,
        }];
        let hour = Hour::new(&segments, true);
        assert_eq!(hour.planned.parts[0].width, "0.00%");
        assert_eq!(hour.planned.parts[0].room, HourRoom::Nothing);
    }
}
