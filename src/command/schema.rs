//! `quarterdeck schema`: what an editor knows of an author's files.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::init::in_shell;
use super::pipeline::holds_site;
use super::{Ending, terminal};
use crate::diagnostic::{Diagnostic, Report, Span};
use crate::publish::{WriteError, refresh};
use crate::scaffold::NewFile;
use crate::scaffold::modeline::{SCHEMA_FOLDER, schema_path};
use crate::scaffold::schema::SchemaFile;
use crate::source::files::nameless;
use crate::source::schema::NAMES;

/// What `schema` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The kind of file whose schema is printed; a list of all if left out.
    #[arg(value_parser = PossibleValuesParser::new(NAMES))]
    name: Option<String>,
    /// Write every schema beside the content of a site, in
    /// .quarterdeck/schema/; only schemas are replaced.
    #[arg(long, conflicts_with = "name")]
    write: bool,
    /// The folder that holds the site to write them to.
    #[arg(long, value_name = "DIR", default_value = ".", requires = "write")]
    site: PathBuf,
}

/// Prints the list or a schema, or writes them all.
pub fn run(options: &Options, quiet: bool) -> Ending {
    if options.write {
        return write(&options.site, quiet);
    }
    for schema in SchemaFile::all() {
        match &options.name {
            None => terminal::line(&format!("{:<15} {}", schema.name, schema.describes)),
            Some(name) if name == schema.name => terminal::line(schema.text().trim_end()),
            Some(_) => {}
        }
    }
    Ending::Fine
}

fn write(site: &Path, quiet: bool) -> Ending {
    if let Err(ending) = holds_site(site) {
        return ending;
    }
    let files: Vec<NewFile> = SchemaFile::all()
        .into_iter()
        .map(SchemaFile::into_new)
        .collect();
    match refresh::schemas(site, &files) {
        Ok(written) => {
            if !quiet {
                let folder = site.join(SCHEMA_FOLDER);
                terminal::line(&format!(
                    "{}: {} schemas written, {} up to date",
                    folder.display(),
                    written.len(),
                    files.len() - written.len()
                ));
            }
            Ending::Fine
        }
        Err(error) => terminal::failed(ending(&error), &error.to_string(), &error.help_beside()),
    }
}

/// How a command ends that couldn't write beside an author's files.
pub(super) fn ending(error: &WriteError) -> Ending {
    match error {
        WriteError::Refused { .. } => Ending::WrongUsage,
        WriteError::System { .. } => Ending::SystemFailed,
    }
}

/// Warns if the schemas beside the content of a site aren't this version's.
/// A site without any has none to warn of.
pub(super) fn drift(root: &Path, report: &mut Report) {
    if !root.join(SCHEMA_FOLDER).is_dir() {
        return;
    }
    let is_due = |schema: &SchemaFile| {
        let found = fs::read(root.join(schema_path(schema.name))).ok();
        !found.is_some_and(|bytes| schema.is_said_by(&String::from_utf8_lossy(&bytes)))
    };
    let due: Vec<&str> = SchemaFile::all()
        .iter()
        .filter(|schema| is_due(schema))
        .map(|schema| schema.name)
        .collect();
    let Some((first, rest)) = due.split_first() else {
        return;
    };
    let which = match rest.len() {
        0 => format!("the schema `{first}` is"),
        more => format!("the schema `{first}` and {more} more are"),
    };
    let site = if root == Path::new(".") {
        String::new()
    } else {
        format!(" --site {}", in_shell(&root.display().to_string()))
    };
    let place = nameless(schema_path(first));
    report.push(
        Diagnostic::warning(
            "schema-out-of-date",
            format!("{which} not as this version of Quarterdeck writes it"),
        )
        .at(&Span::start_of(&place), "")
        .help(format!(
            "`quarterdeck schema --write{site}` brings them up to date: an editor should underline what `check` reports"
        )),
    );
}
