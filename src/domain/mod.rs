//! Booking rules: values in, values out. No clock, no I/O, no async.

pub mod language;
