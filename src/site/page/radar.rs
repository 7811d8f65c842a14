//! The five layers' scores as a radar, in whole tenths of a pixel, so that
//! the script draws the same.

use super::view::fit_check::{Radar, Spoke};
use crate::insight::fit_check::FitResult;
use crate::site::figure::NOT_REPORTED;

/// The directions of the five spokes in thousandths, clockwise from the top.
const SPOKES: [(i64, i64); 5] = [
    (0, -1000),
    (951, -309),
    (588, 809),
    (-588, 809),
    (-951, -309),
];
/// The centre and the outermost ring, in tenths.
const CENTRE: (i64, i64) = (1750, 1500);
const RADIUS: i64 = 1000;
/// Where each label stands and which way it runs, clear of the corner.
const LABELS: [(&str, &str, &str, &str); 5] = [
    ("175", "24", "41", "middle"),
    ("279", "110", "127", "start"),
    ("240", "252", "269", "start"),
    ("110", "252", "269", "end"),
    ("71", "110", "127", "end"),
];

/// What a radar is called.
pub(super) struct Named<'n> {
    /// What its ids begin with.
    pub id: &'n str,
    /// Its title.
    pub title: String,
    /// The layers: id and name.
    pub layers: &'n [(String, String)],
    /// What each layer needs.
    pub least: u32,
}

/// The radar of a result; one without a shape where there is none.
pub(super) fn radar(named: Named<'_>, result: Option<&FitResult>) -> Radar {
    let scores = result.map_or([None; 5], |result| result.layers);
    let shown =
        |score: Option<u32>| score.map_or(NOT_REPORTED.to_owned(), |score| score.to_string());
    let spokes = named.layers.iter().zip(scores).enumerate();
    let spokes: Vec<Spoke> = spokes
        .map(|(at, ((layer, name), score))| {
            let end = corner(at, 100);
            let dot = corner(at, score.unwrap_or(0));
            let (label_x, label_y, score_y, anchor) = LABELS[at];
            Spoke {
                layer: layer.clone(),
                x: tenths(end.0),
                y: tenths(end.1),
                dot: format!("translate({} {})", tenths(dot.0), tenths(dot.1)),
                scored: score.is_some(),
                weak: score.is_some_and(|score| score < named.least),
                label_x: label_x.to_owned(),
                label_y: label_y.to_owned(),
                score_y: score_y.to_owned(),
                anchor,
                name: format!("{} {name}", at + 1),
                score: shown(score),
            }
        })
        .collect();
    let list: Vec<String> = spokes
        .iter()
        .map(|spoke| format!("{} {}", spoke.name, spoke.score))
        .collect();
    let scored: Vec<(usize, u32)> = (0..5).filter_map(|at| Some((at, scores[at]?))).collect();
    Radar {
        id: named.id.to_owned(),
        title: named.title,
        description: format!("{}, of 100 each.", list.join(", ")),
        rings: [20, 40, 60, 80, 100]
            .map(|ring| polygon((0..5).map(|at| (at, ring))))
            .into(),
        mark: polygon((0..5).map(|at| (at, named.least))),
        shape: polygon(scored.into_iter()),
        spokes,
        legend: format!("{}, needed in every layer", named.least),
    }
}

fn polygon(corners: impl Iterator<Item = (usize, u32)>) -> String {
    let corners: Vec<String> = corners
        .map(|(at, score)| {
            let (x, y) = corner(at, score);
            format!("{},{}", tenths(x), tenths(y))
        })
        .collect();
    corners.join(" ")
}

/// A score's place on a spoke, in tenths.
fn corner(at: usize, score: u32) -> (i64, i64) {
    let (x, y) = SPOKES[at];
    let along = |direction: i64| {
        // Halves away from the lower side, as the script's Math.floor does.
        (direction * RADIUS * i64::from(score) + 50_000).div_euclid(100_000)
    };
    (CENTRE.0 + along(x), CENTRE.1 + along(y))
}

fn tenths(value: i64) -> String {
    format!("{}.{}", value / 10, value % 10)
}
