//! Session 4: the plan that is committed to.

use chrono::NaiveDate;

use super::outline::{self, PLAN_WEEKS};
use super::sitting::{
    Place, Signature, Sitting, SittingFields, Workstream, place_of, required_within, signature,
    sitting, whole_within, workstream,
};
use crate::diagnostic::{Diagnostic, Report, Span, Spanned};
use crate::engagement::check::Check;
use crate::engagement::telemetry::each;
use crate::source::Document;
use crate::source::document::{
    CadenceFile, CommitmentFile, DecisionBriefFile, PlanItemFile, ProgrammeRiskFile, ResourceFile,
    Rhythm, RoadmapGateFile, RoadmapItemFile,
};
use crate::source::field::Field;
use crate::source::month::Month;

/// The decision brief.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionBrief {
    /// The session. Its text is the executive communication narrative.
    pub sitting: Sitting,
    /// The parts of the work, if they differ from those of the path.
    pub workstreams: Vec<Workstream>,
    /// The 90-day plan.
    pub plan: Vec<PlanItem>,
    /// The 12-month roadmap.
    pub roadmap: Vec<RoadmapItem>,
    /// What the roadmap depends on.
    pub gates: Vec<RoadmapGate>,
    /// The people and the money that it takes.
    pub resourcing: Vec<Resource>,
    /// The risk register, in the author's order.
    pub risks: Vec<ProgrammeRisk>,
    /// The meetings that steer it: the author's, else the programme's.
    pub cadence: Vec<Cadence>,
    /// Who signed it off.
    pub sign_off: Vec<Signature>,
    /// What is committed to for the next 30 days.
    pub commitments: Vec<Commitment>,
}

/// A line of the 90-day plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanItem {
    /// Its first week, from 1.
    pub from: u32,
    /// Its last week.
    pub to: u32,
    /// In words.
    pub what: String,
    /// The workstream that it belongs to.
    pub workstream: Option<Spanned<String>>,
    /// The seat that answers for it.
    pub owner: Option<Spanned<String>>,
    /// Whether it is a milestone.
    pub milestone: bool,
}

/// A line of the roadmap.
#[derive(Clone, Debug, PartialEq)]
pub struct RoadmapItem {
    /// Its first month.
    pub from: Month,
    /// Its last month.
    pub to: Month,
    /// In words.
    pub what: String,
    /// The workstream that it belongs to.
    pub workstream: Option<Spanned<String>>,
}

/// A gate of the roadmap.
#[derive(Clone, Debug, PartialEq)]
pub struct RoadmapGate {
    /// When it is passed.
    pub month: Month,
    /// In words.
    pub gate: String,
    /// What must hold then.
    pub passes_if: String,
}

/// People or money that the plan takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// What for.
    pub what: String,
    /// How many people.
    pub people: Option<f64>,
    /// What it costs, in the engagement's currency.
    pub cost: Option<f64>,
}

/// A risk of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgrammeRisk {
    /// The risk.
    pub id: Spanned<String>,
    /// In words.
    pub risk: String,
    /// How likely it is, 1 to 5.
    pub likelihood: u32,
    /// How bad it would be, 1 to 5.
    pub impact: u32,
    /// The seat that answers for it.
    pub owner: Spanned<String>,
    /// What is done about it, if that was noted.
    pub mitigation: Option<String>,
    /// What shows that it has come.
    pub trigger: String,
}

/// A meeting that steers the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cadence {
    /// How often.
    pub rhythm: Rhythm,
    /// Which meeting.
    pub meeting: String,
}

/// Something that a seat commits to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Commitment {
    /// In words.
    pub what: String,
    /// The seat that answers for it.
    pub owner: Spanned<String>,
    /// When it is due.
    pub due: NaiveDate,
}

impl DecisionBrief {
    /// Whether anything but its day and agenda is noted.
    pub fn is_recorded(&self) -> bool {
        let DecisionBrief {
            sitting,
            workstreams,
            plan,
            roadmap,
            gates,
            resourcing,
            risks,
            // The programme has a cadence whether anybody met or not.
            cadence: _,
            sign_off,
            commitments,
        } = self;
        sitting.is_recorded()
            || !workstreams.is_empty()
            || !plan.is_empty()
            || !roadmap.is_empty()
            || !gates.is_empty()
            || !resourcing.is_empty()
            || !risks.is_empty()
            || !sign_off.is_empty()
            || !commitments.is_empty()
    }
}

