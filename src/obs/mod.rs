//! What an operator sees: the log and the numbers.

pub mod log;
pub mod metrics;
