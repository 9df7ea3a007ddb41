//! Years of an instance in minutes: the product's own use-cases, tasks and database on a simulated clock, between
//! guests, payers, sites and an owner thrown from a seed, with providers that fail, processes that die between
//! any two commits, full disks and wrong clocks. After each step invariants are checked; one that does not
//! hold ends the run with its seed and step, and the same seed comes to the same step again.
//!
//! Its world, made calm, is also where the conversations of `tests/data/dialogues` are played: what that needs is public.

mod checks;
mod counts;
pub mod faults;
pub mod feeds;
pub mod instance;
pub mod machine;
mod money_checks;
pub mod next_event;
mod owner;
pub mod payments;
pub mod people;
pub mod rng;
mod speech;
mod trial;
pub mod whatsapp;
mod words;
pub mod world;

pub use counts::Counts;

use checks::Broken;
use std::fmt;
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

/// A guard taken away on purpose, to see that the checks can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flaw {
    /// Nothing: the product as it is.
    #[default]
    None,
    /// A night of a cabin may have two holders.
    NoNightKey,
    /// Every payment is entered twice.
    PaymentTwice,
    LostAnswers,
    /// Nights of other channels are not kept.
    LostNights,
    /// What other channels sold is forgotten altogether.
    LostSales,
}

impl Flaw {
    pub const ALL: [Flaw; 5] =
        [Flaw::NoNightKey, Flaw::PaymentTwice, Flaw::LostAnswers, Flaw::LostNights, Flaw::LostSales];

    /// What breaks the instance's database so.
    fn sql(self) -> Option<&'static str> {
        match self {
            Flaw::None => None,
            Flaw::NoNightKey => Some(
                "ALTER TABLE night RENAME TO night_with_key;
                 CREATE TABLE night (cabin_id INTEGER, day TEXT, reservation_id INTEGER, block_id INTEGER,
                                     feed_id INTEGER, taken_at INTEGER);",
            ),
            Flaw::PaymentTwice => Some(
                "CREATE TRIGGER twice AFTER INSERT ON ledger BEGIN
                     INSERT INTO ledger (reservation_id, payment_id, amount_cents, currency, created_at)
                     VALUES (NEW.reservation_id, NEW.payment_id, NEW.amount_cents, NEW.currency, NEW.created_at);
                 END;",
            ),
            Flaw::LostAnswers => Some(
                "CREATE TRIGGER lost AFTER INSERT ON outbound WHEN NEW.id % 7 = 0 BEGIN
                     DELETE FROM outbound WHERE id = NEW.id;
                 END;",
            ),
            Flaw::LostNights => Some(
                "CREATE TRIGGER lost AFTER INSERT ON night WHEN NEW.feed_id IS NOT NULL BEGIN
                     DELETE FROM night WHERE cabin_id = NEW.cabin_id AND day = NEW.day;
                 END;",
            ),
            Flaw::LostSales => Some(
                "CREATE TRIGGER lost AFTER INSERT ON night WHEN NEW.feed_id IS NOT NULL BEGIN
                     DELETE FROM night WHERE cabin_id = NEW.cabin_id AND day = NEW.day;
                 END;
                 CREATE TRIGGER forgotten AFTER INSERT ON feed_night BEGIN
                     DELETE FROM feed_night WHERE feed_id = NEW.feed_id AND day = NEW.day;
                 END;",
            ),
        }
    }
}

/// Why a run ended before its time.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Failure {
    /// An invariant does not hold.
    Broken {
        seed: u64,
        days: u32,
        /// The step after which it was found.
        step: u64,
        /// What must hold.
        rule: &'static str,
        details: String,
        /// What happened just before.
        journal: Vec<String>,
    },
    /// The trial itself could not be made.
    Trial(String),
}

impl Failure {
    fn broken(seed: u64, days: u32, step: u64, broken: Broken, journal: Vec<String>) -> Failure {
        Failure::Broken { seed, days, step, rule: broken.rule, details: broken.details, journal }
    }

    fn trial(error: impl fmt::Display) -> Failure {
        Failure::Trial(error.to_string())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Broken { seed, step, rule, details, .. } => {
                write!(out, "seed {seed}, step {step}: it does not hold that {rule}: {details}")
            }
            Failure::Trial(problem) => write!(out, "the trial could not be made: {problem}"),
        }
    }
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
