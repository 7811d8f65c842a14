//! `quarterdeck serve`: show sites while they are written.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use clap::Args;

use super::pipeline::{Memory, assemble_again, holds_site, output, unreadable};
use super::provenance::provenance;
use super::{Ending, Reading, sites, terminal};
use crate::diagnostic::{Diagnostic, Report};
use crate::serve::{DEFAULT_PORT, Server, Watcher, names, watch};
use crate::source::Touched;
use crate::source::files::ReadFailure;

/// Writes that follow one another within this time are one change.
const PAUSE: Duration = Duration::from_millis(30);

/// Once nothing was saved for this long, git is asked: right after a save it
/// would take the machine from the browser, which draws the page.
const QUIET: Duration = Duration::from_millis(500);

/// What `serve` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The folders that hold the sites; the current one if left out.
    sites: Vec<PathBuf>,
    /// The port to listen on; if left out, 4242 or a free one.
    #[arg(long, short)]
    port: Option<u16>,
    /// Open the site in the default browser.
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    reading: Reading,
}

/// One of the sites: where it lies, and what is kept of it between builds.
struct Served {
    root: PathBuf,
    /// Its number on the server.
    number: usize,
    /// What it is called where there are several.
    name: Option<String>,
    as_of: Option<NaiveDate>,
    watcher: Watcher,
    /// The commit that its pages show. Asking git takes about as long as a
    /// build: it is asked in a quiet moment, and the pages made again if the
    /// answer is another.
    commit: Option<String>,
    /// Whether git wasn't asked since a build.
    unasked: bool,
    /// What was made, so that only what a change reaches is made again.
    memory: Memory,
}

/// Serves until it is stopped.
pub fn run(options: &Options, quiet: bool) -> Ending {
    match start(options, quiet) {
        Ok(ending) | Err(ending) => ending,
    }
}

fn start(options: &Options, quiet: bool) -> Result<Ending, Ending> {
    let roots = sites(&options.sites);
    for root in &roots {
        holds_site(root)?;
    }
    let names = names(roots.iter().map(PathBuf::as_path));
    let server = bound(options.port, &names)?;
    let (ends, ending) = mpsc::channel();
    for (number, (root, name)) in roots.iter().zip(&names).enumerate() {
        let site = Served {
            root: root.clone(),
            number,
            name: (names.len() > 1).then(|| name.clone()),
            as_of: options.reading.as_of,
            watcher: watched(root)?,
            commit: None,
            unasked: false,
            memory: Memory::keeping(),
        };
        let (server, ends) = (Arc::clone(&server), OnEnd(ends.clone()));
        thread::spawn(move || site.serve(&server, quiet, &ends));
    }
    for _ in &roots {
        ending.recv().unwrap_or(Err(Ending::SystemFailed))?;
    }
    let (answering, ends) = (Arc::clone(&server), OnEnd(ends));
    thread::spawn(move || {
        let ended = answering.run();
        let why = ended.map_or_else(|error| format!(": {error}"), |()| String::new());
        ends.tell(Err(failed(&format!(
            "the server takes no more connections{why}"
        ))));
    });
    if !quiet {
        terminal::line(&greeting(&server.url(), options.port));
    }
    if options.open {
        let url = server.url();
        thread::spawn(move || open_browser(&url));
    }
    match ending.recv() {
        Ok(Err(ending)) => Err(ending),
        // Nobody says that all is well twice.
        Ok(Ok(())) | Err(_) => Err(Ending::SystemFailed),
    }
}

fn bound(port: Option<u16>, names: &[String]) -> Result<Arc<Server>, Ending> {
    Server::bind(port, names).map(Arc::new).map_err(|error| {
        let port = port.map_or_else(|| "a port".to_owned(), |port| format!("port {port}"));
        terminal::failed(
            Ending::SystemFailed,
            &format!("{port} can't be had on this machine: {error}"),
            "name another with --port, or leave it out to take a free one",
        )
    })
}

fn watched(root: &Path) -> Result<Watcher, Ending> {
    let paths = ["content", "themes", "site.toml"].map(|name| root.join(name));
    watch(&paths, &output(root, None, None), PAUSE).map_err(|error| {
        let shown = root.display();
        terminal::failed(
            Ending::SystemFailed,
            &format!("the content of {shown} can't be watched: {error}"),
            "",
        )
    })
}

/// Where the site is, and why it isn't where it usually is.
fn greeting(url: &str, asked: Option<u16>) -> String {
    let usual = format!(":{DEFAULT_PORT}/");
    if asked.is_some() || url.ends_with(&usual) {
        format!("Serving {url} (Ctrl-C ends it)")
    } else {
        format!("Serving {url}, for port {DEFAULT_PORT} is taken (Ctrl-C ends it)")
    }
}

fn failed(what: &str) -> Ending {
    terminal::failed(Ending::SystemFailed, what, "start serve again")
}

