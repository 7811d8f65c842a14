//! What a KPI's chart says: how the line came to where it ends.
//!
//! The page's headline says where the figure stands; the chart's title says
//! when and how it got there, from the reported figures alone. A month without
//! a figure is never spoken for.

use super::{Sentence, first};
use crate::engagement::firm::Firm;
use crate::engagement::kpi::Kpi;
use crate::insight::series::{Point, Series};
use crate::insight::verdict::{at_least, target_band};
use crate::site::figure;
use crate::source::month::Month;

/// What a chart's title speaks of: the figures up to the chart's last month.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) firm: &'a Firm,
    pub(super) series: &'a Series,
    pub(super) last: Month,
}

/// The title; none where there is neither a figure nor a baseline.
pub fn chart(firm: &Firm, series: &Series, last: Month) -> Option<String> {
    let about = About { firm, series, last };
    let (_, says) = first(&sentences(), about)?;
    let provisional = about.reported().last().is_some_and(|it| it.provisional);
    Some(if provisional {
        format!("{says}; the last figure is provisional")
    } else {
        says
    })
}

/// The sentences in the order in which they are tried.
pub(super) fn sentences<'a>() -> [Sentence<About<'a>>; 11] {
    [
        Sentence {
            name: "baseline-alone",
            says: baseline_alone,
        },
        Sentence {
            name: "one-figure",
            says: one_figure,
        },
        Sentence {
            name: "last-reported",
            says: last_reported,
        },
        Sentence {
            name: "above-cap",
            says: above_cap,
        },
        Sentence {
            name: "every-figure",
            says: every_figure,
        },
        Sentence {
            name: "reached",
            says: reached,
        },
        Sentence {
            name: "reached-unseen",
            says: reached_unseen,
        },
        Sentence {
            name: "fell-below",
            says: fell_below,
        },
        Sentence {
            name: "fell-unseen",
            says: fell_unseen,
        },
        Sentence {
            name: "since-fit-check",
            says: since_fit_check,
        },
        Sentence {
            name: "since-first",
            says: since_first,
        },
    ]
}

/// Where a figure lies by what the engagement aims for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Below,
    There,
    Above,
}

/// How the figures came to the place where the last one lies.
struct Turn {
    place: Place,
    /// The first month of the last ones that all lie there.
    since: Month,
    /// The month before that reported, elsewhere; none if all lie there.
    before: Option<Month>,
    /// Whether a figure before that lay there too.
    again: bool,
    /// Whether several months in a row, all of them reported, lie there.
    stayed: bool,
}

impl Turn {
    /// Months without a figure in which the turn may have come; none where
    /// there was nothing before.
    fn unseen(&self) -> Option<usize> {
        usize::try_from(self.since.since(self.before?) - 1).ok()
    }
}

impl<'a> About<'a> {
    fn name(self) -> &'static str {
        self.series.kpi.name()
    }

    fn reported(self) -> impl DoubleEndedIterator<Item = &'a Point> {
        let points = self.series.points.range(..=self.last);
        points
            .map(|(_, point)| point)
            .filter(|point| point.value.is_some())
    }

    fn baseline(self) -> Option<(Month, f64)> {
        self.series
            .baseline
            .filter(|(month, _)| *month <= self.last)
    }

    fn shown(self, value: f64) -> String {
        figure::kpi(self.series.kpi, value, &self.firm.currency)
    }

    /// Nothing for revenue without a baseline, which aims for nothing.
    fn place(self, point: &Point) -> Option<Place> {
        let playbook = &self.firm.playbook;
        let there = match self.series.kpi {
            Kpi::RevenuePerEmployee => at_least(point.on_baseline?, playbook.revenue_low),
            Kpi::AwayFromDesk => at_least(point.value?, playbook.away_from_desk_target),
            Kpi::TaskAutomation => {
                let band = target_band(playbook);
                if !at_least(band.high, point.value?) {
                    return Some(Place::Above);
                }
                at_least(point.value?, band.low)
            }
        };
        Some(if there { Place::There } else { Place::Below })
    }

    fn turn(self) -> Option<Turn> {
        let points: Vec<(Month, Place)> = self
            .reported()
            .map(|point| Some((point.month, self.place(point)?)))
            .collect::<Option<_>>()?;
        let (latest, place) = points.last().copied()?;
        let elsewhere = points.iter().rposition(|(_, other)| *other != place);
        let start = elsewhere.map_or(0, |at| at + 1);
        let (since, months) = (points[start].0, points.len() - start);
        Some(Turn {
            place,
            since,
            before: elsewhere.map(|at| points[at].0),
            again: points[..start].iter().any(|(_, other)| *other == place),
            stayed: months >= 2 && usize::try_from(latest.since(since) + 1) == Ok(months),
        })
    }

    /// What the engagement aims for: `15 % over the baseline`.
    fn aim(self) -> String {
        let playbook = &self.firm.playbook;
        match self.series.kpi {
            Kpi::RevenuePerEmployee => {
                format!("{}\u{a0}% over the baseline", short(playbook.revenue_low))
            }
            Kpi::AwayFromDesk => {
                format!("{} hours a month", short(playbook.away_from_desk_target))
            }
            Kpi::TaskAutomation => "its target band".to_owned(),
        }
    }
}

