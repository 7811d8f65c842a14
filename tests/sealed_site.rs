//! A sealed site on disk: nothing of the engagement can be read in it, and
//! whatever would make it weak is refused without giving a passphrase away.

mod built;
mod sealed;

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sealed::{CEO, CHAIR, COO, Home};

/// What no sealed file may hold, in any case of letters: words of the content
/// that no theme has, and the recipients.
fn secrets(home: &Home) -> BTreeSet<String> {
    let mut words: BTreeSet<String> = [
        "Kestrel",
        "Freight",
        "222,600",
        "222600",
        "184,000",
        "184000",
        "cold-chain",
        "dock-slot",
        "refund-approval",
        "carrier rate",
        "leadership session",
        "Task automation",
        "Headroom",
        "quote-drafter",
        "peak season",
        CEO,
        COO,
        CHAIR,
    ]
    .map(str::to_owned)
    .into();
    // Every title and heading of every page, as it would stand without sealing.
    let plain = home.folder.path().join("plain");
    home.site_toml("");
    built::command(&home.site, &plain).assert().success();
    for (path, bytes) in built::files(&plain) {
        if !path.ends_with(".html") {
            continue;
        }
        let html = String::from_utf8(bytes).unwrap();
        for tag in ["title", "h1", "h2", "h3"] {
            for piece in html.split(&format!("<{tag}")).skip(1) {
                let text = piece.split_once('>').map_or("", |(_, rest)| rest);
                let text = text.split('<').next().unwrap_or_default().trim();
                if text.len() > 8 {
                    words.insert(text.to_owned());
                }
            }
        }
    }
    words
}

/// The decoded forms of every run of base64 in some bytes.
fn decoded_runs(bytes: &[u8]) -> Vec<Vec<u8>> {
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let runs = bytes
        .split(|byte| !is_base64(byte))
        .filter(|run| run.len() >= 8);
    let mut found = Vec::new();
    for run in runs {
        // A run may begin in the midst of a group of four.
        for start in 0..4 {
            let run = &run[start..];
            let whole = &run[..run.len() / 4 * 4];
            found.extend(BASE64_STANDARD.decode(whole).ok());
        }
    }
    found
}

fn holds(bytes: &[u8], word: &str) -> bool {
    let word = word.as_bytes();
    let mut places = bytes.windows(word.len());
    places.any(|place| place.eq_ignore_ascii_case(word))
}

/// Words by their first four letters, to be looked for all at once.
struct Words<'w>(HashMap<[u8; 4], Vec<&'w str>>);

impl<'w> Words<'w> {
    fn new(words: impl Iterator<Item = &'w str>) -> Self {
        let mut found: HashMap<[u8; 4], Vec<&str>> = HashMap::new();
        for word in words {
            let start = word.as_bytes()[..4].to_ascii_lowercase();
            found
                .entry(start.try_into().unwrap())
                .or_default()
                .push(word);
        }
        Words(found)
    }

    fn within(&self, bytes: &[u8]) -> BTreeSet<&'w str> {
        let bytes = bytes.to_ascii_lowercase();
        let mut found = BTreeSet::new();
        for (at, start) in bytes.windows(4).enumerate() {
            for word in self.0.get(start).into_iter().flatten() {
                let place = bytes.get(at..at + word.len());
                if place.is_some_and(|place| place.eq_ignore_ascii_case(word.as_bytes())) {
                    found.insert(*word);
                }
            }
        }
        found
    }
}

#[test]
fn nothing_of_the_engagement_is_in_any_byte() {
    let home = Home::new();
    let secrets = secrets(&home);
    assert!(secrets.len() > 60, "{}", secrets.len());
    home.sealed();
    let output = home.build().assert().success().get_output().clone();
    for stream in [&output.stdout, &output.stderr] {
        for passphrase in [CEO, COO, CHAIR] {
            assert!(!holds(stream, passphrase));
        }
    }
    let files = built::files(&home.output);
    let names = ["\"ceo\"", "\"coo\"", "\"chair\""];
    let words = Words::new(secrets.iter().map(String::as_str).chain(names));
    let plain = fs::read(home.folder.path().join("plain/search/index.html")).unwrap();
    let found = words.within(&sealed::readable(&plain));
    for word in ["Kestrel", "222,600", "dock-slot"] {
        assert!(found.contains(word), "{word} isn't found in plain sight");
    }
    let mut sealed = 0;
    for (path, bytes) in &files {
        sealed += usize::from(bytes.windows(14).any(|place| place == b"\"quarterdeck\":"));
        // The theme's own words are about no engagement; the listing of the
        // files has their paths, which a host shows anyway.
        let mut texts = decoded_runs(bytes);
        if !path.starts_with("assets/") && path != ".quarterdeck" || path.contains("unlock") {
            texts.push(sealed::readable(bytes));
        }
        for text in &texts {
            let found = words.within(text);
            assert!(found.is_empty(), "{path} holds {found:?}");
        }
    }
    assert!(sealed > 40, "only {sealed} files are sealed");
    let shell = String::from_utf8(files["index.html"].clone()).unwrap();
    assert!(shell.contains("<title>Private report</title>"), "{shell}");
    assert!(shell.contains("\"rounds\":600000"));
    assert!(!files.keys().any(|path| path.contains("quarterdeck.css")));
}

