//! What the system reported over a month, as rows and tables.

use std::sync::Arc;

use super::context::Part;
use super::frame::Context;
use super::label;
use super::ready::{Both, Ready};
use super::view::session::{
    PushbackRow, PushbackTable, TrustRow, TrustTable, WatchRow, WatchTable,
};
use super::view::telemetry::{
    AutomationRow, GateRow, KpiReading, LayerRow, Telemetry as TelemetryView,
};
use crate::engagement::kpi::Kpi;
use crate::engagement::segment::Segment;
use crate::engagement::telemetry::{Briefing, Gate, Layer, Telemetry};
use crate::site::figure::{self, NOT_REPORTED};
use crate::source::document::TrustChange;
use crate::source::month::Month;

/// What a month's telemetry tells but for figures. It is the same for the month's
/// page, for the projector and for the search.
#[derive(Debug, Default)]
pub struct Reported {
    /// What each layer did.
    pub layers: Both<Vec<LayerRow>>,
    /// Trust gained and lost, if any.
    pub trust: Option<Both<TrustTable>>,
    /// What is not broken yet, if anything.
    pub watch: Option<Both<WatchTable>>,
    /// Where people push back, if anyone does.
    pub pushback: Option<Both<PushbackTable>>,
}

impl Reported {
    /// What the layers did, in the segment that goes through them; nothing in others.
    pub fn layers_of(&self, segment: Segment) -> Ready<Vec<LayerRow>> {
        match segment {
            Segment::State => self.layers.ready(),
            _ => Ready::default(),
        }
    }
}

/// What a month's telemetry tells; nothing where there is none.
pub fn of_month(context: Context<'_>, month: Month) -> Arc<Reported> {
    context.part(Part::Reported(month), |context| {
        let telemetry = context.telemetry(month);
        telemetry.map_or_else(Reported::default, |telemetry| Reported {
            layers: layers(context, telemetry).into(),
            trust: trust(context, telemetry).map(Both::from),
            watch: watch(telemetry).map(Both::from),
            pushback: pushback(telemetry).map(Both::from),
        })
    })
}

/// Everything reported, as tables.
pub fn tables(
    context: Context<'_>,
    month: Month,
    telemetry: &Telemetry,
    reported: &Reported,
) -> TelemetryView {
    TelemetryView {
        layers: reported.layers.ready(),
        ..figures(context, month, telemetry)
    }
}

/// The same but for the layers, which a held session's first segment shows.
pub fn figures(context: Context<'_>, month: Month, telemetry: &Telemetry) -> TelemetryView {
    TelemetryView {
        title: format!("{}’s telemetry", figure::month_name(month)),
        note: Some(format!("Reported {}", figure::day(telemetry.as_of))),
        layers: Ready::default(),
        kpis: Kpi::ALL
            .into_iter()
            .map(|kpi| reading(context, kpi, month))
            .collect(),
        gates: telemetry.gates.iter().map(gate).collect(),
        automations: telemetry
            .automations
            .iter()
            .map(|automation| AutomationRow {
                name: automation.name.clone(),
                layer: automation.layer.map_or_else(
                    || NOT_REPORTED.to_owned(),
                    |layer| label::layer(context.firm(), layer),
                ),
                runs: figure::count_or_dash(automation.runs),
                hours_saved: automation.hours_saved.map_or_else(
                    || NOT_REPORTED.to_owned(),
                    |hours| figure::decimal(hours, hours_decimals(hours)),
                ),
            })
            .collect(),
    }
}

/// Hours are whole but where the author wrote a part of one.
fn hours_decimals(hours: f64) -> usize {
    usize::from(hours.fract() != 0.0)
}

