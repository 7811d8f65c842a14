//! `telemetry.yaml` of a month that begins.

use crate::engagement::Engagement;
use crate::engagement::telemetry::{Automation, Gate, Telemetry, Watch};
use crate::insight::Insights;
use crate::scaffold::NewFile;
use crate::scaffold::modeline::modeline;
use crate::scaffold::written::{item, layer, remark, scalar, watch_kind};
use crate::source::month::Month;

/// What the system reports over a month: the gates and the live automations
/// of the last telemetry before it by id, and every figure blank.
pub fn telemetry(engagement: &Engagement, month: Month) -> NewFile {
    let path = format!("content/{month}/telemetry.yaml");
    let past = engagement.until(month.plus(-1));
    let before = past
        .months
        .values()
        .rev()
        .find_map(|record| Some((record.month, record.telemetry.as_ref()?)));
    let mut text = modeline("telemetry", &path);
    text.push_str(&opening(&past, month));
    match before {
        None => text.push_str(FIRST),
        Some((last, telemetry)) => {
            text.push_str(&measured(telemetry));
            text.push_str(&layers(telemetry));
            text.push_str(&gates(telemetry, last));
            text.push_str(&automations(&past, telemetry, last));
            text.push_str(&watch(telemetry, month));
        }
    }
    text.push_str(CLOSING);
    NewFile::new(path, text)
}

fn opening(past: &Engagement, month: Month) -> String {
    let currency = &past.firm.currency.code;
    format!(
        "
# What the system reported over {month}. Fill in what is blank. A figure that
# wasn't reported goes, name and all: it is never 0.
# as_of: {}-04   # the day it speaks of, if that isn't the month's last

kpis:
  # A year's revenue by the people employed, in {currency}.
  revenue_per_employee:
  # The share of repeatable work that flows through the system, in percent.
  task_automation:
  # Hours in the month that the chief executive could have been away.
  away_from_desk:
# provisional: [revenue_per_employee]   # a figure that may still change
",
        month.plus(1)
    )
}

/// What there is to write when nothing was reported before.
const FIRST: &str = "
# What each layer did. Take away the `# ` where there is something to say.
# layers:
#   capture: { new: [\"Carrier e-mails\"] }
#   data: { cleaned: [], surfaced: [] }
#   briefing: { briefs: 22, low_confidence: 2, missed: 0 }
#   build: { shipped: [quote-drafter], broke: [], retired: [], slipping: [] }

# Approval points. reviewed = approved + overruled + escalated
# gates:
#   - { id: refund-approval, cases: 412, reviewed: 42, approved: 42, overruled: 0, escalated: 0 }

# Live automations. From now on each is reported every month, or retired.
# automations:
#   - { id: quote-drafter, name: Quote drafter, layer: briefing, runs: 640, hours_saved: 31 }

# What isn't broken yet.
# watch:
#   - { what: \"Peak season starts\", kind: seasonal, due: 2026-11-20, owner: coo }
";

/// What is there for every month.
const CLOSING: &str = "
# Trust gained (loosen) or lost (tighten), by layer.
# trust:
#   - { layer: approval, change: gain, subject: refund-approval, what: \"42 approvals, no override\", action: \"loosen the gate\" }

# Where people push back. It names people: leadership alone sees it.
# pushback:
#   - { who: \"Night dispatch\", what: \"works around the gate\", response: \"raise the bar\" }
";

/// The scorecard's metrics that were measured last.
fn measured(before: &Telemetry) -> String {
    if before.scorecard.is_empty() {
        return String::new();
    }
    let mut text = String::from("\n# The end state's scorecard.\nscorecard:\n");
    for (metric, _) in &before.scorecard {
        text.push_str(&format!("  {}:\n", scalar(&metric.value)));
    }
    text
}

fn layers(before: &Telemetry) -> String {
    let briefing = match before.briefing {
        Some(briefing) => {
            let mut fields = vec!["briefs: "];
            fields.extend(briefing.low_confidence.map(|_| "low_confidence: "));
            fields.extend(briefing.missed.map(|_| "missed: "));
            format!("  briefing: {{ {}}}", fields.join(", "))
        }
        None => "  # briefing: { briefs: 22, low_confidence: 2, missed: 0 }".to_owned(),
    };
    format!(
        "
# What each layer did, in words; `build` names automations by id.
layers:
  capture: {{ new: [] }}
  data: {{ cleaned: [], surfaced: [] }}
{briefing}
  build: {{ shipped: [], broke: [], retired: [], slipping: [] }}
"
    )
}

