//! Where a site may be served from behind access control.

/// A kind of host for which a configuration is known, or any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Host {
    /// An nginx of one's own.
    Nginx,
    /// A Caddy of one's own.
    Caddy,
    /// Netlify.
    Netlify,
    /// Cloudflare Pages.
    Cloudflare,
    /// Amazon S3 behind `CloudFront`.
    S3,
    /// Any other, whose access control is set up by hand.
    Other,
}

impl Host {
    /// All of them.
    pub const ALL: [Host; 6] = [
        Host::Nginx,
        Host::Caddy,
        Host::Netlify,
        Host::Cloudflare,
        Host::S3,
        Host::Other,
    ];

    /// Its name in `site.toml` and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Host::Nginx => "nginx",
            Host::Caddy => "caddy",
            Host::Netlify => "netlify",
            Host::Cloudflare => "cloudflare",
            Host::S3 => "s3",
            Host::Other => "other",
        }
    }

    /// The host of a name.
    pub fn named(name: &str) -> Option<Host> {
        Host::ALL.into_iter().find(|host| host.name() == name)
    }
}
