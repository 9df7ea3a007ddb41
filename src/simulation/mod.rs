//! Simulates years of an instance in minutes: the product's own use-cases, tasks and database on a simulated
//! clock, with guests, payers, sites and an owner drawn from a seed, failing providers, crashes between any
//! two commits, full disks and wrong clocks. Invariants are checked after each step; a violated one ends the
//! run with its seed and step, and the same seed reproduces it.
//!
//! The conversations of `tests/data/dialogues` are played in the same world without faults: the items they
//! need are public.

mod broken;
mod channel_checks;
mod checks;
mod counts;
mod failure;
pub mod faults;
pub mod feeds;
mod flaw;
pub mod instance;
pub mod machine;
mod money_checks;
pub mod next_event;
mod owner;
pub mod payment_state;
pub mod payments;
pub mod people;
pub mod person;
mod promises;
pub mod rng;
pub mod site;
mod speech;
mod trial;
pub mod whatsapp;
pub mod whatsapp_state;
mod words;
pub mod world;

pub use counts::Counts;
pub use failure::Failure;
pub use flaw::Flaw;

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use trial::Trial;

/// Days of one instance: a long run is many instances of one year.
pub const DAYS_OF_AN_INSTANCE: u32 = 365;

#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Seed of the first instance; each further one adds 1.
    pub seed: u64,
    pub days: u32,
    /// Instances at the same time, each on a thread of its own.
    pub threads: usize,
    pub flaw: Flaw,
}

#[derive(Debug, Clone, Default)]
pub struct RunResult {
    /// Counts of all instances that reached their end.
    pub counts: Counts,
    pub days: u32,
    /// Violated invariants, at most one per instance.
    pub failures: Vec<Failure>,
}

/// Runs the plan; `report` is called at each failure. `stop_at_first` ends the run with the first one.
pub fn run(plan: &Plan, stop_at_first: bool, report: impl Fn(&Failure) + Sync) -> RunResult {
    let instances = plan.days.div_ceil(DAYS_OF_AN_INSTANCE) as usize;
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let outcome = Mutex::new(RunResult::default());
    std::thread::scope(|scope| {
        for _ in 0..plan.threads.clamp(1, instances.max(1)) {
            scope.spawn(|| {
                while !stop.load(Relaxed) {
                    let instance = next.fetch_add(1, Relaxed);
                    if instance >= instances {
                        return;
                    }
                    let days = (plan.days - instance as u32 * DAYS_OF_AN_INSTANCE).min(DAYS_OF_AN_INSTANCE);
                    let lived = live(plan.seed + instance as u64, days, plan.flaw);
                    let mut outcome = outcome.lock().unwrap_or_else(PoisonError::into_inner);
                    match lived {
                        Ok(counts) => {
                            outcome.counts.add(&counts);
                            outcome.days += days;
                        }
                        Err(failure) => {
                            report(&failure);
                            outcome.failures.push(failure);
                            stop.store(stop_at_first, Relaxed);
                        }
                    }
                }
            });
        }
    });
    outcome.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Runs one instance on this thread.
fn live(seed: u64, days: u32, flaw: Flaw) -> Result<Counts, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(Failure::trial)?;
    runtime.block_on(async { Trial::new(seed, days, flaw).await?.run().await })
}
