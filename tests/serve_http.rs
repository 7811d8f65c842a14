//! The development server, asked over real connections.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use quarterdeck::diagnostic::{Diagnostic, Report};
use quarterdeck::publish::bundle::Bundle;
use quarterdeck::serve::{DEFAULT_PORT, Server};
use quarterdeck::site::route::Route;

const PAGE: &str = "<!doctype html><html><head><meta http-equiv=\"Content-Security-Policy\" \
                    content=\"default-src 'none'; style-src 'self'\"></head><body>October</body></html>";

/// A server of a small site or several, stopped when dropped.
struct Running {
    server: Arc<Server>,
    thread: Option<JoinHandle<std::io::Result<()>>>,
}

impl Running {
    fn start() -> Running {
        let running = Running::of(&["kestrel"]);
        running.server.publish(0, site("October"));
        running
    }

    /// Sites that weren't built yet.
    fn of(names: &[&str]) -> Running {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let server = Arc::new(Server::bind(Some(0), &names).unwrap());
        let running = Arc::clone(&server);
        let thread = Some(thread::spawn(move || running.run()));
        Running { server, thread }
    }

    /// `127.0.0.1:` and the port.
    fn host(&self) -> String {
        let url = self.server.url();
        url.trim_start_matches("http://")
            .trim_end_matches('/')
            .to_owned()
    }

