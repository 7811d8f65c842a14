//! The words of a chart: axes, phases, bands, baseline, latest figure.
//!
//! Each finds its place after those that have less choice. One that finds
//! none becomes a note under the drawing: a word is never drawn over another
//! and never lost.

use super::frame::Frame;
use super::input::{Band, Baseline, KpiChart, Latest, MonthTick, Phase, StageBand};
use super::label::{Anchor, FIGURE, Label, TEXT, placed, width_of};
use super::overlay::{self, runs};
use super::room::{Rect, Room};

/// From the plot's top edge up to the first row of phase names, and from
/// row to row.
const ROW: f64 = 17.0;
const FIRST_ROW: f64 = 13.0;

/// From the plot to the latest figure, right of it.
const LATEST_GAP: f64 = 12.0;

/// The labels of the vertical axis.
pub(super) fn values(chart: &KpiChart, frame: &Frame) -> Vec<Label> {
    chart
        .axis
        .ticks()
        .iter()
        .map(|tick| {
            Label::new(&tick.label, 0.0, frame.y(tick.value) + 4.5)
                .moved(-11.0)
                .anchored(Anchor::End)
        })
        .collect()
}

/// The labels of the months, as many as have room, and of the years.
pub(super) fn months(months: &[MonthTick], frame: &Frame) -> Vec<Label> {
    let letter = months
        .iter()
        .map(|month| width_of(&month.label, TEXT, false))
        .fold(6.0, f64::max);
    let stride = [1_u32, 2, 3, 6, 12]
        .into_iter()
        .find(|stride| frame.slot() * f64::from(*stride) >= letter + 4.0)
        .unwrap_or(12) as usize;
    // Counted from a January, so that a year's first month keeps its letter.
    let phase = months
        .iter()
        .rposition(|month| month.year.is_some())
        .unwrap_or(0)
        % stride;
    let (low, high) = (frame.height + 18.0, frame.height + 36.0);
    let mut labels: Vec<Label> = months
        .iter()
        .enumerate()
        .filter(|(index, _)| stride < 12 && index % stride == phase)
        .map(|(index, month)| {
            Label::new(&month.label, frame.x(index as f64), low).anchored(Anchor::Middle)
        })
        .collect();
    let mut free_from = f64::NEG_INFINITY;
    let year_row = if stride < 12 { high } else { low };
    let mut years: Vec<Label> = Vec::new();
    let mut first_only = false;
    for (index, month) in months.iter().enumerate() {
        let Some(year) = &month.year else { continue };
        // Level with its letter's left edge.
        let label = Label::new(year, frame.x(index as f64), year_row).moved(-4.0);
        let rect = label.rect(frame);
        if rect.left < free_from {
            // A January says more than the first month, which may be a
            // December.
            if !first_only {
                continue;
            }
            years.clear();
        }
        free_from = rect.right + 6.0;
        years.push(label);
        first_only = index == 0;
    }
    labels.extend(years);
    labels
}

/// What stands above the plot.
pub(super) struct PhaseRow {
    pub(super) labels: Vec<Label>,
    pub(super) rules: String,
    /// The rows of names that are taken.
    pub(super) rows: usize,
    /// All names in order, when one of them has no room.
    pub(super) note: Option<String>,
}

