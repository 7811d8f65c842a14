//! The passphrases of a sealed site, from the environment or a file, and
//! nowhere else.
//!
//! No message of this command holds a passphrase or a part of one: what is
//! said of it is whose it is and where it should be.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use zeroize::Zeroizing;

use super::Ending;
use super::terminal::Told;
use crate::diagnostic::Report;
use crate::engagement::Engagement;
use crate::engagement::privacy::Sealing;
use crate::publish::belongs_to_output;
use crate::publish::bundle::Bundle;
use crate::publish::seal::{self, Passphrase, Recipients, SealError};
use crate::site::theme::Theme;

/// The environment variable that names a file of passphrases.
const FILE_VARIABLE: &str = "QUARTERDECK_PASSPHRASES_FILE";

/// Where the passphrases of a sealed site are.
#[derive(Clone, Debug, Args)]
pub struct Place {
    /// The file with the passphrases of a sealed site, one `name: passphrase`
    /// a line; else they are in the environment, as
    /// `QUARTERDECK_PASSPHRASE_CEO` for the recipient `ceo`.
    #[arg(long = "passphrases", value_name = "FILE")]
    file: Option<PathBuf>,
}

/// A site that may have to be sealed.
pub struct Unsealed<'s> {
    /// Its folder.
    pub root: &'s Path,
    /// The folders that its trees are written to.
    pub outputs: &'s [PathBuf],
    /// Whom it is sealed for, if it is.
    pub engagement: &'s Engagement,
    /// The theme that rendered it.
    pub theme: &'s Theme,
    /// Whether no other site is built in this run.
    pub alone: bool,
}

/// Seals a site, or leaves it as it is if it needn't be. Says which
/// passphrases are missing or too weak.
///
/// # Errors
///
/// The command's ending, already explained.
pub fn sealed(
    bundle: Bundle,
    place: &Place,
    site: &Unsealed<'_>,
    told: &mut Told,
) -> Result<Bundle, Ending> {
    let Some(sealing) = &site.engagement.settings.sealing else {
        return Ok(bundle);
    };
    if !site.alone {
        return Err(told.failed(
            Ending::WrongUsage,
            &format!(
                "{} is to be sealed, and can't be built in one run with other sites",
                site.root.display()
            ),
            "build it by itself: each client has passphrases of their own",
        ));
    }
    let recipients = recipients(place, site, sealing, told)?;
    seal::seal(&bundle, &recipients, site.theme).map_err(|error| {
        let (ending, help) = match &error {
            SealError::Template(fault) => {
                let mut report = Report::default();
                report.push(fault.clone());
                told.report(&report);
                return Ending::ContentErrors;
            }
            SealError::TooLarge(_) => (Ending::ContentErrors, "leave the file out"),
            SealError::Taken(_) => (Ending::ContentErrors, "rename the file that claims it"),
            SealError::Random(_) => (Ending::SystemFailed, ""),
        };
        told.failed(ending, &error.to_string(), help)
    })
}

fn recipients(
    place: &Place,
    site: &Unsealed<'_>,
    sealing: &Sealing,
    told: &mut Told,
) -> Result<Recipients, Ending> {
    let named = place.file.clone();
    let named = named.or_else(|| env::var_os(FILE_VARIABLE).map(PathBuf::from));
    let mut written = match named.filter(|path| !path.as_os_str().is_empty()) {
        Some(path) => read(&out_of_reach(&path, site.root, site.outputs, told)?, told)?,
        None => BTreeMap::new(),
    };
    let mut all_there = true;
    let mut given = |names: &[String]| -> Vec<(String, Passphrase)> {
        let found = names.iter().filter_map(|name| {
            let passphrase = written.remove(name).or_else(|| from_environment(name));
            all_there &= passphrase.is_some();
            if passphrase.is_none() {
                missing(name, told);
            }
            Some((name.clone(), passphrase?))
        });
        found.collect()
    };
    let (leadership, board) = (given(&sealing.leadership), given(&sealing.board));
    let strong = all_strong(leadership.iter().chain(&board), site.engagement, told);
    if !(all_there && strong) {
        return Err(Ending::WrongUsage);
    }
    let bare = |list: Vec<(String, Passphrase)>| list.into_iter().map(|(_, one)| one).collect();
    Ok(Recipients {
        leadership: bare(leadership),
        board: bare(board),
    })
}

/// The variable that holds a recipient's passphrase.
fn variable(name: &str) -> String {
    let name = name.to_ascii_uppercase().replace('-', "_");
    format!("QUARTERDECK_PASSPHRASE_{name}")
}

fn from_environment(name: &str) -> Option<Passphrase> {
    // What is no text is as good as missing: nobody could type it.
    let found = Zeroizing::new(env::var(variable(name)).ok()?);
    let passphrase = Passphrase::new(found);
    (!passphrase.reveal().is_empty()).then_some(passphrase)
}

