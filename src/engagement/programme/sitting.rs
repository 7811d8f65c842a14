//! What the programme's sessions have in common.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::{Meeting, outline};
use crate::diagnostic::{Diagnostic, Span, Spanned};
use crate::engagement::check::Check;
use crate::engagement::session::{Attendee, attendee};
use crate::engagement::telemetry::each;
use crate::source::document::{AgendaItemFile, AttendeeFile, SignatureFile, WorkstreamFile};
use crate::source::field::{Date, Field, List, Time};
use crate::source::markdown::{Markdown, Prose, Section, Target};
use crate::source::month::Month;

/// A session of the programme: when it is, who is there, and its agenda.
#[derive(Clone, Debug, PartialEq)]
pub struct Sitting {
    /// Which one.
    pub meeting: Meeting,
    /// The month in whose folder it lies.
    pub month: Month,
    /// The day.
    pub date: Spanned<NaiveDate>,
    /// When it begins, if that is known.
    pub begins: Option<Time>,
    /// How long it takes in minutes: the author's figure, with its place, or
    /// the programme's.
    pub minutes: Option<u32>,
    /// Where the author gave the minutes.
    pub minutes_span: Option<Span>,
    /// Who was in the room; empty if it wasn't noted.
    pub attendance: Vec<Attendee>,
    /// Where that is noted, else the day.
    pub room: Span,
    /// The agenda: the author's, else the programme's; empty if it has none.
    pub agenda: Vec<AgendaItem>,
    /// The text beside it, if there is one.
    pub text: Option<Text>,
    /// The file's beginning.
    pub span: Span,
}

/// A point of an agenda. Times are minutes from the session's beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaItem {
    /// When it begins.
    pub from: u32,
    /// When it ends.
    pub to: u32,
    /// In words.
    pub item: String,
    /// What it comes to; the programme's own agenda says so at some points.
    pub note: Option<String>,
    /// Where the author wrote it; none in the programme's own agenda.
    pub span: Option<Span>,
}

/// The text of an `.md` beside one of the programme's files.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// What stands before the first heading.
    pub lead: Prose,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Where its links and images lead.
    pub targets: BTreeMap<String, Target>,
}

/// A seat's signature.
#[derive(Clone, Debug, PartialEq)]
pub struct Signature {
    /// The seat.
    pub seat: Spanned<String>,
    /// The day.
    pub date: NaiveDate,
}

/// A part of the work that one seat answers for.
#[derive(Clone, Debug, PartialEq)]
pub struct Workstream {
    /// The workstream.
    pub id: Spanned<String>,
    /// Its name for a reader.
    pub name: String,
    /// The seat that answers for it.
    pub owner: Spanned<String>,
}

impl Text {
    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.lead.is_empty() && self.sections.is_empty()
    }

    pub(super) fn of(markdown: Markdown) -> Self {
        let Markdown {
            file: _,
            path: _,
            lead,
            sections,
            targets,
        } = markdown;
        Text {
            lead,
            sections,
            targets,
        }
    }
}

impl Sitting {
    /// Whether anything is noted of how it went: who was there, or a text.
    pub(super) fn is_recorded(&self) -> bool {
        !self.attendance.is_empty() || self.has_text()
    }

    /// Whether there is a text beside it.
    pub fn has_text(&self) -> bool {
        self.text.as_ref().is_some_and(|text| !text.is_empty())
    }
}

/// The fields that every session's file has.
pub(super) struct SittingFields {
    pub(super) date: Field<Date>,
    pub(super) begins: Field<Time>,
    pub(super) minutes: Field<u32>,
    pub(super) attendance: List<AttendeeFile>,
    pub(super) agenda: List<AgendaItemFile>,
}

/// Where a session's file lies and what stands beside it.
pub(super) struct Place {
    pub(super) meeting: Meeting,
    pub(super) month: Month,
    pub(super) text: Option<Text>,
    /// The file's mapping.
    pub(super) span: Span,
}

