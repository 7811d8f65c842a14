//! The development server, asked over real connections.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use quarterdeck::publish::bundle::Bundle;
use quarterdeck::serve::Server;
use quarterdeck::site::route::Route;

const PAGE: &str = "<!doctype html><html><head><meta http-equiv=\"Content-Security-Policy\" \
                    content=\"default-src 'none'; style-src 'self'\"></head><body>October</body></html>";

/// A server of a small site, stopped when dropped.
struct Running {
    server: Arc<Server>,
    thread: Option<JoinHandle<std::io::Result<()>>>,
}

impl Running {
    fn start() -> Running {
        let server = Arc::new(Server::bind(Some(0)).unwrap());
        server.publish(site("October"));
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

    /// The build that the server's pages are of.
    fn build(&self) -> String {
        self.get("/_quarterdeck/events").body
    }

    /// A page that waits for the build after this one.
    fn wait_for_next(&self, build: &str) -> TcpStream {
        let host = format!("Host: {}\r\n", self.host());
        self.send("GET", &format!("/_quarterdeck/events?since={build}"), &host)
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
        "October<script src=\"/_quarterdeck/reload.js\" data-build=\"{}\"></script></body>",
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
    assert!(missing.body.contains("/_quarterdeck/reload.js"));
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
    server.server.publish(site("November"));
    let told = Reply::read(waiting).body;
    assert_ne!(told, build);
    assert_eq!(told, server.build());
    assert!(server.get("/").body.contains("November"));
    // A page of a former run of the server knows a build that isn't.
    let former = Reply::read(server.wait_for_next("1-1")).body;
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
    server.server.publish(site("November"));
    for stream in waiting {
        assert_ne!(Reply::read(stream).body, build);
    }
}

#[test]
fn a_failed_build_leaves_the_last_good_site() {
    let server = Running::start();
    assert_eq!(server.get("/_quarterdeck/report").body, "");
    let build = server.build();
    server
        .server
        .fail("error[bad-number]: `6o` is no number\n".to_owned());
    let report = server.get("/_quarterdeck/report");
    assert_eq!(report.body, "error[bad-number]: `6o` is no number\n");
    assert_eq!(
        report.header("Content-Type"),
        Some("text/plain; charset=utf-8")
    );
    assert!(server.get("/").body.contains("October"));
    assert_eq!(server.build(), build);
    server.server.publish(site("November"));
    assert_eq!(server.get("/_quarterdeck/report").body, "");
}

#[test]
fn a_port_that_is_taken_is_an_error_only_if_it_was_asked_for() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = Server::bind(Some(port)).err().unwrap();
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
    let (one, two) = (Server::bind(None).unwrap(), Server::bind(None).unwrap());
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
