//! Requests to the whole router.
#![no_main]
#![allow(dead_code, reason = "a target uses one of the doors")]

#[path = "../api.rs"]
mod api;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| api::knock(bytes));
