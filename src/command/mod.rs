//! Stage: what the command line asks for.
//!
//! One file a command. A command runs the pipeline, prints what a person
//! needs to know and says how it ended as an exit code.

mod awake;
mod build;
mod check;
mod completions;
mod exposure;
mod host;
mod init;
mod man;
mod new;
mod own_fault;
mod passphrase;
pub mod pipeline;
mod progress;
mod provenance;
mod rules;
mod schema;
mod sealing;
mod serve;
mod several;
mod snapshot;
mod terminal;
mod theme;
mod verify;
mod whereabouts;

pub use own_fault::tell_own_faults;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};

use several::STACK;

/// How a command ended, as the system is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// 0: all is well.
    Fine,
    /// 1: the content has errors.
    ContentErrors,
    /// 2: the command was used wrongly.
    WrongUsage,
    /// 3: the system failed: a full disk, a folder that can't be written.
    SystemFailed,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        ExitCode::from(ending as u8)
    }
}

/// A consulting engagement kept as YAML and markdown becomes a private report
/// site.
#[derive(Debug, Parser)]
#[command(
    name = "quarterdeck",
    version,
    about,
    max_term_width = 90,
    propagate_version = true,
    after_help = "Examples:\n  quarterdeck check\n  quarterdeck serve\n  quarterdeck build"
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    command: Command,
    /// Say nothing but what went wrong.
    #[arg(long, short, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
// Only what the one that is asked for takes is told to the parser.
#[command(defer = true)]
enum Command {
    /// Begin an engagement: a small one that builds at once.
    ///
    /// Asks nothing. Makes the folder if need be, writes over nothing, and
    /// explains each file by its own comments. A baseline and the month before
    /// this one are there to be replaced.
    #[command(
        after_help = "Examples:\n  quarterdeck init kestrel\n  quarterdeck init clients/kestrel --firm \"Kestrel Lane Freight\""
    )]
    Init(init::Options),
    /// Write the report site.
    ///
    /// Builds beside the output folder and puts it in its place by one rename:
    /// a build that fails leaves the former site as it was. Several sites are
    /// built at once, and one that fails stops no other.
    #[command(
        after_help = "Examples:\n  quarterdeck build\n  quarterdeck build clients/kestrel --output /srv/kestrel\n  quarterdeck build 'clients/*'\n  quarterdeck build --audience board"
    )]
    Build(build::Options),
    /// Lay out a month, a session or a quarter's words for the board.
    ///
    /// New files, prefilled from what the engagement says so far, with blanks
    /// to fill in. Nothing that is there is written over.
    #[command(
        after_help = "Examples:\n  quarterdeck new month\n  quarterdeck new session leadership\n  quarterdeck new board 2026-Q4"
    )]
    New(new::Options),
    /// Name every fault of the content, and write nothing.
    ///
    /// Errors come first, in the order of files and lines, then warnings.
    #[command(
        after_help = "Examples:\n  quarterdeck check\n  quarterdeck check 'clients/*' --deny-warnings\n  quarterdeck check --format json > faults.json\n  quarterdeck check --format github"
    )]
    Check(check::Options),
    /// Show the site in a browser while you write; pages reload by themselves.
    ///
    /// What is wrong with a save is shown over the last good page until it is
    /// mended. Several sites have a path each, below a page that lists them.
    /// Answers this machine only.
    #[command(
        after_help = "Examples:\n  quarterdeck serve --open\n  quarterdeck serve clients/kestrel --port 8080\n  quarterdeck serve clients/kestrel clients/harrier"
    )]
    Serve(serve::Options),
    /// Freeze a quarter's memo for the board.
    ///
    /// Writes the memo, every figure that it shows and what proves both to
    /// content/board/, once: every build copies these bytes and none makes
    /// them again. Prints the link that the board is given; with --quiet,
    /// nothing else.
    #[command(
        after_help = "Examples:\n  quarterdeck snapshot 2026-Q3\n  quarterdeck snapshot 2026-Q3 --site clients/kestrel --as-of 2026-10-08"
    )]
    Snapshot(snapshot::Options),
    /// Prove that frozen quarters are as they were frozen.
    ///
    /// Holds every byte against the manifests, and each manifest against the
    /// one that was frozen after it. Fails if anything differs.
    #[command(
        after_help = "Examples:\n  quarterdeck verify\n  quarterdeck verify clients/kestrel\n  quarterdeck verify downloads/2026-q3"
    )]
    Verify(verify::Options),
    /// Explain the rules by which months are judged.
    ///
    /// Each with its condition, the thresholds now in force and why.
    #[command(after_help = "Examples:\n  quarterdeck rules\n  quarterdeck rules headroom-open")]
    Rules(rules::Options),
    /// Print the JSON Schema of a kind of file, or list them all.
    ///
    /// Editors complete and underline by it. `init` puts them beside the
    /// content, in .quarterdeck/schema/; --write brings those up to date.
    #[command(
        after_help = "Examples:\n  quarterdeck schema\n  quarterdeck schema telemetry\n  quarterdeck schema --write --site clients/kestrel"
    )]
    Schema(schema::Options),
    /// Print a configuration under which a host serves the site privately.
    ///
    /// With access control for leadership and, apart, for the board's memos.
    /// Nothing is written.
    #[command(
        after_help = "Examples:\n  quarterdeck host nginx --domain kestrel.example.org --root /srv/kestrel\n  quarterdeck host workflow"
    )]
    Host(host::Options),
    /// Make a strong passphrase for a recipient of a sealed site.
    ///
    /// Prints seven random words and nothing else.
    #[command(
        after_help = "Examples:\n  quarterdeck passphrase\n  quarterdeck passphrase --words 8"
    )]
    Passphrase(passphrase::Options),
    /// Print what a shell needs to complete these commands.
    #[command(
        after_help = "Examples:\n  quarterdeck completions bash\n  quarterdeck completions fish > ~/.config/fish/completions/quarterdeck.fish"
    )]
    Completions(completions::Options),
    /// Print the manual, as `man` reads it.
    #[command(
        after_help = "Examples:\n  quarterdeck man\n  quarterdeck man build\n  quarterdeck man | man -l -"
    )]
    Man(man::Options),
    /// List the files of the default theme, or copy some to change them.
    ///
    /// A theme of your own is a folder below themes/ with the files that
    /// differ from the default's.
    #[command(
        after_help = "Examples:\n  quarterdeck theme list\n  quarterdeck theme eject overview.html"
    )]
    Theme(theme::Options),
}

