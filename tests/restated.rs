//! Figures changed after the board had read them: what is derived, and what
//! the site says of it.

mod frozen;
mod reading;

use std::fs;
use std::path::Path;

use frozen::{engagement, freeze};
use quarterdeck::engagement::kpi::Kpi;
use quarterdeck::engagement::snapshot::{Figure, Reading};
use quarterdeck::insight::Insights;
use quarterdeck::insight::restated::restated;
use quarterdeck::source::month::Month;
use reading::{Element, build, page};
use tempfile::TempDir;

const TELEMETRY: &str = "content/2026-02/telemetry.yaml";
const LEADERSHIP: &str = "content/2026-02/leadership.yaml";

/// The sound site of the authors' mistakes: Run from January 2026, the last
/// session held on 26 February.
fn site() -> TempDir {
    let site = TempDir::new().unwrap();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken/_base");
    reading::copy(&base, site.path());
    site
}

fn edit(site: &Path, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(site.join(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    fs::write(site.join(path), text.replace(from, to)).unwrap();
}

fn add(site: &Path, path: &str, lines: &str) {
    let text = fs::read_to_string(site.join(path)).unwrap();
    fs::write(site.join(path), format!("{text}{lines}")).unwrap();
}

/// February's revenue per employee, restated from what was frozen.
fn restate(site: &Path, was: u32, now: u32, date: &str) {
    edit(site, TELEMETRY, &was.to_string(), &now.to_string());
    add(
        site,
        TELEMETRY,
        &format!(
            "restatements: [ {{ kpi: revenue_per_employee, was: {was}, date: {date}, reason: \"because a locum counts as staff.\" }} ]\n"
        ),
    );
}

fn february() -> Month {
    "2026-02".parse().unwrap()
}

#[test]
fn a_figure_restated_twice_names_each_memo_that_shows_it_otherwise() {
    let site = site();
    freeze(site.path(), "2026-Q1");
    edit(site.path(), TELEMETRY, "71500", "71800");
    add(
        site.path(),
        TELEMETRY,
        "restatements:\n  - { kpi: revenue_per_employee, was: 71500, date: 2026-04-20, reason: \"because a locum counts as staff.\" }\n",
    );
    freeze(site.path(), "2026-Q2");
    edit(site.path(), TELEMETRY, "employee: 71800", "employee: 72100");
    add(
        site.path(),
        TELEMETRY,
        "  - { kpi: revenue_per_employee, was: 71800, date: 2026-07-20, reason: \"a second locum does too\" }\n",
    );
    let all = restated(&engagement(site.path()));
    let told: Vec<_> = all
        .iter()
        .map(|restated| {
            (
                restated.was,
                restated.now,
                &*restated.reason,
                restated.memo.to_string(),
                restated.listed.map(|listed| listed.to_string()),
            )
        })
        .collect();
    let figure = |value: f64| Reading::Number(Some(value));
    let now = figure(72_100.0);
    let listed = Some("2026-Q2".to_owned());
    assert_eq!(
        told,
        [
            (
                figure(71_500.0),
                now,
                "a locum counts as staff",
                "2026-Q1".to_owned(),
                listed
            ),
            (
                figure(71_800.0),
                now,
                "a second locum does too",
                "2026-Q2".to_owned(),
                None
            ),
        ]
    );
    let february = Figure::Value(Kpi::RevenuePerEmployee, february());
    assert!(all.iter().all(|restated| restated.figure == february));
}

#[test]
fn what_was_not_reported_or_answered_is_restated_too() {
    let site = site();
    edit(site.path(), TELEMETRY, ", away_from_desk: 7.5", "");
    freeze(site.path(), "2026-Q1");
    edit(
        site.path(),
        TELEMETRY,
        "task_automation: 28.0",
        "task_automation: 28.0, away_from_desk: 7.5",
    );
    add(
        site.path(),
        TELEMETRY,
        "restatements: [ { kpi: away_from_desk, date: 2026-04-20, reason: \"the diary was found\" } ]\n",
    );
    edit(site.path(), LEADERSHIP, "itself: yes", "itself: no");
    add(
        site.path(),
        LEADERSHIP,
        "restatements: [ { was: yes, date: 2026-04-21, reason: \"the fee had risen\" } ]\n",
    );
    let told: Vec<_> = restated(&engagement(site.path()))
        .into_iter()
        .map(|restated| (restated.figure, restated.was))
        .collect();
    let yes = Reading::Answer(Some(quarterdeck::source::document::Answer::Yes));
    assert_eq!(
        told,
        [
            (
                Figure::Value(Kpi::AwayFromDesk, february()),
                Reading::Number(None)
            ),
            (Figure::Answer(february()), yes),
        ]
    );
}

/// A restatement after the last session is news even if no month has followed.
#[test]
fn a_restatement_is_news_before_the_next_telemetry() {
    let site = site();
    freeze(site.path(), "2026-Q1");
    let unchanged = Insights::of(&engagement(site.path()));
    assert!(unchanged.changed_since_last_session().is_none());
    restate(site.path(), 71_500, 71_800, "2026-04-20");
    let insights = Insights::of(&engagement(site.path()));
    let changed = insights.changed_since_last_session().unwrap();
    assert_eq!((changed.since, changed.restated.len()), (february(), 1));
    build(site.path());
    let overview = page(site.path(), "index.html");
    let changes: Vec<String> = overview
        .the("changes")
        .named("li")
        .into_iter()
        .map(Element::text)
        .collect();
    assert_eq!(
        changes,
        [
            "Restated Revenue per employee, February: was 71,500, now 71,800, because a locum counts as staff"
        ]
    );
}

/// What was restated before the last session is that session's news, not the
/// overview's.
#[test]
fn an_older_restatement_is_no_news() {
    let site = site();
    freeze(site.path(), "2026-Q1");
    restate(site.path(), 71_500, 71_800, "2026-02-20");
    let insights = Insights::of(&engagement(site.path()));
    assert!(insights.changed_since_last_session().is_none());
    assert_eq!(insights.changed[&february()].restated.len(), 1);
}

#[test]
fn programs_are_told_what_was_restated() {
    let site = site();
    freeze(site.path(), "2026-Q1");
    restate(site.path(), 71_500, 71_800, "2026-04-20");
    build(site.path());
    let json = fs::read(site.path().join("public/data/engagement.json")).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(
        json["restatements"],
        serde_json::json!([{
            "measure": "revenue_per_employee", "month": "2026-02", "was": 71500.0, "now": 71800.0,
            "reason": "a locum counts as staff", "date": "2026-04-20", "memo": "2026-Q1"
        }])
    );
}

/// The frozen bytes are published as they are, and the index leads to them.
#[test]
fn the_index_leads_to_what_was_frozen() {
    let site = site();
    freeze(site.path(), "2026-Q1");
    restate(site.path(), 71_500, 71_800, "2026-04-20");
    build(site.path());
    let board = page(site.path(), "board/index.html");
    assert_eq!(
        board.named("h1")[0].text(),
        "One quarter is frozen. One figure was restated since."
    );
    assert_eq!(board.the("frozen").named("a").len(), 2);
    let frozen = site.path().join("content/board/2026-q1");
    for (link, name) in board
        .the("frozen")
        .named("a")
        .iter()
        .zip(["index.html", "facts.json"])
    {
        let published = site
            .path()
            .join("public/board")
            .join(&link.attributes["href"]);
        assert_eq!(
            fs::read(&published).unwrap(),
            fs::read(frozen.join(name)).unwrap(),
            "{name}"
        );
    }
}

/// A quarter that is over is offered for freezing once its last session is
/// held, and no longer once it is frozen.
#[test]
fn a_quarter_that_is_over_can_be_frozen() {
    let site = site();
    let offered = |site: &Path| -> Vec<String> {
        build(site);
        let board = page(site, "board/index.html");
        let next = board.classed("next-quarter").into_iter();
        next.map(Element::text).collect()
    };
    assert_eq!(offered(site.path()), [""; 0]);
    fs::create_dir(site.path().join("content/2026-03")).unwrap();
    let february = fs::read_to_string(site.path().join(TELEMETRY)).unwrap();
    let march = "content/2026-03/telemetry.yaml";
    fs::write(
        site.path().join(march),
        february.replace("as_of: 2026-02-26", "as_of: 2026-04-01"),
    )
    .unwrap();
    assert_eq!(
        offered(site.path()),
        [""; 0],
        "its session is still awaited"
    );
    fs::write(
        site.path().join("content/2026-03/leadership.yaml"),
        "date: 2026-04-02\nfollow_up: [ { decision: referral-intake, outcome: done }, { decision: refund-bar, outcome: done } ]\nclosing: { paying_for_itself: unclear }\n",
    )
    .unwrap();
    assert_eq!(
        offered(site.path()),
        ["Q1 2026 is over and can be frozen with quarterdeck snapshot 2026-Q1."]
    );
    freeze(site.path(), "2026-Q1");
    assert_eq!(offered(site.path()), [""; 0]);
}
