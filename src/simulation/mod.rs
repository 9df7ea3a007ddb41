//! Years of an instance in minutes: the product's own use-cases, tasks and database on a simulated clock, between
//! guests, payers, sites and an owner thrown from a seed, with providers that fail, processes that die between
//! any two commits, full disks and wrong clocks. After each step invariants are checked; one that does not
//! hold ends the run with its seed and step, and the same seed comes to the same step again.
//!
//! Its world, made calm, is also where the conversations of `tests/data/dialogues` are played: what that needs is public.

mod broken;
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

/// Days that one instance lives: the years of a long run are many instances of one year.
pub const DAYS_OF_AN_INSTANCE: u32 = 365;

#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// The first instance's seed; the next instances have the next ones.
    pub seed: u64,
    pub days: u32,
    /// Instances at the same time, each on a thread of its own.
    pub threads: usize,
    pub flaw: Flaw,
}

#[derive(Debug, Clone, Default)]
pub struct RunResult {
    /// What happened, in all instances that came to their end.
    pub counts: Counts,
    pub days: u32,
    /// Invariants that did not hold, one for each instance in which it was so.
    pub failures: Vec<Failure>,
}

/// Runs the plan; `tell` hears of each failure at once. `stop_at_first` ends it with the first of them.
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

/// One instance on this thread.
fn live(seed: u64, days: u32, flaw: Flaw) -> Result<Counts, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(Failure::trial)?;
    runtime.block_on(async { Trial::new(seed, days, flaw).await?.run().await })
}
