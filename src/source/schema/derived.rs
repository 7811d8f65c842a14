//! The schemas as the document types say them, and the test that holds the
//! committed ones to them.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::Value;

use super::super::document::{
    BoardFile, CurrentStateFile, DecisionBriefFile, EndStateFile, EngagementFile, FitCheckFile,
    LeadershipFile, PathFile, PreWorkFile, QuestionnaireFile, SettingsFile, TelemetryFile,
};
use super::super::field::{
    Date, Entries, Field, Filling, Id, NOT_RELEVANT, OUTSTANDING, Receipt, Time,
};
use super::super::month::Month;
use super::schemas;

/// What [`Id`] accepts, once it is text.
const ID: &str = "^[a-z0-9_-]{1,80}$";

/// Control characters, and the marks that turn or hide the text around them.
const FORBIDDEN: &str =
    r"[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]";

/// A schema for each kind of file, with its name.
///
/// They are of JSON Schema's draft 7, which editors read best.
fn derived() -> Vec<(&'static str, Schema)> {
    vec![
        ("site", of::<SettingsFile>("site.toml")),
        (
            "engagement",
            of::<EngagementFile>("content/engagement.yaml"),
        ),
        (
            "questionnaire",
            of::<QuestionnaireFile>("content/fit-check.yaml"),
        ),
        (
            "fit-check",
            of::<FitCheckFile>("content/YYYY-MM/fit-check.yaml"),
        ),
        (
            "telemetry",
            of::<TelemetryFile>("content/YYYY-MM/telemetry.yaml"),
        ),
        (
            "leadership",
            of::<LeadershipFile>("content/YYYY-MM/leadership.yaml"),
        ),
        ("board", of::<BoardFile>("content/YYYY-MM/board.yaml")),
        (
            "pre-work",
            of::<PreWorkFile>("content/YYYY-MM/pre-work.yaml"),
        ),
        (
            "end-state",
            of::<EndStateFile>("content/YYYY-MM/end-state.yaml"),
        ),
        (
            "current-state",
            of::<CurrentStateFile>("content/YYYY-MM/current-state.yaml"),
        ),
        ("path", of::<PathFile>("content/YYYY-MM/path.yaml")),
        (
            "decision-brief",
            of::<DecisionBriefFile>("content/YYYY-MM/decision-brief.yaml"),
        ),
    ]
}

fn of<T: JsonSchema>(path: &str) -> Schema {
    let settings = SchemaSettings::draft07().with(|settings| {
        // An editor shows a field's own words where it isn't led elsewhere.
        settings.inline_subschemas = true;
    });
    let settings = settings.with_transform(RecursiveTransform(closed));
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), path.into());
    schema
}

/// A type's fields are all that it may hold.
fn closed(schema: &mut Schema) {
    let object = schema.get("type").and_then(Value::as_str) == Some("object");
    if object && schema.get("properties").is_some() {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
}

impl<T: JsonSchema> JsonSchema for Field<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        format!("Field<{}>", T::schema_id()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        as_decoded(generator.subschema_for::<T>())
    }
}

impl<T: JsonSchema, N: JsonSchema> JsonSchema for Entries<T, N> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Entries_of_{}_by_{}", T::schema_name(), N::schema_name()).into()
    }

    fn schema_id() -> Cow<'static, str> {
        format!("Entries<{}, {}>", T::schema_id(), N::schema_id()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        // A name is text whatever YAML takes it for: its form alone matters.
        let name = generator.subschema_for::<Field<N>>();
        json_schema!({
            "type": "object",
            "propertyNames": { "pattern": name.get("pattern") },
            "additionalProperties": generator.subschema_for::<Field<T>>(),
        })
    }
}

impl JsonSchema for Date {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": "date",
            "pattern": "^(19[7-9][0-9]|2[01][0-9]{2})-[0-9]{2}-[0-9]{2}$",
        })
    }
}

impl JsonSchema for Id {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // YAML takes `2026` and `true` for more than text; the decoder
        // doesn't.
        json_schema!({
            "type": ["string", "integer", "boolean"],
            "pattern": ID,
        })
    }
}

impl JsonSchema for Time {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Time".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
        })
    }
}

impl JsonSchema for Month {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Month".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^(19[7-9][0-9]|2[01][0-9]{2})-(0[1-9]|1[0-2])$",
        })
    }
}

impl JsonSchema for Receipt {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Receipt".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [generator.subschema_for::<Date>(), { "const": OUTSTANDING }],
        })
    }
}

impl JsonSchema for Filling {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Filling".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [generator.subschema_for::<Id>(), { "const": NOT_RELEVANT }],
        })
    }
}

/// What the decoder makes of a scalar of a type.
fn as_decoded(mut schema: Schema) -> Schema {
    let format = schema.get("format").and_then(Value::as_str);
    match (schema.get("type").and_then(Value::as_str), format) {
        (Some("string"), None) if is_any(&schema) => json_schema!({
            "type": ["string", "number", "boolean"],
            // Not blank.
            "pattern": r"\S",
            "not": { "type": "string", "pattern": FORBIDDEN },
        }),
        (Some("boolean"), _) => json_schema!({ "enum": [true, false, "yes", "no"] }),
        (Some("integer"), Some("uint32")) => {
            json_schema!({ "type": "integer", "minimum": 0, "maximum": u32::MAX })
        }
        (Some("number"), _) => {
            schema.remove("format");
            schema
        }
        _ => schema,
    }
}

/// Whether a text is held to nothing.
fn is_any(schema: &Schema) -> bool {
    ["enum", "const", "pattern"]
        .iter()
        .all(|word| schema.get(*word).is_none())
}

/// A line a value, so that a change is seen, and none indented: that would be more
/// than a third of what the program holds of them.
fn text(schema: &Schema) -> Vec<u8> {
    let mut text = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b"");
    let mut serializer = serde_json::Serializer::with_formatter(&mut text, formatter);
    schema.as_value().serialize(&mut serializer).unwrap();
    text.push(b'\n');
    text
}

/// The committed schemas are those of the types, in their order. With
/// `QUARTERDECK_BLESS=1` in the environment they are written anew.
#[test]
fn the_committed_schemas_are_those_of_the_types() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/source/schema");
    if std::env::var_os("QUARTERDECK_BLESS").is_some_and(|value| !value.is_empty()) {
        for (name, schema) in derived() {
            fs::write(folder.join(format!("{name}.json")), text(&schema)).unwrap();
        }
        // What is compiled into this test is what stood there before.
        return;
    }
    let committed = schemas();
    let derived = derived();
    assert_eq!(committed.len(), derived.len());
    for ((name, committed), (of, derived)) in committed.iter().zip(&derived) {
        assert_eq!(name, of);
        assert!(
            committed == derived.as_value(),
            "{name}.json is not what the types say: QUARTERDECK_BLESS=1 writes it anew"
        );
    }
}
