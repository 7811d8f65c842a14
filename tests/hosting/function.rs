//! The functions that stand before a site on hosts that have no server of
//! one's own, asked in Node.js with the host's side played.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use super::reply::{Reply, Who};
use super::site::{MEMO, Site, is_for_board};
use super::{MISSING, dressed, printed};

/// Plays the host: reads requests, asks the function, prints its answers.
const PLAY: &str = r"
import { createHash } from 'node:crypto';
import { readFileSync, existsSync, statSync } from 'node:fs';
const hash = (pair) => createHash('sha256').update(pair).digest('hex');
const lead = hash('leadership:lead-secret'), board = hash('board:board-secret');
const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const environment = { QUARTERDECK_LEADERSHIP: `${hash('x:y')} ${lead}`, QUARTERDECK_BOARD: board };
globalThis.Netlify = { env: { get: (name) => environment[name] } };
globalThis.people = { get: async (key) => {
  if (key === lead) return 'leadership';
  if (key === board) return 'board';
  throw new Error('no such key');
} };
const gate = await import(process.argv[3]);
const file = (path) => {
  let name = decodeURIComponent(path);
  if (name.endsWith('/')) name += 'index.html';
  const full = settings.root + name;
  const there = existsSync(full) && statSync(full).isFile();
  return there ? new Response(readFileSync(full)) : new Response('none', { status: 404 });
};
const answers = [];
for (const { path, authorization, method } of settings.requests) {
  const headers = authorization ? { authorization } : {};
  if (settings.host === 's3') {
    const uri = path.split('?')[0];
    const sent = Object.fromEntries(Object.entries(headers).map(([k, value]) => [k, { value }]));
    const out = await gate.handler({ request: { uri, method, headers: sent } });
    if (out.statusCode) {
      const told = Object.entries(out.headers).map(([k, v]) => [k, v.value]);
      answers.push({ status: out.statusCode, headers: told, body: '' });
    } else {
      const served = file(out.uri);
      answers.push({ status: served.status, headers: null, body: await served.text() });
    }
    continue;
  }
  const request = new Request('https://kestrel.example.org' + path, { headers, method });
  const serve = async () => file(new URL(request.url).pathname);
  const out = settings.host === 'netlify'
    ? await gate.default(request, { next: serve })
    : await gate.onRequest({ request, next: serve, env: environment });
  answers.push({ status: out.status, headers: [...out.headers], body: await out.text() });
}
console.log(JSON.stringify(answers));
";

/// Asks the function for every path as everybody.
pub fn trial(host: &str, site: &Site) {
    let memo = format!("/board/{MEMO}/");
    let paths = site.paths();
    let known = paths.keys().cloned();
    let missing = MISSING.map(str::to_owned);
    let around = [
        "../../index.html",
        "..%2f..%2findex.html",
        "%2e%2e/%2e%2e/index.html",
        "deeper/page.html",
        ".hidden",
    ]
    .map(|rest| format!("{memo}{rest}"));
    let around_it: Vec<String> = around.to_vec();
    let targets: Vec<String> = known.chain(missing).chain(around).collect();
    let everybody = [Who::Nobody, Who::Wrong, Who::Board, Who::Leadership];
    let requests: Vec<(&String, Who)> = targets
        .iter()
        .flat_map(|path| everybody.map(|who| (path, who)))
        .collect();
    let replies = asked(host, site, &requests);
    assert_eq!(replies.len(), requests.len());
    for ((path, who), reply) in requests.iter().zip(&replies) {
        let (path, who) = (path.as_str(), *who);
        let plain = path.split('?').next().unwrap();
        let is_hidden = plain.contains("/.");
        let may = match who {
            Who::Nobody | Who::Wrong => false,
            Who::Board => is_for_board(plain) && !is_hidden && !plain.contains('%'),
            Who::Leadership => true,
        };
        if !may {
            assert_eq!(reply.status, 401, "{host}: {path} for {who:?}");
        } else if let Some(file) = paths.get(path) {
            assert_eq!(reply.status, 200, "{host}: {path} for {who:?}");
            let same = String::from_utf8_lossy(&site.files[*file]).as_bytes() == reply.body;
            assert!(same, "{host}: {path} is another file");
        } else if !around_it.iter().any(|target| target == path) {
            assert_eq!(reply.status, 404, "{host}: {path} for {who:?}");
        }
        // Above, CloudFront's own policies dress what the bucket answers, and
        // a refusal can't know better than the site's.
        if host != "s3" && !path.contains("..") && !path.contains("%2e") {
            dressed(path, reply);
        } else if reply.status == 401 {
            assert!(reply.header("WWW-Authenticate").is_some());
            assert_eq!(reply.header("Cache-Control"), Some("no-store"));
        }
    }
}

fn asked(host: &str, site: &Site, requests: &[(&String, Who)]) -> Vec<Reply> {
    let home = tempfile::tempdir().unwrap();
    let path = |name: &str| home.path().join(name);
    let text = printed(host, &site.root());
    let module = if host == "s3" {
        cloudfront(&text)
    } else {
        text
    };
    fs::write(path("gate.mjs"), module).unwrap();
    fs::write(path("play.mjs"), PLAY).unwrap();
    let requests = requests.iter().map(|(path, who)| {
        json!({ "path": path, "authorization": who.authorization(), "method": "GET" })
    });
    let settings = json!({
        "host": host,
        "root": site.root(),
        "requests": requests.collect::<Vec<_>>(),
    });
    fs::write(path("settings.json"), settings.to_string()).unwrap();
    let output = Command::new("node")
        .args([path("play.mjs"), path("settings.json"), path("gate.mjs")])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{host}: {said}");
    let answers: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    answers.iter().map(reply).collect()
}

fn reply(answer: &Value) -> Reply {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let headers = answer["headers"].as_array().cloned().unwrap_or_default();
    Reply {
        status: u16::try_from(answer["status"].as_u64().unwrap()).unwrap(),
        headers: headers
            .iter()
            .map(|pair| (text(&pair[0]), text(&pair[1])))
            .collect(),
        body: text(&answer["body"]).into_bytes(),
    }
}

/// The function within the template, with the host's own modules played.
fn cloudfront(template: &str) -> String {
    let (_, code) = template.split_once("      FunctionCode: |\n").unwrap();
    let lines = code
        .lines()
        .take_while(|line| line.is_empty() || line.starts_with("        "));
    let code: String = lines
        .map(|line| format!("{}\n", line.get(8..).unwrap_or_default()))
        .collect();
    let played = "const cf = { kvs: () => globalThis.people };";
    assert!(code.contains("import cf from 'cloudfront';"));
    let code = code.replace("import cf from 'cloudfront';", played);
    format!("{code}\nexport {{ handler }};\n")
}
