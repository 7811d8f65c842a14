//! Numbered events: a ring on a stem, off the line.

use super::frame::Frame;
use super::input::Event;
use super::room::{Rect, Room};
use super::svg::Element;

const RADIUS: f64 = 10.5;
/// The ring with half its stroke.
const REACH: f64 = 11.5;
/// How far a ring's centre is from its point, in the order tried.
const OFFSETS: [f64; 7] = [34.0, 48.0, 62.0, 76.0, 90.0, 104.0, 24.0];
/// The point and its paper ring, which a stem doesn't touch.
const POINT: f64 = 6.5;

/// A ring that has its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ring {
    number: usize,
    x: f64,
    /// Where the ring's centre is.
    pub(super) y: f64,
    /// Where the stem starts.
    pub(super) foot: f64,
}

/// Places each event above or below its point, within the plot, clear of the
/// lines and of the other rings. An event in a month without a figure stands
/// on the horizontal axis.
pub(super) fn placed(
    events: &[Event],
    values: &[Option<f64>],
    frame: &Frame,
    room: &mut Room,
) -> Vec<Ring> {
    events
        .iter()
        .map(|event| {
            let x = frame.x(event.month as f64);
            let point = values
                .get(event.month)
                .copied()
                .flatten()
                .map(|value| frame.y(value));
            let y = best(x * frame.width, point.unwrap_or(frame.height), frame, room);
            room.block(Rect::around(x * frame.width, y, REACH));
            let foot = match point {
                Some(point) if y < point => point - POINT,
                Some(point) => point + POINT,
                None => frame.height,
            };
            room.block_line((x * frame.width, foot), (x * frame.width, y));
            Ring {
                number: event.number,
                x,
                y,
                foot,
            }
        })
        .collect()
}

/// The height of the ring's centre. Without a clear place the one inside the
/// plot that is farthest from the point is taken, as it is the likeliest not
/// to cover the line.
fn best(x: f64, point: f64, frame: &Frame, room: &Room) -> f64 {
    let candidates: Vec<f64> = OFFSETS
        .into_iter()
        .flat_map(|offset| [point - offset, point + offset])
        .filter(|y| *y >= REACH && *y <= frame.height - REACH)
        .collect();
    let stem = |y: f64| {
        let (top, bottom) = if y < point {
            (y, point - POINT)
        } else {
            (point + POINT, y)
        };
        Rect {
            left: x,
            top,
            right: x,
            bottom: bottom.max(top),
        }
    };
    let ring = |y: f64| Rect::around(x, y, REACH);
    // The ring may stand off the plot's sides by its radius, not by more.
    let inside = |rect: Rect| Rect {
        left: rect.left.max(0.0),
        right: rect.right.min(frame.width),
        ..rect
    };
    let clear = |y: &&f64| room.is_clear(inside(ring(**y))) && room.is_clear(stem(**y));
    let empty = |y: &&f64| room.is_empty(inside(ring(**y))) && room.is_clear(stem(**y));
    // A place that is clear and near is better than an empty one far off.
    let near = candidates.len().min(4);
    candidates[..near]
        .iter()
        .find(empty)
        .or_else(|| candidates.iter().find(clear))
        .or_else(|| candidates.iter().find(|y| room.is_clear(inside(ring(**y)))))
        .or_else(|| {
            candidates
                .iter()
                .max_by(|a, b| (**a - point).abs().total_cmp(&(**b - point).abs()))
        })
        .copied()
        .unwrap_or(frame.height / 2.0)
}

impl Ring {
    pub(super) fn markup(&self) -> String {
        let edge = if self.y < self.foot {
            self.y + RADIUS
        } else {
            self.y - RADIUS
        };
        let stem = Element::new("line")
            .share("x1", self.x)
            .px("y1", self.foot)
            .share("x2", self.x)
            .px("y2", edge)
            .paint("stroke", "ink2")
            .with("shape-rendering", "crispEdges")
            .empty();
        let ring = Element::new("circle")
            .share("cx", self.x)
            .px("cy", self.y)
            .px("r", RADIUS)
            .paint("fill", "paper")
            .paint("stroke", "ink2")
            .px("stroke-width", 1.25)
            .empty();
        let number = Element::new("text")
            .share("x", self.x)
            .px("y", self.y + 4.3)
            .with("text-anchor", "middle")
            .with("font-size", "12")
            .with("font-weight", "600")
            .paint("fill", "ink")
            .around_text(&self.number.to_string());
        format!("{stem}{ring}{number}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::axis::{Axis, plain_label};
    use super::super::frame::{Gutter, Size};
    use super::*;

    fn frame(size: Size, months: usize) -> Frame {
        let axis = Axis::even(0.0, 80.0, 4, plain_label).unwrap();
        Frame::new(size, Gutter::Small, months, &axis)
    }

    fn room(frame: &Frame, values: &[Option<f64>]) -> Room {
        let mut room = Room::new(Rect {
            left: 0.0,
            top: 0.0,
            right: frame.width,
            bottom: frame.height,
        });
        let points: Vec<_> = values
            .iter()
            .enumerate()
            .filter_map(|(month, value)| value.map(|value| frame.point(month, value)))
            .collect();
        for pair in points.windows(2) {
            room.block_line(pair[0], pair[1]);
        }
        room
    }

    fn every_month(months: usize) -> Vec<Event> {
        (0..months)
            .map(|month| Event {
                number: month + 1,
                month,
            })
            .collect()
    }

    #[test]
    fn rings_stay_in_the_plot_and_off_the_line() {
        let values: Vec<_> = [78.0, 2.0, 40.0, 41.0, 79.0, 80.0, 0.0, 1.0]
            .map(Some)
            .to_vec();
        for size in Size::ALL {
            let frame = frame(size, values.len());
            let mut room = room(&frame, &values);
            let fresh = room.clone();
            for ring in placed(&every_month(values.len()), &values, &frame, &mut room) {
                assert!(
                    ring.y >= REACH && ring.y <= frame.height - REACH,
                    "{ring:?}"
                );
                if size == Size::Wide {
                    let mut rect = Rect::around(ring.x * frame.width, ring.y, REACH);
                    rect.left = rect.left.max(0.0);
                    assert!(fresh.is_clear(rect), "{ring:?}");
                }
            }
        }
    }

    #[test]
    fn two_events_of_a_month_do_not_share_a_place() {
        let values = vec![Some(40.0); 6];
        let frame = frame(Size::Wide, 6);
        let events = [
            Event {
                number: 1,
                month: 2,
            },
            Event {
                number: 2,
                month: 2,
            },
        ];
        let rings = placed(&events, &values, &frame, &mut room(&frame, &values));
        assert!((rings[0].y - rings[1].y).abs() >= 2.0 * REACH);
    }

    #[test]
    fn an_event_in_a_gap_stands_on_the_axis() {
        let values = vec![Some(40.0), None, Some(41.0)];
        let frame = frame(Size::Wide, 3);
        let events = [Event {
            number: 1,
            month: 1,
        }];
        let rings = placed(&events, &values, &frame, &mut room(&frame, &values));
        assert!((rings[0].foot - frame.height).abs() < 1e-9);
    }
}
