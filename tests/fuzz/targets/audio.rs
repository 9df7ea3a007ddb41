//! A voice note's bytes.
//!
//! A decoder that panics is caught by the product and refused in words; libFuzzer's hook would end the process all the same.
//! It is left in place: what panics here is worth mending at its cause.
#![no_main]
#![allow(dead_code, reason = "a target uses one of the doors")]

#[path = "../entry_points.rs"]
mod entry_points;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entry_points::audio(bytes));
