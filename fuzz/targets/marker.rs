//! The marker of an output folder, beside a page that it may or may not list.
#![no_main]

use std::fs;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use quarterdeck::publish::bundle::Bundle;
use quarterdeck::publish::write;
use quarterdeck_fuzz::site::{SMALL, Site};

static SITE: OnceLock<Site> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    let output = SITE.get_or_init(|| Site::new(SMALL)).root().join("public");
    // Another build's files may be there still, if the last was written.
    drop(fs::remove_dir_all(&output));
    fs::create_dir_all(&output).expect("memory is left");
    fs::write(output.join("index.html"), "b").expect("memory is left");
    fs::write(output.join(".quarterdeck"), bytes).expect("memory is left");
    let written = write(&Bundle::default(), &output, &[]);
    if written.is_err() {
        let left = fs::read(output.join("index.html")).expect("what is refused is left");
        assert_eq!(left, b"b");
    }
});
