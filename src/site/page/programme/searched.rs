//! What can be found of the programme: its meetings, and each part of theirs.

use super::parts::Parts;
use super::{current_state, decision_brief, end_state, path, pre_work};
use crate::engagement::programme::Meeting;
use crate::site::figure;
use crate::site::page::frame::Context;
use crate::site::page::search::{Item, Spot, Told};
use crate::site::page::view::programme::current_state::CurrentStatePage;
use crate::site::page::view::programme::decision_brief::DecisionBriefPage;
use crate::site::page::view::programme::end_state::EndStatePage;
use crate::site::page::view::programme::path::PathPage;
use crate::site::page::view::programme::{MeetingParts, Owners, PreWorkPage};
use crate::site::page::{headline, label, sequence};
use crate::site::route::Route;

/// The programme and its meetings that have a page, in order.
pub(in crate::site::page) fn items(context: Context<'_>) -> Vec<Item> {
    if context.programme().is_empty() {
        return Vec::new();
    }
    let (finding, deck) = headline::programme(context);
    let told = Told::new().say(&finding).maybe(deck.as_deref());
    let whole = Item {
        of: None,
        spot: Spot::page("Where the programme stands", Route::Programme, told),
        status: None,
        within: Vec::new(),
    };
    let meetings = Meeting::ALL.into_iter();
    std::iter::once(whole)
        .chain(meetings.filter_map(|meeting| item(context, meeting)))
        .collect()
}

fn item(context: Context<'_>, meeting: Meeting) -> Option<Item> {
    let programme = context.programme();
    let month = programme.month(meeting)?;
    let route = Route::ProgrammeSession(month.to_string(), meeting);
    let course = context.course().meeting(meeting)?;
    let parts = Parts {
        context,
        meeting,
        route: &route,
        course,
    };
    let (finding, deck) = headline::meeting(context, meeting);
    let told = Told::new()
        .say(&sequence::named(meeting))
        .maybe(deck.as_deref());
    Some(Item {
        of: Some(figure::month(month)),
        spot: Spot::page(figure::sentence(&finding), route.clone(), told),
        status: Some(label::meeting_state(meeting, course.state)),
        within: found(parts)?,
    })
}

/// A page's parts, with what they say.
fn found(parts: Parts<'_>) -> Option<Vec<Spot>> {
    let programme = parts.context.programme();
    let mut found = Found {
        parts,
        spots: Vec::new(),
    };
    let meeting = parts.meeting;
    if meeting != Meeting::PreWork && !programme.is_recorded(meeting) {
        let page = parts.planned();
        for list in page.work {
            let told = Told::new().each(list.points, |point| point);
            found.add(list.title, &list.id, told);
        }
        found.shared(page.meeting);
        return Some(found.spots);
    }
    match meeting {
        Meeting::PreWork => found.pre_work(pre_work::page(parts, programme.pre_work.as_ref()?).0),
        Meeting::EndState => {
            found.end_state(end_state::page(parts, programme.end_state.as_ref()?).0);
        }
        Meeting::CurrentState => {
            found.current_state(current_state::page(parts, programme.current_state.as_ref()?).0);
        }
        Meeting::Path => found.path(path::page(parts, programme.path.as_ref()?).0),
        Meeting::DecisionBrief => {
            let brief = programme.decision_brief.as_ref()?;
            found.decision_brief(decision_brief::page(parts, brief).0);
        }
    }
    Some(found.spots)
}

/// The parts of a page, as they are found.
struct Found<'p> {
    parts: Parts<'p>,
    spots: Vec<Spot>,
}

