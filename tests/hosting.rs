//! The printed configurations, in force: real nginx and Caddy serve the sample
//! on the loopback address, and the functions for Netlify, Cloudflare and
//! `CloudFront` answer in Node.js.

mod built;
#[path = "hosting/function.rs"]
mod function;
#[path = "hosting/reply.rs"]
mod reply;
#[path = "hosting/server.rs"]
mod server;
#[path = "hosting/site.rs"]
mod site;
mod skipped;
#[path = "hosting/trick.rs"]
mod trick;

use std::fs;
use std::path::Path;
use std::process::Command;

use reply::{Reply, Who};
use server::Server;
use site::{MEMO, Site, is_for_board};

const DOMAIN: &str = "kestrel.example.org";

/// What every answer carries, errors too.
const HEADERS: [(&str, &str); 8] = [
    ("Strict-Transport-Security", "max-age=31536000"),
    ("X-Robots-Tag", "noindex, nofollow, noarchive"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    (
        "Permissions-Policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
];
const SITE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const MEMO_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The configuration that the program prints for a folder.
fn printed(host: &str, root: &Path) -> String {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    command
        .args(["host", host, "--domain", DOMAIN, "--site"])
        .arg(env!("CARGO_MANIFEST_DIR"))
        .arg("--root")
        .arg(root);
    let output = command.assert().success().stderr("").get_output().clone();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn nginx_keeps_the_site_private() {
    if skipped::has("nginx_keeps_the_site_private", "nginx", "-v") {
        let site = Site::built();
        trial(&site, &Server::nginx(&site.root()));
    }
}

#[test]
fn caddy_keeps_the_site_private() {
    if skipped::has("caddy_keeps_the_site_private", "caddy", "version") {
        let site = Site::built();
        trial(&site, &Server::caddy(&site.root()));
    }
}

fn trial(site: &Site, server: &Server) {
    strangers_are_asked_for_a_name(site, server);
    leadership_opens_everything(site, server);
    the_board_opens_its_memos_alone(site, server);
    no_folder_is_listed_and_nothing_hidden_told(server);
    trick::no_path_leads_out_or_around(site, server);
}

/// Paths at which there is nothing to be had.
const MISSING: [&str; 12] = [
    "/nothing",
    "/nothing/",
    "/kpis/nothing.html",
    "/assets/nothing.css",
    "/assets/",
    "/board/2026-q3-guessed/",
    "/board/2026-q3-guessed/index.html",
    "/board/nothing",
    "/.quarterdeck",
    "/.env",
    "/outside-of-any-page/.git/config",
    "/nothing?month=2026-10",
];

fn strangers_are_asked_for_a_name(site: &Site, server: &Server) {
    let paths = site.paths();
    let known = paths.keys().map(String::as_str);
    for path in known.chain(MISSING) {
        for who in [Who::Nobody, Who::Wrong] {
            let reply = server.ask(path, who);
            assert_eq!(reply.status, 401, "{path} for {who:?}");
            let asked = reply.header("WWW-Authenticate").unwrap();
            assert!(asked.starts_with("Basic realm=\"Private\""), "{asked}");
            assert_eq!(reply.header("Location"), None, "{path}");
            dressed(path, &reply);
        }
    }
    for method in ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"] {
        let reply = Reply::to(server.port, method, "/kpis/", Who::Nobody);
        assert_eq!(reply.status, 401, "{method}");
    }
}

fn leadership_opens_everything(site: &Site, server: &Server) {
    for (path, file) in site.paths() {
        let reply = server.ask(&path, Who::Leadership);
        assert_eq!(reply.status, 200, "{path}");
        assert!(reply.body == site.files[file], "{path} is another file");
        let kind = match file.rsplit('.').next().unwrap() {
            "html" => "text/html; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "json" => "application/json; charset=utf-8",
            "csv" => "text/csv; charset=utf-8",
            "txt" => "text/plain; charset=utf-8",
            "svg" => "image/svg+xml; charset=utf-8",
            "png" => "image/png",
            other => panic!("{path}: what is {other}?"),
        };
        assert_eq!(reply.header("Content-Type"), Some(kind), "{path}");
        dressed(&path, &reply);
    }
    for method in ["POST", "PUT", "DELETE"] {
        let reply = Reply::to(server.port, method, "/kpis/", Who::Leadership);
        assert_eq!(reply.status, 405, "{method}");
        dressed("/kpis/", &reply);
    }
}

fn the_board_opens_its_memos_alone(site: &Site, server: &Server) {
    let mut opened = 0;
    for (path, file) in site.paths() {
        let reply = server.ask(&path, Who::Board);
        if is_for_board(&path) {
            opened += 1;
            assert_eq!(reply.status, 200, "{path}");
            assert!(reply.body == site.files[file], "{path} is another file");
        } else {
            assert_eq!(reply.status, 401, "{path}");
        }
        dressed(&path, &reply);
    }
    assert!(opened >= 4, "{opened}");
    let missing = format!("/board/{MEMO}/nothing.html");
    assert_eq!(server.ask(&missing, Who::Board).status, 404);
    for path in MISSING {
        let status = server.ask(path, Who::Board).status;
        let expected = if is_for_board(path) { 404 } else { 401 };
        assert_eq!(status, expected, "{path}");
    }
}

fn no_folder_is_listed_and_nothing_hidden_told(server: &Server) {
    for path in MISSING {
        let reply = server.ask(path, Who::Leadership);
        assert!(
            matches!(reply.status, 403 | 404),
            "{path}: {}",
            reply.status
        );
        dressed(path, &reply);
    }
    for path in ["/data/", "/no-page-here/", "/outside-of-any-page/"] {
        let reply = server.ask(path, Who::Leadership);
        assert!(
            matches!(reply.status, 403 | 404),
            "{path}: {}",
            reply.status
        );
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        assert!(
            !text.contains("list.csv") && !text.contains("kpis.csv"),
            "{text}"
        );
    }
    let hidden = format!("/board/{MEMO}/.hidden");
    assert_eq!(server.ask(&hidden, Who::Leadership).status, 404);
    assert_eq!(server.ask(&hidden, Who::Board).status, 401);
    // A folder without its slash is sent on to it, within the site and only
    // for those who may know of it.
    let reply = server.ask("/kpis", Who::Leadership);
    assert!(matches!(reply.status, 301 | 308), "{}", reply.status);
    assert_eq!(reply.header("Location"), Some("/kpis/"));
    dressed("/kpis", &reply);
}

/// The answer carries every header of its path, once.
fn dressed(path: &str, reply: &Reply) {
    for (name, value) in HEADERS {
        assert_eq!(reply.header(name), Some(value), "{path}: {name}");
    }
    let is_memo = is_for_board(path.split('?').next().unwrap()) && !path.contains("/.");
    let policy = if is_memo { MEMO_POLICY } else { SITE_POLICY };
    assert_eq!(
        reply.header("Content-Security-Policy"),
        Some(policy),
        "{path}"
    );
    let cache = if reply.status == 200 && path.starts_with("/assets/") {
        "private, max-age=31536000, immutable"
    } else {
        "no-store"
    };
    assert_eq!(reply.header("Cache-Control"), Some(cache), "{path}");
    let server = reply.header("Server").unwrap_or_default();
    assert!(
        !server.contains(|sign: char| sign.is_ascii_digit()),
        "{server}"
    );
}

/// As it is printed, with nothing put in but the places of its files.
#[test]
fn nginx_takes_its_configuration_with_tls() {
    let test = "nginx_takes_its_configuration_with_tls";
    if !skipped::has(test, "nginx", "-v") || !skipped::has(test, "openssl", "version") {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().to_str().unwrap();
    let made = Command::new("openssl")
        .args([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        ])
        .args(["-subj", &format!("/CN={DOMAIN}"), "-keyout", "privkey.pem"])
        .args(["-out", "fullchain.pem"])
        .current_dir(home.path())
        .output()
        .unwrap();
    assert!(made.status.success());
    let live = format!("/etc/letsencrypt/live/{DOMAIN}");
    let text = server::put(&printed("nginx", home.path()), &[(&live, folder)]);
    server::nginx_files(home.path(), &text);
    let tried = Command::new("nginx")
        .arg("-t")
        .args(server::nginx_arguments(home.path()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&tried.stderr).into_owned();
    assert!(tried.status.success(), "{said}");
    assert!(!said.contains("[warn]"), "{said}");
}

/// As it is printed, with nothing put in but the places of its files.
#[test]
fn caddy_takes_its_configuration_with_tls() {
    if !skipped::has("caddy_takes_its_configuration_with_tls", "caddy", "version") {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    server::caddy_files(home.path(), &printed("caddy", home.path()));
    let tried = server::caddy(home.path())
        .args([
            "validate",
            "--adapter",
            "caddyfile",
            "--config",
            "site.caddy",
        ])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&tried.stderr).into_owned();
    assert!(tried.status.success(), "{said}");
}

/// A browser keeps to the header's policy and the page's own: the header's
/// must allow whatever a page states.
#[test]
fn no_page_needs_what_its_header_forbids() {
    let site = Site::built();
    let mut pages = 0;
    for (path, bytes) in &site.files {
        let text = String::from_utf8_lossy(bytes).replace("&#39;", "'");
        let stated = text
            .split("http-equiv=\"Content-Security-Policy\" content=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let Some(stated) = stated.filter(|_| path.ends_with(".html")) else {
            continue;
        };
        pages += 1;
        let is_memo = is_for_board(&format!("/{path}"));
        let header = if is_memo { MEMO_POLICY } else { SITE_POLICY };
        for directive in stated.split(';') {
            let mut words = directive.split_whitespace();
            let Some(name) = words.next() else { continue };
            let allowed: Vec<&str> = header
                .split(';')
                .map(|directive| directive.split_whitespace().collect::<Vec<_>>())
                .find(|words| words[0] == name)
                .unwrap_or_default();
            for source in words {
                let inline = source.starts_with("'sha256-") && allowed.contains(&"'unsafe-inline'");
                assert!(
                    source == "'none'" || allowed.contains(&source) || inline,
                    "{path}: {directive}"
                );
            }
        }
    }
    assert!(pages > 40, "{pages}");
}

#[test]
fn the_functions_of_netlify_cloudflare_and_cloudfront_keep_the_site_private() {
    let test = "the_functions_of_netlify_cloudflare_and_cloudfront_keep_the_site_private";
    if !skipped::has(test, "node", "--version") {
        return;
    }
    let site = Site::built();
    for host in ["netlify", "cloudflare", "s3"] {
        function::trial(host, &site);
    }
}

#[test]
fn every_text_is_complete_and_marks_what_is_unknown() {
    let empty = tempfile::tempdir().unwrap();
    for host in ["nginx", "caddy", "netlify", "cloudflare", "s3", "workflow"] {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        command.args(["host", host, "--site"]).arg(empty.path());
        let output = command.assert().success().get_output().clone();
        let text = String::from_utf8(output.stdout).unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            said.contains("no domain is known"),
            host != "workflow",
            "{said}"
        );
        // Every blank is filled in.
        let blank = text.split('@').find(|part| {
            part.len() > 1
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte == b'_')
        });
        assert_eq!(blank, None, "{host}");
        assert!(text.lines().all(|line| line.trim_end() == line), "{host}");
    }
    let left: Vec<_> = fs::read_dir(empty.path()).unwrap().collect();
    assert!(left.is_empty(), "nothing is written");
}

/// What `build` says on standard error of the sample under a `site.toml`.
fn said_of(settings: &str, arguments: &[&str]) -> String {
    let home = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for (path, bytes) in built::files(&sample) {
        let path = home.path().join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    fs::write(home.path().join("site.toml"), settings).unwrap();
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    command.args(arguments).arg(home.path());
    let output = command.assert().success().get_output().clone();
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_build_warns_of_a_site_that_nothing_keeps_private() {
    for open in ["", "[privacy]\nhosts = []\n", "[privacy]\nseal = false\n"] {
        let said = said_of(open, &["build"]);
        assert!(said.starts_with("warning[open-to-all]: "), "{said}");
        assert!(said.contains("hosts = [\"nginx\"]"), "what to set: {said}");
        assert_eq!(said_of(open, &["build", "--quiet"]), "");
        assert_eq!(said_of(open, &["check"]), "", "a check hosts nothing");
    }
    for host in ["nginx", "caddy", "netlify", "cloudflare", "s3", "other"] {
        let settings = format!("[privacy]\nhosts = [\"{host}\"]\n");
        assert_eq!(said_of(&settings, &["build"]), "", "{host}");
    }
}

#[test]
fn the_domain_comes_from_the_site_or_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/engagement.yaml");
    fs::create_dir(home.path().join("content")).unwrap();
    fs::copy(sample, home.path().join("content/engagement.yaml")).unwrap();
    let host = |base_url: &str, more: &[&str]| {
        let settings = format!("base_url = \"{base_url}\"\noutput = \"built here\"\n");
        fs::write(home.path().join("site.toml"), settings).unwrap();
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        let command = command.args(["host", "nginx", "--site"]).arg(home.path());
        command.args(more).assert().get_output().clone()
    };
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_owned()).unwrap();
    let output = host("https://reports.example.org:8443/", &[]);
    assert_eq!(text(&output.stderr), "");
    let printed = text(&output.stdout);
    assert!(printed.contains("listen 8443 ssl;"), "{printed}");
    assert!(
        printed.contains("server_name reports.example.org;"),
        "{printed}"
    );
    let root = home.path().join("built here");
    assert!(
        printed.contains(&format!("root \"{}\";", root.display())),
        "{printed}"
    );

    let output = host("https://example.org/kestrel/", &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "");
    assert!(
        text(&output.stderr).contains("below /kestrel/"),
        "{}",
        text(&output.stderr)
    );
    let output = host("https://example.org/kestrel/", &["--domain", DOMAIN]);
    assert_eq!(output.status.code(), Some(0));
    let output = host("https://example.org/", &["--domain", "a.b; }"]);
    assert_eq!(output.status.code(), Some(2));
}
