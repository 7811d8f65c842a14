//! `quarterdeck build`: write the report site.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum, ValueHint};

use super::pipeline::{Assembled, assembled, leave, output, protected, within};
use super::sealing::{self, Unsealed};
use super::several::{Sites, Work};
use super::terminal::{self, Told};
use super::{Ending, Reading, Strictness, exposure};
use crate::diagnostic::Report;
use crate::engagement::{self, Engagement};
use crate::publish::Written;
use crate::publish::bundle::Bundle;
use crate::site::theme::Theme;
use crate::{publish, site, source};

/// What `build` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The folders that hold the sites, or patterns such as 'clients/*'; the
    /// current folder if left out.
    #[arg(value_hint = ValueHint::DirPath)]
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
    #[command(flatten)]
    strictness: Strictness,
}

/// Who reads what is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Audience {
    /// The firm's leadership.
    Leadership,
    /// Its board.
    Board,
}

/// What is done here, in words.
const WORK: Work = Work {
    doing: "building",
    done: "built",
};

/// Builds every site named; the worst ending is the command's.
pub fn run(options: &Options, quiet: bool) -> Ending {
    // While the sites are looked for.
    Theme::make_ready();
    let mut sites = Sites::of(&options.sites);
    if sites.are_several() {
        if options.output.is_some() {
            return terminal::failed(
                Ending::WrongUsage,
                "several sites can't be written to one folder",
                "leave out --output, or build them one by one",
            );
        }
        let output = |root: &Path| publish::real_output(&own_output(root, options.audience)?);
        sites.refuse_clashes(output, |one, other| {
            publish::belongs_to_output(one, other) || publish::belongs_to_output(other, one)
        });
    }
    let alone = !sites.are_several();
    sites.each(&WORK, quiet, |root, told| {
        one(root, options, alone, quiet, told)
    })
}

/// The folder that a site's own settings name for its output, read before
/// anything else of it is. What is wrong with them is told when it is built.
fn own_output(root: &Path, audience: Audience) -> Option<PathBuf> {
    let mut unsaid = Report::default();
    let settings = source::read_settings(root, &mut unsaid).ok()?;
    let settings = engagement::firm::settings(settings, &mut unsaid);
    Some(match audience {
        Audience::Leadership => within(root, &settings.output),
        Audience::Board => within(root, &settings.board.output),
    })
}

fn one(root: &Path, options: &Options, alone: bool, quiet: bool, told: &mut Told) -> Ending {
    let began = Instant::now();
    let deny_warnings = options.strictness.deny_warnings;
    let assembled = match assembled(root, options.reading.as_of, deny_warnings, quiet, told) {
        Ok(assembled) => assembled,
        Err(ending) => return ending,
    };
    let places = Places::of(root, options, &assembled);
    let left_alone = |ending, told: &mut Told| {
        let shown = places.output.display();
        told.say(&format!("nothing was written; {shown} is as it was\n"));
        ending
    };
    if assembled.report.stops() {
        return left_alone(Ending::ContentErrors, told);
    }
    let pages = assembled.pages;
    let (Some(engagement), Some(bundle), Some(theme)) =
        (assembled.engagement, assembled.bundle, assembled.theme)
    else {
        return left_alone(Ending::ContentErrors, told);
    };
    let mut exposed = exposure::warnings(&engagement.settings);
    if deny_warnings && !exposed.is_empty() {
        exposed.deny_warnings();
        told.report(&exposed);
        return left_alone(Ending::ContentErrors, told);
    }
    let bundle = for_audience(options.audience, &engagement, bundle);
    let outputs = [
        places.output.clone(),
        within(root, &engagement.settings.output),
        within(root, &engagement.settings.board.output),
    ];
    let unsealed = Unsealed {
        root,
        outputs: &outputs,
        engagement: &engagement,
        theme: &theme,
        alone,
    };
    let bundle = match sealing::sealed(bundle, &options.passphrases, &unsealed, told) {
        Ok(bundle) => bundle,
        Err(ending) => return left_alone(ending, told),
    };
    match publish::write(&bundle, &places.output, &places.protected) {
        Ok(written) => {
            if !quiet {
                let memos = engagement.snapshots.len();
                let what = what(options.audience, pages, memos);
                let settings = &engagement.settings;
                let sealed = settings.sealing.is_some();
                told.line(&summary(&places.output, &what, sealed, &written, began));
                if !exposed.is_empty() {
                    told.report(&exposed);
                }
            }
            if let Some(leftover) = written.leftover {
                told.say(&format!(
                    "warning: {} could not be removed\n",
                    leftover.display()
                ));
            }
            leave((bundle, engagement, theme));
            Ending::Fine
        }
        Err(error) => told.failed(Ending::SystemFailed, &error.to_string(), &error.help()),
    }
}

/// `public: 31 pages and 1 memo, 640 kB in 70 ms`.
fn summary(output: &Path, what: &str, sealed: bool, written: &Written, began: Instant) -> String {
    format!(
        "{}: {what}, {}{} in {} ms{}",
        output.display(),
        if sealed { "sealed, " } else { "" },
        size(written.bytes),
        began.elapsed().as_millis(),
        if written.unchanged { ", unchanged" } else { "" }
    )
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
        let engagement = assembled.engagement.as_deref();
        let site = output(root, None, engagement);
        let board = engagement.map(|engagement| within(root, &engagement.settings.board.output));
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
