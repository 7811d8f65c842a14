//! The development server: answers on the loopback address from the last good
//! build, held in memory.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tiny_http::{Header, Method, Request, Response};

use super::answer::{Answer, answer, is_own_host};
use super::reload;
use crate::publish::bundle::Bundle;

/// The port when none is asked for.
pub const DEFAULT_PORT: u16 = 4242;

/// Ports after the default that are tried while it is taken.
const NEIGHBOURS: u16 = 8;

/// Requests that are answered at once.
const WORKERS: usize = 4;

/// How long a page waits for a build before it asks again. Shorter than any
/// time after which a browser would give up by itself.
const PATIENCE: Duration = Duration::from_secs(25);

/// Pages that may wait; beyond, the one that waits longest is answered.
const MOST_WAITING: usize = 500;

/// Headers of every response.
const HEADERS: [(&str, &str); 6] = [
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Robots-Tag", "noindex, nofollow, noarchive"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// A server of one site, for the author's own browser.
pub struct Server {
    http: tiny_http::Server,
    port: u16,
    /// Tells this run's builds from those of the server that ran before it.
    run: u128,
    state: Mutex<State>,
    /// Wakes the thread that answers pages which have waited long enough.
    waiting: Condvar,
    stopped: AtomicBool,
}

#[derive(Default)]
struct State {
    site: Arc<Bundle>,
    build: u64,
    report: String,
    /// Pages that wait for the next build, those that wait longest first. They
    /// hold no thread of the workers, so any number of tabs leaves all free.
    parked: Vec<(Instant, Request)>,
}

impl Server {
    /// Takes a port of the loopback address: the one asked for, or the default
    /// or a free one beside it. The server answers once [`Server::run`] is
    /// called.
    ///
    /// # Errors
    ///
    /// If the port asked for is taken, or none can be had.
    pub fn bind(port: Option<u16>) -> io::Result<Server> {
        let listener = match port {
            Some(port) => listen(port)?,
            None => listen_near_default()?,
        };
        let port = listener.local_addr()?.port();
        let http = tiny_http::Server::from_listener(listener, None).map_err(io::Error::other)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        Ok(Server {
            http,
            port,
            run: now.unwrap_or_default().as_nanos(),
            state: Mutex::default(),
            waiting: Condvar::new(),
            stopped: AtomicBool::new(false),
        })
    }

    /// Where the site is: `http://127.0.0.1:4242/`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Serves this site from now on, and has every open page reload.
    pub fn publish(&self, site: Bundle) {
        let mut state = self.state();
        state.site = Arc::new(site);
        state.build += 1;
        state.report.clear();
        let parked = std::mem::take(&mut state.parked);
        let build = self.build(&state);
        drop(state);
        for (_, request) in parked {
            send(request, Answer::text(200, &build));
        }
    }

    /// Goes on serving the last good site, and keeps the text that says why
    /// there is no newer one at `/_quarterdeck/report`.
    pub fn fail(&self, report: String) {
        self.state().report = report;
    }

    /// Answers requests until [`Server::stop`] is called.
    ///
    /// # Errors
    ///
    /// If the system takes no more connections.
    pub fn run(&self) -> io::Result<()> {
        thread::scope(|scope| {
            scope.spawn(|| self.answer_those_who_waited());
            let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(|| self.work())).collect();
            let ends = workers.into_iter().map(|worker| match worker.join() {
                Ok(end) => end,
                Err(_) => Err(io::Error::other("a thread of the server panicked")),
            });
            ends.fold(Ok(()), io::Result::and)
        })
    }

    /// Has [`Server::run`] return.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        for _ in 0..WORKERS {
            self.http.unblock();
        }
        // Taken so that the thread is either waiting or sees the flag.
        let state = self.state();
        self.waiting.notify_all();
        drop(state);
    }

    fn work(&self) -> io::Result<()> {
        loop {
            match self.http.recv() {
                Ok(request) => self.handle(request),
                Err(_) if self.stopped.load(Ordering::SeqCst) => return Ok(()),
                Err(error) => {
                    self.stop();
                    return Err(error);
                }
            }
        }
    }

    fn handle(&self, request: Request) {
        if let Some(answer) = self.turned_away(&request) {
            return send(request, answer);
        }
        let target = request.url();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let answer = match path {
            reload::SCRIPT_PATH => Answer::script(reload::SCRIPT),
            "/_quarterdeck/report" => Answer::text(200, &self.state().report),
            "/_quarterdeck/events" => {
                let since = query.strip_prefix("since=").map(str::to_owned);
                return self.park(request, since.as_deref());
            }
            _ => {
                let state = self.state();
                let (site, build) = (Arc::clone(&state.site), self.build(&state));
                drop(state);
                answer(&site, &build, target)
            }
        };
        send(request, answer);
    }

    /// The answer to whom this server isn't for.
    fn turned_away(&self, request: &Request) -> Option<Answer> {
        let mut hosts = request
            .headers()
            .iter()
            .filter(|header| header.field.equiv("Host"));
        let host = hosts.next().map(|header| header.value.as_str());
        let is_own = host.is_some_and(|host| is_own_host(host, self.port));
        if !is_own || hosts.next().is_some() {
            return Some(Answer::text(
                421,
                "This server answers to its own name only.\n",
            ));
        }
        match request.method() {
            Method::Get | Method::Head => None,
            _ => Some(Answer::text(405, "This server only shows pages.\n")),
        }
    }

    /// Answers a page that knows another build at once, any other when there
    /// is one.
    fn park(&self, request: Request, since: Option<&str>) {
        let mut state = self.state();
        let build = self.build(&state);
        if since != Some(&build) || *request.method() == Method::Head {
            drop(state);
            return send(request, Answer::text(200, &build));
        }
        state.parked.push((Instant::now() + PATIENCE, request));
        let oldest = (state.parked.len() > MOST_WAITING).then(|| state.parked.remove(0));
        self.waiting.notify_all();
        drop(state);
        if let Some((_, request)) = oldest {
            send(request, Answer::text(200, &build));
        }
    }

    /// One thread for all pages that wait.
    fn answer_those_who_waited(&self) {
        let mut state = self.state();
        while !self.stopped.load(Ordering::SeqCst) {
            let now = Instant::now();
            let count = state.parked.partition_point(|(until, _)| *until <= now);
            let waited: Vec<_> = state.parked.drain(..count).collect();
            if waited.is_empty() {
                let first = state.parked.first();
                let pause = first.map_or(PATIENCE, |(until, _)| until.duration_since(now));
                let woken = self.waiting.wait_timeout(state, pause);
                state = woken.unwrap_or_else(PoisonError::into_inner).0;
                continue;
            }
            let build = self.build(&state);
            drop(state);
            for (_, request) in waited {
                send(request, Answer::text(200, &build));
            }
            state = self.state();
        }
    }

    fn build(&self, state: &State) -> String {
        format!("{:x}-{}", self.run, state.build)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every change of the state is whole before anything could panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

fn listen_near_default() -> io::Result<TcpListener> {
    for port in DEFAULT_PORT..=DEFAULT_PORT + NEIGHBOURS {
        match listen(port) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            listener => return listener,
        }
    }
    listen(0)
}

fn send(request: Request, answer: Answer) {
    let mut response = Response::from_data(answer.body)
        .with_status_code(answer.status)
        .with_chunked_threshold(usize::MAX);
    let more = [
        ("Content-Type", Some(answer.kind)),
        ("Content-Security-Policy", Some(&answer.policy[..])),
        ("Location", answer.location.as_deref()),
        ("Allow", (answer.status == 405).then_some("GET, HEAD")),
    ];
    let more = more
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    for (name, value) in HEADERS.into_iter().chain(more) {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // A browser that has gone away needs no answer.
    let _ = request.respond(response);
}
