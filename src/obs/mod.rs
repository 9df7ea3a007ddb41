//! For the operator: the log and the metrics.

pub mod log;
pub mod metrics;