/// Tells how a thread began or ended, and that it is gone even if it panicked:
/// a server that watches no longer would show old pages for new ones.
struct OnEnd(Sender<Result<(), Ending>>);

impl OnEnd {
    fn tell(&self, how: Result<(), Ending>) {
        // Nobody listens once the command is over.
        let _ = self.0.send(how);
    }
}

impl Drop for OnEnd {
    fn drop(&mut self) {
        self.tell(Err(Ending::SystemFailed));
    }
}

impl Served {
    /// Builds the site, says that it began, and builds it again after every
    /// change.
    fn serve(mut self, server: &Server, quiet: bool, ends: &OnEnd) {
        match self.build(server, None) {
            Ok(_) => ends.tell(Ok(())),
            Err(failure) => return ends.tell(Err(unreadable(&failure))),
        }
        loop {
            let changed = if self.unasked {
                self.watcher.recv_within(QUIET)
            } else {
                self.watcher.recv().map(Some)
            };
            let changes = match changed {
                Ok(Some(changes)) => changes,
                Ok(None) => {
                    self.look_at_commit(server);
                    continue;
                }
                Err(error) => {
                    return ends.tell(Err(failed(&format!("the watch ended: {error}"))));
                }
            };
            let touched = (!changes.anything).then_some(&changes.paths);
            let began = Instant::now();
            match self.build(server, touched) {
                Ok(true) => {
                    self.unasked = true;
                    if !quiet {
                        let took = began.elapsed().as_millis();
                        terminal::line(&format!("{}Built again in {took} ms", self.prefix()));
                    }
                }
                Ok(false) => {}
                // The folder may be back with the next change.
                Err(failure) => self.tell_unreadable(server, &failure),
            }
        }
    }

    /// Builds what was touched of the site and says whether it could. A fault
    /// leaves the last good one as it was and is told.
    fn build(&mut self, server: &Server, touched: Touched<'_>) -> Result<bool, ReadFailure> {
        let first = self.commit.is_none();
        let shown = || provenance(&self.root).map_or_else(String::new, |commit| commit.shown());
        let commit = self.commit.clone();
        let mut asked = commit.clone();
        let commit = || {
            let commit = commit.unwrap_or_else(shown);
            asked = Some(commit.clone());
            (!commit.is_empty()).then_some(commit)
        };
        let memory = &mut self.memory;
        let assembled = assemble_again(&self.root, self.as_of, commit, touched, memory)?;
        if first {
            self.commit = asked;
        }
        // The page first: whoever saved looks there.
        let built = assembled.bundle.is_some();
        match assembled.bundle {
            Some(bundle) => server.publish(self.number, bundle),
            None => server.fail(self.number, &assembled.report),
        }
        self.tell(&assembled.report);
        Ok(built)
    }

    /// Asks git, and makes the pages again if what they show of the commit is
    /// no longer so.
    fn look_at_commit(&mut self, server: &Server) {
        self.unasked = false;
        let now = provenance(&self.root).map_or_else(String::new, |commit| commit.shown());
        if self.commit.as_ref() == Some(&now) {
            return;
        }
        self.commit = Some(now.clone());
        let commit = || (!now.is_empty()).then_some(now);
        let memory = &mut self.memory;
        let again = assemble_again(&self.root, self.as_of, commit, None, memory);
        // What is wrong since is told by the build that its change brings.
        if let Ok(Some(bundle)) = again.map(|assembled| assembled.bundle) {
            server.publish(self.number, bundle);
        }
    }

    fn tell(&self, report: &Report) {
        if report.is_empty() {
            return;
        }
        if let Some(name) = &self.name {
            terminal::say(&format!("{name}:\n"));
        }
        terminal::report(report);
    }

    fn tell_unreadable(&self, server: &Server, failure: &ReadFailure) {
        let mut report = Report::default();
        let fault = Diagnostic::error("unreadable", failure.to_string());
        report.push(fault.help("put it back where it was; it is looked for after every change"));
        server.fail(self.number, &report);
        self.tell(&report);
    }

    /// What a line about this site begins with where there are several.
    fn prefix(&self) -> String {
        self.name
            .as_ref()
            .map_or_else(String::new, |name| format!("{name}: "))
    }
}

/// Has the system's default browser show the site. It is given a process group
/// of its own: what ends this command would end a browser begun by it.
fn open_browser(url: &str) {
    let mut why = "nothing is known here that could".to_owned();
    for mut command in open::commands(url) {
        command.stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        match command.status() {
            Ok(status) if status.success() => return,
            Ok(status) => why = format!("{}: {status}", command.get_program().display()),
            Err(error) => why = format!("{}: {error}", command.get_program().display()),
        }
    }
    terminal::say(&format!(
        "warning: no browser was opened ({why})\n  help: open {url} yourself\n"
    ));
}
