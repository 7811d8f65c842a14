//! Published vectors for both primitives, and what sealing promises: opened by
//! each recipient, at its own path, whole or not at all.

use std::sync::LazyLock;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use proptest::prelude::*;
use serde_json::Value;

use super::cipher::{Key, ROUNDS, decrypted, derived, encrypted};
use super::*;
use crate::diagnostic::Report;
use crate::site::route::Route;
use crate::source::SnapshotFile;
use zeroize::Zeroizing;

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    let pairs = digits.chunks(2).map(|pair| str::from_utf8(pair).unwrap());
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).unwrap())
        .collect()
}

/// RFC 7914, section 11; then what `OpenSSL` gives at our own rounds.
#[test]
fn pbkdf2_gives_the_published_keys() {
    for (passphrase, salt, rounds, key) in [
        (
            "passwd",
            "salt",
            1,
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
        ),
        (
            "Password",
            "NaCl",
            80_000,
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56",
        ),
    ] {
        let mut found = [0; 32];
        let (word, salt) = (passphrase.as_bytes(), salt.as_bytes());
        pbkdf2::pbkdf2_hmac::<sha2::Sha256>(word, salt, rounds, &mut found);
        assert_eq!(found.to_vec(), hex(key), "{passphrase}");
    }
    let salt: Vec<u8> = (0..16).collect();
    let own = "6500b06d94ff55265e731eab2caf53d7d1ef06f3f048aa33d313b745f9a4d75e";
    assert_eq!(derived(CEO.as_bytes(), &salt).to_vec(), hex(own));
    assert_eq!(ROUNDS, 600_000);
}

/// `McGrew` and Viega, "The Galois/Counter Mode of Operation", test cases 13 to
/// 16, which NIST took over.
#[test]
fn aes_256_gcm_gives_the_published_ciphertexts() {
    let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    let iv = "cafebabefacedbaddecaf888";
    let plain = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72\
                 1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";
    let sealed = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa\
                  8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";
    let (zero_key, zero_iv) = ("00".repeat(32), "00".repeat(12));
    let cases = [
        (
            &*zero_key,
            &*zero_iv,
            "",
            "",
            "",
            "530f8afbc74536b9a963b4f1c4cb738b",
        ),
        (
            &zero_key,
            &zero_iv,
            "00000000000000000000000000000000",
            "",
            "cea7403d4d606b6e074ec5d3baf39d18",
            "d0d1c8a799996bf0265b98b5d48ab919",
        ),
        (
            key,
            iv,
            plain,
            "",
            sealed,
            "b094dac5d93471bdec1a502270e3cc6c",
        ),
        (
            key,
            iv,
            &plain[..plain.len() - 8],
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            &sealed[..sealed.len() - 8],
            "76fc6ece0f4e1768cddf8853bb2d551b",
        ),
    ];
    for (key, iv, plain, bound, sealed, tag) in cases {
        let key = Key::new(hex(key).try_into().unwrap());
        let iv = hex(iv).try_into().unwrap();
        let expected = [hex(sealed), hex(tag)].concat();
        let found = encrypted(&key, &iv, &hex(bound), &hex(plain)).unwrap();
        assert_eq!(found, expected, "{tag}");
        assert_eq!(
            decrypted(&key, &iv, &hex(bound), &found),
            Some(hex(plain)),
            "{tag}"
        );
        assert_eq!(decrypted(&key, &iv, b"another", &found), None, "{tag}");
    }
}

const CEO: &str = "vault-otter-lemon-prism-quiet-zebra-mango";
const COO: &str = "amber-harbour-violin-seven-crate-lantern";
const CHAIR: &str = "granite-pepper-window-oyster-folder-mimic";
const SECRET: &str = "Kestrel Lane Freight";

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(Zeroizing::new(text.to_owned()))
}

fn memo() -> SitePath {
    Route::Frozen("2026-q3-abc".to_owned(), SnapshotFile::Memo).path()
}

