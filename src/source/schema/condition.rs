//! What a file's fields ask of each other, as far as one file shows it: the
//! transforms that document types name beside their fields.

use schemars::Schema;
use serde_json::{Value, json};

/// A session was held, on a day and with a closing answer, or it was skipped
/// and has nothing else.
pub(in crate::source) fn held_or_skipped(schema: &mut Schema) {
    schema.insert("if".to_owned(), json!({ "required": ["skipped"] }));
    let held = [
        "date",
        "minutes",
        "attendance",
        "headroom",
        "decisions",
        "follow_up",
        "closing",
    ];
    let none: serde_json::Map<String, Value> = held
        .iter()
        .map(|name| ((*name).to_owned(), false.into()))
        .collect();
    schema.insert("then".to_owned(), json!({ "properties": none }));
    schema.insert(
        "else".to_owned(),
        json!({ "required": ["date", "closing"] }),
    );
}

/// `pursue` has a second name.
pub(in crate::source) fn with_headroom(schema: &mut Schema) {
    if let Some(Value::Array(words)) = schema.get_mut("oneOf") {
        words.push(json!({
            "description": "The same as `pursue`.",
            "type": "string",
            "const": "headroom",
        }));
    }
}

/// What slipped has a new date, which nothing else has; what was dropped has
/// a reason.
pub(in crate::source) fn by_outcome(schema: &mut Schema) {
    let outcome = |word: &str| {
        json!({
            "required": ["outcome"],
            "properties": { "outcome": { "const": word } },
        })
    };
    let conditions = json!([
        {
            "if": outcome("slipped"),
            "then": { "required": ["due"] },
            "else": { "properties": { "due": false } },
        },
        { "if": outcome("dropped"), "then": { "required": ["reason"] } },
    ]);
    schema.insert("allOf".to_owned(), conditions);
}

/// A yes needs its evidence.
pub(in crate::source) fn yes_with_evidence(schema: &mut Schema) {
    let yes = json!({
        "required": ["paying_for_itself"],
        "properties": { "paying_for_itself": { "const": "yes" } },
    });
    schema.insert("if".to_owned(), yes);
    schema.insert("then".to_owned(), json!({ "required": ["evidence"] }));
}

/// Only the best answer has nothing to fix.
pub(in crate::source) fn fix_unless_best(schema: &mut Schema) {
    let best = json!({
        "required": ["score"],
        "properties": { "score": { "const": 100 } },
    });
    schema.insert("if".to_owned(), best);
    schema.insert("then".to_owned(), json!({ "properties": { "fix": false } }));
    schema.insert("else".to_owned(), json!({ "required": ["fix"] }));
}

/// A line of the plan has its week, or its first and its last.
pub(in crate::source) fn by_week(schema: &mut Schema) {
    schema.insert("if".to_owned(), json!({ "required": ["week"] }));
    let none = json!({ "properties": { "from": false, "to": false } });
    schema.insert("then".to_owned(), none);
    schema.insert("else".to_owned(), json!({ "required": ["from", "to"] }));
}

/// What is called signed has signatures.
pub(in crate::source) fn signed_by_somebody(schema: &mut Schema) {
    let signed = json!({
        "required": ["signed"],
        "properties": { "signed": { "enum": [true, "yes"] } },
    });
    schema.insert("if".to_owned(), signed);
    let somebody = json!({
        "required": ["signatures"],
        "properties": { "signatures": { "minItems": 1 } },
    });
    schema.insert("then".to_owned(), somebody);
}

/// What is sealed can be opened by somebody.
pub(in crate::source) fn sealed_for_somebody(schema: &mut Schema) {
    let sealed = json!({
        "required": ["seal"],
        "properties": { "seal": { "enum": [true, "yes"] } },
    });
    schema.insert("if".to_owned(), sealed);
    let somebody = json!({
        "required": ["recipients"],
        "properties": { "recipients": { "minItems": 1 } },
    });
    schema.insert("then".to_owned(), somebody);
}

/// Of the pathways that were evaluated, exactly one is selected.
pub(in crate::source) fn one_selected(schema: &mut Schema) {
    let names = ["transform", "parallel", "outsource", "hybrid"];
    let mut ways = vec![json!({ "maxProperties": 0 })];
    ways.extend(
        names.map(|name| json!({ "required": [name], "properties": { name: selected() } })),
    );
    schema.insert("oneOf".to_owned(), ways.into());
}

/// A pathway that is selected has its owner.
pub(in crate::source) fn owned_if_selected(schema: &mut Schema) {
    schema.insert("if".to_owned(), selected());
    schema.insert("then".to_owned(), json!({ "required": ["owner"] }));
}

fn selected() -> Value {
    json!({
        "required": ["selected"],
        "properties": { "selected": { "enum": [true, "yes"] } },
    })
}

/// The selected pathway rests on assumptions.
pub(in crate::source) fn resting_on_assumptions(schema: &mut Schema) {
    let any = json!({
        "required": ["pathways"],
        "properties": { "pathways": { "not": { "additionalProperties": { "not": selected() } } } },
    });
    schema.insert("if".to_owned(), any);
    let some = json!({
        "required": ["assumptions"],
        "properties": { "assumptions": { "minItems": 1 } },
    });
    schema.insert("then".to_owned(), some);
}

/// Each part of the Fit Check has a question that counts.
pub(in crate::source) fn every_part_weighs(schema: &mut Schema) {
    let parts = [
        "readiness",
        "capture",
        "data",
        "briefing",
        "approval",
        "build",
    ];
    let counts = parts.map(|part| {
        json!({
            "contains": {
                "required": ["part"],
                "properties": { "part": { "const": part }, "weight": { "not": { "const": 0 } } },
            },
        })
    });
    if let Some(questions) = schema.pointer_mut("/properties/questions") {
        questions["allOf"] = json!(counts);
    }
}
