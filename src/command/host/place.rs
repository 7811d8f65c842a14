//! Where a site is to be served: its name, its port and its folder.

use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Stands where nothing is known.
pub(super) const UNKNOWN_NAME: &str = "replace-me.example";

/// The name under which the site is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) name: String,
    pub(super) port: Option<u16>,
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, port) = match text.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (text, None),
        };
        let port = port
            .map(|port| {
                let number = port.parse().ok().filter(|number| *number > 0);
                number.ok_or_else(|| format!("`{port}` is not a port"))
            })
            .transpose()?;
        let plain = |part: &str| {
            !part.is_empty()
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if !name.split('.').all(plain) {
            return Err(format!(
                "`{name}` is not a domain: write it like kestrel.example.org"
            ));
        }
        Ok(Address {
            name: name.to_ascii_lowercase(),
            port,
        })
    }
}

impl Address {
    /// The one of a `base_url`.
    pub(super) fn of_url(url: &str) -> Result<Address, String> {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let rest = rest.trim_end_matches('/');
        if let Some((name, below)) = rest.split_once('/') {
            return Err(format!(
                "`base_url` puts the site below /{below}/ of {name}, but each configuration serves it at its domain's root"
            ));
        }
        rest.parse()
    }

    /// The name as part of a name in a configuration: `kestrel_example_org`.
    pub(super) fn identifier(&self) -> String {
        let plain = |sign: char| if sign.is_alphanumeric() { sign } else { '_' };
        format!("site_{}", self.name.chars().map(plain).collect::<String>())
    }
}

/// A folder on the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Folder(String);

impl Folder {
    /// The folder at a path, from the root of the file system.
    pub(super) fn new(path: &Path) -> Result<Folder, String> {
        let path = std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path));
        // Without the `.` of a site in the current folder.
        let path: PathBuf = path.components().collect();
        let Some(text) = path.to_str() else {
            return Err(format!("the path {} is not Unicode", path.display()));
        };
        if text.chars().any(char::is_control) {
            return Err(format!(
                "the path {} has signs that no configuration can hold",
                text.escape_debug()
            ));
        }
        Ok(Folder(text.to_owned()))
    }

    /// As nginx reads it: quoted, and a `$` by way of a variable, since
    /// nothing escapes one.
    pub(super) fn in_nginx(&self, dollar: &str) -> String {
        let escaped = self.0.replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{}\"", escaped.replace('$', &format!("${{{dollar}}}")))
    }

    /// Whether nginx needs the variable for `$`.
    pub(super) fn has_dollar(&self) -> bool {
        self.0.contains('$')
    }

    /// As a Caddyfile reads it: quoted. Braces hold placeholders there, and how
    /// one is escaped differs between versions.
    pub(super) fn in_caddy(&self) -> Result<String, String> {
        if self.0.contains(['{', '}']) || self.0.ends_with('\\') {
            return Err(format!(
                "a Caddyfile can't hold the path {}: braces have a meaning there",
                self.0
            ));
        }
        Ok(format!("\"{}\"", self.0.replace('"', "\\\"")))
    }

    /// As a shell reads it.
    pub(super) fn in_shell(&self) -> String {
        format!("'{}'", self.0.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_domain_and_perhaps_a_port() {
        let address = Address::of_url("https://Kestrel.example.org:8443/").unwrap();
        assert_eq!(
            (&address.name[..], address.port),
            ("kestrel.example.org", Some(8443))
        );
        assert_eq!(address.identifier(), "site_kestrel_example_org");
        for wrong in [
            "https://example.org/kestrel/",
            "https://user@example.org/",
            "https://[::1]/",
            "https://example.org:0/",
            "https://example.org:https/",
            "https://exam ple.org/",
            "https://example..org/",
            "https:///",
            "https://a.b;}/",
        ] {
            assert!(Address::of_url(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_folder_is_written_as_each_host_reads_it() {
        let folder = Folder::new(Path::new("/srv/it's \"$5\" {x}\\y")).unwrap();
        assert_eq!(
            folder.in_nginx("dollar"),
            "\"/srv/it's \\\"${dollar}5\\\" {x}\\\\y\""
        );
        assert!(folder.in_caddy().is_err(), "a brace");
        let folder_of_ours = Folder::new(Path::new("/srv/it's \"$5\" x\\y")).unwrap();
        assert_eq!(
            folder_of_ours.in_caddy().unwrap(),
            "\"/srv/it's \\\"$5\\\" x\\y\""
        );
        assert_eq!(folder.in_shell(), "'/srv/it'\\''s \"$5\" {x}\\y'");
        assert!(Folder::new(Path::new("/srv/a\nb")).is_err());
    }
}
