//! The programme's files and the Fit Check, laid out to be filled in: the
//! blanks are what must be there, the comments what may be, with the
//! programme's own defaults.

use super::NewFile;
use super::modeline::modeline;
use super::written::{remark, scalar};
use crate::engagement::Engagement;
use crate::engagement::firm::Phase;
use crate::engagement::programme::Meeting;
use crate::engagement::programme::outline::{
    self, CADENCE, CONSTRAINT_KINDS, Criterion, GROUPS, HeatConstraint, Input, PathwayName,
    PreRead, ProgrammeSeat,
};
use crate::source::field::Time;
use crate::source::month::Month;

/// The month in which a meeting of the programme belongs: that of the meeting
/// before it, else the one in which its phase began.
pub fn month_of(engagement: &Engagement, meeting: Meeting) -> Month {
    let earlier = Meeting::ALL
        .into_iter()
        .filter(|other| *other < meeting)
        .filter_map(|other| engagement.programme.month(other))
        .max();
    let phases = &engagement.firm.phases;
    let begun = phases
        .start(Phase::Blueprint)
        .or(phases.start(Phase::FitCheck));
    earlier
        .max(begun.map(Month::of))
        .unwrap_or_else(|| Month::of(engagement.as_of))
}

/// A meeting's file and the text beside it.
pub fn meeting(engagement: &Engagement, meeting: Meeting, month: Month) -> [NewFile; 2] {
    let path = format!("content/{month}/{}", meeting.name());
    let prescribed = outline::of(meeting);
    let mut text = modeline(meeting.stem(), &path);
    text.push_str(&format!(
        "\n# {} ({}): {}.\n# Fill in `date`; take the `# ` away from what there is to say.\n",
        prescribed.name, prescribed.takes, prescribed.goal
    ));
    text.push_str("# It produces:\n");
    for output in prescribed.outputs {
        text.push_str(&format!("#   {}\n", output.name));
    }
    text.push_str("\ndate:\n");
    if meeting != Meeting::PreWork {
        text.push_str(&sitting(engagement, meeting));
    }
    text.push_str(&match meeting {
        Meeting::PreWork => pre_work(engagement),
        Meeting::EndState => end_state(engagement),
        Meeting::CurrentState => current_state(),
        Meeting::Path => path_choice(engagement),
        Meeting::DecisionBrief => decision_brief(engagement, month),
    });
    let beside = format!("content/{month}/{}", meeting.text_name());
    let words = format!(
        "[//]: # ({}, in words, below this line, which is not shown.)\n",
        prescribed.name
    );
    [NewFile::new(path, text), NewFile::new(beside, words)]
}

/// The first of some seats that the engagement has, else any.
fn seat<'e>(engagement: &'e Engagement, wanted: &str) -> &'e str {
    let seats = &engagement.firm.seats;
    let wanted = seats.get_key_value(wanted).map(|(id, _)| id);
    wanted.or(seats.keys().next()).map_or("ceo", String::as_str)
}

/// What the four sessions have in common.
fn sitting(engagement: &Engagement, meeting: Meeting) -> String {
    let prescribed = outline::of(meeting);
    let mut text = String::new();
    if meeting == Meeting::CurrentState {
        text.push_str("# began: 2025-03-19   # the day of the first interview\n");
    }
    text.push_str("# begins: \"09:00\"   # the agenda then shows the time of day\n");
    if let Some(minutes) = prescribed.minutes {
        text.push_str(&format!("# minutes: {minutes}\n"));
    }
    text.push_str(&format!(
        "# attendance: [ {{ seat: {} }}, {{ seat: {} }} ]\n",
        scalar(seat(engagement, "ceo")),
        scalar(seat(engagement, "coo"))
    ));
    if !prescribed.agenda.is_empty() {
        text.push_str("# The agenda, unless you write another:\n# agenda:\n");
        for point in prescribed.agenda {
            text.push_str(&format!(
                "#   - {{ from: \"{}\", to: \"{}\", item: {} }}\n",
                Time {
                    minutes: point.from
                },
                Time { minutes: point.to },
                scalar(point.item)
            ));
        }
    }
    text
}

fn pre_work(engagement: &Engagement) -> String {
    let mut text = String::from(
        "\n# The day on which each was received, such as 2025-03-10, or outstanding.\ninputs:\n",
    );
    for input in Input::ALL {
        text.push_str(&format!(
            "  # {}\n  {}: outstanding\n",
            input.name(),
            input.id()
        ));
    }
    text.push_str("\n# The day on which each was sent, or outstanding.\npre_reads:\n");
    for read in PreRead::ALL {
        text.push_str(&format!(
            "  # {}\n  {}: outstanding\n",
            read.name(),
            read.id()
        ));
    }
    text.push_str("\n# Who fills each seat; one may fill several, and risk may be `not relevant`.\n# seats:\n");
    for named in ProgrammeSeat::ALL {
        let wanted = match named {
            ProgrammeSeat::Executive => "ceo",
            ProgrammeSeat::Finance => "cfo",
            _ => "coo",
        };
        let by = scalar(seat(engagement, wanted));
        text.push_str(&format!("#   {}: {by}   # {}\n", named.id(), named.name()));
    }
    text
}

