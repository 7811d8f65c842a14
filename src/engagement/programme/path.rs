//! Session 3: the one path to the end state.

use super::outline::{Criterion, PathwayName};
use super::sitting::{
    Place, Sitting, SittingFields, Workstream, place_of, required_within, sitting, whole_within,
    workstream,
};
use crate::diagnostic::{Report, Span, Spanned};
use crate::engagement::check::Check;
use crate::engagement::telemetry::each;
use crate::source::Document;
use crate::source::document::{
    AssumptionFile, PathFile, PathwayFile, PathwaysFile, ScoresFile, WeightsFile,
};
use crate::source::field::Field;

/// The choice of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct PathChoice {
    /// The session.
    pub sitting: Sitting,
    /// What each criterion weighs.
    pub weights: Weights,
    /// The pathways that were evaluated, in their order.
    pub pathways: Vec<Pathway>,
    /// Where they stand, else the file's mapping.
    pub pathways_span: Span,
    /// What the selected path rests on.
    pub assumptions: Vec<Assumption>,
    /// The parts of the work.
    pub workstreams: Vec<Workstream>,
}

/// What each criterion weighs.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// In percent, in the order of [`Criterion`].
    pub percent: [u32; 6],
    /// Where the author gave weights; none if they are the programme's own.
    pub span: Option<Span>,
}

/// How a pathway does on each criterion, 1 to 5, in the order of
/// [`Criterion`].
pub type Scores = [u32; 6];

/// A pathway.
#[derive(Clone, Debug, PartialEq)]
pub struct Pathway {
    /// Which one.
    pub name: PathwayName,
    /// How it does, if it was scored.
    pub scores: Option<Scores>,
    /// Whether it was chosen.
    pub selected: bool,
    /// The seat that answers for it.
    pub owner: Option<Spanned<String>>,
    /// Why it was chosen, or why not.
    pub reason: Option<String>,
    /// Where it stands: `selected`, if that is written.
    pub span: Span,
}

/// What the selected path rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumption {
    /// What is taken to be so.
    pub assumption: String,
    /// What would show that it isn't.
    pub fails_if: String,
}

impl PathChoice {
    /// The pathway that was chosen.
    pub fn selected(&self) -> Option<&Pathway> {
        self.pathways.iter().find(|pathway| pathway.selected)
    }

    /// Whether anything but its day and agenda is noted.
    pub fn is_recorded(&self) -> bool {
        let PathChoice {
            sitting,
            weights: _,
            pathways,
            pathways_span: _,
            assumptions,
            workstreams,
        } = self;
        sitting.is_recorded()
            || !pathways.is_empty()
            || !assumptions.is_empty()
            || !workstreams.is_empty()
    }
}

pub(super) fn path(
    document: Document<PathFile>,
    place: Place,
    report: &mut Report,
) -> Option<PathChoice> {
    let Document { file, span, value } = document;
    let PathFile {
        date,
        begins,
        minutes,
        attendance,
        agenda,
        weights,
        pathways,
        assumptions,
        workstreams,
    } = value;
    let mut check = Check {
        file: &file,
        report,
    };
    let fields = SittingFields {
        date,
        begins,
        minutes,
        attendance,
        agenda,
    };
    let sitting = sitting(&mut check, fields, place);
    let weights = weights_of(&mut check, weights);
    let pathways_span = place_of(&check, &pathways, &span);
    let pathways = pathways_of(&mut check, pathways);
    let assumptions = each(&mut check, assumptions, assumption);
    let workstreams = each(&mut check, workstreams, workstream);
    Some(PathChoice {
        sitting: sitting?,
        weights,
        pathways,
        pathways_span,
        assumptions,
        workstreams,
    })
}

fn weights_of(check: &mut Check<'_>, field: Field<WeightsFile>) -> Weights {
    let mut percent = Criterion::ALL.map(Criterion::weight);
    let Some(Spanned { value, span }) = check.optional(field) else {
        return Weights {
            percent,
            span: None,
        };
    };
    let WeightsFile {
        time_to_impact,
        cost,
        durability,
        execution_risk,
        talent,
        governance,
    } = value;
    let fields = [
        time_to_impact,
        cost,
        durability,
        execution_risk,
        talent,
        governance,
    ];
    for ((criterion, weight), field) in Criterion::ALL.into_iter().zip(&mut percent).zip(fields) {
        let given = whole_within(
            check,
            field,
            criterion.id(),
            0..=100,
            "it is percent of the whole",
        );
        if let Some(given) = given {
            *weight = given.value;
        }
    }
    Weights {
        percent,
        span: Some(span),
    }
}

fn pathways_of(check: &mut Check<'_>, field: Field<PathwaysFile>) -> Vec<Pathway> {
    let PathwaysFile {
        transform,
        parallel,
        outsource,
        hybrid,
    } = check
        .optional(field)
        .map(|file| file.value)
        .unwrap_or_default();
    let fields = [transform, parallel, outsource, hybrid];
    let mut evaluated = Vec::new();
    for (name, field) in PathwayName::ALL.into_iter().zip(fields) {
        if let Some(file) = check.optional(field) {
            evaluated.push(pathway(check, name, file));
        }
    }
    evaluated
}

fn pathway(check: &mut Check<'_>, name: PathwayName, file: Spanned<PathwayFile>) -> Pathway {
    let PathwayFile {
        scores,
        selected,
        owner,
        reason,
    } = file.value;
    let scores = check
        .optional(scores)
        .and_then(|scores| scores_of(check, scores));
    let selected = check.optional(selected);
    let owner = check.id(owner);
    let reason = check.text(reason, "reason").map(|reason| reason.value);
    let span = selected
        .as_ref()
        .map_or(file.span, |selected| selected.span.clone());
    Pathway {
        name,
        scores,
        selected: selected.is_some_and(|selected| selected.value),
        owner,
        reason,
        span,
    }
}

/// A pathway is scored on every criterion, or its total would compare with
/// nothing.
fn scores_of(check: &mut Check<'_>, file: Spanned<ScoresFile>) -> Option<Scores> {
    let ScoresFile {
        time_to_impact,
        cost,
        durability,
        execution_risk,
        talent,
        governance,
    } = file.value;
    let fields = [
        time_to_impact,
        cost,
        durability,
        execution_risk,
        talent,
        governance,
    ];
    let mut scores = [0; 6];
    let mut all = true;
    for ((criterion, score), field) in Criterion::ALL.into_iter().zip(&mut scores).zip(fields) {
        let given = required_within(
            check,
            field,
            criterion.id(),
            1..=5,
            &file.span,
            "a score is 1, poorly, to 5, well",
        );
        all &= given.is_some();
        *score = given.unwrap_or_default();
    }
    all.then_some(scores)
}

fn assumption(check: &mut Check<'_>, file: Spanned<AssumptionFile>) -> Option<Assumption> {
    let AssumptionFile {
        assumption,
        fails_if,
    } = file.value;
    let assumption = check.required_text(assumption, "assumption", &file.span);
    let fails_if = check.required_text(fails_if, "fails_if", &file.span);
    Some(Assumption {
        assumption: assumption?.value,
        fails_if: fails_if?.value,
    })
}
