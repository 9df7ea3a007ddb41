#![doc = include_str!("ARCHITECTURE.md")]

pub mod adapters;
pub mod app;
pub mod calendars;
pub mod dialogue;
pub mod domain;
pub mod jobs;
pub mod ports;
pub mod sim;
pub mod store;
pub mod understanding;
pub mod web;