/// Phase names at the top, right of their lines, which reach up to them. A
/// name that would run over a later phase's line stands a row higher, so the
/// names are placed from the last to the first.
pub(super) fn phases(phases: &[Phase], frame: &Frame, room: &mut Room) -> PhaseRow {
    let mut top = Room::new(Rect {
        left: -frame.left - 8.0,
        top: -(FIRST_ROW + ROW * frame.rows as f64),
        right: frame.width + frame.right,
        bottom: 0.0,
    });
    let shown: Vec<&Phase> = phases
        .iter()
        .filter(|phase| phase.starts_at <= frame.last_month())
        .collect();
    let mut row = PhaseRow {
        labels: Vec::new(),
        rules: String::new(),
        rows: 0,
        note: None,
    };
    for (index, phase) in shown.iter().enumerate().rev() {
        let next = shown
            .get(index + 1)
            .map(|next| frame.x(next.starts_at.max(0.0)));
        let found = phase_name(phase, next.filter(|_| index == 0), frame, &mut top);
        let level = found.as_ref().map_or(0, |(_, level)| *level);
        // The first month's edge is the axis itself.
        if phase.starts_at > 0.0 {
            let x = frame.x(phase.starts_at);
            let from = row_height(level) - 11.0;
            row.rules.push_str(&overlay::phase_rule(x, from, frame));
            let x = x * frame.width;
            room.avoid_line((x, 0.0), (x, frame.height));
            top.block_line((x, from), (x, 0.0));
        }
        if let Some((label, level)) = found {
            row.rows = row.rows.max(level + 1);
            row.labels.push(label);
        } else {
            let names: Vec<&str> = shown.iter().map(|phase| phase.name.as_str()).collect();
            row.note = Some(format!("Phases from left to right: {}", names.join(", ")));
        }
    }
    row
}

fn row_height(level: usize) -> f64 {
    -FIRST_ROW - ROW * level as f64
}

/// A name in the lowest row that has room for it: right of its line, or,
/// where the drawing ends too soon, left of it; the first may also end at
/// the next phase's line.
fn phase_name(
    phase: &Phase,
    next: Option<f64>,
    frame: &Frame,
    top: &mut Room,
) -> Option<(Label, usize)> {
    let x = frame.x(phase.starts_at.max(0.0));
    let dx = if phase.starts_at > 0.0 { 7.0 } else { 0.0 };
    let named = |x: f64, dx: f64, level: usize| {
        Label::new(&phase.name, x, row_height(level))
            .moved(dx)
            .painted("ink2")
            .bold()
    };
    let mut candidates = vec![(named(x, dx, 0), 0)];
    candidates.extend(next.map(|next| (named(next, -5.0, 0).anchored(Anchor::End), 0)));
    candidates.extend((1..frame.rows).map(|level| (named(x, dx, level), level)));
    if phase.starts_at > 0.0 {
        let before = |level| (named(x, -6.0, level).anchored(Anchor::End), level);
        candidates.extend((0..frame.rows).map(before));
    }
    let found = candidates
        .into_iter()
        .find(|(label, _)| top.is_clear(label.rect(frame)))?;
    top.block(found.0.rect(frame));
    Some(found)
}

/// The baseline's label, at its dotted line.
pub(super) fn baseline(baseline: &Baseline, frame: &Frame, room: &mut Room) -> Option<Label> {
    let y = frame.y(baseline.value);
    let from = frame.x(baseline.month as f64);
    let candidates: Vec<Label> = along(from)
        .flat_map(|x| {
            [y - 7.0, y + 17.0]
                .map(|y| Label::new(&baseline.label, x, y).moved(8.0).haloed("paper"))
        })
        .collect();
    placed(&candidates, frame, room)
}

/// The target band's label: inside it where no line runs, else at an edge.
pub(super) fn target(band: &Band, frame: &Frame, room: &mut Room) -> Option<Label> {
    let high = band.high.map_or(0.0, |high| frame.y(high));
    let low = frame.y(band.low);
    let text = |x: f64, y: f64| {
        Label::new(&band.label, x, y)
            .moved(8.0)
            .painted("accent")
            .bold()
    };
    let mut candidates: Vec<Label> = Vec::new();
    if low - high >= 19.0 {
        let middle = f64::midpoint(low, high) + 4.5;
        candidates.extend(along(0.0).map(|x| text(x, middle).haloed("tint")));
        candidates.extend(along(0.0).map(|x| text(x, high + 16.0).haloed("tint")));
        candidates.extend(along(0.0).map(|x| text(x, low - 6.0).haloed("tint")));
    }
    candidates.extend(along(0.0).map(|x| text(x, high - 7.0).haloed("paper")));
    candidates.extend(along(0.0).map(|x| text(x, low + 16.0).haloed("paper")));
    placed(&candidates, frame, room)
}

