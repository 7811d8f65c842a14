//! What the system reported over a month.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::check::Check;
use super::kpi::{Kpi, PerKpi};
use super::restatement::{self, Restatement};
use super::snapshot::Figure;
use crate::diagnostic::{Report, Span, Spanned};
use crate::source::Document;
use crate::source::document::{
    AutomationFile, BriefingFile, GateFile, KpisFile, LayerName, LayersFile, PushbackFile,
    TelemetryFile, TrustChange, TrustFile, WatchFile, WatchKind,
};
use crate::source::field::{Date, Entries, Field};
use crate::source::month::Month;

/// A layer of the operating system.
pub type Layer = LayerName;

/// A month's telemetry.
#[derive(Clone, Debug, PartialEq)]
pub struct Telemetry {
    /// The day it speaks of.
    pub as_of: NaiveDate,
    /// The KPIs that were reported, each in its own unit.
    pub kpis: PerKpi<Option<Spanned<f64>>>,
    /// Metrics of the end state's scorecard that were measured, by id.
    pub scorecard: Vec<(Spanned<String>, f64)>,
    /// The KPIs whose figure may still change.
    pub provisional: BTreeSet<Kpi>,
    /// What Layer 1 captured for the first time.
    pub captured: Vec<String>,
    /// What Layer 2 cleaned up.
    pub cleaned: Vec<String>,
    /// What Layer 2 brought to light.
    pub surfaced: Vec<String>,
    /// What Layer 3 produced.
    pub briefing: Option<Briefing>,
    /// Layer 4's gates.
    pub gates: Vec<Gate>,
    /// Automations that Layer 5 shipped, by id.
    pub shipped: Vec<Spanned<String>>,
    /// Automations that broke.
    pub broke: Vec<Spanned<String>>,
    /// Automations taken out on purpose.
    pub retired: Vec<Spanned<String>>,
    /// Work that is late: an automation's id, or words.
    pub slipping: Vec<Spanned<String>>,
    /// The live automations.
    pub automations: Vec<Automation>,
    /// Gains and losses of trust.
    pub trust: Vec<TrustEvent>,
    /// What is not broken yet.
    pub watch: Vec<Watch>,
    /// Where people push back. For leadership only.
    pub pushback: Vec<Pushback>,
    /// Figures that were changed after a board's memo had shown them.
    pub restatements: Vec<Restatement>,
    /// Where its KPIs are, else the file's beginning.
    pub figures: Span,
    /// Where its automations are listed, else the file's beginning.
    pub listed: Span,
}

/// Layer 3's month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Briefing {
    /// Briefs produced.
    pub briefs: u32,
    /// Those low in confidence, if reported.
    pub low_confidence: Option<u32>,
    /// Material patterns missed, if reported.
    pub missed: Option<u32>,
}

/// A gate's month.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// The gate.
    pub id: Spanned<String>,
    /// Cases that came to it.
    pub cases: u32,
    /// Cases a person saw: approved, overruled and escalated ones.
    pub reviewed: Spanned<u32>,
    /// Passed.
    pub approved: u32,
    /// Decided otherwise.
    pub overruled: u32,
    /// Sent further up.
    pub escalated: u32,
    /// Wrong cases found among those not reviewed, if reported.
    pub missed: Option<u32>,
    /// The most approvals a month that present trust allows, if declared.
    pub envelope: Option<u32>,
}

/// A live automation's month.
#[derive(Clone, Debug, PartialEq)]
pub struct Automation {
    /// The automation.
    pub id: Spanned<String>,
    /// Its name for a reader.
    pub name: String,
    /// The layer it works in.
    pub layer: Option<Layer>,
    /// Runs, if reported.
    pub runs: Option<u32>,
    /// Hours saved, if reported.
    pub hours_saved: Option<f64>,
    /// Whether it is a candidate for pruning.
    pub prune: bool,
}

/// A gain or loss of trust in a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct TrustEvent {
    /// The layer.
    pub layer: Layer,
    /// Gain or loss.
    pub change: TrustChange,
    /// The gate or automation, if it is one.
    pub subject: Option<String>,
    /// What happened.
    pub what: String,
    /// What is done about it.
    pub action: Option<String>,
}

/// Something not broken yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    /// What will happen.
    pub what: String,
    /// Of what kind.
    pub kind: WatchKind,
    /// When, if known.
    pub due: Option<NaiveDate>,
    /// The seat that watches it.
    pub owner: Option<Spanned<String>>,
}

/// Where people push back.
#[derive(Clone, Debug, PartialEq)]
pub struct Pushback {
    /// Who.
    pub who: String,
    /// What they do.
    pub what: String,
    /// What is done about it.
    pub response: Option<String>,
}

impl Gate {
    /// Approved ÷ reviewed in percent; none if nothing was reviewed.
    pub fn approval_rate(&self) -> Option<f64> {
        (self.reviewed.value > 0)
            .then(|| f64::from(self.approved) / f64::from(self.reviewed.value) * 100.0)
    }
}

