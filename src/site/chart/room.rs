//! Where there is room: what labels and rings must keep clear of.

/// A rectangle in pixels at the drawing's least width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Rect {
    pub(super) fn around(x: f64, y: f64, reach: f64) -> Self {
        Self {
            left: x - reach,
            top: y - reach,
            right: x + reach,
            bottom: y + reach,
        }
    }

    fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    fn overlaps(self, other: Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn within(self, other: Self) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.top >= other.top
            && self.bottom <= other.bottom
    }
}

type Point = (f64, f64);

/// The plot, with what is already drawn in it. Hard things may not be
/// covered; soft ones (bands, the mean) are kept clear of where possible.
#[derive(Clone, Debug)]
pub(super) struct Room {
    bounds: Rect,
    lines: Vec<(Point, Point)>,
    boxes: Vec<Rect>,
    soft_lines: Vec<(Point, Point)>,
    soft_boxes: Vec<Rect>,
}

/// How near to anything else a thing may come.
const CLEARANCE: f64 = 2.5;

impl Room {
    pub(super) fn new(bounds: Rect) -> Self {
        Self {
            bounds,
            lines: Vec::new(),
            boxes: Vec::new(),
            soft_lines: Vec::new(),
            soft_boxes: Vec::new(),
        }
    }

    pub(super) fn block_line(&mut self, from: Point, to: Point) {
        self.lines.push((from, to));
    }

    pub(super) fn block(&mut self, rect: Rect) {
        self.boxes.push(rect);
    }

    pub(super) fn avoid_line(&mut self, from: Point, to: Point) {
        self.soft_lines.push((from, to));
    }

    pub(super) fn avoid(&mut self, rect: Rect) {
        self.soft_boxes.push(rect);
    }

    pub(super) fn holds(&self, rect: Rect) -> bool {
        rect.within(self.bounds)
    }

    /// Whether nothing that may not be covered is in the rectangle.
    pub(super) fn is_clear(&self, rect: Rect) -> bool {
        let near = rect.grown(CLEARANCE);
        self.holds(rect)
            && !self.boxes.iter().any(|other| near.overlaps(*other))
            && !self
                .lines
                .iter()
                .any(|(from, to)| crosses(*from, *to, near))
    }

    /// Whether nothing at all is in the rectangle.
    pub(super) fn is_empty(&self, rect: Rect) -> bool {
        let near = rect.grown(CLEARANCE);
        self.is_clear(rect)
            && !self.soft_boxes.iter().any(|other| near.overlaps(*other))
            && !self
                .soft_lines
                .iter()
                .any(|(from, to)| crosses(*from, *to, near))
    }
}

/// Whether a segment enters a rectangle (Liang and Barsky's clipping).
fn crosses(from: Point, to: Point, rect: Rect) -> bool {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (step, gap) in [
        (-dx, from.0 - rect.left),
        (dx, rect.right - from.0),
        (-dy, from.1 - rect.top),
        (dy, rect.bottom - from.1),
    ] {
        if step == 0.0 {
            if gap < 0.0 {
                return false;
            }
        } else if step < 0.0 {
            enter = enter.max(gap / step);
        } else {
            leave = leave.min(gap / step);
        }
    }
    enter <= leave
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECT: Rect = Rect {
        left: 10.0,
        top: 10.0,
        right: 20.0,
        bottom: 20.0,
    };

    #[test]
    fn segments_that_pass_through_cross() {
        assert!(crosses((0.0, 0.0), (30.0, 30.0), RECT));
        assert!(crosses((15.0, 0.0), (15.0, 30.0), RECT));
        assert!(crosses((12.0, 12.0), (13.0, 13.0), RECT));
        assert!(!crosses((0.0, 0.0), (9.0, 9.0), RECT));
        assert!(!crosses((0.0, 25.0), (30.0, 25.0), RECT));
        assert!(!crosses((0.0, 15.0), (20.0, 35.0), RECT));
    }

    #[test]
    fn soft_things_leave_a_place_clear_but_not_empty() {
        let mut room = Room::new(Rect {
            left: 0.0,
            top: 0.0,
            right: 100.0,
            bottom: 100.0,
        });
        assert!(room.is_empty(RECT));
        room.avoid(Rect::around(15.0, 15.0, 2.0));
        assert!(room.is_clear(RECT) && !room.is_empty(RECT));
        room.block_line((0.0, 15.0), (100.0, 15.0));
        assert!(!room.is_clear(RECT));
        assert!(!room.is_clear(Rect::around(0.0, 90.0, 5.0)));
    }
}
