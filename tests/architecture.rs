//! The pipeline's order, held: a stage imports only stages to its left, one
//! place writes files, one makes URLs, and none that makes a page knows the
//! time.

#[path = "architecture/habit.rs"]
mod habit;
#[path = "architecture/reach.rs"]
mod reach;
#[path = "architecture/source.rs"]
mod source;

use reach::STAGES;
use source::Source;

#[test]
fn every_stage_imports_only_stages_to_its_left() {
    let sources = source::all();
    let violations: Vec<String> = sources.iter().flat_map(reach::violations).collect();
    assert!(
        violations.is_empty(),
        "against the stages' order:\n{}",
        violations.join("\n")
    );
}

/// The test above would pass on a scan that sees nothing.
#[test]
fn the_scan_sees_every_stage_and_its_imports() {
    let sources = source::all();
    for stage in STAGES {
        assert!(
            sources
                .iter()
                .any(|source| source.module.first().is_some_and(|first| first == stage)),
            "{stage}"
        );
    }
    let to_the_left = |own: &str, to: &str| {
        let own = sources
            .iter()
            .filter(|source| source.module.first().is_some_and(|first| first == own));
        own.flat_map(reach::reaches)
            .filter(|reach| reach.target.first().is_some_and(|first| first == to))
            .count()
    };
    assert!(to_the_left("engagement", "source") > 10);
    assert!(to_the_left("insight", "engagement") > 5);
    assert!(to_the_left("publish", "site") > 0);
}

