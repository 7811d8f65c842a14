//! The shapes that keep their size over the stretched layers, and those the
//! library can't draw.

use super::axis::number;
use super::frame::Frame;
use super::input::{Band, Baseline, StageBand};
use super::svg::Element;

/// Points closer together than this run into each other.
const LEAST_PITCH: f64 = 12.0;
/// The tile of the hatch: one stroke every so many pixels.
const HATCH: f64 = 6.0;

/// The edges of a band, over all of the width.
pub(super) fn band_edges(band: &Band, frame: &Frame, token: &str, upper: bool) -> String {
    let edge = |value: f64| rule_across(frame.y(value), token);
    let high = band.high.filter(|_| upper).map(edge).unwrap_or_default();
    format!("{}{high}", edge(band.low))
}

/// A line over all of the width.
pub(super) fn rule_across(y: f64, token: &str) -> String {
    Element::new("line")
        .share("x1", 0.0)
        .px("y1", y)
        .share("x2", 1.0)
        .px("y2", y)
        .paint("stroke", token)
        .with("shape-rendering", "crispEdges")
        .empty()
}

/// The dotted line of a baseline, from its month on.
pub(super) fn baseline_rule(from: f64, y: f64) -> String {
    Element::new("line")
        .share("x1", from)
        .px("y1", y)
        .share("x2", 1.0)
        .px("y2", y)
        .paint("stroke", "rule2")
        .with("stroke-dasharray", "2 3")
        .empty()
}

/// The baseline's own point: hollow, as it isn't part of the line.
pub(super) fn baseline_point(baseline: &Baseline, frame: &Frame) -> String {
    point(
        frame.x(baseline.month as f64),
        frame.y(baseline.value),
        3.75,
        true,
    )
}

/// The points of the line. Where months are too close, only those that say
/// more than the line: alone, provisional or last.
pub(super) fn points(values: &[Option<f64>], provisional: &[bool], frame: &Frame) -> String {
    let last = values.iter().rposition(Option::is_some);
    let at = |month: Option<usize>| month.and_then(|month| values.get(month).copied().flatten());
    let mut out = String::new();
    for (month, value) in values.iter().enumerate() {
        let Some(value) = *value else { continue };
        let hollow = provisional.get(month).copied().unwrap_or_default();
        let is_last = last == Some(month);
        let alone = at(month.checked_sub(1)).is_none() && at(month.checked_add(1)).is_none();
        if frame.slot() < LEAST_PITCH && !(hollow || is_last || alone) {
            continue;
        }
        let radius = if is_last { 5.5 } else { 4.25 };
        out.push_str(&point(
            frame.x(month as f64),
            frame.y(value),
            radius,
            hollow,
        ));
    }
    out
}

/// A strip a month, unseen and in front of all else, that says the month's
/// figure under a pointer wherever in the plot that is. A reader without one
/// finds the same in the table.
pub(super) fn hints(hints: &[Option<String>], frame: &Frame) -> String {
    let half = frame.slot() / frame.width / 2.0;
    let strips: String = hints
        .iter()
        .enumerate()
        .filter_map(|(month, hint)| {
            let x = frame.x(month as f64);
            let (from, to) = ((x - half).max(0.0), (x + half).min(1.0));
            let title = Element::new("title").around_text(hint.as_ref()?);
            Some(
                Element::new("rect")
                    .share("x", from)
                    .share("width", to - from)
                    .px("height", frame.height)
                    .around(&title),
            )
        })
        .collect();
    if strips.is_empty() {
        return strips;
    }
    Element::new("g")
        .with("fill", "none")
        .with("pointer-events", "all")
        .around(&strips)
}

