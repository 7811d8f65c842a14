//! The program at work, and how it ended.

use std::fs::{self, File};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than any build here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A command whose words go to files.
pub struct Running {
    child: Child,
    said: PathBuf,
    shown: String,
}

/// How a command ended and what it said.
#[derive(Debug)]
#[expect(dead_code, reason = "some of it is only shown when a round fails")]
pub struct Ended {
    /// Its exit code; none if a signal ended it.
    pub code: Option<i32>,
    pub signal: Option<i32>,
    pub err: String,
    pub out: String,
    pub command: String,
}

impl Running {
    /// Starts a command; `said` is a path of its own, less its ending.
    pub fn start(mut command: Command, said: &Path) -> Running {
        let file = |ending| File::create(said.with_extension(ending)).unwrap();
        command.stdin(Stdio::null());
        command.stdout(file("out")).stderr(file("err"));
        Running {
            child: command.spawn().unwrap(),
            said: said.to_owned(),
            shown: format!("{command:?}"),
        }
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    pub fn is_over(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    pub fn signal(&mut self, signal: i32) {
        let process = self.process().to_string();
        // It may have ended already; it is still ours, as it wasn't waited for.
        let _ = Command::new("kill")
            .args([format!("-{signal}"), process])
            .stderr(Stdio::null())
            .status();
    }

    /// Waits for its end, and fails if it doesn't come.
    #[track_caller]
    pub fn end(mut self) -> Ended {
        let since = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            if since.elapsed() > PATIENCE {
                let _ = self.child.kill();
                let _ = self.child.wait();
                panic!("it hangs: {}", self.shown);
            }
            thread::sleep(Duration::from_millis(2));
        };
        let read = |ending| {
            let bytes = fs::read(self.said.with_extension(ending)).unwrap();
            String::from_utf8(bytes).expect("the program says text")
        };
        let ended = Ended {
            code: status.code(),
            signal: status.signal(),
            err: read("err"),
            out: read("out"),
            command: self.shown,
        };
        for trace in ["panicked", "RUST_BACKTRACE", "stack backtrace", "unwrap()"] {
            assert!(
                !ended.err.contains(trace),
                "a panic is no message: {ended:#?}"
            );
        }
        ended
    }
}

impl Ended {
    /// Fails unless it ended so.
    #[track_caller]
    pub fn with(self, code: i32) -> Ended {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    /// Fails unless it said each of these.
    #[track_caller]
    pub fn saying(self, words: &[&str]) -> Ended {
        for words in words {
            assert!(self.err.contains(words), "`{words}` isn't said: {self:#?}");
        }
        self
    }
}
