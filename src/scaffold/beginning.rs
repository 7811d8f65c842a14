//! The engagement that an author begins with: small, sound, and explained by
//! its own comments.
//!
//! A baseline and one month of Run, the month before the day of beginning, so
//! that the next to be written is the one now under way.

use chrono::{Datelike, NaiveDate};

use super::NewFile;
use super::modeline::{SCHEMA_FOLDER, modeline};
use super::schema::SchemaFile;
use super::written::scalar;
use crate::source::forbidden;
use crate::source::month::Month;

/// What a new engagement is made from.
#[derive(Clone, Debug)]
pub struct Beginning<'a> {
    /// The firm's name.
    pub firm: &'a str,
    /// The day of beginning.
    pub day: NaiveDate,
    /// A workflow that builds the site from git and deploys it.
    pub workflow: &'a str,
}

/// How a workflow runs at each push.
const AT_EACH_PUSH: &str = "on:\n  push:\n    branches: [main]\n  pull_request:\n";

/// The same, put off.
const PUT_OFF: &str = "\
# Each REPLACE-ME below is yours to fill in, and until then every run would fail.
# So it runs only when it is started by hand; take the signs away once it is set up.
on:
  # push:
  #   branches: [main]
  # pull_request:
";

impl Beginning<'_> {
    /// The month of Run that is told.
    pub fn month(&self) -> Month {
        Month::of(self.day).plus(-1)
    }

    /// Its files, from the site's root.
    pub fn files(&self) -> Vec<NewFile> {
        let (month, baseline) = (self.month(), self.month().plus(BASELINE));
        let mut files = vec![
            self.file("site", "site.toml", include_str!("beginning/site.toml")),
            self.file(
                "engagement",
                "content/engagement.yaml",
                include_str!("beginning/engagement.yaml"),
            ),
            self.file(
                "fit-check",
                &format!("content/{baseline}/fit-check.yaml"),
                include_str!("beginning/fit-check.yaml"),
            ),
            self.file(
                "telemetry",
                &format!("content/{month}/telemetry.yaml"),
                include_str!("beginning/telemetry.yaml"),
            ),
            self.file(
                "leadership",
                &format!("content/{month}/leadership.yaml"),
                include_str!("beginning/leadership.yaml"),
            ),
            NewFile::new(
                format!("content/{month}/leadership.md"),
                include_str!("beginning/leadership.md"),
            ),
            NewFile::new(".gitignore", include_str!("beginning/gitignore")),
            NewFile::new(".gitattributes", include_str!("beginning/gitattributes")),
            NewFile::new(".editorconfig", include_str!("beginning/editorconfig")),
            NewFile::new(
                ".vscode/extensions.json",
                include_str!("beginning/extensions.json"),
            ),
            NewFile::new(".vscode/settings.json", editor_settings()),
            NewFile::new(
                ".github/workflows/site.yml",
                self.workflow.replacen(AT_EACH_PUSH, PUT_OFF, 1),
            ),
        ];
        files.extend(SchemaFile::all().into_iter().map(SchemaFile::into_new));
        files
    }

    /// A file with a schema: its text below the line that names it.
    fn file(&self, kind: &str, path: &str, text: &str) -> NewFile {
        let first = modeline(kind, path);
        NewFile::new(path, format!("{first}\n{}", self.filled(text)))
    }

    fn filled(&self, text: &str) -> String {
        let month = self.month();
        let day = |months: i32, day: u32| {
            let first = month.plus(months).first_day();
            // Every month has these days.
            first.with_day(day).unwrap_or(first).to_string()
        };
        let blanks = [
            ("@FIT_CHECK@", day(BASELINE, 9)),
            ("@BLUEPRINT@", day(BASELINE + 1, 6)),
            ("@BUILD@", day(BASELINE + 3, 4)),
            ("@RUN_DAY@", day(0, 1)),
            ("@AS_OF@", day(0, 24)),
            ("@SESSION@", day(0, 26)),
            ("@DUE@", day(1, 20)),
            ("@WATCH@", day(2, 15)),
            ("@LATER@", day(2, 20)),
            // Last: a firm may be called anything.
            ("@FIRM@", scalar(self.firm)),
        ];
        let filled = text.to_owned();
        blanks
            .iter()
            .fold(filled, |text, (blank, value)| text.replace(blank, value))
    }
}

