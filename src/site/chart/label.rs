//! Text in a drawing: its size, its place, and the search for one.

use super::axis::number;
use super::frame::Frame;
use super::room::{Rect, Room};
use super::svg::Element;

/// The one size of text, but for the latest figure.
pub(super) const TEXT: f64 = 12.5;
/// The size of the latest figure.
pub(super) const FIGURE: f64 = 22.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A piece of text: anchored at a share of the width, moved from there by
/// pixels, its baseline at a height in pixels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) dx: f64,
    pub(super) y: f64,
    pub(super) anchor: Anchor,
    pub(super) token: &'static str,
    pub(super) bold: bool,
    pub(super) size: f64,
    /// Outlined in the colour behind it, so that a line there doesn't strike
    /// it through.
    pub(super) halo: Option<&'static str>,
}

impl Label {
    pub(super) fn new(text: &str, x: f64, y: f64) -> Self {
        Self {
            text: text.to_owned(),
            x,
            dx: 0.0,
            y,
            anchor: Anchor::Start,
            token: "ink3",
            bold: false,
            size: TEXT,
            halo: None,
        }
    }

    pub(super) fn moved(mut self, dx: f64) -> Self {
        self.dx = dx;
        self
    }

    pub(super) fn anchored(mut self, anchor: Anchor) -> Self {
        self.anchor = anchor;
        self
    }

    pub(super) fn painted(mut self, token: &'static str) -> Self {
        self.token = token;
        self
    }

    pub(super) fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    pub(super) fn sized(mut self, size: f64) -> Self {
        self.size = size;
        self
    }

    pub(super) fn haloed(mut self, token: &'static str) -> Self {
        self.halo = Some(token);
        self
    }

    /// The space it takes at the drawing's least width.
    pub(super) fn rect(&self, frame: &Frame) -> Rect {
        let width = width_of(&self.text, self.size, self.bold);
        let at = self.x * frame.width + self.dx;
        let left = match self.anchor {
            Anchor::Start => at,
            Anchor::Middle => at - width / 2.0,
            Anchor::End => at - width,
        };
        Rect {
            left,
            top: self.y - self.size * 0.78,
            right: left + width,
            bottom: self.y + self.size * 0.24,
        }
    }

    pub(super) fn markup(&self) -> String {
        let mut element = Element::new("text").share("x", self.x).px("y", self.y);
        if self.dx != 0.0 {
            element = element.px("dx", self.dx);
        }
        element = match self.anchor {
            Anchor::Start => element,
            Anchor::Middle => element.with("text-anchor", "middle"),
            Anchor::End => element.with("text-anchor", "end"),
        };
        element = element
            .with("font-size", &number(self.size, 2))
            .paint("fill", self.token);
        if self.bold {
            element = element.with("font-weight", "600");
        }
        if let Some(token) = self.halo {
            element = element
                .paint("stroke", token)
                .with("stroke-width", "4")
                .with("stroke-linejoin", "round")
                .with("paint-order", "stroke");
        }
        element.around_text(&self.text)
    }
}

/// The first of the candidates that covers nothing; else the first that
/// covers nothing it may not.
pub(super) fn placed(candidates: &[Label], frame: &Frame, room: &mut Room) -> Option<Label> {
    let found = candidates
        .iter()
        .find(|label| room.is_empty(label.rect(frame)))
        .or_else(|| {
            candidates
                .iter()
                .find(|label| room.is_clear(label.rect(frame)))
        })?;
    room.block(found.rect(frame));
    Some(found.clone())
}

/// A text's width, a little more than any face of the stack takes: the faces
/// differ by platform, so nothing can be measured here.
pub(super) fn width_of(text: &str, size: f64, bold: bool) -> f64 {
    let ems: f64 = text
        .chars()
        .map(|character| match character {
            'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '(' | ')' => 0.31,
            ' ' | '\u{a0}' | 'f' | 't' | 'r' => 0.37,
            'm' | 'w' | 'M' | 'W' | '%' => 0.92,
            'A'..='Z' => 0.69,
            '\u{2e80}'.. => 1.05,
            _ => 0.59,
        })
        .sum();
    let heavier = if bold { 1.06 } else { 1.0 };
    ems * size * heavier
}
