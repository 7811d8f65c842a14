//! A session for the projector: one segment at a time.

use super::frame::{self, Context, Opening, frame};
use super::heard::Outcome;
use super::session::narrative;
use super::view::Link;
use super::view::decision::DecisionTable;
use super::view::present::{PresentPage, Slide};
use super::view::session::Segment as SegmentView;
use super::{agenda, decided, headline, reported};
use crate::engagement::MonthRecord;
use crate::engagement::kpi::Kpi;
use crate::engagement::segment::Segment;
use crate::engagement::session::Held;
use crate::site::figure;
use crate::site::prose::{ProseWriter, WrittenLink};
use crate::site::route::Route;

/// The present view of a held session, whose page has these segments, and the
/// links that its author wrote.
pub fn held(
    context: Context<'_>,
    record: &MonthRecord,
    session: &Held,
    segments: &[SegmentView],
) -> (PresentPage, Vec<WrittenLink>) {
    let route = Route::Present(record.month.to_string());
    let none = std::collections::BTreeMap::new();
    let targets = session
        .narrative
        .as_ref()
        .map_or(&none, |narrative| &narrative.targets);
    let home = Route::LeadershipSession(record.month.to_string());
    let mut writer = ProseWriter::new(&route, &home, targets, context);
    let slides = Segment::ALL
        .into_iter()
        .zip(segments.iter().cloned())
        .map(|(segment, shown)| Slide {
            id: shown.id,
            number: shown.number,
            name: shown.title,
            short: segment.short_name().to_owned(),
            minutes: shown.planned,
            question: None,
            support: None,
            narrative: narrative(session, segment, &mut writer),
            closing: shown.closing,
            sidenotes: shown.sidenotes,
            quiet: shown.quiet,
            layers: shown.layers,
            kpis: readings(context, record, segment),
            bets: shown.bets,
            // The room doesn't print.
            decisions: shown.decisions.map(|table| DecisionTable {
                links: Vec::new(),
                ..table
            }),
            follow_up: shown.follow_up,
        })
        .collect();
    let words = session
        .headline
        .clone()
        .unwrap_or_else(|| headline::held(context, Outcome::of(record.month, session)));
    let view = page(context, record, &route, figure::sentence(&words), slides);
    (view, writer.written)
}

/// The present view of an agenda.
pub fn awaiting(context: Context<'_>, record: &MonthRecord) -> PresentPage {
    let route = Route::Present(record.month.to_string());
    let reported = reported::of_month(context, record.month);
    let slides = Segment::ALL
        .into_iter()
        .zip(agenda::rows(context, record))
        .map(|(segment, row)| Slide {
            id: row.id,
            number: row.number,
            name: row.segment,
            short: segment.short_name().to_owned(),
            minutes: segment.planned_minutes().to_string(),
            question: Some(row.question),
            // The layers are shown one by one instead.
            support: row.support.filter(|_| segment != Segment::State),
            narrative: None,
            closing: None,
            sidenotes: row.sidenotes,
            quiet: row.quiet,
            layers: reported.layers_of(segment),
            kpis: readings(context, record, segment),
            bets: None,
            decisions: open(context, segment),
            follow_up: None,
        });
    let words = headline::awaiting(context, record.month);
    page(context, record, &route, words, slides.collect())
}

fn open(context: Context<'_>, segment: Segment) -> Option<DecisionTable> {
    (segment == Segment::Upgrades)
        .then(|| decided::open(context))
        .flatten()
}

fn readings(
    context: Context<'_>,
    record: &MonthRecord,
    segment: Segment,
) -> Vec<super::view::telemetry::KpiReading> {
    let kpi = match segment {
        Segment::Away => Kpi::AwayFromDesk,
        Segment::Automation => Kpi::TaskAutomation,
        Segment::Headroom => Kpi::RevenuePerEmployee,
        Segment::State | Segment::Upgrades | Segment::Closing => return Vec::new(),
    };
    if record.telemetry.is_none() {
        return Vec::new();
    }
    vec![reported::reading(context, kpi, record.month)]
}

fn page(
    context: Context<'_>,
    record: &MonthRecord,
    route: &Route,
    headline: String,
    slides: Vec<Slide>,
) -> PresentPage {
    let month = figure::month(record.month);
    let opening = Opening {
        title: format!("{month}, presented"),
        strip: Vec::new(),
        headline,
        deck: None,
    };
    let mut around = frame(context, route, opening);
    frame::POLICY_WITH_SCRIPT.clone_into(&mut around.csp);
    let planned: u32 = Segment::ALL.map(Segment::planned_minutes).iter().sum();
    PresentPage {
        frame: around,
        script: context.around.theme.present_script.0.href(route),
        session: Link {
            label: month,
            href: Route::LeadershipSession(record.month.to_string()).href(route),
        },
        planned: planned.to_string(),
        slides,
    }
}