/// One KPI's figures in a month.
pub fn reading(context: Context<'_>, kpi: Kpi, month: Month) -> KpiReading {
    let currency = &context.firm().currency;
    let point = context.point(kpi, month);
    let shown = |value: Option<f64>| {
        value.map_or_else(
            || NOT_REPORTED.to_owned(),
            |value| figure::kpi(kpi, value, currency),
        )
    };
    KpiReading {
        name: kpi.name().to_owned(),
        value: shown(point.and_then(|point| point.value)),
        change: point.and_then(|point| point.change).map_or_else(
            || NOT_REPORTED.to_owned(),
            |change| figure::kpi_change(kpi, change),
        ),
        mean: shown(point.and_then(|point| point.rolling_mean)),
        verdict: point.and_then(label::judged).unwrap_or_else(|| {
            super::view::Status::new(
                super::view::Tone::Neutral,
                super::view::Shape::Dash,
                "Before Run",
            )
        }),
    }
}

/// What each layer did, a sentence each; a layer that reported nothing is
/// left out.
fn layers(context: Context<'_>, telemetry: &Telemetry) -> Vec<LayerRow> {
    let named = |ids: &[crate::diagnostic::Spanned<String>]| -> Vec<String> {
        ids.iter()
            .map(|id| label::automation(context, &id.value))
            .collect()
    };
    let build = build_sentence(
        &named(&telemetry.shipped),
        &named(&telemetry.broke),
        &named(&telemetry.retired),
        &named(&telemetry.slipping),
    );
    let sentences = [
        (Layer::Capture, capture_sentence(&telemetry.captured)),
        (
            Layer::Data,
            data_sentence(&telemetry.cleaned, &telemetry.surfaced),
        ),
        (Layer::Briefing, telemetry.briefing.map(briefing_sentence)),
        (Layer::Approval, approval_sentence(&telemetry.gates)),
        (Layer::Build, Some(build)),
    ];
    sentences
        .into_iter()
        .enumerate()
        .filter_map(|(at, (layer, sentence))| {
            Some(LayerRow {
                number: (at + 1).to_string(),
                name: label::layer(context.firm(), layer),
                sentence: sentence?,
            })
        })
        .collect()
}

fn capture_sentence(captured: &[String]) -> Option<String> {
    (!captured.is_empty()).then(|| format!("{}, for the first time", captured.join("; ")))
}

fn data_sentence(cleaned: &[String], surfaced: &[String]) -> Option<String> {
    let mut sentence = String::new();
    for (lead, items) in [("Cleaned up: ", cleaned), ("Surfaced: ", surfaced)] {
        if items.is_empty() {
            continue;
        }
        // The longest sentence of a month: a fifth of all that a page says.
        let stop = if sentence.is_empty() { "" } else { ". " };
        let items = items.join("; ");
        sentence.reserve(stop.len() + lead.len() + items.len());
        sentence.extend([stop, lead, &items]);
    }
    (!sentence.is_empty()).then_some(sentence)
}

fn briefing_sentence(briefing: Briefing) -> String {
    let mut parts = vec![format!(
        "{} {}",
        figure::count(briefing.briefs),
        if briefing.briefs == 1 {
            "brief"
        } else {
            "briefs"
        }
    )];
    if let Some(low) = briefing.low_confidence {
        parts.push(format!(
            "{} low in confidence",
            if low == 0 {
                "none".to_owned()
            } else {
                figure::count(low)
            }
        ));
    }
    if let Some(missed) = briefing.missed {
        let patterns = if missed == 1 { "pattern" } else { "patterns" };
        parts.push(match missed {
            0 => "none missed".to_owned(),
            missed => format!("{} material {patterns} missed", figure::count(missed)),
        });
    }
    parts.join(", ")
}

fn approval_sentence(gates: &[Gate]) -> Option<String> {
    let each: Vec<String> = gates
        .iter()
        .map(|gate| {
            let mut done = vec![format!("{} approved", figure::count(gate.approved))];
            if gate.overruled > 0 {
                done.push(format!("{} overruled", figure::count(gate.overruled)));
            }
            if gate.escalated > 0 {
                done.push(format!("{} escalated", figure::count(gate.escalated)));
            }
            format!(
                "{}: {} of {} reviewed, {}",
                label::spoken(&gate.id.value),
                figure::count(gate.reviewed.value),
                figure::count(gate.cases),
                done.join(", ")
            )
        })
        .collect();
    (!each.is_empty()).then(|| each.join(". "))
}

