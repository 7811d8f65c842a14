//! The sites that a command was given: found, worked on side by side, and told
//! of in the order in which they were named.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, Scope, ScopedJoinHandle};
use std::time::Duration;

use glob::{MatchOptions, Pattern};
use rayon::Yield;

use super::awake::Awake;
use super::pipeline::Failure;
use super::progress::Progress;
use super::terminal::{self, Told};
use super::{Ending, sites};
use crate::diagnostic::listed;

/// The sites that were named, in that order and each once.
pub struct Sites {
    sites: Vec<Site>,
    /// What became of names that no site is built for.
    notes: Vec<String>,
}

/// One of them.
struct Site {
    /// Its folder as it was named, or a pattern that matches nothing.
    root: PathBuf,
    /// Why nothing is done with it.
    refused: Option<Failure>,
}

/// What is done with each site, in words.
pub struct Work {
    /// As long as it lasts: `building`.
    pub doing: &'static str,
    /// Once it is done: `built`.
    pub done: &'static str,
}

/// A worker's stack is the main thread's: content that can be read alone can
/// be read among others.
pub(super) const STACK: usize = 8 << 20;

/// How often the person at the terminal is looked after.
const TICK: Duration = Duration::from_millis(100);

impl Sites {
    /// Finds the sites: the folders named, what patterns among them match, or
    /// the current folder if nothing is named.
    pub fn of(named: &[PathBuf]) -> Sites {
        let mut found = Sites {
            sites: Vec::new(),
            notes: Vec::new(),
        };
        let mut without_site = Vec::new();
        for name in sites(named) {
            match pattern(&name) {
                Some(pattern) => found.match_pattern(&name, pattern, &mut without_site),
                None => found.push(name, None),
            }
        }
        found.each_once();
        if !without_site.is_empty() {
            let names = listed(without_site.iter().map(String::as_str));
            found
                .notes
                .push(format!("note: passed over, no site: {names}\n"));
        }
        found
    }

    /// Their folders as they were named, in that order.
    pub fn roots(&self) -> impl Iterator<Item = &Path> {
        self.sites.iter().map(|site| &*site.root)
    }

    /// Whether there is more than one.
    pub fn are_several(&self) -> bool {
        self.sites.len() > 1
    }

    fn push(&mut self, root: PathBuf, refused: Option<Failure>) {
        self.sites.push(Site { root, refused });
    }

    fn match_pattern(&mut self, name: &Path, pattern: &str, without_site: &mut Vec<String>) {
        let wrong = |what| {
            Failure {
            ending: Ending::WrongUsage,
            what,
            help: "name the folders that hold site.toml and content/, or a pattern such as 'clients/*'".to_owned(),
        }
        };
        let options = MatchOptions {
            // As in a shell.
            require_literal_leading_dot: true,
            require_literal_separator: true,
            case_sensitive: true,
        };
        let paths = match glob::glob_with(pattern, options) {
            Ok(paths) => paths,
            Err(error) => {
                let what = format!("{pattern} is no pattern: {}", error.msg);
                return self.push(name.to_owned(), Some(wrong(what)));
            }
        };
        let before = self.sites.len();
        let mut any = false;
        for path in paths {
            any = true;
            match path {
                Ok(path) if path.join("content").is_dir() => self.push(path, None),
                Ok(path) => without_site.push(path.display().to_string()),
                Err(error) => {
                    let refused = Failure {
                        ending: Ending::SystemFailed,
                        what: format!(
                            "{} can't be read: {}",
                            error.path().display(),
                            error.error()
                        ),
                        help: "check that you may read the folder".to_owned(),
                    };
                    self.push(error.path().to_owned(), Some(refused));
                }
            }
        }
        if self.sites.len() == before {
            let what = if any {
                format!("there is no site among what {pattern} matches")
            } else {
                format!("nothing matches {pattern}")
            };
            self.push(name.to_owned(), Some(wrong(what)));
        }
    }

    /// Drops further names of a folder.
    fn each_once(&mut self) {
        let mut seen: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
        let mut notes = Vec::new();
        self.sites.retain(|site| {
            let real = site.root.canonicalize();
            let real = real.unwrap_or_else(|_| site.root.clone());
            let Some(first) = seen.get(&real) else {
                seen.insert(real, site.root.clone());
                return true;
            };
            if *first != site.root {
                let (first, again) = (first.display(), site.root.display());
                notes.push(format!("note: {again} is {first} by another name\n"));
            }
            false
        });
        self.notes.extend(notes);
    }

