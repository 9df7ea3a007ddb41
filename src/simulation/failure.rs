//! Failure of a run, for its caller.

use super::broken::Broken;
use std::fmt;

/// Reason why a run ended early.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Failure {
    /// A violated invariant.
    Broken {
        seed: u64,
        days: u32,
        /// The step after which it was found.
        step: u64,
        /// The invariant.
        rule: &'static str,
        details: String,
        /// The events just before.
        journal: Vec<String>,
    },
    /// The simulation itself failed.
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
