//! A KPI by month: the layers of its drawings, put together.

use super::axis::Axis;
use super::frame::{Frame, Gutter, Size};
use super::input::{Event, KpiChart, Latest};
use super::label::{Label, TEXT, width_of};
use super::room::{Rect, Room};
use super::sentinel::Sentinel;
use super::svg::described;
use super::view::{ChartView, DrawingView, LatestView, NoteView};
use super::{ChartError, caption, event, overlay, plot};

/// What is written in a drawing.
struct Words {
    rings: Vec<event::Ring>,
    labels: Vec<Label>,
    /// Phase lines, and the line that leads to the stage band.
    rules: String,
    rows: usize,
    notes: Vec<NoteView>,
}

impl Words {
    fn add(&mut self, label: Option<Label>, key: &'static str, text: &str) {
        match label {
            Some(label) => self.labels.push(label),
            None => self.notes.push(NoteView::new(key, text)),
        }
    }
}

/// A chart whose figures are drawn and nothing is written in.
struct Plotted {
    chart: KpiChart,
    gutter: Gutter,
    plots: Vec<Plot>,
}

/// The figures as they are drawn for one width of page, layer by layer.
struct Plot {
    size: Size,
    frame: Frame,
    /// Grid and bands.
    bands: String,
    /// Baseline, mean and data.
    lines: String,
    /// What a pointer finds.
    hints: String,
}

impl KpiChart {
    /// Draws the chart with its events: what is shown of them is tested alone.
    #[cfg(test)]
    pub(super) fn draw(&self) -> Result<ChartView, ChartError> {
        let plotted = self.plotted()?;
        Ok(plotted.view(&plotted.chart.events))
    }

    /// Draws the chart twice: with its events, and without them. The figures, which
    /// take most of the time, are drawn once.
    ///
    /// # Errors
    ///
    /// If the chart contradicts itself, see [`ChartError`].
    pub fn draw_with_and_without_events(&self) -> Result<[ChartView; 2], ChartError> {
        let plotted = self.plotted()?;
        let without = plotted.view(&[]);
        let with = if self.events.is_empty() {
            without.clone()
        } else {
            plotted.view(&plotted.chart.events)
        };
        Ok([with, without])
    }

    fn plotted(&self) -> Result<Plotted, ChartError> {
        let chart = self.checked()?;
        let widest = chart
            .beside
            .iter()
            .chain([&chart.axis])
            .flat_map(Axis::ticks)
            .map(|tick| width_of(&tick.label, TEXT, false))
            .fold(0.0, f64::max);
        let gutter = Gutter::fitting(widest);
        let plots = Size::ALL
            .into_iter()
            .map(|size| chart.plot(size, gutter))
            .collect::<Result<_, _>>()?;
        Ok(Plotted {
            chart,
            gutter,
            plots,
        })
    }

    fn plot(&self, size: Size, gutter: Gutter) -> Result<Plot, ChartError> {
        let frame = Frame::new(size, gutter, self.months.len(), &self.axis);
        Ok(Plot {
            size,
            bands: self.bands(&frame, &self.prefix(size))?,
            lines: self.lines(&frame)?,
            // A phone has no pointer to hover with.
            hints: if frame.direct_labels {
                overlay::hints(&self.hints, &frame)
            } else {
                String::new()
            },
            frame,
        })
    }

    /// What the ids in a drawing begin with.
    fn prefix(&self, size: Size) -> String {
        format!("{}-{}", self.id, size.name())
    }

    fn drawing(&self, plot: &Plot, events: &[Event]) -> DrawingView {
        let frame = &plot.frame;
        let latest = self
            .latest
            .as_ref()
            .filter(|_| !frame.direct_labels)
            .map(as_text);
        let words = self.words(frame, events);
        let prefix = self.prefix(plot.size);
        let body = plot.with(&words);
        DrawingView {
            size: plot.size.name(),
            svg: described(&prefix, "chart-plot", &self.title, &self.description, &body),
            latest,
            rows: words.rows,
            notes: words.notes,
        }
    }

    /// Places rings and labels, those with the least choice first.
    fn words(&self, frame: &Frame, events: &[Event]) -> Words {
        let mut room = self.room(frame);
        let phases = caption::phases(&self.phases, frame, &mut room);
        let mut words = Words {
            rings: event::placed(events, &self.values, frame, &mut room),
            labels: phases.labels,
            rules: phases.rules,
            rows: phases.rows,
            notes: phases
                .note
                .iter()
                .map(|note| NoteView::new("phases", note))
                .collect(),
        };
        if let Some(baseline) = &self.baseline {
            let label = caption::baseline(baseline, frame, &mut room);
            words.add(label, "baseline", &baseline.label);
        }
        if let Some(band) = &self.target_band {
            let label = caption::target(band, frame, &mut room);
            words.add(label, "target", &band.label);
        }
        if let Some(band) = self.shown_stage() {
            let (label, leader) = caption::stage(band, frame, &mut room).unzip();
            words.rules.extend(leader);
            words.add(label, "stage", &band.label);
        }
        words.labels.extend(caption::values(self, frame));
        words.labels.extend(caption::months(&self.months, frame));
        if let Some(latest) = self.latest.as_ref().filter(|_| frame.direct_labels) {
            words
                .labels
                .extend(caption::latest(latest, self.last_point(frame), frame));
        }
        words
    }