impl Telemetry {
    /// Whether an automation is live: reported, or shipped this month.
    pub fn is_live(&self, id: &str) -> bool {
        let reported = self
            .automations
            .iter()
            .any(|automation| automation.id.value == id);
        reported || self.shipped.iter().any(|shipped| shipped.value == id)
    }

    /// Whether it names the same gates and automations, in the same order.
    pub(super) fn has_the_names_of(&self, other: &Telemetry) -> bool {
        fn names(of: &[Spanned<String>]) -> impl Iterator<Item = &String> {
            of.iter().map(|id| &id.value)
        }
        let gates = self.gates.iter().map(|gate| &gate.id.value);
        let reported = self.automations.iter().map(|one| &one.id.value);
        gates.eq(other.gates.iter().map(|gate| &gate.id.value))
            && reported.eq(other.automations.iter().map(|one| &one.id.value))
            && names(&self.shipped).eq(names(&other.shipped))
            && names(&self.retired).eq(names(&other.retired))
    }
}

pub(super) fn telemetry(
    month: Month,
    document: Document<TelemetryFile>,
    report: &mut Report,
) -> Telemetry {
    let Document { file, span, value } = document;
    let TelemetryFile {
        as_of,
        kpis,
        scorecard,
        provisional,
        layers,
        gates,
        automations,
        trust,
        watch,
        pushback,
        restatements,
    } = value;
    let mut check = Check {
        file: &file,
        report,
    };
    let layers = check
        .optional(layers)
        .map(|layers| layers.value)
        .unwrap_or_default();
    let LayersFile {
        capture,
        data,
        briefing,
        build,
    } = layers;
    let capture = check
        .optional(capture)
        .map(|capture| capture.value)
        .unwrap_or_default();
    let data = check
        .optional(data)
        .map(|data| data.value)
        .unwrap_or_default();
    let build = check
        .optional(build)
        .map(|build| build.value)
        .unwrap_or_default();
    let figures = match &kpis {
        Field::Given(_, range) => Span::new(&file, range.clone()),
        Field::Absent | Field::Invalid => Span::start_of(&file),
    };
    let listed = match &automations {
        Field::Given(_, range) => Span::new(&file, range.clone()),
        Field::Absent | Field::Invalid => span,
    };
    let words = |texts: Vec<Spanned<String>>| texts.into_iter().map(|text| text.value).collect();
    Telemetry {
        as_of: as_of_date(&mut check, as_of, month),
        kpis: kpis_of(&mut check, kpis),
        scorecard: measured(&mut check, scorecard),
        provisional: check
            .list(provisional)
            .into_iter()
            .map(|name| name.value.into())
            .collect(),
        captured: words(check.texts(capture.new, "new")),
        cleaned: words(check.texts(data.cleaned, "cleaned")),
        surfaced: words(check.texts(data.surfaced, "surfaced")),
        briefing: check
            .optional(briefing)
            .and_then(|file| briefing_of(&mut check, file)),
        gates: each(&mut check, gates, gate),
        shipped: check.ids(build.shipped),
        broke: check.ids(build.broke),
        retired: check.ids(build.retired),
        slipping: check.texts(build.slipping, "slipping"),
        automations: each(&mut check, automations, automation),
        trust: each(&mut check, trust, trust_event),
        watch: each(&mut check, watch, watched),
        pushback: each(&mut check, pushback, pushed_back),
        restatements: restatement::of_kpis(&mut check, restatements, |kpi| {
            Figure::Value(kpi, month)
        }),
        figures,
        listed,
    }
}

