//! A guest's words.
#![no_main]
#![allow(dead_code, reason = "a target uses one of the doors")]

#[path = "../doors.rs"]
mod doors;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| doors::understanding(bytes));