fn files() -> Bundle {
    let mut bundle = Bundle::default();
    let page = format!("<!DOCTYPE html><title>{SECRET}</title>");
    for (path, text) in [
        (Route::Overview.path(), &*page),
        (Route::Kpis.path(), "<!DOCTYPE html>KPIs"),
        (Route::Export("kpis.csv").path(), "month,value\n"),
        (memo(), "<!DOCTYPE html>memo"),
        (Route::Robots.path(), "User-agent: *\n"),
        (Route::Asset("icon-1a.svg".to_owned()).path(), "<svg/>"),
    ] {
        bundle.insert(path, text.as_bytes().to_vec()).unwrap();
    }
    bundle
}

/// The files above, sealed once: going through the passphrases takes a while.
static SEALED: LazyLock<Bundle> = LazyLock::new(|| {
    let theme = Theme::new(
        &crate::source::theme::OwnTheme::default(),
        &mut Report::default(),
    )
    .unwrap();
    let recipients = Recipients {
        leadership: vec![passphrase(CEO), passphrase(COO)],
        board: vec![passphrase(CHAIR)],
    };
    seal(&files(), &recipients, &theme).unwrap()
});

fn base64(value: &Value) -> Vec<u8> {
    BASE64_STANDARD.decode(value.as_str().unwrap()).unwrap()
}

/// The envelope of a file, as JSON.
fn envelope(path: &SitePath) -> String {
    let text = str::from_utf8(SEALED.get(path.as_str()).unwrap()).unwrap();
    match text.split_once("data-envelope") {
        None => text.to_owned(),
        Some((_, rest)) => {
            let start = rest.find('{').unwrap();
            let end = rest.find("</script>").unwrap();
            rest[start..end].to_owned()
        }
    }
}

/// The content key that a passphrase gives, as the script finds it.
fn unlocked(envelope: &Value, passphrase: &str) -> Option<Key> {
    let rounds = u32::try_from(envelope["rounds"].as_u64()?).ok()?;
    assert_eq!(rounds, ROUNDS);
    let bound = format!("quarterdeck/1/key {}", envelope["key"].as_str()?);
    let recipients = envelope["recipients"].as_array()?;
    let keys = recipients.iter().filter_map(|one| {
        let own = derived(passphrase.as_bytes(), &base64(&one["salt"]));
        let iv = base64(&one["iv"]).try_into().ok()?;
        decrypted(&own, &iv, bound.as_bytes(), &base64(&one["held"]))
    });
    let found: Vec<Vec<u8>> = keys.collect();
    Some(Key::new(found.into_iter().next()?.try_into().ok()?))
}

/// What a file holds, opened with a content key at a path.
fn opened(envelope: &str, key: &Key, path: &SitePath) -> Option<Vec<u8>> {
    let envelope: Value = serde_json::from_str(envelope).ok()?;
    let decoded = |value: &Value| BASE64_STANDARD.decode(value.as_str()?).ok();
    let iv = decoded(&envelope["iv"])?.try_into().ok()?;
    let bound = format!("quarterdeck/1 {path}");
    decrypted(key, &iv, bound.as_bytes(), &decoded(&envelope["sealed"])?)
}

fn key_of(path: &SitePath, passphrase: &str) -> Option<Key> {
    unlocked(&serde_json::from_str(&envelope(path)).unwrap(), passphrase)
}

#[test]
fn each_recipient_opens_what_is_theirs() {
    let home = Route::Overview.path();
    let whole = files();
    for leader in [CEO, COO] {
        let key = key_of(&home, leader).unwrap();
        for path in [
            &home,
            &Route::Kpis.path(),
            &Route::Export("kpis.csv").path(),
        ] {
            let found = opened(&envelope(path), &key, path).unwrap();
            assert_eq!(found, whole.get(path.as_str()).unwrap(), "{path}");
        }
        assert_eq!(opened(&envelope(&memo()), &key, &memo()), None);
    }
    for reader in [CEO, COO, CHAIR] {
        let key = key_of(&memo(), reader).unwrap();
        let found = opened(&envelope(&memo()), &key, &memo()).unwrap();
        assert_eq!(found, whole.get(memo().as_str()).unwrap());
    }
    assert!(key_of(&home, CHAIR).is_none());
    assert!(key_of(&home, "amber-harbour-violin-seven-crate-lanterm").is_none());
}