fn baseline_alone(about: About<'_>) -> Option<String> {
    let (_, value) = about.baseline()?;
    let alone = about.reported().next().is_none();
    alone.then(|| {
        format!(
            "{} has no figure yet but its baseline, {}",
            about.name(),
            about.shown(value)
        )
    })
}

fn one_figure(about: About<'_>) -> Option<String> {
    let mut reported = about.reported();
    let (point, None) = (reported.next()?, reported.next()) else {
        return None;
    };
    Some(format!(
        "{} has one figure so far: {} in {}",
        about.name(),
        about.shown(point.value?),
        figure::month(point.month)
    ))
}

fn last_reported(about: About<'_>) -> Option<String> {
    let point = about.reported().next_back()?;
    let shown = about.shown(point.value?);
    (point.month != about.last).then(|| {
        format!(
            "{} was last reported in {}, at {shown}",
            about.name(),
            figure::month(point.month)
        )
    })
}

fn above_cap(about: About<'_>) -> Option<String> {
    let turn = about.turn().filter(|turn| turn.place == Place::Above)?;
    let cap = short(target_band(&about.firm.playbook).high);
    let name = about.name();
    let month = figure::month(turn.since);
    Some(match turn.unseen() {
        Some(0) if turn.stayed => {
            format!("{name} rose above its cap of {cap}\u{a0}% in {month} and has stayed above it")
        }
        Some(0) => format!("{name} rose above its cap of {cap}\u{a0}% in {month}"),
        _ => format!("{name} is above its cap of {cap}\u{a0}%"),
    })
}

fn every_figure(about: About<'_>) -> Option<String> {
    let turn = about
        .turn()
        .filter(|turn| turn.place == Place::There && turn.before.is_none())?;
    let aim = about.aim();
    let lies = match about.series.kpi {
        Kpi::TaskAutomation => format!("lies in {aim}"),
        Kpi::AwayFromDesk | Kpi::RevenuePerEmployee => format!("is at least {aim}"),
    };
    let month = figure::month(turn.since);
    let name = about.name();
    Some(format!(
        "{name}: every figure reported since {month} {lies}"
    ))
}

fn reached(about: About<'_>) -> Option<String> {
    let turn = about
        .turn()
        .filter(|turn| turn.place == Place::There && turn.unseen() == Some(0))?;
    let (way, stayed) = match about.series.kpi {
        Kpi::TaskAutomation => ("entered", "and has stayed in it"),
        Kpi::AwayFromDesk | Kpi::RevenuePerEmployee => {
            ("reached", "and has not fallen below it since")
        }
    };
    let again = if turn.again { " again" } else { "" };
    let mut says = format!(
        "{} {way} {}{again} in {}",
        about.name(),
        about.aim(),
        figure::month(turn.since)
    );
    if turn.stayed {
        says = format!("{says} {stayed}");
    }
    Some(says)
}

fn reached_unseen(about: About<'_>) -> Option<String> {
    let turn = about.turn().filter(|turn| turn.place == Place::There)?;
    let aim = about.aim();
    let there = match about.series.kpi {
        Kpi::TaskAutomation => format!("in {aim}"),
        Kpi::AwayFromDesk | Kpi::RevenuePerEmployee => format!("at {aim} or more"),
    };
    Some(format!(
        "{} was {there} in {}, {}",
        about.name(),
        figure::month(turn.since),
        after(turn.unseen()?)
    ))
}

fn fell_below(about: About<'_>) -> Option<String> {
    let turn = about
        .turn()
        .filter(|turn| turn.place == Place::Below && turn.unseen() == Some(0))?;
    let again = if turn.again { " again" } else { "" };
    let stayed = if turn.stayed {
        " and has stayed below it"
    } else {
        ""
    };
    Some(format!(
        "{} fell below {}{again} in {}{stayed}",
        about.name(),
        about.aim(),
        figure::month(turn.since)
    ))
}

