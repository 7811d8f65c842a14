//! `quarterdeck init`: begin an engagement.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use super::schema::ending;
use super::snapshot::today;
use super::{Ending, day, host, terminal};
use crate::publish::fresh;
use crate::scaffold::beginning::{Beginning, firm_after};
use crate::source::forbidden;
use crate::source::month::Month;

/// The firm of a folder whose name says nothing.
const NAMELESS: &str = "The firm";

/// What `init` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The folder to begin in; made if it isn't there.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The client firm's name; the folder's, in capitals, if left out.
    #[arg(long, value_name = "NAME", value_parser = firm)]
    firm: Option<String>,
    /// The day of beginning; today if left out.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    date: Option<NaiveDate>,
}

fn firm(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() || name.contains(|c: char| forbidden(c) || c.is_control()) {
        return Err("a firm's name is words on one line".to_owned());
    }
    Ok(name.to_owned())
}

/// Writes the engagement's files, or says what is in the way.
pub fn run(options: &Options, quiet: bool) -> Ending {
    let root = &options.folder;
    let firm = options.firm.clone().unwrap_or_else(|| named_after(root));
    let workflow = host::workflow();
    let beginning = Beginning {
        firm: &firm,
        day: options.date.unwrap_or_else(today),
        workflow: &workflow,
    };
    if let Err(why) = is_told(&beginning).and_then(|()| is_free(root)) {
        return terminal::failed(Ending::WrongUsage, &why.0, why.1);
    }
    let files = beginning.files();
    let taken = fresh::taken(root, &files);
    if let Some((first, rest)) = taken.split_first() {
        let names = rest.iter().fold(shown(first), |names, path| {
            format!("{names}, {}", shown(path))
        });
        return terminal::failed(
            Ending::WrongUsage,
            &format!("{names}: there already, and nothing was written"),
            "move what is named away, or name another folder",
        );
    }
    if let Err(error) = fresh::create(root, &files) {
        return terminal::failed(ending(&error), &error.to_string(), &error.help_beside());
    }
    if !quiet {
        say_made(root, &beginning);
    }
    Ending::Fine
}

fn shown(path: &Path) -> String {
    format!("`{}`", path.display())
}

/// The name of a folder that need not be there yet.
fn named_after(root: &Path) -> String {
    let real = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let name = real.file_name().map(|name| name.to_string_lossy());
    name.and_then(|name| firm_after(&name))
        .unwrap_or_else(|| NAMELESS.to_owned())
}

/// What stands in the way, and what to do about it.
struct Refusal(String, &'static str);

/// Whether the months are such as a folder can be named by.
fn is_told(beginning: &Beginning<'_>) -> Result<(), Refusal> {
    let month = beginning.month();
    let ends = [month.plus(-12), month.plus(12)];
    if ends
        .iter()
        .all(|month| month.to_string().parse::<Month>().is_ok())
    {
        return Ok(());
    }
    Err(Refusal(
        format!("no engagement begins on {}", beginning.day),
        "give a day of this century with --date",
    ))
}

/// Whether a folder holds no site yet.
fn is_free(root: &Path) -> Result<(), Refusal> {
    // The nearest that is there, of the folder and those above it.
    let found = root
        .ancestors()
        .find_map(|path| Some((path, fs::metadata(path).ok()?)));
    if let Some((path, _)) = found.filter(|(_, found)| !found.is_dir()) {
        return Err(Refusal(
            format!("{} is not a folder", shown(path)),
            "name a folder, or one that isn't there yet",
        ));
    }
    let holds = |name: &str| fs::symlink_metadata(root.join(name)).is_ok();
    let is_empty = |name: &str| {
        fs::read_dir(root.join(name)).is_ok_and(|mut entries| entries.next().is_none())
    };
    if holds("site.toml") || (holds("content") && !is_empty("content")) {
        return Err(Refusal(
            format!(
                "{} holds a site already, and nothing was written",
                shown(root)
            ),
            "`quarterdeck new month` goes on with it; another engagement needs a folder of its own",
        ));
    }
    Ok(())
}

fn say_made(root: &Path, beginning: &Beginning<'_>) {
    let month = beginning.month();
    let next = month.plus(1);
    let here = root.components().all(|part| part.as_os_str() == ".");
    terminal::line(&format!(
        "{}: an engagement of {}, with {month} as its first month of Run\n",
        root.display(),
        beginning.firm
    ));
    for (path, what) in [
        (
            "site.toml",
            "title, output, and how the site is kept private",
        ),
        ("content/engagement.yaml", "firm, currency, phases, seats"),
        (
            "content/",
            "a baseline, and that month with its session: examples to replace",
        ),
        (
            ".quarterdeck/schema/",
            "what an editor completes and underlines by",
        ),
        (
            ".github/workflows/site.yml",
            "builds and deploys it, once you fill it in",
        ),
    ] {
        terminal::line(&format!("  {path:<28}{what}"));
    }
    terminal::line("\nnext:");
    if !here {
        terminal::line(&format!("  cd {}", in_shell(&root.display().to_string())));
    }
    terminal::line("  quarterdeck serve           shows it while you write");
    terminal::line(&format!("  quarterdeck new month       begins {next}"));
}

/// A path as a shell takes it for one word.
pub(super) fn in_shell(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:\\".contains(c);
    if path.chars().all(is_plain) && !path.starts_with('-') {
        return path.to_owned();
    }
    let dashed = if path.starts_with('-') { "./" } else { "" };
    format!("'{dashed}{}'", path.replace('\'', "'\\''"))
}
