//! Casero, the caretaker that answers.

pub mod domain;
