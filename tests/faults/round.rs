//! One round: what stands, what is to be built, and what must hold after.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use super::chance::Chance;
use super::ground::{EDITIONS, Ground};
use super::running::Ended;
use super::tree::Trace;

pub struct Round<'a> {
    pub ground: &'a mut Ground,
    pub chance: Chance,
    /// The edition that stands.
    pub former: usize,
    /// The one that is to be built.
    pub new: usize,
    /// The sources as they were laid.
    pub before: BTreeMap<PathBuf, Trace>,
}

impl Round<'_> {
    /// Lays the sources of an edition beside the tree of another.
    pub fn new(ground: &mut Ground, seed: u64) -> Round<'_> {
        let mut chance = Chance::new(seed.wrapping_mul(0x9e37_79b9));
        let editions: Vec<usize> = (0..EDITIONS).collect();
        let former = chance.pick(&editions);
        let new = (former + chance.between(1, EDITIONS as u32 - 1) as usize) % EDITIONS;
        ground.begin(former, new);
        let before = ground.sources();
        Round {
            ground,
            chance,
            former,
            new,
            before,
        }
    }

    /// Takes the sources as they are now for what must not be touched.
    pub fn lay(&mut self) {
        self.before = self.ground.sources();
    }

    /// What must hold after a build of the new edition, however it ended.
    #[track_caller]
    pub fn judge(&mut self, ended: &Ended) -> &'static str {
        self.ground.assert_untouched(&self.before);
        let either = [self.former, self.new];
        let (stands, ending) = match (ended.code, ended.signal) {
            (Some(0), _) => (self.ground.standing(&[self.new]), "built"),
            (Some(3), _) => {
                explained(ended);
                let stands = self.ground.standing(&[self.former]);
                (stands, "failed, the former site stays")
            }
            (None, Some(_)) => match self.ground.standing(&either) {
                Some(stands) if stands == self.new => {
                    (Some(stands), "killed, the new site is there")
                }
                stands => (stands, "killed, the former site stays"),
            },
            _ => panic!("it must not end so: {ended:#?}"),
        };
        assert!(stands.is_some(), "there is no site: {ended:#?}");
        ending
    }

    /// The sources are as they were, and the next build succeeds.
    #[track_caller]
    pub fn settle(&mut self) {
        self.ground.assert_next_build(self.new);
        self.ground.assert_untouched(&self.before);
    }

    /// Judges and settles.
    #[track_caller]
    pub fn end(&mut self, ended: &Ended) -> &'static str {
        let ending = self.judge(ended);
        self.settle();
        ending
    }

    /// A failure is told in words: what failed, where, why, and what to do.
    #[track_caller]
    pub fn told(&self, ended: &Ended, errno: i32) {
        if ended.code != Some(3) {
            return;
        }
        let reason = io::Error::from_raw_os_error(errno).to_string();
        let reason = reason.split(" (os error").next().unwrap().to_owned();
        let home = self.ground.path("");
        let home = home.to_str().unwrap();
        assert!(
            ended.err.contains(&reason) && ended.err.contains(home),
            "`{reason}` or the path isn't said: {ended:#?}"
        );
    }
}

#[track_caller]
fn explained(ended: &Ended) {
    assert!(
        ended.err.contains("error: ") && ended.err.contains("  help: "),
        "no words: {ended:#?}"
    );
}
