//! The two primitives: a key from a passphrase, and sealing under a key.
//!
//! Both are the `RustCrypto` crates' and what `WebCrypto` calls `PBKDF2` with
//! `SHA-256` and `AES-GCM`.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use pbkdf2::{Algorithm, Params};
use zeroize::Zeroizing;

/// How often PBKDF2 goes round, as OWASP recommends: about a third of a second
/// for a reader, and for whoever guesses, each time. The script refuses fewer.
pub const ROUNDS: u32 = Params::RECOMMENDED.rounds();

// A later version of the crate may ask for more, and never for fewer.
const _: () = assert!(ROUNDS >= 600_000);

pub(super) const SALT: usize = 16;
pub(super) const IV: usize = 12;

/// An AES-256 key, wiped when it goes.
pub(super) type Key = Zeroizing<[u8; 32]>;

/// Bytes from the system's random source.
pub(super) fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// The key that a passphrase gives: PBKDF2 with HMAC-SHA-256.
pub(super) fn derived(passphrase: &[u8], salt: &[u8]) -> Key {
    let mut key = Key::default();
    // Not the generic function, which would be compiled among our own code: a
    // debug build would take ten times as long.
    let (algorithm, rounds) = (Algorithm::Pbkdf2Sha256, Params::RECOMMENDED);
    pbkdf2::pbkdf2_hmac_with_params(passphrase, salt, algorithm, rounds, &mut *key);
    key
}

/// Ciphertext and tag of AES-256-GCM; nothing if there is too much of it.
/// `bound` isn't in it, but whoever opens it must know it.
pub(super) fn encrypted(key: &Key, iv: &[u8; IV], bound: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
    let payload = Payload {
        msg: plain,
        aad: bound,
    };
    let key: &[u8; 32] = key;
    Aes256Gcm::new(key.into()).encrypt(iv.into(), payload).ok()
}

/// What was sealed; nothing if a bit of it, of its tag, of the key or of what
/// it is bound to differs.
#[cfg(test)]
pub(super) fn decrypted(key: &Key, iv: &[u8; IV], bound: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let payload = Payload {
        msg: sealed,
        aad: bound,
    };
    let key: &[u8; 32] = key;
    Aes256Gcm::new(key.into()).decrypt(iv.into(), payload).ok()
}
