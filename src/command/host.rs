//! `quarterdeck host`: a configuration under which a host serves the site
//! privately. It is printed, and nothing is written.

mod headers;
mod place;
mod template;

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use self::headers::{
    ASSET_PATHS, Area, CACHE, COMMON, HIDDEN_PATHS, Header, MEMO_PATHS, POLICY, REALM,
};
use self::place::{Address, Folder, UNKNOWN_NAME};
use self::template::filled;
use super::pipeline::unreadable;
use super::{Ending, terminal};
use crate::diagnostic::Report;
use crate::engagement::firm::Settings;
use crate::engagement::host::Host;
use crate::serve::content_type::{CONTENT_TYPES, UNKNOWN};
use crate::{engagement, source};

/// What `host` takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// What to print a configuration for.
    #[arg(value_name = "HOST")]
    wanted: Wanted,
    /// The folder of the site.
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// The domain at which it is served, with a port if it isn't 443; the one
    /// of `base_url` in site.toml if left out.
    #[arg(long, value_name = "NAME")]
    domain: Option<Address>,
    /// The folder on the host that holds the built site; the site's output
    /// folder on this machine if left out.
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// What there is a text for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Host(Host),
    Workflow,
}

impl ValueEnum for Wanted {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Wanted::Host(Host::Nginx),
            Wanted::Host(Host::Caddy),
            Wanted::Host(Host::Netlify),
            Wanted::Host(Host::Cloudflare),
            Wanted::Host(Host::S3),
            Wanted::Workflow,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Wanted::Host(Host::Nginx) => PossibleValue::new("nginx").help("a server of your own"),
            Wanted::Host(Host::Caddy) => {
                PossibleValue::new("caddy").help("a server of your own that gets its certificate")
            }
            Wanted::Host(Host::Netlify) => PossibleValue::new("netlify").help("an edge function"),
            Wanted::Host(Host::Cloudflare) => {
                PossibleValue::new("cloudflare").help("a function for Cloudflare Pages")
            }
            Wanted::Host(Host::S3) => {
                PossibleValue::new("s3").help("a CloudFormation template with CloudFront")
            }
            Wanted::Host(Host::Other) => return None,
            Wanted::Workflow => PossibleValue::new("workflow")
                .help("builds from git and deploys, in GitHub Actions"),
        })
    }
}

/// Prints the configuration.
pub fn run(options: &Options, quiet: bool) -> Ending {
    let settings = match settings(options) {
        Ok(settings) => settings,
        Err(ending) => return ending,
    };
    match printed(options, settings.as_ref()) {
        Ok((text, is_complete)) => {
            terminal::line(text.trim_end());
            if !is_complete && !quiet {
                terminal::say(&format!(
                    "note: no domain is known; put yours in place of {UNKNOWN_NAME}, or set `base_url` in site.toml\n"
                ));
            }
            let is_sealed = settings.is_some_and(|settings| settings.sealing.is_some());
            if is_sealed && !quiet {
                terminal::say(
                    "note: this site is sealed, and the policies above are for one that isn't: with access control set `seal = false`\n",
                );
            }
            Ending::Fine
        }
        Err(why) => terminal::failed(
            Ending::WrongUsage,
            &why,
            "name the domain with --domain and the folder on the host with --root",
        ),
    }
}

/// The settings of the site in the folder; none where there is no site.
fn settings(options: &Options) -> Result<Option<Settings>, Ending> {
    if !options.site.join("content").is_dir() {
        return Ok(None);
    }
    let mut report = Report::default();
    let documents =
        source::read(&options.site, &mut report).map_err(|failure| unreadable(&failure))?;
    let Some(engagement) = engagement::check(documents, None, &mut report) else {
        terminal::report(&report);
        return Err(Ending::ContentErrors);
    };
    Ok(Some(engagement.settings))
}