pub(super) fn each<F, T>(
    check: &mut Check<'_>,
    list: Field<Vec<Field<F>>>,
    make: impl Fn(&mut Check<'_>, Spanned<F>) -> Option<T>,
) -> Vec<T> {
    check
        .list(list)
        .into_iter()
        .filter_map(|item| make(check, item))
        .collect()
}

fn as_of_date(check: &mut Check<'_>, field: Field<Date>, month: Month) -> NaiveDate {
    check.optional(field).map_or(month.last_day(), |date| {
        check.day_of_month(date, "as_of", month).value
    })
}

fn measured(check: &mut Check<'_>, field: Field<Entries<f64>>) -> Vec<(Spanned<String>, f64)> {
    let entries = check.optional(field).map(|entries| entries.value.0);
    let entries = entries.unwrap_or_default().into_iter();
    let pairs = entries.filter_map(|(id, value)| check.id(id).zip(check.optional(value)));
    pairs.map(|(id, value)| (id, value.value)).collect()
}

pub(super) fn kpis_of(
    check: &mut Check<'_>,
    field: Field<KpisFile>,
) -> PerKpi<Option<Spanned<f64>>> {
    let file = check
        .optional(field)
        .map(|kpis| kpis.value)
        .unwrap_or_default();
    let KpisFile {
        revenue_per_employee,
        task_automation,
        away_from_desk,
    } = file;
    figures(check, revenue_per_employee, task_automation, away_from_desk)
}

pub(super) fn figures(
    check: &mut Check<'_>,
    revenue: Field<f64>,
    automation: Field<f64>,
    away: Field<f64>,
) -> PerKpi<Option<Spanned<f64>>> {
    PerKpi {
        revenue_per_employee: check.within(
            revenue,
            "revenue_per_employee",
            1.0..=1e9,
            "it is a year's revenue divided by the people employed, in whole units of the currency",
        ),
        task_automation: check.within(
            automation,
            "task_automation",
            0.0..=100.0,
            "it is a share of the work, from 0 to 100 percent",
        ),
        away_from_desk: check.within(
            away,
            "away_from_desk",
            0.0..=744.0,
            "it is hours in the month: none are less than 0, and a month has at most 744",
        ),
    }
}

fn briefing_of(check: &mut Check<'_>, file: Spanned<BriefingFile>) -> Option<Briefing> {
    let BriefingFile {
        briefs,
        low_confidence,
        missed,
    } = file.value;
    let briefs = check.required(briefs, "briefs", &file.span);
    let low_confidence = check.optional(low_confidence);
    let missed = check.optional(missed).map(|missed| missed.value);
    let briefs = briefs?.value;
    if let Some(low) = low_confidence.as_ref().filter(|low| low.value > briefs) {
        check.report.push(
            crate::diagnostic::Diagnostic::error(
                "more-than-all",
                format!(
                    "{} briefs are low in confidence, but there are only {briefs}",
                    low.value
                ),
            )
            .at(&low.span, "")
            .help("`low_confidence` counts some of `briefs`"),
        );
        return None;
    }
    Some(Briefing {
        briefs,
        low_confidence: low_confidence.map(|low| low.value),
        missed,
    })
}

fn gate(check: &mut Check<'_>, file: Spanned<GateFile>) -> Option<Gate> {
    let GateFile {
        id,
        cases,
        reviewed,
        approved,
        overruled,
        escalated,
        missed,
        envelope,
    } = file.value;
    let holder = &file.span;
    let id = check.required_id(id, "id", holder);
    let cases = check.required(cases, "cases", holder);
    let reviewed = check.required(reviewed, "reviewed", holder);
    let approved = check.required(approved, "approved", holder);
    let overruled = check.required(overruled, "overruled", holder);
    let escalated = check.required(escalated, "escalated", holder);
    let missed = check.optional(missed).map(|missed| missed.value);
    let envelope = check.optional(envelope).map(|envelope| envelope.value);
    Some(Gate {
        id: id?,
        cases: cases?.value,
        reviewed: reviewed?,
        approved: approved?.value,
        overruled: overruled?.value,
        escalated: escalated?.value,
        missed,
        envelope,
    })
}

fn automation(check: &mut Check<'_>, file: Spanned<AutomationFile>) -> Option<Automation> {
    let AutomationFile {
        id,
        name,
        layer,
        runs,
        hours_saved,
        prune,
    } = file.value;
    let id = check.required_id(id, "id", &file.span);
    let name = check.required_text(name, "name", &file.span);
    let layer = check.optional(layer).map(|layer| layer.value);
    let runs = check.optional(runs).map(|runs| runs.value);
    let hours = check.within(
        hours_saved,
        "hours_saved",
        0.0..=100_000.0,
        "it is hours saved in the month; an automation that costs time saves 0",
    );
    let prune = check.optional(prune).is_some_and(|prune| prune.value);
    Some(Automation {
        id: id?,
        name: name?.value,
        layer,
        runs,
        hours_saved: hours.map(|hours| hours.value),
        prune,
    })
}

fn trust_event(check: &mut Check<'_>, file: Spanned<TrustFile>) -> Option<TrustEvent> {
    let TrustFile {
        layer,
        change,
        subject,
        what,
        action,
    } = file.value;
    let layer = check.required(layer, "layer", &file.span);
    let change = check.required(change, "change", &file.span);
    let subject = check.text(subject, "subject").map(|text| text.value);
    let what = check.required_text(what, "what", &file.span);
    let action = check.text(action, "action").map(|text| text.value);
    Some(TrustEvent {
        layer: layer?.value,
        change: change?.value,
        subject,
        what: what?.value,
        action,
    })
}

fn watched(check: &mut Check<'_>, file: Spanned<WatchFile>) -> Option<Watch> {
    let WatchFile {
        what,
        kind,
        due,
        owner,
    } = file.value;
    let what = check.required_text(what, "what", &file.span);
    let kind = check
        .optional(kind)
        .map_or(WatchKind::Other, |kind| kind.value);
    let due = check.optional(due).map(|due| due.value.0);
    let owner = check.id(owner);
    Some(Watch {
        what: what?.value,
        kind,
        due,
        owner,
    })
}

fn pushed_back(check: &mut Check<'_>, file: Spanned<PushbackFile>) -> Option<Pushback> {
    let PushbackFile {
        who,
        what,
        response,
    } = file.value;
    let who = check.required_text(who, "who", &file.span);
    let what = check.required_text(what, "what", &file.span);
    let response = check.text(response, "response").map(|text| text.value);
    Some(Pushback {
        who: who?.value,
        what: what?.value,
        response,
    })
}
