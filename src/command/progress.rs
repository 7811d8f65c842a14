//! How far a long piece of work has come, on one line of a terminal.

use std::env;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use super::several::Work;

/// What is over sooner needs no patience.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line that is written over and over, and taken away in the end. Only
/// where somebody watches: nothing is written to a pipe or a file.
pub struct Progress<'w, W> {
    work: &'w Work,
    total: usize,
    done: usize,
    began: Instant,
    /// Where it is written; none if nobody watches or wants it.
    to: Option<W>,
    /// What stands there now.
    shown: String,
}

impl<'w, W: Write + IsTerminal> Progress<'w, W> {
    /// Begins with nothing done and nothing shown.
    pub fn new(work: &'w Work, total: usize, quiet: bool, to: W) -> Self {
        let on_terminal = to.is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb");
        // A runner's log may pass for a terminal, and keeps every line.
        let logged = env::var_os("CI").is_some_and(|value| !value.is_empty());
        Progress::on(
            work,
            total,
            (on_terminal && !logged && !quiet).then_some(to),
        )
    }
}

impl<'w, W: Write> Progress<'w, W> {
    fn on(work: &'w Work, total: usize, to: Option<W>) -> Self {
        Progress {
            work,
            total,
            done: 0,
            began: Instant::now(),
            to,
            shown: String::new(),
        }
    }

    /// One more is done.
    pub fn one_more(&mut self) {
        self.done += 1;
        self.show();
    }

    /// Shows how far the work is, if it has lasted.
    pub fn show(&mut self) {
        self.after(self.began.elapsed());
    }

    fn after(&mut self, lasted: Duration) {
        let text = if self.total == 1 {
            format!("{} …", self.work.doing)
        } else {
            format!("{} of {} {}", self.done, self.total, self.work.done)
        };
        if lasted >= PATIENCE && text != self.shown {
            self.erase();
            self.write(&text);
            self.shown = text;
        }
    }

    /// Takes the line away, so that other text may stand there.
    pub fn erase(&mut self) {
        let width = self.shown.chars().count();
        if width > 0 {
            self.shown.clear();
            self.write(&format!("\r{:width$}\r", ""));
        }
    }

    fn write(&mut self, text: &str) {
        if let Some(to) = &mut self.to {
            // Nobody is left to tell if this fails.
            let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORK: Work = Work {
        doing: "building",
        done: "built",
    };

    fn written(total: usize, steps: impl Fn(&mut Progress<'_, &mut Vec<u8>>)) -> String {
        let mut to = Vec::new();
        steps(&mut Progress::on(&WORK, total, Some(&mut to)));
        String::from_utf8(to).unwrap()
    }

    #[test]
    fn nothing_is_shown_of_what_is_soon_over() {
        let soon = |progress: &mut Progress<'_, &mut Vec<u8>>| {
            progress.done = 3;
            progress.after(Duration::from_millis(999));
            progress.erase();
        };
        assert_eq!(written(100, soon), "");
    }

    #[test]
    fn a_line_is_written_over_and_taken_away() {
        let long = |progress: &mut Progress<'_, &mut Vec<u8>>| {
            for done in [9, 9, 10] {
                progress.done = done;
                progress.after(Duration::from_secs(2));
            }
            progress.erase();
            progress.erase();
        };
        let blank = |width: usize| format!("\r{}\r", " ".repeat(width));
        assert_eq!(
            written(100, long),
            format!("9 of 100 built{}10 of 100 built{}", blank(14), blank(15))
        );
        let alone = |progress: &mut Progress<'_, &mut Vec<u8>>| {
            progress.after(Duration::from_secs(2));
            progress.erase();
        };
        assert_eq!(written(1, alone), format!("building …{}", blank(10)));
    }

    #[test]
    fn nobody_who_does_not_watch_is_shown_anything() {
        let file = tempfile::tempfile().unwrap();
        let mut progress = Progress::new(&WORK, 100, false, file.try_clone().unwrap());
        progress.after(Duration::from_secs(9));
        progress.erase();
        assert_eq!(file.metadata().unwrap().len(), 0);
    }
}
