//! `quarterdeck rules`: the playbook, explained.

use std::path::PathBuf;

use clap::Args;

use super::pipeline::unreadable;
use super::{Ending, terminal};
use crate::diagnostic::{Report, listed, nearest};
use crate::engagement;
use crate::engagement::playbook::Playbook;
use crate::insight::signal::{Rule, rules};
use crate::source;

/// What `rules` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// One rule, or one threshold, by its name; all if left out.
    name: Option<String>,
    /// The folder of the site whose overrides are in force.
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
}

/// Prints every rule with the thresholds now in force, or one.
pub fn run(options: &Options) -> Ending {
    let playbook = match in_force(options) {
        Ok(playbook) => playbook,
        Err(ending) => return ending,
    };
    let Some(name) = &options.name else {
        let all: Vec<String> = rules()
            .iter()
            .map(|rule| explained(rule, &playbook))
            .collect();
        terminal::line(&all.join("\n\n"));
        return Ending::Fine;
    };
    let chosen: Vec<String> = rules()
        .iter()
        .filter(|rule| rule.name == name || rule.thresholds().contains(&name.as_str()))
        .map(|rule| explained(rule, &playbook))
        .collect();
    if chosen.is_empty() {
        return unknown(name);
    }
    terminal::line(&chosen.join("\n\n"));
    Ending::Fine
}

fn unknown(name: &str) -> Ending {
    let names: Vec<&str> = rules().iter().map(|rule| rule.name).collect();
    let thresholds = Playbook::ENTRIES.iter().map(|entry| entry.name);
    let help = match nearest(name, names.iter().copied().chain(thresholds)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", listed(names)),
    };
    terminal::failed(
        Ending::WrongUsage,
        &format!("there is no rule `{name}`"),
        &help,
    )
}

/// The playbook of the site in the folder; the defaults where there is none.
fn in_force(options: &Options) -> Result<Playbook, Ending> {
    if !options.site.join("content").is_dir() {
        return Ok(Playbook::default());
    }
    let mut report = Report::default();
    let documents =
        source::read(&options.site, &mut report).map_err(|failure| unreadable(&failure))?;
    let engagement = engagement::check(documents, None, &mut report);
    let Some(engagement) = engagement else {
        terminal::report(&report);
        return Err(Ending::ContentErrors);
    };
    Ok(engagement.firm.playbook)
}

fn explained(rule: &Rule, playbook: &Playbook) -> String {
    let mut lines = vec![
        format!("{} ({})", rule.name, rule.segment.name()),
        format!("  says   {}", rule.says),
        format!("  when   {}", rule.condition(playbook)),
        format!("  why    {}", rule.why),
        format!("  source {}", rule.source),
    ];
    lines.extend(
        rule.thresholds()
            .into_iter()
            .filter_map(|name| threshold(name, playbook)),
    );
    lines.join("\n")
}

fn threshold(name: &str, playbook: &Playbook) -> Option<String> {
    let entry = Playbook::ENTRIES.iter().find(|entry| entry.name == name)?;
    let now = playbook.get(name)?;
    let default = if now.total_cmp(&entry.default).is_eq() {
        String::new()
    } else {
        format!(", by default {}", entry.default)
    };
    Some(format!("  {name} = {now} {}{default}", entry.unit))
}
