//! `quarterdeck man`: the manual, as `man` reads it.

use std::io;

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::{Arguments, Ending, terminal};
use crate::diagnostic::{listed, nearest};

/// What `man` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The command to tell of; the program itself if left out.
    #[arg(value_name = "COMMAND")]
    path: Vec<String>,
}

/// Prints a page of the manual.
pub fn run(options: &Options) -> Ending {
    let mut program = Arguments::command();
    // Names the commands below it in full: `quarterdeck-build`.
    program.build();
    let mut told = &program;
    for name in &options.path {
        match told.find_subcommand(name) {
            Some(found) => told = found,
            None => return unknown(told, name),
        }
    }
    match page(told) {
        Ok(page) => {
            terminal::line(page.trim_end());
            Ending::Fine
        }
        Err(error) => terminal::failed(Ending::SystemFailed, &error.to_string(), ""),
    }
}

/// A command's page. Its examples get a heading and lines of their own; by
/// itself clap would run them together under `EXTRA`.
fn page(command: &Command) -> io::Result<String> {
    let program = concat!("quarterdeck ", env!("CARGO_PKG_VERSION"));
    let bare = command.clone().after_help(None::<&str>);
    let mut page = Vec::new();
    Man::new(bare).source(program).render(&mut page)?;
    let mut page = String::from_utf8_lossy(&page).into_owned();
    if let Some(help) = command.get_after_help() {
        let mut examples = Roff::new();
        examples.control("SH", ["EXAMPLES"]).control("nf", []);
        for line in help.to_string().lines().skip(1) {
            examples.text([roman(line.trim_start())]);
        }
        examples.control("fi", []);
        page.push_str(&examples.to_roff());
    }
    Ok(page)
}

fn unknown(of: &Command, name: &str) -> Ending {
    let names: Vec<&str> = of.get_subcommands().map(Command::get_name).collect();
    let help = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => format!("`{}` has no commands of its own", of.get_name()),
        None => format!("there are {}", listed(names)),
    };
    terminal::failed(
        Ending::WrongUsage,
        &format!("there is no command `{name}`"),
        &help,
    )
}
