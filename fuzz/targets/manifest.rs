//! What proves a frozen quarter.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use quarterdeck_fuzz::frozen;
use quarterdeck_fuzz::site::{RUN, Site};

static SITE: OnceLock<Site> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    frozen::manifest(SITE.get_or_init(|| Site::new(RUN)), bytes);
});