fn end_state(engagement: &Engagement) -> String {
    let (ceo, coo) = (seat(engagement, "ceo"), seat(engagement, "coo"));
    let (ceo, coo) = (scalar(ceo), scalar(coo));
    let mut text = format!(
        "
# The statement, one page at most; a longer one is written in end-state.md.
# statement:
#   says: \"By March a request is priced within an hour.\"
#   signed: true
#   signatures:
#     - {{ seat: {ceo}, date: 2025-03-18 }}

# How success is measured; telemetry reports a metric by its id.
# scorecard:
#   - id: quote-turnaround
#     metric: Quote turnaround
#     definition: Median working hours from a request to a priced quote
#     unit: h
#     better: lower
#     kind: delivery
#     baseline: 6.5
#     days_90: 6
#     months_6: 4
#     months_12: 1

# What limits the way there.
# constraints:
"
    );
    for (kind, name) in CONSTRAINT_KINDS {
        let kind = constraint_kind(kind);
        text.push_str(&format!(
            "#   - {{ kind: {kind}, what: \"…\" }}   # {name}\n"
        ));
    }
    text.push_str(&format!(
        "
# What is preferred where two aims conflict.
# risk_appetite:
#   - {{ tradeoff: Speed against certainty, stance: Speed, guardrail: \"Outside the usual range a person decides\" }}

# Who decides what: decides (one seat), recommends, consulted, informed.
# decision_rights:
#   - {{ decision: What is built next, rights: {{ {ceo}: decides, {coo}: recommends }} }}
"
    ));
    text
}

fn constraint_kind(kind: crate::source::document::ConstraintKind) -> &'static str {
    use crate::source::document::ConstraintKind as Kind;
    match kind {
        Kind::Regulatory => "regulatory",
        Kind::Legal => "legal",
        Kind::Talent => "talent",
        Kind::Platform => "platform",
        Kind::Budget => "budget",
        Kind::ChangeCapacity => "change-capacity",
    }
}

fn interview_group(group: crate::source::document::InterviewGroup) -> &'static str {
    use crate::source::document::InterviewGroup as Group;
    match group {
        Group::Sponsors => "sponsors",
        Group::ProductEngineering => "product-engineering",
        Group::Managers => "managers",
        Group::PlatformSecurity => "platform-security",
        Group::Partners => "partners",
    }
}

fn rhythm(rhythm: crate::source::document::Rhythm) -> &'static str {
    use crate::source::document::Rhythm;
    match rhythm {
        Rhythm::Weekly => "weekly",
        Rhythm::Fortnightly => "fortnightly",
        Rhythm::Monthly => "monthly",
        Rhythm::Quarterly => "quarterly",
    }
}

fn current_state() -> String {
    let (least, most) = outline::INTERVIEWS;
    let mut text = format!("\n# Interviews held, {least} to {most} together.\n# interviews:\n");
    for (group, name) in GROUPS {
        let group = interview_group(group);
        text.push_str(&format!("#   - {{ group: {group}, held: 3 }}   # {name}\n"));
    }
    let heat: Vec<String> = HeatConstraint::ALL
        .iter()
        .map(|constraint| format!("{}: low", constraint.id()))
        .collect();
    text.push_str(&format!(
        "
# The stages that work passes through, in hours.
# flow:
#   - {{ stage: Request to priced quote, work: 0.5, waiting: 6 }}

# Where work gets stuck, and what that costs.
# impact_unit: hours a month
# bottlenecks:
#   - {{ id: tenders-retyped, what: Tenders are retyped from mail, function: Carrier desk, impact: 112, evidence: \"480 tenders in four weeks\" }}

# How far each constraint holds each function back: none, low, medium, high.
# heatmap:
#   Carrier desk: {{ {} }}

# Controls that somebody demands, and those that are habit: required, habitual.
# controls:
#   - {{ control: A second dispatcher countersigns each quote, standing: habitual }}
",
        heat.join(", ")
    ));
    text
}

