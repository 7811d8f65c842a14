//! Every value that an author can write, by walking the schemas of the files.

use std::collections::BTreeMap;

use serde_json::Value;

/// What may stand at a leaf.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Any words.
    Text,
    /// A name of letters, digits and hyphens.
    Id,
    /// A measure.
    Number,
    /// A count.
    Whole,
    /// A day.
    Date,
    /// A month.
    Month,
    /// Hours and minutes.
    Time,
    /// One of these.
    Word(Vec<Value>),
}

/// Every leaf by its path: `telemetry.pushback[].who`; `{}` is the value of a
/// mapping whose names the author chooses, and `{name}` such a name.
pub fn leaves() -> BTreeMap<String, Kind> {
    let mut found = BTreeMap::new();
    for (name, schema) in quarterdeck::source::schema::schemas() {
        walk(&schema, name, &mut found);
    }
    found
}

fn walk(schema: &Value, path: &str, found: &mut BTreeMap<String, Kind>) {
    if let Some(fields) = schema["properties"].as_object() {
        for (name, field) in fields {
            walk(field, &format!("{path}.{name}"), found);
        }
    } else if schema["additionalProperties"].is_object() {
        found.insert(format!("{path}{{name}}"), name_kind(schema));
        walk(
            &schema["additionalProperties"],
            &format!("{path}{{}}"),
            found,
        );
    } else if schema["items"].is_object() {
        walk(&schema["items"], &format!("{path}[]"), found);
    } else {
        found.insert(path.to_owned(), kind(schema, path));
    }
}

/// What the names of a mapping may be.
pub fn name_kind(schema: &Value) -> Kind {
    let names = &schema["propertyNames"];
    match names["enum"].as_array() {
        Some(words) => Kind::Word(words.clone()),
        None if names["pattern"] == r"\S" => Kind::Text,
        None => Kind::Id,
    }
}

/// What a leaf may be.
pub fn kind(schema: &Value, path: &str) -> Kind {
    if let Some(words) = schema["enum"].as_array() {
        return Kind::Word(words.clone());
    }
    if let Some(words) = schema["oneOf"].as_array() {
        return Kind::Word(words.iter().map(|word| word["const"].clone()).collect());
    }
    // What may stand there besides is a word for none.
    if let Some(first) = schema["anyOf"].get(0) {
        return kind(first, path);
    }
    let pattern = schema["pattern"].as_str().unwrap_or_default();
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        several => {
            let several = several.as_array().into_iter().flatten();
            several.filter_map(Value::as_str).collect()
        }
    };
    let is_name = pattern == "^[a-z0-9_-]{1,80}$";
    match kinds[..] {
        ["string"] if schema["format"] == "date" => Kind::Date,
        ["string"] if pattern.contains(':') => Kind::Time,
        ["string"] if pattern.ends_with("-(0[1-9]|1[0-2])$") => Kind::Month,
        ["number"] => Kind::Number,
        ["integer"] => Kind::Whole,
        _ if is_name => Kind::Id,
        _ if kinds.contains(&"string") => Kind::Text,
        _ => panic!("{path} holds what this test doesn't know how to plant: {schema}"),
    }
}
