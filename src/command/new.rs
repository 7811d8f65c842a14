//! `quarterdeck new`: the files that an author goes on with.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use super::init::in_shell;
use super::pipeline::{holds_site, unreadable};
use super::schema::ending;
use super::{Ending, terminal};
use crate::diagnostic::Report;
use crate::engagement::programme::Meeting;
use crate::engagement::{self, Engagement};
use crate::publish::fresh;
use crate::scaffold::month::Sitting;
use crate::scaffold::{NewFile, board, month, session};
use crate::source;
use crate::source::month::Month;
use crate::source::quarter::Quarter;

/// What `new` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Debug, Subcommand)]
enum What {
    /// Lay out the next month: its telemetry, and its session's minutes.
    ///
    /// Gates, automations and open decisions are carried over by id; figures
    /// and answers are blank. Of a month that is there already, what is
    /// missing is made. The minutes count as soon as they are filled in.
    #[command(
        after_help = "Examples:\n  quarterdeck new month\n  quarterdeck new month 2026-12 --site clients/kestrel"
    )]
    Month(MonthOptions),
    /// Lay out a session's file, with what it may hold as comments.
    #[command(
        after_help = "Examples:\n  quarterdeck new session leadership\n  quarterdeck new session fit-check 2026-11"
    )]
    Session(SessionOptions),
    /// Lay out what the board is told of a quarter beside the figures.
    #[command(
        after_help = "Examples:\n  quarterdeck new board\n  quarterdeck new board 2026-Q4 --site clients/kestrel"
    )]
    Board(BoardOptions),
}

/// What `new month` takes.
#[derive(Clone, Debug, Args)]
struct MonthOptions {
    /// The month; the one after the last if left out.
    #[arg(value_name = "YYYY-MM", value_parser = a_month)]
    month: Option<Month>,
    #[command(flatten)]
    place: Place,
}

/// What `new session` takes.
#[derive(Clone, Debug, Args)]
struct SessionOptions {
    /// Which file.
    kind: Kind,
    /// The month; the one that it is due in if left out.
    #[arg(value_name = "YYYY-MM", value_parser = a_month)]
    month: Option<Month>,
    #[command(flatten)]
    place: Place,
}

/// What `new board` takes.
#[derive(Clone, Debug, Args)]
struct BoardOptions {
    /// The quarter, such as 2026-Q4, or a month of it; that of the last month
    /// if left out.
    #[arg(value_name = "QUARTER", value_parser = a_quarter)]
    quarter: Option<Quarter>,
    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Debug, Args)]
struct Place {
    /// The folder that holds the site.
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// The monthly session's minutes.
    Leadership,
    /// The programme's pre-work.
    PreWork,
    /// The programme's first session.
    EndState,
    /// Its second.
    CurrentState,
    /// Its third.
    Path,
    /// Its fourth.
    DecisionBrief,
    /// Answers to the questionnaire.
    FitCheck,
}

fn a_month(text: &str) -> Result<Month, String> {
    text.parse()
        .map_err(|_| "a month is written 2026-12".to_owned())
}

fn a_quarter(text: &str) -> Result<Quarter, String> {
    let month = text.parse().ok().map(Quarter::of);
    month
        .or_else(|| text.parse().ok())
        .ok_or_else(|| "a quarter is written 2026-Q4".to_owned())
}

/// What is laid out, and what the author is told of it.
struct Laid {
    files: Vec<NewFile>,
    notes: Vec<String>,
}

/// Why nothing is laid out, and what to do instead.
struct Refusal {
    what: String,
    remedy: String,
}

impl Refusal {
    fn new(what: impl Into<String>, remedy: impl Into<String>) -> Refusal {
        Refusal {
            what: what.into(),
            remedy: remedy.into(),
        }
    }
}

/// Lays the files out, or says what stands in the way.
pub fn run(options: &Options, quiet: bool) -> Ending {
    let root = match &options.what {
        What::Month(options) => &options.place.site,
        What::Session(options) => &options.place.site,
        What::Board(options) => &options.place.site,
    };
    let engagement = match sound(root) {
        Ok(engagement) => engagement,
        Err(ending) => return ending,
    };
    let desk = Desk {
        root,
        engagement: &engagement,
    };
    let laid = match &options.what {
        What::Month(options) => desk.month(options.month),
        What::Session(options) => desk.session(options.kind, options.month),
        What::Board(options) => desk.board(options.quarter),
    };
    let laid = match laid {
        Ok(laid) => laid,
        Err(Refusal { what, remedy }) => {
            return terminal::failed(Ending::WrongUsage, &what, &remedy);
        }
    };
    match fresh::create(root, &laid.files) {
        Ok(paths) => {
            if !quiet {
                say(root, &paths, &laid.notes);
            }
            Ending::Fine
        }
        Err(error) => terminal::failed(ending(&error), &error.to_string(), &error.help_beside()),
    }
}

