//! `facts.json`: every figure that the memo shows, unrounded.

use super::{Freezing, measure};
use crate::engagement::kpi::Kpi;
use crate::engagement::snapshot::{Figure, Reading};
use crate::insight::backlog::Standing;
use crate::insight::board::{BoardDecision, BoardRisk, BoardView, Measure, Movement, Outlook};
use crate::insight::restated::Restated;
use crate::site::export;
use crate::site::page::label;
use crate::source::document::snapshot::{
    AnswerFact, AskFact, BetFact, DecisionFact, FORMAT, FactsFile, GraduationFact, MeasureFact,
    RestatementFact, RiskFact, ValueFact,
};

/// What the memo shows.
pub(super) fn facts(view: &BoardView, freezing: &Freezing) -> FactsFile {
    FactsFile {
        format: FORMAT,
        firm: view.firm.clone(),
        currency: view.currency.code.clone(),
        quarter: view.quarter.to_string(),
        month: view.quarter.last().to_string(),
        run_month: view.run_month,
        frozen: freezing.date.to_string(),
        commit: freezing.commit.clone(),
        measures: Kpi::ALL
            .into_iter()
            .map(|kpi| measure_fact(view, view.measures.get(kpi)))
            .collect(),
        answers: view
            .answers
            .iter()
            .map(|given| AnswerFact {
                month: given.month.to_string(),
                answer: given.answer.map(|answer| answer.word().to_owned()),
            })
            .collect(),
        decisions: view.decisions.iter().map(decision).collect(),
        bets: view
            .bets
            .iter()
            .map(|bet| BetFact {
                bet: bet.bet.clone(),
                kind: hyphened(label::bet_kind(bet.kind)),
                status: hyphened(&label::bet_status(bet.status).word),
                needs: bet.needs.clone(),
            })
            .collect(),
        risks: view.risks.iter().map(risk).collect(),
        asks: view
            .asks
            .iter()
            .map(|ask| AskFact {
                question: ask.question.clone(),
                options: ask.options.clone(),
                recommendation: ask.recommendation.clone(),
                ask: ask.ask.clone(),
            })
            .collect(),
        graduation: graduation(&view.outlook),
        restatements: view
            .restatements
            .iter()
            .map(|restated| restatement(view, restated))
            .collect(),
    }
}

/// The file's bytes: the one way in which it is written.
pub(super) fn bytes(facts: &FactsFile) -> Vec<u8> {
    // Facts are made of strings and numbers, which always serialise.
    let mut text = serde_json::to_string_pretty(facts).unwrap_or_default();
    text.push('\n');
    text.into_bytes()
}

fn measure_fact(view: &BoardView, measure: &Measure) -> MeasureFact {
    MeasureFact {
        measure: measure.kpi.key().to_owned(),
        unit: match measure.kpi {
            Kpi::RevenuePerEmployee => format!("{} a year", view.currency.code),
            Kpi::TaskAutomation => "percent".to_owned(),
            Kpi::AwayFromDesk => "hours a month".to_owned(),
        },
        baseline: measure.baseline.map(|(_, value)| value),
        prior: measure.prior,
        actual: measure.actual,
        provisional: measure.provisional,
        target_low: measure.target.map(|target| target.low),
        target_high: measure.target.and_then(|target| target.high),
        change: measure.change,
        change_percent: measure.change_percent,
        on_baseline: measure.on_baseline,
        status: measure::status(measure).word.to_lowercase(),
        series: measure::shown(view, measure)
            .map(|point| ValueFact {
                month: point.month.to_string(),
                value: point.value,
                provisional: point.provisional,
            })
            .collect(),
    }
}

fn decision(decision: &BoardDecision) -> DecisionFact {
    let (status, closed) = match decision.standing {
        Standing::Open => ("open", None),
        Standing::Slipped => ("slipped", None),
        Standing::Done(month) => ("done", Some(month)),
        Standing::Dropped(month) => ("dropped", Some(month)),
    };
    DecisionFact {
        month: decision.month.to_string(),
        action: export::action(decision.action).to_owned(),
        what: decision.what.clone(),
        owner: decision.owner.clone(),
        due: decision.due.to_string(),
        status: status.to_owned(),
        closed: closed.map(|month| month.to_string()),
    }
}

fn risk(risk: &BoardRisk) -> RiskFact {
    let movement = match risk.movement {
        Movement::New => "new",
        Movement::Higher => "higher",
        Movement::Same => "same",
        Movement::Lower => "lower",
        Movement::Closed => "closed",
    };
    RiskFact {
        risk: risk.risk.clone(),
        level: risk.level.map(|level| super::told::level(level).to_owned()),
        movement: movement.to_owned(),
        owner: risk.owner.clone(),
        response: risk.response.clone(),
    }
}

fn graduation(outlook: &Outlook) -> GraduationFact {
    GraduationFact {
        state: outlook.state.word().to_owned(),
        streak: outlook.streak,
        needed: outlook.streak_needed,
        earliest: outlook.earliest.map(|month| month.to_string()),
        window_ends: outlook.window_ends.map(|month| month.to_string()),
        strategy: outlook.strategy,
        strategy_needed: outlook.strategy_needed,
        measures_on_track: outlook.kpis_good,
    }
}

fn restatement(view: &BoardView, restated: &Restated) -> RestatementFact {
    let month = match restated.figure {
        Figure::Baseline(kpi) => view.measures.get(kpi).baseline.map(|(month, _)| month),
        Figure::Value(_, month) | Figure::Answer(month) => Some(month),
    };
    RestatementFact {
        measure: restated.figure.key().to_owned(),
        month: month.map(|month| month.to_string()).unwrap_or_default(),
        was: plain(restated.was),
        now: plain(restated.now),
        reason: restated.reason.clone(),
        date: restated.date.to_string(),
        memo: restated.memo.to_string(),
    }
}

/// A reading as it is, unrounded.
fn plain(reading: Reading) -> Option<String> {
    match reading {
        Reading::Number(value) => value.map(|value| value.to_string()),
        Reading::Answer(answer) => answer.map(|answer| answer.word().to_owned()),
    }
}

/// Words as a name in data: `service-line`.
fn hyphened(words: &str) -> String {
    words.to_lowercase().replace(' ', "-")
}
