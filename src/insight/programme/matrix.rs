//! The pathways against the criteria, and the decisions against the seats.

use crate::engagement::programme::outline::PathwayName;
use crate::engagement::programme::{EndState, PathChoice, Pathway, Scores};
use crate::source::document::Right;

/// The pathways against the criteria.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// What each criterion weighs in percent, in the order of
    /// [`Criterion`](crate::engagement::programme::outline::Criterion).
    pub weights: [u32; 6],
    /// Whether those are the author's own.
    pub own_weights: bool,
    /// The four pathways, in order.
    pub columns: Vec<Column>,
}

/// A pathway's column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The pathway.
    pub name: PathwayName,
    /// What the author says of it; none if it wasn't evaluated.
    pub pathway: Option<Pathway>,
    /// What each criterion adds to the total, weight × score ÷ 100; none if it
    /// wasn't scored.
    pub weighted: Option<[f64; 6]>,
    /// The total, out of 5.
    pub total: Option<f64>,
    /// Its place among those scored, from 1; two that are equal share it.
    pub rank: Option<usize>,
}

/// The decisions against the seats.
#[derive(Clone, Debug, PartialEq)]
pub struct RightsMatrix {
    /// The seats that have a part in any, in the order of their mention.
    pub seats: Vec<String>,
    /// The decisions, in the author's order.
    pub rows: Vec<RightsRow>,
}

/// A decision's row.
#[derive(Clone, Debug, PartialEq)]
pub struct RightsRow {
    /// The matter.
    pub decision: String,
    /// The seat that decides.
    pub decider: Option<String>,
    /// Each seat's part, in the order of [`RightsMatrix::seats`].
    pub parts: Vec<Option<Right>>,
}

impl Matrix {
    /// The pathway that was chosen.
    pub fn selected(&self) -> Option<&Column> {
        self.columns.iter().find(|column| {
            column
                .pathway
                .as_ref()
                .is_some_and(|pathway| pathway.selected)
        })
    }
}

pub(super) fn matrix(session: &PathChoice) -> Matrix {
    let weights = session.weights.percent;
    let find = |name| {
        session
            .pathways
            .iter()
            .find(|pathway: &&Pathway| pathway.name == name)
    };
    // In hundredths, whole numbers: equal totals are equal.
    let hundredths = |name| {
        let scores = find(name)?.scores?;
        Some(points(weights, scores).iter().sum::<u32>())
    };
    let columns = PathwayName::ALL
        .into_iter()
        .map(|name| {
            let own = hundredths(name);
            let better = PathwayName::ALL
                .into_iter()
                .filter(|other| hundredths(*other) > own)
                .count();
            let scores = find(name).and_then(|pathway| pathway.scores);
            Column {
                name,
                pathway: find(name).cloned(),
                weighted: scores
                    .map(|scores| points(weights, scores).map(|points| f64::from(points) / 100.0)),
                total: own.map(|total| f64::from(total) / 100.0),
                rank: own.map(|_| better + 1),
            }
        })
        .collect();
    Matrix {
        weights,
        own_weights: session.weights.span.is_some(),
        columns,
    }
}

/// Weight × score of each criterion.
pub(super) fn points(weights: [u32; 6], scores: Scores) -> [u32; 6] {
    let mut points = weights;
    for (points, score) in points.iter_mut().zip(scores) {
        *points *= score;
    }
    points
}

pub(super) fn rights(session: &EndState) -> Option<RightsMatrix> {
    let mut seats: Vec<String> = Vec::new();
    for (seat, _) in session
        .decision_rights
        .iter()
        .flat_map(|decision| &decision.rights)
    {
        if !seats.contains(&seat.value) {
            seats.push(seat.value.clone());
        }
    }
    let rows = session.decision_rights.iter().map(|decision| RightsRow {
        decision: decision.decision.value.clone(),
        decider: decision.decider().map(ToOwned::to_owned),
        parts: seats
            .iter()
            .map(|seat| {
                let own = decision.rights.iter().find(|(own, _)| own.value == *seat);
                own.map(|(_, right)| *right)
            })
            .collect(),
    });
    let rows: Vec<RightsRow> = rows.collect();
    (!rows.is_empty()).then_some(RightsMatrix { seats, rows })
}