#[test]
fn whoever_reads_the_leaderships_pages_needs_no_passphrase_for_a_memo() {
    let leadership = key_of(&Route::Overview.path(), CEO).unwrap();
    let envelope: Value = serde_json::from_str(&envelope(&memo())).unwrap();
    let through = &envelope["through"][0];
    let bound = format!("quarterdeck/1/key {}", envelope["key"].as_str().unwrap());
    let iv = base64(&through["iv"]).try_into().unwrap();
    let key = decrypted(
        &leadership,
        &iv,
        bound.as_bytes(),
        &base64(&through["held"]),
    );
    assert_eq!(key, key_of(&memo(), CHAIR).map(|key| key.to_vec()));
}

#[test]
fn a_file_opens_at_its_own_path_alone() {
    let (home, kpis) = (Route::Overview.path(), Route::Kpis.path());
    let key = key_of(&home, CEO).unwrap();
    assert!(opened(&envelope(&home), &key, &home).is_some());
    assert_eq!(opened(&envelope(&home), &key, &kpis), None);
    assert_eq!(opened(&envelope(&kpis), &key, &home), None);
}

#[test]
fn nothing_is_left_readable_but_the_theme_and_robots() {
    let whole = files();
    for (path, bytes) in SEALED.iter() {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(SECRET), "{path}");
        let same = whole.get(path.as_str()) == Some(bytes);
        let own = path.as_str().starts_with("assets/unlock-");
        assert!(same == path.is_general() || own, "{path}");
        for passphrase in [CEO, COO, CHAIR] {
            assert!(!text.contains(passphrase), "{path}");
        }
    }
    assert_eq!(SEALED.len(), whole.len() + 2);
}

#[test]
fn two_builds_share_neither_key_nor_vector() {
    let theme = Theme::new(
        &crate::source::theme::OwnTheme::default(),
        &mut Report::default(),
    )
    .unwrap();
    let recipients = Recipients::default();
    let home = Route::Overview.path();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..2 {
        let sealed = seal(&files(), &recipients, &theme).unwrap();
        assert!(seen.insert(sealed.get(home.as_str()).unwrap().to_vec()));
    }
    let mut vectors = std::collections::BTreeSet::new();
    for (path, _) in SEALED.iter().filter(|(path, _)| !path.is_general()) {
        let found: Value = serde_json::from_str(&envelope(path)).unwrap();
        assert!(vectors.insert(base64(&found["iv"])), "{path}");
    }
}

#[test]
fn a_passphrase_is_never_printed() {
    let shown = format!("{:?}", passphrase(CEO));
    assert!(!shown.contains("vault"), "{shown}");
    assert_eq!(passphrase(" a b \n").reveal(), "a b");
}

proptest! {
    /// A file whose bytes differ anywhere doesn't open: the ciphertext and the
    /// vector by their tag, the rest of the envelope by the sum beside it.
    #[test]
    fn no_flipped_bit_goes_unseen(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        static KEY: LazyLock<Key> = LazyLock::new(|| key_of(&Route::Overview.path(), CEO).unwrap());
        let path = Route::Export("kpis.csv").path();
        let whole = envelope(&path);
        let mut changed = whole.clone().into_bytes();
        let at = at.index(changed.len());
        changed[at] ^= 1 << bit;
        let text = String::from_utf8_lossy(&changed);
        let value: Result<Value, _> = serde_json::from_str(&text);
        let former: Value = serde_json::from_str(&whole).unwrap();
        // What says which key it is would have the script look for another.
        let same_key = value.is_ok_and(|value| {
            value["key"] == former["key"] && value["quarterdeck"] == former["quarterdeck"]
        });
        if same_key {
            prop_assert_eq!(opened(&text, &KEY, &path), None);
        }
    }

    #[test]
    fn any_bytes_come_back_and_a_flipped_bit_in_the_ciphertext_does_not(
        plain in prop::collection::vec(any::<u8>(), 0..200),
        at in any::<prop::sample::Index>(),
        bit in 0..8_u8,
    ) {
        let (key, iv) = (Key::new([7; 32]), [9; 12]);
        let sealed = encrypted(&key, &iv, b"path", &plain).unwrap();
        prop_assert_eq!(decrypted(&key, &iv, b"path", &sealed), Some(plain));
        let mut changed = sealed.clone();
        changed[at.index(sealed.len())] ^= 1 << bit;
        prop_assert_eq!(decrypted(&key, &iv, b"path", &changed), None);
    }
}
