//! Casero, the caretaker that answers.

pub mod domain;
pub mod ports;
pub mod store;