fn missing(name: &str, told: &mut Told) {
    told.failed(
        Ending::WrongUsage,
        &format!("the site is to be sealed, and the passphrase of `{name}` isn't there"),
        &format!(
            "put it into the environment as {}, or into the file that --passphrases names; `quarterdeck passphrase` makes one",
            variable(name)
        ),
    );
}

/// Refuses weak passphrases, and two recipients with the same, each by name.
fn all_strong<'p>(
    passphrases: impl Iterator<Item = &'p (String, Passphrase)>,
    engagement: &Engagement,
    told: &mut Told,
) -> bool {
    let firm = &engagement.firm.name;
    let title = &engagement.settings.title;
    let mut seen: Vec<(&str, &Passphrase)> = Vec::new();
    let mut strong = true;
    for (name, passphrase) in passphrases {
        let known: Vec<&str> = [firm, title, name]
            .into_iter()
            .flat_map(|text| [&**text].into_iter().chain(text.split_whitespace()))
            .collect();
        if let Some(why) = seal::weakness(passphrase.reveal(), &known) {
            strong = false;
            told.failed(
                Ending::WrongUsage,
                &format!("the passphrase of `{name}` is too weak: {why}"),
                "`quarterdeck passphrase` makes a strong one",
            );
        }
        let same = seen.iter().find(|(_, other)| *other == passphrase);
        if let Some((other, _)) = same {
            strong = false;
            told.failed(
                Ending::WrongUsage,
                &format!("`{other}` and `{name}` have the same passphrase"),
                "give each their own, so that one can be revoked alone",
            );
        }
        seen.push((name, passphrase));
    }
    strong
}

/// The file's path, if the file lies where no build would publish it.
fn out_of_reach(
    path: &Path,
    root: &Path,
    outputs: &[PathBuf],
    told: &mut Told,
) -> Result<PathBuf, Ending> {
    let found = path.canonicalize().map_err(|error| {
        told.failed(
            Ending::WrongUsage,
            &format!(
                "the file of passphrases {} can't be read: {error}",
                path.display()
            ),
            "name it with --passphrases, one `name: passphrase` a line",
        )
    })?;
    let within = |folder: &PathBuf| match folder.canonicalize() {
        Ok(folder) => belongs_to_output(&folder, &found),
        Err(_) => false,
    };
    let read = [root.join("content"), root.join("themes")];
    if let Some(folder) = read.iter().chain(outputs).find(|folder| within(folder)) {
        return Err(told.failed(
            Ending::WrongUsage,
            &format!(
                "the file of passphrases lies in {}, which is published or shared",
                folder.display()
            ),
            "move it out of the site's folder, and out of its repository",
        ));
    }
    Ok(found)
}

fn read(path: &Path, told: &mut Told) -> Result<BTreeMap<String, Passphrase>, Ending> {
    warn_if_open(path, told);
    let text = fs::read_to_string(path).map(Zeroizing::new);
    let text = text.map_err(|error| {
        told.failed(
            Ending::WrongUsage,
            &format!(
                "the file of passphrases {} can't be read: {error}",
                path.display()
            ),
            "it is text, one `name: passphrase` a line",
        )
    })?;
    let mut found = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let parts = line
            .split_once(':')
            .map(|(name, rest)| (name.trim(), rest.trim()));
        let fault = match parts {
            // The line itself isn't shown: it may be a passphrase.
            None => "is no `name: passphrase`",
            Some((name, rest)) if name.is_empty() || rest.is_empty() => {
                "lacks a name or a passphrase"
            }
            Some((name, _)) if found.contains_key(name) => "names a recipient a second time",
            Some((name, rest)) => {
                let passphrase = Passphrase::new(Zeroizing::new(rest.to_owned()));
                found.insert(name.to_owned(), passphrase);
                continue;
            }
        };
        return Err(told.failed(
            Ending::WrongUsage,
            &format!("line {} of {} {fault}", number + 1, path.display()),
            "write one `name: passphrase` a line; a line that begins with # is a comment",
        ));
    }
    Ok(found)
}

/// A file that others may read is somebody else's passphrase too.
#[cfg(unix)]
fn warn_if_open(path: &Path, told: &mut Told) {
    use std::os::unix::fs::PermissionsExt;

    let mode = fs::metadata(path).map_or(0, |found| found.permissions().mode());
    if mode & 0o077 != 0 {
        told.say(&format!(
            "warning: others on this machine may read {}\n  help: chmod 600 {0}\n",
            path.display()
        ));
    }
}

#[cfg(not(unix))]
fn warn_if_open(_: &Path, _: &mut Told) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipients_variable_is_its_name_in_capitals() {
        assert_eq!(variable("ceo"), "QUARTERDECK_PASSPHRASE_CEO");
        assert_eq!(variable("night-lead"), "QUARTERDECK_PASSPHRASE_NIGHT_LEAD");
    }
}