#[test]
fn the_environment_or_a_file_gives_the_passphrases() {
    let home = Home::new();
    home.sealed();
    let file = home.folder.path().join("passphrases");
    let text =
        format!("\u{feff}# who reads it\nceo: {CEO}\r\n\n coo :{COO}\nchair: {CHAIR}\nother: x\n");
    fs::write(&file, text).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
    let by_option = home
        .bare()
        .arg("--passphrases")
        .arg(&file)
        .assert()
        .success();
    let told = String::from_utf8_lossy(&by_option.get_output().stderr).into_owned();
    if cfg!(unix) {
        assert!(
            told.contains("warning: others on this machine may read"),
            "{told}"
        );
    }
    home.bare()
        .env("QUARTERDECK_PASSPHRASES_FILE", &file)
        .assert()
        .success();
    // What the file lacks is in the environment.
    fs::write(&file, format!("ceo: {CEO}\nchair: {CHAIR}\n")).unwrap();
    home.bare()
        .arg("--passphrases")
        .arg(&file)
        .env("QUARTERDECK_PASSPHRASE_COO", COO)
        .assert()
        .success();
}

/// Runs a build that must be refused and leaves nothing behind.
#[track_caller]
fn refused(home: &Home, mut command: Command, ending: i32, words: &[&str], never: &[&str]) {
    let output = command.assert().code(ending).get_output().clone();
    let told = String::from_utf8(output.stderr).unwrap() + &String::from_utf8_lossy(&output.stdout);
    for word in words {
        assert!(told.contains(word), "{word:?} is missing:\n{told}");
    }
    for word in never {
        assert!(!told.contains(word), "{word:?} is told:\n{told}");
    }
    assert!(!home.output.exists(), "something was written");
}

#[test]
fn a_missing_passphrase_is_named_by_its_variable() {
    let home = Home::new();
    home.sealed();
    let words = [
        "QUARTERDECK_PASSPHRASE_CEO",
        "QUARTERDECK_PASSPHRASE_COO",
        "QUARTERDECK_PASSPHRASE_CHAIR",
        "nothing was written",
    ];
    refused(&home, home.bare(), 2, &words, &[]);
    let mut blank = home.build();
    blank.env("QUARTERDECK_PASSPHRASE_COO", " ");
    refused(
        &home,
        blank,
        2,
        &["PASSPHRASE_COO"],
        &["PASSPHRASE_CEO", CEO, CHAIR],
    );
}

#[test]
fn weak_and_shared_passphrases_are_refused_with_the_reason() {
    let home = Home::new();
    home.sealed();
    for (passphrase, reason) in [
        ("Tq7#vLw9!xZp", "12 characters or fewer"),
        ("passwordpassword", "found by guessing"),
        ("Kestrel Lane Freight", "found by guessing"),
        ("Gr\u{fc}\u{df}e-aus-dem-Hafen-neun", "without accents"),
        (CEO, "`ceo` and `coo` have the same passphrase"),
    ] {
        let mut command = home.build();
        command.env("QUARTERDECK_PASSPHRASE_COO", passphrase);
        let words = [reason, "coo"];
        refused(
            &home,
            command,
            2,
            &words,
            &[passphrase, &passphrase[..6], CHAIR],
        );
    }
}

#[test]
fn a_file_that_could_be_published_or_cannot_be_read_is_refused() {
    let home = Home::new();
    home.sealed();
    let with = |file: &Path| {
        let mut command = home.bare();
        command.arg("--passphrases").arg(file);
        command
    };
    let lines = format!("ceo: {CEO}\ncoo: {COO}\nchair: {CHAIR}\n");
    for folder in ["content/_private", "themes"] {
        let folder = home.site.join(folder);
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("passphrases");
        fs::write(&file, &lines).unwrap();
        refused(&home, with(&file), 2, &["published or shared"], &[CEO]);
        fs::remove_file(&file).unwrap();
    }
    let file = home.folder.path().join("passphrases");
    refused(&home, with(&file), 2, &["can't be read"], &[]);
    for (text, told) in [
        (format!("ceo: {CEO}\n{COO}\n"), "line 2 of"),
        (format!("ceo: {CEO}\nceo: {COO}\n"), "a second time"),
        (format!(": {CEO}\n"), "lacks a name"),
    ] {
        fs::write(&file, text).unwrap();
        refused(
            &home,
            with(&file),
            2,
            &[told],
            &[CEO, COO, "vault", "amber"],
        );
    }
    fs::write(&file, [0xff, 0xfe, b'a']).unwrap();
    refused(&home, with(&file), 2, &["can't be read"], &[]);
}

#[test]
fn a_sealed_site_among_others_is_refused_and_they_are_built() {
    let (home, other) = (Home::new(), Home::new());
    home.sealed();
    let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    command.arg("build").arg(&home.site).arg(&other.site);
    for (name, passphrase) in sealed::ALL {
        command.env(name, passphrase);
    }
    command.assert().code(2);
    assert!(!home.site.join("public").exists());
    assert!(other.site.join("public").exists());
}

#[test]
fn check_needs_no_passphrase() {
    let home = Home::new();
    home.sealed();
    let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    command.arg("check").arg(&home.site).assert().success();
}

#[test]
fn a_passphrase_is_made_and_nothing_else_is_printed() {
    let made = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        let output = command.arg("passphrase").args(arguments).assert().success();
        assert_eq!(output.get_output().stderr, b"");
        String::from_utf8(output.get_output().stdout.clone()).unwrap()
    };
    let mut seen = BTreeSet::new();
    for _ in 0..20 {
        let line = made(&[]);
        let words: Vec<&str> = line.strip_suffix('\n').unwrap().split('-').collect();
        assert_eq!(words.len(), 7, "{line}");
        assert!(
            words
                .iter()
                .all(|word| word.bytes().all(|b| b.is_ascii_lowercase()))
        );
        assert!(seen.insert(line));
    }
    assert_eq!(made(&["--words", "9"]).split('-').count(), 9);
    for refused in ["5", "25", "x"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        command
            .args(["passphrase", "--words", refused])
            .assert()
            .code(2);
    }
}
