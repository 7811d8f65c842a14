//! `quarterdeck snapshot`: freeze a quarter's memo for the board.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{Days, NaiveDate};
use clap::Args;

use super::pipeline::{Assembled, holds_site, told};
use super::provenance::{self, Provenance};
use super::{Ending, Reading, day, terminal};
use crate::diagnostic::{Diagnostic, Report};
use crate::engagement::firm::{BoardSettings, Phase};
use crate::engagement::snapshot::{Snapshot, frozen_file, prove};
use crate::engagement::{Doubtful, Engagement};
use crate::insight::board;
use crate::publish::snapshot::{FreezeError, Shelf};
use crate::site::memo::{Freezing, Memo, memo};
use crate::site::route::Route;
use crate::site::theme::Theme;
use crate::source::document::snapshot::{FORMAT, ManifestFile, PreviousFile};
use crate::source::month::Month;
use crate::source::quarter::Quarter;
use crate::source::{SnapshotDocuments, SnapshotFile};

/// What `snapshot` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The quarter to freeze, such as 2026-Q3.
    #[arg(value_parser = quarter)]
    quarter: Quarter,
    /// The folder that holds the site.
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    #[command(flatten)]
    reading: Reading,
    /// The day of freezing; today if left out.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    date: Option<NaiveDate>,
    /// Freeze a quarter that isn't over, or whose last session isn't written
    /// down.
    #[arg(long)]
    unfinished: bool,
    /// Freeze content that no commit holds; the manifest says so.
    #[arg(long)]
    uncommitted: bool,
}

fn quarter(text: &str) -> Result<Quarter, String> {
    text.parse()
        .map_err(|_| "a quarter is written 2026-Q3".to_owned())
}

/// Why a quarter isn't frozen, and what to do about it.
struct Refusal {
    what: String,
    remedy: String,
}

/// Freezes the quarter, or says everything that stands in the way.
pub fn run(options: &Options, quiet: bool) -> Ending {
    let root = &options.site;
    if let Err(ending) = holds_site(root) {
        return ending;
    }
    // Before anything is read: what is there now is there until the end.
    let shelf = match Shelf::take(root) {
        Ok(shelf) => shelf,
        Err(error) => return failed(&error),
    };
    let assembled = match told(root, options.reading.as_of, quiet) {
        Ok(assembled) => assembled,
        Err(ending) => return ending,
    };
    let commit = provenance::provenance(root);
    let engagement = match ready(options, &assembled, commit.as_ref()) {
        Ok(engagement) => engagement,
        Err(ending) => return ending,
    };
    if !quiet && !engagement.board.contains_key(&options.quarter) {
        terminal::say(&untold(options.quarter));
    }
    let freezing = Freezing {
        date: options.date.unwrap_or_else(today),
        uncommitted: commit
            .as_ref()
            .is_none_or(|commit| !commit.changed.is_empty()),
        commit: commit.map(|commit| commit.full),
    };
    let snapshot = match made(engagement, options.quarter, &freezing) {
        Ok(snapshot) => snapshot,
        Err(ending) => return ending,
    };
    match shelf.put(options.quarter, &snapshot.files) {
        Ok(folder) => {
            let folder = folder.display();
            say_frozen(&snapshot, &engagement.settings.board, &folder, quiet);
            Ending::Fine
        }
        Err(error) => failed(&error),
    }
}

fn failed(error: &FreezeError) -> Ending {
    terminal::failed(Ending::SystemFailed, &error.to_string(), &error.help())
}

/// The engagement, if nothing stands in the way of freezing it; else the
/// ending, everything that does being told.
fn ready<'a>(
    options: &Options,
    assembled: &'a Assembled,
    commit: Option<&Provenance>,
) -> Result<&'a Engagement, Ending> {
    let engagement = assembled.engagement.as_deref();
    let refusals = match engagement {
        Some(engagement) => refusals(options, engagement, commit),
        None => uncommitted(options, commit).into_iter().collect(),
    };
    for Refusal { what, remedy } in &refusals {
        terminal::failed(Ending::WrongUsage, what, remedy);
    }
    let faulty = assembled.bundle.is_none();
    if faulty {
        terminal::failed(
            Ending::ContentErrors,
            "nothing was frozen: the content has errors",
            "mend them until `quarterdeck check` finds none; there is no way past this",
        );
    }
    match engagement {
        Some(engagement) if !faulty && refusals.is_empty() => Ok(engagement),
        _ if faulty => Err(Ending::ContentErrors),
        _ => Err(Ending::WrongUsage),
    }
}

