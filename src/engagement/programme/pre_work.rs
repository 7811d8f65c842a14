//! What is collected and sent out before the first session.

use chrono::NaiveDate;

use super::outline::{Input, PreRead, ProgrammeSeat};
use super::sitting::{Place, Text, place_of};
use crate::diagnostic::{Diagnostic, Report, Span, Spanned};
use crate::engagement::check::Check;
use crate::source::Document;
use crate::source::document::{InputsFile, PreReadsFile, PreWorkFile, ProgrammeSeatsFile};
use crate::source::field::{Field, Filling, Id, Receipt};
use crate::source::month::Month;

/// The pre-work.
#[derive(Clone, Debug, PartialEq)]
pub struct PreWork {
    /// The month in whose folder it lies.
    pub month: Month,
    /// The day on which it closes, if that is known.
    pub date: Option<Spanned<NaiveDate>>,
    /// The six inputs, in order.
    pub inputs: Vec<Received<Input>>,
    /// The three pre-reads, in order.
    pub pre_reads: Vec<Received<PreRead>>,
    /// The seven seats, in order.
    pub seats: Vec<SeatFilled>,
    /// The text beside it, if there is one.
    pub text: Option<Text>,
    /// The file's beginning.
    pub span: Span,
}

/// Something that is received or sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Received<T> {
    /// What.
    pub what: T,
    /// On which day; none while it is outstanding.
    pub on: Option<NaiveDate>,
    /// Where that is said, else where it might be.
    pub span: Span,
}

/// A seat of the programme.
#[derive(Clone, Debug, PartialEq)]
pub struct SeatFilled {
    /// The seat.
    pub seat: ProgrammeSeat,
    /// Who fills it.
    pub by: Filled,
}

/// Who fills a seat of the programme.
#[derive(Clone, Debug, PartialEq)]
pub enum Filled {
    /// A seat of the engagement.
    By(Spanned<String>),
    /// Nobody needs to.
    NotRelevant,
    /// Nobody was named.
    Nobody,
}

impl PreWork {
    /// Whether anything but its day is noted.
    pub fn is_recorded(&self) -> bool {
        let named = self
            .seats
            .iter()
            .any(|seat| !matches!(seat.by, Filled::Nobody));
        let text = self.text.as_ref().is_some_and(|text| !text.is_empty());
        named || text || self.receipts().next().is_some()
    }

    /// The days on which something was received or sent.
    pub fn receipts(&self) -> impl Iterator<Item = NaiveDate> {
        let inputs = self.inputs.iter().filter_map(|input| input.on);
        inputs.chain(self.pre_reads.iter().filter_map(|sent| sent.on))
    }

    /// Who fills a seat; none if nobody does or it isn't relevant.
    pub fn filled_by(&self, seat: ProgrammeSeat) -> Option<&str> {
        let filled = self.seats.iter().find(|filled| filled.seat == seat)?;
        match &filled.by {
            Filled::By(by) => Some(&by.value),
            Filled::NotRelevant | Filled::Nobody => None,
        }
    }
}

pub(super) fn pre_work(
    document: Document<PreWorkFile>,
    place: Place,
    report: &mut Report,
) -> PreWork {
    let Document { file, span, value } = document;
    let Place { month, text, .. } = place;
    let PreWorkFile {
        date,
        inputs,
        pre_reads,
        seats,
    } = value;
    let mut check = Check {
        file: &file,
        report,
    };
    let date = check
        .optional(date)
        .map(|date| check.day_of_month(date, "date", month));
    PreWork {
        month,
        date,
        inputs: inputs_of(&mut check, inputs, &span),
        pre_reads: pre_reads_of(&mut check, pre_reads, &span),
        seats: seats_of(&mut check, seats),
        text,
        span,
    }
}

fn inputs_of(
    check: &mut Check<'_>,
    field: Field<InputsFile>,
    otherwise: &Span,
) -> Vec<Received<Input>> {
    let place = place_of(check, &field, otherwise);
    let InputsFile {
        strategy,
        initiatives,
        delivery_metrics,
        financial_targets,
        constraints,
        org_chart,
    } = check
        .optional(field)
        .map(|file| file.value)
        .unwrap_or_default();
    let fields = [
        strategy,
        initiatives,
        delivery_metrics,
        financial_targets,
        constraints,
        org_chart,
    ];
    received(check, Input::ALL, fields, &place)
}

fn pre_reads_of(
    check: &mut Check<'_>,
    field: Field<PreReadsFile>,
    otherwise: &Span,
) -> Vec<Received<PreRead>> {
    let place = place_of(check, &field, otherwise);
    let PreReadsFile {
        context_brief,
        hypothesis_tree,
        metrics_model,
    } = check
        .optional(field)
        .map(|file| file.value)
        .unwrap_or_default();
    let fields = [context_brief, hypothesis_tree, metrics_model];
    received(check, PreRead::ALL, fields, &place)
}

fn received<T, const N: usize>(
    check: &mut Check<'_>,
    all: [T; N],
    fields: [Field<Receipt>; N],
    place: &Span,
) -> Vec<Received<T>> {
    let received = |(what, field)| {
        let given = check.optional(field);
        Received {
            what,
            on: given.as_ref().and_then(|given| match given.value {
                Receipt::On(day) => Some(day),
                Receipt::Outstanding => None,
            }),
            span: given.map_or_else(|| place.clone(), |given| given.span),
        }
    };
    all.into_iter().zip(fields).map(received).collect()
}

fn seats_of(check: &mut Check<'_>, field: Field<ProgrammeSeatsFile>) -> Vec<SeatFilled> {
    let ProgrammeSeatsFile {
        executive,
        technology,
        finance,
        people,
        product,
        delivery,
        risk,
    } = check
        .optional(field)
        .map(|file| file.value)
        .unwrap_or_default();
    let fields = [
        executive, technology, finance, people, product, delivery, risk,
    ];
    let filled = |(seat, field)| SeatFilled {
        seat,
        by: filled(check, seat, field),
    };
    ProgrammeSeat::ALL
        .into_iter()
        .zip(fields)
        .map(filled)
        .collect()
}

fn filled(check: &mut Check<'_>, seat: ProgrammeSeat, field: Field<Filling>) -> Filled {
    let Some(Spanned { value, span }) = check.optional(field) else {
        return Filled::Nobody;
    };
    match value {
        Filling::By(Id(by)) => Filled::By(Spanned { value: by, span }),
        Filling::NotRelevant if seat == ProgrammeSeat::Risk => Filled::NotRelevant,
        Filling::NotRelevant => {
            check.report.push(
                Diagnostic::error(
                    "seat-not-relevant",
                    format!("the seat `{}` is always relevant", seat.id()),
                )
                .at(&span, "")
                .help("name the seat that fills it, or leave the line out while nobody does; only `risk` may be not relevant"),
            );
            Filled::Nobody
        }
    }
}
