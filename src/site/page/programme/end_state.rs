//! Session 1's page: the statement, the scorecard, who decides what, and what
//! limits the way.

use super::parts::{Parts, capital_count, signed};
use crate::engagement::firm::Currency;
use crate::engagement::programme::EndState;
use crate::engagement::programme::outline::{CONSTRAINT_KINDS, Part};
use crate::insight::programme::{HORIZONS, Horizon, Measured, RightsMatrix, Standing};
use crate::site::figure::{self, NOT_REPORTED};
use crate::site::page::label;
use crate::site::page::view::programme::end_state::{
    AppetiteRow, AppetiteTable, ConstraintRow, Constraints, EndStatePage, HorizonHead, MetricRow,
    Rights, RightsCell, RightsRow, Scorecard, Statement, TargetCell,
};
use crate::site::page::view::{Shape, Status, Tone};
use crate::site::prose::WrittenLink;
use crate::source::document::{Better, MetricKind, Right};

const PLACES: [(Part, &str); 6] = [
    (Part::Signatures, "statement"),
    (Part::Statement, "statement"),
    (Part::Scorecard, "scorecard"),
    (Part::Constraints, "constraints"),
    (Part::RiskAppetite, "appetite"),
    (Part::DecisionRights, "rights"),
];

pub(super) fn page(parts: Parts<'_>, session: &EndState) -> (EndStatePage, Vec<WrittenLink>) {
    let has_statement = session.statement.is_some();
    let places: Vec<(Part, &str)> = PLACES
        .into_iter()
        .map(|(part, id)| match part {
            // Without `says` the statement is the text.
            Part::Statement if !has_statement => (part, "text"),
            _ => (part, id),
        })
        .collect();
    let (meeting, written) = parts.parts(&places);
    let course = parts.context.course();
    let page = EndStatePage {
        frame: parts.frame(),
        meeting,
        statement: statement(parts, session),
        scorecard: scorecard(parts, &course.scorecard),
        rights: course.rights.as_ref().map(rights),
        constraints: constraints(session),
        appetite: appetite(session),
    };
    (page, written)
}

fn statement(parts: Parts<'_>, session: &EndState) -> Option<Statement> {
    let statement = session.statement.as_ref()?;
    let (title, status) = if statement.is_signed() {
        let signatures = statement.signatures.len();
        let people = figure::counted(signatures, "seat", "seats");
        (
            format!("One end state, signed by {people}"),
            Status::new(Tone::Good, Shape::Dot, "Signed"),
        )
    } else {
        (
            "One end state, not signed yet".to_owned(),
            Status::new(Tone::Warn, Shape::Ring, "Not signed"),
        )
    };
    Some(Statement {
        title,
        says: statement
            .says
            .iter()
            .flat_map(|says| says.split('\n'))
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(ToOwned::to_owned)
            .collect(),
        status,
        signatures: signed(parts.context, &statement.signatures),
    })
}

fn scorecard(parts: Parts<'_>, measured: &[Measured]) -> Option<Scorecard> {
    let first = measured.first()?;
    let currency = &parts.context.firm().currency;
    let count = |standing: Standing| {
        measured
            .iter()
            .filter(|one| one.standing == standing)
            .count()
    };
    let (met, missed) = (count(Standing::Met), count(Standing::Missed));
    let measures = figure::counted(measured.len(), "measure", "measures");
    let title = match met + missed {
        0 => format!("{} of success", figure::capital(&measures)),
        judged if judged == met && judged == measured.len() => {
            format!("{}, all at what was due", figure::capital(&measures))
        }
        _ => format!(
            "{}: {} at what was due, {} not",
            figure::capital(&measures),
            figure::in_words(met),
            figure::in_words(missed)
        ),
    };
    Some(Scorecard {
        title,
        note: Some(
            match first
                .horizons
                .iter()
                .rposition(|horizon| horizon.due <= parts.context.as_of())
            {
                Some(at) => format!(
                    "{} due since {}",
                    HORIZONS[at],
                    figure::day(first.horizons[at].due)
                ),
                None => format!(
                    "{} due on {}",
                    HORIZONS[0],
                    figure::day(first.horizons[0].due)
                ),
            },
        ),
        horizons: HORIZONS
            .iter()
            .zip(&first.horizons)
            .map(|(name, horizon): (_, &Horizon)| HorizonHead {
                name: (*name).to_owned(),
                due: figure::short_day(horizon.due),
            })
            .collect(),
        rows: measured.iter().map(|one| metric(one, currency)).collect(),
    })
}