impl Found<'_> {
    fn add(&mut self, title: impl Into<String>, id: &str, told: Told) {
        self.spots
            .push(Spot::part(title, self.parts.route, id, told));
    }

    fn pre_work(&mut self, page: PreWorkPage) {
        for (table, id) in [(page.inputs, "inputs"), (page.pre_reads, "pre-reads")] {
            let told = Told::new().each(table.rows, |row| {
                let detail = row.detail.map(|detail| format!(" ({detail})"));
                format!(
                    "{}{}: {}",
                    row.what,
                    detail.unwrap_or_default(),
                    row.status.word
                )
            });
            self.add(table.title, id, told);
        }
        let told = Told::new().each(page.seats.rows, |row| {
            let by = row.by.unwrap_or_default();
            format!("{}: {by}", row.seat)
        });
        self.add(page.seats.title, "seats", told);
        self.shared(page.meeting);
    }

    fn end_state(&mut self, page: EndStatePage) {
        if let Some(statement) = page.statement {
            let told = Told::new().each(statement.says, |says| says);
            self.add(statement.title, "statement", told);
        }
        if let Some(scorecard) = page.scorecard {
            let told = Told::new().each(scorecard.rows, |row| {
                format!("{} ({}): {}", row.name, row.kind, row.definition)
            });
            self.add(scorecard.title, "scorecard", told);
        }
        if let Some(rights) = page.rights {
            let told = Told::new().each(rights.rows, |row| row.decision);
            self.add(rights.title, "rights", told);
        }
        if let Some(constraints) = page.constraints {
            let told = Told::new().each(constraints.rows, |row| {
                format!("{}: {}", row.kind, row.what)
            });
            self.add(constraints.title, "constraints", told);
        }
        if let Some(appetite) = page.appetite {
            let told = Told::new().each(appetite.rows, |row| {
                let guardrail = row.guardrail.map(|rail| format!(". Guardrail: {rail}"));
                format!(
                    "{}: {}{}",
                    row.tradeoff,
                    row.stance,
                    guardrail.unwrap_or_default()
                )
            });
            self.add(appetite.title, "appetite", told);
        }
        self.shared(page.meeting);
    }

    fn current_state(&mut self, page: CurrentStatePage) {
        if let Some(flow) = page.flow {
            let told = Told::new().each(flow.stages, |stage| stage.name);
            self.add(flow.title, "flow", told);
        }
        if let Some(bottlenecks) = page.bottlenecks {
            let told = Told::new().each(bottlenecks.rows, |row| {
                let of: Vec<String> = row.function.into_iter().chain(row.evidence).collect();
                format!("{}: {}", row.what, of.join(", "))
            });
            self.add(bottlenecks.title, "bottlenecks", told);
        }
        if let Some(heat) = page.heat {
            let told = Told::new()
                .each(heat.high, |high| high)
                .each(heat.rows, |row| row.function);
            self.add(heat.title, "heatmap", told);
        }
        if let Some(interviews) = page.interviews {
            let told = Told::new().each(interviews.groups, |group| {
                format!("{}: {}", group.name, group.held)
            });
            self.add(interviews.title, "interviews", told);
        }
        if let Some(controls) = page.controls {
            let all = controls.required.into_iter().chain(controls.habitual);
            let told = Told::new().each(all, |control| control);
            self.add(controls.title, "controls", told);
        }
        self.shared(page.meeting);
    }

    fn path(&mut self, page: PathPage) {
        if let Some(matrix) = page.matrix {
            let told = Told::new()
                .each(matrix.pathways, |pathway| pathway.name)
                .each(matrix.criteria, |row| {
                    let detail = row.detail.map(|detail| format!(" ({detail})"));
                    format!("{}{}", row.name, detail.unwrap_or_default())
                });
            self.add("Pathways against criteria", "matrix", told);
        }
        if let Some(chosen) = page.chosen {
            let told = Told::new()
                .maybe(chosen.reason.as_deref())
                .maybe(chosen.owner.as_deref());
            self.add(chosen.title, "chosen", told);
        }
        if !page.rejected.is_empty() {
            let told =
                Told::new().each(page.rejected, |row| format!("{}: {}", row.name, row.reason));
            self.add("The other pathways", "rejected", told);
        }
        if let Some(assumptions) = page.assumptions {
            let told = Told::new().each(assumptions.rows, |row| {
                format!("{}. It has failed if {}", row.assumption, row.fails_if)
            });
            self.add(assumptions.title, "assumptions", told);
        }
        self.owners(page.owners);
        self.shared(page.meeting);
    }

    fn decision_brief(&mut self, page: DecisionBriefPage) {
        if let Some(commitments) = page.commitments {
            let told = Told::new().each(commitments.rows, |row| {
                format!("{} ({}, {})", row.what, row.owner, row.due)
            });
            self.add(commitments.title, "commitments", told);
        }
        for gantt in [page.plan, page.roadmap].into_iter().flatten() {
            let rows = gantt.groups.into_iter().flat_map(|group| group.rows);
            let told = Told::new().each(rows, |row| {
                let detail = row.detail.map(|detail| format!(": {detail}"));
                format!("{}{}", row.what, detail.unwrap_or_default())
            });
            self.add(gantt.title, &gantt.id, told);
        }
        if let Some(risks) = page.risks {
            let told = Told::new().each(risks.rows, |row| {
                format!(
                    "{} ({}, {}). {}. Trigger: {}",
                    row.risk, row.level.word, row.owner, row.mitigation, row.trigger
                )
            });
            self.add(risks.title, "risks", told);
        }
        if let Some(resourcing) = page.resourcing {
            let told = Told::new().each(resourcing.rows, |row| row.what);
            self.add(resourcing.title, "resourcing", told);
        }
        if !page.cadence.is_empty() {
            let told = Told::new().each(page.cadence, |row| {
                format!("{}: {}", row.rhythm, row.meeting)
            });
            self.add("Cadence", "cadence", told);
        }
        if let Some(sign_off) = page.sign_off {
            let told = Told::new().each(sign_off.signatures, |signed| {
                format!("{}, {}", signed.seat, signed.date)
            });
            self.add(sign_off.title, "sign-off", told);
        }
        self.owners(page.owners);
        self.shared(page.meeting);
    }

    fn owners(&mut self, owners: Option<Owners>) {
        if let Some(owners) = owners {
            let told = Told::new().each(owners.rows, |row| format!("{}: {}", row.name, row.owner));
            self.add(owners.title, "owners", told);
        }
    }

    /// What every meeting's page has.
    fn shared(&mut self, shared: MeetingParts) {
        let told = Told::new().each(shared.outputs.rows, |row| {
            format!("{}: {}", row.name, row.status.word)
        });
        self.add(shared.outputs.title, "outputs", told);
        if let Some(cautions) = shared.cautions {
            self.add(
                cautions.title,
                "cautions",
                Told::new().notes(&cautions.notes),
            );
        }
        if let Some(agenda) = shared.agenda {
            let told = Told::new().each(agenda.rows, |row| {
                let note = row.note.map(|note| format!(": {note}"));
                format!("{}{}", row.item, note.unwrap_or_default())
            });
            self.add(agenda.title, "agenda", told);
        }
        if let Some(room) = shared.room {
            let told = Told::new()
                .each(room.rows, |row| match row.by {
                    Some(by) => format!("{}: {by}, {}", row.seat, row.status.word),
                    None => format!("{}: {}", row.seat, row.status.word),
                })
                .maybe(room.others.as_deref());
            self.add(room.title, "room", told);
        }
        let programme = self.parts.context.programme();
        if let (Some(shown), Some(written)) = (shared.text, programme.text(self.parts.meeting)) {
            self.add(
                shown.title,
                &shown.id,
                Told::new().prose(Some(&written.lead)),
            );
            for (shown, written) in shown.sections.into_iter().zip(&written.sections) {
                let told = Told::new().prose(Some(&written.body));
                self.add(shown.heading, &shown.id, told);
            }
        }
    }
}