fn path_choice(engagement: &Engagement) -> String {
    let owner = scalar(seat(engagement, "coo"));
    let weights: Vec<String> = Criterion::ALL
        .iter()
        .map(|criterion| format!("{}: {}", criterion.id(), criterion.weight()))
        .collect();
    let scores: Vec<String> = Criterion::ALL
        .iter()
        .map(|criterion| format!("{}: 3", criterion.id()))
        .collect();
    let mut text = format!(
        "
# What each criterion weighs, unless you write another; 100 in all.
# weights: {{ {} }}

# The four pathways, scored from 1, poorly, to 5, well. Exactly one is selected.
# pathways:
",
        weights.join(", ")
    );
    for pathway in PathwayName::ALL {
        text.push_str(&format!(
            "#   {}:   # {}\n#     scores: {{ {} }}\n",
            pathway.id(),
            pathway.name(),
            scores.join(", ")
        ));
        if pathway == PathwayName::Transform {
            text.push_str(&format!("#     selected: true\n#     owner: {owner}\n"));
        }
        text.push_str("#     reason: \"Why, or why not\"\n");
    }
    text.push_str(&format!(
        "
# What the selected path rests on.
# assumptions:
#   - {{ assumption: \"The desk keeps its lead\", fails_if: \"Two shifts in one week have none\" }}

# The parts of the work, each with its owner.
# workstreams:
#   - {{ id: dispatch, name: Dispatch rebuild, owner: {owner} }}
"
    ));
    text
}

fn decision_brief(engagement: &Engagement, month: Month) -> String {
    let owner = scalar(seat(engagement, "coo"));
    let workstreams = engagement.programme.workstreams();
    let workstream = workstreams.first().map_or_else(
        || "dispatch".to_owned(),
        |workstream| scalar(&workstream.id.value),
    );
    let (weeks, last) = (outline::PLAN_WEEKS, month.plus(12));
    let mut text = String::new();
    if workstreams.is_empty() {
        text.push_str(&format!(
            "\n# The parts of the work, unless path.yaml names them.\n# workstreams:\n#   - {{ id: {workstream}, name: Dispatch rebuild, owner: {owner} }}\n"
        ));
    }
    text.push_str(&format!(
        "
# The 90-day plan, weeks 1 to {weeks}.
# plan:
#   - {{ week: 1, what: \"Desk leads hear the plan\", workstream: {workstream}, owner: {owner}, milestone: true }}
#   - {{ from: 2, to: 4, what: \"Read access to the systems\", workstream: {workstream}, owner: {owner} }}

# The 12-month roadmap, and the gates that it depends on.
# roadmap:
#   - {{ from: {}, to: {last}, what: \"Build: six automations\", workstream: {workstream} }}
# gates:
#   - {{ month: {}, gate: Ready for Run, passes_if: \"Six automations are live\" }}

# The people and the money that it takes.
# resourcing:
#   - {{ what: \"A dispatcher for half of each day\", people: 0.5, cost: 9360 }}

# Risks: likelihood and impact from 1 to 5, and what shows that one has come.
# risks:
#   - {{ id: night-lead, risk: The night desk loses its lead, likelihood: 3, impact: 4, owner: {owner}, mitigation: \"A deputy on the rota\", trigger: \"Notice given\" }}

# The meetings that steer it, unless you write others:
# cadence:
",
        month.plus(1),
        month.plus(3)
    ));
    for (often, meeting) in CADENCE {
        let often = rhythm(often);
        text.push_str(&format!(
            "#   - {{ rhythm: {often}, meeting: {} }}\n",
            scalar(meeting)
        ));
    }
    text.push_str(&format!(
        "
# Who signed it off, and what is committed to for the next 30 days.
# sign_off:
#   - {{ seat: {owner}, date: {month}-10 }}
# commitments:
#   - {{ what: \"Hold the first weekly review\", owner: {owner}, due: {month}-17 }}
"
    ));
    text
}

/// The month to which a new Fit Check belongs: the one in which the first is
/// due, later the latest that the content speaks of.
pub fn fit_check_month(engagement: &Engagement) -> Month {
    let first = engagement.firm.phases.start(Phase::FitCheck);
    let first = first.filter(|_| engagement.fit_check.sheets.is_empty());
    Month::of(first.unwrap_or(engagement.as_of))
}

/// A month's answers to the questionnaire in force, each blank.
pub fn fit_check(engagement: &Engagement, month: Month) -> NewFile {
    let path = format!("content/{month}/fit-check.yaml");
    let questionnaire = &engagement.fit_check.questionnaire;
    let mut text = modeline("fit-check", &path);
    text.push_str(&format!(
        "
# The Fit Check of {month}. The site's Fit Check page saves this file ready made.
# Fill in the id of each answer; a question that wasn't asked goes.
version: {}

# The KPIs at that date; one that isn't known goes.
baseline:
  # A year's revenue by the people employed, in {}.
  revenue_per_employee:
  # Percent of the repeatable work.
  task_automation:
  # Hours a month.
  away_from_desk:

answers:
",
        questionnaire.version, engagement.firm.currency.code
    ));
    for question in &questionnaire.questions {
        text.push_str(&format!("  # {}\n", remark(&question.text)));
        for answer in &question.answers {
            text.push_str(&format!("  #   {}: {}\n", answer.id, remark(&answer.text)));
        }
        text.push_str(&format!("  {}:\n", scalar(&question.id)));
    }
    NewFile::new(path, text)
}