/// The text, and whether the site's domain is in it.
fn printed(options: &Options, settings: Option<&Settings>) -> Result<(String, bool), String> {
    let base_url = settings.and_then(|settings| settings.base_url.as_deref());
    let known = match (&options.domain, base_url) {
        (Some(domain), _) => Some(domain.clone()),
        (None, Some(url)) => Some(Address::of_url(url)?),
        (None, None) => None,
    };
    let is_complete = known.is_some() || options.wanted == Wanted::Workflow;
    let address = known.unwrap_or_else(|| Address {
        name: UNKNOWN_NAME.to_owned(),
        port: None,
    });
    let output = settings.map_or("public", |settings| &settings.output);
    let root = options.root.clone();
    let folder = Folder::new(&root.unwrap_or_else(|| options.site.join(output)))?;
    let text = match options.wanted {
        Wanted::Host(Host::Nginx) => nginx(&address, &folder),
        Wanted::Host(Host::Caddy) => caddy(&address, &folder)?,
        Wanted::Host(Host::Netlify) => script(include_str!("host/netlify.js"), &address, &folder),
        Wanted::Host(Host::Cloudflare) => {
            script(include_str!("host/cloudflare.js"), &address, &folder)
        }
        Wanted::Host(Host::S3) => cloudfront(&address, &folder),
        Wanted::Workflow => workflow(),
        Wanted::Host(Host::Other) => return Err("there is no text for `other`".to_owned()),
    };
    Ok((text, is_complete))
}

/// A workflow that builds the site from git and deploys it.
pub(super) fn workflow() -> String {
    filled(
        include_str!("host/workflow.yml"),
        &[("VERSION", env!("CARGO_PKG_VERSION").to_owned())],
    )
}

/// What every host's text may have in it.
fn common(address: &Address) -> Vec<(&'static str, String)> {
    let host = match address.port {
        Some(port) => format!("{}:{port}", address.name),
        None => address.name.clone(),
    };
    let in_script = |paths: &str| paths.replace('/', "\\/");
    vec![
        ("DOMAIN", address.name.clone()),
        ("HOST", host),
        ("PORT", address.port.unwrap_or(443).to_string()),
        ("ID", address.identifier()),
        ("REALM", REALM.to_owned()),
        ("MEMO_PATHS", MEMO_PATHS.to_owned()),
        ("ASSET_PATHS", ASSET_PATHS.to_owned()),
        ("HIDDEN_PATHS", HIDDEN_PATHS.to_owned()),
        ("MEMO_PATHS_JS", in_script(MEMO_PATHS)),
        ("ASSET_PATHS_JS", in_script(ASSET_PATHS)),
        ("POLICY_SITE", Area::Site.policy()),
        ("POLICY_MEMO", Area::Memo.policy()),
        ("CACHE_SITE", Area::Site.cache().to_owned()),
        ("CACHE_ASSETS", Area::Assets.cache().to_owned()),
        ("LEADERSHIP", "QUARTERDECK_LEADERSHIP".to_owned()),
        ("BOARD", "QUARTERDECK_BOARD".to_owned()),
    ]
}

