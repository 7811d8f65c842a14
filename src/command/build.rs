//! `quarterdeck build`: write the report site.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};

use super::pipeline::{Assembled, output, protected, told};
use super::sealing::{self, Unsealed};
use super::{Ending, Reading, exposure, sites, terminal};
use crate::diagnostic::Report;
use crate::engagement::Engagement;
use crate::publish::bundle::Bundle;
use crate::{publish, site};

/// What `build` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The folders that hold the sites; the current one if left out.
    sites: Vec<PathBuf>,
    /// Whom the tree is for. The leadership's site holds everything; the
    /// board's holds the frozen memos and nothing else, for a server of its
    /// own.
    #[arg(long, value_enum, default_value_t = Audience::Leadership)]
    audience: Audience,
    /// The folder to write instead of the one that site.toml names.
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    passphrases: sealing::Place,
    #[command(flatten)]
    reading: Reading,
}

/// Who reads what is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Audience {
    /// The firm's leadership.
    Leadership,
    /// Its board.
    Board,
}

/// Builds every site named; the worst ending is the command's.
pub fn run(options: &Options, quiet: bool) -> Ending {
    let sites = sites(&options.sites);
    if sites.len() > 1 && options.output.is_some() {
        return terminal::failed(
            Ending::WrongUsage,
            "several sites can't be written to one folder",
            "leave out --output, or build them one by one",
        );
    }
    let alone = sites.len() == 1;
    let endings = sites.iter().map(|root| one(root, options, alone, quiet));
    endings.max().unwrap_or(Ending::Fine)
}

fn one(root: &Path, options: &Options, alone: bool, quiet: bool) -> Ending {
    let began = Instant::now();
    let assembled = match told(root, options.reading.as_of, quiet) {
        Ok(assembled) => assembled,
        Err(ending) => return ending,
    };
    let places = Places::of(root, options, &assembled);
    let left_alone = |ending| {
        let shown = places.output.display();
        terminal::say(&format!("nothing was written; {shown} is as it was\n"));
        ending
    };
    let pages = assembled.pages;
    let (Some(engagement), Some(bundle), Some(theme)) =
        (assembled.engagement, assembled.bundle, assembled.theme)
    else {
        return left_alone(Ending::ContentErrors);
    };
    let bundle = for_audience(options.audience, &engagement, bundle);
    let outputs = [
        places.output.clone(),
        root.join(&engagement.settings.output),
        root.join(&engagement.settings.board.output),
    ];
    let unsealed = Unsealed {
        root,
        outputs: &outputs,
        engagement: &engagement,
        theme: &theme,
        alone,
    };
    let bundle = match sealing::sealed(bundle, &options.passphrases, &unsealed) {
        Ok(bundle) => bundle,
        Err(ending) => return left_alone(ending),
    };
    match publish::write(&bundle, &places.output, &places.protected) {
        Ok(written) => {
            if !quiet {
                terminal::line(&format!(
                    "{}: {}, {}{} in {} ms{}",
                    places.output.display(),
                    what(options.audience, pages, engagement.snapshots.len()),
                    if engagement.settings.sealing.is_some() {
                        "sealed, "
                    } else {
                        ""
                    },
                    size(written.bytes),
                    began.elapsed().as_millis(),
                    if written.unchanged { ", unchanged" } else { "" }
                ));
                let exposed = exposure::warnings(&engagement.settings);
                if !exposed.is_empty() {
                    terminal::report(&exposed);
                }
            }
            if let Some(leftover) = written.leftover {
                terminal::say(&format!(
                    "warning: {} could not be removed\n",
                    leftover.display()
                ));
            }
            Ending::Fine
        }
        Err(error) => terminal::failed(Ending::SystemFailed, &error.to_string(), &error.help()),
    }
}

/// Where a tree is written, and where it may not be.
struct Places {
    output: PathBuf,
    protected: Vec<PathBuf>,
}

impl Places {
    /// What one audience reads is never written over what the other does,
    /// whatever `--output` says: the board's server would show everything.
    fn of(root: &Path, options: &Options, assembled: &Assembled) -> Places {
        let engagement = assembled.engagement.as_ref();
        let site = output(root, None, engagement);
        let board = engagement.map(|engagement| root.join(&engagement.settings.board.output));
        let (own, other) = match options.audience {
            Audience::Leadership => (site, board),
            Audience::Board => (board.unwrap_or_else(|| site.clone()), Some(site)),
        };
        let mut protected = protected(root);
        protected.extend(other);
        Places {
            output: options.output.clone().unwrap_or(own),
            protected,
        }
    }
}

/// What an audience is given of a sound site.
fn for_audience(audience: Audience, engagement: &Engagement, sound: Bundle) -> Bundle {
    match audience {
        Audience::Leadership => sound,
        // A path that is taken twice would have been so among all files.
        Audience::Board => {
            let files = site::for_board(engagement);
            publish::bundle_of(files, &mut Report::default()).unwrap_or_default()
        }
    }
}

fn what(audience: Audience, pages: usize, memos: usize) -> String {
    let memos = match memos {
        1 => "1 memo".to_owned(),
        memos => format!("{memos} memos"),
    };
    match audience {
        Audience::Board => memos,
        Audience::Leadership if memos.starts_with("0 ") => format!("{pages} pages"),
        Audience::Leadership => format!("{pages} pages and {memos}"),
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