fn refusals(
    options: &Options,
    engagement: &Engagement,
    commit: Option<&Provenance>,
) -> Vec<Refusal> {
    let quarter = options.quarter;
    if let Some(frozen) = engagement.snapshots.get(&quarter) {
        // Nothing leads past this: what else there is doesn't matter.
        return vec![Refusal {
            what: format!("{quarter} was frozen on {}", frozen.frozen),
            remedy: "a frozen memo stays as it is: restate a figure that was wrong, and the next memo lists it".to_owned(),
        }];
    }
    unknown(engagement, quarter)
        .or_else(|| unfinished(options, engagement))
        .into_iter()
        .chain(uncommitted(options, commit))
        .collect()
}

/// Whether the content knows nothing of the quarter.
fn unknown(engagement: &Engagement, quarter: Quarter) -> Option<Refusal> {
    let months = || engagement.months.keys();
    let known = quarter.months().iter().any(|month| {
        engagement.months.contains_key(month)
            // Files that can't be read may tell of it.
            || doubtful(engagement, *month)
    });
    if known || engagement.board.contains_key(&quarter) {
        return None;
    }
    let (first, last) = (months().next(), months().next_back());
    let remedy = match first.zip(last) {
        Some((first, last)) => format!(
            "it knows {} to {}: name one of these quarters",
            Quarter::of(*first),
            Quarter::of(*last)
        ),
        None => "it knows no month yet: write its telemetry and its session first".to_owned(),
    };
    let what = format!("the content knows nothing of {quarter}");
    Some(Refusal { what, remedy })
}

fn doubtful(engagement: &Engagement, month: Month) -> bool {
    match &engagement.doubtful {
        Doubtful::Any => true,
        Doubtful::Months(months) => months.contains(&month),
    }
}

/// Whether the quarter's last month still lacks something that will come.
fn unfinished(options: &Options, engagement: &Engagement) -> Option<Refusal> {
    let (quarter, last) = (options.quarter, options.quarter.last());
    if options.unfinished || doubtful(engagement, last) {
        return None;
    }
    let record = engagement.months.get(&last);
    // Before Run no month has a session.
    let run = engagement.firm.phases.start(Phase::Run);
    let in_run = run.is_some_and(|run| Month::of(run) <= last);
    let mut lacking = Vec::new();
    let mut remedies = Vec::new();
    if in_run && record.is_none_or(|record| record.telemetry.is_none()) {
        lacking.push(format!("{last} has no telemetry"));
        remedies.push(format!("write content/{last}/telemetry.yaml"));
    }
    if in_run && record.is_none_or(|record| record.session.is_none()) {
        lacking.push(format!("the session of {last} is not written down"));
        remedies.push(format!(
            "write content/{last}/leadership.yaml, with `skipped` and the reason if none was held"
        ));
    }
    if engagement.as_of < last.last_day() {
        lacking.push(format!(
            "the content speaks of no day after {}",
            engagement.as_of
        ));
        remedies.push(format!(
            "give `--as-of {}` if the quarter is over",
            last.last_day()
        ));
    }
    (!lacking.is_empty()).then(|| Refusal {
        what: format!("{quarter} is unfinished: {}", lacking.join("; ")),
        remedy: format!(
            "{}; `--unfinished` freezes it as it is",
            remedies.join("; ")
        ),
    })
}

/// Whether no commit holds what would be frozen.
fn uncommitted(options: &Options, commit: Option<&Provenance>) -> Option<Refusal> {
    if options.uncommitted {
        return None;
    }
    let past = "`--uncommitted` freezes it as it is, and the manifest says so";
    let Some(commit) = commit else {
        return Some(Refusal {
            what: "no commit holds the content: the site lies in no git repository, or in one without a commit".to_owned(),
            remedy: format!("commit it first; {past}"),
        });
    };
    let (first, rest) = commit.changed.split_first()?;
    let differ = match rest.len() {
        0 => format!("{first} differs"),
        more => format!("{first} and {more} more differ"),
    };
    Some(Refusal {
        what: format!("no commit holds the content as it is: {differ}"),
        remedy: format!("commit it first; {past}"),
    })
}

fn untold(quarter: Quarter) -> String {
    format!(
        "warning: the board is told nothing of {quarter} beside the figures\n  help: content/{}/board.yaml holds risks and asks, board.md the summary in words\n",
        quarter.last()
    )
}

