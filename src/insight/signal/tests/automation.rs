//! The automations' signals.

use super::one;
use crate::insight::fixture::Fixture;
use crate::insight::signal::{Code, Figures, Tone};

/// A month that reports these automations, by id and any further fields, and
/// what was shipped and retired.
fn month(automations: &[&str], shipped: &str, retired: &str) -> String {
    let live: Vec<String> = automations
        .iter()
        .map(|fields| {
            let (id, more) = fields.split_once(' ').unwrap_or((fields, ""));
            format!("- {{ id: {id}, name: {id} {more} }}\n")
        })
        .collect();
    let list = if live.is_empty() {
        "[]\n".to_owned()
    } else {
        format!("\n{}", live.concat())
    };
    format!(
        "layers: {{ build: {{ shipped: [{shipped}], retired: [{retired}] }} }}\nautomations: {list}"
    )
}

#[test]
fn an_automation_is_silent_when_it_reports_no_run() {
    let silent = |fields: &str| {
        let fixture = Fixture::new()
            .telemetry(1, &month(&["bot , runs: 9, hours_saved: 4"], "", ""))
            .telemetry(2, &month(&[fields], "", ""));
        one(&fixture, 2, Code::AutomationSilent)
    };
    let signal = silent("bot , runs: 0").unwrap();
    assert_eq!(signal.subject.as_deref(), Some("bot"));
    assert_eq!(
        signal.figures,
        Figures::Silent {
            hours_before: Some(4.0)
        }
    );
    assert_eq!(silent("bot , runs: 1"), None);
    assert_eq!(silent("bot"), None);
    let retired = Fixture::new().telemetry(1, &month(&["bot , runs: 0"], "", "bot"));
    assert_eq!(one(&retired, 1, Code::AutomationSilent), None);
}

#[test]
fn pruning_is_due_after_three_run_months_without_a_retirement() {
    let none = month(&["bot"], "", "");
    let three = Fixture::new()
        .telemetry(1, &none)
        .telemetry(2, &none)
        .telemetry(3, &none);
    assert_eq!(one(&three, 2, Code::PruneDue), None);
    let signal = one(&three, 3, Code::PruneDue).unwrap();
    assert_eq!(signal.figures, Figures::NoneRetired { months: 3, live: 1 });
    assert_eq!(signal.subject, None);
    let both = month(&["bot", "old"], "", "");
    for retired_in in 1..=3 {
        let before = (0..retired_in).fold(Fixture::new(), |fixture, number| {
            fixture.telemetry(number, &both)
        });
        let fixture = (retired_in..=3).fold(before, |fixture, number| {
            let retired = if number == retired_in { "old" } else { "" };
            fixture.telemetry(number, &month(&["bot"], "", retired))
        });
        assert_eq!(one(&fixture, 3, Code::PruneDue), None, "{retired_in}");
    }
}

#[test]
fn a_month_before_run_or_without_telemetry_is_no_month_without_a_retirement() {
    let none = month(&["bot"], "", "");
    let before_run = Fixture::new()
        .telemetry(0, &none)
        .telemetry(1, &none)
        .telemetry(2, &none);
    assert_eq!(one(&before_run, 2, Code::PruneDue), None);
    let gap = Fixture::new()
        .telemetry(1, &none)
        .telemetry(2, &none)
        .telemetry(4, &none)
        .telemetry(5, &none);
    for number in 3..=5 {
        assert_eq!(one(&gap, number, Code::PruneDue), None, "{number}");
    }
    let unreported = Fixture::new()
        .telemetry(1, &none)
        .telemetry(2, &none)
        .held(3, "yes", "");
    assert_eq!(one(&unreported, 3, Code::PruneDue), None);
}

#[test]
fn a_marked_automation_is_due_in_any_month() {
    let marked = Fixture::new().telemetry(1, &month(&["bot , runs: 3, prune: true"], "", ""));
    let signal = one(&marked, 1, Code::PruneDue).unwrap();
    assert_eq!(signal.subject.as_deref(), Some("bot"));
    assert_eq!(signal.tone, Tone::Neutral);
    assert_eq!(
        signal.figures,
        Figures::Marked {
            runs: Some(3),
            hours_saved: None
        }
    );
    let kept = Fixture::new().telemetry(1, &month(&["bot , prune: false"], "", ""));
    assert_eq!(one(&kept, 1, Code::PruneDue), None);
    let gone = Fixture::new().telemetry(1, &month(&["bot , prune: true"], "", "bot"));
    assert_eq!(one(&gone, 1, Code::PruneDue), None);
}

