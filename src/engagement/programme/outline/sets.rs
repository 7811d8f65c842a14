//! The sets that the programme fixes: each with the id that an author writes
//! and the name that a reader sees.

use crate::source::document::{ConstraintKind, InterviewGroup};

macro_rules! fixed {
    ($(#[$doc:meta])* $set:ident[$count:literal] {
        $($(#[$variant_doc:meta])* $variant:ident: $id:literal, $name:literal;)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $set {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $set {
            /// All in order.
            pub const ALL: [$set; $count] = [$($set::$variant,)*];

            /// The id that an author writes.
            pub fn id(self) -> &'static str {
                match self { $($set::$variant => $id,)* }
            }

            /// Its name for a reader.
            pub fn name(self) -> &'static str {
                match self { $($set::$variant => $name,)* }
            }
        }
    };
}

fixed! {
    /// What the firm is asked for before the first session.
    Input[6] {
        /// The strategy.
        Strategy: "strategy", "Current strategy deck or annual plan";
        /// The initiatives.
        Initiatives: "initiatives", "Top 10 enterprise initiatives and status";
        /// The delivery metrics.
        DeliveryMetrics: "delivery-metrics", "Delivery metrics (lead time, deployment frequency, change failure rate, time to restore)";
        /// The financial targets.
        FinancialTargets: "financial-targets", "Financial targets (revenue, margin, EBITDA expectations)";
        /// The constraints.
        Constraints: "constraints", "Risk and compliance constraints (regulatory, audit, legal)";
        /// The organisation.
        OrgChart: "org-chart", "Org chart and role map across product, engineering, security, legal, finance, HR";
    }
}

fixed! {
    /// What the executives are sent before the first session.
    PreRead[3] {
        /// The context.
        ContextBrief: "context-brief", "Context brief of three pages";
        /// The hypotheses.
        HypothesisTree: "hypothesis-tree", "Initial hypothesis tree: value, constraints, and likely decision forks";
        /// The metrics.
        MetricsModel: "metrics-model", "Draft metrics model with definitions";
    }
}

fixed! {
    /// Who must attend all core sessions. If these seats are missing, the
    /// process degrades fast.
    ProgrammeSeat[7] {
        /// The sponsor.
        Executive: "executive", "CEO or business unit GM";
        /// Technology.
        Technology: "technology", "CTO/CIO or top technology leader";
        /// Money.
        Finance: "finance", "CFO or finance delegate with budget authority";
        /// People.
        People: "people", "CHRO/CPO or people leader";
        /// The product.
        Product: "product", "Head of Product";
        /// Delivery.
        Delivery: "delivery", "Head of Engineering/Delivery";
        /// Risk, security, law; where relevant.
        Risk: "risk", "Risk/security/legal representative";
    }
}

fixed! {
    /// An operating path to the end state.
    PathwayName[4] {
        /// In place.
        Transform: "transform", "Transform current state in place";
        /// Beside it.
        Parallel: "parallel", "Build a parallel operating model";
        /// Elsewhere.
        Outsource: "outsource", "Outsource selected capabilities";
        /// Of each something.
        Hybrid: "hybrid", "Hybrid model";
    }
}

fixed! {
    /// What a path is judged by.
    Criterion[6] {
        /// How soon.
        TimeToImpact: "time-to-impact", "Time-to-impact (90/180/365 days)";
        /// For how much.
        Cost: "cost", "Total cost and margin implications";
        /// For how long.
        Durability: "durability", "Capability transfer durability";
        /// How safely.
        ExecutionRisk: "execution-risk", "Execution risk and operational blast radius";
        /// By whom.
        Talent: "talent", "Talent model viability";
        /// Under which control.
        Governance: "governance", "Governance complexity and compliance fit";
    }
}

impl Criterion {
    /// What it weighs unless the author says otherwise, in percent.
    pub fn weight(self) -> u32 {
        match self {
            Criterion::TimeToImpact => 25,
            Criterion::Cost => 20,
            Criterion::Durability | Criterion::ExecutionRisk | Criterion::Talent => 15,
            Criterion::Governance => 10,
        }
    }
}

fixed! {
    /// What holds a function back.
    HeatConstraint[6] {
        /// Slow decisions.
        DecisionLatency: "decision-latency", "Decision latency";
        /// Nobody's work.
        Ownership: "ownership", "Ownership ambiguity";
        /// Between two.
        Handoffs: "handoffs", "Handoff failures";
        /// Queues.
        Waiting: "waiting", "Waiting";
        /// Done again.
        Rework: "rework", "Rework and quality leakage";
        /// Used otherwise.
        Capacity: "capacity", "Capacity";
    }
}

/// The groups of stakeholders that are interviewed, with their names.
pub const GROUPS: [(InterviewGroup, &str); 5] = [
    (InterviewGroup::Sponsors, "Executive sponsors"),
    (
        InterviewGroup::ProductEngineering,
        "Product and engineering leadership",
    ),
    (
        InterviewGroup::Managers,
        "Engineering managers and senior ICs",
    ),
    (
        InterviewGroup::PlatformSecurity,
        "Architecture, platform and security leads",
    ),
    (
        InterviewGroup::Partners,
        "Finance, legal, procurement and HR partners to the technology org",
    ),
];

/// The kinds of constraints, with their names.
pub const CONSTRAINT_KINDS: [(ConstraintKind, &str); 6] = [
    (ConstraintKind::Regulatory, "Regulatory"),
    (ConstraintKind::Legal, "Legal"),
    (ConstraintKind::Talent, "Talent"),
    (ConstraintKind::Platform, "Platform"),
    (ConstraintKind::Budget, "Budget"),
    (ConstraintKind::ChangeCapacity, "Change capacity"),
];