/// A point of a sparkline's end, or one that stands alone.
pub(super) fn point(x: f64, y: f64, radius: f64, hollow: bool) -> String {
    let (fill, stroke) = if hollow {
        ("paper", "accent")
    } else {
        ("accent", "paper")
    };
    // The stroke is centred on the edge, so half of it is paper around the
    // dot; a hollow point has it inside instead.
    let radius = if hollow { radius - 0.5 } else { radius };
    Element::new("circle")
        .share("cx", x)
        .px("cy", y)
        .px("r", radius)
        .paint("fill", fill)
        .paint("stroke", stroke)
        .px("stroke-width", if hollow { 2.0 } else { 1.5 })
        .empty()
}

/// The vertical line of a phase, from its name's row down to the axis.
pub(super) fn phase_rule(x: f64, top: f64, frame: &Frame) -> String {
    Element::new("line")
        .share("x1", x)
        .px("y1", top)
        .share("x2", x)
        .px("y2", frame.height)
        .paint("stroke", "rule2")
        .with("shape-rendering", "crispEdges")
        .empty()
}

/// The line from a label to what it names.
pub(super) fn leader(x: f64, from: f64, to: f64) -> String {
    Element::new("line")
        .share("x1", x)
        .px("y1", from)
        .share("x2", x)
        .px("y2", to)
        .paint("stroke", "rule2")
        .with("shape-rendering", "crispEdges")
        .empty()
}

/// The hatched stage band. The strokes are drawn in pixels, so that they
/// stay at their angle, and are cut to the band by shares of the plot.
pub(super) fn hatch(band: &StageBand, frame: &Frame, prefix: &str) -> String {
    let outlines: String = runs(&band.months)
        .iter()
        .map(|run| {
            Element::new("polygon")
                .with("points", &outline(run, frame))
                .empty()
        })
        .collect();
    if outlines.is_empty() {
        return String::new();
    }
    let stroke = Element::new("path")
        .with("d", &format!("M0 0V{HATCH}"))
        .paint("stroke", "rule2")
        .with("stroke-opacity", "0.7")
        .empty();
    let pattern = Element::new("pattern")
        .with("id", &format!("{prefix}-hatch"))
        .with("patternUnits", "userSpaceOnUse")
        .px("width", HATCH)
        .px("height", HATCH)
        .with("patternTransform", "rotate(45)")
        .around(&stroke);
    let clip = Element::new("clipPath")
        .with("id", &format!("{prefix}-stage"))
        .with("clipPathUnits", "objectBoundingBox")
        .around(&outlines);
    let area = Element::new("rect")
        .share("width", 1.0)
        .px("height", frame.height)
        .with("fill", &format!("url(#{prefix}-hatch)"))
        .with("clip-path", &format!("url(#{prefix}-stage)"))
        .empty();
    format!(
        "{}{area}",
        Element::new("defs").around(&format!("{pattern}{clip}"))
    )
}

/// Months one after the other that have a band, each with its place.
pub(super) fn runs(months: &[Option<(f64, f64)>]) -> Vec<Vec<(f64, f64, f64)>> {
    let mut runs: Vec<Vec<(f64, f64, f64)>> = Vec::new();
    let mut open = false;
    for (month, band) in months.iter().enumerate() {
        match band {
            Some((low, high)) => {
                let place = (month as f64, low.min(*high), low.max(*high));
                match runs.last_mut() {
                    Some(run) if open => run.push(place),
                    _ => runs.push(vec![place]),
                }
                open = true;
            }
            None => open = false,
        }
    }
    for run in &mut runs {
        // A month alone has no extent; it is given half a month.
        if let [(month, low, high)] = run[..] {
            *run = vec![(month - 0.25, low, high), (month + 0.25, low, high)];
        }
    }
    runs
}

fn outline(run: &[(f64, f64, f64)], frame: &Frame) -> String {
    let corner = |month: f64, value: f64| {
        let (x, y) = (frame.x(month), frame.y(value) / frame.height);
        format!("{},{}", number(x, 4), number(y, 4))
    };
    let upper = run.iter().map(|(month, _, high)| corner(*month, *high));
    let lower = run.iter().rev().map(|(month, low, _)| corner(*month, *low));
    upper.chain(lower).collect::<Vec<_>>().join(" ")
}