/// Lines made of the headers that all areas have.
fn lines(line: impl Fn(&Header) -> String) -> String {
    COMMON.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A content type without its character set, and whether it has one.
fn plain_type(kind: &'static str) -> (&'static str, bool) {
    match kind.split_once(';') {
        Some((plain, _)) => (plain, true),
        None => (kind, false),
    }
}

fn nginx(address: &Address, folder: &Folder) -> String {
    let mut values = common(address);
    let id = address.identifier();
    let dollar = format!("{id}_dollar");
    let types = CONTENT_TYPES
        .iter()
        .map(|(kind, endings)| format!("{} {};", plain_type(kind).0, endings.join(" ")));
    // nginx gives text/html its character set in any case, and warns if told to.
    let of_text = CONTENT_TYPES
        .iter()
        .map(|(kind, _)| plain_type(kind))
        .filter(|(plain, is_text)| *is_text && *plain != "text/html")
        .map(|(plain, _)| plain);
    let mut headers =
        lines(|header| format!("add_header {} \"{}\" always;", header.name, header.value));
    for (name, variable) in [(POLICY, "policy"), (CACHE, "cache")] {
        headers.push_str(&format!("\nadd_header {name} ${id}_{variable} always;"));
    }
    let define = format!(
        "\n# The sign itself: nginx can't escape it in a path.\ngeo ${dollar} {{\n    default \"$\";\n}}\n"
    );
    values.extend([
        ("ROOT", folder.in_nginx(&dollar)),
        (
            "DOLLAR",
            if folder.has_dollar() {
                define
            } else {
                String::new()
            },
        ),
        ("TYPES", types.collect::<Vec<_>>().join("\n")),
        ("TYPE_UNKNOWN", UNKNOWN.to_owned()),
        ("TYPES_OF_TEXT", of_text.collect::<Vec<_>>().join(" ")),
        ("HEADERS", headers),
    ]);
    filled(include_str!("host/nginx.conf"), &values)
}

fn caddy(address: &Address, folder: &Folder) -> Result<String, String> {
    let mut values = common(address);
    let text = CONTENT_TYPES.iter().filter(|(kind, _)| plain_type(kind).1);
    let mut matchers = Vec::new();
    let mut types = Vec::new();
    for (kind, endings) in text {
        let paths: Vec<String> = endings.iter().map(|ending| format!("*.{ending}")).collect();
        matchers.push(format!("@{} path {}", endings[0], paths.join(" ")));
        types.push(format!("header @{} Content-Type \"{kind}\"", endings[0]));
    }
    values.extend([
        ("ROOT", folder.in_caddy()?),
        (
            "HEADERS",
            lines(|header| format!("{} \"{}\"", header.name, header.value)),
        ),
        ("MATCHERS", matchers.join("\n")),
        ("TYPES", types.join("\n")),
    ]);
    Ok(filled(include_str!("host/Caddyfile"), &values))
}

/// A function in JavaScript that stands before every file.
fn script(template: &str, address: &Address, folder: &Folder) -> String {
    let mut values = common(address);
    values.push((
        "HEADERS",
        lines(|header| format!("\"{}\": \"{}\",", header.name, header.value)),
    ));
    let gate = filled(include_str!("host/gate.js"), &values);
    values.push(("GATE", gate.trim_end().to_owned()));
    values.push(("ROOT", folder.in_shell()));
    filled(template, &values)
}

fn cloudfront(address: &Address, folder: &Folder) -> String {
    let mut values = common(address);
    let in_function = |name: &str, value: &str| {
        format!("'{}': {{ value: \"{value}\" }},", name.to_ascii_lowercase())
    };
    let mut refused = lines(|header| in_function(header.name, header.value));
    for (name, value) in [
        (POLICY, Area::Site.policy()),
        (CACHE, Area::Site.cache().to_owned()),
    ] {
        refused.push_str(&format!("\n{}", in_function(name, &value)));
    }
    values.push(("HEADERS", refused));
    let function = filled(include_str!("host/cloudfront.js"), &values);
    values.extend([
        ("FUNCTION", function.trim_end().to_owned()),
        (
            "BEHAVIOUR",
            include_str!("host/behaviour.yml").trim_end().to_owned(),
        ),
        ("HEADERS_SITE", headers_policy(Area::Site)),
        ("HEADERS_ASSETS", headers_policy(Area::Assets)),
        ("HEADERS_MEMO", headers_policy(Area::Memo)),
        ("ROOT", folder.in_shell()),
    ]);
    filled(include_str!("host/cloudfront.yml"), &values)
}

/// The headers of an area as `CloudFront` has them: five by names of its own,
/// which it allows in no other way, and the rest as they are.
fn headers_policy(area: Area) -> String {
    let mut security = vec![format!(
        "  ContentSecurityPolicy: {{ Override: true, ContentSecurityPolicy: \"{}\" }}",
        area.policy()
    )];
    let mut custom = Vec::new();
    for Header { name, value } in COMMON {
        let own = match name {
            "Strict-Transport-Security" => {
                let age = value.trim_start_matches("max-age=");
                format!(
                    "StrictTransportSecurity: {{ Override: true, AccessControlMaxAgeSec: {age} }}"
                )
            }
            "Referrer-Policy" => {
                format!("ReferrerPolicy: {{ Override: true, ReferrerPolicy: {value} }}")
            }
            "X-Content-Type-Options" => "ContentTypeOptions: { Override: true }".to_owned(),
            "X-Frame-Options" => {
                format!("FrameOptions: {{ Override: true, FrameOption: {value} }}")
            }
            _ => {
                custom.push(format!(
                    "    - {{ Override: true, Header: {name}, Value: \"{value}\" }}"
                ));
                continue;
            }
        };
        security.push(format!("  {own}"));
    }
    // An asset's is the object's own, so that an error in its place isn't kept.
    if area != Area::Assets {
        custom.push(format!(
            "    - {{ Override: true, Header: {CACHE}, Value: \"{}\" }}",
            area.cache()
        ));
    }
    format!(
        "SecurityHeadersConfig:\n{}\nCustomHeadersConfig:\n  Items:\n{}",
        security.join("\n"),
        custom.join("\n")
    )
}
