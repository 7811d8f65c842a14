//! A KPI at a glance: one line, its band, its baseline.

use super::check::slug;
use super::frame::Frame;
use super::input::{Band, Sparkline, SparklineSize};
use super::kpi::joined;
use super::label::{Anchor, Label, TEXT, placed};
use super::room::{Rect, Room};
use super::sentinel::Sentinel;
use super::svg::described;
use super::view::{NoteView, SparklineView};
use super::{ChartError, overlay, plot};

/// The least width a sparkline is shown at.
const LEAST_WIDTH: f64 = 200.0;
/// Above the plot there is a row for the band's label.
const ABOVE: f64 = 18.0;
/// The share of the plot that is kept free above and below all values.
const PADDING: f64 = 0.06;
/// The last figure's size, and how far right of its point it stands.
const LATEST: f64 = 15.0;
const LATEST_GAP: f64 = 10.0;

impl SparklineSize {
    /// The plot's height; the style sheet has the same.
    fn height(self) -> f64 {
        match self {
            SparklineSize::Page => 66.0,
            SparklineSize::Paper => 54.0,
        }
    }

    /// Below the plot there is space for the baseline's label, then the
    /// months.
    fn foot(self) -> f64 {
        match self {
            SparklineSize::Page => 29.0,
            SparklineSize::Paper => 27.0,
        }
    }
}

impl Sparkline {
    /// Draws the sparkline.
    ///
    /// # Errors
    ///
    /// If the id is no slug, or the library paints what it should not.
    pub fn draw(&self) -> Result<SparklineView, ChartError> {
        slug(&self.id)?;
        let values: Vec<Option<f64>> = self
            .values
            .iter()
            .map(|value| value.filter(|value| value.is_finite()))
            .collect();
        let range = self.range(&values);
        let frame = Frame::bare(LEAST_WIDTH, self.size.height(), values.len(), range);
        let (labels, notes) = self.captions(&values, &frame);
        let mut body = self.ground(&frame, range.1)?;
        if values.iter().any(Option::is_some) {
            body.push_str(plot::line(&frame, &values, Sentinel::Line, 2.0, None)?.as_str());
        }
        body.push_str(&dots(&values, &self.provisional, &frame));
        body.extend(labels.iter().map(Label::markup));
        let prefix = format!("{}-spark", self.id);
        let svg = described(
            &prefix,
            "sparkline-plot",
            &self.title,
            &self.description,
            &body,
        );
        Ok(SparklineView {
            id: self.id.clone(),
            svg,
            notes,
        })
    }

    /// The vertical range: everything drawn, with a little space around it.
    fn range(&self, values: &[Option<f64>]) -> (f64, f64) {
        let band = self
            .band
            .iter()
            .flat_map(|band| [Some(band.low), band.high])
            .flatten();
        let (low, high) = values
            .iter()
            .filter_map(|value| *value)
            .chain(self.baseline.iter().map(|baseline| baseline.value))
            .chain(band)
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        if !low.is_finite() {
            return (0.0, 1.0);
        }
        // Halved first: the ends may be as far apart as numbers go.
        let half = high / 2.0 - low / 2.0;
        let space = if half > 0.0 {
            half * PADDING * 2.0
        } else {
            low.abs().max(1.0) * 0.5
        };
        let closed = self
            .band
            .as_ref()
            .is_some_and(|band| band.high == Some(high));
        let above = if closed { 0.0 } else { space };
        let range = (low - space, high + above);
        if (range.1 - range.0).is_finite() {
            range
        } else {
            (low / 4.0, high / 4.0)
        }
    }

    fn band(&self) -> Option<&Band> {
        self.band
            .as_ref()
            .filter(|band| band.low.is_finite() && band.high.is_none_or(f64::is_finite))
    }

    /// Band and baseline, under the line.
    fn ground(&self, frame: &Frame, top: f64) -> Result<String, ChartError> {
        let band = self.band().map(|band| (band.low, band.high.unwrap_or(top)));
        let mut out = plot::ground(frame, 0, band, Sentinel::Band)?
            .as_str()
            .to_owned();
        if let Some(band) = self.band() {
            out.push_str(&overlay::band_edges(band, frame, "rule2", false));
        }
        if let Some(baseline) = self.baseline.as_ref().filter(|line| line.value.is_finite()) {
            out.push_str(&overlay::baseline_rule(0.0, frame.y(baseline.value)));
        }
        Ok(out)
    }

