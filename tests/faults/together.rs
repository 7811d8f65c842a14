//! Builds at once into one output.

use std::fs;
use std::thread;
use std::time::Duration;

use super::ground::EDITIONS;
use super::round::Round;
use super::shim::Rule;
use super::tree::{difference, tree};

/// Up to five, of the same content and of another: each succeeds or says who
/// is at work, and one of their trees stands.
pub fn at_once(round: &mut Round) -> &'static str {
    let other = (round.new + round.chance.between(0, EDITIONS as u32 - 1) as usize) % EDITIONS;
    round.ground.write_edition("other", other);
    round.lay();
    let running: Vec<_> = (0..round.chance.between(2, 5))
        .map(|at| {
            let root = if at == 0 || round.chance.percent(50) {
                "site"
            } else {
                "other"
            };
            let command = round.ground.build(root);
            (root, round.ground.start(command))
        })
        .collect();
    let processes: Vec<u32> = running
        .iter()
        .map(|(_, running)| running.process())
        .collect();
    let mut built = Vec::new();
    for (root, running) in running {
        let ended = running.end();
        if ended.code == Some(0) {
            built.push(if root == "site" { round.new } else { other });
            continue;
        }
        let ended = ended
            .with(3)
            .saying(&["is being written by another build (process "]);
        let named = |process: &u32| ended.err.contains(&format!("(process {process})"));
        assert!(processes.iter().any(named), "{ended:#?}");
    }
    assert!(round.ground.standing(&built).is_some());
    round.settle();
    let _ = fs::remove_dir_all(round.ground.path("other"));
    "one of their trees stands"
}

/// The leadership's site and the board's into one place.
pub fn both_audiences(round: &mut Round) -> &'static str {
    let mut commands = vec![
        round.ground.build("site"),
        round.ground.build_for_board("site"),
    ];
    if round.chance.percent(50) {
        commands.reverse();
    }
    let running: Vec<_> = commands
        .into_iter()
        .map(|command| round.ground.start(command))
        .collect();
    for running in running {
        running.end().with(0);
    }
    let stands = tree(&round.ground.output()).unwrap();
    let whole = &round.ground.whole[round.new];
    assert!(
        stands == *whole || stands == round.ground.board,
        "{}",
        difference(&stands, whole)
    );
    round.settle();
    "one of their trees stands"
}

/// Who waits too long is told who is at work.
pub fn waits_for_another(round: &mut Round) -> &'static str {
    let write = round.chance.between(2, 20);
    waits_for_one_at(round, write)
}

/// The other has come to this write. Its first signs the lock.
pub fn waits_for_one_at(round: &mut Round, write: u32) -> &'static str {
    let out = round.ground.path("out");
    let rule = Rule::new("write", &out, write, 1, "pause");
    let command = round.ground.build("site");
    let mut holder = round.ground.start_with(command, &[rule]);
    let control = round.ground.control();
    while !control.join("paused").exists() {
        assert!(!holder.is_over());
        thread::sleep(Duration::from_millis(1));
    }
    let command = round.ground.build("site");
    let process = format!(
        "is being written by another build (process {})",
        holder.process()
    );
    let ended = round.ground.run(command).with(3);
    let output = round.ground.output();
    let ended = ended.saying(&[
        output.to_str().unwrap(),
        &process,
        "wait until the other build has ended",
    ]);
    round.judge(&ended);
    fs::write(control.join("go"), "").unwrap();
    let ended = holder.end().with(0);
    round.end(&ended);
    "the second says who is at work"
}
