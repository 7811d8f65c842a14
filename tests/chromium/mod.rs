//! A real browser for tests, or a loud word that there is none.

#![allow(dead_code, reason = "each test program uses its own part of this")]

#[path = "../skipped/mod.rs"]
pub mod skipped;

use std::time::Duration;

use headless_chrome::protocol::cdp::Emulation;
use headless_chrome::{Browser, LaunchOptions, Tab};

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

/// Makes a page so many CSS pixels wide.
pub fn widen(tab: &Tab, width: u32) {
    tab.call_method(Emulation::SetDeviceMetricsOverride {
        width,
        height: 900,
        device_scale_factor: 1.0,
        mobile: false,
        scale: None,
        screen_width: None,
        screen_height: None,
        position_x: None,
        position_y: None,
        dont_set_visible_size: None,
        screen_orientation: None,
        viewport: None,
        display_feature: None,
        device_posture: None,
    })
    .unwrap();
}
