//! What an author would write: text as YAML, words of fixed sets, remarks.

use crate::engagement::telemetry::Layer;
use crate::source::document::{Action, BetKind, BetStatus, RiskLevel, WatchKind};

/// Words that some readers of YAML take for something else than text.
const TAKEN: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

/// Text as one YAML value on one line, within braces or not: as it is where
/// no reader can take it for anything else, and in double quotes elsewhere.
pub(super) fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if is_printable(c) => quoted.push(c),
            c => quoted.push_str(&format!("\\U{:08X}", u32::from(c))),
        }
    }
    quoted.push('"');
    quoted
}

fn is_plain(text: &str) -> bool {
    let within = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text.ends_with(' ')
        && text.chars().all(within)
        && !TAKEN.contains(&&*text.to_ascii_lowercase())
}

/// Whether YAML lets a character stand as it is; line breaks of any script
/// don't.
fn is_printable(c: char) -> bool {
    let breaks = matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}');
    let noncharacter = matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff);
    !breaks && !noncharacter && !c.is_control()
}

/// Text for a comment: on one line.
pub(super) fn remark(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An item of a list within braces: each field with its value, or blank.
pub(super) fn item<'f>(fields: impl IntoIterator<Item = (&'f str, Option<String>)>) -> String {
    let fields: Vec<String> = fields
        .into_iter()
        .map(|(name, value)| format!("{name}: {}", value.unwrap_or_default()))
        .collect();
    let fields = fields.join(", ");
    // A blank that comes last has its space already.
    format!("- {{ {} }}", fields.trim_end())
}

pub(super) fn layer(layer: Layer) -> &'static str {
    match layer {
        Layer::Capture => "capture",
        Layer::Data => "data",
        Layer::Briefing => "briefing",
        Layer::Approval => "approval",
        Layer::Build => "build",
    }
}

pub(super) fn action(action: Action) -> &'static str {
    match action {
        Action::Build => "build",
        Action::Retune => "retune",
        Action::Decommission => "decommission",
        Action::Tighten => "tighten",
        Action::Pursue => "pursue",
    }
}

pub(super) fn bet_kind(kind: BetKind) -> &'static str {
    match kind {
        BetKind::ServiceLine => "service-line",
        BetKind::Market => "market",
        BetKind::Segment => "segment",
        BetKind::Build => "build",
        BetKind::Acquisition => "acquisition",
        BetKind::Partnership => "partnership",
        BetKind::Margin => "margin",
        BetKind::Other => "other",
    }
}

pub(super) fn bet_status(status: BetStatus) -> &'static str {
    match status {
        BetStatus::Exploring => "exploring",
        BetStatus::Committed => "committed",
        BetStatus::Parked => "parked",
        BetStatus::Declined => "declined",
    }
}

pub(super) fn watch_kind(kind: WatchKind) -> &'static str {
    match kind {
        WatchKind::People => "people",
        WatchKind::Seasonal => "seasonal",
        WatchKind::Integration => "integration",
        WatchKind::Vendor => "vendor",
        WatchKind::Regulatory => "regulatory",
        WatchKind::Other => "other",
    }
}

pub(super) fn risk_level(level: RiskLevel) -> &'static str {
    match level {
        RiskLevel::Low => "low",
        RiskLevel::Medium => "medium",
        RiskLevel::High => "high",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::Report;
    use crate::source;
    use crate::source::field::Field;

    /// What the reader makes of texts: one in a block, the others in braces.
    fn read_back(texts: &[String]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let month = folder.path().join("content/2026-01");
        std::fs::create_dir_all(&month).unwrap();
        let items: Vec<String> = texts
            .iter()
            .map(|text| {
                format!(
                    "  {}\n",
                    item([("who", Some(scalar(text))), ("what", Some(scalar(text)))])
                )
            })
            .collect();
        let yaml = format!("pushback:\n{}", items.concat());
        std::fs::write(month.join("telemetry.yaml"), &yaml).unwrap();
        let mut report = Report::default();
        let documents = source::read(folder.path(), &mut report).unwrap();
        assert!(!report.has_errors(), "{yaml}\n{report:?}");
        let telemetry = documents
            .months
            .into_values()
            .next()
            .unwrap()
            .telemetry
            .unwrap();
        let telemetry = Arc::unwrap_or_clone(telemetry).value;
        let Field::Given(pushed, _) = telemetry.pushback else {
            panic!("{yaml}")
        };
        pushed
            .into_iter()
            .flat_map(|pushed| {
                let Field::Given(pushed, _) = pushed else {
                    panic!("{yaml}")
                };
                [pushed.who, pushed.what].map(|text| text.value().unwrap().clone())
            })
            .collect()
    }

    fn survive(texts: &[String]) {
        let twice: Vec<String> = texts
            .iter()
            .flat_map(|text| [text.clone(), text.clone()])
            .collect();
        assert_eq!(read_back(texts), twice);
    }

    #[test]
    fn texts_that_mean_something_in_yaml_survive() {
        let texts = [
            "",
            " ",
            "yes",
            "NO",
            "null",
            "~",
            "12",
            "1e3",
            "0x1f",
            "2026-01-02",
            "a: b",
            "a #b",
            "# a",
            "- a",
            "-",
            "? a",
            "[a]",
            "{a}",
            "a, b",
            "*a",
            "&a",
            "!a",
            "|",
            ">",
            "%a",
            "@a",
            "`a`",
            "'a'",
            "\"a\"",
            "\\n",
            "a\nb",
            "a\n\n b\n",
            "\ta",
            "a ",
            " a",
            "Zoë",
            "日本",
            "🚚",
            "a\u{2028}b",
            "a\u{a0}b",
            "---",
            "...",
            "<<",
            "=",
            ".inf",
            "1,200",
            "a:",
            ":a",
            "\u{fffe}",
            "\u{e000}",
            "a\u{301}",
        ];
        survive(&texts.map(ToOwned::to_owned));
    }

    #[test]
    fn plain_words_stay_plain() {
        for text in ["Quote drafter", "quote-drafter", "Café 2"] {
            assert_eq!(scalar(text), text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Control characters and turned text can't be read at all.
        #[test]
        fn any_text_survives_writing_and_reading(
            texts in proptest::collection::vec("([^\\p{C}]|[\n\t:#'\"\\\\{}\\[\\],&*!|>%@`~ -]){0,20}", 1..40)
        ) {
            survive(&texts);
        }
    }
}
