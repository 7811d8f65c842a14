//! The programme's meetings: what each is for, its agenda and what it must
//! produce.

use crate::engagement::programme::Meeting;

/// What the programme prescribes for a meeting.
#[derive(Debug)]
pub struct MeetingOutline {
    /// The meeting.
    pub meeting: Meeting,
    /// Its number among the four sessions; none for the pre-work.
    pub session: Option<u32>,
    /// Its name.
    pub name: &'static str,
    /// How long it takes, in words.
    pub takes: &'static str,
    /// What it is for.
    pub goal: &'static str,
    /// How long the meeting takes unless its file says otherwise, in minutes;
    /// none where that isn't prescribed.
    pub minutes: Option<u32>,
    /// The agenda; empty where none is prescribed.
    pub agenda: &'static [AgendaPoint],
    /// What it must produce.
    pub outputs: &'static [Output],
}

/// A point of an agenda. Times are minutes from the meeting's beginning.
#[derive(Debug)]
pub struct AgendaPoint {
    /// When it begins.
    pub from: u32,
    /// When it ends.
    pub to: u32,
    /// In words.
    pub item: &'static str,
    /// What it comes to, if the document says so.
    pub note: Option<&'static str>,
}

/// Something that a meeting must produce.
#[derive(Debug, PartialEq, Eq)]
pub struct Output {
    /// In words.
    pub name: &'static str,
    /// What it consists of: it is there once all of these are.
    pub parts: &'static [Part],
}

/// A part of an output, as the files can hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The context brief was sent.
    ContextBrief,
    /// The hypothesis tree was sent.
    HypothesisTree,
    /// The metrics model was sent.
    MetricsModel,
    /// The statement's text: `says`, or `end-state.md`.
    Statement,
    /// It is signed.
    Signatures,
    /// At least one metric.
    Scorecard,
    /// At least one constraint.
    Constraints,
    /// At least one tradeoff.
    RiskAppetite,
    /// At least one decision.
    DecisionRights,
    /// At least one stage of the flow.
    Flow,
    /// `current-state.md`.
    Memo,
    /// At least one bottleneck.
    Bottlenecks,
    /// At least one function.
    Heatmap,
    /// One pathway is selected.
    SelectedPath,
    /// Why it is: its `reason`, or `path.md`.
    Rationale,
    /// At least one other pathway, and why each was rejected.
    Alternatives,
    /// At least one assumption with its failure condition.
    Assumptions,
    /// At least one workstream, each with its owner.
    Workstreams,
    /// `decision-brief.md`.
    Brief,
    /// At least one line of the 90-day plan.
    Plan,
    /// At least one line of the roadmap.
    Roadmap,
    /// At least one gate.
    Gates,
    /// At least one line of resources.
    Resourcing,
    /// At least one risk.
    Risks,
    /// The meetings that steer the plan.
    Cadence,
}

impl Part {
    /// Its name within a sentence: "missing: the risk appetite".
    pub fn name(self) -> &'static str {
        match self {
            Part::ContextBrief => "the context brief",
            Part::HypothesisTree => "the hypothesis tree",
            Part::MetricsModel => "the metrics model",
            Part::Statement => "the statement",
            Part::Signatures => "the signatures",
            Part::Scorecard => "the scorecard",
            Part::Constraints => "the constraints",
            Part::RiskAppetite => "the risk appetite",
            Part::DecisionRights => "the decision rights",
            Part::Flow => "the flow's stages",
            Part::Memo => "the memo",
            Part::Bottlenecks => "the bottlenecks",
            Part::Heatmap => "the heatmap",
            Part::SelectedPath => "the selected pathway",
            Part::Rationale => "the reason for it",
            Part::Alternatives => "the alternatives with the reasons against them",
            Part::Assumptions => "the assumptions",
            Part::Workstreams => "the workstreams with their owners",
            Part::Brief => "the narrative",
            Part::Plan => "the 90-day plan",
            Part::Roadmap => "the roadmap",
            Part::Gates => "the gates",
            Part::Resourcing => "the resources",
            Part::Risks => "the risks",
            Part::Cadence => "the cadence",
        }
    }

    /// What an author writes for it: fields of the meeting's file, or a text.
    pub fn written(self) -> &'static [&'static str] {
        match self {
            Part::ContextBrief => &["context-brief"],
            Part::HypothesisTree => &["hypothesis-tree"],
            Part::MetricsModel => &["metrics-model"],
            Part::Statement => &["says"],
            Part::Signatures => &["signed", "signatures"],
            Part::Scorecard => &["scorecard"],
            Part::Constraints => &["constraints"],
            Part::RiskAppetite => &["risk_appetite"],
            Part::DecisionRights => &["decision_rights"],
            Part::Flow => &["flow"],
            Part::Memo => &["current-state.md"],
            Part::Bottlenecks => &["bottlenecks"],
            Part::Heatmap => &["heatmap"],
            Part::SelectedPath => &["selected"],
            Part::Rationale | Part::Alternatives => &["reason"],
            Part::Assumptions => &["assumptions"],
            Part::Workstreams => &["workstreams"],
            Part::Brief => &["decision-brief.md"],
            Part::Plan => &["plan"],
            Part::Roadmap => &["roadmap"],
            Part::Gates => &["gates"],
            Part::Resourcing => &["resourcing"],
            Part::Risks => &["risks"],
            Part::Cadence => &["cadence"],
        }
    }
}