fn gates(before: &Telemetry, last: Month) -> String {
    if before.gates.is_empty() {
        return "
# Approval points. reviewed = approved + overruled + escalated
# gates:
#   - { id: refund-approval, cases: 412, reviewed: 42, approved: 42, overruled: 0, escalated: 0 }
"
        .to_owned();
    }
    let mut text =
        format!("\n# The gates of {last}. reviewed = approved + overruled + escalated\ngates:\n");
    for gate in &before.gates {
        text.push_str(&format!("  {}\n", gate_item(gate)));
    }
    text
}

fn gate_item(gate: &Gate) -> String {
    let mut fields = vec![("id", Some(scalar(&gate.id.value)))];
    let counted = ["cases", "reviewed", "approved", "overruled", "escalated"];
    fields.extend(counted.map(|name| (name, None)));
    fields.extend(gate.missed.map(|_| ("missed", None)));
    // Declared, not counted: it holds until it is changed.
    let envelope = gate
        .envelope
        .map(|most| ("envelope", Some(most.to_string())));
    fields.extend(envelope);
    item(fields)
}

fn automations(past: &Engagement, before: &Telemetry, last: Month) -> String {
    let live = |id: &str| !before.retired.iter().any(|retired| retired.value == id);
    let mut items: Vec<String> = before
        .automations
        .iter()
        .filter(|automation| live(&automation.id.value))
        .map(automation_item)
        .collect();
    let register = Insights::of(past).automations;
    let unreported = before.shipped.iter().filter(|shipped| {
        let reported = |automation: &Automation| automation.id.value == shipped.value;
        live(&shipped.value) && !before.automations.iter().any(reported)
    });
    for shipped in unreported {
        let life = register.lives.get(&shipped.value);
        let name = life.and_then(|life| life.name.as_deref()).map(scalar);
        let in_layer = life
            .and_then(|life| life.layer)
            .map(|named| layer(named).to_owned());
        let mut fields = vec![("id", Some(scalar(&shipped.value))), ("name", name)];
        fields.extend(in_layer.map(|named| ("layer", Some(named))));
        fields.extend([("runs", None), ("hours_saved", None)]);
        let again = item(fields);
        if !items.contains(&again) {
            items.push(again);
        }
    }
    if items.is_empty() {
        return "
# Live automations. From now on each is reported every month, or retired.
# automations:
#   - { id: quote-drafter, name: Quote drafter, layer: briefing, runs: 640, hours_saved: 31 }
"
        .to_owned();
    }
    let mut text = format!(
        "\n# Live at the end of {last}. One that is gone moves to `retired` above; a new one\n# is added here, and to `shipped`.\nautomations:\n"
    );
    for item in items {
        text.push_str(&format!("  {item}\n"));
    }
    text
}

fn automation_item(automation: &Automation) -> String {
    let mut fields = vec![
        ("id", Some(scalar(&automation.id.value))),
        ("name", Some(scalar(&automation.name))),
    ];
    let in_layer = automation.layer.map(|named| layer(named).to_owned());
    fields.extend(in_layer.map(|named| ("layer", Some(named))));
    let reported = (automation.runs.is_some(), automation.hours_saved.is_some());
    // What it never reports isn't asked for; of one that reported nothing,
    // both are.
    if reported.0 || !reported.1 {
        fields.push(("runs", None));
    }
    if reported.1 || !reported.0 {
        fields.push(("hours_saved", None));
    }
    if automation.prune {
        fields.push(("prune", Some("true".to_owned())));
    }
    item(fields)
}

fn watch(before: &Telemetry, month: Month) -> String {
    let (ahead, passed): (Vec<&Watch>, Vec<&Watch>) = before
        .watch
        .iter()
        .partition(|watch| watch.due.is_none_or(|due| due >= month.first_day()));
    let mut text =
        String::from("\n# What isn't broken yet, as it stood. Take out what no longer holds.\n");
    for watch in &passed {
        let due = watch.due.map(|due| due.to_string()).unwrap_or_default();
        text.push_str(&format!("# Passed on {due}: {}\n", remark(&watch.what)));
    }
    if ahead.is_empty() {
        text.push_str("# watch:\n#   - { what: \"Peak season starts\", kind: seasonal, due: 2026-11-20, owner: coo }\n");
        return text;
    }
    text.push_str("watch:\n");
    for watch in ahead {
        let mut fields = vec![
            ("what", Some(scalar(&watch.what))),
            ("kind", Some(watch_kind(watch.kind).to_owned())),
        ];
        fields.extend(watch.due.map(|due| ("due", Some(due.to_string()))));
        let owner = watch.owner.as_ref().map(|owner| scalar(&owner.value));
        fields.extend(owner.map(|owner| ("owner", Some(owner))));
        text.push_str(&format!("  {}\n", item(fields)));
    }
    text
}
