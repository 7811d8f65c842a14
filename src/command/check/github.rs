//! Faults as GitHub's workflow commands: annotations beside a change's lines.
//!
//! `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`, one a
//! line. What the format itself means by `%`, a line's end, `:` and `,` is
//! escaped as GitHub's own toolkit does.

use std::env;
use std::fs;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

use super::Checked;
use crate::diagnostic::{Diagnostic, Severity, Span};

/// Where a workflow finds its repository.
const WORKSPACE: &str = "GITHUB_WORKSPACE";

/// A command for each fault of a site, in the report's order, or for why it
/// wasn't read.
pub(super) fn commands(site: &Checked) -> Vec<String> {
    match &site.outcome {
        Ok(found) => {
            let base = in_repository(&site.root);
            let faults = found.report.sorted().into_iter();
            faults.map(|fault| command(&base, fault)).collect()
        }
        Err(failure) => {
            let message = format!("{}\n{}", failure.what, failure.help);
            vec![format!("::error title=not-read::{}", escaped(&message))]
        }
    }
}

fn command(base: &Path, fault: &Diagnostic) -> String {
    let word = match fault.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = Vec::new();
    if let Some(span) = &fault.span {
        properties.push(("file", file(base, span)));
        if !span.file.text.is_empty() {
            let (line, column) = span.file.line_column(span.start);
            let (_, end) = span.file.line_column(span.first_line().end);
            properties.push(("line", line.to_string()));
            properties.push(("endLine", line.to_string()));
            properties.push(("col", column.to_string()));
            properties.push(("endColumn", end.to_string()));
        }
    }
    properties.push(("title", fault.code.to_owned()));
    let properties: Vec<String> = properties
        .into_iter()
        .map(|(name, value)| format!("{name}={}", escaped_property(&value)))
        .collect();
    format!(
        "::{word} {}::{}",
        properties.join(","),
        escaped(&message(base, fault))
    )
}

/// What is wrong, what explains it elsewhere and what to do, a line each.
fn message(base: &Path, fault: &Diagnostic) -> String {
    let mut lines = vec![fault.message.clone()];
    for (place, label) in &fault.related {
        let (line, _) = place.file.line_column(place.start);
        lines.push(format!("{}:{line}: {label}", file(base, place)));
    }
    lines.extend(fault.help.as_ref().map(|help| format!("help: {help}")));
    lines.join("\n")
}

fn file(base: &Path, span: &Span) -> String {
    let path = base.join(&span.file.path);
    path.to_string_lossy().replace(MAIN_SEPARATOR, "/")
}

/// A site's folder as GitHub knows it: from the top of the repository that a
/// workflow works in; elsewhere from the current folder.
fn in_repository(root: &Path) -> PathBuf {
    let workspace = env::var_os(WORKSPACE).and_then(|path| fs::canonicalize(path).ok());
    let real = fs::canonicalize(root).ok();
    if let (Some(workspace), Some(real)) = (workspace, real)
        && let Ok(below) = real.strip_prefix(&workspace)
    {
        return below.to_owned();
    }
    let parts = root.components();
    parts.filter(|part| *part != Component::CurDir).collect()
}

fn escaped(text: &str) -> String {
    let text = text.replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::SourceFile;

    #[test]
    fn what_a_command_is_made_of_is_escaped() {
        let file = Arc::new(SourceFile {
            path: "content/a,b:c%.yaml".to_owned(),
            text: "x: é\ny\n".to_owned(),
        });
        let fault = Diagnostic::warning("odd", "50% of\r\nall: one, two::error::three")
            .at(&Span::new(&file, 3..7), "")
            .help("say less");
        assert_eq!(
            command(Path::new("clients/kestrel"), &fault),
            "::warning file=clients/kestrel/content/a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=4,endColumn=5,title=odd\
             ::50%25 of%0D%0Aall: one, two::error::three%0Ahelp: say less"
        );
    }

    #[test]
    fn a_fault_without_a_line_has_none() {
        let fault = Diagnostic::error("no-engagement", "it isn't there");
        assert_eq!(
            command(Path::new(""), &fault),
            "::error title=no-engagement::it isn't there"
        );
        let folder = Arc::new(SourceFile {
            path: "content/2026-13/".to_owned(),
            text: String::new(),
        });
        let fault = Diagnostic::error("not-a-month", "no").at(&Span::start_of(&folder), "");
        assert_eq!(
            command(Path::new(""), &fault),
            "::error file=content/2026-13/,title=not-a-month::no"
        );
    }

    #[test]
    fn the_current_folder_is_not_named() {
        assert_eq!(in_repository(Path::new(".")), PathBuf::new());
        assert_eq!(in_repository(Path::new("./a/./b")), Path::new("a/b"));
    }
}