/// What the suggested timeline does in which weeks.
#[derive(Debug)]
pub struct SuggestedWeeks {
    /// The first week; the pre-work is week 0.
    pub from: u32,
    /// The last week.
    pub to: u32,
    /// In words.
    pub what: &'static str,
    /// The meeting, if it is one.
    pub meeting: Option<Meeting>,
}

/// The suggested timeline, weeks 0 to 6.
pub const SUGGESTED: [SuggestedWeeks; 6] = [
    weeks(
        0,
        0,
        "Pre-work collection and context brief",
        Some(Meeting::PreWork),
    ),
    weeks(1, 1, "Session 1 (End State)", Some(Meeting::EndState)),
    weeks(
        1,
        2,
        "Interviews and diagnostics",
        Some(Meeting::CurrentState),
    ),
    weeks(3, 3, "Session 3 (Path Decision)", Some(Meeting::Path)),
    weeks(
        4,
        4,
        "Session 4 (Decision Brief + Plan)",
        Some(Meeting::DecisionBrief),
    ),
    weeks(5, 6, "Launch support and governance stand-up", None),
];

const fn weeks(from: u32, to: u32, what: &'static str, meeting: Option<Meeting>) -> SuggestedWeeks {
    SuggestedWeeks {
        from,
        to,
        what,
        meeting,
    }
}

/// What the programme prescribes for a meeting.
pub fn of(meeting: Meeting) -> &'static MeetingOutline {
    match meeting {
        Meeting::PreWork => &PRE_WORK,
        Meeting::EndState => &END_STATE,
        Meeting::CurrentState => &CURRENT_STATE,
        Meeting::Path => &PATH,
        Meeting::DecisionBrief => &DECISION_BRIEF,
    }
}

const fn point(from: u32, to: u32, item: &'static str) -> AgendaPoint {
    AgendaPoint {
        from,
        to,
        item,
        note: None,
    }
}

const fn noted(from: u32, to: u32, item: &'static str, note: &'static str) -> AgendaPoint {
    AgendaPoint {
        from,
        to,
        item,
        note: Some(note),
    }
}

const fn output(name: &'static str, parts: &'static [Part]) -> Output {
    Output { name, parts }
}

static PRE_WORK: MeetingOutline = MeetingOutline {
    meeting: Meeting::PreWork,
    session: None,
    name: "Executive Pre-Work",
    takes: "5 business days",
    goal: "Collect just enough to prevent unproductive debate",
    minutes: None,
    agenda: &[],
    outputs: &[
        output("Context brief of three pages", &[Part::ContextBrief]),
        output("Initial hypothesis tree", &[Part::HypothesisTree]),
        output(
            "Draft metrics model with definitions",
            &[Part::MetricsModel],
        ),
    ],
};

