//! Threads that don't sleep between two steps of a build.
//!
//! A site is made in a dozen steps, and between two of them most threads have nothing to
//! do for a moment. One that sleeps has to be woken, and the system may wake it on a
//! processor that is busy while another has nothing to do: a site of 24 months takes a
//! twentieth longer then.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rayon::Yield;

/// How long a thread looks for something to do before it sleeps all the same.
const PATIENCE: Duration = Duration::from_millis(2);

/// How many threads do so: of dozens, most would only be in each other's way.
const MOST_AWAKE: usize = 4;

/// Keeps rayon's threads awake as long as it is there. One that had nothing to do for
/// [`PATIENCE`] isn't kept any more.
#[derive(Debug)]
pub struct Awake(Arc<AtomicBool>);

impl Awake {
    /// From now on.
    pub fn new() -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let awake = Awake(Arc::clone(&is_over));
        rayon::spawn_broadcast(move |thread| {
            if thread.index() < MOST_AWAKE {
                stay_awake(&is_over);
            }
        });
        awake
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn stay_awake(is_over: &AtomicBool) {
    let mut idle_since = None;
    while !is_over.load(Ordering::Relaxed) {
        if rayon::yield_now() == Some(Yield::Executed) {
            idle_since = None;
            continue;
        }
        if idle_since.get_or_insert_with(Instant::now).elapsed() > PATIENCE {
            return;
        }
        // Whoever else wants the processor has it.
        thread::yield_now();
    }
}
