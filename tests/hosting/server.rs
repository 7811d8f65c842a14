//! nginx and Caddy, started on the loopback address under the printed
//! configuration.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::reply::{Reply, Who};
use super::{DOMAIN, printed};

/// `openssl passwd -6` of `lead-secret` and `board-secret`.
const LEADERSHIP_SHA: &str = "$6$quarterdeck$xvm.apr0JUCLyJwK55n5W4YBZ6cD7l.GpUdqXzgzHSqk9JygdKxpOCgMQowm54Wtci1EiKE9mRUQ4hJqpQHCB0";
const BOARD_SHA: &str = "$6$quarterdeck$qeOPtCnpCtJdfnG5LeDNubkZi/etAMWwv45WgEICiymYMMfcXDh23mMgXvcQ3GERgGPMIEsceCFAtKs8KrhqJ0";

/// A server that ends when it is dropped.
pub struct Server {
    process: Child,
    pub port: u16,
    _home: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    pub fn ask(&self, target: &str, who: Who) -> Reply {
        Reply::to(self.port, "GET", target, who)
    }

    fn started(mut command: Command, home: TempDir, port: u16) -> Server {
        let log = home.path().join("log");
        let output = fs::File::create(&log).unwrap();
        command
            .stdin(Stdio::null())
            .stdout(output.try_clone().unwrap())
            .stderr(output);
        let mut server = Server {
            process: command.spawn().unwrap(),
            port,
            _home: home,
        };
        for _ in 0..600 {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                return server;
            }
            let ended = server.process.try_wait().unwrap();
            assert!(ended.is_none(), "{}", fs::read_to_string(&log).unwrap());
            thread::sleep(Duration::from_millis(50));
        }
        panic!("no answer: {}", fs::read_to_string(&log).unwrap());
    }

    /// nginx under its printed configuration, on ports of the loopback
    /// address and without TLS.
    pub fn nginx(root: &Path) -> Server {
        let home = tempfile::tempdir().unwrap();
        let port = free_port();
        let text = put(
            &printed("nginx", root),
            &[
                ("listen 443 ssl;", &format!("listen 127.0.0.1:{port};")),
                ("listen [::]:443 ssl;", ""),
                ("listen 80;", &format!("listen 127.0.0.1:{};", free_port())),
                ("listen [::]:80;", ""),
                (
                    &format!("ssl_certificate /etc/letsencrypt/live/{DOMAIN}/fullchain.pem;"),
                    "",
                ),
                (
                    &format!("ssl_certificate_key /etc/letsencrypt/live/{DOMAIN}/privkey.pem;"),
                    "",
                ),
            ],
        );
        nginx_files(home.path(), &text);
        let mut command = Command::new("nginx");
        command.args(nginx_arguments(home.path()));
        Server::started(command, home, port)
    }

    /// Caddy under its printed configuration, on a port of the loopback
    /// address and without TLS.
    pub fn caddy(root: &Path) -> Server {
        let home = tempfile::tempdir().unwrap();
        let port = free_port();
        let text = put(
            &printed("caddy", root),
            &[(
                &format!("\n{DOMAIN} {{"),
                &format!("\nhttp://{DOMAIN}:{port} {{"),
            )],
        );
        caddy_files(home.path(), &text);
        let mut command = caddy(home.path());
        command.args(["run", "--adapter", "caddyfile", "--config"]);
        command.arg(home.path().join("main"));
        Server::started(command, home, port)
    }
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// The text with what a host fills in put in; each is there.
pub fn put(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "no `{from}` in\n{text}");
        text.replace(from, to)
    })
}

/// Writes the configuration, the names and passwords, and the least that
/// nginx wants around them.
pub fn nginx_files(home: &Path, text: &str) {
    let folder = home.to_str().unwrap();
    let text = put(text, &[("/etc/nginx/quarterdeck", folder)]);
    let write = |name: &str, text: &str| fs::write(home.join(name), text).unwrap();
    write("site.conf", &text);
    write(
        &format!("{DOMAIN}.leadership"),
        &format!("leadership:{LEADERSHIP_SHA}\n"),
    );
    write(&format!("{DOMAIN}.board"), &format!("board:{BOARD_SHA}\n"));
    let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("    {kind}_temp_path {folder}/{kind};\n"))
        .concat();
    write(
        "main.conf",
        &format!(
            "daemon off;\nmaster_process off;\npid {folder}/pid;\nevents {{}}\nhttp {{\n\
             \x20   access_log off;\n{folders}    include {folder}/site.conf;\n}}\n"
        ),
    );
}

pub fn nginx_arguments(home: &Path) -> Vec<String> {
    let home = home.to_str().unwrap();
    [
        "-p",
        home,
        "-e",
        &format!("{home}/error"),
        "-c",
        &format!("{home}/main.conf"),
    ]
    .map(str::to_owned)
    .into()
}

/// Writes the configuration, the names and passwords, and the least that
/// Caddy wants around them.
pub fn caddy_files(home: &Path, text: &str) {
    let folder = home.to_str().unwrap();
    let text = put(text, &[("/etc/caddy/quarterdeck", folder)]);
    let write = |name: &str, text: &str| fs::write(home.join(name), text).unwrap();
    write("site.caddy", &text);
    for (file, name, password) in [
        ("leadership", "leadership", "lead-secret"),
        ("board", "board", "board-secret"),
    ] {
        let mut command = caddy(home);
        let hash = command
            .args(["hash-password", "--plaintext", password])
            .output()
            .unwrap();
        let hash = String::from_utf8(hash.stdout).unwrap();
        write(
            &format!("{DOMAIN}.{file}"),
            &format!("{name} {}\n", hash.trim()),
        );
    }
    write(
        "main",
        "{\n\tadmin off\n\tauto_https off\n\tdefault_bind 127.0.0.1\n}\nimport site.caddy\n",
    );
}

/// Caddy, with all that it keeps in a folder of the test's.
pub fn caddy(home: &Path) -> Command {
    let mut command = Command::new("caddy");
    command
        .current_dir(home)
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home)
        .env("XDG_DATA_HOME", home);
    command
}