    /// Refuses sites that would be written to one place, or one within the
    /// other, before anything is written. `output` gives a site's folder,
    /// absolute and without links, if it can be known.
    pub fn refuse_clashes(
        &mut self,
        output: impl Fn(&Path) -> Option<PathBuf>,
        clash: impl Fn(&Path, &Path) -> bool,
    ) {
        let outputs: Vec<Option<PathBuf>> = self
            .sites
            .iter()
            .map(|site| output(&site.root).filter(|_| site.refused.is_none()))
            .collect();
        let other = |at: usize| {
            let own = outputs[at].as_deref()?;
            (0..outputs.len()).find(|other| {
                let theirs = outputs[*other].as_deref();
                *other != at && theirs.is_some_and(|theirs| clash(own, theirs))
            })
        };
        let clashes: Vec<(usize, usize)> = (0..outputs.len())
            .filter_map(|at| Some((at, other(at)?)))
            .collect();
        for (at, other) in clashes {
            let what = format!(
                "{} and {} would be written to the same place",
                self.sites[at].root.display(),
                self.sites[other].root.display()
            );
            self.sites[at].refused = Some(Failure {
                ending: Ending::WrongUsage,
                what,
                help: "give each an `output` of its own in site.toml".to_owned(),
            });
        }
    }

    /// Works on every site, as many at a time as there are threads, and prints
    /// what each tells as soon as all before it have told theirs. A site that
    /// fails stops no other; the worst ending is the command's.
    pub fn each(
        &self,
        work: &Work,
        quiet: bool,
        one: impl Fn(&Path, &mut Told) -> Ending + Sync,
    ) -> Ending {
        self.each_named(work, quiet, |root, refused, told| match refused {
            Some(failure) => told.failure(failure),
            None => one(root, told),
        })
    }

    /// The same, for names too that nothing can be done with, each with why.
    pub fn each_named(
        &self,
        work: &Work,
        quiet: bool,
        one: impl Fn(&Path, Option<&Failure>, &mut Told) -> Ending + Sync,
    ) -> Ending {
        let (sender, results) = channel();
        let turns = Turns {
            sites: &self.sites,
            next: AtomicUsize::new(0),
        };
        let (turns, one) = (&turns, &one);
        // One of rayon's own threads needn't wait for them to be woken, nor be
        // woken, each time that a part of its site is done side by side.
        if !self.are_several() {
            let awake = Awake::new();
            return rayon::in_place_scope(|scope| {
                scope.spawn(move |_| {
                    turns.all(one, &sender);
                    drop(awake);
                });
                self.tell(work, quiet, &results)
            });
        }
        // Of several, one that waits for a part of its site would begin another
        // site meanwhile, and hold both in memory.
        let at_once = rayon::current_num_threads().min(self.sites.len());
        thread::scope(|scope| {
            let started = (0..at_once).filter(|_| {
                let sender = sender.clone();
                let work = move || {
                    let is_on_its_own = turns.alone(at_once, one, &sender);
                    let last = sender.clone();
                    // Where none can be started, it does the rest itself.
                    if !is_on_its_own || worker(scope, move || turns.all(one, &last)).is_err() {
                        turns.all(one, &sender);
                    }
                };
                worker(scope, work).is_ok()
            });
            if started.count() == 0 {
                turns.all(one, &sender);
            }
            drop(sender);
            self.tell(work, quiet, &results)
        })
    }

    fn tell(&self, work: &Work, quiet: bool, results: &Receiver<(usize, Told, Ending)>) -> Ending {
        let total = self.sites.len();
        let mut progress = Progress::new(work, total, quiet, io::stderr());
        let mut waiting: BTreeMap<usize, (Told, Ending)> = BTreeMap::new();
        let (mut printed, mut fine, mut worst) = (0, 0, Ending::Fine);
        loop {
            match results.recv_timeout(TICK) {
                Ok((at, told, ending)) => {
                    progress.one_more();
                    waiting.insert(at, (told, ending));
                }
                Err(RecvTimeoutError::Timeout) => progress.show(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
            while let Some((mut told, ending)) = waiting.remove(&printed) {
                progress.erase();
                if self.are_several() {
                    told.head(&self.sites[printed].root, ending, quiet);
                }
                told.print();
                printed += 1;
                fine += usize::from(ending == Ending::Fine);
                worst = worst.max(ending);
            }
        }
        progress.erase();
        if !quiet {
            if self.are_several() {
                terminal::line(&count(work, fine, total - fine));
            }
            terminal::say(&self.notes.concat());
        }
        worst
    }
}

/// A thread that works on sites.
fn worker<'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() + Send + 'scope,
) -> io::Result<ScopedJoinHandle<'scope, ()>> {
    thread::Builder::new()
        .stack_size(STACK)
        .spawn_scoped(scope, work)
}