    /// Grid and bands, the lowest layers.
    fn bands(&self, frame: &Frame, prefix: &str) -> Result<String, ChartError> {
        let intervals = self.axis.ticks().len().saturating_sub(1);
        let target = self
            .target_band
            .as_ref()
            .map(|band| (band.low, band.high.unwrap_or_else(|| self.axis.high())));
        let mut out = plot::ground(frame, intervals, target, Sentinel::Target)?
            .as_str()
            .to_owned();
        if let Some(band) = &self.target_band {
            out.push_str(&overlay::band_edges(band, frame, "accent", true));
        }
        if let Some(stage) = self.shown_stage() {
            out.push_str(&overlay::hatch(stage, frame, prefix));
        }
        // Zero is a line of ink; an axis cut short of it ends in a lighter
        // one, so as not to pass for zero.
        let (zero, token) = if self.axis.low() <= 0.0 && self.axis.high() >= 0.0 {
            (frame.y(0.0), "ink")
        } else {
            (frame.height, "rule2")
        };
        out.push_str(&overlay::rule_across(zero, token));
        Ok(out)
    }

    /// Baseline, mean and data, over the bands.
    fn lines(&self, frame: &Frame) -> Result<String, ChartError> {
        let mut out = String::new();
        if let Some(baseline) = &self.baseline {
            let from = frame.x(baseline.month as f64);
            out.push_str(&overlay::baseline_rule(from, frame.y(baseline.value)));
        }
        for (values, paint, width, dashes) in [
            (&self.rolling_mean, Sentinel::Mean, 1.5, Some("6 4")),
            (&self.values, Sentinel::Line, 2.5, None),
        ] {
            let mut values = values.clone();
            values.resize(self.months.len(), None);
            if values.iter().any(Option::is_some) {
                out.push_str(plot::line(frame, &values, paint, width, dashes)?.as_str());
            }
        }
        if let Some(baseline) = &self.baseline {
            out.push_str(&overlay::baseline_point(baseline, frame));
        }
        out.push_str(&overlay::points(&self.values, &self.provisional, frame));
        Ok(out)
    }

    fn shown_stage(&self) -> Option<&super::StageBand> {
        self.stage_band
            .as_ref()
            .filter(|band| band.months.iter().any(Option::is_some))
    }

    fn last_point(&self, frame: &Frame) -> Option<f64> {
        self.values
            .iter()
            .rev()
            .find_map(|value| *value)
            .map(|value| frame.y(value))
    }

    /// The plot with its lines and points, before anything is written in it.
    fn room(&self, frame: &Frame) -> Room {
        let bounds = Rect {
            left: 0.0,
            top: 0.0,
            right: frame.width,
            bottom: frame.height,
        };
        let mut room = Room::new(bounds);
        for pair in joined(&self.values, frame) {
            room.block_line(pair.0, pair.1);
        }
        if self.axis.low() < 0.0 && self.axis.high() > 0.0 {
            room.block_line((0.0, frame.y(0.0)), (frame.width, frame.y(0.0)));
        }
        for pair in joined(&self.rolling_mean, frame) {
            room.avoid_line(pair.0, pair.1);
        }
        for (month, value) in self.values.iter().enumerate() {
            if let Some(value) = value {
                let (x, y) = frame.point(month, *value);
                room.block(Rect::around(x, y, 3.0));
            }
        }
        if let Some(baseline) = &self.baseline {
            let (x, y) = frame.point(baseline.month, baseline.value);
            room.block(Rect::around(x, y, 3.0));
            room.avoid_line((x, y), (frame.width, y));
        }
        if let Some(band) = &self.target_band {
            for edge in [Some(band.low), band.high].into_iter().flatten() {
                let y = frame.y(edge);
                room.avoid_line((0.0, y), (frame.width, y));
            }
        }
        for run in self
            .stage_band
            .iter()
            .flat_map(|stage| overlay::runs(&stage.months))
        {
            for pair in run.windows(2) {
                let (x1, x2) = (frame.x(pair[0].0), frame.x(pair[1].0));
                room.avoid(Rect {
                    left: x1 * frame.width,
                    right: x2 * frame.width,
                    top: frame.y(pair[0].2.max(pair[1].2)),
                    bottom: frame.y(pair[0].1.min(pair[1].1)),
                });
            }
        }
        room
    }
}

impl Plotted {
    /// The chart with these of its events.
    fn view(&self, events: &[Event]) -> ChartView {
        let drawings = self.plots.iter();
        ChartView {
            id: self.chart.id.clone(),
            gutter: self.gutter.name(),
            drawings: drawings
                .map(|plot| self.chart.drawing(plot, events))
                .collect(),
        }
    }
}

impl Plot {
    /// Everything in the drawing, from back to front.
    fn with(&self, words: &Words) -> String {
        let mut body = [&*self.bands, &words.rules, &self.lines].concat();
        body.extend(words.rings.iter().map(event::Ring::markup));
        body.extend(words.labels.iter().map(Label::markup));
        body.push_str(&self.hints);
        body
    }
}

/// The segments of a line through values that follow each other.
pub(super) fn joined(values: &[Option<f64>], frame: &Frame) -> Vec<((f64, f64), (f64, f64))> {
    values
        .windows(2)
        .enumerate()
        .filter_map(|(month, pair)| match pair {
            [Some(a), Some(b)] => Some((frame.point(month, *a), frame.point(month + 1, *b))),
            _ => None,
        })
        .collect()
}

fn as_text(latest: &Latest) -> LatestView {
    LatestView {
        value: latest.value.clone(),
        period: latest.period.clone(),
        mean: latest.mean.clone(),
    }
}
