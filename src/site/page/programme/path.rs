//! Session 3's page: the weighted decision, why, what was rejected, and what
//! it rests on.

use super::parts::{Parts, owners};
use super::{extent, name_and_detail};
use crate::engagement::programme::PathChoice;
use crate::engagement::programme::outline::{Criterion, Part};
use crate::insight::programme::{Column, Matrix};
use crate::site::figure::{self, NOT_REPORTED};
use crate::site::page::label;
use crate::site::page::view::programme::path::{
    AssumptionRow, Assumptions, Chosen, CriterionRow, Matrix as MatrixView, PathPage, PathwayHead,
    Rejected, Score, Total,
};
use crate::site::page::view::{Shape, Status, Tone};
use crate::site::prose::WrittenLink;

const PLACES: [(Part, &str); 5] = [
    (Part::SelectedPath, "matrix"),
    (Part::Rationale, "chosen"),
    (Part::Alternatives, "chosen"),
    (Part::Assumptions, "assumptions"),
    (Part::Workstreams, "owners"),
];

pub(super) fn page(parts: Parts<'_>, session: &PathChoice) -> (PathPage, Vec<WrittenLink>) {
    let found = parts.context.course().matrix.as_ref();
    let matrix = found.and_then(matrix);
    let chosen = found.and_then(Matrix::selected).map(chosen);
    let rejected: Vec<Rejected> = found.map(rejected).unwrap_or_default();
    let owners = owners(&session.workstreams);
    let places: Vec<(Part, &str)> = PLACES
        .into_iter()
        .map(|(part, id)| match part {
            Part::SelectedPath if matrix.is_none() => (part, "chosen"),
            _ => (part, id),
        })
        // The workstreams may be the brief's.
        .filter(|(part, _)| *part != Part::Workstreams || owners.is_some())
        .collect();
    let (meeting, written) = parts.parts(&places);
    let page = PathPage {
        frame: parts.frame(),
        meeting,
        matrix,
        chosen,
        rejected,
        assumptions: assumptions(session),
        owners,
    };
    (page, written)
}

fn is_selected(column: &Column) -> bool {
    column
        .pathway
        .as_ref()
        .is_some_and(|pathway| pathway.selected)
}

fn matrix(matrix: &Matrix) -> Option<MatrixView> {
    let scored = |column: &&Column| column.total.is_some();
    matrix.columns.iter().find(scored)?;
    let columns: Vec<&Column> = matrix
        .columns
        .iter()
        .filter(|column| column.pathway.is_some())
        .collect();
    let criteria = Criterion::ALL
        .into_iter()
        .enumerate()
        .map(|(at, criterion)| {
            let (name, detail) = name_and_detail(criterion.name());
            CriterionRow {
                name,
                detail,
                weight: figure::count(matrix.weights[at]),
                scores: columns.iter().map(|column| score(column, at)).collect(),
            }
        });
    let totals = columns.iter().map(|column| Total {
        pathway: column.name.name().to_owned(),
        value: column.total.map_or_else(
            || NOT_REPORTED.to_owned(),
            |total| figure::decimal(total, 2),
        ),
        selected: is_selected(column),
    });
    let whose = if matrix.own_weights {
        "The weights are the room’s own"
    } else {
        "The weights are the programme’s"
    };
    Some(MatrixView {
        pathways: columns
            .iter()
            .map(|column| PathwayHead {
                name: column.name.name().to_owned(),
                selected: is_selected(column)
                    .then(|| Status::new(Tone::Good, Shape::Dot, "Selected")),
            })
            .collect(),
        criteria: criteria.collect(),
        weight: figure::count(matrix.weights.iter().sum()),
        totals: totals.collect(),
        note: format!("Scores from 1, poorly, to 5, well, times the weight. {whose}."),
    })
}

fn score(column: &Column, criterion: usize) -> Score {
    let scores = column.pathway.as_ref().and_then(|pathway| pathway.scores);
    let score = scores.and_then(|scores| scores.get(criterion).copied());
    Score {
        pathway: column.name.name().to_owned(),
        value: figure::count_or_dash(score),
        width: score.map(|score| extent(f64::from(score), 5.0)),
        selected: is_selected(column),
    }
}

fn chosen(column: &Column) -> Chosen {
    let pathway = column.pathway.as_ref();
    Chosen {
        title: format!("Why {}", label::pathway(column.name)),
        reason: pathway.and_then(|pathway| pathway.reason.clone()),
        owner: pathway.and_then(|pathway| Some(label::seat(&pathway.owner.as_ref()?.value))),
    }
}

fn rejected(matrix: &Matrix) -> Vec<Rejected> {
    let selected = matrix.selected().and_then(|column| column.total);
    let rejected = matrix.columns.iter().filter(|column| !is_selected(column));
    rejected
        .filter_map(|column| {
            let pathway = column.pathway.as_ref()?;
            Some(Rejected {
                name: column.name.name().to_owned(),
                difference: column
                    .total
                    .zip(selected)
                    .map(|(total, selected)| figure::signed(total - selected, 2)),
                reason: pathway
                    .reason
                    .as_deref()
                    .map_or_else(|| "No reason was noted.".to_owned(), figure::sentence),
            })
        })
        .collect()
}

fn assumptions(session: &PathChoice) -> Option<Assumptions> {
    let assumptions = &session.assumptions;
    (!assumptions.is_empty()).then(|| Assumptions {
        title: format!(
            "It rests on {}",
            figure::counted(assumptions.len(), "assumption", "assumptions")
        ),
        rows: assumptions
            .iter()
            .map(|assumption| AssumptionRow {
                assumption: assumption.assumption.clone(),
                fails_if: assumption.fails_if.clone(),
            })
            .collect(),
    })
}