    /// Sends a request and leaves the answer to be read.
    fn send(&self, method: &str, target: &str, host: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        // Only so that a fault fails the test in place of hanging it.
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        let request = format!("{method} {target} HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    fn ask(&self, method: &str, target: &str) -> Reply {
        let host = format!("Host: {}\r\n", self.host());
        Reply::read(self.send(method, target, &host))
    }

    fn get(&self, target: &str) -> Reply {
        self.ask("GET", target)
    }

    /// How the first site stands.
    fn news(&self) -> serde_json::Value {
        self.get("/_quarterdeck/events?site=0").json()
    }

    /// The build that the first site's pages are of.
    fn build(&self) -> String {
        self.news()["build"].as_str().unwrap().to_owned()
    }

    /// A page of the first site that waits for what comes after this.
    fn wait_for_next(&self, state: &str) -> TcpStream {
        self.wait(&format!("site=0&since={state}"))
    }

    fn wait(&self, query: &str) -> TcpStream {
        let host = format!("Host: {}\r\n", self.host());
        self.send("GET", &format!("/_quarterdeck/events?{query}"), &host)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.server.stop();
        let end = self.thread.take().unwrap().join();
        if !thread::panicking() {
            end.unwrap().unwrap();
        }
    }
}

struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn read(mut stream: TcpStream) -> Reply {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        Reply {
            status: head[9..12].parse().unwrap(),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self
            .head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "));
        lines
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

fn site(month: &str) -> Bundle {
    let mut bundle = Bundle::default();
    for (path, text) in [
        ("index.html", PAGE.replace("October", month)),
        ("kpis/index.html", "<p>63.0".to_owned()),
        ("assets/look.css", "body{}</body>".to_owned()),
        ("data/kpis.csv", "month,value\n".to_owned()),
    ] {
        let route = Route::Attachment(Box::new(Route::Overview), path.to_owned());
        bundle.insert(route.path(), text.into_bytes()).unwrap();
    }
    bundle
}

#[test]
fn a_page_comes_with_its_headers_and_the_reload_script() {
    let server = Running::start();
    let page = server.get("/?from=mail");
    assert_eq!(page.status, 200);
    let script = format!(
        "October<script src=\"/_quarterdeck/reload.js\" data-site=\"0\" data-build=\"{}\"></script></body>",
        server.build()
    );
    assert!(page.body.contains(&script), "{}", page.body);
    let policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'";
    assert!(
        page.body.contains(&format!("content=\"{policy}\"")),
        "{}",
        page.body
    );
    for (name, value) in [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Robots-Tag", "noindex, nofollow, noarchive"),
        (
            "Content-Security-Policy",
            &format!("{policy}; frame-ancestors 'none'"),
        ),
        ("Content-Length", &page.body.len().to_string()),
    ] {
        assert_eq!(page.header(name), Some(value), "{name}");
    }
    let script = server.get("/_quarterdeck/reload.js");
    assert_eq!(
        script.header("Content-Type"),
        Some("text/javascript; charset=utf-8")
    );
}

#[test]
fn a_file_that_is_no_page_comes_as_it_is() {
    let server = Running::start();
    let style = server.get("/assets/look.css");
    assert_eq!((style.status, &style.body[..]), (200, "body{}</body>"));
    assert_eq!(
        style.header("Content-Type"),
        Some("text/css; charset=utf-8")
    );
    let data = server.get("/data/kpis.csv");
    assert_eq!((data.status, &data.body[..]), (200, "month,value\n"));
}

#[test]
fn a_folder_leads_to_its_page_and_nothing_to_a_page_that_says_so() {
    let server = Running::start();
    assert_eq!(server.get("/kpis/").status, 200);
    let folder = server.get("/kpis?x=1");
    assert_eq!(
        (folder.status, folder.header("Location")),
        (308, Some("/kpis/"))
    );
    let missing = server.get("/decisions/");
    assert_eq!(missing.status, 404);
    assert!(
        missing
            .body
            .contains("nothing at this address, or no longer")
    );
    // What brings it back has the page reload.
    assert!(missing.body.contains("/_quarterdeck/reload.js"));
    assert_eq!(server.get("/_quarterdeck/own_page.css").status, 200);
}

#[test]
fn no_path_leads_out_of_the_site() {
    let server = Running::start();
    for target in [
        "/..%2f..%2fetc/passwd",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%5c..%5cetc%5cpasswd",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/index.html%00.png",
        "/kpis/..%2findex.html",
        "/%c0%ae%c0%ae/etc/passwd",
        "/Cargo.toml",
        "file:///etc/passwd",
        "http://elsewhere/index.html",
        "http://127.0.0.1/index.html",
        "http://localhost/../../etc/passwd",
        "https://elsewhere",
        "//elsewhere/index.html",
        "/http://elsewhere/index.html",
        "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/.%2e/.%2e/etc/passwd",
        "/..%252f..%252fetc/passwd",
        "/..\\..\\etc\\passwd",
        "/kpis/../index.html",
        "/kpis/%2e%2e/index.html",
        "/%00",
        "/.quarterdeck",
        "/..",
        "*",
    ] {
        let reply = server.get(target);
        assert!(
            matches!(reply.status, 400 | 404),
            "{target}: {}",
            reply.status
        );
        assert!(
            !reply.body.contains("root:") && !reply.body.contains("[package]"),
            "{target}"
        );
    }
}

#[test]
fn another_name_is_turned_away() {
    let server = Running::start();
    let own = server.host();
    let port = own.rsplit_once(':').unwrap().1;
    for host in [
        own.clone(),
        format!("localhost:{port}"),
        format!("[::1]:{port}"),
    ] {
        let reply = Reply::read(server.send("GET", "/", &format!("Host: {host}\r\n")));
        assert_eq!(reply.status, 200, "{host}");
    }
    for hosts in [
        String::new(),
        "Host: \r\n".to_owned(),
        "Host: evil.example\r\n".to_owned(),
        format!("Host: evil.example:{port}\r\n"),
        format!("Host: localhost.evil.example:{port}\r\n"),
        // Names that lead to the loopback address wherever they are asked for.
        format!("Host: localtest.me:{port}\r\n"),
        format!("Host: 127.0.0.1.nip.io:{port}\r\n"),
        format!("Host: localhost.:{port}\r\n"),
        format!("Host: sub.localhost:{port}\r\n"),
        // Addresses that a browser takes for other origins.
        format!("Host: 0.0.0.0:{port}\r\n"),
        format!("Host: 127.1:{port}\r\n"),
        format!("Host: 2130706433:{port}\r\n"),
        format!("Host: [::ffff:127.0.0.1]:{port}\r\n"),
        format!("Host: evil.example@{own}\r\n"),
        format!("Host: {own}, evil.example\r\n"),
        format!("Host: {own}.\r\n"),
        "Host: localhost\r\n".to_owned(),
        format!("Host: {own}\r\nHost: evil.example\r\n"),
        "Host: localhost:1\r\n".to_owned(),
    ] {
        for target in ["/", "/_quarterdeck/events?since=0", "/_quarterdeck/report"] {
            let reply = Reply::read(server.send("GET", target, &hosts));
            assert_eq!(reply.status, 421, "{hosts}");
            assert!(!reply.body.contains("October"), "{hosts}");
        }
    }
}

#[test]
fn pages_are_only_shown() {
    let server = Running::start();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"] {
        let reply = server.ask(method, "/");
        assert_eq!(
            (reply.status, reply.header("Allow")),
            (405, Some("GET, HEAD")),
            "{method}"
        );
    }
    let head = server.ask("HEAD", "/");
    assert_eq!((head.status, &head.body[..]), (200, ""));
    let length = server.get("/").body.len().to_string();
    assert_eq!(head.header("Content-Length"), Some(&length[..]));
    assert_eq!(
        server.ask("HEAD", "/_quarterdeck/events?since=0").status,
        200
    );
}

#[test]
fn a_waiting_page_is_woken_by_the_next_build() {
    let server = Running::start();
    let build = server.build();
    let waiting = server.wait_for_next(&build);
    // Whether it waits already or comes after, it learns of the build.
    server.server.publish(0, site("November"));
    let told = Reply::read(waiting).json();
    assert_ne!(told["build"], build);
    assert_eq!(told["build"], server.build());
    assert_eq!(told["state"], told["build"]);
    assert!(server.get("/").body.contains("November"));
    // A page of a former run of the server knows a build that isn't.
    let former = Reply::read(server.wait_for_next("1-1")).json();
    assert_eq!(former, told);
}

#[test]
fn many_waiting_pages_leave_the_server_free() {
    let server = Running::start();
    let build = server.build();
    let waiting: Vec<_> = (0..50).map(|_| server.wait_for_next(&build)).collect();
    for _ in 0..20 {
        assert_eq!(server.get("/").status, 200);
    }
    // None of them was answered for want of room.
    for stream in &waiting {
        stream.set_nonblocking(true).unwrap();
        let peeked = stream.peek(&mut [0]);
        assert!(peeked.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock));
        stream.set_nonblocking(false).unwrap();
    }
    server.server.publish(0, site("November"));
    for stream in waiting {
        assert_ne!(Reply::read(stream).json()["build"], build);
    }
}

fn broken(message: &str) -> Report {
    let mut report = Report::default();
    report.push(Diagnostic::error("bad-number", message).help("write a number"));
    report
}

#[test]
fn a_failed_build_leaves_the_last_good_site_and_is_told_to_its_pages() {
    let server = Running::start();
    assert_eq!(server.get("/_quarterdeck/report").body, "");
    let build = server.build();
    let waiting = server.wait_for_next(&build);
    server.server.fail(0, &broken("`6o` is no number"));
    let told = Reply::read(waiting).json();
    assert_eq!((&told["build"], &told), (&build.into(), &server.news()));
    assert_ne!(told["build"], told["state"]);
    assert_eq!(told["faults"]["summary"], "1 error");
    let fault = &told["faults"]["shown"][0];
    assert_eq!(fault["code"], "bad-number");
    assert_eq!(fault["message"], "`6o` is no number");
    assert_eq!(fault["help"], "write a number");
    let report = server.get("/_quarterdeck/report");
    assert!(
        report
            .body
            .starts_with("error[bad-number]: `6o` is no number")
    );
    assert_eq!(
        report.header("Content-Type"),
        Some("text/plain; charset=utf-8")
    );
    assert!(server.get("/").body.contains("October"));
    // A page that knows of this fault waits; the next one is news to it.
    let waiting = server.wait_for_next(told["state"].as_str().unwrap());
    server.server.fail(0, &broken("`7o` is no number"));
    let other = Reply::read(waiting).json();
    assert_eq!(other["faults"]["shown"][0]["message"], "`7o` is no number");
    server.server.publish(0, site("November"));
    assert_eq!(server.get("/_quarterdeck/report").body, "");
    assert_eq!(server.news()["faults"], serde_json::Value::Null);
}

#[test]
fn a_site_that_was_never_built_says_so_at_every_address() {
    let server = Running::of(&["kestrel"]);
    server.server.fail(0, &broken("`6o` is no number"));
    for target in ["/", "/kpis/", "/no/such"] {
        let page = server.get(target);
        assert_eq!(page.status, 503, "{target}");
        assert!(page.body.contains("No site yet"), "{}", page.body);
        assert!(page.body.contains("/_quarterdeck/reload.js"), "{target}");
    }
    server.server.publish(0, site("November"));
    assert!(server.get("/").body.contains("November"));
}

#[test]
fn each_of_several_sites_has_a_path_and_a_line_on_the_first_page() {
    let server = Running::of(&["kestrel", "kestrel-2", "harrier"]);
    server.server.publish(0, site("October"));
    server.server.publish(1, site("November"));
    server.server.fail(2, &broken("`6o` is no number"));
    assert!(server.get("/kestrel/").body.contains("October"));
    assert!(server.get("/kestrel-2/?x").body.contains("November"));
    assert_eq!(server.get("/harrier/kpis/").status, 503);
    assert_eq!(server.get("/kestrel/assets/look.css").body, "body{}</body>");
    for (from, to) in [
        ("/kestrel", "/kestrel/"),
        ("/harrier?x", "/harrier/"),
        ("/kestrel-2/kpis", "/kestrel-2/kpis/"),
    ] {
        let moved = server.get(from);
        assert_eq!((moved.status, moved.header("Location")), (308, Some(to)));
    }
    for target in ["/kpis/", "/kestrel-3/", "/kestrel/../harrier/", "/Kestrel/"] {
        assert_eq!(server.get(target).status, 404, "{target}");
    }
    let index = server.get("/");
    assert_eq!(index.status, 200);
    for line in [
        "<a href=\"/kestrel/\">kestrel</a> <span class=\"good\">good</span>",
        "<a href=\"/harrier/\">harrier</a> <span class=\"broken\">broken</span> 1 error; not built yet",
    ] {
        assert!(index.body.contains(line), "{}", index.body);
    }
    // What happens to one site is no news to another's pages, but to the list.
    let all = server.get("/_quarterdeck/events").json();
    let list = server.wait(&format!("since={}", all["state"].as_str().unwrap()));
    let own = server.build();
    let other = server.wait_for_next(&own);
    server.server.publish(2, site("December"));
    assert_ne!(Reply::read(list).json()["build"], all["build"]);
    server.server.publish(0, site("January"));
    assert_eq!(Reply::read(other).json()["build"], server.build());
    assert_ne!(own, server.build());
    assert!(server.get("/harrier/").body.contains("December"));
    assert_eq!(server.get("/_quarterdeck/events?site=3").status, 404);
}

#[test]
fn a_port_that_is_taken_is_an_error_only_if_it_was_asked_for() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let names = ["kestrel".to_owned()];
    let error = Server::bind(Some(port), &names).err().unwrap();
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
    let free = || Server::bind(None, &names).unwrap();
    let (one, two) = (free(), free());
    assert_ne!(one.url(), two.url());
    assert!(one.url().starts_with("http://127.0.0.1:"));
}

