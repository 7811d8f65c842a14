//! A drawing's size, and where months and values lie in it.

use super::axis::Axis;

/// The space a drawing is made for. The style sheet shows the one that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// A full column, 1080 px and more.
    Wide,
    /// A tablet or a printed page, 560 px and more.
    Medium,
    /// A phone.
    Narrow,
}

impl Size {
    pub(super) const ALL: [Self; 3] = [Self::Wide, Self::Medium, Self::Narrow];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Medium => "medium",
            Self::Narrow => "narrow",
        }
    }

    /// The least width the style sheet shows this drawing at, with the
    /// height of its plot, what is kept free on the right, and the most rows of
    /// phase names. The style sheet has the same numbers.
    fn measures(self) -> (f64, f64, f64, usize) {
        match self {
            Self::Wide => (1080.0, 368.0, 150.0, 3),
            Self::Medium => (560.0, 320.0, 150.0, 4),
            Self::Narrow => (280.0, 260.0, 12.0, 4),
        }
    }
}

/// The plot of one drawing. Across it everything is a share of the width,
/// which is not known before the page is shown; down it everything is in
/// pixels. Whether things collide is judged at the least width: where they
/// are clear of each other there, stretching only moves them apart.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) width: f64,
    pub(super) height: f64,
    /// Kept free right of the plot.
    pub(super) right: f64,
    /// Kept free left of the plot.
    pub(super) left: f64,
    /// Rows of phase names, at the most.
    pub(super) rows: usize,
    pub(super) direct_labels: bool,
    lead: f64,
    tail: f64,
    steps: f64,
    low: f64,
    high: f64,
}

impl Frame {
    pub(super) fn new(size: Size, gutter: Gutter, months: usize, axis: &Axis) -> Self {
        let (least, height, right, rows) = size.measures();
        let (lead, tail) = match months {
            0 | 1 => (0.5, 0.5),
            2 | 3 => (0.15, 0.15),
            _ => (0.0, 0.055),
        };
        Self {
            width: least - right - gutter.width(),
            height,
            right,
            left: gutter.width(),
            rows,
            direct_labels: size != Size::Narrow,
            lead,
            tail,
            steps: months.saturating_sub(1).max(1) as f64,
            low: axis.low(),
            high: axis.high(),
        }
    }

    /// A frame without axes, over which the months spread evenly.
    pub(super) fn bare(width: f64, height: f64, months: usize, range: (f64, f64)) -> Self {
        let (lead, tail) = if months < 2 { (0.5, 0.5) } else { (0.0, 0.03) };
        Self {
            width,
            height,
            right: 0.0,
            left: 0.0,
            rows: 0,
            direct_labels: false,
            lead,
            tail,
            steps: months.saturating_sub(1).max(1) as f64,
            low: range.0,
            high: range.1,
        }
    }

    /// Where a month lies, as a share of the width.
    pub(super) fn x(&self, month: f64) -> f64 {
        (1.0 - self.lead - self.tail).mul_add(month / self.steps, self.lead)
    }

    /// The last month's index.
    pub(super) fn last_month(&self) -> f64 {
        self.steps
    }

    /// Where a value lies, in pixels from the top.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.height * (1.0 - self.level(value))
    }

    /// Where a value lies between the axis' ends, from 0 to 1.
    pub(super) fn level(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// Pixels from month to month at the least width.
    pub(super) fn slot(&self) -> f64 {
        let months = 1.0 - self.lead - self.tail;
        // One month alone has all of the width.
        self.width
            * if months > 0.0 {
                months / self.steps
            } else {
                1.0
            }
    }

    /// The margins of the months' range, left and right, as shares.
    pub(super) fn margins(&self) -> (f64, f64) {
        (self.lead, self.tail)
    }

    /// A month and a value as a point at the least width.
    pub(super) fn point(&self, month: usize, value: f64) -> (f64, f64) {
        (self.x(month as f64) * self.width, self.y(value))
    }
}

/// The space for the axis' labels, by the longest of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gutter {
    Small,
    Middle,
    Large,
}

impl Gutter {
    pub(super) fn fitting(label_width: f64) -> Self {
        match label_width {
            width if width <= 28.0 => Self::Small,
            width if width <= 44.0 => Self::Middle,
            _ => Self::Large,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Middle => "middle",
            Self::Large => "large",
        }
    }

    pub(super) fn width(self) -> f64 {
        match self {
            Self::Small => 40.0,
            Self::Middle => 56.0,
            Self::Large => 80.0,
        }
    }
}
