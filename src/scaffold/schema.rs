//! The schemas as files beside a site's content, where an editor finds them.
//!
//! What the document types say of themselves, and the names that are a later
//! stage's: the playbook's thresholds and the hosts.

use serde_json::{Map, Value, json};

use super::NewFile;
use super::modeline::schema_path;
use crate::engagement::host::Host;
use crate::engagement::playbook::Playbook;
use crate::source::schema::schemas;

/// The key of a schema's [`MARK`].
const KEY: &str = "$comment";

/// What a schema of ours says of itself, so that it may be replaced.
const MARK: &str = "Written by `quarterdeck schema --write`, which replaces it.";

/// A schema of one kind of file.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemaFile {
    /// The kind's name: `telemetry`.
    pub name: &'static str,
    /// The path of the files that it describes, in which `YYYY-MM` stands for
    /// a month.
    pub describes: String,
    /// The schema.
    pub value: Value,
}

impl SchemaFile {
    /// One for each kind of file that an author writes.
    pub fn all() -> Vec<SchemaFile> {
        schemas().into_iter().map(SchemaFile::of).collect()
    }

    fn of((name, mut value): (&'static str, Value)) -> SchemaFile {
        let title = value.get("title").and_then(Value::as_str);
        let describes = title.unwrap_or_default().to_owned();
        match name {
            "engagement" => with_playbook(&mut value),
            "site" => with_hosts(&mut value),
            _ => {}
        }
        flowing(&mut value);
        if let Value::Object(fields) = &mut value {
            fields.insert(KEY.to_owned(), MARK.into());
        }
        SchemaFile {
            name,
            describes,
            value,
        }
    }

    /// What stands in the file.
    pub fn text(&self) -> String {
        format!("{:#}\n", self.value)
    }

    /// The file, from a site's root.
    pub fn into_new(self) -> NewFile {
        NewFile::new(schema_path(self.name), self.text())
    }

    /// Whether a text found in the file says the same, though a version
    /// control system may have changed its line ends.
    pub fn is_said_by(&self, text: &str) -> bool {
        text.replace('\r', "") == self.text()
    }
}

/// Whether a text is a schema that this program wrote, in whatever version.
pub fn is_ours(text: &str) -> bool {
    let read: Option<Value> = serde_json::from_str(text).ok();
    read.is_some_and(|schema| schema[KEY] == MARK)
}

/// Takes the line ends out of what an editor shows, which breaks lines itself.
fn flowing(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if name == "description" => {
                        *text = text.replace('\n', " ");
                    }
                    _ => flowing(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(flowing),
        _ => {}
    }
}

/// Each threshold by its name, with its range and why it is what it is.
fn with_playbook(schema: &mut Value) {
    let Some(playbook) = schema.pointer_mut("/properties/playbook") else {
        return;
    };
    let mut known = Map::new();
    for entry in Playbook::ENTRIES {
        let threshold = json!({
            "description": format!("{} {} unless given: {}.", entry.default, entry.unit, entry.why),
            // A number in quotes is one too.
            "type": ["number", "string"],
            "minimum": entry.range.0,
            "maximum": entry.range.1,
            "pattern": r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$",
        });
        known.insert(entry.name.to_owned(), threshold);
    }
    let skipped = json!({
        "description": "Whether a skipped session resets the streak, as it does unless given, or pauses it.",
        "enum": ["reset", "pause"],
    });
    known.insert("skipped".to_owned(), skipped);
    let description = playbook["description"].take();
    *playbook = json!({
        "description": description,
        "type": "object",
        "properties": known,
        "additionalProperties": false,
    });
}

/// The hosts whose access control is known.
fn with_hosts(schema: &mut Value) {
    if let Some(hosts) = schema.pointer_mut("/properties/privacy/properties/hosts/items") {
        *hosts = json!({ "enum": Host::ALL.map(Host::name) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_later_stages_are_in_the_schemas() {
        let all = SchemaFile::all();
        let schema = |name: &str| &all.iter().find(|schema| schema.name == name).unwrap().value;
        let playbook = &schema("engagement")["properties"]["playbook"];
        let known = playbook["properties"].as_object().unwrap();
        assert_eq!(known.len(), Playbook::ENTRIES.len() + 1);
        assert_eq!(known["headroom-task-automation"]["maximum"], 100.0);
        assert_eq!(
            schema("site")["properties"]["privacy"]["properties"]["hosts"]["items"]["enum"][0],
            "nginx"
        );
    }

    #[test]
    fn a_schema_of_ours_is_known_by_its_mark() {
        for schema in SchemaFile::all() {
            let text = schema.text();
            assert!(is_ours(&text), "{}", schema.name);
            assert!(schema.is_said_by(&text.replace('\n', "\r\n")));
            assert!(!schema.is_said_by(&text.replace("object", "array")));
        }
        for foreign in ["", "{}", "[]", "{ \"$comment\": \"mine\" }", "<<<<<<<"] {
            assert!(!is_ours(foreign), "{foreign}");
        }
    }
}
