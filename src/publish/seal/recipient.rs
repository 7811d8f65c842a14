//! Those who can open a sealed site.

use std::fmt;

use zeroize::Zeroizing;

/// What a recipient opens the site with: never printed, and wiped when it
/// goes.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<String>);

/// The passphrases of a site's recipients.
#[derive(Clone, Debug, Default)]
pub struct Recipients {
    /// Those who open every page.
    pub leadership: Vec<Passphrase>,
    /// Those who open the board's memos and nothing else.
    pub board: Vec<Passphrase>,
}

impl Passphrase {
    /// Takes a passphrase without the space around it, which nobody sees to
    /// type it.
    pub fn new(text: Zeroizing<String>) -> Self {
        if text.trim().len() == text.len() {
            return Passphrase(text);
        }
        Passphrase(Zeroizing::new(text.trim().to_owned()))
    }

    /// The passphrase itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}
