//! Sealing: a site for hosts that anybody can read.
//!
//! In: a finished [`Bundle`], its links checked, and the [`Recipients`]. Out:
//! a bundle of the same paths in which every page, data file and attachment is
//! ciphertext. Left readable are the theme's own files, `robots.txt`, and the
//! script and style sheet that open the rest.
//!
//! Each build draws a content key for each audience: a recipient who is
//! left out of the next build can't open it, whatever their browser kept. A
//! content key is wrapped for each recipient under a key that only their
//! passphrase gives. What is sealed is bound to its path, so that no file can
//! stand in for another.
//!
//! The frozen memos are sealed as they are, byte by byte. In the other pages
//! two things change: their policy lets the script fetch and show what is
//! sealed beside them, and pictures that are sealed name their file where the
//! script finds it, as the browser itself could show nothing of it.

mod cipher;
mod envelope;
mod page;
mod recipient;
mod strength;

#[cfg(test)]
mod tests;

use std::error::Error;
use std::fmt;

use rayon::prelude::*;

pub use cipher::ROUNDS;
pub use recipient::{Passphrase, Recipients};
pub use strength::{SHORTEST, weakness};

use super::bundle::{Bundle, PathTaken};
use crate::diagnostic::Diagnostic;
use crate::site::route::SitePath;
use crate::site::theme::Theme;
use envelope::{Keys, Lock};

/// Who a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Audience {
    /// Leadership alone.
    Leadership,
    /// The board, and leadership.
    Board,
}

/// A site couldn't be sealed.
#[derive(Debug)]
pub enum SealError {
    /// The system gave no random bytes.
    Random(getrandom::Error),
    /// A file is larger than can be sealed in one piece: 64 GiB.
    TooLarge(SitePath),
    /// The theme's template can't be rendered.
    Template(Diagnostic),
    /// A file of the site stands where the opening script has to.
    Taken(PathTaken),
}

impl Audience {
    fn of(path: &SitePath) -> Audience {
        if SitePath::is_frozen(path.as_str()) {
            Audience::Board
        } else {
            Audience::Leadership
        }
    }
}

/// Seals a site.
///
/// # Errors
///
/// [`SealError`] if the system gives no random bytes, or the theme's page that
/// asks for a passphrase can't be made.
pub fn seal(bundle: &Bundle, recipients: &Recipients, theme: &Theme) -> Result<Bundle, SealError> {
    let keys = Keys::draw(recipients)?;
    let files: Vec<(&SitePath, &[u8])> = bundle.iter().collect();
    let sealed: Vec<(SitePath, Vec<u8>)> = files
        .into_par_iter()
        .map(|(path, bytes)| {
            let bytes = if path.is_general() {
                bytes.to_owned()
            } else {
                one(bundle, path, bytes, keys.of(Audience::of(path)), theme)?
            };
            Ok((path.clone(), bytes))
        })
        .collect::<Result<_, SealError>>()?;
    let unlocking = [&theme.unlock_script, &theme.unlock_style];
    let unlocking = unlocking.map(|(route, bytes)| (route.path(), bytes.to_vec()));
    let mut out = Bundle::default();
    for (path, bytes) in sealed.into_iter().chain(unlocking) {
        out.insert(path, bytes).map_err(SealError::Taken)?;
    }
    Ok(out)
}

/// A file as its envelope, or a page as the shell that holds its envelope.
fn one(
    bundle: &Bundle,
    path: &SitePath,
    bytes: &[u8],
    lock: &Lock,
    theme: &Theme,
) -> Result<Vec<u8>, SealError> {
    let text = path
        .as_str()
        .ends_with(".html")
        .then(|| str::from_utf8(bytes));
    let Some(Ok(html)) = text else {
        return Ok(lock.file(path, bytes)?.into_bytes());
    };
    let within = match Audience::of(path) {
        // Whoever saves the page must be able to prove its bytes.
        Audience::Board => html.to_owned(),
        Audience::Leadership => page::opened(bundle, path, html),
    };
    let envelope = lock.page(path, within.as_bytes())?;
    let shell = page::shell(path, html, envelope, theme);
    theme.render_shell(&shell).map_err(SealError::Template)
}

impl From<getrandom::Error> for SealError {
    fn from(error: getrandom::Error) -> Self {
        SealError::Random(error)
    }
}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SealError::Random(error) => write!(f, "the system gives no random bytes: {error}"),
            SealError::TooLarge(path) => write!(f, "`{path}` is too large to be sealed"),
            SealError::Template(fault) => f.write_str(&fault.message),
            SealError::Taken(taken) => taken.fmt(f),
        }
    }
}

impl Error for SealError {}
