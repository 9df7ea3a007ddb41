#![doc = include_str!("ARCHITECTURE.md")]
// Rules for code that ships: a test may be long, and reads the clock of the machine that it runs on.
#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::too_many_lines, clippy::exit))]

pub mod adapters;
pub mod app;
pub mod boot;
pub mod calendars;
pub mod cli;
pub mod config;
pub mod dialogue;
pub mod domain;
pub mod fake_vendors;
pub mod jobs;
pub mod obs;
pub mod ports;
pub mod simulation;
pub mod store;
pub mod sys;
pub mod understanding;
pub mod web;