pub(super) fn sitting(
    check: &mut Check<'_>,
    fields: SittingFields,
    place: Place,
) -> Option<Sitting> {
    let SittingFields {
        date,
        begins,
        minutes,
        attendance,
        agenda,
    } = fields;
    let date = check
        .required(date, "date", &place.span)
        .map(|date| check.day_of_month(date, "date", place.month));
    let begins = check.optional(begins).map(|begins| begins.value);
    let minutes = whole_within(
        check,
        minutes,
        "minutes",
        1..=600,
        "it is how long the session takes, in minutes",
    );
    let noted = match &attendance {
        Field::Given(_, range) => Some(Span::new(check.file, range.clone())),
        Field::Absent | Field::Invalid => None,
    };
    let attendance = each(check, attendance, attendee);
    let prescribed = outline::of(place.meeting);
    let agenda = if agenda.is_absent() {
        prescribed.agenda.iter().map(AgendaItem::of).collect()
    } else {
        each(check, agenda, agenda_item)
    };
    let date = date?;
    Some(Sitting {
        meeting: place.meeting,
        month: place.month,
        begins,
        minutes: minutes
            .as_ref()
            .map_or(prescribed.minutes, |minutes| Some(minutes.value)),
        minutes_span: minutes.map(|minutes| minutes.span),
        attendance,
        room: noted.unwrap_or_else(|| date.span.clone()),
        date,
        agenda,
        text: place.text,
        span: place.span,
    })
}

impl AgendaItem {
    fn of(point: &outline::AgendaPoint) -> Self {
        AgendaItem {
            from: point.from,
            to: point.to,
            item: point.item.to_owned(),
            note: point.note.map(ToOwned::to_owned),
            span: None,
        }
    }
}

fn agenda_item(check: &mut Check<'_>, file: Spanned<AgendaItemFile>) -> Option<AgendaItem> {
    let AgendaItemFile { from, to, item } = file.value;
    let from = check.required(from, "from", &file.span);
    let to = check.required(to, "to", &file.span);
    let item = check.required_text(item, "item", &file.span);
    Some(AgendaItem {
        from: from?.value.minutes,
        to: to?.value.minutes,
        item: item?.value,
        note: None,
        span: Some(file.span),
    })
}

pub(super) fn signature(check: &mut Check<'_>, file: Spanned<SignatureFile>) -> Option<Signature> {
    let SignatureFile { seat, date } = file.value;
    let seat = check.required_id(seat, "seat", &file.span);
    let date = check.required(date, "date", &file.span);
    Some(Signature {
        seat: seat?,
        date: date?.value.0,
    })
}

pub(super) fn workstream(
    check: &mut Check<'_>,
    file: Spanned<WorkstreamFile>,
) -> Option<Workstream> {
    let WorkstreamFile { id, name, owner } = file.value;
    let id = check.required_id(id, "id", &file.span);
    let name = check.required_text(name, "name", &file.span);
    let owner = check.required_id(owner, "owner", &file.span);
    Some(Workstream {
        id: id?,
        name: name?.value,
        owner: owner?,
    })
}

/// A whole number that may be left out but must lie in a range. `remedy` says
/// what the range means.
pub(super) fn whole_within(
    check: &mut Check<'_>,
    field: Field<u32>,
    name: &str,
    range: RangeInclusive<u32>,
    remedy: &str,
) -> Option<Spanned<u32>> {
    let number = check.optional(field)?;
    if range.contains(&number.value) {
        return Some(number);
    }
    check.report.push(
        Diagnostic::error(
            "out-of-range",
            format!("`{name}` is {}, which can't be", number.value),
        )
        .at(
            &number.span,
            format!("{} to {}", range.start(), range.end()),
        )
        .help(remedy),
    );
    None
}

/// A whole number that must be there and lie in a range.
pub(super) fn required_within(
    check: &mut Check<'_>,
    field: Field<u32>,
    name: &str,
    range: RangeInclusive<u32>,
    holder: &Span,
    remedy: &str,
) -> Option<u32> {
    if field.is_absent() {
        check.required(field, name, holder);
        return None;
    }
    whole_within(check, field, name, range, remedy).map(|number| number.value)
}

/// Where a field stands, else what holds it.
pub(super) fn place_of<T>(check: &Check<'_>, field: &Field<T>, otherwise: &Span) -> Span {
    match field {
        Field::Given(_, range) => Span::new(check.file, range.clone()),
        Field::Absent | Field::Invalid => otherwise.clone(),
    }
}
