//! Figures changed after the board had read them: a quarter is frozen from
//! the sound site, and then the content is changed.

use std::fs;
use std::path::Path;

use crate::frozen::freeze;
use crate::recipe::{LEADERSHIP, NARRATIVE, TELEMETRY, replace};

const JANUARY: &str = "content/2026-01/telemetry.yaml";
const FIT_CHECK: &str = "content/2025-09/fit-check.yaml";

fn add(site: &Path, path: &str, lines: &str) {
    let text = fs::read_to_string(site.join(path)).unwrap();
    fs::write(site.join(path), format!("{text}{lines}")).unwrap();
}

/// What leads to the narrative leads nowhere once that is gone.
fn unlink(site: &Path) {
    let link = "[February's session](../2026-02/leadership.md)";
    replace(site, "content/pages/method.md", link, "the session");
}

/// A KPI, a closing answer and a baseline.
pub fn missing(site: &Path) {
    freeze(site, "2026-Q1");
    replace(site, TELEMETRY, "71500", "71800");
    replace(
        site,
        LEADERSHIP,
        "paying_for_itself: yes",
        "paying_for_itself: unclear",
    );
    replace(
        site,
        FIT_CHECK,
        "task_automation: 8",
        "task_automation: 9.5",
    );
}

/// A KPI that isn't reported any more, a month without telemetry, and a
/// session that is said to have been skipped after all.
pub fn figure_gone(site: &Path) {
    freeze(site, "2026-Q1");
    replace(site, TELEMETRY, ", away_from_desk: 7.5", "");
    fs::remove_file(site.join(JANUARY)).unwrap();
    fs::write(
        site.join(LEADERSHIP),
        "skipped: \"the practice manager was ill\"\n",
    )
    .unwrap();
    fs::remove_file(site.join(NARRATIVE)).unwrap();
    unlink(site);
}

/// A session and a Fit Check that are gone altogether.
pub fn file_gone(site: &Path) {
    freeze(site, "2026-Q1");
    for path in [LEADERSHIP, NARRATIVE, FIT_CHECK] {
        fs::remove_file(site.join(path)).unwrap();
    }
    unlink(site);
}

/// Two memos of which each shows another old value of one figure, and both
/// the same of another; what the first shows is restated.
pub fn in_two_memos(site: &Path) {
    freeze(site, "2026-Q1");
    replace(site, TELEMETRY, "71500", "71800");
    add(
        site,
        TELEMETRY,
        "restatements:\n  - { kpi: revenue_per_employee, was: 71500, date: 2026-04-20, reason: \"a locum counts as staff\" }\n",
    );
    freeze(site, "2026-Q2");
    replace(site, TELEMETRY, "71800", "72100");
    replace(
        site,
        TELEMETRY,
        "task_automation: 28.0",
        "task_automation: 28.5",
    );
}

/// What can't be read isn't called changed.
pub fn of_a_faulty_month(site: &Path) {
    freeze(site, "2026-Q1");
    replace(site, TELEMETRY, "71500", "71,500");
    add(
        site,
        TELEMETRY,
        "restatements: [ { kpi: revenue_per_employee, was: 71300, date: 2026-04-20, reason: \"a locum counts as staff\" } ]\n",
    );
}

/// Where a memo is not as it was, nobody knows what it showed.
pub fn of_an_altered_memo(site: &Path) {
    freeze(site, "2026-Q1");
    replace(site, TELEMETRY, "71500", "71800");
    add(
        site,
        TELEMETRY,
        "restatements: [ { kpi: revenue_per_employee, was: 71500, date: 2026-04-20, reason: \"a locum counts as staff\" } ]\n",
    );
    replace(site, "content/board/2026-q1/facts.json", "71500", "71800");
}

/// Nothing is frozen yet.
pub fn of_nothing(site: &Path) {
    add(
        site,
        TELEMETRY,
        "restatements: [ { kpi: task_automation, was: 27, date: 2026-03-02, reason: \"recall letters were left out\" } ]\n",
    );
    add(
        site,
        LEADERSHIP,
        "restatements: [ { date: 2026-03-02, reason: \"the session was noted late\" } ]\n",
    );
}

/// The change is told, but not from what the memo shows.
pub fn was_misread(site: &Path) {
    freeze(site, "2026-Q1");
    replace(site, TELEMETRY, "71500", "71800");
    add(
        site,
        TELEMETRY,
        "restatements: [ { kpi: revenue_per_employee, was: 75100, date: 2026-04-20, reason: \"a locum counts as staff\" } ]\n",
    );
}

/// The figure and what it was are the same.
pub fn unchanged(site: &Path) {
    freeze(site, "2026-Q1");
    add(
        site,
        TELEMETRY,
        "restatements: [ { kpi: revenue_per_employee, was: 71500, date: 2026-04-20, reason: \"a locum counts as staff\" } ]\n",
    );
    add(
        site,
        LEADERSHIP,
        "restatements: [ { was: yes, date: 2026-04-20, reason: \"the fee had risen\" } ]\n",
    );
}

pub fn twice(site: &Path) {
    freeze(site, "2026-Q1");
    replace(site, TELEMETRY, "71500", "71800");
    add(
        site,
        TELEMETRY,
        "restatements:\n  - { kpi: revenue_per_employee, was: 71500, date: 2026-04-20, reason: \"a locum counts as staff\" }\n  - { kpi: revenue_per_employee, was: 71500, date: 2026-04-21, reason: \"a locum counts as staff\" }\n",
    );
}

/// The baseline is restated beside a later Fit Check, which isn't the
/// baseline's.
pub fn in_another_file(site: &Path) {
    freeze(site, "2026-Q1");
    replace(
        site,
        FIT_CHECK,
        "task_automation: 8",
        "task_automation: 9.5",
    );
    fs::write(
        site.join("content/2026-02/fit-check.yaml"),
        "version: 1\nrestatements: [ { kpi: task_automation, was: 8, date: 2026-04-20, reason: \"two inboxes were left out\" } ]\n",
    )
    .unwrap();
}