fn fell_unseen(about: About<'_>) -> Option<String> {
    let turn = about.turn().filter(|turn| turn.place == Place::Below)?;
    Some(format!(
        "{} was below {} in {}, {}",
        about.name(),
        about.aim(),
        figure::month(turn.since),
        after(turn.unseen()?)
    ))
}

fn since_fit_check(about: About<'_>) -> Option<String> {
    let (_, baseline) = about.baseline()?;
    let latest = about.reported().next_back()?.value?;
    let (from, to) = (about.shown(baseline), about.shown(latest));
    let name = about.name();
    Some(if from == to {
        format!("{name} is where it was at the Fit Check, at {to}")
    } else {
        let way = moved(baseline, latest);
        format!("{name} {way} from {from} at the Fit Check to {to}")
    })
}

fn since_first(about: About<'_>) -> Option<String> {
    let (start, end) = (about.reported().next()?, about.reported().next_back()?);
    let (from, to) = (about.shown(start.value?), about.shown(end.value?));
    let name = about.name();
    let (first, last) = (figure::month(start.month), figure::month(end.month));
    Some(if from == to {
        format!("{name} was {to} in {last}, as in {first}")
    } else {
        let way = moved(start.value?, end.value?);
        format!("{name} {way} from {from} in {first} to {to} in {last}")
    })
}

fn moved(from: f64, to: f64) -> &'static str {
    if to < from { "has fallen" } else { "has risen" }
}

fn after(unseen: usize) -> String {
    match unseen {
        1 => "after a month without a figure".to_owned(),
        months => format!("after {} months without a figure", figure::in_words(months)),
    }
}

/// A threshold as it was written.
fn short(value: f64) -> String {
    figure::decimal(value, figure::decimals_of([value]))
}

#[cfg(test)]
mod tests {
    use super::super::tests::covered;
    use super::*;
    use crate::insight::Insights;
    use crate::insight::fixture::{Fixture, run};

    fn said(fixture: &Fixture, kpi: Kpi, number: i32) -> Option<(&'static str, String)> {
        let engagement = fixture.read();
        let insights = Insights::of(&engagement);
        let series = insights.series.get(kpi);
        let about = About {
            firm: &engagement.firm,
            series,
            last: run(number),
        };
        first(&sentences(), about)
    }

    /// Months of task automation, `None` for one that didn't report it.
    fn tasks(values: &[Option<f64>]) -> Fixture {
        months("task_automation", values)
    }

    fn months(kpi: &str, values: &[Option<f64>]) -> Fixture {
        (1..)
            .zip(values)
            .fold(Fixture::new(), |fixture, (number, value)| {
                let kpis = value.map_or_else(String::new, |value| format!("{kpi}: {value}"));
                fixture.telemetry(number, &format!("kpis: {{ {kpis} }}"))
            })
    }