    fn captions(&self, values: &[Option<f64>], frame: &Frame) -> (Vec<Label>, Vec<NoteView>) {
        let mut room = self.room(values, frame);
        let baseline = self.baseline.as_ref().map(|baseline| baseline.value);
        for edge in [self.band().map(|band| band.low), baseline]
            .into_iter()
            .flatten()
        {
            room.avoid_line((0.0, frame.y(edge)), (frame.width, frame.y(edge)));
        }
        let (mut labels, mut notes) = (Vec::new(), Vec::new());
        let mut named = |label: Option<Label>, key: &'static str, text: &str| match label {
            Some(label) => labels.push(label),
            None => notes.push(NoteView::new(key, text)),
        };
        if let Some(band) = self.band() {
            let high = band.high.map_or(0.0, |high| frame.y(high));
            let low = frame.y(band.low);
            let candidates: Vec<Label> = [high - 5.0, high + 14.0, low - 5.0, low + 15.0, -5.0]
                .into_iter()
                .flat_map(|y| sides(&band.label, y))
                .collect();
            named(placed(&candidates, frame, &mut room), "band", &band.label);
        }
        if let Some(baseline) = self.baseline.as_ref().filter(|line| line.value.is_finite()) {
            let y = frame.y(baseline.value);
            let mut candidates: Vec<Label> = [y - 6.0, y + 14.0]
                .into_iter()
                .flat_map(|y| sides(&baseline.label, y))
                .collect();
            // The baseline is named at its right end, where the line has
            // mostly left it.
            candidates.reverse();
            candidates.sort_by_key(|label| label.anchor != Anchor::End);
            candidates[..2].reverse();
            named(
                placed(&candidates, frame, &mut room),
                "baseline",
                &baseline.label,
            );
        }
        let foot = self.size.height() + self.size.foot();
        labels.push(Label::new(&self.first, 0.0, foot));
        if self.last != self.first {
            labels.push(Label::new(&self.last, 1.0, foot).anchored(Anchor::End));
        }
        labels.extend(self.latest(values, frame));
        (labels, notes)
    }

    /// The last month's figure, if it has one: an older one is never named in
    /// its place.
    fn latest(&self, values: &[Option<f64>], frame: &Frame) -> Option<Label> {
        let value = values.last().copied().flatten()?;
        let y = frame.y(value) + LATEST * 0.36;
        let label = Label::new(self.latest.as_ref()?, 1.0, y);
        let label = label.moved(LATEST_GAP).sized(LATEST);
        Some(label.painted("accent").bold())
    }

    fn room(&self, values: &[Option<f64>], frame: &Frame) -> Room {
        let bounds = Rect {
            left: -1.0,
            top: -ABOVE,
            right: frame.width + 1.0,
            bottom: self.size.height() + self.size.foot() - TEXT * 0.9,
        };
        let mut room = Room::new(bounds);
        for (from, to) in joined(values, frame) {
            room.block_line(from, to);
        }
        for (month, value) in values.iter().enumerate() {
            if let Some(value) = value {
                let (x, y) = frame.point(month, *value);
                room.block(Rect::around(x, y, 2.0));
            }
        }
        room
    }
}

/// A label at the left end, and one at the right.
fn sides(text: &str, y: f64) -> [Label; 2] {
    [
        Label::new(text, 0.0, y).haloed("paper"),
        Label::new(text, 1.0, y)
            .anchored(Anchor::End)
            .haloed("paper"),
    ]
}

/// The last point, each that has no neighbour to be joined with, and each
/// that may still change.
fn dots(values: &[Option<f64>], provisional: &[bool], frame: &Frame) -> String {
    let last = values.iter().rposition(Option::is_some);
    let present = |month: Option<usize>| {
        month
            .and_then(|month| values.get(month))
            .is_some_and(Option::is_some)
    };
    values
        .iter()
        .enumerate()
        .filter_map(|(month, value)| {
            let (x, y) = (frame.x(month as f64), frame.y((*value)?));
            let alone = !present(month.checked_sub(1)) && !present(Some(month + 1));
            let hollow = provisional.get(month).copied().unwrap_or_default();
            match (last == Some(month), alone || hollow) {
                (true, _) => Some(overlay::point(x, y, 4.75, hollow)),
                (false, true) => Some(overlay::point(x, y, 3.25, hollow)),
                _ => None,
            }
        })
        .collect()
}
