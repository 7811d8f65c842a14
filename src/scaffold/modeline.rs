//! The line by which an editor finds a file's schema, so that it completes
//! and underlines while an author writes.

/// The folder of the schemas, from a site's root. Its name begins with a dot:
/// no author reads there, and nothing of it is content.
pub const SCHEMA_FOLDER: &str = ".quarterdeck/schema";

/// Where a kind's schema lies, from a site's root.
pub fn schema_path(kind: &str) -> String {
    format!("{SCHEMA_FOLDER}/{kind}.json")
}

/// A file's first line, without its end. `kind` is a schema's name, such as
/// `telemetry`; `path` is the file's, from the site's root and with `/`
/// between its parts. A path that ends in `.toml` gets TOML's form.
pub fn modeline(kind: &str, path: &str) -> String {
    let up = "../".repeat(path.matches('/').count());
    let schema = schema_path(kind);
    if path.ends_with(".toml") {
        // Editors of TOML know a path from an address by its dot.
        let up = if up.is_empty() { "./" } else { &up };
        return format!("#:schema {up}{schema}");
    }
    format!("# yaml-language-server: $schema={up}{schema}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_modeline_leads_from_its_file_to_the_schema() {
        assert_eq!(
            modeline("telemetry", "content/2026-10/telemetry.yaml"),
            "# yaml-language-server: $schema=../../.quarterdeck/schema/telemetry.json"
        );
        assert_eq!(
            modeline("engagement", "content/engagement.yaml"),
            "# yaml-language-server: $schema=../.quarterdeck/schema/engagement.json"
        );
        assert_eq!(
            modeline("site", "site.toml"),
            "#:schema ./.quarterdeck/schema/site.json"
        );
    }
}
