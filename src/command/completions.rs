//! `quarterdeck completions`: what a shell needs to complete our commands.

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use super::{Arguments, Ending, terminal};

/// What `completions` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The shell that reads them.
    shell: Shell,
}

/// Prints the shell's completions.
pub fn run(options: &Options) -> Ending {
    let mut script = Vec::new();
    let mut command = Arguments::command();
    let name = command.get_name().to_owned();
    generate(options.shell, &mut command, name, &mut script);
    terminal::line(String::from_utf8_lossy(&script).trim_end());
    Ending::Fine
}
