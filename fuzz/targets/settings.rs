//! The settings.
#![no_main]

quarterdeck_fuzz::target!("site.toml", site::SMALL);