/// What every command that reads a site takes.
#[derive(Clone, Debug, Args)]
struct Reading {
    /// The latest day that the content speaks of, if it isn't to be found in
    /// the content: decisions are late or not as of this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    as_of: Option<NaiveDate>,
}

/// What every command that may fail for a warning takes.
#[derive(Clone, Copy, Debug, Args)]
struct Strictness {
    /// Let a warning end the command as an error does.
    #[arg(long)]
    deny_warnings: bool,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| "a day is written 2026-10-08".to_owned())
}

/// The sites named on the command line, or the one in the current folder.
fn sites(named: &[PathBuf]) -> Vec<PathBuf> {
    if named.is_empty() {
        vec![PathBuf::from(".")]
    } else {
        named.to_vec()
    }
}

/// Starts the threads that a site is worked on with: where the system allows
/// no more of them, whoever first asks for their help would panic.
fn start_threads() -> Result<(), Ending> {
    let threads = rayon::ThreadPoolBuilder::new().stack_size(STACK);
    let started = threads.build_global();
    // The system's word is its source; without one they are there already.
    match started.as_ref().err().and_then(Error::source) {
        None => Ok(()),
        Some(why) => Err(terminal::failed(
            Ending::SystemFailed,
            &format!("no more threads can be started: {why}"),
            "end other programs, or raise the limit of processes (`ulimit -u`, or the container's); nothing was written",
        )),
    }
}

impl Command {
    /// Whether it works on whole sites.
    fn works_on_sites(&self) -> bool {
        matches!(
            self,
            Command::Build(_)
                | Command::New(_)
                | Command::Check(_)
                | Command::Serve(_)
                | Command::Snapshot(_)
                | Command::Verify(_)
                | Command::Rules(_)
                | Command::Host(_)
                | Command::Theme(_)
        )
    }
}

/// Runs what the arguments ask for.
pub fn run(arguments: &Arguments) -> Ending {
    let quiet = arguments.quiet;
    if arguments.command.works_on_sites()
        && let Err(ending) = start_threads()
    {
        return ending;
    }
    match &arguments.command {
        Command::Init(options) => init::run(options, quiet),
        Command::Build(options) => build::run(options, quiet),
        Command::New(options) => new::run(options, quiet),
        Command::Check(options) => check::run(options, quiet),
        Command::Serve(options) => serve::run(options, quiet),
        Command::Snapshot(options) => snapshot::run(options, quiet),
        Command::Verify(options) => verify::run(options, quiet),
        Command::Rules(options) => rules::run(options),
        Command::Schema(options) => schema::run(options, quiet),
        Command::Host(options) => host::run(options, quiet),
        Command::Passphrase(options) => passphrase::run(options),
        Command::Completions(options) => completions::run(options),
        Command::Man(options) => man::run(options),
        Command::Theme(options) => theme::run(options, quiet),
    }
}
