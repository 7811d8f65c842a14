//! `quarterdeck theme`: what the default theme is made of, and a copy of it to
//! change.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::pipeline::{holds_site, unreadable};
use super::{Ending, terminal};
use crate::diagnostic::{Report, nearest};
use crate::publish::{WriteError, fresh};
use crate::scaffold::NewFile;
use crate::site::theme::embedded::{self, Embedded};
use crate::source::theme;

/// The theme that files are copied to if nobody has named one.
const UNNAMED: &str = "own";

/// What `theme` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Debug, Subcommand)]
enum What {
    /// Name every file of the default theme, with a line on each.
    ///
    /// Those that the site's own theme has in their place are marked.
    #[command(
        after_help = "Examples:\n  quarterdeck theme list\n  quarterdeck theme list --site clients/kestrel"
    )]
    List(Place),
    /// Copy files of the default theme to the site's own, to be changed there.
    ///
    /// The copy takes the default's place and is the same to begin with. A
    /// file that is there already is never written over.
    #[command(
        after_help = "Examples:\n  quarterdeck theme eject overview.html\n  quarterdeck theme eject partials/footer.html icon.svg\n  quarterdeck theme eject variables.css --theme kestrel --site clients/kestrel"
    )]
    Eject {
        /// The files, as `quarterdeck theme list` names them.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Clone, Debug, Args)]
struct Place {
    /// The folder that holds the site.
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// The theme, if site.toml names none yet.
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
}

/// Lists the default theme's files or copies some.
pub fn run(options: &Options, quiet: bool) -> Ending {
    let ended = match &options.what {
        What::List(place) => list(place),
        What::Eject { files, place } => eject(files, place, quiet),
    };
    ended.err().unwrap_or(Ending::Fine)
}

fn list(place: &Place) -> Result<(), Ending> {
    // The default's files can be read of without a site.
    let own = if place.site.join("content").is_dir() {
        named(place)?.map(|name| place.site.join("themes").join(name))
    } else {
        None
    };
    let files = embedded::files();
    let width = files.iter().map(|file| file.path.len()).max().unwrap_or(0);
    for file in &files {
        let replaced = own
            .as_ref()
            .is_some_and(|own| own.join(&file.path).exists());
        let mark = if replaced { "*" } else { " " };
        let line = format!("{mark} {:width$}  {}", file.path, file.line());
        terminal::line(line.trim_end());
    }
    if let Some(own) = own {
        terminal::line(&format!("\n* replaced in {}", own.display()));
    }
    Ok(())
}

fn eject(names: &[String], place: &Place, quiet: bool) -> Result<(), Ending> {
    holds_site(&place.site)?;
    let known = embedded::files();
    let mut chosen: Vec<&Embedded> = Vec::new();
    for name in names {
        let file = found(name, &known)?;
        if !chosen.iter().any(|already| already.path == file.path) {
            chosen.push(file);
        }
    }
    let in_force = named(&Place {
        theme: None,
        ..place.clone()
    })?;
    let theme = match named(place)? {
        Some(theme) => theme,
        None => the_only(&place.site),
    };
    let files = chosen.iter().map(|file| {
        let text = file.text();
        NewFile::new(format!("themes/{theme}/{}", file.path), text)
    });
    let files: Vec<NewFile> = files.collect();
    let written = fresh::create(&place.site, &files).map_err(|error| {
        let ending = match &error {
            WriteError::Refused { .. } => Ending::WrongUsage,
            WriteError::System { .. } => Ending::SystemFailed,
        };
        terminal::failed(ending, &error.to_string(), &error.help())
    })?;
    if !quiet {
        for path in written {
            let path = path.strip_prefix(".").unwrap_or(&path);
            terminal::line(&path.display().to_string());
        }
        if in_force.as_ref() != Some(&theme) {
            terminal::line(&format!(
                "to use it, say `theme = \"{theme}\"` in {}",
                place
                    .site
                    .strip_prefix(".")
                    .unwrap_or(&place.site)
                    .join("site.toml")
                    .display()
            ));
        }
    }
    Ok(())
}

/// The theme asked for, else the one that `site.toml` names.
fn named(place: &Place) -> Result<Option<String>, Ending> {
    let mut report = Report::default();
    let theme = match &place.theme {
        Some(theme) => Some(theme.clone()),
        None => theme::chosen(&place.site, &mut report).map_err(|failure| unreadable(&failure))?,
    };
    if report.has_errors() {
        terminal::report(&report);
        return Err(Ending::ContentErrors);
    }
    match theme {
        Some(name) if name == theme::DEFAULT || !theme::is_name(&name) => Err(terminal::failed(
            Ending::WrongUsage,
            &format!("`{name}` can't be the name of a theme of your own"),
            "a name is letters, digits, hyphens and underscores, and `default` is built in",
        )),
        theme => Ok(theme),
    }
}

/// The one theme that lies below `themes/` unused, or a new one.
fn the_only(site: &Path) -> String {
    match &theme::names(site)[..] {
        [only] => only.clone(),
        _ => UNNAMED.to_owned(),
    }
}

/// The file that a person means: by its whole path, or by as much of its end
/// as no other has.
fn found<'k>(name: &str, known: &'k [Embedded]) -> Result<&'k Embedded, Ending> {
    let asked = name.replace('\\', "/");
    let asked = asked.strip_prefix("themes/default/").unwrap_or(&asked);
    let whole = |file: &&Embedded| {
        let (_, below) = file.path.split_once('/').unwrap_or_default();
        file.path == asked || below == asked
    };
    if let Some(file) = known.iter().find(whole) {
        return Ok(file);
    }
    let ending = format!("/{asked}");
    let alike: Vec<&Embedded> = known
        .iter()
        .filter(|file| file.path.ends_with(&ending))
        .collect();
    if let [only] = alike[..] {
        return Ok(only);
    }
    let shorter = |file: &'k Embedded| file.path.split_once('/').map_or("", |(_, below)| below);
    let last = |file: &'k Embedded| file.path.rsplit('/').next().unwrap_or_default();
    let near = nearest(asked, known.iter().map(|file| &*file.path))
        .or_else(|| nearest(asked, known.iter().map(shorter)))
        .or_else(|| nearest(asked, known.iter().map(last)));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`quarterdeck theme list` names them all".to_owned(),
    };
    Err(terminal::failed(
        Ending::WrongUsage,
        &format!("the default theme has no file `{name}`"),
        &help,
    ))
}