/// Every address on which something of this machine listens at a port, as the
/// system tells it: `0100007F` is 127.0.0.1.
#[cfg(target_os = "linux")]
fn listeners(port: u16) -> Vec<String> {
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"].map(std::fs::read_to_string);
    let lines = tables.iter().flatten().flat_map(|table| table.lines());
    let here = format!(":{port:04X}");
    let sockets = lines.filter_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        // 0A is a socket that listens.
        let address = fields.get(1).filter(|_| fields.get(3) == Some(&"0A"))?;
        Some(address.strip_suffix(&here)?.to_owned())
    });
    sockets.collect()
}

#[test]
#[cfg(target_os = "linux")]
fn only_the_loopback_address_is_bound() {
    let server = Running::start();
    let own = server.host();
    let port: u16 = own.rsplit_once(':').unwrap().1.parse().unwrap();
    assert_eq!(listeners(port), ["0100007F"]);
    // Whoever comes by another address of this machine finds nobody.
    assert!(TcpStream::connect((std::net::Ipv6Addr::LOCALHOST, port)).is_err());
    assert!(TcpStream::connect((Ipv4Addr::new(127, 0, 0, 2), port)).is_err());
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn a_port_that_cannot_be_had_is_told() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    command
        .arg("serve")
        .arg(env!("CARGO_MANIFEST_DIR"))
        .args(["--port", &port.to_string()])
        .timeout(Duration::from_secs(60));
    let output = command.assert().code(3).stdout("").get_output().clone();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with(&format!(
            "error: port {port} can't be had on this machine: Address already in use"
        )),
        "{said}"
    );
    assert!(
        said.ends_with("help: name another with --port, or leave it out to take a free one\n"),
        "{said}"
    );
}