/// Makes the memo and all that proves it.
fn made(
    engagement: &Engagement,
    quarter: Quarter,
    freezing: &Freezing,
) -> Result<Snapshot, Ending> {
    let mut report = Report::default();
    let made = Theme::new(&engagement.theme, &mut report).and_then(|theme| {
        let view = board::view(engagement, quarter);
        memo(&view, freezing, &theme)
            .map_err(|fault| report.push(fault))
            .ok()
    });
    let Some(Memo { html, facts }) = made else {
        terminal::report(&report);
        return Err(Ending::ContentErrors);
    };
    let token = token().map_err(|error| {
        let what = format!("the system gives no random numbers: {error}");
        terminal::failed(
            Ending::SystemFailed,
            &what,
            "the memo's link can't be made without",
        )
    })?;
    let manifest = ManifestFile {
        format: FORMAT,
        quarter: quarter.to_string(),
        frozen: freezing.date.to_string(),
        commit: freezing.commit.clone(),
        uncommitted: freezing.uncommitted,
        program: format!("quarterdeck {}", env!("CARGO_PKG_VERSION")),
        token,
        previous: previous(engagement, quarter),
        files: vec![
            frozen_file(SnapshotFile::Facts, &facts),
            frozen_file(SnapshotFile::Memo, &html),
        ],
        id: String::new(),
    }
    .signed();
    let files = BTreeMap::from([
        (SnapshotFile::Memo, html),
        (SnapshotFile::Facts, facts),
        (SnapshotFile::Manifest, manifest.to_text().into_bytes()),
    ]);
    let files = files
        .into_iter()
        .map(|(file, bytes)| (file, Arc::new(bytes)));
    let files = files.collect();
    // What can't be proved now never could be.
    prove(Some(quarter), SnapshotDocuments { files }).map_err(|altered| {
        for fault in altered {
            let what = format!("{} {}", fault.file.name(), fault.what);
            report.push(Diagnostic::error("snapshot-altered", what).help(
                "this is a fault of Quarterdeck's own: please report it with the quarter's figures",
            ));
        }
        terminal::report(&report);
        Ending::SystemFailed
    })
}

/// The latest quarter frozen before.
fn previous(engagement: &Engagement, quarter: Quarter) -> Option<PreviousFile> {
    let (_, before) = engagement.snapshots.range(..quarter).next_back()?;
    Some(PreviousFile {
        quarter: before.manifest.quarter.clone(),
        id: before.manifest.id.clone(),
    })
}

/// Digits of base 32, five bits each.
const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The part of a link that can't be guessed: 130 bits from the system's random
/// source.
fn token() -> Result<String, getrandom::Error> {
    let mut random = [0; 26];
    getrandom::fill(&mut random)?;
    let digit = |byte: u8| char::from(DIGITS[usize::from(byte % 32)]);
    Ok(random.into_iter().map(digit).collect())
}

/// The day by the system's clock, at Greenwich.
pub(super) fn today() -> NaiveDate {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = since.map_or(0, |since| since.as_secs() / (24 * 60 * 60));
    // chrono's default is the first day of that count.
    NaiveDate::default() + Days::new(days)
}

fn say_frozen(snapshot: &Snapshot, board: &BoardSettings, folder: &dyn Display, quiet: bool) {
    let memo = Route::Frozen(snapshot.folder(), SnapshotFile::Memo);
    let base_url = board.base_url.as_deref();
    let link = memo.address(base_url.unwrap_or_default());
    if quiet {
        terminal::line(&link);
        return;
    }
    let quarter = snapshot.quarter;
    terminal::line(&format!("{quarter} is frozen as {}", snapshot.short_id()));
    match base_url {
        Some(_) => terminal::line(&format!("link    {link}")),
        None => terminal::line(&format!(
            "link    {link} below the board's address, which site.toml doesn't give as `base_url`"
        )),
    }
    terminal::line(&format!(
        "commit  {folder}: every build copies it, and none makes it again"
    ));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn tokens_are_long_plain_and_never_twice_the_same() {
        let tokens: BTreeSet<String> = (0..1000).map(|_| token().unwrap()).collect();
        assert_eq!(tokens.len(), 1000);
        let digits: BTreeSet<u8> = tokens.iter().flat_map(|token| token.bytes()).collect();
        assert_eq!(digits, DIGITS.iter().copied().collect());
        assert!(tokens.iter().all(|token| token.len() == 26));
    }

    #[test]
    fn today_is_a_day_of_this_century() {
        assert!(today() > NaiveDate::from_ymd_opt(2025, 1, 1).unwrap());
    }
}
