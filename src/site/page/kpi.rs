//! The KPIs: all three, and one alone.

use super::frame::{Context, Opening, frame, period};
use super::kpi_chart::{self, reported};
use super::kpi_event::Happening;
use super::ready::Ready;
use super::view::frame::{NavItem, StripItem};
use super::view::kpi::{FigureRow, FigureTable, KpiPage, KpiSection, KpisPage};
use super::view::{Drawing, Link, Markup, Shape, Status, Tone};
use super::{headline, judged, kpi_event, label, overview, restated};
use crate::engagement::kpi::Kpi;
use crate::engagement::snapshot::Figure;
use crate::insight::series::{Point, Series};
use crate::insight::verdict::stage_band;
use crate::site::chart::{ChartError, ChartView};
use crate::site::figure::{self, NOT_REPORTED};
use crate::site::route::Route;

/// The view of one alone, and what is shown of it among all three.
///
/// # Errors
///
/// [`ChartError`] if its chart can't be drawn: a fault of ours.
pub fn kpi(context: Context<'_>, kpi: Kpi) -> Result<(KpiPage, KpiSection), ChartError> {
    let happenings = kpi_event::happenings(context, kpi);
    // Events are numbered on the KPI's own page, which explains them.
    let charts = kpi_chart::chart(context, kpi, &happenings)?;
    let [numbered, plain] = charts.map_or([None, None], |charts| charts.map(Some));
    let alone = one(context, kpi, &happenings, numbered);
    Ok((alone, section(context, kpi, plain)))
}

/// The view of all three, of which each has its section.
pub fn all(context: Context<'_>, kpis: Vec<Ready<Markup>>) -> KpisPage {
    let month = reported(context);
    let headline = match month {
        Some(month) => context.verdicts(month),
        None => "No measure has been reported yet.".to_owned(),
    };
    let strip = period(context, month);
    let opening = Opening {
        title: "KPIs".to_owned(),
        strip,
        headline,
        deck: None,
    };
    KpisPage {
        frame: frame(context, &Route::Kpis, opening),
        kpis,
    }
}

/// What a KPI's page says: where its figure stands.
pub(super) fn headline(context: Context<'_>, kpi: Kpi) -> String {
    let series = context.series(kpi);
    let point = reported(context).and_then(|month| series.at(month));
    point.map_or_else(
        || format!("{} has not been reported yet.", kpi.name()),
        |point| headline::kpi(context.firm(), series, point),
    )
}

/// The view of one KPI.
fn one(
    context: Context<'_>,
    kpi: Kpi,
    happenings: &[Happening],
    chart: Option<ChartView>,
) -> KpiPage {
    let route = Route::Kpi(kpi.slug());
    let month = reported(context);
    let series = context.series(kpi);
    let point = month.and_then(|month| series.at(month));
    let mut strip = period(context, month);
    strip.extend(point.and_then(label::judged).map(StripItem::status));
    let headline = headline(context, kpi);
    let tabs = Kpi::ALL.into_iter().map(|other| NavItem {
        label: other.name().to_owned(),
        href: Route::Kpi(other.slug()).href(&route),
        current: other == kpi,
    });
    KpiPage {
        frame: frame(
            context,
            &route,
            Opening {
                title: kpi.name().to_owned(),
                strip,
                headline,
                deck: judged::flat_at_first(context, kpi),
            },
        ),
        tabs: tabs.collect(),
        message: message(context, series),
        measure: measure(context, series),
        events: if chart.is_some() {
            kpi_event::event_list(happenings)
        } else {
            Vec::new()
        },
        chart: chart.map(|view| Drawing::new(&view)),
        figures: figures(context, &route, series, "figures", "The figures"),
        judged_title: "How it is judged".to_owned(),
        judged: judged::notes(context, kpi, month),
    }
}

/// A KPI on the page of all three.
fn section(context: Context<'_>, kpi: Kpi, chart: Option<ChartView>) -> KpiSection {
    let (month, route) = (reported(context), &Route::Kpis);
    let series = context.series(kpi);
    let point = month.and_then(|month| series.at(month));
    let (value, unit) = overview::big_figure(context, kpi, point.and_then(|point| point.value));
    let status = point.and_then(label::judged).unwrap_or_else(not_judged);
    KpiSection {
        id: kpi.slug().to_owned(),
        name: kpi.name().to_owned(),
        link: Link {
            label: format!("{} alone", kpi.name()),
            href: Route::Kpi(kpi.slug()).href(route),
        },
        status,
        value,
        unit,
        changes: point.map_or_else(Vec::new, |point| overview::changes(context, kpi, point)),
        message: message(context, series),
        measure: measure(context, series),
        chart: chart.map(|view| Drawing::new(&view)),
        figures: figures(
            context,
            route,
            series,
            &format!("{}-figures", kpi.slug()),
            &format!("{} by month", kpi.name()),
        ),
    }
}

fn not_judged() -> Status {
    Status::new(Tone::Neutral, Shape::Dash, "Not judged")
}