/// The program while it serves; ended when dropped.
struct Program {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Program {
    fn start(arguments: &[&str], path: &str) -> Program {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        command.arg("serve").args(arguments).env("PATH", path);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Program { child, lines }
    }

    fn line(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
#[cfg(unix)]
fn the_browser_is_opened_where_asked_and_the_port_is_said() {
    let home = tempfile::tempdir().unwrap();
    let said = home.path().join("said");
    // What the system would ask to open an address.
    let opener = home.path().join("xdg-open");
    let text = format!("#!/bin/sh\necho \"$1\" > {}.new\n", said.display());
    let text = format!("{text}/bin/mv {0}.new {0}\n", said.display());
    std::fs::write(&opener, text).unwrap();
    let all = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&opener, all).unwrap();
    // Taken by this test or by another: both ways it can't be had.
    let _taken = TcpListener::bind((Ipv4Addr::LOCALHOST, DEFAULT_PORT));
    let own = env!("CARGO_MANIFEST_DIR");
    let path = home.path().display().to_string();
    let mut program = Program::start(&["--open", own], &path);
    let greeting = program.line();
    let url = greeting.strip_prefix("Serving ").unwrap();
    let taken = ", for port 4242 is taken (Ctrl-C ends it)";
    let url = url.strip_suffix(taken).expect(&greeting);
    while !said.exists() {
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(std::fs::read_to_string(&said).unwrap().trim_end(), url);
}

#[test]
#[cfg(target_os = "linux")]
fn a_browser_that_cannot_be_opened_is_a_warning() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().display().to_string();
    let own = env!("CARGO_MANIFEST_DIR");
    let mut program = Program::start(&["--open", "--port", "0", own], &path);
    let greeting = program.line();
    let url = greeting.split(' ').nth(1).unwrap();
    let errors = BufReader::new(program.child.stderr.take().unwrap());
    let said: Vec<String> = errors.lines().map(Result::unwrap).take(2).collect();
    assert!(
        said[0].starts_with("warning: no browser was opened ("),
        "{said:?}"
    );
    assert_eq!(said[1], format!("  help: open {url} yourself"));
    let host = url.trim_start_matches("http://").trim_end_matches('/');
    assert!(TcpStream::connect(host).is_ok());
}