/// The engagement, if nothing is wrong with it: what is carried over from
/// faulty content would be wrong too.
fn sound(root: &Path) -> Result<Engagement, Ending> {
    holds_site(root)?;
    let mut report = Report::default();
    let documents = source::read(root, &mut report).map_err(|failure| unreadable(&failure))?;
    match engagement::check(documents, None, &mut report) {
        Some(engagement) if !report.has_errors() => Ok(engagement),
        _ => {
            terminal::report(&report);
            Err(terminal::failed(
                Ending::ContentErrors,
                "nothing was made: the content has errors, and what is carried over would be wrong",
                "fill in the blanks and mend the rest until `quarterdeck check` finds no error",
            ))
        }
    }
}

fn say(root: &Path, paths: &[PathBuf], notes: &[String]) {
    for path in paths {
        let shown = path.strip_prefix(".").unwrap_or(path);
        terminal::line(&shown.display().to_string());
    }
    let site = match root.to_str() {
        Some(".") => String::new(),
        _ => format!(" {}", in_shell(&root.display().to_string())),
    };
    terminal::line(&format!(
        "next: fill in the blanks, then `quarterdeck check{site}` and `quarterdeck build{site}`"
    ));
    for note in notes {
        terminal::line(note);
    }
}

/// Where an author works: a site's folder and what is in it.
struct Desk<'d> {
    root: &'d Path,
    engagement: &'d Engagement,
}