/// What the chart says, for its title.
fn message(context: Context<'_>, series: &Series) -> Option<String> {
    headline::chart(context.firm(), series, reported(context)?)
}

/// What is measured, in what unit, over what period.
fn measure(context: Context<'_>, series: &Series) -> String {
    let what = match series.kpi {
        Kpi::RevenuePerEmployee => format!("A year’s revenue for each person employed. {}, annualised", context.firm().currency.code),
        Kpi::TaskAutomation => {
            "Share of repeatable, low-judgement work that runs through the system with approval. % of tasks".to_owned()
        }
        Kpi::AwayFromDesk => {
            "Hours in the month the CEO could be fully out without anything degrading. Hours a month".to_owned()
        }
    };
    let first = series
        .baseline
        .map(|(month, _)| month)
        .or_else(|| series.points.keys().next().copied());
    match first.zip(reported(context)) {
        Some((first, last)) => format!(
            "{what}, by month, {} to {}",
            figure::month(first),
            figure::month(last)
        ),
        None => what,
    }
}

fn figures(
    context: Context<'_>,
    route: &Route,
    series: &Series,
    id: &str,
    title: &str,
) -> FigureTable {
    let currency = &context.firm().currency.code;
    let (value_head, change_head, baseline_head) = match series.kpi {
        Kpi::RevenuePerEmployee => (
            currency.clone(),
            format!("Change, {currency}"),
            "On baseline, %",
        ),
        Kpi::TaskAutomation => ("%".to_owned(), "Change, pp".to_owned(), "On baseline, pp"),
        Kpi::AwayFromDesk => ("Hours".to_owned(), "Change, h".to_owned(), "On baseline, h"),
    };
    FigureTable {
        id: id.to_owned(),
        title: title.to_owned(),
        link: Some(Link {
            label: "kpis.csv".to_owned(),
            href: Route::Export("kpis.csv").href(route),
        }),
        value_head,
        change_head,
        mean_head: "Mean of three".to_owned(),
        baseline_head: baseline_head.to_owned(),
        band_head: (series.kpi == Kpi::TaskAutomation).then(|| "Band".to_owned()),
        rows: rows(context, series),
        note: restated::arithmetic(context, series.kpi),
    }
}

fn rows(context: Context<'_>, series: &Series) -> Vec<FigureRow> {
    let awaiting = context.awaiting().map(|run| run.month);
    let mut rows: Vec<FigureRow> = Vec::new();
    let newest = series.points.keys().next_back().copied();
    for point in series.points.values().rev() {
        let with_year = Some(point.month) == newest || point.month.number() == 1;
        rows.push(row(
            context,
            series.kpi,
            point,
            with_year,
            Some(point.month) == awaiting,
        ));
    }
    if let Some((month, value)) = series
        .baseline
        .filter(|(month, _)| !series.points.contains_key(month))
    {
        let none = || NOT_REPORTED.to_owned();
        rows.push(FigureRow {
            month: figure::short_month(month),
            run_month: none(),
            value: figure::kpi_bare(series.kpi, value),
            change: none(),
            mean: none(),
            baseline: none(),
            band: none(),
            verdict: None,
            note: Some("Fit Check baseline".to_owned()),
            restated: restated::notes(context, Figure::Baseline(series.kpi)),
        });
    }
    rows
}

fn row(
    context: Context<'_>,
    kpi: Kpi,
    point: &Point,
    with_year: bool,
    awaiting: bool,
) -> FigureRow {
    let or_dash = |shown: Option<String>| shown.unwrap_or_else(|| NOT_REPORTED.to_owned());
    let decimals = figure::decimals(kpi);
    let band = point
        .run_month
        .filter(|_| kpi == Kpi::TaskAutomation)
        .and_then(|number| stage_band(&context.firm().playbook, number))
        .map(|band| judged::band_range(band.low, band.high));
    let baseline_decimals = if kpi == Kpi::RevenuePerEmployee {
        1
    } else {
        decimals
    };
    let note = match (point.provisional, awaiting) {
        (true, true) => Some("provisional, awaiting its session"),
        (true, false) => Some("provisional"),
        (false, true) => Some("awaiting its session"),
        (false, false) => None,
    };
    FigureRow {
        month: if with_year {
            figure::short_month(point.month)
        } else {
            figure::short_month_name(point.month).to_owned()
        },
        run_month: or_dash(point.run_month.map(|number| number.to_string())),
        value: or_dash(point.value.map(|value| figure::kpi_bare(kpi, value))),
        change: or_dash(point.change.map(|change| figure::signed(change, decimals))),
        mean: or_dash(
            point
                .rolling_mean
                .map(|mean| figure::decimal(mean, decimals)),
        ),
        baseline: or_dash(
            point
                .on_baseline
                .map(|change| figure::signed(change, baseline_decimals)),
        ),
        band: or_dash(band),
        verdict: label::judged(point),
        note: note.map(ToOwned::to_owned),
        restated: restated::notes(context, Figure::Value(kpi, point.month)),
    }
}