/// Run months 1 to `last` in which month 2 ships so many automations and
/// month 3 retires so many of the ones there were.
fn grown(last: i32, shipped: usize, retired: usize) -> Fixture {
    let old = ["o1", "o2", "o3", "o4"];
    let new = ["n1", "n2", "n3", "n4"];
    (1..=last).fold(Fixture::new(), |fixture, number| {
        let kept = if number < 3 {
            &old[..]
        } else {
            &old[retired..]
        };
        let added = if number < 2 { &[][..] } else { &new[..shipped] };
        let live: Vec<&str> = kept.iter().chain(added).copied().collect();
        let shipped = if number == 2 {
            added.join(", ")
        } else {
            String::new()
        };
        let retired = if number == 3 {
            old[..retired].join(", ")
        } else {
            String::new()
        };
        fixture.telemetry(number, &month(&live, &shipped, &retired))
    })
}

#[test]
fn it_sprawls_when_less_than_half_of_what_came_went() {
    let signal = one(&grown(6, 4, 1), 6, Code::Sprawl).unwrap();
    assert_eq!(
        signal.figures,
        Figures::Sprawl {
            months: 6,
            added: 4,
            retired: 1,
            threshold: 0.5
        }
    );
    assert_eq!(one(&grown(6, 4, 2), 6, Code::Sprawl), None);
    assert_eq!(one(&grown(6, 4, 3), 6, Code::Sprawl), None);
    assert!(one(&grown(6, 1, 0), 6, Code::Sprawl).is_some());
    // Nothing added is nothing to sprawl; what Run began with wasn't added.
    assert_eq!(one(&grown(6, 0, 0), 6, Code::Sprawl), None);
    assert_eq!(one(&grown(5, 4, 0), 5, Code::Sprawl), None);
    // By month 8 what month 2 shipped is longer ago than half a year.
    assert!(one(&grown(7, 4, 0), 7, Code::Sprawl).is_some());
    assert_eq!(one(&grown(8, 4, 0), 8, Code::Sprawl), None);
}

#[test]
fn an_automation_that_appears_unshipped_was_added() {
    let live = |number: i32| {
        if number < 4 {
            vec!["bot"]
        } else {
            vec!["bot", "sly"]
        }
    };
    let fixture = (1..=6).fold(Fixture::new(), |fixture, number| {
        fixture.telemetry(number, &month(&live(number), "", ""))
    });
    assert!(one(&fixture, 6, Code::Sprawl).is_some());
    // Six months are needed, each with telemetry.
    let gap = fixture.without("2025-05/telemetry.yaml");
    assert_eq!(one(&gap, 6, Code::Sprawl), None);
}

#[test]
fn the_register_tells_each_life() {
    let fixture = Fixture::new()
        .telemetry(1, &month(&["old , runs: 5, hours_saved: 1.5"], "", ""))
        .telemetry(2, &month(&["old , runs: 0", "bot , layer: data, runs: 7"], "bot", ""))
        .telemetry(3, &month(&["old", "bot , runs: 8", "sly"], "bot", ""))
        .held(
            3,
            "yes",
            "decisions: [ { id: tune, action: retune, what: Tune, automation: bot, owner: coo, due: 2025-05-01 } ]",
        )
        .telemetry(4, &month(&["bot , runs: 9", "sly"], "", "old"));
    let fixture = fixture.edit(
        "2025-04/telemetry.yaml",
        "build: {",
        "build: { broke: [bot],",
    );
    let register = fixture.insights().automations;
    let run = crate::insight::fixture::run;
    let old = &register.lives["old"];
    assert!(old.initial && !old.live);
    assert_eq!((old.entered, old.retired), (run(1), Some(run(4))));
    assert_eq!(old.runs.latest, Some((run(2), 0.0)));
    assert_eq!(old.runs.total, Some(5.0));
    assert_eq!(old.hours_saved.total, Some(1.5));
    let bot = &register.lives["bot"];
    assert!(!bot.initial && bot.live);
    assert_eq!((bot.entered, bot.retired), (run(2), None));
    assert_eq!(bot.shipped, [run(2), run(3)]);
    assert_eq!(bot.retuned, [(run(3), "tune".to_owned())]);
    assert_eq!(bot.broke, [run(4)]);
    assert_eq!(bot.hours_saved.total, None);
    assert_eq!(bot.runs.total, Some(24.0));
    // Shipping more of a live automation doesn't add one.
    let added: Vec<Vec<&String>> = register
        .movements
        .values()
        .map(|movement| movement.added.iter().collect())
        .collect();
    assert_eq!(added, [vec![], vec!["bot"], vec!["sly"], vec![]]);
    let live: Vec<usize> = register
        .movements
        .values()
        .map(|movement| movement.live)
        .collect();
    assert_eq!(live, [1, 2, 3, 2]);
    assert_eq!(register.live().count(), 2);
}
