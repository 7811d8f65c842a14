//! `quarterdeck serve`: show the site while it is written.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::pipeline::{assemble, holds_site, output, unreadable};
use super::{Ending, Reading, terminal};
use crate::serve::{Server, watch};

/// Saves that follow one another within this time are one change.
const DEBOUNCE: Duration = Duration::from_millis(30);

/// What `serve` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The folder that holds the site; the current one if left out.
    #[arg(default_value = ".")]
    site: PathBuf,
    /// The port to listen on; if left out, 4242 or a free one.
    #[arg(long, short)]
    port: Option<u16>,
    #[command(flatten)]
    reading: Reading,
}

/// Serves until it is stopped.
pub fn run(options: &Options, quiet: bool) -> Ending {
    let root = &options.site;
    if let Err(ending) = holds_site(root) {
        return ending;
    }
    let server = match Server::bind(options.port) {
        Ok(server) => Arc::new(server),
        Err(error) => {
            let port = options
                .port
                .map_or_else(|| "a port".to_owned(), |port| format!("port {port}"));
            return terminal::failed(
                Ending::SystemFailed,
                &format!("{port} can't be had on this machine: {error}"),
                "name another with --port, or leave it out to take a free one",
            );
        }
    };
    let paths = [
        root.join("content"),
        root.join("themes"),
        root.join("site.toml"),
    ];
    let target = output(root, None, None);
    let mut watcher = match watch(&paths, &target, DEBOUNCE) {
        Ok(watcher) => watcher,
        Err(error) => {
            return terminal::failed(
                Ending::SystemFailed,
                &format!("the content can't be watched: {error}"),
                "",
            );
        }
    };
    if let Err(ending) = refresh(root, options, &server) {
        return ending;
    }
    if !quiet {
        terminal::line(&format!("Serving {} (Ctrl-C ends it)", server.url()));
    }
    let answering = Arc::clone(&server);
    let answers = std::thread::spawn(move || answering.run());
    loop {
        if let Err(error) = watcher.recv() {
            return terminal::failed(
                Ending::SystemFailed,
                &format!("the watch ended: {error}"),
                "start serve again",
            );
        }
        if answers.is_finished() {
            return terminal::failed(
                Ending::SystemFailed,
                "the server takes no more connections",
                "start serve again",
            );
        }
        if refresh(root, options, &server) == Ok(true) && !quiet {
            terminal::line("Built again");
        }
    }
}

/// Builds the site anew and says whether it could. A fault leaves the last good one as it was and is
/// told; only a folder that can't be read at all is an ending.
fn refresh(root: &Path, options: &Options, server: &Server) -> Result<bool, Ending> {
    let assembled =
        assemble(root, options.reading.as_of).map_err(|failure| unreadable(&failure))?;
    if !assembled.report.is_empty() {
        terminal::report(&assembled.report);
    }
    let built = assembled.bundle.is_some();
    match assembled.bundle {
        Some(bundle) => server.publish(bundle),
        None => server.fail(assembled.report.render(false)),
    }
    Ok(built)
}