/// The sites whose turn hasn't come yet.
struct Turns<'s> {
    sites: &'s [Site],
    next: AtomicUsize,
}

impl Turns<'_> {
    /// Works on sites until there are no more than threads, all of each on this
    /// one: what it made it gives back itself, which is quicker. Tells whether
    /// no other thread can help this one from here on.
    fn alone(
        &self,
        threads: usize,
        one: &impl Fn(&Path, Option<&Failure>, &mut Told) -> Ending,
        sender: &Sender<(usize, Told, Ending)>,
    ) -> bool {
        let but_the_last = self.sites.len().saturating_sub(threads);
        if but_the_last == 0 {
            return false;
        }
        let of_one = rayon::ThreadPoolBuilder::new().num_threads(1);
        let Ok(_kept) = of_one.use_current_thread().build() else {
            return false;
        };
        while self.turn(but_the_last, one, sender) {
            // What was left for another thread to do.
            while rayon::yield_now() == Some(Yield::Executed) {}
        }
        true
    }

    /// Works on all that are left, with the help of all threads.
    fn all(
        &self,
        one: &impl Fn(&Path, Option<&Failure>, &mut Told) -> Ending,
        sender: &Sender<(usize, Told, Ending)>,
    ) {
        while self.turn(self.sites.len(), one, sender) {}
    }

    /// Works on the next of the first so many, unless there is none.
    fn turn(
        &self,
        first: usize,
        one: &impl Fn(&Path, Option<&Failure>, &mut Told) -> Ending,
        sender: &Sender<(usize, Told, Ending)>,
    ) -> bool {
        let next = |at| (at < first).then_some(at + 1);
        let taken = self
            .next
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
        let Some((at, site)) = taken.ok().and_then(|at| Some((at, self.sites.get(at)?))) else {
            return false;
        };
        let mut told = Told::default();
        let ending = one(&site.root, site.refused.as_ref(), &mut told);
        // The receiver outlives every worker.
        let _ = sender.send((at, told, ending));
        true
    }
}

impl Told {
    /// Says which site the faults are of, and that it failed.
    fn head(&mut self, root: &Path, ending: Ending, quiet: bool) {
        let root = root.display();
        if !self.faults.is_empty() {
            self.faults.insert_str(0, &format!("In {root}:\n"));
        }
        if ending != Ending::Fine && !quiet {
            let errors = match self.errors {
                1 => "1 error".to_owned(),
                errors => format!("{errors} errors"),
            };
            self.line(&format!("{root}: failed, {errors}"));
        }
    }
}

/// The pattern that a name is, unless there is a file of just that name.
fn pattern(name: &Path) -> Option<&str> {
    let text = name.to_str()?;
    let is_plain = Pattern::escape(text) == text;
    (!is_plain && !name.exists()).then_some(text)
}

/// `98 built, 2 failed`.
fn count(work: &Work, fine: usize, failed: usize) -> String {
    let done = work.done;
    match failed {
        0 => format!("{fine} {done}"),
        failed => format!("{fine} {done}, {failed} failed"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    fn named(number: usize) -> Sites {
        let site = |number| Site {
            root: PathBuf::from(format!("site-{number}")),
            refused: None,
        };
        Sites {
            sites: (0..number).map(site).collect(),
            notes: Vec::new(),
        }
    }

    const WORK: Work = Work {
        doing: "building",
        done: "built",
    };

    #[test]
    fn no_more_are_in_hand_than_there_are_threads() {
        let in_hand = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let seen = Mutex::new(Vec::new());
        let sites = named(40);
        let ending = sites.each(&WORK, true, |root, _| {
            let now = in_hand.fetch_add(1, Ordering::SeqCst) + 1;
            most.fetch_max(now, Ordering::SeqCst);
            // A site's own parallel work, at which rayon's threads would turn
            // to another site.
            rayon::join(|| thread::sleep(Duration::from_millis(2)), || ());
            in_hand.fetch_sub(1, Ordering::SeqCst);
            seen.lock().unwrap().push(root.to_owned());
            Ending::Fine
        });
        assert_eq!(ending, Ending::Fine);
        assert!(most.into_inner() <= rayon::current_num_threads());
        let mut seen = seen.into_inner().unwrap();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 40);
    }

    #[test]
    fn the_worst_ending_is_every_sites() {
        for worst in [Ending::Fine, Ending::ContentErrors, Ending::SystemFailed] {
            let ending = named(5).each(&WORK, true, |root, _| {
                if root.ends_with("site-2") {
                    worst
                } else {
                    Ending::Fine
                }
            });
            assert_eq!(ending, worst);
        }
    }
}