static END_STATE: MeetingOutline = MeetingOutline {
    meeting: Meeting::EndState,
    session: Some(1),
    name: "Define The End State",
    takes: "2.5–3 hours",
    goal: "Get one definition of success across business, technology, and operating constraints",
    minutes: Some(180),
    agenda: &[
        noted(
            0,
            20,
            "Context reset and decision framing",
            "Clarify why this process exists, what is in scope, and which decisions must be made in this cycle.",
        ),
        noted(
            20,
            55,
            "Business outcomes and enterprise priorities",
            "Revenue, margin, speed, customer outcomes, and non-negotiables.",
        ),
        noted(
            55,
            85,
            "Constraint mapping",
            "Regulatory, legal, talent, platform, budget, and change-capacity limits.",
        ),
        point(85, 95, "Break"),
        noted(
            95,
            140,
            "Metrics and horizon alignment",
            "Define what “better” means in 90 days, 6 months, and 12 months.",
        ),
        noted(
            140,
            170,
            "Tradeoff declaration",
            "What gets prioritized when speed conflicts with certainty, and where risk appetite is real versus rhetorical.",
        ),
        point(170, 180, "Close and executive commitments"),
    ],
    outputs: &[
        output(
            "Signed end-state statement (one page)",
            &[Part::Statement, Part::Signatures],
        ),
        output(
            "Success scorecard with metric definitions",
            &[Part::Scorecard],
        ),
        output(
            "Explicit constraint list and risk appetite guardrails",
            &[Part::Constraints, Part::RiskAppetite],
        ),
        output(
            "Decision rights matrix for the next phases",
            &[Part::DecisionRights],
        ),
    ],
};

static CURRENT_STATE: MeetingOutline = MeetingOutline {
    meeting: Meeting::CurrentState,
    session: Some(2),
    name: "Map The Current State",
    takes: "1–2 weeks",
    goal: "Create an evidence-based map of how work actually flows today",
    minutes: None,
    agenda: &[],
    outputs: &[
        output(
            "Current-state operating map (visual + narrative)",
            &[Part::Flow, Part::Memo],
        ),
        output(
            "Bottleneck register with quantified impact",
            &[Part::Bottlenecks],
        ),
        output("Constraint heatmap by function", &[Part::Heatmap]),
        output("“What is true” memo", &[Part::Memo]),
    ],
};

static PATH: MeetingOutline = MeetingOutline {
    meeting: Meeting::Path,
    session: Some(3),
    name: "Select The Path To The End State",
    takes: "3–4 hours",
    goal: "Choose the operating path, not just discuss options",
    minutes: Some(240),
    agenda: &[
        point(0, 25, "Current-state recap and non-negotiables"),
        point(25, 75, "Option walkthroughs"),
        point(
            75,
            120,
            "Pressure test by function (finance/legal/people/delivery)",
        ),
        point(120, 130, "Break"),
        point(130, 180, "Scenario modeling and risk-adjusted comparisons"),
        point(180, 215, "Decision gate and ownership assignment"),
        point(
            215,
            240,
            "Draft execution direction and communications posture",
        ),
    ],
    outputs: &[
        output(
            "Selected path (single accountable direction)",
            &[Part::SelectedPath],
        ),
        output(
            "Rationale and rejected alternatives",
            &[Part::Rationale, Part::Alternatives],
        ),
        output(
            "Key assumptions and failure conditions",
            &[Part::Assumptions],
        ),
        output("Executive owner list by workstream", &[Part::Workstreams]),
    ],
};

static DECISION_BRIEF: MeetingOutline = MeetingOutline {
    meeting: Meeting::DecisionBrief,
    session: Some(4),
    name: "Executive Decision Brief And Action Plan",
    takes: "2–3 hours",
    goal: "Convert strategy into a concrete, risk-aware execution package",
    minutes: Some(180),
    agenda: &[
        point(0, 30, "Chosen path recap and assumptions check"),
        noted(
            30,
            75,
            "90-day plan review",
            "Weekly cadence, milestones, accountability.",
        ),
        point(75, 115, "12-month roadmap and dependency gates"),
        point(115, 125, "Break"),
        point(125, 160, "Risk and controls walkthrough"),
        point(160, 180, "Executive sign-off and next 30-day commitments"),
    ],
    outputs: &[
        output("Final executive brief (decision-grade)", &[Part::Brief]),
        output(
            "Implementation charter: 90-day plan and workstreams",
            &[Part::Plan, Part::Workstreams],
        ),
        output("Cadence model", &[Part::Cadence]),
        output(
            "12-month operating roadmap with gates",
            &[Part::Roadmap, Part::Gates],
        ),
        output(
            "Resourcing model and budget implications",
            &[Part::Resourcing],
        ),
        output(
            "Risk register with mitigation owners and triggers",
            &[Part::Risks],
        ),
    ],
};
