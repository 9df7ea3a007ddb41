//! Reservations: create, search, change, and download as CSV.

pub mod adjustments;
pub mod create;
pub mod csv;
mod find;
pub mod list;
pub mod moves;
pub mod view;
