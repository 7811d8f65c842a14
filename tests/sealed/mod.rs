//! The sample in a folder of its own, to be sealed.

#![allow(dead_code, reason = "each test program uses its own part of this")]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

pub const CEO: &str = "vault-otter-lemon-prism-quiet-zebra-mango";
pub const COO: &str = "amber-harbour-violin-seven-crate-lantern";
pub const CHAIR: &str = "granite-pepper-window-oyster-folder-mimic";

/// Every recipient's variable with their passphrase.
pub const ALL: [(&str, &str); 3] = [
    ("QUARTERDECK_PASSPHRASE_CEO", CEO),
    ("QUARTERDECK_PASSPHRASE_COO", COO),
    ("QUARTERDECK_PASSPHRASE_CHAIR", CHAIR),
];

/// A picture of one pixel.
pub const PICTURE: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\x0aIDATx\xdacp\x00\x00\x00B\x00A\x84\xbf\x8eb\x00\x00\x00\x00IEND\xaeB`\x82";

/// A copy of the sample and where it is built.
pub struct Home {
    pub folder: TempDir,
    pub site: PathBuf,
    pub output: PathBuf,
}

impl Home {
    pub fn new() -> Home {
        let folder = TempDir::new().unwrap();
        let site = folder.path().join("site");
        copy(
            Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content")),
            &site.join("content"),
        );
        let pages = site.join("content/pages");
        fs::write(pages.join("lanes.png"), PICTURE).unwrap();
        let text = "# Lanes\n\n![The lanes](lanes.png)\n\n[The lanes as a file](lanes.png)\n";
        fs::write(pages.join("lanes.md"), text).unwrap();
        let output = folder.path().join("public");
        Home {
            folder,
            site,
            output,
        }
    }

    /// Writes `site.toml` with what it says of privacy.
    pub fn site_toml(&self, privacy: &str) {
        let text = format!("title = \"Engagement report\"\n{privacy}");
        fs::write(self.site.join("site.toml"), text).unwrap();
    }

    /// Has the site sealed for everybody.
    pub fn sealed(&self) {
        self.site_toml(
            "[privacy]\nseal = true\nrecipients = [\"ceo\", \"coo\"]\nboard_recipients = [\"chair\"]\n",
        );
    }

    /// `quarterdeck build` without a passphrase.
    pub fn bare(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        command
            .arg("build")
            .arg(&self.site)
            .arg("--output")
            .arg(&self.output);
        for (name, _) in ALL {
            command.env_remove(name);
        }
        command.env_remove("QUARTERDECK_PASSPHRASES_FILE");
        command
    }

    /// `quarterdeck build` with every passphrase.
    pub fn build(&self) -> Command {
        let mut command = self.bare();
        command.envs(ALL);
        command
    }
}

/// What a reader without a passphrase can make out of a file: all but the long
/// runs of base64, in which chance alone writes any short word now and then.
pub fn readable(bytes: &[u8]) -> Vec<u8> {
    const SEALED: usize = 200;
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let is_sealed = |run: &[u8]| run.len() >= SEALED && is_base64(&run[0]);
    bytes
        .chunk_by(|one, next| is_base64(one) == is_base64(next))
        .map(|run| if is_sealed(run) { b" " } else { run })
        .collect::<Vec<_>>()
        .concat()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
