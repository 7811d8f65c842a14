//! A theme's own style sheets: one that is added, the colours, and the memo's.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use quarterdeck_fuzz::site::{Site, THEMED};

static SITE: OnceLock<Site> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    let site = SITE.get_or_init(|| Site::new(THEMED));
    site.run(&[
        ("themes/house/assets/house.css", bytes),
        ("themes/house/assets/colours.css", bytes),
        ("themes/house/assets/board.css", bytes),
    ]);
});
