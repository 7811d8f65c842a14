//! What a sealed file holds: JSON with base64, for a script to open.
//!
//! ```json
//! { "quarterdeck": 1, "key": "…", "rounds": 600000,
//!   "recipients": [ { "salt": "…", "iv": "…", "held": "…" } ],
//!   "through": [ { "key": "…", "iv": "…", "held": "…" } ],
//!   "iv": "…", "sealed": "…" }
//! ```
//!
//! `key` names the content key without telling anything of it. Each recipient
//! has the content key wrapped under what their passphrase gives; whoever
//! already holds the key named in `through` needs no passphrase. A file that
//! is no page is opened from one, and holds neither. No recipient is named:
//! the script tries each.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rayon::prelude::*;
use serde::Serialize;

use super::cipher::{self, IV, Key, ROUNDS, SALT};
use super::{Audience, Passphrase, Recipients, SealError};
use crate::site::route::SitePath;

/// The format; part of what everything is bound to.
const FORMAT: u32 = 1;

/// A build's content keys.
pub(super) struct Keys {
    leadership: Lock,
    board: Lock,
}

/// A content key and all that opens it.
pub(super) struct Lock {
    name: String,
    pub(super) key: Key,
    recipients: Vec<Wrapped>,
    through: Vec<Through>,
}

/// What a recipient's passphrase gives, for this build.
struct Own {
    salt: [u8; SALT],
    key: Key,
}

#[derive(Clone, Serialize)]
pub(super) struct Wrapped {
    pub(super) salt: String,
    pub(super) iv: String,
    pub(super) held: String,
}

#[derive(Clone, Serialize)]
pub(super) struct Through {
    pub(super) key: String,
    pub(super) iv: String,
    pub(super) held: String,
}

#[derive(Serialize)]
struct Envelope<'l> {
    quarterdeck: u32,
    key: &'l str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounds: Option<u32>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    recipients: &'l [Wrapped],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    through: &'l [Through],
    iv: String,
    sealed: String,
}

impl Keys {
    /// Draws the keys of a build and wraps them. Each passphrase is gone
    /// through once, however many pages there are.
    pub(super) fn draw(recipients: &Recipients) -> Result<Keys, SealError> {
        let own = |passphrases: &[Passphrase]| -> Result<Vec<Own>, SealError> {
            let derived = passphrases.par_iter().map(|passphrase| {
                let salt = cipher::random()?;
                let key = cipher::derived(passphrase.reveal().as_bytes(), &salt);
                Ok(Own { salt, key })
            });
            derived.collect()
        };
        let (leadership, board) =
            rayon::join(|| own(&recipients.leadership), || own(&recipients.board));
        let (leadership, board) = (leadership?, board?);
        let mut board_lock = Lock::draw(leadership.iter().chain(&board))?;
        let lock = Lock::draw(leadership.iter())?;
        // Whoever has opened the leadership's pages opens a memo at once.
        let (iv, held) = board_lock.wrapped_under(&lock.key)?;
        board_lock.through.push(Through {
            key: lock.name.clone(),
            iv,
            held,
        });
        Ok(Keys {
            leadership: lock,
            board: board_lock,
        })
    }

    pub(super) fn of(&self, audience: Audience) -> &Lock {
        match audience {
            Audience::Leadership => &self.leadership,
            Audience::Board => &self.board,
        }
    }
}

impl Lock {
    fn draw<'o>(recipients: impl Iterator<Item = &'o Own>) -> Result<Lock, SealError> {
        let mut lock = Lock {
            name: base64(&cipher::random::<12>()?),
            key: Key::new(cipher::random()?),
            recipients: Vec::new(),
            through: Vec::new(),
        };
        for own in recipients {
            let (iv, held) = lock.wrapped_under(&own.key)?;
            let salt = base64(&own.salt);
            lock.recipients.push(Wrapped { salt, iv, held });
        }
        Ok(lock)
    }

    /// The content key under another, with its vector.
    fn wrapped_under(&self, key: &Key) -> Result<(String, String), SealError> {
        let iv = cipher::random()?;
        // A key of 32 bytes is never too large.
        let wrapped = cipher::encrypted(key, &iv, self.bound().as_bytes(), &*self.key);
        Ok((base64(&iv), base64(&wrapped.unwrap_or_default())))
    }

    /// What the wrapped key is bound to: its own name.
    pub(super) fn bound(&self) -> String {
        format!("quarterdeck/{FORMAT}/key {}", self.name)
    }

    /// A page's envelope, which a passphrase opens.
    pub(super) fn page(&self, path: &SitePath, bytes: &[u8]) -> Result<String, SealError> {
        let mut envelope = self.envelope(path, bytes)?;
        envelope.rounds = Some(ROUNDS);
        envelope.recipients = &self.recipients;
        envelope.through = &self.through;
        Ok(json(&envelope))
    }

    /// A file's envelope, which a page that is open opens.
    pub(super) fn file(&self, path: &SitePath, bytes: &[u8]) -> Result<String, SealError> {
        Ok(json(&self.envelope(path, bytes)?))
    }

    fn envelope(&self, path: &SitePath, bytes: &[u8]) -> Result<Envelope<'_>, SealError> {
        let iv: [u8; IV] = cipher::random()?;
        let sealed = cipher::encrypted(&self.key, &iv, bound(path).as_bytes(), bytes)
            .ok_or_else(|| SealError::TooLarge(path.clone()))?;
        Ok(Envelope {
            quarterdeck: FORMAT,
            key: &self.name,
            rounds: None,
            recipients: &[],
            through: &[],
            iv: base64(&iv),
            sealed: base64(&sealed),
        })
    }
}

/// What a file is bound to: it opens nowhere but at its own path.
pub(super) fn bound(path: &SitePath) -> String {
    format!("quarterdeck/{FORMAT} {path}")
}

pub(super) fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

fn json(envelope: &Envelope<'_>) -> String {
    // Text and numbers alone: there is nothing in it that JSON can't hold.
    serde_json::to_string(envelope).unwrap_or_default()
}
