//! `quarterdeck build`: write the report site.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::pipeline::{output, protected, told};
use super::{Ending, Reading, sites, terminal};
use crate::publish;

/// What `build` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The folders that hold the sites; the current one if left out.
    sites: Vec<PathBuf>,
    /// The folder to write instead of the one that site.toml names.
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
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
    let endings = sites.iter().map(|root| one(root, options, quiet));
    endings.max().unwrap_or(Ending::Fine)
}

fn one(root: &Path, options: &Options, quiet: bool) -> Ending {
    let began = Instant::now();
    let assembled = match told(root, options.reading.as_of, quiet) {
        Ok(assembled) => assembled,
        Err(ending) => return ending,
    };
    let output = output(root, options.output.as_ref(), assembled.engagement.as_ref());
    let Some(bundle) = assembled.bundle else {
        terminal::say(&format!(
            "nothing was written; {} is as it was\n",
            output.display()
        ));
        return Ending::ContentErrors;
    };
    match publish::write(&bundle, &output, &protected(root)) {
        Ok(written) => {
            if !quiet {
                let took = began.elapsed().as_millis();
                terminal::line(&format!(
                    "{}: {} pages, {} in {took} ms{}",
                    output.display(),
                    assembled.pages,
                    size(written.bytes),
                    if written.unchanged { ", unchanged" } else { "" }
                ));
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

fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
