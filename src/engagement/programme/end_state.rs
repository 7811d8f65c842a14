//! Session 1: one definition of success.

use super::sitting::{Place, Signature, Sitting, SittingFields, signature, sitting};
use crate::diagnostic::{Report, Span, Spanned};
use crate::engagement::check::Check;
use crate::engagement::telemetry::each;
use crate::source::Document;
use crate::source::document::{
    AppetiteFile, Better, ConstraintFile, ConstraintKind, DecisionRightFile, EndStateFile,
    MetricFile, MetricKind, Right, StatementFile,
};

/// The end state.
#[derive(Clone, Debug, PartialEq)]
pub struct EndState {
    /// The session.
    pub sitting: Sitting,
    /// The statement, if there is one beside the text.
    pub statement: Option<Statement>,
    /// How success is measured.
    pub scorecard: Vec<Metric>,
    /// What limits the way there.
    pub constraints: Vec<Constraint>,
    /// What is preferred where two aims conflict.
    pub appetite: Vec<Appetite>,
    /// Who decides what.
    pub decision_rights: Vec<DecisionRight>,
}

/// The end-state statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// In words, unless those are in the text.
    pub says: Option<String>,
    /// Whether it is called signed, and where.
    pub signed: Option<Spanned<bool>>,
    /// Who signed it.
    pub signatures: Vec<Signature>,
    /// Where it stands.
    pub span: Span,
}

/// A metric of the scorecard.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// The metric.
    pub id: Spanned<String>,
    /// Its name for a reader.
    pub name: String,
    /// What exactly is counted.
    pub definition: String,
    /// Its unit.
    pub unit: String,
    /// Which direction is better.
    pub better: Better,
    /// Of what kind.
    pub kind: MetricKind,
    /// What it was before, if that is known.
    pub baseline: Option<f64>,
    /// What it should be after 90 days, 6 months, 12 months.
    pub targets: [Option<f64>; 3],
}

/// Something that limits the way to the end state.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// Of what kind.
    pub kind: ConstraintKind,
    /// In words.
    pub what: String,
}

/// What is preferred where two aims conflict.
#[derive(Clone, Debug, PartialEq)]
pub struct Appetite {
    /// The two aims.
    pub tradeoff: String,
    /// Which is preferred, and how far.
    pub stance: String,
    /// The line that may not be crossed, if one was drawn.
    pub guardrail: Option<String>,
}

/// Who decides a matter.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionRight {
    /// The matter.
    pub decision: Spanned<String>,
    /// Each seat's part in it, in the author's order.
    pub rights: Vec<(Spanned<String>, Right)>,
}

impl EndState {
    /// Whether anything but its day and agenda is noted.
    pub fn is_recorded(&self) -> bool {
        let EndState {
            sitting,
            statement,
            scorecard,
            constraints,
            appetite,
            decision_rights,
        } = self;
        sitting.is_recorded()
            || statement.is_some()
            || !scorecard.is_empty()
            || !constraints.is_empty()
            || !appetite.is_empty()
            || !decision_rights.is_empty()
    }
}

impl Statement {
    /// Whether it is signed.
    pub fn is_signed(&self) -> bool {
        self.signed.as_ref().is_some_and(|signed| signed.value) && !self.signatures.is_empty()
    }
}

impl DecisionRight {
    /// The seat that decides.
    pub fn decider(&self) -> Option<&str> {
        let mut deciders = self
            .rights
            .iter()
            .filter(|(_, right)| *right == Right::Decides);
        deciders.next().map(|(seat, _)| &*seat.value)
    }
}

pub(super) fn end_state(
    document: Document<EndStateFile>,
    place: Place,
    report: &mut Report,
) -> Option<EndState> {
    let Document {
        file,
        span: _,
        value,
    } = document;
    let EndStateFile {
        date,
        begins,
        minutes,
        attendance,
        agenda,
        statement,
        scorecard,
        constraints,
        risk_appetite,
        decision_rights,
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
    let statement = check
        .optional(statement)
        .map(|file| statement_of(&mut check, file));
    let scorecard = each(&mut check, scorecard, metric);
    let constraints = each(&mut check, constraints, constraint);
    let appetite = each(&mut check, risk_appetite, appetite);
    let decision_rights = each(&mut check, decision_rights, decision_right);
    Some(EndState {
        sitting: sitting?,
        statement,
        scorecard,
        constraints,
        appetite,
        decision_rights,
    })
}

fn statement_of(check: &mut Check<'_>, file: Spanned<StatementFile>) -> Statement {
    let StatementFile {
        says,
        signed,
        signatures,
    } = file.value;
    Statement {
        says: check.text(says, "says").map(|says| says.value),
        signed: check.optional(signed),
        signatures: each(check, signatures, signature),
        span: file.span,
    }
}

fn metric(check: &mut Check<'_>, file: Spanned<MetricFile>) -> Option<Metric> {
    let MetricFile {
        id,
        metric,
        definition,
        unit,
        better,
        kind,
        baseline,
        days_90,
        months_6,
        months_12,
    } = file.value;
    let id = check.required_id(id, "id", &file.span);
    let name = check.required_text(metric, "metric", &file.span);
    let definition = check.required_text(definition, "definition", &file.span);
    let unit = check.required_text(unit, "unit", &file.span);
    let better = check.required(better, "better", &file.span);
    let kind = check
        .optional(kind)
        .map_or(MetricKind::Other, |kind| kind.value);
    let baseline = check.optional(baseline).map(|baseline| baseline.value);
    let targets =
        [days_90, months_6, months_12].map(|field| check.optional(field).map(|to| to.value));
    Some(Metric {
        id: id?,
        name: name?.value,
        definition: definition?.value,
        unit: unit?.value,
        better: better?.value,
        kind,
        baseline,
        targets,
    })
}

fn constraint(check: &mut Check<'_>, file: Spanned<ConstraintFile>) -> Option<Constraint> {
    let ConstraintFile { kind, what } = file.value;
    let kind = check.required(kind, "kind", &file.span);
    let what = check.required_text(what, "what", &file.span);
    Some(Constraint {
        kind: kind?.value,
        what: what?.value,
    })
}

fn appetite(check: &mut Check<'_>, file: Spanned<AppetiteFile>) -> Option<Appetite> {
    let AppetiteFile {
        tradeoff,
        stance,
        guardrail,
    } = file.value;
    let tradeoff = check.required_text(tradeoff, "tradeoff", &file.span);
    let stance = check.required_text(stance, "stance", &file.span);
    let guardrail = check.text(guardrail, "guardrail").map(|text| text.value);
    Some(Appetite {
        tradeoff: tradeoff?.value,
        stance: stance?.value,
        guardrail,
    })
}

fn decision_right(
    check: &mut Check<'_>,
    file: Spanned<DecisionRightFile>,
) -> Option<DecisionRight> {
    let DecisionRightFile { decision, rights } = file.value;
    let decision = check.required_text(decision, "decision", &file.span);
    let entries = check.required(rights, "rights", &file.span)?.value.0;
    let written = entries.len();
    let rights: Vec<(Spanned<String>, Right)> = entries
        .into_iter()
        .filter_map(|(seat, right)| check.id(seat).zip(check.optional(right)))
        .map(|(seat, right)| (seat, right.value))
        .collect();
    // One that couldn't be read may be the one that decides.
    (rights.len() == written).then_some(())?;
    Some(DecisionRight {
        decision: decision?,
        rights,
    })
}
