//! Clocks and times that are wrong.

use std::fs::File;
use std::process::Command;
use std::time::{Duration, SystemTime};

use super::round::Round;
use super::tree::tree;

const YEAR: u64 = 365 * 24 * 60 * 60;

/// The wall clock set back or ahead, and files from the past or the future:
/// a build skips no change and doesn't fail.
pub fn is_wrong(round: &mut Round) -> &'static str {
    let years = i64::from(round.chance.between(0, 130)) - 65;
    for place in ["site", "out/public"] {
        if round.chance.percent(60) {
            let place = round.ground.path(place);
            let years = u64::from(round.chance.between(1, 60));
            let ahead = round.chance.percent(50);
            for entry in walkdir::WalkDir::new(place).into_iter().map(Result::unwrap) {
                if entry.path_is_symlink() {
                    continue;
                }
                let away = Duration::from_secs(years * YEAR);
                let now = SystemTime::now();
                let time = if ahead { now + away } else { now - away };
                File::open(entry.path())
                    .unwrap()
                    .set_modified(time)
                    .unwrap();
            }
        }
    }
    round.lay();
    for _ in 0..2 {
        let mut command = round.ground.build("site");
        command.env("QD_CLOCK", (years * YEAR.cast_signed()).to_string());
        let ended = round.ground.run_with(command, &[]).with(0);
        round.end(&ended);
    }
    "built"
}

/// A commit from another time.
pub fn commit_is_old_or_new(round: &mut Round) -> &'static str {
    let site = round.ground.path("site");
    let date = round
        .chance
        .pick(&["1971-01-01T00:00:00Z", "2098-12-31T23:59:59Z"]);
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "--all"],
        &["commit", "--quiet", "-m", "x"],
    ] {
        let mut git = Command::new("git");
        git.arg("-C")
            .arg(&site)
            .args(["-c", "user.name=A", "-c", "user.email=a@example.com"]);
        git.args(["-c", "commit.gpgsign=false"]).args(arguments);
        let done = git
            .env("GIT_AUTHOR_DATE", date)
            .env("GIT_COMMITTER_DATE", date)
            .status();
        assert!(done.unwrap().success(), "{git:?}");
    }
    round.lay();
    round.ground.run(round.ground.build("site")).with(0);
    let plain = tree(&round.ground.output()).unwrap();
    round.ground.stand(round.former);
    let mut command = round.ground.build("site");
    command.env("QD_CLOCK", (-40 * YEAR.cast_signed()).to_string());
    round.ground.run_with(command, &[]).with(0);
    assert!(
        tree(&round.ground.output()).unwrap() == plain,
        "the clock shows in the pages"
    );
    "built"
}
