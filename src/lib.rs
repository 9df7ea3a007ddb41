//! Casero, the caretaker that answers.

pub mod adapters;
pub mod app;
pub mod calendars;
pub mod domain;
pub mod ports;
pub mod sim;
pub mod store;
pub mod understanding;
