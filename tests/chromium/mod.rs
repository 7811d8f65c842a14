//! A real browser for tests, or a loud word that there is none.

#[path = "../skipped/mod.rs"]
pub mod skipped;

use std::time::Duration;

use headless_chrome::{Browser, LaunchOptions};

/// Starts Chromium.
///
/// Where there is none the test is skipped, and says so past the test
/// runner's capture; under `CI` it fails.
pub fn start(test: &str) -> Option<Browser> {
    let options = LaunchOptions::default_builder()
        .sandbox(false)
        .idle_browser_timeout(Duration::from_secs(300))
        .build()
        .unwrap();
    match Browser::new(options) {
        Ok(browser) => Some(browser),
        Err(error) => {
            skipped::skipped(test, &format!("no Chromium to try it in: {error}"));
            None
        }
    }
}
