//! A frozen quarter around what the fuzzer wrote: whatever isn't as its
//! manifest proves is refused at once, so the proof is made to fit.

use quarterdeck::engagement::snapshot::frozen_file;
use quarterdeck::source::SnapshotFile;
use quarterdeck::source::document::snapshot::ManifestFile;

use crate::site::Site;

const FACTS: &[u8] = include_bytes!("../../content/board/2025-q3/facts.json");
const MEMO: &[u8] = include_bytes!("../../content/board/2025-q3/index.html");
const MANIFEST: &[u8] = include_bytes!("../../content/board/2025-q3/manifest.json");

/// The manifest as it was written, and again with its own hash if it can be
/// read at all.
pub fn manifest(site: &Site, bytes: &[u8]) {
    run(site, bytes, FACTS);
    if let Ok(manifest) = serde_json::from_slice::<ManifestFile>(bytes) {
        run(site, manifest.signed().to_text().as_bytes(), FACTS);
    }
}

/// What the memo shows, vouched for by its manifest.
pub fn facts(site: &Site, bytes: &[u8]) {
    let mut manifest: ManifestFile =
        serde_json::from_slice(MANIFEST).expect("the sample's manifest is sound");
    for file in &mut manifest.files {
        if file.name == SnapshotFile::Facts.name() {
            *file = frozen_file(SnapshotFile::Facts, bytes);
        }
    }
    run(site, manifest.signed().to_text().as_bytes(), bytes);
}

fn run(site: &Site, manifest: &[u8], facts: &[u8]) {
    site.run(&[
        ("content/board/2025-q3/manifest.json", manifest),
        ("content/board/2025-q3/facts.json", facts),
        ("content/board/2025-q3/index.html", MEMO),
    ]);
}
