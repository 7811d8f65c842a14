//! What every page has around its content.

use serde::Serialize;

use super::{Link, Status};

/// The head, masthead, strip, headline and footer of a page.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The document's title: "October 2026, Kestrel Lane Freight".
    pub title: String,
    /// The content security policy for the page's meta element.
    pub csp: String,
    /// Where the stylesheet is.
    pub stylesheet: String,
    /// Where the icon is.
    pub icon: String,
    /// The client firm.
    pub firm: String,
    /// Where the firm's name links to: the overview.
    pub home: String,
    /// The pages of the masthead.
    pub nav: Vec<NavItem>,
    /// What the page covers: period, as of, status, audience.
    pub strip: Vec<StripItem>,
    /// One or two sentences that say the state, ending in a full stop.
    pub headline: String,
    /// A sentence under the headline, only if it adds something.
    pub deck: Option<String>,
    /// The foot of the page.
    pub footer: Footer,
}

/// A page to go to, in the masthead or among a page's tabs.
#[derive(Clone, Debug, Serialize)]
pub struct NavItem {
    /// The page's name: "Sessions".
    pub label: String,
    /// Where it is.
    pub href: String,
    /// Whether the reader is on it, or below it.
    pub current: bool,
}

/// One part of the strip. Any of the three may be missing.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StripItem {
    /// The period, set strong: "October 2026".
    pub lead: Option<String>,
    /// Plain text; after a lead it follows a comma: "Run month 15".
    pub text: Option<String>,
    /// The status, if this is the part that says it.
    pub status: Option<Status>,
}

impl StripItem {
    /// The period, and what follows it: "October 2026", "Run month 15".
    pub fn period(lead: impl Into<String>, text: Option<String>) -> Self {
        StripItem {
            lead: Some(lead.into()),
            text,
            status: None,
        }
    }

    /// Plain text: "For leadership".
    pub fn text(text: impl Into<String>) -> Self {
        StripItem {
            text: Some(text.into()),
            ..StripItem::default()
        }
    }

    /// The status.
    pub fn status(status: Status) -> Self {
        StripItem {
            status: Some(status),
            ..StripItem::default()
        }
    }
}

/// The foot of a page.
#[derive(Clone, Debug, Serialize)]
pub struct Footer {
    /// "As of 2 November 2026", without a full stop: it is also in the foot of
    /// each printed sheet.
    pub as_of: String,
    /// The short hash of the commit that the site was built from.
    pub commit: Option<String>,
    /// The free pages.
    pub pages: Vec<Link>,
    /// Files to download.
    pub files: Vec<Link>,
}
