//! Whether a site would lie open to whoever finds it.

use crate::diagnostic::{Diagnostic, Report};
use crate::engagement::firm::Settings;

/// The warning for a site that nothing keeps private once it is hosted: no
/// host with access control is named, and it isn't sealed.
pub fn warnings(settings: &Settings) -> Report {
    let mut report = Report::default();
    if settings.hosts.is_empty() && settings.sealing.is_none() {
        report.push(
            Diagnostic::warning(
                "open-to-all",
                "this site holds a firm's weaknesses, and nothing says that it is kept private where it is hosted",
            )
            .help(
                "`quarterdeck host` prints configurations with access control; use one and name its host in site.toml: `hosts = [\"nginx\"]` under `[privacy]`, or `\"other\"` for one that you set up yourself; or seal the site with `seal = true` for a host that has none",
            ),
        );
    }
    report
}
