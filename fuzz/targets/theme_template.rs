//! A theme's own template.
#![no_main]

quarterdeck_fuzz::target!("themes/house/templates/overview.html", site::THEMED);
