//! Another channel's calendar, read and merged with the known state.
#![no_main]
#![allow(dead_code, reason = "a target uses one of the doors")]

#[path = "../entry_points.rs"]
mod entry_points;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entry_points::calendar(bytes));
