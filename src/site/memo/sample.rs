//! A quarter for tests: the third of 2026, month 14 of Run, all well.

use crate::engagement::board::Ask;
use crate::engagement::firm::Currency;
use crate::engagement::kpi::{Kpi, PerKpi};
use crate::insight::board::{AnswerGiven, BoardView, Measure, Outlook, Target};
use crate::insight::graduation::State;
use crate::insight::progress::Character;
use crate::insight::series::Point;
use crate::insight::verdict::Verdict;
use crate::source::document::Answer;
use crate::source::markdown::Prose;
use crate::source::month::Month;
use crate::source::quarter::Quarter;

pub(super) fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// What the quarter's view is, if all is well.
pub(super) fn sample() -> BoardView {
    let quarter: Quarter = "2026-Q3".parse().unwrap();
    let value = |kpi| match kpi {
        Kpi::RevenuePerEmployee => [
            191_400.0, 196_200.0, 201_900.0, 211_900.0, 214_800.0, 218_900.0,
        ],
        Kpi::TaskAutomation => [58.0, 57.0, 59.5, 61.0, 60.5, 61.5],
        Kpi::AwayFromDesk => [22.5, 19.5, 22.0, 23.5, 24.0, 24.5],
    };
    BoardView {
        firm: "Kestrel Lane Freight".to_owned(),
        currency: Currency {
            code: "USD".to_owned(),
        },
        quarter,
        run_month: Some(14),
        headline: None,
        summary: Prose::default(),
        measures: PerKpi::from_fn(|kpi| reported(kpi, &value(kpi).map(Some))),
        answers: (0..14)
            .map(|offset| AnswerGiven {
                month: month("2025-08").plus(offset),
                answer: Some(if offset < 4 { Answer::No } else { Answer::Yes }),
                in_quarter: offset >= 11,
            })
            .collect(),
        decisions: Vec::new(),
        bets: Vec::new(),
        risks: Vec::new(),
        asks: vec![ask(Some("cold chain"))],
        programme: None,
        outlook: Outlook {
            state: State::Building,
            streak: 10,
            streak_needed: 12,
            earliest: Some(month("2026-11")),
            strategy: 0,
            strategy_needed: 2,
            characters: vec![(month("2026-09"), Some(Character::Mixed))],
            kpis_good: 3,
            kpis_since: Some(month("2026-07")),
            window_ends: Some(month("2027-07")),
        },
        restatements: Vec::new(),
    }
}

/// An ask, with its topic.
pub(super) fn ask(topic: Option<&str>) -> Ask {
    Ask {
        topic: topic.map(ToOwned::to_owned),
        question: "Shall we?".to_owned(),
        options: vec!["Yes".to_owned(), "No".to_owned()],
        recommendation: "A".to_owned(),
        ask: "Approve it.".to_owned(),
    }
}

/// A measure on track with these values up to the quarter's last month.
pub(super) fn reported(kpi: Kpi, values: &[Option<f64>]) -> Measure {
    let last = month("2026-09");
    let begin = last.plus(1 - i32::try_from(values.len()).unwrap());
    let at = |back: usize| {
        let at = values.len().checked_sub(back + 1)?;
        values[at]
    };
    let baseline = match kpi {
        Kpi::RevenuePerEmployee => 184_000.0,
        Kpi::TaskAutomation => 9.0,
        Kpi::AwayFromDesk => 4.0,
    };
    let change = at(0).zip(at(3)).map(|(actual, prior)| actual - prior);
    Measure {
        kpi,
        baseline: Some((month("2025-02"), baseline)),
        prior: at(3),
        actual: at(0),
        provisional: false,
        target: Some(match kpi {
            Kpi::RevenuePerEmployee => target(211_600.0, Some(248_400.0)),
            Kpi::TaskAutomation => target(60.0, Some(70.0)),
            Kpi::AwayFromDesk => target(20.0, None),
        }),
        change,
        change_percent: change
            .zip(at(3))
            .map(|(change, prior)| change / prior * 100.0),
        on_baseline: at(0).map(|actual| match kpi {
            Kpi::RevenuePerEmployee => (actual - baseline) / baseline * 100.0,
            Kpi::TaskAutomation | Kpi::AwayFromDesk => actual - baseline,
        }),
        verdict: Some(at(0).map_or(Verdict::NotReported, |_| Verdict::OnTrack)),
        comment: None,
        series: values
            .iter()
            .zip(0..)
            .map(|(value, offset)| Point {
                month: begin.plus(offset),
                run_month: Some(1),
                value: *value,
                provisional: false,
                change: None,
                change_percent: None,
                rolling_mean: None,
                on_baseline: None,
                verdict: None,
            })
            .collect(),
    }
}

fn target(low: f64, high: Option<f64>) -> Target {
    Target {
        low,
        high,
        from: None,
    }
}