    fn without_baseline(fixture: Fixture) -> Fixture {
        fixture.without("2024-06/fit-check.yaml")
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of cases, a few lines each")]
    fn a_chart_says_how_the_line_came_to_where_it_ends() {
        use Kpi::{AwayFromDesk as Away, RevenuePerEmployee as Revenue, TaskAutomation as Tasks};
        let some = Some;
        let hours = |values: &[Option<f64>]| months("away_from_desk", values);
        let revenue = |values: &[Option<f64>]| months("revenue_per_employee", values);
        let cases = [
            (
                tasks(&[None]),
                Tasks,
                "baseline-alone",
                "Task automation has no figure yet but its baseline, 10.0\u{a0}%",
            ),
            (
                tasks(&[some(65.0)]),
                Tasks,
                "one-figure",
                "Task automation has one figure so far: 65.0\u{a0}% in January 2025",
            ),
            (
                tasks(&[some(50.0), some(65.0), None]),
                Tasks,
                "last-reported",
                "Task automation was last reported in February 2025, at 65.0\u{a0}%",
            ),
            (
                tasks(&[some(65.0), some(71.0)]),
                Tasks,
                "above-cap",
                "Task automation rose above its cap of 70\u{a0}% in February 2025",
            ),
            (
                tasks(&[some(65.0), some(71.0), some(72.0)]),
                Tasks,
                "above-cap",
                "Task automation rose above its cap of 70\u{a0}% in February 2025 and has stayed above it",
            ),
            (
                tasks(&[some(65.0), None, some(72.0)]),
                Tasks,
                "above-cap",
                "Task automation is above its cap of 70\u{a0}%",
            ),
            (
                tasks(&[some(60.0), None, some(70.0)]),
                Tasks,
                "every-figure",
                "Task automation: every figure reported since January 2025 lies in its target band",
            ),
            (
                hours(&[some(20.0), some(27.0)]),
                Away,
                "every-figure",
                "Away from desk: every figure reported since January 2025 is at least 20 hours a month",
            ),
            (
                tasks(&[some(59.9), some(60.0)]),
                Tasks,
                "reached",
                "Task automation entered its target band in February 2025",
            ),
            (
                tasks(&[some(59.9), some(60.0), some(61.0)]),
                Tasks,
                "reached",
                "Task automation entered its target band in February 2025 and has stayed in it",
            ),
            (
                tasks(&[some(59.9), some(60.0), None, some(61.0)]),
                Tasks,
                "reached",
                "Task automation entered its target band in February 2025",
            ),
            (
                tasks(&[some(61.0), some(59.0), some(60.0)]),
                Tasks,
                "reached",
                "Task automation entered its target band again in March 2025",
            ),
            (
                hours(&[some(9.0), some(20.0), some(21.0)]),
                Away,
                "reached",
                "Away from desk reached 20 hours a month in February 2025 and has not fallen below it since",
            ),
            (
                revenue(&[some(114_999.0), some(115_000.0)]),
                Revenue,
                "reached",
                "Revenue per employee reached 15\u{a0}% over the baseline in February 2025",
            ),
            (
                tasks(&[some(50.0), None, some(65.0)]),
                Tasks,
                "reached-unseen",
                "Task automation was in its target band in March 2025, after a month without a figure",
            ),
            (
                hours(&[some(9.0), None, None, some(21.0)]),
                Away,
                "reached-unseen",
                "Away from desk was at 20 hours a month or more in April 2025, after two months without a figure",
            ),
            (
                tasks(&[some(61.0), some(59.0), some(58.0)]),
                Tasks,
                "fell-below",
                "Task automation fell below its target band in February 2025 and has stayed below it",
            ),
            (
                tasks(&[some(50.0), some(71.0), some(59.0)]),
                Tasks,
                "fell-below",
                "Task automation fell below its target band again in March 2025",
            ),
            (
                hours(&[some(21.0), None, some(9.0)]),
                Away,
                "fell-unseen",
                "Away from desk was below 20 hours a month in March 2025, after a month without a figure",
            ),
            (
                tasks(&[some(30.0), some(41.5)]),
                Tasks,
                "since-fit-check",
                "Task automation has risen from 10.0\u{a0}% at the Fit Check to 41.5\u{a0}%",
            ),
            (
                tasks(&[some(30.0), some(10.04)]),
                Tasks,
                "since-fit-check",
                "Task automation is where it was at the Fit Check, at 10.0\u{a0}%",
            ),
            (
                revenue(&[some(101_000.0), some(99_000.0)]),
                Revenue,
                "since-fit-check",
                "Revenue per employee has fallen from $100,000 at the Fit Check to $99,000",
            ),
            (
                without_baseline(revenue(&[some(101_000.0), some(99_000.0)])),
                Revenue,
                "since-first",
                "Revenue per employee has fallen from $101,000 in January 2025 to $99,000 in February 2025",
            ),
            (
                without_baseline(tasks(&[some(30.0), some(30.0)])),
                Tasks,
                "since-first",
                "Task automation was 30.0\u{a0}% in February 2025, as in January 2025",
            ),
        ];
        let mut tried = Vec::new();
        for (fixture, kpi, name, words) in cases {
            let last = (1..=240)
                .take_while(|number| fixture.has(&format!("{}/telemetry.yaml", run(*number))))
                .last()
                .unwrap();
            assert_eq!(said(&fixture, kpi, last), Some((name, words.to_owned())));
            tried.push(name);
        }
        covered(&sentences(), &tried);
    }

    #[test]
    fn a_month_knows_nothing_of_those_after_it() {
        let fixture = tasks(&[Some(50.0), Some(65.0), Some(40.0)]);
        let (name, _) = said(&fixture, Kpi::TaskAutomation, 2).unwrap();
        assert_eq!(name, "reached");
    }

    #[test]
    fn nothing_reported_is_nothing_said() {
        let fixture = without_baseline(tasks(&[None]));
        assert_eq!(said(&fixture, Kpi::TaskAutomation, 1), None);
    }

    #[test]
    fn a_provisional_figure_is_called_one() {
        let fixture = tasks(&[Some(50.0)]).telemetry(
            2,
            "kpis: { task_automation: 60 }\nprovisional: [task_automation]",
        );
        let engagement = fixture.read();
        let insights = Insights::of(&engagement);
        let series = insights.series.get(Kpi::TaskAutomation);
        let says = |number| chart(&engagement.firm, series, run(number)).unwrap();
        assert!(says(2).ends_with("; the last figure is provisional"));
        assert!(!says(1).contains("provisional"));
    }
}
