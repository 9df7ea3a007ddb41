//! A voice note's bytes.
//!
//! The product catches a decoder's panic and refuses the note; libFuzzer's hook ends the process all the
//! same. It is left in place: a panic here is worth fixing at its cause.
#![no_main]
#![allow(dead_code, reason = "a target uses one of the doors")]

#[path = "../entry_points.rs"]
mod entry_points;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entry_points::audio(bytes));
