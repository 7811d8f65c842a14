//! What stands in a sealed page's place until a reader opens it.

use serde::Serialize;

use super::Markup;

/// What `sealed.html` sees: nothing of the page itself but its ciphertext.
#[derive(Clone, Debug, Serialize)]
pub struct SealedPage {
    /// What a browser may load, for this page and for the one within.
    pub csp: String,
    /// A link to the style sheet.
    pub stylesheet: String,
    /// A link to the script that opens the page.
    pub script: String,
    /// The envelope as JSON: numbers and base64.
    pub envelope: Markup,
    /// The SHA-256 of the envelope, in base64: tells damage from a wrong
    /// passphrase.
    pub sum: String,
}
