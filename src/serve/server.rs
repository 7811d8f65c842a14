//! The development server: answers on the loopback address from the last good
//! builds, held in memory.

use std::io::{self, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tiny_http::{Header, Method, Request, Response};

use super::answer::{Answer, answer, is_own_host};
use super::mount::Mount;
use super::own_page;
use super::reload::{self, Shown};
use crate::diagnostic::Report;
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

/// A server of one or more sites, for the author's own browser.
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

struct State {
    mounts: Vec<Mount>,
    /// Pages that wait for news, those that wait longest first. They hold no
    /// thread of the workers, so any number of tabs leaves all free.
    parked: Vec<Parked>,
}

/// A page that waits for news of its site, or of any.
struct Parked {
    until: Instant,
    site: Option<usize>,
    request: Request,
}

impl Server {
    /// Takes a port of the loopback address: the one asked for, or the default
    /// or a free one beside it. One site has the whole server, several have a
    /// path each, by their [names](super::names). The server answers once
    /// [`Server::run`] is called.
    ///
    /// # Errors
    ///
    /// If the port asked for is taken, or none can be had.
    pub fn bind(port: Option<u16>, names: &[String]) -> io::Result<Server> {
        let listener = match port {
            Some(port) => listen(port)?,
            None => listen_near_default()?,
        };
        let port = listener.local_addr()?.port();
        let http = tiny_http::Server::from_listener(listener, None).map_err(io::Error::other)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let mounts = names.iter().map(|name| Mount::new(name, names.len() == 1));
        Ok(Server {
            http,
            port,
            run: now.unwrap_or_default().as_nanos(),
            state: Mutex::new(State {
                mounts: mounts.collect(),
                parked: Vec::new(),
            }),
            waiting: Condvar::new(),
            stopped: AtomicBool::new(false),
        })
    }

    /// Where the site is, or the page that lists several:
    /// `http://127.0.0.1:4242/`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Serves this build of a site from now on, and has its open pages reload.
    pub fn publish(&self, site: usize, bundle: Bundle) {
        self.change(site, |mount| mount.publish(bundle));
    }

    /// Goes on serving the last good build of a site, and has its open pages
    /// show why there is no newer one.
    pub fn fail(&self, site: usize, report: &Report) {
        self.change(site, |mount| {
            mount.fail(report);
            None
        });
    }

    /// Changes what is known of a site and tells the pages that wait for it.
    fn change(&self, site: usize, change: impl FnOnce(&mut Mount) -> Option<Arc<Bundle>>) {
        let mut state = self.state();
        let Some(mount) = state.mounts.get_mut(site) else {
            return;
        };
        let former = change(mount);
        let all = std::mem::take(&mut state.parked).into_iter();
        let (told, parked) = all.partition(|parked| parked.site.is_none_or(|of| of == site));
        state.parked = parked;
        let told: Vec<Parked> = told;
        let told: Vec<_> = told
            .into_iter()
            .map(|parked| (self.news(&state, parked.site), parked.request))
            .collect();
        drop(state);
        for (news, request) in told {
            send(request, news.answer());
        }
        drop(former);
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
            reload::SCRIPT_PATH => Answer::own(path, reload::SCRIPT),
            own_page::STYLE_PATH => Answer::own(path, own_page::STYLE),
            "/_quarterdeck/report" => Answer::text(200, &self.report()),
            "/_quarterdeck/events" => {
                let asked = |name: &str| {
                    let mut parts = query.split('&').filter_map(|part| part.split_once('='));
                    parts.find(|(known, _)| *known == name).map(|part| part.1)
                };
                let site = asked("site").and_then(|site| site.parse().ok());
                let since = asked("since").map(str::to_owned);
                return self.park(request, site, since.as_deref());
            }
            _ => self.page(target, path),
        };
        send(request, answer);
    }

    /// The answer to a request for a page or file of a site.
    fn page(&self, target: &str, path: &str) -> Answer {
        let state = self.state();
        let mut mounts = state.mounts.iter().enumerate();
        let place = mounts.find_map(|(number, mount)| {
            let below = target.strip_prefix(&*mount.prefix)?;
            Some((number, mount, below))
        });
        let Some((number, mount, below)) = place else {
            let news = self.news(&state, None);
            let mut prefixes = state.mounts.iter().map(|mount| &*mount.prefix);
            if let Some(prefix) = prefixes.find(|prefix| prefix.strip_suffix('/') == Some(path)) {
                return Answer::moved(prefix.to_owned());
            }
            return match path {
                "/" => Answer::page(200, own_page::index(&state.mounts).as_bytes(), news.shown()),
                path if path.starts_with('/') => {
                    Answer::page(404, own_page::not_found("/").as_bytes(), news.shown())
                }
                _ => Answer::text(400, "This is not a path of the site.\n"),
            };
        };
        let news = self.news(&state, Some(number));
        let Some(site) = mount.site.clone() else {
            drop(state);
            return Answer::page(503, own_page::not_built().as_bytes(), news.shown());
        };
        let prefix = mount.prefix.clone();
        drop(state);
        answer(&site, &prefix, news.shown(), below)
    }

    /// What the terminal was last told of the sites that are broken.
    fn report(&self) -> String {
        let state = self.state();
        let reports = state.mounts.iter().map(|mount| &*mount.report);
        reports.collect()
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

    /// Answers a page that knows less at once, any other when there is news.
    fn park(&self, request: Request, site: Option<usize>, since: Option<&str>) {
        let mut state = self.state();
        if site.is_some_and(|site| site >= state.mounts.len()) {
            drop(state);
            return send(request, Answer::text(404, "There is no such site.\n"));
        }
        let news = self.news(&state, site);
        if since != Some(&news.state) || *request.method() == Method::Head {
            drop(state);
            return send(request, news.answer());
        }
        state.parked.push(Parked {
            until: Instant::now() + PATIENCE,
            site,
            request,
        });
        let oldest = (state.parked.len() > MOST_WAITING).then(|| state.parked.remove(0));
        let oldest = oldest.map(|oldest| (self.news(&state, oldest.site), oldest.request));
        self.waiting.notify_all();
        drop(state);
        if let Some((news, request)) = oldest {
            send(request, news.answer());
        }
    }

    /// One thread for all pages that wait.
    fn answer_those_who_waited(&self) {
        let mut state = self.state();
        while !self.stopped.load(Ordering::SeqCst) {
            let now = Instant::now();
            let count = state.parked.partition_point(|parked| parked.until <= now);
            let waited: Vec<_> = state.parked.drain(..count).collect();
            if waited.is_empty() {
                let first = state.parked.first();
                let pause = first.map_or(PATIENCE, |parked| parked.until.duration_since(now));
                let woken = self.waiting.wait_timeout(state, pause);
                state = woken.unwrap_or_else(PoisonError::into_inner).0;
                continue;
            }
            let told: Vec<_> = waited
                .into_iter()
                .map(|parked| (self.news(&state, parked.site), parked.request))
                .collect();
            drop(state);
            for (news, request) in told {
                send(request, news.answer());
            }
            state = self.state();
        }
    }

    /// How a site stands, or all of them.
    fn news(&self, state: &State, site: Option<usize>) -> News {
        let run = self.run;
        let Some((number, mount)) = site.and_then(|site| Some((site, state.mounts.get(site)?)))
        else {
            let tries: u64 = state.mounts.iter().map(|mount| mount.tries).sum();
            let state = format!("{run:x}-all-{tries}");
            return News::new(None, state.clone(), state, None);
        };
        let build = format!("{run:x}-{}", mount.build);
        let Some(faults) = &mount.faults else {
            return News::new(Some(number), build.clone(), build, None);
        };
        let broken = format!("{build}-{}", mount.tries);
        let faults = serde_json::to_value(faults).ok();
        News::new(Some(number), build, broken, faults)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every change of the state is whole before anything could panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a page is told of its site.
struct News {
    site: Option<usize>,
    /// The last good build; a page of another reloads.
    build: String,
    /// This and whether a newer one failed.
    state: String,
    faults: Option<serde_json::Value>,
}

impl News {
    fn new(
        site: Option<usize>,
        build: String,
        state: String,
        faults: Option<serde_json::Value>,
    ) -> News {
        News {
            site,
            build,
            state,
            faults,
        }
    }

    fn shown(&self) -> Shown<'_> {
        Shown {
            site: self.site,
            build: &self.build,
        }
    }

    fn answer(&self) -> Answer {
        let News {
            build,
            state,
            faults,
            ..
        } = self;
        let told = serde_json::json!({ "build": build, "state": state, "faults": faults });
        Answer::own("news.json", &told.to_string())
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
    // In one piece: of two, the second would wait until the browser had
    // confirmed the first, which it puts off for 40 ms.
    let mut bytes = Vec::new();
    let version = request.http_version().clone();
    let only_head = *request.method() == Method::Head;
    let printed = response.raw_print(&mut bytes, version, request.headers(), only_head, None);
    let mut writer = request.into_writer();
    // A browser that has gone away needs no answer.
    let _ = printed.and_then(|()| writer.write_all(&bytes).and_then(|()| writer.flush()));
}