fn metric(measured: &Measured, currency: &Currency) -> MetricRow {
    let metric = &measured.metric;
    let actual = measured.actual();
    let all = metric.baseline.into_iter();
    let all = all.chain(metric.targets.into_iter().flatten());
    let decimals = figure::decimals_of(all.chain(actual.map(|actual| actual.value)));
    let shown = |value: Option<f64>| {
        value.map_or_else(
            || NOT_REPORTED.to_owned(),
            |value| figure::decimal(value, decimals),
        )
    };
    let against = measured
        .due
        .zip(measured.target())
        .map(|(due, target)| format!("{}: {}", HORIZONS[due], figure::decimal(target, decimals)));
    MetricRow {
        name: metric.name.clone(),
        definition: metric.definition.clone(),
        kind: kind(metric.kind).to_owned(),
        unit: if metric.unit == currency.code {
            currency.sign()
        } else {
            metric.unit.clone()
        },
        better: match metric.better {
            Better::Higher => Status::new(Tone::Neutral, Shape::Up, "Higher"),
            Better::Lower => Status::new(Tone::Neutral, Shape::Down, "Lower"),
        },
        baseline: shown(metric.baseline),
        targets: HORIZONS
            .iter()
            .zip(&measured.horizons)
            .enumerate()
            .map(|(at, (name, horizon))| TargetCell {
                horizon: (*name).to_owned(),
                value: shown(horizon.target),
                due: measured.due == Some(at),
            })
            .collect(),
        actual: shown(actual.map(|actual| actual.value)),
        reported: actual.map(|actual| figure::short_month(actual.month)),
        status: standing(measured.standing),
        against,
    }
}

fn kind(kind: MetricKind) -> &'static str {
    match kind {
        MetricKind::Delivery => "Delivery",
        MetricKind::Financial => "Financial",
        MetricKind::Other => "Other",
    }
}

fn standing(standing: Standing) -> Status {
    let (tone, shape) = match standing {
        Standing::Met => (Tone::Good, Shape::Dot),
        Standing::Missed => (Tone::Warn, Shape::Down),
        Standing::TooEarly => (Tone::Neutral, Shape::Ring),
        Standing::NotReported | Standing::NoTarget => (Tone::Neutral, Shape::Dash),
    };
    Status::new(tone, shape, figure::capital(standing.word()))
}

fn rights(matrix: &RightsMatrix) -> Rights {
    let rows = matrix.rows.iter().map(|row| RightsRow {
        decision: row.decision.clone(),
        parts: matrix
            .seats
            .iter()
            .zip(&row.parts)
            .map(|(seat, part)| RightsCell {
                seat: label::seat(seat),
                word: part.map(|part| right(part).to_owned()),
                decides: *part == Some(Right::Decides),
            })
            .collect(),
    });
    let decisions = figure::counted(matrix.rows.len(), "decision", "decisions");
    Rights {
        title: format!("{}, one decider each", figure::capital(&decisions)),
        seats: matrix.seats.iter().map(|seat| label::seat(seat)).collect(),
        rows: rows.collect(),
    }
}

fn right(right: Right) -> &'static str {
    match right {
        Right::Decides => "Decides",
        Right::Recommends => "Recommends",
        Right::Consulted => "Consulted",
        Right::Informed => "Informed",
    }
}

fn constraints(session: &EndState) -> Option<Constraints> {
    let constraints = &session.constraints;
    let name = |kind| {
        let named = CONSTRAINT_KINDS.iter().find(|(own, _)| *own == kind);
        named.map_or("Other", |(_, name)| name)
    };
    (!constraints.is_empty()).then(|| Constraints {
        title: format!(
            "{} on the way",
            figure::capital(&figure::counted(
                constraints.len(),
                "constraint",
                "constraints"
            ))
        ),
        rows: constraints
            .iter()
            .map(|constraint| ConstraintRow {
                kind: name(constraint.kind).to_owned(),
                what: constraint.what.clone(),
            })
            .collect(),
    })
}

fn appetite(session: &EndState) -> Option<AppetiteTable> {
    let appetite = &session.appetite;
    (!appetite.is_empty()).then(|| AppetiteTable {
        title: match appetite.len() {
            1 => "One tradeoff settled".to_owned(),
            several => format!("{} tradeoffs settled", capital_count(several)),
        },
        rows: appetite
            .iter()
            .map(|tradeoff| AppetiteRow {
                tradeoff: tradeoff.tradeoff.clone(),
                stance: tradeoff.stance.clone(),
                guardrail: tradeoff.guardrail.clone(),
            })
            .collect(),
    })
}