/// The stage band's label below or above it, with the line that leads to it.
pub(super) fn stage(band: &StageBand, frame: &Frame, room: &mut Room) -> Option<(Label, String)> {
    let runs = runs(&band.months);
    let run = runs.iter().max_by_key(|run| run.len())?;
    let halfway = run.windows(2).map(|pair| {
        let (a, b) = (pair[0], pair[1]);
        (
            f64::midpoint(a.0, b.0),
            f64::midpoint(a.1, b.1),
            f64::midpoint(a.2, b.2),
        )
    });
    let mut places: Vec<(f64, f64, f64)> = run.iter().copied().chain(halfway).collect();
    let middle = run.first()?.0 + (run.last()?.0 - run.first()?.0) * 0.45;
    places.sort_by(|a, b| (a.0 - middle).abs().total_cmp(&(b.0 - middle).abs()));
    let mut fallback = None;
    for gap in [30.0, 44.0, 60.0, 80.0, 22.0] {
        for (month, low, high) in &places {
            let x = frame.x(*month);
            let below = (frame.y(*low), frame.y(*low) + gap, 13.0);
            let above = (frame.y(*high), frame.y(*high) - gap, -5.0);
            for (edge, end, drop) in [below, above] {
                for anchor in [Anchor::Middle, Anchor::Start, Anchor::End] {
                    let dx = match anchor {
                        Anchor::Start => -24.0,
                        Anchor::Middle => 0.0,
                        Anchor::End => 24.0,
                    };
                    let label = Label::new(&band.label, x, end + drop)
                        .moved(dx)
                        .anchored(anchor)
                        .haloed("paper");
                    let at = x * frame.width;
                    let line = Rect {
                        left: at,
                        top: edge.min(end),
                        right: at,
                        bottom: edge.max(end),
                    };
                    let rect = label.rect(frame);
                    if !room.is_clear(rect) || !room.is_clear(line) {
                        continue;
                    }
                    let found = (label, overlay::leader(x, edge, end));
                    if room.is_empty(rect) {
                        room.block(rect);
                        return Some(found);
                    }
                    fallback.get_or_insert((found, rect));
                }
            }
        }
    }
    let (found, rect) = fallback?;
    room.block(rect);
    Some(found)
}

/// The latest figure with its month and mean, right of the plot and level
/// with the last point.
pub(super) fn latest(latest: &Latest, point: Option<f64>, frame: &Frame) -> Vec<Label> {
    let room = frame.right - LATEST_GAP;
    // The figure is never broken: a long one is written smaller.
    let size = [FIGURE, 18.0]
        .into_iter()
        .find(|size| width_of(&latest.value, *size, true) <= room)
        .unwrap_or(15.0);
    let mut lines: Vec<(&str, f64)> = Vec::new();
    let mut down = 0.0;
    for (text, gap) in [(Some(&latest.period), 18.0), (latest.mean.as_ref(), 24.0)] {
        let Some(text) = text else { continue };
        for (index, line) in broken(text, room).into_iter().enumerate() {
            down += if index == 0 { gap } else { 17.0 };
            lines.push((line, down));
        }
    }
    let level = point.unwrap_or(frame.height / 2.0);
    let first = (level - 9.0).min(frame.height - down - 2.0).max(18.0);
    let at = |text: &str, down: f64| Label::new(text, 1.0, first + down).moved(LATEST_GAP);
    let figure = at(&latest.value, 0.0).painted("accent").bold().sized(size);
    let rest = lines
        .into_iter()
        .map(|(line, down)| at(line, down).painted("ink2"));
    std::iter::once(figure).chain(rest).collect()
}

/// A text in one line, or in two where it is too wide for one.
fn broken(text: &str, room: f64) -> Vec<&str> {
    match text.rsplit_once(' ') {
        Some((start, end)) if width_of(text, TEXT, false) > room => vec![start, end],
        _ => vec![text],
    }
}

/// Places along the plot to try, as shares of its width.
fn along(from: f64) -> impl Iterator<Item = f64> {
    (0..48)
        .map(move |step| from + f64::from(step) * 0.02)
        .filter(|x| *x < 1.0)
}