#[test]
fn only_publish_writes_only_route_makes_urls_no_stage_asks_the_time_or_panics_without_reason() {
    let faults = habit::faults(&source::all());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What a board reads is made from a view that lets in what was chosen for it.
/// The code that makes it can't name what holds the rest.
#[test]
fn the_memo_is_made_without_the_engagement() {
    let sources = source::all();
    let memo: Vec<&Source> = sources
        .iter()
        .filter(|source| source.path.starts_with("src/site/memo"))
        .collect();
    assert!(memo.len() > 5, "the memo has moved");
    for source in memo {
        for name in ["Engagement", "Insights"] {
            assert!(
                !source::names(&source.tokens, name),
                "{} names `{name}`",
                source.path
            );
        }
    }
    let around = Source::new(
        "src/site/memo/x.rs",
        "fn f() { g(format!(\"{}\", Engagement::default())) }",
    );
    assert!(source::names(&around.tokens, "Engagement"));
}

/// What a page is made from is asked of its context, which notes each question:
/// else a page that a change reaches could be taken for one that it doesn't.
/// What answers a question may name the whole.
#[test]
fn a_page_reaches_the_engagement_by_its_context_alone() {
    let answers = [
        "src/site/page/context.rs",
        "src/site/page/context/asked.rs",
        "src/site/page/context/workshop.rs",
        "src/site/page/sequence.rs",
        "src/site/page/headline/overview.rs",
    ];
    let sources = source::all();
    let pages = sources.iter().filter(|source| {
        let is_page = source.path.starts_with("src/site/page");
        is_page && !answers.contains(&&*source.path) && !source.path.ends_with("tests.rs")
    });
    let pages: Vec<&Source> = pages.collect();
    assert!(pages.len() > 30, "the pages have moved");
    for source in pages {
        for name in ["Engagement", "Known"] {
            assert!(
                !source::names(&source.tokens, name),
                "{} names `{name}`: ask the context",
                source.path
            );
        }
    }
}

/// The lines of a made-up file at which violations are found.
fn lines(path: &str, text: &str) -> Vec<usize> {
    let source = Source::new(path, text);
    let violations = reach::violations(&source);
    let line = |message: &String| {
        let rest = message
            .strip_prefix(path)
            .unwrap()
            .strip_prefix(':')
            .unwrap();
        rest.split(':').next().unwrap().parse().unwrap()
    };
    violations.iter().map(line).collect()
}

#[test]
fn a_violation_is_named_with_its_file_line_and_stages() {
    let text = "use std::fmt;\n\nuse crate::publish::bundle::Bundle;\n";
    assert_eq!(
        reach::violations(&Source::new("src/insight/series.rs", text)),
        [
            "src/insight/series.rs:3: `crate::publish::bundle::Bundle` leads from insight to publish, a later stage"
        ]
    );
}

/// A way to reach a later stage from an engagement's rule, and what it is called.
const FORMS: [(&str, &str); 26] = [
    ("a use", "use crate::site::route::Route;"),
    ("a re-export", "pub(crate) use crate::serve as host;"),
    (
        "a group",
        "use crate::{diagnostic::Report, source::month::{self, Month}, insight::series::Series};",
    ),
    (
        "a nested group",
        "use crate::{diagnostic::Report, insight::{series::{Series}}};",
    ),
    ("a group without a root", "use {std::fmt, crate::command};"),
    ("a glob", "use crate::site::*;"),
    ("a type in code", "fn f(page: &crate::site::page::Page) {}"),
    (
        "a call in code",
        "fn f() { let x = 1 + crate::publish::write::<u8>(); }",
    ),
    (
        "a turbofish",
        "fn f() { Vec::<crate::site::route::Route>::new(); }",
    ),
    (
        "a macro's arguments",
        "fn f() { println!(\"{}\", crate::serve::address()); }",
    ),
    (
        "a macro's definition",
        "macro_rules! m { () => { $crate::command::run() } }",
    ),
    ("a macro of the root", "fn f() { crate::shout!(); }"),
    ("an attribute", "#[derive(crate::site::Page)] struct S;"),
    (
        "super to another stage",
        "use super::super::super::site::route::Route;",
    ),
    (
        "super in code",
        "fn f() { super::super::super::publish::write() }",
    ),
    ("self and super", "use self::super::super::super::insight;"),
    (
        "super from within",
        "mod inner { use super::super::super::super::insight::series; }",
    ),
    (
        "a test",
        "#[cfg(test)] mod tests { use crate::site::route::Route; }",
    ),
    ("the crate renamed", "use crate as q;"),
    (
        "the crate renamed by super",
        "use super::super::super as q;",
    ),
    ("the crate renamed in a group", "use crate::{self as q};"),
    ("everything of the crate", "use super::super::super::*;"),
    ("what the root re-exports", "use crate::Bundle;"),
    ("a second name of the crate", "extern crate self as q;"),
    (
        "a module from elsewhere",
        "#[path = \"../../publish/write.rs\"] mod write;",
    ),
    (
        "code from elsewhere",
        "include!(\"../../publish/write.rs\");",
    ),
];

#[test]
fn a_violation_is_found_in_every_form() {
    let path = "src/engagement/rules/seat_known.rs";
    for (form, text) in FORMS {
        assert_eq!(lines(path, text), [1], "{form}: {text}");
        assert_eq!(
            lines(path, &format!("//! It.\n\n{text}\n")),
            [3],
            "{form}: {text}"
        );
    }
}

#[test]
fn what_lies_to_the_left_or_within_is_no_violation() {
    for text in [
        "use crate::source::document::{Outcome, TelemetryFile as File};",
        "use crate::{diagnostic::{Diagnostic, Report}, engagement::{self, Engagement}};",
        "use super::super::{check::Check, telemetry::*};",
        "use super::*;",
        "mod tests { use super::*; use super::super::segment::Segment; }",
        "pub(crate) fn f(&self) -> u8 { self.site.publish + Self::site() }",
        "pub(in crate::engagement) struct S;",
        "fn f(self) -> impl Iterator<Item = u8> + use<'_> { self::g(self) }",
        "// use crate::site::route::Route;\nfn f() {}",
        "/// As [`Route`](crate::site::route::Route).\nfn f() { g(\"crate::site\") }",
        "use site::Route; use charts_rs::site; fn f() { ::publish::write() }",
    ] {
        assert_eq!(
            lines("src/engagement/rules/seat_known.rs", text),
            [0_usize; 0],
            "{text}"
        );
    }
    let everything = "use crate::command; use crate as q;";
    assert_eq!(lines("src/main.rs", everything), [0_usize; 0]);
    assert_eq!(
        lines("src/serve/mod.rs", "use crate::publish; use super::site;"),
        [0_usize; 0]
    );
    assert_eq!(
        lines("src/site/mod.rs", "use crate::site; use super::serve;"),
        [1]
    );
    assert_eq!(lines("src/diagnostic.rs", "use crate::source;"), [1]);
    assert_eq!(lines("src/stray.rs", "fn f() {}"), [1]);
}

/// What `habit` finds in one made-up file.
fn faults(path: &str, text: &str) -> usize {
    habit::faults(&[Source::new(path, text)]).len()
}

#[test]
fn habits_are_found_where_they_may_not_be() {
    for text in [
        "fn f() { fs::write(path, bytes) }",
        "use std::fs::{self, File, rename};",
        "fn f() { std::fs::create_dir_all(path) }",
        "fn f() { File::create(path) }",
        "use tempfile::NamedTempFile;",
    ] {
        assert!(faults("src/command/init.rs", text) > 0, "{text}");
        assert_eq!(faults("src/publish/write.rs", text), 0, "{text}");
        assert_eq!(
            faults(
                "src/command/init.rs",
                &format!("#[cfg(test)] mod tests {{ {text} }}")
            ),
            0
        );
    }
    let harmless = "fn f() { fs::read(path); text.write(x); io::copy(a, b); write!(out, \"\"); }";
    assert_eq!(faults("src/command/init.rs", harmless), 0);

    let link = "fn f() -> String { format!(\"{slug}/index.html\") }";
    assert_eq!(faults("src/site/page/view.rs", link), 1);
    assert_eq!(faults("src/site/route.rs", link), 0);
    assert_eq!(
        faults(
            "src/site/page/view.rs",
            "/// Ends in `index.html`.\nfn f() {}"
        ),
        0
    );

    let clock = "fn f() { let now = std::time::SystemTime::now(); }";
    assert_eq!(faults("src/site/page/frame.rs", clock), 1);
    assert_eq!(faults("src/serve/watch.rs", clock), 0);

    for giving_up in [
        "x.unwrap()",
        "x.expect(\"a number\")",
        "panic!(\"no\")",
        "todo!()",
    ] {
        let text = format!("fn f() {{\n    {giving_up}\n}}");
        assert_eq!(faults("src/insight/mod.rs", &text), 1, "{text}");
        let text = format!("fn f() {{\n    // It was checked.\n    {giving_up}\n}}");
        assert_eq!(faults("src/insight/mod.rs", &text), 0, "{text}");
        let text = format!("fn f() {{\n    {giving_up} // It was checked.\n}}");
        assert_eq!(faults("src/insight/mod.rs", &text), 0, "{text}");
    }
    assert_eq!(
        faults(
            "src/insight/mod.rs",
            "fn f() { x.unwrap_or_default(); unwrap(x); }"
        ),
        0
    );
}

#[test]
fn a_test_module_in_a_file_of_its_own_is_a_test() {
    let sources = [
        Source::new(
            "src/site/chart/mod.rs",
            "#[cfg(test)]\nmod tests;\nmod axis;",
        ),
        Source::new("src/site/chart/tests/mod.rs", "mod kpi;"),
        Source::new("src/site/chart/tests/kpi.rs", "fn f() { x.unwrap() }"),
        Source::new("src/site/chart/axis.rs", "fn f() { x.unwrap() }"),
    ];
    let faults = habit::faults(&sources);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(
        faults[0].starts_with("src/site/chart/axis.rs:1: "),
        "{faults:?}"
    );
}