fn build_sentence(
    shipped: &[String],
    broke: &[String],
    retired: &[String],
    slipping: &[String],
) -> String {
    let parts: Vec<String> = [
        ("shipped", shipped),
        ("broke", broke),
        ("retired", retired),
        ("slipping", slipping),
    ]
    .into_iter()
    .filter(|(_, names)| !names.is_empty())
    .map(|(what, names)| format!("{} {what}", figure::list(names)))
    .collect();
    if parts.is_empty() {
        return "Nothing shipped, broke, retired or slipping".to_owned();
    }
    let mut sentence = parts.join("; ");
    if slipping.is_empty() {
        sentence.push_str("; nothing slipping");
    }
    sentence
}

fn gate(gate: &Gate) -> GateRow {
    GateRow {
        name: label::spoken(&gate.id.value),
        cases: figure::count(gate.cases),
        reviewed: figure::count(gate.reviewed.value),
        approved: figure::count(gate.approved),
        overruled: figure::count(gate.overruled),
        escalated: figure::count(gate.escalated),
        approval_rate: gate
            .approval_rate()
            .map_or_else(|| NOT_REPORTED.to_owned(), figure::percent),
    }
}

/// Trust gained and lost, if any.
fn trust(context: Context<'_>, telemetry: &Telemetry) -> Option<TrustTable> {
    let count = |change| {
        telemetry
            .trust
            .iter()
            .filter(|event| event.change == change)
            .count()
    };
    let (gains, losses) = (count(TrustChange::Gain), count(TrustChange::Loss));
    let title = match (gains, losses) {
        (0, 0) => return None,
        (gains, 0) => format!("Trust gained {}", times(gains)),
        (0, losses) => format!("Trust lost {}", times(losses)),
        (gains, losses) => format!("Trust gained {}, lost {}", times(gains), times(losses)),
    };
    let rows = telemetry.trust.iter().map(|event| TrustRow {
        change: label::trust(event.change),
        layer: label::layer(context.firm(), event.layer),
        subject: event.subject.as_deref().map(label::spoken),
        what: event.what.clone(),
        action: event.action.as_deref().map(figure::capital),
    });
    Some(TrustTable {
        title,
        rows: rows.collect(),
    })
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{} times", figure::in_words(count)),
    }
}

/// What is not broken yet, soonest first, if anything.
fn watch(telemetry: &Telemetry) -> Option<WatchTable> {
    let mut watched: Vec<_> = telemetry.watch.iter().collect();
    watched.sort_by_key(|watch| (watch.due.is_none(), watch.due));
    let rows: Vec<WatchRow> = watched
        .into_iter()
        .map(|watch| WatchRow {
            kind: label::watch_kind(watch.kind).to_owned(),
            what: watch.what.clone(),
            owner: watch.owner.as_ref().map_or_else(
                || NOT_REPORTED.to_owned(),
                |owner| label::seat(&owner.value),
            ),
            due: watch
                .due
                .map_or_else(|| NOT_REPORTED.to_owned(), figure::short_day),
        })
        .collect();
    (!rows.is_empty()).then(|| WatchTable {
        title: "Not broken yet".to_owned(),
        rows,
    })
}

/// Where people push back, if anyone does.
fn pushback(telemetry: &Telemetry) -> Option<PushbackTable> {
    let rows: Vec<PushbackRow> = telemetry
        .pushback
        .iter()
        .map(|pushback| PushbackRow {
            who: pushback.who.clone(),
            what: figure::capital(&pushback.what),
            response: pushback
                .response
                .as_deref()
                .map_or_else(|| NOT_REPORTED.to_owned(), figure::capital),
        })
        .collect();
    (!rows.is_empty()).then(|| PushbackTable {
        title: format!(
            "{} of pushback",
            figure::capital(&figure::counted(rows.len(), "case", "cases"))
        ),
        note: Some("For leadership only".to_owned()),
        rows,
    })
}
