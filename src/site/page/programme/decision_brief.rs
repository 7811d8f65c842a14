//! Session 4's page: plan, roadmap, resources, risks, cadence, sign-off and
//! what is committed to.

use super::gantt;
use super::parts::{Parts, capital_count, owners, signed};
use crate::engagement::firm::Currency;
use crate::engagement::programme::outline::Part;
use crate::engagement::programme::{Cadence, DecisionBrief};
use crate::insight::programme::{Resourcing, RiskRegister, ScoredRisk, level};
use crate::site::figure::{self, NOT_REPORTED};
use crate::site::page::label;
use crate::site::page::view::programme::decision_brief::{
    CadenceRow, CommitmentRow, Commitments, DecisionBriefPage, GridCell, GridRow, ResourceRow,
    Resourcing as ResourcingView, RiskRow, Risks, SignOff,
};
use crate::site::page::view::{Shape, Status, Tone};
use crate::site::prose::WrittenLink;
use crate::source::document::{Rhythm, RiskLevel};

const PLACES: [(Part, &str); 8] = [
    (Part::Brief, "text"),
    (Part::Plan, "plan"),
    (Part::Workstreams, "owners"),
    (Part::Cadence, "cadence"),
    (Part::Roadmap, "roadmap"),
    (Part::Gates, "roadmap"),
    (Part::Resourcing, "resourcing"),
    (Part::Risks, "risks"),
];

pub(super) fn page(
    parts: Parts<'_>,
    session: &DecisionBrief,
) -> (DecisionBriefPage, Vec<WrittenLink>) {
    let (meeting, written) = parts.parts(&PLACES);
    let course = parts.context.course();
    let workstreams = parts.context.programme().workstreams();
    let page = DecisionBriefPage {
        frame: parts.frame(),
        meeting,
        plan: course
            .plan
            .as_ref()
            .map(|plan| gantt::plan(plan, workstreams)),
        roadmap: course
            .roadmap
            .as_ref()
            .and_then(|roadmap| gantt::roadmap(roadmap, workstreams)),
        owners: owners(workstreams),
        resourcing: course
            .resourcing
            .as_ref()
            .map(|resourcing| resources(resourcing, &parts.context.firm().currency)),
        risks: course.risks.as_ref().map(risks),
        cadence: session.cadence.iter().map(cadence).collect(),
        sign_off: sign_off(parts, session),
        commitments: commitments(session),
    };
    (page, written)
}

fn resources(resourcing: &Resourcing, currency: &Currency) -> ResourcingView {
    let decimals = figure::decimals_of(resourcing.lines.iter().filter_map(|line| line.people));
    let people = |people: Option<f64>| {
        people.map_or_else(
            || NOT_REPORTED.to_owned(),
            |people| figure::decimal(people, decimals),
        )
    };
    let cost = |cost: Option<f64>| {
        cost.map_or_else(
            || NOT_REPORTED.to_owned(),
            |cost| figure::money(cost, currency),
        )
    };
    ResourcingView {
        title: match (resourcing.cost, resourcing.people) {
            (Some(cost), _) => format!("It takes {}", figure::money(cost, currency)),
            (None, Some(_)) => format!("It takes {} people", people(resourcing.people)),
            (None, None) => "What it takes".to_owned(),
        },
        rows: resourcing
            .lines
            .iter()
            .map(|line| ResourceRow {
                what: line.what.clone(),
                people: people(line.people),
                cost: cost(line.cost),
            })
            .collect(),
        people: people(resourcing.people),
        cost: cost(resourcing.cost),
    }
}

fn risks(register: &RiskRegister) -> Risks {
    let high = register
        .risks
        .iter()
        .filter(|risk| risk.level == RiskLevel::High)
        .count();
    let all = figure::counted(register.risks.len(), "risk", "risks");
    let grid = (1..=5_u32).rev().map(|likelihood| {
        let row = &register.cells[likelihood as usize - 1];
        GridRow {
            likelihood: likelihood.to_string(),
            word: match likelihood {
                5 => Some("almost sure".to_owned()),
                1 => Some("hardly".to_owned()),
                _ => None,
            },
            cells: (1..=5_u32)
                .zip(row)
                .map(|(impact, numbers)| GridCell {
                    score: figure::count(likelihood * impact),
                    impact: impact.to_string(),
                    level: word(level(likelihood * impact)).to_owned(),
                    numbers: numbers.iter().map(usize::to_string).collect(),
                })
                .collect(),
        }
    });
    Risks {
        title: match high {
            0 => format!("{}, none of them high", figure::capital(&all)),
            high => format!(
                "{}, {} of them high",
                figure::capital(&all),
                figure::in_words(high)
            ),
        },
        grid: grid.collect(),
        rows: register.risks.iter().map(risk).collect(),
    }
}

fn word(level: RiskLevel) -> &'static str {
    match level {
        RiskLevel::High => "high",
        RiskLevel::Medium => "medium",
        RiskLevel::Low => "low",
    }
}

fn risk(scored: &ScoredRisk) -> RiskRow {
    let risk = &scored.risk;
    let (tone, shape) = match scored.level {
        RiskLevel::High => (Tone::Warn, Shape::Up),
        RiskLevel::Medium => (Tone::Neutral, Shape::Half),
        RiskLevel::Low => (Tone::Neutral, Shape::Ring),
    };
    RiskRow {
        number: scored.number.to_string(),
        risk: risk.risk.clone(),
        level: Status::new(tone, shape, figure::capital(word(scored.level))),
        score: format!(
            "{}\u{a0}×\u{a0}{}\u{a0}=\u{a0}{}",
            risk.likelihood, risk.impact, scored.score
        ),
        owner: label::seat(&risk.owner.value),
        mitigation: risk
            .mitigation
            .clone()
            .unwrap_or_else(|| NOT_REPORTED.to_owned()),
        trigger: risk.trigger.clone(),
    }
}

fn cadence(cadence: &Cadence) -> CadenceRow {
    CadenceRow {
        rhythm: match cadence.rhythm {
            Rhythm::Weekly => "Weekly",
            Rhythm::Fortnightly => "Fortnightly",
            Rhythm::Monthly => "Monthly",
            Rhythm::Quarterly => "Quarterly",
        }
        .to_owned(),
        meeting: cadence.meeting.clone(),
    }
}

fn sign_off(parts: Parts<'_>, session: &DecisionBrief) -> Option<SignOff> {
    let signatures = &session.sign_off;
    (!signatures.is_empty()).then(|| SignOff {
        title: format!(
            "Signed off by {}",
            figure::counted(signatures.len(), "seat", "seats")
        ),
        signatures: signed(parts.context, signatures),
    })
}

fn commitments(session: &DecisionBrief) -> Option<Commitments> {
    let commitments = &session.commitments;
    (!commitments.is_empty()).then(|| Commitments {
        title: match commitments.len() {
            1 => "One commitment for the next 30 days".to_owned(),
            several => format!(
                "{} commitments for the next 30 days",
                capital_count(several)
            ),
        },
        rows: commitments
            .iter()
            .map(|commitment| CommitmentRow {
                what: commitment.what.clone(),
                owner: label::seat(&commitment.owner.value),
                due: figure::short_day(commitment.due),
            })
            .collect(),
    })
}