pub(super) fn decision_brief(
    document: Document<DecisionBriefFile>,
    place: Place,
    report: &mut Report,
) -> Option<DecisionBrief> {
    let Document {
        file,
        span: _,
        value,
    } = document;
    let DecisionBriefFile {
        date,
        begins,
        minutes,
        attendance,
        agenda,
        workstreams,
        plan,
        roadmap,
        gates,
        resourcing,
        risks,
        cadence,
        sign_off,
        commitments,
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
    let workstreams = each(&mut check, workstreams, workstream);
    let plan = each(&mut check, plan, plan_item);
    let roadmap = each(&mut check, roadmap, roadmap_item);
    let gates = each(&mut check, gates, gate);
    let resourcing = each(&mut check, resourcing, resource);
    let risks = each(&mut check, risks, risk);
    let cadence = if cadence.is_absent() {
        outline::CADENCE.map(Cadence::of).to_vec()
    } else {
        each(&mut check, cadence, cadence_of)
    };
    let sign_off = each(&mut check, sign_off, signature);
    let commitments = each(&mut check, commitments, commitment);
    Some(DecisionBrief {
        sitting: sitting?,
        workstreams,
        plan,
        roadmap,
        gates,
        resourcing,
        risks,
        cadence,
        sign_off,
        commitments,
    })
}

impl Cadence {
    fn of((rhythm, meeting): (Rhythm, &str)) -> Self {
        Cadence {
            rhythm,
            meeting: meeting.to_owned(),
        }
    }
}

fn plan_item(check: &mut Check<'_>, file: Spanned<PlanItemFile>) -> Option<PlanItem> {
    let PlanItemFile {
        week,
        from,
        to,
        what,
        workstream,
        owner,
        milestone,
    } = file.value;
    let weeks = weeks_of(check, week, from, to, &file.span);
    let what = check.required_text(what, "what", &file.span);
    let workstream = check.id(workstream);
    let owner = check.id(owner);
    let milestone = check
        .optional(milestone)
        .is_some_and(|milestone| milestone.value);
    let (from, to) = weeks?;
    Some(PlanItem {
        from,
        to,
        what: what?.value,
        workstream,
        owner,
        milestone,
    })
}

/// `week`, or `from` and `to`.
fn weeks_of(
    check: &mut Check<'_>,
    week: Field<u32>,
    from: Field<u32>,
    to: Field<u32>,
    holder: &Span,
) -> Option<(u32, u32)> {
    const REMEDY: &str = "the 90 days are weeks 1 to 13, counted from the session's date";
    let one = !week.is_absent();
    let several = !from.is_absent() || !to.is_absent();
    if one == several {
        let (message, label) = if one {
            (
                "`week` stands for itself: `from` and `to` can't be beside it",
                "both",
            )
        } else {
            (
                "a line of the plan needs its week",
                "neither `week` nor `from`",
            )
        };
        check.report.push(
            Diagnostic::error("week-of-the-plan", message)
                .at(holder, label)
                .help("write `week: 3`, or `from: 2, to: 5`"),
        );
        return None;
    }
    if one {
        let week = whole_within(check, week, "week", 1..=PLAN_WEEKS, REMEDY)?.value;
        return Some((week, week));
    }
    let place = place_of(check, &to, holder);
    let from = required_within(check, from, "from", 1..=PLAN_WEEKS, holder, REMEDY);
    let to = required_within(check, to, "to", 1..=PLAN_WEEKS, holder, REMEDY);
    let (from, to) = (from?, to?);
    if to < from {
        backwards(check, &place, &format!("week {to} is before week {from}"));
        return None;
    }
    Some((from, to))
}

fn backwards(check: &mut Check<'_>, place: &Span, message: &str) {
    check.report.push(
        Diagnostic::error("runs-backwards", message)
            .at(place, "")
            .help("`to` is the last one that it takes, `from` itself at the earliest"),
    );
}

fn roadmap_item(check: &mut Check<'_>, file: Spanned<RoadmapItemFile>) -> Option<RoadmapItem> {
    let RoadmapItemFile {
        from,
        to,
        what,
        workstream,
    } = file.value;
    let from = check.required(from, "from", &file.span);
    let to = check.optional(to);
    let what = check.required_text(what, "what", &file.span);
    let workstream = check.id(workstream);
    let from = from?.value;
    if let Some(to) = to.as_ref().filter(|to| to.value < from) {
        backwards(check, &to.span, &format!("{} is before {from}", to.value));
        return None;
    }
    Some(RoadmapItem {
        from,
        to: to.map_or(from, |to| to.value),
        what: what?.value,
        workstream,
    })
}

fn gate(check: &mut Check<'_>, file: Spanned<RoadmapGateFile>) -> Option<RoadmapGate> {
    let RoadmapGateFile {
        month,
        gate,
        passes_if,
    } = file.value;
    let month = check.required(month, "month", &file.span);
    let gate = check.required_text(gate, "gate", &file.span);
    let passes_if = check.required_text(passes_if, "passes_if", &file.span);
    Some(RoadmapGate {
        month: month?.value,
        gate: gate?.value,
        passes_if: passes_if?.value,
    })
}

fn resource(check: &mut Check<'_>, file: Spanned<ResourceFile>) -> Option<Resource> {
    let ResourceFile { what, people, cost } = file.value;
    let what = check.required_text(what, "what", &file.span);
    let people = check.within(
        people,
        "people",
        0.0..=100_000.0,
        "it is full-time equivalents, from 0 up",
    );
    let cost = check.within(
        cost,
        "cost",
        0.0..=1e12,
        "it is an amount in the engagement's currency, from 0 up",
    );
    Some(Resource {
        what: what?.value,
        people: people.map(|people| people.value),
        cost: cost.map(|cost| cost.value),
    })
}

fn risk(check: &mut Check<'_>, file: Spanned<ProgrammeRiskFile>) -> Option<ProgrammeRisk> {
    let ProgrammeRiskFile {
        id,
        risk,
        likelihood,
        impact,
        owner,
        mitigation,
        trigger,
    } = file.value;
    let holder = &file.span;
    let id = check.required_id(id, "id", holder);
    let risk = check.required_text(risk, "risk", holder);
    let likelihood = required_within(
        check,
        likelihood,
        "likelihood",
        1..=5,
        holder,
        "it is 1, hardly likely, to 5, almost sure",
    );
    let impact = required_within(
        check,
        impact,
        "impact",
        1..=5,
        holder,
        "it is 1, a nuisance, to 5, the plan fails",
    );
    let owner = check.required_id(owner, "owner", holder);
    let mitigation = check.text(mitigation, "mitigation").map(|text| text.value);
    let trigger = check.required_text(trigger, "trigger", holder);
    Some(ProgrammeRisk {
        id: id?,
        risk: risk?.value,
        likelihood: likelihood?,
        impact: impact?,
        owner: owner?,
        mitigation,
        trigger: trigger?.value,
    })
}

fn cadence_of(check: &mut Check<'_>, file: Spanned<CadenceFile>) -> Option<Cadence> {
    let CadenceFile { rhythm, meeting } = file.value;
    let rhythm = check.required(rhythm, "rhythm", &file.span);
    let meeting = check.required_text(meeting, "meeting", &file.span);
    Some(Cadence {
        rhythm: rhythm?.value,
        meeting: meeting?.value,
    })
}

fn commitment(check: &mut Check<'_>, file: Spanned<CommitmentFile>) -> Option<Commitment> {
    let CommitmentFile { what, owner, due } = file.value;
    let what = check.required_text(what, "what", &file.span);
    let owner = check.required_id(owner, "owner", &file.span);
    let due = check.required(due, "due", &file.span);
    Some(Commitment {
        what: what?.value,
        owner: owner?,
        due: due?.value.0,
    })
}