/// The baseline's month, from the month that is told.
const BASELINE: i32 = -7;

/// The editor's settings: which schema a file has by its path.
fn editor_settings() -> String {
    let of_yaml = SchemaFile::all()
        .into_iter()
        .filter(|schema| schema.describes.ends_with(".yaml"));
    let lines: Vec<String> = of_yaml
        .map(|schema| {
            let glob = schema.describes.replace("YYYY-MM", "*");
            format!("    \"./{SCHEMA_FOLDER}/{}.json\": \"{glob}\"", schema.name)
        })
        .collect();
    include_str!("beginning/settings.json").replace("@SCHEMAS@", &lines.join(",\n"))
}

/// A firm's name after that of its folder: `kestrel-lane_freight` is Kestrel
/// Lane Freight. None if nothing of it is a name.
pub fn firm_after(folder: &str) -> Option<String> {
    let words = folder
        .split(|c: char| c.is_whitespace() || forbidden(c) || "-_.\u{fffd}".contains(c))
        .filter(|word| !word.is_empty());
    let firm = words.map(titled).collect::<Vec<_>>().join(" ");
    firm.chars().any(char::is_alphanumeric).then_some(firm)
}

/// A word with a capital; one that has capitals already is as it was meant.
fn titled(word: &str) -> String {
    let mut rest = word.chars();
    match rest.next() {
        Some(first) if !word.chars().any(char::is_uppercase) => {
            first.to_uppercase().chain(rest).collect()
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_firm_is_called_after_its_folder() {
        for (folder, firm) in [
            ("kestrel", Some("Kestrel")),
            ("kestrel-lane_freight", Some("Kestrel Lane Freight")),
            ("Müller & Söhne", Some("Müller & Söhne")),
            ("zażółć gęślą", Some("Zażółć Gęślą")),
            ("kestrelLane", Some("kestrelLane")),
            ("2nd.street", Some("2nd Street")),
            ("株式会社", Some("株式会社")),
            ("--", None),
            ("&", None),
            ("", None),
            ("a\u{1b}[2J\u{202e}b", Some("A [2J B")),
        ] {
            assert_eq!(firm_after(folder).as_deref(), firm, "{folder}");
        }
    }

    #[test]
    fn no_blank_is_left_and_the_workflow_is_put_off() {
        let workflow = include_str!("../command/host/workflow.yml");
        let beginning = Beginning {
            firm: "A \"B\" @DUE@ \\",
            day: NaiveDate::from_ymd_opt(2026, 1, 31).unwrap(),
            workflow,
        };
        assert_eq!(beginning.month().to_string(), "2025-12");
        for file in beginning.files() {
            let text = file.text.replace("@VERSION@", "");
            let own = file.path == "content/engagement.yaml";
            let blanks = text.lines().filter(|line| {
                let mut between = line.split('@').skip(1);
                !(own && line.starts_with("firm"))
                    && between.any(|word| {
                        !word.is_empty()
                            && word
                                .bytes()
                                .all(|sign| sign.is_ascii_uppercase() || sign == b'_')
                    })
            });
            assert_eq!(blanks.collect::<Vec<_>>(), [""; 0], "{}", file.path);
            assert!(file.text.ends_with('\n'), "{}", file.path);
            if own {
                assert!(text.contains(r#"firm: "A \"B\" @DUE@ \\""#), "{text}");
            }
            if file.path.ends_with("site.yml") {
                assert!(!text.contains("\n  push:"), "{text}");
                assert!(text.contains("\n  workflow_dispatch:"), "{text}");
            }
        }
    }
}
