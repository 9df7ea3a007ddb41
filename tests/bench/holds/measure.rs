//! Timed loops: concurrent clients, each starting its next turn when the last one is answered, and statistics
//! of the turns.

#![allow(dead_code, reason = "each measurement uses its part of it")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How long one loop runs: enough turns for a 99th percentile on a slow disk.
const TIME_MAX: Duration = Duration::from_secs(5);
/// Most turns, so that no loop runs out of nights.
const TURNS_MAX: usize = 20_000;

pub struct Timings {
    /// Shortest first.
    turns: Vec<Duration>,
    elapsed: Duration,
}

impl Timings {
    pub fn new(mut turns: Vec<Duration>, elapsed: Duration) -> Timings {
        turns.sort_unstable();
        Timings { turns, elapsed }
    }

    /// Turns a second.
    pub fn rate(&self) -> f64 {
        self.turns.len() as f64 / self.elapsed.as_secs_f64()
    }

    pub fn count(&self) -> usize {
        self.turns.len()
    }

    /// Percentile of the turns' times, in milliseconds.
    pub fn percentile(&self, percent: usize) -> f64 {
        let last = self.turns.len().saturating_sub(1);
        let turn = self.turns.get((self.turns.len() * percent / 100).min(last));
        turn.map_or(f64::NAN, |turn| turn.as_secs_f64() * 1000.0)
    }
}

/// Hands out turns until time or count is over.
pub struct Bell {
    begun: Instant,
    turns: AtomicUsize,
}

impl Bell {
    pub fn ring() -> Bell {
        Bell { begun: Instant::now(), turns: AtomicUsize::new(0) }
    }

    /// The number of the next turn, or `None` when it is over.
    pub fn turn(&self) -> Option<usize> {
        let turn = self.turns.fetch_add(1, Ordering::Relaxed);
        (turn < TURNS_MAX && self.begun.elapsed() < TIME_MAX).then_some(turn)
    }

    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }
}

/// Runs each client on a thread of its own.
pub fn race<C: Send>(clients: Vec<C>, turn: impl Fn(&mut C, usize) + Sync) -> Timings {
    let bell = Bell::ring();
    let run = |mut client: C| {
        let mut turns = Vec::new();
        while let Some(number) = bell.turn() {
            let begun = Instant::now();
            turn(&mut client, number);
            turns.push(begun.elapsed());
        }
        turns
    };
    let turns = std::thread::scope(|scope| {
        let threads: Vec<_> = clients.into_iter().map(|client| scope.spawn(|| run(client))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a client ends well")).collect()
    });
    Timings::new(turns, bell.elapsed())
}
