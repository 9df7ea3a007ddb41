//! Why a run ends, as its caller hears it.

use super::broken::Broken;
use std::fmt;

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
    pub(super) fn broken(seed: u64, days: u32, step: u64, broken: Broken, journal: Vec<String>) -> Failure {
        Failure::Broken { seed, days, step, rule: broken.rule, details: broken.details, journal }
    }

    pub(super) fn trial(error: impl fmt::Display) -> Failure {
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
