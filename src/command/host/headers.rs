//! What a host adds to every answer: the one list that every host's text is
//! made from.

use crate::site::page::POLICY_WITH_SCRIPT;

/// A part of the site whose answers carry headers of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Area {
    /// The leadership's pages and data, and every error.
    Site,
    /// The theme's files, whose names change with their bytes.
    Assets,
    /// The board's memos, each one file that holds all it needs.
    Memo,
}

/// A header and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) name: &'static str,
    pub(super) value: &'static str,
}

/// The name of the header that differs between pages and memos.
pub(super) const POLICY: &str = "Content-Security-Policy";
/// The name of the header that differs between assets and the rest.
pub(super) const CACHE: &str = "Cache-Control";

/// The paths below `/board/` that the board's own credentials open: a memo's
/// folder and the files directly in it. Only plain characters, so that no
/// host can take a path that fits for one that lies elsewhere.
pub(super) const MEMO_PATHS: &str = "^/board/[0-9A-Za-z_-]+/([0-9A-Za-z_-]+\\.[0-9a-z]+)?$";
/// The paths whose last name, or a folder on the way, begins with a dot.
pub(super) const HIDDEN_PATHS: &str = "/\\.";
/// The paths of the theme's files.
pub(super) const ASSET_PATHS: &str = "^/assets/";

/// What a name and password are asked for. It says nothing of the firm.
pub(super) const REALM: &str = "Private";

/// A memo has its style within it, allowed by hash in its own policy; a
/// header can't know the hash. Nothing else is loaded, and no script runs.
const MEMO_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What all areas have alike. Only what a page can't say itself, or what must
/// hold for files that aren't pages.
pub(super) const COMMON: [Header; 8] = [
    // A year; not for other names of the firm's, which may have no TLS.
    Header {
        name: "Strict-Transport-Security",
        value: "max-age=31536000",
    },
    Header {
        name: "X-Robots-Tag",
        value: "noindex, nofollow, noarchive",
    },
    // A memo's address is half of what opens it.
    Header {
        name: "Referrer-Policy",
        value: "no-referrer",
    },
    Header {
        name: "X-Content-Type-Options",
        value: "nosniff",
    },
    // For browsers that don't know `frame-ancestors`.
    Header {
        name: "X-Frame-Options",
        value: "DENY",
    },
    Header {
        name: "Permissions-Policy",
        value: "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    },
    Header {
        name: "Cross-Origin-Opener-Policy",
        value: "same-origin",
    },
    Header {
        name: "Cross-Origin-Resource-Policy",
        value: "same-origin",
    },
];

impl Area {
    /// What a browser may do with an answer. It takes what this and the
    /// page's own policy both allow, so this is the widest that any page of
    /// the area states, and what a page can't state: who may frame it.
    pub(super) fn policy(self) -> String {
        match self {
            Area::Site | Area::Assets => {
                format!("{POLICY_WITH_SCRIPT}; frame-ancestors 'none'")
            }
            Area::Memo => MEMO_POLICY.to_owned(),
        }
    }

    /// How long an answer that isn't an error may be kept, and by whom. Never
    /// by what stands between: it would answer without asking who it is.
    pub(super) fn cache(self) -> &'static str {
        match self {
            Area::Site | Area::Memo => "no-store",
            Area::Assets => "private, max-age=31536000, immutable",
        }
    }
}