impl Desk<'_> {
    fn has(&self, path: &str) -> bool {
        self.root.join(path).symlink_metadata().is_ok()
    }

    fn month(&self, asked: Option<Month>) -> Result<Laid, Refusal> {
        let engagement = self.engagement;
        let at = asked.unwrap_or_else(|| month::next(engagement));
        self.not_before_the_beginning(at)?;
        let mut files = vec![month::telemetry(engagement, at)];
        let mut notes = Vec::new();
        match month::sitting(engagement, at) {
            Sitting::Held => files.extend(self.minutes(at)),
            Sitting::BeforeRun => notes.push(format!(
                "{at} has no session: Run hasn't begun by `phases` in content/engagement.yaml"
            )),
            Sitting::BetweenReviews => notes.push(format!(
                "{at} has no session: after graduation there is one in a quarter's last month"
            )),
        }
        let (there, files): (Vec<NewFile>, Vec<NewFile>) =
            files.into_iter().partition(|file| self.has(&file.path));
        if files.is_empty() {
            return Err(Refusal::new(
                format!("{at} is laid out already"),
                format!(
                    "go on with content/{at}/; `quarterdeck new month {}` lays out the month after",
                    at.plus(1)
                ),
            ));
        }
        notes.extend(
            there
                .iter()
                .map(|file| format!("{} was there and stays as it is", file.path)),
        );
        notes.extend(self.around(at));
        Ok(Laid { files, notes })
    }

    /// The minutes; nothing if the author has begun them. A narrative without
    /// them would be a fault, so they come together.
    fn minutes(&self, at: Month) -> Vec<NewFile> {
        let [minutes, narrative] = month::minutes(self.engagement, at);
        if self.has(&minutes.path) {
            return Vec::new();
        }
        let mut files = vec![minutes];
        if !self.has(&narrative.path) {
            files.push(narrative);
        }
        files
    }

    fn not_before_the_beginning(&self, at: Month) -> Result<(), Refusal> {
        let begun = self.engagement.firm.phases.begun.values();
        let first = begun.map(|start| Month::of(start.value)).min();
        match first.filter(|first| at < *first) {
            Some(first) => Err(Refusal::new(
                format!("{at} lies before the engagement, which began in {first}"),
                "name a later month, or correct `phases` in content/engagement.yaml",
            )),
            None => Ok(()),
        }
    }

    /// What there is to know of the months around a new one.
    fn around(&self, at: Month) -> Vec<String> {
        let mut notes = Vec::new();
        let months = &self.engagement.months;
        if let Some((before, record)) = months.range(..at).next_back() {
            let due = month::sitting(self.engagement, *before) == Sitting::Held;
            if due && record.session.is_none() {
                notes.push(format!(
                    "{before} still awaits its session: fill in its leadership.yaml, or `quarterdeck new session leadership {before}` if there is none"
                ));
            }
            if at.since(*before) > 1 {
                notes.push(format!("there is nothing between {before} and {at}"));
            }
        }
        let quarter = Quarter::of(at);
        if quarter.last() == at && !self.engagement.board.contains_key(&quarter) {
            notes.push(format!(
                "{at} ends {quarter}: once it is filled in, `quarterdeck new board` lays out what the board is told"
            ));
        }
        notes
    }

    fn session(&self, kind: Kind, asked: Option<Month>) -> Result<Laid, Refusal> {
        let meeting = match kind {
            Kind::Leadership => return self.leadership(asked),
            Kind::FitCheck => {
                let at = asked.unwrap_or_else(|| session::fit_check_month(self.engagement));
                self.not_before_the_beginning(at)?;
                let file = session::fit_check(self.engagement, at);
                return self.fresh(vec![file]);
            }
            Kind::PreWork => Meeting::PreWork,
            Kind::EndState => Meeting::EndState,
            Kind::CurrentState => Meeting::CurrentState,
            Kind::Path => Meeting::Path,
            Kind::DecisionBrief => Meeting::DecisionBrief,
        };
        if let Some(there) = self.engagement.programme.month(meeting) {
            return Err(Refusal::new(
                format!("content/{there}/{} is there already", meeting.name()),
                "each meeting of the programme takes place once: go on with that file",
            ));
        }
        let at = asked.unwrap_or_else(|| session::month_of(self.engagement, meeting));
        self.not_before_the_beginning(at)?;
        self.fresh(session::meeting(self.engagement, meeting, at).into())
    }

    /// The minutes of a month, by default of the one that awaits its session.
    fn leadership(&self, asked: Option<Month>) -> Result<Laid, Refusal> {
        let last = self.engagement.months.iter().next_back();
        let awaiting = last.filter(|(_, record)| record.session.is_none());
        let Some(at) = asked.or(awaiting.map(|(month, _)| *month)) else {
            return Err(Refusal::new(
                "no month awaits its session",
                "`quarterdeck new month` lays out the next one, or name a month",
            ));
        };
        self.not_before_the_beginning(at)?;
        match month::sitting(self.engagement, at) {
            Sitting::Held => {}
            Sitting::BeforeRun => {
                return Err(Refusal::new(
                    format!("{at} has no session: Run hasn't begun"),
                    "give the day on which it did as `run` under `phases` in content/engagement.yaml",
                ));
            }
            Sitting::BetweenReviews => {
                return Err(Refusal::new(
                    format!("{at} has no session: the engagement has graduated"),
                    format!("its next review is in {}", Quarter::of(at).last()),
                ));
            }
        }
        let files = self.minutes(at);
        if files.is_empty() {
            return Err(taken(&format!("content/{at}/leadership.yaml")));
        }
        let notes = self.around(at);
        Ok(Laid { files, notes })
    }

    fn board(&self, asked: Option<Quarter>) -> Result<Laid, Refusal> {
        let last = self.engagement.months.keys().next_back();
        let quarter = asked.or(last.map(|last| Quarter::of(*last)));
        let Some(quarter) = quarter else {
            return Err(Refusal::new(
                "there is no month yet that the board could be told of",
                "`quarterdeck new month` lays one out; or name a quarter",
            ));
        };
        self.not_before_the_beginning(quarter.last())?;
        if self.engagement.snapshots.contains_key(&quarter) {
            return Err(Refusal::new(
                format!("{quarter} is frozen, and its memo stays as it is"),
                format!(
                    "name a later quarter: `quarterdeck new board {}`",
                    after(quarter)
                ),
            ));
        }
        self.fresh(board::board(self.engagement, quarter).into())
    }

    /// Files of which the first is not there yet; of the others, those that
    /// aren't.
    fn fresh(&self, files: Vec<NewFile>) -> Result<Laid, Refusal> {
        if let Some(first) = files.first().filter(|first| self.has(&first.path)) {
            return Err(taken(&first.path));
        }
        let files = files.into_iter().filter(|file| !self.has(&file.path));
        Ok(Laid {
            files: files.collect(),
            notes: Vec::new(),
        })
    }
}

fn after(quarter: Quarter) -> Quarter {
    Quarter::of(quarter.last().plus(1))
}

fn taken(path: &str) -> Refusal {
    Refusal::new(
        format!("{path} is there already"),
        "go on with that file; nothing is written over it",
    )
}
